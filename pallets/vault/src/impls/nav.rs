// SPDX-License-Identifier: Apache-2.0

//! Value of the shares.

use crate::{types::Value, Config, Error, Ledger, Pallet, TotalAccrual};
use caliber_math::{assets_for_shares, price_wad, Rounding};
use caliber_primitives::{traits::TreasuryBills, vault::Nav, Balance, ShareOf};
use polkadot_sdk::{
	frame_support::{
		defensive,
		traits::{fungible::Inspect, Get},
	},
	sp_runtime::FixedU128,
};

impl<T: Config> Pallet<T> {
	/// Returns assets, shares and prices.
	///
	/// USDai that a settlement has set aside is in none of the sums, and the shares it pays for are
	/// burnt: serving requests changes no price.
	pub(crate) fn value() -> Result<Value, Error<T>> {
		let ledger = Ledger::<T>::get();
		let treasury_bills = T::Bills::value();
		let accrued_interest = TotalAccrual::<T>::get().accrued(Self::now())?;
		let accrued_fee = Self::fee_on(accrued_interest);
		let shares = T::Shares::total_issuance();

		let assets = ledger
			.idle
			.checked_add(treasury_bills)
			.and_then(|sum| sum.checked_add(ledger.principal_out))
			.ok_or(Error::<T>::Overflow)?;
		// The stale-price haircut applies to the redemption NAV only.
		let bills_for_deposits = T::Bills::value_for_deposits();
		let stale_haircut = match bills_for_deposits {
			// Not less than the marked value, by the contract of the trait.
			Some(bills) => bills.checked_sub(treasury_bills).ok_or_else(Self::unexpected)?,
			// No shares are sold then: `bills_priced` is false.
			None => 0,
		};
		let for_deposits = assets
			.checked_add(stale_haircut)
			.and_then(|sum| sum.checked_add(accrued_interest.checked_sub(accrued_fee)?))
			.ok_or(Error::<T>::Overflow)?;
		let for_redemptions = assets.checked_sub(ledger.impairment).ok_or_else(Self::unexpected)?;
		let price = |assets, rounding| {
			price_wad(assets, shares, rounding).map(FixedU128::from_inner).map_err(Error::<T>::from)
		};

		Ok(Value {
			ledger,
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

	/// Returns the treasury's part of `interest`, rounded up.
	pub(crate) fn fee_on(interest: Balance) -> Balance {
		T::YieldFee::get().share_of(interest, Rounding::Up)
	}

	/// Returns the answer to [`Pallet::nav`]: [`Self::value`], or the ledger without prices if
	/// these overflow.
	pub(crate) fn nav_report() -> Nav {
		let value = Self::value().unwrap_or_else(|_| {
			defensive!("the net asset value is out of range");
			Value {
				ledger: Ledger::<T>::get(),
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
			ledger,
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
			idle: ledger.idle,
			treasury_bills,
			principal_out: ledger.principal_out,
			accrued_interest,
			accrued_fee,
			impairment: ledger.impairment,
			bad_debt: ledger.bad_debt,
			reserved: ledger.reserved,
			claimable: ledger.claimable,
			for_deposits,
			for_redemptions,
			shares,
			deposit_price,
			redemption_price,
			apr,
		}
	}

	/// Returns the answer to [`Pallet::preview_deposit`]: zero while there is no price. No money
	/// moves by it.
	pub(crate) fn deposit_quote(assets: Balance) -> Balance {
		Self::value()
			.and_then(|value| Self::shares_for_deposit(&value, assets))
			.map(|purchase| purchase.shares)
			.unwrap_or_default()
	}

	/// Returns the answer to [`Pallet::preview_redeem`]: zero if the value overflows. No money
	/// moves by it.
	pub(crate) fn redemption_quote(shares: Balance) -> Balance {
		Self::value()
			.and_then(|value| {
				assets_for_shares(shares, value.for_redemptions, value.shares, Rounding::Down)
					.map_err(Error::<T>::from)
			})
			.unwrap_or_default()
	}
}
