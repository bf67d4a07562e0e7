// SPDX-License-Identifier: Apache-2.0

//! A custodian says that it handed machines over, and did not; an owner says that it got none, and
//! did. Two keys, a bond and a deposit stand between them.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{
	titles::{Surety, TitleStatus},
	TitleId, USD,
};
use caliber_runtime::{
	accounts::TreasuryAccount, assets::UsdAiHold, constants::currency::CLBR, Balance, Runtime,
	RuntimeCall, RuntimeOrigin, Titles,
};
use common::*;
use pallet_caliber_titles::{Call, Error, HoldReason};
use polkadot_sdk::{
	frame_support::{assert_ok, traits::fungible::InspectHold},
	pallet_nfts,
	sp_core::H256,
	sp_runtime::traits::Dispatchable,
};

const BOND: Balance = 500_000 * USD;
/// Price of the server: 270 000 CLBR.
const PRICE: Balance = 270_000 * CLBR;

/// Returns the value in custody of a server: eight units at the reference price of the data.
fn server_value() -> Balance {
	let file: serde_json::Value =
		serde_json::from_str(include_str!("../../data/models.json")).unwrap();
	let unit = file["models"][0]["reference_price"].as_str().unwrap().parse::<Balance>().unwrap();
	8 * unit
}

fn referendum_decides(call: impl Into<RuntimeCall>) {
	assert_ok!(call.into().dispatch(RuntimeOrigin::root()));
}

fn bond() -> Balance {
	UsdAiHold::balance_on_hold(&HoldReason::CustodianBond.into(), &custodian())
}

fn withdraw_bond(amount: Balance) -> Call<Runtime> {
	Call::withdraw_bond { surety: Surety::CustodianBond, amount }
}

/// Has the saver buy a server on the market, and ask for its machines. Returns the title.
fn bought_and_asked_for() -> TitleId {
	let item = server(&borrower(), 1);
	let collection = Titles::collection().unwrap();
	let whitelisted_buyer = None;
	submit_ok(
		&borrower(),
		pallet_nfts::Call::set_price { collection, item, price: Some(PRICE), whitelisted_buyer },
	);
	submit_ok(&saver(), pallet_nfts::Call::buy_item { collection, item, bid_price: PRICE });
	buy_usdai(&saver(), 10_000);
	submit_ok(&saver(), Call::request_redemption { title: item });
	item
}

/// The custodian keeps the machines, confirms their release in the next block, attests them again
/// for a friend and takes its bond out.
#[test]
fn released_machine_should_leave_a_claim() {
	run_live(|| {
		let title = bought_and_asked_for();
		set_time(START + 6);
		submit_ok(&custodian(), Call::confirm_release { title });
		let devices = core::array::from_fn(|unit| H256::repeat_byte(1 + unit as u8));
		submit_err(
			&custodian(),
			Call::attest { owner: borrower(), spec: server_spec(devices) },
			Error::<Runtime>::DeviceTaken,
		);
		submit_err(&custodian(), withdraw_bond(BOND), Error::<Runtime>::BondRequired);
		submit_ok(&saver(), Call::dispute_release { title });
		assert!(Titles::has_open_claim(title));
		// Silence would have burnt the title after a week.
		set_time(START + 8 * DAY);
		submit_err(&custodian(), Call::finalise_release { title }, Error::<Runtime>::ClaimOpen);
		submit_err(
			&custodian(),
			withdraw_bond(BOND - server_value() + 1),
			Error::<Runtime>::BondRequired,
		);
		referendum_decides(Call::resolve_claim { title, award: server_value() });

		assert_eq!(usdai_of(&saver()), 10_000 * USD + server_value());
		assert_eq!(bond(), BOND - server_value());
		assert_eq!(Titles::title(title).unwrap().status, TitleStatus::Lost);
		// The machine is paid for: the title is neither sold nor redeemed again.
		submit_err(&saver(), Call::request_redemption { title }, Error::<Runtime>::NotActive);
	});
}

/// The same, and the buyer was away: the title is burnt, and its claim is not.
#[test]
fn released_machine_should_leave_a_claim_after_the_title_was_burnt() {
	run_live(|| {
		let title = bought_and_asked_for();
		submit_ok(&custodian(), Call::confirm_release { title });
		set_time(START + 7 * DAY + 1);
		submit_ok(&custodian(), Call::finalise_release { title });
		assert_eq!(Titles::title(title), None);
		submit_err(&custodian(), withdraw_bond(BOND), Error::<Runtime>::BondRequired);
		set_time(START + 97 * DAY);
		submit_ok(&saver(), Call::claim_after_release { title });
		referendum_decides(Call::resolve_claim { title, award: server_value() });
		assert_eq!(usdai_of(&saver()), 10_000 * USD + server_value());
		assert_eq!(bond(), BOND - server_value());
	});
}

/// The buyer has its machines and claims for them too: its deposit pays for the trouble, and the
/// title ends all the same.
#[test]
fn rejected_claim_should_cost() {
	run_live(|| {
		let title = bought_and_asked_for();
		let treasury = usdai_of(&TreasuryAccount::get());
		submit_ok(&custodian(), Call::confirm_release { title });
		submit_err(&saver(), Call::cancel_redemption { title }, Error::<Runtime>::ReleaseConfirmed);
		submit_ok(&saver(), Call::dispute_release { title });
		referendum_decides(Call::resolve_claim { title, award: 0 });
		let deposit = server_value() / 100;
		assert_eq!(usdai_of(&TreasuryAccount::get()) - treasury, deposit);
		assert_eq!(usdai_of(&saver()), 10_000 * USD - deposit);
		assert_eq!(bond(), BOND);
		set_time(START + 7 * DAY + 1);
		submit_ok(&custodian(), Call::finalise_release { title });
		submit_ok(&custodian(), withdraw_bond(BOND));
	});
}

/// Dollars of a frozen custodian pay what it owes.
#[test]
fn award_should_be_paid_by_a_frozen_custodian() {
	run_live(|| {
		let title = bought_and_asked_for();
		set_time(START + 14 * DAY + 1);
		submit_ok(&saver(), Call::escalate_redemption { title });
		referendum_decides(pallet_caliber_reserves::Call::freeze {
			who: custodian(),
			reason: H256::zero(),
		});
		referendum_decides(Call::resolve_claim { title, award: 1_000 * USD });
		assert_eq!(usdai_of(&saver()), 11_000 * USD);
		assert_eq!(bond(), BOND - 1_000 * USD);
	});
}
