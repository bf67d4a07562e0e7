// SPDX-License-Identifier: Apache-2.0

//! Value of the shares.

use crate::{types::Value, Config, Error, Ledger, Pallet};
use caliber_math::{assets_for_shares, price_wad, Rounding};
use caliber_primitives::{
	governance::values::VaultValues,
	traits::{AccrualSum, TreasuryBills},
	vault::{Nav, PreviewError},
	Balance, Seconds, ShareOf,
};
use polkadot_sdk::{
	frame_support::{
		defensive, ensure,
		traits::{fungible::Inspect, Get},
	},
	sp_runtime::{FixedU128, PerThing, Perbill},
};

/// Senior interest that is earned and not received.
struct Accrued {
	/// Interest before the fee. Zero where more was paid ahead.
	interest: Balance,
	/// Fee of the treasury in it, rounded up.
	fee: Balance,
	/// Interest net of the fee, rounded down; negative where more was paid ahead.
	net: i128,
}

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
		let accrued = Self::accrued(&ledger.accrual, Self::now(), values.yield_fee)?;
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
			.and_then(|sum| sum.checked_add(accrued.interest.checked_sub(accrued.fee)?))
			.ok_or(Error::<T>::Overflow)?;
		let for_redemptions = assets.checked_sub(ledger.impairment).ok_or_else(Self::unexpected)?;
		let price = |assets, rounding| {
			price_wad(assets, shares, rounding).map(FixedU128::from_inner).map_err(Error::<T>::from)
		};

		Ok(Value {
			ledger,
			treasury_bills,
			accrued_interest: accrued.interest,
			accrued_fee: accrued.fee,
			accrued_net: accrued.net,
			for_deposits,
			bills_priced: bills_for_deposits.is_some(),
			for_redemptions,
			shares,
			deposit_price: price(for_deposits, Rounding::Up)?,
			redemption_price: price(for_redemptions, Rounding::Down)?,
		})
	}

	/// Returns the interest earned and not received at `now`.
	///
	/// A loan whose `since` lies ahead of `now` has paid for time that is still to come: it counts
	/// against what the others have earned. Where that leaves less than nothing, the interest is
	/// zero, so that a deposit never pays less than the redemption price.
	fn accrued(
		accrual: &AccrualSum,
		now: Seconds,
		yield_fee: Perbill,
	) -> Result<Accrued, Error<T>> {
		let earned = accrual.per_second.checked_mul(now.into()).ok_or(Error::<T>::Overflow)?;
		let signed = |amount| i128::try_from(amount).map_err(|_| Error::<T>::Overflow);
		Ok(match earned.checked_sub(accrual.offset) {
			Some(interest) => {
				let fee = yield_fee.share_of(interest, Rounding::Up);
				let net = interest.checked_sub(fee).ok_or_else(Self::unexpected)?;
				Accrued { interest, fee, net: signed(net)? }
			}
			None => {
				let ahead = accrual.offset.checked_sub(earned).ok_or_else(Self::unexpected)?;
				let kept = yield_fee.left_from_one().share_of(ahead, Rounding::Up);
				let net = signed(kept)?.checked_neg().ok_or_else(Self::unexpected)?;
				Accrued { interest: 0, fee: 0, net }
			}
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
				for_deposits: 0,
				bills_priced: false,
				for_redemptions: 0,
				shares: T::Shares::total_issuance(),
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
			accrued_net: _,
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

	/// Returns the answer to [`Pallet::preview_redeem`]. No money moves by it.
	pub(crate) fn redemption_quote(shares: Balance) -> Result<Balance, PreviewError> {
		let value = Self::value().map_err(|_| PreviewError::Overflow)?;
		ensure!(value.shares == 0 || value.for_redemptions > 0, PreviewError::NoPrice);
		assets_for_shares(shares, value.for_redemptions, value.shares, Rounding::Down)
			.map_err(|_| PreviewError::Overflow)
	}
}
