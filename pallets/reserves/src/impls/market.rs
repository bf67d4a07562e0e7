// SPDX-License-Identifier: Apache-2.0

//! The trade in Treasury bills.

use super::{amount, excess, FungiblesOf};
use crate::{
	pallet_asset_conversion::{QuotePrice, Swap},
	types::{HourBook, Purpose, TreasuryBill},
	AssetIdOf, Bills, BillsHeld, Config, Error, Event, Pallet, Traded, MAX_QUOTES,
};
use alloc::vec;
use caliber_math::{mul_div, share_of, Rounding};
use caliber_primitives::{traits::IdleFunds, Balance};
use polkadot_sdk::{
	frame_support::{
		ensure,
		storage::with_storage_layer,
		traits::{fungibles::Inspect, Get},
	},
	sp_runtime::{DispatchError, DispatchResult},
};

/// Seconds of an hour.
const HOUR: u64 = 3_600;

/// What is found of the most that the band permits is less than this part of it too little.
const PRECISION: Balance = 4_096;

/// The pool of the bills and USDai, and what it may be asked for.
struct Market<T: Config> {
	bill: AssetIdOf<T>,
	usdai: AssetIdOf<T>,
	/// One whole bill in the token's smallest unit.
	whole: Balance,
	/// The oracle's price of it.
	oracle_price: Balance,
	/// The least it is sold for.
	low: Balance,
	/// The most that is paid for it.
	high: Balance,
}

impl<T: Config> Market<T> {
	/// The market in which is traded now.
	fn open() -> Result<Self, DispatchError> {
		let bill = Bills::<T>::get().ok_or(Error::<T>::NoBills)?;
		let oracle_price = Pallet::<T>::mark(&bill)
			.filter(|mark| !mark.stale)
			.map(|mark| mark.price)
			.ok_or(Error::<T>::PriceStale)?;
		let whole = Pallet::<T>::whole(&bill).ok_or(Error::<T>::Overflow)?;
		// Rounded down, so that both edges lie inside the band.
		let width = share_of(oracle_price, T::PriceBand::get().deconstruct(), Rounding::Down)
			.map_err(Pallet::<T>::overflow)?;
		let low = oracle_price.checked_sub(width).ok_or(Error::<T>::Overflow)?;
		let high = oracle_price.checked_add(width).ok_or(Error::<T>::Overflow)?;

		let spot = Pallet::<T>::pool_price(&bill, whole).ok_or(Error::<T>::NoPool)?;
		ensure!(low <= spot && spot <= high, Error::<T>::OutsideBand);
		let usdai = T::PegAsset::get();
		Ok(Self { bill: bill.asset, usdai, whole, oracle_price, low, high })
	}

	/// Bills for exactly `usdai`, where they cost no more than the band permits.
	fn bills_for(&self, usdai: Balance) -> Option<Balance> {
		let (from, to) = (self.usdai.clone(), self.bill.clone());
		let bills = T::Pools::quote_price_exact_tokens_for_tokens(from, to, usdai, true)?;
		let most = mul_div(bills, self.high, self.whole, Rounding::Down).ok()?;
		(usdai <= most).then_some(bills)
	}

	/// USDai for exactly `bills`, where they bring no less than the band permits.
	fn usdai_for(&self, bills: Balance) -> Option<Balance> {
		let (from, to) = (self.bill.clone(), self.usdai.clone());
		let usdai = T::Pools::quote_price_exact_tokens_for_tokens(from, to, bills, true)?;
		self.sells_within(bills, usdai).then_some(usdai)
	}

	/// Bills that bring exactly `usdai`, where they bring no less than the band permits.
	fn cost_of(&self, usdai: Balance) -> Option<Balance> {
		let (from, to) = (self.bill.clone(), self.usdai.clone());
		let bills = T::Pools::quote_price_tokens_for_exact_tokens(from, to, usdai, true)?;
		self.sells_within(bills, usdai).then_some(bills)
	}

	fn sells_within(&self, bills: Balance, usdai: Balance) -> bool {
		mul_div(bills, self.low, self.whole, Rounding::Up).is_ok_and(|least| usdai >= least)
	}

	/// What a whole bill comes to in a trade.
	fn price(
		&self,
		bills: Balance,
		usdai: Balance,
		rounding: Rounding,
	) -> Result<Balance, DispatchError> {
		Ok(mul_div(usdai, self.whole, bills, rounding).map_err(Pallet::<T>::overflow)?)
	}
}

/// The largest amount up to `most` for which there is a quote, with that quote: `most` itself, or
/// one that is a 4 096th smaller than the largest at most. The smaller the amount, the better the
/// pool's price, so that halving finds it.
fn most_quoted(
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

impl<T: Config> Pallet<T> {
	/// What the pool pays for one whole bill, before its fee; none without a pool.
	pub(crate) fn pool_price(bill: &TreasuryBill<AssetIdOf<T>>, whole: Balance) -> Option<Balance> {
		let (from, to) = (bill.asset.clone(), T::PegAsset::get());
		T::Pools::quote_price_exact_tokens_for_tokens(from, to, whole, false)
	}

	pub(crate) fn do_rebalance() -> DispatchResult {
		ensure!(Bills::<T>::exists(), Error::<T>::NoBills);
		let holds = Self::in_hand() > 0;
		if T::LiquidityBuffer::get().is_one() {
			ensure!(holds, Error::<T>::NothingToDo);
			return Self::sell(Purpose::Rebalance, Balance::MAX).map(drop);
		}
		let idle = T::Vault::idle();
		let target = Self::idle_target()?;
		let threshold = T::RebalanceThreshold::get();
		let beyond = |gap: &Balance| *gap > threshold;

		if let Some(spare) = idle.checked_sub(target).filter(beyond) {
			return Self::buy(spare);
		}
		let missing = target.checked_sub(idle).filter(beyond).ok_or(Error::<T>::NothingToDo)?;
		ensure!(holds, Error::<T>::NothingToDo);
		Self::sell(Purpose::Rebalance, missing).map(drop)
	}

	/// Sell for a settlement. Whatever stands in the way, the settlement goes on without.
	pub(crate) fn do_divest(wanted: Balance) -> Balance {
		if wanted == 0 || Self::in_hand() == 0 {
			return 0;
		}
		with_storage_layer(|| Self::sell(Purpose::Settlement, wanted)).unwrap_or_default()
	}

	/// What may still be traded in this hour.
	pub(crate) fn hourly_room(purpose: Purpose) -> Balance {
		let traded = Self::hour_book().traded(purpose);
		excess(T::HourlyLimit::get(), traded)
	}

	/// The books of this hour.
	fn hour_book() -> HourBook {
		let hour = Self::now() / HOUR;
		let book = Traded::<T>::get();
		if book.hour == hour {
			book
		} else {
			HourBook { hour, ..Default::default() }
		}
	}

	fn note_trade(purpose: Purpose, usdai: Balance) -> DispatchResult {
		Traded::<T>::put(Self::hour_book().add(purpose, usdai).ok_or(Error::<T>::Overflow)?);
		Ok(())
	}

	/// What of `wanted` may be traded in this hour.
	fn within_hour(purpose: Purpose, wanted: Balance) -> Result<Balance, DispatchError> {
		let room = Self::hourly_room(purpose);
		ensure!(room > 0, Error::<T>::HourlyLimitReached);
		Ok(wanted.min(room))
	}

	/// Buy bills for up to `spare` USDai.
	fn buy(spare: Balance) -> DispatchResult {
		let market = Market::<T>::open()?;
		let most = Self::within_hour(Purpose::Rebalance, spare)?;
		let (usdai, quoted) =
			most_quoted(most, |usdai| market.bills_for(usdai)).ok_or(Error::<T>::OutsideBand)?;

		let held = Self::reconcile();
		let account = Self::account_id();
		T::Vault::take(&account, usdai)?;
		let bills = T::Pools::swap_exact_tokens_for_tokens(
			account.clone(),
			vec![market.usdai.clone(), market.bill.clone()],
			usdai,
			Some(quoted),
			account,
			false,
		)?;
		let held = held.checked_add(bills).ok_or(Error::<T>::Overflow)?;
		BillsHeld::<T>::put(held);
		Self::note_trade(Purpose::Rebalance, usdai)?;
		Self::deposit_event(Event::BillsBought {
			bills,
			usdai,
			price: market.price(bills, usdai, Rounding::Up)?,
			oracle_price: market.oracle_price,
			held,
		});
		Ok(())
	}

	/// Sell bills for up to `wanted` USDai and bring it to the vault.
	fn sell(purpose: Purpose, wanted: Balance) -> Result<Balance, DispatchError> {
		let market = Market::<T>::open()?;
		let most = Self::within_hour(purpose, wanted)?;
		let held = Self::reconcile();
		let (bills, usdai) = Self::swap_bills(&market, held, most)?;

		let held = held.checked_sub(bills).ok_or(Error::<T>::Overflow)?;
		BillsHeld::<T>::put(held);
		Self::note_trade(purpose, usdai)?;
		T::Vault::put_back(&Self::account_id(), usdai)?;
		Self::deposit_event(Event::BillsSold {
			purpose,
			bills,
			usdai,
			price: market.price(bills, usdai, Rounding::Down)?,
			oracle_price: market.oracle_price,
			held,
		});
		Ok(usdai)
	}

	/// Swap the bills `held` for up to `most` USDai: all of them, where they bring no more than that,
	/// else fewer by the token's minimum balance at least.
	fn swap_bills(
		market: &Market<T>,
		held: Balance,
		most: Balance,
	) -> Result<(Balance, Balance), DispatchError> {
		let account = Self::account_id();
		let path = vec![market.bill.clone(), market.usdai.clone()];
		if let Some(all) = market.usdai_for(held).filter(|all| *all <= most) {
			let usdai = T::Pools::swap_exact_tokens_for_tokens(
				account.clone(),
				path,
				held,
				Some(all),
				account,
				false,
			)?;
			return Ok((held, usdai));
		}
		// What stays is enough to stay: the token burns an account that holds less than its minimum.
		let least = amount::<T>(FungiblesOf::<T>::minimum_balance(market.bill.clone()));
		let most_bills = excess(held, least);
		ensure!(most_bills > 0, Error::<T>::NothingToDo);
		let (usdai, quoted) =
			most_quoted(most, |usdai| market.cost_of(usdai).filter(|bills| *bills <= most_bills))
				.ok_or(Error::<T>::OutsideBand)?;
		let bills = T::Pools::swap_tokens_for_exact_tokens(
			account.clone(),
			path,
			usdai,
			Some(quoted),
			account,
			false,
		)?;
		Ok((bills, usdai))
	}
}

#[cfg(test)]
mod tests {
	use super::{most_quoted, MAX_QUOTES};
	use std::cell::Cell;

	#[test]
	fn most_quoted_should_be_all_when_all_is_quoted() {
		assert_eq!(most_quoted(1_000, |amount| Some(2 * amount)), Some((1_000, 2_000)));
	}

	#[test]
	fn most_quoted_should_come_close_from_below_when_only_a_part_is_quoted() {
		for limit in [1u128, 2, 3, 1_000, 123_456_789, 10u128.pow(24)] {
			let most = limit.saturating_mul(100_000);
			let asked = Cell::new(0);
			let quote = |amount: u128| {
				asked.set(asked.get() + 1);
				(amount <= limit).then_some(amount)
			};
			let (amount, quoted) = most_quoted(most, quote).expect("the limit is not too small");
			assert_eq!(amount, quoted);
			assert!(amount <= limit && limit - amount <= limit / 4_096, "{amount} of {limit}");
			assert!(asked.get() <= MAX_QUOTES);
		}
	}

	#[test]
	fn most_quoted_should_be_nothing_when_nothing_is_quoted() {
		let asked = Cell::new(0);
		let quote = |_| {
			asked.set(asked.get() + 1);
			None
		};
		assert_eq!(most_quoted(u128::MAX, quote), None);
		assert_eq!(asked.get(), MAX_QUOTES);
		assert_eq!(most_quoted(1, |_| None), None);
	}
}
