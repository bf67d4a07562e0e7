// SPDX-License-Identifier: Apache-2.0

//! Arbitrary arguments, more often at the edges than by chance.

use caliber_math::{per_second_rate, Amortization, Calendar, Fee, LateTerms, Schedule, PPB, WAD};
use proptest::prelude::*;

const DAY: u64 = 86_400;

/// Amounts of every magnitude alike.
pub fn any_amount() -> impl Strategy<Value = u128> {
	prop_oneof![
		8 => (any::<u128>(), 0_u32..128).prop_map(|(bits, shift)| bits >> shift),
		1 => Just(u128::MAX),
		1 => 0_u128..3,
	]
}

/// Balances from one unit to a trillion dollars.
pub fn balance() -> impl Strategy<Value = u128> {
	prop_oneof![
		6 => (any::<u128>(), 28_u32..128).prop_map(|(bits, shift)| (bits >> shift).max(1)),
		2 => (1_u128..1_000_000_000_000).prop_map(|dollars| dollars * WAD),
		1 => 1_u128..1_000,
		1 => Just(10_u128.pow(30)),
	]
}

/// Rates from nothing to 100 % a year.
pub fn rate_per_second() -> impl Strategy<Value = u128> {
	prop_oneof![
		6 => (0..=WAD).prop_map(per_second_rate),
		1 => 0_u128..3,
		1 => Just(per_second_rate(WAD)),
	]
}

/// Shares of a whole, in parts per billion.
pub fn share() -> impl Strategy<Value = u32> {
	prop_oneof![4 => 0..=PPB, 1 => Just(0), 1 => Just(1), 1 => Just(PPB - 1), 1 => Just(PPB)]
}

pub fn amortization() -> impl Strategy<Value = Amortization> {
	prop_oneof![
		2 => Just(Amortization::Linear),
		4 => Just(Amortization::Level),
		1 => Just(Amortization::Bullet),
	]
}

fn monthly() -> impl Strategy<Value = Calendar> {
	let day = prop_oneof![1_u8..=31, 27_u8..=31];
	let offset = prop_oneof![
		3 => -50_400_i32..=50_400,
		2 => (-14_i32..=14).prop_map(|hours| hours * 3_600),
	];
	let duration = prop_oneof![4 => 1_u32..=1_200, 1 => 1_u32..=31, 1 => 1_200_u32..=4_000];
	(day, offset, duration).prop_map(|(day, utc_offset_secs, duration_days)| Calendar::Monthly {
		day,
		utc_offset_secs,
		duration_days,
	})
}

fn every() -> impl Strategy<Value = Calendar> {
	let periods = prop_oneof![4 => 1_u32..=40, 1 => 1_u32..=2, 1 => Just(512)];
	(periods, any::<u64>()).prop_map(|(periods, bits)| {
		let longest = 4_000 * DAY / u64::from(periods);
		Calendar::Every { seconds: 6 + bits % (longest - 5), periods }
	})
}

/// Calendars with the time at which the loan is drawn: 1970 to 2110, half of the time within a
/// second or two of a local midnight, and often at the end of February.
pub fn calendar() -> impl Strategy<Value = (Calendar, u64)> {
	let days = prop_oneof![
		4 => 1_u64..51_000,
		// 27 February of a year that may be a leap year to 2 March.
		1 => (0_u64..130, 0_u64..5).prop_map(|(year, day)| year * 1_461 / 4 + 57 + day),
		// The same around 2100, which is none.
		1 => 47_530_u64..47_545,
	];
	let second = prop_oneof![2 => 0..DAY, 1 => 0_u64..2, 1 => DAY - 2..DAY];
	(prop_oneof![3 => monthly(), 1 => every()], days, second).prop_map(|(calendar, day, second)| {
		let offset = match calendar {
			Calendar::Monthly { utc_offset_secs, .. } => i64::from(utc_offset_secs),
			Calendar::Every { .. } => 0,
		};
		(calendar, (day * DAY + second).saturating_add_signed(-offset))
	})
}

pub fn schedule() -> impl Strategy<Value = Schedule> {
	(calendar(), amortization(), any::<bool>(), rate_per_second()).prop_map(
		|((calendar, originated_at), amortization, stub_amortizes, rate_per_second)| Schedule {
			calendar,
			amortization,
			stub_amortizes,
			originated_at,
			rate_per_second,
		},
	)
}

pub fn late_terms() -> impl Strategy<Value = LateTerms> {
	(rate_per_second(), 0..60 * DAY).prop_map(|(grace_rate_per_second, grace_period_secs)| {
		LateTerms { grace_rate_per_second, grace_period_secs }
	})
}

pub fn fee() -> impl Strategy<Value = Fee> {
	prop_oneof![
		Just(Fee::None),
		(0..10 * WAD).prop_map(Fee::Absolute),
		(0..PPB / 50).prop_map(Fee::Share),
	]
}
