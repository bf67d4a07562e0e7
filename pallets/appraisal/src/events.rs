// SPDX-License-Identifier: Apache-2.0

//! Events of the appraisal pallet. The models, the assets and the accepted values can
//! be rebuilt from them.

use crate::frame_support::pallet_macros::pallet_section;

/// Events of the appraisal pallet.
#[pallet_section]
mod events {
	/// Events of the appraisal pallet.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A model was added; it is listed.
		ModelAdded {
			/// Id of the model.
			id: ModelId,
			/// Description of the model.
			spec: ModelSpec,
		},
		/// The description of a model was replaced.
		ModelUpdated {
			/// Id of the model.
			id: ModelId,
			/// New description.
			spec: ModelSpec,
			/// Present version of its terms: a new one if they changed.
			version: ModelVersion,
		},
		/// A model was paused or listed again.
		ModelStatusChanged {
			/// Id of the model.
			id: ModelId,
			/// Status by the decision. A pause by the committee ends by itself.
			status: ModelStatus,
		},
		/// A model was delisted and its feeds were cleared.
		ModelDelisted {
			/// Id of the model.
			id: ModelId,
			/// Last accepted values, from which losses are estimated from now on.
			values: FinalValues,
		},
		/// An asset was registered; its price may be fed.
		AssetRegistered {
			/// Id of the asset.
			id: PricedAssetId,
			/// Symbol of the asset.
			symbol: Symbol,
		},
		/// An asset was removed and its feed was cleared.
		AssetRemoved {
			/// Id of the asset.
			id: PricedAssetId,
		},
		/// A value was accepted.
		PriceAccepted {
			/// Key of the value.
			key: OracleKey,
			/// Accepted value: the median as far as the value may move.
			value: OracleValue,
			/// Time from which enough operators support the value, unix seconds.
			as_of: Seconds,
			/// Median of the fresh reports.
			median: OracleValue,
			/// Number of fresh reports.
			feeders: u32,
		},
	}
}
