// SPDX-License-Identifier: Apache-2.0

//! Parts that the stand-ins for the relay chain and for parachains share: the price of execution,
//! and the configuration of messages.

use polkadot_sdk::{
	frame_support::{parameter_types, weights::Weight},
	parachains_common::Balance,
	staging_xcm::latest::prelude::*,
	staging_xcm_executor::{traits::WeightTrader, AssetsInHolding},
};

parameter_types! {
	pub const AnyNetwork: Option<NetworkId> = None;
	pub ServiceWeight: Weight = Weight::MAX;
	pub UnitWeightCost: Weight = Weight::from_parts(1_000_000_000, 64 * 1024);
}

/// Returns the price of [`FlatTrader`]: ten units per million picoseconds.
pub fn flat_price(weight: Weight) -> Balance {
	Balance::from(weight.ref_time()) / 100_000
}

/// Trader that sells execution for any asset at the same price, and burns the payment.
pub struct FlatTrader;

impl WeightTrader for FlatTrader {
	fn new() -> Self {
		Self
	}

	fn buy_weight(
		&mut self,
		weight: Weight,
		mut payment: AssetsInHolding,
		_context: &XcmContext,
	) -> Result<AssetsInHolding, (AssetsInHolding, XcmError)> {
		let Some(id) = payment.fungible.keys().next().cloned() else {
			return Err((payment, XcmError::AssetNotFound));
		};
		let price: Asset = (id, flat_price(weight)).into();
		match payment.try_take(price.into()) {
			Ok(_burnt) => Ok(payment),
			Err(_) => Err((payment, XcmError::TooExpensive)),
		}
	}
}

/// Configures the executor, as `XcmConfig`, and `pallet_xcm` of the stand-in in whose module it
/// stands. The module provides `Runtime` with its aggregated types, `Balances`, and
/// `UniversalLocation`.
macro_rules! configure_messages {
	(
		pallet: $pallet:ty,
		accounts: $accounts:ty,
		assets: $assets:ty,
		barrier: $barrier:ty,
		reserves: $reserves:ty,
		teleports: $teleports:ty,
		origins: $origins:ty,
		router: $router:ty $(,)?
	) => {
		/// Configuration of the executor.
		pub struct XcmConfig;

		const _: () = {
			use polkadot_sdk::{
				frame_support::traits::{ConstU32, Disabled, Everything, Nothing},
				frame_system::EnsureRoot,
				pallet_xcm,
				parachains_common::AccountId,
				staging_xcm_builder::{
					EnsureXcmOrigin, FixedWeightBounds, FrameTransactionalProcessor,
					SignedToAccountId32,
				},
				staging_xcm_executor::{self, XcmExecutor},
			};
			use $crate::stand_in::{AnyNetwork, FlatTrader, UnitWeightCost};

			type LocalOriginToLocation = SignedToAccountId32<RuntimeOrigin, AccountId, AnyNetwork>;
			type Weigher = FixedWeightBounds<UnitWeightCost, RuntimeCall, ConstU32<100>>;

			impl staging_xcm_executor::Config for XcmConfig {
				type Aliasers = Nothing;
				type AssetExchanger = ();
				type AssetLocker = ();
				type AssetTransactor = $assets;
				type AssetTrap = $pallet;
				type Barrier = $barrier;
				type CallDispatcher = RuntimeCall;
				type FeeManager = ();
				type HrmpChannelAcceptedHandler = ();
				type HrmpChannelClosingHandler = ();
				type HrmpNewChannelOpenRequestHandler = ();
				type IsReserve = $reserves;
				type IsTeleporter = $teleports;
				type MaxAssetsIntoHolding = ConstU32<64>;
				type MessageExporter = ();
				type OriginConverter = $origins;
				type PalletInstancesInfo = AllPalletsWithSystem;
				type ResponseHandler = $pallet;
				type RuntimeCall = RuntimeCall;
				type SafeCallFilter = Everything;
				type SubscriptionService = $pallet;
				type Trader = FlatTrader;
				type TransactionalProcessor = FrameTransactionalProcessor;
				type UniversalAliases = Nothing;
				type UniversalLocation = UniversalLocation;
				type Weigher = Weigher;
				type XcmEventEmitter = $pallet;
				type XcmRecorder = $pallet;
				type XcmSender = $router;
			}

			impl pallet_xcm::Config for Runtime {
				type AdminOrigin = EnsureRoot<AccountId>;
				type AdvertisedXcmVersion = pallet_xcm::CurrentXcmVersion;
				type AuthorizedAliasConsideration = Disabled;
				type Currency = Balances;
				type CurrencyMatcher = ();
				type ExecuteXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
				type MaxLockers = ConstU32<8>;
				type MaxRemoteLockConsumers = ConstU32<0>;
				type RemoteLockConsumerIdentifier = ();
				type RuntimeCall = RuntimeCall;
				type RuntimeEvent = RuntimeEvent;
				type RuntimeOrigin = RuntimeOrigin;
				type SendXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, ()>;
				type SovereignAccountOf = $accounts;
				type TrustedLockers = ();
				type UniversalLocation = UniversalLocation;
				type WeightInfo = pallet_xcm::TestWeightInfo;
				type Weigher = Weigher;
				type XcmExecuteFilter = Everything;
				type XcmExecutor = XcmExecutor<XcmConfig>;
				type XcmReserveTransferFilter = Everything;
				type XcmRouter = $router;
				type XcmTeleportFilter = Everything;

				const VERSION_DISCOVERY_QUEUE_SIZE: u32 = 100;
			}
		};
	};
}
pub(crate) use configure_messages;
