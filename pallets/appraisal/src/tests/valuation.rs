// SPDX-License-Identifier: Apache-2.0

//! Valuation of titles: the approaches, the least of them, the last known value.

use super::mock::*;
use crate::ModelSpec;
use caliber_math::{MONTH_SECS, WAD};
use caliber_primitives::{
	appraisal::{AppraisalError, Independent, ModelStatus, Valuation},
	governance::values::AppraisalValues,
	titles::{Condition, TitleFacts},
	traits::InspectModels,
};
use polkadot_sdk::frame_support::assert_ok;

const TITLE: u32 = 3;

/// Cost of the title at 18 months, a quarter of the way from 80 % at 12 to 40 % at 36 months: 70 %
/// of 30 000, of which a used unit keeps 80 %: 16 800 each, eight units.
const COST: u128 = 134_400 * WAD;
/// Market value of the title: 20 000 at 80 %, eight units.
const MARKET: u128 = 128_000 * WAD;
/// Income of one unit at 2 dollars, 75 %, less 0.5 dollars: 730 dollars a month for 42 months at 1
/// % a month, 730 · (1 − 1.01^−42) / 0.01, with exact fractions, rounded down.
const INCOME_OF_UNIT: u128 = 24_935_418_942_444_859_019_787;
/// Income of one unit at 1.2 dollars: 292 dollars a month.
const LEAN_INCOME_OF_UNIT: u128 = 9_974_167_576_977_943_607_914;

/// Feeds all keys of the model, 20 seconds apart.
fn feed_model() {
	agree(RESALE, 20_000 * WAD);
	pass(20);
	agree(RENTAL, 2 * WAD);
	pass(20);
	agree(UTILISATION, WAD / 4 * 3);
}

/// Sets the approaches that the policy requires.
fn require(cost: bool, market: bool, income: bool) {
	let policy = AppraisalValues {
		require_cost: cost,
		require_market: market,
		require_income: income,
		..Default::default()
	};
	Values::set(policy);
}

/// Changes the description of the model.
fn update(change: impl Fn(&mut ModelSpec)) {
	let mut spec = spec();
	change(&mut spec);
	assert_ok!(Appraisal::update_model(RuntimeOrigin::root(), MODEL, spec));
}

/// Returns a title that is eighteen months old now.
fn aged_title() -> TitleFacts {
	TitleFacts { commissioned_at: now() - 18 * MONTH_SECS, ..title_of(MODEL) }
}

#[test]
fn appraise_should_take_the_least_approach_when_all_are_required() {
	ExtBuilder::default().build_and_execute(|| {
		feed_model();
		put_title(TITLE, aged_title());
		let expected = Valuation {
			cost: Some(COST),
			market: Some(MARKET),
			income: Some(8 * INCOME_OF_UNIT),
			independent: None,
			value: MARKET,
			for_new_debt: MARKET,
			liquidation_value: 89_600 * WAD,
			as_of: START,
		};
		assert_eq!(Appraisal::appraise(TITLE), Ok(expected));
		assert_eq!(
			Appraisal::present_value(&title_of(MODEL), Independent::NONE),
			Ok(expected.value)
		);
	});
}

#[test]
fn appraise_should_follow_income_when_rent_is_lean() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 20_000 * WAD);
		agree(RENTAL, WAD / 10 * 12);
		agree(UTILISATION, WAD / 4 * 3);
		put_title(TITLE, aged_title());
		let valuation = Appraisal::appraise(TITLE).unwrap();
		assert_eq!(valuation.value, 8 * LEAN_INCOME_OF_UNIT);
		// 70 % of 79 793 340 615 823 548 863 312, rounded down.
		assert_eq!(valuation.liquidation_value, 55_855_338_431_076_484_204_318);
	});
}

#[test]
fn appraise_should_follow_cost_when_resale_is_dear() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 22_000 * WAD);
		agree(RENTAL, 2 * WAD);
		agree(UTILISATION, WAD / 4 * 3);
		put_title(TITLE, aged_title());
		assert_eq!(Appraisal::appraise(TITLE).unwrap().value, COST);
	});
}

#[test]
fn appraise_should_count_whole_months_when_the_age_is_between() {
	ExtBuilder::default().build_and_execute(|| {
		feed_model();
		// A second younger than eighteen months: still 42 whole months are left; a second older,
		// 41.
		let income = |commissioned_at| {
			put_title(TITLE, TitleFacts { commissioned_at, ..title_of(MODEL) });
			Appraisal::appraise(TITLE).unwrap().income.unwrap()
		};
		let at = now() - 18 * MONTH_SECS;
		assert_eq!(income(at + 1), 8 * INCOME_OF_UNIT);
		assert_eq!(income(at), 8 * INCOME_OF_UNIT);
		assert!(income(at - 1) < 8 * INCOME_OF_UNIT);
	});
}

#[test]
fn appraise_should_take_the_factor_when_the_condition_differs() {
	ExtBuilder::default().build_and_execute(|| {
		feed_model();
		let market = |condition| {
			put_title(TITLE, TitleFacts { condition, ..aged_title() });
			Appraisal::appraise(TITLE).unwrap().market
		};
		assert_eq!(market(Condition::New), Some(160_000 * WAD));
		assert_eq!(market(Condition::Refurbished), Some(144_000 * WAD));
		assert_eq!(market(Condition::Used), Some(128_000 * WAD));
		assert_eq!(market(Condition::AsIs), Some(80_000 * WAD));
	});
}

#[test]
fn appraise_should_count_no_age_when_the_machine_is_not_commissioned_yet() {
	ExtBuilder::default().build_and_execute(|| {
		feed_model();
		put_title(TITLE, TitleFacts { commissioned_at: now() + MONTH_SECS, ..title_of(MODEL) });
		// 30 000 at 80 %, eight units.
		assert_eq!(Appraisal::appraise(TITLE).unwrap().cost, Some(192_000 * WAD));
	});
}

#[test]
fn appraise_should_be_dated_by_the_oldest_feed_that_went_in() {
	ExtBuilder::default().build_and_execute(|| {
		feed_model();
		put_title(TITLE, aged_title());
		let date = || Appraisal::appraise(TITLE).unwrap().as_of;
		assert_eq!(date(), START);
		require(true, false, true);
		assert_eq!(date(), START + 20);
		pass(40);
		agree(RENTAL, 2 * WAD);
		assert_eq!(date(), START + 40);
		// The cost approach takes no feed.
		require(true, false, false);
		assert_eq!(date(), START + 80);
	});
}

#[test]
fn appraise_should_report_an_approach_when_it_is_available_but_not_required() {
	ExtBuilder::default().build_and_execute(|| {
		require(true, false, false);
		put_title(TITLE, title_of(MODEL));
		let valuation = Appraisal::appraise(TITLE).unwrap();
		assert_eq!((valuation.cost, valuation.market, valuation.income), (Some(COST), None, None));
		assert_eq!(valuation.value, COST);

		// Reported, but not in the value.
		agree(RESALE, WAD);
		let valuation = Appraisal::appraise(TITLE).unwrap();
		assert_eq!(valuation.market, Some(6_400_000_000_000_000_000));
		assert_eq!(valuation.value, COST);

		require(false, true, false);
		assert_eq!(Appraisal::appraise(TITLE).unwrap().value, 6_400_000_000_000_000_000);
	});
}

#[test]
fn appraise_should_be_unavailable_when_a_required_feed_is_missing() {
	ExtBuilder::default().build_and_execute(|| {
		put_title(TITLE, title_of(MODEL));
		let missing = |key| {
			assert_eq!(Appraisal::appraise(TITLE), Err(AppraisalError::Unavailable(key)));
		};
		missing(RESALE);
		agree(RESALE, 20_000 * WAD);
		missing(RENTAL);
		agree(RENTAL, 2 * WAD);
		missing(UTILISATION);
		agree(UTILISATION, WAD / 4 * 3);
		assert!(Appraisal::appraise(TITLE).is_ok());
	});
}

#[test]
fn appraise_should_be_stale_when_a_required_feed_is() {
	ExtBuilder::default().build_and_execute(|| {
		put_title(TITLE, title_of(MODEL));
		feed_model();
		pass(3_560);
		assert!(Appraisal::appraise(TITLE).is_ok());
		pass(1);
		assert_eq!(Appraisal::appraise(TITLE), Err(AppraisalError::Stale(RESALE)));
		require(true, false, true);
		assert!(Appraisal::appraise(TITLE).is_ok());
		pass(20);
		assert_eq!(Appraisal::appraise(TITLE), Err(AppraisalError::Stale(RENTAL)));
	});
}

#[test]
fn appraise_should_name_the_reason_when_title_or_model_is_unusable() {
	ExtBuilder::default().build_and_execute(|| {
		feed_model();
		let root = RuntimeOrigin::root;
		assert_eq!(Appraisal::appraise(TITLE), Err(AppraisalError::UnknownTitle));
		put_title(TITLE, title_of(1));
		assert_eq!(Appraisal::appraise(TITLE), Err(AppraisalError::UnknownKey));
		put_title(TITLE, title_of(MODEL));
		assert_ok!(Appraisal::set_model_status(root(), MODEL, ModelStatus::Paused));
		assert_eq!(Appraisal::appraise(TITLE), Err(AppraisalError::Paused));
		assert_ok!(Appraisal::delist_model(root(), MODEL));
		assert_eq!(Appraisal::appraise(TITLE), Err(AppraisalError::Delisted));
	});
}

#[test]
fn appraise_should_be_zero_when_the_machine_earns_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 20_000 * WAD);
		agree(RENTAL, WAD);
		agree(UTILISATION, WAD / 2);
		put_title(TITLE, title_of(MODEL));
		// Half a dollar earned, half a dollar spent.
		assert_eq!(Appraisal::appraise(TITLE), Err(AppraisalError::Zero));
		agree(RENTAL, WAD + 2);
		assert!(Appraisal::appraise(TITLE).is_ok());
	});
}

#[test]
fn appraise_should_be_zero_when_the_economic_life_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		feed_model();
		let at_age = |months| {
			let commissioned_at = now() - months * MONTH_SECS;
			put_title(TITLE, TitleFacts { commissioned_at, ..title_of(MODEL) });
			Appraisal::appraise(TITLE)
		};
		assert!(at_age(59).is_ok());
		assert_eq!(at_age(60), Err(AppraisalError::Zero));
	});
}

#[test]
fn appraise_should_follow_the_description_when_it_is_updated() {
	ExtBuilder::default().build_and_execute(|| {
		require(true, false, false);
		put_title(TITLE, title_of(MODEL));
		update(|spec| spec.reference_price = 15_000 * WAD);
		assert_eq!(Appraisal::appraise(TITLE).unwrap().value, COST / 2);
	});
}

#[test]
fn appraise_should_overflow_when_the_units_are_too_many() {
	ExtBuilder::default().build_and_execute(|| {
		require(true, false, false);
		let price = 1_000_000_000 * WAD;
		update(|spec| spec.reference_price = price);
		let new =
			TitleFacts { condition: Condition::New, commissioned_at: START, ..title_of(MODEL) };
		// The type holds 340 282 366 920 such units, more than the largest number of units.
		put_title(TITLE, TitleFacts { units: u32::MAX, ..new });
		assert_eq!(Appraisal::appraise(TITLE).unwrap().value, price * u128::from(u32::MAX));

		// Five years of a billion dollars an hour, for as many units.
		require(false, false, true);
		agree(RENTAL, price);
		agree(UTILISATION, WAD);
		assert_eq!(Appraisal::appraise(TITLE), Err(AppraisalError::Overflow));
	});
}

#[test]
fn independent_appraisal_should_lower_the_value_and_never_raise_it() {
	ExtBuilder::default().build_and_execute(|| {
		feed_model();
		put_title(TITLE, aged_title());
		let plain = Appraisal::appraise(TITLE).unwrap();
		assert_eq!((plain.value, plain.independent), (MARKET, None));
		for appraised in [1, MARKET / 2, MARKET - 1, MARKET, MARKET + 1, COST, u128::MAX] {
			put_independent(TITLE, appraised);
			let valuation = Appraisal::appraise(TITLE).unwrap();
			let value = appraised.min(MARKET);
			// 70 % of the value, rounded down.
			let forced = value / 10 * 7 + value % 10 * 7 / 10;
			let expected = Valuation {
				independent: Some(appraised),
				value,
				for_new_debt: value,
				liquidation_value: forced,
				..plain
			};
			assert_eq!(valuation, expected);
			assert_eq!(title_value(TITLE), Ok(value));
			assert_eq!(Appraisal::last_known_value(TITLE), Ok(expected));
		}
	});
}

#[test]
fn one_appraisal_should_lower_the_value_to_that_of_a_forced_sale_at_most() {
	ExtBuilder::default().build_and_execute(|| {
		feed_model();
		put_title(TITLE, aged_title());
		// 70 % of the value, rounded down.
		let floor = MARKET / 10 * 7 + MARKET % 10 * 7 / 10;
		// A forced sale brings the floor, whatever one says; of 120 000 and of 89 593 that two say
		// it brings 70 %, rounded down, and nothing of the least amount there is.
		for (said, value, forced) in [
			(&[1][..], floor, floor),
			(&[floor - 1], floor, floor),
			(&[floor + 1], floor + 1, floor),
			(&[1, MARKET], floor, floor),
			(&[1, 120_000 * WAD], floor, 84_000 * WAD),
			(&[1, 89_593 * WAD], 89_593 * WAD, 627_151 * WAD / 10),
			(&[1, 1, MARKET], 1, 0),
		] {
			put_appraisals(TITLE, said);
			let valuation = Appraisal::appraise(TITLE).unwrap();
			assert_eq!((valuation.value, valuation.independent), (value, Some(value)), "{said:?}");
			assert_eq!(valuation.liquidation_value, forced, "{said:?}");
			let last_known = Appraisal::last_known_value(TITLE).unwrap();
			assert_eq!((last_known.value, last_known.liquidation_value), (value, forced));
		}
		for alone in [1, floor - 1, floor, floor + 1, MARKET - 1, MARKET, u128::MAX] {
			put_appraisals(TITLE, &[alone]);
			assert_eq!(Appraisal::appraise(TITLE).unwrap().liquidation_value, floor, "{alone}");
		}
	});
}

#[test]
fn income_approach_should_count_no_more_than_was_earned() {
	ExtBuilder::default().build_and_execute(|| {
		feed_model();
		require(false, false, true);
		let value = |earned_per_hour| {
			put_title(TITLE, TitleFacts { earned_per_hour, ..aged_title() });
			title_value(TITLE)
		};
		assert_eq!(value(None), Ok(8 * INCOME_OF_UNIT));
		// By the prices a unit has 1.50 dollars in every hour.
		assert_eq!(value(Some(3 * WAD / 2)), Ok(8 * INCOME_OF_UNIT));
		assert_eq!(value(Some(u128::MAX)), Ok(8 * INCOME_OF_UNIT));
		assert_eq!(value(Some(WAD / 10 * 9)), Ok(8 * LEAN_INCOME_OF_UNIT));
		assert_eq!(value(Some(WAD / 2)), Err(AppraisalError::Zero));
		assert_eq!(value(Some(0)), Err(AppraisalError::Zero));
	});
}

#[test]
fn independent_appraisal_should_leave_no_value_when_it_is_zero() {
	ExtBuilder::default().build_and_execute(|| {
		feed_model();
		put_title(TITLE, aged_title());
		put_independent(TITLE, 0);
		assert_eq!(Appraisal::appraise(TITLE), Err(AppraisalError::Zero));
		assert_eq!(title_value(TITLE), Err(AppraisalError::Zero));
	});
}

#[test]
fn independent_appraisal_should_replace_no_feed_when_one_is_missing() {
	ExtBuilder::default().build_and_execute(|| {
		put_title(TITLE, title_of(MODEL));
		put_independent(TITLE, WAD);
		let missing = AppraisalError::Unavailable(RESALE);
		assert_eq!(Appraisal::appraise(TITLE), Err(missing));
		assert_eq!(Appraisal::last_known_value(TITLE), Err(missing));
	});
}

#[test]
fn last_known_should_use_the_last_values_when_they_are_stale_or_the_model_is_delisted() {
	ExtBuilder::default().build_and_execute(|| {
		feed_model();
		let root = RuntimeOrigin::root;
		let last_known = || {
			// The age of the title stays, so that only the feeds age.
			put_title(TITLE, aged_title());
			Appraisal::last_known_value(TITLE)
		};
		put_title(TITLE, aged_title());
		let fresh = Appraisal::appraise(TITLE);
		assert_eq!(fresh.map(|valuation| valuation.as_of), Ok(START));
		assert_eq!(last_known(), fresh);

		pass(90 * 86_400);
		assert_eq!(Appraisal::appraise(TITLE), Err(AppraisalError::Stale(RESALE)));
		assert_eq!(last_known(), fresh);
		assert_ok!(Appraisal::set_model_status(root(), MODEL, ModelStatus::Paused));
		assert_eq!(title_value(TITLE), Err(AppraisalError::Paused));
		assert_eq!(last_known(), fresh);
		assert_ok!(Appraisal::delist_model(root(), MODEL));
		assert_eq!(title_value(TITLE), Err(AppraisalError::Delisted));
		assert_eq!(last_known(), fresh);
	});
}

#[test]
fn last_known_should_name_the_reason_when_no_value_was_accepted() {
	ExtBuilder::default().build_and_execute(|| {
		let last_known = Appraisal::last_known_value;
		assert_eq!(last_known(TITLE), Err(AppraisalError::UnknownTitle));
		put_title(TITLE, title_of(1));
		assert_eq!(last_known(TITLE), Err(AppraisalError::UnknownKey));
		put_title(TITLE, title_of(MODEL));
		assert_eq!(last_known(TITLE), Err(AppraisalError::Unavailable(RESALE)));
		agree(RESALE, 20_000 * WAD);
		assert_eq!(last_known(TITLE), Err(AppraisalError::Unavailable(RENTAL)));
		// Delisting keeps the accepted values only.
		assert_ok!(Appraisal::delist_model(RuntimeOrigin::root(), MODEL));
		assert_eq!(last_known(TITLE), Err(AppraisalError::Unavailable(RENTAL)));
		require(true, true, false);
		assert_eq!(last_known(TITLE).map(|valuation| valuation.value), Ok(MARKET));
	});
}

#[test]
fn last_known_should_be_zero_when_the_machine_earns_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 20_000 * WAD);
		agree(RENTAL, WAD / 2);
		agree(UTILISATION, WAD);
		put_title(TITLE, title_of(MODEL));
		assert_eq!(Appraisal::last_known_value(TITLE), Err(AppraisalError::Zero));
	});
}

#[test]
fn cost_should_follow_the_curve_when_the_age_is_before_between_and_after_its_points() {
	ExtBuilder::default().build_and_execute(|| {
		require(true, false, false);
		let cost = |age_secs| {
			let commissioned_at = now() - age_secs;
			let facts = TitleFacts {
				condition: Condition::New,
				units: 1,
				commissioned_at,
				..title_of(MODEL)
			};
			put_title(TITLE, facts);
			Appraisal::appraise(TITLE).unwrap().value
		};
		// 100 % new, 80 % at 12 months, 40 % at 36, 10 % at 60 and later.
		assert_eq!(cost(0), 30_000 * WAD);
		assert_eq!(cost(6 * MONTH_SECS), 27_000 * WAD);
		assert_eq!(cost(12 * MONTH_SECS), 24_000 * WAD);
		assert_eq!(cost(24 * MONTH_SECS), 18_000 * WAD);
		assert_eq!(cost(36 * MONTH_SECS), 12_000 * WAD);
		assert_eq!(cost(48 * MONTH_SECS), 7_500 * WAD);
		assert_eq!(cost(60 * MONTH_SECS), 3_000 * WAD);
		assert_eq!(cost(61 * MONTH_SECS), 3_000 * WAD);
		assert_eq!(cost(480 * MONTH_SECS), 3_000 * WAD);
	});
}
