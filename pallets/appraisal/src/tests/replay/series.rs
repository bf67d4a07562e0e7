// SPDX-License-Identifier: Apache-2.0

//! Recorded prices, from `data/`.

use caliber_math::WAD;
use caliber_primitives::appraisal::OracleKey;
use std::{fs, path::PathBuf};

use super::super::mock::{PRICE, RENTAL};

pub const MINUTE: u64 = 60;
pub const HOUR: u64 = 3_600;
pub const DAY: u64 = 86_400;

/// Rental series of the figure.
pub const FIGURE_RENTAL: &str = "H100_80GB_SXM5";
/// Series of USDC.
pub const USDC: &str = "USDC";

/// Recorded prices under one key.
pub struct Series {
	/// Name in the table.
	pub name: &'static str,
	/// Key of the reports.
	pub key: OracleKey,
	/// Recorded values and the time of each, unix seconds.
	pub points: Vec<(u64, u128)>,
	/// Start of the first round, unix seconds.
	pub from: u64,
	/// Time before which each round starts, unix seconds.
	pub until: u64,
	/// Time from one round to the next, in seconds.
	pub interval: u64,
}

impl Series {
	/// Returns the last value recorded at a time.
	pub fn at(&self, time: u64) -> u128 {
		let after = self.points.partition_point(|(since, _)| *since <= time);
		self.points[after - 1].1
	}
}

/// Returns the daily rents of seven models. The value of the day is reported every hour.
pub fn rentals() -> Vec<Series> {
	let names = [
		"A100_80GB_PCIe",
		"A100_80GB_SXM4",
		"B200_180GB",
		"GH200_96GB",
		"H100_80GB_PCIe",
		FIGURE_RENTAL,
		"H200_141GB",
	];
	let rows = rows("rental_primeintellect_daily_2025q4.csv");
	names
		.into_iter()
		.map(|name| {
			let points: Vec<_> = rows
				.iter()
				.filter(|row| row[1] == name)
				.map(|row| (midnight(&row[0]), dollars(&row[4])))
				.collect();
			assert_eq!(points.len(), 29, "{name}");
			assert!(points.windows(2).all(|pair| pair[1].0 - pair[0].0 == DAY), "{name}");
			let (from, until) = (points[0].0, points[28].0 + DAY);
			Series { name, key: RENTAL, points, from, until, interval: HOUR }
		})
		.collect()
}

/// Returns the rounds of USDC/USD around its loss of the peg, reported every ten minutes.
pub fn usdc() -> Series {
	let points: Vec<_> = rows("usdc_usd_chainlink_rounds_2022_2023.csv")
		.iter()
		.map(|row| (row[1].parse().unwrap(), dollars(&row[4])))
		.collect();
	assert_eq!(points.len(), 400);
	assert!(points.windows(2).all(|pair| pair[0].0 <= pair[1].0));
	let until = points[399].0;
	let from = midnight("2023-03-10");
	Series { name: USDC, key: PRICE, points, from, until, interval: 10 * MINUTE }
}

/// Returns the fields of the rows of a CSV file without quotes.
fn rows(file: &str) -> Vec<Vec<String>> {
	let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data").join(file);
	let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
	text.lines().skip(1).map(|line| line.split(',').map(String::from).collect()).collect()
}

/// Returns a decimal number of dollars with 18 decimals.
fn dollars(text: &str) -> u128 {
	let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
	let digits = fraction.len() as u32;
	let parsed = |part: &str| if part.is_empty() { 0 } else { part.parse::<u128>().unwrap() };
	parsed(whole) * WAD + parsed(fraction) * (WAD / 10u128.pow(digits))
}

/// Returns the start of a day such as `2025-10-19`, unix seconds.
fn midnight(date: &str) -> u64 {
	let mut parts = date.split('-').map(|part| part.parse::<u64>().unwrap());
	let (year, month, day) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
	// Years start in March, so that the leap day is the last day of a year.
	let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
	let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
	(days - 719_468) * DAY
}

/// Returns year, month, day, hour and minute of a unix time.
pub fn civil(time: u64) -> (u64, u64, u64, u64, u64) {
	let mut day = time / DAY;
	let mut year = 1970;
	let leap = |year: u64| {
		year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
	};
	while day >= 365 + u64::from(leap(year)) {
		day -= 365 + u64::from(leap(year));
		year += 1;
	}
	let lengths = [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
	let mut month = 0;
	while day >= lengths[month] {
		day -= lengths[month];
		month += 1;
	}
	(year, month as u64 + 1, day + 1, time % DAY / HOUR, time % HOUR / MINUTE)
}

#[test]
fn dates_should_convert_both_ways_when_they_are_parsed() {
	assert_eq!(midnight("1970-01-01"), 0);
	assert_eq!(midnight("2000-02-29"), 951_782_400);
	assert_eq!(midnight("2025-10-19"), 1_760_832_000);
	assert_eq!(civil(1_760_832_000 + 3_661), (2025, 10, 19, 1, 1));
	assert_eq!(civil(951_782_400), (2000, 2, 29, 0, 0));
	assert_eq!(dollars("2.125"), 2_125_000_000_000_000_000);
	assert_eq!(dollars("0.88000000"), 880_000_000_000_000_000);
	assert_eq!(dollars("4"), 4 * WAD);
}
