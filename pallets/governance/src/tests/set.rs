// SPDX-License-Identifier: Apache-2.0

//! Tests of values that referenda set.

use super::mock::*;
use crate::{Change, Error, Event, Values};
use caliber_primitives::{
	governance::values::{
		CreditValue, GovernanceValue, ReserveValue, TitleValue, TitleValues, VaultValue,
	},
	USD,
};
use caliber_testkit::{last_event, take_events};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, traits::Get},
	sp_runtime::{traits::BadOrigin, Perbill},
};

const CEILING: Change = Change::Credit(CreditValue::GlobalCeiling(600_000_000 * USD));
const LOWER_CEILING: Change = Change::Credit(CreditValue::GlobalCeiling(400_000_000 * USD));

fn fee(percent: u32) -> Change {
	Change::Vault(VaultValue::YieldFee(Perbill::from_percent(percent)))
}

#[test]
fn set_should_count_at_once_when_a_value_moves_no_price() {
	run(|| {
		assert_ok!(set(&[CEILING, Change::Credit(CreditValue::MinDraw(2_000 * USD))]));
		let credit = credit();
		assert_eq!((credit.global_ceiling, credit.min_draw), (600_000_000 * USD, 2_000 * USD));
		let event = Event::ValueSet {
			change: Change::Credit(CreditValue::MinDraw(2_000 * USD)),
			moves_until: None,
		};
		assert_eq!(last_event::<Test, Event<Test>>(), event);
	});
}

#[test]
fn set_should_do_nothing_when_the_value_is_set_already() {
	run(|| {
		let same = Change::Credit(CreditValue::GlobalCeiling(500_000_000 * USD));
		// Not even an origin is asked for.
		let changes = vec![same].try_into().unwrap();
		assert_ok!(Governance::set(RuntimeOrigin::signed(ALICE), changes));
		assert_eq!(take_events::<Test, Event<Test>>(), vec![]);
	});
}

#[test]
fn set_should_refuse_a_value_outside_its_range_even_to_root() {
	run(|| {
		for change in [
			Change::Credit(CreditValue::MaxAdvanceRate(Perbill::from_percent(81))),
			Change::Reserves(ReserveValue::MaxSellDiscount(Perbill::from_percent(100))),
			Change::Titles(TitleValue::RedemptionPeriod(0)),
			Change::Vault(VaultValue::YieldFee(Perbill::from_percent(51))),
		] {
			let changes = vec![change].try_into().unwrap();
			assert_noop!(
				Governance::set(RuntimeOrigin::root(), changes),
				Error::<Test>::OutOfRange
			);
		}
	});
}

#[test]
fn set_should_refuse_the_whole_when_one_change_raises_risk_and_the_origin_may_only_lower_it() {
	run(|| {
		let by = |who, changes: &[Change]| {
			Governance::set(RuntimeOrigin::signed(who), changes.to_vec().try_into().unwrap())
		};
		assert_ok!(by(CAUTIOUS, &[LOWER_CEILING]));
		// Back up to where it was is a raise.
		let back = Change::Credit(CreditValue::GlobalCeiling(500_000_000 * USD));
		assert_noop!(by(CAUTIOUS, &[back]), BadOrigin);
		let lower = Change::Credit(CreditValue::BorrowerCeiling(USD));
		assert_noop!(by(CAUTIOUS, &[lower, CEILING]), BadOrigin);
		// Down and up again in one call.
		let lowest = Change::Credit(CreditValue::GlobalCeiling(0));
		assert_noop!(by(CAUTIOUS, &[lowest, LOWER_CEILING]), BadOrigin);
		assert_noop!(by(COMMITTEE, &[lower]), BadOrigin);
		assert_noop!(by(ALICE, &[lower]), BadOrigin);
		// What moves a price needs the origin that may raise risk, both ways.
		assert_noop!(by(CAUTIOUS, &[fee(5)]), BadOrigin);
		assert_noop!(by(CAUTIOUS, &[fee(15)]), BadOrigin);
	});
}

#[test]
fn set_should_move_linearly_when_a_value_moves_a_price() {
	run(|| {
		assert_ok!(set(&[fee(20)]));
		let moves_until = Some(START + 30 * DAY);
		let event = Event::ValueSet { change: fee(20), moves_until };
		assert_eq!(last_event::<Test, Event<Test>>(), event);
		assert_eq!(vault().yield_fee, Perbill::from_percent(10));
		pass(3 * DAY);
		assert_eq!(vault().yield_fee, Perbill::from_percent(11));
		pass(12 * DAY);
		assert_eq!(vault().yield_fee, Perbill::from_percent(15));
		pass(15 * DAY);
		assert_eq!(vault().yield_fee, Perbill::from_percent(20));
		pass(DAY);
		assert_eq!(vault().yield_fee, Perbill::from_percent(20));
	});
}

#[test]
fn set_should_turn_a_move_from_where_it_stands() {
	run(|| {
		assert_ok!(set(&[fee(20)]));
		pass(15 * DAY);
		// Back: from 15 % to 10 % in thirty days, and not at once.
		assert_ok!(set(&[fee(10)]));
		assert_eq!(vault().yield_fee, Perbill::from_percent(15));
		pass(15 * DAY);
		assert_eq!(vault().yield_fee, Perbill::from_parts(125_000_000));
		pass(15 * DAY);
		assert_eq!(vault().yield_fee, Perbill::from_percent(10));
	});
}

#[test]
fn set_should_keep_a_move_under_way_when_the_period_changes() {
	run(|| {
		assert_ok!(set(&[fee(20)]));
		assert_ok!(set(&[Change::Governance(GovernanceValue::RampPeriod(7 * DAY))]));
		pass(15 * DAY);
		assert_eq!(vault().yield_fee, Perbill::from_percent(15));
	});
}

#[test]
fn values_should_be_divided_by_the_tempo_when_they_are_waits() {
	check(chain(21_600, Vec::new()), || {
		let titles: TitleValues = Values::<Test>::get();
		assert_eq!((titles.redemption_period, titles.max_appraisal_validity), (56, 365 * DAY));
		assert_ok!(set(&[Change::Titles(TitleValue::RedemptionPeriod(30 * DAY))]));
		let titles: TitleValues = Values::<Test>::get();
		assert_eq!(titles.redemption_period, 120);
		// A range is that of tempo 1.
		assert_noop!(
			set(&[Change::Titles(TitleValue::RedemptionPeriod(120))]),
			Error::<Test>::OutOfRange
		);
		// A move takes as much less.
		assert_ok!(set(&[fee(20)]));
		pass(60);
		assert_eq!(vault().yield_fee, Perbill::from_percent(15));
	});
}

#[test]
fn values_should_be_reported_with_their_ranges() {
	run(|| {
		assert_ok!(set(&[fee(20), CEILING]));
		pass(15 * DAY);
		let areas = Governance::values();
		let names: Vec<_> = areas.iter().map(|(name, _)| String::from_utf8_lossy(name)).collect();
		assert_eq!(
			names,
			["Credit", "Rules", "Titles", "Appraisal", "Vault", "Reserves", "Governance"]
		);
		let vault = &areas[4].1[0];
		assert_eq!(vault.name, b"YieldFee");
		assert_eq!((vault.value, vault.governed), (150_000_000, 200_000_000));
		assert_eq!((vault.least, vault.greatest), (0, 500_000_000));
		assert_eq!(areas[0].1[0].value, 600_000_000 * USD);
	});
}
