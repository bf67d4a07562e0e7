// SPDX-License-Identifier: Apache-2.0

//! Stand-in for the vault: a senior lender whose money lies in one account.

use crate::tests::mock::*;
use caliber_primitives::{
	traits::{Accrual, SeniorLender},
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

#[storage_alias]
pub type SeniorPrincipal = StorageValue<SeniorMock, Balance, ValueQuery>;
#[storage_alias]
pub type SeniorInterest = StorageValue<SeniorMock, Balance, ValueQuery>;
#[storage_alias]
pub type SeniorRate = StorageValue<SeniorMock, Balance, ValueQuery>;
#[storage_alias]
pub type SeniorOffset = StorageValue<SeniorMock, Balance, ValueQuery>;
#[storage_alias]
pub type SeniorImpairment = StorageValue<SeniorMock, Balance, ValueQuery>;
#[storage_alias]
pub type SeniorBadDebt = StorageValue<SeniorMock, Balance, ValueQuery>;

/// A lender whose money lies in one account.
pub struct SeniorMock;

impl SeniorLender<AccountId> for SeniorMock {
	fn liquidity() -> Balance {
		UsdAi::balance(&VAULT)
	}
	fn lend(to: &AccountId, amount: Balance) -> DispatchResult {
		SeniorPrincipal::mutate(|out| *out += amount);
		UsdAi::transfer(&VAULT, to, amount, Preservation::Expendable).map(|_| ())
	}
	fn receive(from: &AccountId, principal: Balance, interest: Balance) -> DispatchResult {
		SeniorPrincipal::mutate(|out| *out -= principal);
		SeniorInterest::mutate(|earned| *earned += interest);
		UsdAi::transfer(from, &VAULT, principal + interest, Preservation::Expendable).map(|_| ())
	}
	fn update_accrual(old: Option<Accrual>, new: Option<Accrual>) -> DispatchResult {
		let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
		SeniorRate::mutate(|rate| *rate = *rate + new.per_second - old.per_second);
		SeniorOffset::mutate(|offset| {
			*offset = *offset + new.per_second * Balance::from(new.since)
				- old.per_second * Balance::from(old.since)
		});
		Ok(())
	}
	fn update_impairment(old: Balance, new: Balance) -> DispatchResult {
		SeniorImpairment::mutate(|total| *total = *total + new - old);
		assert!(new <= old || SeniorImpairment::get() <= SeniorPrincipal::get());
		Ok(())
	}
	fn write_off(principal: Balance) -> DispatchResult {
		SeniorPrincipal::mutate(|out| *out -= principal);
		SeniorBadDebt::mutate(|total| *total += principal);
		Ok(())
	}
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_liquidity(amount: Balance) {
		assert_ok!(UsdAi::mint_into(&VAULT, amount));
	}
}
