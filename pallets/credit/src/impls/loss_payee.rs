// SPDX-License-Identifier: Apache-2.0

//! Payments of insurers and bonds for a loss of a title: to the line that held it, after the end of
//! the line to the senior lender, up to its loss on the line.

use super::LineOp;
use crate::{pallet::*, sp_runtime::DispatchError};
use caliber_primitives::{
	traits::{LossPayee, SeniorLender},
	Balance, LineId, TitleId,
};

impl<T: Config> LossPayee<T::AccountId> for Pallet<T> {
	fn receive_loss_payment(
		line_id: LineId,
		title: TitleId,
		payer: &T::AccountId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		match Lines::<T>::contains_key(line_id) {
			true => LineOp::<T>::load_accepted(line_id)?.receive_proceeds(title, payer, amount),
			false => Self::recover_bad_debt(line_id, title, payer, amount),
		}
	}
}

impl<T: Config> LineOp<T> {
	/// Takes all of a payment for a loss into the insurance proceeds of the line, or into its
	/// reserve while nothing is owed, and writes the line. Returns the payment.
	fn receive_proceeds(
		mut self,
		title: TitleId,
		payer: &T::AccountId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		let line = &mut self.line;
		Pallet::<T>::transfer(payer, &Pallet::<T>::account_id(), amount)?;
		if line.loans.is_empty() {
			line.reserve = Pallet::<T>::checked_sum(line.reserve, amount)?;
		} else {
			line.insurance_proceeds = Pallet::<T>::checked_sum(line.insurance_proceeds, amount)?;
			// It is applied in the idle time of this very block, if that is long enough.
			Sweep::<T>::mutate(|state| state.urgent = Some(self.id));
		}
		Pallet::<T>::deposit_event(Event::InsuranceProceedsReceived {
			line: self.id,
			title,
			payer: payer.clone(),
			amount,
			insurance_proceeds: line.insurance_proceeds,
			reserve: line.reserve,
		});
		self.commit();
		Ok(amount)
	}
}

impl<T: Config> Pallet<T> {
	/// Takes as much of a payment for a loss as the senior lender lost on a line that has ended, for
	/// the senior lender. Returns what it took.
	fn recover_bad_debt(
		line_id: LineId,
		title: TitleId,
		payer: &T::AccountId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		let lost = BadDebts::<T>::get(line_id).unwrap_or(0);
		let recovered = lost.min(amount);
		if recovered == 0 {
			return Ok(0);
		}
		let left = Self::checked_difference(lost, recovered)?;
		BadDebts::<T>::set(line_id, (left > 0).then_some(left));
		Self::change_totals(|totals| {
			totals.bad_debt = Self::checked_difference(totals.bad_debt, recovered)?;
			Ok(())
		})?;
		T::Senior::recover(payer, recovered)?;
		Self::deposit_event(Event::BadDebtRecovered {
			line: line_id,
			title,
			payer: payer.clone(),
			amount: recovered,
			left,
			total: Totals::<T>::get().bad_debt,
		});
		Ok(recovered)
	}
}
