// SPDX-License-Identifier: Apache-2.0

//! A value is fit for new debt after a day of history, and not while it is young. It counts for what
//! is owed already from its first second on.

use super::mock::*;
use caliber_math::WAD;
use caliber_primitives::{governance::values::AppraisalValues, titles::Ineligibility};

const UNSEASONED: Option<Ineligibility> = Some(Ineligibility::Unseasoned);

/// Feeds all keys of the model.
fn feed_model() {
	agree(RESALE, 20_000 * WAD);
	agree(RENTAL, 2 * WAD);
	agree(UTILISATION, WAD / 4 * 3);
}

/// Feeds all keys of the model each hour, for some hours.
fn feed_for(hours: u64) {
	for _ in 0..hours {
		pass(3_600);
		feed_model();
	}
}

#[test]
fn value_should_be_fit_for_new_debt_when_it_has_a_day_of_history() {
	ExtBuilder::default().build_and_execute(|| {
		put_title(3, title_of(MODEL));
		feed_model();
		assert_eq!(ineligibility(MODEL), UNSEASONED);
		// What is owed already is secured by it at once.
		assert_eq!(title_value(3), Ok(128_000 * WAD));
		feed_for(23);
		pass(3_599);
		assert_eq!(ineligibility(MODEL), UNSEASONED);
		assert_eq!(Appraisal::feed_report(RESALE).unwrap().seasoned_at, Some(START + DAY));
		pass(1);
		assert_eq!(ineligibility(MODEL), None);
	});
}

#[test]
fn history_should_go_on_when_the_value_was_unusable_for_a_day_at_most() {
	ExtBuilder::default().build_and_execute(|| {
		feed_model();
		feed_for(24);
		assert_eq!(ineligibility(MODEL), None);
		// Fresh for an hour, then unusable for a day.
		pass(3_600 + DAY);
		assert_eq!(ineligibility(MODEL), Some(Ineligibility::AppraisalStale));
		feed_model();
		assert_eq!(ineligibility(MODEL), None);
	});
}

#[test]
fn history_should_begin_again_when_the_value_was_unusable_for_more_than_a_day() {
	ExtBuilder::default().build_and_execute(|| {
		feed_model();
		feed_for(24);
		pass(3_600 + DAY + 1);
		feed_model();
		assert_eq!(ineligibility(MODEL), UNSEASONED);
		feed_for(23);
		assert_eq!(ineligibility(MODEL), UNSEASONED);
		feed_for(1);
		assert_eq!(ineligibility(MODEL), None);
	});
}

#[test]
fn model_should_be_unseasoned_when_one_required_feed_is() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 20_000 * WAD);
		agree(UTILISATION, WAD / 4 * 3);
		season();
		agree(RENTAL, 2 * WAD);
		assert_eq!(ineligibility(MODEL), UNSEASONED);
		Values::set(AppraisalValues { require_income: false, ..Default::default() });
		assert_eq!(ineligibility(MODEL), None);
	});
}

#[test]
fn seasoning_should_begin_again_when_an_asset_is_registered_again() {
	ExtBuilder::default().build_and_execute(|| {
		let seasoned_at = || Appraisal::feed_report(PRICE).unwrap().seasoned_at;
		agree(PRICE, WAD);
		season();
		Appraisal::remove_asset(RuntimeOrigin::root(), ASSET).unwrap();
		Appraisal::register_asset(RuntimeOrigin::root(), ASSET, symbol("USDC")).unwrap();
		assert_eq!(seasoned_at(), None);
		agree(PRICE, WAD);
		assert_eq!(seasoned_at(), Some(START + DAY));
	});
}

#[test]
fn seasoning_should_take_the_governed_period_when_that_changes() {
	ExtBuilder::default().build_and_execute(|| {
		Values::set(AppraisalValues { seasoning_period: 12, ..Default::default() });
		feed_model();
		pass(11);
		assert_eq!(ineligibility(MODEL), UNSEASONED);
		pass(1);
		assert_eq!(ineligibility(MODEL), None);
		Values::set(AppraisalValues { seasoning_period: 13, ..Default::default() });
		assert_eq!(ineligibility(MODEL), UNSEASONED);
	});
}
