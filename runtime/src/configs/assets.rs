// SPDX-License-Identifier: Apache-2.0

//! Assets: USDai and sUSDai, assets of other chains, pools, fees in assets, NFTs, and the peg.

use crate::{
	accounts::{
		AssetConversionAccount, AssetConversionPalletId, PsmPalletId, StakingPot, TreasuryAccount,
	},
	assets::{
		ForeignAssetsInstance, LocalAndForeignAssets, LocalAssetsInstance, NativeAndAssets,
		NativeLocation, PoolAssetsInstance,
	},
	constants::{
		currency::{deposit, CLBR, EXISTENTIAL_DEPOSIT},
		time::DAYS,
	},
	AccountId, AssetConversion, AssetsFreezer, AssetsHolder, Balance, Balances, BlockNumber,
	OriginCaller, PoolAssets, Runtime, RuntimeEvent, RuntimeFreezeReason, RuntimeHoldReason,
	RuntimeOrigin, Signature,
};
use pallet_caliber_governance::RelayBlocks;
use pallet_caliber_reserves::{
	FrozenAccounts, KnownPools, RateLimitedMint, RateLimitedMintWeights,
};
use polkadot_sdk::{staging_xcm::latest::prelude::Location, *};

use frame_support::{
	parameter_types,
	traits::{
		fungible::HoldConsideration, tokens::imbalance::ResolveAssetTo, AsEnsureOriginWithArg,
		ConstU128, ConstU32, LinearStoragePrice,
	},
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureSigned, EnsureSignedBy};
use pallet_nfts::PalletFeatures;
use sp_runtime::{traits::Verify, Permill};

parameter_types! {
	pub const AssetDeposit: Balance = 10 * CLBR;
	pub const AssetAccountDeposit: Balance = deposit(1, 16);
	pub const AssetApprovalDeposit: Balance = EXISTENTIAL_DEPOSIT;
	pub const AssetMetadataDepositBase: Balance = deposit(1, 68);
	pub const AssetMetadataDepositPerByte: Balance = deposit(0, 1);
}

impl pallet_assets::Config<LocalAssetsInstance> for Runtime {
	type ApprovalDeposit = AssetApprovalDeposit;
	type AssetAccountDeposit = AssetAccountDeposit;
	type AssetDeposit = AssetDeposit;
	type AssetId = u32;
	type AssetIdAllocator = pallet_assets::AutoIncAssetId<Runtime, LocalAssetsInstance>;
	type AssetIdParameter = codec::Compact<u32>;
	type Balance = Balance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type CallbackHandle = ();
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type Currency = Balances;
	type Extra = ();
	type ForceOrigin = EnsureRoot<AccountId>;
	// Accounts that the reserves have frozen cannot spend USDai and sUSDai.
	type Freezer = FrozenAccounts<Runtime, AssetsFreezer>;
	type Holder = AssetsHolder;
	type MetadataDepositBase = AssetMetadataDepositBase;
	type MetadataDepositPerByte = AssetMetadataDepositPerByte;
	type RemoveItemsLimit = ConstU32<1_000>;
	type ReserveData = ();
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<50>;
	type WeightInfo = pallet_assets::weights::SubstrateWeight<Self>;
}

impl pallet_assets_holder::Config<LocalAssetsInstance> for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
}

impl pallet_assets_freezer::Config<LocalAssetsInstance> for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeFreezeReason = RuntimeFreezeReason;
}

impl pallet_assets::Config<ForeignAssetsInstance> for Runtime {
	type ApprovalDeposit = AssetApprovalDeposit;
	type AssetAccountDeposit = AssetAccountDeposit;
	type AssetDeposit = AssetDeposit;
	type AssetId = Location;
	type AssetIdAllocator = ();
	type AssetIdParameter = Location;
	type Balance = Balance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::ForeignAssetHelper;
	type CallbackHandle = ();
	// Governance decides which assets of other chains exist here.
	type CreateOrigin = AsEnsureOriginWithArg<EnsureRootWithSuccess<AccountId, TreasuryAccount>>;
	type Currency = Balances;
	type Extra = ();
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = ();
	type MetadataDepositBase = AssetMetadataDepositBase;
	type MetadataDepositPerByte = AssetMetadataDepositPerByte;
	type RemoveItemsLimit = ConstU32<1_000>;
	type ReserveData = ();
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<50>;
	type WeightInfo = pallet_assets::weights::SubstrateWeight<Self>;
}

parameter_types! {
	pub const PoolSetupFee: Balance = 10 * CLBR;
	pub const LpFee: Permill = Permill::from_parts(3_000);
	pub const MaxSwapFee: Permill = Permill::from_percent(2);
	pub const LiquidityWithdrawalFee: Permill = Permill::zero();
}

// Pools issue their shares. The set-up fee of a pool replaces deposits. No pool can be frozen.
impl pallet_assets::Config<PoolAssetsInstance> for Runtime {
	type ApprovalDeposit = AssetApprovalDeposit;
	type AssetAccountDeposit = ConstU128<0>;
	type AssetDeposit = ConstU128<0>;
	type AssetId = u32;
	type AssetIdAllocator = ();
	type AssetIdParameter = u32;
	type Balance = Balance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type CallbackHandle = KnownPools<Runtime>;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSignedBy<AssetConversionAccount, AccountId>>;
	type Currency = Balances;
	type Extra = ();
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = ();
	type MetadataDepositBase = AssetMetadataDepositBase;
	type MetadataDepositPerByte = AssetMetadataDepositPerByte;
	type RemoveItemsLimit = ConstU32<1_000>;
	type ReserveData = ();
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<50>;
	type WeightInfo = pallet_assets::weights::SubstrateWeight<Self>;
}

impl pallet_asset_conversion::Config for Runtime {
	type AdminOrigin = EnsureRoot<AccountId>;
	type AssetKind = Location;
	type Assets = NativeAndAssets;
	type Balance = Balance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::AssetPairHelper;
	type HigherPrecisionBalance = sp_core::U256;
	type LPFee = LpFee;
	type LiquidityWithdrawalFee = LiquidityWithdrawalFee;
	type MaxSwapFee = MaxSwapFee;
	type MaxSwapPathLength = ConstU32<3>;
	type MintMinLiquidity = ConstU128<100>;
	type PalletId = AssetConversionPalletId;
	type PoolAssetId = u32;
	type PoolAssets = PoolAssets;
	type PoolId = (Location, Location);
	// A pool may have any two assets.
	type PoolLocator = pallet_asset_conversion::Ascending<
		AccountId,
		Location,
		pallet_asset_conversion::AccountIdConverter<AssetConversionPalletId, (Location, Location)>,
	>;
	type PoolSetupFee = PoolSetupFee;
	type PoolSetupFeeAsset = NativeLocation;
	type PoolSetupFeeTarget = ResolveAssetTo<TreasuryAccount, NativeAndAssets>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_asset_conversion::weights::SubstrateWeight<Self>;
}

impl pallet_asset_conversion_tx_payment::Config for Runtime {
	type AssetId = Location;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::AssetTxHelper;
	type OnChargeAssetTransaction = pallet_asset_conversion_tx_payment::SwapAssetAdapter<
		NativeLocation,
		NativeAndAssets,
		AssetConversion,
		ResolveAssetTo<StakingPot, NativeAndAssets>,
	>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_asset_conversion_tx_payment::weights::SubstrateWeight<Self>;
}

parameter_types! {
	pub NftsFeatures: PalletFeatures = PalletFeatures::all_enabled();
	pub const NftsMaxDeadlineDuration: BlockNumber = 12 * 30 * DAYS;
	pub const NftsCollectionDeposit: Balance = deposit(1, 130) + CLBR;
	pub const NftsItemDeposit: Balance = deposit(1, 164);
	pub const NftsMetadataDepositBase: Balance = deposit(1, 129);
	pub const NftsAttributeDepositBase: Balance = deposit(1, 0);
	pub const NftsDepositPerByte: Balance = deposit(0, 1);
}

impl pallet_nfts::Config for Runtime {
	type ApprovalsLimit = ConstU32<20>;
	type AttributeDepositBase = NftsAttributeDepositBase;
	type BlockNumberProvider = RelayBlocks<Runtime>;
	type CollectionDeposit = NftsCollectionDeposit;
	type CollectionId = u32;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type Currency = Balances;
	type DepositPerByte = NftsDepositPerByte;
	type Features = NftsFeatures;
	type ForceOrigin = EnsureRoot<AccountId>;
	#[cfg(feature = "runtime-benchmarks")]
	type Helper = ();
	type ItemAttributesApprovalsLimit = ConstU32<30>;
	type ItemDeposit = NftsItemDeposit;
	type ItemId = u32;
	type KeyLimit = ConstU32<64>;
	type Locker = ();
	type MaxAttributesPerCall = ConstU32<10>;
	type MaxDeadlineDuration = NftsMaxDeadlineDuration;
	type MaxTips = ConstU32<10>;
	type MetadataDepositBase = NftsMetadataDepositBase;
	type OffchainPublic = <Signature as Verify>::Signer;
	type OffchainSignature = Signature;
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<256>;
	type ValueLimit = ConstU32<256>;
	type WeightInfo = pallet_nfts::weights::SubstrateWeight<Self>;
}

parameter_types! {
	pub const PsmDepositBase: Balance = 100 * CLBR;
	pub const PsmDepositPerByte: Balance = deposit(0, 1);
	pub const PsmHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Psm(pallet_psm::HoldReason::CreationDeposit);
	pub const NoDepositor: Option<AccountId> = None;
}

impl pallet_psm::Config for Runtime {
	type AssetId = Location;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::PsmHelper;
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		PsmHoldReason,
		LinearStoragePrice<PsmDepositBase, PsmDepositPerByte, Balance>,
	>;
	// Only governance creates a pegged asset.
	type CreateOrigin = AsEnsureOriginWithArg<EnsureRootWithSuccess<AccountId, NoDepositor>>;
	// The mint rate limit (fuse) and the guard of the peg apply to what it takes in and pays out.
	type Fungibles = RateLimitedMint<Runtime, LocalAndForeignAssets>;
	type MaxExternals = ConstU32<8>;
	type PalletId = PsmPalletId;
	type PalletsOrigin = OriginCaller;
	type RuntimeOrigin = RuntimeOrigin;
	type WeightInfo = RateLimitedMintWeights<Runtime, pallet_psm::weights::SubstrateWeight<Self>>;
}
