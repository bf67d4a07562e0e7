// SPDX-License-Identifier: Apache-2.0

//! # Appraisal
//!
//! What a machine is worth, from a governed description of its model and from the prices that oracle
//! operators report.
//!
//! Operators report resale prices, rental rates and utilisation of registered models, and prices of
//! registered assets; keys of anything else are refused, so that nobody can fill the state. This
//! pallet is the [`CombineData`](pallet_oracle::CombineData) of `pallet-oracle`: it takes the median of
//! one fresh value per operator, limits how far it may move in the period of an update and in any 24
//! hours (see [`course`]), and dates it by the operators that support it. A value that is missing, old,
//! paused or nothing is an error of its own, for that model alone.
//!
//! The value of a unit is the least of up to three approaches, cost, market and income; which of them
//! it has to have is the governed [`Policy`]. A valid independent appraisal can lower the value of a
//! title and never raise it. For estimating a loss there is the last known value beside the present
//! one: by what was accepted last, however old and whatever has become of the model.
//!
//! What the median can and cannot do: fewer liars than half of the fresh values move it no further than
//! to what some honest operator reports. Half or more can name the price; then the limits give
//! governance time, a tenth in ten minutes and a quarter in a day, to pause the model or to replace the
//! operators. They limit moves: a majority that says nothing has changed is not held up by them. An
//! operator who repeats an old value cannot be told from one whose market stands still; one who stops
//! ages out.
//!
//! | Call | Who may call |
//! |---|---|
//! | [`set_policy`](Pallet::set_policy) | [`Config::AdminOrigin`] |
//! | [`add_model`](Pallet::add_model) | [`Config::AdminOrigin`] |
//! | [`update_model`](Pallet::update_model) | [`Config::AdminOrigin`] |
//! | [`set_model_status`](Pallet::set_model_status) | [`Config::AdminOrigin`] |
//! | [`delist_model`](Pallet::delist_model) | [`Config::AdminOrigin`] |
//! | [`register_asset`](Pallet::register_asset) | [`Config::AdminOrigin`] |
//! | [`remove_asset`](Pallet::remove_asset) | [`Config::AdminOrigin`] |
//! | [`feed`](Pallet::feed) | an oracle operator, once a block |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
pub mod course;
mod errors;
mod events;
mod genesis;
mod impls;
#[cfg(test)]
mod tests;
mod try_state;
pub mod types;
pub mod weights;

use polkadot_sdk::{
	frame_support::{self, pallet_macros::import_section},
	frame_system, pallet_oracle,
};

pub use course::{Course, Span};
pub use genesis::GenesisModel;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// The pallet.
#[import_section(events::events)]
#[import_section(errors::errors)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::{string::String, vec::Vec};
	use caliber_primitives::{
		appraisal::{
			AppraisalError, FeedReport, ModelStatus, OracleKey, OracleValue, Portfolio,
			PortfolioError, Valuation,
		},
		traits::{InspectTitles, OnNewAppraisal},
		Balance, ModelId, PricedAssetId, Seconds, TitleId,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{Time as MomentSource, UnixTime},
	};
	use frame_system::pallet_prelude::*;

	/// The values of one call of [`Pallet::feed`].
	pub type FeedValuesOf<T> =
		BoundedVec<(OracleKey, OracleValue), <T as pallet_oracle::Config>::MaxFeedValues>;

	/// What the runtime supplies.
	///
	/// The moments of `pallet-oracle` are unix milliseconds, and its clock and [`Config::Time`] are
	/// one.
	#[pallet::config]
	pub trait Config:
		polkadot_sdk::frame_system::Config<RuntimeEvent: From<Event<Self>>>
		+ pallet_oracle::Config<
			OracleKey = OracleKey,
			OracleValue = OracleValue,
			Time: MomentSource<Moment = u64>,
		>
	{
		/// The clock.
		type Time: UnixTime;

		/// The titles that are valued.
		type Titles: InspectTitles;

		/// Who is told of every value that is accepted. Its weight is part of that of [`Pallet::feed`].
		type OnNewAppraisal: OnNewAppraisal;

		/// Who governs the policy, the models and the assets.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The most oracle operators there can be: the bound of their membership.
		#[pallet::constant]
		type MaxFeeders: Get<u32>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// The pallet's type.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// How values are accepted and used. Written by [`Pallet::set_policy`].
	#[pallet::storage]
	pub type Policy<T: Config> = StorageValue<_, AppraisalPolicy, ValueQuery>;

	/// The id of the next model; ids are never used again.
	#[pallet::storage]
	pub type NextModelId<T: Config> = StorageValue<_, ModelId, ValueQuery>;

	/// The models, those that are delisted included: titles name them for ever.
	#[pallet::storage]
	pub type Models<T: Config> = StorageMap<_, Blake2_128Concat, ModelId, ModelRecord>;

	/// The assets whose price may be fed, with their symbols.
	#[pallet::storage]
	pub type Assets<T: Config> = StorageMap<_, Blake2_128Concat, PricedAssetId, Symbol>;

	/// Where the value of a key has been lately, from which its next move is measured. There is one
	/// exactly where `pallet-oracle` has a combined value.
	#[pallet::storage]
	pub type Courses<T: Config> = StorageMap<_, Blake2_128Concat, OracleKey, Course>;

	/// What was accepted last for each model that is delisted.
	#[pallet::storage]
	pub type DelistedValues<T: Config> = StorageMap<_, Blake2_128Concat, ModelId, FinalValues>;

	/// The block in which an operator last fed. Forgotten when the operator leaves.
	#[pallet::storage]
	pub type LastFed<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, BlockNumberFor<T>>;

	/// The policy's numbers, the models and the assets of the first block.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The least number of fresh values, if not the default.
		pub min_feeders: Option<u32>,
		/// The age, in seconds, up to which a value is fresh, if not the default.
		pub max_age: Option<Seconds>,
		/// The period, in seconds, in which a value may move by the bound of an update, if not the
		/// default. A second makes it that of a block.
		pub update_period: Option<Seconds>,
		/// The models; their ids are their places in this list, from 0.
		pub models: Vec<GenesisModel>,
		/// The assets: id and symbol.
		pub assets: Vec<(PricedAssetId, String)>,
		/// Nothing: the struct does not depend on the runtime otherwise.
		#[serde(skip)]
		pub phantom: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			self.apply();
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxFeeders::get() > 0, "without operators no value can be accepted");
			assert!(T::MaxFeedValues::get() > 0, "an operator must be able to feed a value");
			assert!(
				AppraisalPolicy::default().min_feeders <= T::MaxFeeders::get(),
				"the default policy must be attainable",
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(
			_: BlockNumberFor<T>,
		) -> Result<(), polkadot_sdk::sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The value of a title now.
		pub fn appraise(id: TitleId) -> Result<Valuation, AppraisalError> {
			Self::do_appraise(id)
		}

		/// The value of each of some titles now, and the sums; at most
		/// [`MAX_PORTFOLIO`](caliber_primitives::appraisal::MAX_PORTFOLIO) titles, each once.
		pub fn appraise_many(ids: Vec<TitleId>) -> Result<Portfolio, PortfolioError> {
			Self::do_appraise_many(&ids)
		}

		/// The value of a title by the last values that were accepted, however old they are and
		/// whatever the status of its model.
		pub fn last_known_value(id: TitleId) -> Result<Valuation, AppraisalError> {
			Self::do_last_known(id)
		}

		/// A model; none for an unknown one.
		pub fn model(id: ModelId) -> Option<ModelRecord> {
			Models::<T>::get(id)
		}

		/// How values are accepted and used.
		pub fn policy() -> AppraisalPolicy {
			Policy::<T>::get()
		}

		/// The accepted value of a key and the time from which enough operators support it (unix
		/// seconds), or why it may not be used now.
		pub fn feed_value(key: OracleKey) -> Result<(Balance, Seconds), AppraisalError> {
			Self::do_feed_value(key)
		}

		/// What is known of a feed, and how far its next value may move; none for a key of nothing that
		/// is registered.
		pub fn feed_report(key: OracleKey) -> Option<FeedReport> {
			Self::do_feed_report(key)
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Set how values are accepted and used.
		///
		/// ## Dispatch Origin
		///
		/// [`Config::AdminOrigin`].
		///
		/// ## Details
		///
		/// Holds for the next value that is fed and for every valuation from now on. Values that were
		/// accepted stay as they are; whether they are fresh is measured by the new policy. How far the
		/// next one may move, too, as far back as the old policy has kept where the value was.
		///
		/// ## Parameters
		///
		/// - `policy`: the whole policy.
		///
		/// ## Errors
		///
		/// - [`Error::NoApproachRequired`]: no approach would have to be there.
		/// - [`Error::InvalidMinFeeders`]: not in 1..=[`Config::MaxFeeders`].
		/// - [`Error::InvalidMaxAge`]: not in [`MIN_MAX_AGE`]..=[`MAX_MAX_AGE`].
		/// - [`Error::InvalidUpdatePeriod`]: not in [`MIN_UPDATE_PERIOD`]..=[`MAX_UPDATE_PERIOD`].
		/// - [`Error::InvalidMoveBounds`]: not 0 < update <= day.
		///
		/// ## Events
		///
		/// - [`Event::PolicyChanged`].
		#[pallet::call_index(0)]
		#[pallet::weight(<T as Config>::WeightInfo::set_policy())]
		pub fn set_policy(origin: OriginFor<T>, policy: AppraisalPolicy) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_policy(policy)
		}

		/// Add a hardware model. It is listed at once and gets the next id.
		///
		/// ## Dispatch Origin
		///
		/// [`Config::AdminOrigin`].
		///
		/// ## Details
		///
		/// Its keys may be fed from now on. It has no value before the feeds that the policy requires
		/// have enough operators.
		///
		/// ## Parameters
		///
		/// - `spec`: the description of the model.
		///
		/// ## Errors
		///
		/// - One `Invalid…` error for each field that is out of range.
		/// - [`Error::TooManyModels`]: no id is left.
		///
		/// ## Events
		///
		/// - [`Event::ModelAdded`].
		#[pallet::call_index(1)]
		#[pallet::weight(<T as Config>::WeightInfo::add_model())]
		pub fn add_model(origin: OriginFor<T>, spec: ModelSpec) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_add_model(spec).map(|_| ())
		}

		/// Describe a model anew.
		///
		/// ## Dispatch Origin
		///
		/// [`Config::AdminOrigin`].
		///
		/// ## Details
		///
		/// Every title of the model is valued by the new description from now on. Status and feeds stay.
		///
		/// ## Parameters
		///
		/// - `id`: the model.
		/// - `spec`: the whole description; its class is that of the model.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownModel`]: there is no such model.
		/// - [`Error::ModelDelisted`]: it is delisted.
		/// - [`Error::ClassFixed`]: the class differs.
		/// - One `Invalid…` error for each field that is out of range.
		///
		/// ## Events
		///
		/// - [`Event::ModelUpdated`].
		#[pallet::call_index(2)]
		#[pallet::weight(<T as Config>::WeightInfo::update_model())]
		pub fn update_model(origin: OriginFor<T>, id: ModelId, spec: ModelSpec) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_update_model(id, spec)
		}

		/// Pause a model or list it again.
		///
		/// ## Dispatch Origin
		///
		/// [`Config::AdminOrigin`].
		///
		/// ## Details
		///
		/// The values of a paused model are withheld; operators go on feeding it, so that it has a
		/// fresh value when it is listed again.
		///
		/// ## Parameters
		///
		/// - `id`: the model.
		/// - `status`: `Listed` or `Paused`.
		///
		/// ## Errors
		///
		/// - [`Error::UseDelistModel`]: the status is `Delisted`.
		/// - [`Error::UnknownModel`]: there is no such model.
		/// - [`Error::ModelDelisted`]: it is delisted.
		/// - [`Error::StatusUnchanged`]: it has this status.
		///
		/// ## Events
		///
		/// - [`Event::ModelStatusChanged`].
		#[pallet::call_index(3)]
		#[pallet::weight(<T as Config>::WeightInfo::set_model_status())]
		pub fn set_model_status(
			origin: OriginFor<T>,
			id: ModelId,
			status: ModelStatus,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_set_model_status(id, status)
		}

		/// Delist a model for ever.
		///
		/// ## Dispatch Origin
		///
		/// [`Config::AdminOrigin`].
		///
		/// ## Details
		///
		/// The raw and combined values of its keys are cleared and can no longer be fed. Its record
		/// stays, because titles name it, and so does what was accepted last: losses on what was lent
		/// against it are estimated from that. What is owed against such titles is repaid as before.
		///
		/// ## Parameters
		///
		/// - `id`: the model.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownModel`]: there is no such model.
		/// - [`Error::ModelDelisted`]: it is delisted already.
		///
		/// ## Events
		///
		/// - [`Event::ModelDelisted`].
		#[pallet::call_index(4)]
		#[pallet::weight(<T as Config>::WeightInfo::delist_model(T::MaxFeeders::get()))]
		pub fn delist_model(origin: OriginFor<T>, id: ModelId) -> DispatchResultWithPostInfo {
			T::AdminOrigin::ensure_origin(origin)?;
			let feeders = Self::do_delist_model(id)?;
			Ok(Some(<T as Config>::WeightInfo::delist_model(feeders)).into())
		}

		/// Register an asset, so that its price may be fed.
		///
		/// ## Dispatch Origin
		///
		/// [`Config::AdminOrigin`].
		///
		/// ## Details
		///
		/// The id is the oracle's own number for the asset; it need not be that of a ledger.
		///
		/// ## Parameters
		///
		/// - `id`: a free id.
		/// - `symbol`: its symbol, printable ASCII.
		///
		/// ## Errors
		///
		/// - [`Error::InvalidSymbol`]: empty or not printable.
		/// - [`Error::AssetAlreadyRegistered`]: the id is taken.
		///
		/// ## Events
		///
		/// - [`Event::AssetRegistered`].
		#[pallet::call_index(5)]
		#[pallet::weight(<T as Config>::WeightInfo::register_asset())]
		pub fn register_asset(
			origin: OriginFor<T>,
			id: PricedAssetId,
			symbol: Symbol,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_register_asset(id, symbol)
		}

		/// Remove an asset and clear its feed.
		///
		/// ## Dispatch Origin
		///
		/// [`Config::AdminOrigin`].
		///
		/// ## Details
		///
		/// The id is free afterwards. Registered again, it starts without a value.
		///
		/// ## Parameters
		///
		/// - `id`: the asset.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownAsset`]: there is no such asset.
		///
		/// ## Events
		///
		/// - [`Event::AssetRemoved`].
		#[pallet::call_index(6)]
		#[pallet::weight(<T as Config>::WeightInfo::remove_asset(T::MaxFeeders::get()))]
		pub fn remove_asset(origin: OriginFor<T>, id: PricedAssetId) -> DispatchResultWithPostInfo {
			T::AdminOrigin::ensure_origin(origin)?;
			let feeders = Self::do_remove_asset(id)?;
			Ok(Some(<T as Config>::WeightInfo::remove_asset(feeders)).into())
		}

		/// Report values. Costs nothing when it succeeds.
		///
		/// ## Dispatch Origin
		///
		/// Signed by an oracle operator, once a block.
		///
		/// ## Details
		///
		/// All values are accepted or none. Each replaces what the operator reported for the key
		/// before, and the key's values are combined anew: where enough of them are fresh, their
		/// median is accepted as far as the policy lets it move (see [`course`]), and
		/// [`Config::OnNewAppraisal`] is told. Values of a paused model are taken and combined as any
		/// others; they are only withheld, so that it has a fresh value when it is listed again.
		///
		/// ## Parameters
		///
		/// - `values`: a value for each of some keys. Prices are USD with 18 decimals; utilisation is a
		///   share of 10^18.
		///
		/// ## Errors
		///
		/// - [`Error::NotOperator`]: the caller is no operator.
		/// - [`Error::AlreadyFed`]: the caller has fed in this block.
		/// - [`Error::NoValues`]: `values` is empty.
		/// - [`Error::DuplicateKey`]: a key is there twice.
		/// - [`Error::UnknownKey`]: a key belongs to nothing that is registered.
		/// - [`Error::ModelDelisted`]: a key belongs to a delisted model.
		/// - [`Error::ZeroPrice`]: a price is zero.
		/// - [`Error::ValueTooHigh`]: a value is above its bound.
		///
		/// ## Events
		///
		/// - [`Event::PriceAccepted`] for each key that has enough fresh values, beside
		///   `pallet-oracle`'s own for each value.
		#[pallet::call_index(10)]
		#[pallet::weight(
			Pallet::<T>::feed_weight(values.len() as u32, T::MaxFeeders::get())
		)]
		pub fn feed(origin: OriginFor<T>, values: FeedValuesOf<T>) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let (fed, feeders) = Self::do_feed(who, values)?;
			Ok((Some(Self::feed_weight(fed, feeders)), Pays::No).into())
		}
	}
}
