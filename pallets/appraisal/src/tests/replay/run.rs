// SPDX-License-Identifier: Apache-2.0

//! One scenario: operators who report a series in rounds, and what the chain makes of it.

use super::{
	super::mock::*,
	series::{civil, Series, HOUR, MINUTE},
};
use crate::Event;
use caliber_math::WAD;
use polkadot_sdk::frame_support::assert_ok;

/// What is wrong with an operator.
#[derive(Clone, Copy, PartialEq)]
pub enum Fault {
	/// It repeats the value that it had when this began.
	Frozen,
	/// It reports a multiple of what it knows.
	Times(u128, u128),
	/// It says a dollar is a dollar.
	Peg,
	/// It reports nothing.
	Silent,
}

/// Who reports what.
pub struct Scenario {
	/// Its name in the table.
	pub name: &'static str,
	/// The number of operators who report at all.
	pub operators: u64,
	/// The number of those of them who are at fault; the first in each round.
	pub faulty: u64,
	/// Their fault.
	pub fault: Fault,
	/// From when on and until when.
	pub during: (u64, u64),
}

/// What stood on the chain when a round was over.
pub struct Sample {
	/// The time.
	pub at: u64,
	/// The recorded value then.
	pub recorded: u128,
	/// The least and the most that an honest operator reported in the round.
	pub honest_range: (u128, u128),
	/// The accepted value and the median from which it came; none before the first.
	pub accepted: Option<(u128, u128)>,
	/// Whether it may be used.
	pub usable: bool,
}

/// What a scenario came to.
pub struct Outcome {
	/// The end of each round.
	pub samples: Vec<Sample>,
	/// From one round to the next, in seconds.
	interval: u64,
}

/// Each operator reports at a minute of its own.
const APART: u64 = MINUTE;

pub fn run(series: &Series, scenario: &Scenario) -> Outcome {
	let mut samples = Vec::new();
	let mut frozen = [None; OPERATORS.len()];
	ExtBuilder::default().build_and_execute(|| {
		let mut median = None;
		for round in (series.from..series.until).step_by(series.interval as usize) {
			System::reset_events();
			Heard::set(vec![]);
			let mut honest_range = (u128::MAX, 0);
			for (index, operator) in
				OPERATORS.into_iter().enumerate().take(scenario.operators as usize)
			{
				let time = round + index as u64 * APART;
				next_block_at(time);
				let known = series.at(time);
				let faulty = (index as u64) < scenario.faulty
					&& (scenario.during.0..scenario.during.1).contains(&time);
				let said = match scenario.fault {
					_ if !faulty => known,
					Fault::Frozen => *frozen[index].get_or_insert(known),
					Fault::Times(times, of) => known * times / of,
					Fault::Peg => WAD,
					Fault::Silent => continue,
				};
				if !faulty {
					honest_range = (honest_range.0.min(known), honest_range.1.max(known));
				}
				feed(operator, series.key, said);
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

fn next_block_at(time: u64) {
	System::set_block_number(System::block_number() + 1);
	Timestamp::set_timestamp(time * 1_000);
}

/// The median of the last acceptance of the round.
fn last_median() -> Option<u128> {
	System::events().into_iter().rev().find_map(|record| match record.event {
		RuntimeEvent::Appraisal(Event::PriceAccepted { median, .. }) => Some(median),
		_ => None,
	})
}

/// How far a value is off, in hundredths of a per cent, rounded away from nothing.
fn off(value: u128, recorded: u128) -> i64 {
	let distance = i64::try_from((value.abs_diff(recorded) * 10_000).div_ceil(recorded)).unwrap();
	if value < recorded {
		-distance
	} else {
		distance
	}
}

/// Hundredths, as a number.
fn hundredths(value: i64) -> String {
	let sign = if value < 0 { "-" } else { "" };
	format!("{sign}{}.{:02}", value.abs() / 100, value.abs() % 100)
}

impl Outcome {
	/// The columns of the table.
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
		// The first of the worst.
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

	/// The recorded values.
	pub fn recorded_line(&self) -> Vec<(u64, Option<u128>)> {
		self.samples.iter().map(|sample| (sample.at, Some(sample.recorded))).collect()
	}

	/// The accepted values, where they may be used.
	pub fn accepted_line(&self) -> Vec<(u64, Option<u128>)> {
		let usable = |sample: &Sample| sample.accepted.filter(|_| sample.usable);
		self.samples
			.iter()
			.map(|sample| (sample.at, usable(sample).map(|(accepted, _)| accepted)))
			.collect()
	}

	/// The medians from which the accepted values came.
	pub fn median_line(&self) -> Vec<(u64, Option<u128>)> {
		self.samples
			.iter()
			.map(|sample| (sample.at, sample.accepted.map(|(_, median)| median)))
			.collect()
	}
}
