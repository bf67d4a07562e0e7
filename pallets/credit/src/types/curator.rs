// SPDX-License-Identifier: Apache-2.0

//! Records of curators and borrowers.

use caliber_primitives::{governance::Governed, Balance};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A curator.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct CuratorRecord {
	/// The most that the limits of its live lines may add up to, in USDai.
	pub capacity: Governed<Balance>,
	/// Sum of the limits of its live lines, offers included, in USDai.
	pub committed: Balance,
	/// Principal outstanding on its lines, in USDai.
	pub outstanding: Balance,
	/// True if the curator may neither offer lines nor have an offer accepted or a line drawn.
	pub suspended: Governed<bool>,
}

/// A borrower. One that owes nothing and has no line in trouble has no record.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct BorrowerRecord {
	/// Principal outstanding on its lines, in USDai.
	pub outstanding: Balance,
	/// Number of its lines in trouble: in breach, in default or for sale.
	pub troubled: u32,
}
