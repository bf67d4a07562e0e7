// SPDX-License-Identifier: Apache-2.0

//! One year of Treasury bills, by the yields of 2023.

use super::mock::*;
use crate::Ledger;
use caliber_primitives::{traits::TreasuryBills, Balance, USD, USDAI};
use polkadot_sdk::{frame_support::assert_ok, sp_runtime::Perbill};

/// Returns the yields of three-month bills for each calendar day of 2023, in hundredths of a per
/// cent. A day without a yield has the last one.
fn rates() -> Vec<u64> {
	const SERIES: &str = include_str!("../../../../data/tbill_3m_daily.csv");
	let (mut last, mut rates) = (None, Vec::new());
	for line in SERIES.lines().skip(1) {
		let mut fields = line.split(',');
		let date = fields.next().expect("a line has a date");
		if let Some(rate) = fields.next().filter(|rate| !rate.is_empty()) {
			let rate: f64 = rate.parse().expect("a yield is a number");
			last = Some((rate * 100.0).round() as u64);
		}
		if date.starts_with("2023-") {
			rates.push((date.to_string(), last.expect("the series began before")));
		}
	}
	// One rate for each day; the days between two lines have the rate of the first.
	let day = |date: &str| {
		let part = |range: std::ops::Range<usize>| date[range].parse::<u64>().expect("a date");
		const BEFORE: [u64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
		BEFORE[part(5..7) as usize - 1] + part(8..10) - 1
	};
	let mut daily = vec![rates[0].1; 365];
	for (date, rate) in &rates {
		daily[day(date) as usize..].fill(*rate);
	}
	daily
}

/// USDai that leaves by the queue in each month, and comes back as new money.
const FLOW: Balance = 300_000 * USD;

#[test]
fn year_should_earn_the_yield_of_the_bills() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		Values::mutate(|values| values.mint_limit_floor = 1_000_000_000 * USD);
		// As on a live chain.
		with_marked_bills(BILL18, 10_000_000 * USD, Perbill::from_parts(2_000_000));
		issue(&DEALER, 50_000_000 * USD);
		// A dealer who buys for five basis points less than the oracle says, and sells for one more.
		let trade = || {
			let steps = if Reserves::offers().is_empty() { 1 } else { 12 };
			let least = if VaultWanted::get() > 0 { 500_000 } else { 100_000 };
			let mut traded = 0;
			for _ in 0..steps {
				idle_block();
				pass(HOUR / steps);
				traded += deal(Perbill::from_parts(least));
			}
			traded
		};

		let rates = rates();
		let mut price = USD;
		for (day, rate) in rates.iter().enumerate() {
			accept_price(price);
			match day % 30 {
				10 => VaultWanted::set(&FLOW),
				11 => {
					// The queue is paid.
					VaultWanted::set(&0);
					VaultIdle::set(&(VaultIdle::get() - FLOW));
					assert_ok!(send(USDAI, &VAULT, &BOB, FLOW));
				}
				20 => {
					// New money, in the course of the day: it lies for three whole days.
					assert_ok!(send(USDAI, &BOB, &VAULT, FLOW));
					VaultIdle::set(&(VaultIdle::get() + FLOW));
					VaultNew::set(&FLOW);
				}
				24 => VaultNew::set(&0),
				_ => {}
			}
			for hour in 1..=24 {
				let traded = trade();
				let report = Reserves::bills().expect("there are bills");
				let month = day % 30;
				// The target is met within two hours when bills are sold, and within a day when
				// bought with money that has lain long.
				if (month == 10 && hour >= 2) || month > 10 && day > 1 {
					assert!(report.missing <= 100 * USD, "{day} {hour}: {}", report.missing);
				}
				if (1..20).contains(&month) || month > 24 {
					assert!(report.spare <= 200 * USD, "{day} {hour}: {}", report.spare);
				}
				if (20..24).contains(&month) {
					assert!(traded < 1_000 * USD, "{day} {hour}: new money was traded: {traded}");
				}
				let lost = Ledger::<Test>::get().offers.lost.used;
				let assets = VaultIdle::get() + report.value;
				assert!(lost <= assets / 10_000 * 2, "{day} {hour}: {lost}");
			}
			let report = Reserves::bills().expect("there are bills");
			let worth = bills_held() / 1_000_000 * (price / 1_000_000) / 1_000_000 * 998;
			assert!(report.value.abs_diff(worth / 1_000) < USD / 1_000, "{day}");

			// Expected from the rates alone: the growth of ninety days, each at its rate.
			if day >= 90 {
				let grown: f64 = rates[day - 90..day]
					.iter()
					.map(|rate| 1.0 + *rate as f64 / 3_650_000.0)
					.product();
				let expected = (grown - 1.0) * 365.0 / 90.0;
				let reported = <Reserves as TreasuryBills>::annual_yield().expect("it is known");
				let reported = reported.into_inner() as f64 / USD as f64;
				assert!((reported - expected).abs() < 1e-6, "{day}: {reported} of {expected}");
			}
			price += price * Balance::from(*rate) / 3_650_000;
		}

		// The bills of 2023 paid between 4.5 % and 5.6 %: a little over 5 % in all.
		assert!((105 * USD / 100..106 * USD / 100).contains(&price), "{price}");
		// Nine tenths are in bills, but for three hundredths in fourteen days of thirty. Trades cost
		// no more than a tenth of a per mille: 300 000 twelve times at 6 bp. The haircut of 0.2 %
		// is marked off.
		let dollars = |amount: Balance| (amount / USD) as f64;
		let (growth, put) = (price as f64 / USD as f64 - 1.0, 10_000_000.0);
		let full = put * (1.0 + 0.9 * growth * (1.0 + growth / 2.0)) - 0.9 * 0.002 * put;
		let least = put * (1.0 + 0.9 * growth)
			- 0.9 * 0.002 * put * 1.1
			- put * growth * 0.03 * 14.0 / 30.0
			// The first day is for placing it.
			- put * growth * 0.9 / 365.0
			- put * 0.0004;
		let assets = dollars(VaultIdle::get() + <Reserves as TreasuryBills>::value());
		assert!(least < assets && assets < full, "{least} {assets} {full}");
	});
}
