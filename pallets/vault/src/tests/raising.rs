// SPDX-License-Identifier: Apache-2.0

//! Between the close of a window and its settlement. Window 3 is [3 500, 4 500), cancelling ends at
//! 4 400; money is raised until 4 600, a round is awaited until 4 650.

use super::mock::*;
use crate::{phases::RaisedMoney, Error, Event, LastSettled, Raised, Settlement};
use caliber_primitives::{
	traits::{IdleFunds, Round, SeniorLender},
	vault::{Awaited, WindowPhase},
	Balance, Seconds, USD,
};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_core::U256,
	sp_runtime::{FixedU128, Perbill},
};

const CLOSE: Seconds = 4_500;

/// Phase, its end, and what is awaited: money, a price, a round.
fn phase() -> (WindowPhase, Option<Seconds>, (Balance, bool, bool)) {
	let report = Vault::window();
	let Awaited { money, price, round } = report.awaited;
	(report.phase, report.until, (money, price, round))
}

/// Alice has 100 shares, of which 50 are queued, and `idle` is there.
fn queued(idle: Balance) {
	assert_ok!(deposit(ALICE, 100 * USD));
	assert_ok!(lend(100 * USD - idle));
	assert_ok!(redeem(ALICE, 50 * USD));
}

#[test]
fn start_should_wait_for_money_until_the_raising_period_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		queued(20 * USD);
		let nothing = (0, false, false);
		assert_eq!(phase(), (WindowPhase::Open, Some(4_400), nothing));
		to_reveal(FIRST_WINDOW);
		assert_eq!(phase(), (WindowPhase::Reveal, Some(CLOSE), nothing));
		set_time(CLOSE);
		let missing = (30 * USD, false, false);
		assert_eq!(phase(), (WindowPhase::Raising, Some(4_600), missing));
		assert_noop!(start_now(), Error::<Test>::MoneyAwaited);
		// Repayments stay idle: no loan takes them.
		assert_ok!(receive(29 * USD, 0));
		assert_eq!(Vault::lendable(), 0);
		set_time(4_599);
		assert_noop!(start_now(), Error::<Test>::MoneyAwaited);
		set_time(4_600);
		assert_eq!(phase(), (WindowPhase::Settling, None, nothing));
		assert_eq!(Vault::window().due, Some(FIRST_WINDOW));
		assert_ok!(start_now());
		assert_eq!(phase(), (WindowPhase::Settling, None, nothing));
		assert_ok!(settle(1));
		assert_eq!(request(0).claimable, 49 * USD);
		assert_eq!(phase(), (WindowPhase::Open, Some(5_400), nothing));
	});
}

#[test]
fn start_should_not_wait_when_the_queue_is_covered() {
	ExtBuilder::default().build_and_execute(|| {
		queued(20 * USD);
		set_time(CLOSE);
		assert_noop!(start_now(), Error::<Test>::MoneyAwaited);
		assert_ok!(receive(30 * USD, 0));
		assert_ok!(start_now());
		assert_ok!(settle(1));
		assert_eq!(request(0).claimable, 50 * USD);
	});
}

#[test]
fn start_should_wait_for_a_price_of_the_bills_until_the_raising_period_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		queued(50 * USD);
		BillsOld::set(true);
		set_time(CLOSE);
		assert_eq!(phase(), (WindowPhase::Raising, Some(4_600), (0, true, false)));
		assert_noop!(start_now(), Error::<Test>::PriceAwaited);
		set_time(4_599);
		assert_noop!(start_now(), Error::<Test>::PriceAwaited);
		BillsOld::set(false);
		assert_eq!(Vault::window().due, Some(FIRST_WINDOW));
		// Silence does not last longer than the period.
		BillsOld::set(true);
		set_time(4_600);
		assert_ok!(start_now());
		assert_ok!(settle(1));
	});
}

#[test]
fn start_should_wait_for_a_round_that_began_after_the_close() {
	ExtBuilder::default().build_and_execute(|| {
		queued(50 * USD);
		set_time(CLOSE);
		// It ended after the close, and began before.
		LastRound::set(Some(Round { begun: CLOSE - 1, ended: CLOSE }));
		assert_eq!(phase(), (WindowPhase::Raising, Some(4_650), (0, false, true)));
		assert_noop!(start_now(), Error::<Test>::RoundAwaited);
		set_time(4_649);
		assert_noop!(start_now(), Error::<Test>::RoundAwaited);
		assert_eq!(Vault::window().due, None);
		let round = Round { begun: CLOSE, ended: 4_649 };
		LastRound::set(Some(round));
		assert_eq!(Vault::window().due, Some(FIRST_WINDOW));
		// Nor does a round keep savers in for ever.
		LastRound::set(Some(Round { begun: CLOSE - 1, ..round }));
		set_time(4_650);
		assert_ok!(start_now());
		assert_ok!(settle(1));
	});
}

#[test]
fn raising_should_last_longer_by_an_outage() {
	ExtBuilder::default().build_and_execute(|| {
		queued(20 * USD);
		set_time(CLOSE);
		Outages::note(4_510, 4_560);
		set_time(4_560);
		assert_eq!(phase().1, Some(4_650));
	});
}

#[test]
fn waits_should_be_a_sixth_of_the_window_at_most() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| {
			values.raising_period = 5_000;
			values.round_wait = 5_000;
		});
		queued(20 * USD);
		set_time(CLOSE);
		assert_eq!(phase().1, Some(CLOSE + 166));
		LastRound::set(Some(Round::default()));
		set_time(CLOSE + 166);
		assert_eq!(phase(), (WindowPhase::Raising, Some(CLOSE + 332), (0, false, true)));
		// So all of them are over before bids of the next window are revealed.
		set_time(CLOSE + 332);
		assert_ok!(start_now());
		assert_ok!(settle(1));
	});
}

/// Returns assets for redemptions, and shares.
fn price() -> (Balance, Balance) {
	let nav = Vault::nav();
	(nav.for_redemptions, nav.shares)
}

/// Ensures that a price is not below another one, exactly.
#[track_caller]
fn assert_not_below(price: (Balance, Balance), before: (Balance, Balance)) {
	let product = |a: Balance, b: Balance| U256::from(a) * U256::from(b);
	assert!(product(price.0, before.1) >= product(before.0, price.1), "{price:?} {before:?}");
}

#[test]
fn settlement_should_charge_a_lossy_sale_to_those_served() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(receive_earned(1_234_567_890_123_456_789));
		assert_ok!(invest(80 * USD));
		assert_ok!(redeem(ALICE, 30 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		let before = price();
		set_time(CLOSE);
		BillsLoss::set(Perbill::from_percent(5));
		// 40 shares are worth 40.44, and 21.11 are idle. 20 of bills bring 19, and 19.33 were missing.
		let idle = Vault::idle();
		let missing = Vault::wanted().unwrap() - idle;
		assert!(missing > 19 * USD);
		assert_ok!(sell(20 * USD));
		assert_eq!(
			last_event(),
			Event::IdlePutBack { from: DEALER, amount: 19 * USD, idle: idle + 19 * USD }
		);
		assert_eq!((Raised::<Test>::get().amount, Raised::<Test>::get().cost), (19 * USD, USD));
		assert_ok!(start());
		while Settlement::<Test>::exists() {
			assert_not_below(price(), before);
			assert_ok!(settle(1));
		}
		assert_not_below(price(), before);
		// Each bears its part: 40.44, less one for both.
		let paid: Balance = (0..2).map(|id| request(id).claimable).sum();
		assert!((before.0 * 40 / 100 - USD).abs_diff(paid) < 5, "{paid}");
		assert!((request(0).claimable).abs_diff(3 * request(1).claimable) < 9);
		// What is left belongs to those who stay, and the next pay nothing for it.
		assert_eq!(Raised::<Test>::get(), Default::default());
	});
}

/// Of ten that were raised at a cost of one hundredth, only one is needed: it bears a tenth of the
/// cost, and its requests are served as far as that leaves money for them.
#[test]
fn proceeds_should_bear_no_more_than_their_part_of_the_cost() {
	let raised = RaisedMoney { amount: 9_990_000 * USD, cost: 10_000 * USD };
	let proceeds = raised.proceeds_for(995_000 * USD).unwrap();
	assert_eq!(proceeds / USD, 995_996);
	let cost = raised.cost_of(proceeds).unwrap();
	assert_eq!(cost / USD, 996);
	// One unit of rounding.
	assert_eq!(proceeds - cost, 995_000 * USD - 1);
	// Enough for all that was raised, and for more.
	assert_eq!(raised.proceeds_for(9_980_000 * USD), Ok(9_990_000 * USD));
	assert_eq!(raised.proceeds_for(9_990_000 * USD), Ok(10_000_000 * USD));
	assert_eq!(RaisedMoney::default().proceeds_for(7), Ok(7));
}

/// Who leaves when cancelling is open again takes its part of the cost along: savers have borne it,
/// and nobody who asks later pays it.
#[test]
fn cancelled_request_should_leave_no_cost_to_others() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 110 * USD));
		assert_ok!(lend(10 * USD));
		assert_ok!(invest(80 * USD));
		assert_ok!(redeem(ALICE, 30 * USD));
		assert_ok!(redeem(ALICE, 10 * USD));
		to_reveal(FIRST_WINDOW);
		set_time(CLOSE);
		BillsLoss::set(Perbill::from_percent(5));
		// Twenty are missing, and bills are sold for 19 of them at a loss of one.
		assert_ok!(sell(20 * USD));
		assert_eq!(Raised::<Test>::get(), RaisedMoney { amount: 19 * USD, cost: USD });
		assert_ok!(Vault::provision(0, 10 * USD));
		set_time(4_600);
		assert_ok!(start_now());
		assert_eq!(phase().0, WindowPhase::Reopened);
		// Ten shares are worth nine, of 99 for 110.
		assert_ok!(cancel(ALICE, 1));
		let RaisedMoney { amount, cost } = Raised::<Test>::get();
		assert_eq!((amount, cost), (10 * USD, USD - 9 * USD / 19 - 1));
		assert_ok!(cancel(ALICE, 0));
		assert_eq!(Raised::<Test>::get(), RaisedMoney::default());
	});
}

#[test]
fn settlement_should_charge_no_sale_that_was_made_for_others() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(invest(40 * USD));
		assert_ok!(redeem(ALICE, 50 * USD));
		BillsLoss::set(Perbill::from_percent(10));
		// Before cancelling has ended, and when enough is idle.
		assert_ok!(sell(10 * USD));
		set_time(CLOSE);
		assert_ok!(sell(10 * USD));
		assert_eq!(Raised::<Test>::get(), Default::default());
	});
}

#[test]
fn settlement_should_sell_no_bills_itself() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(invest(80 * USD));
		assert_ok!(redeem(ALICE, 50 * USD));
		set_time(CLOSE);
		assert_ok!(start());
		assert_ok!(settle(1));
		assert_eq!((BillsValue::get(), request(0).claimable), (80 * USD, 20 * USD));
	});
}

/// A breach is declared between the end of cancelling and the start, and ends after it.
#[test]
fn cancelling_should_open_again_when_the_price_has_fallen() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 50 * USD));
		assert_ok!(deposit(BOB, 50 * USD));
		assert_ok!(lend(50 * USD));
		assert_ok!(redeem(ALICE, 20 * USD));
		assert_ok!(redeem(BOB, 20 * USD));
		assert_ok!(commit(BOB, 1, 100));
		to_reveal(FIRST_WINDOW);
		assert_eq!(
			last_event(),
			Event::ReferenceNoted { window: FIRST_WINDOW, price: FixedU128::from_u32(1) }
		);
		assert_ok!(reveal(BOB, 1, 100));
		set_time(CLOSE);
		assert_ok!(Vault::provision(0, 5 * USD));
		assert_ok!(start_now());
		let until = CLOSE + REOPENING;
		assert_eq!(
			last_event(),
			Event::CancellingReopened {
				window: FIRST_WINDOW,
				until,
				reference: FixedU128::from_u32(1),
				price: FixedU128::from_rational(95, 100),
			}
		);
		assert_eq!(Settlement::<Test>::get(), None);
		assert_eq!((phase().0, phase().1), (WindowPhase::Reopened, Some(until)));
		// Whoever wants to leaves, with a bid or without; nobody bids.
		set_time(until - 1);
		assert_noop!(start_now(), Error::<Test>::CancellingReopened);
		assert_noop!(commit(ALICE, 0, 5), Error::<Test>::WindowClosed);
		assert_ok!(cancel(BOB, 1));
		assert_eq!(shares(BOB), 50 * USD);
		assert_ok!(Vault::do_try_state());
		set_time(until);
		assert_noop!(cancel(ALICE, 0), Error::<Test>::WindowClosed);
		// It is once a window.
		assert_ok!(Vault::provision(5 * USD, 20 * USD));
		assert_ok!(start_now());
		assert_ok!(settle(1));
		assert_eq!(request(0).claimable, 16 * USD);
		assert_eq!(LastSettled::<Test>::get(), Some(FIRST_WINDOW));
	});
}

#[test]
fn cancelling_should_stay_closed_when_the_price_has_fallen_by_two_percent() {
	ExtBuilder::default().build_and_execute(|| {
		queued(50 * USD);
		to_reveal(FIRST_WINDOW);
		assert_ok!(Vault::provision(0, 2 * USD));
		set_time(CLOSE);
		assert_ok!(start_now());
		assert!(Settlement::<Test>::exists());
		assert_ok!(settle(1));
		assert_eq!(request(0).claimable, 49 * USD);
	});
}

#[test]
fn unrevealed_bid_should_cost_its_share_when_cancelling_is_open_again() {
	ExtBuilder::default().build_and_execute(|| {
		queued(50 * USD);
		assert_ok!(commit(ALICE, 0, 100));
		to_reveal(FIRST_WINDOW);
		assert_ok!(Vault::provision(0, 50 * USD));
		set_time(CLOSE);
		assert_ok!(start_now());
		assert_ok!(cancel(ALICE, 0));
		assert_eq!(shares(ALICE), 100 * USD - 1_000_000 - USD / 4);
	});
}

/// A window that was reopened and left by all keeps no bid of the next one from being revealed.
#[test]
fn unrevealed_bid_should_cost_its_share_when_all_before_it_have_left() {
	ExtBuilder::default().build_and_execute(|| {
		queued(50 * USD);
		to_reveal(FIRST_WINDOW);
		assert_ok!(Vault::provision(0, 50 * USD));
		set_time(CLOSE);
		assert_ok!(start_now());
		assert_ok!(redeem(ALICE, 40 * USD));
		assert_ok!(commit(ALICE, 1, 100));
		assert_ok!(cancel(ALICE, 0));
		to_window(FIRST_WINDOW + 2);
		assert_ok!(start());
		assert_ok!(settle(1));
		// Forty of 50 for 100: 20, of which it leaves half a percent.
		assert_eq!(request(1).claimable, 20 * USD - USD / 10);
	});
}

#[test]
fn request_should_end_with_its_shares_when_its_least_price_is_not_met() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(deposit(BOB, 100 * USD));
		assert_ok!(lend(150 * USD));
		// At least 0.5 % below the price of one.
		let too_high = FixedU128::from_rational(9_951, 10_000);
		let ask =
			|least| Vault::request_redemption(RuntimeOrigin::signed(ALICE), 30 * USD, Some(least));
		assert_noop!(ask(too_high), Error::<Test>::LeastPriceTooHigh);
		assert_ok!(ask(FixedU128::from_rational(995, 1_000)));
		assert_ok!(redeem(BOB, 30 * USD));
		assert_ok!(redeem_above(BOB, 10 * USD, 50));
		assert_noop!(commit(ALICE, 0, 5), Error::<Test>::HasLeastPrice);
		set_time(CLOSE);
		// A fall of one percent.
		assert_ok!(Vault::provision(0, 2 * USD));
		assert_ok!(start());
		System::reset_events();
		assert_ok!(settle(1));
		let missed = Event::LeastPriceMissed { id: 0, shares: 30 * USD, returned: true };
		assert_eq!(events(), [missed, Event::RequestClosed { id: 0 }]);
		assert_eq!(shares(ALICE), 100 * USD - 1_000_000);
		assert_ok!(Vault::do_try_state());
		// Those behind are served in its place: all of them, for 39.6 of the 50 that were set aside.
		assert_ok!(settle(2));
		assert_eq!((request(1).claimable, request(2).claimable), (297 * USD / 10, 99 * USD / 10));
		let nav = Vault::nav();
		assert_eq!((nav.shares, nav.idle), (160 * USD, 104 * USD / 10));
		assert_eq!(nav.redemption_price, FixedU128::from_rational(99, 100));
	});
}

#[test]
fn request_should_go_to_the_end_when_its_owner_cannot_take_its_shares_back() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(deposit(BOB, 100 * USD));
		assert_ok!(redeem_above(ALICE, 30 * USD, 99));
		assert_ok!(redeem(BOB, 30 * USD));
		let issuer = RuntimeOrigin::signed(TREASURY);
		assert_ok!(Assets::block(issuer.clone(), caliber_primitives::SUSDAI, ALICE));
		assert_ok!(lend(100 * USD));
		set_time(CLOSE);
		assert_ok!(Vault::provision(0, 3 * USD));
		assert_ok!(start_now());
		assert_ok!(settle(9));
		assert_eq!((request(0).shares, request(0).window), (30 * USD, FIRST_WINDOW + 1));
		assert_eq!(request(1).claimable, 30 * USD * 985 / 1_000);
		// It is served when the price is right.
		assert_ok!(Vault::provision(3 * USD, 0));
		to_window(FIRST_WINDOW + 2);
		assert_ok!(start_now());
		assert_ok!(settle(9));
		assert!(request(0).claimable >= 30 * USD);
	});
}

#[test]
fn starving_the_window_should_not_be_possible_by_a_draw() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(ALICE, 100 * USD));
		assert_ok!(redeem(ALICE, 60 * USD));
		to_reveal(FIRST_WINDOW);
		assert_noop!(lend(40 * USD + 1), Error::<Test>::InsufficientLiquidity);
		set_time(CLOSE);
		assert_noop!(lend(40 * USD + 1), Error::<Test>::InsufficientLiquidity);
		assert_ok!(lend(40 * USD));
		assert_ok!(start_now());
		assert_ok!(settle(1));
		assert_eq!(request(0).claimable, 60 * USD);
	});
}
