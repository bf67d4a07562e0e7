// SPDX-License-Identifier: Apache-2.0

//! Sums over the whole book.

use caliber_primitives::Balance;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Sums over all lines, in USDai.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct BookTotals {
	/// Principal outstanding of all loans.
	pub outstanding: Balance,
	/// Part of the senior lender in it.
	pub senior_outstanding: Balance,
	/// Expected shortfall of the senior lender.
	pub impairment: Balance,
	/// Payments that their recipients could not take, kept in the pallet's account.
	pub unclaimed_payouts: Balance,
	/// Losses of the senior lender on lines that were liquidated, less what was recovered since.
	pub bad_debt: Balance,
}
