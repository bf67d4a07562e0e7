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
mod lines;
mod liquidation;
mod payments;
mod payouts;
mod refinance;
mod reports;
mod reserve;
mod state;
mod sweep;
mod trouble;

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
	types::{self, LineRecordOf, LoanRecord},
};
use caliber_primitives::{credit::LineState, Balance, LineId, LoanId, Seconds};

impl<T: Config> Pallet<T> {
	/// Returns the account that holds the reserves and insurance proceeds of all lines, and the
	/// payouts that nobody has claimed.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Returns the senior principal outstanding over all loans, in USDai. The senior lender's books
	/// say the same.
	pub fn senior_principal() -> Balance {
		SeniorOutstanding::<T>::get()
	}

	/// Returns the time of the clock, unix seconds.
	pub(crate) fn now() -> Seconds {
		T::Time::now().as_secs()
	}

	/// Returns a line that exists.
	fn line_of(line_id: LineId) -> Result<LineRecordOf<T>, Error<T>> {
		Lines::<T>::get(line_id).ok_or(Error::UnknownLine)
	}

	/// Returns a line that exists and was accepted.
	fn accepted_line(line_id: LineId) -> Result<LineRecordOf<T>, Error<T>> {
		let line = Self::line_of(line_id)?;
		match line.state {
			LineState::Offered => Err(Error::NotAccepted),
			_ => Ok(line),
		}
	}

	/// Returns a loan that is outstanding, and its line.
	fn loan_of(loan_id: LoanId) -> Result<(LoanRecord, LineRecordOf<T>), Error<T>> {
		let loan = Loans::<T>::get(loan_id).ok_or(Error::UnknownLoan)?;
		let line = Lines::<T>::get(loan.line).ok_or_else(Self::unexpected)?;
		Ok((loan, line))
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

	/// Returns the next id of a counter and raises the counter.
	fn take_id<V: crate::frame_support::StorageValue<u32, Query = u32>>() -> Result<u32, Error<T>> {
		let id = V::get();
		V::put(id.checked_add(1).ok_or(Error::Overflow)?);
		Ok(id)
	}
}
