// SPDX-License-Identifier: Apache-2.0

//! The relay chain's token, which comes from Asset Hub after governance has created it.

use crate::{common::*, parachain, relay};
use polkadot_sdk::{frame_support::weights::Weight, frame_system, staging_xcm::VersionedXcm};

/// Sends the relay chain's token from Asset Hub, with USDC for the fees.
fn send_dot(who: &AccountId, dot: Balance) {
	const FEE: Balance = 1_000_000;
	let xcm = Xcm(vec![
		BuyExecution { fees: (usdc(), FEE).into(), weight_limit: Unlimited },
		DepositAsset { assets: AllCounted(2).into(), beneficiary: to(who) },
	]);
	let assets: Vec<Asset> = vec![(Location::parent(), dot).into(), (at_home(USDC), FEE).into()];
	let program = Xcm(vec![
		WithdrawAsset(assets.into()),
		DepositReserveAsset { assets: AllCounted(2).into(), dest: para(CALIBER), xcm },
	]);
	AssetHub::execute_with(|| {
		assert_ok!(parachain::PolkadotXcm::execute(
			parachain::RuntimeOrigin::signed(account(Keyring::Alice)),
			Box::new(VersionedXcm::from(program)),
			Weight::MAX,
		));
	});
}

#[test]
fn relay_token_should_be_unknown_until_governance_knows_it() {
	start();
	let (dot, kept) = (10 * DOT, account_of_sibling(CALIBER));
	send_dot(&newcomer(), dot);
	let outcome = outcome();
	assert_eq!((outcome.done, outcome.failed.len()), (0, 1), "{outcome:?}");
	assert_eq!(here(&usdc(), &newcomer()), 0);

	Caliber::execute_with(|| {
		assert_ok!(caliber_runtime::ForeignAssets::force_create(
			frame_system::RawOrigin::Root.into(),
			Location::parent(),
			treasury().into(),
			true,
			1_000_000,
		));
	});
	let before = AssetHub::ext_wrapper(|| parachain::Balances::free_balance(&kept));
	send_dot(&newcomer(), dot);
	assert_done();
	assert_eq!(here(&Location::parent(), &newcomer()), dot);
	assert_eq!(AssetHub::ext_wrapper(|| parachain::Balances::free_balance(&kept)), before + dot);
}

#[test]
fn relay_token_should_come_from_asset_hub_and_not_from_the_relay_chain() {
	start();
	let alice = account(Keyring::Alice);
	// The token can be teleported to Asset Hub.
	Relay::execute_with(|| {
		assert_ok!(relay::XcmPallet::limited_teleport_assets(
			relay::RuntimeOrigin::signed(alice.clone()),
			Box::new(Location::new(0, [Parachain(ASSET_HUB)]).into()),
			Box::new(to(&newcomer()).into()),
			Box::new(VersionedAssets::from(Assets::from((Location::here(), DOT)))),
			0,
			Unlimited,
		));
	});
	assert!(AssetHub::ext_wrapper(|| parachain::Balances::free_balance(newcomer())) > 0);
	// The token cannot be teleported to Caliber, and the relay chain is not its reserve there.
	let assets: Assets = (Location::parent(), DOT).into();
	let rest = |first| {
		Xcm(vec![
			first,
			BuyExecution { fees: (Location::parent(), DOT).into(), weight_limit: Unlimited },
			DepositAsset { assets: AllCounted(1).into(), beneficiary: to(&newcomer()) },
		])
	};
	message_from_relay(rest(ReceiveTeleportedAsset(assets.clone())));
	assert_failed(Location::parent(), XcmError::UntrustedTeleportLocation);
	empty_block!(Caliber);
	message_from_relay(rest(ReserveAssetDeposited(assets)));
	assert_failed(Location::parent(), XcmError::UntrustedReserveLocation);
}
