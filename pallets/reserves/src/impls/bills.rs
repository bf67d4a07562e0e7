// SPDX-License-Identifier: Apache-2.0

//! What the Treasury bills are, and what they count for.

use super::{amount, excess, FungiblesOf};
use crate::{
	types::{Purpose, TreasuryBill},
	AssetIdOf, Bills, BillsHeld, Checkpoints, Config, Error, Event, LastCheckpoint, Pallet,
	CHECKPOINTS,
};
use caliber_math::{mul_div, share_of, Rounding, PPB};
use caliber_primitives::{
	traits::{IdleFunds, PriceSource, TreasuryBills},
	vault::BillsReport,
	Balance, Seconds,
};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{
			fungibles::{metadata::Inspect as _, Inspect as _},
			Get,
		},
	},
	sp_runtime::{DispatchError, DispatchResult, FixedU128, Perbill},
};

/// What the oracle says of the bills.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
	/// The last accepted price of a whole bill; not zero.
	pub price: Balance,
	/// Its time.
	pub as_of: Seconds,
	/// Whether it is too old to trade by.
	pub stale: bool,
}

impl<T: Config> TreasuryBills for Pallet<T> {
	fn value() -> Balance {
		Self::marked_value(T::StaleHaircut::get()).unwrap_or_default()
	}

	/// Without the haircut for an old price: who buys shares while the oracle is silent must not
	/// gain by its next word.
	fn value_for_deposits() -> Option<Balance> {
		Self::marked_value(Perbill::zero())
	}

	fn divest(wanted: Balance) -> Balance {
		Self::do_divest(wanted)
	}

	fn annual_yield() -> Option<FixedU128> {
		Self::yield_of_prices()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_bills(amount: Balance) {
		crate::benchmarking::holding::<T>(amount).expect("the helper has made a token; qed");
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_treasury_bill(bill: Option<TreasuryBill<AssetIdOf<T>>>) -> DispatchResult {
		let old = Bills::<T>::get();
		let same = |bill: &TreasuryBill<_>| old.as_ref().is_some_and(|old| old.asset == bill.asset);
		if let Some(bill) = &bill {
			ensure!(FungiblesOf::<T>::asset_exists(bill.asset.clone()), Error::<T>::UnknownAsset);
		}
		let held = Self::in_hand();
		ensure!(held == 0 || bill.as_ref().is_some_and(same), Error::<T>::BillsHeld);
		let number = |bill: &Option<TreasuryBill<_>>| bill.as_ref().map(|bill| bill.priced_asset);
		let renumbered = number(&old) != number(&bill);
		if let Some(bill) = bill.as_ref().filter(|_| held > 0 && renumbered) {
			// They would be worth nothing otherwise, and the vault so much less.
			ensure!(T::Prices::price(bill.priced_asset).is_ok(), Error::<T>::PriceStale);
		}
		Self::reconcile();

		if renumbered {
			// There are no more of them than this.
			let _ = Checkpoints::<T>::clear(CHECKPOINTS, None);
			LastCheckpoint::<T>::kill();
		}
		match bill {
			Some(bill) => {
				let TreasuryBill { asset, priced_asset, haircut } = bill.clone();
				Bills::<T>::put(bill);
				Self::deposit_event(Event::TreasuryBillSet { asset, priced_asset, haircut });
			}
			None => {
				Bills::<T>::kill();
				Self::deposit_event(Event::TreasuryBillCleared);
			}
		}
		Ok(())
	}

	/// The fresh price of the bills, else the last one; none where there never was one.
	pub(crate) fn mark(bill: &TreasuryBill<AssetIdOf<T>>) -> Option<Mark> {
		let mark = |stale| move |(price, as_of)| Mark { price, as_of, stale };
		T::Prices::price(bill.priced_asset)
			.map(mark(false))
			.ok()
			.or_else(|| T::Prices::last_known(bill.priced_asset).map(mark(true)))
			.filter(|mark| mark.price > 0)
	}

	/// One whole bill in the token's smallest unit.
	pub(crate) fn whole(bill: &TreasuryBill<AssetIdOf<T>>) -> Option<Balance> {
		10u128.checked_pow(FungiblesOf::<T>::decimals(bill.asset.clone()).into())
	}

	/// The bills of the books that are there. All of them, unless who issues the token took some.
	pub(crate) fn in_hand() -> Balance {
		let held = BillsHeld::<T>::get();
		if held == 0 {
			return 0;
		}
		let there = Bills::<T>::get()
			.map(|bill| amount::<T>(FungiblesOf::<T>::balance(bill.asset, &Self::account_id())));
		held.min(there.unwrap_or_default())
	}

	/// Take off the books what is not there, and say what is left.
	pub(crate) fn reconcile() -> Balance {
		let held = Self::in_hand();
		let lost = excess(BillsHeld::<T>::get(), held);
		if lost > 0 {
			BillsHeld::<T>::put(held);
			Self::deposit_event(Event::BillsLost { bills: lost, held });
		}
		held
	}

	/// `floor(held · price · (1 − haircut))`, the last factor times `1 − stale haircut` where the
	/// price is old, rounded down to parts per billion. None where there never was a price.
	fn marked_value(stale_haircut: Perbill) -> Option<Balance> {
		let held = Self::in_hand();
		if held == 0 {
			return Some(0);
		}
		let bill = Bills::<T>::get()?;
		let mark = Self::mark(&bill)?;

		let fresh: Balance = PPB.checked_sub(bill.haircut.deconstruct())?.into();
		let kept = if mark.stale {
			let stale = PPB.checked_sub(stale_haircut.deconstruct())?;
			share_of(fresh, stale, Rounding::Down).ok()?
		} else {
			fresh
		};
		let unit = Self::whole(&bill)?.checked_mul(PPB.into())?;
		mul_div(held, mark.price.checked_mul(kept)?, unit, Rounding::Down).ok()
	}

	/// USDai that is to stay idle: the buffer, rounded up, and what the queue wants soon.
	pub(crate) fn idle_target() -> Result<Balance, DispatchError> {
		let buffer =
			share_of(T::Vault::assets(), T::LiquidityBuffer::get().deconstruct(), Rounding::Up)
				.map_err(Self::overflow)?;
		Ok(buffer
			.checked_add(T::Vault::wanted_within(T::LookAhead::get()))
			.ok_or(Error::<T>::Overflow)?)
	}

	/// The answer to [`Pallet::bills`].
	pub(crate) fn bills_report() -> Option<BillsReport> {
		let bill = Bills::<T>::get()?;
		let mark = Self::mark(&bill);
		let idle = T::Vault::idle();
		let target = Self::idle_target().unwrap_or(Balance::MAX);
		Some(BillsReport {
			priced_asset: bill.priced_asset,
			symbol: FungiblesOf::<T>::symbol(bill.asset.clone()),
			decimals: FungiblesOf::<T>::decimals(bill.asset.clone()),
			held: Self::in_hand(),
			value: <Self as TreasuryBills>::value(),
			price: mark.map(|mark| mark.price),
			price_at: mark.map(|mark| mark.as_of),
			stale: mark.is_none_or(|mark| mark.stale),
			pool_price: Self::whole(&bill).and_then(|whole| Self::pool_price(&bill, whole)),
			annual_yield: <Self as TreasuryBills>::annual_yield(),
			idle,
			target,
			spare: excess(idle, target),
			missing: excess(target, idle),
			rebalance_room: Self::hourly_room(Purpose::Rebalance),
			divest_room: Self::hourly_room(Purpose::Settlement),
		})
	}
}
