// SPDX-License-Identifier: Apache-2.0

//! What governance decides: values, rules, and times that brakes keep.

use crate::tests::mock::{Titles, *};
use caliber_primitives::{
	governance::{values::TitleValues, BrakeTerms},
	titles::Ineligibility,
	traits::{LineRules, TitleInspect},
	LineId, Seconds, TitleId,
};
use caliber_testkit::{Outages, Rules};
use polkadot_sdk::{frame_support::parameter_types, sp_runtime::Perbill};

pub const BRAKE: Seconds = 14 * DAY;
pub const REST: Seconds = 30 * DAY;

/// Values from genesis on.
const GOVERNED: TitleValues = TitleValues {
	min_custodian_bond: MIN_BOND,
	cancellation_notice: NOTICE,
	claims_tail: CLAIMS_TAIL,
	max_appraisal_validity: APPRAISAL_VALIDITY,
	redemption_period: REDEMPTION_PERIOD,
	loss_period: LOSS_PERIOD,
};

parameter_types! {
	pub const CommitteeAccount: AccountId = COMMITTEE;
	pub const Brakes: BrakeTerms = BrakeTerms { duration: BRAKE, rest: REST };
	pub static Values: TitleValues = GOVERNED;
}

/// Set values and rules as they are from genesis on, without outages.
pub fn govern() {
	Outages::forget();
	Values::set(GOVERNED);
	Rules::change(|rules| {
		rules.min_coverage = Perbill::from_percent(COVERAGE_PERCENT);
		rules.custody_validity = VALIDITY;
	});
}

pub fn referendum() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

pub fn committee() -> RuntimeOrigin {
	RuntimeOrigin::signed(COMMITTEE)
}

/// What keeps a title from securing a line that may hold it, under the present rules.
pub fn seen_by(title: TitleId, holder: LineId) -> Result<(), Ineligibility> {
	let rules = Rules::present();
	<Titles as TitleInspect<AccountId>>::eligibility(title, Some(holder), &rules)
}
