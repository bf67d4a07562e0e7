// SPDX-License-Identifier: Apache-2.0

//! Stand-in for the vault: a senior lender with books, whose money lies in one account.
//!
//! A test shifts its books by writing one of the storage values.

use crate::tests::mock::*;
use caliber_primitives::{
	traits::{Accrual, AccrualSum, Loss, SeniorBook, SeniorLender, Settlement},
	Balance,
};
#[cfg(feature = "runtime-benchmarks")]
use polkadot_sdk::frame_support::assert_ok;
use polkadot_sdk::{
	frame_support::{
		pallet_prelude::ValueQuery,
		storage_alias,
		traits::{
			fungible::{Inspect, Mutate},
			tokens::Preservation,
		},
	},
	sp_runtime::DispatchResult,
};

/// Senior principal lent out.
#[storage_alias]
pub type SeniorPrincipal = StorageValue<SeniorMock, Balance, ValueQuery>;
/// Interest received.
#[storage_alias]
pub type SeniorInterest = StorageValue<SeniorMock, Balance, ValueQuery>;
/// Sum of the accruals.
#[storage_alias]
pub type SeniorAccruals = StorageValue<SeniorMock, AccrualSum, ValueQuery>;
/// Expected shortfall of all lines.
#[storage_alias]
pub type SeniorImpairment = StorageValue<SeniorMock, Balance, ValueQuery>;
/// Suspended interest of all loans.
#[storage_alias]
pub type SeniorSuspended = StorageValue<SeniorMock, Balance, ValueQuery>;
/// Principal and interest written off, less what was recovered.
#[storage_alias]
pub type SeniorBadDebt = StorageValue<SeniorMock, Balance, ValueQuery>;

/// Returns the interest a second of all loans that accrue.
pub fn senior_rate() -> Balance {
	SeniorAccruals::get().per_second
}

/// Returns the sum of rate and start, and of what is paid, of all loans that accrue.
pub fn senior_offset() -> Balance {
	SeniorAccruals::get().offset
}

/// A lender whose money lies in one account.
pub struct SeniorMock;

impl SeniorMock {
	/// Puts a loan into another place in the books.
	fn replace(old: Option<Accrual>, new: Option<Accrual>) {
		SeniorAccruals::mutate(|sum| {
			if let Some(old) = old {
				*sum = sum.without(&old).expect("the books hold the loan as it was");
			}
			if let Some(new) = new {
				*sum = sum.with(&new).expect("the accruals fit");
			}
		});
	}

	/// Takes money, if there is any to take.
	fn take(from: &AccountId, amount: Balance) -> DispatchResult {
		if amount > 0 {
			UsdAi::transfer(from, &VAULT, amount, Preservation::Expendable)?;
		}
		Ok(())
	}
}

impl SeniorLender<AccountId> for SeniorMock {
	fn lendable() -> Balance {
		UsdAi::balance(&VAULT)
	}

	fn lend(to: &AccountId, amount: Balance, accrual: Option<Accrual>) -> DispatchResult {
		SeniorPrincipal::mutate(|out| *out += amount);
		Self::replace(None, accrual);
		UsdAi::transfer(&VAULT, to, amount, Preservation::Expendable).map(|_| ())
	}

	fn settle(payer: &AccountId, settlement: Settlement) -> DispatchResult {
		let Settlement { principal, interest, old, new, paid_until, .. } = settlement;
		if let Some(new) = new {
			let since = if new.earned == 0 { paid_until } else { new.since };
			assert_eq!(new.since, since, "a loan earns from where it is paid");
			assert!(new.since >= paid_until, "a loan earns nothing that is paid");
		}
		SeniorSuspended::mutate(|all| {
			*all = *all - settlement.suspended_before + settlement.suspended_after;
		});
		SeniorPrincipal::mutate(|out| *out -= principal);
		SeniorInterest::mutate(|earned| *earned += interest);
		Self::replace(old, new);
		Self::take(payer, principal + interest)
	}

	fn provision(old: Balance, new: Balance) -> DispatchResult {
		SeniorImpairment::mutate(|total| *total = *total + new - old);
		assert!(new <= old || SeniorImpairment::get() <= SeniorPrincipal::get());
		Ok(())
	}

	fn write_off(loss: Loss) -> DispatchResult {
		let Loss { principal, interest, suspended, provision } = loss;
		assert!(suspended <= interest, "interest that is counted is owed");
		SeniorPrincipal::mutate(|out| *out -= principal);
		SeniorSuspended::mutate(|all| *all -= suspended);
		SeniorImpairment::mutate(|total| *total -= provision);
		SeniorBadDebt::mutate(|total| *total += principal + interest);
		Ok(())
	}

	fn recover(payer: &AccountId, amount: Balance) -> DispatchResult {
		SeniorBadDebt::mutate(|total| *total -= amount);
		Self::take(payer, amount)
	}

	fn book() -> SeniorBook {
		SeniorBook {
			principal_out: SeniorPrincipal::get(),
			accrual: SeniorAccruals::get(),
			provisions: SeniorImpairment::get(),
			suspended: SeniorSuspended::get(),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_liquidity(amount: Balance) {
		assert_ok!(UsdAi::mint_into(&VAULT, amount));
	}
}
