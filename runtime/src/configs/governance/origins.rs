// SPDX-License-Identifier: Apache-2.0

//! Origins of referenda.

pub use pallet::*;

/// Pallet of the origins of governance.
#[polkadot_sdk::frame_support::pallet]
pub mod pallet {
	use crate::{constants::currency::CLBR, Balance};
	use polkadot_sdk::frame_support::pallet_prelude::*;

	/// Configuration. It has no items.
	#[pallet::config]
	pub trait Config: polkadot_sdk::frame_system::Config {}

	/// Pallet of the origins.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// Origin of an approved referendum, beside root.
	#[derive(PartialEq, Eq, Clone, Debug)]
	#[derive(MaxEncodedLen, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
	#[pallet::origin]
	pub enum Origin {
		/// May dispatch a call that the technical committee has whitelisted.
		WhitelistedCaller,
		/// Administers the registries of titles.
		TitlesAdmin,
		/// Administers the models, the operators of the oracle and the valuation policy.
		AppraisalAdmin,
		/// Approves curators and administers credit.
		CreditAdmin,
		/// Administers the peg, the vault and the Treasury bills.
		StableAdmin,
		/// May spend from the treasury.
		Treasurer,
		/// May cancel referenda.
		ReferendumCanceller,
		/// May cancel referenda and slash their deposits.
		ReferendumKiller,
	}

	/// Largest spend of the treasurer's track, in CLBR.
	pub const TREASURER_MAX_SPEND: Balance = 1_000_000 * CLBR;

	macro_rules! ensure_origins {
		($($(#[$doc:meta])* $name:ident -> $success:ty = $value:expr;)*) => {$(
			$(#[$doc])*
			pub struct $name;
			impl<O: Into<Result<Origin, O>> + From<Origin>> EnsureOrigin<O> for $name {
				type Success = $success;

				fn try_origin(o: O) -> Result<Self::Success, O> {
					o.into().and_then(|o| match o {
						Origin::$name => Ok($value),
						other => Err(O::from(other)),
					})
				}

				#[cfg(feature = "runtime-benchmarks")]
				fn try_successful_origin() -> Result<O, ()> {
					Ok(O::from(Origin::$name))
				}
			}
		)*};
	}

	ensure_origins! {
		/// Accepts [`Origin::WhitelistedCaller`].
		WhitelistedCaller -> () = ();
		/// Accepts [`Origin::TitlesAdmin`].
		TitlesAdmin -> () = ();
		/// Accepts [`Origin::AppraisalAdmin`].
		AppraisalAdmin -> () = ();
		/// Accepts [`Origin::CreditAdmin`].
		CreditAdmin -> () = ();
		/// Accepts [`Origin::StableAdmin`].
		StableAdmin -> () = ();
		/// Accepts [`Origin::Treasurer`], up to [`TREASURER_MAX_SPEND`].
		Treasurer -> Balance = TREASURER_MAX_SPEND;
		/// Accepts [`Origin::ReferendumCanceller`].
		ReferendumCanceller -> () = ();
		/// Accepts [`Origin::ReferendumKiller`].
		ReferendumKiller -> () = ();
	}
}
