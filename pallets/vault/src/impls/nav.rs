// SPDX-License-Identifier: Apache-2.0

//! What the shares are worth.

use crate::{types::Value, Config, Error, Ledger, Pallet, Yield};
use caliber_math::{assets_for_shares, price_wad, share_of, Rounding};
use caliber_primitives::{traits::TreasuryBills, vault::Nav, Balance};
use polkadot_sdk::{
	frame_support::{
		defensive,
		traits::{fungible::Inspect, Get},
	},
	sp_runtime::{DispatchError, FixedU128},
};

impl<T: Config> Pallet<T> {
	/// Assets, shares and prices.
	///
	/// What a settlement has set aside is in none of the sums, and the shares it pays for are
	/// burnt: serving requests changes no price.
	pub(crate) fn value() -> Result<Value, DispatchError> {
		let books = Ledger::<T>::get();
		let treasury_bills = T::Bills::value();
		let accrued_interest = Yield::<T>::get().accrued(Self::now()).map_err(Self::arithmetic)?;
		let accrued_fee = Self::fee_on(accrued_interest)?;
		let shares = T::Shares::total_issuance();

		let assets = books
			.idle
			.checked_add(treasury_bills)
			.and_then(|sum| sum.checked_add(books.principal_out))
			.ok_or(Error::<T>::Overflow)?;
		// A mark that is low because the price of the bills is old is for those who leave.
		let bills_for_deposits = T::Bills::value_for_deposits();
		let marked_off = bills_for_deposits
			.and_then(|bills| bills.checked_sub(treasury_bills))
			.unwrap_or_default();
		let for_deposits = assets
			.checked_add(marked_off)
			.and_then(|sum| sum.checked_add(accrued_interest.checked_sub(accrued_fee)?))
			.ok_or(Error::<T>::Overflow)?;
		let for_redemptions = Self::expected(assets.checked_sub(books.impairment))?;
		let price = |assets, rounding| {
			price_wad(assets, shares, rounding).map(FixedU128::from_inner).map_err(Self::arithmetic)
		};

		Ok(Value {
			books,
			treasury_bills,
			accrued_interest,
			accrued_fee,
			for_deposits,
			bills_priced: bills_for_deposits.is_some(),
			for_redemptions,
			shares,
			deposit_price: price(for_deposits, Rounding::Up)?,
			redemption_price: price(for_redemptions, Rounding::Down)?,
		})
	}

	/// The treasury's part of `interest`, rounded up.
	pub(crate) fn fee_on(interest: Balance) -> Result<Balance, DispatchError> {
		share_of(interest, T::YieldFee::get().deconstruct(), Rounding::Up).map_err(Self::arithmetic)
	}

	/// The answer to [`Pallet::nav`]: [`Self::value`], or the books without prices where these
	/// leave the range of numbers.
	pub(crate) fn nav_report() -> Nav {
		let value = Self::value().unwrap_or_else(|_| {
			defensive!("the net asset value is out of range");
			Value {
				books: Ledger::<T>::get(),
				treasury_bills: 0,
				accrued_interest: 0,
				accrued_fee: 0,
				for_deposits: 0,
				bills_priced: false,
				for_redemptions: 0,
				shares: T::Shares::total_issuance(),
				deposit_price: FixedU128::from_inner(0),
				redemption_price: FixedU128::from_inner(0),
			}
		});
		let apr = Self::apr_report(&value);
		let Value {
			books,
			treasury_bills,
			accrued_interest,
			accrued_fee,
			for_deposits,
			bills_priced: _,
			for_redemptions,
			shares,
			deposit_price,
			redemption_price,
		} = value;
		Nav {
			idle: books.idle,
			treasury_bills,
			principal_out: books.principal_out,
			accrued_interest,
			accrued_fee,
			impairment: books.impairment,
			bad_debt: books.bad_debt,
			reserved: books.reserved,
			claimable: books.claimable,
			for_deposits,
			for_redemptions,
			shares,
			deposit_price,
			redemption_price,
			apr,
		}
	}

	/// The answer to [`Pallet::preview_deposit`].
	pub(crate) fn deposit_quote(assets: Balance) -> Balance {
		Self::value()
			.and_then(|value| Self::shares_for_deposit(&value, assets))
			.map(|purchase| purchase.shares)
			.unwrap_or_default()
	}

	/// The answer to [`Pallet::preview_redeem`].
	pub(crate) fn redemption_quote(shares: Balance) -> Balance {
		Self::value()
			.and_then(|value| {
				assets_for_shares(shares, value.for_redemptions, value.shares, Rounding::Down)
					.map_err(Self::arithmetic)
			})
			.unwrap_or_default()
	}
}
