// SPDX-License-Identifier: Apache-2.0

//! Properties that hold whatever referenda and the committee do.

use super::mock::*;
use crate::{AreaId, AreaStateOf, Brake, BrakeTarget, Change, CreditArea};
use caliber_primitives::{
	governance::{
		values::{CreditValue, CreditValues},
		Area, Kind, Risk,
	},
	Seconds,
};
use polkadot_sdk::sp_runtime::Perbill;
use proptest::prelude::*;

/// One step of a random history.
#[derive(Clone, Debug)]
enum Step {
	/// A referendum sets a value.
	Set(CreditValue),
	/// The committee brakes a value.
	Brake(CreditValue),
	/// The committee ends a brake.
	Release(u8),
	/// Time passes.
	Pass(Seconds),
}

/// Returns values of three kinds: a higher limit, a lower limit, and a price. Some are outside
/// their ranges.
fn value() -> impl Strategy<Value = CreditValue> {
	prop_oneof![
		(0..=85u32).prop_map(|x| CreditValue::MaxAdvanceRate(Perbill::from_percent(x))),
		(0..=55u32).prop_map(|x| CreditValue::MinFirstLoss(Perbill::from_percent(x))),
		(0..=55u32).prop_map(|x| CreditValue::LiquidationCost(Perbill::from_percent(x))),
	]
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		value().prop_map(Step::Set),
		value().prop_map(Step::Brake),
		prop_oneof![Just(3), Just(4), Just(11)].prop_map(Step::Release),
		(1..20 * DAY).prop_map(Step::Pass),
	]
}

/// Value of each of the three kinds.
const FIELDS: [CreditValue; 3] = [
	CreditValue::MaxAdvanceRate(Perbill::zero()),
	CreditValue::MinFirstLoss(Perbill::zero()),
	CreditValue::LiquidationCost(Perbill::zero()),
];

/// Ensures that no value counts that is looser than the governed one.
fn ensure_not_looser(area: &AreaStateOf<CreditValues>, counting: &CreditValues) {
	for field in FIELDS.into_iter().filter(|field| CreditValues::kind(field) != Kind::Price) {
		let value = counting.current(&field);
		assert_ne!(area.values.risk(&value), Some(Risk::Raises), "{value:?}");
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn values_should_never_be_looser_than_governed_nor_jump_a_price(
		steps in prop::collection::vec(step(), 1..40),
	) {
		run(|| {
			// First second in which the committee may have braked each field again.
			let mut free_from = [START; 15];
			for step in steps {
				let now = caliber_testkit::now::<Test>();
				let before = credit();
				match step {
					Step::Set(value) => {
						let in_range = CreditValues::is_in_range(&value);
						assert_eq!(set(&[Change::Credit(value)]).is_ok(), in_range);
						assert_eq!(credit().liquidation_cost, before.liquidation_cost);
					}
					Step::Brake(value) => {
						let index = usize::from(CreditValues::index(&value));
						if brake(&[Brake::Value(Change::Credit(value))]).is_ok() {
							// It tightens one that lasts, or the field has rested.
							let brakes = CreditArea::<Test>::get().brakes;
							let set = brakes
								.iter()
								.find(|brake| usize::from(CreditValues::index(&brake.value)) == index)
								.expect("a brake is stored");
							if now >= free_from[index] {
								assert_eq!(set.until, now + 14 * DAY);
							} else {
								assert_eq!(set.until + 30 * DAY, free_from[index]);
							}
							free_from[index] = set.until + 30 * DAY;
							assert_eq!(before.risk(&value), Some(Risk::Lowers));
						} else {
							assert_eq!(credit(), before);
						}
					}
					Step::Release(index) => {
						let target = BrakeTarget::Value(AreaId::Credit, index);
						if release(&[target]).is_ok() {
							free_from[usize::from(index)] = now + 30 * DAY;
						}
					}
					Step::Pass(seconds) => {
						pass(seconds);
						// The longest way is that of 50 % in 30 days.
						let moved = credit()
							.liquidation_cost
							.deconstruct()
							.abs_diff(before.liquidation_cost.deconstruct());
						let most = 500_000_000 * seconds / (30 * DAY) + 1;
						assert!(Seconds::from(moved) <= most, "{moved} in {seconds} s");
					}
				}
				ensure_not_looser(&CreditArea::<Test>::get(), &credit());
				assert_eq!(Governance::do_try_state(), Ok(()));
			}
		});
	}
}
