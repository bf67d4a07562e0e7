//! Properties of the arithmetic, against a reference of its own.
//!
//! The reference (`reference/`) shares no code with the crate: it walks the calendar day by day and
//! counts in integers and fractions of any size, straight from the text of the specification.

mod appraisal;
mod arithmetic;
mod auction;
mod calendar;
mod generate;
mod reference;
mod schedule;
mod settlement;
mod tranche;
mod waterfall;

use proptest::test_runner::{Config, FileFailurePersistence};

/// `cases` random cases, preceded by the failures that `seeds` remembers.
fn config(cases: u32, seeds: &'static str) -> Config {
	Config {
		cases,
		failure_persistence: Some(Box::new(FileFailurePersistence::Direct(seeds))),
		..Config::default()
	}
}
