// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{titles::Ineligibility, TitleId};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};

fn batch(titles: &[TitleId]) -> HeartbeatBatch {
	titles.to_vec().try_into().unwrap()
}

#[test]
fn heartbeat_should_renew_custody_of_all_titles() {
	ExtBuilder::default().build_and_execute(|| {
		let titles = [active(1), active(3), active(5)];
		let later = START + VALIDITY + 1;
		set_time(later);
		assert_eq!(Titles::eligibility(titles[0]), Err(Ineligibility::CustodyStale));

		assert_ok!(Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch(&titles[..2])));
		assert_eq!(kept_since(titles[0]), later);
		assert_eq!(kept_since(titles[1]), later);
		assert_eq!(kept_since(titles[2]), START);
		assert_eq!(Titles::eligibility(titles[0]), Ok(()));
		assert_eq!(
			last_event(),
			Event::CustodyRenewed {
				custodian: CUSTODIAN,
				titles: batch(&titles[..2]),
				renewed_at: later
			}
		);
	});
}

#[test]
fn heartbeat_should_renew_pledged_titles_and_those_of_a_suspended_custodian() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, 9);
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		set_time(START + DAY);
		assert_ok!(Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch(&[title])));
		assert_eq!(kept_since(title), START + DAY);
	});
}

#[test]
fn heartbeat_should_fail_when_empty_or_not_custodian() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_noop!(
			Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch(&[])),
			Error::<Test>::EmptyHeartbeat
		);
		assert_noop!(
			Titles::heartbeat(RuntimeOrigin::signed(OWNER), batch(&[title])),
			Error::<Test>::UnknownParty
		);
	});
}

#[test]
fn heartbeat_should_renew_nothing_when_one_title_is_not_its_own_and_active() {
	ExtBuilder::default().build_and_execute(|| {
		let mine = active(1);
		let waiting = attested(3);
		assert_ok!(Titles::attest(RuntimeOrigin::signed(RIVAL), OWNER, spec(5)));
		let foreign = waiting + 1;
		assert_ok!(confirm_as(VERIFIER, foreign));
		set_time(START + DAY);

		for (title, error) in [
			(foreign, Error::<Test>::NotTitleCustodian),
			(waiting, Error::<Test>::NotActive),
			(foreign + 1, Error::<Test>::UnknownTitle),
		] {
			assert_noop!(
				Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch(&[mine, title])),
				error
			);
		}
		assert_eq!(kept_since(mine), START);
	});
}

#[test]
fn custody_should_lapse_and_come_back_at_the_exact_second() {
	ExtBuilder::default().build_and_execute(|| {
		let (free, held) = (active(1), pledged(3, 9));
		let held_by = || seen_by(held, 9);
		let beat = || Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch(&[free, held]));
		let mut renewed_at = START;
		for late in [0, 1, 3 * DAY] {
			set_time(renewed_at + VALIDITY);
			assert_eq!(Titles::eligibility(free), Ok(()));
			assert_eq!(held_by(), Ok(()));
			set_time(renewed_at + VALIDITY + 1 + late);
			assert_eq!(Titles::eligibility(free), Err(Ineligibility::CustodyStale));
			assert_eq!(held_by(), Err(Ineligibility::CustodyStale));

			assert_ok!(beat());
			renewed_at += VALIDITY + 1 + late;
			assert_eq!(Titles::eligibility(free), Ok(()));
			assert_eq!(held_by(), Ok(()));
		}
	});
}

#[test]
fn heartbeat_in_the_last_second_should_leave_no_gap() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		set_time(START + VALIDITY);
		assert_ok!(Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch(&[title])));
		for later in [0, 1, VALIDITY] {
			set_time(START + VALIDITY + later);
			assert_eq!(Titles::eligibility(title), Ok(()));
		}
	});
}

#[test]
fn heartbeat_should_take_sixty_four_titles() {
	ExtBuilder::default().build_and_execute(|| {
		let titles = (0..64).map(|i| active(2 * i)).collect::<Vec<_>>();
		assert_ok!(Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch(&titles)));
		assert!(HeartbeatBatch::try_from(vec![0; 65]).is_err());
	});
}
