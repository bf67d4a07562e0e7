// SPDX-License-Identifier: Apache-2.0

//! Weights of the calls of the reserves pallet, and of the work that others cause here.

use polkadot_sdk::frame_support::weights::{constants::RocksDbWeight, Weight};

/// Weight of each call.
pub trait WeightInfo {
	/// [`Pallet::set_priced_asset`](crate::Pallet::set_priced_asset).
	fn set_priced_asset() -> Weight;
	/// [`Pallet::set_treasury_bill`](crate::Pallet::set_treasury_bill).
	fn set_treasury_bill() -> Weight;
	/// [`Pallet::set_bill_trading`](crate::Pallet::set_bill_trading).
	fn set_bill_trading() -> Weight;
	/// [`Pallet::fill_offer`](crate::Pallet::fill_offer) of bills that the vault buys.
	fn fill_buys() -> Weight;
	/// [`Pallet::fill_offer`](crate::Pallet::fill_offer) of bills that the vault sells.
	fn fill_sells() -> Weight;
	/// The note of the offers that have opened and closed, by idle work.
	fn note_offers() -> Weight;
	/// [`Pallet::reset_mint_rate_limit`](crate::Pallet::reset_mint_rate_limit).
	fn reset_mint_rate_limit() -> Weight;
	/// [`Pallet::freeze`](crate::Pallet::freeze).
	fn freeze() -> Weight;
	/// [`Pallet::thaw`](crate::Pallet::thaw).
	fn thaw() -> Weight;
	/// The checks of [`RateLimitedMint`](crate::RateLimitedMint) on an issue of USDai.
	fn issue() -> Weight;
	/// The checks of [`RateLimitedMint`](crate::RateLimitedMint) on a redemption of USDai.
	fn redemption() -> Weight;
	/// [`Pallet::set_minting_stopped`](crate::Pallet::set_minting_stopped).
	fn set_minting_stopped() -> Weight;
	/// [`Pallet::add_stablecoin`](crate::Pallet::add_stablecoin).
	fn add_stablecoin() -> Weight;
	/// [`Pallet::remove_stablecoin`](crate::Pallet::remove_stablecoin).
	fn remove_stablecoin() -> Weight;
	/// [`Pallet::set_stablecoin_terms`](crate::Pallet::set_stablecoin_terms).
	fn set_stablecoin_terms() -> Weight;
	/// [`Pallet::set_debt_ceiling`](crate::Pallet::set_debt_ceiling).
	fn set_debt_ceiling() -> Weight;
	/// [`Pallet::redeem_basket`](crate::Pallet::redeem_basket) that pays every part.
	fn redeem_basket() -> Weight;
	/// [`Pallet::redeem_basket`](crate::Pallet::redeem_basket) of which every part becomes a claim.
	fn redeem_basket_into_claims() -> Weight;
	/// [`Pallet::claim_basket`](crate::Pallet::claim_basket) that pays.
	fn claim_basket() -> Weight;
	/// [`OnNewAppraisal`](caliber_primitives::traits::OnNewAppraisal) that keeps a price.
	fn on_new_appraisal() -> Weight;
}

/// Weights for tests: a base for the computation, and the reads and writes of each call.
impl WeightInfo for () {
	// The stablecoin, its price (3), the values and the time; its freeze.
	fn set_priced_asset() -> Weight {
		Weight::from_parts(20_000_000, 10_000)
			.saturating_add(RocksDbWeight::get().reads_writes(6, 2))
	}
	// The asset, the bills, their ledger, the time; the checkpoints and their days.
	fn set_treasury_bill() -> Weight {
		Weight::from_parts(100_000_000, 250_000)
			.saturating_add(RocksDbWeight::get().reads_writes(95, 93))
	}
	// The stop, the time and the terms of brakes.
	fn set_bill_trading() -> Weight {
		Weight::from_parts(20_000_000, 5_000)
			.saturating_add(RocksDbWeight::get().reads_writes(3, 1))
	}
	// Values, bills, ledger, stop, price (3), time; the vault (4); both assets, and their accounts of
	// the dealer, of the bills and of the vault.
	fn fill_buys() -> Weight {
		Weight::from_parts(100_000_000, 30_000)
			.saturating_add(RocksDbWeight::get().reads_writes(20, 10))
	}
	// The same.
	fn fill_sells() -> Weight {
		Weight::from_parts(100_000_000, 30_000)
			.saturating_add(RocksDbWeight::get().reads_writes(20, 10))
	}
	// The same without the assets and their accounts.
	fn note_offers() -> Weight {
		Weight::from_parts(60_000_000, 20_000)
			.saturating_add(RocksDbWeight::get().reads_writes(14, 1))
	}
	// The time, the supply and the period.
	fn reset_mint_rate_limit() -> Weight {
		Weight::from_parts(20_000_000, 5_000)
			.saturating_add(RocksDbWeight::get().reads_writes(3, 1))
	}
	// The asset of the peg, the pool, the record, the time and the terms of brakes.
	fn freeze() -> Weight {
		Weight::from_parts(30_000_000, 10_000)
			.saturating_add(RocksDbWeight::get().reads_writes(5, 1))
	}
	// The record, the time and the terms of brakes.
	fn thaw() -> Weight {
		Weight::from_parts(20_000_000, 5_000)
			.saturating_add(RocksDbWeight::get().reads_writes(3, 1))
	}
	// The stablecoin, its freeze, stop, price (3), debt, decimals and inflow, the time, the supply
	// and its growth.
	fn issue() -> Weight {
		Weight::from_parts(40_000_000, 20_000)
			.saturating_add(RocksDbWeight::get().reads_writes(13, 2))
	}
	// Eight stablecoins with their debts, freezes and prices; the inflow, the time, the supply and
	// its growth.
	fn redemption() -> Weight {
		Weight::from_parts(100_000_000, 60_000)
			.saturating_add(RocksDbWeight::get().reads_writes(40, 2))
	}
	// The stablecoin, the stop, the time and the terms of brakes.
	fn set_minting_stopped() -> Weight {
		Weight::from_parts(20_000_000, 5_000)
			.saturating_add(RocksDbWeight::get().reads_writes(4, 1))
	}
	// The asset, its price, its minimum balance; the peg, its admin, its externals; the stablecoin,
	// its count and freeze, weight and fees.
	fn add_stablecoin() -> Weight {
		Weight::from_parts(60_000_000, 20_000)
			.saturating_add(RocksDbWeight::get().reads_writes(18, 8))
	}
	// The peg, its admin and its external; the stablecoin with all that belongs to it.
	fn remove_stablecoin() -> Weight {
		Weight::from_parts(40_000_000, 15_000)
			.saturating_add(RocksDbWeight::get().reads_writes(8, 11))
	}
	// The admin of the peg, the stablecoin, weight and fees.
	fn set_stablecoin_terms() -> Weight {
		Weight::from_parts(40_000_000, 15_000)
			.saturating_add(RocksDbWeight::get().reads_writes(6, 3))
	}
	// The admin and the record of the peg.
	fn set_debt_ceiling() -> Weight {
		Weight::from_parts(20_000_000, 5_000)
			.saturating_add(RocksDbWeight::get().reads_writes(2, 1))
	}
	// Eight redemptions.
	fn redeem_basket() -> Weight {
		Weight::from_parts(1_000_000_000, 120_000)
			.saturating_add(RocksDbWeight::get().reads_writes(130, 60))
	}
	// Eight claims.
	fn redeem_basket_into_claims() -> Weight {
		Weight::from_parts(400_000_000, 100_000)
			.saturating_add(RocksDbWeight::get().reads_writes(70, 20))
	}
	// The claim, its sum, and a redemption.
	fn claim_basket() -> Weight {
		Weight::from_parts(200_000_000, 60_000)
			.saturating_add(RocksDbWeight::get().reads_writes(35, 16))
	}
	// The stablecoins, and a freeze of each; the bills and the days with a checkpoint; the
	// checkpoint.
	fn on_new_appraisal() -> Weight {
		Weight::from_parts(60_000_000, 40_000)
			.saturating_add(RocksDbWeight::get().reads_writes(24, 12))
	}
}
