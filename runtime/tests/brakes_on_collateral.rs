// SPDX-License-Identifier: Apache-2.0

//! Brakes of the technical committee on collateral: a suspended title and a paused model get no new
//! debt, and the line that holds them goes on as if there were no brake.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{
	credit::{BreachReason, LineState},
	titles::{Ineligibility, TitleStatus},
	LineId, TitleId, USD,
};
use caliber_runtime::{
	Appraisal, Balance, Credit, Runtime, RuntimeCall, RuntimeOrigin, Titles, Vault,
};
use common::{lines::*, voting::*, *};
use pallet_caliber_appraisal::Call as AppraisalCall;
use pallet_caliber_credit::{Call as CreditCall, Error as CreditError};
use pallet_caliber_titles::Call as TitlesCall;
use polkadot_sdk::{
	frame_support::assert_ok,
	sp_runtime::{traits::Dispatchable, DispatchError, FixedU128},
};

/// Title of the line, and the model of its machines.
const TITLE: TitleId = 0;
const MODEL: u32 = 0;

fn pause() -> RuntimeCall {
	use caliber_primitives::appraisal::ModelStatus;
	AppraisalCall::set_model_status { id: MODEL, status: ModelStatus::Paused }.into()
}

fn suspend() -> RuntimeCall {
	TitlesCall::suspend_title { title: TITLE }.into()
}

/// Has a referendum enacted.
fn referendum_decides(call: RuntimeCall) {
	assert_ok!(call.dispatch(RuntimeOrigin::root()));
}

fn draw(line: LineId, dollars: Balance) -> CreditCall<Runtime> {
	CreditCall::draw { line, amount: dollars * USD }
}

/// Sets the clock. The custodian renews custody and the operators report the usual prices.
fn pass_to(time: u64) {
	set_time(time);
	submit_ok(&custodian(), TitlesCall::heartbeat { titles: vec![TITLE].try_into().unwrap() });
	feed_usual_prices();
}

/// Figures of a line and of the savers at a time.
#[derive(Debug, PartialEq)]
struct Seen {
	state: LineState,
	broken: Option<BreachReason>,
	outstanding: Balance,
	base: Option<Balance>,
	coverage: Option<FixedU128>,
	impairment: Balance,
	/// Value of a million shares that are redeemed.
	shares: Balance,
}

fn seen(line_id: LineId) -> Seen {
	let report = Credit::line(line_id).unwrap();
	Seen {
		state: report.state,
		broken: report.breach_now,
		outstanding: report.outstanding,
		base: report.base,
		coverage: report.coverage,
		impairment: report.impairment,
		shares: Vault::preview_redeem(1_000_000 * USD).unwrap(),
	}
}

/// Tells the story of a line that pays on time over the two weeks of a brake: what is seen of it.
/// While there is a brake, a draw is refused with this error.
fn story(brake: Option<(RuntimeCall, DispatchError)>) -> Vec<Seen> {
	let mut told = Vec::new();
	run_live(|| {
		let line_id = open_funded_line(10_000);
		submit_ok(&borrower(), draw(line_id, 40_000));
		told.push(seen(line_id));
		let refused = brake.map(|(call, refused)| {
			committee_decides(call);
			refused
		});
		for at in [0, DAY, 7 * DAY, 14 * DAY - 1] {
			pass_to(START + at);
			for call in [
				CreditCall::declare_breach { line: line_id },
				CreditCall::declare_uncured { line: line_id },
				CreditCall::start_auction { line: line_id },
			] {
				assert!(submit(&saver(), call).is_err(), "a line that pays is sold at {at}");
			}
			idle_block();
			told.push(seen(line_id));
			let availability = Credit::line(line_id).unwrap().availability.unwrap();
			assert_eq!(availability == 0, refused.is_some(), "{availability} at {at}");
			if let Some(error) = refused {
				submit_err(&borrower(), draw(line_id, 1_000), error);
			}
		}
		// The first payment is due when the brake is over.
		pass_to(START + 14 * DAY);
		let due = Credit::due(LOAN).unwrap().total;
		submit_ok(&borrower(), CreditCall::repay { loan: LOAN, max_amount: due });
		told.push(seen(line_id));
		submit_ok(&borrower(), draw(line_id, 1_000));
		told.push(seen(line_id));
	});
	told
}

/// The committee, or who holds two of its three seats, would break a line that pays, to buy its
/// machines in the sale or to buy shares of the savers at a price that has fallen.
#[test]
fn line_should_go_on_but_for_draws_when_the_committee_brakes_its_title_or_model() {
	let undisturbed = story(None);
	assert!(undisturbed.iter().all(|seen| seen.state == LineState::Open && seen.broken.is_none()));
	assert_eq!(undisturbed.last().unwrap().outstanding, 41_000 * USD);
	// The title that is suspended has lapsed for new debt; of a paused model nothing is lent.
	let suspended = story(Some((suspend(), CreditError::<Runtime>::TitleLapsed.into())));
	let paused = story(Some((pause(), CreditError::<Runtime>::InsufficientCoverage.into())));
	assert_eq!(suspended, undisturbed);
	assert_eq!(paused, undisturbed);
}

#[test]
fn line_should_be_broken_when_a_referendum_suspends_its_title() {
	run_live(|| {
		let line_id = open_funded_line(10_000);
		submit_ok(&borrower(), draw(line_id, 40_000));
		committee_decides(suspend());
		referendum_decides(suspend());
		let reason = Ineligibility::NotActive(TitleStatus::Suspended);
		assert_eq!(seen(line_id).broken, Some(BreachReason::Title(TITLE, reason)));
		submit_ok(&saver(), CreditCall::declare_breach { line: line_id });
		assert_eq!(seen(line_id).state, LineState::Breached);
	});
}

#[test]
fn expected_recovery_should_stand_when_the_committee_pauses_the_model_of_a_line_in_breach() {
	run_live(|| {
		let line_id = open_funded_line(10_000);
		submit_ok(&borrower(), draw(line_id, 40_000));
		// Custody of the machines is not renewed within its seven days.
		set_time(START + 8 * DAY);
		feed_usual_prices();
		submit_ok(&saver(), CreditCall::declare_breach { line: line_id });
		let reassessed = || {
			submit_ok(&saver(), CreditCall::reassess { line: line_id });
			(Credit::line(line_id).unwrap().recovery, seen(line_id).shares)
		};
		let before = reassessed();
		committee_decides(pause());
		committee_decides(suspend());
		assert_eq!(reassessed(), before);
		// A referendum withholds the value: the last one counts, less a haircut.
		referendum_decides(pause());
		assert!(reassessed().0 < before.0);
	});
}

#[test]
fn pledge_should_be_refused_when_the_model_has_a_value_and_the_committee_pauses_it() {
	run_live(|| {
		let line_id = open_funded_line(10_000);
		let free = server(&borrower(), 100);
		feed_usual_prices_again();
		assert_eq!(Titles::eligibility(free), Ok(()));
		let value = Appraisal::appraise(free);
		assert!(value.is_ok());
		committee_decides(pause());
		// The appraisal goes on answering, and says by itself that the model takes no new debt.
		assert_eq!(Appraisal::appraise(free), value);
		assert_eq!(Titles::eligibility(free), Err(Ineligibility::ModelPaused));
		let add =
			|| CreditCall::add_titles { line: line_id, titles: vec![free].try_into().unwrap() };
		submit_err(
			&borrower(),
			add(),
			pallet_caliber_titles::Error::<Runtime>::Ineligible(Ineligibility::ModelPaused),
		);
		pass_to(START + 14 * DAY);
		let heartbeat = TitlesCall::heartbeat { titles: vec![free].try_into().unwrap() };
		submit_ok(&custodian(), heartbeat);
		assert_eq!(Titles::eligibility(free), Ok(()));
		submit_ok(&borrower(), add());
	});
}

/// Reports the usual prices in the next block: an operator reports once a block.
fn feed_usual_prices_again() {
	set_time(now());
	feed_usual_prices();
}
