// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use caliber_primitives::{traits::Accrual, vault::AprReport, Balance, Seconds, USD};
use polkadot_sdk::{
	frame_support::{assert_ok, traits::Hooks, weights::Weight},
	sp_runtime::{FixedI128, FixedU128},
};

fn apr() -> AprReport {
	Vault::nav().apr
}

/// To a time, with a block that has room.
fn block_at(time: Seconds) {
	set_time(time);
	<Vault as Hooks<u64>>::on_idle(1, Weight::MAX / 2);
}

#[test]
fn realised_should_be_what_the_redemption_price_gained_in_a_year() {
	ExtBuilder::default().build_and_execute(|| {
		let began = 100 * DAY + 600;
		set_time(began);
		assert_ok!(deposit(ALICE, 100 * USD));
		block_at(began);
		assert_eq!(apr().realised_7, None);
		// Interest that accrues is not realised.
		assert_ok!(replace(
			None,
			Some(Accrual { per_second: USD, since: began, paid: 0, earned: 0 })
		));
		set_time(began + 7 * DAY);
		assert_eq!(apr().realised_7, Some(FixedI128::from_u32(0)));
		assert_eq!((apr().realised_30, apr().realised_90), (None, None));

		// 9 of 10 for the savers: 9 % in seven days, 365/7 times a year.
		assert_ok!(receive_earned(10 * USD));
		let seven = FixedI128::from_inner(4_692_857_142_857_142_857);
		assert_eq!(apr().realised_7, Some(seven));
		// Half a day later it is spread over 7.5 days: 0.09 · 365 / 7.5 = 4.38.
		set_time(began + 7 * DAY + DAY / 2);
		assert_eq!(apr().realised_7, Some(FixedI128::from_inner(4_380_000_000_000_000_000)));
		// 0.09 · 365 / 30 = 1.095.
		set_time(began + 30 * DAY);
		assert_eq!(apr().realised_30, Some(FixedI128::from_inner(1_095_000_000_000_000_000)));
		// 0.09 · 365 / 90 = 0.365.
		set_time(began + 90 * DAY);
		assert_eq!(apr().realised_90, Some(FixedI128::from_inner(365_000_000_000_000_000)));
	});
}

#[test]
fn realised_should_be_negative_when_there_was_a_loss() {
	ExtBuilder::default().build_and_execute(|| {
		let began = 100 * DAY;
		set_time(began);
		assert_ok!(deposit(ALICE, 100 * USD));
		block_at(began);
		assert_ok!(lend(60 * USD));
		assert_ok!(write_off(5 * USD, 0));
		set_time(began + 7 * DAY);
		// −0.05 · 365 / 7 = −2.607 142 857 142 857 142 857…, rounded down.
		let loss = FixedI128::from_inner(-2_607_142_857_142_857_143);
		assert_eq!(apr().realised_7, Some(loss));
	});
}

#[test]
fn realised_should_take_an_older_price_when_that_of_the_day_is_missing() {
	ExtBuilder::default().build_and_execute(|| {
		let began = 100 * DAY;
		set_time(began);
		assert_ok!(deposit(ALICE, 100 * USD));
		block_at(began);
		assert_ok!(receive(0, 10 * USD));
		// A week late at most: 0.09 · 365 / 14 = 2.346…
		set_time(began + 14 * DAY);
		let late = FixedI128::from_inner(2_346_428_571_428_571_428);
		assert_eq!(apr().realised_7, Some(late));
		set_time(began + 15 * DAY);
		assert_eq!(apr().realised_7, None);
		// With a price of a day between, that one counts.
		block_at(began + 15 * DAY);
		set_time(began + 22 * DAY);
		assert_eq!(apr().realised_7, Some(FixedI128::from_u32(0)));
	});
}

#[test]
fn forward_should_be_interest_net_of_the_fee_and_bills_over_what_a_share_costs() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(apr().forward, None);
		assert_eq!(apr().target, FixedU128::from_rational(12, 100));
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_eq!(apr().forward, Some(FixedU128::from_u32(0)));
		// 31.536 a year, less a tenth: 28.3824 for 100.
		let per_second: Balance = USD / 1_000_000;
		assert_ok!(replace(None, Some(Accrual { per_second, since: time(), paid: 0, earned: 0 })));
		assert_eq!(apr().forward, Some(FixedU128::from_rational(283_824, 1_000_000)));
		// Bills of unknown yield earn nothing; 20 at 5 % earn 1, less a tenth.
		assert_ok!(invest(20 * USD));
		assert_eq!(apr().forward, Some(FixedU128::from_rational(283_824, 1_000_000)));
		BillsYield::set(Some(FixedU128::from_rational(5, 100)));
		assert_eq!(apr().forward, Some(FixedU128::from_rational(292_824, 1_000_000)));
		Values::mutate(|values| values.target_apr = FixedU128::from_u32(2));
		assert_eq!(apr().target, FixedU128::from_u32(2));
	});
}
