// SPDX-License-Identifier: Apache-2.0

//! Policies and appraisals as they are stored: in full in maps of their own, in short in the record
//! of their title. They are written here only, which keeps both equal.

use crate::{
	types, Appraisals, Config, Covers, Error, Pallet, Policies, TitleAppraisalsOf, TitleOf,
	TitlePoliciesOf, Titles,
};
use caliber_primitives::{Balance, Seconds, TitleId};
use polkadot_sdk::frame_support::{defensive, traits::DefensiveOption};

impl<T: Config> Pallet<T> {
	/// Returns the USDai that the policies in force cover at `now`.
	pub(crate) fn cover(covers: &Covers, now: Seconds) -> Balance {
		let in_force = covers.iter().filter(|cover| cover.in_force(now));
		in_force.map(|cover| cover.remaining).try_fold(0, Balance::checked_add).unwrap_or_else(
			|| {
				defensive!("the limits of a title's policies were added up when they were bound");
				0
			},
		)
	}

	/// Writes the policies of a title, in full and in short.
	pub(crate) fn set_policies(
		title_id: TitleId,
		policies: TitlePoliciesOf<T>,
	) -> Result<(), Error<T>> {
		Self::change_stored(title_id, |title| title.covers = types::covers(&policies))?;
		if policies.is_empty() {
			Policies::<T>::remove(title_id);
		} else {
			Policies::<T>::insert(title_id, policies);
		}
		Ok(())
	}

	/// Writes the independent appraisals of a title, in full and in short.
	pub(crate) fn set_appraisals(
		title_id: TitleId,
		appraisals: TitleAppraisalsOf<T>,
	) -> Result<(), Error<T>> {
		Self::change_stored(title_id, |title| title.appraisals = types::estimates(&appraisals))?;
		if appraisals.is_empty() {
			Appraisals::<T>::remove(title_id);
		} else {
			Appraisals::<T>::insert(title_id, appraisals);
		}
		Ok(())
	}

	/// Changes the record of a title that was seen to exist.
	fn change_stored(
		title_id: TitleId,
		change: impl FnOnce(&mut TitleOf<T>),
	) -> Result<(), Error<T>> {
		Titles::<T>::try_mutate(title_id, |title| {
			change(title.as_mut().defensive_ok_or(Error::<T>::Unexpected)?);
			Ok(())
		})
	}
}
