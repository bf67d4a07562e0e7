// SPDX-License-Identifier: Apache-2.0

//! The offers of the vault: how much of bills it buys or sells now, and at which price.

use super::bills_op::BillsOp;
use crate::{
	offers::{OfferBook, OfferState},
	types::BillRecord,
	AssetIdOf, BillTrading, Bills, Config, Error, Event, Ledger, Pallet,
};
use alloc::vec::Vec;
use caliber_math::{mul_div, share_of, ClockedOffer, Meter, Rounding, SECONDS_PER_DAY, WAD};
use caliber_primitives::{
	governance::values::ReserveValues,
	reserves::{BillOffer, BillSide},
	traits::IdleFunds,
	Balance, Seconds, ShareOf,
};
use polkadot_sdk::{
	frame_support::{ensure, traits::Get},
	sp_runtime::{DispatchError, Perbill},
};

/// Idle money of the vault, and what of it is spoken for.
pub(crate) struct Demand {
	/// USDai that is neither lent nor owed.
	pub idle: Balance,
	/// USDai that has lain idle long enough to buy bills.
	pub long_idle: Balance,
	/// USDai that should lie idle: buffer, queue and announced draws.
	pub target: Balance,
	/// USDai that the redemption queue wants for certain.
	pub wanted: Balance,
	/// Assets of the vault, by the redemption price.
	pub assets: Balance,
}

impl Demand {
	/// Returns what the queue lacks of the idle USDai.
	fn queue_lacks(&self) -> Balance {
		// Saturating is meant: with enough idle USDai it lacks nothing.
		self.wanted.saturating_sub(self.idle)
	}
}

/// Offer of one side at a moment.
pub(crate) struct Offer {
	/// Side of the vault.
	pub side: BillSide,
	/// Most USDai that may be filled.
	amount: Balance,
	/// Part of it that the queue lacks, whose loss is not limited.
	for_queue: Balance,
	/// Bills held.
	held: Balance,
	/// One whole bill in the token's smallest unit.
	unit: Balance,
	/// Bills that stay in the account unless all are sold: the token's minimum balance.
	least: Balance,
	/// The oracle's price of one whole bill.
	oracle_price: Balance,
	/// USDai lost in the day.
	lost: Meter,
	/// Most USDai that may be lost in a day.
	most_loss: Balance,
	/// USDai that may still be lost in the day.
	loss_left: Balance,
	/// State of the offer.
	state: OfferState,
	/// Time of the block, unix seconds.
	now: Seconds,
	/// Governed values.
	values: ReserveValues,
}

/// Terms of a fill.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Fill {
	/// USDai.
	pub usdai: Balance,
	/// Bills, in the token's smallest unit.
	pub bills: Balance,
	/// Price of one whole bill, rounded against who fills.
	pub price: Balance,
	/// The oracle's price of one whole bill.
	pub oracle_price: Balance,
	/// USDai that the vault loses against the oracle's price, rounded up.
	pub loss: Balance,
	/// State of the offer after it.
	pub state: OfferState,
	/// USDai lost in the day, after it.
	pub lost: Meter,
}

/// Token, price and state that the offers of both sides share.
pub(crate) struct Market {
	unit: Balance,
	least: Balance,
	oracle_price: Balance,
	held: Balance,
	book: OfferBook,
	now: Seconds,
	values: ReserveValues,
}

impl Market {
	/// Opens the market: trading is not stopped, and there is a fresh price. Every fill passes here.
	pub fn open<T: Config>(
		bill: &BillRecord<AssetIdOf<T>>,
		held: Balance,
		book: OfferBook,
		values: &ReserveValues,
	) -> Result<Self, Error<T>> {
		let now = Pallet::<T>::now();
		ensure!(!BillTrading::<T>::get().at(now), Error::TradingStopped);
		let oracle_price = Pallet::<T>::quote(bill.priced_asset)
			.filter(|quote| !quote.stale)
			.map(|quote| quote.price)
			.ok_or(Error::PriceStale)?;
		let unit = Pallet::<T>::unit(&bill.asset)?;
		let least = Pallet::<T>::least_balance(&bill.asset);
		Ok(Self { unit, least, oracle_price, held, book, now, values: values.clone() })
	}

	/// Returns the offer of a side; `None` if the vault trades nothing on it, or less than the
	/// smallest fill.
	pub fn offer<T: Config>(
		&self,
		side: BillSide,
		demand: &Demand,
	) -> Result<Option<Offer>, Error<T>> {
		let Self { unit, least, oracle_price, held, now, .. } = *self;
		let values = self.values.clone();
		let state = *self.book.side(side);
		let whole = values.liquidity_buffer.is_one();
		let wants = match side {
			BillSide::Buys if whole => 0,
			// Saturating is meant, on both sides: what is not above the target is below it.
			BillSide::Buys => demand.long_idle.saturating_sub(demand.target),
			// All bills are sold, whatever they bring.
			BillSide::Sells if whole && held > 0 => Balance::MAX,
			BillSide::Sells => demand.target.saturating_sub(demand.idle),
		};
		let limit = values.hourly_limit;
		let most_loss = values.max_daily_loss.share_of(demand.assets, Rounding::Down);
		let mut offer = Offer {
			side,
			amount: wants.min(limit),
			for_queue: match side {
				BillSide::Buys => 0,
				BillSide::Sells => demand.queue_lacks(),
			},
			held,
			unit,
			least,
			oracle_price,
			lost: self.book.lost,
			most_loss,
			loss_left: self.book.lost.left(now, most_loss, SECONDS_PER_DAY)?,
			state,
			now,
			values,
		};
		if offer.amount == 0 || (side == BillSide::Sells && held == 0) {
			return Ok(None);
		}
		if side == BillSide::Sells {
			offer.amount = offer.amount.min(offer.worth_of_all::<T>()?);
		}
		// Small amounts wait for more, but for the last bills.
		let is_last = side == BillSide::Sells && offer.amount == offer.worth_of_all::<T>()?;
		if offer.amount < offer.values.min_fill && !is_last {
			return Ok(None);
		}
		offer.amount = offer.amount.min(state.left(now, limit)?);
		Ok(Some(offer))
	}
}

impl Offer {
	/// Returns the most USDai that all bills bring, at the first price of the path, rounded up.
	fn worth_of_all<T: Config>(&self) -> Result<Balance, Error<T>> {
		Ok(mul_div(self.held, self.price_at::<T>(0)?, self.unit, Rounding::Up)?)
	}

	/// Returns the place of the offer on its path.
	fn clock(&self) -> ClockedOffer {
		let period = self.values.offer_period.max(1);
		let elapsed = self.state.elapsed(self.now, period);
		ClockedOffer { elapsed, period, full: self.values.hourly_limit.max(1) }
	}

	/// Returns the worst deviation from the oracle's price for the vault.
	fn worst(&self) -> Perbill {
		match self.side {
			BillSide::Buys => self.values.max_buy_premium,
			BillSide::Sells => self.values.max_sell_discount,
		}
	}

	/// Returns the price at a place of the path, at 1e-18, rounded in favour of the vault.
	fn price_at<T: Config>(&self, place: Balance) -> Result<Balance, Error<T>> {
		// At 1e-18: at most a few hundredths.
		let wad = |share: Perbill| share_of(WAD, share.deconstruct(), Rounding::Down);
		let (better, worse) = (wad(self.values.offer_start)?, wad(self.worst())?);
		let way = better.checked_add(worse).ok_or(Error::Overflow)?;
		let gone = mul_div(way, place, WAD, Rounding::Down)?;
		let (factor, rounding) = match self.side {
			BillSide::Buys => {
				let factor = WAD.checked_add(gone).and_then(|sum| sum.checked_sub(better));
				(factor, Rounding::Down)
			}
			BillSide::Sells => {
				let factor = WAD.checked_add(better).and_then(|sum| sum.checked_sub(gone));
				(factor, Rounding::Up)
			}
		};
		let factor = factor.ok_or(Error::Overflow)?;
		let price = mul_div(self.oracle_price, factor, WAD, rounding)?;
		// Less than a unit of USDai for a whole bill is no price.
		ensure!(price > 0, Error::PriceStale);
		Ok(price)
	}

	/// Returns the price of a fill of `usdai` by the path alone.
	fn path_price<T: Config>(&self, usdai: Balance) -> Result<Balance, Error<T>> {
		self.price_at(self.clock().mean_place(usdai)?)
	}

	/// Returns the bills for `usdai` at a price, rounded in favour of the vault.
	fn bills_for<T: Config>(&self, usdai: Balance, price: Balance) -> Result<Balance, Error<T>> {
		let rounding = match self.side {
			BillSide::Buys => Rounding::Up,
			BillSide::Sells => Rounding::Down,
		};
		Ok(mul_div(usdai, self.unit, price, rounding)?)
	}

	/// Returns what the vault loses against the oracle's price, rounded up; nothing where it gains.
	fn loss<T: Config>(&self, usdai: Balance, bills: Balance) -> Result<Balance, Error<T>> {
		let worth = |rounding| mul_div(bills, self.oracle_price, self.unit, rounding);
		// Saturating is meant: a gain is no loss.
		Ok(match self.side {
			BillSide::Buys => usdai.saturating_sub(worth(Rounding::Down)?),
			BillSide::Sells => worth(Rounding::Up)?.saturating_sub(usdai),
		})
	}

	/// Returns the bills of a fill that loses no more than the day permits. What the queue lacks may
	/// lose what the path says.
	fn bills_within_loss<T: Config>(
		&self,
		usdai: Balance,
		bills: Balance,
	) -> Result<Balance, Error<T>> {
		let loss = self.loss::<T>(usdai, bills)?;
		if loss <= self.loss_left || usdai == 0 {
			return Ok(bills);
		}
		let queued = usdai.min(self.for_queue);
		let of_queue = mul_div(loss, queued, usdai, Rounding::Down)?;
		let permitted = of_queue.checked_add(self.loss_left).ok_or(Error::Overflow)?.min(loss);
		Ok(match self.side {
			BillSide::Buys => {
				let worth = usdai.checked_sub(permitted).ok_or(Error::Overflow)?;
				bills.max(mul_div(worth, self.unit, self.oracle_price, Rounding::Up)?)
			}
			BillSide::Sells => {
				let worth = usdai.checked_add(permitted).ok_or(Error::Overflow)?;
				bills.min(mul_div(worth, self.unit, self.oracle_price, Rounding::Down)?)
			}
		})
	}

	/// Returns the terms of a fill of up to `amount` USDai.
	pub fn fill<T: Config>(&self, amount: Balance) -> Result<Fill, Error<T>> {
		ensure!(self.amount > 0, Error::HourlyLimitReached);
		let mut usdai = amount.min(self.amount);
		let price = self.path_price::<T>(usdai)?;
		let mut bills = self.bills_within_loss::<T>(usdai, self.bills_for::<T>(usdai, price)?)?;
		let mut is_last = false;
		if self.side == BillSide::Sells {
			let left = self.held.checked_sub(bills).filter(|left| *left > 0);
			is_last = left.is_none();
			// The token burns what is left in an account below its minimum balance.
			let most = match left {
				None => Some(self.held),
				Some(left) if left < self.least => self.held.checked_sub(self.least),
				Some(_) => None,
			};
			if let Some(most) = most {
				// No more than was to be paid for more bills.
				usdai = mul_div(usdai, most, bills.max(1), Rounding::Up)?;
				bills = most;
			}
		}
		ensure!(usdai >= self.values.min_fill || is_last, Error::BelowMinimumFill);
		ensure!(bills > 0 && usdai > 0, Error::BelowMinimumFill);
		let loss = self.loss::<T>(usdai, bills)?;
		let elapsed = self.clock().elapsed_after(usdai)?;
		let state = self.state.after(self.now, usdai, self.values.hourly_limit, elapsed)?;
		let lost = self.lost.with(self.now, loss, self.most_loss, SECONDS_PER_DAY)?;
		let rounding = match self.side {
			BillSide::Buys => Rounding::Down,
			BillSide::Sells => Rounding::Up,
		};
		let price = mul_div(usdai, self.unit, bills, rounding)?;
		Ok(Fill { usdai, bills, price, oracle_price: self.oracle_price, loss, state, lost })
	}

	/// Returns the report on the offer.
	fn report<T: Config>(&self) -> Result<BillOffer, Error<T>> {
		let clock = self.clock();
		let price = self.path_price::<T>(0)?;
		let bounded = self.loss_left == 0 && self.for_queue == 0;
		let price = match self.side {
			_ if !bounded => price,
			BillSide::Buys => price.min(self.oracle_price),
			BillSide::Sells => price.max(self.oracle_price),
		};
		// Saturating is safe here: times, not amounts.
		let since = self.now.saturating_sub(clock.elapsed);
		Ok(BillOffer {
			side: self.side,
			amount: self.amount,
			for_queue: self.for_queue.min(self.amount),
			price,
			oracle_price: self.oracle_price,
			first_price: self.price_at::<T>(0)?,
			last_price: self.price_at::<T>(WAD)?,
			since,
			until: since.saturating_add(clock.period),
			hourly_amount: self.values.hourly_limit,
			left_in_hour: self.state.left(self.now, self.values.hourly_limit)?,
			loss_left: self.loss_left,
			min_fill: self.values.min_fill,
		})
	}
}

impl<T: Config> Pallet<T> {
	/// Returns the idle money of the vault, and its target: the buffer, rounded up, what the queue
	/// wants for certain, and what announced draws want.
	pub(crate) fn demand(values: &ReserveValues) -> Result<Demand, DispatchError> {
		let wanted = T::Vault::wanted()?;
		let assets = T::Vault::assets()?;
		let target = values
			.liquidity_buffer
			.share_of(assets, Rounding::Up)
			.checked_add(wanted)
			.and_then(|sum| sum.checked_add(T::Draws::get()))
			.ok_or(Error::<T>::Overflow)?;
		let long_idle = T::Vault::long_idle(values.idle_period);
		Ok(Demand { idle: T::Vault::idle(), long_idle, target, wanted, assets })
	}

	/// Returns the offer of a side that may be filled now.
	pub(crate) fn offer_to_fill(
		bills_op: &BillsOp<T>,
		side: BillSide,
		values: &ReserveValues,
	) -> Result<Offer, DispatchError> {
		let (held, book) = (bills_op.held(), bills_op.book());
		let market = Market::open::<T>(bills_op.bill()?, held, book, values)?;
		let offer = market.offer::<T>(side, &Self::demand(values)?)?;
		Ok(offer.ok_or(Error::<T>::NothingOffered)?)
	}

	/// Returns the offers of the present state, without writing off bills that are missing.
	fn present_offers() -> Result<Vec<Offer>, DispatchError> {
		let bill = Bills::<T>::get().ok_or(Error::<T>::NoBills)?;
		let values = T::Values::get();
		let book = Ledger::<T>::get().offers;
		let market = Market::open::<T>(&bill, Self::held_balance(), book, &values)?;
		let demand = Self::demand(&values)?;
		let mut offers = Vec::new();
		for side in [BillSide::Buys, BillSide::Sells] {
			offers.extend(market.offer::<T>(side, &demand)?);
		}
		Ok(offers)
	}

	/// Returns the answer to [`Pallet::offers`]: none while nothing can be traded.
	pub(crate) fn offer_reports() -> Vec<BillOffer> {
		let offers = Self::present_offers().unwrap_or_default();
		offers.iter().filter_map(|offer| offer.report::<T>().ok()).collect()
	}

	/// Lets the price of an offer that is new begin its path, and forgets that of an offer that is
	/// gone.
	pub(crate) fn note_offers() {
		let offers = Self::present_offers().unwrap_or_default();
		let since = Self::now();
		let mut ledger = Ledger::<T>::get();
		let before = ledger;
		for side in [BillSide::Buys, BillSide::Sells] {
			let is_open = offers.iter().any(|offer| offer.side == side);
			let state = ledger.offers.side_mut(side);
			match (is_open, state.since) {
				(true, None) => {
					state.since = Some(since);
					Self::deposit_event(Event::OfferOpened { side, since });
				}
				(false, Some(_)) => {
					state.since = None;
					Self::deposit_event(Event::OfferClosed { side });
				}
				_ => {}
			}
		}
		if ledger != before {
			Ledger::<T>::put(ledger);
		}
	}
}
