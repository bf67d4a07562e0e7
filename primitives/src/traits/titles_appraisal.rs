// SPDX-License-Identifier: Apache-2.0

//! Titles and the appraisal.

use crate::{
	appraisal::AppraisalError,
	titles::{AssetClass, Ineligibility, TitleFacts},
	Balance, ModelId, TitleId,
};

/// Facts of titles that a valuation starts from. The appraisal asks titles.
pub trait TitleFactsSource {
	/// Returns model, units, condition and commissioning of a title that exists.
	fn facts(title: TitleId) -> Option<TitleFacts>;
	/// Returns the value of the whole title, in USD, by its latest independent appraisal that is
	/// still valid. It may lower the value of the title, never raise it.
	fn independent_value(title: TitleId) -> Option<Balance>;
}

/// Models and values that titles depend on. Titles ask the appraisal.
pub trait InspectModels {
	/// Returns the class of a listed model; `None` for any other, which no new title may name.
	fn listed_class(model: ModelId) -> Option<AssetClass>;
	/// Returns the reason for which the model keeps a title from securing a line, if there is one.
	fn ineligibility(model: ModelId) -> Option<Ineligibility>;
	/// Returns the value of machines now, in USD, by the present version of their model.
	/// `independent` is the value of an appraisal, which may lower it. The technical committee's
	/// pause withholds no value: it is a reason of [`Self::ineligibility`] alone.
	fn present_value(
		facts: &TitleFacts,
		independent: Option<Balance>,
	) -> Result<Balance, AppraisalError>;
	/// Creates a listed model of this class whose titles have a value, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_model(class: AssetClass) -> ModelId;
}
