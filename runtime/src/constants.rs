// SPDX-License-Identifier: Apache-2.0

//! Units of money and time, and the shape of blocks.

use caliber_primitives::Balance;
use polkadot_sdk::{
	cumulus_primitives_core,
	frame_support::weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight},
	parachains_common::BlockNumber,
	sp_runtime::Perbill,
};

/// The native token.
pub mod currency {
	use super::Balance;

	/// Its symbol.
	pub const SYMBOL: &str = "CLBR";
	/// Its decimals.
	pub const DECIMALS: u8 = 12;
	/// The format of addresses.
	pub const SS58_PREFIX: u16 = 42;

	/// One CLBR.
	pub const CLBR: Balance = 1_000_000_000_000;
	/// A thousandth of a CLBR.
	pub const MILLI_CLBR: Balance = CLBR / 1_000;
	/// A millionth of a CLBR.
	pub const MICRO_CLBR: Balance = MILLI_CLBR / 1_000;
	/// The balance below which an account is removed.
	pub const EXISTENTIAL_DEPOSIT: Balance = MILLI_CLBR;

	/// What has to be held for `items` storage items with `bytes` bytes in all.
	pub const fn deposit(items: u32, bytes: u32) -> Balance {
		items as Balance * 20 * MILLI_CLBR + bytes as Balance * 100 * MICRO_CLBR
	}
}

/// Time as governance and sessions count it. All other time is unix seconds.
pub mod time {
	use super::BlockNumber;

	/// The target time between two blocks, in milliseconds.
	pub const MILLISECS_PER_BLOCK: u64 = 6_000;
	/// Never change this on a live chain: block production would stop.
	pub const SLOT_DURATION: u64 = MILLISECS_PER_BLOCK;
	/// Blocks a minute.
	pub const MINUTES: BlockNumber = 60_000 / (MILLISECS_PER_BLOCK as BlockNumber);
	/// Blocks an hour.
	pub const HOURS: BlockNumber = MINUTES * 60;
	/// Blocks a day.
	pub const DAYS: BlockNumber = HOURS * 24;
}

/// How the chain hangs on its relay chain. These four belong together.
pub mod async_backing {
	/// The relay chain's slot, in milliseconds.
	pub const RELAY_CHAIN_SLOT_DURATION_MILLIS: u32 = 6_000;
	/// Blocks for each relay chain parent.
	pub const BLOCK_PROCESSING_VELOCITY: u32 = 1;
	/// Blocks built and not included yet.
	pub const UNINCLUDED_SEGMENT_CAPACITY: u32 = 3;
	/// How far behind the relay chain's head a block builds.
	pub const RELAY_PARENT_OFFSET: u32 = 0;
}

/// The part of a block that `on_initialize` may take on average.
pub const AVERAGE_ON_INITIALIZE_RATIO: Perbill = Perbill::from_percent(5);
/// The part of a block that is open to normal transactions.
pub const NORMAL_DISPATCH_RATIO: Perbill = Perbill::from_percent(75);
/// Two seconds of execution, and the relay chain's bound on the proof.
pub const MAXIMUM_BLOCK_WEIGHT: Weight = Weight::from_parts(
	WEIGHT_REF_TIME_PER_SECOND.saturating_mul(2),
	cumulus_primitives_core::relay_chain::MAX_POV_SIZE as u64,
);
