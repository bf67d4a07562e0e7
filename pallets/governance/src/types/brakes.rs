// SPDX-License-Identifier: Apache-2.0

//! Brakes of the technical committee.

use super::{AreaId, Change};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::frame_support::{
	traits::{CallMetadata, ConstU32},
	BoundedVec,
};
use scale_info::TypeInfo;

/// Name of a call, as the metadata has it: `Credit`, `draw`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct CallName {
	/// Name of the pallet.
	pub pallet: BoundedVec<u8, ConstU32<32>>,
	/// Name of the call.
	pub call: BoundedVec<u8, ConstU32<64>>,
}

impl CallName {
	/// Returns a name; `None` if a part is longer than a name can be.
	pub fn new(pallet: &str, call: &str) -> Option<Self> {
		Some(Self {
			pallet: pallet.as_bytes().to_vec().try_into().ok()?,
			call: call.as_bytes().to_vec().try_into().ok()?,
		})
	}

	/// Returns true if it is the name of this call.
	pub fn is(&self, pallet: &str, call: &str) -> bool {
		self.pallet[..] == *pallet.as_bytes() && self.call[..] == *call.as_bytes()
	}
}

impl TryFrom<CallMetadata> for CallName {
	type Error = ();

	fn try_from(call: CallMetadata) -> Result<Self, ()> {
		Self::new(call.pallet_name, call.function_name).ok_or(())
	}
}

/// Brake to set.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Brake {
	/// Stricter value.
	#[codec(index = 0)]
	Value(Change),
	/// Pause of a call.
	#[codec(index = 1)]
	Pause(CallName),
}

/// Braked value or call.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum BrakeTarget {
	/// Governed value, by its area and its index there.
	#[codec(index = 0)]
	Value(AreaId, u8),
	/// Paused call.
	#[codec(index = 1)]
	Pause(CallName),
}

/// Brakes that one call sets.
pub type Brakes = BoundedVec<Brake, ConstU32<16>>;
/// Brakes that one call releases.
pub type BrakeTargets = BoundedVec<BrakeTarget, ConstU32<16>>;
