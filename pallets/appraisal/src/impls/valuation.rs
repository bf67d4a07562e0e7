// SPDX-License-Identifier: Apache-2.0

//! The value of a title: cost, market and income approach, and the least of those required.

use crate::{
	pallet::{Config, Medians, ModelVersions, Models, Pallet},
	types::{ModelRecord, ModelTerms},
};
use alloc::{collections::BTreeSet, vec::Vec};
use caliber_math::{
	cost_value, income_value, liquidation_value, market_value, mul_div, remaining_months, Income,
	MathError, Rounding, PPB, WAD,
};
use caliber_primitives::{
	appraisal::{
		AppraisalError, Independent, OracleKey, Portfolio, PortfolioError, Valuation, MAX_PORTFOLIO,
	},
	governance::values::AppraisalValues,
	titles::{Ineligibility, TitleFacts},
	traits::{TitleFactsSource, TitleValue},
	Balance, ModelId, ModelVersion, Seconds, TitleId,
};
use polkadot_sdk::{
	frame_support::{ensure, traits::Get},
	sp_runtime::Perbill,
};

/// Result of one approach.
struct Approach {
	/// Value of all units, USD with 18 decimals.
	value: Balance,
	/// Time of the oldest feed in it, unix seconds; none if no feed is in it.
	as_of: Option<Seconds>,
}

/// Results of all approaches; none for one that is not required and has no figure.
struct Approaches {
	cost: Option<Approach>,
	market: Option<Approach>,
	income: Option<Approach>,
}

impl Approaches {
	/// Returns those that the governed values require.
	fn required(&self, policy: &AppraisalValues) -> impl Iterator<Item = &Approach> {
		let approaches = [
			(policy.require_cost, &self.cost),
			(policy.require_market, &self.market),
			(policy.require_income, &self.income),
		];
		approaches
			.into_iter()
			.filter_map(|(required, approach)| approach.as_ref().filter(|_| required))
	}

	/// Returns the least of those required; none if none is required.
	fn least(&self, policy: &AppraisalValues) -> Option<Balance> {
		self.required(policy).map(|approach| approach.value).min()
	}
}

/// Accepted values from which a title is valued.
#[derive(Clone, Copy)]
enum Basis {
	/// Values of at most this age, in seconds.
	Fresh(Seconds),
	/// Last accepted values, however old.
	LastKnown,
}

/// Title under valuation.
struct Subject<'a> {
	/// Facts of the title.
	facts: &'a TitleFacts,
	/// Version of its model.
	terms: &'a ModelTerms,
	/// Age in seconds; zero before the commissioning.
	age: Seconds,
	/// Accepted values that count.
	basis: Basis,
	/// True if the median of a feed counts where it is lower than the accepted value.
	for_new_debt: bool,
	/// Time of the block, unix seconds.
	now: Seconds,
}

impl<T: Config> Pallet<T> {
	/// Returns the value of a title: the least of the required approaches, not above what
	/// the independent appraisals allow.
	pub(crate) fn do_appraise(title_id: TitleId) -> Result<Valuation, AppraisalError> {
		let facts = T::Titles::facts(title_id).ok_or(AppraisalError::UnknownTitle)?;
		Self::present_valuation(&facts, T::Titles::independent(title_id))
	}

	/// Returns the value of machines by the present version of their model.
	pub(crate) fn present_valuation(
		facts: &TitleFacts,
		independent: Independent,
	) -> Result<Valuation, AppraisalError> {
		let model = Self::valued_model(facts.model)?;
		let terms = Self::present_terms(facts.model, &model)?;
		let values = T::Values::get();
		let basis = Basis::Fresh(values.max_age);
		Self::valuation(facts, independent, &model, &terms, basis, &values)
	}

	/// Returns the value of a title by the last accepted values, whatever the status of its model.
	pub(crate) fn do_last_known(title_id: TitleId) -> Result<Valuation, AppraisalError> {
		let facts = T::Titles::facts(title_id).ok_or(AppraisalError::UnknownTitle)?;
		let model = Models::<T>::get(facts.model).ok_or(AppraisalError::UnknownKey)?;
		let terms = Self::present_terms(facts.model, &model)?;
		let independent = T::Titles::independent(title_id);
		let basis = Basis::LastKnown;
		Self::valuation(&facts, independent, &model, &terms, basis, &T::Values::get())
	}

	/// Returns the values of several titles and their sums. A title without a value is listed with
	/// the reason and adds nothing to the sums.
	pub(crate) fn do_appraise_many(title_ids: &[TitleId]) -> Result<Portfolio, PortfolioError> {
		ensure!(title_ids.len() <= MAX_PORTFOLIO, PortfolioError::TooManyTitles);
		let mut portfolio = Portfolio {
			titles: Vec::with_capacity(title_ids.len()),
			valued: 0,
			value: 0,
			liquidation_value: 0,
			as_of: None,
		};
		let mut seen = BTreeSet::new();
		for title_id in title_ids {
			ensure!(seen.insert(*title_id), PortfolioError::DuplicateTitle(*title_id));
			let valuation = Self::do_appraise(*title_id);
			if let Ok(Valuation { value, liquidation_value, as_of, .. }) = valuation {
				let add =
					|sum: Balance, amount| sum.checked_add(amount).ok_or(PortfolioError::Overflow);
				portfolio.valued += 1;
				portfolio.value = add(portfolio.value, value)?;
				portfolio.liquidation_value = add(portfolio.liquidation_value, liquidation_value)?;
				portfolio.as_of =
					Some(portfolio.as_of.map_or(as_of, |oldest: Seconds| oldest.min(as_of)));
			}
			portfolio.titles.push((*title_id, valuation));
		}
		Ok(portfolio)
	}

	/// Returns the value of machines by a version of their model. The status of the model is not
	/// checked. Without a required approach there is no value, and an independent appraisal does
	/// not stand in for one.
	fn valuation(
		facts: &TitleFacts,
		independent: Independent,
		model: &ModelRecord,
		terms: &ModelTerms,
		basis: Basis,
		policy: &AppraisalValues,
	) -> Result<Valuation, AppraisalError> {
		let now = Self::now();
		let age = now.saturating_sub(facts.commissioned_at);
		let subject = Subject { facts, terms, age, basis, for_new_debt: false, now };

		let factor = parts(model.forced_sale_factor.at(now));
		let capped = |least: Balance| {
			let cap = independent.cap(liquidation_value(least, factor)?);
			Ok::<_, AppraisalError>((cap, cap.map_or(least, |cap| cap.min(least))))
		};
		let approaches = Self::approaches(&subject, policy)?;
		let least = approaches.least(policy).ok_or(AppraisalError::Zero)?;
		let (cap, value) = capped(least)?;
		ensure!(value > 0, AppraisalError::Zero);
		// One appraisal alone may lower the value to what a forced sale brings. The factor of a
		// forced sale counts once: on what the approaches say, or on what two appraisals support.
		let supported = independent.second.map_or(least, |second| second.min(least));
		let for_new_debt = match Self::is_falling(facts.model) {
			true => {
				let falling = Subject { for_new_debt: true, ..subject };
				let least = Self::approaches(&falling, policy)?.least(policy).unwrap_or(0);
				capped(least)?.1.min(value)
			}
			false => value,
		};

		let value_of = |approach: &Option<Approach>| approach.as_ref().map(|known| known.value);
		Ok(Valuation {
			cost: value_of(&approaches.cost),
			market: value_of(&approaches.market),
			income: value_of(&approaches.income),
			independent: cap,
			value,
			for_new_debt,
			liquidation_value: liquidation_value(supported, factor)?,
			as_of: approaches
				.required(policy)
				.filter_map(|approach| approach.as_of)
				.min()
				.unwrap_or(now),
		})
	}

	/// Returns the result of each approach to a subject. Fails with the reason of the first required
	/// one that is not available.
	fn approaches(
		subject: &Subject,
		policy: &AppraisalValues,
	) -> Result<Approaches, AppraisalError> {
		Ok(Approaches {
			cost: ensure_if_required(policy.require_cost, Self::cost_approach(subject))?,
			market: ensure_if_required(policy.require_market, Self::market_approach(subject))?,
			income: ensure_if_required(policy.require_income, Self::income_approach(subject))?,
		})
	}

	/// Returns the value of a key that counts for a subject, and its time.
	fn feed_of(subject: &Subject, key: OracleKey) -> Result<(Balance, Seconds), AppraisalError> {
		let (accepted, as_of) = match subject.basis {
			Basis::Fresh(max_age) => Self::fresh_value(key, max_age, subject.now),
			Basis::LastKnown => Self::last_value(&key).ok_or(AppraisalError::Unavailable(key)),
		}?;
		let median = Medians::<T>::get(key).filter(|_| subject.for_new_debt);
		Ok((median.map_or(accepted, |median| median.value.min(accepted)), as_of))
	}

	/// Returns the cost approach: reference price by age and condition, rounded down.
	fn cost_approach(subject: &Subject) -> Result<Approach, AppraisalError> {
		let Subject { facts, terms, age, .. } = subject;
		let factor = parts(terms.conditions.of(facts.condition));
		let unit = cost_value(terms.reference_price, &terms.curve, *age, factor)?;
		Ok(Approach { value: of_all_units(facts, unit)?, as_of: None })
	}

	/// Returns the market approach: resale price by condition, rounded down.
	fn market_approach(subject: &Subject) -> Result<Approach, AppraisalError> {
		let Subject { facts, terms, .. } = subject;
		let (resale, as_of) = Self::feed_of(subject, OracleKey::Resale(facts.model))?;
		let unit = market_value(resale, parts(terms.conditions.of(facts.condition)))?;
		Ok(Approach { value: of_all_units(facts, unit)?, as_of: Some(as_of) })
	}

	/// Returns the income approach: net rent over the remaining economic life, discounted, rounded
	/// down. The rent is no more than what the machine earned, once that is known.
	fn income_approach(subject: &Subject) -> Result<Approach, AppraisalError> {
		let Subject { facts, terms, age, .. } = subject;
		let (rental, rental_as_of) = Self::feed_of(subject, OracleKey::Rental(facts.model))?;
		let (utilisation, utilisation_as_of) =
			Self::feed_of(subject, OracleKey::Utilisation(facts.model))?;
		let unit = income_value(&Income {
			rental_per_hour: rental,
			utilisation: parts_of_utilisation(utilisation)?,
			opex_per_hour: terms.opex_per_hour,
			earned_per_hour: facts.earned_per_hour,
			discount_rate: terms.discount_rate.into_inner(),
			remaining_months: remaining_months(terms.economic_life_months, *age),
		})?;
		Ok(Approach {
			value: of_all_units(facts, unit)?,
			as_of: Some(rental_as_of.min(utilisation_as_of)),
		})
	}
}

/// Returns an approach that is available. A required one that is not available fails with its
/// reason; one that is not required is reported where it is available.
fn ensure_if_required(
	required: bool,
	approach: Result<Approach, AppraisalError>,
) -> Result<Option<Approach>, AppraisalError> {
	match approach {
		Err(reason) if required => Err(reason),
		approach => Ok(approach.ok()),
	}
}

/// Returns the value of all units of a title.
fn of_all_units(facts: &TitleFacts, unit: Balance) -> Result<Balance, AppraisalError> {
	unit.checked_mul(facts.units.into()).ok_or(AppraisalError::Overflow)
}

/// Returns a share in parts per billion.
fn parts(share: Perbill) -> u32 {
	share.deconstruct()
}

/// Returns a utilisation in parts per billion, rounded down because a higher one raises the value.
fn parts_of_utilisation(utilisation: u128) -> Result<u32, MathError> {
	let parts = mul_div(utilisation, PPB.into(), WAD, Rounding::Down)?;
	u32::try_from(parts).map_err(|_| MathError::Overflow)
}

impl<T: Config> TitleValue for Pallet<T> {
	fn version(model_id: ModelId) -> Option<ModelVersion> {
		Models::<T>::get(model_id).map(|model| model.version)
	}

	fn value(
		facts: &TitleFacts,
		independent: Independent,
		version: ModelVersion,
	) -> Result<Valuation, AppraisalError> {
		let model = Self::valued_model(facts.model)?;
		let terms = Self::named_terms(facts.model, version)?;
		let values = T::Values::get();
		let basis = Basis::Fresh(values.max_age);
		Self::valuation(facts, independent, &model, &terms, basis, &values)
	}

	fn last_known(
		facts: &TitleFacts,
		independent: Independent,
		version: ModelVersion,
	) -> Result<Valuation, AppraisalError> {
		let model = Models::<T>::get(facts.model).ok_or(AppraisalError::UnknownKey)?;
		let terms = Self::named_terms(facts.model, version)?;
		Self::valuation(facts, independent, &model, &terms, Basis::LastKnown, &T::Values::get())
	}

	fn max_advance_rate(model_id: ModelId, version: ModelVersion) -> Option<Perbill> {
		ModelVersions::<T>::get(model_id, version).map(|terms| terms.max_advance_rate)
	}

	fn ineligibility(model_id: ModelId) -> Option<Ineligibility> {
		Self::model_ineligibility(model_id)
	}
}
