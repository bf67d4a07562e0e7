// SPDX-License-Identifier: Apache-2.0

//! Messages between chains: reserve transfers of assets and version subscriptions.
//!
//! | Content | Route | Terms |
//! |---|---|---|
//! | USDC, USDT and others of Asset Hub, the relay chain's token | in from Asset Hub, back to it, or through it to a sibling | reserve: Asset Hub |
//! | CLBR, USDai, sUSDai and others issued here | out to a sibling and back | reserve: this chain |
//! | version subscriptions | from the relay chain and siblings | free of charge |
//! | titles and other NFTs, pool shares, teleports, calls | none | |
//!
//! The relay chain has no more rights here than a sibling, because this chain has its own
//! governance. It may subscribe to versions, and pay for messages from its account here. Upgrades
//! of the runtime need its go-ahead, which is not a message.

use crate::{
	accounts::{StakingPot, TreasuryAccount},
	assets::{local_asset, NativeAndAssets, LOCAL_ASSETS_PALLET_INDEX},
	configs::system::{RuntimeBlockWeights, TransactionByteFee, WeightToFee},
	constants::currency::{deposit, MILLI_CLBR},
	AccountId, AllPalletsWithSystem, AssetConversion, Assets, Balance, Balances, ForeignAssets,
	MessageQueue, ParachainInfo, ParachainSystem, PolkadotXcm, Runtime, RuntimeCall, RuntimeEvent,
	RuntimeHoldReason, RuntimeOrigin, XcmpQueue,
};
use alloc::vec::Vec;
use core::marker::PhantomData;
use polkadot_sdk::{
	staging_xcm as xcm, staging_xcm_builder as xcm_builder, staging_xcm_executor as xcm_executor, *,
};

use cumulus_primitives_core::{AggregateMessageOrigin, ParaId};
use frame_support::{
	parameter_types,
	traits::{
		fungible::HoldConsideration,
		tokens::imbalance::{ResolveAssetTo, ResolveTo},
		ConstU32, Contains, ContainsPair, Equals, Everything, LinearStoragePrice, Nothing,
		TransformOrigin,
	},
	weights::Weight,
};
use frame_system::EnsureRoot;
use pallet_xcm::XcmPassthrough;
use parachains_common::{
	message_queue::{NarrowOriginToSibling, ParaIdToSibling},
	xcm_config::ParentRelayOrSiblingParachains,
};
use polkadot_parachain_primitives::primitives::Sibling;
use sp_runtime::{traits::TryConvertInto, Perbill};
use xcm::{latest::prelude::*, VersionedLocation, VersionedXcm};
use xcm_builder::{
	AccountId32Aliases, AllowKnownQueryResponses, AllowSubscriptionsFrom,
	AllowTopLevelPaidExecutionFrom, AsPrefixedGeneralIndex, DenyRecursively,
	DenyReserveTransferToRelayChain, DenyThenTry, DescribeAllTerminal, DescribeFamily,
	EnsureXcmOrigin, FixedWeightBounds, FrameTransactionalProcessor, FungibleAdapter,
	FungiblesAdapter, HashedDescription, InspectMessageQueues, IsConcrete,
	MatchedConvertedConcreteId, NoChecking, ParentIsPreset, RelayChainAsNative,
	SendXcmFeeToAccount, SiblingParachainAsNative, SiblingParachainConvertsVia,
	SignedAccountId32AsNative, SignedToAccountId32, SingleAssetExchangeAdapter,
	SovereignSignedViaLocation, StartsWith, TakeWeightCredit, TrailingSetTopicAsId,
	UsingComponents, WithComputedOrigin, WithUniqueTopic, XcmFeeManagerFromComponents,
};
use xcm_executor::XcmExecutor;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;

parameter_types! {
	pub const RelayLocation: Location = Location::parent();
	pub const HereLocation: Location = Location::here();
	pub AssetHubLocation: Location = Location::new(1, [Parachain(1000)]);
	pub LocalAssetsLocation: Location =
		Location::new(0, [PalletInstance(LOCAL_ASSETS_PALLET_INDEX)]);
	pub const RelayNetwork: Option<NetworkId> = None;
	pub RelayChainOrigin: RuntimeOrigin = cumulus_pallet_xcm::Origin::Relay.into();
	pub UniversalLocation: InteriorLocation =
		[Parachain(ParachainInfo::parachain_id().into())].into();
	pub CheckingAccount: AccountId = PolkadotXcm::check_account();
	pub TreasuryLocation: Location = AccountId32 {
		network: None,
		id: TreasuryAccount::get().into(),
	}
	.into();
}

/// Converter of a location to its account: that of a chain, a local account, or one derived from
/// the description of any other location.
pub type LocationToAccountId = (
	ParentIsPreset<AccountId>,
	SiblingParachainConvertsVia<Sibling, AccountId>,
	AccountId32Aliases<RelayNetwork, AccountId>,
	HashedDescription<AccountId, DescribeFamily<DescribeAllTerminal>>,
);

/// Transactor of the native token.
pub type NativeTransactor =
	FungibleAdapter<Balances, IsConcrete<HereLocation>, LocationToAccountId, AccountId, ()>;

/// Transactor of the assets issued here.
pub type LocalAssetsTransactor = FungiblesAdapter<
	Assets,
	// An asset that does not match is left to the next transactor and is not an error.
	MatchedConvertedConcreteId<
		u32,
		Balance,
		StartsWith<LocalAssetsLocation>,
		AsPrefixedGeneralIndex<LocalAssetsLocation, u32, TryConvertInto>,
		TryConvertInto,
	>,
	LocationToAccountId,
	AccountId,
	NoChecking,
	CheckingAccount,
>;

/// Transactor of the assets of other chains.
pub type ForeignAssetsTransactor = FungiblesAdapter<
	ForeignAssets,
	MatchedConvertedConcreteId<Location, Balance, FromElsewhere, TryConvertInto, TryConvertInto>,
	LocationToAccountId,
	AccountId,
	NoChecking,
	CheckingAccount,
>;

/// Locations outside this chain.
pub struct FromElsewhere;
impl Contains<Location> for FromElsewhere {
	fn contains(location: &Location) -> bool {
		location.parents > 0
	}
}

/// Locations of assets other than the native token: assets of other chains and local ones.
pub struct NotNative;
impl Contains<Location> for NotNative {
	fn contains(location: &Location) -> bool {
		FromElsewhere::contains(location) || location.starts_with(&LocalAssetsLocation::get())
	}
}

/// Matcher of an asset of a message with an asset of [`NativeAndAssets`] other than the native
/// token.
type AssetByLocation =
	MatchedConvertedConcreteId<Location, Balance, NotNative, TryConvertInto, TryConvertInto>;

/// Converter of the origin of a message to an origin of this runtime.
pub type XcmOriginToTransactDispatchOrigin = (
	SovereignSignedViaLocation<LocationToAccountId, RuntimeOrigin>,
	RelayChainAsNative<RelayChainOrigin, RuntimeOrigin>,
	SiblingParachainAsNative<cumulus_pallet_xcm::Origin, RuntimeOrigin>,
	SignedAccountId32AsNative<RelayNetwork, RuntimeOrigin>,
	XcmPassthrough<RuntimeOrigin>,
);

parameter_types! {
	pub UnitWeightCost: Weight = Weight::from_parts(1_000_000_000, 64 * 1024);
	pub const MaxInstructions: u32 = 100;
	pub const MaxAssetsIntoHolding: u32 = 64;
	pub MessageQueueServiceWeight: Weight =
		Perbill::from_percent(35) * RuntimeBlockWeights::get().max_block;
}

/// Barrier: admits messages that pay for their execution, responses to queries of this chain, and
/// version subscriptions of other chains.
pub type Barrier = TrailingSetTopicAsId<
	DenyThenTry<
		DenyRecursively<DenyReserveTransferToRelayChain>,
		(
			TakeWeightCredit,
			AllowKnownQueryResponses<PolkadotXcm>,
			WithComputedOrigin<
				(
					AllowTopLevelPaidExecutionFrom<Everything>,
					AllowSubscriptionsFrom<ParentRelayOrSiblingParachains>,
				),
				UniversalLocation,
				ConstU32<8>,
			>,
		),
	>,
>;

/// Reserves of assets: Asset Hub, for the relay chain's token, its own assets and bridged ones.
pub struct AssetHubAsReserve;
impl ContainsPair<Asset, Location> for AssetHubAsReserve {
	fn contains(asset: &Asset, origin: &Location) -> bool {
		let asset_hub = AssetHubLocation::get();
		*origin == asset_hub
			&& (asset.id.0.starts_with(&asset_hub)
				|| asset.id.0 == RelayLocation::get()
				|| asset.id.0.parents == 2)
	}
}

/// Returns the assets that may pay for execution: the native token, and USDai and the stablecoins
/// behind it if they have a pool with the native token.
pub fn fee_assets() -> Vec<AssetId> {
	let usdai = local_asset(caliber_primitives::USDAI);
	// The peg bounds the number of stablecoins.
	let stablecoins = pallet_caliber_reserves::Stablecoins::<Runtime>::iter_keys();
	let has_pool = |asset: &Location| {
		AssetConversion::get_reserves(HereLocation::get(), asset.clone()).is_ok()
	};
	let exchangeable = core::iter::once(usdai).chain(stablecoins).filter(has_pool);
	core::iter::once(HereLocation::get()).chain(exchangeable).map(AssetId).collect()
}

/// Configuration of the executor.
pub struct XcmConfig;
impl xcm_executor::Config for XcmConfig {
	type Aliasers = Nothing;
	// Delivery is charged in the native token. A message from elsewhere pays it through the pool of
	// its fee asset; a local sender pays in the native token.
	type AssetExchanger = SingleAssetExchangeAdapter<
		AssetConversion,
		NativeAndAssets,
		MatchedConvertedConcreteId<Location, Balance, Everything, TryConvertInto, TryConvertInto>,
		AccountId,
	>;
	type AssetLocker = ();
	type AssetTransactor = (NativeTransactor, LocalAssetsTransactor, ForeignAssetsTransactor);
	type AssetTrap = PolkadotXcm;
	type Barrier = Barrier;
	type CallDispatcher = RuntimeCall;
	type FeeManager = XcmFeeManagerFromComponents<
		Equals<HereLocation>,
		SendXcmFeeToAccount<Self::AssetTransactor, TreasuryLocation>,
	>;
	type HrmpChannelAcceptedHandler = ();
	type HrmpChannelClosingHandler = ();
	type HrmpNewChannelOpenRequestHandler = ();
	type IsReserve = AssetHubAsReserve;
	type IsTeleporter = ();
	type MaxAssetsIntoHolding = MaxAssetsIntoHolding;
	type MessageExporter = ();
	type OriginConverter = XcmOriginToTransactDispatchOrigin;
	type PalletInstancesInfo = AllPalletsWithSystem;
	type ResponseHandler = PolkadotXcm;
	type RuntimeCall = RuntimeCall;
	// Messages may dispatch no call of this runtime.
	type SafeCallFilter = Nothing;
	type SubscriptionService = PolkadotXcm;
	// The native token, or any asset that has a pool with it, pays for execution.
	type Trader = (
		UsingComponents<
			WeightToFee,
			HereLocation,
			AccountId,
			Balances,
			ResolveTo<StakingPot, Balances>,
		>,
		cumulus_primitives_utility::SwapFirstAssetTrader<
			HereLocation,
			AssetConversion,
			WeightToFee,
			NativeAndAssets,
			AssetByLocation,
			ResolveAssetTo<StakingPot, NativeAndAssets>,
			AccountId,
		>,
	);
	type TransactionalProcessor = FrameTransactionalProcessor;
	type UniversalAliases = Nothing;
	type UniversalLocation = UniversalLocation;
	type Weigher = FixedWeightBounds<UnitWeightCost, RuntimeCall, MaxInstructions>;
	type XcmEventEmitter = PolkadotXcm;
	type XcmRecorder = PolkadotXcm;
	type XcmSender = XcmRouter;
}

/// Converter of a local account to its location.
pub type LocalOriginToLocation = SignedToAccountId32<RuntimeOrigin, AccountId, RelayNetwork>;

parameter_types! {
	pub FeeAssetId: AssetId = AssetId(HereLocation::get());
	pub const BaseDeliveryFee: Balance = 30 * MILLI_CLBR;
}

/// Price of a message to the relay chain. It rises with the queue.
pub type PriceForParentDelivery = polkadot_runtime_common::xcm_sender::ExponentialPrice<
	FeeAssetId,
	BaseDeliveryFee,
	TransactionByteFee,
	ParachainSystem,
>;
/// Price of a message to a sibling. It rises with the queue.
pub type PriceForSiblingDelivery = polkadot_runtime_common::xcm_sender::ExponentialPrice<
	FeeAssetId,
	BaseDeliveryFee,
	TransactionByteFee,
	XcmpQueue,
>;

/// Router of messages: to the relay chain or to siblings.
pub type XcmRouter = WithUniqueTopic<
	OwnAssetsToSiblings<(
		cumulus_primitives_utility::ParentAsUmp<
			ParachainSystem,
			PolkadotXcm,
			PriceForParentDelivery,
		>,
		XcmpQueue,
	)>,
>;

/// Router that refuses messages by which this chain claims to hold assets in reserve for another
/// chain, unless the assets are issued here and the other chain is a sibling.
///
/// The relay chain knows only its own asset, and no chain accepts another's word about the assets
/// of a third: assets sent that way would be lost. The check is in the router and not in a filter
/// of calls, because the router sees every message of every sender and instruction.
pub struct OwnAssetsToSiblings<Inner>(PhantomData<Inner>);

impl<Inner> OwnAssetsToSiblings<Inner> {
	/// Returns true if a message to `dest` may claim that this chain holds `asset` for it. `asset`
	/// is named as `dest` names it.
	fn may_be_held_for(dest: &Location, asset: &Asset) -> bool {
		let this_chain = Location::new(1, [Parachain(ParachainInfo::parachain_id().into())]);
		matches!(dest.unpack(), (1, [Parachain(_)]))
			&& matches!(asset.fun, Fungible(_))
			&& asset.id.0.starts_with(&this_chain)
	}
}

impl<Inner: SendXcm> SendXcm for OwnAssetsToSiblings<Inner> {
	type Ticket = Inner::Ticket;

	fn validate(
		dest: &mut Option<Location>,
		message: &mut Option<Xcm<()>>,
	) -> SendResult<Self::Ticket> {
		let to = dest.as_ref().ok_or(SendError::MissingArgument)?;
		let program = message.as_ref().ok_or(SendError::MissingArgument)?;
		let held = program.iter().filter_map(|instruction| match instruction {
			ReserveAssetDeposited(assets) => Some(assets.inner()),
			_ => None,
		});
		if !held.flatten().all(|asset| Self::may_be_held_for(to, asset)) {
			return Err(SendError::Transport("this chain is not the reserve for that destination"));
		}
		Inner::validate(dest, message)
	}

	fn deliver(ticket: Self::Ticket) -> Result<XcmHash, SendError> {
		Inner::deliver(ticket)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_successful_delivery(location: Option<Location>) {
		Inner::ensure_successful_delivery(location);
	}
}

impl<Inner: InspectMessageQueues> InspectMessageQueues for OwnAssetsToSiblings<Inner> {
	fn clear_messages() {
		Inner::clear_messages();
	}

	fn get_messages() -> Vec<(VersionedLocation, Vec<VersionedXcm<()>>)> {
		Inner::get_messages()
	}
}

/// Assets that accounts may send by reserve transfer: fungible assets that messages can name. The
/// router restricts their destinations.
pub struct FungiblesOnly;
impl Contains<(Location, Vec<Asset>)> for FungiblesOnly {
	fn contains((_, assets): &(Location, Vec<Asset>)) -> bool {
		assets.iter().all(|asset| {
			matches!(asset.fun, Fungible(_))
				&& (asset.id.0.is_here() || NotNative::contains(&asset.id.0))
		})
	}
}

parameter_types! {
	pub const AliasDepositBase: Balance = deposit(1, 0);
	pub const AliasDepositPerByte: Balance = deposit(0, 1);
	pub const AuthorizeAliasHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::PolkadotXcm(pallet_xcm::HoldReason::AuthorizeAlias);
}

impl pallet_xcm::Config for Runtime {
	type AdminOrigin = EnsureRoot<AccountId>;
	type AdvertisedXcmVersion = pallet_xcm::CurrentXcmVersion;
	type AuthorizedAliasConsideration = HoldConsideration<
		AccountId,
		Balances,
		AuthorizeAliasHoldReason,
		LinearStoragePrice<AliasDepositBase, AliasDepositPerByte, Balance>,
	>;
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
	type SovereignAccountOf = LocationToAccountId;
	type TrustedLockers = ();
	type UniversalLocation = UniversalLocation;
	type WeightInfo = crate::weights::pallet_xcm::WeightInfo<Self>;
	type Weigher = FixedWeightBounds<UnitWeightCost, RuntimeCall, MaxInstructions>;
	type XcmExecuteFilter = Nothing;
	type XcmExecutor = XcmExecutor<XcmConfig>;
	type XcmReserveTransferFilter = FungiblesOnly;
	type XcmRouter = XcmRouter;
	type XcmTeleportFilter = Nothing;

	const VERSION_DISCOVERY_QUEUE_SIZE: u32 = 100;
}

impl cumulus_pallet_xcm::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type XcmExecutor = XcmExecutor<XcmConfig>;
}

impl cumulus_pallet_xcmp_queue::Config for Runtime {
	type ChannelInfo = ParachainSystem;
	type ControllerOrigin = EnsureRoot<AccountId>;
	type ControllerOriginConverter = XcmOriginToTransactDispatchOrigin;
	type MaxActiveOutboundChannels = ConstU32<128>;
	type MaxInboundSuspended = ConstU32<1_000>;
	type MaxPageSize = ConstU32<{ 103 * 1024 }>;
	type PriceForSiblingDelivery = PriceForSiblingDelivery;
	type RuntimeEvent = RuntimeEvent;
	type VersionWrapper = PolkadotXcm;
	type WeightInfo = cumulus_pallet_xcmp_queue::weights::SubstrateWeight<Self>;
	type XcmpQueue = TransformOrigin<MessageQueue, AggregateMessageOrigin, ParaId, ParaIdToSibling>;
}

impl pallet_message_queue::Config for Runtime {
	type HeapSize = ConstU32<{ 103 * 1024 }>;
	type IdleMaxServiceWeight = MessageQueueServiceWeight;
	type MaxStale = ConstU32<8>;
	// The processor is the same with the feature of benchmarks, with which the tests are built: the
	// weights of the pallet are the SDK's, so no benchmark of this runtime replaces it.
	type MessageProcessor =
		xcm_builder::ProcessXcmMessage<AggregateMessageOrigin, XcmExecutor<XcmConfig>, RuntimeCall>;
	type QueueChangeHandler = NarrowOriginToSibling<XcmpQueue>;
	type QueuePausedQuery = NarrowOriginToSibling<XcmpQueue>;
	type RuntimeEvent = RuntimeEvent;
	type ServiceWeight = MessageQueueServiceWeight;
	type Size = u32;
	type WeightInfo = pallet_message_queue::weights::SubstrateWeight<Self>;
}
