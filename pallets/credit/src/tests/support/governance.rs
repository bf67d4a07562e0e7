// SPDX-License-Identifier: Apache-2.0

//! Decisions of governance: values, rules, brakes.

use crate::tests::mock::*;
use caliber_primitives::{
	governance::{
		values::{CreditValues, RuleValues},
		BrakeTerms,
	},
	USD,
};
use polkadot_sdk::{
	frame_support::{parameter_types, traits::Get},
	sp_runtime::{FixedU128, Perbill},
};
use std::cell::Cell;

/// A brake lasts for 14 days, and does not return for 30 more.
pub const BRAKES: BrakeTerms = BrakeTerms { duration: 14 * DAY, rest: 30 * DAY };

parameter_types! {
	pub static Values: CreditValues = usual_values();
}

std::thread_local! {
	/// Number of times that the values were read.
	static READS: Cell<u32> = const { Cell::new(0) };
}

/// Values of credit as the pallet reads them; each time is counted.
pub struct ValuesRead;

impl Get<CreditValues> for ValuesRead {
	fn get() -> CreditValues {
		READS.set(READS.get() + 1);
		Values::get()
	}
}

/// Returns the number of times that a step, which succeeds, reads the values.
pub fn reads_of<R, E: core::fmt::Debug>(step: impl FnOnce() -> Result<R, E>) -> u32 {
	READS.set(0);
	step().map(|_| ()).expect("the step succeeds");
	READS.get()
}

/// Values of credit with which a test begins.
fn usual_values() -> CreditValues {
	CreditValues {
		global_ceiling: 5_000_000 * USD,
		borrower_ceiling: 2_000_000 * USD,
		min_draw: 1_000 * USD,
		max_advance_rate: Perbill::from_percent(80),
		min_first_loss: Perbill::from_percent(5),
		max_apr: FixedU128::from_u32(1),
		min_senior_apr: FixedU128::from_rational(1, 100),
		max_fee: Perbill::from_percent(10),
		max_servicing_fee: Perbill::from_percent(12),
		max_grace_period: 30 * DAY,
		max_cure_period: 60 * DAY,
		liquidation_cost: Perbill::from_percent(5),
		stale_value_haircut: Perbill::from_percent(20),
		sweep_interval: 3_600,
		max_sweep_steps: 4,
		lapse_weight: Perbill::from_percent(5),
		coverage_weight: Perbill::from_percent(25),
		low_coverage_weight: Perbill::from_percent(10),
		draw_cushion: FixedU128::from_rational(115, 100),
		min_loan_term: 12,
		offer_validity: 30 * DAY,
		max_availability: 730 * DAY,
	}
}

/// Rules of lines with which a test begins.
fn usual_rules() -> RuleValues {
	RuleValues {
		premium_grace: 10 * DAY,
		custody_validity: 7 * DAY,
		auction_reserve: Perbill::from_percent(80),
		min_increment: Perbill::from_percent(2),
		auction_duration: 3 * DAY,
		bid_extension: 600,
		relist_discount: Perbill::from_percent(20),
		max_relistings: 2,
		curator_option_period: 7 * DAY,
		offer_binding: 40 * DAY,
		// Where neither is what a test is about, a line may be sold at once, and by units.
		auction_delay: 0,
		min_increment_amount: 0,
		// The stand-in for titles has no papers.
		..RuleValues::default()
	}
}

/// Sets what governance has decided to what a test begins with.
pub fn begin_anew() {
	Values::set(usual_values());
	Rules::set(usual_rules());
	Outages::forget();
}

/// Returns the origin of a referendum.
pub fn referendum() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// Returns the origin of the technical committee.
pub fn committee() -> RuntimeOrigin {
	RuntimeOrigin::signed(COMMITTEE)
}

/// Lets so much time pass in which the chain makes no blocks.
pub fn stand_still(seconds: u64) {
	Outages::note(now(), now() + seconds);
	set_time(now() + seconds);
}
