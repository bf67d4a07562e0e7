// SPDX-License-Identifier: Apache-2.0

//! The bodies, by theme.

mod bills;
mod freezing;
mod fuse;
mod market;
mod peg;
mod proof;
mod yields;

use crate::{pallet_psm, Config, Error, Pallet};
use caliber_math::MathError;
use caliber_primitives::{Balance, Seconds};
use polkadot_sdk::{
	frame_support::traits::{fungibles::Inspect, Get, UnixTime},
	sp_runtime::traits::AccountIdConversion,
};

/// The assets of the peg.
pub(crate) type FungiblesOf<T> = <T as pallet_psm::Config>::Fungibles;

/// How the assets of the peg are counted.
pub(crate) type PegBalanceOf<T> =
	<FungiblesOf<T> as Inspect<<T as polkadot_sdk::frame_system::Config>::AccountId>>::Balance;

/// A balance of the peg as ours. One that does not fit is more than there is of any dollar, and
/// counts as nothing.
pub(crate) fn amount<T: Config>(balance: PegBalanceOf<T>) -> Balance {
	balance.try_into().unwrap_or_default()
}

/// By how much `amount` is more than `other`; nothing where it is not.
pub(crate) fn excess(amount: Balance, other: Balance) -> Balance {
	// No more is taken off than there is.
	amount - amount.min(other)
}

impl<T: Config> Pallet<T> {
	/// The account in which the bills are.
	pub fn account_id() -> T::AccountId {
		T::BillsPalletId::get().into_account_truncating()
	}

	pub(crate) fn now() -> Seconds {
		T::Time::now().as_secs()
	}

	pub(crate) fn overflow(_: MathError) -> Error<T> {
		Error::<T>::Overflow
	}
}
