// SPDX-License-Identifier: Apache-2.0

//! The record of the bills, and the operation that changes it.

use crate::{
	types::{BillRecord, BillsLedger, HourlyVolume, Purpose, TreasuryBill},
	AssetIdOf, Bills, Config, Error, Event, Ledger, Pallet,
};
use caliber_primitives::Balance;
use polkadot_sdk::frame_support::{
	ensure,
	traits::{DefensiveOption, Get},
};

/// The token, the bills held and the volume of the hour: [`Bills`] and [`Ledger`].
#[derive(Clone, PartialEq)]
struct BillsRecord<AssetId> {
	/// The token and its terms.
	bill: Option<BillRecord<AssetId>>,
	/// Bills held, and the volume of the hour of the last trade.
	ledger: BillsLedger,
}

/// A trade of bills in the pool.
#[derive(Clone, Copy)]
pub(crate) struct Trade {
	/// Bills, in the token's smallest unit.
	pub bills: Balance,
	/// USDai, with the pool's fee.
	pub usdai: Balance,
	/// Price of one whole bill in the trade, in USDai.
	pub price: Balance,
	/// The oracle's price of one whole bill.
	pub oracle_price: Balance,
}

/// One change of the record of the bills: loaded once, changed by one method, written by
/// [`Self::commit`].
#[must_use = "a change is written by `commit` only"]
pub(crate) struct BillsOp<T: Config> {
	/// The record as it is in storage.
	stored: BillsRecord<AssetIdOf<T>>,
	/// The record as it will be.
	record: BillsRecord<AssetIdOf<T>>,
	/// Event of the change.
	event: Option<Event<T>>,
}

impl<T: Config> BillsOp<T> {
	/// Loads the record. Bills that the issuer took since the last operation are written off first,
	/// with their event.
	pub fn load() -> Self {
		let record = BillsRecord { bill: Bills::<T>::get(), ledger: Ledger::<T>::get() };
		Self { stored: record.clone(), record, event: None }.reconcile()
	}

	/// Returns the token and its terms.
	pub fn bill(&self) -> Result<&BillRecord<AssetIdOf<T>>, Error<T>> {
		self.record.bill.as_ref().ok_or(Error::NoBills)
	}

	/// Returns the bills held, in the token's smallest unit.
	pub fn held(&self) -> Balance {
		self.record.ledger.held
	}

	/// Returns the part of `wanted` USDai that may be traded in this hour, of `limit` in all.
	pub fn within_hour(
		&self,
		purpose: Purpose,
		wanted: Balance,
		limit: Balance,
	) -> Result<Balance, Error<T>> {
		let available = self.volume().availability(purpose, limit);
		ensure!(available > 0, Error::HourlyLimitReached);
		Ok(wanted.min(available))
	}

	/// Replaces the token or its terms. Another token, or none, is refused while bills are held;
	/// another haircut of the same token is reached by and by.
	pub fn set_bill(mut self, bill: Option<TreasuryBill<AssetIdOf<T>>>) -> Result<Self, Error<T>> {
		let asset = bill.as_ref().map(|bill| bill.asset.clone());
		let old = self.record.bill.take().filter(|old| asset.as_ref() == Some(&old.asset));
		ensure!(old.is_some() || self.held() == 0, Error::BillsHeld);
		let record = bill.map(|bill| match old {
			Some(old) => old.amended(bill, Pallet::<T>::now(), T::RampPeriod::get()),
			None => BillRecord::new(bill),
		});
		self.event = Some(match record.clone() {
			Some(BillRecord { asset, priced_asset, haircut }) => Event::TreasuryBillSet {
				asset,
				priced_asset,
				haircut: haircut.target(),
				full_at: haircut.ends_at(),
			},
			None => Event::TreasuryBillCleared,
		});
		self.record.bill = record;
		Ok(self)
	}

	/// Adds bills bought to the record.
	pub fn buy(mut self, trade: Trade) -> Result<Self, Error<T>> {
		let Trade { bills, usdai, price, oracle_price } = trade;
		let held = self.held().checked_add(bills).ok_or(Error::Overflow)?;
		self.record.ledger.held = held;
		self.add_volume(Purpose::Rebalance, usdai)?;
		self.event = Some(Event::BillsBought { bills, usdai, price, oracle_price, held });
		Ok(self)
	}

	/// Takes bills sold off the record.
	pub fn sell(mut self, purpose: Purpose, trade: Trade) -> Result<Self, Error<T>> {
		let Trade { bills, usdai, price, oracle_price } = trade;
		// No sale is made of more than is held.
		let held = self.held().checked_sub(bills).defensive_ok_or(Error::Unexpected)?;
		self.record.ledger.held = held;
		self.add_volume(purpose, usdai)?;
		self.event = Some(Event::BillsSold { purpose, bills, usdai, price, oracle_price, held });
		Ok(self)
	}

	/// Writes the record and emits the event.
	pub fn commit(mut self) {
		self.write();
	}

	/// Writes off the bills that are no longer in the account.
	fn reconcile(mut self) -> Self {
		let held = Pallet::<T>::present(self.held(), self.record.bill.as_ref());
		// Saturating: `held` is at most the bills of the record.
		let bills = self.held().saturating_sub(held);
		if bills > 0 {
			self.record.ledger.held = held;
			self.event = Some(Event::BillsLost { bills, held });
			self.write();
		}
		self
	}

	/// Returns the volume of this hour.
	fn volume(&self) -> HourlyVolume {
		self.record.ledger.traded.in_hour_of(Pallet::<T>::now())
	}

	/// Adds a trade to the volume of this hour.
	fn add_volume(&mut self, purpose: Purpose, usdai: Balance) -> Result<(), Error<T>> {
		self.record.ledger.traded = self.volume().add(purpose, usdai).ok_or(Error::Overflow)?;
		Ok(())
	}

	/// Writes the parts of the record that have changed, and emits the event.
	fn write(&mut self) {
		let BillsRecord { bill, ledger } = &self.record;
		if *bill != self.stored.bill {
			Bills::<T>::set(bill.clone());
		}
		if *ledger != self.stored.ledger {
			Ledger::<T>::put(ledger);
		}
		self.stored = self.record.clone();
		if let Some(event) = self.event.take() {
			Pallet::<T>::deposit_event(event);
		}
	}
}
