// SPDX-License-Identifier: Apache-2.0

//! Reserve of a line: payments into it, the amount it has to hold, and the borrower's withdrawals.

use super::LineOp;
use crate::{
	frame_support::{dispatch::DispatchResult, ensure},
	pallet::*,
	sp_runtime::DispatchError,
	types::LineRecordOf,
};
#[cfg(feature = "runtime-benchmarks")]
use caliber_primitives::TitleId;
use caliber_primitives::{credit::LineState, traits::RevenueSink, Balance, LineId};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_top_up_reserve(
		payer: T::AccountId,
		line_id: LineId,
		amount: Balance,
	) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let reserve = Self::fill_reserve(line_id, &payer, amount)?;
		Self::deposit_event(Event::ReserveToppedUp { line: line_id, payer, amount, reserve });
		Ok(())
	}

	/// Returns the number of loans whose installments the reserve has to hold.
	pub(crate) fn do_withdraw_reserve(
		who: T::AccountId,
		line_id: LineId,
		amount: Balance,
	) -> Result<u32, DispatchError> {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let mut op = LineOp::<T>::load(line_id)?;
		ensure!(who == op.line.borrower, Error::<T>::NotBorrower);
		ensure!(op.line.state == LineState::Open, Error::<T>::LineNotOpen);
		// While a payment is overdue the reserve pays it, however little the terms keep back.
		ensure!(!Self::is_overdue(&op.line)?, Error::<T>::PaymentOverdue);
		let required = Self::required_reserve(&op.line)?;
		let reserve = op
			.line
			.reserve
			.checked_sub(amount)
			.filter(|rest| *rest >= required)
			.ok_or(Error::<T>::ReserveRequired)?;

		let loans = op.line.loans.len() as u32;
		op.line.reserve = reserve;
		op.provision()?;
		op.commit();
		Self::transfer(&Self::account_id(), &who, amount)?;
		Self::deposit_event(Event::ReserveWithdrawn { line: line_id, amount, reserve });
		Ok(loans)
	}

	/// Returns the amount that the reserve of a line has to hold: the next installments of each of
	/// its loans.
	pub(crate) fn required_reserve(line: &LineRecordOf<T>) -> Result<Balance, Error<T>> {
		let terms = &line.terms;
		line.loans.iter().try_fold(0, |required, loan| {
			Self::checked_sum(
				required,
				loan.required_reserve(&terms.loan, terms.reserve_installments)?,
			)
		})
	}

	/// Transfers USDai to the reserve of an accepted line. Returns the reserve afterwards.
	fn fill_reserve(
		line_id: LineId,
		payer: &T::AccountId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		let mut op = LineOp::<T>::load_accepted(line_id)?;
		let reserve = Self::checked_sum(op.line.reserve, amount)?;
		op.line.reserve = reserve;
		Self::transfer(payer, &Self::account_id(), amount)?;
		op.provision()?;
		op.commit();
		Ok(reserve)
	}
}

impl<T: Config> RevenueSink<T::AccountId> for Pallet<T> {
	fn receive_revenue(line_id: LineId, payer: &T::AccountId, amount: Balance) -> DispatchResult {
		let reserve = Self::fill_reserve(line_id, payer, amount)?;
		Self::deposit_event(Event::RevenueReceived {
			line: line_id,
			payer: payer.clone(),
			amount,
			reserve,
		});
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_line(owner: &T::AccountId, title: TitleId) -> Option<LineId> {
		Some(crate::benchmarking::line_over::<T>(owner, title))
	}
}
