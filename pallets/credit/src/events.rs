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
			/// The reserve, paid to the borrower.
			reserve: Balance,
			/// The curator's USDai that is free again.
			junior: Balance,
		},
	}
}
