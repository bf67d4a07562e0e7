// SPDX-License-Identifier: Apache-2.0

//! Collators: their selection, sessions and turns, and the inclusion of their blocks by the relay
//! chain.

use crate::{
	accounts::PotId,
	constants::{
		async_backing::{
			BLOCK_PROCESSING_VELOCITY, RELAY_CHAIN_SLOT_DURATION_MILLIS, RELAY_PARENT_OFFSET,
			UNINCLUDED_SEGMENT_CAPACITY,
		},
		currency::CLBR,
		time::{HOURS, MINUTES, SLOT_DURATION},
		MAXIMUM_BLOCK_WEIGHT,
	},
	parachain_info, AccountId, Aura, AuraId, Balance, Balances, CollatorSelection, Governance,
	MessageQueue, Runtime, RuntimeEvent, Session, SessionKeys, XcmpQueue,
};
use pallet_caliber_governance::TempoOf;
use polkadot_sdk::*;

use cumulus_pallet_parachain_system::{
	OnSystemEvent, RelayChainStateProof, RelayNumberMonotonicallyIncreases,
};
use cumulus_primitives_core::{AggregateMessageOrigin, PersistedValidationData};
use frame_support::{
	parameter_types,
	traits::{ConstBool, ConstU32, ConstU64, EnqueueWithOrigin, Get},
	weights::Weight,
};
use frame_system::EnsureRoot;

impl pallet_authorship::Config for Runtime {
	type EventHandler = (CollatorSelection,);
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Aura>;
}

parameter_types! {
	pub const KickThreshold: u32 = SESSION;
	pub const SessionOffset: u32 = 0;
	pub const SessionKeyDeposit: Balance = CLBR;
}

/// Length of a session on a live chain, in blocks.
const SESSION: u32 = 6 * HOURS;
/// Shortest session, in blocks. A new collator authors after two sessions.
const SHORTEST_SESSION: u32 = MINUTES;

/// Length of a session: six hours, divided by the tempo of a development network.
pub struct SessionPeriod;
impl Get<u32> for SessionPeriod {
	fn get() -> u32 {
		(SESSION / TempoOf::<Runtime>::get().max(1)).max(SHORTEST_SESSION)
	}
}

impl pallet_collator_selection::Config for Runtime {
	type Currency = Balances;
	// A candidate that authors no block for this long is removed.
	type KickThreshold = KickThreshold;
	type MaxCandidates = ConstU32<100>;
	type MaxInvulnerables = ConstU32<20>;
	type MinEligibleCollators = ConstU32<1>;
	type PotId = PotId;
	type RuntimeEvent = RuntimeEvent;
	type UpdateOrigin = EnsureRoot<AccountId>;
	type ValidatorId = AccountId;
	type ValidatorIdOf = pallet_collator_selection::IdentityCollator;
	type ValidatorRegistration = Session;
	type WeightInfo = pallet_collator_selection::weights::SubstrateWeight<Self>;
}

impl pallet_session::Config for Runtime {
	type Currency = Balances;
	type DisablingStrategy = ();
	type KeyDeposit = SessionKeyDeposit;
	type Keys = SessionKeys;
	type NextSessionRotation = pallet_session::PeriodicSessions<SessionPeriod, SessionOffset>;
	type RuntimeEvent = RuntimeEvent;
	type SessionHandler = <SessionKeys as sp_runtime::traits::OpaqueKeys>::KeyTypeIdProviders;
	type SessionManager = CollatorSelection;
	type ShouldEndSession = pallet_session::PeriodicSessions<SessionPeriod, SessionOffset>;
	type ValidatorId = AccountId;
	type ValidatorIdOf = pallet_collator_selection::IdentityCollator;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Self>;
}

impl pallet_aura::Config for Runtime {
	type AllowMultipleBlocksPerSlot = ConstBool<true>;
	type AuthorityId = AuraId;
	type DisabledValidators = ();
	type MaxAuthorities = MaxCollators;
	type SlotDuration = ConstU64<SLOT_DURATION>;
}

impl cumulus_pallet_aura_ext::Config for Runtime {}

parameter_types! {
	pub const MaxCollators: u32 = 1_000;
}

impl pallet_authority_discovery::Config for Runtime {
	type MaxAuthorities = MaxCollators;
}

impl parachain_info::Config for Runtime {}

/// Limit of the blocks that are built before their inclusion.
pub type ConsensusHook = cumulus_pallet_aura_ext::FixedVelocityConsensusHook<
	Runtime,
	RELAY_CHAIN_SLOT_DURATION_MILLIS,
	BLOCK_PROCESSING_VELOCITY,
	UNINCLUDED_SEGMENT_CAPACITY,
>;

parameter_types! {
	pub const ReservedXcmpWeight: Weight = MAXIMUM_BLOCK_WEIGHT.saturating_div(4);
	pub const ReservedDmpWeight: Weight = MAXIMUM_BLOCK_WEIGHT.saturating_div(4);
	pub const RelayOrigin: AggregateMessageOrigin = AggregateMessageOrigin::Parent;
}

/// Reader of the number of each block's relay parent, by which governance counts time.
pub struct RelayClock;

impl OnSystemEvent for RelayClock {
	fn on_validation_data(data: &PersistedValidationData) {
		Governance::note_relay_block(data.relay_parent_number);
	}

	fn on_validation_code_applied() {}

	fn on_relay_state_proof(_proof: &RelayChainStateProof) -> Weight {
		// The weight of the note is that of `on_initialize` of governance.
		Weight::zero()
	}
}

impl cumulus_pallet_parachain_system::Config for Runtime {
	type CheckAssociatedRelayNumber = RelayNumberMonotonicallyIncreases;
	type ConsensusHook = ConsensusHook;
	type DmpQueue = EnqueueWithOrigin<MessageQueue, RelayOrigin>;
	type OnSystemEvent = RelayClock;
	type OutboundXcmpMessageSource = XcmpQueue;
	type RelayParentOffset = ConstU32<RELAY_PARENT_OFFSET>;
	type ReservedDmpWeight = ReservedDmpWeight;
	type ReservedXcmpWeight = ReservedXcmpWeight;
	type RuntimeEvent = RuntimeEvent;
	type SchedulingSignatureVerifier = ();
	type SelfParaId = parachain_info::Pallet<Runtime>;
	type WeightInfo = cumulus_pallet_parachain_system::weights::SubstrateWeight<Self>;
	type XcmpMessageHandler = XcmpQueue;
}
