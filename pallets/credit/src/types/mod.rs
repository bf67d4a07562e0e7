// SPDX-License-Identifier: Apache-2.0

//! Types of the credit pallet: its records, the payment of a loan, and the rules that need no
//! storage.

mod arithmetic;
mod auction;
mod curator;
mod line;
mod loan;
mod loan_place;
mod payment;
mod provision;
mod sweep;
mod totals;

pub(crate) use arithmetic::{checked_difference, checked_sum};
pub use auction::{AuctionRecord, AuctionTerms, Bid};
pub use curator::{BorrowerRecord, CuratorRecord};
pub use line::{
	accrues, is_distressed, may_follow, Exposure, LineRecord, LineRecordOf, TermsOffer, Titles,
	FIRST_LOSS_DUST, MAX_LOANS, MAX_RESERVE_INSTALLMENTS, MAX_TITLES,
};
pub use loan::{late_terms, schedule_of, tranches_of, LoanRecord};
pub(crate) use payment::{ExitFee, Payment};
pub(crate) use provision::Elapsed;
pub use provision::Provision;
pub use sweep::SweepState;
pub use totals::{BookTotals, LineLoss};
