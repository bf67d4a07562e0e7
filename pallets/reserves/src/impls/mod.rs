// SPDX-License-Identifier: Apache-2.0

//! Bodies of the calls and views, by theme.

mod basket;
mod bills;
pub(crate) mod bills_op;
pub(crate) mod freezing;
mod guard;
mod mint_limit;
mod offers;
mod peg;
mod proof;
mod trade;
mod yields;

use crate::{frame_system, pallet_psm, Config, Pallet};
use caliber_primitives::Seconds;
use polkadot_sdk::{
	frame_support::traits::{Get, UnixTime},
	sp_runtime::traits::{AccountIdConversion, Zero},
};

pub(crate) use proof::is_covered;

/// Assets of the peg.
pub(crate) type FungiblesOf<T> = <T as pallet_psm::Config>::Fungibles;

impl<T: Config> Pallet<T> {
	/// Returns the account that holds the bills.
	pub fn account_id() -> T::AccountId {
		T::BillsPalletId::get().into_account_truncating()
	}

	/// Returns the time of the block, unix seconds.
	pub(crate) fn now() -> Seconds {
		T::Time::now().as_secs()
	}

	/// Returns true in the genesis block. No call can be made in it: what happens there the preset
	/// says.
	pub(crate) fn is_genesis() -> bool {
		frame_system::Pallet::<T>::block_number().is_zero()
	}
}
