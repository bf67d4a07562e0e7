// SPDX-License-Identifier: Apache-2.0

//! Income that is not earned yet, income that is given to the savers, and the fee on the yield of
//! the bills.

use crate::{types::LedgerBalances, Config, Error, Event, Income, Ledger, Pallet};
use alloc::vec::Vec;
use caliber_math::{net_of_fee, Rounding};
use caliber_primitives::{
	traits::{Settlement, TreasuryBills},
	vault::IncomeSource,
	Balance, Seconds, ShareOf,
};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungible::Mutate, tokens::Preservation, Get},
	},
	sp_runtime::{DispatchResult, Perbill},
};

impl<T: Config> Pallet<T> {
	/// Takes income for the savers, earned over a redemption window. The treasury takes no part.
	pub(crate) fn do_pay_yield(
		payer: &T::AccountId,
		source: IncomeSource,
		amount: Balance,
	) -> DispatchResult {
		ensure!(amount >= T::MinDeposit::get(), Error::<T>::BelowMinimumIncome);
		let mut ledger = Ledger::<T>::get();
		ensure!(ledger.shares > 0, Error::<T>::NoSavers);
		let stood = ledger;
		ledger.idle = ledger.idle.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		ledger.lock(Self::now(), amount, Self::window_length()).map_err(Error::<T>::from)?;
		Self::put_ledger(ledger);
		Self::report_valuation(&stood, &ledger);
		let total = Income::<T>::get(source).checked_add(amount).ok_or(Error::<T>::Overflow)?;
		Income::<T>::insert(source, total);
		T::UsdAi::transfer(payer, &Self::account_id(), amount, Preservation::Expendable)?;
		Self::deposit_event(Event::YieldPaid { from: payer.clone(), source, amount, total });
		Ok(())
	}

	/// Returns the income given to the savers by its source, without sources that gave nothing.
	pub(crate) fn income_by_source() -> Vec<(IncomeSource, Balance)> {
		let given = IncomeSource::ALL.map(|source| (source, Income::<T>::get(source)));
		given.into_iter().filter(|(_, total)| *total > 0).collect()
	}

	/// Locks the surplus of a settlement of a loan.
	///
	/// The part that was paid for time still to come is what the loan no longer earns until
	/// `paid_until`, and runs off until then. All else runs off over a redemption window: late
	/// interest, and whatever comes in for a loan that earned nothing in the books.
	pub(crate) fn lock_surplus(
		ledger: &mut LedgerBalances,
		now: Seconds,
		over: Balance,
		settlement: &Settlement,
		yield_fee: Perbill,
	) -> Result<(), Error<T>> {
		if over == 0 {
			return Ok(());
		}
		let Settlement { old, new, paid_until, .. } = settlement;
		// Saturating is safe here: a timestamp, not an amount.
		let ahead = paid_until.saturating_sub(now);
		let window = Self::window_length();
		let Some(old) = old else {
			return Ok(ledger.lock(now, over, window.max(ahead))?);
		};
		let earns = new.map_or(0, |new| new.per_second);
		// A loan that earns more than before has paid nothing ahead for it.
		let less =
			old.per_second.checked_sub(earns.min(old.per_second)).ok_or_else(Self::unexpected)?;
		let unearned = less.checked_mul(ahead.into()).ok_or(Error::<T>::Overflow)?;
		let unearned = i128::try_from(unearned).map_err(|_| Error::<T>::Overflow)?;
		let unearned = net_of_fee(unearned, yield_fee.deconstruct())?.unsigned_abs().min(over);
		ledger.lock(now, unearned, ahead)?;
		let rest = over.checked_sub(unearned).ok_or_else(Self::unexpected)?;
		Ok(ledger.lock(now, rest, window)?)
	}

	/// Takes a loss out of the buffer, as far as it reaches, and whatever of the buffer is more than
	/// the assets.
	pub(crate) fn eat_buffer(ledger: &mut LedgerBalances, loss: Balance) -> Result<(), Error<T>> {
		let now = Self::now();
		let (rest, _) = ledger.locked.without(now, loss)?;
		let assets = ledger
			.idle
			.checked_add(ledger.principal_out)
			.and_then(|sum| sum.checked_add(T::Bills::value()))
			.ok_or(Error::<T>::Overflow)?;
		let left = rest.at(now)?;
		let beyond = left.checked_sub(assets.min(left)).ok_or_else(Self::unexpected)?;
		(ledger.locked, _) = rest.without(now, beyond)?;
		Ok(())
	}

	/// Reports the buffer and the suspended interest, if they have changed.
	pub(crate) fn report_valuation(before: &LedgerBalances, after: &LedgerBalances) {
		if before.locked != after.locked {
			let (amount, until) = (after.locked.amount, after.locked.until);
			Self::deposit_event(Event::BufferChanged { amount, until });
		}
		if before.suspended != after.suspended {
			Self::deposit_event(Event::SuspendedChanged { suspended: after.suspended });
		}
	}

	/// Returns the fee that is due on the yield of the bills, rounded up, if it is worth a payment
	/// and idle money is there for it.
	pub(crate) fn payable_bill_fee() -> Option<Balance> {
		let fee = T::Values::get().yield_fee.share_of(T::Bills::yield_due(), Rounding::Up);
		(fee >= T::MinDeposit::get() && fee <= Ledger::<T>::get().idle).then_some(fee)
	}

	/// Pays the fee that is due on the yield of the bills to the treasury, once there is idle money for
	/// it that nobody waits for. Both prices have borne it before.
	pub(crate) fn pay_bill_fee(fee: Balance) -> DispatchResult {
		let mut ledger = Ledger::<T>::get();
		if fee > Self::idle_beyond_queue(ledger.idle) {
			return Ok(());
		}
		ledger.idle = ledger.idle.checked_sub(fee).ok_or_else(Self::unexpected)?;
		Self::put_ledger(ledger);
		let taken_on = T::Bills::yield_due();
		T::Bills::settle_yield();
		let treasury = T::TreasuryAccount::get();
		T::UsdAi::transfer(&Self::account_id(), &treasury, fee, Preservation::Expendable)?;
		Self::deposit_event(Event::BillFeePaid { taken_on, fee, idle: ledger.idle });
		Ok(())
	}
}
