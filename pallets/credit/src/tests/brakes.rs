// SPDX-License-Identifier: Apache-2.0

//! A referendum decides for good. The technical committee only brakes, and for a time.

use super::{mock::*, support::lot::*};
use crate::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::traits::BadOrigin,
	Curators, Error, Event, ModelCeilings,
};
use caliber_primitives::{Balance, LineId, ModelId, Seconds, USD};

/// End of a brake that is set when a test begins.
const OVER: Seconds = START + 14 * DAY;
/// End of its rest.
const RESTED: Seconds = OVER + 30 * DAY;

fn drawing(line: LineId, amount: Balance) -> Outcome {
	Credit::draw(RuntimeOrigin::signed(BORROWER), line, amount).map(|_| ()).map_err(|e| e.error)
}

fn capacity() -> Balance {
	Curators::<Test>::get(CURATOR).expect("the curator exists").capacity.at(now())
}

fn ceiling(model: ModelId) -> Option<Balance> {
	ModelCeilings::<Test>::get(model).at(now())
}

fn set_capacity(by: RuntimeOrigin, capacity: Balance) -> Outcome {
	Credit::set_curator_capacity(by, CURATOR, capacity)
}

#[test]
fn capacity_should_be_lowered_by_the_committee_for_a_fortnight() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		take_events();
		let braked = 100_000 * USD;
		assert_ok!(set_capacity(committee(), braked));
		let event =
			Event::CuratorCapacitySet { curator: CURATOR, capacity: braked, until: Some(OVER) };
		assert_eq!(take_events(), [event]);
		assert_noop!(drawing(id, braked + 1), Error::<Test>::CuratorCeilingExceeded);
		assert_ok!(drawing(id, braked));
		let offered = || {
			let by_curator = RuntimeOrigin::signed(CURATOR);
			Credit::offer_line(by_curator, BORROWER, bare_terms(), now() + DAY)
		};
		assert_noop!(offered(), Error::<Test>::CapacityExceeded);
		set_time(OVER - 1);
		assert_eq!(capacity(), braked);
		assert_noop!(drawing(id, 1_000 * USD), Error::<Test>::CuratorCeilingExceeded);
		// Nobody has to end it.
		set_time(OVER);
		assert_eq!(capacity(), 5_000_000 * USD);
		assert_ok!(drawing(id, 1_000 * USD));
		assert_ok!(offered());
	});
}

#[test]
fn brake_should_not_return_before_its_rest_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(set_capacity(committee(), USD));
		// Stricter while it lasts, but no longer.
		set_time(START + 10 * DAY);
		assert_noop!(set_capacity(committee(), USD), Error::<Test>::NotStricter);
		assert_noop!(set_capacity(committee(), 2 * USD), Error::<Test>::NotStricter);
		assert_ok!(set_capacity(committee(), USD / 2));
		set_time(OVER);
		assert_eq!(capacity(), 5_000_000 * USD);
		assert_noop!(set_capacity(committee(), USD), Error::<Test>::BrakeResting);
		set_time(RESTED - 1);
		assert_noop!(set_capacity(committee(), USD), Error::<Test>::BrakeResting);
		set_time(RESTED);
		assert_ok!(set_capacity(committee(), USD));
		assert_eq!(capacity(), USD);
	});
}

#[test]
fn capacity_should_be_raised_by_a_referendum_alone() {
	ExtBuilder::default().build_and_execute(|| {
		let more = 5_000_000 * USD + 1;
		assert_noop!(set_capacity(committee(), more), BadOrigin);
		assert_noop!(set_capacity(committee(), 5_000_000 * USD), Error::<Test>::NotStricter);
		assert_ok!(set_capacity(referendum(), more));
		// A referendum that comes while a brake lasts counts once it is over.
		assert_ok!(set_capacity(committee(), 7));
		assert_noop!(set_capacity(committee(), more + 1), BadOrigin);
		take_events();
		assert_ok!(set_capacity(referendum(), 2 * more));
		let event = Event::CuratorCapacitySet { curator: CURATOR, capacity: 2 * more, until: None };
		assert_eq!((take_events(), capacity()), (vec![event], 7));
		set_time(OVER);
		assert_eq!(capacity(), 2 * more);
	});
}

#[test]
fn curator_should_be_suspended_by_the_committee_for_a_fortnight() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(terms());
		let suspend = || Credit::suspend_curator(committee(), CURATOR);
		take_events();
		assert_ok!(suspend());
		let event = Event::CuratorSuspended { curator: CURATOR, until: Some(OVER) };
		assert_eq!(take_events(), [event]);
		assert_noop!(suspend(), Error::<Test>::NotStricter);
		assert_noop!(accept(BORROWER, id, &terms(), &[1]), Error::<Test>::CuratorSuspended);
		set_time(OVER);
		assert_noop!(suspend(), Error::<Test>::BrakeResting);
		assert_ok!(accept(BORROWER, offer(terms()), &terms(), &[1]));
		set_time(RESTED);
		assert_ok!(suspend());
	});
}

#[test]
fn suspension_by_the_committee_should_become_one_that_lasts_when_a_referendum_says_so() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Credit::suspend_curator(committee(), CURATOR));
		assert_ok!(Credit::suspend_curator(referendum(), CURATOR));
		set_time(RESTED);
		let suspended =
			|| Curators::<Test>::get(CURATOR).map(|curator| curator.suspended.at(now()));
		assert_eq!(suspended(), Some(true));
		assert_noop!(
			Credit::suspend_curator(committee(), CURATOR),
			Error::<Test>::CuratorSuspended
		);
	});
}

#[test]
fn approve_curator_should_end_a_suspension_by_the_committee_which_then_rests() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Credit::suspend_curator(committee(), CURATOR));
		set_time(START + DAY);
		assert_noop!(Credit::approve_curator(committee(), CURATOR, 1), BadOrigin);
		assert_ok!(Credit::approve_curator(referendum(), CURATOR, 5_000_000 * USD));
		offer(terms());
		let suspend = || Credit::suspend_curator(committee(), CURATOR);
		set_time(START + 31 * DAY - 1);
		assert_noop!(suspend(), Error::<Test>::BrakeResting);
		set_time(START + 31 * DAY);
		assert_ok!(suspend());
	});
}

#[test]
fn approve_curator_should_set_the_capacity_when_the_suspension_has_run_out_before_it_is_enacted() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Credit::suspend_curator(committee(), CURATOR));
		// The referendum that reinstates it takes longer than the brake.
		set_time(OVER + 20 * DAY);
		take_events();
		let capacity = 3_000_000 * USD;
		assert_ok!(Credit::approve_curator(referendum(), CURATOR, capacity));
		assert_eq!(take_events(), [Event::CuratorApproved { curator: CURATOR, capacity }]);
		assert_eq!(self::capacity(), capacity);
		offer(terms());
		// The brake that ran out rests as long as it would have.
		let suspend = || Credit::suspend_curator(committee(), CURATOR);
		set_time(RESTED - 1);
		assert_noop!(suspend(), Error::<Test>::BrakeResting);
		set_time(RESTED);
		assert_ok!(suspend());
	});
}

#[test]
fn ceiling_should_be_lowered_by_the_committee_and_never_lifted() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let set = |by, ceiling| Credit::set_model_ceiling(by, 1, ceiling);
		take_events();
		// There was none.
		assert_ok!(set(committee(), Some(50_000 * USD)));
		let until = Some(OVER);
		let event = Event::ModelCeilingSet { model: 1, ceiling: Some(50_000 * USD), until };
		assert_eq!(take_events(), [event]);
		assert_noop!(drawing(id, 50_000 * USD + 1), Error::<Test>::ModelCeilingExceeded);
		assert_noop!(set(committee(), None), Error::<Test>::NotStricter);
		assert_noop!(set(committee(), Some(60_000 * USD)), Error::<Test>::NotStricter);
		set_time(OVER);
		assert_eq!(ceiling(1), None);
		assert_ok!(drawing(id, 50_000 * USD + 1));
		assert_noop!(set(committee(), Some(1)), Error::<Test>::BrakeResting);

		assert_ok!(set(referendum(), Some(100_000 * USD)));
		assert_noop!(set(committee(), Some(100_000 * USD + 1)), BadOrigin);
		assert_noop!(set(committee(), None), BadOrigin);
		set_time(RESTED);
		assert_ok!(set(committee(), Some(1)));
		assert_noop!(set(committee(), Some(100_000 * USD + 1)), BadOrigin);
		assert_noop!(set(committee(), None), BadOrigin);
		assert_eq!(ceiling(1), Some(1));
		// A referendum lifts its own ceiling, and the brake goes on for its time.
		assert_ok!(set(referendum(), None));
		assert_eq!(ceiling(1), Some(1));
		set_time(RESTED + 14 * DAY);
		assert_eq!(ceiling(1), None);
		assert_noop!(
			Credit::set_model_ceiling(committee(), 99, Some(5)),
			Error::<Test>::UnknownModel
		);
	});
}

#[test]
fn ceiling_without_a_brake_should_leave_no_entry_when_it_is_lifted() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Credit::set_model_ceiling(referendum(), 1, Some(5)));
		assert_ok!(Credit::set_model_ceiling(referendum(), 1, None));
		assert_eq!(ModelCeilings::<Test>::iter().count(), 0);
	});
}

#[test]
fn ceiling_should_leave_no_entry_when_it_is_lifted_after_the_rest_of_its_brake() {
	ExtBuilder::default().build_and_execute(|| {
		let lift = || Credit::set_model_ceiling(referendum(), 1, None);
		assert_ok!(Credit::set_model_ceiling(committee(), 1, Some(5)));
		// While the brake lasts or rests the entry keeps the next one from following at once.
		for at in [START, OVER - 1, OVER, RESTED - 1] {
			set_time(at);
			assert_ok!(lift());
			assert!(ModelCeilings::<Test>::contains_key(1));
		}
		assert_noop!(
			Credit::set_model_ceiling(committee(), 1, Some(1)),
			Error::<Test>::BrakeResting
		);
		set_time(RESTED);
		assert_ok!(lift());
		assert_eq!(ModelCeilings::<Test>::iter().count(), 0);
	});
}

#[test]
fn committee_should_neither_approve_nor_resolve() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Credit::approve_curator(committee(), ANYONE, 1), BadOrigin);
		let (id, _) = unwanted(bare_terms(), DEBT);
		assert_ok!(bid(ANYONE, id, 100_000 * USD));
		let resolve =
			|by, to, price| Credit::resolve_lot(by, id, to, price).map(|_| ()).map_err(|e| e.error);
		assert_noop!(resolve(committee(), ANYONE, 100_000 * USD), BadOrigin);
		assert_noop!(resolve(committee(), COMMITTEE, 0), BadOrigin);
		assert_ok!(resolve(referendum(), ANYONE, 100_000 * USD));
	});
}

#[test]
fn nobody_else_should_lower_or_raise_anything() {
	ExtBuilder::default().build_and_execute(|| {
		for who in [ADMIN, CURATOR, BORROWER, ANYONE] {
			let by = || RuntimeOrigin::signed(who);
			for capacity in [1, Balance::MAX] {
				assert_noop!(set_capacity(by(), capacity), BadOrigin);
				assert_noop!(Credit::set_model_ceiling(by(), 1, Some(capacity)), BadOrigin);
			}
			assert_noop!(Credit::suspend_curator(by(), CURATOR), BadOrigin);
			assert_noop!(Credit::approve_curator(by(), ANYONE, 1), BadOrigin);
		}
	});
}
