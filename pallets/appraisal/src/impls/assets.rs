// SPDX-License-Identifier: Apache-2.0

//! Assets with a price feed: registration and removal.

use crate::{
	pallet::{Assets, Config, Error, Event, Pallet},
	types::Symbol,
};
use caliber_primitives::{appraisal::OracleKey, PricedAssetId};
use polkadot_sdk::{
	frame_support::{dispatch::DispatchResult, ensure},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	/// Registers an asset under a free id.
	pub(crate) fn do_register_asset(asset_id: PricedAssetId, symbol: Symbol) -> DispatchResult {
		ensure!(
			!symbol.is_empty() && symbol.iter().all(u8::is_ascii_graphic),
			Error::<T>::InvalidSymbol
		);
		ensure!(!Assets::<T>::contains_key(asset_id), Error::<T>::AssetAlreadyRegistered);

		Assets::<T>::insert(asset_id, &symbol);
		Self::deposit_event(Event::AssetRegistered { id: asset_id, symbol });
		Ok(())
	}

	/// Removes an asset and clears its feed. Returns the number of operators.
	pub(crate) fn do_remove_asset(asset_id: PricedAssetId) -> Result<u32, DispatchError> {
		ensure!(Assets::<T>::contains_key(asset_id), Error::<T>::UnknownAsset);

		Assets::<T>::remove(asset_id);
		let feeders = Self::clear_feeds(&[OracleKey::Price(asset_id)]);
		Self::deposit_event(Event::AssetRemoved { id: asset_id });
		Ok(feeders)
	}
}
