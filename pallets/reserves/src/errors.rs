// SPDX-License-Identifier: Apache-2.0

//! Errors of the reserves pallet: one for each cause.

use crate::{
	frame_support::{defensive, pallet_macros::pallet_section},
	Error,
};
use caliber_math::MathError;
use caliber_primitives::governance::BrakeError;

/// Errors of the reserves pallet.
#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// No asset has this id: create it first.
		UnknownAsset,
		/// As many stablecoins have a priced asset as the peg may have externals: remove one first.
		TooManyStablecoins,
		/// A share of the genesis is more than 100 %.
		InvalidShare,
		/// An amount overflows: try a smaller one.
		Overflow,
		/// Bills are held: have them sold before the token is replaced or removed.
		BillsHeld,
		/// No Treasury bills are set: governance sets the token first.
		NoBills,
		/// The idle USDai is near its target, no bills are held, or too few to sell a part of them:
		/// try when it has moved.
		NothingToDo,
		/// The trading of bills is stopped: wait for the end of the stop. Redemptions go on.
		TradingStopped,
		/// The trading is stopped already, or the account is frozen: wait for the end of the brake, or
		/// ask for a referendum.
		NotStricter,
		/// A stop or a freeze by the committee ended a short time ago: wait for the end of its rest, or
		/// ask for a referendum.
		BrakeResting,
		/// The oracle has no fresh price of the bills: try after its next one.
		PriceStale,
		/// The pool of USDai and the bills is missing or empty: add liquidity.
		NoPool,
		/// The price of the pool is outside the band around the oracle's price: try when the two
		/// agree, or add liquidity.
		OutsideBand,
		/// The limit of this hour is used up: try in the next hour.
		HourlyLimitReached,
		/// USDai would grow by more than the mint rate limit permits in this period: mint less, or
		/// in the next period. Redeeming goes on.
		MintRateLimitExceeded,
		/// The price of the stablecoin is below the floor of the peg: mint against another one.
		/// Redeeming goes on.
		BelowPegFloor,
		/// A referendum has frozen the account: thaw it before it is frozen for another reason.
		AlreadyFrozen,
		/// The account is not frozen.
		NotFrozen,
		/// The account belongs to the chain and cannot be frozen.
		ProtectedAccount,
		/// The haircut is more than 50 %: set a smaller one.
		HaircutTooHigh,
		/// The stored state contradicts itself: report it.
		Unexpected,
	}
}

impl<T> From<MathError> for Error<T> {
	fn from(error: MathError) -> Self {
		match error {
			MathError::Overflow => Self::Overflow,
			_ => {
				defensive!(error, "stored prices and units are not zero");
				Self::Unexpected
			}
		}
	}
}

impl<T> From<BrakeError> for Error<T> {
	fn from(error: BrakeError) -> Self {
		match error {
			BrakeError::NotStricter => Self::NotStricter,
			BrakeError::Resting(_) => Self::BrakeResting,
		}
	}
}
