// SPDX-License-Identifier: Apache-2.0

//! Covenants of a line: the state of its titles, and the coverage that they give. The borrowing base
//! is in `borrowing_base`, the expected loss in `impairment`.

use super::LineOp;
use crate::{pallet::*, types::LineRecordOf};
use alloc::vec::Vec;
use caliber_math::{mul_div, Rounding};
use caliber_primitives::{
	appraisal::{AppraisalError, Valuation},
	credit::{BreachReason, LineTerms},
	governance::{
		values::{CreditValues, RuleValues},
		Area,
	},
	titles::{Collateral, Ineligibility, TitleFacts, TitleStatus},
	traits::{LineRules, TitleInspect, TitleValue},
	Balance, ModelId, ModelVersion, ShareOf, TitleId,
};

/// Purpose of a look at the titles of a line, which says by what rules they are judged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
	/// Covenants, a loss, a sale: the versions that the line opened under.
	Covenants,
	/// New debt: the stricter of them and the present.
	NewDebt,
}

/// A title of a line and the answer that titles gave for it; none for a title that does not exist.
pub(crate) type Pledge = (TitleId, Option<Collateral>);

/// Status of a title of a line as of now. The titles and the appraisal are asked once, and whatever
/// depends on their answers is found from this.
pub(crate) struct CollateralStatus {
	/// The title.
	pub title: TitleId,
	/// Answer of titles; none for a title that does not exist.
	collateral: Option<Collateral>,
	/// Version of the model that the line opened under.
	version: Option<ModelVersion>,
	/// Version of the model now, where new debt is asked about and it is another.
	present: Option<ModelVersion>,
	/// `Ok` if the title may secure new debt of its line, else the reason.
	pub eligibility: Result<(), Ineligibility>,
	/// Value of the title by the version that the line opened under, or the reason that there is
	/// none.
	pub value: Result<Valuation, AppraisalError>,
	/// Value that the borrowing base counts, in USD: where new debt is asked about, the lower of the
	/// values by both versions, each with the lower of accepted value and median of each feed.
	pub lent_against: Result<Balance, AppraisalError>,
}

impl CollateralStatus {
	/// Returns the model of the title.
	fn model(&self) -> Option<ModelId> {
		self.collateral.map(|collateral| collateral.facts.model)
	}

	/// Returns the reason for which the state of the title breaks a covenant, if it does. A reason
	/// that only keeps the title from securing new debt, such as a suspended custodian, breaks
	/// none. Too little cover takes the values of all titles ([`Pallet::under_insured`]).
	pub(super) fn lapse(&self) -> Option<Ineligibility> {
		self.eligibility.err().filter(|reason| {
			matches!(
				reason,
				Ineligibility::Unknown
					| Ineligibility::NotActive(_)
					| Ineligibility::CustodyStale
					| Ineligibility::DocumentLapsed(_)
					| Ineligibility::Uninsured
			)
		})
	}

	/// Returns true if the title counts for new debt as it does for the covenants: there is no
	/// reason that keeps it from new debt only, and nothing was claimed of its cover.
	pub fn counts_alike_for_new_debt(&self) -> bool {
		self.collateral.is_none_or(|known| known.for_new_debt() == known)
	}

	/// Returns the reason for which the title secures no new debt though it breaks no covenant, where
	/// the custodian, or somebody who knows it, has to act first.
	fn bar(&self) -> Option<Ineligibility> {
		self.eligibility.err().filter(|reason| {
			matches!(
				reason,
				Ineligibility::CustodianSuspended
					| Ineligibility::ClaimOpen
					| Ineligibility::CustodianFrozen
					| Ineligibility::BondTooLow
					| Ineligibility::NotAcknowledged
			)
		})
	}

	/// Returns the part of a value of the title that its line counts: no more than its cover.
	pub fn counted(&self, value: Balance) -> Balance {
		self.collateral.map_or(0, |collateral| collateral.counted(value))
	}

	/// Returns true while less may be lent against the title than it is worth: the prices are ahead
	/// of the accepted values in their fall.
	pub fn is_falling(&self) -> bool {
		self.value.is_ok_and(|valuation| valuation.for_new_debt < valuation.value)
	}

	/// Returns the value of some units of the title as if they were in being, the last accepted one
	/// where there is none of today, in USDai, rounded as the appraisal does; zero where none is known.
	pub(super) fn worth_of_units<T: Config>(&self, units: u32) -> Result<Balance, Error<T>> {
		let (Some(known), Some(version)) = (self.collateral, self.version) else { return Ok(0) };
		let facts = TitleFacts { units, ..known.facts };
		match T::Value::last_known(&facts, known.independent, version) {
			Ok(valuation) => Ok(valuation.value),
			Err(error @ (AppraisalError::Overflow | AppraisalError::Unexpected)) => {
				Err(Pallet::no_value(error))
			}
			Err(_) => Ok(0),
		}
	}

	/// Returns the reason for which there is no value for a time; none where there is one, or where
	/// there may never be one again.
	fn missing(&self) -> Option<AppraisalError> {
		self.value.err().filter(|error| {
			!matches!(
				error,
				AppraisalError::Zero | AppraisalError::Paused | AppraisalError::Delisted
			)
		})
	}

	/// Returns true if there is no machine to sell.
	pub fn is_gone(&self) -> bool {
		matches!(
			self.eligibility,
			Err(Ineligibility::Unknown
				| Ineligibility::NotActive(TitleStatus::Lost | TitleStatus::Released))
		)
	}
}

/// Returns the first of these titles that breaks a covenant, whatever it is worth.
pub(crate) fn first_lapse(statuses: &[CollateralStatus]) -> Option<BreachReason> {
	statuses
		.iter()
		.find_map(|status| status.lapse().map(|reason| BreachReason::Title(status.title, reason)))
}

/// Returns the error of a call for which the titles are not enough: the first reason that keeps one
/// of them from new debt only, if there is one.
pub(crate) fn insufficient<T>(statuses: &[CollateralStatus]) -> Error<T> {
	let bar = statuses.iter().find_map(CollateralStatus::bar);
	bar.map_or(Error::InsufficientCoverage, Error::NoNewDebt)
}

/// What a value counts for that is missing for a time: the last accepted one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
	/// Less the haircut.
	LessHaircut,
	/// In full: nobody's machines are sold because a price is missing.
	InFull,
}

/// State of a line's covenants, as its titles show it.
pub(crate) enum Covenants<T> {
	/// All of them hold.
	Hold,
	/// One is broken.
	Broken(BreachReason),
	/// One is broken by the last values less the haircut, and would hold by the last values: a value
	/// is missing for a time.
	Doubtful(BreachReason, Error<T>),
}

impl<T: Config> LineOp<T> {
	/// Returns the rules by which the titles of the line are judged.
	pub(super) fn rules(&self, purpose: Purpose) -> RuleValues {
		let rules = T::Rules::of(self.line.versions.rules);
		match purpose {
			Purpose::Covenants => rules,
			Purpose::NewDebt => rules.stricter(&T::Rules::present()),
		}
	}

	/// Returns true if the line opened under the rules and versions that count for new debt now, and
	/// no model is braked: one look serves both purposes, if each title counts alike for both.
	pub(super) fn is_under_present_rules(&self) -> bool {
		let mut models = self.line.versions.models.iter();
		self.rules(Purpose::Covenants) == self.rules(Purpose::NewDebt)
			&& models.all(|(model, version)| {
				T::Value::version(*model) == Some(*version)
					&& T::Value::ineligibility(*model).is_none()
			})
	}

	/// Asks for each title of the line once.
	pub(super) fn pledges(&self, rules: &RuleValues) -> Vec<Pledge> {
		let ask = |title: &TitleId| (*title, T::Titles::collateral(*title, Some(self.id), rules));
		self.line.titles.iter().map(ask).collect()
	}

	/// Returns the status of each title of the line as of now.
	pub(super) fn look(&self, purpose: Purpose) -> Vec<CollateralStatus> {
		let rules = self.rules(purpose);
		self.judge(self.pledges(&rules), purpose)
	}

	/// Returns the status of each of these titles as of now.
	pub(super) fn judge(&self, pledges: Vec<Pledge>, purpose: Purpose) -> Vec<CollateralStatus> {
		pledges
			.into_iter()
			.map(|(title, collateral)| self.judge_title(title, collateral, purpose))
			.collect()
	}

	fn judge_title(
		&self,
		title: TitleId,
		collateral: Option<Collateral>,
		purpose: Purpose,
	) -> CollateralStatus {
		let of_purpose = |known: Collateral| match purpose {
			Purpose::Covenants => known,
			Purpose::NewDebt => known.for_new_debt(),
		};
		let Some(known) = collateral.map(of_purpose) else {
			return CollateralStatus {
				title,
				collateral: None,
				version: None,
				present: None,
				eligibility: Err(Ineligibility::Unknown),
				value: Err(AppraisalError::UnknownTitle),
				lent_against: Err(AppraisalError::UnknownTitle),
			};
		};
		let Collateral { facts, independent, .. } = known;
		let by = |version: ModelVersion| T::Value::value(&facts, independent, version);
		let version = self.line.version_of(facts.model);
		let value = version.ok_or(AppraisalError::UnknownKey).and_then(by);
		let counting = |valuation: Valuation| match purpose {
			Purpose::Covenants => valuation.value,
			Purpose::NewDebt => valuation.for_new_debt,
		};
		let mut lent_against = value.map(counting);
		let present = match purpose {
			Purpose::Covenants => None,
			Purpose::NewDebt => T::Value::version(facts.model).filter(|now| version != Some(*now)),
		};
		if let Some(present) = present {
			let both = value.and_then(|own| Ok((own, by(present)?)));
			lent_against = both.map(|(own, present)| counting(own).min(counting(present)));
		}
		// A model without a value says why by the value. What else it says is the technical
		// committee's pause, which keeps it from new debt only.
		let of_model = match purpose {
			Purpose::Covenants => None,
			Purpose::NewDebt => T::Value::ineligibility(facts.model),
		};
		let eligibility = known.eligibility(lent_against, of_model);
		let collateral = Some(known);
		CollateralStatus { title, collateral, version, present, eligibility, value, lent_against }
	}
}

impl<T: Config> Pallet<T> {
	/// Returns the state of a line's covenants now. They protect debt: without debt they hold.
	///
	/// A title counts for the coverage unless it has lapsed itself. Where a value is missing, the last
	/// accepted one counts less the haircut.
	pub(crate) fn covenants(
		line: &LineRecordOf<T>,
		statuses: &[CollateralStatus],
		values: &CreditValues,
	) -> Result<Covenants<T>, Error<T>> {
		if line.outstanding == 0 {
			return Ok(Covenants::Hold);
		}
		if let Some(reason) = first_lapse(statuses) {
			return Ok(Covenants::Broken(reason));
		}
		let broken = |missing| Self::broken_by_value(line, statuses, values, missing);
		let Some(reason) = broken(Missing::LessHaircut)? else { return Ok(Covenants::Hold) };
		if broken(Missing::InFull)?.is_some() {
			return Ok(Covenants::Broken(reason));
		}
		let mut missing = statuses.iter().filter_map(CollateralStatus::missing);
		let error = missing.next().map_or(Error::PriceUnavailable, Self::no_value);
		Ok(Covenants::Doubtful(reason, error))
	}

	/// Returns the covenant that the values of the titles break.
	fn broken_by_value(
		line: &LineRecordOf<T>,
		statuses: &[CollateralStatus],
		values: &CreditValues,
		missing: Missing,
	) -> Result<Option<BreachReason>, Error<T>> {
		if let Some(reason) = Self::under_insured(line, statuses, values, missing)? {
			return Ok(Some(reason));
		}
		let mut base: Balance = 0;
		for status in statuses {
			let value = Self::covered_value(status, values, missing)?;
			if value == 0 {
				continue;
			}
			match Self::advance_on(&line.terms, status, status.counted(value)) {
				Ok((_, advance)) => base = Self::checked_sum(base, advance)?,
				// Nobody can tell what is lent against a model whose specification is not known.
				Err(Error::PriceUnavailable) if missing == Missing::InFull => return Ok(None),
				Err(Error::PriceUnavailable) => (),
				Err(error) => return Err(error),
			}
		}
		let required = Self::required_base(&line.terms, line.net_debt())?;
		Ok((base < required).then_some(BreachReason::Coverage))
	}

	/// Returns the first title whose cover is less than its value and less than its share of the
	/// debt, while all titles together are insured for less than the debt.
	///
	/// The share goes by value and is rounded down, against nobody who did nothing. By itself it would
	/// grow with the title's own price, and shrink by less than a claim that is paid: the sum over all
	/// titles moves neither way.
	fn under_insured(
		line: &LineRecordOf<T>,
		statuses: &[CollateralStatus],
		values: &CreditValues,
		missing: Missing,
	) -> Result<Option<BreachReason>, Error<T>> {
		let debt = line.net_debt();
		let (mut total, mut insured) = (0, 0);
		let mut worth = Vec::with_capacity(statuses.len());
		for status in statuses {
			let value = Self::covered_value(status, values, missing)?;
			total = Self::checked_sum(total, value)?;
			insured = Self::checked_sum(insured, status.counted(value))?;
			worth.push((status, value));
		}
		if insured >= debt {
			return Ok(None);
		}
		for (status, value) in worth {
			let share = match total {
				0 => 0,
				_ => mul_div(debt, value, total, Rounding::Down)?,
			};
			let needed = value.min(share);
			if status.counted(needed) < needed {
				let reason = Ineligibility::UnderInsured;
				return Ok(Some(BreachReason::Title(status.title, reason)));
			}
		}
		Ok(None)
	}

	/// Returns the amount that a title counts for with the coverage of its line, before the advance
	/// rate.
	///
	/// Where there is no value of today the last accepted one counts, less the haircut, and zero where
	/// there never was one. The oracle of a listed model will be back; with a model that is delisted,
	/// or paused by a referendum, that may be never, and the haircut always counts.
	pub(super) fn covered_value(
		status: &CollateralStatus,
		values: &CreditValues,
		missing: Missing,
	) -> Result<Balance, Error<T>> {
		match status.value {
			Ok(valuation) => Ok(valuation.value),
			Err(AppraisalError::Zero) => Ok(0),
			Err(error @ (AppraisalError::Overflow | AppraisalError::Unexpected)) => {
				Err(Self::no_value(error))
			}
			Err(_) => {
				let known = Self::last_known(status)?.map_or(0, |known| known.value);
				match missing {
					Missing::InFull if status.missing().is_some() => Ok(known),
					_ => Self::after_haircut(known, values),
				}
			}
		}
	}

	/// Returns the last accepted value of a title; none where there never was one. An overflow and a
	/// broken state of the appraisal stay errors.
	pub(super) fn last_known(status: &CollateralStatus) -> Result<Option<Valuation>, Error<T>> {
		let (Some(collateral), Some(version)) = (status.collateral, status.version) else {
			return Ok(None);
		};
		match T::Value::last_known(&collateral.facts, collateral.independent, version) {
			Ok(valuation) => Ok(Some(valuation)),
			Err(error @ (AppraisalError::Overflow | AppraisalError::Unexpected)) => {
				Err(Self::no_value(error))
			}
			Err(_) => Ok(None),
		}
	}

	/// Returns a value that is not of today less the haircut, rounded down.
	pub(super) fn after_haircut(
		value: Balance,
		values: &CreditValues,
	) -> Result<Balance, Error<T>> {
		let haircut = values.stale_value_haircut.share_of(value, Rounding::Up);
		Self::checked_difference(value, haircut)
	}

	/// Returns the model of a title and the most that may be lent against `value` of it, rounded
	/// down: by the advance rate of the line, and of each version of the model by which the title is
	/// judged.
	pub(super) fn advance_on(
		terms: &LineTerms,
		status: &CollateralStatus,
		value: Balance,
	) -> Result<(ModelId, Balance), Error<T>> {
		let (model, version) = status.model().zip(status.version).ok_or(Error::PriceUnavailable)?;
		let mut rate = terms.advance_rate;
		for version in [Some(version), status.present].into_iter().flatten() {
			let most = T::Value::max_advance_rate(model, version);
			rate = rate.min(most.ok_or(Error::PriceUnavailable)?);
		}
		Ok((model, rate.share_of(value, Rounding::Down)))
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
