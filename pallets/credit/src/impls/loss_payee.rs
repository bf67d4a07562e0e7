// SPDX-License-Identifier: Apache-2.0

//! Payments of insurers and bonds for a loss of a title: to the line that held it, after the end of
//! the line to the senior lender and then to the curator, each up to its loss on the line.

use super::LineOp;
use crate::{pallet::*, sp_runtime::DispatchError, types::LineLoss};
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
			false => Self::recover_loss(line_id, title, payer, amount),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_loss() -> (LineId, Balance) {
		crate::benchmarking::lost_line::<T>()
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
			// What has come is expected no more.
			let expected = line.provision.insured;
			line.provision.insured = expected.max(amount) - amount;
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
		self.provision()?;
		self.commit();
		Ok(amount)
	}
}

impl<T: Config> Pallet<T> {
	/// Takes as much of a payment for a loss as a line that has ended cost its lenders: for the
	/// senior lender first, then for the curator. Returns the sum taken.
	fn recover_loss(
		line_id: LineId,
		title: TitleId,
		payer: &T::AccountId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		let Some(before) = LineLosses::<T>::get(line_id) else { return Ok(0) };
		let senior = before.senior.min(amount);
		let junior = before.junior.min(Self::checked_difference(amount, senior)?);
		let after = Self::lower_loss(line_id, before, senior, junior)?;
		if senior > 0 {
			T::Senior::recover(payer, senior)?;
			Self::deposit_event(Event::BadDebtRecovered {
				line: line_id,
				title,
				payer: payer.clone(),
				amount: senior,
				left: after.senior,
				total: Totals::<T>::get().bad_debt,
			});
		}
		if junior > 0 {
			Self::pay(payer, &after.curator, junior)?;
			Self::deposit_event(Event::JuniorLossRecovered {
				line: line_id,
				title,
				payer: payer.clone(),
				curator: after.curator,
				amount: junior,
				left: after.junior,
			});
		}
		Ok(Self::checked_sum(senior, junior)?)
	}

	/// Takes what comes back off the loss on a line that has ended. Returns the loss that is left.
	pub(super) fn lower_loss(
		line_id: LineId,
		before: LineLoss<T::AccountId>,
		senior: Balance,
		junior: Balance,
	) -> Result<LineLoss<T::AccountId>, Error<T>> {
		let after = LineLoss {
			senior: Self::checked_difference(before.senior, senior)?,
			junior: Self::checked_difference(before.junior, junior)?,
			..before
		};
		LineLosses::<T>::set(line_id, Some(after.clone()).filter(|loss| !loss.is_recovered()));
		Self::change_totals(|totals| {
			totals.bad_debt = Self::checked_difference(totals.bad_debt, senior)?;
			Ok(())
		})?;
		Ok(after)
	}
}
