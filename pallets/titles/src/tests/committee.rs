// SPDX-License-Identifier: Apache-2.0

//! Suspensions by the technical committee: they end by themselves, rest, and close no door out.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	titles::{Ineligibility, TitleStatus},
	traits::LineRules,
	TitleId, USD,
};
use caliber_testkit::Rules;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult},
	pallet_nfts::Error as NftsError,
};

const LINE: u32 = 9;
/// The first second after a suspension that began at `START`.
const END: u64 = START + 14 * DAY;
/// The first second in which another may follow.
const AGAIN: u64 = START + 44 * DAY;
const SUSPENDED: Result<(), Ineligibility> = Err(Ineligibility::NotActive(TitleStatus::Suspended));

fn suspend(title: TitleId) -> DispatchResult {
	Titles::suspend_title(committee(), title)
}

/// Keep the machines of a title at a time.
fn keep(title: TitleId, at: u64) {
	set_time(at);
	let titles = vec![title].try_into().unwrap();
	assert_ok!(Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), titles));
}

#[test]
fn suspension_of_a_party_should_end_by_itself_and_rest() {
	let kinds = [
		(PartyKind::Custodian, CUSTODIAN),
		(PartyKind::Verifier, VERIFIER),
		(PartyKind::Insurer, INSURER),
		(PartyKind::Appraiser, APPRAISER),
	];
	for (kind, account) in kinds {
		ExtBuilder::default().build_and_execute(|| {
			let suspend = || Titles::suspend_party(committee(), kind, account.clone());
			assert_ok!(suspend());
			let until = Some(END);
			let account = account.clone();
			assert_eq!(last_event(), Event::PartySuspended { kind, account, until });
			assert_noop!(suspend(), Error::<Test>::NotStricter);
			set_time(END - 1);
			assert!(is_suspended(kind, of(kind)));
			assert_noop!(suspend(), Error::<Test>::NotStricter);
			set_time(END);
			assert!(!is_suspended(kind, of(kind)));
			assert_noop!(
				Titles::reinstate_party(referendum(), kind, of(kind)),
				Error::<Test>::PartyNotSuspended
			);
			assert_noop!(suspend(), Error::<Test>::BrakeResting);
			set_time(AGAIN - 1);
			assert_noop!(suspend(), Error::<Test>::BrakeResting);
			set_time(AGAIN);
			assert_ok!(suspend());
			assert!(is_suspended(kind, of(kind)));
		});
	}
}

const KINDS: [PartyKind; 4] =
	[PartyKind::Custodian, PartyKind::Verifier, PartyKind::Insurer, PartyKind::Appraiser];

fn of(kind: PartyKind) -> AccountId {
	match kind {
		PartyKind::Custodian => CUSTODIAN,
		PartyKind::Verifier => VERIFIER,
		PartyKind::Insurer => INSURER,
		PartyKind::Appraiser => APPRAISER,
		PartyKind::OffTaker => PAYER,
	}
}

#[test]
fn suspension_of_a_party_should_keep_it_from_new_business_for_its_time() {
	ExtBuilder::default().build_and_execute(|| {
		let waiting = attested(1);
		let attest = |first| Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, spec(first));
		let confirm = || confirm_as(VERIFIER, waiting);
		let bind = || {
			let terms = terms(WORTH, DAY);
			Titles::bind_policy(RuntimeOrigin::signed(INSURER), waiting, terms)
		};
		let file = || {
			let (document, until) = (Default::default(), Titles::now() + DAY);
			let appraiser = RuntimeOrigin::signed(APPRAISER);
			Titles::file_appraisal(appraiser, waiting, 1, document, until)
		};
		for kind in [PartyKind::Custodian, PartyKind::Insurer, PartyKind::Appraiser] {
			assert_ok!(Titles::suspend_party(committee(), kind, of(kind)));
		}
		set_time(END - 1);
		for refused in [attest(3), confirm(), bind(), file()] {
			assert_eq!(refused, Err(Error::<Test>::PartySuspended.into()));
		}
		set_time(END);
		for done in [attest(3), confirm(), bind(), file()] {
			assert_ok!(done);
		}
	});
}

#[test]
fn suspended_verifier_should_confirm_nothing_for_its_time() {
	ExtBuilder::default().build_and_execute(|| {
		let (confirmed, waiting) = (active(1), attested(3));
		let verifier = || RuntimeOrigin::signed(VERIFIER);
		let batch = || vec![(waiting, evidence(waiting))].try_into().unwrap();
		assert_ok!(Titles::suspend_party(committee(), PartyKind::Verifier, VERIFIER));
		set_time(END - 1);
		assert_noop!(confirm_as(VERIFIER, waiting), Error::<Test>::PartySuspended);
		let confirm_batch = || plain(Titles::confirm_batch(verifier(), batch()));
		assert_noop!(confirm_batch(), Error::<Test>::PartySuspended);
		// What it confirmed stays.
		assert_eq!(status_of(confirmed), TitleStatus::Active);
		assert_ok!(send_nft(OWNER, confirmed, BUYER));
		set_time(END);
		assert_ok!(confirm_batch());
		assert_eq!(owner_of(waiting), Some(OWNER));
	});
}

#[test]
fn suspension_of_a_party_should_last_when_a_referendum_makes_it() {
	ExtBuilder::default().build_and_execute(|| {
		let (kind, account) = (PartyKind::Insurer, INSURER);
		assert_ok!(Titles::suspend_party(committee(), kind, account.clone()));
		assert_ok!(Titles::suspend_party(referendum(), kind, account.clone()));
		assert_eq!(
			last_event(),
			Event::PartySuspended { kind, account: account.clone(), until: None }
		);
		set_time(START + 1_000 * DAY);
		assert!(is_suspended(kind, INSURER));
		for origin in [committee(), referendum()] {
			let again = Titles::suspend_party(origin, kind, account.clone());
			assert_eq!(again, Err(Error::<Test>::PartySuspended.into()));
		}
	});
}

#[test]
fn reinstate_party_should_end_the_committees_suspension_and_let_it_rest() {
	ExtBuilder::default().build_and_execute(|| {
		let (kind, account) = (PartyKind::Custodian, CUSTODIAN);
		let suspend = || Titles::suspend_party(committee(), kind, account.clone());
		assert_ok!(suspend());
		set_time(START + DAY);
		assert_ok!(Titles::reinstate_party(referendum(), kind, account.clone()));
		assert!(!is_suspended(kind, CUSTODIAN));
		// Thirty days from the end of the first day.
		set_time(START + 31 * DAY - 1);
		assert_noop!(suspend(), Error::<Test>::BrakeResting);
		set_time(START + 31 * DAY);
		assert_ok!(suspend());
	});
}

#[test]
fn suspension_of_a_title_should_end_by_itself_and_rest() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(suspend(title));
		assert_eq!(last_event(), Event::TitleSuspended { title, until: Some(END) });
		assert_eq!(Titles::title(title).unwrap().status, TitleStatus::Suspended);
		let encumber = || <Titles as Encumber<AccountId>>::encumber(title, &OWNER, LINE);
		let suspended = Ineligibility::NotActive(TitleStatus::Suspended);
		assert_noop!(encumber(), Error::<Test>::Ineligible(suspended));
		keep(title, END - 1);
		assert_eq!(Titles::eligibility(title), SUSPENDED);
		assert_noop!(suspend(title), Error::<Test>::NotStricter);
		set_time(END);
		assert_eq!(Titles::eligibility(title), Ok(()));
		assert_eq!(Titles::title(title).unwrap().status, TitleStatus::Active);
		assert_noop!(Titles::reinstate_title(referendum(), title), Error::<Test>::NotSuspended);
		set_time(AGAIN - 1);
		assert_noop!(suspend(title), Error::<Test>::BrakeResting);
		keep(title, AGAIN);
		assert_ok!(encumber());
		assert_ok!(suspend(title));
		assert_eq!(seen_by(title, LINE), SUSPENDED);
	});
}

#[test]
fn suspension_of_a_title_should_leave_it_to_its_owner() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(suspend(title));
		assert_ok!(send_nft(OWNER, title, BUYER));
		let buyer = || RuntimeOrigin::signed(BUYER);
		assert_ok!(Titles::pay_revenue(RuntimeOrigin::signed(PAYER), title, USD));
		assert_eq!(usdai(&BUYER), USDAI_ENDOWMENT + USD);
		assert_ok!(Titles::request_redemption(buyer(), title));
		assert_noop!(send_nft(BUYER, title, OWNER), NftsError::<Test>::ItemLocked);
		assert_ok!(Titles::cancel_redemption(buyer(), title));
		assert_ok!(Titles::request_redemption(buyer(), title));
		assert_ok!(Titles::confirm_release(RuntimeOrigin::signed(CUSTODIAN), title));
		assert_ok!(plain(Titles::acknowledge_release(buyer(), title)));
		assert_eq!(Titles::title(title), None);
	});
}

#[test]
fn suspension_of_a_title_should_let_a_request_for_its_machines_stand() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let owner = || RuntimeOrigin::signed(OWNER);
		assert_ok!(Titles::request_redemption(owner(), title));
		assert_ok!(suspend(title));
		assert_eq!(status_of(title), TitleStatus::RedemptionRequested);
		assert_eq!(redemption_held(&OWNER), REDEMPTION_DEPOSIT);
		set_time(START + REDEMPTION_PERIOD + 1);
		assert_ok!(Titles::escalate_redemption(owner(), title));
		assert_ok!(Titles::cancel_redemption(owner(), title));
		assert_eq!(status_of(title), TitleStatus::Active);
	});
}

#[test]
fn suspension_of_a_title_should_let_its_line_go_on() {
	ExtBuilder::default().build_and_execute(|| {
		let (released, seized) = (pledged(1, LINE), pledged(3, LINE));
		for title in [released, seized] {
			assert_ok!(suspend(title));
			// No covenant is broken, and no new debt is secured.
			let rules = Rules::present();
			let held = <Titles as TitleInspect<AccountId>>::collateral(title, Some(LINE), &rules);
			assert_eq!(held.unwrap().standing, Ok(()));
			assert_eq!(seen_by(title, LINE), SUSPENDED);
			assert_noop!(send_nft(OWNER, title, BUYER), NftsError::<Test>::ItemLocked);
		}
		assert_ok!(<Titles as Encumber<AccountId>>::release(released, LINE));
		assert_ok!(send_nft(OWNER, released, BUYER));
		assert_ok!(<Titles as Encumber<AccountId>>::seize(seized, LINE, &BUYER));
		assert_ok!(send_nft(BUYER, seized, OWNER));
		for title in [released, seized] {
			assert_eq!(Titles::eligibility(title), SUSPENDED);
		}
	});
}

#[test]
fn suspension_of_a_title_should_last_and_lock_when_a_referendum_makes_it() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), title));
		assert_ok!(suspend(title));
		assert_ok!(Titles::suspend_title(referendum(), title));
		assert_eq!(last_event(), Event::TitleSuspended { title, until: None });
		assert_eq!(redemption_held(&OWNER), 0);
		set_time(START + 1_000 * DAY);
		assert_eq!(status_of(title), TitleStatus::Suspended);
		assert_noop!(send_nft(OWNER, title, BUYER), NftsError::<Test>::ItemLocked);
		assert_noop!(suspend(title), Error::<Test>::NotActive);
		assert_ok!(Titles::reinstate_title(referendum(), title));
		assert_eq!(status_of(title), TitleStatus::Active);
		assert_ok!(send_nft(OWNER, title, BUYER));
	});
}

#[test]
fn reinstate_title_should_end_the_committees_suspension() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(suspend(title));
		set_time(START + DAY);
		assert_ok!(Titles::reinstate_title(referendum(), title));
		assert_eq!(last_event(), Event::TitleReinstated { title });
		assert_eq!(Titles::eligibility(title), Ok(()));
		assert_noop!(suspend(title), Error::<Test>::BrakeResting);
	});
}

#[test]
fn suspension_of_a_title_should_outlast_a_loss_and_its_end() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(suspend(title));
		assert_ok!(Titles::report_loss(
			RuntimeOrigin::signed(CUSTODIAN),
			title,
			machines_of(title)
		));
		assert_eq!(status_of(title), TitleStatus::Lost);
		assert_noop!(suspend(title), Error::<Test>::NotActive);
		assert_ok!(Titles::recover_title(referendum(), title));
		keep(title, END - 1);
		assert_eq!(Titles::eligibility(title), SUSPENDED);
		set_time(END);
		assert_eq!(Titles::eligibility(title), Ok(()));
	});
}

#[test]
fn report_loss_should_end_the_suspension_of_a_referendum() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(Titles::suspend_title(referendum(), title));
		assert_ok!(Titles::report_loss(
			RuntimeOrigin::signed(CUSTODIAN),
			title,
			machines_of(title)
		));
		assert_noop!(Titles::reinstate_title(referendum(), title), Error::<Test>::NotSuspended);
		assert_ok!(Titles::recover_title(referendum(), title));
		assert_eq!(Titles::eligibility(title), Ok(()));
		assert_ok!(send_nft(OWNER, title, BUYER));
	});
}

#[test]
fn suspension_should_close_no_door_out_when_of_a_party() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, asked) = (active(1), active(3));
		let appraisal = appraised(APPRAISER, title, WORTH, DAY);
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), asked));
		for kind in KINDS {
			assert_ok!(Titles::suspend_party(committee(), kind, of(kind)));
		}
		let insurer = || RuntimeOrigin::signed(INSURER);
		assert_ok!(Titles::pay_claim(insurer(), title, 0, USD, None));
		assert_ok!(Titles::cancel_policy(insurer(), title, 0));
		let appraiser = RuntimeOrigin::signed(APPRAISER);
		assert_ok!(Titles::withdraw_appraisal(appraiser, title, appraisal));
		keep(title, START + 1);
		assert_ok!(Titles::confirm_release(RuntimeOrigin::signed(CUSTODIAN), asked));
		assert_ok!(plain(Titles::acknowledge_release(RuntimeOrigin::signed(OWNER), asked)));
		assert_ok!(send_nft(OWNER, title, BUYER));
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(BUYER), title));
	});
}
