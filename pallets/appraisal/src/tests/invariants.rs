// SPDX-License-Identifier: Apache-2.0

//! Random sequences of calls, with time jumps, outages, feeds of root, and changes of operators,
//! models, assets and governed values.
//!
//! After each call:
//!
//! 1. `try_state` holds (INV-A1 to INV-A10), and operators that left have no reports;
//! 2. of any two values in force within one update period, or within a day, the later is within the
//!    limit of the earlier;
//! 3. a value moves only towards a report of some operator;
//! 4. a value that can be read is fresh and the accepted one; it is withheld by its own model only;
//! 5. a valuation is the least of its required approaches, not above the independent appraisal, and
//!    equals the last known value;
//! 6. the value of a portfolio is the sum of the values of its titles;
//! 7. the listener is called for each accepted value;
//! 8. no version of a model is changed or removed.

use super::mock::*;
use crate::{ModelSpec, ModelVersions, PriceHistories, PRICE_MOVE_FLOOR, UTILISATION_MOVE_FLOOR};
use caliber_math::WAD;
use caliber_primitives::{
	appraisal::{AppraisalError, ModelStatus, OracleKey},
	governance::values::AppraisalValues,
	titles::AssetClass,
};
use polkadot_sdk::{
	frame_support::{assert_ok, traits::SortedMembers},
	pallet_oracle,
	sp_runtime::{traits::AccountIdConversion, Perbill},
};
use proptest::prelude::*;

/// One step of a sequence.
#[derive(Clone, Debug)]
enum Op {
	Pass(u64),
	Feed { operator: u64, key: OracleKey, value: u128 },
	NextBlock,
	RootFeed { key: OracleKey, value: u128 },
	Join(u64),
	Leave(u64),
	Swap(u64, u64),
	Policy(AppraisalValues),
	AddModel,
	UpdateModel { id: u32, dollars: u128, factor: u32 },
	SetStatus(u32, ModelStatus),
	Brake(u32),
	Delist(u32),
	Register(u32),
	Remove(u32),
	Independent(u32, u128),
}

/// Keys of models 0 and 1 and of assets 7 and 8.
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

/// Returns a key, most often one of genesis.
fn keys() -> impl Strategy<Value = OracleKey> {
	prop_oneof![
		6 => proptest::sample::select(&KEYS[..4]),
		1 => proptest::sample::select(&KEYS[4..]),
	]
}

/// Returns a value, near the bounds and far from them.
fn values() -> impl Strategy<Value = u128> {
	prop_oneof![
		1 => 0..20u128,
		6 => WAD / 10..WAD,
		4 => WAD / 2..4 * WAD,
		2 => 10_000 * WAD..30_000 * WAD,
		1 => 900_000_000 * WAD..1_100_000_000 * WAD,
	]
}

/// Returns one operation, or a report of all operators in one block.
fn steps() -> impl Strategy<Value = Vec<Op>> {
	prop_oneof![
		3 => ops().prop_map(|op| vec![Op::NextBlock, op]),
		1 => ops().prop_map(|op| vec![op]),
		1 => (keys(), values()).prop_map(|(key, value)| {
			OPERATORS
				.into_iter()
				.map(|operator| Op::Feed { operator, key, value })
				.chain([Op::NextBlock])
				.collect()
		}),
	]
}

/// Returns one operation.
fn ops() -> impl Strategy<Value = Op> {
	let ids = 0..3u32;
	let assets = 7..9u32;
	prop_oneof![
		8 => prop_oneof![0..120u64, 3_000..4_200u64, 86_000..87_000u64].prop_map(Op::Pass),
		30 => (1..6u64, keys(), values())
			.prop_map(|(operator, key, value)| Op::Feed { operator, key, value }),
		1 => (proptest::sample::select(&KEYS[..4]), WAD / 10..WAD)
			.prop_map(|(key, value)| Op::RootFeed { key, value }),
		1 => (1..8u64).prop_map(Op::Join),
		1 => (1..8u64).prop_map(Op::Leave),
		1 => (1..8u64, 1..8u64).prop_map(|(out, into)| Op::Swap(out, into)),
		2 => policies().prop_map(Op::Policy),
		1 => (0..3u32, 0..200_000u128).prop_map(|(id, usd)| Op::Independent(id, usd * WAD)),
		1 => Just(Op::AddModel),
		2 => (ids.clone(), prop_oneof![Just(ModelStatus::Paused), Just(ModelStatus::Listed)])
			.prop_map(|(id, status)| Op::SetStatus(id, status)),
		2 => (ids.clone(), 1..40_000u128, 1..101u32)
			.prop_map(|(id, dollars, factor)| Op::UpdateModel { id, dollars, factor }),
		1 => ids.clone().prop_map(Op::Brake),
		1 => ids.prop_map(Op::Delist),
		1 => assets.clone().prop_map(Op::Register),
		1 => assets.prop_map(Op::Remove),
	]
}

/// Returns governed values, also those that no range keeps apart: no approach at all, and a limit
/// of an update above that of a day.
fn policies() -> impl Strategy<Value = AppraisalValues> {
	(
		prop_oneof![Just(1u64), Just(600), Just(7_200), Just(86_400)],
		1..5u32,
		prop_oneof![Just(600u64), Just(3_600), Just(100_000)],
		1..30u32,
		1..60u32,
		0..8u8,
	)
		.prop_map(|(update_period, min_feeders, max_age, update, day, approaches)| {
			AppraisalValues {
				require_cost: approaches & 1 > 0,
				require_market: approaches & 2 > 0,
				require_income: approaches & 4 > 0,
				min_feeders,
				max_age,
				update_period,
				max_move_per_update: Perbill::from_percent(update),
				max_move_per_day: Perbill::from_percent(day),
				..Default::default()
			}
		})
}

/// Runs an operation. It may fail; the state after it is checked in any case.
fn run(op: Op) {
	let root = RuntimeOrigin::root;
	let _ = match op {
		Op::Pass(secs) => {
			pass(secs);
			Ok(())
		}
		Op::Feed { operator, key, value } => {
			let values = vec![(key, value)].try_into().unwrap();
			Appraisal::feed(RuntimeOrigin::signed(operator), values)
				.map(|_| ())
				.map_err(|e| e.error)
		}
		Op::NextBlock => {
			pass(0);
			Ok(())
		}
		Op::Swap(out, into) => {
			Operators::swap_member(root(), out, into).map(|_| ()).map_err(|e| e.error)
		}
		Op::Policy(policy) => {
			Values::set(policy);
			Ok(())
		}
		Op::Independent(id, value) => {
			put_independent(id, value);
			Ok(())
		}
		// Root feeds `pallet-oracle` directly: an unregistered key would break INV-A5.
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
		Op::UpdateModel { id, dollars, factor } => {
			// Some updates change nothing but the factor.
			let dollars = if dollars > 30_000 { 30_000 } else { dollars };
			let update = ModelSpec {
				class: Appraisal::model(id).map_or(AssetClass::Power, |model| model.class),
				reference_price: dollars * WAD,
				forced_sale_factor: Perbill::from_percent(factor),
				..spec()
			};
			Appraisal::update_model(root(), id, update)
		}
		Op::SetStatus(id, status) => Appraisal::set_model_status(root(), id, status),
		Op::Brake(id) => {
			let committee = RuntimeOrigin::signed(COMMITTEE);
			Appraisal::set_model_status(committee, id, ModelStatus::Paused)
		}
		Op::Delist(id) => Appraisal::delist_model(root(), id).map(|_| ()).map_err(|e| e.error),
		Op::Register(id) => Appraisal::register_asset(root(), id, symbol("USD")),
		Op::Remove(id) => Appraisal::remove_asset(root(), id).map(|_| ()).map_err(|e| e.error),
	};
}

/// Values of a key and the time from which each was in force, under the present policy.
#[derive(Clone, Default)]
struct Past(Vec<(u64, u128)>);

impl Past {
	/// Adds the value in force now.
	fn record(&mut self, key: OracleKey) {
		let Some(value) = accepted(key) else {
			self.0.clear();
			return;
		};
		if PriceHistories::<Test>::get(key).is_some_and(|history| now() < history.free_until) {
			self.0.clear();
		}
		self.0.push((now(), value));
	}

	/// Drops all values but the one in force, after a change of the policy.
	fn restart(&mut self) {
		self.0 = self.0.pop().map(|(_, value)| (now(), value)).into_iter().collect();
	}

	/// Returns true if the last value is within `share` of each value in force within `period`
	/// before.
	fn is_within(&self, key: OracleKey, period: u64, share: Perbill) -> bool {
		let floor = match key {
			OracleKey::Utilisation(_) => UTILISATION_MOVE_FLOOR,
			_ => PRICE_MOVE_FLOOR,
		};
		let Some((last, value)) = self.0.last().copied() else { return true };
		self.0.windows(2).filter(|pair| last - pair[1].0 <= period).all(|pair| {
			let earlier = pair[0].1;
			// Values are at most 10^27, so that the products fit.
			earlier.abs_diff(value) * 1_000_000_000
				<= earlier.max(floor) * u128::from(share.deconstruct())
		})
	}
}

/// Asserts the properties 1 to 4 and 7.
fn check(before: &[Option<u128>; KEYS.len()], pasts: &[Past; KEYS.len()]) {
	assert_ok!(Appraisal::do_try_state());
	let policy = Values::get();
	let mut notes = Notifications::get().into_iter().map(|(key, value, ..)| (key, value));
	let members = Operators::sorted_members();
	let root: u64 = OraclePalletId::get().into_account_truncating();
	for (who, ..) in pallet_oracle::RawValues::<Test>::iter() {
		assert!(members.contains(&who) || who == root, "a report of no operator");
	}
	for ((key, before), past) in KEYS.into_iter().zip(before).zip(pasts) {
		let Some(after) = accepted(key) else { continue };
		assert!(past.is_within(key, policy.update_period, policy.max_move_per_update), "{key:?}");
		assert!(past.is_within(key, 86_400, policy.max_move_per_day), "{key:?}");
		if *before != Some(after) {
			assert!(notes.any(|note| note == (key, after)), "no call for {key:?}");
		}
		if let Some(before) = before.filter(|before| *before != after) {
			let mut raw = pallet_oracle::RawValues::<Test>::iter()
				.filter(|(_, fed, _)| *fed == key)
				.map(|(_, _, timed)| timed.value);
			let towards = if after > before {
				raw.any(|value| value >= after)
			} else {
				raw.any(|value| value <= after)
			};
			assert!(towards, "{key:?} moved away from all reports");
		}
		let read = Appraisal::feed_value(key);
		match read {
			Ok((value, as_of)) => {
				assert_eq!(value, after);
				assert!(now() - as_of <= policy.max_age);
			}
			Err(AppraisalError::Stale(stale)) => assert_eq!(stale, key),
			Err(error) => assert_eq!(error, AppraisalError::Paused),
		}
		let report = Appraisal::feed_report(key).unwrap();
		assert_eq!(report.last.map(|(value, _)| value), Some(after));
		assert!(report.lowest.is_none_or(|lowest| lowest <= after));
		assert!(report.highest.is_none_or(|highest| highest >= after));
	}
	check_values(&policy);
}

/// Asserts the properties 5 and 6.
fn check_values(policy: &AppraisalValues) {
	let mut sum = 0;
	for title_id in 0..3 {
		let valuation = Appraisal::appraise(title_id);
		assert_eq!(title_value(title_id), valuation.map(|valuation| valuation.value));
		if !(policy.require_cost || policy.require_market || policy.require_income) {
			assert!(valuation.is_err(), "a value without a required approach");
		}
		let Ok(valuation) = valuation else { continue };
		let required = [
			valuation.cost.filter(|_| policy.require_cost),
			valuation.market.filter(|_| policy.require_market),
			valuation.income.filter(|_| policy.require_income),
			valuation.independent,
		];
		assert_eq!(Some(valuation.value), required.into_iter().flatten().min());
		assert!(valuation.liquidation_value <= valuation.value);
		let last_known = Appraisal::last_known_value(title_id).unwrap();
		assert_eq!(last_known.value, valuation.value);
		sum += valuation.value;
	}
	let portfolio = Appraisal::appraise_many(vec![0, 1, 2]).unwrap();
	assert_eq!(portfolio.value, sum);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(96))]

	#[test]
	fn invariants_should_hold_when_calls_come_in_any_order(
		steps in proptest::collection::vec(steps(), 1..100),
	) {
		ExtBuilder::default().build_and_execute(|| {
			(0..3).for_each(|title_id| put_title(title_id, title_of(title_id.min(1))));
			agree(RESALE, 20_000 * WAD);
			agree(RENTAL, 2 * WAD);
			agree(UTILISATION, WAD / 4 * 3);
			agree(PRICE, WAD);
			let mut pasts: [Past; KEYS.len()] = Default::default();
			for (past, key) in pasts.iter_mut().zip(KEYS) {
				past.record(key);
			}
			for op in steps.into_iter().flatten() {
				let before = KEYS.map(accepted);
				let versions = ModelVersions::<Test>::iter().collect::<Vec<_>>();
				Notifications::set(vec![]);
				if matches!(op, Op::Policy(_)) {
					pasts.iter_mut().for_each(Past::restart);
				}
				let key = match &op {
					Op::Feed { key, .. } | Op::RootFeed { key, .. } => Some(*key),
					_ => None,
				};
				run(op);
				for (past, of) in pasts.iter_mut().zip(KEYS) {
					// A key that is not fed can only be cleared.
					if Some(of) == key || accepted(of).is_none() {
						past.record(of);
					}
				}
				check(&before, &pasts);
				for (model_id, version, terms) in versions {
					assert_eq!(ModelVersions::<Test>::get(model_id, version), Some(terms));
				}
			}
		});
	}
}
