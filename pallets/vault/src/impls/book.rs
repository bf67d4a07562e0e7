// SPDX-License-Identifier: Apache-2.0

//! The sums over the queue: shares by tick and by chunk, and which lanes have requests.

use crate::{
	types::{Chunk, Lane, QueueSummary, Tick, TickSet},
	Config, Error, Pallet, Queue, QueueChunks, QueueTotals,
};
use alloc::vec::Vec;
use caliber_math::auction::CHUNK;
use caliber_primitives::{Balance, WindowIndex};
use core::marker::PhantomData;
use polkadot_sdk::sp_runtime::{DispatchError, DispatchResult};

/// The sums while they are changed: read once, written when it is closed.
pub(crate) struct Book<T> {
	summary: QueueSummary,
	chunk: Option<(u8, Chunk)>,
	_config: PhantomData<T>,
}

impl<T: Config> Book<T> {
	/// Begin to change the sums.
	pub fn open() -> Self {
		Self { summary: QueueTotals::<T>::get(), chunk: None, _config: PhantomData }
	}

	/// Count in shares of a request that joins the lane of `tick` in `window`.
	pub fn join(&mut self, tick: Tick, window: WindowIndex, shares: Balance) -> DispatchResult {
		let (_, place) = TickSet::place(tick);
		let mut chunk = self.turn_to(tick)?;
		chunk.join(place, window, shares).ok_or(Error::<T>::Overflow)?;
		self.summary.join(tick, &chunk, window, shares).ok_or(Error::<T>::Overflow)?;
		self.keep(tick, chunk)
	}

	/// Count out shares of a request that joined the lane of `tick` in `window`.
	pub fn leave(&mut self, tick: Tick, window: WindowIndex, shares: Balance) -> DispatchResult {
		let (_, place) = TickSet::place(tick);
		let mut chunk = self.turn_to(tick)?;
		Pallet::<T>::expected(chunk.leave(place, window, shares))?;
		Pallet::<T>::expected(self.summary.leave(tick, &chunk, window, shares))?;
		self.keep(tick, chunk)
	}

	/// Write the sums.
	pub fn close(mut self) {
		self.put_away();
		QueueTotals::<T>::put(self.summary);
	}

	/// The chunk of a tick.
	fn turn_to(&mut self, tick: Tick) -> Result<Chunk, DispatchError> {
		let index = Pallet::<T>::chunk_index(tick)?;
		match self.chunk {
			Some((open, chunk)) if open == index => Ok(chunk),
			_ => {
				self.put_away();
				Ok(QueueChunks::<T>::get(index))
			}
		}
	}

	fn keep(&mut self, tick: Tick, chunk: Chunk) -> DispatchResult {
		self.chunk = Some((Pallet::<T>::chunk_index(tick)?, chunk));
		Ok(())
	}

	fn put_away(&mut self) {
		match self.chunk.take() {
			Some((index, chunk)) if chunk.is_empty() => QueueChunks::<T>::remove(index),
			Some((index, chunk)) => QueueChunks::<T>::insert(index, chunk),
			None => {}
		}
	}
}

impl<T: Config> Pallet<T> {
	/// The chunk that has a tick.
	pub(crate) fn chunk_index(tick: Tick) -> Result<u8, DispatchError> {
		Self::expected(u8::try_from(TickSet::place(tick).0).ok())
	}

	/// The answer to [`Pallet::bids`].
	pub(crate) fn shares_by_tick() -> Vec<(Tick, Balance)> {
		let mut lanes = QueueTotals::<T>::get().lanes;
		let mut bids = Vec::new();
		let mut open: Option<(usize, [Balance; CHUNK])> = None;
		while let Some(tick) = lanes.highest() {
			lanes.set(tick, false);
			let (chunk, place) = TickSet::place(tick);
			let shares = match open {
				Some((index, shares)) if index == chunk => shares,
				_ => QueueChunks::<T>::get(u8::try_from(chunk).unwrap_or_default()).shares,
			};
			open = Some((chunk, shares));
			bids.push((tick, shares.get(place).copied().unwrap_or_default()));
		}
		bids
	}

	/// Store a lane, or nothing where nobody stands in it.
	pub(crate) fn put_lane(tick: Tick, lane: Lane) {
		if lane.head.is_some() {
			Queue::<T>::insert(tick, lane);
		} else {
			Queue::<T>::remove(tick);
		}
	}
}
