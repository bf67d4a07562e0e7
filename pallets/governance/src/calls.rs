// SPDX-License-Identifier: Apache-2.0

//! Calls of the governance pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Calls of the governance pallet.
#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Sets governed values: all of them or none.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::ValuesOrigin`] for the area of every value that changes, and for the
		/// direction in which the change moves risk. The direction is found from the governed
		/// value; brakes and moves under way do not count for it.
		///
		/// ## Details
		///
		/// A value counts at once, but for one that moves the price of a share: that moves linearly
		/// from where it stands, over the governed period as it was before the call. A brake goes on
		/// for its time, and the stricter of both counts. Values that are set as they are change
		/// nothing.
		///
		/// New rules of lines are a new version, one for the whole call. Open lines keep the version
		/// that they opened under.
		///
		/// ## Parameters
		///
		/// - `changes`: the values, with times as for a chain of tempo 1.
		///
		/// ## Errors
		///
		/// - [`Error::OutOfRange`]: a value is outside its hard range.
		/// - [`DispatchError::BadOrigin`]: the origin may not set one of the values, or is no
		///   referendum.
		///
		/// ## Events
		///
		/// - [`Event::ValueSet`] for each value that changed.
		/// - [`Event::RulesVersionMade`] if rules of lines changed.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::set(changes.len() as u32))]
		pub fn set(origin: OriginFor<T>, changes: Changes) -> DispatchResult {
			Self::do_set(origin, &changes)
		}

		/// Brakes: makes governed values stricter, or pauses calls, for the governed time.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::BrakeOrigin`].
		///
		/// ## Details
		///
		/// The stricter of the brake and the governed value counts while the brake lasts. It ends by
		/// itself and cannot be set again before its rest is over. While it lasts it can be made
		/// stricter, but not longer. All brakes of the call are set or none.
		///
		/// ## Parameters
		///
		/// - `brakes`: the values, with times as for a chain of tempo 1, and the calls.
		///
		/// ## Errors
		///
		/// - [`Error::OutOfRange`]: a value is outside its hard range.
		/// - [`Error::NotBrakable`]: a value moves a price, or risks something either way.
		/// - [`Error::NotStricter`]: a value is not stricter than the one that counts, or a call is
		///   paused already.
		/// - [`Error::BrakeResting`]: a brake on it ended a short time ago.
		/// - [`Error::TooManyBrakes`]: the area cannot hold more brakes.
		/// - [`Error::UnknownCall`]: the runtime has no such call.
		/// - [`Error::NeverPaused`]: the call is on the list of those that are never paused.
		///
		/// ## Events
		///
		/// - [`Event::BrakeSet`] for each.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::brake(brakes.len() as u32))]
		pub fn brake(origin: OriginFor<T>, brakes: Brakes) -> DispatchResult {
			T::BrakeOrigin::ensure_origin(origin)?;
			Self::do_brake(brakes)
		}

		/// Ends brakes before their time.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::BrakeOrigin`].
		///
		/// ## Details
		///
		/// The governed values count again at once. The time in which a brake cannot be set again
		/// runs from here.
		///
		/// ## Parameters
		///
		/// - `targets`: the values and calls that are braked.
		///
		/// ## Errors
		///
		/// - [`Error::NotBraked`]: no brake lasts on one of them.
		///
		/// ## Events
		///
		/// - [`Event::BrakeReleased`] for each.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::release(targets.len() as u32))]
		pub fn release(origin: OriginFor<T>, targets: BrakeTargets) -> DispatchResult {
			T::BrakeOrigin::ensure_origin(origin)?;
			Self::do_release(targets)
		}

		/// Strikes a call that is decided and not yet enacted.
		///
		/// ## Dispatch Origin
		///
		/// Must be [`Config::VetoOrigin`].
		///
		/// ## Details
		///
		/// The committee can strike the same call once in [`VETO_REST`], compared by its hash: if
		/// holders pass it again, it is enacted. The track that cancels referenda is not bound by
		/// that.
		///
		/// What referenda put into the agenda for themselves, such as the alarm of a referendum, is
		/// no decided call and cannot be struck.
		///
		/// ## Parameters
		///
		/// - `what`: the place of the call in the agenda.
		///
		/// ## Errors
		///
		/// - [`Error::NotScheduled`]: no decided call stands there.
		/// - [`Error::AlreadyVetoed`]: the committee has struck the call before.
		/// - [`Error::TooManyVetoes`]: the committee has struck too many calls.
		///
		/// ## Events
		///
		/// - [`Event::Vetoed`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::veto())]
		pub fn veto(origin: OriginFor<T>, what: Veto) -> DispatchResult {
			let by = T::VetoOrigin::ensure_origin(origin)?;
			Self::do_veto(what, by)
		}
	}
}
