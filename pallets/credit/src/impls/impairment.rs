// SPDX-License-Identifier: Apache-2.0

//! Impairment of a line: the expected proceeds of a sale of its titles, and the provision for the
//! senior lender's shortfall.

use super::{
	covenants::{CollateralStatus, Purpose},
	LineOp,
};
use crate::{
	frame_support::{dispatch::DispatchResult, ensure, traits::Get},
	pallet::*,
	sp_runtime::DispatchError,
	types::is_distressed,
};
use caliber_math::Rounding;
use caliber_primitives::{
	appraisal::AppraisalError, credit::LineState, governance::values::CreditValues,
	traits::SeniorLender, Balance, LineId, ShareOf,
};

impl<T: Config> Pallet<T> {
	/// Returns the number of titles looked at.
	pub(crate) fn do_reassess(line_id: LineId) -> Result<u32, DispatchError> {
		let mut op = LineOp::<T>::load_accepted(line_id)?;
		let rebooked = op.rebook_loans()?;
		ensure!(rebooked > 0 || is_distressed(op.line.state), Error::<T>::NotDistressed);
		let statuses = op.look(Purpose::Covenants);
		op.assess(&statuses)?;
		let titles = op.titles();
		op.commit();
		Ok(titles)
	}

	/// Returns the proceeds of a forced sale of titles before its costs, in USDai: for the expected
	/// loss and for the first reserve price of an auction.
	pub(crate) fn forced_sale(
		statuses: &[CollateralStatus],
		values: &CreditValues,
	) -> Result<Balance, Error<T>> {
		statuses.iter().try_fold(0, |sum, status| {
			Self::checked_sum(sum, Self::liquidation_value(status, values)?)
		})
	}

	/// Returns the proceeds of a forced sale of one title. A lost one brings nothing. Where a value
	/// is missing today the last accepted one counts, less a haircut, and zero where there never
	/// was one.
	fn liquidation_value(
		status: &CollateralStatus,
		values: &CreditValues,
	) -> Result<Balance, Error<T>> {
		match &status.value {
			_ if status.is_gone() => Ok(0),
			Ok(valuation) => Ok(valuation.liquidation_value),
			Err(AppraisalError::Zero) => Ok(0),
			Err(_) => {
				let last_known = Self::last_known(status)?;
				Self::after_haircut(last_known.map_or(0, |known| known.liquidation_value), values)
			}
		}
	}
}

impl<T: Config> LineOp<T> {
	/// Estimates the recovery of a line in trouble again and provisions its shortfall; a no-op in
	/// any other state.
	pub(super) fn assess(&mut self, statuses: &[CollateralStatus]) -> DispatchResult {
		if is_distressed(self.line.state) {
			self.line.recovery = self.expected_recovery(statuses, &T::Values::get())?;
			self.provision()?;
		}
		Ok(())
	}

	/// Brings the impairment of the line to the shortfall of its last assessment.
	pub(super) fn provision(&mut self) -> DispatchResult {
		let (old, impairment) = (self.line.impairment, self.line.shortfall());
		if impairment == old {
			return Ok(());
		}
		Pallet::<T>::change_totals(|totals| {
			Pallet::<T>::replace_part(&mut totals.impairment, old, impairment)
		})?;
		T::Senior::provision(old, impairment)?;
		self.line.impairment = impairment;
		let (line, recovery) = (self.id, self.line.recovery);
		Pallet::<T>::deposit_event(Event::ImpairmentSet { line, recovery, impairment });
		Ok(())
	}

	/// Takes the provision of a line that ends off the books of this pallet. Returns it: the senior
	/// lender releases it with the loss that it stood for.
	pub(super) fn release_provision(&mut self) -> Result<Balance, Error<T>> {
		let provision = core::mem::take(&mut self.line.impairment);
		if provision > 0 {
			Pallet::<T>::change_totals(|totals| {
				Pallet::<T>::replace_part(&mut totals.impairment, provision, 0)
			})?;
			let (line, recovery) = (self.id, self.line.recovery);
			Pallet::<T>::deposit_event(Event::ImpairmentSet { line, recovery, impairment: 0 });
		}
		Ok(provision)
	}

	/// Returns the proceeds that a sale of the titles is expected to bring the lenders, in USDai,
	/// rounded down.
	///
	/// A lot for which nobody bid in a round brings no more than the next round asks. The sale
	/// costs the share that is expected, or the one that it is charged if that is more. Fees of the
	/// terms rank behind the lenders and cost them nothing.
	pub(super) fn expected_recovery(
		&self,
		statuses: &[CollateralStatus],
		values: &CreditValues,
	) -> Result<Balance, Error<T>> {
		let line = &self.line;
		let mut proceeds = Pallet::<T>::forced_sale(statuses, values)?;
		if line.state == LineState::Liquidating {
			let shown = Auctions::<T>::get(self.id).and_then(|auction| auction.shown_value());
			proceeds = shown.map_or(proceeds, |most| most.min(proceeds));
		}
		let charged = self.rules(Purpose::Covenants).sale_cost;
		let cost = values.liquidation_cost.max(charged).share_of(proceeds, Rounding::Up);
		Pallet::<T>::checked_difference(proceeds, cost)
	}
}
