// SPDX-License-Identifier: Apache-2.0

//! Record of a curator.

use caliber_primitives::Balance;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A curator.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct CuratorRecord {
	/// The most that the limits of its live lines may add up to, in USDai.
	pub capacity: Balance,
	/// Sum of the limits of its live lines, offers included, in USDai.
	pub committed: Balance,
	/// True if the curator may neither offer lines nor have an offer accepted.
	pub suspended: bool,
}
