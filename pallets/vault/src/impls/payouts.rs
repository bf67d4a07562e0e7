// SPDX-License-Identifier: Apache-2.0

//! Payment of served requests by idle work.

use crate::{Config, Error, Event, Pallet, PayoutPositions, Payouts, Requests};
use caliber_primitives::RequestId;
use polkadot_sdk::frame_support::storage::with_storage_layer;

impl<T: Config> Pallet<T> {
	/// Puts a served request among those that idle work pays out.
	pub(crate) fn queue_payout(id: RequestId) -> Result<(), Error<T>> {
		PayoutPositions::<T>::try_mutate(|range| {
			Payouts::<T>::insert(range.next, id);
			range.next = range.next.checked_add(1).ok_or(Error::<T>::Overflow)?;
			Ok(())
		})
	}

	/// Returns true if a served request waits to be paid out.
	pub(crate) fn payout_due() -> bool {
		let range = PayoutPositions::<T>::get();
		range.first < range.next
	}

	/// Pays out the next served request. What its owner cannot receive stays to be claimed.
	pub(crate) fn pay_out_next() {
		let mut range = PayoutPositions::<T>::get();
		let Some(id) = Payouts::<T>::take(range.first) else { return };
		// A position that has an entry is below the next one.
		range.first = range.first.saturating_add(1);
		PayoutPositions::<T>::put(range);
		let Some(request) = Requests::<T>::get(id).filter(|request| request.claimable > 0) else {
			return;
		};
		if let Err(reason) = with_storage_layer(|| Self::do_claim(&request.owner, id, None)) {
			Self::deposit_event(Event::PayoutKept { id, reason });
		}
	}
}
