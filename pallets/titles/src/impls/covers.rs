// SPDX-License-Identifier: Apache-2.0

//! Policies and appraisals as they are stored: in full in maps of their own, in short in the record
//! of their title. They are written here only, which keeps both equal.

use crate::{
	types, Appraisals, Config, Covers, Error, Estimate, Pallet, Policies, TitleAppraisalsOf,
	TitleOf, TitlePoliciesOf, Titles,
};
use caliber_primitives::{appraisal::Independent, traits::Clock, Balance, Seconds, TitleId};
use polkadot_sdk::frame_support::{defensive, traits::DefensiveOption};

impl<T: Config> Pallet<T> {
	/// Returns the USDai for which the policies in force at `now` insure, and the part of it that may
	/// still be claimed. An unpaid premium ends a cover after `grace`.
	pub(crate) fn cover(covers: &Covers, now: Seconds, grace: Seconds) -> (Balance, Balance) {
		let in_force = covers.iter().filter(|cover| cover.in_force(now, grace));
		let sums = in_force.copied().try_fold((0, 0), |(insured, left): (Balance, _), cover| {
			Some((insured.checked_add(cover.limit)?, cover.remaining.checked_add(left)?))
		});
		sums.unwrap_or_else(|| {
			defensive!("the limits of a title's policies were added up when they were bound");
			(0, 0)
		})
	}

	/// Returns the first second in which an appraisal counts: later by outages of the chain, in which
	/// nobody could strike it.
	pub(crate) fn counts_since(estimate: &Estimate) -> Seconds {
		T::Clock::end_of(estimate.filed_at, estimate.counts_from)
	}

	/// Returns the value for which an appraisal counts at `now`, and the last second in which it does.
	pub(crate) fn counting(estimate: &Estimate, now: Seconds) -> Option<(Balance, Seconds)> {
		estimate.counting(Self::counts_since(estimate), now)
	}

	/// Returns the independent appraisals of a title that count at `now`. One that governance has
	/// confirmed counts as two, once it counts.
	pub(crate) fn independent_of(title: &TitleOf<T>, now: Seconds) -> Independent {
		Self::independent_among(title.appraisals.iter().copied(), now)
	}

	/// Returns those of some appraisals of a title that count at `now`.
	pub(crate) fn independent_among(
		estimates: impl Iterator<Item = Estimate>,
		now: Seconds,
	) -> Independent {
		Independent::of(estimates.flat_map(|estimate| {
			let value = Self::counting(&estimate, now).map(|(value, _)| value);
			let twice = estimate.confirmed && now >= Self::counts_since(&estimate);
			value.into_iter().chain(value.filter(|_| twice))
		}))
	}

	/// Returns the independent appraisals of a title that are filed at `now`, those included whose
	/// delay is not over: of each appraiser the lower of what it says and what it said.
	pub(crate) fn filed_appraisals(title: &TitleOf<T>, now: Seconds) -> Independent {
		Independent::of(title.appraisals.iter().flat_map(|estimate| {
			let said = Self::counting(estimate, now).map(|(value, _)| value);
			let says = estimate.is_valid(now).then_some(estimate.value);
			let value = said.into_iter().chain(says).min();
			value.into_iter().chain(value.filter(|_| estimate.confirmed))
		}))
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
	pub(crate) fn change_stored(
		title_id: TitleId,
		change: impl FnOnce(&mut TitleOf<T>),
	) -> Result<(), Error<T>> {
		Titles::<T>::try_mutate(title_id, |title| {
			change(title.as_mut().defensive_ok_or(Error::<T>::Unexpected)?);
			Ok(())
		})
	}
}
