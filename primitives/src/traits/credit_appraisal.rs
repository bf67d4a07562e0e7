// SPDX-License-Identifier: Apache-2.0

//! Credit lines and the appraisal.

use crate::{
	appraisal::{AppraisalError, Independent, Valuation},
	titles::{Ineligibility, TitleFacts},
	ModelId, ModelVersion,
};
use polkadot_sdk::sp_runtime::Perbill;

/// Values of titles. Credit asks the appraisal.
///
/// A title is valued by its facts, which credit has from titles, and by a version of its model: the
/// specification of a version never changes. The forced-sale factor only marks the savers' book and
/// is that of the present for every version.
pub trait TitleValue {
	/// Returns the version of a model that counts for new lines; `None` for an unknown model.
	fn version(model: ModelId) -> Option<ModelVersion>;
	/// Returns the value of machines now. `independent` are the appraisals that count, which may
	/// lower it. A pause by a referendum withholds the value. The technical committee's does not: a
	/// line that holds such machines is valued as before, and [`Self::ineligibility`] keeps them
	/// from securing new debt.
	fn value(
		facts: &TitleFacts,
		independent: Independent,
		version: ModelVersion,
	) -> Result<Valuation, AppraisalError>;
	/// Returns the value of machines by the last accepted values, whatever their age and the status
	/// of the model. A loss is estimated from it.
	fn last_known(
		facts: &TitleFacts,
		independent: Independent,
		version: ModelVersion,
	) -> Result<Valuation, AppraisalError>;
	/// Returns the most that is lent against a dollar of a model by a version of it; `None` for an
	/// unknown model or version.
	fn max_advance_rate(model: ModelId, version: ModelVersion) -> Option<Perbill>;
	/// Returns the reason for which the model keeps a title from securing new debt, if there is
	/// one.
	fn ineligibility(model: ModelId) -> Option<Ineligibility>;
}
