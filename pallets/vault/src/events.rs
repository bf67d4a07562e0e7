// SPDX-License-Identifier: Apache-2.0

//! The events: together they tell what every book of the pallet says.

use crate::frame_support::pallet_macros::pallet_section;

/// A section of the pallet.
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// USDai came in for new shares.
		Deposited {
			/// Who paid and received the shares.
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
			/// What it offers to give up of its proceeds, in basis points.
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
		/// A settlement began: its price is fixed, and what it will pay is set aside.
		SettlementStarted {
			/// The last window whose requests take part.
			window: WindowIndex,
			/// The redemption price, USDai a share.
			price: FixedU128,
			/// USDai that Treasury bills were sold for.
			divested: Balance,
			/// Shares of the requests that take part.
			queued: Balance,
			/// The marginal tick: those above it are served in full, those below not. None when all
			/// are served.
			marginal: Option<Tick>,
			/// The clearing tick: what everyone served gives up of the proceeds, in basis points.
			tick: Tick,
			/// Shares that will be served, burnt now.
			shares: Balance,
			/// USDai set aside for them.
			liquidity: Balance,
			/// What they are worth more at the price: it stays with the savers who stay.
			forgone: Balance,
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
		/// What was served to a request was paid to its owner, or a part of it.
		Claimed {
			/// The request.
			id: RequestId,
			/// Its owner, who was paid.
			who: T::AccountId,
			/// Who claimed: the owner or one of its operators.
			by: T::AccountId,
			/// USDai paid.
			assets: Balance,
			/// USDai that may still be claimed.
			left: Balance,
		},
		/// An account may claim for another.
		OperatorApproved {
			/// Whose requests.
			owner: T::AccountId,
			/// Who may claim.
			operator: T::AccountId,
		},
		/// An account may no longer claim for another; the deposit for it went back.
		OperatorRevoked {
			/// Whose requests.
			owner: T::AccountId,
			/// Who may not claim any more.
			operator: T::AccountId,
		},
		/// Windows are going to last another time.
		WindowLengthSet {
			/// The first window that does.
			window: WindowIndex,
			/// When it begins, unix seconds.
			since: Seconds,
			/// Seconds that each window lasts from then on.
			length: Seconds,
			/// Seconds before each close in which bids are revealed.
			reveal: Seconds,
		},
		/// Deposits were paused, or taken up again.
		DepositsPausedSet {
			/// Whether they are paused.
			paused: bool,
		},
		/// A request is gone; its deposit went back.
		RequestClosed {
			/// The request.
			id: RequestId,
		},
		/// Senior principal was lent.
		Lent {
			/// Who received it.
			to: T::AccountId,
			/// USDai lent.
			amount: Balance,
			/// Senior principal out now.
			principal_out: Balance,
		},
		/// A payment of borrowers came in.
		Received {
			/// Who paid.
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
			/// The interest a second of each loan, times the time from which it counts.
			offset: Balance,
		},
		/// The part of the principal out that is not expected back has changed.
		ImpairmentChanged {
			/// Expected shortfall of all loans.
			impairment: Balance,
		},
		/// Principal was written off: a loss of the savers.
		WrittenOff {
			/// Principal written off.
			principal: Balance,
			/// Principal written off since the beginning.
			bad_debt: Balance,
		},
		/// Idle USDai left to buy Treasury bills.
		IdleTaken {
			/// Who received it.
			to: T::AccountId,
			/// USDai taken.
			amount: Balance,
			/// What is idle now.
			idle: Balance,
		},
		/// USDai of Treasury bills came back to the idle part.
		IdlePutBack {
			/// Who paid it.
			from: T::AccountId,
			/// USDai put back.
			amount: Balance,
			/// What is idle now.
			idle: Balance,
		},
	}
}
