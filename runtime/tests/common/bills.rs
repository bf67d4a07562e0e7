// SPDX-License-Identifier: Apache-2.0

//! Prices of the Treasury bills, and the dealer of the development chain, who fills the vault's
//! offers of them.

use super::{account, now, report, set_time, submit};
use caliber_primitives::{
	appraisal::OracleKey,
	reserves::{BillOffer, BillSide},
};
use caliber_runtime::{
	genesis_config_presets as presets, AccountId, Balance, Reserves, Runtime, Vault,
};
use pallet_caliber_reserves::{Call, Ledger};
use polkadot_sdk::{sp_keyring::Sr25519Keyring as Keyring, sp_runtime::Perbill};

/// Returns the account that has bills and USDai from genesis on.
pub fn dealer() -> AccountId {
	account(Keyring::FerdieStash)
}

/// Reports a price of the bills by every operator.
pub fn feed_bill(price: Balance) {
	report(vec![(OracleKey::Price(presets::PRICED_TBILL), price)]);
}

/// Returns the bills that the vault holds.
pub fn bills_held() -> Balance {
	Ledger::<Runtime>::get().held
}

/// Returns the vault's offer on a side.
pub fn offer(side: BillSide) -> Option<BillOffer> {
	Reserves::offers().into_iter().find(|offer| offer.side == side)
}

/// Returns the call that fills an offer at any price.
pub fn fill(side: BillSide, amount: Balance) -> Call<Runtime> {
	let limit = match side {
		BillSide::Buys => 0,
		BillSide::Sells => Balance::MAX,
	};
	Call::fill_offer { side, amount, limit }
}

/// Lets the dealer fill what pays it `spread` at least, with as much as does.
pub fn deal(spread: Perbill) {
	for offer in Reserves::offers() {
		let margin = spread * offer.oracle_price;
		let limit = match offer.side {
			BillSide::Buys => offer.oracle_price + margin,
			BillSide::Sells => offer.oracle_price - margin,
		};
		let mut amount = offer.amount;
		while amount >= offer.min_fill {
			if submit(&dealer(), Call::fill_offer { side: offer.side, amount, limit }).is_ok() {
				break;
			}
			amount = amount * 4 / 5;
		}
	}
}

/// Lets `seconds` pass in steps of five minutes, in each of which a price of the bills is reported
/// and the dealer fills what pays it `spread`.
pub fn deal_for(seconds: u64, price: Balance, spread: Perbill) {
	let until = now() + seconds;
	while now() < until {
		set_time((now() + 300).min(until));
		feed_bill(price);
		note_offers();
		deal(spread);
	}
}

/// Lets idle work note the offers, and nothing else.
pub fn note_offers() {
	use polkadot_sdk::frame_support::{traits::Hooks, weights::Weight};
	Reserves::on_idle(polkadot_sdk::frame_system::Pallet::<Runtime>::block_number(), Weight::MAX);
}

/// Returns what the vault has behind its shares for redemptions.
pub fn assets() -> Balance {
	Vault::nav().for_redemptions
}
