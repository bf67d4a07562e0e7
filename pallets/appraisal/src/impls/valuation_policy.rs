// SPDX-License-Identifier: Apache-2.0

//! The valuation policy: its bounds and its change.

use crate::{
	pallet::{Config, CurrentPolicy, Error, Event, Pallet},
	types::{ValuationPolicy, MAX_MAX_AGE, MAX_UPDATE_PERIOD, MIN_MAX_AGE, MIN_UPDATE_PERIOD},
};
use polkadot_sdk::{
	frame_support::{dispatch::DispatchResult, ensure, traits::Get},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	/// Replaces the valuation policy.
	pub(crate) fn do_set_valuation_policy(policy: ValuationPolicy) -> DispatchResult {
		Self::ensure_policy(&policy)?;
		CurrentPolicy::<T>::put(&policy);
		Self::deposit_event(Event::ValuationPolicyChanged { policy });
		Ok(())
	}

	/// Ensures that each field of a policy is within its bounds.
	pub(crate) fn ensure_policy(policy: &ValuationPolicy) -> Result<(), DispatchError> {
		ensure!(
			policy.require_cost || policy.require_market || policy.require_income,
			Error::<T>::NoApproachRequired
		);
		ensure!(
			(1..=T::MaxFeeders::get()).contains(&policy.min_feeders),
			Error::<T>::InvalidMinFeeders
		);
		ensure!((MIN_MAX_AGE..=MAX_MAX_AGE).contains(&policy.max_age), Error::<T>::InvalidMaxAge);
		ensure!(
			(MIN_UPDATE_PERIOD..=MAX_UPDATE_PERIOD).contains(&policy.update_period),
			Error::<T>::InvalidUpdatePeriod
		);
		ensure!(
			!policy.max_move_per_update.is_zero()
				&& policy.max_move_per_update <= policy.max_move_per_day,
			Error::<T>::InvalidMoveBounds
		);
		Ok(())
	}
}
