// SPDX-License-Identifier: Apache-2.0

//! Accounts of the chain itself, and the pallet ids from which most of them are derived.

use alloc::vec;

use crate::{
	assets::UsdAiLocation, AccountId, CollatorSelection, Credit, Runtime, Titles, Treasury, Vault,
};
use polkadot_sdk::{
	frame_support::{ord_parameter_types, parameter_types, traits::Contains, PalletId},
	pallet_asset_conversion::{self, PoolLocator},
	sp_runtime::traits::AccountIdConversion,
	staging_xcm::latest::prelude::Location,
};

parameter_types! {
	pub const PotId: PalletId = PalletId(*b"PotStake");
	pub const AssetConversionPalletId: PalletId = PalletId(*b"py/ascon");
	pub const TreasuryPalletId: PalletId = PalletId(*b"clbr/tsy");
	pub const PsmPalletId: PalletId = PalletId(*b"clbr/psm");
	pub const OraclePalletId: PalletId = PalletId(*b"clbr/orc");
	pub const TitlesPalletId: PalletId = PalletId(*b"clbr/ttl");
	pub const CreditPalletId: PalletId = PalletId(*b"clbr/crd");
	pub const VaultPalletId: PalletId = PalletId(*b"clbr/vlt");
	pub const BillsPalletId: PalletId = PalletId(*b"clbr/bil");
}

parameter_types! {
	pub StakingPot: AccountId = CollatorSelection::account_id();
	pub TreasuryAccount: AccountId = Treasury::account_id();
}

ord_parameter_types! {
	pub const AssetConversionAccount: AccountId =
		AccountIdConversion::<AccountId>::into_account_truncating(&AssetConversionPalletId::get());
}

/// Accounts of the chain that nobody may freeze. Freezing one of them would stop all users.
pub struct ChainAccounts;
impl Contains<AccountId> for ChainAccounts {
	fn contains(who: &AccountId) -> bool {
		let accounts = [
			Credit::account_id(),
			Vault::account_id(),
			Titles::account_id(),
			TreasuryAccount::get(),
			StakingPot::get(),
		];
		accounts.contains(who) || is_pool_of_usdai(who)
	}
}

/// Returns true if `who` is the pool of USDai with the native token, the bills or a stablecoin.
fn is_pool_of_usdai(who: &AccountId) -> bool {
	type Locator = <Runtime as pallet_asset_conversion::Config>::PoolLocator;
	let usdai = UsdAiLocation::get();
	let bills = pallet_caliber_reserves::Bills::<Runtime>::get().map(|bill| bill.asset);
	// The peg bounds the number of stablecoins.
	let stablecoins = pallet_caliber_reserves::Stablecoins::<Runtime>::iter_keys();
	core::iter::once(Location::here())
		.chain(bills)
		.chain(stablecoins)
		.any(|other| Locator::pool_address(&usdai, &other).is_ok_and(|pool| pool == *who))
}
