// SPDX-License-Identifier: Apache-2.0

//! Clocks: blocks of the relay chain, and outages.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Largest number of outages that are kept.
pub const MAX_OUTAGES: u32 = 16;

/// Blocks of the relay chain that the chain has seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct RelayHeight {
	/// First one.
	pub first: u32,
	/// Last one; not below the first.
	pub last: u32,
}

impl RelayHeight {
	/// Returns the heights after another block was seen. A lower one than the last changes nothing.
	pub fn with(self, number: u32) -> Self {
		Self { last: self.last.max(number), ..self }
	}

	/// Returns the number of blocks from the first to the last.
	pub fn passed(&self) -> u32 {
		self.last.max(self.first) - self.first
	}
}
