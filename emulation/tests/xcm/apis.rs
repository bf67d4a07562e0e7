// SPDX-License-Identifier: Apache-2.0

//! Runtime APIs that a wallet calls before it sends: dry runs and fees.

use crate::common::*;
use caliber_runtime::{OriginCaller, RuntimeEvent};
use codec::{Compact, Encode};
use polkadot_sdk::{
	frame_support::{storage, weights::Weight},
	frame_system, pallet_xcm, sp_io,
	sp_runtime::TransactionOutcome,
	staging_xcm::{
		latest::Outcome as Executed, VersionedAsset, VersionedAssetId, VersionedLocation,
		VersionedXcm,
	},
	xcm_runtime_apis::{
		conversions::runtime_decl_for_location_to_account_api::LocationToAccountApiV1,
		dry_run::{runtime_decl_for_dry_run_api::DryRunApiV2, CallDryRunEffects, XcmDryRunEffects},
		fees::{runtime_decl_for_xcm_payment_api::XcmPaymentApiV2, Error as FeesError},
		trusted_query::runtime_decl_for_trusted_query_api::TrustedQueryApiV1,
	},
};

fn bob() -> AccountId {
	account(Keyring::Bob)
}

/// Calls a runtime API and discards its changes of the state.
fn ask<R>(question: impl FnOnce() -> R) -> R {
	Caliber::ext_wrapper(|| {
		storage::with_transaction(|| {
			TransactionOutcome::Rollback(Ok::<_, polkadot_sdk::sp_runtime::DispatchError>(
				question(),
			))
		})
	})
	.expect("there is room for a transaction")
}

/// Returns the effects of a call of Bob.
fn dry_run(call: caliber_runtime::RuntimeCall) -> CallDryRunEffects<RuntimeEvent> {
	let origin = OriginCaller::system(frame_system::RawOrigin::Signed(bob()));
	ask(|| Runtime::dry_run_call(origin, call, XCM_VERSION)).expect("calls may be tried")
}

/// Returns the effects of a message.
fn dry_run_message(from: Location, message: Xcm<()>) -> XcmDryRunEffects<RuntimeEvent> {
	let message = Xcm::<caliber_runtime::RuntimeCall>::from(message);
	ask(|| Runtime::dry_run_xcm(VersionedLocation::from(from), VersionedXcm::from(message)))
		.expect("messages may be tried")
}

/// Returns the assets that may pay for execution.
fn fee_assets() -> Vec<Location> {
	ask(|| Runtime::query_acceptable_payment_assets(XCM_VERSION))
		.expect("there are some")
		.into_iter()
		.map(|id| AssetId::try_from(id).expect("it is of this version").0)
		.collect()
}

/// Returns the fee of a weight in an asset.
fn weight_fee(weight: Weight, asset: Location) -> Result<u128, FeesError> {
	ask(|| Runtime::query_weight_to_asset_fee(weight, VersionedAssetId::from(AssetId(asset))))
}

/// Returns the message that brings `asset` from its reserve.
fn arrival(asset: Location, amount: Balance) -> Xcm<()> {
	Xcm(vec![
		ReserveAssetDeposited((asset.clone(), amount).into()),
		ClearOrigin,
		BuyExecution { fees: (asset, amount).into(), weight_limit: Unlimited },
		DepositAsset { assets: AllCounted(1).into(), beneficiary: to(&newcomer()) },
		SetTopic([1; 32]),
	])
}

#[test]
fn dry_run_should_show_what_a_transfer_sends_and_its_delivery_should_cost_what_is_asked() {
	start();
	let call = || transfer_call(para(ASSET_HUB), &newcomer(), (usdc(), 1_000_000_000u128), 0);
	let (dollars, fees) = (here(&usdc(), &bob()), here(&Location::here(), &treasury()));
	let effects = dry_run(call());
	assert!(effects.execution_result.is_ok());
	let [(dest, messages)] = &effects.forwarded_xcms[..] else {
		panic!("one destination: {:?}", effects.forwarded_xcms)
	};
	assert_eq!(*dest, VersionedLocation::from(para(ASSET_HUB)));
	let [message] = &messages[..] else { panic!("one message: {messages:?}") };
	let program = Xcm::<()>::try_from(message.clone()).expect("it is of this version");
	assert_eq!(program.0[0], WithdrawAsset((at_home(USDC), 1_000_000_000u128).into()));
	assert!(program.0.iter().any(|i| matches!(
		i,
		DepositAsset { beneficiary, .. } if *beneficiary == to(&newcomer())
	)));
	// The dry run has moved nothing.
	assert_eq!(here(&usdc(), &bob()), dollars);

	let price = |asset: Location| {
		ask(|| {
			Runtime::query_delivery_fees(
				dest.clone(),
				message.clone(),
				VersionedAssetId::from(AssetId(asset)),
			)
		})
		.map(|assets| Assets::try_from(assets).expect("it is of this version").into_inner())
	};
	let in_clbr = price(Location::here()).expect("it is what delivery is charged in");
	let in_usdc = price(usdc()).expect("there is a pool");
	assert_eq!(price(usdt()), Err(FeesError::AssetNotFound));
	submit_ok(&bob(), call());
	let charged = here(&Location::here(), &treasury()) - fees;
	assert_eq!(in_clbr, [(Location::here(), charged).into()]);
	// A CLBR costs half a dollar, and the pool adds its fee at most.
	let [Asset { id, fun: Fungible(dollars) }] = &in_usdc[..] else { panic!("{in_usdc:?}") };
	assert_eq!(id.0, usdc());
	let fair = charged / 2 / 1_000_000;
	assert!(dollars.abs_diff(fair) <= fair / 250, "{dollars} for {fair}");
}

#[test]
fn dry_run_should_show_that_a_transfer_is_refused() {
	start();
	let lost = dry_run(transfer_call(Location::parent(), &newcomer(), (Location::here(), CLBR), 0));
	assert_eq!(
		lost.execution_result.map_err(|e| e.error).map(drop),
		Err(pallet_xcm::Error::<Runtime>::SendFailure.into())
	);
	assert!(lost.forwarded_xcms.is_empty());
	let teleport = pallet_xcm::Call::limited_teleport_assets {
		dest: Box::new(para(ASSET_HUB).into()),
		beneficiary: Box::new(to(&newcomer()).into()),
		assets: Box::new(VersionedAssets::from(Assets::from((usdc(), 1_000_000u128)))),
		fee_asset_item: 0,
		weight_limit: Unlimited,
	};
	let effects = dry_run(teleport.into());
	assert_eq!(
		effects.execution_result.map_err(|e| e.error).map(drop),
		Err(pallet_xcm::Error::<Runtime>::Filtered.into())
	);
	assert!(effects.forwarded_xcms.is_empty());
}

#[test]
fn dry_run_of_messages_should_agree_with_their_execution() {
	start();
	let sent = 100_000_000u128;
	let arrives = dry_run_message(para(ASSET_HUB), arrival(usdc(), sent));
	assert!(matches!(arrives.execution_result, Executed::Complete { .. }));
	let error = |from, message| match dry_run_message(from, message).execution_result {
		Executed::Incomplete { error, .. } => error.error,
		other => panic!("not stopped on the way: {other:?}"),
	};
	assert_eq!(error(para(ASSET_HUB), arrival(usdt(), sent)), XcmError::TooExpensive);
	assert_eq!(error(para(SIBLING), arrival(usdc(), sent)), XcmError::UntrustedReserveLocation);
	assert_eq!(here(&usdc(), &newcomer()), 0);

	// The real transfer costs the same.
	let fee = weight_fee(message_weight(arrival(usdc(), sent)), usdc()).expect("there is a pool");
	send_to_caliber!(AssetHub, account(Keyring::Alice), &newcomer(), (at_home(USDC), sent), 0);
	assert_done();
	assert_eq!(here(&usdc(), &newcomer()), sent - fee);
}

/// Returns the weight of a message.
fn message_weight(message: Xcm<()>) -> Weight {
	ask(|| Runtime::query_xcm_weight(VersionedXcm::from(message))).expect("it can be weighed")
}

#[test]
fn fees_should_be_payable_in_what_has_a_pool() {
	start();
	assert_eq!(fee_assets(), [Location::here(), usdai(), usdc()]);
	let weight = message_weight(arrival(usdc(), 1));
	let clbr = transfer_fee(ReserveAssetDeposited, 1);
	assert_eq!(weight_fee(weight, Location::here()), Ok(clbr));
	assert_eq!(weight_fee(weight, usdc()), Ok(price_of_clbr(&usdc(), clbr)));
	for asset in [usdt(), susdai(), Location::parent()] {
		assert_eq!(weight_fee(weight, asset), Err(FeesError::AssetNotFound));
	}

	make_pool(&bob(), usdt(), 10_000, 1_000_000);
	assert_eq!(fee_assets()[..2], [Location::here(), usdai()]);
	assert!(fee_assets()[2..].contains(&usdc()) && fee_assets()[2..].contains(&usdt()));
	assert_eq!(fee_assets().len(), 4);
	for asset in [usdai(), usdt()] {
		assert_eq!(weight_fee(weight, asset.clone()), Ok(price_of_clbr(&asset, clbr)));
	}
	// A CLBR costs half a dollar, and the pool adds its fee.
	let dollars = weight_fee(weight, usdai()).expect("it has a pool");
	let fair = clbr / 2 * (USD / CLBR);
	assert!((fair..fair + fair / 200).contains(&dollars), "{dollars} for {fair}");
}

#[test]
fn locations_should_have_the_accounts_that_are_written_down_everywhere() {
	start();
	let account_at = |location: Location| {
		ask(|| Runtime::convert_location(VersionedLocation::from(location))).map(<[u8; 32]>::from)
	};
	let padded = |prefix: &[u8], id: &[u8]| {
		let mut account = [0; 32];
		account[..prefix.len()].copy_from_slice(prefix);
		account[prefix.len()..prefix.len() + id.len()].copy_from_slice(id);
		account
	};
	assert_eq!(account_at(Location::parent()), Ok(padded(b"Parent", b"")));
	assert_eq!(account_at(para(2001)), Ok(padded(b"sibl", &[0xd1, 0x07, 0, 0])));
	assert_eq!(account_at(to(&bob())), Ok(bob().into()));
	// An account on a sibling differs from the local account of its key and from one on another
	// sibling.
	let on = |chain: Location| {
		let mut location = chain;
		location.append_with(to(&bob())).expect("there is room");
		account_at(location).expect("it has one")
	};
	assert_ne!(on(para(SIBLING)), <[u8; 32]>::from(bob()));
	assert_ne!(on(para(SIBLING)), on(para(ASSET_HUB)));
	let described = (b"SiblingChain", Compact(SIBLING), (b"AccountId32", bob()).encode()).encode();
	assert_eq!(on(para(SIBLING)), sp_io::hashing::blake2_256(&described));
	// A location of another consensus system has no account.
	assert!(account_at(Location::new(2, [GlobalConsensus(NetworkId::Kusama)])).is_err());
}

#[test]
fn asset_hub_should_be_trusted_with_its_assets_and_nobody_with_teleports() {
	start();
	let ethereum = Location::new(2, [GlobalConsensus(NetworkId::Ethereum { chain_id: 1 })]);
	let all = [usdc(), usdt(), Location::parent(), ethereum, Location::here(), usdai(), susdai()];
	let own = Location::new(1, [Parachain(SIBLING), GeneralIndex(1)]);
	for (i, asset) in all.into_iter().chain([own]).enumerate() {
		for (chain, holds) in
			[(para(ASSET_HUB), i < 4), (para(SIBLING), false), (Location::parent(), false)]
		{
			let question = || {
				(VersionedAsset::from(Asset::from((asset.clone(), 1u128))), chain.clone().into())
			};
			let (what, whom) = question();
			assert_eq!(ask(|| Runtime::is_trusted_reserve(what, whom)), Ok(holds), "{asset:?}");
			let (what, whom) = question();
			assert_eq!(ask(|| Runtime::is_trusted_teleporter(what, whom)), Ok(false));
		}
	}
}
