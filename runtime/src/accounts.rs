// SPDX-License-Identifier: Apache-2.0

//! Accounts of the chain itself, and the pallet ids from which most of them are derived.

use alloc::vec;

use crate::{AccountId, CollatorSelection, Credit, Titles, Treasury, Vault};
use polkadot_sdk::{
	frame_support::{ord_parameter_types, parameter_types, traits::Contains, PalletId},
	sp_runtime::traits::AccountIdConversion,
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

/// Accounts of the chain that nobody may freeze. Freezing one of them would stop all users. The
/// reserves protect the peg, the bills and all pools beside them.
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
		accounts.contains(who)
	}
}
