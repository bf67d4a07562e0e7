// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::traits::BadOrigin,
	CuratorRecord, Curators, Error, Event,
};
use caliber_primitives::{governance::Governed, Balance, USD};

fn record(curator: AccountId) -> CuratorRecord {
	Curators::<Test>::get(curator).expect("the curator exists")
}

/// A curator of this capacity, without lines.
fn curator_with(capacity: Balance) -> CuratorRecord {
	CuratorRecord {
		capacity: Governed::new(capacity),
		committed: 0,
		outstanding: 0,
		suspended: Governed::new(false),
	}
}

#[test]
fn genesis_should_approve_curators_and_keep_the_account_alive() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(record(CURATOR), curator_with(5_000_000 * USD));
		assert_eq!(System::providers(&Credit::account_id()), 1);
	});
}

#[test]
fn approve_curator_should_store_it_when_it_is_new() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Credit::approve_curator(referendum(), ANYONE, 5));
		let expected = curator_with(5);
		assert_eq!(record(ANYONE), expected);
		assert_eq!(take_events(), [Event::CuratorApproved { curator: ANYONE, capacity: 5 }]);
	});
}

#[test]
fn approve_curator_should_refuse_when_nothing_would_change() {
	ExtBuilder::default().build_and_execute(|| {
		let approve = |capacity| Credit::approve_curator(referendum(), CURATOR, capacity);
		assert_noop!(approve(5_000_000 * USD), Error::<Test>::AlreadyCurator);
		assert_ok!(approve(5_000_000 * USD + 1));
		assert_eq!(record(CURATOR), curator_with(5_000_000 * USD + 1));
		assert_noop!(approve(5_000_000 * USD + 1), Error::<Test>::AlreadyCurator);
	});
}

#[test]
fn approve_curator_should_reinstate_with_what_is_committed_when_it_is_suspended() {
	ExtBuilder::default().build_and_execute(|| {
		open(terms());
		assert_ok!(Credit::suspend_curator(referendum(), CURATOR));
		assert_ok!(Credit::approve_curator(referendum(), CURATOR, 7));
		assert_eq!(
			record(CURATOR),
			CuratorRecord { committed: 1_000_000 * USD, ..curator_with(7) }
		);
	});
}

#[test]
fn set_curator_capacity_should_change_it_even_below_what_is_committed() {
	ExtBuilder::default().build_and_execute(|| {
		open(terms());
		take_events();
		assert_ok!(Credit::set_curator_capacity(referendum(), CURATOR, 9));
		assert_eq!(record(CURATOR).capacity.at(now()), 9);
		assert_eq!(
			take_events(),
			[Event::CuratorCapacitySet { curator: CURATOR, capacity: 9, until: None }]
		);
	});
}

#[test]
fn set_curator_capacity_should_refuse_when_there_is_no_such_curator() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Credit::set_curator_capacity(referendum(), ANYONE, 9),
			Error::<Test>::NotCurator
		);
	});
}

#[test]
fn suspend_curator_should_stop_offers_and_refuse_a_second_time() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Credit::suspend_curator(referendum(), CURATOR));
		assert!(record(CURATOR).suspended.at(now()));
		assert_eq!(take_events(), [Event::CuratorSuspended { curator: CURATOR, until: None }]);
		assert_noop!(
			Credit::suspend_curator(referendum(), CURATOR),
			Error::<Test>::CuratorSuspended
		);
		assert_noop!(Credit::suspend_curator(referendum(), ANYONE), Error::<Test>::NotCurator);
		assert_noop!(
			Credit::offer_line(RuntimeOrigin::signed(CURATOR), BORROWER, terms(), START + DAY),
			Error::<Test>::CuratorSuspended
		);
	});
}

#[test]
fn suspend_curator_should_stop_draws_and_no_payment_until_it_is_lifted() {
	ExtBuilder::default().build_and_execute(|| {
		let id = open(bare_terms());
		let loan = draw(id, 10_000 * USD);
		let drawing = || Credit::draw(RuntimeOrigin::signed(BORROWER), id, 10_000 * USD);
		assert_ok!(Credit::suspend_curator(committee(), CURATOR));
		assert_noop!(drawing(), Error::<Test>::CuratorSuspended);
		assert_eq!(Credit::line(id).and_then(|line| line.availability), Some(0));
		// The borrower keeps its line and its way out; the suspended curator takes nothing back.
		assert_ok!(Credit::payoff(RuntimeOrigin::signed(BORROWER), loan, FUNDS));
		let closing = || Credit::close_line(RuntimeOrigin::signed(CURATOR), id);
		assert_noop!(closing(), Error::<Test>::StillAvailable);
		// A brake of the committee runs out.
		set_time(START + 14 * DAY);
		assert_ok!(drawing());
	});
}

#[test]
fn curators_should_be_the_admins_alone() {
	ExtBuilder::default().build_and_execute(|| {
		let other = || RuntimeOrigin::signed(CURATOR);
		assert_noop!(Credit::approve_curator(other(), ANYONE, 1), BadOrigin);
		assert_noop!(Credit::set_curator_capacity(other(), CURATOR, 1), BadOrigin);
		assert_noop!(Credit::suspend_curator(other(), CURATOR), BadOrigin);
	});
}
