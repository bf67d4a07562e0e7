// SPDX-License-Identifier: Apache-2.0

//! Trading the bills: fills of the vault's offers, and the stop of all of them.

use super::{bills_op::BillsOp, FungiblesOf};
use crate::{BillTrading, Config, Error, Event, Pallet};
use caliber_primitives::{governance::Authority, reserves::BillSide, traits::IdleFunds, Balance};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungibles::Mutate, tokens::Preservation, DefensiveOption, Get},
	},
	sp_runtime::{DispatchResult, Perbill},
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

	/// Fills up to `amount` USDai of the vault's offer on a side, at `limit` for one whole bill or
	/// better for `who`.
	pub(crate) fn do_fill_offer(
		who: T::AccountId,
		side: BillSide,
		amount: Balance,
		limit: Balance,
	) -> DispatchResult {
		let values = T::Values::get();
		let bills_op = BillsOp::<T>::load();
		let offer = Self::offer_to_fill(&bills_op, side, &values)?;
		let fill = offer.fill::<T>(amount)?;
		let within = match side {
			BillSide::Buys => fill.price >= limit,
			BillSide::Sells => fill.price <= limit,
		};
		ensure!(within, Error::<T>::BeyondLimit);

		let account = Self::account_id();
		let asset = bills_op.bill()?.asset.clone();
		match side {
			BillSide::Buys => {
				FungiblesOf::<T>::transfer(
					asset,
					&who,
					&account,
					fill.bills,
					Preservation::Expendable,
				)?;
				T::Vault::take(&who, fill.usdai)?;
			}
			BillSide::Sells => {
				let mark = Self::mark_of(&bills_op, fill.bills)?;
				T::Vault::put_back(&who, fill.usdai, mark)?;
				FungiblesOf::<T>::transfer(
					asset,
					&account,
					&who,
					fill.bills,
					Preservation::Expendable,
				)?;
			}
		}
		bills_op.fill(who, side, fill)?.commit();
		Ok(())
	}

	/// Returns the value that `bills` of those held have in the vault's assets, at a fresh price.
	fn mark_of(bills_op: &BillsOp<T>, bills: Balance) -> Result<Balance, Error<T>> {
		let bill = bills_op.bill()?;
		let left = bills_op.held().checked_sub(bills).defensive_ok_or(Error::Unexpected)?;
		let quote = Self::quote(bill.priced_asset).ok_or(Error::PriceStale)?;
		let share = Self::kept_share(bill, &quote, Perbill::zero());
		let value = |held| Self::worth(bill, held, &quote, share);
		value(bills_op.held())?.checked_sub(value(left)?).defensive_ok_or(Error::Unexpected)
	}
}
