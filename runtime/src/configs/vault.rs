// SPDX-License-Identifier: Apache-2.0

//! Vault: the senior lender, its shares (sUSDai), and their redemption windows.

use crate::{
	accounts::{TreasuryAccount, VaultPalletId},
	assets::{SUsdAi, UsdAi},
	configs::governance::{parameters::dynamic_params, EnsureStableAdmin},
	constants::currency::deposit,
	weights, AccountId, Balance, Balances, Reserves, Runtime, RuntimeHoldReason, Timestamp,
};
use caliber_primitives::USD;
use polkadot_sdk::frame_support::{
	parameter_types,
	traits::{fungible::HoldConsideration, ConstU32, ConstantStoragePrice},
};

parameter_types! {
	pub const MinDeposit: Balance = USD;
	pub const RequestDeposit: Balance = deposit(2, 200);
	pub const RequestHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Vault(pallet_caliber_vault::HoldReason::RedemptionRequest);
	pub const OperatorDeposit: Balance = deposit(1, 64);
	pub const OperatorHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Vault(pallet_caliber_vault::HoldReason::Operator);
	pub const RevealPeriod: u64 = 86_400;
	pub const MinWindowLength: u64 = 2 * 86_400;
	pub const MaxWindowLength: u64 = 366 * 86_400;
}

impl pallet_caliber_vault::Config for Runtime {
	type AdminOrigin = EnsureStableAdmin;
	type Bills = Reserves;
	type DepositCap = dynamic_params::vault::DepositCap;
	type MaxRequests = ConstU32<50>;
	type MaxWindowLength = MaxWindowLength;
	type MinDeposit = MinDeposit;
	type MinWindowLength = MinWindowLength;
	type OperatorConsideration = HoldConsideration<
		AccountId,
		Balances,
		OperatorHoldReason,
		ConstantStoragePrice<OperatorDeposit, Balance>,
	>;
	type PalletId = VaultPalletId;
	type RequestConsideration = HoldConsideration<
		AccountId,
		Balances,
		RequestHoldReason,
		ConstantStoragePrice<RequestDeposit, Balance>,
	>;
	type RevealPeriod = RevealPeriod;
	type Shares = SUsdAi;
	type TargetApr = dynamic_params::vault::TargetApr;
	type Time = Timestamp;
	type TreasuryAccount = TreasuryAccount;
	type UsdAi = UsdAi;
	type WeightInfo = weights::pallet_caliber_vault::WeightInfo<Runtime>;
	type YieldFee = dynamic_params::vault::YieldFee;
}
