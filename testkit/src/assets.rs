// SPDX-License-Identifier: Apache-2.0

//! Assets of the tests, and their books.

use caliber_primitives::{Balance, SUSDAI, USDAI, USD_DECIMALS};
use polkadot_sdk::{
	frame_support::traits::{
		fungible::{InspectHold, ItemOf},
		fungibles::Mutate,
		tokens::Preservation,
		ConstU32,
	},
	pallet_assets, pallet_balances,
	sp_runtime::DispatchResult,
};

/// USDai in `Assets`, or in the holder of the assets.
pub type UsdAi<Assets, AccountId> = ItemOf<Assets, ConstU32<USDAI>, AccountId>;
/// sUSDai in `Assets`.
pub type Shares<Assets, AccountId> = ItemOf<Assets, ConstU32<SUSDAI>, AccountId>;

/// Asset of a genesis: sufficient, with a minimum balance of 1.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
	/// Id in `pallet-assets`.
	pub id: u32,
	/// Name and symbol.
	pub symbol: &'static str,
	/// Decimals of the metadata.
	pub decimals: u8,
}

impl Asset {
	/// Dollar that is lent and repaid.
	pub const USDAI: Self = Self::new(USDAI, "USDai", USD_DECIMALS);
	/// Share of the savers.
	pub const SUSDAI: Self = Self::new(SUSDAI, "sUSDai", USD_DECIMALS);

	/// Returns an asset with its metadata.
	pub const fn new(id: u32, symbol: &'static str, decimals: u8) -> Self {
		Self { id, symbol, decimals }
	}
}

/// Returns the balance of an account in an asset.
pub fn balance<T>(asset: u32, who: &T::AccountId) -> Balance
where
	T: pallet_assets::Config<AssetId = u32, Balance = Balance>,
{
	pallet_assets::Pallet::<T>::balance(asset, who)
}

/// Sends an asset. The sender's account in it may end.
pub fn send<T>(
	asset: u32,
	from: &T::AccountId,
	to: &T::AccountId,
	amount: Balance,
) -> DispatchResult
where
	T: pallet_assets::Config<AssetId = u32, Balance = Balance>,
{
	let expendable = Preservation::Expendable;
	<pallet_assets::Pallet<T> as Mutate<_>>::transfer(asset, from, to, amount, expendable)?;
	Ok(())
}

/// Returns the CLBR of an account that are on hold for a reason.
pub fn held<T>(reason: impl Into<T::RuntimeHoldReason>, who: &T::AccountId) -> Balance
where
	T: pallet_balances::Config<Balance = Balance>,
{
	<pallet_balances::Pallet<T> as InspectHold<_>>::balance_on_hold(&reason.into(), who)
}
