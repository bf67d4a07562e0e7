// SPDX-License-Identifier: Apache-2.0

//! Whatever a call has to know of a line's titles, it looks at each of them once, and at the values
//! of governance.

use super::{mock::*, support::lot::*};
use crate::{
	frame_support::{assert_noop, assert_ok},
	Error,
};
use caliber_primitives::{appraisal::AppraisalError, titles::Ineligibility, Balance, LineId, USD};

fn drawing(line: LineId) -> Outcome {
	Credit::draw(RuntimeOrigin::signed(BORROWER), line, DEBT).map(|_| ()).map_err(|e| e.error)
}

#[test]
fn calls_should_look_at_each_title_once() {
	ExtBuilder::default().build_and_execute(|| {
		let by_anyone = || RuntimeOrigin::signed(ANYONE);
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2, 3]));
		let once = (3, 3);
		assert_eq!(looks_of(|| drawing(id)), once);
		assert_eq!(looks_of(|| Credit::line(id).ok_or(())), once);
		let hash = Credit::terms_hash(&bare_terms());
		let by_curator = RuntimeOrigin::signed(CURATOR);
		assert_ok!(Credit::offer_terms(by_curator, id, bare_terms(), now() + DAY));
		let accept_terms = || Credit::accept_terms(RuntimeOrigin::signed(BORROWER), id, hash);
		assert_eq!(looks_of(accept_terms), once);
		// One of them has no value for a time, which makes no difference.
		for title in [1, 2] {
			set_worth(title, Ok(300_000 * USD));
		}
		set_worth(3, Err(AppraisalError::Paused));
		set_ineligible(1, Some(Ineligibility::Uninsured));
		assert_eq!(looks_of(|| Credit::declare_breach(by_anyone(), id)), once);
		// The swap asks once more whether what is pledged may be. In breach it looks at the three
		// titles that are left a second time, by what counts for covenants: the provision is made
		// of that.
		set_ineligible(1, None);
		set_worth(3, Ok(2_000_000 * USD));
		let swap = || {
			let by_borrower = RuntimeOrigin::signed(BORROWER);
			Credit::swap_titles(by_borrower, id, titles(&[1]), titles(&[4]))
		};
		assert_eq!(looks_of(swap), (7, 6));
		set_worth(3, Ok(1));
		set_worth(4, Ok(1));
		set_time(now() + 15 * DAY);
		assert_eq!(looks_of(|| Credit::declare_uncured(by_anyone(), id)), once);
		assert_eq!(looks_of(|| Credit::reassess(by_anyone(), id)), once);
		assert_eq!(looks_of(|| start(id)), once);
	});
}

#[test]
fn draw_should_name_the_lapse_of_one_title_before_the_missing_value_of_another() {
	ExtBuilder::default().build_and_execute(|| {
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2]));
		set_worth(1, Err(AppraisalError::Stale(some_key())));
		set_ineligible(2, Some(Ineligibility::Uninsured));
		assert_noop!(drawing(id), Error::<Test>::TitleLapsed);
		set_ineligible(2, None);
		assert_noop!(drawing(id), Error::<Test>::PriceStale);
		set_worth(1, Ok(2_000_000 * USD));
		assert_ok!(drawing(id));
	});
}

#[test]
fn calls_should_read_the_values_of_governance_once() {
	ExtBuilder::default().build_and_execute(|| {
		let by_anyone = || RuntimeOrigin::signed(ANYONE);
		let id = offer(bare_terms());
		assert_ok!(accept(BORROWER, id, &bare_terms(), &[1, 2, 3]));
		assert_eq!(reads_of(|| drawing(id)), 1);
		// The last known values count, less the haircut.
		let pause = |worth: Balance| {
			for title in 1..=3 {
				set_worth(title, Ok(worth));
				set_worth(title, Err(AppraisalError::Paused));
			}
		};
		pause(100_000 * USD);
		assert_eq!(reads_of(|| Credit::declare_breach(by_anyone(), id)), 1);
		assert_eq!(reads_of(|| Credit::reassess(by_anyone(), id)), 1);
		pause(2_000_000 * USD);
		assert_eq!(reads_of(|| Credit::cure(by_anyone(), id)), 1);
		pause(100_000 * USD);
		assert_ok!(Credit::declare_breach(by_anyone(), id));
		set_time(now() + 15 * DAY);
		assert_eq!(reads_of(|| Credit::declare_uncured(by_anyone(), id)), 1);
		assert_eq!(reads_of(|| start(id)), 1);
		set_time(auction(id).ends_at);
		assert_eq!(reads_of(|| settle(id)), 1);
	});
}
