// SPDX-License-Identifier: Apache-2.0

//! New debt refuses known trouble of a custodian, a pledge that it has not acknowledged, and titles
//! of which one account is two parties. What a line holds does not lapse for it.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{
	titles::{Ineligibility, Surety, TitleStatus},
	LineId, TitleId, USD,
};
use caliber_runtime::{Balance, Credit, Runtime, RuntimeCall, RuntimeOrigin, Titles};
use common::{lines::*, *};
use pallet_caliber_credit::{Call as CreditCall, Error as CreditError};
use pallet_caliber_titles::{
	Call as TitlesCall, Custodians, Error as TitlesError, PartyKind, TitleSpec,
};
use polkadot_sdk::{
	frame_support::assert_ok,
	pallet_nfts,
	sp_core::H256,
	sp_io::hashing::blake2_256,
	sp_runtime::{traits::Dispatchable, MultiAddress},
};

/// Has a referendum enacted.
fn referendum_decides(call: impl Into<RuntimeCall>) {
	assert_ok!(call.into().dispatch(RuntimeOrigin::root()));
}

fn draw(line: LineId, dollars: Balance) -> CreditCall<Runtime> {
	CreditCall::draw { line, amount: dollars * USD }
}

fn ineligible(reason: Ineligibility) -> TitlesError<Runtime> {
	TitlesError::Ineligible(reason)
}

fn no_new_debt(reason: Ineligibility) -> CreditError<Runtime> {
	CreditError::NoNewDebt(reason)
}

/// Sets the clock. The custodian renews custody and the operators report the usual prices.
fn pass_to(time: u64, title: TitleId) {
	set_time(time);
	submit_ok(&custodian(), TitlesCall::heartbeat { titles: vec![title].try_into().unwrap() });
	feed_usual_prices();
}

/// Offers `borrower` a line. Returns it, and its acceptance with a title.
fn offered(borrower: &caliber_runtime::AccountId, title: TitleId) -> CreditCall<Runtime> {
	let line = pallet_caliber_credit::NextLineId::<Runtime>::get();
	let (terms, expires_at) = (terms(), now() + DAY);
	let offer = CreditCall::offer_line { borrower: borrower.clone(), terms, expires_at };
	submit_ok(&curator(), offer);
	let terms_hash = H256(blake2_256(&codec::Encode::encode(&terms)));
	CreditCall::accept_line { line, terms_hash, titles: vec![title].try_into().unwrap() }
}

/// Ensures that the line, on which 40 000 are drawn, is whole and draws nothing for this reason.
#[track_caller]
fn assert_barred(line: LineId, reason: Ineligibility) {
	submit_err(&borrower(), draw(line, 1_000), no_new_debt(reason));
	let declare = CreditCall::declare_breach { line };
	submit_err(&saver(), declare, CreditError::<Runtime>::NotInBreach);
	let report = Credit::line(line).unwrap();
	assert_eq!((report.breach_now, report.availability), (None, Some(0)));
	assert_eq!(report.base, Some(94_752 * USD));
}

fn drawn() -> LineId {
	let line = open_funded_line(10_000);
	submit_ok(&borrower(), draw(line, 40_000));
	line
}

/// The owner who was not given its machine would borrow against it, and take the bond later. What it
/// takes back is the request with the claim, and its deposit is gone.
#[test]
fn title_with_open_claim_should_not_be_pledged() {
	run_live(|| {
		fund(10_000);
		let title = server(&borrower(), 1);
		let free = usdai_of(&borrower());
		submit_ok(&borrower(), TitlesCall::request_redemption { title });
		pass_to(START + 14 * DAY + 1, title);
		submit_ok(&borrower(), TitlesCall::escalate_redemption { title });
		assert!(Titles::has_open_claim(title));
		let reason = Ineligibility::NotActive(TitleStatus::RedemptionRequested);
		assert_eq!(Titles::eligibility(title), Err(reason));
		let accept = offered(&borrower(), title);
		submit_err(&borrower(), accept.clone(), ineligible(reason));
		submit_ok(&borrower(), TitlesCall::cancel_redemption { title });
		assert!(!Titles::has_open_claim(title));
		// A hundredth of eight reference prices of 33 819.37 dollars.
		assert_eq!(usdai_of(&borrower()), free - 27_055_496 * USD / 10_000);
		submit_ok(&borrower(), accept);
	});
}

/// The custodian does not hand over another's machine, and the borrower would draw on its own
/// before that is decided.
#[test]
fn titles_should_not_secure_a_new_draw_when_another_claims_from_their_custodian() {
	run_live(|| {
		let line = drawn();
		let title = server(&saver(), 100);
		buy_usdai(&saver(), 10_000);
		submit_ok(&saver(), TitlesCall::request_redemption { title });
		submit_ok(&custodian(), TitlesCall::confirm_release { title });
		submit_ok(&borrower(), draw(line, 1_000));
		submit_ok(&saver(), TitlesCall::dispute_release { title });
		assert_barred(line, Ineligibility::ClaimOpen);
		let award = 10_000 * USD;
		referendum_decides(TitlesCall::resolve_claim { title, award });
		// The machine is paid for, and what is left of the bond is enough.
		submit_ok(&borrower(), draw(line, 1_000));
	});
}

#[test]
fn suspended_custodians_titles_should_not_secure_a_new_draw() {
	run_live(|| {
		let line = drawn();
		let (kind, account) = (PartyKind::Custodian, custodian());
		referendum_decides(TitlesCall::suspend_party { kind, account: account.clone() });
		assert_barred(line, Ineligibility::CustodianSuspended);
		referendum_decides(TitlesCall::reinstate_party { kind, account });
		submit_ok(&borrower(), draw(line, 1_000));
	});
}

#[test]
fn titles_should_not_secure_a_new_draw_when_the_bond_is_slashed() {
	run_live(|| {
		let line = drawn();
		let bond = Custodians::<Runtime>::get(custodian()).unwrap().bond;
		// The least bond: a hundredth of what is in custody is less.
		let least = 25_000 * USD;
		referendum_decides(TitlesCall::slash_custodian {
			title: 0,
			amount: bond - least + 1,
			loss: None,
		});
		assert_barred(line, Ineligibility::BondTooLow);
		submit_ok(&custodian(), TitlesCall::post_bond { surety: Surety::CustodianBond, amount: 1 });
		submit_ok(&borrower(), draw(line, 1_000));
	});
}

#[test]
fn pledge_should_be_acknowledged_before_the_first_draw_and_after_a_swap() {
	run_live(|| {
		fund(10_000);
		let (first, second) = (server(&borrower(), 1), server(&borrower(), 100));
		let line = accept_line(first);
		let unknown = || no_new_debt(Ineligibility::NotAcknowledged);
		submit_err(&borrower(), draw(line, 40_000), unknown());
		for who in [borrower(), curator(), verifier()] {
			let acknowledge = TitlesCall::acknowledge_pledge { line };
			submit_err(&who, acknowledge, TitlesError::<Runtime>::NothingToAcknowledge);
		}
		acknowledge(line);
		submit_ok(&borrower(), draw(line, 40_000));
		// The swap itself waits for nobody.
		let (released, pledged) =
			(vec![first].try_into().unwrap(), vec![second].try_into().unwrap());
		submit_ok(&borrower(), CreditCall::swap_titles { line, released, pledged });
		assert_barred(line, Ineligibility::NotAcknowledged);
		acknowledge(line);
		submit_ok(&borrower(), draw(line, 1_000));
		// A title that is added takes nothing from what the other secures.
		let titles = vec![first].try_into().unwrap();
		submit_ok(&borrower(), CreditCall::add_titles { line, titles });
		submit_ok(&borrower(), draw(line, 1_000));
	});
}

fn spec_of(first: u8) -> TitleSpec {
	server_spec(core::array::from_fn(|unit| H256::repeat_byte(first + unit as u8)))
}

#[test]
fn owner_should_not_confirm_its_own_title() {
	run_live(|| {
		let attest = TitlesCall::attest { owner: verifier(), spec: spec_of(1) };
		submit_ok(&custodian(), attest);
		let confirm = || TitlesCall::confirm { title: 0, digest: evidence(0) };
		submit_err(&verifier(), confirm(), TitlesError::<Runtime>::NotIndependent);
	});
}

/// A custodian that borrows against machines in its own custody could lose them without harm: what
/// its bond paid would be paid to itself.
#[test]
fn self_custodian_should_be_slashable() {
	run_live(|| {
		fund(10_000);
		let attest = TitlesCall::attest { owner: custodian(), spec: spec_of(200) };
		submit_err(&custodian(), attest, TitlesError::<Runtime>::NotIndependent);
		// It buys the title instead.
		let title = server(&borrower(), 1);
		let collection = Titles::collection().unwrap();
		let send = |dest: caliber_runtime::AccountId| pallet_nfts::Call::transfer {
			collection,
			item: title,
			dest: MultiAddress::Id(dest),
		};
		submit_ok(&borrower(), send(custodian()));
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::NotIndependent));
		let accept = offered(&custodian(), title);
		submit_err(&custodian(), accept, ineligible(Ineligibility::NotIndependent));
		// So whoever borrows is somebody else, and the bond has somebody to pay.
		submit_ok(&custodian(), send(borrower()));
		open_line(title);
		referendum_decides(TitlesCall::slash_custodian { title, amount: 1, loss: None });
	});
}
