// SPDX-License-Identifier: Apache-2.0

//! The events: together they tell what every book of the pallet says.

use crate::frame_support::pallet_macros::pallet_section;

/// A section of the pallet.
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A curator was approved, or reinstated.
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
		},
		/// A curator was suspended.
		CuratorSuspended {
			/// The curator.
			curator: T::AccountId,
		},
		/// A line was offered.
		LineOffered {
			/// The line.
			line: LineId,
			/// Who offers it.
			curator: T::AccountId,
			/// Who may accept it.
			borrower: T::AccountId,
			/// The most principal that may be outstanding, in USDai.
			limit: Balance,
			/// The curator's USDai locked for it.
			junior: Balance,
			/// The blake2-256 hash of the encoded terms.
			terms_hash: H256,
			/// From when on it can no longer be accepted, unix seconds.
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
			/// What of it the senior lender lent.
			senior: Balance,
			/// What of it the curator lent.
			junior: Balance,
			/// The origination fee, kept back.
			fee: Balance,
			/// What was kept back for the reserve.
			reserved: Balance,
			/// What the borrower received.
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
			/// Who paid; the pallet's account where the line's reserve did.
			payer: T::AccountId,
			/// Number of windows settled.
			windows: u32,
			/// Their scheduled principal.
			principal: Balance,
			/// Their interest.
			interest: Balance,
			/// Interest for lateness.
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
		/// An installment was paid from a line's reserve; [`Event::Repaid`] says for what.
		Collected {
			/// The loan.
			loan: LoanId,
			/// Its line.
			line: LineId,
			/// What left the reserve, in USDai.
			amount: Balance,
			/// What is left in it.
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
			/// Who paid.
			payer: T::AccountId,
			/// What was paid, in USDai.
			amount: Balance,
			/// The reserve now.
			reserve: Balance,
		},
		/// The borrower took what the reserve does not need.
		ReserveWithdrawn {
			/// The line.
			line: LineId,
			/// What was taken, in USDai.
			amount: Balance,
			/// The reserve now.
			reserve: Balance,
		},
		/// Rental income of a pledged title went to the reserve.
		RevenueReceived {
			/// The line.
			line: LineId,
			/// Who paid.
			payer: T::AccountId,
			/// What was paid, in USDai.
			amount: Balance,
			/// The reserve now.
			reserve: Balance,
		},
		/// A line was closed and its titles are free.
		LineClosed {
			/// The line.
			line: LineId,
			/// The reserve and what is left of insurance money, paid to the borrower.
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
		},
		/// What of a line's principal stands against each model, after a draw or a swap of titles. A
		/// payment lowers each in proportion.
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
			/// What, since when, and the last second to cure it.
			breach: Breach,
		},
		/// A loan ran past its grace period.
		LoanDefaulted {
			/// The loan.
			loan: LoanId,
			/// Its line.
			line: LineId,
			/// The deadline that was missed, unix seconds.
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
			/// What the titles are expected to bring, in USDai.
			recovery: Balance,
			/// The expected shortfall now, in USDai; the vault's books say the same.
			impairment: Balance,
		},
		/// An insurer paid for a title of a line.
		ClaimReceived {
			/// The line.
			line: LineId,
			/// The title.
			title: TitleId,
			/// Who paid.
			payer: T::AccountId,
			/// What was paid, in USDai.
			amount: Balance,
			/// Insurance money of the line not yet applied, in USDai.
			claims: Balance,
			/// The reserve, to which the money goes while nothing is owed.
			reserve: Balance,
		},
		/// Insurance money was applied to a loan; [`Event::Repaid`] says for what.
		ClaimApplied {
			/// The loan.
			loan: LoanId,
			/// Its line.
			line: LineId,
			/// What was applied, in USDai.
			amount: Balance,
			/// What is left of it, in USDai.
			claims: Balance,
		},
		/// A payment could not be made and is kept for its account, who may claim it.
		PaymentKept {
			/// Whom it is kept for.
			account: T::AccountId,
			/// The payment, in USDai.
			amount: Balance,
			/// All that is kept for the account, in USDai.
			owed: Balance,
		},
		/// What was kept for an account was paid to it.
		OwedClaimed {
			/// The account.
			account: T::AccountId,
			/// What was paid, in USDai.
			amount: Balance,
		},
		/// A curator's capital that its line can no longer draw went free.
		CapitalReleased {
			/// The line.
			line: LineId,
			/// What went free, in USDai.
			amount: Balance,
		},
		/// New terms were offered for a line.
		TermsOffered {
			/// The line.
			line: LineId,
			/// The blake2-256 hash of the encoded terms.
			terms_hash: H256,
			/// From when on they can no longer be accepted, unix seconds.
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
			/// When its new schedule begins, unix seconds.
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
			/// From when on no bid is taken, unix seconds.
			ends_at: Seconds,
		},
		/// A bid is the best so far and on hold.
		BidPlaced {
			/// The line.
			line: LineId,
			/// Who bid.
			bidder: T::AccountId,
			/// All that is on hold for it, in USDai.
			amount: Balance,
			/// From when on no bid is taken, unix seconds.
			ends_at: Seconds,
		},
		/// A bid is no longer on hold.
		BidReleased {
			/// The line.
			line: LineId,
			/// Who had bid.
			bidder: T::AccountId,
			/// What is free again, in USDai.
			amount: Balance,
		},
		/// Nobody bid; the lot is up again.
		LotRelisted {
			/// The line.
			line: LineId,
			/// How often it was put up again.
			round: u32,
			/// The least bid now, in USDai.
			reserve: Balance,
			/// From when on no bid is taken, unix seconds.
			ends_at: Seconds,
		},
		/// Nobody bid in any round; the curator may take the lot.
		LotUnsold {
			/// The line.
			line: LineId,
			/// The price for the curator, in USDai.
			reserve: Balance,
			/// From when on it is for governance to decide, unix seconds.
			option_until: Seconds,
		},
		/// All debt of a line was paid before its lot was handed over: its auction is over.
		AuctionCancelled {
			/// The line.
			line: LineId,
		},
		/// The titles of a line have a new owner.
		LotHandedOver {
			/// The line.
			line: LineId,
			/// The new owner.
			to: T::AccountId,
			/// What it paid, in USDai.
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
			/// What the lot brought, in USDai.
			price: Balance,
			/// The line's reserve, its insurance money and what was withheld from its curator,
			/// distributed with it.
			set_aside: Balance,
			/// What each rank received; what was withheld from the curator ranks with its principal.
			paid: Ranks,
			/// What each rank was owed and did not receive: the junior principal in it is the
			/// curator's loss, the senior principal bad debt.
			unpaid: Ranks,
			/// What was left for the borrower.
			surplus: Balance,
			/// The curator's USDai, never drawn, that is free again.
			junior: Balance,
		},
		/// What the senior lender has lost on a line was written down.
		BadDebtBooked {
			/// The line.
			line: LineId,
			/// The loss, in USDai.
			amount: Balance,
			/// All losses so far, in USDai.
			total: Balance,
		},
		/// The curator's part of a payment on a line in default was withheld.
		JuniorWithheld {
			/// The line.
			line: LineId,
			/// What was withheld, in USDai.
			amount: Balance,
			/// All that is withheld for the line now, in USDai.
			total: Balance,
		},
		/// The line is whole again, or its debt paid: the curator was paid what was withheld from it.
		WithheldReleased {
			/// The line.
			line: LineId,
			/// What it was paid, in USDai.
			amount: Balance,
		},
	}
}
