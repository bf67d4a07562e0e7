// SPDX-License-Identifier: Apache-2.0

//! What offers bind, who may draw and what a draw leaves: thefts across the pallets of the runtime.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{credit::LineTerms, LineId, TitleId, USD};
use caliber_runtime::{Balance, Credit, Runtime, RuntimeCall, RuntimeOrigin, Vault};
use common::{lines::*, *};
use pallet_caliber_credit::{Call as CreditCall, Curators, Error as CreditError};
use pallet_caliber_titles::Call as TitlesCall;
use polkadot_sdk::{
	frame_support::assert_ok,
	sp_core::H256,
	sp_io::hashing::blake2_256,
	sp_runtime::{traits::Dispatchable, FixedU128, Perbill},
};

/// Share of its hours for which a model is rented, in the usual reports.
const UTILISATION: Balance = 880_900_000_000_000_000;

fn draw(line: LineId, dollars: Balance) -> CreditCall<Runtime> {
	CreditCall::draw { line, amount: dollars * USD }
}

fn heartbeat(titles: &[TitleId]) -> TitlesCall<Runtime> {
	TitlesCall::heartbeat { titles: titles.to_vec().try_into().unwrap() }
}

fn availability(line: LineId) -> Balance {
	Credit::line(line).unwrap().availability.unwrap()
}

/// What the savers have, in dollars out and idle, and what one share is worth.
fn savings() -> (Balance, Balance, FixedU128) {
	let nav = Vault::nav();
	(nav.idle, nav.principal_out, nav.redemption_price)
}

/// A curator and a borrower agree on what the bounds of the day allow, and open it when these are gone:
/// the savers lent as they had decided no longer to lend.
#[test]
fn offer_should_be_no_option_on_bounds_that_holders_have_tightened() {
	run_live(|| {
		fund(10_000);
		let title = server(&borrower(), 1);
		let terms = terms();
		let line = pallet_caliber_credit::NextLineId::<Runtime>::get();
		let offer = |expires_at| CreditCall::offer_line { borrower: borrower(), terms, expires_at };
		// For ever, as a clock in milliseconds says it: the curator's capital would be locked for good.
		let before = usdai_of(&curator());
		submit_err(&curator(), offer(1_000 * now()), CreditError::<Runtime>::TimeTooFar);
		assert_eq!(usdai_of(&curator()), before);
		submit_ok(&curator(), offer(now() + 30 * DAY));
		let accept = || CreditCall::<Runtime>::accept_line {
			line,
			terms_hash: H256(blake2_256(&codec::Encode::encode(&terms))),
			titles: vec![title].try_into().unwrap(),
		};
		pallet_caliber_governance::CreditArea::<Runtime>::mutate(|area| {
			area.values.min_first_loss = Perbill::from_percent(20);
		});
		submit_err(&borrower(), accept(), CreditError::<Runtime>::FirstLossTooLow);
		assert_eq!(Credit::line(line).unwrap().titles, Vec::<TitleId>::new());
		// A month later nobody holds the curator's capital.
		set_time(now() + 30 * DAY);
		submit_ok(&saver(), CreditCall::withdraw_offer { line });
		assert_eq!(usdai_of(&curator()), before);
	});
}

/// A curator is found to deceive. Its borrower would draw what is left of its line before anybody can
/// close it.
#[test]
fn suspended_curators_lines_should_take_nothing_more_from_the_savers() {
	run_live(|| {
		let line = open_funded_line(10_000);
		submit_ok(&borrower(), draw(line, 10_000));
		let before = savings();
		let suspend = CreditCall::suspend_curator { curator: curator() };
		assert_ok!(RuntimeCall::from(suspend).dispatch(RuntimeOrigin::root()));
		submit_err(&borrower(), draw(line, 40_000), CreditError::<Runtime>::CuratorSuspended);
		assert_eq!((savings(), availability(line)), (before, 0));
		// Nor does it take its capital out of the line: 5 000 of 6 000 are not drawn.
		submit_err(
			&curator(),
			CreditCall::close_line { line },
			CreditError::<Runtime>::LoansOutstanding,
		);
		let capital = CreditCall::release_capital { line };
		submit_err(&curator(), capital, CreditError::<Runtime>::StillAvailable);
		// The borrower pays and leaves.
		submit_ok(&borrower(), CreditCall::payoff { loan: LOAN, max_amount: 20_000 * USD });
		submit_err(
			&curator(),
			CreditCall::close_line { line },
			CreditError::<Runtime>::StillAvailable,
		);
		submit_ok(&borrower(), CreditCall::close_line { line });
		assert_eq!(Curators::<Runtime>::get(curator()).unwrap().outstanding, 0);
	});
}

/// The borrower takes what its line gives, and the price of its machines moves by a tenth: a day on
/// which a line at the brim is a breach, which the savers' price would bear.
#[test]
fn draw_of_everything_should_be_no_breach_when_the_price_falls_by_a_tenth() {
	run_live(|| {
		fund(10_000);
		let terms = LineTerms { limit: 100_000 * USD, ..terms() };
		let line = open_line_on(terms, server(&borrower(), 1));
		// 70 % of 135 360 over 1.1 · 1.15.
		assert_eq!(availability(line), 94_752 * USD * 1_000 / 1_265);
		submit_err(&borrower(), draw(line, 74_903), CreditError::<Runtime>::InsufficientCoverage);
		submit_ok(&borrower(), draw(line, 74_902));
		let (_, _, price) = savings();
		set_time(now() + 600);
		report_h100(21_150 * USD, 2 * USD, UTILISATION);
		turn_round();
		let declare = CreditCall::declare_breach { line };
		submit_err(&saver(), declare, CreditError::<Runtime>::NotInBreach);
		assert!(savings().2 >= price);
	});
}

/// One of its machines is out of custody and the line in breach. The borrower takes the savers' money
/// on the other, while it still may.
#[test]
fn borrower_in_trouble_should_draw_nothing_on_another_line() {
	run_live(|| {
		fund(10_000);
		let (first, second) = (server(&borrower(), 1), server(&borrower(), 100));
		let (bad, good) = (open_line(first), open_line(second));
		submit_ok(&borrower(), draw(bad, 50_000));
		set_time(now() + 7 * DAY + 1);
		submit_ok(&custodian(), heartbeat(&[second]));
		feed_usual_prices();
		assert!(availability(good) > 0);
		submit_ok(&saver(), CreditCall::declare_breach { line: bad });
		let (before, owned) = (savings(), usdai_of(&borrower()));
		submit_err(&borrower(), draw(good, 50_000), CreditError::<Runtime>::BorrowerInTrouble);
		assert_eq!((savings(), usdai_of(&borrower())), (before, owned));
		assert_eq!(availability(good), 0);
		submit_ok(&custodian(), heartbeat(&[first]));
		submit_ok(&saver(), CreditCall::cure { line: bad });
		submit_ok(&borrower(), draw(good, 50_000));
	});
}
