// SPDX-License-Identifier: Apache-2.0

//! Thefts by parties of titles, in what they do to lines and savers: one appraiser, one curator, one
//! insurer, a custodian that is silent or helps a buyer.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{
	credit::{LineState, LineTerms},
	titles::DocumentKind,
	LineId, TitleId, USD,
};
use caliber_runtime::{
	AccountId, Appraisal, Balance, Credit, Runtime, RuntimeCall, RuntimeOrigin, Vault,
};
use common::{lines::*, *};
use pallet_caliber_credit::{Call as CreditCall, Error as CreditError};
use pallet_caliber_titles::{
	Call as TitlesCall, Error as TitlesError, NextTitleId, PartyInfo, ServiceProviderInfo,
	TitleSpec,
};
use polkadot_sdk::{
	frame_support::assert_ok, sp_core::H256, sp_keyring::Sr25519Keyring as Keyring,
	sp_runtime::traits::Dispatchable,
};

const TITLE: TitleId = 0;
/// Eight units at 23 500 dollars, of which a used one keeps 72 %.
const VALUE: Balance = 135_360 * USD;
/// 65 % of it.
const FORCED_SALE: Balance = 87_984 * USD;
/// Four of the eight units.
const HALF: Balance = 67_680 * USD;

/// Opens a revolving line of 100 000 dollars at 70 % and a coverage of 1.1 on a server that is insured
/// for `limit`.
fn opened(limit: Balance) -> LineId {
	fund(10_000);
	buy_usdai(&insurer(), 200_000);
	let title = insured_server(&borrower(), 1, limit);
	open_line_on(LineTerms { limit: 100_000 * USD, revolving: true, ..terms() }, title)
}

/// Opens such a line, and draws 80 000 dollars.
fn drawn() -> LineId {
	let line = opened(1_000_000 * USD);
	submit_ok(&borrower(), draw(line, 80_000));
	line
}

fn draw(line: LineId, dollars: Balance) -> CreditCall<Runtime> {
	CreditCall::draw { line, amount: dollars * USD }
}

fn pay(title: TitleId, amount: Balance, loss: Option<u32>) -> TitlesCall<Runtime> {
	TitlesCall::pay_claim { title, policy: title, amount, loss }
}

fn appraise(value: Balance) -> TitlesCall<Runtime> {
	TitlesCall::file_appraisal {
		title: TITLE,
		value,
		document: H256::zero(),
		valid_until: now() + 60 * DAY,
	}
}

/// Sets the clock. The custodian renews custody and the operators report the usual prices.
fn pass_to(time: u64) {
	set_time(time);
	submit_ok(&custodian(), TitlesCall::heartbeat { titles: vec![TITLE].try_into().unwrap() });
	feed_usual_prices();
}

/// Returns what a saver gets for a million shares.
fn price() -> Balance {
	Vault::preview_redeem(1_000_000 * USD).unwrap()
}

/// Has a referendum enacted.
fn referendum_decides(call: TitlesCall<Runtime>) {
	assert_ok!(RuntimeCall::from(call).dispatch(RuntimeOrigin::root()));
}

/// Ensures that nobody can break the line.
#[track_caller]
fn assert_whole(line: LineId) {
	let declare = CreditCall::declare_breach { line };
	submit_err(&saver(), declare, CreditError::<Runtime>::NotInBreach);
}

/// A value of nothing lowers that of the title to a forced sale, which breaks the line; what a forced
/// sale brings stays, and so does the price of the savers.
#[test]
fn one_appraiser_should_not_take_the_factor_of_a_forced_sale_twice() {
	run_live(|| {
		let line = drawn();
		submit_ok(&appraiser(), appraise(1));
		pass_to(START + DAY);
		let valuation = Appraisal::appraise(TITLE).unwrap();
		assert_eq!((valuation.value, valuation.liquidation_value), (FORCED_SALE, FORCED_SALE));
		let before = price();
		submit_ok(&saver(), CreditCall::declare_breach { line });
		let report = Credit::line(line).unwrap();
		assert_eq!(report.state, LineState::Breached);
		// Nine tenths of 87 984 are 79 185.60, and the savers lent 72 000.
		assert_eq!(report.impairment, 0);
		assert_eq!(price(), before);
	});
}

/// Registers a second appraiser.
fn other_appraiser() -> AccountId {
	let who = account(Keyring::Alice);
	let name = b"Katla Valuers".to_vec().try_into().unwrap();
	let info = PartyInfo::Appraiser(ServiceProviderInfo { name, jurisdiction: *b"IS" });
	referendum_decides(TitlesCall::register_party { account: who.clone(), info });
	who
}

/// Attests, confirms and insures one unit of the borrower's.
fn single_unit() -> TitleId {
	let title = NextTitleId::<Runtime>::get();
	let devices = vec![H256::repeat_byte(200)].try_into().unwrap();
	let spec = TitleSpec { devices, ..server_spec(core::array::from_fn(|_| H256::zero())) };
	submit_ok(&custodian(), TitlesCall::attest { owner: borrower(), spec });
	confirm(title);
	insure(title, 20_000 * USD, now() + 365 * DAY);
	title
}

/// Two appraisers file a value of nothing, which counts in a day. The borrower adds a unit to its line
/// in the same block, and the savers' price would fall at once.
#[test]
fn added_title_should_make_no_provision_of_what_does_not_count_yet() {
	run_live(|| {
		let line = drawn();
		let unit = single_unit();
		let second = other_appraiser();
		// The custodian is late by a second.
		set_time(START + 7 * DAY + 1);
		feed_usual_prices();
		submit_ok(&saver(), CreditCall::declare_breach { line });
		let titles = vec![TITLE, unit].try_into().unwrap();
		submit_ok(&custodian(), TitlesCall::heartbeat { titles });
		submit_ok(&saver(), CreditCall::reassess { line });
		let report = Credit::line(line).unwrap();
		assert_eq!((report.state, report.impairment), (LineState::Breached, 0));
		let before = price();

		submit_ok(&appraiser(), appraise(1));
		submit_ok(&second, appraise(1));
		let titles = vec![unit].try_into().unwrap();
		submit_ok(&borrower(), CreditCall::add_titles { line, titles });
		assert_eq!(Credit::line(line).unwrap().impairment, 0);
		assert_eq!(price(), before);
	});
}

/// A filing that lapses in a second takes the place of one that is good for five years, and nobody but
/// the curator could file another.
#[test]
fn curator_should_not_break_a_line_by_a_paper() {
	run_live(|| {
		let line = drawn();
		let file = |kind, lapses| TitlesCall::file_document {
			title: TITLE,
			kind,
			hash: H256::zero(),
			dated: now(),
			lapses: Some(lapses),
		};
		for kind in [DocumentKind::LienFiling, DocumentKind::WarehouseReceipt] {
			let refused = TitlesError::<Runtime>::LapseTooSoon;
			submit_err(&curator(), file(kind, now() + 1), refused);
		}
		set_time(START + 1);
		assert_whole(line);
	});
}

/// Four units burn, the insurer pays the line, and the custodian is silent.
#[test]
fn claim_should_not_be_drawn_again_while_the_custodian_is_silent() {
	run_live(|| {
		let line = drawn();
		submit_ok(&insurer(), pay(TITLE, HALF, None));
		submit_ok(&saver(), CreditCall::apply_insurance_proceeds { loan: LOAN });
		// 80 000 - 67 680, and the interest to the first due date that comes first: 10.5 % of 80 000
		// for 14 days of 365, 322.19 dollars.
		assert_eq!(Credit::line(line).unwrap().outstanding / USD, 12_642);
		assert_eq!(Appraisal::appraise(TITLE).unwrap().value, VALUE);
		assert_whole(line);
		// 70 % of 67 680 carry 43 069.09 dollars at a coverage of 1.1, and 12 642.19 are owed.
		for dollars in [73_000, 30_427] {
			submit_err(
				&borrower(),
				draw(line, dollars),
				CreditError::<Runtime>::InsufficientCoverage,
			);
		}
		submit_ok(&borrower(), draw(line, 30_426));
	});
}

/// The insurer pays all of its limit, and would end the cover of the title in the next second.
#[test]
fn insurer_should_not_break_a_line_after_a_paid_claim() {
	run_live(|| {
		let line = opened(50_000 * USD);
		let second = server(&borrower(), 100);
		let titles = vec![second].try_into().unwrap();
		submit_ok(&borrower(), CreditCall::add_titles { line, titles });
		acknowledge(line);
		submit_ok(&borrower(), draw(line, 90_000));
		submit_ok(&insurer(), pay(TITLE, 50_000 * USD, None));
		let terms = policy_terms(1, now() + 1);
		let renew = TitlesCall::renew_policy { title: TITLE, policy: 0, terms };
		submit_err(&insurer(), renew, TitlesError::<Runtime>::RenewalReducesCover);
		set_time(START + 2);
		assert_whole(line);
	});
}

/// Seven of eight units are lost and the line fails. The buyer of the lot has a friend in the
/// custodian, which reports the last unit lost before the insurer pays.
#[test]
fn second_loss_should_take_nothing_from_the_savers() {
	run_live(|| {
		shorten_rounds();
		let friend = off_taker();
		let line = opened(VALUE);
		submit_ok(&borrower(), draw(line, 60_000));
		let lose = |count: usize| {
			let devices = machines_of(TITLE)[..count].to_vec().try_into().unwrap();
			submit_ok(&custodian(), TitlesCall::report_loss { title: TITLE, devices });
		};
		lose(7);
		submit_ok(&saver(), CreditCall::declare_breach { line });
		set_time(START + 7 * DAY + 1);
		submit_ok(&saver(), CreditCall::declare_uncured { line });
		set_time(START + 8 * DAY + 1);
		submit_ok(&saver(), CreditCall::start_auction { line });
		buy_usdai(&friend, 20_000);
		// The unit that is left is worth 16 920.
		submit_ok(&friend, CreditCall::bid { line, amount: 16_000 * USD });
		set_time(START + 11 * DAY + 1);
		submit_ok(&saver(), CreditCall::settle_auction { line });
		let (bad_debt, held) = (Credit::book().bad_debt, usdai_of(&friend));
		assert!(bad_debt > 0 && bad_debt < HALF);

		lose(1);
		let savings = Vault::nav().idle;
		submit_ok(&insurer(), pay(TITLE, HALF, Some(0)));
		assert_eq!(Credit::book().bad_debt, 0);
		assert_eq!(Vault::nav().idle, savings + bad_debt);
		assert_eq!(usdai_of(&friend), held);
	});
}
