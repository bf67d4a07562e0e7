// SPDX-License-Identifier: Apache-2.0

//! Helpers that send assets and messages, and that read the results.

pub use crate::network::*;
pub use caliber_primitives::{SUSDAI, USD, USDAI};
pub use caliber_runtime::{
	assets::{local_asset, NativeAndAssets},
	constants::currency::{CLBR, MILLI_CLBR},
	genesis_config_presets::{usdc, usdt},
	AccountId, Balance, Runtime,
};
pub use polkadot_sdk::{
	frame_support::{
		assert_ok, traits::fungibles::Inspect as _, weights::constants::ExtrinsicBaseWeight,
	},
	sp_keyring::Sr25519Keyring as Keyring,
	staging_xcm::{latest::prelude::*, VersionedAssets},
};
pub use xcm_emulator::TestExt;

use crate::{parachain, relay};
use caliber_primitives::appraisal::OracleKey;
use caliber_runtime::{
	configs::xcm::XcmConfig,
	genesis_config_presets::{PRICED_PYUSD, PRICED_USDC, PRICED_USDT},
};
use polkadot_sdk::{
	frame_support::weights::Weight,
	pallet_psm, pallet_xcm,
	sp_runtime::Permill,
	staging_xcm_executor::{self as executor, traits::WeightBounds},
};
use xcm_emulator::Network;

/// Starts the network from genesis.
pub fn start() {
	Emulated::reset();
	Emulated::init();
}

/// Returns the account of a well-known key.
pub fn account(key: Keyring) -> AccountId {
	key.to_account_id()
}

/// Returns an account that is in no genesis.
pub fn newcomer() -> AccountId {
	[7; 32].into()
}

/// Returns the location of an account on the chain that reads it.
pub fn to(who: &AccountId) -> Location {
	AccountId32 { network: None, id: who.clone().into() }.into()
}

/// Returns the location of a sibling.
pub fn para(id: u32) -> Location {
	Location::new(1, [Parachain(id)])
}

/// Returns the location of a local asset of Caliber, as its siblings name it.
pub fn abroad(asset: u32) -> Location {
	Location::new(1, [Parachain(CALIBER), PalletInstance(50), GeneralIndex(asset.into())])
}

/// Returns the location of an asset of Asset Hub, as Asset Hub names it.
pub fn at_home(asset: u32) -> Location {
	Location::new(0, [PalletInstance(50), GeneralIndex(asset.into())])
}

/// Returns the location of USDai on Caliber.
pub fn usdai() -> Location {
	local_asset(USDAI)
}

/// Returns the location of sUSDai on Caliber.
pub fn susdai() -> Location {
	local_asset(SUSDAI)
}

/// Returns an account's balance of an asset on Caliber.
pub fn here(asset: &Location, who: &AccountId) -> Balance {
	Caliber::ext_wrapper(|| NativeAndAssets::balance(asset.clone(), who))
}

/// Returns an account's balance of an asset of Asset Hub there.
pub fn at_asset_hub(asset: u32, who: &AccountId) -> Balance {
	AssetHub::ext_wrapper(|| parachain::Assets::balance(asset, who))
}

/// Returns an account's balance of a foreign asset on the sibling.
pub fn at_sibling(asset: &Location, who: &AccountId) -> Balance {
	Sibling::ext_wrapper(|| parachain::ForeignAssets::balance(asset.clone(), who))
}

/// Returns the balance of the staking pot of Caliber, which receives fees.
pub fn staking_pot() -> Balance {
	let pot = Caliber::ext_wrapper(caliber_runtime::CollatorSelection::account_id);
	here(&Location::here(), &pot)
}

/// Returns the account of the treasury of Caliber.
pub fn treasury() -> AccountId {
	caliber_runtime::accounts::TreasuryAccount::get()
}

/// Asserts that Asset Hub holds the whole supply of USDC and USDT on Caliber.
#[track_caller]
pub fn assert_backed() {
	for (id, location) in [(USDC, usdc()), (USDT, usdt())] {
		let known = Caliber::ext_wrapper(|| NativeAndAssets::total_issuance(location));
		assert_eq!(known, at_asset_hub(id, &account_of_sibling(CALIBER)));
	}
}

/// Sends assets from Asset Hub or the sibling to Caliber. The item `$fee_item` of the assets pays.
macro_rules! send_to_caliber {
	($chain:ident, $from:expr, $to:expr, $assets:expr, $fee_item:expr $(,)?) => {
		<$chain as TestExt>::execute_with(|| {
			assert_ok!(crate::parachain::PolkadotXcm::transfer_assets(
				crate::parachain::RuntimeOrigin::signed($from.clone()),
				Box::new(para(CALIBER).into()),
				Box::new(to($to).into()),
				Box::new(VersionedAssets::from(Assets::from($assets))),
				$fee_item,
				Unlimited,
			));
		})
	};
}
pub(crate) use send_to_caliber;

/// Returns the call by which an account of Caliber sends assets.
pub fn transfer_call(
	dest: Location,
	beneficiary: &AccountId,
	assets: impl Into<Assets>,
	fee_asset_item: u32,
) -> caliber_runtime::RuntimeCall {
	pallet_xcm::Call::transfer_assets {
		dest: Box::new(dest.into()),
		beneficiary: Box::new(to(beneficiary).into()),
		assets: Box::new(VersionedAssets::from(assets.into())),
		fee_asset_item,
		weight_limit: Unlimited,
	}
	.into()
}

/// Dispatches a call on Caliber through the call filter, as a transaction does.
pub fn submit(
	who: &AccountId,
	call: impl Into<caliber_runtime::RuntimeCall>,
) -> polkadot_sdk::sp_runtime::DispatchResult {
	use polkadot_sdk::sp_runtime::traits::Dispatchable;
	let origin = caliber_runtime::RuntimeOrigin::signed(who.clone());
	call.into().dispatch(origin).map(drop).map_err(|e| e.error)
}

/// Executes a block of Caliber with one call and asserts that the call succeeds.
#[track_caller]
pub fn submit_ok(who: &AccountId, call: impl Into<caliber_runtime::RuntimeCall>) {
	Caliber::execute_with(|| {
		assert_ok!(submit(who, call));
	});
}

/// Reports a dollar for each stablecoin by every oracle operator, in a block of its own.
fn report_stablecoins() {
	let dollars = [PRICED_USDC, PRICED_USDT, PRICED_PYUSD];
	let values = dollars.map(|coin| (OracleKey::Price(coin), USD)).to_vec();
	Caliber::execute_with(|| {
		for operator in [Keyring::AliceStash, Keyring::BobStash, Keyring::CharlieStash] {
			let origin = caliber_runtime::RuntimeOrigin::signed(account(operator));
			let values = values.clone().try_into().expect("there are three");
			assert_ok!(caliber_runtime::Appraisal::feed(origin, values));
		}
	});
}

/// Mints USDai for USDC, one for one. The operators report the stablecoins first.
pub fn buy_usdai(who: &AccountId, dollars: Balance) {
	report_stablecoins();
	submit_ok(
		who,
		pallet_psm::Call::mint {
			internal_asset: usdai(),
			external_asset: usdc(),
			external_amount: dollars * 1_000_000,
			max_fee: Permill::zero(),
		},
	);
}

/// Creates a pool of an asset with CLBR on Caliber, at two CLBR for a dollar.
pub fn make_pool(who: &AccountId, asset: Location, dollars: Balance, unit: Balance) {
	use polkadot_sdk::pallet_asset_conversion::Call;
	let pair = || (Box::new(Location::here()), Box::new(asset.clone()));
	let (asset1, asset2) = pair();
	submit_ok(who, Call::create_pool { asset1, asset2 });
	let (asset1, asset2) = pair();
	submit_ok(
		who,
		Call::add_liquidity {
			asset1,
			asset2,
			amount1_desired: 2 * dollars * CLBR,
			amount2_desired: dollars * unit,
			amount1_min: 1,
			amount2_min: 1,
			mint_to: who.clone(),
		},
	);
}

/// Returns the price of an amount of CLBR in the pool of an asset.
pub fn price_of_clbr(asset: &Location, amount: Balance) -> Balance {
	Caliber::ext_wrapper(|| {
		caliber_runtime::AssetConversion::quote_price_tokens_for_exact_tokens(
			asset.clone(),
			Location::here(),
			amount,
			true,
		)
	})
	.expect("there is a pool")
}

/// Returns the fee of the execution of a message, in CLBR, from the weight of its instructions: a
/// thousandth for the base time of a transaction, or for ten kibibytes of proof, whichever is more.
pub fn fee_of(message: Xcm<()>) -> Balance {
	let weight = Caliber::ext_wrapper(|| {
		let mut message = Xcm::<caliber_runtime::RuntimeCall>::from(message);
		<XcmConfig as executor::Config>::Weigher::weight(&mut message, Weight::MAX)
	})
	.expect("it can be weighed");
	let thousandths =
		|amount: u64, unit: u64| Balance::from(amount) * MILLI_CLBR / Balance::from(unit);
	thousandths(weight.ref_time(), ExtrinsicBaseWeight::get().ref_time())
		.max(thousandths(weight.proof_size(), 10 * 1024))
}

/// Returns the fee of a transfer of `count` assets to Caliber. `first` is the instruction with
/// which it starts: that of the reserve of the assets, or that of their return to Caliber.
pub fn transfer_fee(first: fn(Assets) -> Instruction<()>, count: u32) -> Balance {
	let assets: Vec<Asset> = (0..count).map(|i| (GeneralIndex(i.into()), 1u128).into()).collect();
	fee_of(Xcm(vec![
		first(assets.into()),
		ClearOrigin,
		BuyExecution { fees: (Location::here(), 1u128).into(), weight_limit: Unlimited },
		DepositAsset { assets: AllCounted(count).into(), beneficiary: to(&newcomer()) },
		SetTopic([0; 32]),
	]))
}

/// Sends a message in the name of a chain, not of an account on it.
macro_rules! message_from {
	($chain:ident, $message:expr $(,)?) => {
		<$chain as TestExt>::execute_with(|| {
			assert_ok!(crate::parachain::PolkadotXcm::send_xcm(Here, para(CALIBER), $message));
		})
	};
}
pub(crate) use message_from;

/// Sends a message in the name of the relay chain.
pub fn message_from_relay(message: Xcm<()>) {
	Relay::execute_with(|| {
		assert_ok!(relay::XcmPallet::send_xcm(Here, Parachain(CALIBER), message));
	});
}

/// Executes a block of a chain without calls. The block still sends queued messages.
macro_rules! empty_block {
	($chain:ident) => {
		<$chain as TestExt>::execute_with(|| ())
	};
}
pub(crate) use empty_block;

/// Result of the messages in the last block of Caliber.
#[derive(Debug, Default, PartialEq)]
pub struct Outcome {
	/// Number of messages that were executed completely.
	pub done: u32,
	/// Origins and errors of messages that stopped.
	pub failed: Vec<(Location, XcmError)>,
	/// Number of messages that were not executed.
	pub barred: u32,
	/// Trapped assets, with the location that may claim them.
	pub trapped: Vec<(Location, Assets)>,
}

/// Reads the result of the messages from the events of Caliber.
pub fn outcome() -> Outcome {
	use caliber_runtime::RuntimeEvent;
	use polkadot_sdk::pallet_message_queue::Event::{Processed, ProcessingFailed};
	let mut outcome = Outcome::default();
	for record in Caliber::ext_wrapper(caliber_runtime::System::events) {
		match record.event {
			RuntimeEvent::MessageQueue(Processed { success: true, .. }) => outcome.done += 1,
			// Messages that stopped are subtracted below.
			RuntimeEvent::MessageQueue(
				Processed { success: false, .. } | ProcessingFailed { .. },
			) => outcome.barred += 1,
			RuntimeEvent::PolkadotXcm(pallet_xcm::Event::ProcessXcmError {
				origin, error, ..
			}) => outcome.failed.push((origin, error)),
			RuntimeEvent::PolkadotXcm(pallet_xcm::Event::AssetsTrapped {
				origin, assets, ..
			}) => outcome.trapped.push((origin, assets.try_into().expect("it is of this version"))),
			_ => {}
		}
	}
	outcome.barred -= outcome.failed.len() as u32;
	outcome
}

/// Asserts that one message was executed completely.
#[track_caller]
pub fn assert_done() {
	assert_eq!(outcome(), Outcome { done: 1, ..Default::default() });
}

/// Asserts that one message stopped with this error and left no assets behind.
#[track_caller]
pub fn assert_failed(origin: Location, error: XcmError) {
	assert_eq!(outcome(), Outcome { failed: vec![(origin, error)], ..Default::default() });
}
