// SPDX-License-Identifier: Apache-2.0

//! Lost and suspended titles.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	titles::{Ineligibility, TitleStatus},
	USD,
};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult},
	pallet_nfts::Error as NftsError,
	sp_runtime::traits::BadOrigin,
};

const LINE: u32 = 9;

fn lose(title: u32) -> DispatchResult {
	Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title, machines_of(title))
}

fn recover(title: u32) -> DispatchResult {
	plain(Titles::recover_title(RuntimeOrigin::root(), title))
}

fn suspend(title: u32) -> DispatchResult {
	Titles::suspend_title(RuntimeOrigin::root(), title)
}

fn reinstate(title: u32) -> DispatchResult {
	Titles::reinstate_title(RuntimeOrigin::root(), title)
}

fn retire(origin: RuntimeOrigin, title: u32) -> DispatchResult {
	plain(Titles::retire_lost(origin, title))
}

fn request(title: u32) -> DispatchResult {
	Titles::request_redemption(RuntimeOrigin::signed(OWNER), title)
}

/// A title that its custodian keeps, lost at `START`.
fn lost(first: u64) -> u32 {
	let title = active(first);
	assert_ok!(lose(title));
	title
}

#[test]
fn report_loss_should_lock_a_free_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		set_time(START + DAY);
		assert_ok!(lose(title));
		assert_eq!(status_of(title), TitleStatus::Lost);
		let (since, custodian) = (START + DAY, CUSTODIAN);
		let loss = Loss { id: 0, since, line: None, owner: OWNER, custodian, units: 2 };
		assert_eq!(losses_of(title), vec![loss]);
		assert_eq!(Titles::title(title).unwrap().lost_since, Some(START + DAY));
		assert_eq!(
			last_event(),
			Event::TitleLost { title, custodian: CUSTODIAN, line: None, reported_at: START + DAY }
		);
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::NotActive(TitleStatus::Lost)));
		assert_noop!(send_nft(OWNER, title, BUYER), NftsError::<Test>::ItemLocked);
	});
}

#[test]
fn report_loss_should_leave_a_pledged_title_with_its_line() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(lose(title));
		assert_eq!(line_of(title), Some(LINE));
		assert_eq!(seen_by(title, LINE), Err(Ineligibility::NotActive(TitleStatus::Lost)));
		assert_eq!(
			last_event(),
			Event::TitleLost { title, custodian: CUSTODIAN, line: Some(LINE), reported_at: START }
		);
	});
}

#[test]
fn report_loss_should_end_a_redemption_and_return_its_deposit_when_by_governance() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(request(title));
		assert_ok!(Titles::report_loss(RuntimeOrigin::root(), title, machines_of(title)));
		assert!(!Redemptions::<Test>::contains_key(title));
		assert_eq!(BondClaims::<Test>::get(title), None);
		assert_eq!((redemption_held(&OWNER), claim_deposit_held(&OWNER)), (0, 0));
		assert_noop!(
			Titles::confirm_release(RuntimeOrigin::signed(CUSTODIAN), title),
			Error::<Test>::NotInRedemption
		);
	});
}

#[test]
fn report_loss_should_work_on_a_suspended_title_and_by_governance() {
	ExtBuilder::default().build_and_execute(|| {
		let (first, second) = (active(1), pledged(3, LINE));
		assert_ok!(suspend(first));
		assert_ok!(lose(first));
		assert_ok!(Titles::report_loss(RuntimeOrigin::root(), second, machines_of(second)));
		assert_eq!(status_of(first), TitleStatus::Lost);
		assert_eq!(status_of(second), TitleStatus::Lost);
	});
}

#[test]
fn report_loss_should_fail_when_not_the_custodian_unconfirmed_lost_or_unknown() {
	ExtBuilder::default().build_and_execute(|| {
		let (waiting, title) = (attested(1), active(3));
		for who in [OWNER, RIVAL, VERIFIER] {
			assert_noop!(
				Titles::report_loss(RuntimeOrigin::signed(who), title, machines_of(title)),
				Error::<Test>::NotTitleCustodian
			);
		}
		assert_noop!(
			Titles::report_loss(RuntimeOrigin::none(), title, machines_of(title)),
			BadOrigin
		);
		assert_noop!(lose(waiting), Error::<Test>::NotConfirmed);
		assert_noop!(lose(77), Error::<Test>::UnknownTitle);
		assert_ok!(lose(title));
		assert_noop!(lose(title), Error::<Test>::AlreadyLost);
	});
}

#[test]
fn lost_title_should_earn_nothing_and_be_in_nobodys_custody() {
	ExtBuilder::default().build_and_execute(|| {
		let title = lost(1);
		let batch = vec![title].try_into().unwrap();
		assert_noop!(
			Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch),
			Error::<Test>::NotActive
		);
		assert_noop!(
			Titles::pay_revenue(RuntimeOrigin::signed(PAYER), title, 1),
			Error::<Test>::NotActive
		);
		assert_noop!(request(title), Error::<Test>::NotActive);
	});
}

#[test]
fn recover_title_should_make_a_free_title_active_and_transferable() {
	ExtBuilder::default().build_and_execute(|| {
		let title = lost(1);
		assert_ok!(recover(title));
		assert_eq!(status_of(title), TitleStatus::Active);
		assert_eq!(losses_of(title), vec![]);
		assert_eq!(last_event(), Event::TitleRecovered { title });
		assert_eq!(Titles::eligibility(title), Ok(()));
		assert_ok!(send_nft(OWNER, title, BUYER));
	});
}

#[test]
fn recover_title_should_leave_custody_as_old_as_it_was() {
	ExtBuilder::default().build_and_execute(|| {
		let title = lost(1);
		set_time(START + VALIDITY + 1);
		assert_ok!(recover(title));
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::CustodyStale));
	});
}

#[test]
fn recover_title_should_leave_a_pledged_title_locked() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(lose(title));
		assert_ok!(recover(title));
		assert_eq!(seen_by(title, LINE), Ok(()));
		assert_noop!(send_nft(OWNER, title, BUYER), NftsError::<Test>::ItemLocked);
		assert_ok!(<Titles as Encumber<AccountId>>::release(title, LINE));
		assert_ok!(send_nft(OWNER, title, BUYER));
	});
}

#[test]
fn recover_title_should_fail_when_not_lost_unknown_or_not_by_governance() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_noop!(recover(title), Error::<Test>::NotLost);
		assert_noop!(recover(77), Error::<Test>::UnknownTitle);
		assert_ok!(lose(title));
		assert_noop!(
			plain(Titles::recover_title(RuntimeOrigin::signed(CUSTODIAN), title)),
			BadOrigin
		);
	});
}

#[test]
fn suspend_title_should_lock_and_reinstate_should_free() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(suspend(title));
		assert_eq!(status_of(title), TitleStatus::Suspended);
		assert_eq!(last_event(), Event::TitleSuspended { title, until: None });
		assert_eq!(
			Titles::eligibility(title),
			Err(Ineligibility::NotActive(TitleStatus::Suspended))
		);
		assert_noop!(send_nft(OWNER, title, BUYER), NftsError::<Test>::ItemLocked);
		assert_noop!(request(title), Error::<Test>::NotActive);

		assert_ok!(reinstate(title));
		assert_eq!(status_of(title), TitleStatus::Active);
		assert_eq!(last_event(), Event::TitleReinstated { title });
		assert_eq!(Titles::eligibility(title), Ok(()));
		assert_ok!(send_nft(OWNER, title, BUYER));
	});
}

#[test]
fn suspend_title_should_end_a_redemption_and_return_its_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(request(title));
		assert_ok!(suspend(title));
		assert!(!Redemptions::<Test>::contains_key(title));
		assert_eq!(redemption_held(&OWNER), 0);
		assert_ok!(reinstate(title));
		assert_ok!(send_nft(OWNER, title, BUYER));
	});
}

#[test]
fn suspended_title_should_go_on_earning_and_being_kept() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(suspend(title));
		set_time(START + DAY);
		assert_ok!(Titles::pay_revenue(RuntimeOrigin::signed(PAYER), title, 5));
		assert_eq!(usdai(&reserve_account(LINE)), 5);
		let batch = vec![title].try_into().unwrap();
		assert_ok!(Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch));
		assert_eq!(kept_since(title), START + DAY);
	});
}

#[test]
fn suspend_title_should_fail_when_not_active_unknown_or_not_by_governance() {
	ExtBuilder::default().build_and_execute(|| {
		let (waiting, gone, title) = (attested(1), lost(3), active(5));
		assert_noop!(suspend(waiting), Error::<Test>::NotActive);
		assert_noop!(suspend(gone), Error::<Test>::NotActive);
		assert_noop!(suspend(77), Error::<Test>::UnknownTitle);
		assert_noop!(Titles::suspend_title(RuntimeOrigin::signed(OWNER), title), BadOrigin);
		assert_ok!(suspend(title));
		assert_noop!(suspend(title), Error::<Test>::NotActive);
	});
}

#[test]
fn reinstate_title_should_fail_when_not_suspended_unknown_or_not_by_governance() {
	ExtBuilder::default().build_and_execute(|| {
		let (gone, title) = (lost(1), active(3));
		assert_noop!(reinstate(gone), Error::<Test>::NotSuspended);
		assert_noop!(reinstate(title), Error::<Test>::NotSuspended);
		assert_noop!(reinstate(77), Error::<Test>::UnknownTitle);
		assert_ok!(suspend(title));
		assert_noop!(Titles::reinstate_title(RuntimeOrigin::signed(OWNER), title), BadOrigin);
	});
}

#[test]
fn release_should_leave_the_lock_of_the_status() {
	ExtBuilder::default().build_and_execute(|| {
		let (suspended, gone) = (pledged(1, LINE), pledged(3, LINE));
		assert_ok!(suspend(suspended));
		assert_ok!(lose(gone));
		for title in [suspended, gone] {
			assert_ok!(<Titles as Encumber<AccountId>>::release(title, LINE));
			assert_eq!(line_of(title), None);
			assert_noop!(send_nft(OWNER, title, BUYER), NftsError::<Test>::ItemLocked);
		}
		assert_ok!(reinstate(suspended));
		assert_ok!(recover(gone));
		for title in [suspended, gone] {
			assert_ok!(send_nft(OWNER, title, BUYER));
		}
	});
}

#[test]
fn seize_should_hand_over_what_its_status_locks_still_locked() {
	ExtBuilder::default().build_and_execute(|| {
		let (suspended, gone) = (pledged(1, LINE), pledged(3, LINE));
		assert_ok!(suspend(suspended));
		assert_ok!(lose(gone));
		for title in [suspended, gone] {
			assert_ok!(<Titles as Encumber<AccountId>>::seize(title, LINE, &BUYER));
			assert_eq!(owner_of(title), Some(BUYER));
			assert_eq!(line_of(title), None);
			assert_noop!(send_nft(BUYER, title, OWNER), NftsError::<Test>::ItemLocked);
		}
		assert_ok!(reinstate(suspended));
		assert_ok!(recover(gone));
		for title in [suspended, gone] {
			assert_ok!(send_nft(BUYER, title, OWNER));
		}
	});
}

#[test]
fn retire_lost_should_leave_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let title = lost(1);
		assert_ok!(retire(RuntimeOrigin::signed(OWNER), title));
		assert_eq!(
			last_event(),
			Event::LostTitleRetired { title, custodian: CUSTODIAN, owner: OWNER, units: 2 }
		);
		assert_eq!(Titles::title(title), None);
		assert_eq!(owner_of(title), None);
		assert!(!crate::Titles::<Test>::contains_key(title));
		// But for the memory of its devices.
		assert_eq!(deposit_held(&CUSTODIAN), RECORDS_DEPOSIT);
		assert_eq!(Custodians::<Test>::get(CUSTODIAN).unwrap().live_titles, 0);
		assert_noop!(
			Titles::attest(RuntimeOrigin::signed(RIVAL), BUYER, spec(1)),
			Error::<Test>::DeviceLost
		);
	});
}

#[test]
fn retire_lost_should_be_for_owner_and_governance_at_any_time() {
	ExtBuilder::default().build_and_execute(|| {
		let (first, second) = (lost(1), lost(3));
		assert_ok!(retire(RuntimeOrigin::root(), first));
		assert_noop!(
			retire(RuntimeOrigin::signed(BUYER), second),
			Error::<Test>::NotOwnerOrCustodian
		);
		assert_noop!(retire(RuntimeOrigin::none(), second), BadOrigin);
		assert_ok!(retire(RuntimeOrigin::signed(OWNER), second));
	});
}

#[test]
fn retire_lost_should_make_the_custodian_wait_for_the_period() {
	ExtBuilder::default().build_and_execute(|| {
		let title = lost(1);
		drop_policies(title);
		set_time(START + LOSS_PERIOD);
		assert_noop!(
			retire(RuntimeOrigin::signed(CUSTODIAN), title),
			Error::<Test>::LossPeriodRunning
		);
		set_time(START + LOSS_PERIOD + 1);
		assert_ok!(retire(RuntimeOrigin::signed(CUSTODIAN), title));
	});
}

#[test]
fn retire_lost_should_make_the_custodian_wait_while_a_policy_is_left() {
	ExtBuilder::default().build_and_execute(|| {
		let title = lost(1);
		set_time(START + LOSS_PERIOD + 1);
		assert_noop!(
			retire(RuntimeOrigin::signed(CUSTODIAN), title),
			Error::<Test>::PoliciesRemain
		);
		drop_policies(title);
		assert_ok!(retire(RuntimeOrigin::signed(CUSTODIAN), title));
	});
}

#[test]
fn retire_lost_should_make_the_custodian_wait_while_a_claim_is_open() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(request(title));
		set_time(START + REDEMPTION_PERIOD + 1);
		assert_ok!(Titles::escalate_redemption(RuntimeOrigin::signed(OWNER), title));
		assert_ok!(lose(title));
		drop_policies(title);
		set_time(START + REDEMPTION_PERIOD + LOSS_PERIOD + 2);
		let by_custodian = || retire(RuntimeOrigin::signed(CUSTODIAN), title);
		assert_noop!(by_custodian(), Error::<Test>::ClaimOpen);
		assert_ok!(Titles::resolve_claim(RuntimeOrigin::root(), title, USD));
		assert_ok!(by_custodian());
	});
}

#[test]
fn retire_lost_should_let_the_owner_keep_its_claim() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(request(title));
		set_time(START + REDEMPTION_PERIOD + 1);
		assert_ok!(Titles::escalate_redemption(RuntimeOrigin::signed(OWNER), title));
		assert_ok!(lose(title));
		assert_ok!(retire(RuntimeOrigin::signed(OWNER), title));
		assert_ok!(Titles::resolve_claim(RuntimeOrigin::root(), title, USD));
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + USD);
	});
}

#[test]
fn retire_lost_should_fail_when_pledged_not_lost_or_unknown() {
	ExtBuilder::default().build_and_execute(|| {
		let (held, title) = (pledged(1, LINE), active(3));
		assert_noop!(retire(RuntimeOrigin::root(), title), Error::<Test>::NotLost);
		assert_noop!(retire(RuntimeOrigin::root(), 77), Error::<Test>::UnknownTitle);
		assert_ok!(lose(held));
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::signed(OWNER)] {
			assert_noop!(retire(origin, held), Error::<Test>::Encumbered);
		}
		assert_ok!(<Titles as Encumber<AccountId>>::release(held, LINE));
		let by_owner = || retire(RuntimeOrigin::signed(OWNER), held);
		assert_noop!(by_owner(), Error::<Test>::PoliciesRemain);
		assert_ok!(retire(RuntimeOrigin::root(), held));
	});
}

/// The borrower buys the lot of its own line for next to nothing, and would end the title with its
/// policies before the insurer pays the lenders.
#[test]
fn retire_lost_should_make_the_owner_wait_when_a_line_held_the_title_at_the_loss() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(lose(title));
		assert_ok!(<Titles as Encumber<AccountId>>::seize(title, LINE, &OWNER));
		let by_owner = || retire(RuntimeOrigin::signed(OWNER), title);
		assert_noop!(by_owner(), Error::<Test>::PoliciesRemain);

		assert_ok!(Titles::pay_claim(RuntimeOrigin::signed(INSURER), title, 0, WORTH, None));
		assert_eq!(usdai(&reserve_account(LINE)), WORTH);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT);
		assert_ok!(Titles::remove_policy(RuntimeOrigin::signed(INSURER), title, 0));
		set_time(START + LOSS_PERIOD);
		assert_noop!(by_owner(), Error::<Test>::LossPeriodRunning);
		set_time(START + LOSS_PERIOD + 1);
		assert_ok!(by_owner());
	});
}

#[test]
fn retire_lost_should_weigh_as_much_as_there_was_to_remove() {
	ExtBuilder::default().build_and_execute(|| {
		let title = lost(1);
		let done = Titles::retire_lost(RuntimeOrigin::root(), title).unwrap();
		assert_eq!(done.actual_weight, Some(<() as WeightInfo>::retire_lost(2, 2, 1)));
	});
}
