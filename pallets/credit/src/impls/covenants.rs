// SPDX-License-Identifier: Apache-2.0

//! Covenants of a line: the state of its titles, and the coverage that they give. The borrowing base is
//! in `borrowing_base`, the expected loss in `impairment`.

use crate::{frame_support::traits::Get, pallet::*, types::LineRecordOf};
use alloc::vec::Vec;
use caliber_math::Rounding;
use caliber_primitives::{
	appraisal::{AppraisalError, Valuation},
	credit::BreachReason,
	titles::{Ineligibility, TitleStatus},
	traits::{TitleInspect, TitleValue},
	Balance, LineId, ShareOf, TitleId,
};

/// Status of a title of a line as of now. The titles and the appraisal are asked once, and whatever
/// depends on their answers is found from this.
pub(crate) struct CollateralStatus {
	/// The title.
	pub title: TitleId,
	/// `Ok` if the title may secure new debt of its line, else the reason.
	pub eligibility: Result<(), Ineligibility>,
	/// Value of the title, or the reason that there is none.
	pub value: Result<Valuation, AppraisalError>,
}

impl CollateralStatus {
	/// Returns the reason for which the state of the title breaks a covenant, if it does. A reason
	/// that only keeps the title from securing new debt, such as a suspended custodian, breaks
	/// none.
	fn lapse(&self) -> Option<Ineligibility> {
		self.eligibility.err().filter(|reason| {
			matches!(
				reason,
				Ineligibility::Unknown
					| Ineligibility::NotActive(_)
					| Ineligibility::CustodyStale
					| Ineligibility::Uninsured
					| Ineligibility::UnderInsured
			)
		})
	}

	/// Returns true if there is no machine to sell.
	pub fn is_gone(&self) -> bool {
		matches!(
			self.eligibility,
			Err(Ineligibility::Unknown
				| Ineligibility::NotActive(TitleStatus::Lost | TitleStatus::Redeemed))
		)
	}
}

/// Returns the first of these titles that breaks a covenant, whatever it is worth.
pub(crate) fn first_lapse(statuses: &[CollateralStatus]) -> Option<BreachReason> {
	statuses
		.iter()
		.find_map(|status| status.lapse().map(|reason| BreachReason::Title(status.title, reason)))
}

/// State of a line's covenants, as its titles show it.
pub(crate) enum Covenants<T> {
	/// All of them hold.
	Hold,
	/// One is broken.
	Broken(BreachReason),
	/// A value is missing without which the coverage cannot be judged.
	Unknown(Error<T>),
}

impl<T: Config> Pallet<T> {
	/// Returns the status of each title of a line as of now.
	pub(crate) fn collateral_statuses(
		line_id: LineId,
		line: &LineRecordOf<T>,
	) -> Vec<CollateralStatus> {
		let look = |title: &TitleId| CollateralStatus {
			title: *title,
			eligibility: T::Titles::eligibility(*title, Some(line_id)),
			value: T::Value::appraise(*title),
		};
		line.titles.iter().map(look).collect()
	}

	/// Returns the state of a line's covenants now. They protect debt: without debt they hold.
	///
	/// A title counts for the coverage unless it has lapsed itself. Where values are missing for a
	/// time the others may be enough; if they are not, nobody can tell.
	pub(crate) fn covenants(
		line: &LineRecordOf<T>,
		statuses: &[CollateralStatus],
	) -> Result<Covenants<T>, Error<T>> {
		if line.outstanding == 0 {
			return Ok(Covenants::Hold);
		}
		if let Some(reason) = first_lapse(statuses) {
			return Ok(Covenants::Broken(reason));
		}
		let mut base: Balance = 0;
		let mut missing = None;
		for status in statuses {
			let advance = match Self::covered_value(status) {
				Ok(0) => continue,
				Ok(value) => Self::advance_on(&line.terms, status.title, value),
				Err(error) => Err(error),
			};
			match advance {
				Ok((_, advance)) => base = Self::checked_sum(base, advance)?,
				Err(error) => missing = Some(error),
			}
		}
		if base >= Self::required_base(&line.terms, line.outstanding)? {
			return Ok(Covenants::Hold);
		}
		Ok(match missing {
			Some(error) => Covenants::Unknown(error),
			None => Covenants::Broken(BreachReason::Coverage),
		})
	}

	/// Returns the amount that a title counts for with the coverage of its line, before the advance
	/// rate.
	///
	/// The oracle of a listed model will be back: until then there is no value. With a model that
	/// is paused or delisted that may be never: the last accepted value counts, less a haircut, and
	/// zero where there never was one.
	fn covered_value(status: &CollateralStatus) -> Result<Balance, Error<T>> {
		match &status.value {
			Ok(valuation) => Ok(valuation.value),
			Err(AppraisalError::Zero) => Ok(0),
			Err(AppraisalError::Paused | AppraisalError::Delisted) => {
				let last_known = Self::last_known(status.title)?;
				Self::after_haircut(last_known.map_or(0, |known| known.value))
			}
			Err(error) => Err(Self::no_value(*error)),
		}
	}

	/// Returns the last accepted value of a title; none where there never was one. An overflow and a
	/// broken state of the appraisal stay errors.
	pub(super) fn last_known(title: TitleId) -> Result<Option<Valuation>, Error<T>> {
		match T::Value::last_known(title) {
			Ok(valuation) => Ok(Some(valuation)),
			Err(error @ (AppraisalError::Overflow | AppraisalError::Unexpected)) => {
				Err(Self::no_value(error))
			}
			Err(_) => Ok(None),
		}
	}

	/// Returns a value that is not of today less the haircut, rounded down.
	pub(super) fn after_haircut(value: Balance) -> Result<Balance, Error<T>> {
		let haircut = T::StaleValueHaircut::get().share_of(value, Rounding::Up);
		Self::checked_difference(value, haircut)
	}

	/// Returns the error of a call that needs a value where there is none.
	pub(super) fn no_value(error: AppraisalError) -> Error<T> {
		match error {
			AppraisalError::Stale(_) => Error::PriceStale,
			AppraisalError::Overflow => Error::Overflow,
			AppraisalError::Unexpected => Error::Unexpected,
			_ => Error::PriceUnavailable,
		}
	}
}
