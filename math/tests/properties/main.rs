// SPDX-License-Identifier: Apache-2.0

//! Properties of the arithmetic, compared with a reference.
//!
//! The reference (`reference/`) shares no code with the crate: it walks the calendar day by day and
//! counts in integers and fractions of any size, straight from the text of the specification
//! (`docs/specification/`).

mod allocation;
mod appraisal;
mod arithmetic;
mod calendar;
mod clearing;
mod generate;
mod reference;
mod schedule;
mod tranche;
mod waterfall;

use proptest::test_runner::{Config, FileFailurePersistence};

/// Returns the configuration of `cases` random cases, preceded by the failed ones of `seeds`.
fn config(cases: u32, seeds: &'static str) -> Config {
	Config {
		cases,
		failure_persistence: Some(Box::new(FileFailurePersistence::Direct(seeds))),
		..Config::default()
	}
}
