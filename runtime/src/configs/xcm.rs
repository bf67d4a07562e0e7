// SPDX-License-Identifier: Apache-2.0

//! Messages between chains: assets by reserve transfer, and nothing else by default.
//!
//! | what | from or to | by |
//! |---|---|---|
//! | USDC, USDT and others of Asset Hub, the relay chain's token | in from Asset Hub, back to it, or through it to a sibling | reserve: Asset Hub |
//! | CLBR, USDai, sUSDai and others issued here | out to a sibling and back | reserve: this chain |
//! | version subscriptions | the relay chain and siblings | free of charge |
//! | titles and other NFTs, pool shares, teleports, calls | nobody | |
//!
//! The relay chain has no more rights here than a sibling: governance is this chain's own. It may pay
//! for messages like anybody, for which its account here would have to own something, and subscribe
//! to versions. Upgrades of the runtime need its go-ahead, which is no message.

use crate::{
	configs::{
		assets::{local_asset, NativeAndAssets, LOCAL_ASSETS_PALLET_INDEX},
		governance::TreasuryAccount,
		system::{RuntimeBlockWeights, StakingPot, TransactionByteFee, WeightToFee},
	},
	constants::currency::MILLI_CLBR,
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

parameter_types! {
	pub const RelayLocation: Location = Location::parent();
	pub const HereLocation: Location = Location::here();
	pub AssetHubLocation: Location = Location::new(1, [Parachain(1000)]);
	pub LocalAssetsLocation: Location = Location::new(0, [PalletInstance(LOCAL_ASSETS_PALLET_INDEX)]);
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

/// The account of a location: that of a chain, of an account here, or derived from the description
/// of anything else.
pub type LocationToAccountId = (
	ParentIsPreset<AccountId>,
	SiblingParachainConvertsVia<Sibling, AccountId>,
	AccountId32Aliases<RelayNetwork, AccountId>,
	HashedDescription<AccountId, DescribeFamily<DescribeAllTerminal>>,
);

/// Moves the native token.
pub type NativeTransactor =
	FungibleAdapter<Balances, IsConcrete<HereLocation>, LocationToAccountId, AccountId, ()>;

/// Moves the assets issued here.
pub type LocalAssetsTransactor = FungiblesAdapter<
	Assets,
	// Matched first: an asset that is not one of these is for the next to move, not an error.
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

/// Moves the assets of other chains.
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

/// Assets by location but for the native token: those of other chains, and those issued here.
pub struct NotNative;
impl Contains<Location> for NotNative {
	fn contains(location: &Location) -> bool {
		FromElsewhere::contains(location) || location.starts_with(&LocalAssetsLocation::get())
	}
}

/// Reads an asset of a message as an asset of [`NativeAndAssets`] other than the native token.
type AssetByLocation =
	MatchedConvertedConcreteId<Location, Balance, NotNative, TryConvertInto, TryConvertInto>;

/// What the origin of a message becomes here.
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

/// Which messages are executed at all: those that pay, answers to what was asked, and those of other
/// chains that want to be told which version of messages this one speaks.
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

/// Asset Hub is the reserve of the relay chain's token, of its own assets and of bridged ones.
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

/// What execution may be paid in: the native token, and of USDai and the stablecoins behind it
/// those that have a pool with it.
pub fn fee_assets() -> Vec<AssetId> {
	let usdai = local_asset(caliber_primitives::USDAI);
	// Not more than the peg may have.
	let stablecoins = pallet_caliber_reserves::Stablecoins::<Runtime>::iter_keys();
	let has_pool = |asset: &Location| {
		AssetConversion::get_reserves(HereLocation::get(), asset.clone()).is_ok()
	};
	let exchangeable = core::iter::once(usdai).chain(stablecoins).filter(has_pool);
	core::iter::once(HereLocation::get()).chain(exchangeable).map(AssetId).collect()
}

/// The executor's configuration.
pub struct XcmConfig;
impl xcm_executor::Config for XcmConfig {
	type Aliasers = Nothing;
	// Delivery is charged in the native token; what a message bought its execution with pays through
	// its pool. Who sends from here pays in the native token.
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
	// No call of this runtime is open to messages.
	type SafeCallFilter = Nothing;
	type SubscriptionService = PolkadotXcm;
	// Execution is paid in the native token, or in any asset that has a pool with it.
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

/// Accounts as locations.
pub type LocalOriginToLocation = SignedToAccountId32<RuntimeOrigin, AccountId, RelayNetwork>;

parameter_types! {
	pub FeeAssetId: AssetId = AssetId(HereLocation::get());
	pub const BaseDeliveryFee: Balance = 30 * MILLI_CLBR;
}

/// The price of a message to the relay chain, which rises with the queue.
pub type PriceForParentDelivery = polkadot_runtime_common::xcm_sender::ExponentialPrice<
	FeeAssetId,
	BaseDeliveryFee,
	TransactionByteFee,
	ParachainSystem,
>;
/// The price of a message to a sibling, which rises with the queue.
pub type PriceForSiblingDelivery = polkadot_runtime_common::xcm_sender::ExponentialPrice<
	FeeAssetId,
	BaseDeliveryFee,
	TransactionByteFee,
	XcmpQueue,
>;

/// Where messages go: up to the relay chain or across to siblings.
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

/// Sends no message that this chain holds assets for another as their reserve, unless they are
/// issued here and the other is a sibling. The relay chain knows no asset but its own, and nobody
/// believes one chain about the assets of a third: what was sent so would be lost.
///
/// Here and not in a filter of calls, because each message passes here, whoever sends it and by
/// whatever instruction.
pub struct OwnAssetsToSiblings<Inner>(PhantomData<Inner>);

impl<Inner> OwnAssetsToSiblings<Inner> {
	/// May a message to `dest` say that `asset`, as `dest` names it, is held here for it?
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

/// What accounts may send by reserve: fungible assets that messages can name. Where to, the router
/// says.
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
	pub const AliasDepositBase: Balance = crate::constants::currency::deposit(1, 0);
	pub const AliasDepositPerByte: Balance = crate::constants::currency::deposit(0, 1);
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
	// With the feature of benchmarks too, in which the tests are built: the pallet's weights are the
	// SDK's, so that nothing here measures it.
	type MessageProcessor =
		xcm_builder::ProcessXcmMessage<AggregateMessageOrigin, XcmExecutor<XcmConfig>, RuntimeCall>;
	type QueueChangeHandler = NarrowOriginToSibling<XcmpQueue>;
	type QueuePausedQuery = NarrowOriginToSibling<XcmpQueue>;
	type RuntimeEvent = RuntimeEvent;
	type ServiceWeight = MessageQueueServiceWeight;
	type Size = u32;
	type WeightInfo = pallet_message_queue::weights::SubstrateWeight<Self>;
}
