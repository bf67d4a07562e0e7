// SPDX-License-Identifier: Apache-2.0

//! Messages other than reserve transfers are refused.

use crate::common::*;
use polkadot_sdk::{frame_support::weights::Weight, pallet_xcm, staging_xcm::VersionedXcm};

fn bob() -> AccountId {
	account(Keyring::Bob)
}

/// Returns a message that brings an asset by `first`, pays with it and deposits it for a newcomer.
fn bring(first: impl Fn(Assets) -> Instruction<()>, asset: Location, amount: Balance) -> Xcm<()> {
	Xcm(vec![
		first((asset.clone(), amount).into()),
		BuyExecution { fees: (asset, amount).into(), weight_limit: Unlimited },
		DepositAsset { assets: AllCounted(1).into(), beneficiary: to(&newcomer()) },
	])
}

/// Endows the sibling's account with CLBR for its messages.
fn endow_sibling() {
	let sibling = account_of_sibling(SIBLING);
	submit_ok(
		&bob(),
		polkadot_sdk::pallet_balances::Call::transfer_allow_death {
			dest: sibling.into(),
			value: 100 * CLBR,
		},
	);
}

#[test]
fn teleports_should_be_refused_in_and_out() {
	for asset in [usdc(), Location::parent(), Location::here(), usdai()] {
		start();
		message_from!(AssetHub, bring(ReceiveTeleportedAsset, asset.clone(), USD));
		assert_failed(para(ASSET_HUB), XcmError::UntrustedTeleportLocation);
		assert_eq!(here(&asset, &newcomer()), 0);
	}
	Caliber::execute_with(|| {
		for asset in [usdc(), Location::here()] {
			let call = pallet_xcm::Call::<Runtime>::limited_teleport_assets {
				dest: Box::new(para(ASSET_HUB).into()),
				beneficiary: Box::new(to(&newcomer()).into()),
				assets: Box::new(VersionedAssets::from(Assets::from((asset, 1_000_000u128)))),
				fee_asset_item: 0,
				weight_limit: Unlimited,
			};
			assert_eq!(submit(&bob(), call), Err(pallet_xcm::Error::<Runtime>::Filtered.into()));
		}
	});
}

#[test]
fn sibling_should_be_the_reserve_of_nothing() {
	let own = Location::new(1, [Parachain(SIBLING), GeneralIndex(1)]);
	for asset in [usdc(), usdt(), Location::parent(), usdai(), susdai(), Location::here(), own] {
		start();
		let supply = Caliber::ext_wrapper(|| NativeAndAssets::total_issuance(asset.clone()));
		message_from!(Sibling, bring(ReserveAssetDeposited, asset.clone(), 1_000 * USD));
		assert_failed(para(SIBLING), XcmError::UntrustedReserveLocation);
		assert_eq!(Caliber::ext_wrapper(|| NativeAndAssets::total_issuance(asset)), supply);
	}
}

#[test]
fn asset_hub_should_be_the_reserve_of_no_asset_of_ours_or_of_a_sibling() {
	let siblings = Location::new(1, [Parachain(SIBLING), GeneralIndex(1)]);
	for asset in [Location::here(), usdai(), susdai(), siblings] {
		start();
		message_from!(AssetHub, bring(ReserveAssetDeposited, asset, 1_000 * USD));
		assert_failed(para(ASSET_HUB), XcmError::UntrustedReserveLocation);
	}
}

#[test]
fn messages_that_do_not_pay_should_not_be_executed() {
	start();
	endow_sibling();
	let before = here(&Location::here(), &account_of_sibling(SIBLING));
	let unpaid = Xcm(vec![
		UnpaidExecution { weight_limit: Unlimited, check_origin: None },
		WithdrawAsset((Location::here(), CLBR).into()),
		DepositAsset { assets: AllCounted(1).into(), beneficiary: to(&newcomer()) },
	]);
	let plain = Xcm(unpaid.0[1..].to_vec());
	for message in [unpaid.clone(), plain] {
		message_from!(Sibling, message);
		assert_eq!(outcome(), Outcome { barred: 1, ..Default::default() });
		empty_block!(Caliber);
	}
	assert_eq!(here(&Location::here(), &account_of_sibling(SIBLING)), before);
	assert_eq!(here(&Location::here(), &newcomer()), 0);
}

#[test]
fn users_should_not_execute_programs_or_send_messages() {
	start();
	let program = Xcm::<caliber_runtime::RuntimeCall>(vec![
		WithdrawAsset((Location::here(), CLBR).into()),
		DepositAsset { assets: AllCounted(1).into(), beneficiary: to(&newcomer()) },
	]);
	let execute = pallet_xcm::Call::<Runtime>::execute {
		message: Box::new(VersionedXcm::from(program)),
		max_weight: Weight::from_parts(1_000_000_000_000, 10_000_000),
	};
	let send = pallet_xcm::Call::<Runtime>::send {
		dest: Box::new(para(SIBLING).into()),
		message: Box::new(VersionedXcm::from(Xcm(vec![ClearOrigin]))),
	};
	Caliber::execute_with(|| {
		assert_eq!(submit(&bob(), execute), Err(pallet_xcm::Error::<Runtime>::Filtered.into()));
		assert_eq!(submit(&bob(), send), Err(polkadot_sdk::sp_runtime::DispatchError::BadOrigin));
	});
	assert_eq!(here(&Location::here(), &newcomer()), 0);
}

#[test]
fn nothing_should_go_to_the_relay_chain_by_reserve() {
	start();
	endow_sibling();
	let message = Xcm(vec![
		WithdrawAsset((Location::here(), 2 * CLBR).into()),
		BuyExecution { fees: (Location::here(), CLBR).into(), weight_limit: Unlimited },
		DepositReserveAsset {
			assets: AllCounted(1).into(),
			dest: Location::parent(),
			xcm: Xcm(vec![]),
		},
	]);
	let before = here(&Location::here(), &account_of_sibling(SIBLING));
	let hidden = Xcm(vec![
		message.0[0].clone(),
		message.0[1].clone(),
		SetAppendix(Xcm(vec![message.0[2].clone()])),
	]);
	for message in [message, hidden] {
		message_from!(Sibling, message);
		assert_eq!(outcome(), Outcome { barred: 1, ..Default::default() });
		empty_block!(Caliber);
	}
	assert_eq!(here(&Location::here(), &account_of_sibling(SIBLING)), before);
}

#[test]
fn too_small_fees_should_be_refused_and_leave_everything_to_be_claimed() {
	start();
	endow_sibling();
	let bring = |offered| {
		Xcm(vec![
			WithdrawAsset((Location::here(), CLBR).into()),
			BuyExecution { fees: (Location::here(), offered).into(), weight_limit: Unlimited },
			DepositAsset { assets: AllCounted(1).into(), beneficiary: to(&newcomer()) },
		])
	};
	let delivered = |message: Xcm<()>| Xcm([message.0, vec![SetTopic([0; 32])]].concat());
	let fee = fee_of(delivered(bring(1)));
	message_from!(Sibling, bring(fee - 1));
	let expected = Outcome {
		failed: vec![(para(SIBLING), XcmError::TooExpensive)],
		trapped: vec![(para(SIBLING), (Location::here(), CLBR).into())],
		..Default::default()
	};
	assert_eq!(outcome(), expected);
	assert_eq!(here(&Location::here(), &newcomer()), 0);
	let claim = |fees| {
		Xcm(vec![
			ClaimAsset {
				assets: (Location::here(), CLBR).into(),
				ticket: GeneralIndex(XCM_VERSION.into()).into(),
			},
			BuyExecution { fees: (Location::here(), fees).into(), weight_limit: Unlimited },
			DepositAsset { assets: AllCounted(1).into(), beneficiary: to(&newcomer()) },
		])
	};
	let claim_fee = fee_of(delivered(claim(1)));
	empty_block!(Caliber);
	// Another chain cannot claim the assets.
	message_from!(AssetHub, claim(claim_fee));
	assert_failed(para(ASSET_HUB), XcmError::UnknownClaim);
	empty_block!(Caliber);
	message_from!(Sibling, claim(claim_fee));
	assert_done();
	assert_eq!(here(&Location::here(), &newcomer()), CLBR - claim_fee);
	// The assets can be claimed once.
	empty_block!(Caliber);
	message_from!(Sibling, claim(claim_fee));
	assert_failed(para(SIBLING), XcmError::UnknownClaim);

	// The exact fee suffices.
	empty_block!(Caliber);
	message_from!(Sibling, bring(fee));
	assert_done();
	assert_eq!(here(&Location::here(), &newcomer()), 2 * CLBR - fee - claim_fee);
}
