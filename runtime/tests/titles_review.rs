// SPDX-License-Identifier: Apache-2.0

//! Thefts by parties of titles, in what they do to lines and savers: one appraiser, one curator, one
//! insurer, a custodian that is silent or helps a buyer.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{
	credit::LineState,
	governance::values::{RuleValue, TitleValue},
	titles::{DocumentKind, DocumentKinds, Surety},
	LineId, TitleId, USD,
};
use caliber_runtime::{AccountId, Appraisal, Balance, Credit, Runtime, Vault};
use common::{lines::*, server::*, *};
use pallet_caliber_appraisal::ModelSpec;
use pallet_caliber_credit::{Call as CreditCall, Error as CreditError};
use pallet_caliber_governance::Change;
use pallet_caliber_titles::{
	Call as TitlesCall, Custodians, Error as TitlesError, NextTitleId, TitleSpec,
};
use polkadot_sdk::{sp_core::H256, sp_runtime::Perbill};

fn pay(title: TitleId, amount: Balance, loss: Option<u32>) -> TitlesCall<Runtime> {
	TitlesCall::pay_claim { title, policy: title, amount, loss }
}

/// Returns what a saver gets for a million shares.
fn price() -> Balance {
	Vault::preview_redeem(1_000_000 * USD).unwrap()
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
		// 74 000 - 67 680, and the interest to the first due date that comes first: 10.5 % of 74 000
		// for 14 days of 365, 298.03 dollars.
		assert_eq!(Credit::line(line).unwrap().outstanding / USD, 6_618);
		assert_eq!(Appraisal::appraise(TITLE).unwrap().value, VALUE);
		assert_whole(line);
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

/// Two appraisers say 60 000, and the borrower wins one of them over.
#[test]
fn one_of_two_appraisers_should_not_lift_what_both_support() {
	run_live(|| {
		let line = drawn();
		let second = other_appraiser();
		let low = 60_000 * USD;
		for who in [&appraiser(), &second] {
			submit_ok(who, appraise(low));
		}
		pass_to(START + DAY);
		assert_eq!(Appraisal::appraise(TITLE).unwrap().value, low);
		submit_ok(&saver(), CreditCall::declare_breach { line });
		let report = Credit::line(line).unwrap();
		// Nine tenths of what a forced sale brings of 60 000 are 35 100, the savers lent nine tenths of
		// 74 000, and a breach of coverage begins with a quarter of what the reserve does not cover.
		let lacking = 66_600 * USD - 35_100 * USD - report.reserve;
		assert_eq!((report.state, report.impairment), (LineState::Breached, lacking.div_ceil(4)));

		let supported = || TitlesError::<Runtime>::AppraisalSupported;
		let withdraw = TitlesCall::withdraw_appraisal { title: TITLE, appraisal: 1 };
		submit_err(&second, withdraw, supported());
		submit_err(&second, appraise(1_000_000 * USD), supported());
		for day in 2..4 {
			pass_to(START + day * DAY);
			assert_eq!(Appraisal::appraise(TITLE).unwrap().value, low);
			submit_err(&saver(), CreditCall::cure { line }, CreditError::<Runtime>::StillInBreach);
			// It only grows.
			assert!(Credit::line(line).unwrap().impairment >= report.impairment);
		}
		// Holders may think otherwise.
		referendum_decides(TitlesCall::strike_appraisal { title: TITLE, appraisal: 1 });
		assert_eq!(Appraisal::appraise(TITLE).unwrap().value, FORCED_SALE);
	});
}

/// The custodian loses half of the server, hands the rest on and would take its bond along.
#[test]
fn custodian_should_pay_for_what_it_lost_when_custody_has_moved() {
	run_live(|| {
		let line = drawn();
		let to = other_custodian();
		lose(4);
		hand_on(&to);
		let bond_of = |who: &AccountId| Custodians::<Runtime>::get(who).unwrap().bond;
		let (bond, other) = (bond_of(&custodian()), bond_of(&to));
		let least = 25_000 * USD;
		let surety = Surety::CustodianBond;
		let withdraw = |amount| TitlesCall::withdraw_bond { surety, amount };
		let refused = TitlesError::<Runtime>::BondRequired;
		submit_err(&custodian(), withdraw(bond - least + 1), refused);
		submit_ok(&custodian(), withdraw(bond - least));

		let held = usdai_of(&borrower());
		let slash = |loss| TitlesCall::slash_custodian { title: TITLE, amount: least, loss };
		referendum_decides(slash(Some(0)));
		assert_eq!((bond_of(&custodian()), bond_of(&to)), (0, other));
		// The line has it, not the borrower.
		assert_eq!(usdai_of(&borrower()), held);
		let before = Credit::line(line).unwrap().outstanding;
		submit_ok(&saver(), CreditCall::apply_insurance_proceeds { loan: LOAN });
		// 298.03 dollars of interest to the first due date come first: 10.5 % of 74 000 for 14 days.
		let paid = before - Credit::line(line).unwrap().outstanding;
		assert_eq!(paid / USD, 24_701);
	});
}

/// The insurer cancels, and the borrower draws all it can before the cover ends.
#[test]
fn cover_that_ends_soon_should_secure_no_draw() {
	run_live(|| {
		let line = opened(1_000_000 * USD);
		submit_ok(&borrower(), draw(line, 40_000));
		submit_ok(&insurer(), TitlesCall::cancel_policy { title: TITLE, policy: 0 });
		set_time(START + 1);
		let held = usdai_of(&borrower());
		let refused = CreditError::<Runtime>::InsufficientCoverage;
		submit_err(&borrower(), draw(line, 1_000), refused);
		assert_eq!(usdai_of(&borrower()), held);
		// What is owed is insured for the notice, and no covenant is broken meanwhile.
		assert_whole(line);
		assert_eq!(Credit::line(line).unwrap().base, Some(94_752 * USD));
		insure(TITLE, VALUE, now() + 30 * DAY);
		submit_ok(&borrower(), draw(line, 1_000));
	});
}

/// A registered off-taker pays a unit for one of two like servers, and waits for a quarter of a year.
#[test]
fn dust_of_an_off_taker_should_not_move_the_value_of_a_title() {
	run_live(|| {
		fund(10_000);
		let titles = [server(&borrower(), 1), server(&borrower(), 100)];
		buy_usdai(&off_taker(), 20_000);
		let pay = |title, amount| TitlesCall::pay_revenue { title, amount };
		submit_ok(&off_taker(), pay(titles[0], 1));
		let values = || titles.map(|title| Appraisal::appraise(title).unwrap().value);
		for month in 1..5 {
			set_time(START + month * 31 * DAY);
			feed_usual_prices();
			submit_ok(&off_taker(), pay(titles[0], 1));
			let [paid, other] = values();
			assert_eq!(paid, other);
		}
		// What it earns counts when it is enough: a hundredth of eight prices of 33 819.37 dollars in
		// each of three periods, which is less than the hall costs.
		let enough = 27_055_496 * USD / 10_000;
		for month in 5..9 {
			set_time(START + month * 31 * DAY);
			feed_usual_prices();
			submit_ok(&off_taker(), pay(titles[0], enough));
		}
		let [paid, other] = values();
		assert!(paid < other, "{paid} {other}");
	});
}

/// Governance asks for more of the insurance of lines: those that are open keep what they opened under.
#[test]
fn raised_coverage_should_not_breach_open_lines() {
	run_live(|| {
		referendum_sets(vec![Change::Titles(TitleValue::CancellationNotice(DAY))]);
		fund(10_000);
		let title = insured_server(&borrower(), 1, 1);
		// In five days the premium will be unpaid for four.
		let mut policy = policy_terms(VALUE, START + 365 * DAY);
		policy.premium_paid_until = START + DAY;
		submit_ok(&insurer(), TitlesCall::bind_policy { title, terms: policy });
		let line = open_line(title);
		submit_ok(&borrower(), draw(line, 40_000));
		referendum_sets(vec![
			Change::Rules(RuleValue::PremiumGrace(DAY)),
			Change::Rules(RuleValue::CustodyValidity(DAY)),
			Change::Rules(RuleValue::RequiredPapersCompute(DocumentKinds::ALL)),
			Change::Titles(TitleValue::CancellationNotice(180 * DAY)),
		]);
		set_time(START + 5 * DAY);
		feed_usual_prices();
		assert_whole(line);
		assert_eq!(Credit::line(line).unwrap().base, Some(94_752 * USD));
		// New debt obeys the present.
		let refused = CreditError::<Runtime>::TitleLapsed;
		submit_err(&borrower(), draw(line, 1_000), refused);
	});
}

/// Governance lends less against a model: a line keeps the rate that it opened under, and draws by the
/// lower one.
#[test]
fn lower_model_rate_should_not_breach_open_lines() {
	run_live(|| {
		let line = drawn();
		let record = Appraisal::model(0).unwrap();
		let terms = Appraisal::model_version(0, record.version).unwrap();
		let lower = ModelSpec { max_advance_rate: Perbill::from_percent(40), ..record.spec(terms) };
		let update = pallet_caliber_appraisal::Call::update_model { id: 0, spec: lower };
		referendum_decides(update);
		assert_whole(line);
		// Seven tenths of 135 360 stay: 94 752. Four tenths would be 54 144, for 88 000.
		assert_eq!(Credit::line(line).unwrap().base, Some(94_752 * USD));
		let refused = CreditError::<Runtime>::InsufficientCoverage;
		submit_err(&borrower(), draw(line, 1), refused);
	});
}
