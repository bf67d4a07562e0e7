// SPDX-License-Identifier: Apache-2.0

//! Machines behind a line: lost in part, moved to another custodian.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{
	credit::{LineState, LineTerms},
	titles::Surety,
	LineId, TitleId, USD,
};
use caliber_runtime::{AccountId, Appraisal, Balance, Credit, Runtime};
use common::{lines::*, *};
use pallet_caliber_credit::{Call as CreditCall, Error as CreditError};
use pallet_caliber_titles::{
	Call as TitlesCall, CustodianInfo, Error as TitlesError, PartyInfo, Titles,
};
use polkadot_sdk::{
	frame_support::assert_ok, sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::traits::Dispatchable,
};

/// The server's title: eight units of 16 920 dollars.
const TITLE: TitleId = 0;
/// Four of them: 23 500 dollars each, of which a used one is worth 72 %.
const LOST: Balance = 67_680 * USD;

/// Opens a revolving line of 100 000 dollars at 70 % and a coverage of 1.1 on the server, which is
/// insured for twice its value, and draws 74 000.
fn drawn() -> LineId {
	fund(10_000);
	buy_usdai(&insurer(), 70_000);
	let title = server(&borrower(), 1);
	let terms = LineTerms { limit: 100_000 * USD, revolving: true, ..terms() };
	let line = open_line_on(terms, title);
	assert_eq!(Appraisal::appraise(title).unwrap().value, 135_360 * USD);
	submit_ok(&borrower(), draw(line, 74_000));
	line
}

fn draw(line: LineId, dollars: Balance) -> CreditCall<Runtime> {
	CreditCall::draw { line, amount: dollars * USD }
}

/// Reports four of the eight units lost.
fn lose_half() {
	let devices = machines_of(TITLE)[..4].to_vec().try_into().unwrap();
	submit_ok(&custodian(), TitlesCall::report_loss { title: TITLE, devices });
}

/// Half of the server burns, the insurer pays the line, and the borrower would draw the claim again.
#[test]
fn claim_should_not_be_drawn_again() {
	run_live(|| {
		let line = drawn();
		lose_half();
		let loss = Some(0);
		let claim = TitlesCall::pay_claim { title: TITLE, policy: 0, amount: LOST, loss };
		submit_ok(&insurer(), claim);
		submit_ok(&saver(), CreditCall::apply_insurance_proceeds { loan: LOAN });
		// 74 000 - 67 680, and the interest to the first due date that comes first: 10.5 % of 74 000
		// for 14 days of 365, 298.03 dollars.
		assert_eq!(Credit::line(line).unwrap().outstanding / USD, 6_618);
		assert_eq!(Appraisal::appraise(TITLE).unwrap().value, 135_360 * USD - LOST);

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
		lose_half();
		submit_err(&borrower(), draw(line, 1_000), CreditError::<Runtime>::InsufficientCoverage);
		submit_ok(&saver(), declare());
		assert_eq!(Credit::line(line).unwrap().state, LineState::Breached);
		// They are found.
		let found = TitlesCall::<Runtime>::recover_title { title: TITLE };
		let found: caliber_runtime::RuntimeCall = found.into();
		assert_ok!(found.dispatch(caliber_runtime::RuntimeOrigin::root()));
		submit_ok(&saver(), CreditCall::cure { line });
		submit_ok(&borrower(), draw(line, 1_000));
	});
}

/// Registers a second custodian with the bond that it needs.
fn other_custodian() -> AccountId {
	let who = account(Keyring::Alice);
	let info = CustodianInfo {
		facility: b"Boden 4".to_vec().try_into().unwrap(),
		tier: 4,
		jurisdiction: *b"SE",
	};
	let info = PartyInfo::Custodian(info);
	let call = TitlesCall::<Runtime>::register_party { account: who.clone(), info };
	let call: caliber_runtime::RuntimeCall = call.into();
	assert_ok!(call.dispatch(caliber_runtime::RuntimeOrigin::root()));
	buy_usdai(&who, 30_000);
	let surety = Surety::CustodianBond;
	submit_ok(&who, TitlesCall::post_bond { surety, amount: 25_000 * USD });
	who
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
