// SPDX-License-Identifier: Apache-2.0

//! Claims on bonds: of redemptions that nobody answered, of releases that are disputed or come to
//! be, and what governance decides.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	titles::{Ineligibility, TitleStatus},
	traits::LineRules,
	USD, USDAI,
};
use caliber_testkit::Rules;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult},
	pallet_nfts::Error as NftsError,
	sp_runtime::{traits::BadOrigin, Perbill, TokenError},
};

const DEADLINE: u64 = START + REDEMPTION_PERIOD;

fn escalate(who: AccountId, title: u32) -> DispatchResult {
	Titles::escalate_redemption(RuntimeOrigin::signed(who), title)
}

fn dispute(who: AccountId, title: u32) -> DispatchResult {
	Titles::dispute_release(RuntimeOrigin::signed(who), title)
}

fn cancel(title: u32) -> DispatchResult {
	Titles::cancel_redemption(RuntimeOrigin::signed(OWNER), title)
}

fn confirm_release(title: u32) -> DispatchResult {
	Titles::confirm_release(RuntimeOrigin::signed(CUSTODIAN), title)
}

fn acknowledge(title: u32) -> DispatchResult {
	plain(Titles::acknowledge_release(RuntimeOrigin::signed(OWNER), title))
}

fn finalise(title: u32) -> DispatchResult {
	plain(Titles::finalise_release(RuntimeOrigin::signed(CUSTODIAN), title))
}

fn claim_after(who: AccountId, title: u32) -> DispatchResult {
	Titles::claim_after_release(RuntimeOrigin::signed(who), title)
}

fn resolve(title: u32, award: u128) -> DispatchResult {
	Titles::resolve_claim(RuntimeOrigin::root(), title, award)
}

fn withdraw(amount: u128) -> DispatchResult {
	Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), Surety::CustodianBond, amount)
}

/// A title of `OWNER` whose machines were asked for.
fn requested(first: u64) -> u32 {
	let title = active(first);
	assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), title));
	title
}

/// The same, after the deadline and escalated.
fn escalated(first: u64) -> u32 {
	let title = requested(first);
	set_time(Titles::now() + REDEMPTION_PERIOD + 1);
	assert_ok!(escalate(OWNER, title));
	title
}

/// The same, but released as the custodian says.
fn confirmed(first: u64) -> u32 {
	let title = requested(first);
	assert_ok!(confirm_release(title));
	title
}

fn bonded() -> Custodian {
	Custodians::<Test>::get(CUSTODIAN).unwrap()
}

/// The custodian keeps the machines, says that it handed them over, attests them again and leaves
/// with its bond.
#[test]
fn released_machine_should_leave_a_claim() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(send_nft(OWNER, title, BUYER));
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(BUYER), title));
		assert_ok!(confirm_release(title));
		assert_noop!(
			Titles::attest(RuntimeOrigin::signed(CUSTODIAN), STRANGER, spec(1)),
			Error::<Test>::DeviceTaken
		);
		assert_noop!(withdraw(BOND), Error::<Test>::BondRequired);
		assert_ok!(dispute(BUYER, title));
		assert_noop!(withdraw(BOND - TWO_UNITS), Error::<Test>::BondRequired);
		set_time(START + 30 * DAY);
		assert_noop!(finalise(title), Error::<Test>::ClaimOpen);
		assert_ok!(resolve(title, TWO_UNITS));
		assert_eq!(usdai(&BUYER), USDAI_ENDOWMENT + TWO_UNITS);
		assert_eq!(bond_held(&CUSTODIAN), BOND - TWO_UNITS);
		// What was paid for is lost.
		assert_eq!(status_of(title), TitleStatus::Lost);
		assert_noop!(finalise(title), Error::<Test>::NotInRedemption);
	});
}

/// The owner sleeps for a week, and finds the machines gone within ninety days.
#[test]
fn released_machine_should_leave_a_claim_when_its_owner_was_silent() {
	ExtBuilder::default().build_and_execute(|| {
		let title = confirmed(1);
		set_time(START + RELEASE_PERIOD + 1);
		assert_noop!(dispute(OWNER, title), Error::<Test>::ReleasePeriodOver);
		assert_ok!(finalise(title));
		assert_eq!(Titles::title(title), None);
		let burnt_at = Titles::now();
		assert_noop!(withdraw(BOND), Error::<Test>::BondRequired);

		set_time(burnt_at + CLAIM_TAIL);
		assert_noop!(claim_after(STRANGER, title), Error::<Test>::NotTitleOwner);
		assert_ok!(claim_after(OWNER, title));
		assert_eq!(
			last_event(),
			Event::BondClaimOpened {
				title,
				custodian: CUSTODIAN,
				claimant: OWNER,
				amount: TWO_UNITS,
				deposit: CLAIM_DEPOSIT,
				open_claims: 1
			}
		);
		assert_eq!((bonded().claimed, bonded().in_custody), (TWO_UNITS, 0));
		assert_noop!(claim_after(OWNER, title), Error::<Test>::NotReleased);
		// Nothing else is in custody: all but what is claimed may leave.
		assert_noop!(withdraw(BOND - TWO_UNITS + 1), Error::<Test>::BondRequired);
		assert_ok!(withdraw(BOND - TWO_UNITS));
		assert_ok!(resolve(title, TWO_UNITS));
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + TWO_UNITS);
		assert_eq!((redemption_held(&OWNER), claim_deposit_held(&OWNER)), (0, 0));
		assert_eq!(bonded().bond, 0);
	});
}

#[test]
fn claim_after_release_should_fail_when_the_time_is_over_or_the_deposit_is_not_there() {
	ExtBuilder::default().build_and_execute(|| {
		let title = confirmed(1);
		assert_ok!(acknowledge(title));
		let all = usdai(&OWNER) - CLAIM_DEPOSIT;
		let owner = RuntimeOrigin::signed(OWNER);
		assert_ok!(Assets::transfer(owner, USDAI, BUYER, all));
		assert_noop!(claim_after(OWNER, title), TokenError::FundsUnavailable);
		set_time(START + CLAIM_TAIL + 1);
		let buyer = RuntimeOrigin::signed(BUYER);
		assert_ok!(Assets::transfer(buyer, USDAI, OWNER, all));
		assert_noop!(claim_after(OWNER, title), Error::<Test>::ClaimTailOver);
		assert_noop!(claim_after(OWNER, 77), Error::<Test>::NotReleased);
	});
}

/// A competitor owns one title and would keep the custodian from its business again and again.
#[test]
fn rejected_claim_should_cost() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		assert_ok!(resolve(title, 0));
		assert_eq!(
			last_event(),
			Event::ClaimResolved {
				title,
				custodian: CUSTODIAN,
				claimant: OWNER,
				award: 0,
				forfeited: CLAIM_DEPOSIT,
				bond: BOND,
				open_claims: 0
			}
		);
		assert_eq!(usdai(&TREASURY), CLAIM_DEPOSIT);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT - CLAIM_DEPOSIT);
		// The request stands, with its storage deposit.
		let held = (redemption_held(&OWNER), claim_deposit_held(&OWNER));
		assert_eq!(held, (REDEMPTION_DEPOSIT, 0));
		assert_eq!(bonded().claimed, 0);
		// Once a request; another one is another deposit.
		assert_noop!(escalate(OWNER, title), Error::<Test>::AlreadyEscalated);
		assert_ok!(cancel(title));
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), title));
		set_time(Titles::now() + REDEMPTION_PERIOD + 1);
		assert_ok!(escalate(OWNER, title));
		// To withdraw is no way around.
		assert_ok!(cancel(title));
		assert_eq!(usdai(&TREASURY), 2 * CLAIM_DEPOSIT);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT - 2 * CLAIM_DEPOSIT);
	});
}

/// A claim for one title leaves the custodian its business with the rest of its bond.
#[test]
fn claim_should_freeze_no_more_than_its_amount() {
	ExtBuilder::default().build_and_execute(|| {
		let (other, waiting) = (active(21), attested(23));
		let title = escalated(1);
		assert_eq!((bonded().claimed, bonded().bond), (TWO_UNITS, BOND));
		assert!(Titles::bond_is_sufficient(&CUSTODIAN));
		assert!(Titles::has_open_claim(title) && !Titles::has_open_claim(other));
		assert_eq!(Titles::open_claims(&CUSTODIAN), 1);
		assert_ok!(confirm_as(VERIFIER, waiting));
		assert_ok!(Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, spec(31)));
		let spare = BOND - TWO_UNITS - MIN_BOND;
		assert_noop!(withdraw(spare + 1), Error::<Test>::BondRequired);
		assert_ok!(withdraw(spare));
		let batch = vec![other].try_into().unwrap();
		assert_ok!(Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch));
		// Only new debt waits for the decision.
		assert_eq!(Titles::eligibility(other), Err(Ineligibility::ClaimOpen));
		assert_ok!(send_nft(OWNER, other, BUYER));
	});
}

#[test]
fn claims_of_two_titles_should_share_the_bond_in_their_order() {
	ExtBuilder::default().build_and_execute(|| {
		ReferencePrice::set(&Some(2 * UNIT_PRICE));
		let (first, second, third) = (requested(1), requested(3), requested(5));
		let waiting = attested(7);
		set_time(DEADLINE + 1);
		// 40 000 each against 60 000.
		for title in [first, second, third] {
			assert_ok!(escalate(OWNER, title));
		}
		let frozen = |title| BondClaims::<Test>::get(title).unwrap().amount;
		assert_eq!(frozen(first), 40_000 * USD);
		assert_eq!(frozen(second), 20_000 * USD);
		assert_eq!(frozen(third), 0);
		assert_eq!((bonded().claimed, bonded().open_claims), (BOND, 3));
		// With nothing free the custodian takes in nothing.
		assert!(!Titles::bond_is_sufficient(&CUSTODIAN));
		let custodian = || RuntimeOrigin::signed(CUSTODIAN);
		assert_noop!(Titles::attest(custodian(), OWNER, spec(31)), Error::<Test>::BondTooLow);
		assert_noop!(confirm_as(VERIFIER, waiting), Error::<Test>::BondTooLow);
		assert_noop!(withdraw(1), Error::<Test>::BondRequired);
		assert_ok!(plain(Titles::withdraw_attestation(custodian(), waiting)));

		assert_noop!(resolve(second, 20_000 * USD + 1), Error::<Test>::AwardTooHigh);
		assert_ok!(resolve(second, 20_000 * USD));
		assert_noop!(resolve(third, 1), Error::<Test>::AwardTooHigh);
		// Where nothing could be awarded, nobody is rejected.
		assert_ok!(resolve(third, 0));
		assert_eq!(usdai(&TREASURY), 0);
		assert_ok!(resolve(first, 30_000 * USD));
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 50_000 * USD);
		assert_eq!((bonded().bond, bonded().claimed), (10_000 * USD, 0));
	});
}

#[test]
fn escalate_redemption_should_open_a_claim_with_the_deposits_of_the_request() {
	ExtBuilder::default().build_and_execute(|| {
		let title = requested(1);
		set_time(DEADLINE + 1);
		assert_ok!(escalate(OWNER, title));
		assert!(!is_suspended(PartyKind::Custodian, CUSTODIAN));
		assert_eq!(
			BondClaims::<Test>::get(title),
			Some(BondClaim {
				custodian: CUSTODIAN,
				claimant: OWNER,
				cause: ClaimCause::NoAnswer,
				wanted: TWO_UNITS,
				amount: TWO_UNITS,
				deposit: CLAIM_DEPOSIT,
				opened_at: DEADLINE + 1,
				ticket: ticket(REDEMPTION_DEPOSIT),
			})
		);
		assert_eq!(redemption_held(&OWNER), REDEMPTION_DEPOSIT);
		assert_eq!(claim_deposit_held(&OWNER), CLAIM_DEPOSIT);
		assert_eq!(status_of(title), TitleStatus::RedemptionRequested);
		assert_eq!(
			last_event(),
			Event::BondClaimOpened {
				title,
				custodian: CUSTODIAN,
				claimant: OWNER,
				amount: TWO_UNITS,
				deposit: CLAIM_DEPOSIT,
				open_claims: 1
			}
		);
	});
}

#[test]
fn title_should_tell_its_deadlines_and_its_claim() {
	ExtBuilder::default().build_and_execute(|| {
		let title = requested(1);
		let told = || {
			let report = Titles::title(title).unwrap();
			(report.redemption_deadline, report.release_deadline, report.claim_open)
		};
		assert_eq!(told(), (Some(DEADLINE), None, false));
		set_time(DEADLINE + 1);
		assert_ok!(escalate(OWNER, title));
		assert_eq!(told(), (Some(DEADLINE), None, true));
		assert_ok!(confirm_release(title));
		assert_eq!(told(), (Some(DEADLINE), Some(DEADLINE + 1 + RELEASE_PERIOD), true));
		assert_ok!(resolve(title, 0));
		assert!(!told().2);
	});
}

#[test]
fn escalate_redemption_should_wait_until_the_deadline_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		let title = requested(1);
		set_time(DEADLINE);
		assert_noop!(escalate(OWNER, title), Error::<Test>::RedemptionPeriodRunning);
		set_time(DEADLINE + 1);
		assert_ok!(escalate(OWNER, title));
	});
}

#[test]
fn escalate_redemption_should_fail_when_not_the_requester_or_nothing_was_asked() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other) = (requested(1), active(3));
		set_time(DEADLINE + 1);
		assert_noop!(escalate(BUYER, title), Error::<Test>::NotTitleOwner);
		assert_noop!(escalate(OWNER, other), Error::<Test>::NotInRedemption);
		assert_noop!(escalate(OWNER, 77), Error::<Test>::UnknownTitle);
	});
}

/// The period of a dispute has passed; a late escalation would be a second one.
#[test]
fn escalate_redemption_should_fail_when_the_release_was_confirmed() {
	ExtBuilder::default().build_and_execute(|| {
		let title = confirmed(1);
		set_time(DEADLINE + 1);
		assert_noop!(escalate(OWNER, title), Error::<Test>::ReleaseConfirmed);
		assert_noop!(dispute(OWNER, title), Error::<Test>::ReleasePeriodOver);
		assert_ok!(finalise(title));
	});
}

#[test]
fn claim_should_fail_when_the_custodian_owns_the_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let custodian = || RuntimeOrigin::signed(CUSTODIAN);
		assert_ok!(send_nft(OWNER, title, CUSTODIAN));
		assert_ok!(Titles::request_redemption(custodian(), title));
		set_time(DEADLINE + 1);
		assert_noop!(escalate(CUSTODIAN, title), Error::<Test>::CustodianIsOwner);
		assert_ok!(confirm_release(title));
		assert_noop!(dispute(CUSTODIAN, title), Error::<Test>::CustodianIsOwner);
	});
}

#[test]
fn claim_should_fail_when_the_count_overflows() {
	ExtBuilder::default().build().execute_with(|| {
		let (title, disputed) = (requested(1), confirmed(3));
		Custodians::<Test>::mutate(CUSTODIAN, |record| {
			record.as_mut().unwrap().open_claims = u32::MAX
		});
		assert_noop!(
			Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title, machines_of(title)),
			Error::<Test>::Overflow
		);
		assert_noop!(dispute(OWNER, disputed), Error::<Test>::Overflow);
		set_time(DEADLINE + 1);
		assert_noop!(escalate(OWNER, title), Error::<Test>::Overflow);
	});
}

#[test]
fn dispute_release_should_be_of_the_owner_within_the_period_and_once() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, other) = (requested(1), active(3));
		assert_noop!(dispute(OWNER, title), Error::<Test>::ReleaseNotConfirmed);
		assert_noop!(dispute(OWNER, other), Error::<Test>::NotInRedemption);
		assert_noop!(dispute(OWNER, 77), Error::<Test>::UnknownTitle);
		assert_ok!(confirm_release(title));
		assert_noop!(dispute(CUSTODIAN, title), Error::<Test>::NotTitleOwner);
		set_time(START + RELEASE_PERIOD);
		assert_ok!(dispute(OWNER, title));
		assert_noop!(dispute(OWNER, title), Error::<Test>::AlreadyEscalated);
	});
}

/// The machines were handed over. The owner disputes it, and would keep the title.
#[test]
fn dispute_should_end_the_title_when_it_was_rejected() {
	ExtBuilder::default().build_and_execute(|| {
		let title = confirmed(1);
		assert_ok!(dispute(OWNER, title));
		assert_noop!(cancel(title), Error::<Test>::ReleaseConfirmed);
		assert_ok!(resolve(title, 0));
		assert_eq!(usdai(&TREASURY), CLAIM_DEPOSIT);
		assert_noop!(cancel(title), Error::<Test>::ReleaseConfirmed);
		assert_noop!(dispute(OWNER, title), Error::<Test>::AlreadyEscalated);
		set_time(START + RELEASE_PERIOD + 1);
		assert_ok!(finalise(title));
		// It has had its claim.
		assert_noop!(claim_after(OWNER, title), Error::<Test>::NotReleased);
		assert_ok!(withdraw(BOND));
	});
}

#[test]
fn custodian_without_a_free_bond_should_leave_titles_sound_and_secure_no_new_debt() {
	ExtBuilder::default().build_and_execute(|| {
		let (other, held) = (active(21), pledged(23, 9));
		assert_ok!(withdraw(BOND - MIN_BOND));
		escalated(1);
		let batch = vec![other, held].try_into().unwrap();
		assert_ok!(Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch));
		// What a line holds stands; no new debt rests on what the custodian keeps.
		let rules = Rules::present();
		let told = <Titles as TitleInspect<AccountId>>::collateral(held, Some(9), &rules).unwrap();
		assert_eq!((told.standing, told.new_debt), (Ok(()), Err(Ineligibility::CustodianFrozen)));
		assert_eq!(Titles::eligibility(other), Err(Ineligibility::CustodianFrozen));
		assert_ok!(send_nft(OWNER, other, BUYER));
	});
}

#[test]
fn owner_should_acknowledge_while_its_claim_is_open_and_leave_it_to_governance() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		assert_ok!(confirm_release(title));
		assert_ok!(acknowledge(title));
		assert_eq!(Titles::title(title), None);
		assert_eq!((bonded().live_titles, bonded().open_claims), (0, 1));
		assert_eq!((bonded().claimed, bonded().in_custody), (TWO_UNITS, 0));
		assert_eq!(redemption_held(&OWNER), REDEMPTION_DEPOSIT);
		assert_eq!(claim_deposit_held(&OWNER), CLAIM_DEPOSIT);
		assert!(!ReleasedTitles::<Test>::contains_key(title));
		assert_noop!(withdraw(BOND), Error::<Test>::BondRequired);

		// For the delay.
		assert_ok!(resolve(title, 50 * USD));
		assert_eq!(bonded().bond, BOND - 50 * USD);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 50 * USD);
	});
}

#[test]
fn resolve_claim_should_pay_the_claimant_from_the_bond_and_end_the_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		let free = usdai(&CUSTODIAN);
		System::reset_events();
		assert_ok!(resolve(title, 700 * USD));
		System::assert_has_event(
			Event::ClaimResolved {
				title,
				custodian: CUSTODIAN,
				claimant: OWNER,
				award: 700 * USD,
				forfeited: 0,
				bond: BOND - 700 * USD,
				open_claims: 0,
			}
			.into(),
		);
		assert_eq!(
			last_event(),
			Event::TitleLost { title, custodian: CUSTODIAN, line: None, reported_at: DEADLINE + 1 }
		);
		assert_eq!(bond_held(&CUSTODIAN), BOND - 700 * USD);
		assert_eq!(usdai(&CUSTODIAN), free);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 700 * USD);
		assert_eq!((redemption_held(&OWNER), claim_deposit_held(&OWNER)), (0, 0));
		assert_eq!(BondClaims::<Test>::get(title), None);
		// The bond paid a part; what the insurer pays is due to the same owner.
		assert_eq!(losses_of(title)[0].owner, OWNER);
		assert_ok!(Titles::pay_claim(RuntimeOrigin::signed(INSURER), title, 0, USD, None));
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 701 * USD);
	});
}

/// The owner is paid for the machine, takes its request back, and pledges or sells the title.
#[test]
fn title_with_open_claim_should_not_be_pledged_nor_sold_nor_redeemed_again() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		let pledge = || <Titles as Encumber<AccountId>>::encumber(title, &OWNER, 9);
		let not = |status| Error::<Test>::Ineligible(Ineligibility::NotActive(status));
		assert_noop!(pledge(), not(TitleStatus::RedemptionRequested));
		// Nor by a detour.
		assert_noop!(Titles::suspend_title(referendum(), title), Error::<Test>::ClaimOpen);
		assert_ok!(resolve(title, TWO_UNITS));
		assert_noop!(cancel(title), Error::<Test>::NotInRedemption);
		assert_noop!(pledge(), not(TitleStatus::Lost));
		assert_noop!(send_nft(OWNER, title, BUYER), NftsError::<Test>::ItemLocked);
		assert_noop!(
			Titles::request_redemption(RuntimeOrigin::signed(OWNER), title),
			Error::<Test>::NotActive
		);
	});
}

#[test]
fn cancelled_redemption_should_leave_no_claim_to_a_later_owner() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		assert_ok!(cancel(title));
		assert_eq!((bonded().claimed, bonded().open_claims), (0, 0));
		assert_noop!(resolve(title, 1), Error::<Test>::NoClaim);
		assert_eq!(Titles::title(title).map(|told| told.claim_open), Some(false));
		assert_ok!(send_nft(OWNER, title, BUYER));
		assert_eq!(status_of(title), TitleStatus::Active);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT - CLAIM_DEPOSIT);
	});
}

#[test]
fn resolve_claim_should_fail_when_there_is_none() {
	ExtBuilder::default().build_and_execute(|| {
		let title = requested(1);
		assert_noop!(resolve(title, 0), Error::<Test>::NoClaim);
		set_time(DEADLINE + 1);
		assert_ok!(escalate(OWNER, title));
		assert_ok!(resolve(title, 0));
		assert_noop!(resolve(title, 0), Error::<Test>::NoClaim);
	});
}

#[test]
fn resolve_claim_should_be_for_governance() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		for who in [OWNER, CUSTODIAN, VERIFIER] {
			assert_noop!(Titles::resolve_claim(RuntimeOrigin::signed(who), title, 1), BadOrigin);
		}
	});
}

#[test]
fn custodian_should_not_attest_when_an_award_left_too_little_bond() {
	ExtBuilder::default().build_and_execute(|| {
		ReferencePrice::set(&Some(BOND));
		let title = escalated(1);
		ReferencePrice::set(&Some(UNIT_PRICE));
		assert_ok!(resolve(title, BOND - MIN_BOND + 1));
		let attest = || Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, spec(31));
		assert_noop!(attest(), Error::<Test>::BondTooLow);
		let post = |amount| {
			let surety = Surety::CustodianBond;
			Titles::post_bond(RuntimeOrigin::signed(CUSTODIAN), surety, amount)
		};
		assert_ok!(post(1));
		assert_ok!(attest());
		// Also when it is the share that is missing.
		Values::mutate(|values| values.bond_share = Perbill::from_percent(50));
		assert_noop!(attest(), Error::<Test>::BondTooLow);
	});
}

#[test]
fn report_loss_should_open_a_claim_when_the_custodian_was_asked_for_the_machines() {
	ExtBuilder::default().build_and_execute(|| {
		let title = requested(1);
		set_time(START + 1);
		System::reset_events();
		assert_ok!(Titles::report_loss(
			RuntimeOrigin::signed(CUSTODIAN),
			title,
			machines_of(title)
		));
		assert_eq!(status_of(title), TitleStatus::Lost);
		assert!(!Redemptions::<Test>::contains_key(title));
		assert_eq!(
			BondClaims::<Test>::get(title),
			Some(BondClaim {
				custodian: CUSTODIAN,
				claimant: OWNER,
				cause: ClaimCause::Loss,
				wanted: TWO_UNITS,
				amount: TWO_UNITS,
				deposit: CLAIM_DEPOSIT,
				opened_at: START + 1,
				ticket: ticket(REDEMPTION_DEPOSIT),
			})
		);
		assert_eq!((bonded().claimed, bonded().open_claims), (TWO_UNITS, 1));
		assert_eq!(redemption_held(&OWNER), REDEMPTION_DEPOSIT);
		System::assert_has_event(
			Event::BondClaimOpened {
				title,
				custodian: CUSTODIAN,
				claimant: OWNER,
				amount: TWO_UNITS,
				deposit: CLAIM_DEPOSIT,
				open_claims: 1,
			}
			.into(),
		);
		assert_noop!(Titles::recover_title(referendum(), title), Error::<Test>::ClaimOpen);
		assert_ok!(resolve(title, USD));
		assert_eq!(status_of(title), TitleStatus::Lost);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + USD);
		assert_eq!((redemption_held(&OWNER), claim_deposit_held(&OWNER)), (0, 0));
	});
}

#[test]
fn report_loss_should_open_no_second_claim_when_there_was_one_for_the_machines() {
	// An escalated request, its claim undecided or decided.
	ExtBuilder::default().build_and_execute(|| {
		let by_custodian = |title| {
			Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title, machines_of(title))
		};
		let (open, decided) = (requested(1), requested(3));
		set_time(DEADLINE + 1);
		for title in [open, decided] {
			assert_ok!(escalate(OWNER, title));
		}
		assert_ok!(resolve(decided, 0));
		for title in [open, decided] {
			assert_ok!(by_custodian(title));
			assert!(!Redemptions::<Test>::contains_key(title));
		}
		assert_eq!(bonded().open_claims, 1);
		assert!(!BondClaims::<Test>::contains_key(decided));
		assert_eq!(redemption_held(&OWNER), REDEMPTION_DEPOSIT);
	});
}

#[test]
fn report_loss_should_open_no_claim_when_the_custodian_owns_the_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(send_nft(OWNER, title, CUSTODIAN));
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(CUSTODIAN), title));
		assert_ok!(Titles::report_loss(
			RuntimeOrigin::signed(CUSTODIAN),
			title,
			machines_of(title)
		));
		assert_eq!(BondClaims::<Test>::get(title), None);
		assert_eq!((bonded().claimed, redemption_held(&CUSTODIAN)), (0, 0));
		assert_eq!(claim_deposit_held(&CUSTODIAN), 0);
	});
}

#[test]
fn governance_should_declare_the_machine_lost_that_never_came_back() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		assert_ok!(Titles::report_loss(RuntimeOrigin::root(), title, machines_of(title)));
		assert_eq!(status_of(title), TitleStatus::Lost);
		assert!(!Redemptions::<Test>::contains_key(title));
		assert_ok!(resolve(title, USD));
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + USD);
	});
}

/// The custodian asks governance for a month, the claim is rejected, and in the same block it says
/// that it handed over the machines, which it keeps.
#[test]
fn no_answer_that_was_rejected_should_leave_a_dispute() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		assert_ok!(resolve(title, 0));
		assert_eq!(usdai(&TREASURY), CLAIM_DEPOSIT);
		assert_ok!(confirm_release(title));
		assert_noop!(cancel(title), Error::<Test>::ReleaseConfirmed);
		// Another claim is another deposit.
		assert_ok!(dispute(OWNER, title));
		assert_eq!(
			(redemption_held(&OWNER), claim_deposit_held(&OWNER)),
			(REDEMPTION_DEPOSIT, CLAIM_DEPOSIT)
		);
		assert_noop!(withdraw(BOND - TWO_UNITS), Error::<Test>::BondRequired);
		set_time(Titles::now() + RELEASE_PERIOD + 1);
		assert_noop!(finalise(title), Error::<Test>::ClaimOpen);
		assert_ok!(resolve(title, TWO_UNITS));
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT - CLAIM_DEPOSIT + TWO_UNITS);
	});
}

/// So it is if the owner is silent, and if the release came while the claim was open.
#[test]
fn no_answer_that_was_rejected_should_leave_a_claim_after_the_release() {
	ExtBuilder::default().build_and_execute(|| {
		let title = escalated(1);
		assert_ok!(confirm_release(title));
		assert_noop!(dispute(OWNER, title), Error::<Test>::ClaimOpen);
		set_time(Titles::now() + RELEASE_PERIOD + 1);
		assert_ok!(resolve(title, 0));
		assert_ok!(finalise(title));
		assert_eq!((bonded().in_custody, bonded().live_titles), (TWO_UNITS, 0));
		assert_noop!(withdraw(BOND), Error::<Test>::BondRequired);
		assert_ok!(claim_after(OWNER, title));
		assert_ok!(resolve(title, TWO_UNITS));
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT - CLAIM_DEPOSIT + TWO_UNITS);
		assert_eq!((redemption_held(&OWNER), claim_deposit_held(&OWNER)), (0, 0));
	});
}

/// Others have frozen the bond: who could be awarded nothing has not had its claim.
#[test]
fn claim_without_a_bond_should_leave_deposit_and_right() {
	ExtBuilder::default().build_and_execute(|| {
		ReferencePrice::set(&Some(3 * UNIT_PRICE));
		// 60 000 each, which is all of the bond.
		let (late, other) = (requested(1), requested(3));
		set_time(DEADLINE + 1);
		assert_ok!(escalate(OWNER, other));
		assert_ok!(escalate(OWNER, late));
		assert_noop!(resolve(late, 1), Error::<Test>::AwardTooHigh);
		assert_ok!(resolve(late, 0));
		// Both deposits of 600 dollars are its own again but for the one of the other claim.
		assert_eq!((usdai(&TREASURY), claim_deposit_held(&OWNER)), (0, 600 * USD));
		assert_eq!(redemption_held(&OWNER), 2 * REDEMPTION_DEPOSIT);
		assert_ok!(escalate(OWNER, late));
		// The other claim is rejected: what it had frozen may be awarded.
		assert_ok!(resolve(other, 0));
		assert_noop!(resolve(late, 60_000 * USD + 1), Error::<Test>::AwardTooHigh);
		assert_ok!(resolve(late, 60_000 * USD));
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 60_000 * USD - 600 * USD);
		assert_eq!((bonded().bond, bonded().claimed), (0, 0));
	});
}

#[test]
fn claim_without_a_bond_should_leave_a_release() {
	ExtBuilder::default().build_and_execute(|| {
		ReferencePrice::set(&Some(3 * UNIT_PRICE));
		let (title, other) = (confirmed(1), requested(3));
		let disputed = confirmed(5);
		set_time(START + RELEASE_PERIOD);
		assert_ok!(Titles::report_loss(
			RuntimeOrigin::signed(CUSTODIAN),
			other,
			machines_of(other)
		));
		// A dispute for which nothing is left.
		assert_ok!(dispute(OWNER, disputed));
		assert_ok!(resolve(disputed, 0));
		assert_ok!(dispute(OWNER, disputed));
		assert_ok!(resolve(disputed, 0));
		// A claim after the release for which nothing is left: it may come again.
		set_time(Titles::now() + 1);
		assert_ok!(finalise(title));
		let before = bonded().in_custody;
		assert_ok!(claim_after(OWNER, title));
		set_time(START + 90 * DAY);
		assert_ok!(resolve(title, 0));
		assert_eq!(bonded().in_custody, before);
		assert_ok!(resolve(other, 0));
		set_time(START + 180 * DAY);
		assert_ok!(claim_after(OWNER, title));
		assert_ok!(resolve(title, 60_000 * USD));
		// The claim for the lost machines alone was rejected.
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 60_000 * USD - 600 * USD);
	});
}
