// SPDX-License-Identifier: Apache-2.0

//! The frame of the chain: blocks, the native token, fees, and what every user has at hand.

use crate::{
	configs::governance::SafetyGuard,
	constants::{
		currency::{deposit, EXISTENTIAL_DEPOSIT, MICRO_CLBR, MILLI_CLBR, SS58_PREFIX},
		time::DAYS,
		AVERAGE_ON_INITIALIZE_RATIO, MAXIMUM_BLOCK_WEIGHT, NORMAL_DISPATCH_RATIO,
	},
	migrations, AccountId, Aura, Balance, Balances, Block, BlockNumber, CollatorSelection, Hash,
	MultiBlockMigrations, Nonce, OriginCaller, PalletInfo, Preimage, Runtime, RuntimeCall,
	RuntimeEvent, RuntimeFreezeReason, RuntimeHoldReason, RuntimeOrigin, RuntimeTask, Signature,
	System, Titles, TxPause, VERSION,
};
use caliber_primitives::{SUSDAI, USDAI};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::*;

use frame_support::{
	derive_impl,
	dispatch::DispatchClass,
	parameter_types,
	traits::{
		fungible::HoldConsideration, tokens::imbalance::ResolveTo, ConstU32, ConstU64, ConstU8,
		Contains, EqualPrivilegeOnly, InsideBoth, InstanceFilter, LinearStoragePrice,
		VariantCountOf,
	},
	weights::{
		constants::{BlockExecutionWeight, ExtrinsicBaseWeight, RocksDbWeight},
		ConstantMultiplier, Weight, WeightToFee as WeightToFeeT,
	},
};
use frame_system::{
	limits::{BlockLength, BlockWeights},
	EnsureRoot,
};
use pallet_tx_pause::RuntimeCallNameOf;
use polkadot_runtime_common::{BlockHashCount, SlowAdjustingFeeUpdate};
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{BlakeTwo256, Verify},
	Perbill,
};
use sp_version::RuntimeVersion;

parameter_types! {
	pub const Version: RuntimeVersion = VERSION;
	pub RuntimeBlockLength: BlockLength = BlockLength::builder()
		.max_length(5 * 1024 * 1024)
		.modify_max_length_for_class(DispatchClass::Normal, |m| {
			*m = NORMAL_DISPATCH_RATIO * *m
		})
		.build();
	pub RuntimeBlockWeights: BlockWeights = BlockWeights::builder()
		.base_block(BlockExecutionWeight::get())
		.for_class(DispatchClass::all(), |weights| {
			weights.base_extrinsic = ExtrinsicBaseWeight::get();
		})
		.for_class(DispatchClass::Normal, |weights| {
			weights.max_total = Some(NORMAL_DISPATCH_RATIO * MAXIMUM_BLOCK_WEIGHT);
		})
		.for_class(DispatchClass::Operational, |weights| {
			weights.max_total = Some(MAXIMUM_BLOCK_WEIGHT);
			// What normal transactions leave is kept for operational ones.
			weights.reserved = Some(
				MAXIMUM_BLOCK_WEIGHT - NORMAL_DISPATCH_RATIO * MAXIMUM_BLOCK_WEIGHT
			);
		})
		.avg_block_initialization(AVERAGE_ON_INITIALIZE_RATIO)
		.build_or_panic();
	pub const SS58Prefix: u16 = SS58_PREFIX;
}

#[derive_impl(frame_system::config_preludes::ParaChainDefaultConfig)]
impl frame_system::Config for Runtime {
	type AccountData = pallet_balances::AccountData<Balance>;
	type AccountId = AccountId;
	type BaseCallFilter = InsideBoth<DirectCalls, TxPause>;
	type Block = Block;
	type BlockHashCount = BlockHashCount;
	type BlockLength = RuntimeBlockLength;
	type BlockWeights = RuntimeBlockWeights;
	type DbWeight = RocksDbWeight;
	type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Self>;
	type Hash = Hash;
	type MaxConsumers = ConstU32<16>;
	type MultiBlockMigrator = MultiBlockMigrations;
	type Nonce = Nonce;
	type OnSetCode = cumulus_pallet_parachain_system::ParachainSetCode<Self>;
	type SingleBlockMigrations = migrations::SingleBlock;
	type SS58Prefix = SS58Prefix;
	type SystemWeightInfo = frame_system::weights::SubstrateWeight<Self>;
	type Version = Version;
}

/// Calls of the SDK's pallets that would go past Caliber's own checks.
///
/// - `Oracle::feed_values` takes any key; `Appraisal::feed` takes those of registered models.
/// - `Nfts::burn` would destroy a title's NFT; redemption does that, and frees the serial numbers.
/// - `Assets::refund` of USDai or sUSDai would take a frozen account off the books and its freeze
///   with it, or burn what the peg has issued. Both are sufficient: no account has to be opened.
pub struct DirectCalls;
impl Contains<RuntimeCall> for DirectCalls {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::Oracle(_) => false,
			RuntimeCall::Nfts(pallet_nfts::Call::burn { collection, .. }) => {
				Titles::collection() != Some(*collection)
			}
			RuntimeCall::Assets(
				pallet_assets::Call::refund { id, .. }
				| pallet_assets::Call::refund_other { id, .. }
				| pallet_assets::Call::touch { id }
				| pallet_assets::Call::touch_other { id, .. },
			) => ![USDAI, SUSDAI].contains(&id.0),
			_ => true,
		}
	}
}

impl cumulus_pallet_weight_reclaim::Config for Runtime {
	// The pallet's own measured weights: it exports them under no other name.
	type WeightInfo = ();
}

impl pallet_timestamp::Config for Runtime {
	type MinimumPeriod = ConstU64<0>;
	type Moment = u64;
	type OnTimestampSet = Aura;
	type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Self>;
}

parameter_types! {
	pub const ExistentialDeposit: Balance = EXISTENTIAL_DEPOSIT;
	pub StakingPot: AccountId = CollatorSelection::account_id();
}

impl pallet_balances::Config for Runtime {
	type AccountStore = System;
	type Balance = Balance;
	type DoneSlashHandler = ();
	// What is too small to keep pays the collators, like fees.
	type DustRemoval = ResolveTo<StakingPot, Balances>;
	type ExistentialDeposit = ExistentialDeposit;
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
	type MaxLocks = ConstU32<50>;
	type MaxReserves = ConstU32<50>;
	type ReserveIdentifier = [u8; 8];
	type RuntimeEvent = RuntimeEvent;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = pallet_balances::weights::SubstrateWeight<Self>;
}

/// The fee of a weight: what it takes of a block's time or of its proof, whichever is more.
///
/// The base weight of a transaction costs a thousandth of a CLBR, and so does 10 KiB of proof.
pub struct WeightToFee;
impl WeightToFeeT for WeightToFee {
	type Balance = Balance;

	fn weight_to_fee(weight: &Weight) -> Balance {
		let part = |amount: u64, unit: u64| {
			Balance::from(amount).saturating_mul(MILLI_CLBR) / Balance::from(unit)
		};
		part(weight.ref_time(), ExtrinsicBaseWeight::get().ref_time())
			.max(part(weight.proof_size(), 10 * 1024))
	}
}

parameter_types! {
	pub const TransactionByteFee: Balance = 10 * MICRO_CLBR;
}

impl pallet_transaction_payment::Config for Runtime {
	type FeeMultiplierUpdate = SlowAdjustingFeeUpdate<Self>;
	type LengthToFee = ConstantMultiplier<Balance, TransactionByteFee>;
	type OnChargeTransaction =
		pallet_transaction_payment::FungibleAdapter<Balances, ResolveTo<StakingPot, Balances>>;
	type OperationalFeeMultiplier = ConstU8<5>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Self>;
	type WeightToFee = WeightToFee;
}

parameter_types! {
	pub MigrationsServiceWeight: Weight = Perbill::from_percent(80) * RuntimeBlockWeights::get().max_block;
}

impl pallet_migrations::Config for Runtime {
	type CursorMaxLen = ConstU32<65_536>;
	// A migration that cannot finish must not let a half-migrated chain take transactions.
	type FailedMigrationHandler = frame_support::migrations::FreezeChainOnFailedMigration;
	type IdentifierMaxLen = ConstU32<256>;
	type MaxServiceWeight = MigrationsServiceWeight;
	type MigrationStatusHandler = ();
	#[cfg(not(feature = "runtime-benchmarks"))]
	type Migrations = migrations::MultiBlock;
	#[cfg(feature = "runtime-benchmarks")]
	type Migrations = pallet_migrations::mock_helpers::MockedMigrations;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_migrations::weights::SubstrateWeight<Self>;
}

/// Calls that no committee can pause: the chain's own, governance, and every way out for users.
pub struct NeverPaused;
impl Contains<RuntimeCallNameOf<Runtime>> for NeverPaused {
	fn contains(name: &RuntimeCallNameOf<Runtime>) -> bool {
		const PALLETS: [&[u8]; 13] = [
			b"System",
			b"ParachainSystem",
			b"Timestamp",
			b"TxPause",
			b"Preimage",
			b"Scheduler",
			b"Session",
			b"ConvictionVoting",
			b"Referenda",
			b"Whitelist",
			b"TechnicalCommittee",
			b"Reserves",
			b"Parameters",
		];
		const CALLS: [(&[u8], &[u8]); 30] = [
			(b"Credit", b"repay"),
			(b"Credit", b"payoff"),
			(b"Credit", b"collect"),
			(b"Credit", b"top_up_reserve"),
			(b"Credit", b"close_line"),
			(b"Credit", b"add_titles"),
			(b"Credit", b"apply_claim"),
			(b"Credit", b"claim_owed"),
			(b"Credit", b"release_capital"),
			(b"Credit", b"cure"),
			(b"Credit", b"reassess"),
			(b"Credit", b"settle_auction"),
			(b"Credit", b"withdraw_bid"),
			(b"Vault", b"request_redemption"),
			(b"Vault", b"cancel_request"),
			(b"Vault", b"commit_bid"),
			(b"Vault", b"reveal_bid"),
			(b"Vault", b"start_settlement"),
			(b"Vault", b"settle"),
			(b"Vault", b"claim"),
			(b"Psm", b"redeem"),
			(b"Titles", b"heartbeat"),
			(b"Titles", b"pay_revenue"),
			(b"Titles", b"pay_claim"),
			(b"Titles", b"remove_policy"),
			(b"Titles", b"withdraw_appraisal"),
			(b"Titles", b"request_redemption"),
			(b"Titles", b"cancel_redemption"),
			(b"Titles", b"confirm_release"),
			(b"Titles", b"escalate_redemption"),
		];
		let (pallet, call) = (name.0.as_slice(), name.1.as_slice());
		PALLETS.contains(&pallet) || CALLS.contains(&(pallet, call))
	}
}

impl pallet_tx_pause::Config for Runtime {
	type MaxNameLen = ConstU32<256>;
	type PauseOrigin = SafetyGuard;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type UnpauseOrigin = SafetyGuard;
	type WeightInfo = pallet_tx_pause::weights::SubstrateWeight<Self>;
	type WhitelistedCalls = NeverPaused;
}

parameter_types! {
	pub const PreimageBaseDeposit: Balance = deposit(2, 64);
	pub const PreimageByteDeposit: Balance = deposit(0, 1);
	pub const PreimageHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Preimage(pallet_preimage::HoldReason::Preimage);
}

impl pallet_preimage::Config for Runtime {
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		PreimageHoldReason,
		LinearStoragePrice<PreimageBaseDeposit, PreimageByteDeposit, Balance>,
	>;
	type Currency = Balances;
	type ManagerOrigin = EnsureRoot<AccountId>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_preimage::weights::SubstrateWeight<Self>;
}

parameter_types! {
	pub MaximumSchedulerWeight: Weight = Perbill::from_percent(80) * RuntimeBlockWeights::get().max_block;
}

impl pallet_scheduler::Config for Runtime {
	type BlockNumberProvider = System;
	type MaxScheduledPerBlock = ConstU32<50>;
	type MaximumWeight = MaximumSchedulerWeight;
	type OriginPrivilegeCmp = EqualPrivilegeOnly;
	type PalletsOrigin = OriginCaller;
	type Preimages = Preimage;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type ScheduleOrigin = EnsureRoot<AccountId>;
	type WeightInfo = pallet_scheduler::weights::SubstrateWeight<Self>;
}

impl pallet_utility::Config for Runtime {
	type PalletsOrigin = OriginCaller;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_utility::weights::SubstrateWeight<Self>;
}

parameter_types! {
	pub const MultisigDepositBase: Balance = deposit(1, 88);
	pub const MultisigDepositFactor: Balance = deposit(0, 32);
}

impl pallet_multisig::Config for Runtime {
	type BlockNumberProvider = System;
	type Currency = Balances;
	type DepositBase = MultisigDepositBase;
	type DepositFactor = MultisigDepositFactor;
	type MaxSignatories = ConstU32<100>;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_multisig::weights::SubstrateWeight<Self>;
}

/// What a proxy may do. Each kind is a list of what is allowed; all else is refused.
#[derive(
	Copy,
	Clone,
	Eq,
	PartialEq,
	Ord,
	PartialOrd,
	Encode,
	Decode,
	DecodeWithMemTracking,
	Debug,
	MaxEncodedLen,
	TypeInfo,
	Default,
)]
pub enum ProxyType {
	/// Everything.
	#[default]
	Any,
	/// Voting and submitting referenda.
	Governance,
	/// A collator's keys and candidacy.
	Collator,
	/// Custody: attesting and renewing titles.
	Custody,
	/// Reporting prices.
	Oracle,
	/// Paying what a line owes and funding its reserve.
	Repayment,
	/// Cranks that anyone may turn.
	Keeper,
	/// Rejecting announced proxy calls.
	CancelProxy,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		use pallet_caliber_appraisal::Call as Appraisal;
		use pallet_caliber_credit::Call as Credit;
		use pallet_caliber_titles::Call as Titles;
		use pallet_caliber_vault::Call as Vault;
		match self {
			ProxyType::Any => true,
			ProxyType::Governance => matches!(
				call,
				RuntimeCall::ConvictionVoting(_)
					| RuntimeCall::Referenda(_)
					| RuntimeCall::Preimage(_)
					| RuntimeCall::Whitelist(_)
					| RuntimeCall::TechnicalCommittee(_)
			),
			ProxyType::Collator => {
				matches!(call, RuntimeCall::CollatorSelection(_) | RuntimeCall::Session(_))
			}
			ProxyType::Custody => matches!(
				call,
				RuntimeCall::Titles(Titles::attest { .. })
					| RuntimeCall::Titles(Titles::attest_batch { .. })
					| RuntimeCall::Titles(Titles::set_document { .. })
					| RuntimeCall::Titles(Titles::withdraw_attestation { .. })
					| RuntimeCall::Titles(Titles::heartbeat { .. })
			),
			ProxyType::Oracle => {
				matches!(call, RuntimeCall::Appraisal(Appraisal::feed { .. }))
			}
			ProxyType::Repayment => matches!(
				call,
				RuntimeCall::Credit(Credit::repay { .. })
					| RuntimeCall::Credit(Credit::payoff { .. })
					| RuntimeCall::Credit(Credit::top_up_reserve { .. })
			),
			ProxyType::Keeper => matches!(
				call,
				RuntimeCall::Credit(Credit::collect { .. })
					| RuntimeCall::Credit(Credit::flag_breach { .. })
					| RuntimeCall::Credit(Credit::flag_default { .. })
					| RuntimeCall::Credit(Credit::flag_uncured { .. })
					| RuntimeCall::Credit(Credit::cure { .. })
					| RuntimeCall::Credit(Credit::reassess { .. })
					| RuntimeCall::Credit(Credit::start_auction { .. })
					| RuntimeCall::Credit(Credit::settle_auction { .. })
					| RuntimeCall::Reserves(pallet_caliber_reserves::Call::rebalance { .. })
					| RuntimeCall::Vault(Vault::start_settlement { .. })
					| RuntimeCall::Vault(Vault::settle { .. })
			),
			ProxyType::CancelProxy => {
				matches!(call, RuntimeCall::Proxy(pallet_proxy::Call::reject_announcement { .. }))
			}
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		self == other || *self == ProxyType::Any
	}
}

parameter_types! {
	pub const ProxyDepositBase: Balance = deposit(1, 40);
	pub const ProxyDepositFactor: Balance = deposit(0, 33);
	pub const AnnouncementDepositBase: Balance = deposit(1, 48);
	pub const AnnouncementDepositFactor: Balance = deposit(0, 66);
}

impl pallet_proxy::Config for Runtime {
	type AnnouncementDepositBase = AnnouncementDepositBase;
	type AnnouncementDepositFactor = AnnouncementDepositFactor;
	type BlockNumberProvider = System;
	type CallHasher = BlakeTwo256;
	type Currency = Balances;
	type MaxPending = ConstU32<32>;
	type MaxProxies = ConstU32<32>;
	type ProxyDepositBase = ProxyDepositBase;
	type ProxyDepositFactor = ProxyDepositFactor;
	type ProxyType = ProxyType;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_proxy::weights::SubstrateWeight<Self>;
}

parameter_types! {
	pub const IdentityBasicDeposit: Balance = deposit(1, 258);
	pub const IdentityByteDeposit: Balance = deposit(0, 1);
	pub const UsernameDeposit: Balance = deposit(0, 32);
	pub const SubAccountDeposit: Balance = deposit(1, 53);
	pub const PendingUsernameExpiration: BlockNumber = 7 * DAYS;
	pub const UsernameGracePeriod: BlockNumber = 30 * DAYS;
}

impl pallet_identity::Config for Runtime {
	type BasicDeposit = IdentityBasicDeposit;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type ByteDeposit = IdentityByteDeposit;
	type Currency = Balances;
	type ForceOrigin = EnsureRoot<AccountId>;
	type IdentityInformation = pallet_identity::legacy::IdentityInfo<ConstU32<20>>;
	type MaxRegistrars = ConstU32<20>;
	type MaxSubAccounts = ConstU32<100>;
	type MaxSuffixLength = ConstU32<7>;
	type MaxUsernameLength = ConstU32<32>;
	type OffchainSignature = Signature;
	type PendingUsernameExpiration = PendingUsernameExpiration;
	type RegistrarOrigin = EnsureRoot<AccountId>;
	type RuntimeEvent = RuntimeEvent;
	type SigningPublicKey = <Signature as Verify>::Signer;
	type Slashed = crate::Treasury;
	type SubAccountDeposit = SubAccountDeposit;
	type UsernameAuthorityOrigin = EnsureRoot<AccountId>;
	type UsernameDeposit = UsernameDeposit;
	type UsernameGracePeriod = UsernameGracePeriod;
	type WeightInfo = pallet_identity::weights::SubstrateWeight<Self>;
}
