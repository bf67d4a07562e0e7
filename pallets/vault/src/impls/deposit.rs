// SPDX-License-Identifier: Apache-2.0

//! Deposits: pricing and issue of shares, the deposit cap and the pause.

use crate::{types::Value, Config, DepositsPaused, Error, Event, Ledger, Pallet};
use caliber_math::{assets_for_shares, shares_for_assets, Rounding, LOCKED_FIRST_SHARES};
use caliber_primitives::{
	governance::{values::VaultValues, Authority},
	traits::TreasuryBills,
	vault::PreviewError,
	Balance, ShareOf,
};
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
	/// Deposits. `accepted` are the provisions that the saver accepts; none to accept those that
	/// are governed.
	pub(crate) fn do_deposit(
		who: &T::AccountId,
		assets: Balance,
		min_shares: Balance,
		accepted: Option<Balance>,
	) -> DispatchResult {
		Self::ensure_deposits_open()?;
		ensure!(assets >= T::MinDeposit::get(), Error::<T>::BelowMinimumDeposit);
		let values = T::Values::get();
		let value = Self::value_by(&values)?;
		Self::ensure_sound(&values, &value, accepted)?;
		let purchase = Self::shares_for_deposit(&value, assets)?;
		ensure!(purchase.shares >= min_shares.max(1), Error::<T>::TooFewShares);
		Self::ensure_below_cap(&values, &value, assets)?;
		Self::write_day(&value);
		Self::issue(who, purchase, value.deposit_price)
	}

	pub(crate) fn do_mint(
		who: &T::AccountId,
		shares: Balance,
		max_assets: Balance,
	) -> DispatchResult {
		Self::ensure_deposits_open()?;
		let values = T::Values::get();
		let value = Self::value_by(&values)?;
		Self::ensure_sound(&values, &value, None)?;
		let purchase = Self::assets_for_mint(&value, shares)?;
		ensure!(purchase.assets <= max_assets, Error::<T>::TooManyAssets);
		ensure!(purchase.assets >= T::MinDeposit::get(), Error::<T>::BelowMinimumDeposit);
		Self::ensure_below_cap(&values, &value, purchase.assets)?;
		Self::write_day(&value);
		Self::issue(who, purchase, value.deposit_price)
	}

	pub(crate) fn do_set_deposits_paused(authority: Authority, paused: bool) -> DispatchResult {
		let mut pause = DepositsPaused::<T>::get();
		let until = pause
			.stop_or_resume(authority, paused, Self::now(), &T::BrakeTerms::get())
			.map_err(Error::<T>::from)?;
		DepositsPaused::<T>::put(pause);
		Self::deposit_event(Event::DepositsPausedSet { paused, until });
		Ok(())
	}

	/// Ensures that deposits are not paused.
	fn ensure_deposits_open() -> Result<(), Error<T>> {
		ensure!(!DepositsPaused::<T>::get().at(Self::now()), Error::<T>::DepositsPaused);
		Ok(())
	}

	/// Returns the answer to [`Pallet::preview_deposit`]. No money moves by it.
	pub(crate) fn deposit_quote(assets: Balance) -> Result<Balance, PreviewError> {
		let quote = || {
			Self::ensure_deposits_open()?;
			let values = T::Values::get();
			let value = Self::value_by(&values)?;
			Self::ensure_sound(&values, &value, None)?;
			let purchase = Self::shares_for_deposit(&value, assets)?;
			Self::ensure_below_cap(&values, &value, assets)?;
			Ok(purchase.shares)
		};
		quote().or_else(|error| match error {
			Error::DepositsPaused | Error::AboveDepositCap | Error::Impaired => {
				Err(PreviewError::Closed)
			}
			Error::BillsUnpriced | Error::BillsStale | Error::NothingBehindShares => {
				Err(PreviewError::NoPrice)
			}
			// The first deposit does not reach beyond the shares that it locks.
			Error::BelowMinimumDeposit => Ok(0),
			_ => Err(PreviewError::Overflow),
		})
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

	/// Ensures that the price of the bills is fresh and that the provisions, which the deposit price
	/// does not know, are not more than the saver accepts: `accepted`, or the governed share of the
	/// net asset value.
	fn ensure_sound(
		values: &VaultValues,
		value: &Value,
		accepted: Option<Balance>,
	) -> Result<(), Error<T>> {
		ensure!(!value.bills_priced || T::Bills::is_fresh(), Error::<T>::BillsStale);
		let accepted = accepted
			.unwrap_or_else(|| values.max_provisions.share_of(value.for_deposits, Rounding::Down));
		ensure!(value.ledger.impairment <= accepted, Error::<T>::Impaired);
		Ok(())
	}

	/// Ensures that the vault does not exceed its deposit cap by a deposit of `assets`.
	fn ensure_below_cap(
		values: &VaultValues,
		value: &Value,
		assets: Balance,
	) -> Result<(), Error<T>> {
		let after = value.for_deposits.checked_add(assets).ok_or(Error::<T>::Overflow)?;
		ensure!(after <= values.deposit_cap, Error::<T>::AboveDepositCap);
		Ok(())
	}

	/// Issues the shares of a purchase and takes its USDai.
	pub(crate) fn issue(
		who: &T::AccountId,
		purchase: Purchase,
		price: FixedU128,
	) -> DispatchResult {
		let Purchase { assets, shares, locked } = purchase;
		let mut ledger = Ledger::<T>::get();
		ledger.idle = ledger.idle.checked_add(assets).ok_or(Error::<T>::Overflow)?;
		ledger.shares = ledger
			.shares
			.checked_add(shares)
			.and_then(|sum| sum.checked_add(locked))
			.ok_or(Error::<T>::Overflow)?;
		Self::put_ledger(ledger);
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
