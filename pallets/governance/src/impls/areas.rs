// SPDX-License-Identifier: Apache-2.0

//! Storage of each area.

use crate::{pallet::*, types::Change};
use caliber_primitives::governance::Area;

/// Evaluates an expression with the area of a change: `$area` is its struct, `$storage` its storage
/// item and `$value` the value.
macro_rules! in_area {
	($change:expr, |$area:ident, $storage:ident, $value:ident| $body:expr) => {{
		use caliber_primitives::governance::values;
		match $change {
			$crate::Change::Credit($value) => {
				type $area = values::CreditValues;
				type $storage<T> = $crate::CreditArea<T>;
				$body
			}
			$crate::Change::Rules($value) => {
				type $area = values::RuleValues;
				type $storage<T> = $crate::RuleArea<T>;
				$body
			}
			$crate::Change::Titles($value) => {
				type $area = values::TitleValues;
				type $storage<T> = $crate::TitleArea<T>;
				$body
			}
			$crate::Change::Appraisal($value) => {
				type $area = values::AppraisalValues;
				type $storage<T> = $crate::AppraisalArea<T>;
				$body
			}
			$crate::Change::Vault($value) => {
				type $area = values::VaultValues;
				type $storage<T> = $crate::VaultArea<T>;
				$body
			}
			$crate::Change::Reserves($value) => {
				type $area = values::ReserveValues;
				type $storage<T> = $crate::ReserveArea<T>;
				$body
			}
			$crate::Change::Governance($value) => {
				type $area = values::GovernanceValues;
				type $storage<T> = $crate::GovernanceArea<T>;
				$body
			}
		}
	}};
}
pub(crate) use in_area;

impl<T: Config> Pallet<T> {
	/// Returns true if a value is within its hard range.
	pub(crate) fn is_in_range(change: &Change) -> bool {
		in_area!(change, |Values, _Storage, value| Values::is_in_range(value))
	}

	/// Writes a value of the genesis, which counts at once.
	pub(crate) fn write_first(change: &Change) {
		in_area!(change, |_Values, Storage, value| {
			Storage::<T>::mutate(|area| area.values.set(value))
		});
	}
}
