// SPDX-License-Identifier: Apache-2.0

//! The valuation policy: its bounds and its change.

use super::mock::*;
use crate::{CurrentPolicy, Error, Event, ValuationPolicy};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{traits::BadOrigin, Perbill},
};

/// Replaces the policy as the admin.
fn set(policy: ValuationPolicy) -> polkadot_sdk::sp_runtime::DispatchResult {
	Appraisal::set_valuation_policy(RuntimeOrigin::root(), policy)
}

#[test]
fn valuation_policy_should_have_the_documented_defaults_when_none_is_set() {
	ExtBuilder::default().build_and_execute(|| {
		let policy = Appraisal::valuation_policy();
		assert!(policy.require_cost && policy.require_market && policy.require_income);
		assert_eq!(policy.min_feeders, 3);
		assert_eq!(policy.max_age, 3_600);
		assert_eq!(policy.update_period, 600);
		assert_eq!(policy.max_move_per_update, Perbill::from_percent(10));
		assert_eq!(policy.max_move_per_day, Perbill::from_percent(25));
	});
}

#[test]
fn set_valuation_policy_should_store_and_emit_when_it_is_within_bounds() {
	ExtBuilder::default().build_and_execute(|| {
		let policy = ValuationPolicy {
			require_income: false,
			min_feeders: 2,
			max_age: 600,
			..Default::default()
		};
		assert_ok!(set(policy.clone()));
		assert_eq!(CurrentPolicy::<Test>::get(), policy);
		assert_eq!(last_event(), Event::ValuationPolicyChanged { policy }.into());
	});
}

#[test]
fn set_valuation_policy_should_refuse_when_the_origin_is_not_the_admin() {
	ExtBuilder::default().build_and_execute(|| {
		let origin = RuntimeOrigin::signed(OPERATORS[0]);
		assert_noop!(Appraisal::set_valuation_policy(origin, Default::default()), BadOrigin);
	});
}

#[test]
fn set_valuation_policy_should_refuse_when_no_approach_is_required() {
	ExtBuilder::default().build_and_execute(|| {
		let none = ValuationPolicy {
			require_cost: false,
			require_market: false,
			require_income: false,
			..Default::default()
		};
		assert_noop!(set(none.clone()), Error::<Test>::NoApproachRequired);
		assert_ok!(set(ValuationPolicy { require_cost: true, ..none.clone() }));
		assert_ok!(set(ValuationPolicy { require_market: true, ..none.clone() }));
		assert_ok!(set(ValuationPolicy { require_income: true, ..none }));
	});
}

#[test]
fn set_valuation_policy_should_refuse_when_the_minimum_of_feeders_is_out_of_bounds() {
	ExtBuilder::default().build_and_execute(|| {
		let with = |min_feeders| set(ValuationPolicy { min_feeders, ..Default::default() });
		assert_noop!(with(0), Error::<Test>::InvalidMinFeeders);
		assert_ok!(with(1));
		assert_ok!(with(MAX_FEEDERS));
		assert_noop!(with(MAX_FEEDERS + 1), Error::<Test>::InvalidMinFeeders);
	});
}

#[test]
fn set_valuation_policy_should_refuse_when_the_greatest_age_is_out_of_bounds() {
	ExtBuilder::default().build_and_execute(|| {
		let with = |max_age| set(ValuationPolicy { max_age, ..Default::default() });
		assert_noop!(with(59), Error::<Test>::InvalidMaxAge);
		assert_ok!(with(60));
		assert_ok!(with(2_592_000));
		assert_noop!(with(2_592_001), Error::<Test>::InvalidMaxAge);
	});
}

#[test]
fn set_valuation_policy_should_refuse_when_the_update_period_is_out_of_bounds() {
	ExtBuilder::default().build_and_execute(|| {
		let with = |update_period| set(ValuationPolicy { update_period, ..Default::default() });
		assert_noop!(with(0), Error::<Test>::InvalidUpdatePeriod);
		assert_ok!(with(1));
		assert_ok!(with(86_400));
		assert_noop!(with(86_401), Error::<Test>::InvalidUpdatePeriod);
	});
}

#[test]
fn set_valuation_policy_should_refuse_when_the_moves_are_out_of_bounds() {
	ExtBuilder::default().build_and_execute(|| {
		let with = |max_move_per_update, max_move_per_day| {
			set(ValuationPolicy { max_move_per_update, max_move_per_day, ..Default::default() })
		};
		let parts = Perbill::from_parts;
		assert_noop!(with(parts(0), parts(5)), Error::<Test>::InvalidMoveBounds);
		assert_ok!(with(parts(1), parts(5)));
		assert_ok!(with(parts(5), parts(5)));
		assert_noop!(with(parts(6), parts(5)), Error::<Test>::InvalidMoveBounds);
		assert_ok!(with(parts(5), Perbill::one()));
	});
}
