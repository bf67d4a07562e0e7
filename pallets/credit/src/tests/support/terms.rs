// SPDX-License-Identifier: Apache-2.0

//! Terms of lines.

use crate::tests::mock::*;
use caliber_math::{
	calendar::Calendar,
	schedule::{Amortization, Fee},
};
use caliber_primitives::{
	credit::{FeeRecipient, FeeTerm, LineTerms, LoanFees, LoanTerms},
	USD,
};
use polkadot_sdk::sp_runtime::{FixedU128, Perbill};

/// No fee.
pub fn free() -> FeeTerm {
	FeeTerm { fee: Fee::None, recipient: FeeRecipient::Treasury }
}

/// A fee of so many percent.
pub fn percent(share: u32, recipient: FeeRecipient) -> FeeTerm {
	FeeTerm { fee: Fee::Share(Perbill::from_percent(share).deconstruct()), recipient }
}

pub fn apr(percent: u32) -> FixedU128 {
	FixedU128::from_rational(percent.into(), 100)
}

/// A million over twelve payment periods of 30 days, 12 % senior and 20 % junior, a tenth of it
/// junior.
pub fn terms() -> LineTerms {
	LineTerms {
		limit: 1_000_000 * USD,
		revolving: false,
		availability_end: START + 180 * DAY,
		advance_rate: Perbill::from_percent(70),
		maintenance_coverage: FixedU128::from_rational(11, 10),
		cure_period: 14 * DAY,
		reserve_installments: 3,
		loan: LoanTerms {
			calendar: Calendar::Every { seconds: PERIOD, periods: 12 },
			amortization: Amortization::Linear,
			stub_amortizes: false,
			senior_apr: apr(12),
			junior_apr: apr(20),
			first_loss: Perbill::from_percent(10),
			grace_apr: apr(5),
			grace_period: 10 * DAY,
			fees: LoanFees {
				origination: percent(1, FeeRecipient::Treasury),
				servicing: free(),
				exit: free(),
				liquidation: free(),
			},
		},
	}
}

/// Terms that cost nothing but interest and keep nothing back.
pub fn bare_terms() -> LineTerms {
	let mut terms = terms();
	terms.reserve_installments = 0;
	terms.loan.fees.origination = free();
	terms
}
