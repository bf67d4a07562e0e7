// SPDX-License-Identifier: Apache-2.0

//! Value moves with time, not with cash: nobody earns by knowing when a payment comes.

use super::mock::*;
use crate::{Error, Event, Ledger};
use caliber_primitives::{
	traits::{Accrual, IdleFunds, Loss, SeniorLender, Settlement},
	vault::IncomeSource,
	Balance, Seconds, USD,
};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight},
	sp_runtime::FixedU128,
};

const MONTH: Seconds = 30 * DAY;

/// A loan of 80 000 at 12 %: what it earns in a second, and in thirty days.
const RATE: Balance = 304_414_003_120_000;
const INTEREST: Balance = RATE * MONTH as Balance;

/// Nine tenths of an amount: the fee is a tenth.
fn net(interest: Balance) -> Balance {
	interest - interest.div_ceil(10)
}

fn earns(since: Seconds) -> Accrual {
	Accrual { per_second: RATE, since, ..Default::default() }
}

/// ALICE saves 100 000, and 80 000 are lent. Returns the loan's place.
fn lent() -> Accrual {
	assert_ok!(deposit(ALICE, 100_000 * USD));
	let place = earns(time());
	assert_ok!(Vault::lend(&BORROWER, 80_000 * USD, Some(place)));
	place
}

/// Pays the interest of the loan up to a time.
fn pay_until(old: Accrual, until: Seconds) -> Accrual {
	let new = earns(until);
	assert_ok!(settle_loan(Settlement {
		interest: RATE * Balance::from(until - old.since),
		old: Some(old),
		new: Some(new),
		paid_until: until,
		..Default::default()
	}));
	new
}

fn for_deposits() -> Balance {
	Vault::nav().for_deposits
}

fn for_redemptions() -> Balance {
	Vault::nav().for_redemptions
}

/// Redeems all shares of BOB in this window, and returns what he then has of what he began with.
fn bob_leaves() -> Balance {
	assert_ok!(redeem(BOB, shares(BOB)));
	set_time(Vault::window().closes_at);
	assert_ok!(start());
	assert_ok!(settle(10));
	for id in 0..crate::NextRequestId::<Test>::get() {
		if Vault::request(id).is_some_and(|request| request.owner == BOB) {
			assert_ok!(claim(BOB, id));
		}
	}
	usdai(BOB)
}

/// The theft: a saver comes just before a month's interest is paid ahead, and leaves at the next
/// close. Of the 789.04 he took 568.11.
#[test]
fn early_payment_should_gain_nothing_when_somebody_deposits_just_before_it() {
	ExtBuilder::default().build_and_execute(|| {
		let place = lent();
		assert_eq!(INTEREST, 789_041_096_087_040_000_000);
		// Counted when it comes, the interest belongs to whoever is there: four fifths are his shares.
		let taken = net(INTEREST) * 400_000 / 500_000;
		assert_eq!(taken, 568_109_589_182_668_800_000);
		assert_ok!(deposit(BOB, 400_000 * USD));
		pay_until(place, time() + MONTH);
		// His part of what was earned in the thousand seconds to the close.
		let gain = (bob_leaves() - (ENDOWMENT - 400_000 * USD)) as i128 - (400_000 * USD) as i128;
		assert!(gain <= (22 * USD / 100) as i128, "{gain}");
		assert!(gain >= -5, "{gain}");
	});
}

/// The mirror image: who comes after the payment earns by the second too.
#[test]
fn month_paid_ahead_should_earn_by_the_second_like_one_paid_on_time() {
	let prices = |pay_at: Option<Seconds>| {
		let mut seen = Vec::new();
		ExtBuilder::default().windows(0, MONTH).build_and_execute(|| {
			let began = time();
			let mut place = lent();
			for day in 0..30 {
				set_time(began + day * DAY);
				if Some(day) == pay_at {
					place = pay_until(place, began + MONTH);
				}
				seen.push(for_deposits());
			}
			set_time(began + MONTH);
			if pay_at.is_none() {
				pay_until(place, began + MONTH);
			}
			seen.push(for_deposits());
			assert_eq!(for_redemptions(), for_deposits());
			assert_eq!(for_redemptions(), 100_000 * USD + net(INTEREST));
		});
		seen
	};
	let on_time = prices(None);
	for day in [0, 1, 12, 29] {
		let ahead = prices(Some(day));
		// Rounded in the vault's favour while negative.
		for (ours, theirs) in ahead.iter().zip(&on_time) {
			assert!(theirs - ours <= 1, "{ours} {theirs}");
		}
	}
	assert_eq!(on_time[10] - on_time[9], net(RATE * Balance::from(DAY)));
}

#[test]
fn payoff_should_run_off_until_the_due_date_that_it_was_paid_for() {
	ExtBuilder::default().windows(0, MONTH).build_and_execute(|| {
		let began = time();
		let place = lent();
		set_time(began + 10 * DAY);
		let before = for_deposits();
		assert_ok!(settle_loan(Settlement {
			principal: 80_000 * USD,
			interest: INTEREST,
			old: Some(place),
			new: None,
			paid_until: began + MONTH,
			..Default::default()
		}));
		assert_eq!(for_deposits(), before);
		// Two thirds of the month are not earned yet.
		let nav = Vault::nav();
		assert_eq!(nav.locked, net(INTEREST) - net(INTEREST / 3));
		assert_eq!(nav.locked_until, began + MONTH);
		assert_eq!(nav.for_redemptions, before);
		set_time(began + 20 * DAY);
		assert_eq!(Vault::nav().locked, nav.locked / 2);
		set_time(began + MONTH);
		assert_eq!(for_deposits(), 100_000 * USD + net(INTEREST));
	});
}

/// Late interest beside a payment that reaches a second beyond the clock: it does not run off within
/// that second.
#[test]
fn late_interest_should_run_off_over_a_window_however_near_the_due_date_is() {
	ExtBuilder::default().windows(0, MONTH).build_and_execute(|| {
		let began = time();
		let place = lent();
		set_time(began + 2 * MONTH - 1);
		let before = for_deposits();
		let late = 100 * USD;
		assert_ok!(settle_loan(Settlement {
			interest: 2 * INTEREST + late,
			old: Some(place),
			new: Some(earns(began + 2 * MONTH)),
			paid_until: began + 2 * MONTH,
			..Default::default()
		}));
		assert_eq!(for_deposits(), before);
		// A second that is paid ahead is in the loan's place, and all else in the buffer.
		let nav = Vault::nav();
		assert!(nav.locked.abs_diff(net(late)) <= 1, "{}", nav.locked);
		assert_eq!(nav.locked_until, time() + MONTH);
		set_time(time() + 3 * DAY);
		let left = Vault::nav().locked;
		assert!(left.abs_diff(net(late) * 9 / 10) <= 2, "{left}");
	});
}

#[test]
fn principal_ahead_of_the_schedule_should_lock_what_was_paid_for_it() {
	ExtBuilder::default().windows(0, MONTH).build_and_execute(|| {
		let began = time();
		let place = pay_until(lent(), began + MONTH);
		set_time(began + 15 * DAY);
		let before = for_deposits();
		// Half of the principal: half of the month's second half was paid for it.
		let new = Accrual { per_second: RATE / 2, ..place };
		assert_ok!(settle_loan(Settlement {
			principal: 40_000 * USD,
			old: Some(place),
			new: Some(new),
			paid_until: began + MONTH,
			..Default::default()
		}));
		assert!(before - for_deposits() <= 1);
		let nav = Vault::nav();
		assert!(nav.locked.abs_diff(net(INTEREST) / 4) <= 2, "{}", nav.locked);
		assert_eq!(nav.locked_until, began + MONTH);
	});
}

#[test]
fn default_should_keep_the_deposit_price_and_suspend_what_was_earned() {
	ExtBuilder::default().windows(0, MONTH).build_and_execute(|| {
		let place = lent();
		set_time(time() + 20 * DAY);
		let before = for_deposits();
		let earned = RATE * 20 * Balance::from(DAY);
		assert_ok!(settle_loan(Settlement {
			old: Some(place),
			suspended_after: earned,
			paid_until: place.since,
			..Default::default()
		}));
		assert_eq!(for_deposits(), before);
		let nav = Vault::nav();
		assert_eq!((nav.suspended, nav.accrued_interest, nav.locked), (earned, 0, 0));
		assert_eq!(nav.for_redemptions, 100_000 * USD);
		assert_ok!(Vault::provision(0, 500 * USD));

		// It earns no more, and whoever buys before its cure pays for what it had earned.
		set_time(time() + 5 * DAY);
		assert_eq!(for_deposits(), before);
		// Twice that comes in: what was suspended at once, the rest over a window.
		assert_ok!(settle_loan(Settlement {
			interest: 2 * earned,
			suspended_before: earned,
			suspended_after: 0,
			paid_until: time(),
			..Default::default()
		}));
		assert_eq!(for_deposits(), before);
		let nav = Vault::nav();
		assert_eq!((nav.suspended, nav.locked), (0, net(earned)));
		assert_eq!(nav.locked_until, time() + MONTH);
		assert_noop!(
			settle_loan(Settlement { suspended_before: 1, ..Default::default() }),
			Error::<Test>::UnknownSuspension
		);
	});
}

#[test]
fn default_of_a_loan_that_is_paid_ahead_should_lock_what_is_not_earned() {
	ExtBuilder::default().windows(0, MONTH).build_and_execute(|| {
		let began = time();
		let place = pay_until(lent(), began + MONTH);
		set_time(began + 3 * DAY);
		let before = for_deposits();
		assert_ok!(settle_loan(Settlement {
			old: Some(place),
			paid_until: began + MONTH,
			..Default::default()
		}));
		assert_eq!(for_deposits(), before);
		let nav = Vault::nav();
		assert!(nav.locked.abs_diff(net(INTEREST) * 9 / 10) <= 2, "{}", nav.locked);
		assert_eq!(nav.locked_until, began + MONTH);
	});
}

/// A loan behind its last due date: the books count what was earned until then, and no payment
/// lowers the deposit price.
#[test]
fn payment_should_never_lower_the_deposit_price_when_the_loan_is_past_its_end() {
	ExtBuilder::default().windows(0, MONTH).build_and_execute(|| {
		let began = time();
		let place = lent();
		set_time(began + MONTH + 600);
		// Idle work sets it back to its last due date.
		let ended = Accrual { since: began + MONTH, earned: INTEREST, ..Default::default() };
		assert_ok!(settle_loan(Settlement {
			old: Some(place),
			new: Some(ended),
			paid_until: began,
			..Default::default()
		}));
		assert_eq!(for_deposits(), 100_000 * USD + net(INTEREST));
		set_time(began + 3 * MONTH);
		assert_eq!(for_deposits(), 100_000 * USD + net(INTEREST));
		assert_eq!(Vault::nav().locked, 0);
		assert_ok!(settle_loan(Settlement {
			principal: 80_000 * USD,
			interest: INTEREST,
			old: Some(ended),
			paid_until: began + MONTH,
			..Default::default()
		}));
		assert_eq!(for_deposits(), 100_000 * USD + net(INTEREST));
		assert_eq!(for_redemptions(), for_deposits());
	});
}

#[test]
fn loss_should_eat_the_buffer_for_what_no_provision_stood_for() {
	ExtBuilder::default().windows(0, MONTH).build_and_execute(|| {
		lent();
		assert_ok!(Vault::pay_yield(
			RuntimeOrigin::signed(CHARLIE),
			IncomeSource::Incentive,
			1_000 * USD
		));
		assert_ok!(Vault::provision(0, 10_000 * USD));
		// A provision is reversible: it never touches the buffer.
		assert_eq!(Vault::nav().locked, 1_000 * USD);
		let before = Vault::nav();
		let loss = Loss {
			principal: 10_400 * USD,
			interest: 70 * USD,
			provision: 10_000 * USD,
			..Default::default()
		};
		assert_noop!(
			Vault::write_off(Loss { suspended: 1, ..loss }),
			Error::<Test>::UnknownSuspension
		);
		assert_noop!(
			Vault::write_off(Loss { provision: 10_001 * USD, ..loss }),
			Error::<Test>::UnknownImpairment
		);
		assert_ok!(Vault::write_off(loss));
		let nav = Vault::nav();
		assert_eq!((nav.impairment, nav.locked), (0, 600 * USD));
		assert_eq!(nav.bad_debt, 10_470 * USD);
		// The 400 that nobody expected were not earned yet.
		assert_eq!(nav.for_redemptions, before.for_redemptions);
		assert_eq!(nav.for_deposits, before.for_deposits - 10_000 * USD);
		// What is beyond the buffer is a loss at once.
		assert_ok!(write_off(1_000 * USD, 0));
		let last = Vault::nav();
		assert_eq!((last.locked, last.for_redemptions), (0, nav.for_redemptions - 400 * USD));
	});
}

/// The assets that are left cover the buffer, whatever was provided for.
#[test]
fn buffer_should_never_be_more_than_the_assets() {
	ExtBuilder::default().windows(0, MONTH).build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(Vault::pay_yield(RuntimeOrigin::signed(BOB), IncomeSource::Other, 50 * USD));
		assert_ok!(lend(140 * USD));
		assert_ok!(Vault::provision(0, 140 * USD));
		let loss = Loss { principal: 140 * USD, provision: 140 * USD, ..Default::default() };
		assert_ok!(Vault::write_off(loss));
		assert_eq!(Vault::nav().locked, 10 * USD);
	});
}

#[test]
fn recovery_should_raise_the_price_over_a_window() {
	ExtBuilder::default().windows(0, MONTH).build_and_execute(|| {
		lent();
		assert_ok!(write_off(20_000 * USD, 0));
		let before = Vault::nav();
		assert_ok!(Vault::recover(&BORROWER, 3_000 * USD));
		let nav = Vault::nav();
		assert_eq!((nav.locked, nav.locked_until), (3_000 * USD, time() + MONTH));
		assert_eq!(nav.bad_debt, 17_000 * USD);
		assert_eq!(
			(nav.for_deposits, nav.for_redemptions),
			(before.for_deposits, before.for_redemptions)
		);
		set_time(time() + 10 * DAY);
		assert_eq!(for_redemptions(), before.for_redemptions + 1_000 * USD);
	});
}

#[test]
fn pay_yield_should_be_earned_over_a_window_and_reported_by_source() {
	ExtBuilder::default().windows(0, MONTH).build_and_execute(|| {
		let pay =
			|who, source, amount| Vault::pay_yield(RuntimeOrigin::signed(who), source, amount);
		use IncomeSource::*;
		assert_noop!(pay(CHARLIE, Other, USD), Error::<Test>::NoSavers);
		assert_ok!(deposit(ALICE, 100_000 * USD));
		assert_noop!(pay(CHARLIE, Other, USD - 1), Error::<Test>::BelowMinimumIncome);
		assert_ok!(pay(CHARLIE, StablecoinReward, 300 * USD));
		assert_eq!(
			last_event(),
			Event::YieldPaid {
				from: CHARLIE,
				source: StablecoinReward,
				amount: 300 * USD,
				total: 300 * USD
			}
		);
		// All of it is the savers'.
		assert_eq!((usdai(CHARLIE), usdai(TREASURY)), (ENDOWMENT - 300 * USD, 0));
		assert_eq!((for_deposits(), for_redemptions()), (100_000 * USD, 100_000 * USD));
		assert_ok!(deposit(BOB, 100_000 * USD));
		set_time(time() + DAY);
		assert_eq!(for_deposits(), 200_010 * USD);
		assert_ok!(pay(BOB, StablecoinReward, USD));
		assert_ok!(pay(BOB, Other, 2 * USD));
		assert_eq!(Vault::nav().income, [(StablecoinReward, 301 * USD), (Other, 2 * USD)]);
		set_time(time() + MONTH);
		assert_eq!(for_redemptions(), 200_303 * USD);
	});
}

/// Dust that comes in each second neither puts the end of the buffer off nor brings it near.
#[test]
fn dust_should_not_move_the_end_of_the_buffer() {
	ExtBuilder::default().windows(0, MONTH).build_and_execute(|| {
		let began = time();
		lent();
		assert_ok!(Vault::recover(&BORROWER, 3_000 * USD));
		for second in 1..500 {
			set_time(began + second);
			assert_ok!(Vault::recover(&BORROWER, 1));
			let until = Vault::nav().locked_until;
			assert!(until <= began + MONTH && until + second >= began + MONTH, "{until}");
		}
	});
}

#[test]
fn deposit_should_be_refused_when_provisions_are_large_unless_the_saver_accepts_them() {
	ExtBuilder::default().build_and_execute(|| {
		let impaired = |max| Vault::deposit_impaired(RuntimeOrigin::signed(BOB), 100 * USD, 0, max);
		lent();
		// 1 % of the net asset value.
		assert_ok!(Vault::provision(0, 1_000 * USD));
		assert_ok!(deposit(BOB, 100 * USD));
		assert_ok!(Vault::provision(1_000 * USD, 1_100 * USD));
		assert_noop!(deposit(BOB, 100 * USD), Error::<Test>::Impaired);
		let mint = Vault::mint(RuntimeOrigin::signed(BOB), 100 * USD, 200 * USD);
		assert_eq!(mint, Err(Error::<Test>::Impaired.into()));
		assert!(Vault::preview_deposit(100 * USD).is_err());
		assert_noop!(impaired(1_100 * USD - 1), Error::<Test>::Impaired);
		let before = shares(BOB);
		assert_ok!(impaired(1_100 * USD));
		assert_eq!(shares(BOB) - before, 100 * USD);
	});
}

#[test]
fn deposit_should_always_be_refused_when_the_price_of_the_bills_is_stale() {
	ExtBuilder::default().build_and_execute(|| {
		lent();
		assert_ok!(invest(1_000 * USD));
		BillsFresh::set(false);
		assert_noop!(deposit(BOB, 100 * USD), Error::<Test>::BillsStale);
		let accepted =
			Vault::deposit_impaired(RuntimeOrigin::signed(BOB), 100 * USD, 0, Balance::MAX);
		assert_eq!(accepted, Err(Error::<Test>::BillsStale.into()));
		// Nobody is kept from leaving.
		assert_ok!(redeem(ALICE, 100 * USD));
		BillsFresh::set(true);
		assert_ok!(deposit(BOB, 100 * USD));
	});
}

/// sUSDai that is burnt behind the vault's back lifts nobody's price.
#[test]
fn burn_of_shares_should_move_no_price() {
	ExtBuilder::default().build_and_execute(|| {
		use polkadot_sdk::frame_support::traits::{
			fungible::{Inspect, Mutate},
			tokens::{Fortitude, Precision, Preservation},
		};
		lent();
		assert_ok!(deposit(BOB, 100_000 * USD));
		let before = Vault::nav();
		assert_ok!(Shares::burn_from(
			&ALICE,
			60_000 * USD,
			Preservation::Expendable,
			Precision::Exact,
			Fortitude::Polite,
		));
		let nav = Vault::nav();
		assert_eq!(nav.shares, before.shares);
		assert_eq!(nav.redemption_price, before.redemption_price);
		assert_eq!(Shares::total_issuance(), before.shares - 60_000 * USD);
		// More in issue than the vault has issued is found.
		assert_ok!(Shares::mint_into(&CHARLIE, 60_000 * USD));
		assert_ok!(Vault::do_try_state());
		assert_ok!(Shares::mint_into(&CHARLIE, 1));
		assert!(Vault::do_try_state().is_err());
		assert_ok!(Shares::burn_from(
			&CHARLIE,
			1,
			Preservation::Expendable,
			Precision::Exact,
			Fortitude::Polite,
		));
	});
}

#[test]
fn fee_on_the_yield_of_bills_should_be_off_both_prices_at_once_and_paid_from_idle_money() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100_000 * USD));
		assert_ok!(invest(60_000 * USD));
		assert_ok!(lend(40_000 * USD));
		// The bills rise by 100.
		BillsValue::set(60_100 * USD);
		BillsYieldDue::set(100 * USD);
		let nav = Vault::nav();
		assert_eq!(nav.bill_fee, 10 * USD);
		assert_eq!((nav.for_deposits, nav.for_redemptions), (100_090 * USD, 100_090 * USD));

		// Nothing is idle: it stays due.
		let idle = || <Vault as Hooks<u64>>::on_idle(1, Weight::MAX);
		idle();
		assert_eq!(usdai(TREASURY), 0);
		assert_ok!(Vault::put_back(&DEALER, 9 * USD, 9 * USD));
		BillsValue::set(60_091 * USD);
		idle();
		assert_eq!(usdai(TREASURY), 0);
		assert_ok!(Vault::put_back(&DEALER, USD, USD));
		BillsValue::set(60_090 * USD);
		idle();
		assert_eq!(usdai(TREASURY), 10 * USD);
		assert!(events().contains(&Event::BillFeePaid {
			taken_on: 100 * USD,
			fee: 10 * USD,
			idle: 0
		}));
		let nav = Vault::nav();
		assert_eq!((nav.bill_fee, nav.for_redemptions), (0, 100_090 * USD));
		assert_eq!(BillsYieldDue::get(), 0);
	});
}

/// The treasury comes after those who wait for money that is idle.
#[test]
fn fee_on_the_yield_of_bills_should_wait_when_the_queue_wants_the_idle_money() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100_000 * USD));
		assert_ok!(invest(60_000 * USD));
		assert_ok!(redeem(ALICE, 40_000 * USD));
		to_reveal(FIRST_WINDOW);
		BillsYieldDue::set(100 * USD);
		BillsValue::set(60_100 * USD);
		// Of 40 000 idle the queue wants 40 036.
		let idle = || <Vault as Hooks<u64>>::on_idle(1, Weight::MAX);
		idle();
		assert_eq!((usdai(TREASURY), BillsYieldDue::get()), (0, 100 * USD));
		assert_eq!(Ledger::<Test>::get().idle, 40_000 * USD);
		// It is paid from what comes in beyond that.
		assert_ok!(Vault::put_back(&DEALER, 100 * USD, 100 * USD));
		BillsValue::set(60_000 * USD);
		idle();
		assert_eq!((usdai(TREASURY), BillsYieldDue::get()), (10 * USD, 0));
	});
}

#[test]
fn redemption_price_should_count_no_interest_that_was_paid_ahead() {
	ExtBuilder::default().windows(0, MONTH).build_and_execute(|| {
		let place = lent();
		pay_until(place, time() + MONTH);
		let nav = Vault::nav();
		assert_eq!(nav.redemption_price, FixedU128::from_u32(1));
		assert_eq!(nav.accrued_net, -((net(INTEREST)) as i128));
		assert_eq!(Ledger::<Test>::get().idle, 20_000 * USD + net(INTEREST));
		// Another loan has earned as much: the money may count.
		let other = Accrual { earned: INTEREST, ..Default::default() };
		assert_ok!(replace(None, Some(other)));
		let both = Vault::nav();
		assert_eq!(both.accrued_net, 0);
	});
}
