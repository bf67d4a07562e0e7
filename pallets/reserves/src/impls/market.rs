// SPDX-License-Identifier: Apache-2.0

//! The pool of USDai and the bills: quotes within the band around the oracle's price.

use super::bills_op::Trade;
use crate::{
	pallet_asset_conversion::QuotePrice, types::BillRecord, AssetIdOf, BillTrading, Config, Error,
	Pallet, MAX_QUOTES,
};
use caliber_math::{mul_div, Rounding};
use caliber_primitives::{governance::values::ReserveValues, Balance, ShareOf};
use polkadot_sdk::frame_support::{ensure, traits::Get};

/// Accuracy of [`best_quote`]: the amount found is less than the largest by this fraction of it.
const PRECISION: Balance = 4_096;

/// The pool of USDai and the bills, and the prices between which bills are traded.
pub(crate) struct Market<T: Config> {
	/// Token of the bills.
	pub bill: AssetIdOf<T>,
	/// USDai.
	pub usdai: AssetIdOf<T>,
	/// One whole bill in the token's smallest unit.
	unit: Balance,
	/// The oracle's price of one whole bill.
	oracle_price: Balance,
	/// Lowest price at which a bill is sold.
	min_price: Balance,
	/// Highest price at which a bill is bought.
	max_price: Balance,
}

impl<T: Config> Market<T> {
	/// Opens the market: trading is not stopped, there is a fresh price, and the spot price of the
	/// pool lies in the band. Every trade passes here.
	pub fn open(bill: &BillRecord<AssetIdOf<T>>, values: &ReserveValues) -> Result<Self, Error<T>> {
		ensure!(!BillTrading::<T>::get().at(Pallet::<T>::now()), Error::TradingStopped);
		let oracle_price = Pallet::<T>::quote(bill.priced_asset)
			.filter(|quote| !quote.stale)
			.map(|quote| quote.price)
			.ok_or(Error::PriceStale)?;
		let unit = Pallet::<T>::unit(&bill.asset)?;
		// Rounded down, so that both edges lie inside the band. Never more than the price.
		let width = values.price_band.share_of(oracle_price, Rounding::Down);
		let min_price = oracle_price.saturating_sub(width);
		let max_price = oracle_price.checked_add(width).ok_or(Error::Overflow)?;

		let spot = Pallet::<T>::pool_price(&bill.asset, unit).ok_or(Error::NoPool)?;
		ensure!(min_price <= spot && spot <= max_price, Error::OutsideBand);
		let bill = bill.asset.clone();
		Ok(Self { bill, usdai: T::PegAsset::get(), unit, oracle_price, min_price, max_price })
	}

	/// Returns the bills that exactly `usdai` buys; `None` if the price is above the band or
	/// overflows.
	pub fn bills_for(&self, usdai: Balance) -> Option<Balance> {
		let (from, to) = (self.usdai.clone(), self.bill.clone());
		let bills = T::Pools::quote_price_exact_tokens_for_tokens(from, to, usdai, true)?;
		let most = mul_div(bills, self.max_price, self.unit, Rounding::Down).ok()?;
		(usdai <= most).then_some(bills)
	}

	/// Returns the USDai that exactly `bills` bring; `None` if the price is below the band.
	pub fn usdai_for(&self, bills: Balance) -> Option<Balance> {
		let (from, to) = (self.bill.clone(), self.usdai.clone());
		let usdai = T::Pools::quote_price_exact_tokens_for_tokens(from, to, bills, true)?;
		self.sells_within(bills, usdai).then_some(usdai)
	}

	/// Returns the bills that bring exactly `usdai`; `None` if the price is below the band.
	pub fn cost_of(&self, usdai: Balance) -> Option<Balance> {
		let (from, to) = (self.bill.clone(), self.usdai.clone());
		let bills = T::Pools::quote_price_tokens_for_exact_tokens(from, to, usdai, true)?;
		self.sells_within(bills, usdai).then_some(bills)
	}

	/// Returns true if `bills` for `usdai` is no sale below the band. An overflow is outside it.
	fn sells_within(&self, bills: Balance, usdai: Balance) -> bool {
		mul_div(bills, self.min_price, self.unit, Rounding::Up).is_ok_and(|least| usdai >= least)
	}

	/// Returns the trade of `bills` for `usdai`, its price rounded as `rounding` says.
	pub fn trade(
		&self,
		bills: Balance,
		usdai: Balance,
		rounding: Rounding,
	) -> Result<Trade, Error<T>> {
		let price = mul_div(usdai, self.unit, bills, rounding)?;
		Ok(Trade { bills, usdai, price, oracle_price: self.oracle_price })
	}
}

impl<T: Config> Pallet<T> {
	/// Returns the pool's price of one whole bill before the fee, in USDai; `None` without a pool.
	pub(crate) fn pool_price(asset: &AssetIdOf<T>, unit: Balance) -> Option<Balance> {
		let (from, to) = (asset.clone(), T::PegAsset::get());
		T::Pools::quote_price_exact_tokens_for_tokens(from, to, unit, false)
	}
}

/// Returns the largest amount up to `most` that has a quote, with that quote: `most` itself, or an
/// amount that is less than the largest by a 4 096th of it at most.
///
/// The pool's price improves with a smaller amount, so bisection finds it, with [`MAX_QUOTES`]
/// quotes at most.
pub(crate) fn best_quote(
	most: Balance,
	quote: impl Fn(Balance) -> Option<Balance>,
) -> Option<(Balance, Balance)> {
	if let Some(quoted) = quote(most) {
		return Some((most, quoted));
	}
	let mut found = None;
	let (mut low, mut high) = (0u128, most);
	for _ in 1..MAX_QUOTES {
		let gap = high.checked_sub(low)?;
		if gap <= 1 || gap <= low / PRECISION {
			break;
		}
		let middle = low.checked_add(gap / 2)?;
		match quote(middle) {
			Some(quoted) => {
				low = middle;
				found = Some((middle, quoted));
			}
			None => high = middle,
		}
	}
	found
}

#[cfg(test)]
mod tests {
	use super::{best_quote, MAX_QUOTES};
	use std::cell::Cell;

	#[test]
	fn best_quote_should_be_all_when_all_is_quoted() {
		assert_eq!(best_quote(1_000, |amount| Some(2 * amount)), Some((1_000, 2_000)));
	}

	#[test]
	fn best_quote_should_come_close_from_below_when_only_a_part_is_quoted() {
		for limit in [1u128, 2, 3, 1_000, 123_456_789, 10u128.pow(24)] {
			let most = limit.saturating_mul(100_000);
			let asked = Cell::new(0);
			let quote = |amount: u128| {
				asked.set(asked.get() + 1);
				(amount <= limit).then_some(amount)
			};
			let (amount, quoted) = best_quote(most, quote).expect("the limit is not too small");
			assert_eq!(amount, quoted);
			assert!(amount <= limit && limit - amount <= limit / 4_096, "{amount} of {limit}");
			assert!(asked.get() <= MAX_QUOTES);
		}
	}

	#[test]
	fn best_quote_should_be_none_when_nothing_is_quoted() {
		let asked = Cell::new(0);
		let quote = |_| {
			asked.set(asked.get() + 1);
			None
		};
		assert_eq!(best_quote(u128::MAX, quote), None);
		assert_eq!(asked.get(), MAX_QUOTES);
		assert_eq!(best_quote(1, |_| None), None);
	}
}
