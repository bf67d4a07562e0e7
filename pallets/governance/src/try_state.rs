// SPDX-License-Identifier: Apache-2.0

//! Invariants of the governance pallet.

use crate::{
	pallet::*,
	types::{AreaState, AreaStateOf},
};
use caliber_primitives::governance::{Area, Kind, OUTAGE};
use polkadot_sdk::{frame_support::ensure, sp_runtime::TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Checks the invariants of the pallet, which hold after every block:
	///
	/// - INV-G1: each governed value is within its hard range.
	/// - INV-G2: each brake is on a value that may be braked, is within its range, and is the only
	///   one on the value.
	/// - INV-G3: each value on its way moves a price and is the only way of the value; its move ends
	///   no earlier than it begins.
	/// - INV-G4: the versions of the rules are 0..=[`CurrentRules`], and the last one is the
	///   governed rules.
	/// - INV-G5: the tempo is at least 1.
	/// - INV-G6: each outage is longer than an hour and ends before the next one begins; the last
	///   ends no later than the last block.
	/// - INV-G7: the last block of the relay chain is not below the first.
	/// - INV-G8: each call that the committee has struck is listed once.
	/// - INV-G9: a pause is a brake: no call is paused for good.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_state_area(CreditArea::<T>::get())?;
		Self::try_state_area(RuleArea::<T>::get())?;
		Self::try_state_area(TitleArea::<T>::get())?;
		Self::try_state_area(AppraisalArea::<T>::get())?;
		Self::try_state_area(VaultArea::<T>::get())?;
		Self::try_state_area(ReserveArea::<T>::get())?;
		Self::try_state_area(GovernanceArea::<T>::get())?;
		Self::try_state_rules()?;
		Self::try_state_clocks()?;
		Self::try_state_committee()
	}

	/// Checks INV-G1 to INV-G3 for an area.
	fn try_state_area<A: Area>(area: AreaStateOf<A>) -> Result<(), TryRuntimeError> {
		let AreaState { values, brakes, ramps } = area;
		for [default, ..] in A::bounds() {
			ensure!(
				A::is_in_range(&values.current(&default)),
				"INV-G1: least <= each governed value <= greatest"
			);
		}
		for (at, brake) in brakes.iter().enumerate() {
			ensure!(A::is_brakable(&brake.value), "INV-G2: braked values may be braked");
			ensure!(A::is_in_range(&brake.value), "INV-G2: least <= each brake <= greatest");
			let index = A::index(&brake.value);
			ensure!(
				brakes.iter().skip(at + 1).all(|other| A::index(&other.value) != index),
				"INV-G2: brakes on each value <= 1"
			);
		}
		for (at, ramp) in ramps.iter().enumerate() {
			ensure!(A::kind(&ramp.from) == Kind::Price, "INV-G3: values on their way move a price");
			ensure!(ramp.starts_at <= ramp.ends_at, "INV-G3: begin of a move <= its end");
			let index = A::index(&ramp.from);
			ensure!(
				ramps.iter().skip(at + 1).all(|other| A::index(&other.from) != index),
				"INV-G3: ways of each value <= 1"
			);
		}
		Ok(())
	}

	/// Checks INV-G4.
	fn try_state_rules() -> Result<(), TryRuntimeError> {
		let current = CurrentRules::<T>::get();
		let count = RuleVersions::<T>::iter_keys().filter(|version| *version <= current).count();
		let all = RuleVersions::<T>::iter_keys().count();
		ensure!(
			count == all && all as u64 == u64::from(current) + 1,
			"INV-G4: versions of the rules = 0..=CurrentRules"
		);
		ensure!(
			RuleVersions::<T>::get(current) == Some(RuleArea::<T>::get().values),
			"INV-G4: rules of the last version = governed rules"
		);
		Ok(())
	}

	/// Checks INV-G5 to INV-G7.
	fn try_state_clocks() -> Result<(), TryRuntimeError> {
		ensure!(Tempo::<T>::get() > 0, "INV-G5: tempo >= 1");
		let outages = Outages::<T>::get();
		for outage in &outages {
			ensure!(
				outage.until > outage.from && outage.until - outage.from > OUTAGE,
				"INV-G6: length of each outage > 1 h"
			);
		}
		ensure!(
			outages.windows(2).all(|pair| pair[0].until <= pair[1].from),
			"INV-G6: end of each outage <= begin of the next"
		);
		let last = LastBlockAt::<T>::get();
		ensure!(
			outages.last().is_none_or(|outage| last.is_some_and(|last| outage.until <= last)),
			"INV-G6: end of the last outage <= time of the last block"
		);
		ensure!(
			RelayHeights::<T>::get().is_none_or(|height| height.first <= height.last),
			"INV-G7: first block of the relay chain <= last"
		);
		Ok(())
	}

	/// Checks INV-G8 and INV-G9.
	fn try_state_committee() -> Result<(), TryRuntimeError> {
		let vetoes = CommitteeVetoes::<T>::get();
		for (at, (hash, _)) in vetoes.iter().enumerate() {
			ensure!(
				vetoes.iter().skip(at + 1).all(|(other, _)| other != hash),
				"INV-G8: entries of each struck call <= 1"
			);
		}
		ensure!(
			Pauses::<T>::iter_values().all(|pause| !pause.governed()),
			"INV-G9: no call is paused for good"
		);
		Ok(())
	}
}
