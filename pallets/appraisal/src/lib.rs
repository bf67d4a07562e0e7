// SPDX-License-Identifier: Apache-2.0

//! # Appraisal
//!
//! What a machine is worth, from a governed description of its model and from the prices that oracle
//! operators report.
//!
//! Operators report resale prices, rental rates and utilisation of registered models, and prices of
//! registered assets; keys of anything else are refused, so that nobody can fill the state. This
//! pallet is the [`CombineData`](pallet_oracle::CombineData) of `pallet-oracle`: it takes the median of
//! one fresh value per operator, limits how far it may move in one update and in one day, and dates it
//! by the operators that support it. A value that is missing, old, paused or nothing is an error of
//! its own, for that model alone.
//!
//! The value of a unit is the least of up to three approaches, cost, market and income; which of them
//! it has to have is the governed [`Policy`].
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
//! | [`feed`](Pallet::feed) | an oracle operator |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod genesis;
mod impls;
#[cfg(test)]
mod tests;
mod try_state;
pub mod types;
pub mod weights;

use polkadot_sdk::{frame_support, frame_system, pallet_oracle};

pub use genesis::GenesisModel;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// The pallet.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::{string::String, vec::Vec};
	use caliber_primitives::{
		appraisal::{AppraisalError, ModelStatus, OracleKey, OracleValue, Valuation},
		traits::InspectTitles,
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

	/// The value from which a key's move of the day is measured. There is one exactly where
	/// `pallet-oracle` has a combined value.
	#[pallet::storage]
	pub type DayOpening<T: Config> = StorageMap<_, Blake2_128Concat, OracleKey, Opening>;

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

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The policy was set.
		PolicyChanged {
			/// The policy from now on.
			policy: AppraisalPolicy,
		},
		/// A model was added; it is listed.
		ModelAdded {
			/// The model.
			id: ModelId,
			/// Its description.
			spec: ModelSpec,
		},
		/// A model was described anew.
		ModelUpdated {
			/// The model.
			id: ModelId,
			/// Its description from now on.
			spec: ModelSpec,
		},
		/// A model was paused or resumed.
		ModelStatusChanged {
			/// The model.
			id: ModelId,
			/// Its status from now on.
			status: ModelStatus,
		},
		/// A model was delisted and its feeds were cleared.
		ModelDelisted {
			/// The model.
			id: ModelId,
		},
		/// An asset may be priced from now on.
		AssetRegistered {
			/// The asset.
			id: PricedAssetId,
			/// Its symbol.
			symbol: Symbol,
		},
		/// An asset was removed and its feed was cleared.
		AssetRemoved {
			/// The asset.
			id: PricedAssetId,
		},
		/// A combined value was accepted.
		PriceAccepted {
			/// What it is the value of.
			key: OracleKey,
			/// The accepted value.
			value: OracleValue,
			/// The time from which enough operators support it, unix seconds.
			as_of: Seconds,
			/// The median of the fresh values, before its move was limited.
			median: OracleValue,
			/// The number of fresh values.
			feeders: u32,
		},
	}

	/// Why a call is refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The policy requires no approach: require at least one.
		NoApproachRequired,
		/// The least number of feeders is zero or more than there can be operators.
		InvalidMinFeeders,
		/// The freshness limit is outside of [`MIN_MAX_AGE`]..=[`MAX_MAX_AGE`].
		InvalidMaxAge,
		/// The move of an update is zero or more than the move of a day.
		InvalidMoveBounds,
		/// The name is empty or not UTF-8.
		InvalidName,
		/// The reference price is zero or more than [`MAX_PRICE`].
		InvalidReferencePrice,
		/// The release date is no unix time in seconds.
		InvalidReleaseDate,
		/// The economic life is outside of 1..=[`MAX_ECONOMIC_LIFE_MONTHS`].
		InvalidEconomicLife,
		/// The curve does not start at age 0, goes back in age, rises, or exceeds 100 %.
		InvalidCurve,
		/// The factor of a condition is above that of a better one, or that of a new machine is zero.
		InvalidConditionFactors,
		/// The forced-sale factor is zero.
		InvalidForcedSaleFactor,
		/// The discount rate is more than 100 % a year.
		InvalidDiscountRate,
		/// The operating cost is more than [`MAX_PRICE`].
		InvalidOperatingCost,
		/// The advance rate is more than [`MAX_ADVANCE_RATE`].
		InvalidAdvanceRate,
		/// There is no model of this id: add it first.
		UnknownModel,
		/// The model is delisted for ever: add a new one.
		ModelDelisted,
		/// A model keeps its class: add a new one for another class.
		ClassFixed,
		/// The model has this status already.
		StatusUnchanged,
		/// Delisting has consequences that a change of status has not: use `delist_model`.
		UseDelistModel,
		/// All ids of models have been given out.
		TooManyModels,
		/// The symbol is empty or not printable ASCII.
		InvalidSymbol,
		/// An asset of this id is registered: remove it first.
		AssetAlreadyRegistered,
		/// There is no asset of this id: register it first.
		UnknownAsset,
		/// The caller is not an oracle operator.
		NotOperator,
		/// The caller has fed in this block: wait for the next.
		AlreadyFed,
		/// The call carries no value.
		NoValues,
		/// The call carries two values for one key: send one.
		DuplicateKey,
		/// The key belongs to no registered model or asset.
		UnknownKey,
		/// A price is zero; only utilisation may be.
		ZeroPrice,
		/// The value is more than [`MAX_PRICE`] or, for utilisation, than [`FULL_UTILISATION`].
		ValueTooHigh,
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
		/// accepted stay as they are; whether they are fresh is measured by the new policy.
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
		/// stays, because titles name it. What is owed against such titles is repaid as before.
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
		/// median is accepted as far as the policy lets it move.
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
			<T as Config>::WeightInfo::feed(values.len() as u32, T::MaxFeeders::get())
		)]
		pub fn feed(origin: OriginFor<T>, values: FeedValuesOf<T>) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let (fed, feeders) = Self::do_feed(who, values)?;
			Ok((Some(<T as Config>::WeightInfo::feed(fed, feeders)), Pays::No).into())
		}
	}
}
