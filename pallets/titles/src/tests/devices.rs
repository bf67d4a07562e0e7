// SPDX-License-Identifier: Apache-2.0

//! Devices outlive their titles: who takes them, and what they remember.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	titles::{Condition, DocumentKind},
	TitleId, USD,
};
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok,
		dispatch::DispatchResult,
		traits::{fungible::Mutate, tokens::Preservation::Preserve},
	},
	sp_core::H256,
	sp_runtime::{traits::BadOrigin, TokenError},
};

fn attest_as(who: AccountId, spec: TitleSpec) -> TitleId {
	let title = NextTitleId::<Test>::get();
	assert_ok!(Titles::attest(RuntimeOrigin::signed(who), OWNER, spec));
	title
}

fn reinspect(who: AccountId, title: TitleId, condition: Condition) -> DispatchResult {
	let origin = RuntimeOrigin::signed(who);
	plain(Titles::reinspect(origin, title, condition, H256::repeat_byte(0x1d)))
}

/// A rival attests the machines of another custodian before their delivery is seen by a verifier.
#[test]
fn squatter_should_gain_nothing_when_the_machines_are_confirmed_elsewhere() {
	ExtBuilder::default().build_and_execute(|| {
		let squat = attest_as(RIVAL, spec(1));
		let honest = active(1);
		assert_eq!(owner_of(honest), Some(OWNER));
		for unit in [1, 2] {
			assert_eq!(Titles::device(device(unit)).unwrap().title, Some(honest));
		}
		// It is confirmed no more, and anyone cleans it up.
		assert_noop!(confirm_as(VERIFIER, squat), Error::<Test>::DeviceTaken);
		assert_ok!(Titles::withdraw_attestation(RuntimeOrigin::signed(STRANGER), squat));
		assert_eq!(Titles::device(device(1)).unwrap().title, Some(honest));
		assert_eq!(deposit_held(&RIVAL), 0);
	});
}

#[test]
fn squatted_serial_should_be_freed_by_governance() {
	ExtBuilder::default().build_and_execute(|| {
		let squat = attest_as(RIVAL, spec(1));
		assert_ok!(Titles::strike_attestation(committee(), squat));
		assert_eq!(Titles::title(squat), None);
		assert_eq!(owner_of(active(1)), Some(OWNER));
	});
}

/// Machines of 36 months are redeemed and attested as new ones.
#[test]
fn age_should_survive_redemption() {
	ExtBuilder::default().build_and_execute(|| {
		let old =
			TitleSpec { commissioned_at: START - 900 * DAY, condition: Condition::Used, ..spec(1) };
		let title = attest_as(CUSTODIAN, old);
		assert_ok!(confirm_as(VERIFIER, title));
		handed_over(title);
		assert_eq!(Titles::device(device(1)).unwrap().title, None);

		let fresh = TitleSpec { commissioned_at: START, condition: Condition::New, ..spec(2) };
		let again = attest_as(RIVAL, fresh);
		// What is attested is what the custodian says; what is confirmed is what is known.
		assert_eq!(record_of(again).commissioned_at, START);
		assert_ok!(confirm_as(VERIFIER, again));
		let facts = record_of(again).facts(Titles::now());
		assert_eq!(facts.commissioned_at, START - 900 * DAY);
		assert_eq!(facts.condition, Condition::Used);
		// The other device was never seen before.
		let fresh = Titles::device(device(3)).unwrap();
		assert_eq!((fresh.first_commissioned, fresh.worst_condition), (START, Condition::New));
		let known = Titles::device(device(2)).unwrap();
		assert_eq!(known.title, Some(again));
		let known = (known.first_commissioned, known.worst_condition);
		assert_eq!(known, (START - 900 * DAY, Condition::Used));
	});
}

#[test]
fn device_should_remember_the_earlier_time_and_the_worse_condition() {
	ExtBuilder::default().build_and_execute(|| {
		handed_over(active(1));
		let worse =
			TitleSpec { commissioned_at: START - 91 * DAY, condition: Condition::AsIs, ..spec(1) };
		let title = attest_as(CUSTODIAN, worse);
		assert_ok!(confirm_as(VERIFIER, title));
		let known = Titles::device(device(1)).unwrap();
		assert_eq!(known.first_commissioned, START - 91 * DAY);
		assert_eq!(known.worst_condition, Condition::AsIs);
	});
}

/// The owner of stolen machines has its claim, ends the title, and has them attested elsewhere.
#[test]
fn stolen_serial_should_not_come_back() {
	ExtBuilder::default().build_and_execute(|| {
		let waiting = attest_as(RIVAL, spec(2));
		let title = active(1);
		let lost = machines_of(title);
		assert_ok!(Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title, lost));
		assert_ok!(Titles::retire_lost(RuntimeOrigin::signed(OWNER), title));
		let known = Titles::device(device(1)).unwrap();
		assert_eq!((known.title, known.lost_at), (None, Some(START)));

		assert_noop!(
			Titles::attest(RuntimeOrigin::signed(RIVAL), BUYER, spec(1)),
			Error::<Test>::DeviceLost
		);
		assert_noop!(confirm_as(VERIFIER, waiting), Error::<Test>::DeviceLost);
		let clear = |by, id| Titles::clear_lost_device(by, id);
		for by in [RuntimeOrigin::signed(OWNER), committee()] {
			assert_noop!(clear(by, device(1)), BadOrigin);
		}
		for unit in [device(1), device(2)] {
			assert_ok!(clear(referendum(), unit));
			assert_eq!(last_event(), Event::LostDeviceCleared { device: unit });
		}
		assert_ok!(confirm_as(VERIFIER, waiting));
	});
}

#[test]
fn clear_lost_device_should_fail_when_unknown_not_lost_or_of_a_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let clear = |id| Titles::clear_lost_device(referendum(), id);
		assert_noop!(clear(device(9)), Error::<Test>::UnknownDevice);
		assert_noop!(clear(device(1)), Error::<Test>::DeviceNotLost);
		let lost = machines_of(title);
		assert_ok!(Titles::report_loss(referendum(), title, lost));
		assert_noop!(clear(device(1)), Error::<Test>::DeviceTaken);
	});
}

/// The custodian shows good papers to the verifier and files others before it signs.
#[test]
fn confirm_should_fail_when_the_papers_were_swapped_since() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let seen = evidence(title);
		let file = |byte| {
			assert_ok!(filed(CUSTODIAN, title, paper(DocumentKind::WarehouseReceipt, byte)));
		};
		file(0x66);
		let confirm =
			|digest| plain(Titles::confirm(RuntimeOrigin::signed(VERIFIER), title, digest));
		assert_noop!(confirm(seen), Error::<Test>::EvidenceChanged);
		assert_noop!(confirm(H256::zero()), Error::<Test>::EvidenceChanged);
		let batch = vec![(title, seen)].try_into().unwrap();
		assert_noop!(
			plain(Titles::confirm_batch(RuntimeOrigin::signed(VERIFIER), batch)),
			Error::<Test>::EvidenceChanged
		);
		// The log of papers only grows: the verifier has to look at what is new.
		file(0xaa);
		assert_noop!(confirm(seen), Error::<Test>::EvidenceChanged);
		let seen = evidence(title);
		assert_ok!(confirm(seen));
		// What was confirmed is on record, whatever is filed later.
		file(0x66);
		assert_eq!(evidence(title), seen);
	});
}

#[test]
fn evidence_should_tell_titles_apart_by_all_that_is_attested() {
	ExtBuilder::default().build_and_execute(|| {
		let specs = [
			spec(1),
			spec(2),
			TitleSpec { condition: Condition::Used, ..spec(1) },
			TitleSpec { commissioned_at: START, ..spec(1) },
			TitleSpec { documents: Default::default(), ..spec(1) },
		];
		let mut seen = std::collections::BTreeSet::new();
		let titles = specs.len() + 2;
		for spec in specs {
			seen.insert(evidence(attest_as(CUSTODIAN, spec)));
		}
		seen.insert(evidence(attest_as(RIVAL, spec(1))));
		let title = NextTitleId::<Test>::get();
		assert_ok!(Titles::attest(RuntimeOrigin::signed(CUSTODIAN), BUYER, spec(1)));
		seen.insert(evidence(title));
		assert_eq!(seen.len(), titles);
	});
}

#[test]
fn confirm_should_change_nothing_when_records_are_not_paid_for() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let spare = ENDOWMENT - SPEC_DEPOSIT - EXISTENTIAL_DEPOSIT - RECORDS_DEPOSIT + 1;
		assert_ok!(<Balances as Mutate<_>>::transfer(&CUSTODIAN, &OWNER, spare, Preserve));
		assert_noop!(confirm_as(VERIFIER, title), TokenError::FundsUnavailable);
		assert_ok!(<Balances as Mutate<_>>::transfer(&OWNER, &CUSTODIAN, 1, Preserve));
		assert_ok!(confirm_as(VERIFIER, title));
		assert_eq!(deposit_held(&CUSTODIAN), SPEC_DEPOSIT + RECORDS_DEPOSIT);
	});
}

#[test]
fn records_should_be_paid_for_once() {
	ExtBuilder::default().build_and_execute(|| {
		handed_over(active(1));
		assert_eq!(deposit_held(&CUSTODIAN), RECORDS_DEPOSIT);
		let title = attest_as(RIVAL, spec(1));
		assert_ok!(confirm_as(VERIFIER, title));
		assert_eq!(deposit_held(&RIVAL), SPEC_DEPOSIT);
		assert_eq!(deposit_held(&CUSTODIAN), RECORDS_DEPOSIT);
	});
}

#[test]
fn reinspect_should_change_the_condition_of_title_and_devices() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		for condition in [Condition::AsIs, Condition::Refurbished] {
			assert_ok!(reinspect(VERIFIER, title, condition));
			assert_eq!(record_of(title).condition, condition);
			assert_eq!(Titles::device(device(2)).unwrap().worst_condition, condition);
			let document = H256::repeat_byte(0x1d);
			let event = Event::TitleReinspected { title, verifier: VERIFIER, condition, document };
			assert_eq!(last_event(), event);
		}
		// It is remembered.
		handed_over(title);
		let again = attest_as(RIVAL, spec(1));
		assert_ok!(confirm_as(VERIFIER, again));
		assert_eq!(record_of(again).condition, Condition::Refurbished);
	});
}

#[test]
fn reinspect_should_leave_lost_devices_as_they_were() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let lost = vec![device(2)].try_into().unwrap();
		assert_ok!(Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title, lost));
		assert_ok!(reinspect(VERIFIER, title, Condition::Used));
		assert_eq!(Titles::device(device(1)).unwrap().worst_condition, Condition::Used);
		assert_eq!(Titles::device(device(2)).unwrap().worst_condition, Condition::New);
	});
}

/// The worse of two machines is lost while a verifier sees the other one as new, and is found.
#[test]
fn recovered_title_should_be_in_no_better_condition_than_its_worst_device() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(reinspect(VERIFIER, title, Condition::AsIs));
		let lost = vec![device(2)].try_into().unwrap();
		assert_ok!(Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title, lost));
		assert_ok!(reinspect(VERIFIER, title, Condition::New));
		assert_eq!(record_of(title).condition, Condition::New);
		assert_ok!(Titles::recover_title(referendum(), title));
		assert_eq!(record_of(title).condition, Condition::AsIs);
	});
}

/// One verifier could otherwise raise what may be drawn, or write down what lenders hold.
#[test]
fn reinspect_should_fail_when_pledged_and_when_not_independent() {
	ExtBuilder::default().build_and_execute(|| {
		let (held, waiting, title) = (pledged(1, 9), attested(3), active(5));
		assert_noop!(reinspect(VERIFIER, held, Condition::AsIs), Error::<Test>::Encumbered);
		assert_noop!(reinspect(VERIFIER, waiting, Condition::AsIs), Error::<Test>::NotConfirmed);
		assert_noop!(reinspect(VERIFIER, 77, Condition::AsIs), Error::<Test>::UnknownTitle);
		assert_noop!(reinspect(OWNER, title, Condition::AsIs), Error::<Test>::UnknownParty);
		for who in [OWNER, CUSTODIAN] {
			assert_ok!(Titles::register_party(referendum(), who.clone(), PartyInfo::Verifier));
			assert_noop!(reinspect(who, title, Condition::New), Error::<Test>::NotIndependent);
		}
		assert_ok!(Titles::suspend_party(committee(), PartyKind::Verifier, VERIFIER));
		assert_noop!(reinspect(VERIFIER, title, Condition::AsIs), Error::<Test>::PartySuspended);
	});
}

/// A verifier without a bond would make the machine of a friend as good as new, and buy it then.
#[test]
fn inspector_should_answer_with_its_bond() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(Titles::register_party(referendum(), STRANGER, PartyInfo::Verifier));
		assert_noop!(reinspect(STRANGER, title, Condition::New), Error::<Test>::BondTooLow);
		assert_eq!(Titles::title(title).unwrap().inspected_by, None);
		assert_ok!(UsdAi::mint_into(&STRANGER, VERIFIER_BOND + USD));
		let stranger = || RuntimeOrigin::signed(STRANGER);
		let surety = Surety::VerifierBond;
		assert_ok!(Titles::post_bond(stranger(), surety, VERIFIER_BOND));
		set_time(START + DAY);
		assert_ok!(reinspect(STRANGER, title, Condition::New));
		assert_eq!(
			Attestations::<Test>::get(title).unwrap().inspection,
			Some(Inspection {
				verifier: STRANGER,
				document: H256::repeat_byte(0x1d),
				at: START + DAY
			})
		);
		assert_eq!(Titles::title(title).unwrap().inspected_by, Some(STRANGER));
		assert_eq!(Titles::title(title).unwrap().verifier, Some(VERIFIER));
		// The bond stays for ninety days.
		let withdraw = || Titles::withdraw_bond(stranger(), surety, VERIFIER_BOND);
		set_time(START + 91 * DAY);
		assert_noop!(withdraw(), Error::<Test>::BondRequired);
		// It pays for what its owner said, and the bond of who confirmed does not.
		let slash = |who, amount| Titles::slash_verifier(referendum(), title, who, amount, None);
		assert_noop!(slash(CUSTODIAN, 1), Error::<Test>::NoVerifier);
		assert_ok!(slash(STRANGER, 7));
		assert_ok!(slash(VERIFIER, 2));
		let bond = |who| Verifiers::<Test>::get(who).unwrap().bond;
		assert_eq!((bond(STRANGER), bond(VERIFIER)), (VERIFIER_BOND - 7, VERIFIER_BOND - 2));
		set_time(START + 91 * DAY + 1);
		let left = VERIFIER_BOND - 7;
		assert_ok!(Titles::withdraw_bond(stranger(), surety, left));
	});
}

#[test]
fn inspector_should_be_no_other_party_afterwards() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		verifies_too_with_money(&STRANGER);
		assert_ok!(reinspect(STRANGER, title, Condition::New));
		assert_ok!(send_nft(OWNER, title, STRANGER));
		let refused = Err(caliber_primitives::titles::Ineligibility::NotIndependent);
		assert_eq!(seen_by(title, 9), refused);
		assert_ok!(send_nft(STRANGER, title, OWNER));
		assert_eq!(seen_by(title, 9), Ok(()));
		LineCurator::set(&STRANGER);
		assert_eq!(seen_by(title, 9), refused);
	});
}

/// Register an account as a verifier, with its bond and the money for it.
fn verifies_too_with_money(who: &AccountId) {
	assert_ok!(UsdAi::mint_into(who, VERIFIER_BOND + USD));
	verifies_too(who);
}
