// SPDX-License-Identifier: Apache-2.0

//! The peg of three stablecoins: its debts at the begin, swaps at it, and prices.

use super::*;
use caliber_primitives::{appraisal::OracleKey, reserves::ReserveReport, PricedAssetId};
use caliber_runtime::{ForeignAssets, Psm, Reserves};
use polkadot_sdk::{
	frame_support::traits::fungibles::Mutate,
	pallet_psm::{self, PsmDebt},
};

/// Smallest units of a whole stablecoin. All three have six decimals.
pub const UNIT: Balance = 1_000_000;

/// The stablecoins and their ids at the oracle.
pub fn coins() -> [(Location, PricedAssetId); 3] {
	[
		(presets::usdc(), presets::PRICED_USDC),
		(presets::usdt(), presets::PRICED_USDT),
		(presets::pyusd(), presets::PRICED_PYUSD),
	]
}

/// Reports these prices of USDC, USDT and PYUSD, in millionths of a dollar, by every operator.
pub fn report_prices(prices: [Balance; 3]) {
	let values = coins().into_iter().zip(prices);
	report(
		values
			.map(|((_, priced), price)| (OracleKey::Price(priced), price * USD / 1_000_000))
			.collect(),
	);
}

/// Gives stablecoins to an account.
pub fn give(coin: &Location, who: &AccountId, units: Balance) {
	ForeignAssets::mint_into(coin.clone(), who, units).expect("the stablecoin exists");
}

pub fn coins_of(coin: &Location, who: &AccountId) -> Balance {
	ForeignAssets::balance(coin.clone(), who)
}

/// Returns what the peg owes in a stablecoin.
pub fn debt(coin: &Location) -> Balance {
	PsmDebt::<Runtime>::get(usdai(), coin)
}

/// Brings the debts in USDC, USDT and PYUSD to these whole dollars, as if it had been long ago: no
/// limit counts it. The USDai is that of `who`.
pub fn fill_peg(who: &AccountId, dollars: [Balance; 3]) {
	let block = System::block_number();
	System::set_block_number(0);
	for ((coin, _), dollars) in coins().into_iter().zip(dollars) {
		let units = dollars * UNIT - debt(&coin) / (USD / UNIT);
		give(&coin, who, units);
		submit_ok(who, mint(&coin, units));
	}
	System::set_block_number(block);
}

/// Returns the call that mints USDai against units of a stablecoin.
pub fn mint(coin: &Location, units: Balance) -> RuntimeCall {
	pallet_psm::Call::mint {
		internal_asset: usdai(),
		external_asset: coin.clone(),
		external_amount: units,
		max_fee: Permill::zero(),
	}
	.into()
}

/// Returns the call that redeems USDai for a stablecoin, at a fee of a thousandth at most.
pub fn redeem(coin: &Location, usdai_amount: Balance) -> RuntimeCall {
	pallet_psm::Call::redeem {
		internal_asset: usdai(),
		external_asset: coin.clone(),
		internal_amount: usdai_amount,
		max_fee: Permill::from_parts(1_000),
	}
	.into()
}

/// Returns the call that redeems a basket.
pub fn basket(amount: Balance) -> RuntimeCall {
	pallet_caliber_reserves::Call::redeem_basket { amount, min_out: 0 }.into()
}

/// Returns the reserve of a stablecoin in the proof.
pub fn reserve(priced: PricedAssetId) -> ReserveReport {
	let reserves = Reserves::proof_of_reserves().reserves;
	let of_it = reserves.into_iter().find(|each| each.priced_asset == Some(priced));
	of_it.expect("the peg has the stablecoin")
}

/// Returns the account of the peg.
pub fn peg_account() -> AccountId {
	Psm::psm_account(&usdai())
}
