// SPDX-License-Identifier: Apache-2.0

//! Custody moves from one custodian to another.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{titles::Ineligibility, TitleId, USD};
use polkadot_sdk::frame_support::{
	assert_noop, assert_ok, dispatch::DispatchResult, traits::fungible::Mutate,
};

const LINE: u32 = 9;

fn offer(who: AccountId, title: TitleId, to: AccountId) -> DispatchResult {
	Titles::transfer_custody(RuntimeOrigin::signed(who), title, to)
}

fn consent(who: AccountId, title: TitleId) -> DispatchResult {
	Titles::consent_custody(RuntimeOrigin::signed(who), title, RIVAL)
}

fn accept(who: AccountId, title: TitleId) -> DispatchResult {
	Titles::accept_custody(RuntimeOrigin::signed(who), title)
}

fn cancel(who: AccountId, title: TitleId) -> DispatchResult {
	Titles::cancel_custody(RuntimeOrigin::signed(who), title)
}

fn live_titles(who: AccountId) -> u32 {
	Custodians::<Test>::get(who).unwrap().live_titles
}

#[test]
fn custody_should_move_when_three_have_signed() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(offer(CUSTODIAN, title, RIVAL));
		let offered = Event::CustodyOffered { title, custodian: CUSTODIAN, to: RIVAL };
		assert_eq!(last_event(), offered);
		assert_eq!(Titles::title(title).unwrap().custody_offered_to, Some(RIVAL));
		assert_eq!(deposit_held(&CUSTODIAN), SPEC_DEPOSIT + RECORDS_DEPOSIT + DEPOSIT_PER_ITEM);
		assert_noop!(accept(RIVAL, title), Error::<Test>::ConsentMissing);
		assert_ok!(consent(OWNER, title));
		assert_eq!(last_event(), Event::CustodyConsented { title, by: OWNER, to: RIVAL });
		set_time(START + DAY);
		assert_ok!(accept(RIVAL, title));

		let moved = Event::CustodyMoved { title, from: CUSTODIAN, to: RIVAL, facility: 1 };
		assert_eq!(last_event(), moved);
		let record = record_of(title);
		assert_eq!((record.custodian, record.facility), (RIVAL, 1));
		assert_eq!(record.custody_renewed_at, START + DAY);
		assert_eq!(Titles::title(title).unwrap().facility, b"Boden 4".to_vec());
		assert_eq!(Titles::title(title).unwrap().custody_offered_to, None);
		assert_eq!([live_titles(CUSTODIAN), live_titles(RIVAL)], [0, 1]);
		// The title with its list of two devices is the new one's; papers and records stay.
		assert_eq!(deposit_held(&RIVAL), DEPOSIT_BASE + 2 * DEPOSIT_PER_ITEM);
		assert_eq!(deposit_held(&CUSTODIAN), RECORDS_DEPOSIT + 2 * DEPOSIT_PER_ITEM);
		let beat = |who| {
			let titles = vec![title].try_into().unwrap();
			Titles::heartbeat(RuntimeOrigin::signed(who), titles)
		};
		assert_noop!(beat(CUSTODIAN), Error::<Test>::NotTitleCustodian);
		assert_ok!(beat(RIVAL));
	});
}

/// The custodian and an accomplice agree, and the lender is not asked.
#[test]
fn custody_of_a_pledged_title_should_move_with_the_curator_only() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(offer(CUSTODIAN, title, RIVAL));
		for who in [OWNER, CUSTODIAN, RIVAL, VERIFIER] {
			assert_noop!(consent(who, title), Error::<Test>::ConsentNotYours);
		}
		assert_noop!(accept(RIVAL, title), Error::<Test>::ConsentMissing);
		assert_ok!(consent(CURATOR, title));
		assert_ok!(accept(RIVAL, title));
		assert_eq!(record_of(title).custodian, RIVAL);
		assert_eq!(line_of(title), Some(LINE));
		// The new custodian has to acknowledge the pledge itself.
		assert_eq!(seen_by(title, LINE), Err(Ineligibility::NotAcknowledged));
		assert_ok!(Titles::acknowledge_pledge(RuntimeOrigin::signed(RIVAL), LINE));
		assert_eq!(seen_by(title, LINE), Ok(()));
	});
}

#[test]
fn consent_should_be_void_when_the_title_is_anothers() {
	ExtBuilder::default().build_and_execute(|| {
		let (sold, pawned) = (active(1), active(3));
		for title in [sold, pawned] {
			assert_ok!(offer(CUSTODIAN, title, RIVAL));
			assert_ok!(consent(OWNER, title));
		}
		assert_ok!(send_nft(OWNER, sold, BUYER));
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(pawned, &OWNER, LINE));
		for title in [sold, pawned] {
			assert_noop!(accept(RIVAL, title), Error::<Test>::ConsentMissing);
		}
		assert_ok!(consent(BUYER, sold));
		assert_ok!(consent(CURATOR, pawned));
		for title in [sold, pawned] {
			assert_ok!(accept(RIVAL, title));
		}
	});
}

#[test]
fn offer_should_take_the_place_of_an_earlier_one_and_its_consent() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(offer(CUSTODIAN, title, RIVAL));
		assert_ok!(consent(OWNER, title));
		assert_ok!(offer(CUSTODIAN, title, RIVAL));
		assert_eq!(deposit_held(&CUSTODIAN), SPEC_DEPOSIT + RECORDS_DEPOSIT + DEPOSIT_PER_ITEM);
		assert_noop!(accept(RIVAL, title), Error::<Test>::ConsentMissing);
		let origin = RuntimeOrigin::signed(OWNER);
		// Consent is for the custodian that the caller has seen.
		assert_noop!(Titles::consent_custody(origin, title, BUYER), Error::<Test>::NoCustodyOffer);
	});
}

#[test]
fn referendum_should_offer_custody_where_the_custodian_is_silent() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(Titles::suspend_party(referendum(), PartyKind::Custodian, CUSTODIAN));
		assert_ok!(Titles::transfer_custody(referendum(), title, RIVAL));
		assert_eq!(deposit_held(&CUSTODIAN), SPEC_DEPOSIT + RECORDS_DEPOSIT);
		assert_ok!(consent(CURATOR, title));
		assert_ok!(accept(RIVAL, title));
		assert_eq!(record_of(title).custodian, RIVAL);
	});
}

#[test]
fn transfer_custody_should_fail_when_the_new_custodian_may_not_keep_the_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_noop!(offer(RIVAL, title, RIVAL), Error::<Test>::NotTitleCustodian);
		assert_noop!(offer(CUSTODIAN, 77, RIVAL), Error::<Test>::UnknownTitle);
		assert_noop!(offer(CUSTODIAN, title, CUSTODIAN), Error::<Test>::SameCustodian);
		assert_noop!(offer(CUSTODIAN, title, STRANGER), Error::<Test>::UnknownParty);
		let info = Parties::<Test>::get(PartyKind::Custodian, RIVAL).unwrap().info;
		for who in [OWNER, VERIFIER, CURATOR] {
			assert_ok!(Titles::register_party(referendum(), who.clone(), info.clone()));
			assert_noop!(offer(CUSTODIAN, title, who.clone()), Error::<Test>::BondTooLow);
			assert_ok!(UsdAi::mint_into(&who, MIN_BOND + 1));
			let origin = RuntimeOrigin::signed(who);
			assert_ok!(Titles::post_bond(origin, Surety::CustodianBond, MIN_BOND));
		}
		assert_noop!(offer(CUSTODIAN, title, OWNER), Error::<Test>::NotIndependent);
		assert_noop!(offer(CUSTODIAN, title, VERIFIER), Error::<Test>::NotIndependent);
		let held = pledged(3, LINE);
		assert_noop!(offer(CUSTODIAN, held, CURATOR), Error::<Test>::NotIndependent);
		assert_ok!(Titles::suspend_party(referendum(), PartyKind::Custodian, RIVAL));
		assert_noop!(offer(CUSTODIAN, title, RIVAL), Error::<Test>::PartySuspended);
	});
}

#[test]
fn accept_custody_should_ask_again_what_the_offer_asked() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_noop!(accept(RIVAL, title), Error::<Test>::NoCustodyOffer);
		assert_ok!(offer(CUSTODIAN, title, RIVAL));
		assert_ok!(consent(OWNER, title));
		assert_noop!(accept(CUSTODIAN, title), Error::<Test>::NotOfferedToYou);
		assert_ok!(Titles::withdraw_bond(
			RuntimeOrigin::signed(RIVAL),
			Surety::CustodianBond,
			BOND
		));
		assert_noop!(accept(RIVAL, title), Error::<Test>::BondTooLow);
		assert_ok!(Titles::post_bond(
			RuntimeOrigin::signed(RIVAL),
			Surety::CustodianBond,
			MIN_BOND
		));
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), title));
		assert_noop!(accept(RIVAL, title), Error::<Test>::NotActive);
		assert_ok!(Titles::cancel_redemption(RuntimeOrigin::signed(OWNER), title));
		assert_ok!(accept(RIVAL, title));
	});
}

#[test]
fn custody_should_stay_while_a_claim_for_the_title_is_open() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), title));
		set_time(START + REDEMPTION_PERIOD + 1);
		assert_ok!(Titles::escalate_redemption(RuntimeOrigin::signed(OWNER), title));
		assert_noop!(offer(CUSTODIAN, title, RIVAL), Error::<Test>::NotActive);
		// The owner that takes its request back gives the claim up.
		assert_ok!(Titles::cancel_redemption(RuntimeOrigin::signed(OWNER), title));
		assert_ok!(offer(CUSTODIAN, title, RIVAL));
	});
}

#[test]
fn cancel_custody_should_be_for_both_custodians_and_return_the_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_noop!(cancel(CUSTODIAN, title), Error::<Test>::NoCustodyOffer);
		for who in [CUSTODIAN, RIVAL] {
			assert_ok!(offer(CUSTODIAN, title, RIVAL));
			assert_noop!(cancel(OWNER, title), Error::<Test>::NotTitleCustodian);
			assert_ok!(cancel(who, title));
			assert_eq!(last_event(), Event::CustodyOfferCancelled { title, to: RIVAL });
			assert_eq!(deposit_held(&CUSTODIAN), SPEC_DEPOSIT + RECORDS_DEPOSIT);
		}
	});
}

#[test]
fn offer_should_go_with_its_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(offer(CUSTODIAN, title, RIVAL));
		handed_over(title);
		assert_eq!(CustodyOffers::<Test>::get(title), None);
		assert_eq!(deposit_held(&CUSTODIAN), RECORDS_DEPOSIT);
	});
}

/// Governance takes the machines from a hostile custodian, which would undo weeks of voting by a
/// call.
#[test]
fn custodian_should_not_undo_the_offer_of_a_referendum() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(Titles::transfer_custody(referendum(), title, RIVAL));
		assert_ok!(consent(CURATOR, title));
		assert_noop!(cancel(CUSTODIAN, title), Error::<Test>::OfferOfReferendum);
		assert_noop!(offer(CUSTODIAN, title, RIVAL), Error::<Test>::OfferOfReferendum);
		assert_noop!(cancel(OWNER, title), Error::<Test>::NotTitleCustodian);
		assert_ok!(accept(RIVAL, title));
		assert_eq!(record_of(title).custodian, RIVAL);

		// Whom it is offered may refuse, and another referendum may end it.
		assert_ok!(Titles::transfer_custody(referendum(), title, CUSTODIAN));
		assert_ok!(cancel(CUSTODIAN, title));
		assert_ok!(Titles::transfer_custody(referendum(), title, CUSTODIAN));
		assert_ok!(Titles::cancel_custody(referendum(), title));
		assert_ok!(offer(RIVAL, title, CUSTODIAN));
	});
}

fn slash(title: TitleId, amount: u128, loss: Option<u32>) -> DispatchResult {
	Titles::slash_custodian(referendum(), title, amount, loss)
}

/// The custodian loses a machine and hands the other on, with the bond that it would take out.
#[test]
fn bond_should_answer_for_a_loss_when_custody_has_moved_since() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		let lost = vec![device(1)].try_into().unwrap();
		assert_ok!(Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title, lost));
		let known = Titles::title(title).unwrap().losses[0].clone();
		assert_eq!((known.custodian, known.line), (CUSTODIAN, Some(LINE)));
		assert_ok!(offer(CUSTODIAN, title, RIVAL));
		assert_ok!(consent(CURATOR, title));
		set_time(START + DAY);
		assert_ok!(accept(RIVAL, title));

		// It keeps nothing, and answers for one unit.
		let former = || Custodians::<Test>::get(CUSTODIAN).unwrap();
		assert_eq!((former().live_titles, former().in_custody), (0, 0));
		assert_eq!((former().moved, former().moved_loss_at), (TWO_UNITS / 2, START));
		let withdraw = |amount| {
			let surety = Surety::CustodianBond;
			Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), surety, amount)
		};
		assert_noop!(withdraw(BOND - MIN_BOND + 1), Error::<Test>::BondRequired);
		assert_ok!(withdraw(BOND - MIN_BOND));
		let other = bond_held(&RIVAL);
		assert_ok!(slash(title, MIN_BOND, Some(0)));
		assert!(matches!(last_event(), Event::CustodianSlashed { custodian: CUSTODIAN, .. }));
		assert_eq!((bond_held(&CUSTODIAN), bond_held(&RIVAL)), (0, other));
		assert_eq!(usdai(&reserve_account(LINE)), MIN_BOND);
		// Who keeps the machine that is left answers for it.
		assert_ok!(slash(title, USD, None));
		assert!(matches!(last_event(), Event::CustodianSlashed { custodian: RIVAL, .. }));
		assert_eq!(bond_held(&RIVAL), other - USD);
	});
}

#[test]
fn bond_should_be_free_when_the_time_to_settle_a_moved_loss_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		let (first, second) = (active(1), active(3));
		let lose = |unit: u64| {
			let title = if unit < 3 { first } else { second };
			let lost = vec![device(unit)].try_into().unwrap();
			assert_ok!(Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title, lost));
		};
		let hand_on = |title| {
			assert_ok!(offer(CUSTODIAN, title, RIVAL));
			assert_ok!(consent(OWNER, title));
			assert_ok!(accept(RIVAL, title));
		};
		let moved = || {
			let former = Custodians::<Test>::get(CUSTODIAN).unwrap();
			(former.moved, former.moved_loss_at)
		};
		let withdraw = || {
			let surety = Surety::CustodianBond;
			Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), surety, BOND)
		};
		lose(1);
		hand_on(first);
		set_time(START + DAY);
		lose(3);
		hand_on(second);
		// Both count as long as the later one does.
		assert_eq!(moved(), (TWO_UNITS, START + DAY));
		set_time(START + DAY + LOSS_PERIOD);
		assert_noop!(withdraw(), Error::<Test>::BondRequired);
		set_time(START + DAY + LOSS_PERIOD + 1);
		assert_ok!(withdraw());
		assert_noop!(slash(first, 1, Some(0)), Error::<Test>::LossPeriodOver);
	});
}

/// A loss of former times, and one with somebody else, are not those of who hands on.
#[test]
fn bond_should_not_answer_for_losses_of_others() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let lost = vec![device(1)].try_into().unwrap();
		assert_ok!(Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title, lost));
		let hand_on = |from: AccountId, to: AccountId| {
			let owner = RuntimeOrigin::signed(OWNER);
			assert_ok!(offer(from, title, to.clone()));
			assert_ok!(Titles::consent_custody(owner, title, to.clone()));
			assert_ok!(accept(to, title));
		};
		hand_on(CUSTODIAN, RIVAL);
		hand_on(RIVAL, CUSTODIAN);
		assert_eq!(Custodians::<Test>::get(RIVAL).unwrap().moved, 0);
		set_time(START + LOSS_PERIOD + 1);
		hand_on(CUSTODIAN, RIVAL);
		// What was noted at the first move is over.
		let surety = Surety::CustodianBond;
		assert_ok!(Titles::withdraw_bond(RuntimeOrigin::signed(CUSTODIAN), surety, BOND));
	});
}
