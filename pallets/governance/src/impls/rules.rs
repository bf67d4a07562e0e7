// SPDX-License-Identifier: Apache-2.0

//! Rules of lines by version.

use crate::{
	frame_support::traits::{Defensive, Get},
	pallet::*,
	Values,
};
use caliber_primitives::{
	governance::{values::RuleValues, Area},
	traits::LineRules,
	RulesVersion,
};

impl<T: Config> Pallet<T> {
	/// Returns the rules of a version, as they count on this chain; `None` for a version that never
	/// was.
	pub(crate) fn rules_of(version: RulesVersion) -> Option<RuleValues> {
		Some(RuleVersions::<T>::get(version)?.at_tempo(Tempo::<T>::get()))
	}
}

impl<T: Config> LineRules for Pallet<T> {
	fn version() -> RulesVersion {
		CurrentRules::<T>::get()
	}

	fn of(version: RulesVersion) -> RuleValues {
		// Lines name versions that were made, and none is ever removed (INV-G4).
		Self::rules_of(version).defensive_unwrap_or_else(Self::present)
	}

	fn present() -> RuleValues {
		Values::<T>::get()
	}
}
