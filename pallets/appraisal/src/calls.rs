// SPDX-License-Identifier: Apache-2.0

//! Calls of the appraisal pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Calls of the appraisal pallet.
#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Adds a hardware model under the next id and lists it.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`], and raises risk.
		///
		/// ## Details
		///
		/// The keys of the model may be fed from now on. It has a value once the feeds that the
		/// governed values require have enough operators. Its terms are version 0.
		///
		/// ## Parameters
		///
		/// - `spec`: the description of the model.
		///
		/// ## Errors
		///
		/// - [`Error::InvalidName`]: the name is empty or not UTF-8.
		/// - [`Error::InvalidReferencePrice`]: the reference price is zero or above [`MAX_PRICE`].
		/// - [`Error::InvalidReleaseDate`]: the release date is after [`MAX_UNIX_TIME`].
		/// - [`Error::InvalidEconomicLife`]: the economic life is not in
		///   1..=[`MAX_ECONOMIC_LIFE_MONTHS`].
		/// - [`Error::InvalidCurve`]: the curve is empty, does not start at age 0, its ages do not
		///   increase, its factors increase, or a factor exceeds 100 %.
		/// - [`Error::InvalidConditionFactors`]: the factor of a new machine is zero, or a worse
		///   condition has a higher factor than a better one.
		/// - [`Error::InvalidForcedSaleFactor`]: the forced-sale factor is zero.
		/// - [`Error::InvalidDiscountRate`]: the discount rate is above 100 % a year.
		/// - [`Error::InvalidOperatingCost`]: the operating cost is above [`MAX_PRICE`].
		/// - [`Error::InvalidAdvanceRate`]: the advance rate is above [`MAX_ADVANCE_RATE`].
		/// - [`Error::TooManyModels`]: all ids of models are used.
		///
		/// ## Events
		///
		/// - [`Event::ModelAdded`].
		#[pallet::call_index(1)]
		#[pallet::weight(<T as Config>::WeightInfo::add_model())]
		pub fn add_model(origin: OriginFor<T>, spec: ModelSpec) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_add_model(spec).map(|_| ())
		}

		/// Replaces the description of a model.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`], and raises risk.
		///
		/// ## Details
		///
		/// Changed [terms](ModelTerms) are a new version of the model, by which new lines are
		/// valued. Open lines keep the version that they opened under; a draw obeys the lower of
		/// both values.
		///
		/// The name and the forced-sale factor are no part of a version. The factor only marks the
		/// savers' book: it moves linearly to the new one within [`Config::RampPeriod`], for all
		/// versions. Status and feeds of the model stay.
		///
		/// ## Parameters
		///
		/// - `id`: the model.
		/// - `spec`: the whole description. Class and namespace are those of the model.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownModel`]: no model has this id.
		/// - [`Error::ModelDelisted`]: the model is delisted.
		/// - [`Error::ClassFixed`]: the class differs from the class of the model.
		/// - [`Error::NamespaceFixed`]: the namespace differs from the namespace of the model.
		/// - [`Error::TooManyVersions`]: all versions of the model are used.
		/// - [`Error::InvalidName`]: the name is empty or not UTF-8.
		/// - [`Error::InvalidReferencePrice`]: the reference price is zero or above [`MAX_PRICE`].
		/// - [`Error::InvalidReleaseDate`]: the release date is after [`MAX_UNIX_TIME`].
		/// - [`Error::InvalidEconomicLife`]: the economic life is not in
		///   1..=[`MAX_ECONOMIC_LIFE_MONTHS`].
		/// - [`Error::InvalidCurve`]: the curve is empty, does not start at age 0, its ages do not
		///   increase, its factors increase, or a factor exceeds 100 %.
		/// - [`Error::InvalidConditionFactors`]: the factor of a new machine is zero, or a worse
		///   condition has a higher factor than a better one.
		/// - [`Error::InvalidForcedSaleFactor`]: the forced-sale factor is zero.
		/// - [`Error::InvalidDiscountRate`]: the discount rate is above 100 % a year.
		/// - [`Error::InvalidOperatingCost`]: the operating cost is above [`MAX_PRICE`].
		/// - [`Error::InvalidAdvanceRate`]: the advance rate is above [`MAX_ADVANCE_RATE`].
		///
		/// ## Events
		///
		/// - [`Event::ModelUpdated`].
		#[pallet::call_index(2)]
		#[pallet::weight(<T as Config>::WeightInfo::update_model())]
		pub fn update_model(origin: OriginFor<T>, id: ModelId, spec: ModelSpec) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_update_model(id, spec)
		}

		/// Pauses a model or lists it again.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`]: to pause lowers risk, to list raises it.
		///
		/// ## Details
		///
		/// No new title may name a paused model, and its titles secure no new debt. Operators may go
		/// on feeding it.
		///
		/// The pause of a referendum lasts until another one lists the model, and withholds its
		/// values: lines that hold its titles count the last accepted ones, less a haircut. The
		/// committee's pause is a brake: it ends by itself or by a referendum that lists the model,
		/// and cannot return before its rest is over. It withholds no value, so that lines that hold
		/// the titles of the model are valued as before.
		///
		/// ## Parameters
		///
		/// - `id`: the model.
		/// - `status`: `Listed` or `Paused`.
		///
		/// ## Errors
		///
		/// - [`Error::UseDelistModel`]: the status is `Delisted`.
		/// - [`Error::UnknownModel`]: no model has this id.
		/// - [`Error::ModelDelisted`]: the model is delisted.
		/// - [`Error::StatusUnchanged`]: a referendum lists a model that is not paused, or pauses one
		///   that the last referendum paused.
		/// - [`Error::NotStricter`]: the committee pauses a model that is paused.
		/// - [`Error::BrakeResting`]: the committee's last pause ended a short time ago.
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
			let risk = match status {
				ModelStatus::Paused => Risk::Lowers,
				ModelStatus::Listed | ModelStatus::Delisted => Risk::Raises,
			};
			let authority = T::AdminOrigin::ensure_origin(origin, &risk)?;
			Self::do_set_model_status(id, status, authority)
		}

		/// Delists a model permanently.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`], and raises risk.
		///
		/// ## Details
		///
		/// Clears the raw and accepted values of the model; its keys can no longer be fed. The
		/// record stays, because titles refer to it. The last accepted values stay too: losses on
		/// loans against the model are estimated from them. Such loans are repaid as before.
		///
		/// ## Parameters
		///
		/// - `id`: the model.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownModel`]: no model has this id.
		/// - [`Error::ModelDelisted`]: the model is already delisted.
		///
		/// ## Events
		///
		/// - [`Event::ModelDelisted`].
		#[pallet::call_index(4)]
		#[pallet::weight(<T as Config>::WeightInfo::delist_model(T::MaxFeeders::get()))]
		pub fn delist_model(origin: OriginFor<T>, id: ModelId) -> DispatchResultWithPostInfo {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			let feeders = Self::do_delist_model(id)?;
			Ok(Some(<T as Config>::WeightInfo::delist_model(feeders)).into())
		}

		/// Registers an asset, so that its price may be fed.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`], and raises risk.
		///
		/// ## Details
		///
		/// The id is the id of the oracle for the asset. It may differ from the id of the asset in
		/// a ledger.
		///
		/// ## Parameters
		///
		/// - `id`: a free id.
		/// - `symbol`: the symbol of the asset, printable ASCII.
		///
		/// ## Errors
		///
		/// - [`Error::InvalidSymbol`]: the symbol is empty or not printable ASCII.
		/// - [`Error::AssetAlreadyRegistered`]: the id is taken by another asset.
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
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_register_asset(id, symbol)
		}

		/// Removes an asset and clears its feed.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`], and raises risk.
		///
		/// ## Details
		///
		/// The id is free afterwards. An asset that is registered under it later starts without a
		/// value.
		///
		/// ## Parameters
		///
		/// - `id`: the asset.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownAsset`]: no asset has this id.
		///
		/// ## Events
		///
		/// - [`Event::AssetRemoved`].
		#[pallet::call_index(6)]
		#[pallet::weight(<T as Config>::WeightInfo::remove_asset(T::MaxFeeders::get()))]
		pub fn remove_asset(origin: OriginFor<T>, id: PricedAssetId) -> DispatchResultWithPostInfo {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			let feeders = Self::do_remove_asset(id)?;
			Ok(Some(<T as Config>::WeightInfo::remove_asset(feeders)).into())
		}

		/// Reports values. Free of charge when it succeeds.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by an oracle operator, once per block.
		///
		/// ## Details
		///
		/// Either all values are taken or none. Each value replaces the former report of the
		/// operator for its key, and the reports of the key are combined again: if enough of them
		/// are fresh, their median is accepted as far as the value may move (see [`MoveBounds`]),
		/// and [`Config::OnNewAppraisal`] is called.
		///
		/// Values of a paused model are taken and combined like others, so that it has a fresh value
		/// when it is listed again.
		///
		/// ## Parameters
		///
		/// - `values`: one value for each key. Prices are USD with 18 decimals; a utilisation is a
		///   share of 10^18.
		///
		/// ## Errors
		///
		/// - [`Error::NotOperator`]: the caller is not an oracle operator.
		/// - [`Error::AlreadyFed`]: the caller has already fed in this block.
		/// - [`Error::NoValues`]: `values` is empty.
		/// - [`Error::DuplicateKey`]: `values` has two values for one key.
		/// - [`Error::UnknownKey`]: a key belongs to no registered model or asset.
		/// - [`Error::ModelDelisted`]: a key belongs to a delisted model.
		/// - [`Error::ZeroPrice`]: a price is zero.
		/// - [`Error::ValueTooHigh`]: a price is above [`MAX_PRICE`], or a utilisation above
		///   [`FULL_UTILISATION`].
		///
		/// ## Events
		///
		/// - [`Event::PriceAccepted`] for each key that has enough fresh reports.
		/// - `NewFeedData` of `pallet-oracle` for each value.
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
