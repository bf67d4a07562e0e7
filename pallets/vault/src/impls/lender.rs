// SPDX-License-Identifier: Apache-2.0

//! Loans of the vault: principal out to borrowers, payments back, impairment, losses and what is
//! recovered of them.

use crate::{types::LedgerBalances, Config, Error, Event, Ledger, Pallet};
use caliber_math::{surplus, Rounding};
use caliber_primitives::{
	traits::{Accrual, Loss, SeniorBook, SeniorLender, Settlement},
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
		Self::idle_beyond_queue(Ledger::<T>::get().idle)
	}

	fn lend(to: &T::AccountId, amount: Balance, accrual: Option<Accrual>) -> DispatchResult {
		let mut ledger = Ledger::<T>::get();
		ensure!(amount <= Self::idle_beyond_queue(ledger.idle), Error::<T>::InsufficientLiquidity);
		ledger.idle = ledger.idle.checked_sub(amount).ok_or(Error::<T>::InsufficientLiquidity)?;
		ledger.principal_out =
			ledger.principal_out.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		let changed = Self::replace_accrual(&mut ledger, None, accrual)?;
		Self::put_ledger(ledger);
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
		let Settlement { principal, interest, .. } = settlement;
		let now = Self::now();
		let yield_fee = T::Values::get().yield_fee;
		let fee = yield_fee.share_of(interest, Rounding::Up);
		let income = interest.checked_sub(fee).ok_or_else(Self::unexpected)?;
		let kept = income.checked_add(principal).ok_or(Error::<T>::Overflow)?;
		let mut ledger = Ledger::<T>::get();
		let stood = ledger;
		let before = ledger.expected(now).map_err(Error::<T>::from)?;
		ledger.principal_out =
			ledger.principal_out.checked_sub(principal).ok_or(Error::<T>::ExceedsPrincipalOut)?;
		ledger.idle = ledger.idle.checked_add(kept).ok_or(Error::<T>::Overflow)?;
		let changed = Self::replace_accrual(&mut ledger, settlement.old, settlement.new)?;
		ledger.suspended = ledger
			.suspended
			.checked_sub(settlement.suspended_before)
			.ok_or(Error::<T>::UnknownSuspension)?
			.checked_add(settlement.suspended_after)
			.ok_or(Error::<T>::Overflow)?;
		let after = ledger.expected(now).map_err(Error::<T>::from)?;
		let over =
			surplus(income, before, after, yield_fee.deconstruct()).map_err(Error::<T>::from)?;
		Self::lock_surplus(&mut ledger, now, over, &settlement, yield_fee)?;
		Self::put_ledger(ledger);
		Self::report_valuation(&stood, &ledger);
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
		Self::put_ledger(ledger);
		Self::deposit_event(Event::ImpairmentChanged { impairment: ledger.impairment });
		Ok(())
	}

	fn write_off(loss: Loss) -> DispatchResult {
		let Loss { principal, interest, suspended, provision } = loss;
		let mut ledger = Ledger::<T>::get();
		let stood = ledger;
		ledger.principal_out =
			ledger.principal_out.checked_sub(principal).ok_or(Error::<T>::ExceedsPrincipalOut)?;
		ledger.impairment =
			ledger.impairment.checked_sub(provision).ok_or(Error::<T>::UnknownImpairment)?;
		ledger.suspended =
			ledger.suspended.checked_sub(suspended).ok_or(Error::<T>::UnknownSuspension)?;
		// The redemption price has lost what the provision stood for already.
		let unforeseen =
			principal.checked_sub(provision.min(principal)).ok_or_else(Self::unexpected)?;
		Self::eat_buffer(&mut ledger, unforeseen)?;
		ledger.bad_debt = ledger
			.bad_debt
			.checked_add(principal)
			.and_then(|sum| sum.checked_add(interest))
			.ok_or(Error::<T>::Overflow)?;
		Self::put_ledger(ledger);
		Self::report_valuation(&stood, &ledger);
		if provision > 0 {
			Self::deposit_event(Event::ImpairmentChanged { impairment: ledger.impairment });
		}
		Self::deposit_event(Event::WrittenOff { principal, interest, bad_debt: ledger.bad_debt });
		Ok(())
	}

	fn recover(payer: &T::AccountId, amount: Balance) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::NothingRecovered);
		let mut ledger = Ledger::<T>::get();
		let stood = ledger;
		ledger.idle = ledger.idle.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		ledger.lock(Self::now(), amount, Self::window_length()).map_err(Error::<T>::from)?;
		// More may come back than was written off: the rest is a gain of the savers.
		ledger.bad_debt = ledger
			.bad_debt
			.checked_sub(amount.min(ledger.bad_debt))
			.ok_or_else(Self::unexpected)?;
		Self::put_ledger(ledger);
		Self::report_valuation(&stood, &ledger);
		T::UsdAi::transfer(payer, &Self::account_id(), amount, Preservation::Expendable)?;
		Self::deposit_event(Event::Recovered {
			from: payer.clone(),
			amount,
			bad_debt: ledger.bad_debt,
		});
		Ok(())
	}

	fn book() -> SeniorBook {
		let LedgerBalances { principal_out, accrual, impairment, suspended, .. } =
			Ledger::<T>::get();
		SeniorBook { principal_out, accrual, provisions: impairment, suspended }
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
				earned: ledger.accrual.earned,
			});
		}
	}
}
