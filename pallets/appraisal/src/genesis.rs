// SPDX-License-Identifier: Apache-2.0

//! Genesis of the appraisal pallet. Models and assets pass the checks of the calls.

use crate::{
	frame_support::pallet_macros::pallet_section,
	pallet::{Config, GenesisConfig, Pallet},
	types::{ConditionFactors, ModelSpec},
};
use alloc::{string::String, vec::Vec};
use caliber_math::{CurvePoint, PPB};
use caliber_primitives::{appraisal::Namespace, titles::AssetClass, Balance, Seconds};
use polkadot_sdk::sp_runtime::{FixedU128, Perbill};
use serde::{Deserialize, Serialize};

/// Genesis of the appraisal pallet.
#[pallet_section]
mod genesis {
	/// Models and assets of the first block.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Models. The id of a model is its index in this list.
		pub models: Vec<GenesisModel>,
		/// Ids and symbols of the assets.
		pub assets: Vec<(PricedAssetId, String)>,
		/// Marker: no other field depends on the runtime.
		#[serde(skip)]
		pub phantom: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			self.apply();
		}
	}
}

/// Model of a chain specification. Factors and shares are parts per billion.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisModel {
	/// Kind of machine.
	pub class: AssetClass,
	/// Kind of the ids of its devices.
	pub namespace: Namespace,
	/// Name of the model, at most 64 bytes.
	pub name: String,
	/// List price of a new unit, USD with 18 decimals.
	pub reference_price: Balance,
	/// Time at which the model came to market, unix seconds.
	pub release_date: Seconds,
	/// Time for which a unit earns from its commissioning on, in months.
	pub economic_life_months: u16,
	/// Depreciation curve: age in months and factor, at most 16 points, the first at age 0.
	pub curve: Vec<(u16, u32)>,
	/// Factor of a new machine.
	pub new_factor: u32,
	/// Factor of a refurbished machine.
	pub refurbished_factor: u32,
	/// Factor of a used machine.
	pub used_factor: u32,
	/// Factor of a machine sold as it stands.
	pub as_is_factor: u32,
	/// Share of the value that a forced sale brings.
	pub forced_sale_factor: u32,
	/// Annual discount rate, 10^18 = 100 %.
	pub discount_rate: u128,
	/// Cost of an hour, rented or not, USD with 18 decimals.
	pub opex_per_hour: Balance,
	/// Highest loan per dollar of value.
	pub max_advance_rate: u32,
}

impl GenesisModel {
	/// Returns the description as it is stored; none if a list is too long or a share exceeds 100
	/// %.
	pub fn spec(&self) -> Option<ModelSpec> {
		let curve = self
			.curve
			.iter()
			.map(|(age_months, factor)| CurvePoint { age_months: *age_months, factor: *factor })
			.collect::<Vec<_>>();
		Some(ModelSpec {
			class: self.class,
			namespace: self.namespace,
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

/// Returns a share of parts per billion; none above 100 %, which `Perbill::from_parts` would cut
/// off.
fn share(parts: u32) -> Option<Perbill> {
	(parts <= PPB).then(|| Perbill::from_parts(parts))
}

impl<T: Config> GenesisConfig<T> {
	/// Writes the first state.
	///
	/// # Panics
	/// If a field is out of its bounds: such a chain must not start.
	pub(crate) fn apply(&self) {
		for model in &self.models {
			let spec = model
				.spec()
				.expect("the models of the chain specification must fit what stores them");
			Pallet::<T>::do_add_model(spec)
				.expect("the models of the chain specification must be within their bounds");
		}
		for (asset_id, symbol) in &self.assets {
			let symbol = symbol
				.as_bytes()
				.to_vec()
				.try_into()
				.expect("the symbols of the chain specification must have at most 16 bytes");
			Pallet::<T>::do_register_asset(*asset_id, symbol).expect(
				"the assets of the chain specification must have ids and symbols of their own",
			);
		}
	}
}
