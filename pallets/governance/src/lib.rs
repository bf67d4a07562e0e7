// SPDX-License-Identifier: Apache-2.0

//! # Governance
//!
//! The values that holders govern, the brakes of the technical committee, the clocks and the tempo
//! of the chain.
//!
//! Each area has one struct of governed values, with a default, a hard range and a risky direction
//! for every value. A referendum sets them. The technical committee can only brake: a brake makes a
//! value stricter, or pauses a call, for a time, and cannot return before it has rested. A value
//! that moves the price of a share cannot be braked and never jumps: it moves linearly. The rules
//! that can put a credit line into breach are kept by version.
//!
//! What is decided and not yet enacted can be struck from the agenda. The committee can strike the
//! same call once: holders who pass it again have the last word.
//!
//! Governance counts blocks of the relay chain since the first that the chain saw. Time in which
//! the chain made no blocks is noted, because it counts against nobody.
//!
//! # Calls
//!
//! | Call | Who may call |
//! |---|---|
//! | [`Call::set`] | [`Config::ValuesOrigin`] |
//! | [`Call::brake`] | [`Config::BrakeOrigin`] |
//! | [`Call::release`] | [`Config::BrakeOrigin`] |
//! | [`Call::veto`] | [`Config::VetoOrigin`] |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
mod config;
mod errors;
mod events;
mod genesis;
mod hooks;
mod impls;
mod storage;
#[cfg(test)]
mod tests;
mod try_state;
pub mod types;
pub mod weights;

use polkadot_sdk::{
	frame_support::{self, pallet_macros::import_section},
	frame_system,
};

pub use impls::{NotPaused, RelayBlocks, SchedulerAgenda, TempoOf, Values};
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// The governance pallet.
#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(genesis::genesis)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(calls::calls)]
#[import_section(hooks::hooks)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use caliber_primitives::{
		governance::{
			values::{
				AppraisalValues, CreditValues, GovernanceValues, ReserveValues, RuleValues,
				TitleValues, VaultValues,
			},
			Authority, Governed, Outage, Risk, ValueReport,
		},
		RulesVersion, Seconds,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{Contains, EnsureOriginWithArg, GetCallMetadata, UnixTime},
	};
	use frame_system::pallet_prelude::*;
	use polkadot_sdk::sp_core::H256;

	/// The governance pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Returns the governed values of every area, by the name of the area.
		pub fn values() -> Vec<(Vec<u8>, Vec<ValueReport>)> {
			Self::do_values()
		}

		/// Returns the tempo of the chain, which divides the times that somebody has to wait for.
		pub fn tempo() -> u32 {
			Tempo::<T>::get()
		}

		/// Returns the rules of a version, as they count on this chain; `None` for a version that
		/// never was.
		pub fn rules(version: RulesVersion) -> Option<RuleValues> {
			Self::rules_of(version)
		}

		/// Returns the last outages, oldest first.
		pub fn outages() -> Vec<Outage> {
			Outages::<T>::get().into_inner()
		}

		/// Returns the first second after the pause of a call, if one lasts now, in unix seconds.
		pub fn paused_until(call: CallName) -> Option<Seconds> {
			Pauses::<T>::get(call).brake_at(Self::now()).map(|brake| brake.until)
		}
	}
}
