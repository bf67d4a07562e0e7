// SPDX-License-Identifier: Apache-2.0

//! # Appraisal
//!
//! The value of machines, computed from a governed description of each hardware model and from the
//! prices that oracle operators report.
//!
//! Operators report resale prices, rental rates and utilisation of registered models, and prices of
//! registered assets. Any other key is refused, which bounds the state. The pallet is the
//! [`CombineData`](pallet_oracle::CombineData) of `pallet-oracle`: it takes the median of one fresh
//! report per operator, of more than half of the seats, limits its move (by default 10 % in ten
//! minutes and 25 % in a day, see [`MoveBounds`]), and dates it by the operators that support it. A value that is missing, stale,
//! paused or zero is an error of its own, and only of its own model.
//!
//! The value of a unit is the least of the approaches that the governed
//! [`AppraisalValues`](caliber_primitives::governance::values::AppraisalValues) require: cost,
//! market and income. A valid independent appraisal can lower the value of a title and never raises
//! it. A title is valued by a version of its model: the terms of a version never change, so that an
//! update of a model changes nothing for a line that opened under an earlier one. Losses are
//! estimated from the last known value: the last accepted values, however old and whatever the
//! status of the model.
//!
//! New debt counts the lower of accepted value and median ([`Median`]), so that a crash is not
//! borrowed against while the accepted value follows it, and only once the value has a history.
//!
//! A referendum that pauses a model withholds its values. The technical committee's pause, which
//! ends by itself, withholds none: it keeps the model from new titles and from new debt.
//!
//! # Security of the median
//!
//! Dishonest operators that are fewer than half of the fresh reports move the median no further
//! than to the report of some honest operator. Half or more choose the median. The limits on moves
//! then give the technical committee time to stop new debt against the model, and referenda time to
//! withhold its values or to replace the operators. They limit moves only: a majority that reports
//! no change is not detected. An operator that repeats an old value cannot be told from one whose
//! market stands still; the reports of one that stops become stale.
//!
//! # Calls
//!
//! | Call | Who may call |
//! |---|---|
//! | [`Call::add_model`] | [`Config::AdminOrigin`], raises risk |
//! | [`Call::update_model`] | [`Config::AdminOrigin`], raises risk |
//! | [`Call::set_model_status`] | [`Config::AdminOrigin`]: to pause lowers risk, to list raises it |
//! | [`Call::delist_model`] | [`Config::AdminOrigin`], raises risk |
//! | [`Call::register_asset`] | [`Config::AdminOrigin`], raises risk |
//! | [`Call::remove_asset`] | [`Config::AdminOrigin`], raises risk |
//! | [`Call::feed`] | an oracle operator, once per block |

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
	frame_system, pallet_oracle,
};

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::SetValues;
pub use genesis::GenesisModel;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// The appraisal pallet.
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
	use alloc::{string::String, vec::Vec};
	use caliber_primitives::{
		appraisal::{
			AppraisalError, FeedReport, ModelStatus, OracleKey, OracleValue, Portfolio,
			PortfolioError, PriceReport, Valuation,
		},
		governance::{values::AppraisalValues, Authority, BrakeTerms, Risk},
		traits::{OnNewAppraisal, TitleFactsSource},
		Balance, ModelId, ModelVersion, PricedAssetId, Seconds, TitleId,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{EnsureOriginWithArg, Time as MomentSource, UnixTime},
	};
	use frame_system::pallet_prelude::*;

	/// The appraisal pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Returns the value of a title now.
		pub fn appraise(id: TitleId) -> Result<Valuation, AppraisalError> {
			Self::do_appraise(id)
		}

		/// Returns the value of each title now, and the sums. Takes at most
		/// [`MAX_PORTFOLIO`](caliber_primitives::appraisal::MAX_PORTFOLIO) titles, each once.
		pub fn appraise_many(ids: Vec<TitleId>) -> Result<Portfolio, PortfolioError> {
			Self::do_appraise_many(&ids)
		}

		/// Returns the value of a title by the last accepted values, however old they are and
		/// whatever the status of its model.
		pub fn last_known_value(id: TitleId) -> Result<Valuation, AppraisalError> {
			Self::do_last_known(id)
		}

		/// Returns a model; none if the id is unknown.
		pub fn model(id: ModelId) -> Option<ModelRecord> {
			Models::<T>::get(id)
		}

		/// Returns the terms of a version of a model; none for a version that never was.
		pub fn model_version(id: ModelId, version: ModelVersion) -> Option<ModelTerms> {
			ModelVersions::<T>::get(id, version)
		}

		/// Returns the reports on all feeds of models and assets that are registered, by key.
		pub fn prices() -> Vec<PriceReport> {
			Self::do_prices()
		}

		/// Returns the accepted value of a key and the time from which enough operators support it
		/// (unix seconds), or the reason why it may not be used now.
		pub fn feed_value(key: OracleKey) -> Result<(Balance, Seconds), AppraisalError> {
			Self::do_feed_value(key)
		}

		/// Returns the report on a feed, with the bounds of its next value; none if the key belongs
		/// to no registered model or asset.
		pub fn feed_report(key: OracleKey) -> Option<FeedReport> {
			Self::do_feed_report(key)
		}
	}
}
