// SPDX-License-Identifier: Apache-2.0

//! One scenario: operators report a series in rounds; the accepted values are sampled.

use super::{
	super::mock::*,
	series::{civil, Series, HOUR, MINUTE},
};
use crate::Event;
use caliber_math::WAD;
use polkadot_sdk::frame_support::assert_ok;

/// Fault of an operator.
#[derive(Clone, Copy, PartialEq)]
pub enum Fault {
	/// Repeats the value of the start of the fault.
	Frozen,
	/// Reports a multiple of the recorded value: numerator and denominator.
	Times(u128, u128),
	/// Reports one dollar.
	Peg,
	/// Reports nothing.
	Silent,
}

/// Operators and their fault.
pub struct Scenario {
	/// Name in the table.
	pub name: &'static str,
	/// Number of operators.
	pub operators: u64,
	/// Number of faulty operators; they are the first in each round.
	pub faulty: u64,
	/// Fault of the faulty operators.
	pub fault: Fault,
	/// Start and end of the fault, unix seconds.
	pub during: (u64, u64),
}

/// State of the feed at the end of a round.
pub struct Sample {
	/// Time, unix seconds.
	pub at: u64,
	/// Recorded value at that time.
	pub recorded: u128,
	/// Lowest and highest honest report of the round.
	pub honest_range: (u128, u128),
	/// Accepted value and the median it came from; none before the first acceptance.
	pub accepted: Option<(u128, u128)>,
	/// True if the value may be used.
	pub usable: bool,
}

/// Result of a scenario.
pub struct Outcome {
	/// Samples, one for each round.
	pub samples: Vec<Sample>,
	/// Time from one round to the next, in seconds.
	interval: u64,
}

/// Time between the reports of two operators in a round, in seconds.
const APART: u64 = MINUTE;

/// Runs a scenario of a series.
pub fn run(series: &Series, scenario: &Scenario) -> Outcome {
	let mut samples = Vec::new();
	let mut frozen = [None; OPERATORS.len()];
	ExtBuilder::default().build_and_execute(|| {
		let mut median = None;
		for round in (series.from..series.until).step_by(series.interval as usize) {
			System::reset_events();
			Notifications::set(vec![]);
			let mut honest_range = (u128::MAX, 0);
			for (index, operator) in
				OPERATORS.into_iter().enumerate().take(scenario.operators as usize)
			{
				let time = round + index as u64 * APART;
				next_block_at(time);
				let known = series.at(time);
				let faulty = (index as u64) < scenario.faulty
					&& (scenario.during.0..scenario.during.1).contains(&time);
				let reported = match scenario.fault {
					_ if !faulty => known,
					Fault::Frozen => *frozen[index].get_or_insert(known),
					Fault::Times(times, of) => known * times / of,
					Fault::Peg => WAD,
					Fault::Silent => continue,
				};
				if !faulty {
					honest_range = (honest_range.0.min(known), honest_range.1.max(known));
				}
				feed(operator, series.key, reported);
			}
			next_block_at(round + OPERATORS.len() as u64 * APART);
			median = last_median().or(median);
			samples.push(Sample {
				at: now(),
				recorded: series.at(now()),
				honest_range,
				accepted: accepted(series.key).zip(median),
				usable: Appraisal::feed_value(series.key).is_ok(),
			});
		}
		assert_ok!(Appraisal::do_try_state());
	});
	Outcome { samples, interval: series.interval }
}

/// Starts the next block at a time.
fn next_block_at(time: u64) {
	System::set_block_number(System::block_number() + 1);
	Timestamp::set_timestamp(time * 1_000);
}

/// Returns the median of the last acceptance of the round.
fn last_median() -> Option<u128> {
	System::events().into_iter().rev().find_map(|record| match record.event {
		RuntimeEvent::Appraisal(Event::PriceAccepted { median, .. }) => Some(median),
		_ => None,
	})
}

/// Returns the deviation of a value from the recorded one, in hundredths of a per cent, rounded
/// away from zero.
fn off(value: u128, recorded: u128) -> i64 {
	let distance = i64::try_from((value.abs_diff(recorded) * 10_000).div_ceil(recorded)).unwrap();
	if value < recorded {
		-distance
	} else {
		distance
	}
}

/// Returns hundredths as a decimal number.
fn hundredths(value: i64) -> String {
	let sign = if value < 0 { "-" } else { "" };
	format!("{sign}{}.{:02}", value.abs() / 100, value.abs() % 100)
}

impl Outcome {
	/// Returns the columns of the table.
	pub fn row(&self) -> String {
		let known: Vec<_> = self
			.samples
			.iter()
			.filter_map(|sample| {
				let (accepted, median) = sample.accepted?;
				Some((sample, off(accepted, sample.recorded), off(median, sample.recorded)))
			})
			.collect();
		let hours = |count: usize| {
			let seconds = count as u64 * self.interval;
			hundredths((seconds * 100 / HOUR) as i64)
		};
		let count = |holds: &dyn Fn(&(&Sample, i64, i64)) -> bool| {
			hours(known.iter().filter(|it| holds(it)).count())
		};
		// The first sample with the worst deviation.
		let worst = known.iter().rev().max_by_key(|(_, off, _)| off.abs()).unwrap();
		let worst_median = known.iter().rev().max_by_key(|(_, _, off)| off.abs()).unwrap();
		let (year, month, day, hour, minute) = civil(worst.0.at);
		[
			self.samples.len().to_string(),
			hundredths(worst.1),
			format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}Z"),
			count(&|(_, off, _)| off.abs() > 100),
			count(&|(_, off, _)| off.abs() > 1_000),
			hundredths(worst_median.2),
			count(&|(_, _, off)| off.abs() > 100),
			count(&|(sample, ..)| sample.accepted.is_some_and(|(value, median)| value != median)),
			hours(self.samples.iter().filter(|sample| !sample.usable).count()),
		]
		.join(",")
	}

	/// Returns the recorded values.
	pub fn recorded_line(&self) -> Vec<(u64, Option<u128>)> {
		self.samples.iter().map(|sample| (sample.at, Some(sample.recorded))).collect()
	}

	/// Returns the accepted values that may be used.
	pub fn accepted_line(&self) -> Vec<(u64, Option<u128>)> {
		let usable = |sample: &Sample| sample.accepted.filter(|_| sample.usable);
		self.samples
			.iter()
			.map(|sample| (sample.at, usable(sample).map(|(accepted, _)| accepted)))
			.collect()
	}

	/// Returns the medians the accepted values came from.
	pub fn median_line(&self) -> Vec<(u64, Option<u128>)> {
		self.samples
			.iter()
			.map(|sample| (sample.at, sample.accepted.map(|(_, median)| median)))
			.collect()
	}
}
