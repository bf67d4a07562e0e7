// SPDX-License-Identifier: Apache-2.0

//! The first block: models and assets by the same functions as the calls.

use crate::{
	pallet::{Config, GenesisConfig, Pallet},
	types::{AppraisalPolicy, ConditionFactors, ModelSpec},
};
use alloc::{string::String, vec::Vec};
use caliber_math::{CurvePoint, PPB};
use caliber_primitives::{titles::AssetClass, Balance, Seconds};
use polkadot_sdk::sp_runtime::{FixedU128, Perbill};
use serde::{Deserialize, Serialize};

/// A model as a chain specification describes it. Factors and shares are parts per billion.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisModel {
	/// What kind of machine it is.
	pub class: AssetClass,
	/// Its name, at most 64 bytes.
	pub name: String,
	/// List price of a new unit, USD with 18 decimals.
	pub reference_price: Balance,
	/// When the model came to market, unix seconds.
	pub release_date: Seconds,
	/// How long a unit earns, in months.
	pub economic_life_months: u16,
	/// The depreciation curve: age in months and factor, at most 16 points, the first at age 0.
	pub curve: Vec<(u16, u32)>,
	/// Factor of a new machine.
	pub new_factor: u32,
	/// Factor of a refurbished machine.
	pub refurbished_factor: u32,
	/// Factor of a used machine.
	pub used_factor: u32,
	/// Factor of a machine sold as it stands.
	pub as_is_factor: u32,
	/// What is left of the value in a forced sale.
	pub forced_sale_factor: u32,
	/// Annual discount rate, 10^18 = 100 %.
	pub discount_rate: u128,
	/// What an hour costs, USD with 18 decimals.
	pub opex_per_hour: Balance,
	/// The most that is lent against a dollar of value.
	pub max_advance_rate: u32,
}

impl GenesisModel {
	/// The description as it is stored; none when a list is too long or a share more than the whole.
	pub fn spec(&self) -> Option<ModelSpec> {
		let curve = self
			.curve
			.iter()
			.map(|(age_months, factor)| CurvePoint { age_months: *age_months, factor: *factor })
			.collect::<Vec<_>>();
		Some(ModelSpec {
			class: self.class,
			name: self.name.as_bytes().to_vec().try_into().ok()?,
			reference_price: self.reference_price,
			release_date: self.release_date,
			economic_life_months: self.economic_life_months,
			curve: curve.try_into().ok()?,
			conditions: ConditionFactors {
				new: share(self.new_factor)?,
				refurbished: share(self.refurbished_factor)?,
				used: share(self.used_factor)?,
				as_is: share(self.as_is_factor)?,
			},
			forced_sale_factor: share(self.forced_sale_factor)?,
			discount_rate: FixedU128::from_inner(self.discount_rate),
			opex_per_hour: self.opex_per_hour,
			max_advance_rate: share(self.max_advance_rate)?,
		})
	}
}

/// The share of so many parts per billion. `Perbill::from_parts` alone would cut off what is too much.
fn share(parts: u32) -> Option<Perbill> {
	(parts <= PPB).then(|| Perbill::from_parts(parts))
}

impl<T: Config> GenesisConfig<T> {
	/// Write the first state. A chain whose specification is out of bounds must not start.
	pub(crate) fn apply(&self) {
		let default = AppraisalPolicy::default();
		Pallet::<T>::do_set_policy(AppraisalPolicy {
			min_feeders: self.min_feeders.unwrap_or(default.min_feeders),
			max_age: self.max_age.unwrap_or(default.max_age),
			update_period: self.update_period.unwrap_or(default.update_period),
			..default
		})
		.expect("the policy of the chain specification must be within its bounds");
		for model in &self.models {
			let spec = model
				.spec()
				.expect("the models of the chain specification must fit what stores them");
			Pallet::<T>::do_add_model(spec)
				.expect("the models of the chain specification must be within their bounds");
		}
		for (id, symbol) in &self.assets {
			let symbol = symbol
				.as_bytes()
				.to_vec()
				.try_into()
				.expect("the symbols of the chain specification must have at most 16 bytes");
			Pallet::<T>::do_register_asset(*id, symbol).expect(
				"the assets of the chain specification must have ids and symbols of their own",
			);
		}
	}
}
