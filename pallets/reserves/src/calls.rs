// SPDX-License-Identifier: Apache-2.0

//! Calls of the reserves pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Calls of the reserves pallet.
#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Sets the priced asset of the oracle for a stablecoin of the peg.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]): another price may
		/// open what a price has closed.
		///
		/// ## Details
		///
		/// Minting against the stablecoin needs its fresh price, and that price freezes it
		/// ([`PegFreezes`]). A stablecoin is frozen by another priced asset whose last price is
		/// missing or below `peg_floor` of [`Config::Values`], until a price is at `peg_floor` or
		/// above.
		///
		/// ## Parameters
		///
		/// - `asset`: the stablecoin.
		/// - `priced_asset`: its priced asset at the oracle.
		///
		/// ## Errors
		///
		/// - [`Error::NotAStablecoin`]: the asset is no stablecoin of the peg.
		/// - [`Error::NoPriceFeed`]: the oracle has no such priced asset.
		///
		/// ## Events
		///
		/// - [`Event::PricedAssetSet`].
		#[pallet::call_index(0)]
		#[pallet::weight(<T as Config>::WeightInfo::set_priced_asset())]
		pub fn set_priced_asset(
			origin: OriginFor<T>,
			asset: AssetIdOf<T>,
			priced_asset: PricedAssetId,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_set_priced_asset(asset, priced_asset)
		}

		/// Sets the Treasury bills of the vault, or removes them.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// From then on idle USDai may buy the token. The haircut may change while bills are held.
		/// Another haircut of the same token is reached linearly within [`Config::RampPeriod`], from
		/// where the haircut stands. Neither the token nor its priced asset may change while bills
		/// are held: set `liquidity_buffer` of [`Config::Values`] to 100 %, and the vault offers all
		/// of them ([`Call::fill_offer`]). With another priced asset the prices kept for the yield
		/// are dropped.
		///
		/// ## Parameters
		///
		/// - `bill`: the token, its priced asset and its haircut; `None` removes the bills.
		///
		/// ## Errors
		///
		/// - [`Error::HaircutTooHigh`]: the haircut is more than [`MAX_HAIRCUT`].
		/// - [`Error::UnknownAsset`]: the token does not exist.
		/// - [`Error::BillsHeld`]: bills are held, and `bill` is another token, has another priced
		///   asset, or is `None`.
		///
		/// ## Events
		///
		/// - [`Event::BillsLost`], if the issuer took some.
		/// - [`Event::TreasuryBillSet`], or [`Event::TreasuryBillCleared`].
		#[pallet::call_index(1)]
		#[pallet::weight(<T as Config>::WeightInfo::set_treasury_bill())]
		pub fn set_treasury_bill(
			origin: OriginFor<T>,
			bill: Option<TreasuryBill<AssetIdOf<T>>>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_set_treasury_bill(bill)
		}

		/// Stops the trading of bills, or resumes it.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`]: a referendum stops and resumes, the technical committee
		/// stops.
		///
		/// ## Details
		///
		/// While stopped, the vault offers nothing, and no bill is bought or sold. The settlement of a
		/// redemption window goes on with the USDai that is idle. A
		/// referendum's stop lasts until a referendum resumes trading, which ends a stop of the
		/// committee too. The committee's stop ends by itself and cannot return before its rest is
		/// over ([`Config::BrakeTerms`]).
		///
		/// ## Parameters
		///
		/// - `stopped`: true to stop, false to resume.
		///
		/// ## Errors
		///
		/// - [`Error::NotStricter`]: the committee stops what is stopped already.
		/// - [`Error::BrakeResting`]: the committee's last stop ended a short time ago.
		///
		/// ## Events
		///
		/// - [`Event::BillTradingSet`].
		#[pallet::call_index(2)]
		#[pallet::weight(<T as Config>::WeightInfo::set_bill_trading())]
		pub fn set_bill_trading(origin: OriginFor<T>, stopped: bool) -> DispatchResult {
			let risk = if stopped { Risk::Lowers } else { Risk::Raises };
			let authority = T::AdminOrigin::ensure_origin(origin, &risk)?;
			Self::do_set_bill_trading(authority, stopped)
		}

		/// Resets the mint rate limit (fuse): the growth of USDai counts from the present supply.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// For a growth that turned out to be wanted. The inflow limits of the stablecoins stay.
		///
		/// ## Errors
		///
		/// None beside the origin's.
		///
		/// ## Events
		///
		/// - [`Event::MintRateLimitReset`].
		#[pallet::call_index(20)]
		#[pallet::weight(<T as Config>::WeightInfo::reset_mint_rate_limit())]
		pub fn reset_mint_rate_limit(origin: OriginFor<T>) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_reset_mint_rate_limit();
			Ok(())
		}

		/// Stops minting against a stablecoin, or resumes it.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`]: a referendum stops and resumes, the technical committee
		/// stops.
		///
		/// ## Details
		///
		/// Nothing else stops: redemption goes on, of this stablecoin and of the others. A
		/// referendum's stop lasts until a referendum resumes minting, which ends a stop of the
		/// committee too. The committee's stop ends by itself and cannot return before its rest is
		/// over ([`Config::BrakeTerms`]).
		///
		/// ## Parameters
		///
		/// - `asset`: the stablecoin.
		/// - `stopped`: true to stop, false to resume.
		///
		/// ## Errors
		///
		/// - [`Error::NotAStablecoin`]: the asset is no stablecoin of the peg.
		/// - [`Error::NotStricter`]: the committee stops what is stopped already.
		/// - [`Error::BrakeResting`]: the committee's last stop ended a short time ago.
		///
		/// ## Events
		///
		/// - [`Event::MintingStopSet`].
		#[pallet::call_index(21)]
		#[pallet::weight(<T as Config>::WeightInfo::set_minting_stopped())]
		pub fn set_minting_stopped(
			origin: OriginFor<T>,
			asset: AssetIdOf<T>,
			stopped: bool,
		) -> DispatchResult {
			let risk = if stopped { Risk::Lowers } else { Risk::Raises };
			let authority = T::AdminOrigin::ensure_origin(origin, &risk)?;
			Self::do_set_minting_stopped(authority, asset, stopped)
		}

		/// Adds a stablecoin to the peg.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// Its minimum balance lies in the account of the peg before, beside what will stand behind
		/// USDai, so that paying out the last unit leaves no remainder that the asset destroys.
		/// Anyone may send it there. The stablecoin is frozen until the oracle accepts a price at
		/// `peg_floor` or above, unless the last one is.
		///
		/// ## Parameters
		///
		/// - `asset`: the stablecoin.
		/// - `priced_asset`: its priced asset at the oracle.
		/// - `terms`: its ceiling and its fees.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownAsset`]: no asset has this id.
		/// - [`Error::NoPriceFeed`]: the oracle has no such priced asset.
		/// - [`Error::MinimumBalanceMissing`]: the minimum balance does not lie in the account of
		///   the peg.
		/// - [`Error::PegFeeTooHigh`]: a fee is more than [`MAX_PEG_FEE`].
		/// - Those of the PSM, if the stablecoin is of the peg already, or it has as many as it
		///   may.
		///
		/// ## Events
		///
		/// - [`Event::StablecoinAdded`], and those of the PSM.
		#[pallet::call_index(22)]
		#[pallet::weight(<T as Config>::WeightInfo::add_stablecoin())]
		pub fn add_stablecoin(
			origin: OriginFor<T>,
			asset: AssetIdOf<T>,
			priced_asset: PricedAssetId,
			terms: StablecoinTerms,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_add_stablecoin(asset, priced_asset, terms)
		}

		/// Removes a stablecoin from the peg.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// For a stablecoin without debt: set its ceiling weight to zero, and wait until all of it
		/// is redeemed. Its minimum balance stays in the account of the peg. Claims on it are given
		/// back in USDai by [`Call::claim_basket`].
		///
		/// ## Parameters
		///
		/// - `asset`: the stablecoin.
		///
		/// ## Errors
		///
		/// - [`Error::NotAStablecoin`]: the asset is no stablecoin of the peg.
		/// - That of the PSM, if USDai is issued against it.
		///
		/// ## Events
		///
		/// - [`Event::StablecoinRemoved`], and that of the PSM.
		#[pallet::call_index(23)]
		#[pallet::weight(<T as Config>::WeightInfo::remove_stablecoin())]
		pub fn remove_stablecoin(origin: OriginFor<T>, asset: AssetIdOf<T>) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_remove_stablecoin(asset)
		}

		/// Sets the ceiling and the fees of a stablecoin of the peg.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// A lower weight takes nothing back: minting waits until redemptions bring the debt below
		/// the new ceiling.
		///
		/// ## Parameters
		///
		/// - `asset`: the stablecoin.
		/// - `terms`: its ceiling and its fees.
		///
		/// ## Errors
		///
		/// - [`Error::NotAStablecoin`]: the asset is no stablecoin of the peg.
		/// - [`Error::PegFeeTooHigh`]: a fee is more than [`MAX_PEG_FEE`].
		///
		/// ## Events
		///
		/// - [`Event::StablecoinTermsSet`], and those of the PSM.
		#[pallet::call_index(24)]
		#[pallet::weight(<T as Config>::WeightInfo::set_stablecoin_terms())]
		pub fn set_stablecoin_terms(
			origin: OriginFor<T>,
			asset: AssetIdOf<T>,
			terms: StablecoinTerms,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_set_stablecoin_terms(asset, terms)
		}

		/// Sets the ceiling of the USDai issued against all stablecoins.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// A lower ceiling takes nothing back: minting waits until redemptions bring the debt below
		/// it.
		///
		/// ## Parameters
		///
		/// - `ceiling`: the ceiling, USDai with 18 decimals.
		///
		/// ## Errors
		///
		/// - [`Error::CeilingTooHigh`]: it is more than [`MAX_DEBT_CEILING`].
		///
		/// ## Events
		///
		/// - [`Event::DebtCeilingSet`], and that of the PSM.
		#[pallet::call_index(25)]
		#[pallet::weight(<T as Config>::WeightInfo::set_debt_ceiling())]
		pub fn set_debt_ceiling(origin: OriginFor<T>, ceiling: Balance) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_set_debt_ceiling(ceiling)
		}

		/// Redeems USDai for a share of every stablecoin of the peg.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the holder.
		///
		/// ## Details
		///
		/// A part of `amount` goes to each stablecoin by the peg's debt in it, less what is claimed
		/// of it already, and is redeemed at the fee of that stablecoin. It is always open; while a
		/// stablecoin is frozen it is the way into the others.
		///
		/// A part that cannot be paid stops nothing: its USDai is put aside as a claim, and
		/// [`Call::claim_basket`] pays it later. A part that cannot be paid and is less than
		/// [`LEAST_CLAIM`] stays with the caller, and so do remainders of rounding.
		///
		/// ## Parameters
		///
		/// - `amount`: USDai to redeem, at least [`LEAST_BASKET`].
		/// - `min_out`: least amount of stablecoins received at once, one dollar a unit, 18
		///   decimals. Parts that become claims do not count. Zero for no limit.
		///
		/// ## Errors
		///
		/// - [`Error::BasketTooSmall`]: the amount is less than [`LEAST_BASKET`].
		/// - [`Error::NothingToRedeem`]: all that the peg owes is claimed already, or each part is too
		///   small to be paid.
		/// - [`Error::TooLittleOut`]: less than `min_out` would be received.
		/// - [`Error::Overflow`]: an amount overflows.
		/// - [`Error::Unexpected`]: the stored state contradicts itself.
		/// - `FundsUnavailable`: the caller has less than `amount` to spend.
		///
		/// ## Events
		///
		/// - [`Event::BasketRedeemed`], [`Event::BasketClaimed`] for each part that is claimed, and
		///   those of the PSM.
		#[pallet::call_index(26)]
		#[pallet::weight(Pallet::<T>::basket_weight())]
		pub fn redeem_basket(
			origin: OriginFor<T>,
			amount: Balance,
			min_out: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_redeem_basket(&who, amount, min_out)
		}

		/// Pays a claim of a basket.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// The USDai of the claim is redeemed for the stablecoin, at its fee of now, for the
		/// account that has the claim. If the peg has less debt in the stablecoin than that, as much
		/// is redeemed as it has, and the rest is given back in USDai. With less than [`LEAST_CLAIM`]
		/// of debt, or none, all is given back.
		///
		/// ## Parameters
		///
		/// - `asset`: the stablecoin.
		/// - `who`: the account that has the claim.
		///
		/// ## Errors
		///
		/// - [`Error::NoClaim`]: the account has no claim on it.
		/// - [`Error::ReserveMissing`]: the peg has less of the stablecoin than it owes.
		/// - Those of the assets, while the stablecoin cannot be sent to the account.
		///
		/// ## Events
		///
		/// - [`Event::ClaimPaid`] and that of the PSM for what is redeemed, [`Event::ClaimReturned`] for
		///   what is given back.
		#[pallet::call_index(27)]
		#[pallet::weight(<T as Config>::WeightInfo::claim_basket())]
		pub fn claim_basket(
			origin: OriginFor<T>,
			asset: AssetIdOf<T>,
			who: T::AccountId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim_basket(&asset, &who)
		}

		/// Freezes the USDai and sUSDai of an account.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`]: a referendum or the technical committee.
		///
		/// ## Details
		///
		/// The account cannot send, redeem or deposit. It can receive both; payments to it stay in
		/// it. Its redemption requests stay in the queue and are served in their turn. A bid of it
		/// on hold is paid all the same.
		///
		/// A referendum's freeze lasts until [`Call::thaw`]. The committee's ends by itself,
		/// without a call, and cannot return before its rest is over ([`Config::BrakeTerms`]). A
		/// referendum may freeze what the committee has frozen, and its reason takes the place of
		/// the other.
		///
		/// ## Parameters
		///
		/// - `who`: the account.
		/// - `reason`: hash of the document with the reason.
		///
		/// ## Errors
		///
		/// - [`Error::ProtectedAccount`]: the account belongs to the chain, or is that of a pool.
		/// - [`Error::AlreadyFrozen`]: a referendum freezes what a referendum has frozen.
		/// - [`Error::NotStricter`]: the committee freezes what is frozen already.
		/// - [`Error::BrakeResting`]: the committee's last freeze of the account ended a short time
		///   ago.
		///
		/// ## Events
		///
		/// - [`Event::AccountFrozen`].
		#[pallet::call_index(30)]
		#[pallet::weight(<T as Config>::WeightInfo::freeze())]
		pub fn freeze(origin: OriginFor<T>, who: T::AccountId, reason: H256) -> DispatchResult {
			let authority = T::AdminOrigin::ensure_origin(origin, &Risk::Lowers)?;
			Self::do_freeze(authority, who, reason)
		}

		/// Thaws the USDai and sUSDai of an account.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// Ends a freeze of the technical committee too. The rest of that runs from here.
		///
		/// ## Parameters
		///
		/// - `who`: the account.
		/// - `reason`: hash of the document with the reason.
		///
		/// ## Errors
		///
		/// - [`Error::NotFrozen`]: the account is not frozen.
		///
		/// ## Events
		///
		/// - [`Event::AccountThawed`].
		#[pallet::call_index(31)]
		#[pallet::weight(<T as Config>::WeightInfo::thaw())]
		pub fn thaw(origin: OriginFor<T>, who: T::AccountId, reason: H256) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_thaw(who, reason)
		}

		/// Fills a part of the vault's offer to trade Treasury bills.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// The vault offers to buy bills with idle USDai above its target that has lain idle for
		/// `idle_period`, and to sell bills for what lacks of the target. The target is
		/// `liquidity_buffer` of its assets, what the redemption queue wants for certain, and what
		/// announced draws want. With a buffer of 100 % it offers all bills.
		///
		/// The price begins `offer_start` better for the vault than the oracle's, and moves within
		/// `offer_period` to `max_buy_premium` above it or `max_sell_discount` below it. A fill takes
		/// it back by its share of `hourly_limit`, and pays the mean of the prices that it passes: it
		/// is the same whether an amount is filled at once or in parts. On each side `hourly_limit` may
		/// be filled; as much becomes free again in each hour.
		///
		/// Fills lose no more than `max_daily_loss` of the vault's assets in a day against the
		/// oracle's price: from then on their price is not worse for the vault than the oracle's.
		/// What the redemption queue lacks is sold all the same.
		///
		/// Where `amount` is more than is offered, what is offered is filled. All amounts of the offer
		/// are shown by [`Pallet::offers`].
		///
		/// ## Parameters
		///
		/// - `side`: the side of the vault: `Buys` takes bills of the caller and pays USDai, `Sells`
		///   takes USDai and gives bills.
		/// - `amount`: most USDai that the caller receives or pays.
		/// - `limit`: USDai for one whole bill: the least for which the caller sells (`Buys`), the
		///   most for which it buys (`Sells`).
		///
		/// ## Errors
		///
		/// - [`Error::NoBills`]: no Treasury bills are set.
		/// - [`Error::TradingStopped`]: the trading of bills is stopped.
		/// - [`Error::PriceStale`]: the oracle has no fresh price of the bills.
		/// - [`Error::NothingOffered`]: the vault offers nothing on this side, or less than `min_fill`.
		/// - [`Error::HourlyLimitReached`]: the amount of this hour is used up.
		/// - [`Error::BelowMinimumFill`]: the fill is below `min_fill`, and does not take all bills.
		/// - [`Error::BeyondLimit`]: the price is worse for the caller than `limit`.
		/// - [`Error::Overflow`]: an amount overflows.
		/// - [`Error::Unexpected`]: the stored state contradicts itself.
		/// - Those of the transfers, where the caller has too little.
		///
		/// ## Events
		///
		/// - [`Event::BillsLost`], if the issuer took some.
		/// - [`Event::BillsBought`], or [`Event::BillsSold`].
		#[pallet::call_index(32)]
		#[pallet::weight(
			<T as Config>::WeightInfo::fill_buys().max(<T as Config>::WeightInfo::fill_sells())
		)]
		pub fn fill_offer(
			origin: OriginFor<T>,
			side: BillSide,
			amount: Balance,
			limit: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_fill_offer(who, side, amount, limit)
		}
	}
}
