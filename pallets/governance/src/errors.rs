// SPDX-License-Identifier: Apache-2.0

//! Errors of the governance pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Errors of the governance pallet.
#[pallet_section]
mod errors {
	/// Errors of the pallet.
	#[pallet::error]
	#[derive(PartialEq)]
	pub enum Error<T> {
		/// The value is outside its hard range: `values` of the runtime API names the range.
		OutOfRange,
		/// The value moves a price, or risks something either way: only a referendum sets it.
		NotBrakable,
		/// The brake is not stricter than what counts now.
		NotStricter,
		/// A brake on it ended a short time ago: wait until its rest is over.
		BrakeResting,
		/// The area has as many brakes as it can hold: release one, or wait until one has rested.
		TooManyBrakes,
		/// No brake on it lasts.
		NotBraked,
		/// The runtime has no call of this name: names are those of the metadata.
		UnknownCall,
		/// The call is never paused: it is a way out, governance, or the chain's own.
		NeverPaused,
		/// No decided call stands there in the agenda: it was never decided, or is enacted or struck.
		NotScheduled,
		/// The committee has struck this call before: holders who pass it again have the last word.
		AlreadyVetoed,
		/// The committee has struck as many calls as it may for now.
		TooManyVetoes,
	}
}
