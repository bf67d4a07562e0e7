// SPDX-License-Identifier: Apache-2.0

//! Rounds over the lines, which settlements of the vault wait for.

use super::mock::*;
use crate::{
	frame_support::{assert_noop, assert_ok},
	Error, Event, Sweep, WeightInfo,
};
use caliber_primitives::{
	appraisal::OracleKey,
	credit::LineState,
	titles::Ineligibility,
	traits::{LineRounds, OnNewAppraisal, Round},
	USD,
};

#[test]
fn turn_round_should_look_at_every_line_and_note_when() {
	ExtBuilder::default().build_and_execute(|| {
		let all = small_lines(3);
		for title in 100..103 {
			set_ineligible(title, Some(Ineligibility::Uninsured));
		}
		assert_eq!(Credit::last_round(), None);
		assert_noop!(turn(0), Error::<Test>::NoLines);
		assert_ok!(turn(2));
		// In the order of the storage.
		let breached = || all.iter().filter(|id| line(**id).state == LineState::Breached).count();
		assert_eq!(breached(), 2);
		assert_eq!(Credit::last_round(), None);
		set_time(START + 6);
		// The last line, and the end.
		assert_ok!(turn(2));
		assert_eq!(breached(), 3);
		assert_eq!(Credit::last_round(), Some(Round { begun: START, ended: START + 6 }));
		assert_eq!(
			take_events().last(),
			Some(&Event::RoundTurned { lines: 1, begun: START, ended: true })
		);
	});
}

#[test]
fn round_should_not_begin_anew_when_a_price_comes() {
	ExtBuilder::default().build_and_execute(|| {
		small_lines(3);
		assert_ok!(turn(1));
		for second in 1..=3 {
			set_time(START + second);
			Credit::on_new_appraisal(&OracleKey::Resale(1), USD, now());
			assert_ok!(turn(1));
		}
		assert_eq!(Credit::last_round(), Some(Round { begun: START, ended: START + 3 }));
	});
}

#[test]
fn round_should_be_asked_for_once() {
	ExtBuilder::default().build_and_execute(|| {
		small_lines(2);
		idle(PLENTY);
		assert_eq!(Credit::last_round(), Some(Round { begun: START, ended: START }));
		let marked = || Sweep::<Test>::get().marked;
		// One has begun then.
		Credit::ask_round(START);
		assert!(!marked());
		set_time(START + 9);
		Credit::ask_round(START + 9);
		assert!(marked());
		idle(PLENTY);
		assert_eq!(Credit::last_round(), Some(Round { begun: START + 9, ended: START + 9 }));
		// One that runs since is not asked for again.
		set_time(START + 20);
		assert_ok!(turn(1));
		Credit::ask_round(START + 20);
		assert!(!marked());
		Credit::ask_round(START + 21);
		assert!(marked());
	});
}

#[test]
fn round_should_not_be_noted_when_it_has_passed_a_line() {
	ExtBuilder::default().build_and_execute(|| {
		small_lines(1);
		set_ineligible(100, Some(Ineligibility::Uninsured));
		// There is time for the line, and not for its breach.
		let little = <() as WeightInfo>::sweep_idle() + <() as WeightInfo>::sweep_line();
		for _ in 0..4 {
			idle(little);
		}
		assert_eq!((Credit::last_round(), line(0).state), (None, LineState::Open));
		for _ in 0..3 {
			idle(PLENTY);
		}
		assert_eq!(line(0).state, LineState::Breached);
		assert!(Credit::last_round().is_some());
	});
}

#[test]
fn turn_round_should_cost_what_it_has_done() {
	ExtBuilder::default().build_and_execute(|| {
		small_lines(2);
		let post = Credit::turn_round(RuntimeOrigin::signed(ANYONE), 5).expect("it goes on");
		let actual = post.actual_weight.expect("it is known");
		let least = <() as WeightInfo>::turn_round() + <() as WeightInfo>::sweep_line() * 2;
		assert!(actual.all_gte(least));
		assert!(actual.all_lte(Credit::turn_limit(5)));
	});
}
