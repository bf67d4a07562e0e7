// SPDX-License-Identifier: Apache-2.0

//! Events of the vault pallet: together they rebuild every book of the pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Events of the vault pallet.
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// USDai came in for new shares.
		Deposited {
			/// Account that paid and received the shares.
			who: T::AccountId,
			/// USDai paid.
			assets: Balance,
			/// Shares issued to `who`.
			shares: Balance,
			/// The deposit price, USDai a share.
			price: FixedU128,
		},
		/// The first deposit locked shares for ever, in the vault's account.
		FirstSharesLocked {
			/// Shares issued to the vault's account.
			shares: Balance,
		},
		/// Shares were put in the redemption queue.
		Requested {
			/// The request.
			id: RequestId,
			/// Its owner.
			who: T::AccountId,
			/// Shares in escrow for it.
			shares: Balance,
			/// The window in which it queues.
			window: WindowIndex,
		},
		/// A bid was sealed for a request.
		BidCommitted {
			/// The request.
			id: RequestId,
			/// blake2_256 of the encoded (request, tick, salt).
			commitment: H256,
			/// The window in which the request queues.
			window: WindowIndex,
		},
		/// A bid was opened: the request stands in the lane of its tick.
		BidRevealed {
			/// The request.
			id: RequestId,
			/// Part of its proceeds that it offers to give up, in basis points.
			tick: Tick,
			/// The window in which the request queues.
			window: WindowIndex,
		},
		/// A request left the queue.
		Cancelled {
			/// The request.
			id: RequestId,
			/// Its owner.
			who: T::AccountId,
			/// Shares that went back to the owner.
			shares: Balance,
		},
		/// A settlement began: its price is fixed, and the USDai that it will pay is set aside.
		SettlementStarted {
			/// The last window whose requests take part.
			window: WindowIndex,
			/// The redemption price, USDai a share.
			price: FixedU128,
			/// Cost of raising the money, in USDai: `liquidity` is less by it.
			cost: Balance,
			/// Shares of the requests that take part.
			queued: Balance,
			/// The marginal tick: ticks above it are served in full, ticks below it are not served.
			/// None if all are served.
			marginal: Option<Tick>,
			/// The clearing tick: part of the proceeds that everyone served gives up, in basis
			/// points.
			tick: Tick,
			/// Shares that will be served, burnt now.
			shares: Balance,
			/// USDai set aside for them.
			liquidity: Balance,
			/// Excess of their worth at the price over `liquidity` and `cost`: it stays with the savers
			/// who stay, and enters their price evenly over the length of a window.
			forgone: Balance,
		},
		/// The price has fallen since cancelling ended: requests of closed windows can be cancelled
		/// again before their settlement.
		CancellingReopened {
			/// The last of the windows.
			window: WindowIndex,
			/// First second in which they cannot be cancelled, unix seconds.
			until: Seconds,
			/// Redemption price when cancelling ended, USDai a share.
			reference: FixedU128,
			/// Redemption price now, USDai a share.
			price: FixedU128,
		},
		/// The redemption price at the end of cancelling was noted.
		ReferenceNoted {
			/// The window in which cancelling ended.
			window: WindowIndex,
			/// Redemption price, USDai a share.
			price: FixedU128,
		},
		/// Bills were sold under their mark for requests that wait.
		RaisingCost {
			/// Cost of the sale that those who are served bear, in USDai.
			cost: Balance,
			/// Sum of these costs since the last settlement that served any.
			total: Balance,
		},
		/// A sealed bid was not revealed: a part of the request is left to the other savers.
		Forfeited {
			/// The request.
			id: RequestId,
			/// Shares burnt; none where proceeds were withheld.
			shares: Balance,
			/// USDai that enters the price evenly over the length of a window.
			worth: Balance,
		},
		/// A request was not served because its least price was not met.
		LeastPriceMissed {
			/// The request.
			id: RequestId,
			/// Shares that left the settlement.
			shares: Balance,
			/// True if they went back to the owner and the request has ended; otherwise the account
			/// cannot receive them, and the request stands at the end of the queue.
			returned: bool,
		},
		/// A request was offered to another account, or the offer withdrawn.
		RequestOffered {
			/// The request.
			id: RequestId,
			/// Account that may take it over; none if the offer was withdrawn.
			to: Option<T::AccountId>,
		},
		/// A request was handed over.
		RequestTransferred {
			/// The request.
			id: RequestId,
			/// Owner before.
			from: T::AccountId,
			/// Owner now.
			to: T::AccountId,
		},
		/// Shares were redeemed at once.
		RedeemedNow {
			/// Account that redeemed and was paid.
			who: T::AccountId,
			/// Shares burnt.
			shares: Balance,
			/// USDai paid.
			assets: Balance,
			/// USDai that stays with the other savers.
			fee: Balance,
		},
		/// The owner of a served request cannot receive USDai: it stays to be claimed.
		PayoutKept {
			/// The request.
			id: RequestId,
			/// Reason of the failure.
			reason: DispatchError,
		},
		/// A request was served, in full or in part.
		Served {
			/// The request.
			id: RequestId,
			/// Shares served.
			shares: Balance,
			/// USDai that may be claimed for them.
			assets: Balance,
		},
		/// A settlement is complete.
		SettlementFinished {
			/// The last window whose requests took part.
			window: WindowIndex,
			/// Shares served.
			served_shares: Balance,
			/// USDai served.
			paid: Balance,
			/// Shares that queue in the next window.
			left: Balance,
		},
		/// USDai served to a request was paid to its owner, in full or in part.
		Claimed {
			/// The request.
			id: RequestId,
			/// Its owner, who was paid.
			who: T::AccountId,
			/// Account that claimed: the owner or an approved operator.
			by: T::AccountId,
			/// USDai paid.
			assets: Balance,
			/// USDai that may still be claimed.
			left: Balance,
		},
		/// An account may claim for another.
		OperatorApproved {
			/// Owner of the requests.
			owner: T::AccountId,
			/// Account that may claim.
			operator: T::AccountId,
		},
		/// An account may no longer claim for another; the deposit for the operator went back.
		OperatorRevoked {
			/// Owner of the requests.
			owner: T::AccountId,
			/// Account that may no longer claim.
			operator: T::AccountId,
		},
		/// The length of the next windows was set.
		WindowLengthSet {
			/// The first window of this length.
			window: WindowIndex,
			/// Unix time at which it begins.
			since: Seconds,
			/// Seconds that each window lasts from then on.
			length: Seconds,
			/// Seconds before each close in which bids are revealed.
			reveal: Seconds,
		},
		/// Deposits were paused, or resumed.
		DepositsPausedSet {
			/// True if deposits are paused from now on.
			paused: bool,
			/// First second after a pause of the technical committee, unix seconds. None if a
			/// referendum decided.
			until: Option<Seconds>,
		},
		/// A request is gone; its deposit went back.
		RequestClosed {
			/// The request.
			id: RequestId,
		},
		/// Senior principal was lent.
		Lent {
			/// Account that received it.
			to: T::AccountId,
			/// USDai lent.
			amount: Balance,
			/// Senior principal out now.
			principal_out: Balance,
		},
		/// A payment of borrowers came in.
		Received {
			/// Account that paid.
			from: T::AccountId,
			/// Senior principal paid back.
			principal: Balance,
			/// Senior interest paid, the fee included.
			interest: Balance,
			/// The treasury's part of the interest.
			fee: Balance,
		},
		/// The interest that accrues has changed.
		AccrualChanged {
			/// Interest that all loans earn in a second.
			per_second: Balance,
			/// Sum over the loans of the interest a second times the time from which it counts, and of
			/// what is paid of the time after.
			offset: Balance,
			/// Interest that loans earned before that time, and that is not paid.
			earned: Balance,
		},
		/// The income that is received and not earned yet has changed. It runs off linearly from this
		/// block on.
		BufferChanged {
			/// Amount that is locked now.
			amount: Balance,
			/// First second in which nothing is locked, unix seconds.
			until: Seconds,
		},
		/// The interest of loans in default that is earned and not received has changed.
		SuspendedChanged {
			/// Suspended interest of all loans, before the fee.
			suspended: Balance,
		},
		/// Income was given to the savers, to be earned over a redemption window.
		YieldPaid {
			/// Account that paid.
			from: T::AccountId,
			/// Source of the income.
			source: IncomeSource,
			/// USDai paid.
			amount: Balance,
			/// Income of this source since genesis.
			total: Balance,
		},
		/// The fee on the yield of the bills went to the treasury.
		BillFeePaid {
			/// Yield on which the fee was taken.
			taken_on: Balance,
			/// USDai paid.
			fee: Balance,
			/// Idle USDai now.
			idle: Balance,
		},
		/// The part of the principal out that is not expected back has changed.
		ImpairmentChanged {
			/// Expected shortfall of all loans.
			impairment: Balance,
		},
		/// Principal and interest were written off: a loss of the savers.
		WrittenOff {
			/// Principal written off.
			principal: Balance,
			/// Interest written off.
			interest: Balance,
			/// Principal and interest written off since the beginning, less what was recovered.
			bad_debt: Balance,
		},
		/// Money came in for what was written off before.
		Recovered {
			/// Account that paid.
			from: T::AccountId,
			/// USDai paid.
			amount: Balance,
			/// Bad debt now.
			bad_debt: Balance,
		},
		/// Idle USDai left to buy Treasury bills.
		IdleTaken {
			/// Account that received it.
			to: T::AccountId,
			/// USDai taken.
			amount: Balance,
			/// Idle USDai now.
			idle: Balance,
		},
		/// USDai of Treasury bills came back to the idle part.
		IdlePutBack {
			/// Account that paid it.
			from: T::AccountId,
			/// USDai put back.
			amount: Balance,
			/// Idle USDai now.
			idle: Balance,
		},
		/// Work of an idle block was due and failed. Nothing changed by it, and the next block with
		/// room tries again.
		IdleWorkFailed {
			/// The work that was tried.
			work: IdleWork,
			/// Reason of the failure.
			reason: DispatchError,
		},
	}
}
