// SPDX-License-Identifier: Apache-2.0

//! Value of the shares.

use crate::{types::Value, Config, Error, Ledger, Pallet};
use caliber_math::{assets_for_shares, net_of_fee, price_wad, Holdings, Rounding};
use caliber_primitives::{
	governance::values::VaultValues,
	traits::TreasuryBills,
	vault::{Nav, PreviewError},
	Balance, ShareOf,
};
use polkadot_sdk::{
	frame_support::{defensive, ensure, traits::Get},
	sp_runtime::FixedU128,
};

impl<T: Config> Pallet<T> {
	/// Returns assets, shares and prices.
	///
	/// USDai that a settlement has set aside is in none of the sums, and the shares it pays for are
	/// burnt: serving requests changes no price.
	pub(crate) fn value() -> Result<Value, Error<T>> {
		Self::value_by(&T::Values::get())
	}

	/// Returns assets, shares and prices by governed values that the caller has read.
	pub(crate) fn value_by(values: &VaultValues) -> Result<Value, Error<T>> {
		let ledger = Ledger::<T>::get();
		let treasury_bills = T::Bills::value();
		let bills_for_deposits = T::Bills::value_for_deposits();
		let bills_for_deposits_only = match bills_for_deposits {
			// Not less than the marked value, by the contract of the trait.
			Some(bills) => bills.checked_sub(treasury_bills).ok_or_else(Self::unexpected)?,
			// No shares are sold then: `bills_priced` is false.
			None => 0,
		};
		let (now, fee) = (Self::now(), values.yield_fee);
		let accrued = ledger.accrual.at(now)?;
		let earned = accrued.max(0).unsigned_abs();
		let shares = ledger.shares;
		let holdings = Holdings {
			idle: ledger.idle,
			bills: treasury_bills,
			bills_for_deposits_only,
			principal_out: ledger.principal_out,
			fees_due: fee.share_of(T::Bills::yield_due(), Rounding::Up),
			locked: ledger.locked.at(now)?,
			accrued,
			suspended: ledger.suspended,
			provisions: ledger.impairment,
			fee: fee.deconstruct(),
		};
		let (for_deposits, for_redemptions) =
			(holdings.for_deposits()?, holdings.for_redemptions()?);
		let price = |assets, rounding| {
			price_wad(assets, shares, rounding).map(FixedU128::from_inner).map_err(Error::<T>::from)
		};

		Ok(Value {
			ledger,
			treasury_bills,
			accrued_interest: earned,
			accrued_fee: fee.share_of(earned, Rounding::Up),
			accrued_net: net_of_fee(accrued, holdings.fee)?,
			locked: holdings.locked,
			bill_fee: holdings.fees_due,
			for_deposits,
			bills_priced: bills_for_deposits.is_some(),
			for_redemptions,
			shares,
			deposit_price: price(for_deposits, Rounding::Up)?,
			redemption_price: price(for_redemptions, Rounding::Down)?,
		})
	}

	/// Returns the answer to [`Pallet::nav`]: [`Self::value`], or the ledger without prices if
	/// these overflow.
	pub(crate) fn nav_report() -> Nav {
		let values = T::Values::get();
		let value = Self::value_by(&values).unwrap_or_else(|_| {
			defensive!("the net asset value is out of range");
			Value {
				ledger: Ledger::<T>::get(),
				treasury_bills: 0,
				accrued_interest: 0,
				accrued_fee: 0,
				accrued_net: 0,
				locked: 0,
				bill_fee: 0,
				for_deposits: 0,
				bills_priced: false,
				for_redemptions: 0,
				shares: Ledger::<T>::get().shares,
				deposit_price: FixedU128::from_inner(0),
				redemption_price: FixedU128::from_inner(0),
			}
		});
		let apr = Self::apr_report(&values, &value);
		let Value {
			ledger,
			treasury_bills,
			accrued_interest,
			accrued_fee,
			accrued_net,
			locked,
			bill_fee,
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
			accrued_net,
			suspended: ledger.suspended,
			locked,
			locked_until: ledger.locked.until,
			bill_fee,
			impairment: ledger.impairment,
			bad_debt: ledger.bad_debt,
			reserved: ledger.reserved,
			claimable: ledger.claimable,
			for_deposits,
			for_redemptions,
			shares,
			deposit_price,
			redemption_price,
			income: Self::income_by_source(),
			apr,
		}
	}

	/// Returns the answer to [`Pallet::preview_redeem`]. No money moves by it.
	pub(crate) fn redemption_quote(shares: Balance) -> Result<Balance, PreviewError> {
		let value = Self::value().map_err(|_| PreviewError::Overflow)?;
		ensure!(value.shares == 0 || value.for_redemptions > 0, PreviewError::NoPrice);
		assets_for_shares(shares, value.for_redemptions, value.shares, Rounding::Down)
			.map_err(|_| PreviewError::Overflow)
	}
}
