// SPDX-License-Identifier: Apache-2.0

//! Configurations of the SDK's pallets in a test runtime.

#[cfg(feature = "runtime-benchmarks")]
use caliber_primitives::Balance;
#[cfg(feature = "runtime-benchmarks")]
use polkadot_sdk::{
	frame_support::assert_ok,
	frame_system::RawOrigin,
	pallet_assets::{self, Pallet},
	pallet_psm,
	sp_runtime::traits::StaticLookup,
};
use polkadot_sdk::{
	frame_support::{parameter_types, traits::AsEnsureOriginWithArg, weights::Weight, PalletId},
	frame_system::{Config, EnsureRoot, EnsureRootWithSuccess, EnsureSigned},
	pallet_nfts::PalletFeatures,
	sp_runtime::Permill,
};

/// Names that the expansion of [`impl_ground!`](crate::impl_ground) uses.
#[doc(hidden)]
pub mod sdk {
	pub use caliber_primitives::USDAI;
	pub use polkadot_sdk::{
		frame_support::traits::{ConstU128, ConstU32, ConstU64, EqualPrivilegeOnly},
		pallet_balances::AccountData,
		sp_core::U256,
		sp_runtime::{traits::IdentityLookup, MultiSignature, MultiSigner},
	};
}

type AccountIdOf<T> = <T as Config>::AccountId;

/// Origin of the root.
pub type Root<T> = EnsureRoot<AccountIdOf<T>>;
/// Any signed origin, whatever it creates.
pub type AnySigned<T> = AsEnsureOriginWithArg<EnsureSigned<AccountIdOf<T>>>;
/// Origin of the root, who pays no deposit for what it creates.
pub type RootForFree<T> =
	AsEnsureOriginWithArg<EnsureRootWithSuccess<AccountIdOf<T>, NoDepositor<AccountIdOf<T>>>>;

parameter_types! {
	/// All features of `pallet-nfts`.
	pub NftFeatures: PalletFeatures = PalletFeatures::all_enabled();
	/// Account of the pools.
	pub const PoolsPalletId: PalletId = PalletId(*b"py/ascon");
	/// Share of a swap that the providers of liquidity receive: 0.3 %.
	pub const LpFee: Permill = Permill::from_parts(3_000);
	/// Highest fee of a swap that a pool may have.
	pub const MaxSwapFee: Permill = Permill::from_percent(2);
	/// Weight of a block for what is scheduled.
	pub AgendaWeight: Weight = Weight::from_parts(1_000_000_000_000, 10_000_000);
	/// No fee.
	pub const NoFee: Permill = Permill::zero();
	/// Account of the peg.
	pub const PsmPalletId: PalletId = PalletId(*b"cbr/psm0");
	/// Nobody pays a deposit for a peg.
	pub const NoDepositor<AccountId>: Option<AccountId> = None;
}

/// Stablecoins for the benchmarks of `pallet-psm`.
#[cfg(feature = "runtime-benchmarks")]
pub struct PsmAssets<T>(core::marker::PhantomData<T>);

#[cfg(feature = "runtime-benchmarks")]
impl<T> pallet_psm::BenchmarkHelper<u32, T::AccountId> for PsmAssets<T>
where
	T: pallet_assets::Config<AssetId = u32, AssetIdParameter = u32, Balance = Balance>,
{
	fn get_asset_id(index: u32) -> u32 {
		index
	}

	fn create_asset(id: u32, owner: &T::AccountId, decimals: u8) {
		let owner = T::Lookup::unlookup(owner.clone());
		assert_ok!(Pallet::<T>::force_create(RawOrigin::Root.into(), id, owner, true, 1));
		assert_ok!(Pallet::<T>::force_set_metadata(
			RawOrigin::Root.into(),
			id,
			b"Stablecoin".to_vec(),
			b"USD".to_vec(),
			decimals,
			false,
		));
	}
}

/// Configures pallets of the SDK for a test runtime.
///
/// ```ignore
/// caliber_testkit::impl_ground!(Test {
///     System(u64),
///     Timestamp,
///     Balances(1),
///     Assets(AssetsHolder),
///     AssetsHolder,
/// });
/// ```
///
/// The pallets have these names in the runtime, and their crates are in scope, as
/// `construct_runtime!` needs them. `derive_impl` is imported by the macro.
///
/// | part | configures |
/// |---|---|
/// | `System(AccountId)` | `frame_system`, with balances as account data |
/// | `Timestamp`, `Timestamp(Listener)` | `pallet_timestamp`, with who is told of each time |
/// | `Preimage` | `pallet_preimage`, without deposits |
/// | `Scheduler(Clock)` | `pallet_scheduler` by a clock of blocks, such as the relay chain's |
/// | `Balances(ExistentialDeposit)` | `pallet_balances` |
/// | `Assets`, `Assets(Holder)`, `Assets(Holder, Freezer)` | `pallet_assets`, created by anyone |
/// | `AssetsHolder` | `pallet_assets_holder` |
/// | `Nfts(Deposit)` | `pallet_nfts`, each deposit the same |
/// | `Pools`, `Pools(Callback)` | `pallet_asset_conversion` over `Assets`, and `PoolAssets` (`Instance1`), with what is told of new pools |
/// | `Psm(Fungibles, WeightInfo)` | `pallet_psm`, created by root |
#[macro_export]
macro_rules! impl_ground {
	(@System $runtime:ident ($account:ident)) => {
		#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
		impl frame_system::Config for $runtime {
			type Block = frame_system::mocking::MockBlock<$runtime>;
			type AccountData = $crate::sdk::AccountData<u128>;
			type AccountId = $account;
			type Lookup = $crate::sdk::IdentityLookup<$account>;
		}
	};
	(@Timestamp $runtime:ident ()) => {
		#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
		impl pallet_timestamp::Config for $runtime {}
	};
	(@Timestamp $runtime:ident ($listener:ident)) => {
		#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
		impl pallet_timestamp::Config for $runtime {
			type MinimumPeriod = $crate::sdk::ConstU64<0>;
			type OnTimestampSet = $listener;
		}
	};
	(@Preimage $runtime:ident ()) => {
		impl pallet_preimage::Config for $runtime {
			type Consideration = ();
			type Currency = Balances;
			type ManagerOrigin = $crate::Root<$runtime>;
			type RuntimeEvent = RuntimeEvent;
			type WeightInfo = ();
		}
	};
	(@Scheduler $runtime:ident ($($clock:tt)+)) => {
		impl pallet_scheduler::Config for $runtime {
			type BlockNumberProvider = $($clock)+;
			type MaxScheduledPerBlock = $crate::sdk::ConstU32<10>;
			type MaximumWeight = $crate::AgendaWeight;
			type OriginPrivilegeCmp = $crate::sdk::EqualPrivilegeOnly;
			type PalletsOrigin = OriginCaller;
			type Preimages = Preimage;
			type RuntimeCall = RuntimeCall;
			type RuntimeEvent = RuntimeEvent;
			type RuntimeOrigin = RuntimeOrigin;
			type ScheduleOrigin = $crate::Root<$runtime>;
			type WeightInfo = ();
		}
	};
	(@Balances $runtime:ident ($($deposit:tt)+)) => {
		#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
		impl pallet_balances::Config for $runtime {
			type Balance = u128;
			type ExistentialDeposit = $crate::sdk::ConstU128<{ $($deposit)+ }>;
			type AccountStore = System;
		}
	};
	(@Assets $runtime:ident ()) => {
		$crate::impl_ground!(@Assets $runtime ((), ()));
	};
	(@Assets $runtime:ident ($holder:tt)) => {
		$crate::impl_ground!(@Assets $runtime ($holder, ()));
	};
	(@Assets $runtime:ident ($holder:tt, $freezer:ty)) => {
		#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
		impl pallet_assets::Config for $runtime {
			type Balance = u128;
			type AssetId = u32;
			type AssetIdParameter = u32;
			type Currency = Balances;
			type CreateOrigin = $crate::AnySigned<$runtime>;
			type ForceOrigin = $crate::Root<$runtime>;
			type Holder = $holder;
			type Freezer = $freezer;
		}
	};
	(@AssetsHolder $runtime:ident ()) => {
		impl pallet_assets_holder::Config for $runtime {
			type RuntimeHoldReason = RuntimeHoldReason;
			type RuntimeEvent = RuntimeEvent;
		}
	};
	(@Nfts $runtime:ident ($deposit:expr)) => {
		impl pallet_nfts::Config for $runtime {
			type RuntimeEvent = RuntimeEvent;
			type CollectionId = u32;
			type ItemId = u32;
			type Currency = Balances;
			type CreateOrigin = $crate::AnySigned<$runtime>;
			type ForceOrigin = $crate::Root<$runtime>;
			type Locker = ();
			type CollectionDeposit = $crate::sdk::ConstU128<{ $deposit }>;
			type ItemDeposit = $crate::sdk::ConstU128<{ $deposit }>;
			type MetadataDepositBase = $crate::sdk::ConstU128<{ $deposit }>;
			type AttributeDepositBase = $crate::sdk::ConstU128<{ $deposit }>;
			type DepositPerByte = $crate::sdk::ConstU128<{ $deposit }>;
			type StringLimit = $crate::sdk::ConstU32<256>;
			type KeyLimit = $crate::sdk::ConstU32<64>;
			type ValueLimit = $crate::sdk::ConstU32<64>;
			type ApprovalsLimit = $crate::sdk::ConstU32<4>;
			type ItemAttributesApprovalsLimit = $crate::sdk::ConstU32<4>;
			type MaxTips = $crate::sdk::ConstU32<4>;
			type MaxDeadlineDuration = $crate::sdk::ConstU64<10_000>;
			type MaxAttributesPerCall = $crate::sdk::ConstU32<4>;
			type Features = $crate::NftFeatures;
			type OffchainSignature = $crate::sdk::MultiSignature;
			type OffchainPublic = $crate::sdk::MultiSigner;
			#[cfg(feature = "runtime-benchmarks")]
			type Helper = ();
			type WeightInfo = ();
			type BlockNumberProvider = System;
		}
	};
	(@Pools $runtime:ident ()) => {
		$crate::impl_ground!(@Pools $runtime (()));
	};
	(@Pools $runtime:ident ($callback:ty)) => {
		impl pallet_assets::Config<pallet_assets::Instance1> for $runtime {
			type ApprovalDeposit = $crate::sdk::ConstU128<0>;
			type AssetAccountDeposit = $crate::sdk::ConstU128<0>;
			type AssetDeposit = $crate::sdk::ConstU128<0>;
			type AssetId = u32;
			type AssetIdAllocator = ();
			type AssetIdParameter = u32;
			type Balance = u128;
			#[cfg(feature = "runtime-benchmarks")]
			type BenchmarkHelper = ();
			type CallbackHandle = $callback;
			type CreateOrigin = $crate::AnySigned<$runtime>;
			type Currency = Balances;
			type Extra = ();
			type ForceOrigin = $crate::Root<$runtime>;
			type Freezer = ();
			type Holder = ();
			type MetadataDepositBase = $crate::sdk::ConstU128<0>;
			type MetadataDepositPerByte = $crate::sdk::ConstU128<0>;
			type RemoveItemsLimit = $crate::sdk::ConstU32<1_000>;
			type ReserveData = ();
			type RuntimeEvent = RuntimeEvent;
			type StringLimit = $crate::sdk::ConstU32<50>;
			type WeightInfo = ();
		}

		impl pallet_asset_conversion::Config for $runtime {
			type AdminOrigin = $crate::Root<$runtime>;
			type AssetKind = u32;
			type Assets = Assets;
			type Balance = u128;
			#[cfg(feature = "runtime-benchmarks")]
			type BenchmarkHelper = ();
			type HigherPrecisionBalance = $crate::sdk::U256;
			type LPFee = $crate::LpFee;
			type LiquidityWithdrawalFee = $crate::NoFee;
			type MaxSwapFee = $crate::MaxSwapFee;
			type MaxSwapPathLength = $crate::sdk::ConstU32<3>;
			type MintMinLiquidity = $crate::sdk::ConstU128<100>;
			type PalletId = $crate::PoolsPalletId;
			type PoolAssetId = u32;
			type PoolAssets = PoolAssets;
			type PoolId = (u32, u32);
			type PoolLocator = pallet_asset_conversion::Ascending<
				<$runtime as frame_system::Config>::AccountId,
				u32,
				pallet_asset_conversion::AccountIdConverter<$crate::PoolsPalletId, (u32, u32)>,
			>;
			type PoolSetupFee = $crate::sdk::ConstU128<0>;
			type PoolSetupFeeAsset = $crate::sdk::ConstU32<{ $crate::sdk::USDAI }>;
			type PoolSetupFeeTarget = ();
			type RuntimeEvent = RuntimeEvent;
			type WeightInfo = ();
		}
	};
	(@Psm $runtime:ident ($fungibles:ty, $weights:ty)) => {
		impl pallet_psm::Config for $runtime {
			type Fungibles = $fungibles;
			type Consideration = ();
			type CreateOrigin = $crate::RootForFree<$runtime>;
			type RuntimeOrigin = RuntimeOrigin;
			type PalletsOrigin = OriginCaller;
			type AssetId = u32;
			type WeightInfo = $weights;
			type PalletId = $crate::PsmPalletId;
			type MaxExternals = $crate::sdk::ConstU32<3>;
			#[cfg(feature = "runtime-benchmarks")]
			type BenchmarkHelper = $crate::PsmAssets<$runtime>;
		}
	};
	($runtime:ident { $($part:ident $(($($arg:tt)*))?),+ $(,)? }) => {
		use ::polkadot_sdk::frame_support::derive_impl;

		$($crate::impl_ground!(@$part $runtime ($($($arg)*)?));)+
	};
}
