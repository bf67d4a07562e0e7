// SPDX-License-Identifier: Apache-2.0

//! Titles and the appraisal.

use crate::{
	appraisal::{AppraisalError, Independent, Namespace},
	titles::{AssetClass, Ineligibility, TitleFacts},
	Balance, ModelId, Seconds, TitleId,
};
use alloc::vec::Vec;

/// Facts of titles that a valuation starts from. The appraisal asks titles.
pub trait TitleFactsSource {
	/// Returns model, units, condition and commissioning of a title that exists.
	fn facts(title: TitleId) -> Option<TitleFacts>;
	/// Returns the independent appraisals of a title that count now. They may lower its value, never
	/// raise it.
	fn independent(title: TitleId) -> Independent;
}

/// Models and values that titles depend on. Titles ask the appraisal.
pub trait InspectModels {
	/// Returns the class of a listed model; `None` for any other, which no new title may name.
	fn listed_class(model: ModelId) -> Option<AssetClass>;
	/// Returns the namespace of the device ids of a model; `None` for a model that does not exist.
	fn namespace(model: ModelId) -> Option<Namespace>;
	/// Returns the time at which a model came to market, unix seconds, by its present version;
	/// `None` for a model that does not exist. No unit of it is older.
	fn released_at(model: ModelId) -> Option<Seconds>;
	/// Returns the reference price of a unit by the present version of a model, listed or not, in
	/// USD; `None` for a model that does not exist.
	fn reference_price(model: ModelId) -> Option<Balance>;
	/// Returns the name of a model, in UTF-8; `None` for an unknown one.
	fn name(model: ModelId) -> Option<Vec<u8>>;
	/// Returns the reason for which the model keeps a title from securing a line, if there is one.
	fn ineligibility(model: ModelId) -> Option<Ineligibility>;
	/// Returns the value of machines now, in USD, by the present version of their model. What is lent
	/// against the machines may be less ([`Valuation::for_new_debt`](crate::appraisal::Valuation)).
	/// `independent` are the appraisals that count, which may lower it. The technical committee's
	/// pause withholds no value: it is a reason of [`Self::ineligibility`] alone.
	fn present_value(
		facts: &TitleFacts,
		independent: Independent,
	) -> Result<Balance, AppraisalError>;
	/// Creates a listed model of this class whose titles have a value, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_model(class: AssetClass) -> ModelId;
}
