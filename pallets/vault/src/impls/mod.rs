// SPDX-License-Identifier: Apache-2.0

//! The bodies, by theme.

mod apr;
mod bids;
mod deposit;
mod exit;
mod hand_over;
mod history;
mod idle_funds;
mod idle_work;
mod income;
mod lender;
mod nav;
mod order_book;
mod payouts;
mod queue;
mod raising;
mod settlement;
mod window;
mod work;

#[cfg(feature = "runtime-benchmarks")]
pub(crate) use bids::seal;

use crate::{types::LedgerBalances, Config, Error, Ledger, Pallet};
use caliber_math::MathError;
use caliber_primitives::governance::BrakeError;
use polkadot_sdk::{
	frame_support::{defensive, traits::Get},
	sp_runtime::traits::AccountIdConversion,
};

impl<T> From<MathError> for Error<T> {
	/// Maps an overflow to [`Error::Overflow`], which the caller can avoid with smaller amounts.
	/// The other kinds need terms that the vault never stores: a share of more than the whole, a
	/// tick above the maximum, a division by shares or assets that were not checked to be there.
	fn from(error: MathError) -> Self {
		match error {
			MathError::Overflow => Self::Overflow,
			kind => {
				defensive!("the vault asked for a figure that has no result", kind);
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

impl<T: Config> Pallet<T> {
	/// Returns the account that holds the vault's USDai, the shares in escrow and the locked ones.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Writes the ledger. Every change of the vault's books goes through here.
	pub(crate) fn put_ledger(mut ledger: LedgerBalances) {
		ledger.least_idle = ledger.least_idle.noted(Self::idle_day(), ledger.idle);
		Ledger::<T>::put(ledger);
	}

	/// Returns the error for a state that the invariants of this pallet exclude.
	pub(crate) fn unexpected() -> Error<T> {
		defensive!("the books of the vault contradict each other", Error::<T>::Unexpected);
		Error::Unexpected
	}
}
