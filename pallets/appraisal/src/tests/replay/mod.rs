// SPDX-License-Identifier: Apache-2.0

//! Recorded prices through the real combiner, with honest and with lying operators.
//!
//! What comes out is committed as `docs/appraisal/replay.csv` and two figures beside it; the tests fail
//! when it comes out otherwise. With `CALIBER_WRITE_DOCS=1` they write the files instead.

mod chart;
mod run;
mod series;

use chart::{Chart, Line};
use run::{Fault, Outcome, Scenario};
use series::{Series, DAY, HOUR, MINUTE};
use std::{fs, path::PathBuf, sync::LazyLock};

/// From when on and until when rental liars lie: a week, after the first one of the record.
const RENTAL_FAULT: (u64, u64) = (1_761_436_800, 1_761_436_800 + 7 * DAY);
/// Ten in the evening of 10 March 2023, two hours before the dollar coin began to fall.
const USDC_FAULT_FROM: u64 = 1_678_485_600;
/// Six in the morning of 11 March 2023, when the fall was steepest.
const USDC_OUTAGE: (u64, u64) = (1_678_514_400, 1_678_514_400 + 3 * HOUR);

/// Which operators are there and what is wrong with some of them.
fn scenario(
	name: &'static str,
	operators: u64,
	faulty: u64,
	fault: Fault,
	during: (u64, u64),
) -> Scenario {
	Scenario { name, operators, faulty, fault, during }
}

fn honest() -> Scenario {
	scenario("five honest", 5, 0, Fault::Silent, (0, 0))
}

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

fn usdc_scenarios() -> Vec<Scenario> {
	let lie = (USDC_FAULT_FROM, u64::MAX);
	vec![
		honest(),
		scenario("one of five frozen", 5, 1, Fault::Frozen, lie),
		scenario("one of three says 1.00", 3, 1, Fault::Peg, lie),
		scenario("two of five say 1.00", 5, 2, Fault::Peg, lie),
		scenario("three of five say 1.00", 5, 3, Fault::Peg, lie),
		scenario("three of five halve", 5, 3, Fault::Times(1, 2), lie),
		scenario("three of five silent", 5, 3, Fault::Silent, USDC_OUTAGE),
	]
}

/// One scenario of one series, played.
struct Played {
	series: &'static str,
	scenario: &'static str,
	outcome: Outcome,
}

/// All scenarios of the series in the figures, and the honest one of all others.
static PLAYED: LazyLock<Vec<Played>> = LazyLock::new(|| {
	let mut all = Vec::new();
	for series in series::rentals() {
		let scenarios =
			if series.name == series::FIGURE_RENTAL { rental_scenarios() } else { vec![honest()] };
		all.extend(play(&series, scenarios));
	}
	all.extend(play(&series::usdc(), usdc_scenarios()));
	all
});

fn play(series: &Series, scenarios: Vec<Scenario>) -> Vec<Played> {
	scenarios
		.into_iter()
		.map(|scenario| Played {
			series: series.name,
			scenario: scenario.name,
			outcome: run::run(series, &scenario),
		})
		.collect()
}

fn outcome(series: &str, scenario: &str) -> &'static Outcome {
	let played = PLAYED.iter().find(|it| it.series == series && it.scenario == scenario);
	&played.unwrap().outcome
}

/// The file that is committed must be what came out; or becomes it.
fn agrees(file: &str, content: &str) {
	let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/appraisal").join(file);
	if std::env::var_os("CALIBER_WRITE_DOCS").is_some() {
		fs::create_dir_all(path.parent().unwrap()).unwrap();
		fs::write(&path, content).unwrap();
		return;
	}
	let committed = fs::read_to_string(&path).unwrap_or_default();
	assert!(
		committed == content,
		"docs/appraisal/{file} is not what the replay gives: run it with CALIBER_WRITE_DOCS=1, look at \
		 what has changed, and commit it if it is meant",
	);
}

#[test]
fn table_should_be_the_committed_one_when_the_record_is_replayed() {
	let mut table = String::from(
		"series,scenario,rounds,worst_accepted_pct,worst_at_utc,hours_off_1pct,hours_off_10pct,\
		 worst_median_pct,hours_median_off_1pct,hours_limited,hours_unusable\n",
	);
	for Played { series, scenario, outcome } in PLAYED.iter() {
		table += &format!("{series},{scenario},{}\n", outcome.row());
	}
	agrees("replay.csv", &table);
}

#[test]
fn rental_figure_should_be_the_committed_one_when_the_record_is_replayed() {
	let line = |label, scenario, style| Line {
		label,
		style,
		points: outcome(series::FIGURE_RENTAL, scenario).accepted_line(),
	};
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
		lines: vec![
			Line {
				label: "recorded, daily median",
				style: chart::RECORDED,
				points: outcome(series::FIGURE_RENTAL, "five honest").recorded_line(),
			},
			line("accepted: five honest", "five honest", chart::HONEST),
			line("accepted: two of five double", "two of five double", chart::MINORITY),
			line("accepted: three of five double", "three of five double", chart::MAJORITY),
			Line {
				label: "median: three of five double",
				style: chart::MEDIAN,
				points: outcome(series::FIGURE_RENTAL, "three of five double").median_line(),
			},
			line("accepted: three of five halve", "three of five halve", chart::OTHER),
		],
	};
	agrees("rental.svg", &chart.svg());
}

#[test]
fn usdc_figure_should_be_the_committed_one_when_the_record_is_replayed() {
	let line = |label, scenario, style| Line {
		label,
		style,
		points: outcome(series::USDC, scenario).accepted_line(),
	};
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
		lines: vec![
			Line {
				label: "recorded, Chainlink",
				style: chart::RECORDED,
				points: outcome(series::USDC, "five honest").recorded_line(),
			},
			line("accepted: five honest", "five honest", chart::HONEST),
			line("accepted: two of five say 1.00", "two of five say 1.00", chart::MINORITY),
			line("accepted: three of five say 1.00", "three of five say 1.00", chart::MAJORITY),
			line("usable: three of five silent", "three of five silent", chart::MEDIAN),
			line("accepted: three of five halve", "three of five halve", chart::OTHER),
		],
	};
	agrees("usdc.svg", &chart.svg());
}

#[test]
fn honest_majority_should_keep_the_value_whatever_the_others_say() {
	// The same value to the unit: whoever lies, the middle is an honest report.
	for liars in ["one of five frozen", "one of three doubles", "two of five double"] {
		let honest = outcome(series::FIGURE_RENTAL, "five honest");
		let lied_to = outcome(series::FIGURE_RENTAL, liars);
		assert_eq!(honest.samples.len(), lied_to.samples.len());
		for (a, b) in honest.samples.iter().zip(&lied_to.samples) {
			// All who are honest report the same price of the day.
			assert_eq!(a.accepted, b.accepted, "{liars} at {}", a.at);
		}
	}
	for liars in ["one of five frozen", "one of three says 1.00", "two of five say 1.00"] {
		for sample in &outcome(series::USDC, liars).samples {
			let (accepted, _) = sample.accepted.unwrap();
			let (low, high) = sample.honest_range;
			assert!((low..=high).contains(&accepted), "{liars} at {}", sample.at);
		}
	}
}

#[test]
fn dishonest_majority_should_be_slowed_to_a_quarter_a_day() {
	let lied_to = &outcome(series::FIGURE_RENTAL, "three of five double").samples;
	for (index, sample) in lied_to.iter().enumerate() {
		let Some((value, _)) = sample.accepted else { continue };
		for earlier in lied_to[..index].iter().rev() {
			if sample.at - earlier.at > DAY {
				break;
			}
			let Some((before, _)) = earlier.accepted else { continue };
			assert!(value.abs_diff(before) * 4 <= before, "a day up to {}", sample.at);
		}
	}
	// Within the first ten minutes of the lie it is a tenth, after a day a quarter.
	let at = |secs: u64| {
		let sample = lied_to.iter().rfind(|sample| sample.at <= RENTAL_FAULT.0 + secs).unwrap();
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
			// A value is good for an hour from when three supported it; their next comes within another.
			let surely_dark = sample.at >= outage.0 + HOUR && sample.at < outage.1;
			let surely_lit = sample.at < outage.0 || sample.at >= outage.1 + HOUR;
			if surely_dark {
				assert!(!sample.usable, "{series} at {}", sample.at);
			}
			if surely_lit {
				assert!(sample.usable, "{series} at {}", sample.at);
			}
		}
	}
}
