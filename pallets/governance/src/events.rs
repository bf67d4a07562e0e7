// SPDX-License-Identifier: Apache-2.0

//! Events of the governance pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Events of the governance pallet.
#[pallet_section]
mod events {
	/// Events of the pallet.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A referendum set a governed value.
		ValueSet {
			/// The value, as for tempo 1.
			change: Change,
			/// Second from which it counts in full, unix seconds, where it moves linearly; `None`
			/// where it counts at once.
			moves_until: Option<Seconds>,
		},
		/// The rules of lines have a new version. Open lines keep theirs.
		RulesVersionMade {
			/// The version.
			version: RulesVersion,
		},
		/// The committee braked.
		BrakeSet {
			/// The brake, its value as for tempo 1.
			brake: Brake,
			/// First second after it, unix seconds.
			until: Seconds,
		},
		/// The committee ended a brake before its time.
		BrakeReleased {
			/// What was braked.
			target: BrakeTarget,
		},
		/// A decided call was struck before its enactment.
		Vetoed {
			/// Its place in the agenda.
			what: Veto,
			/// Hash of the call.
			hash: H256,
			/// Body that struck it.
			by: Authority,
		},
		/// The chain made no blocks for more than an hour.
		OutageNoted {
			/// The gap between two blocks.
			outage: Outage,
		},
	}
}
