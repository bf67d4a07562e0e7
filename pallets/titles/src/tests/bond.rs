// SPDX-License-Identifier: Apache-2.0

//! Bonds of custodians and verifiers, and what is in custody.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{titles::Surety, Balance, TitleId, USD};
use caliber_testkit::Outages;
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult},
	sp_runtime::{Perbill, TokenError},
};
use Surety::{CustodianBond, VerifierBond};

fn bond_of(who: AccountId) -> Balance {
	Custodians::<Test>::get(who).unwrap().bond
}

fn in_custody() -> Balance {
	Custodians::<Test>::get(CUSTODIAN).unwrap().in_custody
}

fn post(surety: Surety, who: AccountId, amount: Balance) -> DispatchResult {
	Titles::post_bond(RuntimeOrigin::signed(who), surety, amount)
}

fn withdraw(surety: Surety, who: AccountId, amount: Balance) -> DispatchResult {
	Titles::withdraw_bond(RuntimeOrigin::signed(who), surety, amount)
}

fn confirm(title: TitleId) -> DispatchResult {
	confirm_as(VERIFIER, title)
}

/// Have the machines of a title handed over and acknowledged.
fn hand_over(title: TitleId) {
	assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), title));
	assert_ok!(Titles::confirm_release(RuntimeOrigin::signed(CUSTODIAN), title));
	assert_ok!(plain(Titles::acknowledge_release(RuntimeOrigin::signed(OWNER), title)));
}

#[test]
fn post_bond_should_hold_the_amount_on_top() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(post(CustodianBond, CUSTODIAN, 5 * USD));
		assert_eq!(bond_of(CUSTODIAN), BOND + 5 * USD);
		assert_eq!(bond_held(&CUSTODIAN), BOND + 5 * USD);
		assert_eq!(usdai(&CUSTODIAN), USDAI_ENDOWMENT - 5 * USD);
		assert_eq!(
			last_event(),
			Event::BondPosted {
				surety: CustodianBond,
				party: CUSTODIAN,
				amount: 5 * USD,
				bond: BOND + 5 * USD
			}
		);
	});
}

#[test]
fn post_bond_should_work_when_suspended() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		assert_ok!(post(CustodianBond, CUSTODIAN, USD));
	});
}

#[test]
fn post_bond_should_fail_when_no_such_party_or_zero_or_unfunded() {
	ExtBuilder::default().build_and_execute(|| {
		for surety in [CustodianBond, VerifierBond, Surety::InsurerCapital] {
			assert_noop!(post(surety, OWNER, USD), Error::<Test>::UnknownParty);
		}
		assert_noop!(post(VerifierBond, CUSTODIAN, USD), Error::<Test>::UnknownParty);
		assert_noop!(post(CustodianBond, CUSTODIAN, 0), Error::<Test>::ZeroAmount);
		assert_noop!(post(CustodianBond, CUSTODIAN, USDAI_ENDOWMENT), TokenError::FundsUnavailable);
		assert_eq!(bond_of(CUSTODIAN), BOND);
	});
}

#[test]
fn post_bond_should_fail_when_the_sum_overflows() {
	ExtBuilder::default().build_and_execute(|| {
		for (surety, who) in [
			(CustodianBond, CUSTODIAN),
			(VerifierBond, VERIFIER),
			(Surety::InsurerCapital, INSURER),
		] {
			assert_noop!(post(surety, who, Balance::MAX), Error::<Test>::Overflow);
		}
	});
}

#[test]
fn withdraw_bond_should_return_all_of_it_when_there_are_no_titles() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(withdraw(CustodianBond, CUSTODIAN, BOND));
		assert_eq!((bond_of(CUSTODIAN), bond_held(&CUSTODIAN)), (0, 0));
		assert_eq!(usdai(&CUSTODIAN), USDAI_ENDOWMENT + BOND);
		assert_eq!(
			last_event(),
			Event::BondWithdrawn { surety: CustodianBond, party: CUSTODIAN, amount: BOND, bond: 0 }
		);
	});
}

#[test]
fn withdraw_bond_should_leave_the_minimum_when_a_title_lives() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let spare = BOND - MIN_BOND;
		assert_noop!(withdraw(CustodianBond, CUSTODIAN, spare + 1), Error::<Test>::BondRequired);
		assert_ok!(withdraw(CustodianBond, CUSTODIAN, spare));
		assert_eq!(bond_of(CUSTODIAN), MIN_BOND);

		assert_ok!(plain(Titles::withdraw_attestation(RuntimeOrigin::signed(CUSTODIAN), title)));
		assert_ok!(withdraw(CustodianBond, CUSTODIAN, MIN_BOND));
		assert_eq!(bond_of(CUSTODIAN), 0);
	});
}

/// Five servers of 20 000 each at 30 %: 30 000 stay, which is more than the least bond.
#[test]
fn withdraw_bond_should_leave_the_share_of_what_is_in_custody() {
	ExtBuilder::default().build_and_execute(|| {
		for first in [1, 3, 5, 7, 9] {
			active(first);
		}
		assert_eq!(in_custody(), 100_000 * USD);
		Values::mutate(|values| values.bond_share = Perbill::from_percent(30));
		assert_noop!(
			withdraw(CustodianBond, CUSTODIAN, 30_000 * USD + 1),
			Error::<Test>::BondRequired
		);
		assert_ok!(withdraw(CustodianBond, CUSTODIAN, 30_000 * USD));
		assert!(Titles::bond_is_sufficient(&CUSTODIAN));
		// The share rises: nothing is taken, and nothing new is taken in.
		Values::mutate(|values| values.bond_share = Perbill::from_percent(31));
		assert!(!Titles::bond_is_sufficient(&CUSTODIAN));
		assert_noop!(withdraw(CustodianBond, CUSTODIAN, 1), Error::<Test>::BondRequired);
		assert_noop!(
			Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, spec(21)),
			Error::<Test>::BondTooLow
		);
		assert_ok!(post(CustodianBond, CUSTODIAN, 1_000 * USD));
		assert!(Titles::bond_is_sufficient(&CUSTODIAN));
	});
}

#[test]
fn withdraw_bond_should_leave_title_deposits_held() {
	ExtBuilder::default().build_and_execute(|| {
		active(1);
		assert_ok!(withdraw(CustodianBond, CUSTODIAN, BOND - MIN_BOND));
		assert_eq!(deposit_held(&CUSTODIAN), SPEC_DEPOSIT + RECORDS_DEPOSIT);
	});
}

#[test]
fn withdraw_bond_should_fail_when_suspended_zero_too_much_or_no_such_party() {
	ExtBuilder::default().build_and_execute(|| {
		active(1);
		for (surety, who, kind, all) in [
			(CustodianBond, CUSTODIAN, PartyKind::Custodian, BOND),
			(VerifierBond, VERIFIER, PartyKind::Verifier, VERIFIER_BOND),
			(Surety::InsurerCapital, INSURER, PartyKind::Insurer, CAPITAL),
		] {
			assert_noop!(withdraw(surety, STRANGER, 1), Error::<Test>::UnknownParty);
			assert_noop!(withdraw(surety, who.clone(), 0), Error::<Test>::ZeroAmount);
			assert_noop!(withdraw(surety, who.clone(), all + 1), Error::<Test>::InsufficientBond);
			assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), kind, who.clone()));
			assert_noop!(withdraw(surety, who, 1), Error::<Test>::PartySuspended);
		}
	});
}

/// Custodians are registered for good, and no referendum would have to bring one back for its bond.
#[test]
fn withdraw_bond_should_empty_that_of_a_suspended_custodian_that_answers_for_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let kind = PartyKind::Custodian;
		assert_ok!(Titles::suspend_party(referendum(), kind, CUSTODIAN));
		let refused = || withdraw(CustodianBond, CUSTODIAN, BOND);
		assert_noop!(refused(), Error::<Test>::PartySuspended);
		handed_over(title);
		// The last owner may still claim.
		assert_noop!(refused(), Error::<Test>::PartySuspended);
		assert_ok!(Titles::drop_released(RuntimeOrigin::signed(OWNER), title));
		assert_ok!(withdraw(CustodianBond, CUSTODIAN, BOND));
		assert_eq!(bond_held(&CUSTODIAN), 0);
	});
}

#[test]
fn custody_should_count_the_reference_price_of_the_day_of_confirmation() {
	ExtBuilder::default().build_and_execute(|| {
		let first = attested(1);
		assert_eq!((in_custody(), record_of(first).custody_value), (0, 0));
		assert_ok!(confirm(first));
		ReferencePrice::set(&Some(3 * UNIT_PRICE));
		let second = active(3);
		assert_eq!(record_of(first).custody_value, 20_000 * USD);
		assert_eq!(record_of(second).custody_value, 60_000 * USD);
		assert_eq!(in_custody(), 80_000 * USD);
		assert_eq!(Titles::title(second).unwrap().custody_value, 60_000 * USD);
		// A lost title counts until its book is closed: who loses machines needs its bond.
		assert_ok!(Titles::report_loss(RuntimeOrigin::root(), second, machines_of(second)));
		assert_eq!(in_custody(), 80_000 * USD);
		assert_ok!(plain(Titles::retire_lost(RuntimeOrigin::signed(OWNER), second)));
		assert_eq!(in_custody(), 20_000 * USD);
	});
}

/// A custodian hands machines over, its bond in its pocket before anybody can say otherwise.
#[test]
fn withdraw_bond_should_leave_the_bond_for_released_titles_until_no_claim_can_come() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		hand_over(title);
		assert_eq!(in_custody(), TWO_UNITS);
		assert_eq!(Custodians::<Test>::get(CUSTODIAN).unwrap().live_titles, 0);
		assert_noop!(withdraw(CustodianBond, CUSTODIAN, BOND), Error::<Test>::BondRequired);
		let drop_it = || Titles::drop_released(RuntimeOrigin::signed(CUSTODIAN), title);
		set_time(START + CLAIM_TAIL);
		assert_noop!(drop_it(), Error::<Test>::ClaimTailRunning);
		set_time(START + CLAIM_TAIL + 1);
		assert_ok!(drop_it());
		assert_eq!(
			last_event(),
			Event::ReleasedTitleDropped { title, custodian: CUSTODIAN, owner: OWNER }
		);
		assert_eq!((in_custody(), redemption_held(&OWNER)), (0, 0));
		assert_ok!(withdraw(CustodianBond, CUSTODIAN, BOND));
	});
}

#[test]
fn released_title_should_be_dropped_by_its_last_owner_at_any_time() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		hand_over(title);
		let drop_it = |who| Titles::drop_released(RuntimeOrigin::signed(who), title);
		assert_noop!(drop_it(STRANGER), Error::<Test>::ClaimTailRunning);
		assert_ok!(drop_it(OWNER));
		assert_noop!(drop_it(OWNER), Error::<Test>::NotReleased);
		assert_ok!(withdraw(CustodianBond, CUSTODIAN, BOND));
	});
}

#[test]
fn confirm_should_fail_when_the_bond_is_too_low_for_what_comes_in() {
	ExtBuilder::default().build_and_execute(|| {
		let (first, second) = (attested(1), attested(3));
		// 60 000 of bond at 100 % for two titles of 40 000.
		Values::mutate(|values| values.bond_share = Perbill::from_percent(100));
		ReferencePrice::set(&Some(2 * UNIT_PRICE));
		assert_ok!(confirm(first));
		assert_noop!(confirm(second), Error::<Test>::BondTooLow);
		assert_ok!(post(CustodianBond, CUSTODIAN, 20_000 * USD));
		assert_ok!(confirm(second));
	});
}

#[test]
fn confirm_should_fail_when_the_model_has_no_price_or_the_value_overflows() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		ReferencePrice::set(&None);
		assert_noop!(confirm(title), Error::<Test>::ModelNotListed);
		ReferencePrice::set(&Some(Balance::MAX / 2 + 1));
		assert_noop!(confirm(title), Error::<Test>::Overflow);
	});
}

#[test]
fn confirm_should_fail_when_the_bond_of_the_verifier_is_too_low() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		assert_ok!(withdraw(VerifierBond, VERIFIER, VERIFIER_BOND - MIN_VERIFIER_BOND + 1));
		assert_noop!(confirm(title), Error::<Test>::BondTooLow);
		assert_ok!(post(VerifierBond, VERIFIER, 1));
		assert_ok!(confirm(title));
	});
}

/// A verifier confirms what does not exist and leaves with its bond.
#[test]
fn verifier_should_leave_the_minimum_for_some_time_after_a_confirmation() {
	ExtBuilder::default().build_and_execute(|| {
		active(1);
		let spare = VERIFIER_BOND - MIN_VERIFIER_BOND;
		assert_noop!(withdraw(VerifierBond, VERIFIER, spare + 1), Error::<Test>::BondRequired);
		assert_ok!(withdraw(VerifierBond, VERIFIER, spare));
		set_time(START + CLAIM_TAIL);
		assert_noop!(withdraw(VerifierBond, VERIFIER, 1), Error::<Test>::BondRequired);
		// In an outage nobody finds out anything.
		Outages::note(START + DAY, START + 2 * DAY);
		set_time(START + CLAIM_TAIL + 1);
		assert_noop!(withdraw(VerifierBond, VERIFIER, 1), Error::<Test>::BondRequired);
		set_time(START + CLAIM_TAIL + DAY + 1);
		assert_ok!(withdraw(VerifierBond, VERIFIER, MIN_VERIFIER_BOND));
		assert_eq!(usdai(&VERIFIER), USDAI_ENDOWMENT + VERIFIER_BOND);
	});
}

#[test]
fn remove_party_should_return_what_governance_has_not_taken() {
	ExtBuilder::default().build_and_execute(|| {
		for (kind, who, all) in
			[(PartyKind::Verifier, VERIFIER, VERIFIER_BOND), (PartyKind::Insurer, INSURER, CAPITAL)]
		{
			assert_ok!(Titles::remove_party(RuntimeOrigin::root(), kind, who.clone()));
			assert_eq!(usdai(&who), USDAI_ENDOWMENT + all);
		}
		assert_eq!(Verifiers::<Test>::get(VERIFIER), None);
		assert_eq!(Insurers::<Test>::get(INSURER), None);
	});
}
