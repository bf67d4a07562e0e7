// SPDX-License-Identifier: Apache-2.0

//! Credit lines and the appraisal.

use crate::{
	appraisal::{AppraisalError, Valuation},
	ModelId, TitleId,
};
use polkadot_sdk::sp_runtime::Perbill;

/// Values of titles. Credit asks the appraisal.
pub trait TitleValue {
	/// Returns the value of a title now.
	fn appraise(title: TitleId) -> Result<Valuation, AppraisalError>;
	/// Returns the value of a title by the last accepted values, whatever their age and the status
	/// of its model. A loss is estimated from it.
	fn last_known(title: TitleId) -> Result<Valuation, AppraisalError>;
	/// Returns the most that is lent against a dollar of a model; `None` for an unknown model.
	fn max_advance_rate(model: ModelId) -> Option<Perbill>;
	/// Returns the model of a title.
	fn model_of(title: TitleId) -> Option<ModelId>;
}
