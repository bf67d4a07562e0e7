// SPDX-License-Identifier: Apache-2.0

//! What savers who leave are paid while a loss is likely and not certain: neither as if nothing had
//! happened, nor as if all was lost.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{
	credit::{LineState, LineTerms},
	LineId, TitleId, USD,
};
use caliber_runtime::{Balance, Credit, Runtime, Vault};
use common::{lines::*, *};
use pallet_caliber_credit::{Call as CreditCall, Error as CreditError};
use pallet_caliber_titles::Call as TitlesCall;
use polkadot_sdk::sp_runtime::Perbill;

/// Value of a server of eight units at the usual prices: 8 · 23 500 · 72 %.
const VALUE: Balance = 135_360 * USD;
/// What a forced sale of it brings, 65 %, when the sale costs half of that.
const RECOVERY: Balance = 43_992 * USD;

/// Sets the clock to a time of usual prices, at which nobody has renewed custody.
fn wait_until(time: u64) {
	set_time(time);
	feed_usual_prices();
}

fn heartbeat() -> TitlesCall<Runtime> {
	TitlesCall::heartbeat { titles: vec![0].try_into().unwrap() }
}

/// Draws on a line over a server that is insured for its value, when a sale would cost half of what it
/// brings, and a draw leaves no cushion: lines come near their maintenance by other ways, too.
fn drawn(amount: Balance) -> (LineId, TitleId) {
	fund(10_000);
	buy_usdai(&insurer(), 200_000);
	pallet_caliber_governance::CreditArea::<Runtime>::mutate(|area| {
		area.values.liquidation_cost = Perbill::from_percent(50);
	});
	allow_draws_without_cushion();
	let title = insured_server(&borrower(), 1, VALUE);
	let line = open_line_on(LineTerms { limit: 90_000 * USD, ..terms() }, title);
	submit_ok(&borrower(), CreditCall::draw { line, amount });
	(line, title)
}

/// What the senior lender lacks if the line is sold and the sale and insurance bring this.
fn lacking(line: LineId, brings: Balance) -> Balance {
	let report = Credit::line(line).unwrap();
	let stands = brings + report.reserve + report.insurance_proceeds + report.junior_holdback;
	report.senior_outstanding.checked_sub(stands).unwrap()
}

/// So many millionths of an amount, rounded up.
fn millionths(amount: Balance, parts: Balance) -> Balance {
	(amount * parts).div_ceil(1_000_000)
}

/// What is provisioned, which is the same in both books.
fn provisioned(line: LineId) -> Balance {
	let impairment = Credit::line(line).unwrap().impairment;
	assert_eq!(Vault::nav().impairment, impairment);
	impairment
}

/// The custodian is late by a second, by mistake or for a friend who buys at the price that falls:
/// those who leave lose a twentieth of what a sale would, in shares of half a million dollars.
#[test]
fn leaver_should_lose_a_twentieth_of_the_shortfall_when_a_heartbeat_is_missed() {
	run_live(|| {
		let (line, _) = drawn(78_000 * USD);
		wait_until(START + 7 * DAY + 1);
		let shortfall = lacking(line, RECOVERY);
		assert!(shortfall > 1_000 * USD, "{shortfall}");
		let before = Vault::nav();
		assert_eq!(before.impairment, 0);
		submit_ok(&saver(), CreditCall::declare_breach { line });
		let after = Vault::nav();
		assert_eq!(provisioned(line), millionths(shortfall, 50_000));
		assert_eq!(before.for_redemptions - after.for_redemptions, after.impairment);
		// Who enters pays as before: it could end the breach by a heartbeat.
		assert_eq!(before.for_deposits, after.for_deposits);
		submit_ok(&custodian(), heartbeat());
		submit_ok(&saver(), CreditCall::cure { line });
		assert_eq!(Vault::nav().for_redemptions, before.for_redemptions);
	});
}

/// Nobody renews custody, and who leaves late would be paid by those who stay.
#[test]
fn leaver_should_lose_more_with_each_day_that_nobody_cures_the_line() {
	run_live(|| {
		let (line, _) = drawn(78_000 * USD);
		let broken = START + 7 * DAY + 1;
		wait_until(broken);
		submit_ok(&saver(), CreditCall::declare_breach { line });
		let shortfall = lacking(line, RECOVERY);
		for day in 1..=6 {
			let (was, at) = (provisioned(line), broken + day * DAY);
			// Not a second before the day is over.
			wait_until(at - 1);
			submit_ok(&saver(), CreditCall::reassess { line });
			assert_eq!(provisioned(line), was);
			// The chain does it as anybody may.
			wait_until(at);
			match day % 2 {
				0 => idle_block(),
				_ => submit_ok(&saver(), CreditCall::reassess { line }),
			}
			// 5 % and so many sevenths of 95 %, by the part of a billion rounded up.
			let weight = 50_000_000 + (950_000_000 * u128::from(day)).div_ceil(7);
			assert_eq!(provisioned(line), (shortfall * weight).div_ceil(1_000_000_000));
		}
		wait_until(broken + 7 * DAY + 1);
		submit_ok(&saver(), CreditCall::declare_uncured { line });
		assert_eq!(Credit::line(line).unwrap().state, LineState::Defaulted);
		assert_eq!(provisioned(line), shortfall);
	});
}

/// Who knows that a line is near its end would leave before anybody may declare anything.
#[test]
fn leaver_should_bear_a_tenth_of_the_shortfall_when_a_line_is_near_its_maintenance() {
	run_live(|| {
		// 94 752 are less than 1.21 times 80 000, and more than 1.1 times.
		let (line, _) = drawn(80_000 * USD);
		let shortfall = lacking(line, RECOVERY);
		assert_eq!(Credit::line(line).unwrap().state, LineState::Open);
		assert_eq!(provisioned(line), millionths(shortfall, 100_000));
		let nav = Vault::nav();
		assert_eq!(nav.for_deposits - nav.for_redemptions, nav.impairment);
		// Money in the reserve stands for the debt, and is taken back only where none lacks.
		let top_up = CreditCall::top_up_reserve { line, amount: 1_000 * USD };
		submit_ok(&borrower(), top_up);
		assert_eq!(provisioned(line), millionths(shortfall - 1_000 * USD, 100_000));
		submit_ok(&borrower(), CreditCall::withdraw_reserve { line, amount: 1_000 * USD });
		assert_eq!(provisioned(line), millionths(shortfall, 100_000));
	});
}

/// An insurer has paid into a line in default, and who leaves would be paid as if it had not.
#[test]
fn leaver_should_have_the_insurance_money_that_a_line_in_default_holds() {
	run_live(|| {
		let (line, title) = drawn(78_000 * USD);
		wait_until(START + 7 * DAY + 1);
		submit_ok(&saver(), CreditCall::declare_breach { line });
		wait_until(START + 14 * DAY + 2);
		submit_ok(&saver(), CreditCall::declare_uncured { line });
		let shortfall = lacking(line, RECOVERY);
		assert_eq!(provisioned(line), shortfall);
		let pay = |amount| TitlesCall::pay_claim { title, policy: 0, amount, loss: None };
		submit_ok(&insurer(), pay(1_000 * USD));
		assert_eq!(provisioned(line), shortfall - 1_000 * USD);
		submit_ok(&insurer(), pay(100_000 * USD));
		assert_eq!(provisioned(line), 0);
	});
}

/// Half of the machines burn, and their insurer has not paid yet: four fifths of what it owes count,
/// and no dollar of it twice when it comes.
#[test]
fn insurance_of_burnt_machines_should_count_before_it_comes_and_once() {
	run_live(|| {
		let (line, title) = drawn(78_000 * USD);
		let burnt = machines_of(title)[..4].to_vec().try_into().unwrap();
		submit_ok(&custodian(), TitlesCall::report_loss { title, devices: burnt });
		submit_ok(&saver(), CreditCall::declare_breach { line });
		// Half of the server brings half, and half of its value is owed.
		let expected = VALUE / 2 * 4 / 5;
		let senior = Credit::line(line).unwrap().senior_outstanding;
		let reserve = Credit::line(line).unwrap().reserve;
		assert!(senior < RECOVERY / 2 + reserve + expected);
		assert_eq!(provisioned(line), 0);
		// An insurer that says no leaves the shortfall: nothing is expected when the time is over.
		wait_until(START + 90 * DAY + 1);
		submit_ok(&saver(), CreditCall::reassess { line });
		let shortfall = lacking(line, RECOVERY / 2);
		assert!(shortfall > 0);
		assert_eq!(provisioned(line), shortfall);
	});
}

/// A new policy after the fire pays nothing for it.
#[test]
fn policy_that_is_bound_after_a_loss_should_hide_no_shortfall() {
	run_live(|| {
		fund(10_000);
		pallet_caliber_governance::CreditArea::<Runtime>::mutate(|area| {
			area.values.liquidation_cost = Perbill::from_percent(50);
		});
		allow_draws_without_cushion();
		let title = insured_server(&borrower(), 1, VALUE);
		let line = open_line_on(LineTerms { limit: 90_000 * USD, ..terms() }, title);
		submit_ok(&borrower(), CreditCall::draw { line, amount: 78_000 * USD });
		buy_usdai(&insurer(), 200_000);
		// The policy has paid all it would: nothing of it is left when the machines burn.
		let pay = TitlesCall::pay_claim { title, policy: 0, amount: VALUE - 1, loss: None };
		set_time(now() + 6);
		submit_ok(&insurer(), pay);
		let held = Credit::line(line).unwrap().insurance_proceeds;
		assert_eq!(held, VALUE - 1);
		let burnt = machines_of(title)[..4].to_vec().try_into().unwrap();
		submit_ok(&custodian(), TitlesCall::report_loss { title, devices: burnt });
		set_time(now() + 6);
		insure(title, 1_000_000 * USD, now() + 365 * DAY);
		use caliber_primitives::traits::TitleInspect;
		let rules = Default::default();
		let insured = caliber_runtime::Titles::insured_loss(title, line, &rules).unwrap();
		assert_eq!((insured.units, insured.claimable, insured.claimed), (4, 1, VALUE - 1));
		assert!(caliber_runtime::Titles::insured_loss(title, line + 1, &rules).is_none());
	});
}

/// Brings a line into default over its first payment, which the borrower then makes good; no operator
/// reports for a day.
fn paid_up_and_silent(amount: Balance) -> LineId {
	let (line, _) = drawn(amount);
	let due_at = Credit::loan(LOAN).unwrap().next_due_at;
	// Custody lapses where nobody renews it.
	for at in [START + 6 * DAY, due_at, due_at + 7 * DAY, due_at + 10 * DAY + 1] {
		wait_until(at);
		submit_ok(&custodian(), heartbeat());
	}
	submit_ok(&saver(), CreditCall::declare_default { loan: LOAN });
	let max_amount = Credit::due(LOAN).unwrap().total;
	buy_usdai(&borrower(), 50_000);
	submit_ok(&borrower(), CreditCall::repay { loan: LOAN, max_amount });
	// A sale may begin a day after the default.
	set_time(now() + DAY + 3_601);
	line
}

/// A bidder waits for an hour without prices to have the machines of who has paid all put up for sale.
#[test]
fn borrower_that_has_paid_should_not_be_sold_while_the_oracle_is_silent() {
	run_live(|| {
		let line = paid_up_and_silent(60_000 * USD);
		let start = || CreditCall::start_auction { line };
		submit_err(&saver(), start(), CreditError::<Runtime>::Curable);
		// The last value less a fifth is enough: the chain cures the line itself.
		idle_block();
		idle_block();
		assert_eq!(Credit::line(line).unwrap().state, LineState::Open);
	});
	run_live(|| {
		// Some 71 000 are left, which 94 752 cover and four fifths of that do not.
		let line = paid_up_and_silent(85_000 * USD);
		let start = || CreditCall::start_auction { line };
		let stale = || CreditError::<Runtime>::PriceStale;
		submit_err(&saver(), start(), stale());
		submit_err(&saver(), CreditCall::cure { line }, stale());
		feed_usual_prices();
		submit_err(&saver(), start(), CreditError::<Runtime>::Curable);
		submit_ok(&saver(), CreditCall::cure { line });
	});
}
