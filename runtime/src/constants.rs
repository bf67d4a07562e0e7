// SPDX-License-Identifier: Apache-2.0

//! Units of money and time, and the limits of a block.

use caliber_primitives::Balance;
use polkadot_sdk::{
	cumulus_primitives_core,
	frame_support::weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight},
	parachains_common::BlockNumber,
	sp_runtime::Perbill,
};

/// Units of the native token.
pub mod currency {
	use super::Balance;

	/// Symbol of the native token.
	pub const SYMBOL: &str = "CLBR";
	/// Decimals of the native token.
	pub const DECIMALS: u8 = 12;
	/// SS58 prefix of addresses.
	pub const SS58_PREFIX: u16 = 42;

	/// One CLBR.
	pub const CLBR: Balance = caliber_primitives::CLBR;
	/// A thousandth of a CLBR.
	pub const MILLI_CLBR: Balance = CLBR / 1_000;
	/// A millionth of a CLBR.
	pub const MICRO_CLBR: Balance = MILLI_CLBR / 1_000;
	/// Balance below which an account is removed.
	pub const EXISTENTIAL_DEPOSIT: Balance = MILLI_CLBR;

	/// Returns the deposit for `items` storage items of `bytes` bytes in total.
	pub const fn deposit(items: u32, bytes: u32) -> Balance {
		items as Balance * 20 * MILLI_CLBR + bytes as Balance * 100 * MICRO_CLBR
	}
}

/// Time in blocks: those of the chain for sessions, and those of the relay chain, which are as long,
/// for governance. All other time is in Unix seconds.
pub mod time {
	use super::BlockNumber;

	/// Target time between two blocks, in milliseconds.
	pub const MILLISECS_PER_BLOCK: u64 = 6_000;
	/// Length of a slot, in milliseconds. A change on a live chain would stop block production.
	pub const SLOT_DURATION: u64 = MILLISECS_PER_BLOCK;
	/// Blocks per minute.
	pub const MINUTES: BlockNumber = 60_000 / (MILLISECS_PER_BLOCK as BlockNumber);
	/// Blocks per hour.
	pub const HOURS: BlockNumber = MINUTES * 60;
	/// Blocks per day.
	pub const DAYS: BlockNumber = HOURS * 24;
}

/// Pace of the chain relative to its relay chain. The four values depend on each other.
pub mod async_backing {
	/// Length of a relay chain slot, in milliseconds.
	pub const RELAY_CHAIN_SLOT_DURATION_MILLIS: u32 = 6_000;
	/// Blocks per relay chain parent.
	pub const BLOCK_PROCESSING_VELOCITY: u32 = 1;
	/// Largest number of blocks that are built and not yet included.
	pub const UNINCLUDED_SEGMENT_CAPACITY: u32 = 3;
	/// Distance of a block's relay parent from the head of the relay chain, in relay blocks.
	pub const RELAY_PARENT_OFFSET: u32 = 0;
}

/// Average share of a block for `on_initialize`.
pub const AVERAGE_ON_INITIALIZE_RATIO: Perbill = Perbill::from_percent(5);
/// Share of a block for normal transactions.
pub const NORMAL_DISPATCH_RATIO: Perbill = Perbill::from_percent(75);
/// Weight limit of a block: two seconds of execution, and the relay chain's limit of a proof.
pub const MAXIMUM_BLOCK_WEIGHT: Weight = Weight::from_parts(
	WEIGHT_REF_TIME_PER_SECOND.saturating_mul(2),
	cumulus_primitives_core::relay_chain::MAX_POV_SIZE as u64,
);
