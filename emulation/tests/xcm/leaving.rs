// SPDX-License-Identifier: Apache-2.0

//! Outgoing transfers: permitted assets and destinations, and refusals that change nothing.

use crate::common::*;
use polkadot_sdk::{
	frame_support,
	pallet_nfts::{self, CollectionConfig, CollectionSettings, MintSettings},
	pallet_xcm, sp_io,
	sp_runtime::{DispatchError, MultiAddress, StateVersion},
	staging_xcm::{VersionedAssetId, VersionedXcm},
	staging_xcm_executor::traits::TransferType,
};

type Error = pallet_xcm::Error<Runtime>;

fn bob() -> AccountId {
	account(Keyring::Bob)
}

/// Starts the network and gives Bob USDai and sUSDai.
fn start_with_savings() {
	start();
	buy_usdai(&bob(), 100_000);
	submit_ok(&bob(), pallet_caliber_vault::Call::deposit { assets: 50_000 * USD, min_shares: 0 });
}

/// Returns the error of Bob's call. Asserts that the call leaves the state unchanged.
#[track_caller]
fn refusal(call: caliber_runtime::RuntimeCall) -> DispatchError {
	Caliber::execute_with(|| {
		let root = || sp_io::storage::root(StateVersion::V1);
		let before = root();
		let error = submit(&bob(), call).expect_err("it may not leave");
		assert_eq!(root(), before);
		error
	})
}

/// Returns a transfer whose sender chooses the reserve.
fn transfer_by(by: TransferType, dest: Location, asset: Asset) -> caliber_runtime::RuntimeCall {
	pallet_xcm::Call::transfer_assets_using_type_and_then {
		dest: Box::new(dest.into()),
		remote_fees_id: Box::new(VersionedAssetId::from(asset.id.clone())),
		assets: Box::new(VersionedAssets::from(Assets::from(asset))),
		assets_transfer_type: Box::new(by.clone()),
		fees_transfer_type: Box::new(by),
		custom_xcm_on_dest: Box::new(VersionedXcm::from(Xcm(vec![DepositAsset {
			assets: AllCounted(1).into(),
			beneficiary: to(&newcomer()),
		}]))),
		weight_limit: Unlimited,
	}
	.into()
}

/// Returns a transfer by the call for reserve transfers.
fn reserve_transfer(dest: Location, asset: Asset) -> caliber_runtime::RuntimeCall {
	pallet_xcm::Call::limited_reserve_transfer_assets {
		dest: Box::new(dest.into()),
		beneficiary: Box::new(to(&newcomer()).into()),
		assets: Box::new(VersionedAssets::from(Assets::from(asset))),
		fee_asset_item: 0,
		weight_limit: Unlimited,
	}
	.into()
}

#[test]
fn assets_of_ours_should_not_go_to_the_relay_chain() {
	start_with_savings();
	let relay = Location::parent;
	for id in [Location::here(), usdai(), susdai()] {
		let asset = Asset::from((id, CLBR));
		for call in [
			transfer_call(relay(), &newcomer(), asset.clone(), 0),
			reserve_transfer(relay(), asset.clone()),
			transfer_by(TransferType::LocalReserve, relay(), asset.clone()),
		] {
			assert_eq!(refusal(call), Error::SendFailure.into());
		}
		// The same transfer to a sibling succeeds.
		submit_ok(&bob(), transfer_call(para(SIBLING), &newcomer(), asset, 0));
	}
}

#[test]
fn dollars_of_asset_hub_should_be_held_here_for_nobody() {
	start();
	let dollars = Asset::from((usdc(), 1_000_000_000u128));
	for dest in [para(SIBLING), para(ASSET_HUB), Location::parent()] {
		let call = transfer_by(TransferType::LocalReserve, dest, dollars.clone());
		assert_eq!(refusal(call), Error::SendFailure.into());
	}
	// Neither a sibling nor the relay chain is their reserve.
	for dest in [para(SIBLING), Location::parent()] {
		let call = transfer_by(TransferType::DestinationReserve, dest, dollars.clone());
		assert_eq!(refusal(call), Error::InvalidAssetUnsupportedReserve.into());
	}
	assert_backed();
}

#[test]
fn dollars_should_go_to_a_sibling_and_come_back_by_way_of_asset_hub() {
	start();
	let sent = 1_000_000_000u128;
	let before = here(&usdc(), &bob());
	submit_ok(&bob(), transfer_call(para(SIBLING), &newcomer(), (usdc(), sent), 0));
	empty_block!(AssetHub);
	assert_eq!(here(&usdc(), &bob()), before - sent);
	assert_backed();
	let arrived = at_sibling(&usdc(), &newcomer());
	// The other two chains have charged for execution.
	assert!((sent - 1_000_000..sent).contains(&arrived), "{arrived}");
	assert_eq!(at_asset_hub(USDC, &account_of_sibling(SIBLING)), arrived_with_fee(arrived));

	send_to_caliber!(Sibling, newcomer(), &newcomer(), (usdc(), arrived), 0);
	empty_block!(AssetHub);
	assert_done();
	let back = here(&usdc(), &newcomer());
	assert!((arrived - 1_000_000..arrived).contains(&back), "{back}");
	assert_backed();
}

/// Returns the holding of Asset Hub for the sibling: what arrived, and the fee that the sibling has
/// burnt.
fn arrived_with_fee(arrived: Balance) -> Balance {
	use polkadot_sdk::frame_support::weights::Weight;
	arrived + crate::stand_in::flat_price(Weight::from_parts(5_000_000_000, 0))
}

#[test]
fn nfts_should_not_leave_and_not_be_taken() {
	start();
	let owner = || MultiAddress::Id(bob());
	submit_ok(
		&bob(),
		pallet_nfts::Call::create {
			admin: owner(),
			config: CollectionConfig {
				settings: CollectionSettings::all_enabled(),
				max_supply: None,
				mint_settings: MintSettings::default(),
			},
		},
	);
	let collection = Caliber::ext_wrapper(|| {
		pallet_nfts::CollectionAccount::<Runtime>::iter_key_prefix(bob()).next()
	})
	.expect("Bob has made one");
	submit_ok(
		&bob(),
		pallet_nfts::Call::mint { collection, item: 7, mint_to: owner(), witness_data: None },
	);
	let nfts = <caliber_runtime::Nfts as frame_support::traits::PalletInfoAccess>::index();
	let item = Asset {
		id: AssetId([PalletInstance(nfts as u8), GeneralIndex(collection.into())].into()),
		fun: NonFungible(Index(7)),
	};
	let fee = Asset::from((Location::here(), CLBR));
	for dest in [para(SIBLING), para(ASSET_HUB), Location::parent()] {
		let assets = Assets::from(vec![fee.clone(), item.clone()]);
		let fee_item = assets.inner().iter().position(|a| *a == fee).expect("it is there") as u32;
		let call = transfer_call(dest.clone(), &newcomer(), assets, fee_item);
		assert_eq!(refusal(call), Error::Filtered.into());
		assert_eq!(refusal(reserve_transfer(dest, item.clone())), Error::Filtered.into());
	}
	// A sibling cannot withdraw an NFT, even one of its own account.
	submit_ok(
		&bob(),
		pallet_nfts::Call::transfer {
			collection,
			item: 7,
			dest: MultiAddress::Id(account_of_sibling(SIBLING)),
		},
	);
	message_from!(
		Sibling,
		Xcm(vec![
			WithdrawAsset(item.into()),
			BuyExecution { fees: (Location::here(), CLBR).into(), weight_limit: Unlimited },
			DepositAsset { assets: AllCounted(1).into(), beneficiary: to(&newcomer()) },
		])
	);
	assert_failed(para(SIBLING), XcmError::AssetNotFound);
	assert_eq!(
		Caliber::ext_wrapper(|| caliber_runtime::Nfts::owner(collection, 7)),
		Some(account_of_sibling(SIBLING))
	);
}

#[test]
fn nothing_should_leave_for_a_chain_without_a_channel() {
	start_with_savings();
	for asset in [Location::here(), usdai()] {
		let call = transfer_call(para(2_345), &newcomer(), (asset, CLBR), 0);
		assert!(matches!(refusal(call), DispatchError::Module(_)));
	}
}

#[test]
fn messages_should_not_make_this_chain_hold_what_is_not_its_own() {
	start();
	let sent = 1_000_000_000u128;
	let forward = |dest| {
		Xcm(vec![
			ReserveAssetDeposited((usdc(), sent).into()),
			BuyExecution { fees: (usdc(), sent).into(), weight_limit: Unlimited },
			DepositReserveAsset { assets: AllCounted(1).into(), dest, xcm: Xcm(vec![]) },
		])
	};
	let held = |who| here(&usdc(), &account_of_sibling(who));
	message_from!(AssetHub, forward(para(SIBLING)));
	let outcome = outcome();
	assert!(
		matches!(&outcome.failed[..], [(from, XcmError::Transport(_))] if *from == para(ASSET_HUB)),
		"{outcome:?}"
	);
	// Asset Hub may claim the assets, less the fee of execution.
	let [(claimer, assets)] = &outcome.trapped[..] else { panic!("{outcome:?}") };
	assert_eq!(*claimer, para(ASSET_HUB));
	let [Asset { id, fun: Fungible(trapped) }] = &assets.inner()[..] else { panic!("{assets:?}") };
	assert_eq!(id.0, usdc());
	assert!((sent - 1_000_000..sent).contains(trapped), "{trapped}");
	assert_eq!(held(SIBLING), 0);
}
