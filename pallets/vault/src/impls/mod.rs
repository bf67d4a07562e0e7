// SPDX-License-Identifier: Apache-2.0

//! The bodies, by theme.

mod apr;
mod bids;
mod book;
mod deposit;
mod idle;
mod lender;
mod nav;
mod queue;
mod settlement;
mod window;

#[cfg(feature = "runtime-benchmarks")]
pub(crate) use bids::seal;

use crate::{Config, Error, Pallet};
use caliber_math::MathError;
use polkadot_sdk::{
	frame_support::traits::{DefensiveOption, Get},
	sp_runtime::{traits::AccountIdConversion, DispatchError},
};

impl<T: Config> Pallet<T> {
	/// The account that holds the vault's USDai, the shares in escrow and the locked ones.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// The error of a computation that has no result.
	pub(crate) fn arithmetic(_: MathError) -> DispatchError {
		Error::<T>::Overflow.into()
	}

	/// A value that is there unless the state contradicts itself.
	pub(crate) fn expected<V>(value: Option<V>) -> Result<V, DispatchError> {
		value.defensive_ok_or(Error::<T>::Unexpected).map_err(Into::into)
	}
}
