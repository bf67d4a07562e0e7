// SPDX-License-Identifier: Apache-2.0

//! Errors of the vault pallet: one for each cause, in the order in which they were added.

use crate::frame_support::pallet_macros::pallet_section;

/// Errors of the vault pallet.
#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// Deposit more: this is less than the least deposit.
		BelowMinimumDeposit,
		/// Deposit less, or wait: the vault takes no more than its cap.
		AboveDepositCap,
		/// The deposit buys fewer shares than the caller wants: deposit more or accept fewer.
		TooFewShares,
		/// The shares cost more than the caller wants to pay: mint fewer or accept the price.
		TooManyAssets,
		/// Shares have no price while nothing stands behind them: wait until something does.
		NothingBehindShares,
		/// Request more: this is less than one share, and not all that the account has.
		BelowMinimumRequest,
		/// Claim or cancel a request first: the account has as many as it may have.
		TooManyRequests,
		/// There is no such request, or it is gone.
		UnknownRequest,
		/// Only the owner of the request may do this, and claim also an operator the owner has
		/// approved.
		NotRequestOwner,
		/// The window in which the request queues has closed: wait for the settlement.
		WindowClosed,
		/// Nothing of the request waits in the queue: claim what was served.
		NotQueued,
		/// Nothing was served to the request that has not been claimed: wait for a settlement.
		NothingToClaim,
		/// A settlement is running: take it to its end first.
		SettlementRunning,
		/// No settlement is running: start one.
		NoSettlement,
		/// The last closed window has been settled: wait for the next close.
		AlreadySettled,
		/// No request waits whose window has closed.
		NothingToSettle,
		/// Ask for at least one request to be served.
		NoSteps,
		/// Lend less: this is more than the idle USDai.
		InsufficientLiquidity,
		/// More principal than is out cannot come back, be lost or be impaired.
		ExceedsPrincipalOut,
		/// The loan does not accrue like this: name the accrual that was booked for it.
		UnknownAccrual,
		/// The loan has never been impaired by this much.
		UnknownImpairment,
		/// Use smaller amounts: a result or an intermediate amount does not fit its type.
		Overflow,
		/// The state contradicts itself. Please report it.
		Unexpected,
		/// Claim less, and at least one unit: this is not a part of what may be claimed.
		ClaimOutOfRange,
		/// Bids of this window are no longer sealed but revealed: bid in the next one.
		BiddingClosed,
		/// Wait until the last part of the window: bids are still sealed.
		RevealNotOpen,
		/// Nothing is sealed for the request: commit a bid first.
		NoCommitment,
		/// The bid is revealed already: commit another in the next window.
		AlreadyRevealed,
		/// Bid 1 000 basis points at most.
		TickOutOfRange,
		/// Request, tick and salt are not what the bid was sealed with: give those.
		CommitmentMismatch,
		/// The account is an operator of the caller already.
		AlreadyOperator,
		/// The account is no operator of the caller.
		NotOperator,
		/// The owner may claim without being an operator.
		OwnOperator,
		/// Deposits are paused: wait for the end of the pause, or for a referendum that ends it.
		DepositsPaused,
		/// Make windows longer: this is less than they must last.
		WindowTooShort,
		/// Make windows shorter: this is more than they may last.
		WindowTooLong,
		/// Windows last, or are going to last, as long as this already.
		SameWindowLength,
		/// The vault's Treasury bills have no price: deposit when the oracle has accepted one.
		BillsUnpriced,
		/// Deposits are paused already: wait for the end of the pause, or ask for a referendum.
		NotStricter,
		/// A pause by the committee ended a short time ago: wait for the end of its rest, or ask for a
		/// referendum.
		BrakeResting,
		/// Recover at least one unit.
		NothingRecovered,
		/// Expected losses are large, and the deposit price does not know them: wait until they are
		/// smaller, or name the provisions that you accept with `deposit_impaired`.
		Impaired,
		/// The price of the Treasury bills is old: deposit when the oracle has accepted a new one.
		BillsStale,
		/// Pay more: this is less than the least income.
		BelowMinimumIncome,
		/// Wait for a first deposit: there is nobody to earn the income.
		NoSavers,
		/// The books have never suspended this much interest.
		UnknownSuspension,
		/// Cancelling has ended in this window: wait for its settlement.
		CancellingEnded,
		/// A request with a bid of this window cannot be cancelled: wait for its settlement.
		BidBinds,
		/// Money is raised for the requests: wait until there is enough, or until the time that
		/// [`Pallet::window`] names.
		MoneyAwaited,
		/// No price of the bills was accepted since the close: wait for one, or until the time that
		/// [`Pallet::window`] names.
		PriceAwaited,
		/// No round over the lines has begun since the close and ended: turn it, or wait until the
		/// time that [`Pallet::window`] names.
		RoundAwaited,
		/// The price has fallen, and requests can be cancelled: wait until the time that
		/// [`Pallet::window`] names.
		CancellingReopened,
		/// A window that has closed is not settled: start its settlement first.
		SettlementDue,
		/// The request has a least price, and takes no bid: cancel it and ask again without one.
		HasLeastPrice,
		/// Ask for a lower least price: it has to keep its distance from the present price.
		LeastPriceTooHigh,
		/// The request is not offered to the caller: ask its owner to offer it.
		NotOffered,
		/// Offer the request to somebody else: the caller owns it.
		OwnOffer,
		/// Claim first: what was served belongs to the present owner.
		ClaimFirst,
		/// The owner's account is frozen: its requests stay with it.
		OwnerFrozen,
		/// The last round over the lines began too long ago, or a price has asked for another one: turn
		/// one first.
		RoundTooOld,
		/// The shares bring less than the caller wants, or nothing: redeem more or accept less.
		TooFewAssets,
		/// Redeem less, or request redemption: the money that is idle is wanted by others.
		MoreThanIdle,
		/// Redeem less, or wait: this is more than may be redeemed at once within a day.
		AboveExitLimit,
	}
}
