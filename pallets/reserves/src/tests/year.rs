// SPDX-License-Identifier: Apache-2.0

//! One year of Treasury bills, by the yields of 2023.

use super::mock::*;
use caliber_primitives::{traits::TreasuryBills, Balance, USD, USDAI};
use polkadot_sdk::{
	frame_support::{assert_ok, storage::with_storage_layer},
	sp_runtime::{Perbill, Permill},
};

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

/// Brings the pool to the price of the bills, as arbitrage does.
fn arbitrage(price: Balance) {
	for _ in 0..40 {
		let (usdai, bills) = pool(BILL18);
		let spot = usdai / (bills / USD);
		let off = spot.abs_diff(price);
		// Half of the deviation, on the side that is too small.
		let (path, amount) = if spot < price {
			([USDAI, BILL18], usdai / 2 / price * off / 2)
		} else {
			([BILL18, USDAI], bills / 2 / price * off / 2)
		};
		if off < price / 10_000 || amount < USD {
			break;
		}
		assert_ok!(AssetConversion::swap_exact_tokens_for_tokens(
			RuntimeOrigin::signed(BOB),
			path.map(Box::new).to_vec(),
			amount,
			1,
			BOB,
			false
		));
	}
}

#[test]
fn year_should_earn_the_yield_of_the_bills() {
	ExtBuilder::default().wide_peg().build_and_execute(|| {
		Values::mutate(|values| values.mint_limit_floor = 1_000_000_000 * USD);
		assert_ok!(Reserves::set_treasury_bill(
			RuntimeOrigin::root(),
			Some(bill(BILL18, Perbill::zero()))
		));
		issue(&BOB, 5_000_000 * USD);
		open_pool(BILL18, 10_000_000 * USD, 10_000_000 * USD);
		// The pool of two like assets takes a small fee, and the band is narrow.
		assert_ok!(AssetConversion::set_pool_fee(
			RuntimeOrigin::root(),
			(USDAI, BILL18),
			Permill::from_parts(500)
		));
		Values::mutate(|values| values.price_band = Perbill::from_parts(5_000_000));
		fund_vault(1_000_000 * USD);

		let rates = rates();
		let mut price = USD;
		for (day, rate) in rates.iter().enumerate() {
			accept_price(price);
			arbitrage(price);
			// Once a month the queue wants thirty thousand for ten days.
			match day % 30 {
				10 => VaultWanted::set(&(30_000 * USD)),
				20 => VaultWanted::set(&0),
				_ => {}
			}
			let _ = with_storage_layer(|| Reserves::rebalance(RuntimeOrigin::signed(ALICE)));

			// The idle USDai is near its target except on the days after a jump of the target: the
			// band limits the trades of a day.
			let report = Reserves::bills().expect("there are bills");
			let moving = (10..14).contains(&(day % 30)) || (20..24).contains(&(day % 30));
			if day > 30 && !moving {
				assert!(report.spare <= 2_000 * USD && report.missing <= 2_000 * USD, "{day}");
			}
			let worth = bills_held() / 1_000_000 * (price / 1_000_000) / 1_000_000;
			assert!(report.value.abs_diff(worth) < USD / 1_000, "{day}");

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
			pass(DAY);
		}

		// The bills of 2023 paid between 4.5 % and 5.6 %: a little over 5 % in all.
		assert!((105 * USD / 100..106 * USD / 100).contains(&price), "{price}");
		// Nine tenths of a million were in bills, which earned more than the trades cost.
		let assets = VaultIdle::get() + <Reserves as TreasuryBills>::value();
		assert!((1_034_000 * USD..1_048_000 * USD).contains(&assets), "{assets}");
	});
}
