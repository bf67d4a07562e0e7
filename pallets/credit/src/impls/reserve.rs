// SPDX-License-Identifier: Apache-2.0

//! The reserve of a line: what comes in, what it has to hold, what the borrower may take.

use crate::{
	frame_support::{dispatch::DispatchResult, ensure},
	pallet::*,
	sp_runtime::DispatchError,
	types::LineRecord,
};
use caliber_primitives::{credit::LineState, traits::RevenueSink, Balance, LineId, TitleId};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_top_up_reserve(
		payer: T::AccountId,
		line: LineId,
		amount: Balance,
	) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let reserve = Self::fill_reserve(line, &payer, amount)?;
		Self::deposit_event(Event::ReserveToppedUp { line, payer, amount, reserve });
		Ok(())
	}

	/// Returns the number of loans whose installments the reserve has to hold.
	pub(crate) fn do_withdraw_reserve(
		who: T::AccountId,
		line: LineId,
		amount: Balance,
	) -> Result<u32, DispatchError> {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let mut record = Self::line_of(line)?;
		ensure!(who == record.borrower, Error::<T>::NotBorrower);
		ensure!(record.state == LineState::Open, Error::<T>::LineNotOpen);
		// What is overdue is not the borrower's to take, however little the terms keep back.
		ensure!(!Self::is_overdue(&record)?, Error::<T>::PaymentOverdue);
		let required = Self::required_reserve(&record)?;
		let reserve = record
			.reserve
			.checked_sub(amount)
			.filter(|rest| *rest >= required)
			.ok_or(Error::<T>::ReserveRequired)?;

		let loans = record.loans.len() as u32;
		record.reserve = reserve;
		Lines::<T>::insert(line, record);
		Self::transfer(&Self::account_id(), &who, amount)?;
		Self::deposit_event(Event::ReserveWithdrawn { line, amount, reserve });
		Ok(loans)
	}

	/// What the reserve of a line has to hold: the next installments of each of its loans.
	pub(crate) fn required_reserve(record: &LineRecord<T::AccountId>) -> Result<Balance, Error<T>> {
		let terms = &record.terms;
		record.loans.iter().try_fold(0, |required, id| {
			let loan = Loans::<T>::get(id).ok_or_else(Self::broken)?;
			Self::sum(required, loan.required_reserve(&terms.loan, terms.reserve_installments)?)
		})
	}

	/// Move USDai into the reserve of an accepted line; returns what is in it then.
	fn fill_reserve(
		line: LineId,
		payer: &T::AccountId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		let mut record = Self::accepted_line(line)?;
		let reserve = Self::sum(record.reserve, amount)?;
		record.reserve = reserve;
		Self::transfer(payer, &Self::account_id(), amount)?;
		Lines::<T>::insert(line, record);
		Ok(reserve)
	}
}

impl<T: Config> RevenueSink<T::AccountId> for Pallet<T> {
	fn receive_revenue(line: LineId, payer: &T::AccountId, amount: Balance) -> DispatchResult {
		let reserve = Self::fill_reserve(line, payer, amount)?;
		Self::deposit_event(Event::RevenueReceived { line, payer: payer.clone(), amount, reserve });
		Ok(())
	}

	fn receive_claim(
		line: LineId,
		title: TitleId,
		payer: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		let mut record = Self::accepted_line(line)?;
		Self::transfer(payer, &Self::account_id(), amount)?;
		if record.loans.is_empty() {
			record.reserve = Self::sum(record.reserve, amount)?;
		} else {
			record.claims = Self::sum(record.claims, amount)?;
			// It is applied in the idle time of this very block, if that is long enough.
			Sweep::<T>::mutate(|state| state.urgent = Some(line));
		}
		Lines::<T>::insert(line, &record);
		Self::deposit_event(Event::ClaimReceived {
			line,
			title,
			payer: payer.clone(),
			amount,
			claims: record.claims,
			reserve: record.reserve,
		});
		Ok(())
	}
}
