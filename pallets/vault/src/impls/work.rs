// SPDX-License-Identifier: Apache-2.0

//! Calls that keepers and savers should make, as the runtime names them.

use crate::{Pallet, PayoutPositions, Payouts, Requests};
use alloc::vec::Vec;
use caliber_primitives::{
	credit::{Task, Work, MAX_WORKS},
	vault::WindowReport,
	RequestId,
};

impl<T: crate::Config> Pallet<T> {
	/// Returns the calls that settle the redemption windows that have closed and pay those who are
	/// served.
	pub(crate) fn work() -> Vec<Work> {
		let from = Self::now();
		let WindowReport { settling, due, awaited, .. } = Self::window_report();
		let window = match (settling, due) {
			(Some(_), _) => Some(Task::Settle),
			(None, Some(_)) => Some(Task::StartSettlement),
			(None, None) => awaited.round.then_some(Task::TurnRound),
		};
		let range = PayoutPositions::<T>::get();
		// One that was claimed leaves its position until the turn of that comes.
		let is_due =
			|id: &RequestId| Requests::<T>::get(id).is_some_and(|request| request.claimable > 0);
		let served =
			(range.first..range.next).filter_map(Payouts::<T>::get).filter(is_due).map(Task::Claim);
		window
			.into_iter()
			.chain(served)
			.map(|task| Work { from, task })
			.take(MAX_WORKS as usize)
			.collect()
	}
}
