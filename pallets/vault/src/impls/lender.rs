// SPDX-License-Identifier: Apache-2.0

//! Loans of the vault: principal out to borrowers, payments back, impairment, losses and what is
//! recovered of them.

use crate::{types::LedgerBalances, Config, Error, Event, Ledger, Pallet};
use caliber_math::Rounding;
use caliber_primitives::{
	traits::{Accrual, SeniorBook, SeniorLender, Settlement},
	Balance, ShareOf,
};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungible::Mutate, tokens::Preservation, Get},
	},
	sp_runtime::DispatchResult,
};

impl<T: Config> SeniorLender<T::AccountId> for Pallet<T> {
	fn lendable() -> Balance {
		Ledger::<T>::get().idle
	}

	fn lend(to: &T::AccountId, amount: Balance, accrual: Option<Accrual>) -> DispatchResult {
		let mut ledger = Ledger::<T>::get();
		ledger.idle = ledger.idle.checked_sub(amount).ok_or(Error::<T>::InsufficientLiquidity)?;
		ledger.principal_out =
			ledger.principal_out.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		let changed = Self::replace_accrual(&mut ledger, None, accrual)?;
		Ledger::<T>::put(ledger);
		T::UsdAi::transfer(&Self::account_id(), to, amount, Preservation::Expendable)?;
		Self::deposit_event(Event::Lent {
			to: to.clone(),
			amount,
			principal_out: ledger.principal_out,
		});
		Self::report_accrual(&ledger, changed);
		Ok(())
	}

	fn settle(payer: &T::AccountId, settlement: Settlement) -> DispatchResult {
		let Settlement { principal, interest, old, new, paid_until: _ } = settlement;
		let fee = T::Values::get().yield_fee.share_of(interest, Rounding::Up);
		let kept = interest
			.checked_sub(fee)
			.ok_or_else(Self::unexpected)?
			.checked_add(principal)
			.ok_or(Error::<T>::Overflow)?;
		let mut ledger = Ledger::<T>::get();
		ledger.principal_out =
			ledger.principal_out.checked_sub(principal).ok_or(Error::<T>::ExceedsPrincipalOut)?;
		ledger.idle = ledger.idle.checked_add(kept).ok_or(Error::<T>::Overflow)?;
		let changed = Self::replace_accrual(&mut ledger, old, new)?;
		Ledger::<T>::put(ledger);
		if kept > 0 {
			T::UsdAi::transfer(payer, &Self::account_id(), kept, Preservation::Expendable)?;
		}
		if fee > 0 {
			let treasury = T::TreasuryAccount::get();
			T::UsdAi::transfer(payer, &treasury, fee, Preservation::Expendable)?;
		}
		if principal > 0 || interest > 0 {
			Self::deposit_event(Event::Received { from: payer.clone(), principal, interest, fee });
		}
		Self::report_accrual(&ledger, changed);
		Ok(())
	}

	fn provision(old: Balance, new: Balance) -> DispatchResult {
		let mut ledger = Ledger::<T>::get();
		ledger.impairment = ledger
			.impairment
			.checked_sub(old)
			.ok_or(Error::<T>::UnknownImpairment)?
			.checked_add(new)
			.ok_or(Error::<T>::Overflow)?;
		// A payment may come in before it lowers the impairment; the impairment is never raised
		// above the principal that is out.
		ensure!(
			new <= old || ledger.impairment <= ledger.principal_out,
			Error::<T>::ExceedsPrincipalOut
		);
		Ledger::<T>::put(ledger);
		Self::deposit_event(Event::ImpairmentChanged { impairment: ledger.impairment });
		Ok(())
	}

	fn write_off(principal: Balance, interest: Balance) -> DispatchResult {
		let mut ledger = Ledger::<T>::get();
		ledger.principal_out =
			ledger.principal_out.checked_sub(principal).ok_or(Error::<T>::ExceedsPrincipalOut)?;
		ledger.bad_debt = ledger
			.bad_debt
			.checked_add(principal)
			.and_then(|sum| sum.checked_add(interest))
			.ok_or(Error::<T>::Overflow)?;
		Ledger::<T>::put(ledger);
		Self::deposit_event(Event::WrittenOff { principal, interest, bad_debt: ledger.bad_debt });
		Ok(())
	}

	fn recover(payer: &T::AccountId, amount: Balance) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::NothingRecovered);
		let mut ledger = Ledger::<T>::get();
		ledger.idle = ledger.idle.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		// More may come back than was written off: the rest is a gain of the savers.
		ledger.bad_debt = ledger
			.bad_debt
			.checked_sub(amount.min(ledger.bad_debt))
			.ok_or_else(Self::unexpected)?;
		Ledger::<T>::put(ledger);
		T::UsdAi::transfer(payer, &Self::account_id(), amount, Preservation::Expendable)?;
		Self::deposit_event(Event::Recovered {
			from: payer.clone(),
			amount,
			bad_debt: ledger.bad_debt,
		});
		Ok(())
	}

	fn book() -> SeniorBook {
		let LedgerBalances { principal_out, accrual, impairment, .. } = Ledger::<T>::get();
		SeniorBook { principal_out, accrual, provisions: impairment }
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_liquidity(amount: Balance) {
		Self::benchmark_deposit(amount);
	}
}

impl<T: Config> Pallet<T> {
	/// Replaces the accrual of a loan in a ledger. Returns true if the sum has changed.
	fn replace_accrual(
		ledger: &mut LedgerBalances,
		old: Option<Accrual>,
		new: Option<Accrual>,
	) -> Result<bool, Error<T>> {
		let before = ledger.accrual;
		if let Some(old) = old {
			ledger.accrual = ledger.accrual.without(&old).ok_or(Error::<T>::UnknownAccrual)?;
		}
		if let Some(new) = new {
			ledger.accrual = ledger.accrual.with(&new).ok_or(Error::<T>::Overflow)?;
		}
		Ok(ledger.accrual != before)
	}

	/// Reports the sum of the accruals if it has changed.
	fn report_accrual(ledger: &LedgerBalances, changed: bool) {
		if changed {
			Self::deposit_event(Event::AccrualChanged {
				per_second: ledger.accrual.per_second,
				offset: ledger.accrual.offset,
			});
		}
	}
}
