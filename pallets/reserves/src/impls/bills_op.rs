// SPDX-License-Identifier: Apache-2.0

//! The record of the bills, and the operation that changes it.

use super::offers::Fill;
use crate::{
	offers::OfferBook,
	types::{BillRecord, BillsLedger, TreasuryBill},
	AssetIdOf, Bills, Config, Error, Event, Ledger, Pallet,
};
use caliber_primitives::{reserves::BillSide, Balance};
use polkadot_sdk::frame_support::{
	ensure,
	traits::{DefensiveOption, Get},
};

/// The token, the bills held and the offers: [`Bills`] and [`Ledger`].
#[derive(Clone, PartialEq)]
struct BillsRecord<AssetId> {
	/// The token and its terms.
	bill: Option<BillRecord<AssetId>>,
	/// Bills held, and the state of the offers.
	ledger: BillsLedger,
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

	/// Returns the state of the offers.
	pub fn book(&self) -> OfferBook {
		self.record.ledger.offers
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

	/// Adds a fill of an offer to the record: bills bought from `who`, or sold to it.
	pub fn fill(mut self, who: T::AccountId, side: BillSide, fill: Fill) -> Result<Self, Error<T>> {
		let Fill { usdai, bills, price, oracle_price, loss, state, lost } = fill;
		let held = match side {
			BillSide::Buys => self.held().checked_add(bills).ok_or(Error::Overflow)?,
			// No sale is made of more than is held.
			BillSide::Sells => self.held().checked_sub(bills).defensive_ok_or(Error::Unexpected)?,
		};
		let ledger = &mut self.record.ledger;
		ledger.held = held;
		*ledger.offers.side_mut(side) = state;
		ledger.offers.lost = lost;
		let since = state.since.unwrap_or_default();
		self.event = Some(match side {
			BillSide::Buys => Event::BillsBought {
				from: who,
				bills,
				usdai,
				price,
				oracle_price,
				loss,
				since,
				held,
			},
			BillSide::Sells => {
				Event::BillsSold { to: who, bills, usdai, price, oracle_price, loss, since, held }
			}
		});
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
