// SPDX-License-Identifier: Apache-2.0

//! The runtime of Caliber: an appchain on which AI companies borrow dollars against GPUs they own.
//!
//! Six pallets are Caliber's own: governance, titles, appraisal, credit, vault and reserves. All
//! others are part of the Polkadot SDK.
//!
//! | Module | Content |
//! |---|---|
//! | [`configs`] | configuration of every pallet |
//! | [`assets`], [`accounts`] | assets and accounts of the chain |
//! | [`filters`] | closed calls, calls that are never paused, proxies |
//! | [`genesis_config_presets`] | state of each network at genesis |
//! | `invariants` | what the books of several pallets must agree on |
//! | [`migrations`] | changes of the state by an upgrade |
//! | [`weights`] | measured costs of calls |

#![cfg_attr(not(feature = "std"), no_std)]
#![recursion_limit = "512"]
// The macros of the runtime generate public items without documentation. A parameter has the name
// of its configuration item, which the pallet documents.
#![allow(missing_docs)]

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

extern crate alloc;

pub mod accounts;
mod apis;
pub mod assets;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
pub mod configs;
pub mod constants;
pub mod filters;
pub mod genesis_config_presets;
pub mod idle;
#[cfg(any(feature = "std", feature = "try-runtime"))]
pub mod invariants;
pub mod migrations;
pub mod weights;

use alloc::{borrow::Cow, vec::Vec};
pub use caliber_primitives::Balance;
pub use parachains_common::{AccountId, AuraId, BlockNumber, Hash, Header, Nonce, Signature};
use polkadot_sdk::{staging_parachain_info as parachain_info, *};
use sp_runtime::{generic, impl_opaque_keys, MultiAddress};
use sp_version::RuntimeVersion;

/// Address of an account.
pub type Address = MultiAddress<AccountId, ()>;
/// Block of the chain.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// Transaction as received.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// Checks and charges of a transaction.
pub type TxExtension = cumulus_pallet_weight_reclaim::StorageWeightReclaim<
	Runtime,
	(
		frame_system::AuthorizeCall<Runtime>,
		frame_system::CheckNonZeroSender<Runtime>,
		frame_system::CheckSpecVersion<Runtime>,
		frame_system::CheckTxVersion<Runtime>,
		frame_system::CheckGenesis<Runtime>,
		frame_system::CheckMortality<Runtime>,
		frame_system::CheckNonce<Runtime>,
		frame_system::CheckWeight<Runtime>,
		pallet_asset_conversion_tx_payment::ChargeAssetTxPayment<Runtime>,
		frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	),
>;
/// Dispatcher to the pallets.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

impl_opaque_keys! {
	/// Session keys of a collator.
	pub struct SessionKeys {
		/// Key for block production.
		pub aura: Aura,
		/// Key under which other collators find its address.
		pub authority_discovery: AuthorityDiscovery,
	}
}

macro_rules! version {
	($spec_version:tt) => {
		/// Version of this runtime.
		#[sp_version::runtime_version]
		pub const VERSION: RuntimeVersion = RuntimeVersion {
			spec_name: Cow::Borrowed("caliber"),
			impl_name: Cow::Borrowed("caliber"),
			authoring_version: 1,
			spec_version: $spec_version,
			impl_version: 0,
			apis: apis::RUNTIME_API_VERSIONS,
			transaction_version: 1,
			system_version: 1,
		};
	};
}
#[cfg(not(feature = "increment-spec-version"))]
version!(1);
// For rehearsals of an upgrade: always the version above plus one.
#[cfg(feature = "increment-spec-version")]
version!(2);

// Indices are part of the chain's interface. An index never changes and is never reused.
#[frame_support::runtime]
mod runtime {
	/// The runtime.
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
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	// System.
	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type ParachainSystem = cumulus_pallet_parachain_system;
	#[runtime::pallet_index(2)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(3)]
	pub type ParachainInfo = parachain_info;
	#[runtime::pallet_index(4)]
	pub type WeightReclaim = cumulus_pallet_weight_reclaim;
	#[runtime::pallet_index(5)]
	pub type MultiBlockMigrations = pallet_migrations;
	// Built before all others of ours, because their genesis reads governed values and the tempo.
	#[runtime::pallet_index(6)]
	pub type Governance = pallet_caliber_governance;
	#[runtime::pallet_index(8)]
	pub type Preimage = pallet_preimage;
	#[runtime::pallet_index(9)]
	pub type Scheduler = pallet_scheduler;

	// The native token and fees.
	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(11)]
	pub type TransactionPayment = pallet_transaction_payment;
	#[runtime::pallet_index(12)]
	pub type AssetTxPayment = pallet_asset_conversion_tx_payment;

	// Collators. `Authorship` comes first, because the others read the author from it.
	#[runtime::pallet_index(20)]
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(21)]
	pub type CollatorSelection = pallet_collator_selection;
	#[runtime::pallet_index(22)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(23)]
	pub type Aura = pallet_aura;
	#[runtime::pallet_index(24)]
	pub type AuraExt = cumulus_pallet_aura_ext;
	#[runtime::pallet_index(25)]
	pub type AuthorityDiscovery = pallet_authority_discovery;

	// Messages between chains.
	#[runtime::pallet_index(30)]
	pub type XcmpQueue = cumulus_pallet_xcmp_queue;
	#[runtime::pallet_index(31)]
	pub type PolkadotXcm = pallet_xcm;
	#[runtime::pallet_index(32)]
	pub type CumulusXcm = cumulus_pallet_xcm;
	#[runtime::pallet_index(33)]
	pub type MessageQueue = pallet_message_queue;

	// Tools for users.
	#[runtime::pallet_index(40)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(41)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(42)]
	pub type Proxy = pallet_proxy;
	#[runtime::pallet_index(43)]
	pub type Identity = pallet_identity;

	// Assets. The index 50 is part of the locations of USDai and sUSDai.
	#[runtime::pallet_index(50)]
	pub type Assets = pallet_assets<Instance1>;
	#[runtime::pallet_index(51)]
	pub type ForeignAssets = pallet_assets<Instance2>;
	#[runtime::pallet_index(52)]
	pub type PoolAssets = pallet_assets<Instance3>;
	#[runtime::pallet_index(53)]
	pub type AssetsHolder = pallet_assets_holder<Instance1>;
	#[runtime::pallet_index(54)]
	pub type AssetsFreezer = pallet_assets_freezer<Instance1>;
	#[runtime::pallet_index(55)]
	pub type AssetConversion = pallet_asset_conversion;
	#[runtime::pallet_index(56)]
	pub type Nfts = pallet_nfts;
	#[runtime::pallet_index(57)]
	pub type Psm = pallet_psm;
	#[runtime::pallet_index(58)]
	pub type AssetRate = pallet_asset_rate;

	// Governance.
	#[runtime::pallet_index(60)]
	pub type ConvictionVoting = pallet_conviction_voting;
	#[runtime::pallet_index(61)]
	pub type Referenda = pallet_referenda;
	#[runtime::pallet_index(62)]
	pub type Origins = configs::governance::origins;
	#[runtime::pallet_index(63)]
	pub type Whitelist = pallet_whitelist;
	#[runtime::pallet_index(64)]
	pub type Treasury = pallet_treasury;
	#[runtime::pallet_index(65)]
	pub type TechnicalCommittee = pallet_collective<Instance1>;
	#[runtime::pallet_index(66)]
	pub type TechnicalMembership = pallet_membership<Instance1>;

	// Caliber.
	#[runtime::pallet_index(70)]
	pub type OracleMembership = pallet_membership<Instance2>;
	#[runtime::pallet_index(71)]
	pub type Oracle = pallet_oracle;
	#[runtime::pallet_index(72)]
	pub type Appraisal = pallet_caliber_appraisal;
	#[runtime::pallet_index(73)]
	pub type Titles = pallet_caliber_titles;
	#[runtime::pallet_index(74)]
	pub type Credit = pallet_caliber_credit;
	#[runtime::pallet_index(75)]
	pub type Vault = pallet_caliber_vault;
	// Built last: its genesis mints through the peg and makes pools.
	#[runtime::pallet_index(76)]
	pub type Reserves = pallet_caliber_reserves;
}

cumulus_pallet_parachain_system::register_validate_block! {
	Runtime = Runtime,
	BlockExecutor = cumulus_pallet_aura_ext::BlockExecutor::<Runtime, Executive>,
}
