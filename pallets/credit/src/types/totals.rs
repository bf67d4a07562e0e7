// SPDX-License-Identifier: Apache-2.0

//! Sums over the whole book, and losses on lines that have ended.

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
	/// Losses of the senior lender on lines that were liquidated, less what was recovered since: the
	/// sum of the senior parts of all [`LineLoss`]es.
	pub bad_debt: Balance,
}

/// Debt that the liquidation of a line left unpaid, less what was recovered since. Amounts in
/// USDai.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct LineLoss<AccountId> {
	/// Loss of the senior lender, principal and interest: bad debt.
	pub senior: Balance,
	/// Loss of the curator, principal alone, the junior holdback that went to the senior lender included.
	pub junior: Balance,
	/// Curator of the line.
	pub curator: AccountId,
}

impl<AccountId> LineLoss<AccountId> {
	/// Returns true if nothing is left to recover.
	pub fn is_recovered(&self) -> bool {
		self.senior == 0 && self.junior == 0
	}
}
