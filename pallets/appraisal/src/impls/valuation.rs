// SPDX-License-Identifier: Apache-2.0

//! What a title is worth.

use crate::{
	pallet::{Config, Models, Pallet, Policy},
	types::ModelSpec,
};
use caliber_math::{
	cost_value, income_value, liquidation_value, market_value, mul_div, remaining_months, Income,
	MathError, Rounding, PPB, WAD,
};
use caliber_primitives::{
	appraisal::{AppraisalError, OracleKey, Valuation},
	titles::TitleFacts,
	traits::{InspectTitles, TitleValue},
	Balance, ModelId, Seconds, TitleId,
};
use polkadot_sdk::sp_runtime::Perbill;

/// What one approach says of a title.
struct Approach {
	/// The value of all units.
	value: Balance,
	/// The oldest feed that went in; none where none did.
	as_of: Option<Seconds>,
}

/// What every approach is computed from.
struct Subject<'a> {
	/// The title.
	facts: &'a TitleFacts,
	/// Its model.
	spec: &'a ModelSpec,
	/// Its age in seconds; zero before it is commissioned.
	age: Seconds,
	/// The age up to which a feed is fresh.
	max_age: Seconds,
	/// The block's time.
	now: Seconds,
}

impl<T: Config> Pallet<T> {
	/// The value of a title: the least of the required approaches.
	pub(crate) fn do_appraise(title: TitleId) -> Result<Valuation, AppraisalError> {
		let facts = T::Titles::facts(title).ok_or(AppraisalError::UnknownTitle)?;
		let spec = Self::listed_model(facts.model)?.spec;
		let policy = Policy::<T>::get();
		let now = Self::now();
		let subject = Subject {
			facts: &facts,
			spec: &spec,
			age: now.saturating_sub(facts.commissioned_at),
			max_age: policy.max_age,
			now,
		};

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
		// A policy requires at least one approach; without any there would be no value to give.
		let value = used()
			.map(|approach| approach.value)
			.min()
			.filter(|value| *value > 0)
			.ok_or(AppraisalError::Zero)?;

		let reported = |approach: &Option<Approach>| approach.as_ref().map(|known| known.value);
		Ok(Valuation {
			cost: reported(&cost),
			market: reported(&market),
			income: reported(&income),
			value,
			liquidation_value: liquidation_value(value, parts(spec.forced_sale_factor))
				.map_err(out_of_range)?,
			as_of: used().filter_map(|approach| approach.as_of).min().unwrap_or(now),
		})
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
		let Subject { facts, spec, max_age, now, .. } = subject;
		let (resale, as_of) = Self::fresh_value(OracleKey::Resale(facts.model), *max_age, *now)?;
		let unit = market_value(resale, parts(spec.conditions.of(facts.condition)))
			.map_err(out_of_range)?;
		Ok(Approach { value: of_all_units(facts, unit)?, as_of: Some(as_of) })
	}

	/// What the months that are left earn, discounted.
	fn income_approach(subject: &Subject) -> Result<Approach, AppraisalError> {
		let Subject { facts, spec, age, max_age, now } = subject;
		let (rental, rental_as_of) =
			Self::fresh_value(OracleKey::Rental(facts.model), *max_age, *now)?;
		let (utilisation, utilisation_as_of) =
			Self::fresh_value(OracleKey::Utilisation(facts.model), *max_age, *now)?;
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

	fn max_advance_rate(model: ModelId) -> Option<Perbill> {
		Models::<T>::get(model).map(|record| record.spec.max_advance_rate)
	}

	fn model_of(title: TitleId) -> Option<ModelId> {
		T::Titles::facts(title).map(|facts| facts.model)
	}
}
