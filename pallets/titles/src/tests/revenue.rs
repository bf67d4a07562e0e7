// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{Balance, USD};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult},
	sp_runtime::{DispatchError, TokenError},
};

const PERIOD: u64 = 30 * DAY;

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
				total: 100 * USD
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
		assert_eq!(usdai(&BUYER), 100 * USD);
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
				total: 150 * USD
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
		assert_eq!(Revenue::<Test>::get(title), RevenueHistory::default());
	});
}

#[test]
fn pay_revenue_should_change_nothing_when_the_line_takes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, 9);
		ReservesOpen::set(&false);
		assert_noop!(pay(title, USD), DispatchError::Other("the line takes nothing"));
		assert_eq!(Revenue::<Test>::get(title), RevenueHistory::default());
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
fn revenue_should_count_the_running_period_and_the_eleven_before_it() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(pay(title, 7 * USD));
		set_time(START + PERIOD - 1);
		assert_ok!(pay(title, 5 * USD));
		set_time(START + PERIOD);
		assert_ok!(pay(title, 3 * USD));
		assert_eq!(trailing(title), 15 * USD);

		set_time(START + 12 * PERIOD - 1);
		assert_eq!(trailing(title), 15 * USD);
		set_time(START + 12 * PERIOD);
		assert_eq!(trailing(title), 3 * USD);
		set_time(START + 13 * PERIOD);
		assert_eq!(trailing(title), 0);
		assert_eq!(Revenue::<Test>::get(title).total, 15 * USD);
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
