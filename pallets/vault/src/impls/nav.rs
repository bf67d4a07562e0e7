// SPDX-License-Identifier: Apache-2.0

//! What the shares are worth.

use crate::{Config, Error, Ledger, Pallet, Yield};
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
	pub(crate) fn value() -> Result<Nav, DispatchError> {
		let ledger = Ledger::<T>::get();
		let treasury_bills = T::Bills::value();
		let accrued_interest = Yield::<T>::get().accrued(Self::now()).map_err(Self::arithmetic)?;
		let accrued_fee = Self::fee_on(accrued_interest)?;
		let shares = T::Shares::total_issuance();

		let assets = ledger
			.idle
			.checked_add(treasury_bills)
			.and_then(|sum| sum.checked_add(ledger.principal_out))
			.ok_or(Error::<T>::Overflow)?;
		let for_deposits = assets
			.checked_add(Self::expected(accrued_interest.checked_sub(accrued_fee))?)
			.ok_or(Error::<T>::Overflow)?;
		let for_redemptions = Self::expected(assets.checked_sub(ledger.impairment))?;
		let price = |assets, rounding| {
			price_wad(assets, shares, rounding).map(FixedU128::from_inner).map_err(Self::arithmetic)
		};

		Ok(Nav {
			idle: ledger.idle,
			treasury_bills,
			principal_out: ledger.principal_out,
			accrued_interest,
			accrued_fee,
			impairment: ledger.impairment,
			claimable: ledger.claimable,
			for_deposits,
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
	pub(crate) fn nav_or_nothing() -> Nav {
		Self::value().unwrap_or_else(|_| {
			defensive!("the net asset value is out of range");
			let ledger = Ledger::<T>::get();
			Nav {
				idle: ledger.idle,
				treasury_bills: 0,
				principal_out: ledger.principal_out,
				accrued_interest: 0,
				accrued_fee: 0,
				impairment: ledger.impairment,
				claimable: ledger.claimable,
				for_deposits: 0,
				for_redemptions: 0,
				shares: T::Shares::total_issuance(),
				deposit_price: FixedU128::from_inner(0),
				redemption_price: FixedU128::from_inner(0),
			}
		})
	}

	/// The answer to [`Pallet::preview_deposit`].
	pub(crate) fn deposit_quote(assets: Balance) -> Balance {
		Self::value()
			.and_then(|nav| Self::shares_for_deposit(&nav, assets))
			.map(|purchase| purchase.shares)
			.unwrap_or_default()
	}

	/// The answer to [`Pallet::preview_redeem`].
	pub(crate) fn redemption_quote(shares: Balance) -> Balance {
		Self::value()
			.and_then(|nav| {
				assets_for_shares(shares, nav.for_redemptions, nav.shares, Rounding::Down)
					.map_err(Self::arithmetic)
			})
			.unwrap_or_default()
	}
}
