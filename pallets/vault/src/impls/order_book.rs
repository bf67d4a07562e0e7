// SPDX-License-Identifier: Apache-2.0

//! The sums over the queue: shares by tick and by chunk, and which lanes have requests.

use crate::{
	types::{Chunk, Lane, QueueSummary, Tick, TickSet, NO_BID},
	Config, Error, Pallet, Queue, QueueChunks, QueueTotals,
};
use alloc::vec::Vec;
use caliber_math::clearing::CHUNK;
use caliber_primitives::{Balance, WindowIndex};
use core::marker::PhantomData;

/// The sums while they are changed: the summary and one chunk at a time, read once, written by
/// [`OrderBook::close`].
pub(crate) struct OrderBook<T> {
	summary: QueueSummary,
	chunk: Option<(u8, Chunk)>,
	_config: PhantomData<T>,
}

impl<T: Config> OrderBook<T> {
	/// Loads the summary.
	pub fn open() -> Self {
		Self { summary: QueueTotals::<T>::get(), chunk: None, _config: PhantomData }
	}

	/// Adds shares of a request that joins the lane of `tick` in `window`.
	pub fn join(
		&mut self,
		tick: Tick,
		window: WindowIndex,
		shares: Balance,
	) -> Result<(), Error<T>> {
		let (_, place) = TickSet::place(tick);
		let mut chunk = self.load_chunk(tick)?;
		chunk.join(place, window, shares).ok_or(Error::<T>::Overflow)?;
		self.summary.join(tick, &chunk, window, shares).ok_or(Error::<T>::Overflow)?;
		self.set(tick, chunk)
	}

	/// Removes shares of a request that joined the lane of `tick` in `window`.
	pub fn leave(
		&mut self,
		tick: Tick,
		window: WindowIndex,
		shares: Balance,
	) -> Result<(), Error<T>> {
		let (_, place) = TickSet::place(tick);
		let mut chunk = self.load_chunk(tick)?;
		chunk.leave(place, window, shares).ok_or_else(Pallet::<T>::unexpected)?;
		self.summary.leave(tick, &chunk, window, shares).ok_or_else(Pallet::<T>::unexpected)?;
		self.set(tick, chunk)
	}

	/// Returns the highest tick above 0 whose lane has requests.
	pub fn highest_bid(&self) -> Option<Tick> {
		self.summary.lanes.highest().filter(|tick| *tick > NO_BID)
	}

	/// Moves all shares of the lane of `tick`, which joined in `window`, to tick 0.
	pub fn merge(&mut self, tick: Tick, window: WindowIndex) -> Result<(), Error<T>> {
		let (_, place) = TickSet::place(tick);
		let shares = self.load_chunk(tick)?.shares.get(place).copied();
		let shares = shares.ok_or_else(Pallet::<T>::unexpected)?;
		self.leave(tick, window, shares)?;
		self.join(NO_BID, window, shares)
	}

	/// Writes the sums.
	pub fn close(mut self) {
		self.flush();
		QueueTotals::<T>::put(self.summary);
	}

	/// Returns the chunk of a tick: the one in memory, or, after that is flushed, the stored one.
	fn load_chunk(&mut self, tick: Tick) -> Result<Chunk, Error<T>> {
		let index = Pallet::<T>::chunk_index(tick)?;
		match self.chunk {
			Some((open, chunk)) if open == index => Ok(chunk),
			_ => {
				self.flush();
				Ok(QueueChunks::<T>::get(index))
			}
		}
	}

	/// Replaces the chunk in memory by that of a tick.
	fn set(&mut self, tick: Tick, chunk: Chunk) -> Result<(), Error<T>> {
		self.chunk = Some((Pallet::<T>::chunk_index(tick)?, chunk));
		Ok(())
	}

	/// Writes the chunk in memory, or removes it from storage if it has no shares.
	fn flush(&mut self) {
		match self.chunk.take() {
			Some((index, chunk)) if chunk.is_empty() => QueueChunks::<T>::remove(index),
			Some((index, chunk)) => QueueChunks::<T>::insert(index, chunk),
			None => {}
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Returns the index of the chunk of a tick.
	pub(crate) fn chunk_index(tick: Tick) -> Result<u8, Error<T>> {
		u8::try_from(TickSet::place(tick).0).map_err(|_| Self::unexpected())
	}

	/// Returns the answer to [`Pallet::bids`].
	pub(crate) fn shares_by_tick() -> Vec<(Tick, Balance)> {
		let mut lanes = QueueTotals::<T>::get().lanes;
		let mut bids = Vec::new();
		let mut open: Option<(usize, [Balance; CHUNK])> = None;
		while let Some(tick) = lanes.highest() {
			lanes.set(tick, false);
			let (chunk, place) = TickSet::place(tick);
			let shares = match open {
				Some((index, shares)) if index == chunk => shares,
				// A tick of the set is below 16 · 64, its chunk below 16.
				_ => QueueChunks::<T>::get(u8::try_from(chunk).unwrap_or_default()).shares,
			};
			open = Some((chunk, shares));
			// A place is a remainder of the number of places.
			bids.push((tick, shares.get(place).copied().unwrap_or_default()));
		}
		bids
	}

	/// Stores a lane, or removes it if it has no requests.
	pub(crate) fn put_lane(tick: Tick, lane: Lane) {
		if lane.head.is_some() {
			Queue::<T>::insert(tick, lane);
		} else {
			Queue::<T>::remove(tick);
		}
	}
}
