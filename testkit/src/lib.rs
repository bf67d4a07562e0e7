// SPDX-License-Identifier: Apache-2.0

//! # Ground of the pallets' mocks
//!
//! Parts that the test runtimes of all pallets share. A pallet's `tests/mock.rs` adds its own
//! configuration and the stand-ins for its neighbours.
//!
//! | part | holds |
//! |---|---|
//! | [`impl_ground!`] | configurations of the SDK's pallets in a test runtime |
//! | [`Ground`], [`Asset`] | balances, assets and first mints of a genesis |
//! | [`externalities`], [`execute`] | start and end of a test |
//! | [`now`], [`set_time`], [`pass`], [`next_block`], [`run_blocks`] | clock |
//! | [`balance`], [`held`], [`send`], [`UsdAi`], [`Shares`] | books |
//! | [`events`], [`last_event`], [`take_events`] | events of one pallet |
//! | [`Admin`], [`AreaTracks`], [`Vetoers`], [`Rules`], [`Outages`] | what governance decides |
//! | [`alarms`] | calls that `pallet-referenda` schedules for itself |
//! | [`broken`] | message of the invariant that a change breaks |
//!
//! Functions are generic over the test runtime. A mock wraps those that its tests call often, so
//! that the tests read `pass(DAY)`.

pub mod alarms;
mod assets;
mod clock;
mod events;
mod externalities;
mod genesis;
mod governance;
mod ground;
mod invariants;
#[cfg(test)]
mod tests;

pub use assets::{balance, held, send, Asset, Shares, UsdAi};
pub use clock::{next_block, now, pass, run_blocks, set_time};
pub use events::{events, last_event, take_events};
pub use externalities::{execute, externalities};
pub use genesis::Ground;
pub use governance::{Admin, AreaTracks, Outages, Rules, Vetoers};
#[cfg(feature = "runtime-benchmarks")]
pub use ground::PsmAssets;
#[doc(hidden)]
pub use ground::{
	sdk, AgendaWeight, AnySigned, LpFee, MaxSwapFee, NftFeatures, NoDepositor, NoFee,
	PoolsPalletId, PsmPalletId, Root, RootForFree,
};
pub use invariants::broken;

use caliber_primitives::{Balance, Seconds};
use polkadot_sdk::sp_runtime::AccountId32;

/// One CLBR, in its smallest unit.
pub const CLBR: Balance = 1_000_000_000_000;
/// One whole unit of an asset with 6 decimals.
pub const UNIT: Balance = 1_000_000;
/// One hour.
pub const HOUR: Seconds = 60 * 60;
/// One day.
pub const DAY: Seconds = 24 * HOUR;

/// Returns the account whose bytes are all `seed`.
pub const fn account(seed: u8) -> AccountId32 {
	AccountId32::new([seed; 32])
}
