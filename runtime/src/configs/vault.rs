// SPDX-License-Identifier: Apache-2.0

//! Vault: the senior lender, its shares (sUSDai), and their redemption windows.

mod request_ticket;

pub use request_ticket::{RequestDeposit, RequestDepositInUsdAi, RequestTicket};

use crate::{
	accounts::{TreasuryAccount, VaultPalletId},
	assets::{SUsdAi, UsdAi},
	configs::governance::{AreaAdmin, StableAdmin},
	constants::currency::deposit,
	idle::IdleTurn,
	weights, AccountId, Balance, Balances, Credit, Governance, Reserves, Runtime,
	RuntimeHoldReason, Timestamp,
};
use caliber_primitives::USD;
use pallet_caliber_governance::{TempoOf, Values};
use polkadot_sdk::frame_support::{
	parameter_types,
	traits::{fungible::HoldConsideration, ConstU32, ConstantStoragePrice, Contains},
};

parameter_types! {
	pub const MinDeposit: Balance = USD;
	pub const OperatorDeposit: Balance = deposit(1, 64);
	pub const OperatorHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Vault(pallet_caliber_vault::HoldReason::Operator);
	pub const MinWindowLength: u64 = 2 * 86_400;
	pub const MaxWindowLength: u64 = 366 * 86_400;
}

/// Accounts whose dollars are frozen.
pub struct FrozenAccounts;
impl Contains<AccountId> for FrozenAccounts {
	fn contains(who: &AccountId) -> bool {
		Reserves::frozen(who.clone()).is_some()
	}
}

impl pallet_caliber_vault::Config for Runtime {
	type AdminOrigin = AreaAdmin<StableAdmin>;
	type Bills = Reserves;
	type BrakeTerms = Values<Runtime>;
	type Clock = Governance;
	type Frozen = FrozenAccounts;
	type Lines = Credit;
	type MaxIdleWeight = IdleTurn<true>;
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
	type Peg = Reserves;
	type RequestConsideration = RequestTicket;
	type Shares = SUsdAi;
	type Tempo = TempoOf<Runtime>;
	type Time = Timestamp;
	type TreasuryAccount = TreasuryAccount;
	type UsdAi = UsdAi;
	type Values = Values<Runtime>;
	type WeightInfo = weights::pallet_caliber_vault::WeightInfo<Runtime>;
}
