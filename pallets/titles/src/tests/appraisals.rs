// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	appraisal::Independent, titles::Ineligibility, traits::LineRules, Balance, Seconds, USD,
};
use caliber_testkit::{Outages, Rules};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult, traits::fungible::Inspect},
	sp_core::H256,
	sp_runtime::{DispatchError, TokenError},
};

/// Appraisers beside `APPRAISER`.
const OTHERS: [AccountId; 4] = [STRANGER, BUYER, PAYER, RIVAL];

fn file(who: AccountId, title: u32, value: Balance, valid_until: Seconds) -> DispatchResult {
	let hash = H256::repeat_byte(0xee);
	Titles::file_appraisal(RuntimeOrigin::signed(who), title, value, hash, valid_until)
}

fn withdraw(who: AccountId, title: u32, appraisal: u32) -> DispatchResult {
	Titles::withdraw_appraisal(RuntimeOrigin::signed(who), title, appraisal)
}

fn independent(title: u32) -> Independent {
	<Titles as TitleFactsSource>::independent(title)
}

fn lowest(title: u32) -> Option<Balance> {
	independent(title).lowest
}

fn register(account: AccountId) {
	let info = Parties::<Test>::get(PartyKind::Appraiser, APPRAISER).unwrap().info;
	assert_ok!(Titles::register_party(RuntimeOrigin::root(), account, info));
}

#[test]
fn file_appraisal_should_store_it_and_hold_the_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_eq!(lowest(title), None);
		assert_ok!(file(APPRAISER, title, 90_000 * USD, START + 30 * DAY));
		assert_eq!(
			Appraisals::<Test>::get(title).to_vec(),
			vec![Appraisal {
				id: 0,
				appraiser: APPRAISER,
				value: 90_000 * USD,
				document: H256::repeat_byte(0xee),
				filed_at: START,
				counts_from: START,
				valid_until: START + 30 * DAY,
				confirmed: false,
				former: None,
				ticket: ticket(4 * CLBR),
			}]
		);
		assert_eq!(appraisal_deposit_held(&APPRAISER), 4 * CLBR);
		assert_eq!(Parties::<Test>::get(PartyKind::Appraiser, APPRAISER).unwrap().items, 1);
		assert_eq!(lowest(title), Some(90_000 * USD));
		assert_eq!(
			last_event(),
			Event::AppraisalFiled {
				title,
				appraisal: 0,
				appraiser: APPRAISER,
				value: 90_000 * USD,
				document: H256::repeat_byte(0xee),
				counts_from: START,
				valid_until: START + 30 * DAY,
				replaced: None,
			}
		);
	});
}

#[test]
fn appraisal_should_count_up_to_and_including_its_last_second() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		appraised(APPRAISER, title, USD, DAY);
		set_time(START + DAY);
		assert_eq!(lowest(title), Some(USD));
		set_time(START + DAY + 1);
		assert_eq!(lowest(title), None);
	});
}

#[test]
fn later_appraisal_should_not_raise() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		OTHERS[..2].iter().cloned().for_each(register);
		appraised(APPRAISER, title, 70_000 * USD, 10 * DAY);
		assert_eq!(independent(title), Independent::of([70_000 * USD]));
		let later = appraised(STRANGER, title, 10_000_000 * USD, 5 * DAY);
		let both = Independent::of([70_000 * USD, 10_000_000 * USD]);
		assert_eq!(independent(title), both);
		// A value of 100 000 falls to the lowest, as if the later one were not there.
		assert_eq!(both.cap(50_000 * USD), Some(70_000 * USD));
		appraised(BUYER, title, 80_000 * USD, DAY);
		assert_eq!(independent(title), Independent::of([70_000 * USD, 80_000 * USD]));

		assert_ok!(withdraw(STRANGER, title, later));
		assert_eq!(independent(title), Independent::of([70_000 * USD, 80_000 * USD]));
		set_time(START + DAY + 1);
		assert_eq!(independent(title), Independent::of([70_000 * USD]));
		set_time(START + 10 * DAY + 1);
		assert_eq!(independent(title), Independent::NONE);
	});
}

#[test]
fn file_appraisal_should_replace_the_earlier_one_of_the_same_appraiser() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		register(STRANGER);
		appraised(APPRAISER, title, 90_000 * USD, DAY);
		appraised(STRANGER, title, 80_000 * USD, DAY);
		let latest = appraised(APPRAISER, title, 85_000 * USD, DAY);
		assert!(matches!(
			last_event(),
			Event::AppraisalFiled { appraisal: 2, replaced: Some(0), .. }
		));
		let ids = Appraisals::<Test>::get(title).iter().map(|filed| filed.id).collect::<Vec<_>>();
		assert_eq!(ids, vec![1, latest]);
		assert_eq!(independent(title), Independent::of([80_000 * USD, 85_000 * USD]));
		assert_eq!(appraisal_deposit_held(&APPRAISER), APPRAISAL_DEPOSIT);
		assert_eq!(Parties::<Test>::get(PartyKind::Appraiser, APPRAISER).unwrap().items, 1);
	});
}

#[test]
fn file_appraisal_should_take_four_appraisers_of_a_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		OTHERS.iter().cloned().for_each(register);
		let last = OTHERS[3].clone();
		appraised(APPRAISER, title, USD, DAY);
		for who in &OTHERS[..3] {
			appraised(who.clone(), title, USD, DAY);
		}
		assert_noop!(file(last.clone(), title, USD, START + DAY), Error::<Test>::TooManyAppraisals);
		// Who has one replaces it; who has not waits for room.
		assert_ok!(file(APPRAISER, title, 2 * USD, START + 2 * DAY));
		set_time(START + DAY + 1);
		assert_noop!(
			file(last.clone(), title, USD, START + 3 * DAY),
			Error::<Test>::TooManyAppraisals
		);
		assert_ok!(withdraw(last.clone(), title, 1));
		assert_ok!(file(last, title, USD, START + 3 * DAY));
	});
}

#[test]
fn file_appraisal_should_fail_when_not_an_appraiser_in_good_standing() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		for who in [STRANGER, INSURER] {
			assert_noop!(file(who, title, USD, START + DAY), Error::<Test>::UnknownParty);
		}
		appraised(APPRAISER, title, USD, DAY);
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Appraiser, APPRAISER));
		assert_noop!(file(APPRAISER, title, USD, START + DAY), Error::<Test>::PartySuspended);
		assert_eq!(lowest(title), Some(USD));
	});
}

#[test]
fn file_appraisal_should_fail_when_owner_or_custodian_appraises() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, waiting) = (active(1), attested(3));
		for who in [OWNER, CUSTODIAN] {
			register(who.clone());
			for title in [title, waiting] {
				assert_noop!(
					file(who.clone(), title, USD, START + DAY),
					Error::<Test>::NotIndependent
				);
			}
		}
	});
}

#[test]
fn file_appraisal_should_fail_when_unknown_lost_or_worthless() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_noop!(file(APPRAISER, title + 1, USD, START + DAY), Error::<Test>::UnknownTitle);
		assert_noop!(file(APPRAISER, title, 0, START + DAY), Error::<Test>::ZeroAmount);
		assert_ok!(Titles::report_loss(
			RuntimeOrigin::signed(CUSTODIAN),
			title,
			machines_of(title)
		));
		assert_noop!(file(APPRAISER, title, USD, START + DAY), Error::<Test>::TitleLost);
	});
}

#[test]
fn file_appraisal_should_be_valid_for_some_time_and_not_for_too_long() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		Values::mutate(|values| values.min_appraisal_validity = 30 * DAY);
		let fails = |until, error: Error<Test>| {
			assert_noop!(file(APPRAISER, title, USD, until), error);
		};
		fails(START - 1, Error::ValidityNotInFuture);
		fails(START, Error::ValidityNotInFuture);
		fails(START + 1, Error::ValidityTooShort);
		fails(START + 30 * DAY - 1, Error::ValidityTooShort);
		fails(START + 180 * DAY + 1, Error::ValidityTooLong);
		fails(START + 365 * DAY, Error::ValidityTooLong);
		fails(START + 365 * DAY + 1, Error::TimeTooFar);
		// Milliseconds.
		fails(1_000 * (START + 90 * DAY), Error::TimeTooFar);
		assert_ok!(file(APPRAISER, title, USD, START + 30 * DAY));
		assert_ok!(file(APPRAISER, title, USD, START + 180 * DAY));
	});
}

#[test]
fn appraisal_should_count_after_its_delay() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| values.appraisal_delay = DAY);
		let title = pledged(1, 9);
		appraised(APPRAISER, title, 60_000 * USD, 30 * DAY);
		let report = || Titles::title(title).unwrap().appraisals[0].clone();
		assert_eq!((report().counts_from, report().counts), (START + DAY, false));
		set_time(START + DAY - 1);
		assert_eq!(independent(title), Independent::NONE);
		// The line that holds it looks away for a day; new debt does not.
		let rules = Rules::present();
		let known =
			<Titles as TitleInspect<AccountId>>::collateral(title, Some(9), &rules).unwrap();
		assert_eq!(known.independent, Independent::NONE);
		assert_eq!(known.for_new_debt().independent, Independent::of([60_000 * USD]));
		set_time(START + DAY);
		assert_eq!(independent(title), Independent::of([60_000 * USD]));
		assert!(report().counts);
	});
}

#[test]
fn appraisal_should_wait_longer_when_the_chain_stood_still() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| values.appraisal_delay = DAY);
		let title = active(1);
		appraised(APPRAISER, title, 60_000 * USD, 30 * DAY);
		Outages::note(START + 60, START + 60 + 10 * DAY);
		set_time(START + 11 * DAY - 1);
		assert_eq!(independent(title), Independent::NONE);
		set_time(START + 11 * DAY);
		assert_eq!(independent(title), Independent::of([60_000 * USD]));
	});
}

/// An appraiser that lowers its value would otherwise lift the title to its full value for a day.
#[test]
fn replaced_appraisal_should_count_until_the_next_does() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| values.appraisal_delay = DAY);
		let title = active(1);
		appraised(APPRAISER, title, 60_000 * USD, 30 * DAY);
		set_time(START + 2 * DAY);
		appraised(APPRAISER, title, 55_000 * USD, 30 * DAY);
		assert_eq!(lowest(title), Some(60_000 * USD));
		set_time(START + 2 * DAY + DAY / 2);
		// Again before it counts: what counted goes on.
		appraised(APPRAISER, title, 52_000 * USD, 30 * DAY);
		assert_eq!(lowest(title), Some(60_000 * USD));
		set_time(START + 3 * DAY);
		assert_eq!(lowest(title), Some(60_000 * USD));
		set_time(START + 3 * DAY + DAY / 2);
		assert_eq!(independent(title), Independent::of([52_000 * USD]));
		// A former one ends when it would have ended.
		set_time(START + 32 * DAY + DAY / 2 - 10);
		appraised(APPRAISER, title, 51_000 * USD, 30 * DAY);
		assert_eq!(lowest(title), Some(52_000 * USD));
		set_time(START + 32 * DAY + DAY / 2 + 1);
		assert_eq!(lowest(title), None);
	});
}

#[test]
fn one_appraiser_should_not_speak_for_two() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		register(STRANGER);
		appraised(APPRAISER, title, 1, DAY);
		appraised(APPRAISER, title, 2, DAY);
		// Half of 100 000 is what a forced sale brings.
		assert_eq!(independent(title).cap(50_000 * USD), Some(50_000 * USD));
		appraised(STRANGER, title, 40_000 * USD, DAY);
		assert_eq!(independent(title).cap(50_000 * USD), Some(40_000 * USD));
	});
}

#[test]
fn confirmed_appraisal_should_count_as_two() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| values.appraisal_delay = DAY);
		let title = active(1);
		let appraisal = appraised(APPRAISER, title, 7 * USD, 30 * DAY);
		let confirm = |origin| Titles::confirm_appraisal(origin, title, appraisal);
		assert_noop!(confirm(committee()), DispatchError::BadOrigin);
		assert_noop!(confirm(RuntimeOrigin::signed(APPRAISER)), DispatchError::BadOrigin);
		assert_ok!(confirm(referendum()));
		assert_eq!(last_event(), Event::AppraisalConfirmed { title, appraisal });
		assert_noop!(confirm(referendum()), Error::<Test>::AlreadyConfirmed);
		assert_noop!(
			Titles::confirm_appraisal(referendum(), title, appraisal + 1),
			Error::<Test>::UnknownAppraisal
		);
		assert_eq!(independent(title), Independent::NONE);
		set_time(START + DAY);
		assert_eq!(independent(title).cap(50_000 * USD), Some(7 * USD));
		set_time(START + 30 * DAY);
		assert_eq!(independent(title).cap(50_000 * USD), Some(7 * USD));
		set_time(START + 30 * DAY + 1);
		assert_eq!(independent(title), Independent::NONE);
	});
}

/// The appraiser is bribed after a referendum has confirmed what it said, or the committee is.
#[test]
fn confirmed_appraisal_should_fall_to_a_referendum_or_with_time_only() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| values.appraisal_delay = DAY);
		let (title, waiting) = (active(1), active(3));
		let counting = appraised(APPRAISER, title, 7 * USD, 30 * DAY);
		set_time(START + DAY);
		let announced = appraised(APPRAISER, waiting, 7 * USD, 30 * DAY);
		let supported = || Error::<Test>::AppraisalSupported;
		for (title, appraisal) in [(title, counting), (waiting, announced)] {
			assert_ok!(Titles::confirm_appraisal(referendum(), title, appraisal));
			assert_noop!(withdraw(APPRAISER, title, appraisal), supported());
			for (value, days) in [(90_000, 30), (7, 60), (6, 60)] {
				let until = Titles::now() + days * DAY;
				assert_noop!(file(APPRAISER, title, value * USD, until), supported());
			}
			assert_noop!(Titles::strike_appraisal(committee(), title, appraisal), supported());
		}
		assert_eq!(independent(title).cap(50_000 * USD), Some(7 * USD));
		assert_ok!(Titles::strike_appraisal(referendum(), title, counting));
		assert_eq!(independent(title), Independent::NONE);
		// What is over is nobody's support.
		set_time(START + 31 * DAY + 1);
		assert_ok!(file(APPRAISER, waiting, 90_000 * USD, START + 62 * DAY));
		assert_ok!(withdraw(APPRAISER, waiting, announced + 1));
	});
}

/// Two have said that the title is worth 60 000 at most, and one of them goes over to the borrower.
#[test]
fn one_of_two_appraisers_should_not_lift_what_both_support() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		OTHERS[..2].iter().cloned().for_each(register);
		let supported = || Error::<Test>::AppraisalSupported;
		// What a forced sale brings is 90 000.
		let cap = || independent(title).cap(90_000 * USD);
		let first = appraised(APPRAISER, title, 50_000 * USD, 60 * DAY);
		// One alone may take back what it said.
		assert_ok!(withdraw(APPRAISER, title, first));
		let first = appraised(APPRAISER, title, 50_000 * USD, 60 * DAY);
		let second = appraised(STRANGER, title, 60_000 * USD, 60 * DAY);
		assert_eq!(cap(), Some(60_000 * USD));
		for (who, appraisal) in [(APPRAISER, first), (STRANGER, second)] {
			assert_noop!(withdraw(who.clone(), title, appraisal), supported());
			assert_noop!(Titles::strike_appraisal(committee(), title, appraisal), supported());
			// Higher than both support, or shorter.
			assert_noop!(file(who.clone(), title, 60_000 * USD + 1, START + 90 * DAY), supported());
			assert_noop!(file(who, title, 50_000 * USD, START + 60 * DAY - 1), supported());
		}
		assert_eq!(cap(), Some(60_000 * USD));
		// It may say less, and go on for longer.
		assert_ok!(file(STRANGER, title, 55_000 * USD, START + 60 * DAY));
		assert_ok!(file(APPRAISER, title, 54_000 * USD, START + 61 * DAY));
		assert_eq!(cap(), Some(55_000 * USD));
		// With a third that says as little, nothing falls with the highest.
		let third = appraised(BUYER, title, 55_000 * USD, 70 * DAY);
		assert_ok!(withdraw(STRANGER, title, second + 1));
		assert_eq!(cap(), Some(55_000 * USD));
		assert_noop!(withdraw(BUYER, title, third), supported());
		assert_ok!(Titles::strike_appraisal(referendum(), title, third));
		assert_eq!(cap(), Some(90_000 * USD));
	});
}

/// The value that counts until a replacement does supports another one as well.
#[test]
fn replacement_that_waits_should_be_as_firm_as_what_it_replaces() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		register(STRANGER);
		appraised(APPRAISER, title, 50_000 * USD, 60 * DAY);
		appraised(STRANGER, title, 60_000 * USD, 60 * DAY);
		Values::mutate(|values| values.appraisal_delay = DAY);
		let waiting = appraised(APPRAISER, title, 50_000 * USD, 60 * DAY);
		assert_noop!(withdraw(APPRAISER, title, waiting), Error::<Test>::AppraisalSupported);
		set_time(START + DAY);
		assert_noop!(withdraw(APPRAISER, title, waiting), Error::<Test>::AppraisalSupported);
		assert_eq!(independent(title).cap(90_000 * USD), Some(60_000 * USD));
	});
}

#[test]
fn struck_appraisal_should_be_gone_and_bar_new_debt_for_some_time() {
	ExtBuilder::default().build_and_execute(|| {
		let (held, free) = (pledged(1, 9), active(3));
		let strike = |origin, title, appraisal| Titles::strike_appraisal(origin, title, appraisal);
		for title in [held, free] {
			let appraisal = appraised(APPRAISER, title, 60_000 * USD, 30 * DAY);
			assert_noop!(
				strike(RuntimeOrigin::signed(APPRAISER), title, appraisal),
				DispatchError::BadOrigin
			);
			assert_noop!(strike(committee(), title, 9), Error::<Test>::UnknownAppraisal);
			assert_ok!(strike(committee(), title, appraisal));
			let until = START + BRAKE;
			assert_eq!(
				last_event(),
				Event::AppraisalStruck { title, appraisal, appraiser: APPRAISER, until }
			);
			assert_noop!(strike(committee(), title, appraisal), Error::<Test>::UnknownAppraisal);
			assert_eq!(independent(title), Independent::NONE);
			assert_eq!(Titles::title(title).unwrap().struck_until, Some(until));
		}
		assert_eq!(appraisal_deposit_held(&APPRAISER), 0);
		assert_eq!(Parties::<Test>::get(PartyKind::Appraiser, APPRAISER).unwrap().items, 0);
		let barred = Err(Ineligibility::AppraisalStruck);
		assert_eq!(seen_by(held, 9), barred);
		assert_eq!(Titles::eligibility(free), barred);
		// No covenant is broken.
		let rules = Rules::present();
		let known = <Titles as TitleInspect<AccountId>>::collateral(held, Some(9), &rules).unwrap();
		assert_eq!(known.standing, Ok(()));
		for title in [held, free] {
			assert_ok!(Titles::heartbeat(
				RuntimeOrigin::signed(CUSTODIAN),
				vec![title].try_into().unwrap()
			));
		}
		// A second one is barred from its own time on.
		set_time(START + 7 * DAY);
		let appraisal = appraised(APPRAISER, free, 60_000 * USD, 30 * DAY);
		assert_ok!(strike(referendum(), free, appraisal));
		set_time(START + BRAKE - 1);
		for title in [held, free] {
			assert_ok!(Titles::heartbeat(
				RuntimeOrigin::signed(CUSTODIAN),
				vec![title].try_into().unwrap()
			));
		}
		assert_eq!(seen_by(held, 9), barred);
		set_time(START + BRAKE);
		assert_eq!(seen_by(held, 9), Ok(()));
		assert_eq!(Titles::eligibility(free), barred);
	});
}

#[test]
fn file_appraisal_should_fail_when_ids_or_counts_run_out() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let appraiser = Parties::<Test>::get(PartyKind::Appraiser, APPRAISER).unwrap();
		let full = PartyRecord { items: u32::MAX, ..appraiser.clone() };
		Parties::<Test>::insert(PartyKind::Appraiser, APPRAISER, full);
		assert_noop!(file(APPRAISER, title, USD, START + DAY), Error::<Test>::Overflow);
		Parties::<Test>::insert(PartyKind::Appraiser, APPRAISER, appraiser);

		NextAppraisalId::<Test>::put(u32::MAX);
		assert_noop!(
			file(APPRAISER, title, USD, START + DAY),
			Error::<Test>::AppraisalIdsExhausted
		);
	});
}

#[test]
fn file_appraisal_should_change_nothing_when_deposit_is_not_covered() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let spare = ENDOWMENT - EXISTENTIAL_DEPOSIT - APPRAISAL_DEPOSIT + 1;
		let send = |from, to, amount| {
			Balances::transfer_keep_alive(RuntimeOrigin::signed(from), to, amount)
		};
		assert_ok!(send(APPRAISER, STRANGER, spare));
		assert_noop!(file(APPRAISER, title, USD, START + DAY), TokenError::FundsUnavailable);
		assert_ok!(send(STRANGER, APPRAISER, 1));
		assert_ok!(file(APPRAISER, title, USD, START + DAY));
		// The deposit of the one before it serves for the next.
		assert_ok!(file(APPRAISER, title, USD, START + DAY));
	});
}

#[test]
fn withdraw_appraisal_should_return_the_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let appraisal = appraised(APPRAISER, title, USD, DAY);
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Appraiser, APPRAISER));
		assert_ok!(withdraw(APPRAISER, title, appraisal));
		assert!(!Appraisals::<Test>::contains_key(title));
		assert_eq!(lowest(title), None);
		assert_eq!(Balances::balance(&APPRAISER), ENDOWMENT);
		assert_eq!(
			last_event(),
			Event::AppraisalWithdrawn { title, appraisal, appraiser: APPRAISER }
		);
	});
}

#[test]
fn withdraw_appraisal_should_be_for_anyone_when_not_valid_any_more() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let appraisal = appraised(APPRAISER, title, USD, DAY);
		set_time(START + DAY);
		for who in [OWNER, STRANGER] {
			assert_noop!(withdraw(who, title, appraisal), Error::<Test>::AppraisalStillValid);
		}
		set_time(START + DAY + 1);
		assert_ok!(withdraw(STRANGER, title, appraisal));
		assert_eq!(Balances::balance(&APPRAISER), ENDOWMENT);
		assert_eq!(Balances::balance(&STRANGER), ENDOWMENT);
	});
}

#[test]
fn withdraw_appraisal_should_fail_when_unknown() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_noop!(withdraw(APPRAISER, title, 0), Error::<Test>::UnknownAppraisal);
		assert_noop!(withdraw(APPRAISER, title + 1, 0), Error::<Test>::UnknownTitle);
		let appraisal = appraised(APPRAISER, title, USD, DAY);
		assert_noop!(withdraw(APPRAISER, title, appraisal + 1), Error::<Test>::UnknownAppraisal);
	});
}
