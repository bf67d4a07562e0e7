// SPDX-License-Identifier: Apache-2.0

//! Bodies of the calls, by theme.

mod auction;
mod borrowing_base;
mod ceilings;
mod collateral;
mod covenants;
mod curators;
mod draw;
mod impairment;
mod line_op;
mod lines;
mod liquidation;
mod loss_payee;
mod payments;
mod payouts;
mod refinance;
mod reinstatement;
mod reports;
mod reserve;
mod round_book;
mod state;
mod sweep;
mod trouble;
mod work;

pub(crate) use line_op::LineOp;

use crate::{
	frame_support::{
		defensive,
		traits::{
			tokens::{fungible::Mutate, Preservation},
			Get, UnixTime,
		},
	},
	pallet::*,
	sp_runtime::{traits::AccountIdConversion, DispatchResult},
	types,
};
use caliber_primitives::{Balance, Seconds};

impl<T: Config> Pallet<T> {
	/// Returns the account that holds the reserves and insurance proceeds of all lines, and the
	/// payouts that nobody has claimed.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Returns the senior principal outstanding over all loans, in USDai. The senior lender's books
	/// say the same.
	pub fn senior_principal() -> Balance {
		Totals::<T>::get().senior_outstanding
	}

	/// Returns the time of the clock, unix seconds.
	pub(crate) fn now() -> Seconds {
		T::Time::now().as_secs()
	}

	/// Returns the error for a state that the invariants of this pallet exclude.
	fn unexpected() -> Error<T> {
		defensive!("the books of the pallet contradict each other");
		Error::Unexpected
	}

	/// Returns `a + b`, or [`Error::Overflow`].
	fn checked_sum(a: Balance, b: Balance) -> Result<Balance, Error<T>> {
		Ok(types::checked_sum(a, b)?)
	}

	/// Returns `a - b` of an amount `a` that contains `b`, or [`Error::Unexpected`].
	fn checked_difference(a: Balance, b: Balance) -> Result<Balance, Error<T>> {
		Ok(types::checked_difference(a, b)?)
	}

	/// Transfers USDai. A zero amount is a no-op.
	///
	/// The source may be emptied: USDai is sufficient, an account comes back with its next payment.
	fn transfer(from: &T::AccountId, to: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount > 0 {
			T::UsdAi::transfer(from, to, amount, Preservation::Expendable)?;
		}
		Ok(())
	}

	/// Returns the id of the next line and counts on.
	fn take_line_id() -> Result<u32, Error<T>> {
		NextLineId::<T>::try_mutate(|next| {
			let id = *next;
			*next = id.checked_add(1).ok_or(Error::Overflow)?;
			Ok(id)
		})
	}
}
