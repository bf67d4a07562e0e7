// SPDX-License-Identifier: Apache-2.0

//! Deposits: pricing and issue of shares, the deposit cap and the pause.

use crate::{types::Value, Config, DepositsPaused, Error, Event, Ledger, Pallet};
use caliber_math::{assets_for_shares, shares_for_assets, Rounding, LOCKED_FIRST_SHARES};
use caliber_primitives::Balance;
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungible::Mutate, tokens::Preservation, Get},
	},
	sp_runtime::{DispatchResult, FixedU128},
};

/// Amounts of a deposit.
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

	pub(crate) fn do_set_deposits_paused(paused: bool) {
		DepositsPaused::<T>::put(paused);
		Self::deposit_event(Event::DepositsPausedSet { paused });
	}

	/// Returns the purchase of an exact deposit.
	pub(crate) fn shares_for_deposit(value: &Value, assets: Balance) -> Result<Purchase, Error<T>> {
		if value.shares == 0 {
			let shares =
				assets.checked_sub(LOCKED_FIRST_SHARES).ok_or(Error::<T>::BelowMinimumDeposit)?;
			return Ok(Purchase { assets, shares, locked: LOCKED_FIRST_SHARES });
		}
		ensure!(value.bills_priced, Error::<T>::BillsUnpriced);
		ensure!(value.for_deposits > 0, Error::<T>::NothingBehindShares);
		let shares = shares_for_assets(assets, value.for_deposits, value.shares, Rounding::Down)?;
		Ok(Purchase { assets, shares, locked: 0 })
	}

	/// Returns the purchase of an exact number of shares.
	fn assets_for_mint(value: &Value, shares: Balance) -> Result<Purchase, Error<T>> {
		if value.shares == 0 {
			let assets = shares.checked_add(LOCKED_FIRST_SHARES).ok_or(Error::<T>::Overflow)?;
			return Ok(Purchase { assets, shares, locked: LOCKED_FIRST_SHARES });
		}
		ensure!(value.bills_priced, Error::<T>::BillsUnpriced);
		ensure!(value.for_deposits > 0, Error::<T>::NothingBehindShares);
		let assets = assets_for_shares(shares, value.for_deposits, value.shares, Rounding::Up)?;
		Ok(Purchase { assets, shares, locked: 0 })
	}

	/// Ensures that the vault does not exceed [`Config::DepositCap`] by a deposit of `assets`.
	fn ensure_below_cap(value: &Value, assets: Balance) -> Result<(), Error<T>> {
		let after = value.for_deposits.checked_add(assets).ok_or(Error::<T>::Overflow)?;
		ensure!(after <= T::DepositCap::get(), Error::<T>::AboveDepositCap);
		Ok(())
	}

	/// Issues the shares of a purchase and takes its USDai.
	pub(crate) fn issue(
		who: &T::AccountId,
		purchase: Purchase,
		price: FixedU128,
	) -> DispatchResult {
		let Purchase { assets, shares, locked } = purchase;
		Ledger::<T>::try_mutate(|ledger| {
			ledger.idle = ledger.idle.checked_add(assets).ok_or(Error::<T>::Overflow)?;
			Ok::<_, Error<T>>(())
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

	/// Deposits for a saver, whatever cap and pause say.
	#[cfg(feature = "runtime-benchmarks")]
	pub(crate) fn benchmark_deposit(amount: Balance) {
		use polkadot_sdk::frame_benchmarking::account;

		let saver: T::AccountId = account("saver", 0, 0);
		T::UsdAi::mint_into(&saver, amount).expect("USDai exists while benchmarks run");
		let value = Self::value().expect("the books are in order while benchmarks run");
		let purchase = Self::shares_for_deposit(&value, amount)
			.expect("the amount is worth more than the locked shares");
		Self::issue(&saver, purchase, value.deposit_price).expect("the saver has the amount");
	}
}
