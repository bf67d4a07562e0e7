// SPDX-License-Identifier: Apache-2.0

//! Calls of the vault pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Calls of the vault pallet.
#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Deposits an exact amount of USDai.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the saver.
		///
		/// ## Details
		///
		/// Shares are issued at the deposit price, rounded down; one for each USDai while there are
		/// none, and of these the first deposit locks
		/// [`LOCKED_FIRST_SHARES`](caliber_math::LOCKED_FIRST_SHARES) for ever.
		///
		/// ## Parameters
		///
		/// - `assets`: USDai to pay.
		/// - `min_shares`: minimum of shares that the caller accepts.
		///
		/// ## Errors
		///
		/// - [`Error::DepositsPaused`]: deposits are paused.
		/// - [`Error::BelowMinimumDeposit`]: `assets` is less than [`Config::MinDeposit`].
		/// - [`Error::BillsUnpriced`]: the vault has Treasury bills that never had a price.
		/// - [`Error::BillsStale`]: the price of the bills that the vault holds is old.
		/// - [`Error::Impaired`]: provisions are more than the governed share of the net asset value.
		/// - [`Error::NothingBehindShares`]: there are shares and nothing behind them.
		/// - [`Error::TooFewShares`]: the deposit buys less than `min_shares`, or no share.
		/// - [`Error::AboveDepositCap`]: the vault would exceed the deposit cap of [`Config::Values`].
		/// - [`Error::Overflow`]: an amount leaves the range of the arithmetic.
		/// - The error of the asset if the caller cannot pay `assets`.
		///
		/// ## Events
		///
		/// - [`Event::FirstSharesLocked`], the first time.
		/// - [`Event::Deposited`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::deposit())]
		pub fn deposit(
			origin: OriginFor<T>,
			assets: Balance,
			min_shares: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_deposit(&who, assets, min_shares, None)
		}

		/// Buys an exact amount of shares.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the saver.
		///
		/// ## Details
		///
		/// Shares are issued at the deposit price, and their cost is rounded up; one USDai each
		/// while there are none, and the first buyer pays for the locked
		/// [`LOCKED_FIRST_SHARES`](caliber_math::LOCKED_FIRST_SHARES) too.
		///
		/// ## Parameters
		///
		/// - `shares`: shares to receive.
		/// - `max_assets`: maximum of USDai that the caller pays.
		///
		/// ## Errors
		///
		/// - [`Error::DepositsPaused`]: deposits are paused.
		/// - [`Error::BillsUnpriced`]: the vault has Treasury bills that never had a price.
		/// - [`Error::BillsStale`]: the price of the bills that the vault holds is old.
		/// - [`Error::Impaired`]: provisions are more than the governed share of the net asset value.
		/// - [`Error::NothingBehindShares`]: there are shares and nothing behind them.
		/// - [`Error::TooManyAssets`]: the shares cost more than `max_assets`.
		/// - [`Error::BelowMinimumDeposit`]: the shares cost less than [`Config::MinDeposit`].
		/// - [`Error::AboveDepositCap`]: the vault would exceed the deposit cap of [`Config::Values`].
		/// - [`Error::Overflow`]: an amount leaves the range of the arithmetic.
		/// - The error of the asset if the caller cannot pay the cost.
		///
		/// ## Events
		///
		/// - [`Event::FirstSharesLocked`], the first time.
		/// - [`Event::Deposited`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::mint())]
		pub fn mint(origin: OriginFor<T>, shares: Balance, max_assets: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_mint(&who, shares, max_assets)
		}

		/// Queues shares for redemption.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the holder of the shares.
		///
		/// ## Details
		///
		/// The shares go to the vault's account; they keep gaining and losing until they are
		/// served. The request queues in the window of this moment, behind all others that offer
		/// nothing. A storage deposit ([`Config::RequestConsideration`]) is taken until the request
		/// is gone. A request with a least price takes no bid, and ends with its shares back if its
		/// turn comes below that price.
		///
		/// ## Parameters
		///
		/// - `shares`: shares to redeem.
		/// - `least_price`: least USDai a share, 18 decimals, for which they are redeemed; any price if
		///   none is given. It keeps a governed distance from the redemption price of this moment.
		///
		/// ## Errors
		///
		/// - [`Error::BelowMinimumRequest`]: `shares` is less than [`MIN_REQUEST_SHARES`], and not
		///   the full balance of the caller.
		/// - [`Error::TooManyRequests`]: the caller has [`Config::MaxRequests`] live requests.
		/// - [`Error::LeastPriceTooHigh`]: the least price is too near the present price, or above it.
		/// - [`Error::SettlementRunning`]: a settlement runs that began more than a window ago.
		/// - [`Error::Overflow`]: the time has no window index, or ids are used up.
		/// - The error of the currency if the caller cannot pay the storage deposit.
		/// - The error of the asset if the caller has fewer shares.
		///
		/// ## Events
		///
		/// - [`Event::Requested`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::request_redemption())]
		pub fn request_redemption(
			origin: OriginFor<T>,
			shares: Balance,
			least_price: Option<FixedU128>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_request_redemption(&who, shares, least_price)
		}

		/// Takes a request out of the queue.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the owner of the request.
		///
		/// ## Details
		///
		/// Allowed until the last part of the window begins in which the request queues, and not with
		/// a bid of that window. A request that a settlement has left queues in the window after the
		/// settled one. While cancelling is open again before a settlement
		/// ([`Event::CancellingReopened`]), the requests of closed windows may leave too, with bids
		/// or without. All waiting shares go back to the owner, but for what a bid costs that was
		/// sealed in an earlier window and not revealed. Served USDai remains to be claimed; without
		/// any the request is gone and its storage deposit goes back.
		///
		/// ## Parameters
		///
		/// - `id`: the request.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownRequest`]: no request has this id.
		/// - [`Error::NotRequestOwner`]: the caller does not own the request.
		/// - [`Error::NotQueued`]: the request has been served in full.
		/// - [`Error::WindowClosed`]: the window of the request has closed.
		/// - [`Error::CancellingEnded`]: the last part of its window has begun.
		/// - [`Error::BidBinds`]: a bid of this window is sealed for it, or revealed.
		/// - [`Error::Overflow`]: the time has no window index.
		///
		/// ## Events
		///
		/// - [`Event::Forfeited`] if a bid was not revealed.
		/// - [`Event::Cancelled`].
		/// - [`Event::RequestClosed`] if nothing remains of the request.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::cancel_request())]
		pub fn cancel_request(origin: OriginFor<T>, id: RequestId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel_request(&who, id)
		}

		/// Pays out USDai that was served to a request.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the owner of the request or an operator that the owner has approved.
		///
		/// ## Details
		///
		/// Pays the claimable amount or a part of it, at any time, and always to the owner. Blocks
		/// with room do the same by themselves, unless the owner cannot receive. When
		/// nothing is left and no shares of the request wait, it is gone and its storage deposit
		/// goes back.
		///
		/// ## Parameters
		///
		/// - `id`: the request.
		/// - `amount`: USDai to pay out; the full claimable amount if none is given.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownRequest`]: no request has this id.
		/// - [`Error::NotRequestOwner`]: the caller is neither the owner nor an approved operator.
		/// - [`Error::NothingToClaim`]: nothing was served since the last claim.
		/// - [`Error::ClaimOutOfRange`]: `amount` is zero or more than the claimable amount.
		/// - The error of the asset if the owner may not receive it.
		///
		/// ## Events
		///
		/// - [`Event::Claimed`].
		/// - [`Event::RequestClosed`] if nothing remains of the request.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::claim())]
		pub fn claim(
			origin: OriginFor<T>,
			id: RequestId,
			amount: Option<Balance>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_claim(&who, id, amount)
		}

		/// Seals a bid for a request: an offer to give up a part of the proceeds to be served
		/// first.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the owner of the request.
		///
		/// ## Details
		///
		/// Allowed until the last part of the window in which the request queues begins. Moves the
		/// request to the end of tick 0, and binds it: it cannot be cancelled in this window any more.
		/// Replaces the bid that was sealed in this window before. A bid that is not revealed in the
		/// last part of the window costs a part of the request.
		///
		/// ## Parameters
		///
		/// - `id`: the request.
		/// - `commitment`: blake2_256 of the SCALE-encoded `(id, tick, salt)`, a `u32`, a `u16` of
		///   at most 1 000 and 32 bytes that only the owner knows.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownRequest`]: no request has this id.
		/// - [`Error::NotRequestOwner`]: the caller does not own the request.
		/// - [`Error::NotQueued`]: the request has been served in full.
		/// - [`Error::WindowClosed`]: the window of the request has closed.
		/// - [`Error::BiddingClosed`]: the last part of the window has begun.
		/// - [`Error::HasLeastPrice`]: the request has a least price.
		/// - [`Error::SettlementRunning`]: a settlement runs that began more than a window ago.
		/// - [`Error::Overflow`]: the time has no window index.
		///
		/// ## Events
		///
		/// - [`Event::Forfeited`] if a bid of an earlier window was not revealed.
		/// - [`Event::BidCommitted`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::commit_bid())]
		pub fn commit_bid(origin: OriginFor<T>, id: RequestId, commitment: H256) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_commit_bid(&who, id, commitment)
		}

		/// Opens the bid that is sealed for a request.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone who knows the salt.
		///
		/// ## Details
		///
		/// Allowed in the last part of the window in which the bid was sealed, until it closes. The
		/// request goes to the end of the lane of its tick. The bid counts in the settlement of this
		/// window alone: what that leaves joins the end of tick 0.
		///
		/// ## Parameters
		///
		/// - `id`: the request.
		/// - `tick`: basis points of its proceeds that it offers to give up.
		/// - `salt`: the salt of the commitment.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownRequest`]: no request has this id.
		/// - [`Error::NotQueued`]: the request has been served in full.
		/// - [`Error::WindowClosed`]: the window of the request has closed.
		/// - [`Error::RevealNotOpen`]: the last part of the window has not begun.
		/// - [`Error::NoCommitment`]: no bid is sealed in this window.
		/// - [`Error::SettlementDue`]: an earlier window waits for its settlement.
		/// - [`Error::SettlementRunning`]: that settlement is running.
		/// - [`Error::AlreadyRevealed`]: the bid has been opened.
		/// - [`Error::TickOutOfRange`]: `tick` is more than 1 000.
		/// - [`Error::CommitmentMismatch`]: the bid was sealed with another id, tick or salt.
		/// - [`Error::Overflow`]: the time has no window index.
		///
		/// ## Events
		///
		/// - [`Event::BidRevealed`].
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::reveal_bid())]
		pub fn reveal_bid(
			origin: OriginFor<T>,
			id: RequestId,
			tick: Tick,
			salt: [u8; 32],
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_reveal_bid(id, tick, salt)
		}

		/// Approves an account to claim for the caller, or revokes the approval.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the owner of the requests.
		///
		/// ## Details
		///
		/// An operator may claim what was served to any request of the caller; the caller is paid.
		/// A storage deposit ([`Config::OperatorConsideration`]) is taken for each operator until it is revoked.
		///
		/// ## Parameters
		///
		/// - `operator`: account that may claim.
		/// - `approved`: true to approve, false to revoke.
		///
		/// ## Errors
		///
		/// - [`Error::OwnOperator`]: `operator` is the caller.
		/// - [`Error::AlreadyOperator`]: `operator` is approved already.
		/// - [`Error::NotOperator`]: `operator` is not approved, and cannot be revoked.
		/// - The error of the currency if the caller cannot pay the deposit.
		///
		/// ## Events
		///
		/// - [`Event::OperatorApproved`] if `approved`.
		/// - [`Event::OperatorRevoked`] otherwise.
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::set_operator())]
		pub fn set_operator(
			origin: OriginFor<T>,
			operator: T::AccountId,
			approved: bool,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_operator(&who, &operator, approved)
		}

		/// Starts the settlement of the requests whose windows have closed.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// Possible when the idle USDai covers the requests, the bills have a price of after the close,
		/// and a round over the lines has begun after the close and ended; the first two are awaited
		/// for the raising period, the last a while longer. If the redemption price is then lower by
		/// more than a governed share than when cancelling ended, nothing starts, and cancelling is
		/// open again for a time, once a window.
		///
		/// Fixes the redemption price of this moment and the clearing tick. The USDai that the served
		/// shares bring, less what raising it has cost, is set aside and the shares are burnt. If no
		/// share is served and none bids, the settlement ends at once and the requests queue in the
		/// next window.
		///
		/// ## Errors
		///
		/// - [`Error::SettlementRunning`]: a settlement is running.
		/// - [`Error::AlreadySettled`]: the last closed window has been settled.
		/// - [`Error::NothingToSettle`]: no request waits whose window has closed.
		/// - [`Error::MoneyAwaited`], [`Error::PriceAwaited`], [`Error::RoundAwaited`]: something is
		///   missing, and its time is not over.
		/// - [`Error::CancellingReopened`]: requests can be cancelled again.
		/// - [`Error::Overflow`]: the value of the vault leaves the range of the arithmetic.
		///
		/// ## Events
		///
		/// - [`Event::CancellingReopened`], and nothing else, if the price has fallen.
		/// - [`Event::SettlementStarted`].
		/// - [`Event::SettlementFinished`] if no share is served.
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::start_settlement())]
		pub fn start_settlement(origin: OriginFor<T>) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_start_settlement()
		}

		/// Serves requests of the running settlement.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// Serves the highest tick first, requests of one tick first in first out, each in full,
		/// the last one in part. A request whose least price is not met ends with its shares back, and
		/// one whose bid was not revealed leaves a part of its proceeds. Then the requests that are
		/// left at each tick join the end of tick 0, the highest tick first: a step for each tick. That
		/// ends the settlement; the remainder of what was set aside becomes idle again. The caller
		/// pays for the steps that were made.
		///
		/// ## Parameters
		///
		/// - `max_requests`: maximum number of steps: requests to serve and ticks to join.
		///
		/// ## Errors
		///
		/// - [`Error::NoSteps`]: `max_requests` is zero.
		/// - [`Error::NoSettlement`]: no settlement is running.
		///
		/// ## Events
		///
		/// - [`Event::Served`] for each request, or [`Event::LeastPriceMissed`].
		/// - [`Event::Forfeited`] where a bid was not revealed.
		/// - [`Event::SettlementFinished`] at the end.
		#[pallet::call_index(21)]
		#[pallet::weight(T::WeightInfo::settle(*max_requests))]
		pub fn settle(origin: OriginFor<T>, max_requests: u32) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let served = Self::do_settle(max_requests)?;
			Ok(Some(T::WeightInfo::settle(served)).into())
		}

		/// Sets the length of the windows from the next one on.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`] by a referendum: a longer window keeps savers in, a shorter
		/// one gives less time to react.
		///
		/// ## Details
		///
		/// The window of the calendar keeps its close, and the requests in it keep theirs; windows of
		/// the new length follow it back to back. The present reveal period counts in them, or half
		/// a window if that is shorter. Replaces a change that has not begun; naming the present length
		/// withdraws it.
		///
		/// ## Parameters
		///
		/// - `length`: seconds that a window lasts on a chain of tempo 1; [`Config::Tempo`] divides
		///   them, and the bounds. [`WindowReport`] and the event name the quotient.
		///
		/// ## Errors
		///
		/// - [`Error::WindowTooShort`]: `length` is less than [`Config::MinWindowLength`].
		/// - [`Error::WindowTooLong`]: `length` is more than [`Config::MaxWindowLength`].
		/// - [`Error::SameWindowLength`]: the next windows have this length already.
		/// - [`Error::Overflow`]: the time has no window index.
		///
		/// ## Events
		///
		/// - [`Event::WindowLengthSet`].
		#[pallet::call_index(30)]
		#[pallet::weight(T::WeightInfo::set_window_length())]
		pub fn set_window_length(origin: OriginFor<T>, length: Seconds) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin, &Risk::Raises)?;
			Self::do_set_window_length(length)
		}

		/// Pauses deposits, or resumes them.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::AdminOrigin`]: a referendum pauses and resumes, the technical committee
		/// pauses.
		///
		/// ## Details
		///
		/// While paused, nobody can deposit USDai. Redemption, claims and repayment never pause. A
		/// referendum's pause lasts until a referendum resumes deposits, which ends a pause of the
		/// committee too. The committee's pause ends by itself and cannot return before its rest is
		/// over ([`Config::BrakeTerms`]).
		///
		/// ## Parameters
		///
		/// - `paused`: true to pause, false to resume.
		///
		/// ## Errors
		///
		/// - [`Error::NotStricter`]: the committee pauses what is paused already.
		/// - [`Error::BrakeResting`]: the committee's last pause ended a short time ago.
		///
		/// ## Events
		///
		/// - [`Event::DepositsPausedSet`].
		#[pallet::call_index(31)]
		#[pallet::weight(T::WeightInfo::set_deposits_paused())]
		pub fn set_deposits_paused(origin: OriginFor<T>, paused: bool) -> DispatchResult {
			let risk = if paused { Risk::Lowers } else { Risk::Raises };
			let authority = T::AdminOrigin::ensure_origin(origin, &risk)?;
			Self::do_set_deposits_paused(authority, paused)
		}

		/// Deposits an exact amount of USDai, though large losses are expected.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the saver.
		///
		/// ## Details
		///
		/// As [`Call::deposit`], whatever the provisions are, up to what the caller names. The deposit
		/// price does not know provisions, and the redemption price does: if they become losses, the
		/// caller bears its part of them.
		///
		/// ## Parameters
		///
		/// - `assets`: USDai to pay.
		/// - `min_shares`: minimum of shares that the caller accepts.
		/// - `max_provisions`: maximum of provisions that the caller accepts, in USDai.
		///
		/// ## Errors
		///
		/// - [`Error::Impaired`]: provisions are more than `max_provisions`.
		/// - Those of [`Call::deposit`].
		///
		/// ## Events
		///
		/// - [`Event::Deposited`].
		#[pallet::call_index(22)]
		#[pallet::weight(T::WeightInfo::deposit_impaired())]
		pub fn deposit_impaired(
			origin: OriginFor<T>,
			assets: Balance,
			min_shares: Balance,
			max_provisions: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_deposit(&who, assets, min_shares, Some(max_provisions))
		}

		/// Gives income to the savers.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by anyone.
		///
		/// ## Details
		///
		/// The amount is locked and earned linearly over a redemption window: nobody gains by a deposit
		/// made just before. The treasury takes no fee. The sums by source are in
		/// [`Nav`](caliber_primitives::vault::Nav).
		///
		/// ## Parameters
		///
		/// - `source`: source of the income, as the payer says.
		/// - `amount`: USDai to pay.
		///
		/// ## Errors
		///
		/// - [`Error::BelowMinimumIncome`]: `amount` is less than [`Config::MinDeposit`].
		/// - [`Error::NoSavers`]: there are no shares.
		/// - [`Error::Overflow`]: an amount leaves the range of the arithmetic.
		/// - The error of the asset if the caller cannot pay `amount`.
		///
		/// ## Events
		///
		/// - [`Event::BufferChanged`].
		/// - [`Event::YieldPaid`].
		#[pallet::call_index(23)]
		#[pallet::weight(T::WeightInfo::pay_yield())]
		pub fn pay_yield(
			origin: OriginFor<T>,
			source: IncomeSource,
			amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_pay_yield(&who, source, amount)
		}

		/// Redeems shares at once, from money that nobody waits for.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the holder of the shares.
		///
		/// ## Details
		///
		/// Possible while the last round over the lines began a short governed time ago and no price
		/// has asked for another one since: anyone may turn it. The shares are burnt at the redemption
		/// price, less a fee that enters the price of the others evenly over the length of a window.
		/// The money is idle and wanted neither by requests that can no longer be cancelled nor by those
		/// that a settlement has left. No more than a governed share of the assets leaves so at once;
		/// the limit refills evenly within a day.
		///
		/// ## Parameters
		///
		/// - `shares`: shares to redeem.
		/// - `min_assets`: minimum of USDai that the caller accepts.
		///
		/// ## Errors
		///
		/// - [`Error::RoundTooOld`]: the last round over the lines began too long ago, or another one is
		///   asked for or runs.
		/// - [`Error::TooFewAssets`]: the shares bring less than `min_assets`, or nothing.
		/// - [`Error::MoreThanIdle`]: not so much is idle that nobody waits for.
		/// - [`Error::AboveExitLimit`]: more than the limit of a day allows now.
		/// - [`Error::Overflow`]: an amount leaves the range of the arithmetic.
		/// - The error of the asset if the caller has fewer shares, or may not send them.
		///
		/// ## Events
		///
		/// - [`Event::RedeemedNow`].
		#[pallet::call_index(40)]
		#[pallet::weight(T::WeightInfo::redeem_now())]
		pub fn redeem_now(
			origin: OriginFor<T>,
			shares: Balance,
			min_assets: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_redeem_now(&who, shares, min_assets)
		}

		/// Offers a request to another account, or withdraws the offer.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the owner of the request.
		///
		/// ## Details
		///
		/// The request stays with its owner until the other account accepts. A later offer replaces
		/// the one before.
		///
		/// ## Parameters
		///
		/// - `id`: the request.
		/// - `to`: account that may take it over; none withdraws the offer.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownRequest`]: no request has this id.
		/// - [`Error::NotRequestOwner`]: the caller does not own the request.
		/// - [`Error::NotQueued`]: the request has been served in full.
		/// - [`Error::OwnOffer`]: `to` is the caller.
		/// - [`Error::OwnerFrozen`]: the caller may not send shares or USDai. It may withdraw an offer.
		///
		/// ## Events
		///
		/// - [`Event::RequestOffered`].
		#[pallet::call_index(41)]
		#[pallet::weight(T::WeightInfo::transfer_request())]
		pub fn transfer_request(
			origin: OriginFor<T>,
			id: RequestId,
			to: Option<T::AccountId>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_transfer_request(&who, id, to)
		}

		/// Takes a request over that is offered to the caller.
		///
		/// ## Dispatch Origin
		///
		/// `Signed` by the account to which it is offered.
		///
		/// ## Details
		///
		/// The request keeps its place, its bid and its least price. The caller pays its storage
		/// deposit, and the owner's goes back. A bid of an earlier window that was not revealed costs
		/// its part first, in an open window.
		///
		/// ## Parameters
		///
		/// - `id`: the request.
		///
		/// ## Errors
		///
		/// - [`Error::UnknownRequest`]: no request has this id.
		/// - [`Error::NotOffered`]: the request is not offered to the caller.
		/// - [`Error::NotQueued`]: the request has been served in full.
		/// - [`Error::ClaimFirst`]: USDai was served to it and not claimed.
		/// - [`Error::OwnerFrozen`]: the owner may not send shares or USDai.
		/// - [`Error::TooManyRequests`]: the caller has [`Config::MaxRequests`] live requests.
		/// - [`Error::WindowClosed`]: a bid was not revealed, and the window of the request has closed.
		/// - The error of the currency if the caller cannot pay the storage deposit.
		///
		/// ## Events
		///
		/// - [`Event::Forfeited`] if a bid was not revealed.
		/// - [`Event::RequestTransferred`].
		#[pallet::call_index(42)]
		#[pallet::weight(T::WeightInfo::accept_request())]
		pub fn accept_request(origin: OriginFor<T>, id: RequestId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept_request(&who, id)
		}
	}
}
