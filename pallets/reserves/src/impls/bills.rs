// SPDX-License-Identifier: Apache-2.0

//! The Treasury bills: the token, its quote at the oracle, the value of the bills held, their
//! report.

use super::{bills_op::BillsOp, FungiblesOf};
use crate::{
	types::{BillRecord, TreasuryBill},
	AssetIdOf, BillPriceCheckpoints, BillPriceDays, BillYields, Bills, Config, Error, Ledger,
	Pallet, BILL_PRICE_CHECKPOINTS, MAX_HAIRCUT,
};
use caliber_math::{mul_div, Rounding};
use caliber_primitives::{
	reserves::BillsReport,
	traits::{IdleFunds, PriceSource, TreasuryBills},
	Balance, PricedAssetId, Seconds,
};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{
			fungibles::{metadata::Inspect as _, Inspect as _},
			Get,
		},
	},
	sp_runtime::{DispatchResult, FixedU128, PerThing, Perbill},
};

/// Price of the bills at the oracle.
#[derive(Clone, Copy)]
pub(crate) struct Quote {
	/// Last accepted price of one whole bill, USD with 18 decimals; not zero.
	pub price: Balance,
	/// Time of the price, unix seconds.
	pub as_of: Seconds,
	/// True if the price is too old to trade by.
	pub stale: bool,
}

impl<T: Config> TreasuryBills for Pallet<T> {
	/// Returns zero while the bills never had a price. Returns zero, and logs, if the value
	/// overflows: [`Self::value_for_deposits`] then stops deposits, so that nobody buys shares at
	/// that value, and redemptions go on.
	fn value() -> Balance {
		let stale_haircut = T::Values::get().stale_bill_haircut;
		match Self::value_by(|bill, quote| Self::kept_share(bill, quote, stale_haircut)) {
			Ok(value) => value.unwrap_or(0),
			Err(error) => {
				log::error!(target: "caliber::reserves", "cannot value the bills: {error:?}");
				0
			}
		}
	}

	/// Leaves out both haircuts: a buyer of shares gains neither by the next price nor by the sale
	/// of bills, which brings about what the oracle says. It is never less than the value with them.
	fn value_for_deposits() -> Option<Balance> {
		Self::value_by(|_, _| Perbill::one()).ok().flatten()
	}

	fn priced_since(time: Seconds) -> bool {
		if Self::held_balance() == 0 {
			return true;
		}
		let quote = Bills::<T>::get().and_then(|bill| Self::quote(bill.priced_asset));
		quote.is_some_and(|quote| quote.as_of >= time)
	}

	fn is_fresh() -> bool {
		let quote = || Self::quote(Bills::<T>::get()?.priced_asset);
		Self::held_balance() == 0 || quote().is_some_and(|quote| !quote.stale)
	}

	fn yield_due() -> Balance {
		BillYields::<T>::get().due
	}

	fn settle_yield() {
		BillYields::<T>::mutate(|yields| yields.due = 0);
	}

	fn annual_yield() -> Option<FixedU128> {
		Self::yield_of_prices()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_bills(amount: Balance) {
		crate::benchmarking::holding::<T>(amount).expect("the helper has made a token; qed");
		crate::benchmarking::kept_prices::<T>();
	}
}

impl<T: Config> Pallet<T> {
	/// Sets the Treasury bills, or removes them.
	pub(crate) fn do_set_treasury_bill(bill: Option<TreasuryBill<AssetIdOf<T>>>) -> DispatchResult {
		if let Some(bill) = &bill {
			ensure!(bill.haircut <= MAX_HAIRCUT, Error::<T>::HaircutTooHigh);
			ensure!(FungiblesOf::<T>::asset_exists(bill.asset.clone()), Error::<T>::UnknownAsset);
		}
		let bills_op = BillsOp::<T>::load();
		let old_priced_asset = bills_op.bill().ok().map(|bill| bill.priced_asset);
		let priced_asset = bill.as_ref().map(|bill| bill.priced_asset);
		// Another price would change the value of the bills held in one step.
		ensure!(priced_asset == old_priced_asset || bills_op.held() == 0, Error::<T>::BillsHeld);
		let bills_op = bills_op.set_bill(bill)?;
		if priced_asset != old_priced_asset {
			// The limit covers all of them: there is one for each place of the ring.
			let _ = BillPriceCheckpoints::<T>::clear(BILL_PRICE_CHECKPOINTS, None);
			BillPriceDays::<T>::kill();
			Self::reset_highest(priced_asset);
		}
		bills_op.commit();
		Ok(())
	}

	/// Returns the fresh price of the bills, else the last one; `None` if there never was one.
	pub(crate) fn quote(priced_asset: PricedAssetId) -> Option<Quote> {
		let quote = |stale| move |(price, as_of)| Quote { price, as_of, stale };
		let fresh = T::Prices::price(priced_asset).ok().map(quote(false));
		fresh
			.or_else(|| T::Prices::last_known(priced_asset).map(quote(true)))
			.filter(|quote| quote.price > 0)
	}

	/// Returns one whole bill in the token's smallest unit.
	pub(crate) fn unit(asset: &AssetIdOf<T>) -> Result<Balance, Error<T>> {
		let decimals = FungiblesOf::<T>::decimals(asset.clone());
		10u128.checked_pow(decimals.into()).ok_or(Error::Overflow)
	}

	/// Returns the minimum balance of the token, in its smallest unit.
	pub(crate) fn least_balance(asset: &AssetIdOf<T>) -> Balance {
		FungiblesOf::<T>::minimum_balance(asset.clone())
	}

	/// Returns the bills of the record that are in the account: all of them, unless the issuer of
	/// the token took some.
	pub(crate) fn held_balance() -> Balance {
		match Ledger::<T>::get().held {
			0 => 0,
			held => Self::present(held, Bills::<T>::get().as_ref()),
		}
	}

	/// Returns the part of `held` bills that is in the account. Without a token no bill is held.
	pub(crate) fn present(held: Balance, bill: Option<&BillRecord<AssetIdOf<T>>>) -> Balance {
		match bill {
			Some(bill) if held > 0 => {
				held.min(FungiblesOf::<T>::balance(bill.asset.clone(), &Self::account_id()))
			}
			_ => 0,
		}
	}

	/// Returns the part of the oracle's price at which bills are marked: `1 − haircut`, by the haircut
	/// as it stands now. Without a fresh price it is multiplied by `1 − stale_haircut`, and rounded
	/// down to parts per billion.
	pub(crate) fn kept_share(
		bill: &BillRecord<AssetIdOf<T>>,
		quote: &Quote,
		stale_haircut: Perbill,
	) -> Perbill {
		let stale = if quote.stale { stale_haircut } else { Perbill::zero() };
		// The product of two `Perbill`s is rounded down.
		bill.haircut.at(Self::now()).left_from_one() * stale.left_from_one()
	}

	/// Returns the worth of the bills held at the share of their price that `share_of` says. Returns
	/// `None` if the bills never had a price.
	fn value_by(
		share_of: impl FnOnce(&BillRecord<AssetIdOf<T>>, &Quote) -> Perbill,
	) -> Result<Option<Balance>, Error<T>> {
		let held = Self::held_balance();
		if held == 0 {
			return Ok(Some(0));
		}
		let Some(bill) = Bills::<T>::get() else { return Ok(None) };
		let Some(quote) = Self::quote(bill.priced_asset) else { return Ok(None) };
		let share = share_of(&bill, &quote);
		Self::worth(&bill, held, &quote, share).map(Some)
	}

	/// Returns `floor(held · price · share)` in USDai.
	pub(crate) fn worth(
		bill: &BillRecord<AssetIdOf<T>>,
		held: Balance,
		quote: &Quote,
		share: Perbill,
	) -> Result<Balance, Error<T>> {
		let price = quote.price.checked_mul(share.deconstruct().into()).ok_or(Error::Overflow)?;
		let unit = Self::unit(&bill.asset)?
			.checked_mul(Perbill::ACCURACY.into())
			.ok_or(Error::Overflow)?;
		Ok(mul_div(held, price, unit, Rounding::Down)?)
	}

	/// Returns the answer to [`Pallet::bills`].
	pub(crate) fn bills_report() -> Option<BillsReport> {
		let bill = Bills::<T>::get()?;
		let values = T::Values::get();
		let quote = Self::quote(bill.priced_asset);
		let idle = T::Vault::idle();
		// A report, not a payment: a target that cannot be computed is shown as the largest amount.
		let target = Self::demand(&values).map_or(Balance::MAX, |demand| demand.target);
		Some(BillsReport {
			priced_asset: bill.priced_asset,
			symbol: FungiblesOf::<T>::symbol(bill.asset.clone()),
			decimals: FungiblesOf::<T>::decimals(bill.asset.clone()),
			held: Self::held_balance(),
			value: <Self as TreasuryBills>::value(),
			price: quote.map(|quote| quote.price),
			price_at: quote.map(|quote| quote.as_of),
			stale: quote.is_none_or(|quote| quote.stale),
			annual_yield: <Self as TreasuryBills>::annual_yield(),
			idle,
			target,
			// Saturating: at most one of the two is more than zero.
			spare: idle.saturating_sub(target),
			missing: target.saturating_sub(idle),
			long_idle: T::Vault::long_idle(values.idle_period),
		})
	}
}
