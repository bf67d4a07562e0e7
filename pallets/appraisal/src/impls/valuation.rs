// SPDX-License-Identifier: Apache-2.0

//! What a title is worth.

use crate::{
	pallet::{Config, Models, Pallet, Policy},
	types::{AppraisalPolicy, ModelSpec},
};
use alloc::{collections::BTreeSet, vec::Vec};
use caliber_math::{
	cost_value, income_value, liquidation_value, market_value, mul_div, remaining_months, Income,
	MathError, Rounding, PPB, WAD,
};
use caliber_primitives::{
	appraisal::{AppraisalError, OracleKey, Portfolio, PortfolioError, Valuation, MAX_PORTFOLIO},
	titles::TitleFacts,
	traits::{InspectTitles, TitleValue},
	Balance, ModelId, Seconds, TitleId,
};
use polkadot_sdk::{frame_support::ensure, sp_runtime::Perbill};

/// What one approach says of a title.
struct Approach {
	/// The value of all units.
	value: Balance,
	/// The oldest feed that went in; none where none did.
	as_of: Option<Seconds>,
}

/// Which values of the feeds count.
#[derive(Clone, Copy)]
enum Basis {
	/// Those that are no older than so many seconds.
	Fresh(Seconds),
	/// The last that were accepted, however old.
	LastKnown,
}

/// What every approach is computed from.
struct Subject<'a> {
	/// The title.
	facts: &'a TitleFacts,
	/// Its model.
	spec: &'a ModelSpec,
	/// Its age in seconds; zero before it is commissioned.
	age: Seconds,
	/// Which values of the feeds count.
	basis: Basis,
	/// The block's time.
	now: Seconds,
}

impl<T: Config> Pallet<T> {
	/// The value of a title: the least of the required approaches, not above the independent appraisal.
	pub(crate) fn do_appraise(title: TitleId) -> Result<Valuation, AppraisalError> {
		let facts = T::Titles::facts(title).ok_or(AppraisalError::UnknownTitle)?;
		let spec = Self::listed_model(facts.model)?.spec;
		let policy = Policy::<T>::get();
		let basis = Basis::Fresh(policy.max_age);
		Self::valuation(title, &facts, &spec, basis, &policy)
	}

	/// The value of a title by what was accepted last, whatever the status of its model.
	pub(crate) fn do_last_known(title: TitleId) -> Result<Valuation, AppraisalError> {
		let facts = T::Titles::facts(title).ok_or(AppraisalError::UnknownTitle)?;
		let spec = Models::<T>::get(facts.model).ok_or(AppraisalError::UnknownKey)?.spec;
		Self::valuation(title, &facts, &spec, Basis::LastKnown, &Policy::<T>::get())
	}

	/// The values of several titles and their sums. A title without a value counts as nothing in them.
	pub(crate) fn do_appraise_many(titles: &[TitleId]) -> Result<Portfolio, PortfolioError> {
		ensure!(titles.len() <= MAX_PORTFOLIO, PortfolioError::TooManyTitles);
		let mut portfolio = Portfolio {
			titles: Vec::with_capacity(titles.len()),
			valued: 0,
			value: 0,
			liquidation_value: 0,
			as_of: None,
		};
		let mut seen = BTreeSet::new();
		for title in titles {
			ensure!(seen.insert(*title), PortfolioError::DuplicateTitle(*title));
			let valuation = Self::do_appraise(*title);
			if let Ok(Valuation { value, liquidation_value, as_of, .. }) = valuation {
				let add = |sum: Balance, amount| sum.checked_add(amount);
				portfolio.valued += 1;
				portfolio.value = add(portfolio.value, value).ok_or(PortfolioError::Overflow)?;
				portfolio.liquidation_value = add(portfolio.liquidation_value, liquidation_value)
					.ok_or(PortfolioError::Overflow)?;
				portfolio.as_of =
					Some(portfolio.as_of.map_or(as_of, |oldest: Seconds| oldest.min(as_of)));
			}
			portfolio.titles.push((*title, valuation));
		}
		Ok(portfolio)
	}

	/// The value of a title whose model has been looked at.
	fn valuation(
		title: TitleId,
		facts: &TitleFacts,
		spec: &ModelSpec,
		basis: Basis,
		policy: &AppraisalPolicy,
	) -> Result<Valuation, AppraisalError> {
		let now = Self::now();
		let age = now.saturating_sub(facts.commissioned_at);
		let subject = Subject { facts, spec, age, basis, now };

		let cost = considered(policy.require_cost, Self::cost_approach(&subject))?;
		let market = considered(policy.require_market, Self::market_approach(&subject))?;
		let income = considered(policy.require_income, Self::income_approach(&subject))?;
		let required = [
			(policy.require_cost, &cost),
			(policy.require_market, &market),
			(policy.require_income, &income),
		];
		let used = || {
			required
				.into_iter()
				.filter_map(|(needed, approach)| approach.as_ref().filter(|_| needed))
		};
		let independent = T::Titles::independent_value(title);
		// A policy requires at least one approach; without any there would be no value to give.
		let value = used()
			.map(|approach| approach.value)
			.min()
			.map(|least| independent.map_or(least, |independent| independent.min(least)))
			.filter(|value| *value > 0)
			.ok_or(AppraisalError::Zero)?;

		let reported = |approach: &Option<Approach>| approach.as_ref().map(|known| known.value);
		Ok(Valuation {
			cost: reported(&cost),
			market: reported(&market),
			income: reported(&income),
			independent,
			value,
			liquidation_value: liquidation_value(value, parts(spec.forced_sale_factor))
				.map_err(out_of_range)?,
			as_of: used().filter_map(|approach| approach.as_of).min().unwrap_or(now),
		})
	}

	/// The value of a feed that counts for a subject, and its time.
	fn feed_of(subject: &Subject, key: OracleKey) -> Result<(Balance, Seconds), AppraisalError> {
		match subject.basis {
			Basis::Fresh(max_age) => Self::fresh_value(key, max_age, subject.now),
			Basis::LastKnown => Self::last_value(&key).ok_or(AppraisalError::Unavailable(key)),
		}
	}

	/// Reference price by age and condition.
	fn cost_approach(subject: &Subject) -> Result<Approach, AppraisalError> {
		let Subject { facts, spec, age, .. } = subject;
		let factor = parts(spec.conditions.of(facts.condition));
		let unit =
			cost_value(spec.reference_price, &spec.curve, *age, factor).map_err(out_of_range)?;
		Ok(Approach { value: of_all_units(facts, unit)?, as_of: None })
	}

	/// Resale price by condition.
	fn market_approach(subject: &Subject) -> Result<Approach, AppraisalError> {
		let Subject { facts, spec, .. } = subject;
		let (resale, as_of) = Self::feed_of(subject, OracleKey::Resale(facts.model))?;
		let unit = market_value(resale, parts(spec.conditions.of(facts.condition)))
			.map_err(out_of_range)?;
		Ok(Approach { value: of_all_units(facts, unit)?, as_of: Some(as_of) })
	}

	/// What the months that are left earn, discounted.
	fn income_approach(subject: &Subject) -> Result<Approach, AppraisalError> {
		let Subject { facts, spec, age, .. } = subject;
		let (rental, rental_as_of) = Self::feed_of(subject, OracleKey::Rental(facts.model))?;
		let (utilisation, utilisation_as_of) =
			Self::feed_of(subject, OracleKey::Utilisation(facts.model))?;
		let unit = income_value(&Income {
			rental_per_hour: rental,
			utilisation: parts_of_utilisation(utilisation).map_err(out_of_range)?,
			opex_per_hour: spec.opex_per_hour,
			discount_rate: spec.discount_rate.into_inner(),
			remaining_months: remaining_months(spec.economic_life_months, *age),
		})
		.map_err(out_of_range)?;
		Ok(Approach {
			value: of_all_units(facts, unit)?,
			as_of: Some(rental_as_of.min(utilisation_as_of)),
		})
	}
}

/// A required approach has to be there; another one is reported where it can be had.
fn considered(
	required: bool,
	approach: Result<Approach, AppraisalError>,
) -> Result<Option<Approach>, AppraisalError> {
	match approach {
		Err(missing) if required => Err(missing),
		approach => Ok(approach.ok()),
	}
}

/// The value of all units of a title.
fn of_all_units(facts: &TitleFacts, unit: Balance) -> Result<Balance, AppraisalError> {
	unit.checked_mul(facts.units.into()).ok_or(AppraisalError::Overflow)
}

/// A share in the parts per billion of the arithmetic.
fn parts(share: Perbill) -> u32 {
	share.deconstruct()
}

/// A utilisation in parts per billion, rounded down: it raises a value.
fn parts_of_utilisation(utilisation: u128) -> Result<u32, MathError> {
	let parts = mul_div(utilisation, PPB.into(), WAD, Rounding::Down)?;
	u32::try_from(parts).map_err(|_| MathError::Overflow)
}

/// The arithmetic refuses what is out of its range; all that is stored is within.
fn out_of_range(_: MathError) -> AppraisalError {
	AppraisalError::Overflow
}

impl<T: Config> TitleValue for Pallet<T> {
	fn appraise(title: TitleId) -> Result<Valuation, AppraisalError> {
		Self::do_appraise(title)
	}

	fn last_known(title: TitleId) -> Result<Valuation, AppraisalError> {
		Self::do_last_known(title)
	}

	fn max_advance_rate(model: ModelId) -> Option<Perbill> {
		Models::<T>::get(model).map(|record| record.spec.max_advance_rate)
	}

	fn model_of(title: TitleId) -> Option<ModelId> {
		T::Titles::facts(title).map(|facts| facts.model)
	}
}
