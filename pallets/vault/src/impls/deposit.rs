// SPDX-License-Identifier: Apache-2.0

//! Money in.

use crate::{types::Value, Config, DepositsPaused, Error, Event, Ledger, Pallet};
use caliber_math::{assets_for_shares, shares_for_assets, Rounding, LOCKED_FIRST_SHARES};
use caliber_primitives::Balance;
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungible::Mutate, tokens::Preservation, Get},
	},
	sp_runtime::{DispatchError, DispatchResult, FixedU128},
};

/// What a deposit pays and gets.
pub(crate) struct Purchase {
	/// USDai paid.
	pub assets: Balance,
	/// Shares issued to the saver.
	pub shares: Balance,
	/// Shares issued to the vault, for ever.
	pub locked: Balance,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_deposit(
		who: &T::AccountId,
		assets: Balance,
		min_shares: Balance,
	) -> DispatchResult {
		ensure!(!DepositsPaused::<T>::get(), Error::<T>::DepositsPaused);
		ensure!(assets >= T::MinDeposit::get(), Error::<T>::BelowMinimumDeposit);
		let value = Self::value()?;
		let purchase = Self::shares_for_deposit(&value, assets)?;
		ensure!(purchase.shares >= min_shares.max(1), Error::<T>::TooFewShares);
		Self::ensure_below_cap(&value, assets)?;
		Self::write_checkpoint(&value);
		Self::issue(who, purchase, value.deposit_price)
	}

	pub(crate) fn do_mint(
		who: &T::AccountId,
		shares: Balance,
		max_assets: Balance,
	) -> DispatchResult {
		ensure!(!DepositsPaused::<T>::get(), Error::<T>::DepositsPaused);
		let value = Self::value()?;
		let purchase = Self::assets_for_mint(&value, shares)?;
		ensure!(purchase.assets <= max_assets, Error::<T>::TooManyAssets);
		ensure!(purchase.assets >= T::MinDeposit::get(), Error::<T>::BelowMinimumDeposit);
		Self::ensure_below_cap(&value, purchase.assets)?;
		Self::write_checkpoint(&value);
		Self::issue(who, purchase, value.deposit_price)
	}

	/// The shares that an exact deposit buys.
	pub(crate) fn shares_for_deposit(
		value: &Value,
		assets: Balance,
	) -> Result<Purchase, DispatchError> {
		if value.shares == 0 {
			let shares =
				assets.checked_sub(LOCKED_FIRST_SHARES).ok_or(Error::<T>::BelowMinimumDeposit)?;
			return Ok(Purchase { assets, shares, locked: LOCKED_FIRST_SHARES });
		}
		ensure!(value.bills_priced, Error::<T>::BillsUnpriced);
		ensure!(value.for_deposits > 0, Error::<T>::NothingBehindShares);
		let shares = shares_for_assets(assets, value.for_deposits, value.shares, Rounding::Down)
			.map_err(Self::arithmetic)?;
		Ok(Purchase { assets, shares, locked: 0 })
	}

	/// What an exact number of shares costs.
	fn assets_for_mint(value: &Value, shares: Balance) -> Result<Purchase, DispatchError> {
		if value.shares == 0 {
			let assets = shares.checked_add(LOCKED_FIRST_SHARES).ok_or(Error::<T>::Overflow)?;
			return Ok(Purchase { assets, shares, locked: LOCKED_FIRST_SHARES });
		}
		ensure!(value.bills_priced, Error::<T>::BillsUnpriced);
		ensure!(value.for_deposits > 0, Error::<T>::NothingBehindShares);
		let assets = assets_for_shares(shares, value.for_deposits, value.shares, Rounding::Up)
			.map_err(Self::arithmetic)?;
		Ok(Purchase { assets, shares, locked: 0 })
	}

	fn ensure_below_cap(value: &Value, assets: Balance) -> DispatchResult {
		let after = value.for_deposits.checked_add(assets).ok_or(Error::<T>::Overflow)?;
		ensure!(after <= T::DepositCap::get(), Error::<T>::AboveDepositCap);
		Ok(())
	}

	/// Issue the shares of a purchase and take its USDai.
	pub(crate) fn issue(
		who: &T::AccountId,
		purchase: Purchase,
		price: FixedU128,
	) -> DispatchResult {
		let Purchase { assets, shares, locked } = purchase;
		Ledger::<T>::try_mutate(|ledger| {
			ledger.idle = ledger.idle.checked_add(assets).ok_or(Error::<T>::Overflow)?;
			DispatchResult::Ok(())
		})?;
		let vault = Self::account_id();
		T::UsdAi::transfer(who, &vault, assets, Preservation::Expendable)?;
		if locked > 0 {
			T::Shares::mint_into(&vault, locked)?;
			Self::deposit_event(Event::FirstSharesLocked { shares: locked });
		}
		T::Shares::mint_into(who, shares)?;
		Self::deposit_event(Event::Deposited { who: who.clone(), assets, shares, price });
		Ok(())
	}
}
