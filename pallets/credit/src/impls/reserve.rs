// SPDX-License-Identifier: Apache-2.0

//! Reserve of a line: payments into it, the amount it has to hold, and the borrower's withdrawals.

use crate::{
	frame_support::{dispatch::DispatchResult, ensure},
	pallet::*,
	sp_runtime::DispatchError,
	types::LineRecordOf,
};
use caliber_primitives::{credit::LineState, traits::RevenueSink, Balance, LineId, TitleId};

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
		let mut line = Self::line_of(line_id)?;
		ensure!(who == line.borrower, Error::<T>::NotBorrower);
		ensure!(line.state == LineState::Open, Error::<T>::LineNotOpen);
		// While a payment is overdue the reserve pays it, however little the terms keep back.
		ensure!(!Self::is_overdue(&line)?, Error::<T>::PaymentOverdue);
		let required = Self::required_reserve(&line)?;
		let reserve = line
			.reserve
			.checked_sub(amount)
			.filter(|rest| *rest >= required)
			.ok_or(Error::<T>::ReserveRequired)?;

		let loans = line.loans.len() as u32;
		line.reserve = reserve;
		Lines::<T>::insert(line_id, line);
		Self::transfer(&Self::account_id(), &who, amount)?;
		Self::deposit_event(Event::ReserveWithdrawn { line: line_id, amount, reserve });
		Ok(loans)
	}

	/// Returns the amount that the reserve of a line has to hold: the next installments of each of
	/// its loans.
	pub(crate) fn required_reserve(line: &LineRecordOf<T>) -> Result<Balance, Error<T>> {
		let terms = &line.terms;
		line.loans.iter().try_fold(0, |required, loan_id| {
			let loan = Loans::<T>::get(loan_id).ok_or_else(Self::unexpected)?;
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
		let mut line = Self::accepted_line(line_id)?;
		let reserve = Self::checked_sum(line.reserve, amount)?;
		line.reserve = reserve;
		Self::transfer(payer, &Self::account_id(), amount)?;
		Lines::<T>::insert(line_id, line);
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

	fn receive_insurance_proceeds(
		line_id: LineId,
		title: TitleId,
		payer: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		let mut line = Self::accepted_line(line_id)?;
		Self::transfer(payer, &Self::account_id(), amount)?;
		if line.loans.is_empty() {
			line.reserve = Self::checked_sum(line.reserve, amount)?;
		} else {
			line.insurance_proceeds = Self::checked_sum(line.insurance_proceeds, amount)?;
			// It is applied in the idle time of this very block, if that is long enough.
			Sweep::<T>::mutate(|state| state.urgent = Some(line_id));
		}
		Lines::<T>::insert(line_id, &line);
		Self::deposit_event(Event::InsuranceProceedsReceived {
			line: line_id,
			title,
			payer: payer.clone(),
			amount,
			insurance_proceeds: line.insurance_proceeds,
			reserve: line.reserve,
		});
		Ok(())
	}
}
