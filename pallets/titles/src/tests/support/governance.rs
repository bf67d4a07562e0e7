// SPDX-License-Identifier: Apache-2.0

//! What governance decides: values, rules, and times that brakes keep.

use crate::tests::mock::{Titles, *};
use caliber_primitives::{
	governance::{values::TitleValues, BrakeTerms},
	titles::{DocumentKinds, Ineligibility},
	traits::{LineRules, TitleInspect},
	LineId, Seconds, TitleId,
};
use caliber_testkit::{Outages, Rules};
use polkadot_sdk::{frame_support::parameter_types, sp_runtime::Perbill};

pub const BRAKE: Seconds = 14 * DAY;
pub const REST: Seconds = 30 * DAY;

/// Values from genesis on.
const GOVERNED: TitleValues = TitleValues {
	min_bond: MIN_BOND,
	cancellation_notice: NOTICE,
	claims_tail: CLAIMS_TAIL,
	max_appraisal_validity: APPRAISAL_VALIDITY,
	redemption_period: REDEMPTION_PERIOD,
	loss_period: LOSS_PERIOD,
	attestation_period: ATTESTATION_PERIOD,
	bond_share: Perbill::from_percent(1),
	min_verifier_bond: MIN_VERIFIER_BOND,
	capital_share: Perbill::from_percent(10),
	release_period: RELEASE_PERIOD,
	claim_tail: CLAIM_TAIL,
	claim_deposit: Perbill::from_percent(1),
	min_claim_deposit: MIN_CLAIM_DEPOSIT,
	min_appraisal_validity: DAY,
	// Tests of the delay set one.
	appraisal_delay: 0,
	// Tests of what caps the income approach set more.
	min_revenue: Perbill::from_parts(0),
};

parameter_types! {
	pub const CommitteeAccount: AccountId = COMMITTEE;
	pub const TreasuryAccount: AccountId = TREASURY;
	pub const Brakes: BrakeTerms = BrakeTerms { duration: BRAKE, rest: REST };
	pub static Values: TitleValues = GOVERNED;
}

/// Set values and rules as they are from genesis on, without outages.
pub fn govern() {
	Outages::forget();
	Values::set(GOVERNED);
	Rules::change(|rules| {
		rules.premium_grace = GRACE;
		rules.custody_validity = VALIDITY;
		// Tests of papers ask for some.
		rules.require_papers(DocumentKinds::NONE);
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
