// SPDX-License-Identifier: Apache-2.0

//! Configuration of the vault pallet and the reasons for its holds.

use crate::frame_support::pallet_macros::pallet_section;

/// Configuration of the vault pallet and the reasons for its holds.
#[pallet_section]
mod config {
	#[pallet::config]
	pub trait Config: polkadot_sdk::frame_system::Config {
		/// Origin that governs the vault.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// USDai: what is deposited, lent and paid out. Its minimum balance is one unit.
		type UsdAi: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// sUSDai: the shares. Only this pallet mints and burns them. Its minimum balance is one
		/// unit.
		type Shares: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// The vault's Treasury bills.
		type Bills: TreasuryBills;

		/// The clock.
		type Time: UnixTime;

		/// Id from which the account of the vault is derived.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Account that receives the fee on the yield.
		type TreasuryAccount: Get<Self::AccountId>;

		/// The treasury's share of the interest, taken when the interest is received.
		type YieldFee: Get<Perbill>;

		/// Minimum of a single deposit, in USDai. More than the shares that the first deposit
		/// locks.
		#[pallet::constant]
		type MinDeposit: Get<Balance>;

		/// Maximum net asset value for deposits that a deposit may lead to, in USDai.
		type DepositCap: Get<Balance>;

		/// Storage deposit of a redemption request, taken from its owner. The ticket is stored with
		/// the request and dropped with it. A runtime that holds CLBR gives
		/// [`HoldReason::RedemptionRequest`] as the reason.
		type RequestConsideration: Consideration<Self::AccountId, Footprint>;

		/// Storage deposit of an operator, taken from the owner who approves it. The ticket is
		/// stored with the approval and dropped with it. A runtime that holds CLBR gives
		/// [`HoldReason::Operator`] as the reason.
		type OperatorConsideration: Consideration<Self::AccountId, Footprint>;

		/// Seconds before the close of a window in which bids are revealed; in a window that is
		/// shorter than twice this, its second half. A change takes effect with the next change of
		/// the window length.
		#[pallet::constant]
		type RevealPeriod: Get<Seconds>;

		/// Minimum of the window length that governance may set, in seconds. Not less than twice
		/// [`Config::RevealPeriod`].
		#[pallet::constant]
		type MinWindowLength: Get<Seconds>;

		/// Maximum of the window length that governance may set, in seconds.
		#[pallet::constant]
		type MaxWindowLength: Get<Seconds>;

		/// Annual rate that governance aims at, reported beside what is earned.
		type TargetApr: Get<FixedU128>;

		/// Maximum number of live requests of one account.
		#[pallet::constant]
		type MaxRequests: Get<u32>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// Reasons for which CLBR is on hold.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The storage deposit of a redemption request.
		#[codec(index = 0)]
		RedemptionRequest,
		/// The storage deposit of an operator.
		#[codec(index = 1)]
		Operator,
	}
}
