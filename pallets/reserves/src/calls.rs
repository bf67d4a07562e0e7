// SPDX-License-Identifier: Apache-2.0

//! Calls of the reserves pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Calls of the reserves pallet.
#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Sets the priced asset of the oracle for a stablecoin.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]): another price, or
		/// none, may open what a price has closed.
		///
		/// ## Details
		///
		/// The price is shown in the proof of reserves. While the last accepted one, however old,
		/// is below `peg_floor` of [`Config::Values`], no USDai is issued against the stablecoin.
		///
		/// ## Parameters
		///
		/// - `asset`: the stablecoin.
		/// - `priced_asset`: its priced asset at the oracle; `None` removes it.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownAsset`]: no asset has this id.
		/// - [`Error::TooManyStablecoins`]: as many stablecoins have a priced asset as the peg may
		///   have externals.
		///
		/// ## Events
		///
		/// - [`Event::PricedAssetSet`].
		#[pallet::call_index(0)]
		#[pallet::weight(<T as Config>::WeightInfo::set_priced_asset())]
		pub fn set_priced_asset(
			origin: OriginFor<T>,
			asset: AssetIdOf<T>,
			priced_asset: Option<PricedAssetId>,
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
		/// From then on idle USDai may buy the token. The haircut and the priced asset may change
		/// while bills are held. Another haircut of the same token is reached linearly within
		/// [`Config::RampPeriod`], from where the haircut stands. The token may not change while
		/// bills are held: set `liquidity_buffer` of [`Config::Values`] to 100 % and let
		/// [`Call::rebalance`] sell the bills first. With another priced asset the prices kept for
		/// the yield are dropped.
		///
		/// ## Parameters
		///
		/// - `bill`: the token, its priced asset and its haircut; `None` removes the bills.
		///
		/// ## Errors
		///
		/// - [`Error::HaircutTooHigh`]: the haircut is more than [`MAX_HAIRCUT`].
		/// - [`Error::UnknownAsset`]: the token does not exist.
		/// - [`Error::BillsHeld`]: bills are held, and `bill` is another token or `None`.
		/// - [`Error::PriceStale`]: bills are held, and the new priced asset has no fresh price.
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
		/// While stopped, no bill is bought or sold, neither by [`Call::rebalance`] nor for the
		/// settlement of a redemption window, which goes on with the USDai that is idle. A
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

		/// Brings the vault's idle USDai to its target.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// An excess over the target buys bills, a shortfall sells them, as much of it as the band
		/// around the oracle's price and the limit of the hour permit. The next call continues from
		/// there. With a buffer of 100 % all bills are sold.
		///
		/// ## Errors
		///
		/// - [`Error::NoBills`]: no Treasury bills are set.
		/// - [`Error::NothingToDo`]: the idle USDai is within the threshold of its target, or it is
		///   short of it and no bills are held, or too few to sell a part of them.
		/// - [`Error::TradingStopped`]: the trading of bills is stopped.
		/// - [`Error::PriceStale`]: the oracle has no fresh price of the bills.
		/// - [`Error::NoPool`]: the pool of USDai and the bills is missing or empty.
		/// - [`Error::OutsideBand`]: the spot price of the pool is outside the band, or the
		///   smallest trade would be.
		/// - [`Error::HourlyLimitReached`]: the limit of this hour is used up.
		/// - [`Error::Overflow`]: an amount overflows.
		/// - [`Error::Unexpected`]: the stored state contradicts itself.
		///
		/// ## Events
		///
		/// - [`Event::BillsLost`], if the issuer took some.
		/// - [`Event::BillsBought`], or [`Event::BillsSold`].
		#[pallet::call_index(10)]
		#[pallet::weight(
			<T as Config>::WeightInfo::rebalance_buy()
				.max(<T as Config>::WeightInfo::rebalance_sell())
		)]
		pub fn rebalance(origin: OriginFor<T>) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_rebalance()
		}

		/// Resets the mint rate limit (fuse): the growth of USDai in this period counts from the
		/// present supply.
		///
		/// ## Dispatch Origin
		///
		/// Must be a referendum ([`Config::AdminOrigin`] for [`Risk::Raises`]).
		///
		/// ## Details
		///
		/// For a growth that turned out to be wanted. The end of the period does not move.
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

		/// Freezes the USDai and sUSDai of an account.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`]: a referendum or the technical committee.
		///
		/// ## Details
		///
		/// The account cannot send, redeem or deposit. It can receive both; payments to it stay in
		/// it. Its redemption requests stay in the queue and are served in their turn. A bid of it on
		/// hold is paid all the same.
		///
		/// A referendum's freeze lasts until [`Call::thaw`]. The committee's ends by itself, without a
		/// call, and cannot return before its rest is over ([`Config::BrakeTerms`]). A referendum may
		/// freeze what the committee has frozen, and its reason takes the place of the other.
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
	}
}
