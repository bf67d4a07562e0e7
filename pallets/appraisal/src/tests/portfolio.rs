// SPDX-License-Identifier: Apache-2.0

//! Values of several titles together.

use super::mock::*;
use caliber_math::WAD;
use caliber_primitives::{
	appraisal::{AppraisalError, ModelStatus, Portfolio, PortfolioError, MAX_PORTFOLIO},
	titles::{Condition, TitleFacts},
};
use polkadot_sdk::frame_support::assert_ok;

/// Value of eight used units at 20 000 dollars each, and their value in a forced sale.
const VALUE: u128 = 128_000 * WAD;
const FORCED: u128 = 89_600 * WAD;

/// Feeds all keys of the model.
fn feed_model() {
	agree(RESALE, 20_000 * WAD);
	pass(20);
	agree(RENTAL, 2 * WAD);
	agree(UTILISATION, WAD / 4 * 3);
}

#[test]
fn portfolio_should_sum_values_and_list_reasons_when_some_titles_have_no_value() {
	ExtBuilder::default().build_and_execute(|| {
		feed_model();
		assert_ok!(Appraisal::add_model(RuntimeOrigin::root(), spec()));
		assert_ok!(Appraisal::set_model_status(RuntimeOrigin::root(), 1, ModelStatus::Paused));
		put_title(1, title_of(MODEL));
		put_title(2, title_of(1));
		put_title(3, TitleFacts { units: 4, ..title_of(MODEL) });
		put_independent(3, 50_000 * WAD);
		let portfolio = Appraisal::appraise_many(vec![3, 2, 9, 1]).unwrap();
		let one = Appraisal::appraise(1).unwrap();
		let three = Appraisal::appraise(3).unwrap();
		assert_eq!((one.value, three.value), (VALUE, 50_000 * WAD));
		assert_eq!(
			portfolio,
			Portfolio {
				titles: vec![
					(3, Ok(three)),
					(2, Err(AppraisalError::Paused)),
					(9, Err(AppraisalError::UnknownTitle)),
					(1, Ok(one)),
				],
				valued: 2,
				value: VALUE + 50_000 * WAD,
				liquidation_value: FORCED + 35_000 * WAD,
				as_of: Some(START),
			}
		);
	});
}

#[test]
fn portfolio_should_be_zero_when_no_title_is_given_or_valued() {
	ExtBuilder::default().build_and_execute(|| {
		let empty =
			Portfolio { titles: vec![], valued: 0, value: 0, liquidation_value: 0, as_of: None };
		assert_eq!(Appraisal::appraise_many(vec![]), Ok(empty.clone()));
		let unknown = vec![(5, Err(AppraisalError::UnknownTitle))];
		assert_eq!(Appraisal::appraise_many(vec![5]), Ok(Portfolio { titles: unknown, ..empty }));
	});
}

#[test]
fn portfolio_should_be_refused_when_titles_are_too_many() {
	ExtBuilder::default().build_and_execute(|| {
		feed_model();
		let most = MAX_PORTFOLIO as u32;
		assert_eq!(most, 256);
		(0..=most).for_each(|title_id| put_title(title_id, title_of(MODEL)));
		let all = Appraisal::appraise_many((0..most).collect()).unwrap();
		assert_eq!((all.valued, all.value), (256, 256 * VALUE));
		assert_eq!(
			Appraisal::appraise_many((0..=most).collect()),
			Err(PortfolioError::TooManyTitles)
		);
	});
}

#[test]
fn portfolio_should_be_refused_when_a_title_is_there_twice() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Appraisal::appraise_many(vec![4, 7, 4]), Err(PortfolioError::DuplicateTitle(4)));
	});
}

#[test]
fn portfolio_should_overflow_when_the_sum_does_not_fit() {
	ExtBuilder::default().build_and_execute(|| {
		let policy = caliber_primitives::governance::values::AppraisalValues {
			require_market: false,
			require_income: false,
			..Default::default()
		};
		Values::set(policy);
		let dear = crate::ModelSpec { reference_price: 1_000_000_000 * WAD, ..spec() };
		assert_ok!(Appraisal::update_model(RuntimeOrigin::root(), MODEL, dear));
		let all = TitleFacts {
			model: MODEL,
			units: u32::MAX,
			condition: Condition::New,
			commissioned_at: START,
			earned_per_hour: None,
		};
		// Each is 4.29e36 and the type holds 3.4e38: 79 fit, 80 do not.
		(0..80).for_each(|title_id| put_title(title_id, all));
		assert!(Appraisal::appraise_many((0..79).collect()).is_ok());
		assert_eq!(Appraisal::appraise_many((0..80).collect()), Err(PortfolioError::Overflow));
	});
}
