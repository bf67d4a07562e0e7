// SPDX-License-Identifier: Apache-2.0

//! The bodies of the calls, by theme.

mod auction;
mod ceilings;
mod collateral;
mod covenants;
mod curators;
mod draw;
mod lines;
mod liquidation;
mod owed;
mod payments;
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
	sp_runtime::{traits::AccountIdConversion, DispatchError, DispatchResult},
	types::{LineRecord, LoanRecord},
};
use caliber_math::MathError;
use caliber_primitives::{credit::LineState, Balance, LineId, LoanId, Seconds};

impl<T: Config> From<MathError> for Error<T> {
	fn from(error: MathError) -> Self {
		match error {
			MathError::Overflow => Error::Overflow,
			// Terms are checked when they are offered, and windows and balances follow from them.
			MathError::DivisionByZero
			| MathError::InvalidTerms
			| MathError::NoSuchWindow
			| MathError::ExceedsOutstanding => {
				defensive!("terms or books of a loan are broken", error);
				Error::Unexpected
			}
		}
	}
}

impl<T: Config> Pallet<T> {
	/// The account that holds the reserves of all lines.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Senior principal outstanding over all loans, in USDai. The senior lender's books say the same.
	pub fn senior_principal() -> Balance {
		SeniorOutstanding::<T>::get()
	}

	/// Unix seconds.
	pub(crate) fn now() -> Seconds {
		T::Time::now().as_secs()
	}

	/// A line that exists.
	fn line_of(line: LineId) -> Result<LineRecord<T::AccountId>, Error<T>> {
		Lines::<T>::get(line).ok_or(Error::UnknownLine)
	}

	/// A line that exists and was accepted.
	fn accepted_line(line: LineId) -> Result<LineRecord<T::AccountId>, Error<T>> {
		let record = Self::line_of(line)?;
		match record.state {
			LineState::Offered => Err(Error::NotAccepted),
			_ => Ok(record),
		}
	}

	/// A loan that is outstanding, and its line.
	fn loan_of(loan: LoanId) -> Result<(LoanRecord, LineRecord<T::AccountId>), Error<T>> {
		let record = Loans::<T>::get(loan).ok_or(Error::UnknownLoan)?;
		let line = Lines::<T>::get(record.line).ok_or_else(Self::broken)?;
		Ok((record, line))
	}

	/// The error for a state that the rules of this pallet exclude.
	fn broken() -> Error<T> {
		defensive!("the books of the pallet contradict each other");
		Error::Unexpected
	}

	/// `a + b`.
	fn sum(a: Balance, b: Balance) -> Result<Balance, Error<T>> {
		a.checked_add(b).ok_or(Error::Overflow)
	}

	/// `a - b` of books in which `b` is part of `a`.
	fn less(a: Balance, b: Balance) -> Result<Balance, Error<T>> {
		a.checked_sub(b).ok_or_else(Self::broken)
	}

	/// Move USDai. Nothing moves nothing.
	///
	/// The source may be emptied: USDai is sufficient, an account comes back with its next payment.
	fn transfer(from: &T::AccountId, to: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount > 0 {
			T::UsdAi::transfer(from, to, amount, Preservation::Expendable)?;
		}
		Ok(())
	}

	/// The id in `counter`, which moves on.
	fn take_id<V: crate::frame_support::StorageValue<u32, Query = u32>>(
	) -> Result<u32, DispatchError> {
		let id = V::get();
		V::put(id.checked_add(1).ok_or(Error::<T>::Overflow)?);
		Ok(id)
	}
}
