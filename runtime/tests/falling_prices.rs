// SPDX-License-Identifier: Apache-2.0

//! What may be lent against while prices fall, and while they are young.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{credit::LineState, titles::Ineligibility, LineId, TitleId, USD};
use caliber_runtime::{Appraisal, Balance, Credit, Runtime, Titles};
use common::{lines::*, *};
use pallet_caliber_credit::{Call as CreditCall, Error as CreditError};
use pallet_caliber_titles::{Call as TitlesCall, Error as TitlesError};
use polkadot_sdk::{sp_core::H256, sp_io::hashing::blake2_256};

const TITLE: TitleId = 0;
/// Share of its hours for which a model is rented, in the usual reports.
const UTILISATION: Balance = 880_900_000_000_000_000;

fn draw(line: LineId, amount: Balance) -> CreditCall<Runtime> {
	CreditCall::draw { line, amount }
}

/// Reports the usual prices each ten minutes until `time`. The custodian renews custody then.
fn report_until(time: u64) {
	while now() < time {
		set_time(time.min(now() + 600));
		report_h100(23_500 * USD, 2 * USD, UTILISATION);
	}
	submit_ok(&custodian(), TitlesCall::heartbeat { titles: vec![TITLE].try_into().unwrap() });
}

/// The market falls by 60 %. The accepted price follows by 10 %, and by 25 % in a day: the borrower
/// draws its limit of 60 000 against machines that are worth 54 144.
#[test]
fn crash_should_not_be_borrowed_against_before_accepted_prices_follow() {
	run_live(|| {
		let line = open_funded_line(100_000);
		let value = || Appraisal::appraise(TITLE).unwrap();
		// 8 units at 72 % of 23 500.
		assert_eq!((value().value, value().for_new_debt), (135_360 * USD, 135_360 * USD));
		set_time(now() + 600);
		report_h100(9_400 * USD, 2 * USD, UTILISATION);
		// 8 units at 72 % of 21 150, and of 9 400.
		assert_eq!((value().value, value().for_new_debt), (121_824 * USD, 54_144 * USD));

		// 70 % of 54 144 is 37 900.8, of which a coverage of 110 % times 115 % leaves 29 961 and a part.
		// By the accepted price 60 000 would be covered.
		for amount in [60_000 * USD, 29_962 * USD] {
			submit_err(
				&borrower(),
				draw(line, amount),
				CreditError::<Runtime>::InsufficientCoverage,
			);
		}
		let available = Credit::line(line).unwrap().availability.unwrap();
		assert_eq!(available / USD, 29_961);
		submit_ok(&borrower(), draw(line, 29_961 * USD));

		// What is owed is covered by the accepted price, which no moment of the market sets.
		let report = Credit::line(line).unwrap();
		assert_eq!((report.state, report.breach_now), (LineState::Open, None));
		assert_eq!(report.base, Some(121_824 * USD * 7 / 10));
		let in_breach = CreditError::<Runtime>::NotInBreach;
		submit_err(&saver(), CreditCall::declare_breach { line }, in_breach);
	});
}

#[test]
fn title_should_not_be_pledged_before_its_prices_have_a_day_of_history() {
	run_live(|| {
		buy_usdai(&saver(), 500_000);
		buy_usdai(&curator(), 100_000);
		report_h100(23_500 * USD, 2 * USD, UTILISATION);
		let title = server(&borrower(), 1);
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::Unseasoned));
		let (line, expires_at) =
			(pallet_caliber_credit::NextLineId::<Runtime>::get(), now() + 2 * DAY);
		let terms = terms();
		let offer = CreditCall::offer_line { borrower: borrower(), terms, expires_at };
		submit_ok(&curator(), offer);
		let accept = || CreditCall::<Runtime>::accept_line {
			line,
			terms_hash: H256(blake2_256(&codec::Encode::encode(&terms))),
			titles: vec![title].try_into().unwrap(),
		};
		let young = TitlesError::<Runtime>::Ineligible(Ineligibility::Unseasoned);
		submit_err(&borrower(), accept(), young);
		report_until(START + DAY - 1);
		submit_err(
			&borrower(),
			accept(),
			TitlesError::<Runtime>::Ineligible(Ineligibility::Unseasoned),
		);
		set_time(START + DAY);
		submit_ok(&borrower(), accept());
	});
}

/// The operators are silent for days, and then report what they like.
#[test]
fn prices_after_a_long_silence_should_secure_what_is_owed_and_no_new_debt() {
	run_live(|| {
		let line = open_funded_line(100_000);
		submit_ok(&borrower(), draw(line, 10_000 * USD));
		// Usable for ten minutes on this chain, and unusable for a day and a second.
		set_time(START + 600 + DAY + 1);
		report_h100(23_500 * USD, 2 * USD, UTILISATION);
		submit_err(
			&borrower(),
			draw(line, 10_000 * USD),
			CreditError::<Runtime>::InsufficientCoverage,
		);
		let report = Credit::line(line).unwrap();
		assert_eq!((report.availability, report.breach_now), (Some(0), None));
		assert_eq!(report.base, Some(94_752 * USD));
		report_until(START + 600 + 2 * DAY + 1);
		submit_ok(&borrower(), draw(line, 10_000 * USD));
	});
}
