// SPDX-License-Identifier: Apache-2.0

//! Size of the storage proof of a usual repayment: one loan, eight titles, on a state with many
//! lines and many holders of USDai.

mod common;

use caliber_primitives::{LineId, USD, USDAI};
use caliber_runtime::{AccountId, Credit, Runtime};
use codec::Encode;
use common::{
	borrower, buy_usdai, curator, feed_usual_prices,
	lines::{acknowledge, terms, LOAN},
	live_genesis, now, saver, server, set_time, signed, submit_ok, DAY, START,
};
use polkadot_sdk::{
	pallet_assets, sp_core::H256, sp_io::hashing::blake2_256, sp_runtime::traits::Dispatchable,
};

/// Lines, and holders of USDai, beside those of the loan.
const OTHERS: u32 = 20_000;
/// Most bytes that the proof of a usual repayment may have.
const BOUND: usize = 15_000;

/// Opens a line over eight servers and draws a loan.
fn draw_on_eight_titles() {
	buy_usdai(&saver(), 500_000);
	buy_usdai(&curator(), 100_000);
	buy_usdai(&borrower(), 100_000);
	let deposit = pallet_caliber_vault::Call::deposit { assets: 500_000 * USD, min_shares: 0 };
	submit_ok(&saver(), deposit);
	feed_usual_prices();
	let titles: Vec<_> = (0..8).map(|at| server(&borrower(), 1 + 8 * at)).collect();
	let terms = terms();
	let offer = pallet_caliber_credit::Call::offer_line {
		borrower: borrower(),
		terms,
		expires_at: now() + DAY,
	};
	submit_ok(&curator(), offer);
	let accept = pallet_caliber_credit::Call::accept_line {
		line: LOAN.line,
		terms_hash: H256(blake2_256(&terms.encode())),
		titles: titles.try_into().unwrap(),
	};
	submit_ok(&borrower(), accept);
	acknowledge(LOAN.line);
	let draw = pallet_caliber_credit::Call::draw { line: LOAN.line, amount: 50_000 * USD };
	submit_ok(&borrower(), draw);
}

/// Fills the state with copies of the line and of the borrower's account of USDai.
fn add_others() {
	let line = pallet_caliber_credit::Lines::<Runtime>::get(LOAN.line).unwrap().encode();
	let account =
		pallet_assets::Account::<Runtime, caliber_runtime::assets::LocalAssetsInstance>::get(
			USDAI,
			borrower(),
		)
		.unwrap()
		.encode();
	for other in 1..=OTHERS {
		let line_id: LineId = LOAN.line + other;
		let key = pallet_caliber_credit::Lines::<Runtime>::hashed_key_for(line_id);
		polkadot_sdk::sp_io::storage::set(&key, &line);
		let who = AccountId::new(blake2_256(&other.encode()));
		let key = pallet_assets::Account::<
			Runtime,
			caliber_runtime::assets::LocalAssetsInstance,
		>::hashed_key_for(USDAI, who);
		polkadot_sdk::sp_io::storage::set(&key, &account);
	}
}

#[test]
fn a_usual_repayment_should_have_a_small_proof_when_there_are_many_lines() {
	let mut ext = live_genesis();
	ext.execute_with(|| {
		caliber_runtime::System::set_block_number(1);
		set_time(START);
		draw_on_eight_titles();
		add_others();
		let first = Credit::loan(LOAN).unwrap();
		set_time(first.next_due_at - DAY);
	});
	ext.commit_all().unwrap();
	let (paid, proof) = ext.execute_and_prove(|| {
		let due = Credit::due(LOAN).unwrap().total;
		let call = pallet_caliber_credit::Call::repay { loan: LOAN, max_amount: due };
		caliber_runtime::RuntimeCall::from(call).dispatch(signed(&borrower()))
	});
	assert!(paid.is_ok(), "{paid:?}");
	let size = proof.encoded_size();
	println!("{size} bytes in {} nodes", proof.iter_nodes().count());
	assert!(size <= BOUND, "the proof of a usual repayment has {size} bytes, {BOUND} at most");
}
