// SPDX-License-Identifier: Apache-2.0

//! From the reports of the operators to one accepted value: fresh reports of more than half of the
//! seats, their median, and the limit on its move ([`MoveBounds`](crate::MoveBounds)).

use super::{
	price_op::{as_of, Timed},
	PriceOp,
};
use crate::pallet::{Config, Event, Pallet};
use alloc::vec::Vec;
use caliber_math::median;
use caliber_primitives::{
	appraisal::{OracleKey, OracleValue},
	governance::values::AppraisalValues,
	traits::OnNewAppraisal,
	Seconds,
};
use polkadot_sdk::{
	frame_support::traits::{Defensive, Get, SortedMembers},
	pallet_oracle::{self, CombineData, RawValues},
	sp_runtime::traits::AccountIdConversion,
};

/// Reports that are young enough to count.
struct Fresh {
	/// Reported values.
	values: Vec<OracleValue>,
	/// Time from which the required number of reports exists, unix milliseconds.
	supported_since: u64,
}

impl<T: Config> CombineData<OracleKey, Timed> for Pallet<T> {
	/// Returns the value to accept; none if too few reports are fresh. The value in force then
	/// stays and ages.
	///
	/// `pallet-oracle` calls this only while a value is fed, and stores the result. Therefore the
	/// history is written here, and the acceptance is announced here. The value in force is loaded
	/// with its history; the one that `pallet-oracle` passes is the same.
	fn combine_data(key: &OracleKey, mut values: Vec<Timed>, _: Option<Timed>) -> Option<Timed> {
		// Root has no seat: its report is dropped. `pallet-oracle` puts it after those of the operators.
		let root: T::AccountId =
			<T as pallet_oracle::Config>::PalletId::get().into_account_truncating();
		if RawValues::<T>::take(&root, key).is_some() {
			values.pop();
		}
		// Root feeds `pallet-oracle` without the checks of our call: neither an unregistered key
		// nor a value out of its range is ever accepted.
		Self::ensure_open(key).ok()?;
		let policy = T::Values::get();
		let now = Self::now();
		let needed = reports_needed(&policy, <T as pallet_oracle::Config>::Members::count());
		let Fresh { mut values, supported_since } = fresh(&values, needed, &policy, now)?;
		let feeders = values.len() as u32;
		let median = median(&mut values)?;
		Self::ensure_value(key, median).ok()?;

		// Stored here and once more by `pallet-oracle` after this: listeners read the new value.
		let accepted = PriceOp::<T>::load(*key, &policy, now)
			.accept(median, supported_since)
			.defensive_proof("values and moves are far below the range of u128")
			.ok()?
			.commit();
		let (value, as_of) = (accepted.value, as_of(&accepted));
		Self::deposit_event(Event::PriceAccepted { key: *key, value, as_of, median, feeders });
		T::OnNewAppraisal::on_new_appraisal(key, value, as_of);
		Some(accepted)
	}
}

/// Returns the number of fresh reports that a value takes: the governed number, and more than half
/// of the seats.
fn reports_needed(policy: &AppraisalValues, seats: usize) -> usize {
	let governed = usize::try_from(policy.min_feeders).unwrap_or(usize::MAX);
	governed.max(seats / 2 + 1)
}

/// Returns the fresh reports, if they are at least `needed`.
///
/// Their date is that of the last one needed, counted from the youngest, and not that of the
/// youngest: since then so many operators have reported.
fn fresh(
	reports: &[Timed],
	needed: usize,
	policy: &AppraisalValues,
	now: Seconds,
) -> Option<Fresh> {
	let is_fresh =
		|report: &&Timed| now.checked_sub(as_of(report)).is_some_and(|age| age <= policy.max_age);
	let (values, mut times): (Vec<_>, Vec<_>) =
		reports.iter().filter(is_fresh).map(|report| (report.value, report.timestamp)).unzip();
	times.sort_unstable_by(|a, b| b.cmp(a));
	let supported_since = *times.get(needed.checked_sub(1)?)?;
	Some(Fresh { values, supported_since })
}
