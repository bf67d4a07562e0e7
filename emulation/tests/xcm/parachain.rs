// SPDX-License-Identifier: Apache-2.0

//! Parachain that stands in for Asset Hub and, with another id, for a sibling. It has the relay
//! chain's token, its own assets by number under `PalletInstance(50)`, and assets of other chains.

use crate::stand_in::{configure_messages, AnyNetwork, ServiceWeight};
use polkadot_sdk::{
	staging_parachain_info as parachain_info, staging_xcm as xcm,
	staging_xcm_builder as xcm_builder, staging_xcm_executor as xcm_executor, *,
};

use cumulus_primitives_core::{AggregateMessageOrigin, ParaId};
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		AsEnsureOriginWithArg, ConstU128, ConstU32, Contains, ContainsPair, EnqueueWithOrigin,
		Everything, TransformOrigin,
	},
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
	AllowTopLevelPaidExecutionFrom, AsPrefixedGeneralIndex, FungibleAdapter, FungiblesAdapter,
	IsConcrete, MatchedConvertedConcreteId, NoChecking, ParentIsPreset, ProcessXcmMessage,
	SiblingParachainConvertsVia, SovereignSignedViaLocation, StartsWith, TakeWeightCredit,
	TrailingSetTopicAsId, WithComputedOrigin, WithUniqueTopic,
};
use xcm_executor::XcmExecutor;

use std::collections::BTreeSet;

type Block = frame_system::mocking::MockBlockU32<Runtime>;

frame_support::construct_runtime! {
	pub enum Runtime {
		System: frame_system = 0,
		ParachainSystem: cumulus_pallet_parachain_system = 1,
		Timestamp: pallet_timestamp = 2,
		ParachainInfo: parachain_info = 3,
		Balances: pallet_balances = 10,
		XcmpQueue: cumulus_pallet_xcmp_queue = 30,
		PolkadotXcm: pallet_xcm = 31,
		CumulusXcm: cumulus_pallet_xcm = 32,
		MessageQueue: pallet_message_queue = 33,
		Assets: pallet_assets::<Instance1> = 50,
		ForeignAssets: pallet_assets::<Instance2> = 51,
	}
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

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config<pallet_assets::Instance1> for Runtime {
	type Balance = Balance;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type Currency = Balances;
	type ForceOrigin = EnsureRoot<AccountId>;
}

/// Ids of foreign assets for benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub struct ForeignByNumber;
#[cfg(feature = "runtime-benchmarks")]
impl pallet_assets::BenchmarkHelper<Location, ()> for ForeignByNumber {
	fn create_asset_id_parameter(id: u32) -> Location {
		Location::new(1, [Parachain(id)])
	}

	fn create_reserve_id_parameter(_id: u32) {}
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config<pallet_assets::Instance2> for Runtime {
	type AssetId = Location;
	type AssetIdParameter = Location;
	type Balance = Balance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ForeignByNumber;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type Currency = Balances;
	type ForceOrigin = EnsureRoot<AccountId>;
}

parameter_types! {
	pub const RelayOrigin: AggregateMessageOrigin = AggregateMessageOrigin::Parent;
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
	pub CheckingAccount: AccountId = PolkadotXcm::check_account();
	pub RelayTeleports: (AssetFilter, Location) =
		(Wild(AllOf { fun: WildFungible, id: AssetId(Location::parent()) }), Location::parent());
}

/// Converter of a location to its account.
pub type LocationToAccountId = (
	ParentIsPreset<AccountId>,
	SiblingParachainConvertsVia<Sibling, AccountId>,
	AccountId32Aliases<AnyNetwork, AccountId>,
);

/// Locations of assets of other chains, without the relay chain's token.
pub struct FromElsewhere;
impl Contains<Location> for FromElsewhere {
	fn contains(location: &Location) -> bool {
		location.parents > 0 && *location != RelayLocation::get()
	}
}

/// Transactor of the relay chain's token.
type RelayToken =
	FungibleAdapter<Balances, IsConcrete<RelayLocation>, LocationToAccountId, AccountId, ()>;

/// Transactor of the assets that the parachain issues.
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

/// Transactor of the assets of other chains.
type OthersAssets = FungiblesAdapter<
	ForeignAssets,
	MatchedConvertedConcreteId<Location, Balance, FromElsewhere, TryConvertInto, TryConvertInto>,
	LocationToAccountId,
	AccountId,
	NoChecking,
	CheckingAccount,
>;

/// Barrier: admits messages that pay for their execution, responses, and version subscriptions.
type Barrier = TrailingSetTopicAsId<(
	TakeWeightCredit,
	AllowKnownQueryResponses<PolkadotXcm>,
	WithComputedOrigin<
		(AllowTopLevelPaidExecutionFrom<Everything>, AllowSubscriptionsFrom<Everything>),
		UniversalLocation,
		ConstU32<8>,
	>,
)>;

/// Reserves of assets: each chain for its own assets, and Asset Hub for the relay chain's token.
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

/// Router of messages: to the relay chain or to siblings.
pub type Router = WithUniqueTopic<(
	cumulus_primitives_utility::ParentAsUmp<ParachainSystem, PolkadotXcm, ()>,
	XcmpQueue,
)>;

configure_messages! {
	pallet: PolkadotXcm,
	accounts: LocationToAccountId,
	assets: (RelayToken, OwnAssets, OthersAssets),
	barrier: Barrier,
	reserves: ChainOfAsset,
	teleports: xcm_builder::Case<RelayTeleports>,
	origins: SovereignSignedViaLocation<LocationToAccountId, RuntimeOrigin>,
	router: Router,
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

/// Genesis state of a parachain.
#[derive(Default)]
pub struct Genesis {
	/// Balances of the relay chain's token.
	pub balances: Vec<(AccountId, Balance)>,
	/// Balances of assets that the parachain issues: id, holder and amount.
	pub own: Vec<(u32, AccountId, Balance)>,
	/// Assets of other chains that exist on the parachain.
	pub foreign: Vec<Location>,
}

impl Genesis {
	/// Builds the storage of the parachain `id`. `owner` owns its assets.
	pub fn build(self, id: u32, owner: AccountId) -> sp_core::storage::Storage {
		let numbers: BTreeSet<u32> = self.own.iter().map(|(id, ..)| *id).collect();
		RuntimeGenesisConfig {
			balances: BalancesConfig { balances: self.balances, ..Default::default() },
			parachain_info: ParachainInfoConfig { parachain_id: id.into(), ..Default::default() },
			polkadot_xcm: PolkadotXcmConfig {
				safe_xcm_version: Some(XCM_VERSION),
				// Without a known version the parachain would ask for it, by a message of its own.
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

/// Producer of blocks without seals: the stand-in has no consensus.
pub struct NoConsensus;
impl xcm_emulator::BlockProducer for NoConsensus {
	fn slot_duration() -> u64 {
		xcm_emulator::RELAY_CHAIN_SLOT_DURATION_MILLIS
	}

	fn pre_runtime_digest(_relay_block_number: u32) -> xcm_emulator::Digest {
		Default::default()
	}
}
