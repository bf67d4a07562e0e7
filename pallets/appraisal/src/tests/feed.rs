// SPDX-License-Identifier: Apache-2.0

//! The call `feed`: what it takes, refuses, weighs and announces.

use super::mock::*;
use crate::{Error, Event, FeedValuesOf, WeightInfo};
use caliber_math::WAD;
use caliber_primitives::appraisal::{ModelStatus, OracleKey, OracleValue};
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok,
		dispatch::{DispatchResultWithPostInfo, GetDispatchInfo, Pays},
		traits::Hooks,
		weights::Weight,
	},
	pallet_oracle::RawValues,
	sp_runtime::traits::BadOrigin,
};

/// A billion dollars.
const BILLION: u128 = 1_000_000_000_000_000_000_000_000_000;

/// Returns the values of a call.
fn values<const N: usize>(values: [(OracleKey, OracleValue); N]) -> FeedValuesOf<Test> {
	values.to_vec().try_into().unwrap()
}

/// Feeds one value of operator 1.
fn feed_one(key: OracleKey, value: OracleValue) -> DispatchResultWithPostInfo {
	Appraisal::feed(RuntimeOrigin::signed(1), values([(key, value)]))
}

#[test]
fn feed_should_store_every_report_when_all_are_valid() {
	ExtBuilder::default().build_and_execute(|| {
		let all = [(RESALE, 20_000 * WAD), (RENTAL, 2 * WAD), (UTILISATION, 0), (PRICE, WAD)];
		assert_ok!(Appraisal::feed(RuntimeOrigin::signed(1), values(all)));
		for (key, value) in all {
			let raw = RawValues::<Test>::get(1, key).unwrap();
			assert_eq!((raw.value, raw.timestamp), (value, START * 1_000));
			// One operator is not enough.
			assert_eq!(accepted(key), None);
		}
	});
}

#[test]
fn feed_should_be_free_and_weigh_by_the_operators_when_it_succeeds() {
	ExtBuilder::default().build_and_execute(|| {
		let two = values([(RESALE, WAD), (PRICE, WAD)]);
		let post = Appraisal::feed(RuntimeOrigin::signed(1), two).unwrap();
		assert_eq!(post.pays_fee, Pays::No);
		// The listener weighs 7 000 and 70 per value.
		let listeners = Weight::from_parts(14_000, 140);
		// Each of two values is combined of one report of each operator.
		let weight = |operators: u32| {
			<() as WeightInfo>::feed(2)
				.saturating_add(<() as WeightInfo>::combine_reports(2 * operators))
				.saturating_add(listeners)
		};
		let actual = weight(OPERATORS.len() as u32);
		assert_eq!(post.actual_weight, Some(actual));
		let most = weight(MAX_FEEDERS);
		let call = crate::Call::<Test>::feed { values: values([(RESALE, WAD), (PRICE, WAD)]) };
		assert_eq!(call.get_dispatch_info().call_weight, most);
		assert!(actual.all_lt(most));
	});
}

#[test]
fn feed_should_cost_its_fee_when_it_fails() {
	ExtBuilder::default().build_and_execute(|| {
		let refused = feed_one(RESALE, 0).unwrap_err();
		assert_eq!(refused.post_info.pays_fee, Pays::Yes);
	});
}

#[test]
fn feed_should_emit_when_a_value_is_accepted() {
	ExtBuilder::default().build_and_execute(|| {
		feed_each(RESALE, [20_000 * WAD, 21_000 * WAD]);
		assert_eq!(accepted(RESALE), None);
		pass(5);
		feed(3, RESALE, 25_000 * WAD);
		System::assert_has_event(
			Event::PriceAccepted {
				key: RESALE,
				value: 21_000 * WAD,
				as_of: START,
				median: 21_000 * WAD,
				feeders: 3,
			}
			.into(),
		);
	});
}

#[test]
fn feed_should_refuse_when_the_caller_is_no_operator() {
	ExtBuilder::default().build_and_execute(|| {
		let one = || values([(RESALE, WAD)]);
		assert_noop!(Appraisal::feed(RuntimeOrigin::signed(99), one()), Error::<Test>::NotOperator);
		assert_noop!(Appraisal::feed(RuntimeOrigin::root(), one()), BadOrigin);
		assert_noop!(Appraisal::feed(RuntimeOrigin::none(), one()), BadOrigin);
	});
}

#[test]
fn feed_should_refuse_when_the_operator_has_fed_in_this_block() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(feed_one(RESALE, WAD));
		assert_noop!(feed_one(RENTAL, WAD), Error::<Test>::AlreadyFed);
		pass(0);
		assert_ok!(feed_one(RENTAL, WAD));
	});
}

#[test]
fn feed_should_refuse_when_there_is_no_value() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Appraisal::feed(RuntimeOrigin::signed(1), values([])),
			Error::<Test>::NoValues
		);
	});
}

#[test]
fn feed_should_refuse_all_when_a_key_occurs_twice() {
	ExtBuilder::default().build_and_execute(|| {
		let twice = values([(RESALE, WAD), (RENTAL, WAD), (RESALE, WAD)]);
		assert_noop!(Appraisal::feed(RuntimeOrigin::signed(1), twice), Error::<Test>::DuplicateKey);
	});
}

#[test]
fn feed_should_refuse_when_nothing_is_registered_for_the_key() {
	ExtBuilder::default().build_and_execute(|| {
		let unknown = [
			OracleKey::Resale(1),
			OracleKey::Rental(1),
			OracleKey::Utilisation(1),
			OracleKey::Price(8),
		];
		for key in unknown {
			assert_noop!(feed_one(key, WAD), Error::<Test>::UnknownKey);
		}
	});
}

#[test]
fn feed_should_refuse_when_the_model_is_delisted() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Appraisal::delist_model(RuntimeOrigin::root(), MODEL));
		for key in [RESALE, RENTAL, UTILISATION] {
			assert_noop!(feed_one(key, WAD), Error::<Test>::ModelDelisted);
		}
	});
}

#[test]
fn feed_should_go_on_when_the_model_is_paused() {
	ExtBuilder::default().build_and_execute(|| {
		let paused = ModelStatus::Paused;
		assert_ok!(Appraisal::set_model_status(RuntimeOrigin::root(), MODEL, paused));
		agree(RESALE, 20_000 * WAD);
		assert_eq!(accepted(RESALE), Some(20_000 * WAD));
	});
}

#[test]
fn feed_should_refuse_when_a_price_is_zero() {
	ExtBuilder::default().build_and_execute(|| {
		for key in [RESALE, RENTAL, PRICE] {
			assert_noop!(feed_one(key, 0), Error::<Test>::ZeroPrice);
			assert_ok!(feed_one(key, 1));
			pass(0);
		}
		assert_ok!(feed_one(UTILISATION, 0));
	});
}

#[test]
fn feed_should_refuse_when_a_value_is_above_its_bound() {
	ExtBuilder::default().build_and_execute(|| {
		for (key, bound) in [(RESALE, BILLION), (RENTAL, BILLION), (PRICE, BILLION)] {
			assert_noop!(feed_one(key, bound + 1), Error::<Test>::ValueTooHigh);
			assert_ok!(feed_one(key, bound));
			pass(0);
		}
		assert_noop!(feed_one(UTILISATION, WAD + 1), Error::<Test>::ValueTooHigh);
		assert_ok!(feed_one(UTILISATION, WAD));
	});
}

#[test]
fn listener_should_be_called_once_when_a_value_is_accepted() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Appraisal::feed(
			RuntimeOrigin::signed(1),
			values([(RESALE, 100 * WAD), (PRICE, WAD)])
		));
		feed(2, RESALE, 100 * WAD);
		assert_eq!(Notifications::get(), vec![]);
		pass(30);
		feed(3, RESALE, 100 * WAD);
		// The listener reads the value that it is called with.
		let first = (RESALE, 100 * WAD, START, Some(100 * WAD));
		assert_eq!(Notifications::get(), vec![first]);
		// Called with the accepted value, not with the reported one; also if it did not change.
		pass(600);
		feed(1, RESALE, 200 * WAD);
		feed(2, RESALE, 200 * WAD);
		let unmoved = (RESALE, 100 * WAD, START, Some(100 * WAD));
		let moved = (RESALE, 110 * WAD, START + 30, Some(110 * WAD));
		assert_eq!(Notifications::get(), vec![first, unmoved, moved]);
	});
}

#[test]
fn listener_should_not_be_called_when_a_feed_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 100 * WAD);
		Notifications::set(vec![]);
		pass(0);
		let refused = values([(RESALE, 101 * WAD), (RENTAL, 0)]);
		assert_noop!(Appraisal::feed(RuntimeOrigin::signed(1), refused), Error::<Test>::ZeroPrice);
		assert_eq!(Notifications::get(), vec![]);
	});
}

#[test]
fn feed_should_refuse_all_when_one_of_many_is_invalid() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Appraisal::add_model(RuntimeOrigin::root(), spec()));
		assert_ok!(Appraisal::delist_model(RuntimeOrigin::root(), 1));
		let bad = [
			((RENTAL, 0), Error::<Test>::ZeroPrice),
			((RENTAL, 1_000 * BILLION), Error::<Test>::ValueTooHigh),
			((RENTAL, u128::MAX), Error::<Test>::ValueTooHigh),
			((UTILISATION, WAD + 1), Error::<Test>::ValueTooHigh),
			((OracleKey::Rental(2), WAD), Error::<Test>::UnknownKey),
			((OracleKey::Price(u32::MAX), WAD), Error::<Test>::UnknownKey),
			((OracleKey::Resale(1), WAD), Error::<Test>::ModelDelisted),
			((PRICE, WAD), Error::<Test>::DuplicateKey),
		];
		for (bad, error) in bad {
			let all = values([(RESALE, 20_000 * WAD), (PRICE, WAD), bad]);
			assert_noop!(Appraisal::feed(RuntimeOrigin::signed(1), all), error);
		}
		// A refused call does not count: the operator may still feed in this block.
		assert_ok!(feed_one(RESALE, 20_000 * WAD));
	});
}

#[test]
fn root_should_be_no_feeder_when_it_feeds_the_oracle() {
	ExtBuilder::default().build_and_execute(|| {
		let root_feeds = |key, value| {
			pass(0);
			Oracle::on_finalize(0);
			assert_ok!(Oracle::feed_values(RuntimeOrigin::root(), values([(key, value)])));
		};
		feed_each(RESALE, [100 * WAD, 100 * WAD]);
		// Neither the third report, nor the last.
		root_feeds(RESALE, WAD);
		assert_eq!(accepted(RESALE), None);
		feed_each(RESALE, [100 * WAD, 101 * WAD, 102 * WAD]);
		assert_eq!(accepted(RESALE), Some(101 * WAD));
		root_feeds(RESALE, WAD);
		assert_eq!(accepted(RESALE), Some(101 * WAD));
		// Nor an unregistered key.
		root_feeds(OracleKey::Price(8), WAD);
		assert_eq!(accepted(OracleKey::Price(8)), None);
		assert_eq!(RawValues::<Test>::iter().count(), 3);
	});
}
