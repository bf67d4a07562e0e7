// SPDX-License-Identifier: Apache-2.0

//! A relay chain: its token, and messages down to parachains and up from them.

use crate::parachain::FlatTrader;
use polkadot_sdk::{
	staging_xcm as xcm, staging_xcm_builder as xcm_builder, staging_xcm_executor as xcm_executor, *,
};

use frame_support::{
	derive_impl, parameter_types,
	traits::{
		ConstU128, ConstU32, Contains, Everything, Nothing, ProcessMessage, ProcessMessageError,
	},
	weights::{Weight, WeightMeter},
};
use frame_system::{offchain, EnsureRoot};
use parachains_common::{AccountId, Balance};
use polkadot_parachain_primitives::primitives::Id as ParaId;
use polkadot_runtime_common::xcm_sender::{ChildParachainRouter, NoPriceForMessageDelivery};
use polkadot_runtime_parachains::{
	configuration, dmp,
	inclusion::{AggregateMessageOrigin, UmpQueueId},
	origin, paras, shared,
};
use sp_runtime::{traits::IdentityLookup, BuildStorage, Permill};
use xcm::latest::prelude::*;
use xcm_builder::{
	AccountId32Aliases, AllowKnownQueryResponses, AllowTopLevelPaidExecutionFrom,
	ChildParachainAsNative, ChildParachainConvertsVia, EnsureXcmOrigin, FixedWeightBounds,
	FrameTransactionalProcessor, FungibleAdapter, IsConcrete, ProcessXcmMessage,
	SignedToAccountId32, SovereignSignedViaLocation, TakeWeightCredit, TrailingSetTopicAsId,
	WithUniqueTopic,
};
use xcm_executor::XcmExecutor;

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
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Configuration = configuration;
	#[runtime::pallet_index(3)]
	pub type ParasShared = shared;
	#[runtime::pallet_index(4)]
	pub type ParasOrigin = origin;
	#[runtime::pallet_index(5)]
	pub type Paras = paras;
	#[runtime::pallet_index(6)]
	pub type Dmp = dmp;
	#[runtime::pallet_index(7)]
	pub type MessageQueue = pallet_message_queue;
	#[runtime::pallet_index(8)]
	pub type XcmPallet = pallet_xcm;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Runtime {
	type AccountData = pallet_balances::AccountData<Balance>;
	type AccountId = AccountId;
	type Block = Block;
	type Lookup = IdentityLookup<AccountId>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Runtime {
	type AccountStore = System;
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<1>;
}

impl configuration::Config for Runtime {
	type WeightInfo = configuration::TestWeightInfo;
}

impl shared::Config for Runtime {
	type DisabledValidators = ();
}

impl origin::Config for Runtime {}

impl<C> offchain::CreateTransactionBase<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type Extrinsic = frame_system::mocking::MockUncheckedExtrinsic<Runtime>;
	type RuntimeCall = RuntimeCall;
}

impl<C> offchain::CreateBare<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_bare(call: RuntimeCall) -> Self::Extrinsic {
		Self::Extrinsic::new_bare(call)
	}
}

/// Sessions do not rotate.
pub struct NoRotation;
impl frame_support::traits::EstimateNextSessionRotation<u32> for NoRotation {
	fn average_session_length() -> u32 {
		u32::MAX
	}

	fn estimate_current_session_progress(_now: u32) -> (Option<Permill>, Weight) {
		(None, Weight::zero())
	}

	fn estimate_next_session_rotation(_now: u32) -> (Option<u32>, Weight) {
		(None, Weight::zero())
	}
}

parameter_types! {
	pub const UnsignedPriority: u64 = u64::MAX;
}

impl paras::Config for Runtime {
	type AssignCoretime = ();
	type AuthorizeCurrentCodeOrigin =
		frame_support::traits::AsEnsureOriginWithArg<EnsureRoot<AccountId>>;
	type CooldownRemovalMultiplier = ConstU128<1>;
	type Fungible = Balances;
	type NextSessionRotation = NoRotation;
	type OnNewHead = ();
	type QueueFootprinter = ();
	type RuntimeEvent = RuntimeEvent;
	type UnsignedPriority = UnsignedPriority;
	type WeightInfo = paras::TestWeightInfo;
}

impl dmp::Config for Runtime {
	type WeightInfo = ();
}

parameter_types! {
	pub const Here: Location = Location::here();
	pub UniversalLocation: InteriorLocation = [GlobalConsensus(NetworkId::Polkadot)].into();
	pub UnitWeightCost: Weight = Weight::from_parts(1_000_000_000, 64 * 1024);
	pub ServiceWeight: Weight = Weight::MAX;
	pub const AnyNetwork: Option<NetworkId> = None;
	pub AssetHubTeleports: (AssetFilter, Location) =
		(Wild(AllOf { fun: WildFungible, id: AssetId(Location::here()) }), Parachain(1000).into());
}

pub type SovereignAccountOf =
	(ChildParachainConvertsVia<ParaId, AccountId>, AccountId32Aliases<AnyNetwork, AccountId>);

pub type Router =
	WithUniqueTopic<ChildParachainRouter<Runtime, XcmPallet, NoPriceForMessageDelivery<ParaId>>>;

/// Where the token of the relay chain may be teleported to, and come from.
pub struct NotHere;
impl Contains<Location> for NotHere {
	fn contains(location: &Location) -> bool {
		!location.is_here()
	}
}

pub struct XcmConfig;
impl xcm_executor::Config for XcmConfig {
	type Aliasers = Nothing;
	type AssetExchanger = ();
	type AssetLocker = ();
	type AssetTransactor =
		FungibleAdapter<Balances, IsConcrete<Here>, SovereignAccountOf, AccountId, ()>;
	type AssetTrap = XcmPallet;
	type Barrier = TrailingSetTopicAsId<(
		TakeWeightCredit,
		AllowKnownQueryResponses<XcmPallet>,
		AllowTopLevelPaidExecutionFrom<NotHere>,
	)>;
	type CallDispatcher = RuntimeCall;
	type FeeManager = ();
	type HrmpChannelAcceptedHandler = ();
	type HrmpChannelClosingHandler = ();
	type HrmpNewChannelOpenRequestHandler = ();
	type IsReserve = ();
	type IsTeleporter = xcm_builder::Case<AssetHubTeleports>;
	type MaxAssetsIntoHolding = ConstU32<64>;
	type MessageExporter = ();
	type OriginConverter = (
		SovereignSignedViaLocation<SovereignAccountOf, RuntimeOrigin>,
		ChildParachainAsNative<origin::Origin, RuntimeOrigin>,
	);
	type PalletInstancesInfo = AllPalletsWithSystem;
	type ResponseHandler = XcmPallet;
	type RuntimeCall = RuntimeCall;
	type SafeCallFilter = Everything;
	type SubscriptionService = XcmPallet;
	type Trader = FlatTrader;
	type TransactionalProcessor = FrameTransactionalProcessor;
	type UniversalAliases = Nothing;
	type UniversalLocation = UniversalLocation;
	type Weigher = FixedWeightBounds<UnitWeightCost, RuntimeCall, ConstU32<100>>;
	type XcmEventEmitter = XcmPallet;
	type XcmRecorder = XcmPallet;
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
	type SovereignAccountOf = SovereignAccountOf;
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

/// Executes what parachains send up.
pub struct UpwardMessages;
impl ProcessMessage for UpwardMessages {
	type Origin = AggregateMessageOrigin;

	fn process_message(
		message: &[u8],
		origin: Self::Origin,
		meter: &mut WeightMeter,
		id: &mut [u8; 32],
	) -> Result<bool, ProcessMessageError> {
		let AggregateMessageOrigin::Ump(UmpQueueId::Para(para)) = origin;
		ProcessXcmMessage::<Junction, XcmExecutor<XcmConfig>, RuntimeCall>::process_message(
			message,
			Parachain(para.into()),
			meter,
			id,
		)
	}
}

impl pallet_message_queue::Config for Runtime {
	type HeapSize = ConstU32<{ 103 * 1024 }>;
	type IdleMaxServiceWeight = ();
	type MaxStale = ConstU32<8>;
	type MessageProcessor = UpwardMessages;
	type QueueChangeHandler = ();
	type QueuePausedQuery = ();
	type RuntimeEvent = RuntimeEvent;
	type ServiceWeight = ServiceWeight;
	type Size = u32;
	type WeightInfo = ();
}

impl Runtime {
	/// What waits for a parachain. The emulator asks for it as the runtime API of this name.
	pub fn dmq_contents(
		para: ParaId,
	) -> Vec<xcm_emulator::polkadot_primitives::InboundDownwardMessage> {
		Dmp::dmq_contents_do_not_call_in_consensus(para)
	}
}

/// The first state: accounts with the relay chain's token.
pub fn genesis(balances: Vec<(AccountId, Balance)>) -> sp_core::storage::Storage {
	RuntimeGenesisConfig {
		balances: BalancesConfig { balances, ..Default::default() },
		configuration: ConfigurationConfig { config: configuration_of_dmp() },
		xcm_pallet: XcmPalletConfig { safe_xcm_version: Some(XCM_VERSION), ..Default::default() },
		..Default::default()
	}
	.build_storage()
	.expect("the configuration is sound")
}

fn configuration_of_dmp() -> configuration::HostConfiguration<u32> {
	configuration::HostConfiguration {
		max_downward_message_size: 1024 * 1024,
		..Default::default()
	}
}
