// SPDX-License-Identifier: Apache-2.0

//! The origins that referenda can act with, and the pace of governance.

pub use pallet::*;

/// The origins of governance.
#[polkadot_sdk::frame_support::pallet]
pub mod pallet {
	use crate::{constants::currency::CLBR, Balance};
	use polkadot_sdk::frame_support::pallet_prelude::*;

	/// The configuration: nothing is left open.
	#[pallet::config]
	pub trait Config: polkadot_sdk::frame_system::Config {}

	/// The pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// By how much every period of every track is divided: 1 on a live chain. Written at genesis.
	#[pallet::storage]
	pub type Tempo<T> = StorageValue<_, u32, ValueQuery, ConstU32<1>>;

	/// The pace at genesis.
	#[pallet::genesis_config]
	pub struct GenesisConfig<T: Config> {
		/// By how much periods are divided, at least 1.
		pub tempo: u32,
		/// No data.
		#[serde(skip)]
		pub phantom: core::marker::PhantomData<T>,
	}

	impl<T: Config> Default for GenesisConfig<T> {
		fn default() -> Self {
			Self { tempo: 1, phantom: core::marker::PhantomData }
		}
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert!(self.tempo > 0, "the tempo of governance is at least 1");
			Tempo::<T>::put(self.tempo);
		}
	}

	/// What a referendum may act as, beside root.
	#[derive(
		PartialEq, Eq, Clone, MaxEncodedLen, Encode, Decode, DecodeWithMemTracking, TypeInfo, Debug,
	)]
	#[pallet::origin]
	pub enum Origin {
		/// Dispatches a call that the technical committee has whitelisted.
		WhitelistedCaller,
		/// Keeps the registries of titles.
		TitlesAdmin,
		/// Keeps the models, the oracle's operators and the policy of appraisal.
		AppraisalAdmin,
		/// Approves curators and governs credit.
		CreditAdmin,
		/// Governs the peg, the vault and the Treasury bills.
		StableAdmin,
		/// Spends from the treasury.
		Treasurer,
		/// Cancels referenda.
		ReferendumCanceller,
		/// Cancels referenda and slashes their deposits.
		ReferendumKiller,
	}

	/// The most that the treasurer's track spends at once.
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
