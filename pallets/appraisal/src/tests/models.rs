// SPDX-License-Identifier: Apache-2.0

//! Models: bounds of a description, status, delisting.

use super::mock::*;
use crate::{
	DelistedValues, Error, Event, FinalValues, ModelRecord, ModelSpec, Models, NextModelId,
	PriceHistories,
};
use caliber_math::{CurvePoint, WAD};
use caliber_primitives::{
	appraisal::{ModelStatus, Namespace, OracleKey},
	titles::{AssetClass, Ineligibility},
	traits::{InspectModels, TitleValue},
};
use codec::{Decode, Encode};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	pallet_oracle::{self, RawValues},
	sp_runtime::{traits::BadOrigin, DispatchError, FixedU128, Perbill},
};

/// Returns the admin origin.
fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// Returns the origin of an operator.
fn signed() -> RuntimeOrigin {
	RuntimeOrigin::signed(OPERATORS[0])
}

/// Asserts that both calls that take a description accept a change of it.
fn accepts(change: impl Fn(&mut ModelSpec)) {
	let mut spec = spec();
	change(&mut spec);
	assert_ok!(Appraisal::add_model(root(), spec.clone()));
	assert_ok!(Appraisal::update_model(root(), MODEL, spec));
}

/// Asserts that both calls that take a description refuse a change of it.
fn refuses(change: impl Fn(&mut ModelSpec), error: Error<Test>) {
	let mut spec = spec();
	change(&mut spec);
	let error = DispatchError::from(error);
	assert_noop!(Appraisal::add_model(root(), spec.clone()), error);
	assert_noop!(Appraisal::update_model(root(), MODEL, spec), error);
}

/// Feeds all keys of the model.
fn feed_all_keys() {
	agree(RESALE, 20_000 * WAD);
	agree(RENTAL, 2 * WAD);
	agree(UTILISATION, WAD / 2);
}

#[test]
fn add_model_should_list_it_under_the_next_id_when_it_is_within_bounds() {
	ExtBuilder::default().build_and_execute(|| {
		let other = ModelSpec { class: AssetClass::Storage, ..spec() };
		assert_ok!(Appraisal::add_model(root(), other.clone()));
		assert_eq!(Appraisal::model(1), Some(ModelRecord::new(&other)));
		assert_eq!(Appraisal::model(1).unwrap().spec(other.terms()), other);
		assert_eq!(Appraisal::model_version(1, 0), Some(other.terms()));
		assert_eq!(NextModelId::<Test>::get(), 2);
		assert_eq!(last_event(), Event::ModelAdded { id: 1, spec: other }.into());
		assert_eq!(Appraisal::listed_class(1), Some(AssetClass::Storage));
	});
}

#[test]
fn add_model_should_refuse_when_no_id_is_left() {
	ExtBuilder::default().build_and_execute(|| {
		let next = NextModelId::<Test>::get();
		NextModelId::<Test>::put(u32::MAX);
		assert_noop!(Appraisal::add_model(root(), spec()), Error::<Test>::TooManyModels);
		NextModelId::<Test>::put(next);
	});
}

#[test]
fn calls_should_refuse_when_the_origin_is_not_the_admin() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Appraisal::add_model(signed(), spec()), BadOrigin);
		assert_noop!(Appraisal::update_model(signed(), MODEL, spec()), BadOrigin);
		assert_noop!(Appraisal::set_model_status(signed(), MODEL, ModelStatus::Paused), BadOrigin);
		assert_noop!(Appraisal::delist_model(signed(), MODEL), BadOrigin);
	});
}

#[test]
fn spec_should_be_refused_when_the_name_is_invalid() {
	ExtBuilder::default().build_and_execute(|| {
		refuses(|spec| spec.name = Default::default(), Error::InvalidName);
		refuses(|spec| spec.name = vec![0xC3, 0x28].try_into().unwrap(), Error::InvalidName);
		accepts(|spec| spec.name = "µ-Node".as_bytes().to_vec().try_into().unwrap());
		accepts(|spec| spec.name = vec![b'n'; 64].try_into().unwrap());
		assert!(crate::ModelName::try_from(vec![b'n'; 65]).is_err());
	});
}

#[test]
fn spec_should_be_refused_when_a_number_is_out_of_bounds() {
	ExtBuilder::default().build_and_execute(|| {
		let billion = 1_000_000_000_000_000_000_000_000_000;
		refuses(|spec| spec.reference_price = 0, Error::InvalidReferencePrice);
		accepts(|spec| spec.reference_price = 1);
		accepts(|spec| spec.reference_price = billion);
		refuses(|spec| spec.reference_price = billion + 1, Error::InvalidReferencePrice);

		accepts(|spec| spec.opex_per_hour = 0);
		accepts(|spec| spec.opex_per_hour = billion);
		refuses(|spec| spec.opex_per_hour = billion + 1, Error::InvalidOperatingCost);

		accepts(|spec| spec.release_date = 253_402_300_799);
		refuses(|spec| spec.release_date = 253_402_300_800, Error::InvalidReleaseDate);

		refuses(|spec| spec.economic_life_months = 0, Error::InvalidEconomicLife);
		accepts(|spec| spec.economic_life_months = 1);
		accepts(|spec| spec.economic_life_months = 480);
		refuses(|spec| spec.economic_life_months = 481, Error::InvalidEconomicLife);

		let rate = FixedU128::from_inner;
		accepts(|spec| spec.discount_rate = rate(0));
		accepts(|spec| spec.discount_rate = rate(WAD));
		refuses(|spec| spec.discount_rate = rate(WAD + 1), Error::InvalidDiscountRate);
	});
}

#[test]
fn spec_should_be_refused_when_a_share_is_out_of_bounds() {
	ExtBuilder::default().build_and_execute(|| {
		let parts = Perbill::from_parts;
		refuses(|spec| spec.forced_sale_factor = parts(0), Error::InvalidForcedSaleFactor);
		accepts(|spec| spec.forced_sale_factor = parts(1));
		accepts(|spec| spec.forced_sale_factor = Perbill::one());

		accepts(|spec| spec.max_advance_rate = parts(0));
		accepts(|spec| spec.max_advance_rate = parts(800_000_000));
		refuses(|spec| spec.max_advance_rate = parts(800_000_001), Error::InvalidAdvanceRate);
	});
}

#[test]
fn spec_should_be_refused_when_a_worse_condition_has_the_higher_factor() {
	ExtBuilder::default().build_and_execute(|| {
		let error = || Error::InvalidConditionFactors;
		refuses(|spec| spec.conditions.new = Perbill::from_percent(89), error());
		accepts(|spec| spec.conditions.new = Perbill::from_percent(90));
		refuses(|spec| spec.conditions.refurbished = Perbill::from_percent(79), error());
		refuses(|spec| spec.conditions.used = Perbill::from_percent(49), error());
		refuses(|spec| spec.conditions.as_is = Perbill::from_percent(81), error());
		accepts(|spec| spec.conditions.as_is = Perbill::from_percent(0));
		refuses(|spec| spec.conditions = no_factors(), error());
	});
}

#[test]
fn shares_should_not_decode_when_they_exceed_the_whole() {
	let decode = |parts: u32| Perbill::decode(&mut &parts.encode()[..]);
	assert_eq!(decode(1_000_000_000), Ok(Perbill::one()));
	assert!(decode(1_000_000_001).is_err());
}

/// Returns factors of zero.
fn no_factors() -> crate::ConditionFactors {
	let none = Perbill::from_percent(0);
	crate::ConditionFactors { new: none, refurbished: none, used: none, as_is: none }
}

#[test]
fn spec_should_be_refused_when_the_curve_is_invalid() {
	ExtBuilder::default().build_and_execute(|| {
		// The type does not hold a seventeenth point.
		let point = CurvePoint { age_months: 0, factor: 0 };
		assert!(crate::Curve::try_from(vec![point; 17]).is_err());
		let curve = |points: &[(u16, u32)]| {
			let points = points.iter().map(|(age_months, factor)| CurvePoint {
				age_months: *age_months,
				factor: *factor,
			});
			crate::Curve::try_from(points.collect::<Vec<_>>()).unwrap()
		};
		let whole = 1_000_000_000;
		refuses(|spec| spec.curve = curve(&[]), Error::InvalidCurve);
		refuses(|spec| spec.curve = curve(&[(1, whole)]), Error::InvalidCurve);
		refuses(|spec| spec.curve = curve(&[(0, whole + 1)]), Error::InvalidCurve);
		refuses(|spec| spec.curve = curve(&[(0, 5), (0, 5)]), Error::InvalidCurve);
		refuses(|spec| spec.curve = curve(&[(0, 5), (1, 6)]), Error::InvalidCurve);
		accepts(|spec| spec.curve = curve(&[(0, whole)]));
		accepts(|spec| spec.curve = curve(&[(0, whole), (1, whole), (480, 0)]));
		let longest = (0..16).map(|age| (age, 5)).collect::<Vec<_>>();
		accepts(|spec| spec.curve = curve(&longest));
		refuses(|spec| spec.curve = curve(&[(0, 5), (2, 4), (1, 3)]), Error::InvalidCurve);
	});
}

#[test]
fn update_model_should_replace_the_description_when_the_model_lives() {
	ExtBuilder::default().build_and_execute(|| {
		feed_all_keys();
		assert_ok!(Appraisal::set_model_status(root(), MODEL, ModelStatus::Paused));
		let cheaper = ModelSpec { reference_price: 25_000 * WAD, ..spec() };
		assert_ok!(Appraisal::update_model(root(), MODEL, cheaper.clone()));
		let record = Appraisal::model(MODEL).unwrap();
		assert_eq!(record.version, 1);
		assert_eq!(record.spec(Appraisal::model_version(MODEL, 1).unwrap()), cheaper);
		assert_eq!(record.status_at(now()), ModelStatus::Paused);
		let event = Event::ModelUpdated { id: MODEL, spec: cheaper, version: 1 };
		assert_eq!(last_event(), event.into());
		assert_eq!(accepted(RESALE), Some(20_000 * WAD));
	});
}

#[test]
fn update_model_should_refuse_when_the_class_differs() {
	ExtBuilder::default().build_and_execute(|| {
		let other = ModelSpec { class: AssetClass::Power, ..spec() };
		assert_noop!(Appraisal::update_model(root(), MODEL, other), Error::<Test>::ClassFixed);
	});
}

/// A machine would otherwise have a second id.
#[test]
fn update_model_should_refuse_when_the_namespace_differs() {
	ExtBuilder::default().build_and_execute(|| {
		let other = ModelSpec { namespace: Namespace::Key, ..spec() };
		assert_noop!(Appraisal::update_model(root(), MODEL, other), Error::<Test>::NamespaceFixed);
		assert_eq!(<Appraisal as InspectModels>::namespace(MODEL), Some(Namespace::Serial));
		assert_eq!(<Appraisal as InspectModels>::released_at(MODEL), Some(1_660_000_000));
		assert_eq!(<Appraisal as InspectModels>::namespace(1), None);
		assert_eq!(<Appraisal as InspectModels>::released_at(1), None);
	});
}

#[test]
fn calls_should_refuse_when_there_is_no_such_model() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Appraisal::model(1), None);
		assert_noop!(Appraisal::update_model(root(), 1, spec()), Error::<Test>::UnknownModel);
		assert_noop!(
			Appraisal::set_model_status(root(), 1, ModelStatus::Paused),
			Error::<Test>::UnknownModel
		);
		assert_noop!(Appraisal::delist_model(root(), 1), Error::<Test>::UnknownModel);
	});
}

#[test]
fn set_model_status_should_pause_and_resume_when_asked() {
	ExtBuilder::default().build_and_execute(|| {
		feed_all_keys();
		season();
		assert_eq!(ineligibility(MODEL), None);

		assert_ok!(Appraisal::set_model_status(root(), MODEL, ModelStatus::Paused));
		assert_eq!(ineligibility(MODEL), Some(Ineligibility::ModelPaused));
		assert_eq!(Appraisal::listed_class(MODEL), None);
		let paused = Event::ModelStatusChanged { id: MODEL, status: ModelStatus::Paused };
		assert_eq!(last_event(), paused.into());

		assert_ok!(Appraisal::set_model_status(root(), MODEL, ModelStatus::Listed));
		assert_eq!(ineligibility(MODEL), None);
		assert_eq!(Appraisal::listed_class(MODEL), Some(AssetClass::Compute));
	});
}

#[test]
fn set_model_status_should_refuse_when_nothing_would_change() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Appraisal::set_model_status(root(), MODEL, ModelStatus::Listed),
			Error::<Test>::StatusUnchanged
		);
	});
}

#[test]
fn set_model_status_should_refuse_when_it_would_delist() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Appraisal::set_model_status(root(), MODEL, ModelStatus::Delisted),
			Error::<Test>::UseDelistModel
		);
	});
}

#[test]
fn delist_model_should_clear_its_feeds_and_no_others_when_it_lives() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Appraisal::add_model(root(), spec()));
		feed_all_keys();
		agree(OracleKey::Resale(1), 10_000 * WAD);
		agree(PRICE, WAD);

		assert_ok!(Appraisal::delist_model(root(), MODEL));
		let values = FinalValues {
			resale: Some((20_000 * WAD, START)),
			rental: Some((2 * WAD, START)),
			utilisation: Some((WAD / 2, START)),
		};
		assert_eq!(last_event(), Event::ModelDelisted { id: MODEL, values }.into());
		assert_eq!(DelistedValues::<Test>::get(MODEL), Some(values));
		for key in [RESALE, RENTAL, UTILISATION] {
			assert_eq!(accepted(key), None);
			assert!(!PriceHistories::<Test>::contains_key(key));
			for operator in OPERATORS {
				assert!(!RawValues::<Test>::contains_key(operator, key));
			}
		}
		for key in [OracleKey::Resale(1), PRICE] {
			assert!(accepted(key).is_some());
			assert!(PriceHistories::<Test>::contains_key(key));
			assert!(RawValues::<Test>::contains_key(OPERATORS[0], key));
		}
	});
}

#[test]
fn delist_model_should_weigh_by_the_operators_when_it_succeeds() {
	use crate::WeightInfo;
	ExtBuilder::default().build_and_execute(|| {
		let post = Appraisal::delist_model(root(), MODEL).unwrap();
		let actual = <() as WeightInfo>::delist_model(OPERATORS.len() as u32);
		assert_eq!(post.actual_weight, Some(actual));
		assert!(actual.all_lt(<() as WeightInfo>::delist_model(MAX_FEEDERS)));
	});
}

#[test]
fn delisting_should_be_final_when_it_is_done() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Appraisal::delist_model(root(), MODEL));
		assert_eq!(ineligibility(MODEL), Some(Ineligibility::ModelDelisted));
		assert_eq!(Appraisal::listed_class(MODEL), None);
		let record = Models::<Test>::get(MODEL).unwrap();
		assert_eq!(record.status_at(now()), ModelStatus::Delisted);

		let gone = Error::<Test>::ModelDelisted;
		assert_noop!(Appraisal::delist_model(root(), MODEL), gone);
		assert_noop!(
			Appraisal::set_model_status(root(), MODEL, ModelStatus::Listed),
			Error::<Test>::ModelDelisted
		);
		assert_noop!(Appraisal::update_model(root(), MODEL, spec()), Error::<Test>::ModelDelisted);
	});
}

#[test]
fn delist_model_should_keep_no_values_when_none_was_accepted() {
	ExtBuilder::default().build_and_execute(|| {
		feed_each(RESALE, [WAD, WAD]);
		assert_ok!(Appraisal::delist_model(root(), MODEL));
		assert_eq!(DelistedValues::<Test>::get(MODEL), Some(FinalValues::default()));
		assert_eq!(RawValues::<Test>::iter().count(), 0);
	});
}

#[test]
fn model_should_keep_its_value_when_another_has_none() {
	ExtBuilder::default().build_and_execute(|| {
		for _ in 0..3 {
			assert_ok!(Appraisal::add_model(root(), spec()));
		}
		// Four models: one with a value, one paused, one delisted, one stale.
		feed_of(3);
		pass(1_000);
		(0..3).for_each(feed_of);
		pass(2_601);
		assert_ok!(Appraisal::set_model_status(root(), 1, ModelStatus::Paused));
		assert_ok!(Appraisal::delist_model(root(), 2));
		let reasons = [
			None,
			Some(Ineligibility::ModelPaused),
			Some(Ineligibility::ModelDelisted),
			Some(Ineligibility::AppraisalStale),
		];
		season();
		for (model, reason) in (0..).zip(reasons) {
			assert_eq!(ineligibility(model), reason);
			put_title(model, title_of(model));
			let value = title_value(model);
			assert_eq!(value.map_err(|error| error.ineligibility()).err(), reason);
		}
	});
}

/// Feeds all keys of a model.
fn feed_of(model_id: u32) {
	agree(OracleKey::Resale(model_id), 20_000 * WAD);
	agree(OracleKey::Rental(model_id), 2 * WAD);
	agree(OracleKey::Utilisation(model_id), WAD / 4 * 3);
}

#[test]
fn max_advance_rate_should_be_returned_when_the_model_is_known() {
	ExtBuilder::default().build_and_execute(|| {
		let rate = <Appraisal as TitleValue>::max_advance_rate;
		assert_eq!(rate(MODEL, 0), Some(Perbill::from_percent(70)));
		assert_eq!(rate(MODEL, 1), None);
		assert_eq!(rate(1, 0), None);
	});
}

#[test]
fn oracle_should_be_empty_when_nothing_was_fed() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(pallet_oracle::Values::<Test>::iter().count(), 0);
		assert_eq!(ineligibility(MODEL), Some(Ineligibility::AppraisalUnavailable));
	});
}

#[cfg(feature = "runtime-benchmarks")]
#[test]
fn benchmark_model_should_give_its_titles_a_value_when_others_need_one() {
	ExtBuilder::default().build_and_execute(|| {
		for class in [AssetClass::Compute, AssetClass::Storage] {
			let model = Appraisal::benchmark_model(class);
			assert_eq!(Appraisal::listed_class(model), Some(class));
			assert_eq!(ineligibility(model), None);
			put_title(model, title_of(model));
			assert!(title_value(model).is_ok());
			pass(86_400);
			assert!(title_value(model).is_ok());
		}
	});
}
