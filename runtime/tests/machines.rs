// SPDX-License-Identifier: Apache-2.0

//! Machines behind a line: lost in part, moved to another custodian.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{credit::LineState, USD};
use caliber_runtime::{Appraisal, Credit, Runtime};
use common::{lines::LOAN, server::*, *};
use pallet_caliber_credit::{Call as CreditCall, Error as CreditError};
use pallet_caliber_titles::{Call as TitlesCall, Error as TitlesError, Titles};

/// Half of the server burns, the insurer pays the line, and the borrower would draw the claim again.
#[test]
fn claim_should_not_be_drawn_again() {
	run_live(|| {
		let line = drawn();
		lose(4);
		let loss = Some(0);
		let claim = TitlesCall::pay_claim { title: TITLE, policy: 0, amount: HALF, loss };
		submit_ok(&insurer(), claim);
		submit_ok(&saver(), CreditCall::apply_insurance_proceeds { loan: LOAN });
		// 74 000 - 67 680, and the interest to the first due date that comes first: 10.5 % of 74 000
		// for 14 days of 365, 298.03 dollars.
		assert_eq!(Credit::line(line).unwrap().outstanding / USD, 6_618);
		assert_eq!(Appraisal::appraise(TITLE).unwrap().value, VALUE - HALF);

		// 70 % of 67 680 carry 37 451.38 dollars at a coverage of 1.1 times 1.15, and 6 618.03 are owed.
		for dollars in [68_000, 30_834] {
			submit_err(
				&borrower(),
				draw(line, dollars),
				CreditError::<Runtime>::InsufficientCoverage,
			);
		}
		submit_ok(&borrower(), draw(line, 30_833));
	});
}

/// The machines that are left do not carry the debt, whoever notices first.
#[test]
fn line_should_be_judged_by_the_machines_that_are_left() {
	run_live(|| {
		let line = drawn();
		let declare = || CreditCall::declare_breach { line };
		assert!(submit(&saver(), declare()).is_err());
		lose(4);
		submit_err(&borrower(), draw(line, 1_000), CreditError::<Runtime>::InsufficientCoverage);
		submit_ok(&saver(), declare());
		assert_eq!(Credit::line(line).unwrap().state, LineState::Breached);
		// They are found.
		referendum_decides(TitlesCall::recover_title { title: TITLE });
		submit_ok(&saver(), CreditCall::cure { line });
		// 70 % of 135 360 carry 74 902.77 dollars at a coverage of 1.1 times 1.15.
		assert_eq!(Credit::line(line).unwrap().availability.unwrap() / USD, 902);
	});
}

/// Custodian and accomplice agree, and the borrower is one of them; the lenders are asked.
#[test]
fn custody_of_a_pledged_title_should_move_with_the_curators_call() {
	run_live(|| {
		let line = drawn();
		let to = other_custodian();
		let title = TITLE;
		submit_ok(&custodian(), TitlesCall::transfer_custody { title, to: to.clone() });
		let consent = || TitlesCall::consent_custody { title, to: to.clone() };
		submit_err(&borrower(), consent(), TitlesError::<Runtime>::ConsentNotYours);
		let accept = || TitlesCall::accept_custody { title };
		submit_err(&to, accept(), TitlesError::<Runtime>::ConsentMissing);
		submit_ok(&curator(), consent());
		submit_ok(&to, accept());
		let record = Titles::<Runtime>::get(title).unwrap();
		assert_eq!((record.custodian, record.line), (to.clone(), Some(line)));
		assert_eq!(caliber_runtime::Titles::title(title).unwrap().facility, b"Boden 4".to_vec());
		assert_eq!(Credit::line(line).unwrap().breach_now, None);
	});
}
