// SPDX-License-Identifier: Apache-2.0

//! The assets as the peg uses them: with the mint rate limit (fuse) and the guard of the peg.

use crate::{pallet_psm, AssetIdOf, Config, Pallet};
use alloc::vec::Vec;
use caliber_primitives::Balance;
use core::marker::PhantomData;
use polkadot_sdk::{
	frame_support::{
		traits::{
			fungibles::{metadata, roles, Create, Dust, Inspect, Mutate, Unbalanced},
			tokens::{
				DepositConsequence, Fortitude, Precision, Preservation, Provenance,
				WithdrawConsequence,
			},
			Get,
		},
		weights::Weight,
	},
	frame_system,
	sp_runtime::{DispatchError, DispatchResult},
};

type AccountIdOf<T> = <T as frame_system::Config>::AccountId;

/// The assets `Inner` with the checks of the peg, for [`pallet_psm::Config::Fungibles`] alone.
///
/// USDai is minted within the mint rate limit. A stablecoin is transferred to the account of the
/// peg as far as the guard and the inflow limit permit, and from it as long as no other one is
/// frozen, or for a basket. A burn of USDai is noted for the limits and meets none. Everything else
/// is forwarded to `Inner`. In the genesis block all checks pass.
pub struct RateLimitedMint<T, Inner>(PhantomData<(T, Inner)>);

impl<T, Inner> Inspect<AccountIdOf<T>> for RateLimitedMint<T, Inner>
where
	T: frame_system::Config,
	Inner: Inspect<AccountIdOf<T>>,
{
	type AssetId = Inner::AssetId;
	type Balance = Inner::Balance;

	fn total_issuance(asset: Self::AssetId) -> Self::Balance {
		Inner::total_issuance(asset)
	}

	fn active_issuance(asset: Self::AssetId) -> Self::Balance {
		Inner::active_issuance(asset)
	}

	fn minimum_balance(asset: Self::AssetId) -> Self::Balance {
		Inner::minimum_balance(asset)
	}

	fn total_balance(asset: Self::AssetId, who: &AccountIdOf<T>) -> Self::Balance {
		Inner::total_balance(asset, who)
	}

	fn balance(asset: Self::AssetId, who: &AccountIdOf<T>) -> Self::Balance {
		Inner::balance(asset, who)
	}

	fn reducible_balance(
		asset: Self::AssetId,
		who: &AccountIdOf<T>,
		preservation: Preservation,
		force: Fortitude,
	) -> Self::Balance {
		Inner::reducible_balance(asset, who, preservation, force)
	}

	fn can_deposit(
		asset: Self::AssetId,
		who: &AccountIdOf<T>,
		amount: Self::Balance,
		provenance: Provenance,
	) -> DepositConsequence {
		Inner::can_deposit(asset, who, amount, provenance)
	}

	fn can_withdraw(
		asset: Self::AssetId,
		who: &AccountIdOf<T>,
		amount: Self::Balance,
	) -> WithdrawConsequence<Self::Balance> {
		Inner::can_withdraw(asset, who, amount)
	}

	fn asset_exists(asset: Self::AssetId) -> bool {
		Inner::asset_exists(asset)
	}
}

impl<T, Inner> Unbalanced<AccountIdOf<T>> for RateLimitedMint<T, Inner>
where
	T: frame_system::Config,
	Inner: Unbalanced<AccountIdOf<T>>,
{
	fn handle_raw_dust(asset: Self::AssetId, amount: Self::Balance) {
		Inner::handle_raw_dust(asset, amount);
	}

	fn handle_dust(dust: Dust<AccountIdOf<T>, Self>) {
		let Dust(asset, amount) = dust;
		Inner::handle_dust(Dust(asset, amount));
	}

	fn write_balance(
		asset: Self::AssetId,
		who: &AccountIdOf<T>,
		amount: Self::Balance,
	) -> Result<Option<Self::Balance>, DispatchError> {
		Inner::write_balance(asset, who, amount)
	}

	fn set_total_issuance(asset: Self::AssetId, amount: Self::Balance) {
		Inner::set_total_issuance(asset, amount);
	}

	fn decrease_balance(
		asset: Self::AssetId,
		who: &AccountIdOf<T>,
		amount: Self::Balance,
		precision: Precision,
		preservation: Preservation,
		force: Fortitude,
	) -> Result<Self::Balance, DispatchError> {
		Inner::decrease_balance(asset, who, amount, precision, preservation, force)
	}

	fn increase_balance(
		asset: Self::AssetId,
		who: &AccountIdOf<T>,
		amount: Self::Balance,
		precision: Precision,
	) -> Result<Self::Balance, DispatchError> {
		Inner::increase_balance(asset, who, amount, precision)
	}

	fn deactivate(asset: Self::AssetId, amount: Self::Balance) {
		Inner::deactivate(asset, amount);
	}

	fn reactivate(asset: Self::AssetId, amount: Self::Balance) {
		Inner::reactivate(asset, amount);
	}
}

impl<T, Inner> Mutate<AccountIdOf<T>> for RateLimitedMint<T, Inner>
where
	T: Config,
	Inner: Mutate<AccountIdOf<T>, AssetId = AssetIdOf<T>, Balance = Balance>,
{
	/// Mints; USDai within the mint rate limit. The peg issues USDai by no other function.
	fn mint_into(
		asset: Self::AssetId,
		who: &AccountIdOf<T>,
		amount: Self::Balance,
	) -> Result<Self::Balance, DispatchError> {
		if asset == T::PegAsset::get() {
			Pallet::<T>::ensure_within_mint_limit(amount)?;
		}
		Inner::mint_into(asset, who, amount)
	}

	/// Burns; the supply of USDai is noted before. The peg takes USDai back by no other function.
	fn burn_from(
		asset: Self::AssetId,
		who: &AccountIdOf<T>,
		amount: Self::Balance,
		preservation: Preservation,
		precision: Precision,
		force: Fortitude,
	) -> Result<Self::Balance, DispatchError> {
		if asset == T::PegAsset::get() {
			Pallet::<T>::note_supply();
		}
		Inner::burn_from(asset, who, amount, preservation, precision, force)
	}

	fn shelve(
		asset: Self::AssetId,
		who: &AccountIdOf<T>,
		amount: Self::Balance,
	) -> Result<Self::Balance, DispatchError> {
		Inner::shelve(asset, who, amount)
	}

	fn restore(
		asset: Self::AssetId,
		who: &AccountIdOf<T>,
		amount: Self::Balance,
	) -> Result<Self::Balance, DispatchError> {
		if asset == T::PegAsset::get() {
			Pallet::<T>::ensure_within_mint_limit(amount)?;
		}
		Inner::restore(asset, who, amount)
	}

	/// Transfers; a stablecoin to the account of the peg and from it as far as the guard permits.
	/// The peg takes a stablecoin in by such a transfer, and only to issue USDai, and pays one out
	/// by such a transfer, and only to redeem USDai.
	fn transfer(
		asset: Self::AssetId,
		source: &AccountIdOf<T>,
		dest: &AccountIdOf<T>,
		amount: Self::Balance,
		preservation: Preservation,
	) -> Result<Self::Balance, DispatchError> {
		let peg = pallet_psm::Pallet::<T>::psm_account(&T::PegAsset::get());
		match (*source == peg, *dest == peg) {
			(false, true) => Pallet::<T>::ensure_may_come_in(&asset, amount)?,
			(true, false) => Pallet::<T>::ensure_may_leave(&asset)?,
			_ => {}
		}
		Inner::transfer(asset, source, dest, amount, preservation)
	}

	fn set_balance(
		asset: Self::AssetId,
		who: &AccountIdOf<T>,
		amount: Self::Balance,
	) -> Self::Balance {
		Inner::set_balance(asset, who, amount)
	}
}

impl<T, Inner> Create<AccountIdOf<T>> for RateLimitedMint<T, Inner>
where
	T: frame_system::Config,
	Inner: Create<AccountIdOf<T>>,
{
	fn create(
		id: Self::AssetId,
		admin: AccountIdOf<T>,
		is_sufficient: bool,
		min_balance: Self::Balance,
	) -> DispatchResult {
		Inner::create(id, admin, is_sufficient, min_balance)
	}
}

impl<T, Inner> metadata::Inspect<AccountIdOf<T>> for RateLimitedMint<T, Inner>
where
	T: frame_system::Config,
	Inner: metadata::Inspect<AccountIdOf<T>>,
{
	fn name(asset: Self::AssetId) -> Vec<u8> {
		Inner::name(asset)
	}

	fn symbol(asset: Self::AssetId) -> Vec<u8> {
		Inner::symbol(asset)
	}

	fn decimals(asset: Self::AssetId) -> u8 {
		Inner::decimals(asset)
	}
}

impl<T, Inner> roles::Inspect<AccountIdOf<T>> for RateLimitedMint<T, Inner>
where
	T: frame_system::Config,
	Inner: roles::Inspect<AccountIdOf<T>>,
{
	fn owner(asset: Self::AssetId) -> Option<AccountIdOf<T>> {
		Inner::owner(asset)
	}

	fn issuer(asset: Self::AssetId) -> Option<AccountIdOf<T>> {
		Inner::issuer(asset)
	}

	fn admin(asset: Self::AssetId) -> Option<AccountIdOf<T>> {
		Inner::admin(asset)
	}

	fn freezer(asset: Self::AssetId) -> Option<AccountIdOf<T>> {
		Inner::freezer(asset)
	}
}

/// The weights `Inner` of the peg, with the checks of [`RateLimitedMint`]. `Inner` is measured on
/// an instance other than that of USDai, which has no checks.
pub struct RateLimitedMintWeights<T, Inner>(PhantomData<(T, Inner)>);

impl<T: Config, Inner: pallet_psm::WeightInfo> pallet_psm::WeightInfo
	for RateLimitedMintWeights<T, Inner>
{
	fn mint(n: u32) -> Weight {
		let checks = <<T as Config>::WeightInfo as crate::WeightInfo>::issue();
		Inner::mint(n).saturating_add(checks)
	}

	fn redeem() -> Weight {
		let checks = <<T as Config>::WeightInfo as crate::WeightInfo>::redemption();
		Inner::redeem().saturating_add(checks)
	}

	fn set_minting_fee() -> Weight {
		Inner::set_minting_fee()
	}

	fn set_redemption_fee() -> Weight {
		Inner::set_redemption_fee()
	}

	fn set_max_debt() -> Weight {
		Inner::set_max_debt()
	}

	fn set_asset_status() -> Weight {
		Inner::set_asset_status()
	}

	fn set_asset_ceiling_weight() -> Weight {
		Inner::set_asset_ceiling_weight()
	}

	fn add_external_asset() -> Weight {
		Inner::add_external_asset()
	}

	fn remove_external_asset() -> Weight {
		Inner::remove_external_asset()
	}

	fn create_psm() -> Weight {
		Inner::create_psm()
	}

	fn remove_psm() -> Weight {
		Inner::remove_psm()
	}

	fn set_full_admin() -> Weight {
		Inner::set_full_admin()
	}

	fn set_emergency_admin() -> Weight {
		Inner::set_emergency_admin()
	}
}
