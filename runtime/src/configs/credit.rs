// SPDX-License-Identifier: Apache-2.0

//! Credit: lines against titles, their loans, and the auctions of a defaulted line.

use crate::{
	accounts::{CreditPalletId, TreasuryAccount},
	assets::{UsdAi, UsdAiHold},
	configs::governance::{AreaAdmin, CreditAdmin},
	constants::currency::{deposit, CLBR},
	idle::IdleTurn,
	weights, AccountId, Appraisal, Balance, Balances, Governance, Runtime, RuntimeHoldReason,
	Timestamp, Titles, Vault,
};
use pallet_caliber_governance::Values;
use polkadot_sdk::frame_support::{
	parameter_types,
	traits::{fungible::HoldConsideration, ConstU128, LinearStoragePrice},
};

parameter_types! {
	/// Price of the storage of a line. The size of its record is bounded, so the price is flat.
	pub const LineDeposit: Balance = deposit(2, 1_000) + 10 * CLBR;
	pub const LineDepositReason: RuntimeHoldReason =
		RuntimeHoldReason::Credit(pallet_caliber_credit::HoldReason::LineDeposit);
}

impl pallet_caliber_credit::Config for Runtime {
	type AdminOrigin = AreaAdmin<CreditAdmin>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Clock;
	type BrakeTerms = Values<Runtime>;
	type Clock = Governance;
	type LineConsideration = HoldConsideration<
		AccountId,
		Balances,
		LineDepositReason,
		LinearStoragePrice<LineDeposit, ConstU128<0>, Balance>,
	>;
	type MaxIdleWeight = IdleTurn<false>;
	type PalletId = CreditPalletId;
	type Rules = Governance;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Senior = Vault;
	type Time = Timestamp;
	type Titles = Titles;
	type TreasuryAccount = TreasuryAccount;
	type UsdAi = UsdAi;
	type UsdAiHold = UsdAiHold;
	type Value = Appraisal;
	type Values = Values<Runtime>;
	type WeightInfo = weights::pallet_caliber_credit::WeightInfo<Runtime>;
}
