// SPDX-License-Identifier: Apache-2.0

//! Configuration of the governance pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Configuration of the governance pallet.
#[pallet_section]
mod config {
	/// Configuration of the pallet.
	#[pallet::config]
	pub trait Config:
		polkadot_sdk::frame_system::Config<
		RuntimeEvent: From<Event<Self>>,
		RuntimeCall: GetCallMetadata,
	>
	{
		/// Origin that may set a value of an area in a direction of risk: a referendum on the track
		/// of the area. [`Authority::Committee`] sets nothing, because what is set lasts.
		type ValuesOrigin: EnsureOriginWithArg<
			Self::RuntimeOrigin,
			(AreaId, Risk),
			Success = Authority,
		>;

		/// Origin that may brake and release brakes: two thirds of the technical committee.
		type BrakeOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Origin that may strike what is decided and not yet enacted. [`Authority::Committee`] may
		/// strike the same call once in [`VETO_REST`]; [`Authority::Referendum`] always.
		type VetoOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Authority>;

		/// Agenda of decided calls: [`SchedulerAgenda`].
		type Agenda: Agenda;

		/// Calls that no brake can pause: the ways out, governance and the chain's own.
		type NeverPaused: Contains<CallName>;

		/// Clock, in unix time.
		type Time: UnixTime;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}
}
