// SPDX-License-Identifier: Apache-2.0

//! Sales of bills for settlements.

use super::mock::*;
use crate::{types::Purpose, Error, Event};
use caliber_primitives::{traits::TreasuryBills, Balance, USD, USDAI};
use polkadot_sdk::{
	frame_support::{assert_ok, assert_storage_noop},
	pallet_assets,
	sp_runtime::{DispatchError, Perbill},
};

/// Opens a market of bills at one dollar with two million dollars on each side, and holds bills
/// worth `dollars`.
fn holding(token: u32, unit: Balance, dollars: Balance) {
	assert_ok!(Reserves::set_treasury_bill(
		RuntimeOrigin::root(),
		Some(bill(token, Perbill::from_percent(1)))
	));
	set_price(PRICED_BILL, Some(USD));
	open_pool(token, 2_000_000 * USD, 2_000_000 * unit);
	assert_ok!(send(token, &BOB, &Reserves::account_id(), dollars * unit));
	set_bills_held(dollars * unit);
}

/// Asserts that no bill can be sold for `wanted`, and that the event of the reason is all that
/// changes.
fn assert_fails(wanted: Balance, reason: impl Into<DispatchError>) {
	System::reset_events();
	assert_storage_noop!({
		assert_eq!(Reserves::divest(wanted), 0);
		assert_eq!(last_event(), Event::DivestFailed { wanted, reason: reason.into() });
		assert_eq!(System::event_count(), 1);
		System::reset_events();
	});
}

#[test]
fn divest_should_bring_exactly_the_amount_wanted() {
	for (token, unit) in [(BILL, UNIT), (BILL18, USD)] {
		ExtBuilder::default().wide_peg().build_and_execute(|| {
			holding(token, unit, 10_000);
			let wanted = 1_234 * USD + 567;
			assert_eq!(Reserves::divest(wanted), wanted);
			assert_eq!((VaultIdle::get(), balance(USDAI, &VAULT)), (wanted, wanted));
			let held = bills_held();
			// The fee and the impact on the pool: between 0.3 % and 0.4 %.
			let sold = 10_000 * unit - held;
			assert!(sold * 9_970 / 10_000 < 1_235 * unit && sold * 9_960 / 10_000 > 1_230 * unit);
			let Event::BillsSold { purpose, bills, usdai, held: now, .. } = last_event() else {
				panic!("bills were sold");
			};
			assert_eq!((purpose, bills, usdai, now), (Purpose::Settlement, sold, wanted, held));
		});
	}
}

#[test]
fn divest_should_sell_all_bills_when_more_is_wanted() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		holding(BILL18, USD, 5_000);
		let came = Reserves::divest(90_000 * USD);
		// 5 000 · 0.997 · R / (R + 5 000 · 0.997) with R = 2 000 000
		assert!(came > 4_972 * USD && came < 4_973 * USD, "{came}");
		assert_eq!(VaultIdle::get(), came);
		assert_eq!(bills_held(), 0);
		assert_storage_noop!(assert_eq!(Reserves::divest(USD), 0));
	});
}

#[test]
fn divest_should_bring_as_much_as_the_band_permits() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		holding(BILL18, USD, 1_000_000);
		// 14 184.171 bills at 0.99, as in the tests of the rebalance.
		let came = Reserves::divest(100_000 * USD);
		assert!(came <= 14_043 * USD && came > 14_038 * USD, "{came}");
		assert_fails(100_000 * USD, Error::<Test>::OutsideBand);
	});
}

#[test]
fn divest_should_have_an_allowance_of_its_own() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		holding(BILL18, USD, 1_000_000);
		Values::mutate(|values| values.hourly_limit = 3_000 * USD);
		assert_ok!(Reserves::rebalance(RuntimeOrigin::signed(ALICE)));
		assert_eq!(VaultIdle::get(), 3_000 * USD);
		assert_eq!(Reserves::divest(2_000 * USD), 2_000 * USD);
		assert_eq!(Reserves::bills().map(|report| report.divest_room), Some(1_000 * USD));
		assert_eq!(Reserves::divest(2_000 * USD), 1_000 * USD);
		assert_fails(2_000 * USD, Error::<Test>::HourlyLimitReached);
		pass(HOUR);
		assert_eq!(Reserves::divest(2_000 * USD), 2_000 * USD);
	});
}

#[test]
fn divest_should_emit_the_reason_when_it_fails() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		assert_storage_noop!(assert_eq!(Reserves::divest(USD), 0));
		holding(BILL18, USD, 1_000);
		assert_storage_noop!(assert_eq!(Reserves::divest(0), 0));
		set_price(PRICED_BILL, None);
		assert_fails(USD, Error::<Test>::PriceStale);
		// The pool is too dear, then too cheap.
		for price in [USD / 2, 2 * USD] {
			set_price(PRICED_BILL, Some(price));
			assert_fails(USD, Error::<Test>::OutsideBand);
		}
		set_price(PRICED_BILL, Some(USD));
		assert_eq!(Reserves::divest(USD), USD);
	});
}

#[test]
fn divest_should_fail_when_there_is_no_pool() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		assert_ok!(Reserves::set_treasury_bill(
			RuntimeOrigin::root(),
			Some(bill(BILL, Perbill::zero()))
		));
		set_price(PRICED_BILL, Some(USD));
		assert_ok!(send(BILL, &BOB, &Reserves::account_id(), UNIT));
		set_bills_held(UNIT);
		assert_fails(USD, Error::<Test>::NoPool);
	});
}

#[test]
fn divest_should_leave_the_minimum_balance_or_nothing() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		holding(BILL18, USD, 1_000);
		let account = Reserves::account_id();
		// The token burns the rest in an account that holds less than half a bill.
		assert_ok!(Assets::force_asset_status(
			RuntimeOrigin::root(),
			BILL18,
			TREASURY,
			TREASURY,
			TREASURY,
			TREASURY,
			USD / 2,
			true,
			false
		));
		// All bills bring a little less than 997 dollars; ten cents less would leave ten cents.
		let all = {
			let (usdai, bills) = pool(BILL18);
			let net = 1_000 * 997;
			net * (usdai / USD) * USD / (bills / USD * 1_000 + net)
		};
		let came = Reserves::divest(all - USD / 10);
		assert!(came < all - USD / 10 && came > all - USD, "{came}");
		let held = bills_held();
		assert!((USD / 2..USD).contains(&held));
		assert_eq!(balance(BILL18, &account), held);
		assert!(Reserves::divest(USD) > 0);
		assert_eq!((bills_held(), balance(BILL18, &account)), (0, 0));
	});
}

#[test]
fn divest_should_fail_when_the_issuer_freezes_the_bills() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		holding(BILL18, USD, 1_000);
		let issuer = RuntimeOrigin::signed(TREASURY);
		assert_ok!(Assets::freeze(issuer.clone(), BILL18, Reserves::account_id()));
		assert_fails(USD, pallet_assets::Error::<Test>::Frozen);
		assert_ok!(Assets::thaw(issuer, BILL18, Reserves::account_id()));
		assert_eq!(Reserves::divest(USD), USD);
	});
}

#[test]
fn bills_should_not_count_when_the_issuer_takes_them() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		holding(BILL18, USD, 1_000);
		assert_eq!(Reserves::value(), 990 * USD);
		let take = |amount| {
			Assets::burn(RuntimeOrigin::signed(TREASURY), BILL18, Reserves::account_id(), amount)
		};
		assert_ok!(take(400 * USD));
		assert!(Reserves::do_try_state().is_err());
		assert_eq!(Reserves::value(), 594 * USD);
		assert_eq!(Reserves::bills().map(|report| report.held), Some(600 * USD));
		// The next trade writes them off.
		assert_eq!(Reserves::divest(USD), USD);
		let lost = Event::BillsLost { bills: 400 * USD, held: 600 * USD };
		assert!(System::events().iter().any(|record| record.event == lost.clone().into()));
		assert_ok!(Reserves::do_try_state());
		// So does a change of the token once all bills are gone.
		assert_ok!(take(bills_held()));
		assert_eq!(Reserves::value(), 0);
		assert_storage_noop!(assert_eq!(Reserves::divest(USD), 0));
		assert_ok!(Reserves::set_treasury_bill(RuntimeOrigin::root(), None));
		assert_eq!(bills_held(), 0);
	});
}

#[cfg(feature = "runtime-benchmarks")]
#[test]
fn benchmark_bills_should_be_sold_when_they_are_wanted() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		Reserves::benchmark_bills(2 * USD);
		assert_eq!(Reserves::value(), 198 * USD / 100);
		assert_eq!(Reserves::divest(USD), USD);
	});
}
