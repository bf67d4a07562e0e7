// SPDX-License-Identifier: Apache-2.0

//! What the titles of a line are worth to it: what may be lent against them, whether its covenants
//! hold, and what a sale is expected to bring.

use crate::{frame_support::traits::Get, pallet::*, types::LineRecord};
use alloc::{collections::BTreeMap, vec::Vec};
use caliber_math::{mul_div, share_of, Rounding, WAD};
use caliber_primitives::{
	appraisal::{AppraisalError, Valuation},
	credit::{BreachReason, LineState, LineTerms},
	titles::{Ineligibility, TitleStatus},
	traits::{Encumber, TitleValue},
	Balance, LineId, ModelId, TitleId,
};

/// A title of a line as it stands now. What is asked of the titles and of the appraisal is asked once,
/// and whatever depends on it is found from this.
pub(crate) struct Standing {
	title: TitleId,
	/// Whether it may secure new debt of its line.
	eligibility: Result<(), Ineligibility>,
	/// What it is worth.
	value: Result<Valuation, AppraisalError>,
}

impl Standing {
	/// The covenant that the state of the title breaks, if it does. What only keeps it from securing
	/// new debt, such as a custodian who takes no new titles, breaks none.
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

	/// Whether there is no machine to sell.
	fn is_gone(&self) -> bool {
		matches!(
			self.eligibility,
			Err(Ineligibility::Unknown
				| Ineligibility::NotActive(TitleStatus::Lost | TitleStatus::Redeemed))
		)
	}
}

/// The first of these titles that breaks a covenant, whatever it is worth.
pub(crate) fn first_lapse(standings: &[Standing]) -> Option<BreachReason> {
	standings.iter().find_map(|standing| {
		standing.lapse().map(|reason| BreachReason::Title(standing.title, reason))
	})
}

/// What may be lent against the titles of a line, by model.
pub(crate) struct Base {
	/// In all, in USDai.
	pub total: Balance,
	/// By model, in USDai; models that add nothing are left out.
	pub by_model: Vec<(ModelId, Balance)>,
}

/// What the clock and the titles say of a line's covenants.
pub(crate) enum Covenants<T> {
	/// All of them hold.
	Hold,
	/// One is broken.
	Broken(BreachReason),
	/// A value is missing without which the coverage cannot be judged.
	Unknown(Error<T>),
}

impl<T: Config> Pallet<T> {
	/// The titles of a line as they stand now.
	pub(crate) fn standings(line: LineId, record: &LineRecord<T::AccountId>) -> Vec<Standing> {
		let look = |title: &TitleId| Standing {
			title: *title,
			eligibility: T::Titles::eligibility(*title, Some(line)),
			value: T::Value::appraise(*title),
		};
		record.titles.iter().map(look).collect()
	}

	/// What may be lent against titles now, in USDai, rounded down title by title.
	///
	/// A title that is not eligible, or is worth nothing, counts nothing. A title that should have a
	/// value and has none is an error: what the line may draw is then not known.
	pub(crate) fn borrowing_base(
		terms: &LineTerms,
		standings: &[Standing],
	) -> Result<Base, Error<T>> {
		let mut total = 0;
		let mut by_model = BTreeMap::new();
		for Standing { title, eligibility, value } in standings {
			match eligibility {
				// The appraisal says below why it has no value.
				Ok(())
				| Err(Ineligibility::AppraisalUnavailable | Ineligibility::AppraisalStale) => (),
				Err(_) => continue,
			}
			let value = match value {
				Ok(valuation) => valuation.value,
				Err(AppraisalError::Zero | AppraisalError::Paused | AppraisalError::Delisted) => {
					continue
				}
				Err(error) => return Err(Self::no_value(*error)),
			};
			let (model, advance) = Self::advance_on(terms, *title, value)?;
			total = Self::sum(total, advance)?;
			let of_model: &mut Balance = by_model.entry(model).or_default();
			*of_model = Self::sum(*of_model, advance)?;
		}
		by_model.retain(|_, advance| *advance > 0);
		Ok(Base { total, by_model: by_model.into_iter().collect() })
	}

	/// The least base at which `outstanding` meets the maintenance coverage, rounded up.
	pub(crate) fn required_base(
		terms: &LineTerms,
		outstanding: Balance,
	) -> Result<Balance, Error<T>> {
		let coverage = terms.maintenance_coverage.into_inner();
		Ok(mul_div(outstanding, coverage, WAD, Rounding::Up)?)
	}

	/// Whether the covenants of a line hold now. They protect debt: without debt they hold.
	///
	/// A title counts for the coverage unless it has lapsed itself. Where values are missing for a
	/// time the others may be enough; if they are not, nobody can tell.
	pub(crate) fn covenants(
		record: &LineRecord<T::AccountId>,
		standings: &[Standing],
	) -> Result<Covenants<T>, Error<T>> {
		if record.outstanding == 0 {
			return Ok(Covenants::Hold);
		}
		if let Some(reason) = first_lapse(standings) {
			return Ok(Covenants::Broken(reason));
		}
		let mut base: Balance = 0;
		let mut missing = None;
		for standing in standings {
			let advance = match Self::covered_value(standing) {
				Ok(0) => continue,
				Ok(value) => Self::advance_on(&record.terms, standing.title, value),
				Err(error) => Err(error),
			};
			match advance {
				Ok((_, advance)) => base = Self::sum(base, advance)?,
				Err(error) => missing = Some(error),
			}
		}
		if base >= Self::required_base(&record.terms, record.outstanding)? {
			return Ok(Covenants::Hold);
		}
		Ok(match missing {
			Some(error) => Covenants::Unknown(error),
			None => Covenants::Broken(BreachReason::Coverage),
		})
	}

	/// What a sale of the titles is expected to bring the lenders, in USDai, rounded down.
	///
	/// What nobody bid for in a round of an auction brings no more than the next one asks. The sale
	/// costs the governed share, or the liquidation fee if that is more.
	pub(crate) fn expected_recovery(
		line: LineId,
		record: &LineRecord<T::AccountId>,
		standings: &[Standing],
	) -> Result<Balance, Error<T>> {
		let mut proceeds = Self::forced_sale(standings)?;
		if record.state == LineState::Liquidating {
			let shown = Auctions::<T>::get(line).and_then(|auction| auction.shown_value());
			proceeds = shown.map_or(proceeds, |most| most.min(proceeds));
		}
		let cost = share_of(proceeds, T::LiquidationCost::get().deconstruct(), Rounding::Up)?;
		let fee = record.terms.loan.fees.liquidation.fee.of(proceeds)?;
		let cost = cost.max(fee).min(proceeds);
		Self::less(proceeds, cost)
	}

	/// What titles would bring in a forced sale, before its costs, in USDai: for the expected loss and
	/// for the price that an auction asks at first.
	pub(crate) fn forced_sale(standings: &[Standing]) -> Result<Balance, Error<T>> {
		standings
			.iter()
			.try_fold(0, |sum, standing| Self::sum(sum, Self::liquidation_value(standing)?))
	}

	/// What one title would bring. A lost one brings nothing. Where a value is missing today the last
	/// accepted one counts, less a haircut.
	fn liquidation_value(standing: &Standing) -> Result<Balance, Error<T>> {
		match &standing.value {
			_ if standing.is_gone() => Ok(0),
			Ok(valuation) => Ok(valuation.liquidation_value),
			Err(AppraisalError::Zero) => Ok(0),
			Err(_) => {
				let known = T::Value::last_known(standing.title)
					.map_or(0, |valuation| valuation.liquidation_value);
				Self::after_haircut(known)
			}
		}
	}

	/// What a title counts for with the coverage of its line, before the advance rate.
	///
	/// The oracle of a listed model will be back: until then there is no value. With a model that is
	/// paused or delisted that may be never: the last accepted value counts, less a haircut, and
	/// nothing where there is none.
	fn covered_value(standing: &Standing) -> Result<Balance, Error<T>> {
		match &standing.value {
			Ok(valuation) => Ok(valuation.value),
			Err(AppraisalError::Zero) => Ok(0),
			Err(AppraisalError::Paused | AppraisalError::Delisted) => {
				match T::Value::last_known(standing.title) {
					Ok(known) => Self::after_haircut(known.value),
					Err(AppraisalError::Overflow) => Err(Error::Overflow),
					Err(_) => Ok(0),
				}
			}
			Err(error) => Err(Self::no_value(*error)),
		}
	}

	/// What is left of a value that is not of today, rounded down.
	fn after_haircut(value: Balance) -> Result<Balance, Error<T>> {
		let haircut = share_of(value, T::StaleHaircut::get().deconstruct(), Rounding::Up)?;
		Self::less(value, haircut)
	}

	/// The model of a title and what may be lent against `value` of it, rounded down.
	fn advance_on(
		terms: &LineTerms,
		title: TitleId,
		value: Balance,
	) -> Result<(ModelId, Balance), Error<T>> {
		let model = T::Value::model_of(title).ok_or(Error::PriceUnavailable)?;
		let rate = T::Value::max_advance_rate(model)
			.ok_or(Error::PriceUnavailable)?
			.min(terms.advance_rate);
		Ok((model, share_of(value, rate.deconstruct(), Rounding::Down)?))
	}

	/// Why there is no value.
	fn no_value(error: AppraisalError) -> Error<T> {
		match error {
			AppraisalError::Stale(_) => Error::PriceStale,
			AppraisalError::Overflow => Error::Overflow,
			_ => Error::PriceUnavailable,
		}
	}
}
