// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{titles::Ineligibility, Balance, Seconds, USD};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult, traits::fungible::Inspect},
	sp_core::H256,
	sp_runtime::TokenError,
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

fn independent_value(title: u32) -> Option<Balance> {
	<Titles as TitleFactsSource>::independent_value(title)
}

fn register(account: AccountId) {
	let info = Parties::<Test>::get(PartyKind::Appraiser, APPRAISER).unwrap().info;
	assert_ok!(Titles::register_party(RuntimeOrigin::root(), account, info));
}

#[test]
fn file_appraisal_should_store_it_and_hold_the_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_eq!(independent_value(title), None);
		assert_ok!(file(APPRAISER, title, 90_000 * USD, START + 30 * DAY));
		assert_eq!(
			Appraisals::<Test>::get(title).to_vec(),
			vec![Appraisal {
				id: 0,
				appraiser: APPRAISER,
				value: 90_000 * USD,
				document: H256::repeat_byte(0xee),
				filed_at: START,
				valid_until: START + 30 * DAY,
				ticket: ticket(4 * CLBR),
			}]
		);
		assert_eq!(appraisal_deposit_held(&APPRAISER), 4 * CLBR);
		assert_eq!(Parties::<Test>::get(PartyKind::Appraiser, APPRAISER).unwrap().items, 1);
		assert_eq!(independent_value(title), Some(90_000 * USD));
		assert_eq!(
			last_event(),
			Event::AppraisalFiled {
				title,
				appraisal: 0,
				appraiser: APPRAISER,
				value: 90_000 * USD,
				document: H256::repeat_byte(0xee),
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
		assert_eq!(independent_value(title), Some(USD));
		set_time(START + DAY + 1);
		assert_eq!(independent_value(title), None);
	});
}

#[test]
fn appraisal_should_count_when_it_is_the_latest_valid() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		OTHERS[..2].iter().cloned().for_each(register);
		appraised(APPRAISER, title, 70_000 * USD, 10 * DAY);
		appraised(STRANGER, title, 90_000 * USD, DAY);
		let latest = appraised(BUYER, title, 80_000 * USD, 5 * DAY);
		assert_eq!(independent_value(title), Some(80_000 * USD));

		assert_ok!(withdraw(BUYER, title, latest));
		assert_eq!(independent_value(title), Some(90_000 * USD));
		set_time(START + DAY + 1);
		assert_eq!(independent_value(title), Some(70_000 * USD));
		set_time(START + 10 * DAY + 1);
		assert_eq!(independent_value(title), None);
	});
}

#[test]
fn appraisal_should_lower_what_has_to_be_insured() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		assert_ok!(Titles::confirm(RuntimeOrigin::signed(VERIFIER), title));
		insured(title, 40_000 * USD, DAY);
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::UnderInsured));
		// 80 % of 50 000 dollars.
		appraised(APPRAISER, title, 50_000 * USD, DAY);
		assert_eq!(Titles::eligibility(title), Ok(()));
		appraised(APPRAISER, title, 50_000 * USD + 1, DAY);
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::UnderInsured));
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
		assert_eq!(independent_value(title), Some(85_000 * USD));
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
			file(last.clone(), title, USD, START + 2 * DAY),
			Error::<Test>::TooManyAppraisals
		);
		assert_ok!(withdraw(last.clone(), title, 1));
		assert_ok!(file(last, title, USD, START + 2 * DAY));
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
		assert_eq!(independent_value(title), Some(USD));
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
		assert_ok!(Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title));
		assert_noop!(file(APPRAISER, title, USD, START + DAY), Error::<Test>::TitleLost);
	});
}

#[test]
fn file_appraisal_should_be_valid_for_some_time_and_not_for_too_long() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		for until in [START - 1, START] {
			assert_noop!(file(APPRAISER, title, USD, until), Error::<Test>::ValidityNotInFuture);
		}
		assert_ok!(file(APPRAISER, title, USD, START + 1));
		assert_ok!(file(APPRAISER, title, USD, START + 180 * DAY));
		assert_noop!(
			file(APPRAISER, title, USD, START + 180 * DAY + 1),
			Error::<Test>::ValidityTooLong
		);
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
		assert_eq!(independent_value(title), None);
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
