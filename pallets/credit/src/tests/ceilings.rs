// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight},
	sp_runtime::traits::BadOrigin,
	Error, Event, ModelCeilings, OutstandingByModel,
};
use caliber_primitives::{Balance, ModelId, USD};

fn against(model: ModelId) -> Balance {
	OutstandingByModel::<Test>::get(model)
}

/// A line over titles 1 and 2 of model 70 and title 3 of model 80, worth 2 : 1 by model.
fn line_over_two_models() -> u32 {
	for (title, model) in [(1, 70), (2, 70), (3, 80)] {
		set_model(title, model);
		set_worth(title, Ok(300_000 * USD));
	}
	let line = offer(bare_terms());
	assert_ok!(accept(BORROWER, line, &bare_terms(), &[1, 2, 3]));
	line
}

fn drawing(line: u32, amount: Balance) -> Result<(), polkadot_sdk::sp_runtime::DispatchError> {
	Credit::draw(RuntimeOrigin::signed(BORROWER), line, amount).map(|_| ()).map_err(|e| e.error)
}

#[test]
fn set_model_ceiling_should_set_and_lift() {
	ExtBuilder::default().build_and_execute(|| {
		let admin = referendum;
		assert_ok!(Credit::set_model_ceiling(admin(), 1, Some(5)));
		assert_eq!(ModelCeilings::<Test>::get(1).at(now()), Some(5));
		assert_eq!(
			take_events(),
			[Event::ModelCeilingSet { model: 1, ceiling: Some(5), until: None }]
		);
		assert_ok!(Credit::set_model_ceiling(admin(), 1, None));
		assert_eq!(ModelCeilings::<Test>::get(1).at(now()), None);
		assert_noop!(Credit::set_model_ceiling(admin(), 99, Some(5)), Error::<Test>::UnknownModel);
		// The ceiling of a model that is gone can still be lifted.
		assert_ok!(Credit::set_model_ceiling(admin(), 99, None));
		assert_noop!(
			Credit::set_model_ceiling(RuntimeOrigin::signed(CURATOR), 1, Some(5)),
			BadOrigin
		);
	});
}

#[test]
fn debt_should_stand_against_models_as_they_secure_it() {
	ExtBuilder::default().build_and_execute(|| {
		let id = line_over_two_models();
		take_events();
		let loan = draw(id, 300_000 * USD);
		assert_eq!((against(70), against(80)), (200_000 * USD, 100_000 * USD));
		assert_eq!(
			take_events()[0],
			Event::ExposureChanged {
				line: id,
				exposure: vec![(70, 200_000 * USD), (80, 100_000 * USD)]
			}
		);
		// A draw after a change of values restates the whole.
		set_worth(3, Ok(600_000 * USD));
		draw(id, 100_000 * USD);
		assert_eq!((against(70), against(80)), (200_000 * USD, 200_000 * USD));
		// A payment lowers both in proportion, once idle work has booked it.
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan, FUNDS));
		Credit::on_idle(1, Weight::MAX);
		assert_eq!((against(70), against(80)), (50_000 * USD, 50_000 * USD));
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(ANYONE), loan_id(id, 1), FUNDS));
		Credit::on_idle(1, Weight::MAX);
		assert_eq!(OutstandingByModel::<Test>::iter().count(), 0);
	});
}

#[test]
fn draw_should_refuse_above_the_ceiling_of_a_model() {
	ExtBuilder::default().build_and_execute(|| {
		let id = line_over_two_models();
		let set = |model, ceiling| {
			assert_ok!(Credit::set_model_ceiling(referendum(), model, ceiling));
		};
		set(80, Some(50_000 * USD));
		// A third of 150 000 and three units is a unit too much.
		assert_noop!(drawing(id, 150_000 * USD + 3), Error::<Test>::ModelCeilingExceeded);
		assert_ok!(drawing(id, 150_000 * USD));
		assert_noop!(drawing(id, 3_000 * USD), Error::<Test>::ModelCeilingExceeded);
		set(80, None);
		assert_ok!(drawing(id, 3_000 * USD));
		// What stands already is left, and nothing more comes.
		set(70, Some(1));
		assert_noop!(drawing(id, 3_000 * USD), Error::<Test>::ModelCeilingExceeded);
	});
}

#[test]
fn draw_should_count_what_other_lines_owe_against_a_model() {
	ExtBuilder::default().build_and_execute(|| {
		set_model(1, 70);
		set_model(5, 70);
		let first = open(bare_terms());
		let second = offer_by(OTHER_CURATOR, OTHER_BORROWER, bare_terms());
		assert_ok!(accept(OTHER_BORROWER, second, &bare_terms(), &[5]));
		assert_ok!(Credit::set_model_ceiling(referendum(), 70, Some(100_000 * USD)));
		draw(first, 60_000 * USD);
		let other = |amount| {
			Credit::draw(RuntimeOrigin::signed(OTHER_BORROWER), second, amount)
				.map(|_| ())
				.map_err(|e| e.error)
		};
		assert_noop!(other(40_000 * USD + 1), Error::<Test>::ModelCeilingExceeded);
		assert_ok!(other(40_000 * USD));
		assert_eq!(against(70), 100_000 * USD);
	});
}

#[test]
fn draw_should_refuse_above_the_curators_capacity() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let set = |capacity| {
			assert_ok!(Credit::set_curator_capacity(referendum(), CURATOR, capacity));
		};
		set(100_000 * USD);
		assert_noop!(drawing(id, 100_000 * USD + 1), Error::<Test>::CuratorCeilingExceeded);
		assert_ok!(drawing(id, 100_000 * USD));
		assert_noop!(drawing(id, 1_000 * USD), Error::<Test>::CuratorCeilingExceeded);
		set(5_000_000 * USD);
		assert_ok!(drawing(id, 1_000 * USD));
	});
}

#[test]
fn ceilings_should_be_checked_from_the_widest_to_the_narrowest() {
	ExtBuilder::default().build_and_execute(|| {
		let id = line_over_two_models();
		let amount = 2_000_000 * USD;
		assert_ok!(Credit::set_curator_capacity(referendum(), CURATOR, USD));
		Values::mutate(|values| values.global_ceiling = USD);
		Values::mutate(|values| values.borrower_ceiling = USD);
		assert_ok!(Credit::set_model_ceiling(referendum(), 70, Some(USD)));
		assert_noop!(drawing(id, amount), Error::<Test>::GlobalCeilingExceeded);
		Values::mutate(|values| values.global_ceiling = FUNDS);
		assert_noop!(drawing(id, amount), Error::<Test>::ModelCeilingExceeded);
		assert_ok!(Credit::set_model_ceiling(referendum(), 70, None));
		assert_noop!(drawing(id, amount), Error::<Test>::BorrowerCeilingExceeded);
		Values::mutate(|values| values.borrower_ceiling = FUNDS);
		assert_noop!(drawing(id, amount), Error::<Test>::CuratorCeilingExceeded);
		assert_ok!(Credit::set_curator_capacity(referendum(), CURATOR, FUNDS));
		assert_noop!(drawing(id, amount), Error::<Test>::LimitExceeded);
		assert_noop!(drawing(id, 1_000_000 * USD), Error::<Test>::InsufficientCoverage);
	});
}
