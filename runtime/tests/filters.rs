// SPDX-License-Identifier: Apache-2.0

//! What no transaction may do, what nobody may pause, and what a proxy may do.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{appraisal::OracleKey, SUSDAI, USDAI};
use caliber_runtime::{
	configs::{
		assets::LocalAssetsInstance,
		system::{NeverPaused, ProxyType},
	},
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
fn ways_out_should_exist_and_never_be_paused() {
	let calls: [(&str, &[&str]); 4] = [
		("Credit", &["repay", "payoff", "collect", "top_up_reserve", "close_line", "claim_owed"]),
		("Vault", &["request_redemption", "cancel_request", "start_settlement", "settle", "claim"]),
		("Psm", &["redeem"]),
		("Titles", &["heartbeat"]),
	];
	for (pallet, names) in calls {
		let known = RuntimeCall::get_call_names(pallet);
		for call in names {
			assert!(known.contains(call), "{pallet} has no call {call}");
			assert!(NeverPaused::contains(&name(pallet, call)), "{pallet}::{call}");
		}
	}
	assert!(!NeverPaused::contains(&name("Credit", "draw")));
	assert!(!NeverPaused::contains(&name("Vault", "deposit")));
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
