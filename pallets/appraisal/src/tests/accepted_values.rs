// SPDX-License-Identifier: Apache-2.0

//! Reading accepted values: fresh, stale, withheld, missing.

use super::mock::*;
use caliber_math::WAD;
use caliber_primitives::{
	appraisal::{AppraisalError, FeedReport, ModelStatus, OracleKey, PriceReport},
	governance::values::AppraisalValues,
	titles::Ineligibility,
	traits::PriceSource,
};
use polkadot_sdk::frame_support::assert_ok;

#[test]
fn feed_value_should_return_value_and_time_when_it_is_fresh() {
	ExtBuilder::default().build_and_execute(|| {
		agree(RESALE, 20_000 * WAD);
		agree(PRICE, WAD);
		pass(60);
		assert_eq!(Appraisal::feed_value(RESALE), Ok((20_000 * WAD, START)));
		assert_eq!(Appraisal::feed_value(PRICE), Ok((WAD, START)));
		assert_eq!(Appraisal::price(ASSET), Ok((WAD, START)));
	});
}

#[test]
fn feed_value_should_be_unknown_when_nothing_is_registered() {
	ExtBuilder::default().build_and_execute(|| {
		let unknown = [
			OracleKey::Resale(1),
			OracleKey::Rental(1),
			OracleKey::Utilisation(1),
			OracleKey::Price(8),
		];
		for key in unknown {
			assert_eq!(Appraisal::feed_value(key), Err(AppraisalError::UnknownKey));
		}
		assert_eq!(Appraisal::price(8), Err(AppraisalError::UnknownKey));
	});
}

#[test]
fn feed_value_should_be_unavailable_when_it_was_never_accepted() {
	ExtBuilder::default().build_and_execute(|| {
		feed_each(RESALE, [WAD, WAD]);
		for key in [RESALE, RENTAL, UTILISATION, PRICE] {
			assert_eq!(Appraisal::feed_value(key), Err(AppraisalError::Unavailable(key)));
		}
	});
}

#[test]
fn feed_value_should_be_stale_when_it_is_older_than_the_greatest_age() {
	ExtBuilder::default().build_and_execute(|| {
		agree(PRICE, WAD);
		pass(3_600);
		assert_eq!(Appraisal::feed_value(PRICE), Ok((WAD, START)));
		pass(1);
		assert_eq!(Appraisal::feed_value(PRICE), Err(AppraisalError::Stale(PRICE)));
		assert_eq!(Appraisal::price(ASSET), Err(AppraisalError::Stale(PRICE)));
		agree(PRICE, WAD);
		assert_eq!(Appraisal::price(ASSET), Ok((WAD, START + 3_601)));
	});
}

#[test]
fn feed_value_should_be_withheld_when_the_model_is_not_listed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Appraisal::add_model(RuntimeOrigin::root(), spec()));
		agree(RESALE, WAD);
		agree(OracleKey::Resale(1), WAD);
		assert_ok!(Appraisal::set_model_status(RuntimeOrigin::root(), MODEL, ModelStatus::Paused));
		assert_eq!(Appraisal::feed_value(RESALE), Err(AppraisalError::Paused));
		assert_ok!(Appraisal::delist_model(RuntimeOrigin::root(), MODEL));
		assert_eq!(Appraisal::feed_value(RESALE), Err(AppraisalError::Delisted));
		// The other model is not affected.
		assert_eq!(Appraisal::feed_value(OracleKey::Resale(1)), Ok((WAD, START)));
	});
}

#[test]
fn last_known_price_should_be_returned_when_it_was_ever_accepted() {
	ExtBuilder::default().build_and_execute(|| {
		let last_known = <Appraisal as PriceSource>::last_known;
		assert_eq!(last_known(ASSET), None);
		assert_eq!(last_known(8), None);
		agree(PRICE, WAD);
		pass(400 * 86_400);
		assert_eq!(Appraisal::price(ASSET), Err(AppraisalError::Stale(PRICE)));
		assert_eq!(last_known(ASSET), Some((WAD, START)));
	});
}

#[test]
fn feed_report_should_be_complete_when_the_key_is_registered() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Appraisal::feed_report(OracleKey::Resale(1)), None);
		assert_eq!(Appraisal::feed_report(OracleKey::Price(8)), None);
		let report = |key| Appraisal::feed_report(key).unwrap();
		let empty = FeedReport {
			last: None,
			withheld: Some(AppraisalError::Unavailable(RESALE)),
			lowest: None,
			highest: None,
			median: None,
			seasoned_at: None,
		};
		assert_eq!(report(RESALE), empty);
		feed_each(RESALE, [100 * WAD, 100 * WAD, 100 * WAD, 107 * WAD]);
		let last = Some((100 * WAD, START));
		let of_history =
			FeedReport { median: Some(100 * WAD), seasoned_at: Some(START + DAY), ..empty };
		assert_eq!(report(RESALE), FeedReport { last, withheld: None, ..of_history });
		pass(3_601);
		let limited = FeedReport {
			last,
			withheld: Some(AppraisalError::Stale(RESALE)),
			lowest: Some(90 * WAD),
			highest: Some(110 * WAD),
			..of_history
		};
		assert_eq!(report(RESALE), limited);
		assert_ok!(Appraisal::set_model_status(RuntimeOrigin::root(), MODEL, ModelStatus::Paused));
		let withheld = Some(AppraisalError::Paused);
		assert_eq!(report(RESALE), FeedReport { withheld, ..limited });
		assert_ok!(Appraisal::delist_model(RuntimeOrigin::root(), MODEL));
		let withheld = Some(AppraisalError::Delisted);
		assert_eq!(report(RESALE), FeedReport { last, withheld, ..empty });
	});
}

#[test]
fn prices_should_report_each_registered_key_when_models_and_assets_come_and_go() {
	ExtBuilder::default().build_and_execute(|| {
		let root = RuntimeOrigin::root;
		assert_ok!(Appraisal::add_model(root(), spec()));
		agree(RESALE, 20_000 * WAD);
		agree(PRICE, WAD);
		let of_models = [
			OracleKey::Resale(0),
			OracleKey::Resale(1),
			OracleKey::Rental(0),
			OracleKey::Rental(1),
			OracleKey::Utilisation(0),
			OracleKey::Utilisation(1),
		];
		let report = |key, last: Option<(u128, u64)>, withheld| {
			let fed = withheld != Some(AppraisalError::Delisted);
			let in_force = last.filter(|_| fed);
			let feed = FeedReport {
				last,
				withheld,
				lowest: None,
				highest: None,
				median: in_force.map(|(value, _)| value),
				seasoned_at: in_force.map(|(_, as_of)| as_of + DAY),
			};
			PriceReport { key, feed }
		};
		let missing = |key| report(key, None, Some(AppraisalError::Unavailable(key)));
		let resale = Some((20_000 * WAD, START));
		let mut expected = vec![report(RESALE, resale, None)];
		expected.extend(of_models[1..].iter().copied().map(missing));
		expected.push(report(PRICE, Some((WAD, START)), None));
		assert_eq!(Appraisal::prices(), expected);

		assert_ok!(Appraisal::remove_asset(root(), ASSET));
		assert_ok!(Appraisal::delist_model(root(), MODEL));
		let prices = Appraisal::prices();
		assert_eq!(prices.iter().map(|report| report.key).collect::<Vec<_>>(), of_models);
		assert_eq!(prices[0], report(RESALE, resale, Some(AppraisalError::Delisted)));
		assert_eq!(prices[1], missing(OracleKey::Resale(1)));
	});
}

#[test]
fn ineligibility_should_name_the_appraisal_when_a_required_feed_is_missing_or_stale() {
	ExtBuilder::default().build_and_execute(|| {
		let unavailable = Some(Ineligibility::AppraisalUnavailable);
		assert_eq!(ineligibility(1), unavailable);
		agree(RESALE, 20_000 * WAD);
		agree(RENTAL, 2 * WAD);
		assert_eq!(ineligibility(MODEL), unavailable);
		agree(UTILISATION, WAD / 2);
		season();
		assert_eq!(ineligibility(MODEL), None);
		pass(3_600);
		assert_eq!(ineligibility(MODEL), None);
		pass(1);
		assert_eq!(ineligibility(MODEL), Some(Ineligibility::AppraisalStale));
	});
}

#[test]
fn ineligibility_should_ignore_a_feed_when_the_policy_does_not_require_it() {
	ExtBuilder::default().build_and_execute(|| {
		let policy = AppraisalValues { require_income: false, ..Default::default() };
		Values::set(policy.clone());
		assert_eq!(ineligibility(MODEL), Some(Ineligibility::AppraisalUnavailable));
		agree(RESALE, 20_000 * WAD);
		season();
		assert_eq!(ineligibility(MODEL), None);
		let policy = AppraisalValues { require_market: false, ..policy };
		Values::set(policy);
		pass(1_000_000);
		assert_eq!(ineligibility(MODEL), None);
	});
}
