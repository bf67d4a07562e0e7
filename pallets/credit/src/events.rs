// SPDX-License-Identifier: Apache-2.0

//! Events of the credit pallet. Together they tell every balance in its books.

use crate::frame_support::pallet_macros::pallet_section;

/// Events of the credit pallet.
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A curator was approved, or again: with another capacity, or out of a suspension.
		CuratorApproved {
			/// The curator.
			curator: T::AccountId,
			/// The most its live lines may add up to, in USDai.
			capacity: Balance,
		},
		/// The capacity of a curator was changed.
		CuratorCapacitySet {
			/// The curator.
			curator: T::AccountId,
			/// The most its live lines may add up to, in USDai.
			capacity: Balance,
			/// First second in which a brake of the technical committee is over, unix seconds; none for
			/// a decision that lasts.
			until: Option<Seconds>,
		},
		/// A curator was suspended.
		CuratorSuspended {
			/// The curator.
			curator: T::AccountId,
			/// First second in which a brake of the technical committee is over, unix seconds; none for
			/// a decision that lasts.
			until: Option<Seconds>,
		},
		/// A line was offered.
		LineOffered {
			/// The line.
			line: LineId,
			/// The curator.
			curator: T::AccountId,
			/// The borrower, who may accept it.
			borrower: T::AccountId,
			/// The most principal that may be outstanding, in USDai.
			limit: Balance,
			/// The curator's USDai locked for it.
			junior: Balance,
			/// The blake2-256 hash of the encoded terms.
			terms_hash: H256,
			/// Time from which it can no longer be accepted, unix seconds.
			expires_at: Seconds,
		},
		/// An offer was taken back.
		OfferWithdrawn {
			/// The line.
			line: LineId,
			/// The curator's USDai that is free again.
			junior: Balance,
		},
		/// A line was accepted and titles were pledged to it.
		LineAccepted {
			/// The line.
			line: LineId,
			/// The borrower.
			borrower: T::AccountId,
			/// The titles.
			titles: Titles,
		},
		/// A loan was drawn.
		LoanDrawn {
			/// The loan.
			loan: LoanId,
			/// Its line.
			line: LineId,
			/// Its principal, in USDai.
			amount: Balance,
			/// Part of it that the senior lender lent.
			senior: Balance,
			/// Part of it that the curator lent.
			junior: Balance,
			/// The origination fee, kept back.
			fee: Balance,
			/// Amount kept back for the reserve.
			reserved: Balance,
			/// Amount that the borrower received.
			disbursed: Balance,
			/// Principal outstanding on the line.
			outstanding: Balance,
		},
		/// Something was paid on a loan.
		Repaid {
			/// The loan.
			loan: LoanId,
			/// Its line.
			line: LineId,
			/// The payer; the pallet's account where the line's reserve paid.
			payer: T::AccountId,
			/// Number of payment periods that are complete with it; none where it pays a part of one.
			periods: u32,
			/// Scheduled principal paid.
			principal: Balance,
			/// Interest paid.
			interest: Balance,
			/// Interest for lateness, default interest included.
			late_interest: Balance,
			/// Servicing and exit fees.
			fees: Balance,
			/// Principal paid ahead of the schedule.
			prepaid: Balance,
			/// The part of interest and late interest that went to the senior lender.
			senior_interest: Balance,
			/// The part of all principal that went to the senior lender.
			senior_principal: Balance,
			/// Principal still outstanding on the loan.
			balance_after: Balance,
		},
		/// An installment, or a part of one, was paid from what a line has set aside; [`Event::Repaid`] says for what.
		Collected {
			/// The loan.
			loan: LoanId,
			/// Its line.
			line: LineId,
			/// Amount taken from the reserve, in USDai.
			amount: Balance,
			/// The reserve now.
			reserve: Balance,
		},
		/// A loan was repaid in full.
		LoanClosed {
			/// The loan.
			loan: LoanId,
			/// Its line.
			line: LineId,
		},
		/// A line's reserve was topped up.
		ReserveToppedUp {
			/// The line.
			line: LineId,
			/// The payer.
			payer: T::AccountId,
			/// Amount paid, in USDai.
			amount: Balance,
			/// The reserve now.
			reserve: Balance,
		},
		/// The borrower took what the reserve does not need.
		ReserveWithdrawn {
			/// The line.
			line: LineId,
			/// Amount taken, in USDai.
			amount: Balance,
			/// The reserve now.
			reserve: Balance,
		},
		/// Rental income of a pledged title went to the reserve.
		RevenueReceived {
			/// The line.
			line: LineId,
			/// The payer.
			payer: T::AccountId,
			/// Amount paid, in USDai.
			amount: Balance,
			/// The reserve now.
			reserve: Balance,
		},
		/// A line was closed and its titles are free.
		LineClosed {
			/// The line.
			line: LineId,
			/// The reserve and the unspent insurance proceeds, paid to the borrower.
			reserve: Balance,
			/// The curator's USDai that is free again.
			junior: Balance,
		},
		/// The ceiling of a model was set or lifted.
		ModelCeilingSet {
			/// The model.
			model: ModelId,
			/// The most principal that may stand against it, in USDai; none for no ceiling.
			ceiling: Option<Balance>,
			/// First second in which a brake of the technical committee is over, unix seconds; none for
			/// a decision that lasts.
			until: Option<Seconds>,
		},
		/// The principal of a line that stands against each model changed by a draw or a swap of
		/// titles, or idle work booked the payments made since.
		ExposureChanged {
			/// The line.
			line: LineId,
			/// Model and principal, in USDai.
			exposure: Vec<(ModelId, Balance)>,
		},
		/// Titles were pledged to a line, others freed.
		TitlesChanged {
			/// The line.
			line: LineId,
			/// The titles freed.
			released: Titles,
			/// The titles pledged.
			pledged: Titles,
		},
		/// A covenant of a line was found broken.
		LineBreached {
			/// The line.
			line: LineId,
			/// The broken covenant, its time, and the last second to cure it.
			breach: Breach,
		},
		/// A loan ran past its grace period.
		LoanDefaulted {
			/// The loan.
			loan: LoanId,
			/// Its line.
			line: LineId,
			/// The due date that was missed, unix seconds.
			due_at: Seconds,
		},
		/// A line went from one state to another.
		LineStateChanged {
			/// The line.
			line: LineId,
			/// Its state before.
			from: LineState,
			/// Its state now. From default on its loans earn nothing in the senior lender's books.
			to: LineState,
		},
		/// The senior lender's expected shortfall on a line was set.
		ImpairmentSet {
			/// The line.
			line: LineId,
			/// Expected proceeds of a sale of the titles, in USDai.
			recovery: Balance,
			/// The expected shortfall now, in USDai; the vault's books say the same.
			impairment: Balance,
		},
		/// An insurer, or a bond, paid for a title of a line.
		InsuranceProceedsReceived {
			/// The line.
			line: LineId,
			/// The title.
			title: TitleId,
			/// The payer.
			payer: T::AccountId,
			/// Amount paid, in USDai.
			amount: Balance,
			/// Insurance proceeds of the line not yet applied, in USDai.
			insurance_proceeds: Balance,
			/// The reserve, to which the money goes while nothing is owed.
			reserve: Balance,
		},
		/// Insurance proceeds were applied to a loan; [`Event::Repaid`] says for what.
		InsuranceProceedsApplied {
			/// The loan.
			loan: LoanId,
			/// Its line.
			line: LineId,
			/// Amount applied, in USDai.
			amount: Balance,
			/// Insurance proceeds of the line not yet applied, in USDai.
			insurance_proceeds: Balance,
		},
		/// A payment could not be made and is kept for its account, who may claim it.
		PayoutDeferred {
			/// The account it is kept for.
			account: T::AccountId,
			/// The payment, in USDai.
			amount: Balance,
			/// All that is kept for the account, in USDai.
			owed: Balance,
		},
		/// An unclaimed payout was paid to its account.
		PayoutClaimed {
			/// The account.
			account: T::AccountId,
			/// Amount paid, in USDai.
			amount: Balance,
		},
		/// A curator locked more capital for the draws of its line.
		JuniorCapitalAdded {
			/// The line.
			line: LineId,
			/// Amount added, in USDai.
			amount: Balance,
			/// Capital that is locked for draws now, in USDai.
			junior: Balance,
		},
		/// A curator's capital that its line can no longer draw went free.
		CapitalReleased {
			/// The line.
			line: LineId,
			/// Amount released, in USDai.
			amount: Balance,
		},
		/// New terms were offered for a line.
		TermsOffered {
			/// The line.
			line: LineId,
			/// The blake2-256 hash of the encoded terms.
			terms_hash: H256,
			/// Time from which they can no longer be accepted, unix seconds.
			expires_at: Seconds,
		},
		/// New terms for a line were taken back.
		TermsWithdrawn {
			/// The line.
			line: LineId,
		},
		/// A loan was carried over to new terms.
		LoanRefinanced {
			/// The loan.
			loan: LoanId,
			/// Its line.
			line: LineId,
			/// Its principal, in USDai.
			balance: Balance,
			/// Time at which its new schedule begins, unix seconds.
			originated_at: Seconds,
		},
		/// A line and its loans run under new terms.
		LineRefinanced {
			/// The line.
			line: LineId,
			/// The blake2-256 hash of the encoded terms.
			terms_hash: H256,
			/// The new limit, in USDai.
			limit: Balance,
			/// The curator's USDai locked for draws to come.
			junior: Balance,
		},
		/// The titles of a line in default were put up for auction.
		AuctionStarted {
			/// The line.
			line: LineId,
			/// The titles, sold as one lot.
			lot: Titles,
			/// The least bid, in USDai.
			reserve: Balance,
			/// Time from which no bid is taken, unix seconds.
			ends_at: Seconds,
		},
		/// A bid is the best so far and on hold.
		BidPlaced {
			/// The line.
			line: LineId,
			/// The bidder.
			bidder: T::AccountId,
			/// Amount on hold for it, in USDai.
			amount: Balance,
			/// Time from which no bid is taken, unix seconds.
			ends_at: Seconds,
		},
		/// A bid is no longer on hold.
		BidReleased {
			/// The line.
			line: LineId,
			/// The bidder.
			bidder: T::AccountId,
			/// Amount released, in USDai.
			amount: Balance,
		},
		/// Nobody bid; the lot is up again.
		LotRelisted {
			/// The line.
			line: LineId,
			/// Number of times that it was put up again.
			round: u32,
			/// The least bid now, in USDai.
			reserve: Balance,
			/// Time from which no bid is taken, unix seconds.
			ends_at: Seconds,
		},
		/// Nobody bid in any round; the curator may take the lot.
		LotUnsold {
			/// The line.
			line: LineId,
			/// The price for the curator, in USDai.
			reserve: Balance,
			/// Time from which governance decides, unix seconds.
			option_until: Seconds,
		},
		/// All debt of a line was paid before its lot was handed over: its auction is over.
		AuctionCancelled {
			/// The line.
			line: LineId,
		},
		/// A line is whole again before its lot was won: the sale is over.
		LineReinstated {
			/// The line.
			line: LineId,
			/// Who asked for it, and paid the cost.
			payer: T::AccountId,
			/// Amount that the treasury received, in USDai: zero where the line's own money paid the
			/// whole debt.
			cost: Balance,
		},
		/// The titles of a line have a new owner.
		LotHandedOver {
			/// The line.
			line: LineId,
			/// The new owner.
			to: T::AccountId,
			/// Price that it paid, in USDai.
			price: Balance,
			/// The titles.
			lot: Titles,
		},
		/// A loan ended with the liquidation of its line.
		LoanLiquidated {
			/// The loan.
			loan: LoanId,
			/// Its line.
			line: LineId,
			/// Senior principal that was outstanding, in USDai.
			senior: Balance,
			/// Junior principal that was outstanding, in USDai.
			junior: Balance,
		},
		/// The money of a liquidation was distributed and the line is closed.
		LineLiquidated {
			/// The line.
			line: LineId,
			/// Price of the lot, in USDai.
			price: Balance,
			/// The line's reserve, insurance proceeds and junior holdback, distributed with the
			/// price, in USDai.
			set_aside: Balance,
			/// Amount that each rank received, the cost of the sale first; the junior holdback ranks
			/// with the junior principal.
			paid: Ranks,
			/// Amount that each rank was owed and did not receive: the junior principal in it is
			/// the curator's loss, the senior principal and interest bad debt.
			unpaid: Ranks,
			/// Amount left for the borrower.
			surplus: Balance,
			/// The curator's USDai, never drawn, that is free again.
			junior: Balance,
		},
		/// A payment for a loss, after the end of the line, went to the senior lender.
		BadDebtRecovered {
			/// The line.
			line: LineId,
			/// The title that was lost.
			title: TitleId,
			/// The payer.
			payer: T::AccountId,
			/// Amount recovered, in USDai.
			amount: Balance,
			/// Loss of the senior lender on the line that is left, in USDai.
			left: Balance,
			/// All losses that are left, in USDai.
			total: Balance,
		},
		/// Somebody paid what a line that has ended cost the senior lender.
		LossRepaid {
			/// The line.
			line: LineId,
			/// The payer.
			payer: T::AccountId,
			/// Amount recovered, in USDai.
			amount: Balance,
			/// Loss of the senior lender on the line that is left, in USDai.
			left: Balance,
			/// All losses that are left, in USDai.
			total: Balance,
		},
		/// A payment for a loss, after the end of the line, went to its curator: the senior lender had
		/// lost nothing, or has it back.
		JuniorLossRecovered {
			/// The line.
			line: LineId,
			/// The title that was lost.
			title: TitleId,
			/// The payer.
			payer: T::AccountId,
			/// The curator.
			curator: T::AccountId,
			/// Amount recovered, in USDai.
			amount: Balance,
			/// Loss of the curator on the line that is left, in USDai.
			left: Balance,
		},
		/// A step of idle work that should have succeeded failed, and changed nothing.
		IdleWorkFailed {
			/// The line.
			line: LineId,
			/// The error.
			error: DispatchError,
		},
		/// The loss of the senior lender on a line was booked.
		BadDebtBooked {
			/// The line.
			line: LineId,
			/// The loss, in USDai, interest included.
			amount: Balance,
			/// Interest in it, in USDai.
			interest: Balance,
			/// All losses so far, less what was recovered, in USDai.
			total: Balance,
		},
		/// The curator's part of a payment on a line in default was held back.
		JuniorHeldBack {
			/// The line.
			line: LineId,
			/// Amount held back, in USDai.
			amount: Balance,
			/// Junior holdback of the line now, in USDai.
			total: Balance,
		},
		/// The line is whole again, or its debt paid: the junior holdback was paid to the curator.
		JuniorHoldbackReleased {
			/// The line.
			line: LineId,
			/// Amount paid to the curator, in USDai.
			amount: Balance,
		},
		/// Somebody has turned the round over the lines.
		RoundTurned {
			/// Number of lines looked at.
			lines: u32,
			/// Time at which the round began, unix seconds.
			begun: Seconds,
			/// True if the round has ended.
			ended: bool,
		},
	}
}
