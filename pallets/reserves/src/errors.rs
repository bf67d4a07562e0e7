// SPDX-License-Identifier: Apache-2.0

//! The errors: one for each cause.

use crate::frame_support::pallet_macros::pallet_section;

/// A section of the pallet.
#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// There is no such asset: create it first.
		UnknownAsset,
		/// As many stablecoins have a price as the peg may have: take one off first.
		TooManyStablecoins,
		/// A share of the genesis is more than the whole.
		InvalidShare,
		/// An amount is out of the range of numbers: try a smaller one.
		Overflow,
		/// Bills are held: let them be sold before the token is changed or taken off.
		BillsHeld,
		/// There are no Treasury bills to trade: governance names the token first.
		NoBills,
		/// The idle USDai is near its target, or there are no bills to sell, or so few that they are
		/// only sold together: try when it has moved.
		NothingToDo,
		/// The oracle has no fresh price of the bills: try after its next one.
		PriceStale,
		/// There is no pool of USDai and the bills, or it is empty: bring liquidity to it.
		NoPool,
		/// The pool pays or takes a price outside the band around that of the oracle: try when the
		/// two agree, or bring liquidity to the pool.
		OutsideBand,
		/// As much was traded in this hour as may be: try in the next.
		HourlyLimitReached,
		/// USDai would grow by more than it may in this period: mint less, or in the next period.
		/// Redeeming goes on.
		FuseBlown,
		/// The stablecoin is worth too little to issue USDai against it: bring another one.
		/// Redeeming goes on.
		BelowPegFloor,
		/// The account is frozen: thaw it before it is frozen for another reason.
		AlreadyFrozen,
		/// The account is not frozen.
		NotFrozen,
		/// The account belongs to the chain itself and cannot be frozen.
		ProtectedAccount,
	}
}
