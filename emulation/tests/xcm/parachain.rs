// SPDX-License-Identifier: Apache-2.0

//! A parachain that stands for Asset Hub and, under another number, for a sibling: the relay
//! chain's token, assets of its own by number under `PalletInstance(50)`, and those of others.

use polkadot_sdk::{
	staging_parachain_info as parachain_info, staging_xcm as xcm,
	staging_xcm_builder as xcm_builder, staging_xcm_executor as xcm_executor, *,
};

use cumulus_primitives_core::{AggregateMessageOrigin, ParaId};
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		AsEnsureOriginWithArg, ConstU128, ConstU32, Contains, ContainsPair, EnqueueWithOrigin,
		Everything, Nothing, TransformOrigin,
	},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureSigned};
use parachains_common::{
	message_queue::{NarrowOriginToSibling, ParaIdToSibling},
	AccountId, Balance,
};
use polkadot_parachain_primitives::primitives::Sibling;
use polkadot_runtime_common::xcm_sender::NoPriceForMessageDelivery;
use sp_runtime::{
	traits::{IdentityLookup, TryConvertInto},
	BuildStorage,
};
use xcm::latest::prelude::*;
use xcm_builder::{
	AccountId32Aliases, AllowKnownQueryResponses, AllowSubscriptionsFrom,
	AllowTopLevelPaidExecutionFrom, AsPrefixedGeneralIndex, EnsureXcmOrigin, FixedWeightBounds,
	FrameTransactionalProcessor, FungibleAdapter, FungiblesAdapter, IsConcrete,
	MatchedConvertedConcreteId, NoChecking, ParentIsPreset, ProcessXcmMessage,
	SiblingParachainConvertsVia, SignedToAccountId32, SovereignSignedViaLocation, StartsWith,
	TakeWeightCredit, TrailingSetTopicAsId, WithComputedOrigin, WithUniqueTopic,
};
use xcm_executor::{traits::WeightTrader, AssetsInHolding, XcmExecutor};

use std::collections::BTreeSet;

type Block = frame_system::mocking::MockBlockU32<Runtime>;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask
	)]
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type ParachainSystem = cumulus_pallet_parachain_system;
	#[runtime::pallet_index(2)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(3)]
	pub type ParachainInfo = parachain_info;
	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(30)]
	pub type XcmpQueue = cumulus_pallet_xcmp_queue;
	#[runtime::pallet_index(31)]
	pub type PolkadotXcm = pallet_xcm;
	#[runtime::pallet_index(32)]
	pub type CumulusXcm = cumulus_pallet_xcm;
	#[runtime::pallet_index(33)]
	pub type MessageQueue = pallet_message_queue;
	#[runtime::pallet_index(50)]
	pub type Assets = pallet_assets<Instance1>;
	#[runtime::pallet_index(51)]
	pub type ForeignAssets = pallet_assets<Instance2>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Runtime {
	type AccountData = pallet_balances::AccountData<Balance>;
	type AccountId = AccountId;
	type Block = Block;
	type Lookup = IdentityLookup<AccountId>;
	type OnSetCode = cumulus_pallet_parachain_system::ParachainSetCode<Self>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Runtime {}

impl parachain_info::Config for Runtime {}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Runtime {
	type AccountStore = System;
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<1>;
}

/// Assets by number, for benchmarks that nobody runs.
#[cfg(feature = "runtime-benchmarks")]
pub struct ForeignByNumber;
#[cfg(feature = "runtime-benchmarks")]
impl pallet_assets::BenchmarkHelper<Location, ()> for ForeignByNumber {
	fn create_asset_id_parameter(id: u32) -> Location {
		Location::new(1, [Parachain(id)])
	}

	fn create_reserve_id_parameter(_id: u32) {}
}

impl pallet_assets::Config<pallet_assets::Instance1> for Runtime {
	type ApprovalDeposit = ConstU128<0>;
	type AssetAccountDeposit = ConstU128<0>;
	type AssetDeposit = ConstU128<0>;
	type AssetId = u32;
	type AssetIdAllocator = ();
	type AssetIdParameter = u32;
	type Balance = Balance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type CallbackHandle = ();
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type Currency = Balances;
	type Extra = ();
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = ();
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type RemoveItemsLimit = ConstU32<1_000>;
	type ReserveData = ();
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<50>;
	type WeightInfo = ();
}

impl pallet_assets::Config<pallet_assets::Instance2> for Runtime {
	type ApprovalDeposit = ConstU128<0>;
	type AssetAccountDeposit = ConstU128<0>;
	type AssetDeposit = ConstU128<0>;
	type AssetId = Location;
	type AssetIdAllocator = ();
	type AssetIdParameter = Location;
	type Balance = Balance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ForeignByNumber;
	type CallbackHandle = ();
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type Currency = Balances;
	type Extra = ();
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = ();
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type RemoveItemsLimit = ConstU32<1_000>;
	type ReserveData = ();
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<50>;
	type WeightInfo = ();
}

parameter_types! {
	pub const RelayOrigin: AggregateMessageOrigin = AggregateMessageOrigin::Parent;
	pub ServiceWeight: Weight = Weight::MAX;
}

impl cumulus_pallet_parachain_system::Config for Runtime {
	type CheckAssociatedRelayNumber =
		cumulus_pallet_parachain_system::RelayNumberMonotonicallyIncreases;
	type ConsensusHook = cumulus_pallet_parachain_system::ExpectParentIncluded;
	type DmpQueue = EnqueueWithOrigin<MessageQueue, RelayOrigin>;
	type OnSystemEvent = ();
	type OutboundXcmpMessageSource = XcmpQueue;
	type RelayParentOffset = ConstU32<0>;
	type ReservedDmpWeight = ();
	type ReservedXcmpWeight = ();
	type RuntimeEvent = RuntimeEvent;
	type SchedulingSignatureVerifier = ();
	type SelfParaId = parachain_info::Pallet<Runtime>;
	type WeightInfo = ();
	type XcmpMessageHandler = XcmpQueue;
}

parameter_types! {
	pub const RelayLocation: Location = Location::parent();
	pub OwnAssetsLocation: Location = PalletInstance(50).into();
	pub UniversalLocation: InteriorLocation = [
		GlobalConsensus(NetworkId::Polkadot),
		Parachain(ParachainInfo::parachain_id().into()),
	].into();
	pub const AnyNetwork: Option<NetworkId> = None;
	pub CheckingAccount: AccountId = PolkadotXcm::check_account();
	pub UnitWeightCost: Weight = Weight::from_parts(1_000_000_000, 64 * 1024);
	pub RelayTeleports: (AssetFilter, Location) =
		(Wild(AllOf { fun: WildFungible, id: AssetId(Location::parent()) }), Location::parent());
}

pub type LocationToAccountId = (
	ParentIsPreset<AccountId>,
	SiblingParachainConvertsVia<Sibling, AccountId>,
	AccountId32Aliases<AnyNetwork, AccountId>,
);

/// Assets of other chains but the relay chain's token.
pub struct FromElsewhere;
impl Contains<Location> for FromElsewhere {
	fn contains(location: &Location) -> bool {
		location.parents > 0 && *location != RelayLocation::get()
	}
}

type OwnAssets = FungiblesAdapter<
	Assets,
	MatchedConvertedConcreteId<
		u32,
		Balance,
		StartsWith<OwnAssetsLocation>,
		AsPrefixedGeneralIndex<OwnAssetsLocation, u32, TryConvertInto>,
		TryConvertInto,
	>,
	LocationToAccountId,
	AccountId,
	NoChecking,
	CheckingAccount,
>;

type OthersAssets = FungiblesAdapter<
	ForeignAssets,
	MatchedConvertedConcreteId<Location, Balance, FromElsewhere, TryConvertInto, TryConvertInto>,
	LocationToAccountId,
	AccountId,
	NoChecking,
	CheckingAccount,
>;

/// Each chain is the reserve of its assets, and Asset Hub that of the relay chain's token.
pub struct ChainOfAsset;
impl ContainsPair<Asset, Location> for ChainOfAsset {
	fn contains(asset: &Asset, origin: &Location) -> bool {
		match origin.unpack() {
			(1, [Parachain(1000)]) if asset.id.0 == RelayLocation::get() => true,
			(1, [Parachain(_)]) => asset.id.0.starts_with(origin),
			_ => false,
		}
	}
}

/// Sells execution for any asset at the same price, and burns what it is paid.
pub struct FlatTrader;

/// What [`FlatTrader`] takes: ten units for each million picoseconds.
pub fn flat_price(weight: Weight) -> Balance {
	Balance::from(weight.ref_time()) / 100_000
}

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

pub type Router = WithUniqueTopic<(
	cumulus_primitives_utility::ParentAsUmp<ParachainSystem, PolkadotXcm, ()>,
	XcmpQueue,
)>;

pub struct XcmConfig;
impl xcm_executor::Config for XcmConfig {
	type Aliasers = Nothing;
	type AssetExchanger = ();
	type AssetLocker = ();
	type AssetTransactor = (
		FungibleAdapter<Balances, IsConcrete<RelayLocation>, LocationToAccountId, AccountId, ()>,
		OwnAssets,
		OthersAssets,
	);
	type AssetTrap = PolkadotXcm;
	type Barrier = TrailingSetTopicAsId<(
		TakeWeightCredit,
		AllowKnownQueryResponses<PolkadotXcm>,
		WithComputedOrigin<
			(AllowTopLevelPaidExecutionFrom<Everything>, AllowSubscriptionsFrom<Everything>),
			UniversalLocation,
			ConstU32<8>,
		>,
	)>;
	type CallDispatcher = RuntimeCall;
	type FeeManager = ();
	type HrmpChannelAcceptedHandler = ();
	type HrmpChannelClosingHandler = ();
	type HrmpNewChannelOpenRequestHandler = ();
	type IsReserve = ChainOfAsset;
	type IsTeleporter = xcm_builder::Case<RelayTeleports>;
	type MaxAssetsIntoHolding = ConstU32<64>;
	type MessageExporter = ();
	type OriginConverter = SovereignSignedViaLocation<LocationToAccountId, RuntimeOrigin>;
	type PalletInstancesInfo = AllPalletsWithSystem;
	type ResponseHandler = PolkadotXcm;
	type RuntimeCall = RuntimeCall;
	type SafeCallFilter = Everything;
	type SubscriptionService = PolkadotXcm;
	type Trader = FlatTrader;
	type TransactionalProcessor = FrameTransactionalProcessor;
	type UniversalAliases = Nothing;
	type UniversalLocation = UniversalLocation;
	type Weigher = FixedWeightBounds<UnitWeightCost, RuntimeCall, ConstU32<100>>;
	type XcmEventEmitter = PolkadotXcm;
	type XcmRecorder = PolkadotXcm;
	type XcmSender = Router;
}

type LocalOriginToLocation = SignedToAccountId32<RuntimeOrigin, AccountId, AnyNetwork>;

impl pallet_xcm::Config for Runtime {
	type AdminOrigin = EnsureRoot<AccountId>;
	type AdvertisedXcmVersion = pallet_xcm::CurrentXcmVersion;
	type AuthorizedAliasConsideration = frame_support::traits::Disabled;
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
	type WeightInfo = pallet_xcm::TestWeightInfo;
	type Weigher = FixedWeightBounds<UnitWeightCost, RuntimeCall, ConstU32<100>>;
	type XcmExecuteFilter = Everything;
	type XcmExecutor = XcmExecutor<XcmConfig>;
	type XcmReserveTransferFilter = Everything;
	type XcmRouter = Router;
	type XcmTeleportFilter = Everything;

	const VERSION_DISCOVERY_QUEUE_SIZE: u32 = 100;
}

impl cumulus_pallet_xcm::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type XcmExecutor = XcmExecutor<XcmConfig>;
}

impl cumulus_pallet_xcmp_queue::Config for Runtime {
	type ChannelInfo = ParachainSystem;
	type ControllerOrigin = EnsureRoot<AccountId>;
	type ControllerOriginConverter = SovereignSignedViaLocation<LocationToAccountId, RuntimeOrigin>;
	type MaxActiveOutboundChannels = ConstU32<128>;
	type MaxInboundSuspended = ConstU32<1_000>;
	type MaxPageSize = ConstU32<{ 103 * 1024 }>;
	type PriceForSiblingDelivery = NoPriceForMessageDelivery<ParaId>;
	type RuntimeEvent = RuntimeEvent;
	type VersionWrapper = PolkadotXcm;
	type WeightInfo = ();
	type XcmpQueue = TransformOrigin<MessageQueue, AggregateMessageOrigin, ParaId, ParaIdToSibling>;
}

impl pallet_message_queue::Config for Runtime {
	type HeapSize = ConstU32<{ 103 * 1024 }>;
	type IdleMaxServiceWeight = ();
	type MaxStale = ConstU32<8>;
	type MessageProcessor =
		ProcessXcmMessage<AggregateMessageOrigin, XcmExecutor<XcmConfig>, RuntimeCall>;
	type QueueChangeHandler = NarrowOriginToSibling<XcmpQueue>;
	type QueuePausedQuery = NarrowOriginToSibling<XcmpQueue>;
	type RuntimeEvent = RuntimeEvent;
	type ServiceWeight = ServiceWeight;
	type Size = u32;
	type WeightInfo = ();
}

/// The first state of a parachain.
#[derive(Default)]
pub struct Genesis {
	/// The relay chain's token.
	pub balances: Vec<(AccountId, Balance)>,
	/// Assets issued there: the number, and who has how much.
	pub own: Vec<(u32, AccountId, Balance)>,
	/// Assets of other chains that are known there.
	pub foreign: Vec<Location>,
}

impl Genesis {
	pub fn build(self, id: u32, owner: AccountId) -> sp_core::storage::Storage {
		let numbers: BTreeSet<u32> = self.own.iter().map(|(id, ..)| *id).collect();
		RuntimeGenesisConfig {
			balances: BalancesConfig { balances: self.balances, ..Default::default() },
			parachain_info: ParachainInfoConfig { parachain_id: id.into(), ..Default::default() },
			polkadot_xcm: PolkadotXcmConfig {
				safe_xcm_version: Some(XCM_VERSION),
				// Known, or it would ask: a message that the tests did not send.
				supported_version: vec![(Location::new(1, [Parachain(2000)]), XCM_VERSION)],
				..Default::default()
			},
			assets: AssetsConfig {
				assets: numbers.into_iter().map(|id| (id, owner.clone(), true, 1)).collect(),
				accounts: self.own,
				..Default::default()
			},
			foreign_assets: ForeignAssetsConfig {
				assets: self.foreign.into_iter().map(|id| (id, owner.clone(), true, 1)).collect(),
				..Default::default()
			},
			..Default::default()
		}
		.build_storage()
		.expect("the configuration is sound")
	}
}

/// Blocks without seals: the stand-in has no consensus.
pub struct NoConsensus;
impl xcm_emulator::BlockProducer for NoConsensus {
	fn slot_duration() -> u64 {
		xcm_emulator::RELAY_CHAIN_SLOT_DURATION_MILLIS
	}

	fn pre_runtime_digest(_relay_block_number: u32) -> xcm_emulator::Digest {
		Default::default()
	}
}
