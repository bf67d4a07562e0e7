// SPDX-License-Identifier: Apache-2.0

//! Versions of models: an update changes nothing for those who named an earlier one.

use super::mock::*;
use crate::{Error, Event, ModelSpec, ModelVersions, Models};
use caliber_math::WAD;
use caliber_primitives::{
	appraisal::{AppraisalError, Independent, ModelStatus},
	traits::{InspectModels, TitleValue},
	ModelVersion, Seconds,
};
use caliber_testkit as testkit;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::Perbill,
};

/// Returns the present description of the model.
fn present_spec() -> ModelSpec {
	let model = Appraisal::model(MODEL).unwrap();
	let terms = Appraisal::model_version(MODEL, model.version).unwrap();
	model.spec(terms)
}

/// Changes the present description of the model.
fn update(change: impl FnOnce(&mut ModelSpec)) {
	let mut spec = present_spec();
	change(&mut spec);
	assert_ok!(Appraisal::update_model(RuntimeOrigin::root(), MODEL, spec));
}

/// Returns value and liquidation value of the title of the tests by a version. The last known value
/// is the same.
fn values(version: ModelVersion) -> Result<(u128, u128), AppraisalError> {
	let valuation = <Appraisal as TitleValue>::value(&title_of(MODEL), Independent::NONE, version);
	let last_known =
		<Appraisal as TitleValue>::last_known(&title_of(MODEL), Independent::NONE, version);
	assert_eq!(last_known, valuation);
	valuation.map(|valuation| (valuation.value, valuation.liquidation_value))
}

/// Runs a test with a model whose value is its cost of 134 400 dollars: eight units at 70 % of
/// 30 000, of which a used one keeps 80 %.
fn run(test: impl FnOnce()) {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| (values.require_market, values.require_income) = (false, false));
		test();
	});
}

#[test]
fn value_by_an_earlier_version_should_stay_when_the_model_is_updated() {
	run(|| {
		assert_eq!(values(0), Ok((134_400 * WAD, 94_080 * WAD)));
		update(|spec| {
			spec.reference_price = 15_000 * WAD;
			spec.max_advance_rate = Perbill::from_percent(40);
		});
		assert_eq!(<Appraisal as TitleValue>::version(MODEL), Some(1));
		assert_eq!(values(0), Ok((134_400 * WAD, 94_080 * WAD)));
		assert_eq!(values(1), Ok((67_200 * WAD, 47_040 * WAD)));
		assert_eq!(Appraisal::present_value(&title_of(MODEL), Independent::NONE), Ok(67_200 * WAD));
		let rate = <Appraisal as TitleValue>::max_advance_rate;
		assert_eq!(rate(MODEL, 0), Some(Perbill::from_percent(70)));
		assert_eq!(rate(MODEL, 1), Some(Perbill::from_percent(40)));
		assert_eq!(Appraisal::model_version(MODEL, 0), Some(spec().terms()));

		// Terms that return are a version of their own.
		update(|present| *present = spec());
		assert_eq!(<Appraisal as TitleValue>::version(MODEL), Some(2));
		assert_eq!(values(1), Ok((67_200 * WAD, 47_040 * WAD)));
		assert_eq!(values(2), Ok((134_400 * WAD, 94_080 * WAD)));
	});
}

#[test]
fn update_model_should_make_a_version_when_any_of_the_terms_changes() {
	run(|| {
		let changes: [fn(&mut ModelSpec); 8] = [
			|spec| spec.reference_price += 1,
			|spec| spec.release_date += 1,
			|spec| spec.economic_life_months += 1,
			|spec| spec.curve[3].factor -= 1,
			|spec| spec.conditions.as_is = Perbill::from_percent(49),
			|spec| spec.discount_rate = Default::default(),
			|spec| spec.opex_per_hour += 1,
			|spec| spec.max_advance_rate = Perbill::from_percent(69),
		];
		for (version, change) in (1..).zip(changes) {
			update(change);
			let event = Event::ModelUpdated { id: MODEL, spec: present_spec(), version };
			assert_eq!(last_event(), event.into());
			assert_eq!(<Appraisal as TitleValue>::version(MODEL), Some(version));
		}
		assert_eq!(ModelVersions::<Test>::iter().count(), 9);
	});
}

#[test]
fn update_model_should_make_no_version_when_name_or_forced_sale_factor_is_all_that_changes() {
	run(|| {
		update(|spec| spec.name = b"H100".to_vec().try_into().unwrap());
		update(|spec| spec.forced_sale_factor = Perbill::from_percent(50));
		let expected = ModelSpec {
			name: b"H100".to_vec().try_into().unwrap(),
			forced_sale_factor: Perbill::from_percent(50),
			..spec()
		};
		assert_eq!(present_spec(), expected);
		let event = Event::ModelUpdated { id: MODEL, spec: expected, version: 0 };
		assert_eq!(last_event(), event.into());
		assert_eq!(ModelVersions::<Test>::iter().count(), 1);
	});
}

#[test]
fn update_model_should_refuse_when_no_version_is_left() {
	run(|| {
		let set_version = |version| {
			Models::<Test>::mutate(MODEL, |model| model.as_mut().unwrap().version = version);
		};
		set_version(u32::MAX);
		let dearer = ModelSpec { reference_price: 31_000 * WAD, ..spec() };
		assert_noop!(
			Appraisal::update_model(RuntimeOrigin::root(), MODEL, dearer),
			Error::<Test>::TooManyVersions
		);
		set_version(0);
	});
}

#[test]
fn value_should_be_unknown_when_the_version_never_was() {
	run(|| {
		assert_eq!(values(1), Err(AppraisalError::UnknownKey));
		assert_eq!(values(u32::MAX), Err(AppraisalError::UnknownKey));
		assert_eq!(Appraisal::model_version(MODEL, 1), None);
		assert_eq!(Appraisal::model_version(9, 0), None);
		assert_eq!(<Appraisal as TitleValue>::max_advance_rate(MODEL, 1), None);
		assert_eq!(<Appraisal as TitleValue>::version(9), None);
		let unknown = <Appraisal as TitleValue>::value(&title_of(9), Independent::NONE, 0);
		assert_eq!(unknown, Err(AppraisalError::UnknownKey));
	});
}

#[test]
fn value_should_name_the_status_first_when_the_model_is_not_listed() {
	run(|| {
		let value = |version| {
			<Appraisal as TitleValue>::value(&title_of(MODEL), Independent::NONE, version)
		};
		let last_known = |version| {
			<Appraisal as TitleValue>::last_known(&title_of(MODEL), Independent::NONE, version)
				.map(|valuation| valuation.value)
		};
		update(|spec| spec.reference_price = 15_000 * WAD);
		let root = RuntimeOrigin::root;
		assert_ok!(Appraisal::set_model_status(root(), MODEL, ModelStatus::Paused));
		assert_eq!(value(0), Err(AppraisalError::Paused));
		assert_eq!(value(9), Err(AppraisalError::Paused));
		assert_ok!(Appraisal::delist_model(root(), MODEL));
		assert_eq!(value(0), Err(AppraisalError::Delisted));
		assert_eq!(value(9), Err(AppraisalError::Delisted));
		// Versions stay, and with them the values from which a loss is estimated.
		assert_eq!(last_known(0), Ok(134_400 * WAD));
		assert_eq!(last_known(1), Ok(67_200 * WAD));
		assert_eq!(last_known(2), Err(AppraisalError::UnknownKey));
	});
}

#[test]
fn forced_sale_factor_should_move_linearly_both_ways_for_every_version_when_it_is_changed() {
	run(|| {
		update(|spec| {
			spec.forced_sale_factor = Perbill::from_percent(50);
			spec.reference_price = 15_000 * WAD;
		});
		let at = |seconds: Seconds| {
			testkit::set_time::<Test>(START + seconds);
			(values(0).unwrap().1, values(1).unwrap().1)
		};
		// 70 % of 134 400 and of 67 200, then 65 %, then 50 %.
		assert_eq!(at(0), (94_080 * WAD, 47_040 * WAD));
		assert_near(at(RAMP_PERIOD / 4), (87_360 * WAD, 43_680 * WAD));
		assert_near(at(RAMP_PERIOD), (67_200 * WAD, 33_600 * WAD));
		// And back: 50 %, then 60 %.
		update(|spec| spec.forced_sale_factor = Perbill::from_percent(70));
		assert_near(at(RAMP_PERIOD), (67_200 * WAD, 33_600 * WAD));
		assert_near(at(RAMP_PERIOD * 3 / 2), (80_640 * WAD, 40_320 * WAD));
		// Turned on its way, it goes on from where it stands: 60 %, then 55 %.
		update(|spec| spec.forced_sale_factor = Perbill::from_percent(50));
		assert_near(at(RAMP_PERIOD * 3 / 2), (80_640 * WAD, 40_320 * WAD));
		assert_near(at(RAMP_PERIOD * 2), (73_920 * WAD, 36_960 * WAD));
		// An update of something else does not turn it.
		update(|spec| spec.name = b"H100".to_vec().try_into().unwrap());
		assert_near(at(RAMP_PERIOD * 5 / 2), (67_200 * WAD, 33_600 * WAD));
	});
}

/// Asserts that values are the expected ones, less what the machines age meanwhile: under a dollar.
fn assert_near(found: (u128, u128), expected: (u128, u128)) {
	for (found, expected) in [(found.0, expected.0), (found.1, expected.1)] {
		assert!(found <= expected && expected - found < WAD, "{found} instead of {expected}");
	}
}
