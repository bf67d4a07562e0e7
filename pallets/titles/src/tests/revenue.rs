// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{Balance, USD};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult},
	sp_runtime::{DispatchError, Perbill, TokenError},
};

const YEAR: u64 = 365 * DAY;

fn pay(title: u32, amount: Balance) -> DispatchResult {
	Titles::pay_revenue(RuntimeOrigin::signed(PAYER), title, amount)
}

fn trailing(title: u32) -> Balance {
	<Titles as TitleInspect<AccountId>>::trailing_revenue(title)
}

#[test]
fn pay_revenue_should_go_to_the_owner_when_free() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(pay(title, 100 * USD));
		assert_eq!(usdai(&PAYER), USDAI_ENDOWMENT - 100 * USD);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 100 * USD);
		assert_eq!(
			last_event(),
			Event::RevenuePaid {
				title,
				payer: PAYER,
				line: None,
				amount: 100 * USD,
				total: 100 * USD,
				earned: 100 * USD,
			}
		);
	});
}

#[test]
fn pay_revenue_should_go_to_the_buyer_after_a_sale() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(send_nft(OWNER, title, BUYER));
		assert_ok!(pay(title, 100 * USD));
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT);
		assert_eq!(usdai(&BUYER), USDAI_ENDOWMENT + 100 * USD);
	});
}

#[test]
fn pay_revenue_should_go_to_the_reserve_of_the_line_when_pledged() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, 9);
		assert_ok!(pay(title, 100 * USD));
		assert_ok!(pay(title, 50 * USD));
		assert_eq!(usdai(&reserve_account(9)), 150 * USD);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT);
		assert_eq!(
			last_event(),
			Event::RevenuePaid {
				title,
				payer: PAYER,
				line: Some(9),
				amount: 50 * USD,
				total: 150 * USD,
				earned: 150 * USD,
			}
		);
	});
}

#[test]
fn pay_revenue_should_take_all_that_the_payer_has() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(pay(title, USDAI_ENDOWMENT));
		assert_eq!(usdai(&PAYER), 0);
	});
}

#[test]
fn pay_revenue_should_fail_when_the_owner_of_a_free_title_pays_itself() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_noop!(
			Titles::pay_revenue(RuntimeOrigin::signed(OWNER), title, USD),
			Error::<Test>::SelfPayment
		);
	});
}

#[test]
fn pay_revenue_should_be_passed_on_by_the_owner_of_a_pledged_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, 9);
		assert_ok!(Titles::pay_revenue(RuntimeOrigin::signed(OWNER), title, USD));
		assert_eq!(usdai(&reserve_account(9)), USD);
	});
}

#[test]
fn pay_revenue_should_fail_when_zero_unknown_or_not_active() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		assert_noop!(pay(title, 0), Error::<Test>::ZeroAmount);
		assert_noop!(pay(title, USD), Error::<Test>::NotActive);
		assert_noop!(pay(title + 1, USD), Error::<Test>::UnknownTitle);
	});
}

#[test]
fn pay_revenue_should_change_nothing_when_the_payer_has_not_got_it() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_noop!(pay(title, USDAI_ENDOWMENT + 1), TokenError::FundsUnavailable);
		assert_eq!(record_of(title).revenue, RevenueHistory::default());
	});
}

#[test]
fn pay_revenue_should_change_nothing_when_the_line_takes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, 9);
		ReservesOpen::set(&false);
		assert_noop!(pay(title, USD), DispatchError::Other("the line takes nothing"));
		assert_eq!(record_of(title).revenue, RevenueHistory::default());
	});
}

#[test]
fn pay_revenue_should_fail_when_the_total_overflows() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(pay(title, USD));
		assert_noop!(pay(title, Balance::MAX), Error::<Test>::Overflow);
	});
}

#[test]
fn revenue_should_count_for_a_year() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(pay(title, 12 * USD));
		set_time(START + YEAR);
		assert_eq!(trailing(title), 12 * USD);
		assert_ok!(pay(title, 3 * USD));
		assert_eq!(trailing(title), 15 * USD);
		set_time(START + YEAR + 40 * DAY);
		assert_eq!(trailing(title), 3 * USD);
		set_time(START + 2 * YEAR + 40 * DAY);
		assert_eq!(trailing(title), 0);
		assert_eq!(record_of(title).revenue.total, 15 * USD);
		assert_eq!(record_of(title).revenue.earned, 15 * USD);
	});
}

#[test]
fn revenue_should_count_as_earned_when_an_independent_off_taker_pays() {
	ExtBuilder::default().build_and_execute(|| {
		let (free, held) = (active(1), pledged(3, 9));
		let info = Parties::<Test>::get(PartyKind::OffTaker, PAYER).unwrap().info;
		let register = |who| Titles::register_party(referendum(), who, info.clone());
		let pay = |who: AccountId, title| {
			if usdai(&who) < USD {
				assert_ok!(caliber_testkit::send::<Test>(
					caliber_primitives::USDAI,
					&INSURER,
					&who,
					USD
				));
			}
			let before = record_of(title).revenue.earned;
			assert_ok!(Titles::pay_revenue(RuntimeOrigin::signed(who), title, USD));
			record_of(title).revenue.earned - before
		};
		// Whoever is not registered pays, and earns nothing for the title.
		assert_eq!((pay(STRANGER, free), pay(STRANGER, held)), (0, 0));
		assert_eq!((pay(PAYER, free), pay(PAYER, held)), (USD, USD));
		// Owner, custodian and the curator of the line are no off-takers of their own machines.
		for party in [OWNER, CUSTODIAN, CURATOR] {
			assert_ok!(register(party.clone()));
			assert_eq!(pay(party, held), 0);
		}
		assert_eq!((pay(CUSTODIAN, free), pay(CURATOR, free)), (0, USD));
		assert_ok!(Titles::suspend_party(committee(), PartyKind::OffTaker, PAYER));
		assert_eq!((pay(PAYER, free), pay(PAYER, held)), (0, 0));
		assert_eq!((trailing(free), trailing(held)), (2 * USD, USD));
		let report = Titles::title(held).unwrap();
		assert_eq!((report.revenue_total, report.revenue_earned), (6 * USD, USD));
	});
}

#[test]
fn facts_should_tell_what_a_unit_earns_an_hour_when_it_is_known_for_ninety_days() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| values.min_revenue = Perbill::from_percent(1));
		let title = active(1);
		let earned = || <Titles as TitleFactsSource>::facts(title).unwrap().earned_per_hour;
		assert_ok!(Titles::pay_revenue(RuntimeOrigin::signed(INSURER), title, 500 * USD));
		set_time(START + 10 * DAY);
		assert_ok!(pay(title, 3_900 * USD));
		// A hundredth of 20 000 is enough in each period.
		for (day, dollars) in [(31, 200), (62, 220)] {
			set_time(START + day * DAY);
			assert_ok!(pay(title, dollars * USD));
		}
		set_time(START + 100 * DAY - 1);
		assert_eq!(earned(), None);
		set_time(START + 100 * DAY);
		// 4 320 dollars of two units in 2 160 hours.
		assert_eq!(earned(), Some(USD));
		// It falls while nothing is paid.
		set_time(START + 190 * DAY);
		assert_eq!(earned(), Some(USD / 2));
		set_time(START + 3 * YEAR);
		assert_eq!(earned(), Some(0));
	});
}

/// A registered off-taker that wants a title to be worth nothing pays a cent for it, and waits.
#[test]
fn facts_should_tell_nothing_when_an_off_taker_pays_a_dust() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| values.min_revenue = Perbill::from_percent(1));
		let (once, often, short) = (active(1), active(3), active(5));
		let earned = |title| <Titles as TitleFactsSource>::facts(title).unwrap().earned_per_hour;
		assert_ok!(pay(once, 1));
		for month in 0..6 {
			set_time(START + month * 31 * DAY);
			assert_ok!(pay(often, 1));
			// A cent less than a hundredth of 20 000 dollars.
			assert_ok!(pay(short, 200 * USD - USD / 100));
			assert_eq!([once, often, short].map(earned), [None; 3]);
		}
		set_time(START + 2 * YEAR);
		assert_eq!([once, often, short].map(earned), [None; 3]);
	});
}

#[test]
fn strike_revenue_should_begin_the_history_anew() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let strike = |origin| Titles::strike_revenue(origin, title);
		assert_noop!(strike(referendum()), Error::<Test>::NothingEarned);
		assert_ok!(pay(title, 1));
		for origin in [committee(), RuntimeOrigin::signed(OWNER)] {
			assert_noop!(strike(origin), DispatchError::BadOrigin);
		}
		assert_ok!(strike(referendum()));
		assert_eq!(last_event(), Event::RevenueStruck { title, earned: 1 });
		assert_eq!(record_of(title).revenue, RevenueHistory { total: 1, ..Default::default() });
		set_time(START + 90 * DAY);
		let facts = || <Titles as TitleFactsSource>::facts(title).unwrap();
		assert_eq!(facts().earned_per_hour, None);
		for days in [90, 120, 150] {
			set_time(START + days * DAY);
			assert_ok!(pay(title, 5 * USD));
		}
		set_time(START + 180 * DAY - 1);
		assert_eq!(facts().earned_per_hour, None);
		set_time(START + 180 * DAY);
		assert!(facts().earned_per_hour.is_some());
		assert_noop!(Titles::strike_revenue(referendum(), title + 1), Error::<Test>::UnknownTitle);
	});
}

#[test]
fn revenue_should_stay_with_the_title_when_it_is_pledged_and_released() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(pay(title, USD));
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, 9));
		assert_ok!(pay(title, 2 * USD));
		assert_ok!(<Titles as Encumber<AccountId>>::release(title, 9));
		assert_ok!(pay(title, 4 * USD));
		assert_eq!(trailing(title), 7 * USD);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 5 * USD);
		assert_eq!(usdai(&reserve_account(9)), 2 * USD);
	});
}
