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
		/// Bills are held: have them sold before the token or its priced asset is replaced or removed.
		BillsHeld,
		/// No Treasury bills are set: governance sets the token first.
		NoBills,
		/// The vault offers nothing on this side now: ask for its offers, and try when idle USDai or
		/// its target has moved.
		NothingOffered,
		/// The fill is below the smallest one, or the hour has less left: fill more, or later.
		BelowMinimumFill,
		/// The price is beyond your limit: fill less, wait for a better price, or name another limit.
		BeyondLimit,
		/// The trading of bills is stopped: wait for the end of the stop. Redemptions go on.
		TradingStopped,
		/// The trading is stopped already, or the account is frozen: wait for the end of the brake,
		/// or ask for a referendum.
		NotStricter,
		/// A stop or a freeze by the committee ended a short time ago: wait for the end of its
		/// rest, or ask for a referendum.
		BrakeResting,
		/// The oracle has no fresh price of the bills: try after its next one.
		PriceStale,
		/// The amount of this hour is used up: try when a part of it is free again.
		HourlyLimitReached,
		/// USDai would grow by more than the mint rate limit permits now: mint less, or later.
		/// Redeeming goes on.
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
		/// The oracle has no fresh price of the stablecoin: mint after its next one, or against
		/// another one. Redeeming goes on.
		StablecoinPriceStale,
		/// The stablecoin is frozen by its price or by the silence of its oracle: mint against
		/// another one. Redeeming into it goes on.
		StablecoinFrozen,
		/// Another stablecoin of the peg is frozen: redeem by `redeem_basket`, which pays out of
		/// all, or into the frozen one.
		BasketOnly,
		/// More USDai would be issued against the stablecoin than its inflow limit permits now:
		/// mint less, later, or against another one.
		InflowLimitExceeded,
		/// Governance has stopped minting against the stablecoin: mint against another one.
		/// Redeeming goes on.
		MintingStopped,
		/// The oracle has no such priced asset: register it first. A stablecoin of the peg needs
		/// one.
		NoPriceFeed,
		/// The asset is no stablecoin of the peg: add it first.
		NotAStablecoin,
		/// The minimum balance of the stablecoin does not lie in the account of the peg: send it
		/// there first. Anyone may.
		MinimumBalanceMissing,
		/// A fee of the peg is more than 2 %: set a smaller one.
		PegFeeTooHigh,
		/// The debt ceiling is more than 100 billion USDai: set a smaller one.
		CeilingTooHigh,
		/// A basket is of at least one USDai: redeem more.
		BasketTooSmall,
		/// The basket would pay less than `min_out` now: ask for less, or wait until all parts can
		/// be paid.
		TooLittleOut,
		/// The account has no claim on the stablecoin.
		NoClaim,
		/// The peg has less of the stablecoin than it owes: wait for the issuer.
		ReserveMissing,
		/// All that the peg owes is claimed already, or each part is too small to be paid: redeem more,
		/// or wait until claims are paid.
		NothingToRedeem,
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
