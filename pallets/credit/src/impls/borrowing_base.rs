// SPDX-License-Identifier: Apache-2.0

//! Borrowing base: the most that may be lent against the titles of a line.

use super::covenants::CollateralStatus;
use crate::pallet::*;
use alloc::{collections::BTreeMap, vec::Vec};
use caliber_math::{mul_div, MathError, Rounding, WAD};
use caliber_primitives::{
	appraisal::AppraisalError, credit::LineTerms, governance::values::CreditValues,
	titles::Ineligibility, Balance, ModelId,
};

/// The most that may be lent against the titles of a line.
pub(crate) struct BorrowingBase {
	/// In total, in USDai.
	pub total: Balance,
	/// By model, in USDai; models that add nothing are left out.
	pub by_model: Vec<(ModelId, Balance)>,
}

impl<T: Config> Pallet<T> {
	/// Returns the borrowing base of titles now, in USDai, rounded down title by title. No more of a
	/// title's value counts than its cover.
	///
	/// A title that is not eligible, or is worth nothing, counts as zero. A title that should have
	/// a value and has none is an error: the base is then not known.
	pub(crate) fn borrowing_base(
		terms: &LineTerms,
		statuses: &[CollateralStatus],
	) -> Result<BorrowingBase, Error<T>> {
		let mut total = 0;
		let mut by_model = BTreeMap::new();
		for status in statuses {
			match status.eligibility {
				// The appraisal says below why it has no value.
				Ok(())
				| Err(Ineligibility::AppraisalUnavailable | Ineligibility::AppraisalStale) => (),
				Err(_) => continue,
			}
			let value = match status.lent_against {
				Ok(value) => value,
				Err(AppraisalError::Zero | AppraisalError::Paused | AppraisalError::Delisted) => {
					continue
				}
				Err(error) => return Err(Self::no_value(error)),
			};
			let (model, advance) = Self::advance_on(terms, status, status.counted(value))?;
			total = Self::checked_sum(total, advance)?;
			let of_model: &mut Balance = by_model.entry(model).or_default();
			*of_model = Self::checked_sum(*of_model, advance)?;
		}
		by_model.retain(|_, advance| *advance > 0);
		Ok(BorrowingBase { total, by_model: by_model.into_iter().collect() })
	}

	/// Returns the base that the titles give for a draw, their status being that for new debt: no
	/// more than what is lent at most at present, though the line may have opened under more.
	pub(crate) fn base_for_draw(
		terms: &LineTerms,
		statuses: &[CollateralStatus],
		values: &CreditValues,
	) -> Result<BorrowingBase, Error<T>> {
		let advance_rate = terms.advance_rate.min(values.max_advance_rate);
		Self::borrowing_base(&LineTerms { advance_rate, ..*terms }, statuses)
	}

	/// Returns the coverage that a draw has to leave: the maintenance coverage with the cushion, so
	/// that no small fall of the prices makes a breach of it.
	pub(crate) fn coverage_for_draw(
		terms: &LineTerms,
		values: &CreditValues,
	) -> Result<Balance, MathError> {
		let cushion = values.draw_cushion.into_inner();
		mul_div(terms.maintenance_coverage.into_inner(), cushion, WAD, Rounding::Up)
	}

	/// Returns the least base at which a draw may leave a debt of `debt`, rounded up.
	pub(crate) fn base_of_draw(
		terms: &LineTerms,
		debt: Balance,
		values: &CreditValues,
	) -> Result<Balance, Error<T>> {
		Ok(mul_div(debt, Self::coverage_for_draw(terms, values)?, WAD, Rounding::Up)?)
	}

	/// Returns the least base at which `outstanding` meets the maintenance coverage, rounded up.
	pub(crate) fn required_base(
		terms: &LineTerms,
		outstanding: Balance,
	) -> Result<Balance, Error<T>> {
		let coverage = terms.maintenance_coverage.into_inner();
		Ok(mul_div(outstanding, coverage, WAD, Rounding::Up)?)
	}
}
