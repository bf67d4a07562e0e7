// SPDX-License-Identifier: Apache-2.0

//! Calls that are closed, calls that cannot be paused, and calls of proxies.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{appraisal::OracleKey, SUSDAI, USDAI};
use caliber_runtime::{
	assets::LocalAssetsInstance,
	filters::{NeverPaused, ProxyType},
	Runtime, RuntimeCall, Titles,
};
use common::*;
use polkadot_sdk::{
	frame_support::traits::{Contains, GetCallMetadata, InstanceFilter},
	frame_system, pallet_assets, pallet_nfts, pallet_oracle,
	pallet_tx_pause::RuntimeCallNameOf,
};

fn name(pallet: &str, call: &str) -> RuntimeCallNameOf<Runtime> {
	let bounded = |text: &str| text.as_bytes().to_vec().try_into().unwrap();
	(bounded(pallet), bounded(call))
}

#[test]
fn oracle_should_not_be_fed_past_the_appraisal() {
	run(|| {
		let [operator, ..] = operators();
		submit_err(
			&operator,
			pallet_oracle::Call::feed_values {
				values: vec![(OracleKey::Rental(0), 1)].try_into().unwrap(),
			},
			frame_system::Error::<Runtime>::CallFiltered,
		);
	});
}

#[test]
fn burn_should_be_closed_for_titles_and_open_for_other_nfts() {
	run(|| {
		let burn = |collection| pallet_nfts::Call::burn { collection, item: 0 };
		submit_err(
			&borrower(),
			burn(Titles::collection().unwrap()),
			frame_system::Error::<Runtime>::CallFiltered,
		);
		submit_err(&borrower(), burn(99), pallet_nfts::Error::<Runtime>::UnknownItem);
	});
}

#[test]
fn refund_should_be_closed_for_the_dollars_and_open_for_other_assets() {
	let refund = |id: u32| {
		RuntimeCall::Assets(pallet_assets::Call::refund { id: id.into(), allow_burn: true })
	};
	run(|| {
		for id in [USDAI, SUSDAI] {
			let closed = frame_system::Error::<Runtime>::CallFiltered;
			submit_err(&borrower(), refund(id), closed);
		}
		let open = pallet_assets::Error::<Runtime, LocalAssetsInstance>::NoDeposit;
		submit_err(&borrower(), refund(999), open);
	});
}

#[test]
fn never_paused_should_name_pallets_and_calls_of_the_runtime() {
	let pallets = RuntimeCall::get_module_names();
	for pallet in NeverPaused::PALLETS {
		assert!(pallets.contains(pallet), "there is no pallet {pallet}");
		for call in RuntimeCall::get_call_names(pallet) {
			assert!(NeverPaused::contains(&name(pallet, call)), "{pallet}::{call}");
		}
	}
	for (pallet, call) in NeverPaused::CALLS {
		assert!(pallets.contains(pallet), "there is no pallet {pallet}");
		assert!(RuntimeCall::get_call_names(pallet).contains(call), "{pallet} has no call {call}");
		assert!(NeverPaused::contains(&name(pallet, call)), "{pallet}::{call}");
	}
}

#[test]
fn ways_out_should_never_be_paused_and_ways_in_should_be_pausable() {
	let ways_out: [RuntimeCall; 3] = [
		pallet_caliber_credit::Call::repay { loan: 0, max_amount: 1 }.into(),
		pallet_caliber_credit::Call::claim_payout { account: borrower() }.into(),
		pallet_caliber_titles::Call::heartbeat { titles: Default::default() }.into(),
	];
	let ways_in: [RuntimeCall; 2] = [
		pallet_caliber_credit::Call::draw { line: 0, amount: 1 }.into(),
		pallet_caliber_vault::Call::deposit { assets: 1, min_shares: 0 }.into(),
	];
	let by_name = |call: &RuntimeCall| {
		let metadata = call.get_call_metadata();
		NeverPaused::contains(&name(metadata.pallet_name, metadata.function_name))
	};
	for call in ways_out {
		assert!(NeverPaused::covers(&call) && by_name(&call), "{call:?}");
	}
	for call in ways_in {
		assert!(!NeverPaused::covers(&call) && !by_name(&call), "{call:?}");
	}
	assert!(!NeverPaused::contains(&name("Psm", "mint")));
}

#[test]
fn proxies_should_do_what_is_on_their_list_and_nothing_else() {
	let repay = RuntimeCall::Credit(pallet_caliber_credit::Call::repay { loan: 0, max_amount: 1 });
	let draw = RuntimeCall::Credit(pallet_caliber_credit::Call::draw { line: 0, amount: 1 });
	let collect = RuntimeCall::Credit(pallet_caliber_credit::Call::collect { loan: 0 });
	let remark = RuntimeCall::System(frame_system::Call::remark { remark: vec![] });
	let allowed =
		|proxy: ProxyType| [&repay, &draw, &collect, &remark].map(|call| proxy.filter(call));
	assert_eq!(allowed(ProxyType::Any), [true, true, true, true]);
	assert_eq!(allowed(ProxyType::Repayment), [true, false, false, false]);
	assert_eq!(allowed(ProxyType::Keeper), [false, false, true, false]);
	for proxy in [ProxyType::Governance, ProxyType::Collator, ProxyType::Custody, ProxyType::Oracle]
	{
		assert_eq!(allowed(proxy), [false; 4]);
		assert!(!proxy.is_superset(&ProxyType::Any));
	}
	assert!(ProxyType::Any.is_superset(&ProxyType::Repayment));
}
