// SPDX-License-Identifier: Apache-2.0

//! Any sequence of calls, with time jumps, root feeds and operators who come and go.
//!
//! After each call:
//! 1. `try_state` holds;
//! 2. an accepted value has moved no further than an update and a day allow, and only towards what
//!    some operator reports;
//! 3. a value that can be read is fresh, and it is the accepted one;
//! 4. a valuation is the least of its approaches.

use super::mock::*;
use crate::{DayOpening, ModelSpec, PRICE_MOVE_FLOOR, UTILISATION_MOVE_FLOOR};
use caliber_math::WAD;
use caliber_primitives::{
	appraisal::{ModelStatus, OracleKey},
	titles::AssetClass,
};
use polkadot_sdk::{frame_support::assert_ok, pallet_oracle};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Op {
	Pass(u64),
	Feed { operator: u64, key: OracleKey, value: u128 },
	RootFeed { key: OracleKey, value: u128 },
	Join(u64),
	Leave(u64),
	AddModel,
	SetStatus(u32, ModelStatus),
	Delist(u32),
	Register(u32),
	Remove(u32),
}

const KEYS: [OracleKey; 8] = [
	OracleKey::Resale(0),
	OracleKey::Rental(0),
	OracleKey::Utilisation(0),
	OracleKey::Price(7),
	OracleKey::Resale(1),
	OracleKey::Rental(1),
	OracleKey::Utilisation(1),
	OracleKey::Price(8),
];

fn keys() -> impl Strategy<Value = OracleKey> {
	prop_oneof![
		6 => proptest::sample::select(&KEYS[..4]),
		1 => proptest::sample::select(&KEYS[4..]),
	]
}

fn values() -> impl Strategy<Value = u128> {
	prop_oneof![
		1 => 0..20u128,
		6 => WAD / 10..WAD,
		4 => WAD / 2..4 * WAD,
		2 => 10_000 * WAD..30_000 * WAD,
		1 => 900_000_000 * WAD..1_100_000_000 * WAD,
	]
}

fn ops() -> impl Strategy<Value = Op> {
	let ids = 0..3u32;
	let assets = 7..9u32;
	prop_oneof![
		8 => prop_oneof![0..120u64, 3_000..4_200u64, 86_000..87_000u64].prop_map(Op::Pass),
		40 => (1..6u64, keys(), values())
			.prop_map(|(operator, key, value)| Op::Feed { operator, key, value }),
		1 => (proptest::sample::select(&KEYS[..4]), WAD / 10..WAD)
			.prop_map(|(key, value)| Op::RootFeed { key, value }),
		1 => (1..8u64).prop_map(Op::Join),
		1 => (1..8u64).prop_map(Op::Leave),
		1 => Just(Op::AddModel),
		2 => (ids.clone(), prop_oneof![Just(ModelStatus::Paused), Just(ModelStatus::Listed)])
			.prop_map(|(id, status)| Op::SetStatus(id, status)),
		1 => ids.prop_map(Op::Delist),
		1 => assets.clone().prop_map(Op::Register),
		1 => assets.prop_map(Op::Remove),
	]
}

/// Whether it succeeds is up to the state; what it leaves behind is what counts.
fn run(op: Op) {
	let root = RuntimeOrigin::root;
	let _ = match op {
		Op::Pass(secs) => {
			pass(secs);
			Ok(())
		}
		Op::Feed { operator, key, value } => {
			pass(0);
			let values = vec![(key, value)].try_into().unwrap();
			Appraisal::feed(RuntimeOrigin::signed(operator), values)
				.map(|_| ())
				.map_err(|e| e.error)
		}
		// Root is no caller of ours: it may feed only what the state can hold.
		Op::RootFeed { key, value } if Appraisal::ensure_open(&key).is_ok() => {
			let _ = pallet_oracle::Pallet::<Test>::feed_values(
				root(),
				vec![(key, value)].try_into().unwrap(),
			);
			Ok(())
		}
		Op::RootFeed { .. } => Ok(()),
		Op::Join(who) => Operators::add_member(root(), who).map(|_| ()).map_err(|e| e.error),
		Op::Leave(who) => Operators::remove_member(root(), who).map(|_| ()).map_err(|e| e.error),
		Op::AddModel => {
			Appraisal::add_model(root(), ModelSpec { class: AssetClass::Power, ..spec() })
		}
		Op::SetStatus(id, status) => Appraisal::set_model_status(root(), id, status),
		Op::Delist(id) => Appraisal::delist_model(root(), id).map(|_| ()).map_err(|e| e.error),
		Op::Register(id) => Appraisal::register_asset(root(), id, symbol("USD")),
		Op::Remove(id) => Appraisal::remove_asset(root(), id).map(|_| ()).map_err(|e| e.error),
	};
}

/// The distance by which a value may move from a reference.
fn reach(key: OracleKey, reference: u128, percent: u128) -> u128 {
	let floor = match key {
		OracleKey::Utilisation(_) => UTILISATION_MOVE_FLOOR,
		_ => PRICE_MOVE_FLOOR,
	};
	reference.max(floor) * percent / 100
}

fn check(before: &[Option<u128>; KEYS.len()]) {
	assert_ok!(Appraisal::do_try_state());
	for (key, before) in KEYS.into_iter().zip(before) {
		let Some(after) = accepted(key) else { continue };
		if let Some(before) = before {
			assert!(before.abs_diff(after) <= reach(key, *before, 10), "update of {key:?}");
			let opening = DayOpening::<Test>::get(key).unwrap().value;
			assert!(opening.abs_diff(after) <= reach(key, opening, 25), "day of {key:?}");
			if *before != after {
				let raw = || {
					pallet_oracle::RawValues::<Test>::iter()
						.filter(|(_, fed, _)| *fed == key)
						.map(|(_, _, timed)| timed.value)
				};
				let towards = if after > *before {
					raw().any(|value| value >= after)
				} else {
					raw().any(|value| value <= after)
				};
				assert!(towards, "{key:?} moved where nobody is");
			}
		}
		if let Ok((value, as_of)) = Appraisal::feed_value(key) {
			assert_eq!(value, after);
			assert!(now() - as_of <= 3_600);
		}
	}
	if let Ok(valuation) = Appraisal::appraise(0) {
		let least =
			[valuation.cost, valuation.market, valuation.income].into_iter().flatten().min();
		assert_eq!(Some(valuation.value), least);
		assert!(valuation.liquidation_value <= valuation.value);
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(48))]

	#[test]
	fn invariants_should_hold_when_calls_come_in_any_order(
		ops in proptest::collection::vec(ops(), 1..120),
	) {
		ExtBuilder::default().build_and_execute(|| {
			put_title(0, title_of(MODEL));
			agree(RESALE, 20_000 * WAD);
			agree(RENTAL, 2 * WAD);
			agree(UTILISATION, WAD / 4 * 3);
			agree(PRICE, WAD);
			for op in ops {
				let before = KEYS.map(accepted);
				run(op);
				check(&before);
			}
		});
	}
}
