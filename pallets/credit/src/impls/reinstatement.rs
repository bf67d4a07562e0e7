// SPDX-License-Identifier: Apache-2.0

//! Ways back: a line that is made good before its lot is won, and payments into what a line that has
//! ended cost the savers.

use super::{
	covenants::{Covenants, Purpose},
	LineOp,
};
use crate::{
	frame_support::{dispatch::DispatchResult, ensure, traits::Get},
	pallet::*,
	sp_runtime::DispatchError,
	types::{checked_difference, checked_sum, LoanRecord, Payment},
};
use alloc::vec::Vec;
use caliber_math::Rounding;
use caliber_primitives::{
	credit::LineState,
	traits::{LineRules, SeniorLender},
	Balance, LineId, ShareOf,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_reinstate(
		who: T::AccountId,
		line_id: LineId,
		max_cost: Balance,
	) -> DispatchResult {
		let auction = Auctions::<T>::get(line_id).ok_or(Error::<T>::NoAuction)?;
		ensure!(!auction.is_won(Self::auction_time(&auction)), Error::<T>::LotWon);
		let mut op = LineOp::<T>::load(line_id)?;
		ensure!(op.line.state == LineState::Liquidating, Self::unexpected());
		if let Some(payments) = op.covering_payments()? {
			op.pay_from_set_aside(payments)?;
			op.commit();
			Self::deposit_event(Event::LineReinstated { line: line_id, payer: who, cost: 0 });
			return Ok(());
		}
		ensure!(!Self::is_overdue(&op.line)?, Error::<T>::PaymentOverdue);
		match Self::covenants(&op.line, &op.look(Purpose::Covenants), &T::Values::get())? {
			// Nobody's machines are sold because a price is missing.
			Covenants::Hold | Covenants::Doubtful(..) => (),
			Covenants::Broken(_) => return Err(Error::<T>::StillInBreach.into()),
		}
		let cost = op.reinstatement_cost();
		ensure!(cost <= max_cost, Error::<T>::CostAboveMaximum);
		Self::pay(&who, &T::TreasuryAccount::get(), cost)?;
		op.cancel_auction()?;
		op.release_junior_holdback()?;
		op.commit();
		Self::deposit_event(Event::LineReinstated { line: line_id, payer: who, cost });
		Ok(())
	}

	pub(crate) fn do_repay_loss(
		payer: T::AccountId,
		line_id: LineId,
		max_amount: Balance,
	) -> Result<(), DispatchError> {
		ensure!(max_amount > 0, Error::<T>::ZeroAmount);
		let before = LineLosses::<T>::get(line_id).filter(|loss| loss.senior > 0);
		let before = before.ok_or(Error::<T>::NoLoss)?;
		let amount = before.senior.min(max_amount);
		let after = Self::lower_loss(line_id, before, amount, 0)?;
		T::Senior::recover(&payer, amount)?;
		let total = Totals::<T>::get().bad_debt;
		let left = after.senior;
		Self::deposit_event(Event::LossRepaid { line: line_id, payer, amount, left, total });
		Ok(())
	}
}

impl<T: Config> LineOp<T> {
	/// Returns the cost of ending the sale of the line's titles, in USDai: the share that a sale costs,
	/// of the principal outstanding, rounded up. No bid makes it dearer.
	pub(crate) fn reinstatement_cost(&self) -> Balance {
		let share = T::Rules::of(self.line.versions.rules).sale_cost;
		share.share_of(self.line.outstanding, Rounding::Up)
	}

	/// Returns the payments that close every loan of the line, if its reserve and its insurance
	/// proceeds cover them together. Nobody chose to pay early: there is no exit fee.
	fn covering_payments(&self) -> Result<Option<Vec<(LoanRecord, Payment)>>, Error<T>> {
		let line = &self.line;
		let set_aside = checked_sum(line.reserve, line.insurance_proceeds)?;
		let (mut payments, mut total) = (Vec::with_capacity(line.loans.len()), 0);
		for loan in &line.loans {
			let payment = Payment { exit_fee: 0, ..Pallet::<T>::payoff_of(loan, line)? };
			total = checked_sum(total, payment.total()?)?;
			payments.push((loan.clone(), payment));
		}
		Ok((total <= set_aside).then_some(payments))
	}

	/// Closes every loan with money that the line has set aside: the reserve first, then the insurance
	/// proceeds. That ends the sale. What is left is the reserve of a line that owes nothing.
	fn pay_from_set_aside(&mut self, payments: Vec<(LoanRecord, Payment)>) -> DispatchResult {
		let account = Pallet::<T>::account_id();
		for (loan, payment) in payments {
			let amount = payment.total().map_err(Error::<T>::from)?;
			let from_reserve = amount.min(self.line.reserve);
			let line = &mut self.line;
			line.reserve =
				checked_difference(line.reserve, from_reserve).map_err(Error::<T>::from)?;
			let rest = checked_difference(amount, from_reserve).map_err(Error::<T>::from)?;
			line.insurance_proceeds =
				checked_difference(line.insurance_proceeds, rest).map_err(Error::<T>::from)?;
			self.pay(&loan, &account, &payment, None)?;
		}
		Ok(())
	}
}
