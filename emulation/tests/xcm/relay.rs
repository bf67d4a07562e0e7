// SPDX-License-Identifier: Apache-2.0

//! Relay chain that stands in for the real one: its token, and messages to and from parachains.

use crate::stand_in::{configure_messages, AnyNetwork, ServiceWeight};
use polkadot_sdk::{
	staging_xcm as xcm, staging_xcm_builder as xcm_builder, staging_xcm_executor as xcm_executor, *,
};

use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU128, ConstU32, Contains, ProcessMessage, ProcessMessageError},
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
	ChildParachainAsNative, ChildParachainConvertsVia, FungibleAdapter, IsConcrete,
	ProcessXcmMessage, SovereignSignedViaLocation, TakeWeightCredit, TrailingSetTopicAsId,
	WithUniqueTopic,
};
use xcm_executor::XcmExecutor;

type Block = frame_system::mocking::MockBlockU32<Runtime>;

frame_support::construct_runtime! {
	pub enum Runtime {
		System: frame_system = 0,
		Balances: pallet_balances = 1,
		Configuration: configuration = 2,
		ParasShared: shared = 3,
		ParasOrigin: origin = 4,
		Paras: paras = 5,
		Dmp: dmp = 6,
		MessageQueue: pallet_message_queue = 7,
		XcmPallet: pallet_xcm = 8,
	}
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

/// Estimator of sessions that do not rotate.
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
	pub AssetHubTeleports: (AssetFilter, Location) =
		(Wild(AllOf { fun: WildFungible, id: AssetId(Location::here()) }), Parachain(1000).into());
}

/// Converter of a location to its account.
pub type SovereignAccountOf =
	(ChildParachainConvertsVia<ParaId, AccountId>, AccountId32Aliases<AnyNetwork, AccountId>);

/// Router of messages to parachains.
pub type Router =
	WithUniqueTopic<ChildParachainRouter<Runtime, XcmPallet, NoPriceForMessageDelivery<ParaId>>>;

/// Locations other than the relay chain.
pub struct NotHere;
impl Contains<Location> for NotHere {
	fn contains(location: &Location) -> bool {
		!location.is_here()
	}
}

/// Barrier: admits messages that pay for their execution, and responses.
type Barrier = TrailingSetTopicAsId<(
	TakeWeightCredit,
	AllowKnownQueryResponses<XcmPallet>,
	AllowTopLevelPaidExecutionFrom<NotHere>,
)>;

configure_messages! {
	pallet: XcmPallet,
	accounts: SovereignAccountOf,
	assets: FungibleAdapter<Balances, IsConcrete<Here>, SovereignAccountOf, AccountId, ()>,
	barrier: Barrier,
	reserves: (),
	teleports: xcm_builder::Case<AssetHubTeleports>,
	origins: (
		SovereignSignedViaLocation<SovereignAccountOf, RuntimeOrigin>,
		ChildParachainAsNative<origin::Origin, RuntimeOrigin>,
	),
	router: Router,
}

/// Processor of the messages of parachains.
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
	/// Returns the queued messages for a parachain. The emulator calls the runtime API of this
	/// name.
	pub fn dmq_contents(
		para: ParaId,
	) -> Vec<xcm_emulator::polkadot_primitives::InboundDownwardMessage> {
		Dmp::dmq_contents_do_not_call_in_consensus(para)
	}
}

/// Builds the genesis state from balances of the relay chain's token.
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

/// Returns the configuration of the parachains module, with room for downward messages.
fn configuration_of_dmp() -> configuration::HostConfiguration<u32> {
	configuration::HostConfiguration {
		max_downward_message_size: 1024 * 1024,
		..Default::default()
	}
}
