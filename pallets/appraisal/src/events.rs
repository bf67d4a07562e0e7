// SPDX-License-Identifier: Apache-2.0

//! The events: together they tell what every book of the pallet says.

use crate::frame_support::pallet_macros::pallet_section;

/// A section of the pallet.
#[pallet_section]
mod events {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The policy was set.
		PolicyChanged {
			/// The policy from now on.
			policy: AppraisalPolicy,
		},
		/// A model was added; it is listed.
		ModelAdded {
			/// The model.
			id: ModelId,
			/// Its description.
			spec: ModelSpec,
		},
		/// A model was described anew.
		ModelUpdated {
			/// The model.
			id: ModelId,
			/// Its description from now on.
			spec: ModelSpec,
		},
		/// A model was paused or resumed.
		ModelStatusChanged {
			/// The model.
			id: ModelId,
			/// Its status from now on.
			status: ModelStatus,
		},
		/// A model was delisted and its feeds were cleared.
		ModelDelisted {
			/// The model.
			id: ModelId,
			/// What was accepted last for it: losses are estimated from that from now on.
			values: FinalValues,
		},
		/// An asset may be priced from now on.
		AssetRegistered {
			/// The asset.
			id: PricedAssetId,
			/// Its symbol.
			symbol: Symbol,
		},
		/// An asset was removed and its feed was cleared.
		AssetRemoved {
			/// The asset.
			id: PricedAssetId,
		},
		/// A combined value was accepted.
		PriceAccepted {
			/// What it is the value of.
			key: OracleKey,
			/// The accepted value.
			value: OracleValue,
			/// The time from which enough operators support it, unix seconds.
			as_of: Seconds,
			/// The median of the fresh values, before its move was limited.
			median: OracleValue,
			/// The number of fresh values.
			feeders: u32,
		},
	}
}
