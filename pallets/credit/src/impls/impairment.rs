// SPDX-License-Identifier: Apache-2.0

//! Impairment of a line: the expected proceeds of a sale of its titles, and the provision for the senior
//! lender's shortfall.

use super::covenants::CollateralStatus;
use crate::{
	frame_support::{dispatch::DispatchResult, ensure, traits::Get},
	pallet::*,
	sp_runtime::DispatchError,
	types::{is_distressed, LineRecordOf},
};
use caliber_math::Rounding;
use caliber_primitives::{
	appraisal::AppraisalError, credit::LineState, traits::SeniorLender, Balance, LineId, ShareOf,
};

impl<T: Config> Pallet<T> {
	/// Returns the number of titles looked at.
	pub(crate) fn do_reassess(line_id: LineId) -> Result<u32, DispatchError> {
		let mut line = Self::accepted_line(line_id)?;
		ensure!(is_distressed(line.state), Error::<T>::NotDistressed);
		let statuses = Self::collateral_statuses(line_id, &line);
		Self::assess(line_id, &mut line, &statuses)?;
		let titles = line.titles.len() as u32;
		Lines::<T>::insert(line_id, line);
		Ok(titles)
	}

	/// Estimates the recovery of a line in trouble again and provisions its shortfall; a no-op in
	/// any other state. The caller stores the line.
	pub(crate) fn assess(
		line_id: LineId,
		line: &mut LineRecordOf<T>,
		statuses: &[CollateralStatus],
	) -> DispatchResult {
		if is_distressed(line.state) {
			line.recovery = Self::expected_recovery(line_id, line, statuses)?;
			Self::provision(line_id, line)?;
		}
		Ok(())
	}

	/// Brings the impairment of a line to the shortfall of its last assessment. The caller stores
	/// the line.
	pub(crate) fn provision(line_id: LineId, line: &mut LineRecordOf<T>) -> DispatchResult {
		let impairment = line.shortfall();
		if impairment == line.impairment {
			return Ok(());
		}
		TotalImpairment::<T>::try_mutate(|total| {
			*total =
				Self::checked_sum(Self::checked_difference(*total, line.impairment)?, impairment)?;
			Ok::<_, Error<T>>(())
		})?;
		T::Senior::update_impairment(line.impairment, impairment)?;
		line.impairment = impairment;
		let recovery = line.recovery;
		Self::deposit_event(Event::ImpairmentSet { line: line_id, recovery, impairment });
		Ok(())
	}

	/// Returns the proceeds that a sale of the titles is expected to bring the lenders, in USDai,
	/// rounded down.
	///
	/// A lot for which nobody bid in a round brings no more than the next round asks. The sale
	/// costs the governed share, or the liquidation fee if that is more.
	pub(crate) fn expected_recovery(
		line_id: LineId,
		line: &LineRecordOf<T>,
		statuses: &[CollateralStatus],
	) -> Result<Balance, Error<T>> {
		let mut proceeds = Self::forced_sale(statuses)?;
		if line.state == LineState::Liquidating {
			let shown = Auctions::<T>::get(line_id).and_then(|auction| auction.shown_value());
			proceeds = shown.map_or(proceeds, |most| most.min(proceeds));
		}
		let cost = T::LiquidationCost::get().share_of(proceeds, Rounding::Up);
		let fee = line.terms.loan.fees.liquidation.fee.of(proceeds)?;
		let cost = cost.max(fee).min(proceeds);
		Self::checked_difference(proceeds, cost)
	}

	/// Returns the proceeds of a forced sale of titles before its costs, in USDai: for the expected
	/// loss and for the first reserve price of an auction.
	pub(crate) fn forced_sale(statuses: &[CollateralStatus]) -> Result<Balance, Error<T>> {
		statuses
			.iter()
			.try_fold(0, |sum, status| Self::checked_sum(sum, Self::liquidation_value(status)?))
	}

	/// Returns the proceeds of a forced sale of one title. A lost one brings nothing. Where a value
	/// is missing today the last accepted one counts, less a haircut, and zero where there never
	/// was one.
	fn liquidation_value(status: &CollateralStatus) -> Result<Balance, Error<T>> {
		match &status.value {
			_ if status.is_gone() => Ok(0),
			Ok(valuation) => Ok(valuation.liquidation_value),
			Err(AppraisalError::Zero) => Ok(0),
			Err(_) => {
				let last_known = Self::last_known(status.title)?;
				Self::after_haircut(last_known.map_or(0, |known| known.liquidation_value))
			}
		}
	}
}
