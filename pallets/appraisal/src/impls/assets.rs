// SPDX-License-Identifier: Apache-2.0

//! The assets whose price is fed.

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
	/// Register an asset under a free id.
	pub(crate) fn do_register_asset(id: PricedAssetId, symbol: Symbol) -> DispatchResult {
		ensure!(
			!symbol.is_empty() && symbol.iter().all(u8::is_ascii_graphic),
			Error::<T>::InvalidSymbol
		);
		ensure!(!Assets::<T>::contains_key(id), Error::<T>::AssetAlreadyRegistered);

		Assets::<T>::insert(id, &symbol);
		Self::deposit_event(Event::AssetRegistered { id, symbol });
		Ok(())
	}

	/// Remove an asset and clear its feed. Returns the number of operators, over which it went.
	pub(crate) fn do_remove_asset(id: PricedAssetId) -> Result<u32, DispatchError> {
		ensure!(Assets::<T>::contains_key(id), Error::<T>::UnknownAsset);

		Assets::<T>::remove(id);
		let feeders = Self::clear_feeds(&[OracleKey::Price(id)]);
		Self::deposit_event(Event::AssetRemoved { id });
		Ok(feeders)
	}
}
