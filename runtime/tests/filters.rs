// SPDX-License-Identifier: Apache-2.0

//! Calls that are closed, calls that cannot be paused, and calls of proxies.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{appraisal::OracleKey, LoanId, SUSDAI, USD, USDAI};
use caliber_runtime::{
	assets::LocalAssetsInstance,
	filters::{NeverPaused, ProxyType},
	genesis_config_presets as presets, Runtime, RuntimeCall, Titles,
};
use common::*;
use pallet_caliber_governance::{CallName, Veto};
use polkadot_sdk::{
	frame_support::traits::{Contains, GetCallMetadata, InstanceFilter},
	frame_system, pallet_asset_conversion, pallet_assets, pallet_balances, pallet_nfts,
	pallet_oracle, pallet_proxy, pallet_psm, pallet_utility, pallet_xcm,
	sp_runtime::{MultiAddress, Permill},
	staging_xcm::{latest::prelude::*, VersionedAssets, VersionedLocation},
};

const LOAN: LoanId = LoanId { line: 0, number: 0 };

/// Returns true if the list has the name. A call whose name is longer than a brake can name cannot
/// be paused anyway.
fn is_listed(pallet: &str, call: &str) -> bool {
	CallName::new(pallet, call).is_none_or(|name| NeverPaused::contains(&name))
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
			assert!(is_listed(pallet, call), "{pallet}::{call}");
		}
	}
	for (pallet, call) in NeverPaused::CALLS {
		assert!(pallets.contains(pallet), "there is no pallet {pallet}");
		assert!(RuntimeCall::get_call_names(pallet).contains(call), "{pallet} has no call {call}");
		assert!(is_listed(pallet, call), "{pallet}::{call}");
	}
}

/// Returns true if the call cannot be paused. Pattern and name agree.
#[track_caller]
fn is_never_paused(call: &RuntimeCall) -> bool {
	let metadata = call.get_call_metadata();
	let by_name = is_listed(metadata.pallet_name, metadata.function_name);
	assert_eq!(NeverPaused::covers(call), by_name, "{call:?}");
	by_name
}

#[test]
fn ways_out_should_never_be_paused_and_ways_in_should_be_pausable() {
	let loan = LOAN;
	let to = || MultiAddress::Id(saver());
	let location = || Box::new(VersionedLocation::from(Location::parent()));
	let ways_out: Vec<RuntimeCall> = vec![
		pallet_caliber_credit::Call::repay { loan, max_amount: 1 }.into(),
		pallet_caliber_credit::Call::payoff { loan, max_amount: 1 }.into(),
		pallet_caliber_credit::Call::claim_payout { account: borrower() }.into(),
		pallet_caliber_credit::Call::withdraw_reserve { line: 0, amount: 1 }.into(),
		// A bid pays what savers are owed.
		pallet_caliber_credit::Call::bid { line: 0, amount: 1 }.into(),
		pallet_caliber_titles::Call::heartbeat { titles: Default::default() }.into(),
		pallet_caliber_titles::Call::request_redemption { title: 0 }.into(),
		pallet_caliber_titles::Call::acknowledge_release { title: 0 }.into(),
		pallet_caliber_titles::Call::dispute_release { title: 0 }.into(),
		pallet_caliber_titles::Call::finalise_release { title: 0 }.into(),
		pallet_caliber_titles::Call::claim_after_release { title: 0 }.into(),
		pallet_caliber_titles::Call::drop_released { title: 0 }.into(),
		pallet_caliber_vault::Call::request_redemption { shares: 1, least_price: None }.into(),
		pallet_caliber_vault::Call::claim { id: 0, amount: None }.into(),
		pallet_balances::Call::transfer_all { dest: to(), keep_alive: false }.into(),
		RuntimeCall::Assets(pallet_assets::Call::transfer {
			id: USDAI.into(),
			target: to(),
			amount: USD,
		}),
		RuntimeCall::ForeignAssets(pallet_assets::Call::transfer {
			id: presets::usdc(),
			target: to(),
			amount: 1,
		}),
		pallet_psm::Call::redeem {
			internal_asset: usdai(),
			external_asset: presets::usdc(),
			internal_amount: USD,
			max_fee: Permill::zero(),
		}
		.into(),
		pallet_caliber_reserves::Call::redeem_basket { amount: USD, min_out: 0 }.into(),
		pallet_caliber_reserves::Call::claim_basket { asset: presets::usdc(), who: saver() }.into(),
		pallet_asset_conversion::Call::remove_liquidity {
			asset1: Box::new(usdai()),
			asset2: Box::new(presets::usdc()),
			lp_token_burn: 1,
			amount1_min_receive: 0,
			amount2_min_receive: 0,
			withdraw_to: saver(),
		}
		.into(),
		pallet_xcm::Call::transfer_assets {
			dest: location(),
			beneficiary: location(),
			assets: Box::new(VersionedAssets::from(Assets::new())),
			fee_asset_item: 0,
			weight_limit: WeightLimit::Unlimited,
		}
		.into(),
	];
	let governance_and_wrappers: Vec<RuntimeCall> = vec![
		pallet_caliber_governance::Call::set { changes: Default::default() }.into(),
		pallet_caliber_governance::Call::release { targets: Default::default() }.into(),
		pallet_utility::Call::batch { calls: vec![] }.into(),
		pallet_proxy::Call::remove_proxies {}.into(),
		frame_system::Call::remark { remark: vec![] }.into(),
	];
	let covenants: Vec<RuntimeCall> = vec![
		pallet_caliber_appraisal::Call::feed { values: Default::default() }.into(),
		pallet_caliber_titles::Call::post_bond {
			surety: caliber_primitives::titles::Surety::CustodianBond,
			amount: 1,
		}
		.into(),
		pallet_caliber_titles::Call::consent_custody { title: 0, to: saver() }.into(),
		pallet_caliber_titles::Call::accept_custody { title: 0 }.into(),
		// A paper that lapses breaks a covenant, and machines that are lost secure no draw.
		pallet_caliber_titles::Call::file_document {
			title: 0,
			kind: caliber_primitives::titles::DocumentKind::LienFiling,
			hash: Default::default(),
			dated: 0,
			lapses: None,
		}
		.into(),
		pallet_caliber_titles::Call::report_loss { title: 0, devices: Default::default() }.into(),
		pallet_caliber_credit::Call::swap_titles {
			line: 0,
			released: Default::default(),
			pledged: Default::default(),
		}
		.into(),
	];
	// A pause of those would strike what holders have decided, or last longer than a brake.
	let with_other_limits: Vec<RuntimeCall> = vec![
		pallet_caliber_credit::Call::approve_curator { curator: saver(), capacity: 1 }.into(),
		pallet_caliber_titles::Call::reinstate_title { title: 0 }.into(),
		pallet_caliber_vault::Call::set_deposits_paused { paused: false }.into(),
		pallet_caliber_vault::Call::deposit { assets: 1, min_shares: 0 }.into(),
		// Trading stops by a decision of its own.
		pallet_caliber_reserves::Call::fill_offer {
			side: caliber_primitives::reserves::BillSide::Sells,
			amount: 1,
			limit: 0,
		}
		.into(),
	];
	let ways_in: Vec<RuntimeCall> = vec![
		pallet_caliber_credit::Call::draw { line: 0, amount: 1 }.into(),
		pallet_psm::Call::mint {
			internal_asset: usdai(),
			external_asset: presets::usdc(),
			external_amount: 1,
			max_fee: Permill::zero(),
		}
		.into(),
		pallet_asset_conversion::Call::create_pool {
			asset1: Box::new(usdai()),
			asset2: Box::new(presets::usdc()),
		}
		.into(),
	];
	let open = ways_out.iter().chain(&governance_and_wrappers);
	for call in open.chain(&covenants).chain(&with_other_limits) {
		assert!(is_never_paused(call), "{call:?}");
	}
	for call in &ways_in {
		assert!(!is_never_paused(call), "{call:?}");
	}
}

#[test]
fn proxies_should_do_what_is_on_their_list_and_nothing_else() {
	let repay =
		RuntimeCall::Credit(pallet_caliber_credit::Call::repay { loan: LOAN, max_amount: 1 });
	let draw = RuntimeCall::Credit(pallet_caliber_credit::Call::draw { line: 0, amount: 1 });
	let collect = RuntimeCall::Credit(pallet_caliber_credit::Call::collect { loan: LOAN });
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

/// Whoever writes for an insurer pays nothing out of its money.
#[test]
fn proxies_of_those_who_vouch_should_write_policies_and_appraisals_only() {
	use pallet_caliber_titles::Call;
	let calls: [RuntimeCall; 4] = [
		Call::bind_policy { title: 0, terms: policy_terms(1, 1) }.into(),
		Call::cancel_policy { title: 0, policy: 0 }.into(),
		Call::pay_claim { title: 0, policy: 0, amount: 1, loss: None }.into(),
		Call::withdraw_appraisal { title: 0, appraisal: 0 }.into(),
	];
	let allowed = |proxy: ProxyType| calls.each_ref().map(|call| proxy.filter(call));
	assert_eq!(allowed(ProxyType::Insurance), [true, true, false, false]);
	assert_eq!(allowed(ProxyType::Evaluation), [false, false, false, true]);
	assert_eq!(allowed(ProxyType::Custody), [false; 4]);
}

#[test]
fn proxies_should_not_make_calls_of_the_governance_pallet() {
	let calls: [RuntimeCall; 4] = [
		pallet_caliber_governance::Call::set { changes: Default::default() }.into(),
		pallet_caliber_governance::Call::brake { brakes: Default::default() }.into(),
		pallet_caliber_governance::Call::release { targets: Default::default() }.into(),
		pallet_caliber_governance::Call::veto { what: Veto::Referendum(0) }.into(),
	];
	for proxy in [
		ProxyType::Governance,
		ProxyType::Collator,
		ProxyType::Custody,
		ProxyType::Oracle,
		ProxyType::Repayment,
		ProxyType::Keeper,
		ProxyType::CancelProxy,
		ProxyType::Insurance,
		ProxyType::Evaluation,
	] {
		for call in &calls {
			assert!(!proxy.filter(call), "{proxy:?}: {call:?}");
		}
	}
}
