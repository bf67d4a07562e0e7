// SPDX-License-Identifier: Apache-2.0

//! Trading the bills: the rebalance of the vault's idle USDai, and sales for settlements.

use super::{
	bills_op::BillsOp,
	market::{best_quote, Market},
	FungiblesOf,
};
use crate::{
	pallet_asset_conversion::Swap, types::Purpose, BillTrading, Config, Error, Event, Pallet,
};
use alloc::vec;
use caliber_math::Rounding;
use caliber_primitives::{
	governance::{values::ReserveValues, Authority},
	traits::IdleFunds,
	Balance,
};
use polkadot_sdk::{
	frame_support::{
		ensure,
		storage::with_storage_layer,
		traits::{fungibles::Inspect, Get},
	},
	sp_runtime::{DispatchError, DispatchResult},
};

impl<T: Config> Pallet<T> {
	/// Stops the trading of bills, or resumes it. Only a referendum resumes it, and it ends a stop of
	/// the committee too.
	pub(crate) fn do_set_bill_trading(authority: Authority, stopped: bool) -> DispatchResult {
		let mut trading = BillTrading::<T>::get();
		let until = trading
			.stop_or_resume(authority, stopped, Self::now(), &T::BrakeTerms::get())
			.map_err(Error::<T>::from)?;
		BillTrading::<T>::put(trading);
		Self::deposit_event(Event::BillTradingSet { stopped, until });
		Ok(())
	}

	/// Brings the idle USDai to its target: buys bills with an excess, sells them for a shortfall.
	pub(crate) fn do_rebalance() -> DispatchResult {
		let values = T::Values::get();
		let bills_op = BillsOp::<T>::load();
		bills_op.bill()?;
		if values.liquidity_buffer.is_one() {
			return Self::sell(bills_op, Purpose::Rebalance, Balance::MAX, &values).map(drop);
		}
		let idle = T::Vault::idle();
		let target = Self::idle_target(&values)?;
		let beyond = |gap: &Balance| *gap > values.rebalance_threshold;

		if let Some(spare) = idle.checked_sub(target).filter(beyond) {
			return Self::buy(bills_op, spare, &values);
		}
		let missing = target.checked_sub(idle).filter(beyond).ok_or(Error::<T>::NothingToDo)?;
		Self::sell(bills_op, Purpose::Rebalance, missing, &values).map(drop)
	}

	/// Sells bills for up to `wanted` USDai for a settlement. Returns the USDai received.
	///
	/// A failure changes nothing and is told by an event: the settlement goes on without.
	pub(crate) fn do_divest(wanted: Balance) -> Balance {
		if wanted == 0 || Self::held_balance() == 0 {
			return 0;
		}
		let values = T::Values::get();
		let sale = || Self::sell(BillsOp::load(), Purpose::Settlement, wanted, &values);
		with_storage_layer(sale).unwrap_or_else(|reason| {
			Self::deposit_event(Event::DivestFailed { wanted, reason });
			0
		})
	}

	/// Buys bills for up to `spare` USDai of the vault.
	fn buy(bills_op: BillsOp<T>, spare: Balance, values: &ReserveValues) -> DispatchResult {
		let market = Market::<T>::open(bills_op.bill()?, values)?;
		let most = bills_op.within_hour(Purpose::Rebalance, spare, values.hourly_limit)?;
		let (usdai, quoted) =
			best_quote(most, |usdai| market.bills_for(usdai)).ok_or(Error::<T>::OutsideBand)?;

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
		bills_op.buy(market.trade(bills, usdai, Rounding::Up)?)?.commit();
		Ok(())
	}

	/// Sells bills for up to `wanted` USDai and returns it to the vault. Returns the USDai
	/// received.
	fn sell(
		bills_op: BillsOp<T>,
		purpose: Purpose,
		wanted: Balance,
		values: &ReserveValues,
	) -> Result<Balance, DispatchError> {
		ensure!(bills_op.held() > 0, Error::<T>::NothingToDo);
		let market = Market::<T>::open(bills_op.bill()?, values)?;
		let most = bills_op.within_hour(purpose, wanted, values.hourly_limit)?;
		let (bills, usdai) = Self::swap_bills(&market, bills_op.held(), most)?;

		T::Vault::put_back(&Self::account_id(), usdai)?;
		bills_op.sell(purpose, market.trade(bills, usdai, Rounding::Down)?)?.commit();
		Ok(usdai)
	}

	/// Swaps the bills `held` for up to `most` USDai: all of them if they bring no more, else a
	/// part that leaves at least the token's minimum balance. Returns the bills and the USDai.
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
		// The token burns the rest in an account that holds less than its minimum balance.
		let least = FungiblesOf::<T>::minimum_balance(market.bill.clone());
		let most_bills =
			held.checked_sub(least).filter(|bills| *bills > 0).ok_or(Error::<T>::NothingToDo)?;
		let (usdai, quoted) =
			best_quote(most, |usdai| market.cost_of(usdai).filter(|bills| *bills <= most_bills))
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
