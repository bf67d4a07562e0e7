// SPDX-License-Identifier: Apache-2.0

//! Capacity and capital of insurers.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{titles::Surety, Balance, TitleId, USD};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult},
	sp_runtime::{traits::BadOrigin, Perbill},
};

fn bind(title: TitleId, limit: Balance) -> DispatchResult {
	Titles::bind_policy(RuntimeOrigin::signed(INSURER), title, terms(limit, 100 * DAY))
}

fn renew(title: TitleId, policy: u32, limit: Balance, days: u64) -> DispatchResult {
	let terms = terms(limit, days * DAY);
	Titles::renew_policy(RuntimeOrigin::signed(INSURER), title, policy, terms)
}

fn capital(amount: Balance) -> DispatchResult {
	Titles::withdraw_bond(RuntimeOrigin::signed(INSURER), Surety::InsurerCapital, amount)
}

fn set_capacity(origin: RuntimeOrigin, capacity: Balance) -> DispatchResult {
	Titles::set_insurer_capacity(origin, INSURER, capacity)
}

fn bound() -> Balance {
	Insurers::<Test>::get(INSURER).unwrap().bound
}

/// An account without a dollar would cover any sum.
#[test]
fn insurer_without_capital_should_bind_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		assert_ok!(capital(CAPITAL));
		assert_noop!(bind(title, 1), Error::<Test>::CapitalTooLow);
		// A tenth of what is bound, rounded up.
		let post = |amount| {
			Titles::post_bond(RuntimeOrigin::signed(INSURER), Surety::InsurerCapital, amount)
		};
		assert_ok!(post(1_000 * USD));
		assert_noop!(bind(title, 10_000 * USD + 1), Error::<Test>::CapitalTooLow);
		assert_ok!(bind(title, 10_000 * USD));
		assert_noop!(bind(title, 1), Error::<Test>::CapitalTooLow);
		assert_ok!(post(1));
		assert_ok!(bind(title, 1));
		assert_eq!(bound(), 10_000 * USD + 1);
	});
}

#[test]
fn insurer_should_bind_nothing_beyond_its_capacity() {
	ExtBuilder::default().build_and_execute(|| {
		let (first, second) = (attested(1), attested(3));
		assert_ok!(set_capacity(referendum(), 100_000 * USD));
		assert_ok!(bind(first, 60_000 * USD));
		assert_noop!(bind(second, 40_000 * USD + 1), Error::<Test>::CapacityExceeded);
		assert_ok!(bind(second, 40_000 * USD));
		assert_noop!(bind(first, 1), Error::<Test>::CapacityExceeded);
	});
}

#[test]
fn new_insurer_should_have_no_capacity() {
	ExtBuilder::default().insurers(vec![]).build_and_execute(|| {
		let title = attested(1);
		let name = b"Katla Re".to_vec().try_into().unwrap();
		let info = PartyInfo::Insurer(ServiceProviderInfo { name, jurisdiction: *b"IS" });
		assert_ok!(Titles::register_party(referendum(), INSURER, info));
		let surety = Surety::InsurerCapital;
		assert_ok!(Titles::post_bond(RuntimeOrigin::signed(INSURER), surety, CAPITAL));
		assert_noop!(bind(title, 1), Error::<Test>::CapacityExceeded);
		assert_ok!(set_capacity(referendum(), 1));
		assert_ok!(bind(title, 1));
	});
}

#[test]
fn policy_should_count_until_it_is_removed() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		drop_policies(title);
		assert_eq!(bound(), 0);
		let policy = insured(title, 100_000 * USD, 10 * DAY);
		assert_noop!(capital(CAPITAL - 10_000 * USD + 1), Error::<Test>::BondRequired);
		assert_ok!(capital(CAPITAL - 10_000 * USD));
		// Neither a claim nor the end of the term frees anything.
		assert_ok!(Titles::pay_claim(
			RuntimeOrigin::signed(INSURER),
			title,
			policy,
			40_000 * USD,
			None
		));
		set_time(START + 11 * DAY);
		assert_eq!(bound(), 100_000 * USD);
		assert_noop!(capital(1), Error::<Test>::BondRequired);
		assert_ok!(Titles::remove_policy(RuntimeOrigin::signed(INSURER), title, policy));
		assert_eq!(bound(), 0);
		assert_ok!(capital(10_000 * USD));
	});
}

#[test]
fn policies_should_not_count_when_their_title_has_gone() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_eq!(bound(), WORTH);
		assert_ok!(Titles::report_loss(referendum(), title, machines_of(title)));
		assert_ok!(plain(Titles::retire_lost(referendum(), title)));
		assert_eq!(bound(), 0);
	});
}

#[test]
fn renewal_should_ask_for_capacity_and_capital_when_the_limit_is_higher() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		let policy = insured(title, 100_000 * USD, 10 * DAY);
		assert_ok!(set_capacity(referendum(), 150_000 * USD));
		assert_noop!(renew(title, policy, 150_000 * USD + 1, 20), Error::<Test>::CapacityExceeded);
		assert_ok!(renew(title, policy, 150_000 * USD, 20));
		assert_eq!(bound(), 150_000 * USD);
		// A lower capacity and a higher share end no cover: what is bound may be renewed as it is.
		assert_ok!(set_capacity(referendum(), 0));
		Values::mutate(|values| values.capital_share = Perbill::from_percent(100));
		assert_ok!(capital(CAPITAL - 150_000 * USD));
		assert_ok!(renew(title, policy, 150_000 * USD, 30));
		assert_noop!(renew(title, policy, 150_000 * USD + 1, 30), Error::<Test>::CapacityExceeded);
		assert_ok!(set_capacity(referendum(), CAPACITY));
		assert_noop!(renew(title, policy, 150_000 * USD + 1, 30), Error::<Test>::CapitalTooLow);
		// After the end of the term a renewal may cover less, and counts less.
		set_time(START + 31 * DAY);
		assert_ok!(renew(title, policy, 1_000 * USD, 30));
		assert_eq!(bound(), 1_000 * USD);
	});
}

#[test]
fn capacity_should_be_raised_by_a_referendum_alone_and_lowered_by_the_committee_for_a_time() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		assert_noop!(set_capacity(committee(), CAPACITY + 1), BadOrigin);
		assert_noop!(set_capacity(RuntimeOrigin::signed(INSURER), 1), BadOrigin);
		assert_ok!(set_capacity(committee(), 10 * USD));
		assert_eq!(
			last_event(),
			Event::InsurerCapacitySet {
				insurer: INSURER,
				capacity: 10 * USD,
				until: Some(START + BRAKE)
			}
		);
		assert_noop!(bind(title, 10 * USD + 1), Error::<Test>::CapacityExceeded);
		assert_noop!(set_capacity(committee(), 10 * USD), Error::<Test>::NotStricter);
		set_time(START + BRAKE);
		assert_ok!(bind(title, 10 * USD + 1));
		assert_noop!(set_capacity(committee(), 0), Error::<Test>::BrakeResting);
		assert_noop!(
			Titles::set_insurer_capacity(referendum(), STRANGER, 1),
			Error::<Test>::UnknownParty
		);
	});
}

/// A total loss is reported on the last but one day of a policy, and the insurer leaves on the day
/// after the last.
#[test]
fn insurer_should_not_leave_before_the_tail_when_a_loss_is_open() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		drop_policies(title);
		let policy = insured(title, 100_000 * USD, 30 * DAY);
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, 9));
		set_time(START + 29 * DAY);
		let devices = machines_of(title);
		assert_ok!(Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title, devices));
		let remove = || Titles::remove_policy(RuntimeOrigin::signed(INSURER), title, policy);
		set_time(START + 30 * DAY + 1);
		assert_noop!(remove(), Error::<Test>::PolicyNotOver);
		assert_noop!(capital(CAPITAL), Error::<Test>::BondRequired);
		assert_ok!(capital(CAPITAL - 10_000 * USD));

		// A referendum pays the line from the capital.
		let slash = |amount| Titles::slash_insurer(referendum(), title, policy, amount, None);
		assert_noop!(slash(0), Error::<Test>::ZeroAmount);
		assert_noop!(slash(10_000 * USD + 1), Error::<Test>::InsufficientBond);
		assert_noop!(Titles::slash_insurer(committee(), title, policy, USD, None), BadOrigin);
		let free = usdai(&INSURER);
		assert_ok!(slash(9_000 * USD));
		assert_eq!(
			last_event(),
			Event::InsurerSlashed {
				title,
				policy,
				insurer: INSURER,
				line: Some(9),
				owner: OWNER,
				loss: Some(0),
				amount: 9_000 * USD,
				to_line: 9_000 * USD,
				remaining: 91_000 * USD,
				capital: 1_000 * USD,
			}
		);
		assert_eq!(usdai(&reserve_account(9)), 9_000 * USD);
		assert_eq!(usdai(&INSURER), free);
		set_time(START + 120 * DAY);
		assert_noop!(remove(), Error::<Test>::PolicyNotOver);
		set_time(START + 120 * DAY + 1);
		assert_ok!(remove());
		assert_ok!(capital(1_000 * USD));
	});
}

#[test]
fn slash_insurer_should_pay_no_more_than_the_limit() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let policy = insured(title, 5 * USD, DAY);
		let slash =
			|policy, amount, loss| Titles::slash_insurer(referendum(), title, policy, amount, loss);
		assert_noop!(slash(policy, 5 * USD + 1, None), Error::<Test>::ClaimExceedsLimit);
		assert_noop!(slash(policy + 1, 1, None), Error::<Test>::UnknownPolicy);
		assert_noop!(slash(policy, 1, Some(0)), Error::<Test>::UnknownLoss);
		assert_ok!(slash(policy, 5 * USD, None));
		assert_noop!(slash(policy, 1, None), Error::<Test>::ClaimExceedsLimit);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 5 * USD);
		assert_eq!(Insurers::<Test>::get(INSURER).unwrap().capital, CAPITAL - 5 * USD);
	});
}
