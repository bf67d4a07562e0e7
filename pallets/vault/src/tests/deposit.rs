// SPDX-License-Identifier: Apache-2.0

use super::mock::*;
use crate::{Error, Event, Ledger};
use caliber_math::LOCKED_FIRST_SHARES as LOCKED;
use caliber_primitives::{
	traits::{Accrual, SeniorLender},
	vault::PreviewError,
	USD,
};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, traits::fungible::Inspect},
	sp_runtime::{DispatchError, DispatchResult, FixedU128, Perbill, TokenError},
};

#[test]
fn deposit_should_issue_one_share_a_dollar_and_lock_the_first_when_empty() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));

		assert_eq!(shares(ALICE), 100 * USD - LOCKED);
		assert_eq!(shares(vault()), LOCKED);
		assert_eq!(usdai(ALICE), ENDOWMENT - 100 * USD);
		assert_eq!(usdai(vault()), 100 * USD);
		assert_eq!(Ledger::<Test>::get().idle, 100 * USD);
		assert_eq!(
			events(),
			vec![
				Event::FirstSharesLocked { shares: LOCKED },
				Event::Deposited {
					who: ALICE,
					assets: 100 * USD,
					shares: 100 * USD - LOCKED,
					price: FixedU128::from_u32(1),
				},
			]
		);
	});
}

#[test]
fn deposit_should_round_shares_down_when_the_price_is_not_one() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		// 10 of interest, 1 of it for the treasury: 109 a hundred shares.
		assert_ok!(receive_earned(10 * USD));

		assert_ok!(deposit(BOB, 50 * USD));
		// floor(50e18 * 100 / 109)
		assert_eq!(shares(BOB), 45_871_559_633_027_522_935);
		assert_eq!(
			last_event(),
			Event::Deposited {
				who: BOB,
				assets: 50 * USD,
				shares: 45_871_559_633_027_522_935,
				price: FixedU128::from_rational(109, 100),
			}
		);
	});
}

#[test]
fn deposit_should_pay_for_accrued_interest_net_of_the_fee() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		let accrual = Accrual { per_second: USD, since: time(), paid: 0, earned: 0 };
		assert_ok!(replace(None, Some(accrual)));
		set_time(time() + 10);

		// 10 accrued, 1 of it the treasury's: 109 for 100 shares.
		let nav = Vault::nav();
		assert_eq!((nav.accrued_interest, nav.accrued_fee), (10 * USD, USD));
		assert_eq!((nav.for_deposits, nav.for_redemptions), (109 * USD, 100 * USD));
		assert_eq!(nav.deposit_price, FixedU128::from_rational(109, 100));
		assert_eq!(nav.redemption_price, FixedU128::from_u32(1));

		assert_eq!(Vault::preview_deposit(109 * USD), Ok(100 * USD));
		assert_ok!(deposit(BOB, 109 * USD));
		assert_eq!(shares(BOB), 100 * USD);
	});
}

#[test]
fn deposit_should_refuse_when_below_the_minimum() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(deposit(ALICE, USD - 1), Error::<Test>::BelowMinimumDeposit);
		assert_ok!(deposit(ALICE, USD));
	});
}

#[test]
fn deposit_should_refuse_when_the_cap_is_exceeded() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| values.deposit_cap = 150 * USD);
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_noop!(deposit(BOB, 50 * USD + 1), Error::<Test>::AboveDepositCap);
		assert_ok!(deposit(BOB, 50 * USD));
	});
}

#[test]
fn deposit_should_refuse_when_it_buys_fewer_shares_than_wanted() {
	ExtBuilder::default().build_and_execute(|| {
		let alice = RuntimeOrigin::signed(ALICE);
		assert_noop!(
			Vault::deposit(alice.clone(), 100 * USD, 100 * USD - LOCKED + 1),
			Error::<Test>::TooFewShares
		);
		assert_ok!(Vault::deposit(alice, 100 * USD, 100 * USD - LOCKED));
	});
}

#[test]
fn deposit_should_refuse_when_it_buys_no_share_at_all() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| values.deposit_cap = u128::MAX);
		assert_ok!(deposit(ALICE, USD));
		// A share for more than a dollar in its smallest unit.
		BillsValue::set(2 * USD * USD);
		assert_noop!(deposit(BOB, USD), Error::<Test>::TooFewShares);
		BillsValue::set(0);
	});
}

#[test]
fn deposit_should_refuse_when_nothing_is_behind_the_shares() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(lend(100 * USD));
		assert_ok!(write_off(100 * USD, 0));
		assert_noop!(deposit(BOB, 100 * USD), Error::<Test>::NothingBehindShares);
		assert_noop!(
			Vault::mint(RuntimeOrigin::signed(BOB), USD, ENDOWMENT),
			Error::<Test>::NothingBehindShares
		);
		assert_eq!(Vault::preview_deposit(100 * USD), Err(PreviewError::NoPrice));
		assert_eq!(Vault::preview_redeem(100 * USD), Err(PreviewError::NoPrice));
	});
}

#[test]
fn deposit_should_refuse_when_the_saver_lacks_usdai() {
	ExtBuilder::default().build_and_execute(|| {
		assert!(deposit(ALICE, ENDOWMENT + 1).is_err());
		assert_noop!(deposit(55, USD), TokenError::FundsUnavailable);
	});
}

#[test]
fn mint_should_charge_the_locked_shares_too_when_empty() {
	ExtBuilder::default().build_and_execute(|| {
		let alice = RuntimeOrigin::signed(ALICE);
		assert_noop!(
			Vault::mint(alice.clone(), 100 * USD, 100 * USD + LOCKED - 1),
			Error::<Test>::TooManyAssets
		);
		assert_ok!(Vault::mint(alice, 100 * USD, 100 * USD + LOCKED));
		assert_eq!(shares(ALICE), 100 * USD);
		assert_eq!(shares(vault()), LOCKED);
		assert_eq!(usdai(vault()), 100 * USD + LOCKED);
	});
}

#[test]
fn mint_should_round_the_cost_up_when_the_price_is_not_one() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 300 * USD));
		// 300 shares for 300 + 90: 1.3 each.
		assert_ok!(receive_earned(100 * USD));

		assert_ok!(Vault::mint(RuntimeOrigin::signed(BOB), USD + 1, ENDOWMENT));
		// ceil((1e18 + 1) * 1.3) = 1.3e18 + 2
		assert_eq!(usdai(BOB), ENDOWMENT - (13 * USD / 10 + 2));
		assert_eq!(shares(BOB), USD + 1);
	});
}

#[test]
fn mint_should_refuse_when_below_the_minimum_or_above_the_cap() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		let bob = RuntimeOrigin::signed(BOB);
		assert_noop!(
			Vault::mint(bob.clone(), USD - 1, ENDOWMENT),
			Error::<Test>::BelowMinimumDeposit
		);
		Values::mutate(|values| values.deposit_cap = 101 * USD);
		assert_noop!(Vault::mint(bob.clone(), USD + 1, ENDOWMENT), Error::<Test>::AboveDepositCap);
		assert_ok!(Vault::mint(bob, USD, ENDOWMENT));
	});
}

#[test]
fn previews_should_be_what_the_calls_do() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Vault::preview_deposit(100 * USD), Ok(100 * USD - LOCKED));
		assert_eq!(Vault::preview_deposit(LOCKED - 1), Ok(0));
		assert_eq!(Vault::preview_redeem(USD), Ok(USD));
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(receive_earned(10 * USD));
		assert_eq!(Vault::preview_deposit(50 * USD), Ok(45_871_559_633_027_522_935));
		assert_eq!(Vault::preview_redeem(50 * USD), Ok(545 * USD / 10));
	});
}

#[test]
fn donation_should_move_no_price() {
	ExtBuilder::default().build_and_execute(|| {
		donate(BOB, 10 * USD);
		assert_ok!(deposit(ALICE, 100 * USD));
		let before = Vault::nav();
		donate(BOB, 1_000 * USD);
		assert_eq!(Vault::nav(), before);
		assert_eq!(UsdAi::balance(&vault()), 1_110 * USD);
	});
}

#[test]
fn bills_should_count_for_both_prices() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		BillsValue::set(20 * USD);
		let nav = Vault::nav();
		assert_eq!(nav.treasury_bills, 20 * USD);
		assert_eq!((nav.for_deposits, nav.for_redemptions), (120 * USD, 120 * USD));
		assert_eq!(Vault::lendable(), 100 * USD);
	});
}

#[test]
fn deposit_should_not_be_cheaper_while_the_bills_are_marked_down_for_an_old_price() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(invest(80 * USD));
		// The oracle is silent: 8 are taken off for those who leave.
		BillsValue::set(72 * USD);
		BillsMarkedOff::set(Some(8 * USD));
		let nav = Vault::nav();
		assert_eq!((nav.treasury_bills, nav.for_redemptions), (72 * USD, 92 * USD));
		assert_eq!(nav.for_deposits, 100 * USD);
		assert_ok!(deposit(BOB, 100 * USD));
		assert_eq!(shares(BOB), 100 * USD);
		assert_ok!(Vault::mint(RuntimeOrigin::signed(CHARLIE), 10 * USD, 10 * USD));
		// It speaks again, and Bob has gained nothing by it.
		BillsValue::set(80 * USD);
		BillsMarkedOff::set(Some(0));
		assert_eq!(Vault::preview_redeem(shares(BOB)), Ok(100 * USD));
	});
}

#[test]
fn deposit_should_refuse_while_the_bills_have_no_price() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(invest(80 * USD));
		BillsValue::set(0);
		BillsMarkedOff::set(None);
		assert_noop!(deposit(BOB, 100 * USD), Error::<Test>::BillsUnpriced);
		let mint = |shares| Vault::mint(RuntimeOrigin::signed(BOB), shares, ENDOWMENT);
		assert_noop!(mint(100 * USD), Error::<Test>::BillsUnpriced);
		assert_eq!(Vault::preview_deposit(100 * USD), Err(PreviewError::NoPrice));
		// Who leaves may.
		assert_eq!(Vault::preview_redeem(10 * USD), Ok(2 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		BillsMarkedOff::set(Some(0));
		assert_ok!(deposit(BOB, 100 * USD));
	});
}

#[test]
fn deposits_should_pause_and_nothing_else() {
	ExtBuilder::default().build_and_execute(|| {
		let pause = |paused| Vault::set_deposits_paused(RuntimeOrigin::root(), paused);
		assert_ok!(deposit(ALICE, 100 * USD));
		let alice = RuntimeOrigin::signed(ALICE);
		assert_noop!(Vault::set_deposits_paused(alice.clone(), true), DispatchError::BadOrigin);
		assert_ok!(pause(true));
		assert_eq!(last_event(), Event::DepositsPausedSet { paused: true, until: None });
		assert_noop!(deposit(ALICE, 10 * USD), Error::<Test>::DepositsPaused);
		assert_noop!(Vault::mint(alice, 10 * USD, ENDOWMENT), Error::<Test>::DepositsPaused);
		assert_ok!(redeem(ALICE, 10 * USD));
		assert_ok!(redeem(ALICE, 20 * USD));
		assert_ok!(cancel(ALICE, 1));
		to_window(FIRST_WINDOW + 1);
		assert_ok!(start());
		assert_ok!(settle(1));
		assert_ok!(claim(ALICE, 0));
		assert_eq!(Ledger::<Test>::get().idle, 90 * USD);
		assert_ok!(pause(false));
		assert_ok!(deposit(ALICE, 10 * USD));
	});
}

#[test]
fn previews_should_say_why_there_is_no_answer() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		Values::mutate(|values| values.deposit_cap = 150 * USD);
		assert_eq!(Vault::preview_deposit(50 * USD), Ok(50 * USD));
		assert_eq!(Vault::preview_deposit(50 * USD + 1), Err(PreviewError::Closed));
		assert_ok!(Vault::set_deposits_paused(RuntimeOrigin::root(), true));
		assert_eq!(Vault::preview_deposit(50 * USD), Err(PreviewError::Closed));
		// The pause stops nobody from leaving.
		assert_eq!(Vault::preview_redeem(50 * USD), Ok(50 * USD));
		assert_ok!(Vault::set_deposits_paused(RuntimeOrigin::root(), false));

		BillsValue::set(u128::MAX);
		assert_eq!(Vault::preview_deposit(USD), Err(PreviewError::Overflow));
		assert_eq!(Vault::preview_redeem(USD), Err(PreviewError::Overflow));
		BillsValue::set(0);
	});
}

#[test]
fn deposit_price_should_move_linearly_when_the_fee_on_the_yield_does() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		let accrual = Accrual { per_second: USD, since: time(), paid: 0, earned: 0 };
		assert_ok!(replace(None, Some(accrual)));
		set_time(time() + 50);
		// 50 accrued for 100 shares: each percent of fee is half a cent of a share.
		let price = |percent| {
			Values::mutate(|values| values.yield_fee = Perbill::from_percent(percent));
			let nav = Vault::nav();
			assert_eq!(nav.redemption_price, FixedU128::from_u32(1));
			nav.deposit_price
		};
		for (percent, expected) in [(10, 1_450), (11, 1_445), (12, 1_440), (20, 1_400)] {
			assert_eq!(price(percent), FixedU128::from_rational(expected, 1_000));
		}
		// It is taken from what comes in, too.
		assert_ok!(receive(0, 10 * USD));
		assert_eq!(usdai(TREASURY), 2 * USD);
	});
}

/// Pauses deposits as the technical committee.
fn brake() -> DispatchResult {
	Vault::set_deposits_paused(RuntimeOrigin::signed(COMMITTEE), true)
}

#[test]
fn pause_of_the_committee_should_end_by_itself_and_rest() {
	ExtBuilder::default().build_and_execute(|| {
		let began = time();
		let until = began + 14 * DAY;
		assert_ok!(brake());
		let braked = Event::DepositsPausedSet { paused: true, until: Some(until) };
		assert_eq!(last_event(), braked);
		assert_noop!(brake(), Error::<Test>::NotStricter);
		set_time(until - 1);
		assert_noop!(deposit(ALICE, 100 * USD), Error::<Test>::DepositsPaused);
		set_time(until);
		assert_ok!(deposit(ALICE, 100 * USD));

		assert_noop!(brake(), Error::<Test>::BrakeResting);
		set_time(until + 30 * DAY - 1);
		assert_noop!(brake(), Error::<Test>::BrakeResting);
		set_time(until + 30 * DAY);
		assert_ok!(brake());
		assert_noop!(deposit(ALICE, 100 * USD), Error::<Test>::DepositsPaused);
	});
}

#[test]
fn pause_should_be_lifted_by_a_referendum_only() {
	ExtBuilder::default().build_and_execute(|| {
		let set = |origin, paused| Vault::set_deposits_paused(origin, paused);
		let (root, committee) = (RuntimeOrigin::root(), RuntimeOrigin::signed(COMMITTEE));
		assert_ok!(set(root.clone(), true));
		assert_noop!(set(committee.clone(), false), DispatchError::BadOrigin);
		assert_noop!(brake(), Error::<Test>::NotStricter);
		// It lasts, however long the committee's would.
		set_time(time() + 100 * DAY);
		assert_noop!(deposit(ALICE, 100 * USD), Error::<Test>::DepositsPaused);
		assert_ok!(set(root.clone(), false));
		assert_ok!(deposit(ALICE, 100 * USD));

		// A referendum ends the committee's too, which rests from then on.
		assert_ok!(brake());
		assert_noop!(set(committee, false), DispatchError::BadOrigin);
		assert_ok!(set(root, false));
		assert_eq!(last_event(), Event::DepositsPausedSet { paused: false, until: None });
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_noop!(brake(), Error::<Test>::BrakeResting);
		set_time(time() + 30 * DAY);
		assert_ok!(brake());
	});
}
