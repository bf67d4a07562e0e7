// SPDX-License-Identifier: Apache-2.0

//! Stand-ins around USDai: the peg, and an eye on the prices of the vault while USDai moves.

use crate::tests::mock::*;
use caliber_primitives::{traits::PegReport, Balance, PricedAssetId};
use polkadot_sdk::{
	frame_support::{
		parameter_types,
		traits::{
			fungible::{Dust, Inspect, Mutate, Unbalanced},
			tokens::{
				DepositConsequence, Fortitude, Preservation, Provenance, WithdrawConsequence,
			},
		},
	},
	sp_runtime::{DispatchError, DispatchResult, FixedU128},
};

parameter_types! {
	/// Stablecoins of the peg.
	pub static PegReserves: Vec<(PricedAssetId, Balance)> = vec![(7, 3 * ENDOWMENT)];
	/// Deposit and redemption price at each moment noted; none while nobody looks.
	pub static SeenPrices: Option<Vec<(FixedU128, FixedU128)>> = None;
}

/// Sets the peg to one stablecoin, and looks away.
pub fn reset_peg() {
	PegReserves::set(vec![(7, 3 * ENDOWMENT)]);
	SeenPrices::set(None);
}

/// Stands where the reserves would.
pub struct MockPeg;
impl PegReport for MockPeg {
	fn supply() -> Balance {
		UsdAi::total_issuance()
	}

	fn reserves() -> Vec<(PricedAssetId, Balance)> {
		PegReserves::get()
	}
}

/// USDai that notes the prices of the vault before and after each transfer, if somebody looks.
pub struct WatchedUsdAi;

impl Inspect<AccountId> for WatchedUsdAi {
	type Balance = Balance;

	fn total_issuance() -> Balance {
		UsdAi::total_issuance()
	}

	fn minimum_balance() -> Balance {
		UsdAi::minimum_balance()
	}

	fn total_balance(who: &AccountId) -> Balance {
		UsdAi::total_balance(who)
	}

	fn balance(who: &AccountId) -> Balance {
		UsdAi::balance(who)
	}

	fn reducible_balance(who: &AccountId, kept: Preservation, force: Fortitude) -> Balance {
		UsdAi::reducible_balance(who, kept, force)
	}

	fn can_deposit(who: &AccountId, amount: Balance, from: Provenance) -> DepositConsequence {
		UsdAi::can_deposit(who, amount, from)
	}

	fn can_withdraw(who: &AccountId, amount: Balance) -> WithdrawConsequence<Balance> {
		UsdAi::can_withdraw(who, amount)
	}
}

impl Unbalanced<AccountId> for WatchedUsdAi {
	fn handle_dust(dust: Dust<AccountId, Self>) {
		UsdAi::handle_dust(Dust(dust.0));
	}

	fn write_balance(who: &AccountId, amount: Balance) -> Result<Option<Balance>, DispatchError> {
		UsdAi::write_balance(who, amount)
	}

	fn set_total_issuance(amount: Balance) {
		UsdAi::set_total_issuance(amount);
	}
}

impl Mutate<AccountId> for WatchedUsdAi {
	fn mint_into(who: &AccountId, amount: Balance) -> Result<Balance, DispatchError> {
		UsdAi::mint_into(who, amount)
	}

	fn transfer(
		from: &AccountId,
		to: &AccountId,
		amount: Balance,
		kept: Preservation,
	) -> Result<Balance, DispatchError> {
		note_prices();
		let moved = UsdAi::transfer(from, to, amount, kept)?;
		note_prices();
		Ok(moved)
	}
}

fn note_prices() {
	SeenPrices::mutate(|seen| {
		if let Some(seen) = seen {
			let nav = Vault::nav();
			seen.push((nav.deposit_price, nav.redemption_price));
		}
	});
}

/// Returns the deposit and redemption prices that were to be seen while `act` moved USDai.
pub fn seen_prices(act: impl FnOnce() -> DispatchResult) -> Vec<(FixedU128, FixedU128)> {
	SeenPrices::set(Some(Vec::new()));
	assert_eq!(act(), Ok(()));
	SeenPrices::take().expect("it was set")
}
