// SPDX-License-Identifier: Apache-2.0

//! Loans of the vault: principal out to borrowers, payments back, impairment and losses.

use crate::{Config, Error, Event, Ledger, Pallet, TotalAccrual};
use caliber_primitives::{
	traits::{Accrual, SeniorLender},
	Balance,
};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungible::Mutate, tokens::Preservation, Get},
	},
	sp_runtime::DispatchResult,
};

impl<T: Config> SeniorLender<T::AccountId> for Pallet<T> {
	fn liquidity() -> Balance {
		Ledger::<T>::get().idle
	}

	fn lend(to: &T::AccountId, amount: Balance) -> DispatchResult {
		let mut ledger = Ledger::<T>::get();
		ledger.idle = ledger.idle.checked_sub(amount).ok_or(Error::<T>::InsufficientLiquidity)?;
		ledger.principal_out =
			ledger.principal_out.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		Ledger::<T>::put(ledger);
		T::UsdAi::transfer(&Self::account_id(), to, amount, Preservation::Expendable)?;
		Self::deposit_event(Event::Lent {
			to: to.clone(),
			amount,
			principal_out: ledger.principal_out,
		});
		Ok(())
	}

	fn receive(from: &T::AccountId, principal: Balance, interest: Balance) -> DispatchResult {
		let fee = Self::fee_on(interest);
		let kept = interest
			.checked_sub(fee)
			.ok_or_else(Self::unexpected)?
			.checked_add(principal)
			.ok_or(Error::<T>::Overflow)?;
		Ledger::<T>::try_mutate(|ledger| {
			ledger.principal_out = ledger
				.principal_out
				.checked_sub(principal)
				.ok_or(Error::<T>::ExceedsPrincipalOut)?;
			ledger.idle = ledger.idle.checked_add(kept).ok_or(Error::<T>::Overflow)?;
			DispatchResult::Ok(())
		})?;
		if kept > 0 {
			T::UsdAi::transfer(from, &Self::account_id(), kept, Preservation::Expendable)?;
		}
		if fee > 0 {
			let treasury = T::TreasuryAccount::get();
			T::UsdAi::transfer(from, &treasury, fee, Preservation::Expendable)?;
		}
		Self::deposit_event(Event::Received { from: from.clone(), principal, interest, fee });
		Ok(())
	}

	fn update_accrual(old: Option<Accrual>, new: Option<Accrual>) -> DispatchResult {
		let mut total = TotalAccrual::<T>::get();
		if let Some(old) = old {
			total.remove(old).ok_or(Error::<T>::UnknownAccrual)?;
		}
		if let Some(new) = new {
			total.add(new).map_err(Error::<T>::from)?;
		}
		TotalAccrual::<T>::put(total);
		Self::deposit_event(Event::AccrualChanged {
			per_second: total.per_second,
			offset: total.offset,
		});
		Ok(())
	}

	fn update_impairment(old: Balance, new: Balance) -> DispatchResult {
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

	fn write_off(principal: Balance) -> DispatchResult {
		let mut ledger = Ledger::<T>::get();
		ledger.principal_out =
			ledger.principal_out.checked_sub(principal).ok_or(Error::<T>::ExceedsPrincipalOut)?;
		ledger.bad_debt = ledger.bad_debt.checked_add(principal).ok_or(Error::<T>::Overflow)?;
		Ledger::<T>::put(ledger);
		Self::deposit_event(Event::WrittenOff { principal, bad_debt: ledger.bad_debt });
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_liquidity(amount: Balance) {
		Self::benchmark_deposit(amount);
	}
}
