// SPDX-License-Identifier: Apache-2.0

//! Configuration of the vault pallet and the reasons for its holds.

use crate::frame_support::pallet_macros::pallet_section;

/// Configuration of the vault pallet and the reasons for its holds.
#[pallet_section]
mod config {
	#[pallet::config]
	pub trait Config: polkadot_sdk::frame_system::Config {
		/// Origin that governs the vault: a referendum. What lowers risk the technical committee may
		/// decide too, for a time.
		type AdminOrigin: EnsureOriginWithArg<Self::RuntimeOrigin, Risk, Success = Authority>;

		/// Times that the brakes of the technical committee keep.
		type BrakeTerms: Get<BrakeTerms>;

		/// Values that governance sets for the vault, as they count now.
		type Values: Get<VaultValues>;

		/// Tempo of the chain, which divides the lengths of windows.
		type Tempo: Get<u32>;

		/// USDai: what is deposited, lent and paid out. Its minimum balance is one unit.
		type UsdAi: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// sUSDai: the shares. Only this pallet mints and burns them. Its minimum balance is one
		/// unit.
		type Shares: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// The vault's Treasury bills.
		type Bills: TreasuryBills;

		/// Rounds over the lines whose loans the vault has made. A settlement waits for one.
		type Lines: LineRounds;

		/// Dollars behind USDai, for the record of the day.
		type Peg: PegReport;

		/// Accounts that may send nothing, by a court's or an issuer's order.
		type Frozen: Contains<Self::AccountId>;

		/// The clock.
		type Time: UnixTime;

		/// Ends of periods, with the time in which the chain made no blocks.
		type Clock: Clock;

		/// Id from which the account of the vault is derived.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Account that receives the fee on the yield.
		type TreasuryAccount: Get<Self::AccountId>;

		/// Minimum of a single deposit, in USDai. More than the shares that the first deposit
		/// locks.
		#[pallet::constant]
		type MinDeposit: Get<Balance>;

		/// Storage deposit of a redemption request, taken from its owner. The ticket is stored with
		/// the request and dropped with it. A runtime that holds CLBR or USDai gives
		/// [`HoldReason::RedemptionRequest`] as the reason.
		type RequestConsideration: Consideration<Self::AccountId, Footprint>;

		/// Storage deposit of an operator, taken from the owner who approves it. The ticket is
		/// stored with the approval and dropped with it. A runtime that holds CLBR gives
		/// [`HoldReason::Operator`] as the reason.
		type OperatorConsideration: Consideration<Self::AccountId, Footprint>;

		/// Minimum of the window length that genesis and governance may set, in seconds on a chain of
		/// tempo 1. Not less than 2.
		#[pallet::constant]
		type MinWindowLength: Get<Seconds>;

		/// Maximum of the window length that genesis and governance may set, in seconds on a chain of
		/// tempo 1.
		#[pallet::constant]
		type MaxWindowLength: Get<Seconds>;

		/// Maximum number of live requests of one account.
		#[pallet::constant]
		type MaxRequests: Get<u32>;

		/// Largest weight of the idle work of this block.
		type MaxIdleWeight: Get<Weight>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// Reasons for which CLBR or USDai is on hold.
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
