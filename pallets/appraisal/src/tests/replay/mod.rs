// SPDX-License-Identifier: Apache-2.0

//! Recorded prices through the real combiner, with honest and with dishonest operators.
//!
//! The results are committed as `docs/appraisal/replay.csv` and two figures beside it; the tests
//! fail if they differ. With `CALIBER_WRITE_DOCS=1` the tests write the files instead.

mod chart;
mod run;
mod series;

use chart::{Chart, Line, Style};
use run::{Fault, Outcome, Scenario};
use series::{Series, DAY, HOUR, MINUTE};
use std::{fs, path::PathBuf, sync::LazyLock};

/// Time of the dishonest reports of rents: the second week of the record.
const RENTAL_FAULT: (u64, u64) = (1_761_436_800, 1_761_436_800 + 7 * DAY);
/// Start of the dishonest reports of USDC: 22:00 of 10 March 2023, two hours before its price fell.
const USDC_FAULT_FROM: u64 = 1_678_485_600;
/// Time of the silent operators of USDC: from 06:00 of 11 March 2023, when the fall was steepest.
const USDC_OUTAGE: (u64, u64) = (1_678_514_400, 1_678_514_400 + 3 * HOUR);

/// Returns a scenario: the operators, the faulty ones of them, their fault and its time.
fn scenario(
	name: &'static str,
	operators: u64,
	faulty: u64,
	fault: Fault,
	during: (u64, u64),
) -> Scenario {
	Scenario { name, operators, faulty, fault, during }
}

/// Returns the scenario without a fault.
fn honest() -> Scenario {
	scenario("five honest", 5, 0, Fault::Silent, (0, 0))
}

/// Returns the scenarios of the rental figure.
fn rental_scenarios() -> Vec<Scenario> {
	let always = (0, u64::MAX);
	vec![
		honest(),
		scenario("one of five frozen", 5, 1, Fault::Frozen, always),
		scenario("one of three doubles", 3, 1, Fault::Times(2, 1), RENTAL_FAULT),
		scenario("two of five double", 5, 2, Fault::Times(2, 1), RENTAL_FAULT),
		scenario("three of five double", 5, 3, Fault::Times(2, 1), RENTAL_FAULT),
		scenario("three of five halve", 5, 3, Fault::Times(1, 2), RENTAL_FAULT),
		scenario("three of five silent", 5, 3, Fault::Silent, RENTAL_FAULT),
	]
}

/// Returns the scenarios of USDC.
fn usdc_scenarios() -> Vec<Scenario> {
	let fault = (USDC_FAULT_FROM, u64::MAX);
	vec![
		honest(),
		scenario("one of five frozen", 5, 1, Fault::Frozen, fault),
		scenario("one of three says 1.00", 3, 1, Fault::Peg, fault),
		scenario("two of five say 1.00", 5, 2, Fault::Peg, fault),
		scenario("three of five say 1.00", 5, 3, Fault::Peg, fault),
		scenario("three of five halve", 5, 3, Fault::Times(1, 2), fault),
		scenario("three of five silent", 5, 3, Fault::Silent, USDC_OUTAGE),
	]
}

/// Result of one scenario of one series.
struct Replay {
	series: &'static str,
	scenario: &'static str,
	outcome: Outcome,
}

/// Results of all scenarios of the series in the figures, and of the honest one of all others.
static REPLAYS: LazyLock<Vec<Replay>> = LazyLock::new(|| {
	let mut all = Vec::new();
	for series in series::rentals() {
		let scenarios =
			if series.name == series::FIGURE_RENTAL { rental_scenarios() } else { vec![honest()] };
		all.extend(replay(&series, scenarios));
	}
	all.extend(replay(&series::usdc(), usdc_scenarios()));
	all
});

/// Runs scenarios of a series.
fn replay(series: &Series, scenarios: Vec<Scenario>) -> Vec<Replay> {
	scenarios
		.into_iter()
		.map(|scenario| Replay {
			series: series.name,
			scenario: scenario.name,
			outcome: run::run(series, &scenario),
		})
		.collect()
}

/// Returns the outcome of a scenario of a series.
fn outcome(series: &str, scenario: &str) -> &'static Outcome {
	let replay = REPLAYS.iter().find(|it| it.series == series && it.scenario == scenario);
	&replay.unwrap().outcome
}

/// Asserts that a committed file has this content, or writes the file.
fn assert_committed(file: &str, content: &str) {
	let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/appraisal").join(file);
	if std::env::var_os("CALIBER_WRITE_DOCS").is_some() {
		fs::create_dir_all(path.parent().unwrap()).unwrap();
		fs::write(&path, content).unwrap();
		return;
	}
	let committed = fs::read_to_string(&path).unwrap_or_default();
	assert!(
		committed == content,
		"docs/appraisal/{file} differs from the replay: run the test with CALIBER_WRITE_DOCS=1, review \
		 the change, and commit the file if the change is intended",
	);
}

#[test]
fn table_should_be_as_committed_when_the_record_is_replayed() {
	let mut table = String::from(
		"series,scenario,rounds,worst_accepted_pct,worst_at_utc,hours_off_1pct,hours_off_10pct,\
		 worst_median_pct,hours_median_off_1pct,hours_limited,hours_unusable\n",
	);
	for Replay { series, scenario, outcome } in REPLAYS.iter() {
		table += &format!("{series},{scenario},{}\n", outcome.row());
	}
	assert_committed("replay.csv", &table);
}

/// Label, scenario, values and style of a line of a figure.
type LineOf = (&'static str, &'static str, Values, Style);
/// Values of an outcome that a line shows.
type Values = fn(&Outcome) -> Vec<(u64, Option<u128>)>;

/// Asserts that the figure of a series is as committed: `chart` with these lines.
fn assert_figure<const N: usize>(file: &str, series: &str, chart: Chart, lines: [LineOf; N]) {
	let lines = lines.into_iter().map(|(label, scenario, values, style)| Line {
		label,
		style,
		points: values(outcome(series, scenario)),
	});
	assert_committed(file, &Chart { lines: lines.collect(), ..chart }.svg());
}

#[test]
fn rental_figure_should_be_as_committed_when_the_record_is_replayed() {
	let chart = Chart {
		title: "Rent of an H100 SXM5 hour: recorded, and as the chain accepts it",
		unit: "USD per GPU-hour",
		from: 1_760_832_000,
		to: 1_763_337_600,
		tick: 2 * DAY,
		low: 0,
		high: 600,
		step: 100,
		shaded: Some((RENTAL_FAULT, "operators lie or are silent")),
		lines: vec![],
	};
	let (recorded, median): (Values, Values) = (Outcome::recorded_line, Outcome::median_line);
	let accepted: Values = Outcome::accepted_line;
	let (two, three) = ("two of five double", "three of five double");
	let lines = [
		("recorded, daily median", "five honest", recorded, chart::RECORDED),
		("accepted: five honest", "five honest", accepted, chart::HONEST),
		("accepted: two of five double", two, accepted, chart::MINORITY),
		("accepted: three of five double", three, accepted, chart::MAJORITY),
		("median: three of five double", three, median, chart::MEDIAN),
		("accepted: three of five halve", "three of five halve", accepted, chart::OTHER),
	];
	assert_figure("rental.svg", series::FIGURE_RENTAL, chart, lines);
}

#[test]
fn usdc_figure_should_be_as_committed_when_the_record_is_replayed() {
	let chart = Chart {
		title: "USDC in March 2023: Chainlink rounds, and as the chain accepts them",
		unit: "USD per USDC",
		from: 1_678_485_600,
		to: 1_678_611_600,
		tick: 6 * HOUR,
		low: 50,
		high: 105,
		step: 5,
		shaded: Some((USDC_OUTAGE, "three are silent")),
		lines: vec![],
	};
	let recorded: Values = Outcome::recorded_line;
	let accepted: Values = Outcome::accepted_line;
	let (two, three) = ("two of five say 1.00", "three of five say 1.00");
	let lines = [
		("recorded, Chainlink", "five honest", recorded, chart::RECORDED),
		("accepted: five honest", "five honest", accepted, chart::HONEST),
		("accepted: two of five say 1.00", two, accepted, chart::MINORITY),
		("accepted: three of five say 1.00", three, accepted, chart::MAJORITY),
		("usable: three of five silent", "three of five silent", accepted, chart::MEDIAN),
		("accepted: three of five halve", "three of five halve", accepted, chart::OTHER),
	];
	assert_figure("usdc.svg", series::USDC, chart, lines);
}

#[test]
fn value_should_stay_with_honest_reports_when_a_minority_is_dishonest() {
	// The same value to the unit: the median is an honest report in each scenario.
	for scenario in ["one of five frozen", "one of three doubles", "two of five double"] {
		let honest = outcome(series::FIGURE_RENTAL, "five honest");
		let faulty = outcome(series::FIGURE_RENTAL, scenario);
		assert_eq!(honest.samples.len(), faulty.samples.len());
		for (a, b) in honest.samples.iter().zip(&faulty.samples) {
			// All honest operators report the same price of the day.
			assert_eq!(a.accepted, b.accepted, "{scenario} at {}", a.at);
		}
	}
	for scenario in ["one of five frozen", "one of three says 1.00", "two of five say 1.00"] {
		for sample in &outcome(series::USDC, scenario).samples {
			let (accepted, _) = sample.accepted.unwrap();
			let (low, high) = sample.honest_range;
			assert!((low..=high).contains(&accepted), "{scenario} at {}", sample.at);
		}
	}
}

#[test]
fn value_should_move_by_a_quarter_a_day_when_a_majority_is_dishonest() {
	let samples = &outcome(series::FIGURE_RENTAL, "three of five double").samples;
	for (index, sample) in samples.iter().enumerate() {
		let Some((value, _)) = sample.accepted else { continue };
		for earlier in samples[..index].iter().rev() {
			if sample.at - earlier.at > DAY {
				break;
			}
			let Some((before, _)) = earlier.accepted else { continue };
			assert!(value.abs_diff(before) * 4 <= before, "a day up to {}", sample.at);
		}
	}
	// A tenth within the first ten minutes of the dishonest reports, a quarter after a day.
	let at = |secs: u64| {
		let sample = samples.iter().rfind(|sample| sample.at <= RENTAL_FAULT.0 + secs).unwrap();
		sample.accepted.unwrap().0
	};
	let honest = at(0);
	assert!(at(10 * MINUTE) <= honest / 10 * 11);
	assert!(at(DAY) <= honest / 4 * 5);
	assert!(at(6 * DAY) > honest / 10 * 19);
}

#[test]
fn feed_should_fail_closed_when_a_majority_is_silent() {
	for (series, outage) in [(series::FIGURE_RENTAL, RENTAL_FAULT), (series::USDC, USDC_OUTAGE)] {
		for sample in &outcome(series, "three of five silent").samples {
			// A value is fresh for an hour; the next report comes within another hour.
			let surely_withheld = sample.at >= outage.0 + HOUR && sample.at < outage.1;
			let surely_usable = sample.at < outage.0 || sample.at >= outage.1 + HOUR;
			if surely_withheld {
				assert!(!sample.usable, "{series} at {}", sample.at);
			}
			if surely_usable {
				assert!(sample.usable, "{series} at {}", sample.at);
			}
		}
	}
}
