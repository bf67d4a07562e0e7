// SPDX-License-Identifier: Apache-2.0

//! Custody: heartbeats, and how long one lasts.

use crate::{types::in_custody, Config, Error, Event, HeartbeatBatch, Pallet, TitleOf, Titles};
use alloc::vec::Vec;
use caliber_primitives::{traits::Clock, Seconds};
use polkadot_sdk::frame_support::ensure;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_heartbeat(
		custodian: T::AccountId,
		titles: HeartbeatBatch,
	) -> Result<(), Error<T>> {
		Self::custodian(&custodian)?;
		ensure!(!titles.is_empty(), Error::<T>::EmptyHeartbeat);

		let mut kept = Vec::with_capacity(titles.len());
		for title_id in &titles {
			let title = Self::title_record(*title_id)?;
			ensure!(title.custodian == custodian, Error::<T>::NotTitleCustodian);
			ensure!(in_custody(title.status), Error::<T>::NotActive);
			kept.push((title_id, title));
		}

		let renewed_at = Self::now();
		for (title_id, mut title) in kept {
			title.custody_renewed_at = renewed_at;
			Titles::<T>::insert(title_id, title);
		}
		Self::deposit_event(Event::CustodyRenewed { custodian, titles, renewed_at });
		Ok(())
	}

	/// Returns true if the last heartbeat for a title is at most `validity` old, outages of the chain
	/// apart: in them no custodian can send one.
	pub(crate) fn custody_is_fresh(title: &TitleOf<T>, validity: Seconds) -> bool {
		let renewed_at = title.custody_renewed_at;
		// A time beyond all times is never reached.
		let end = renewed_at.saturating_add(validity);
		Self::now() <= T::Clock::end_of(renewed_at, end)
	}
}
