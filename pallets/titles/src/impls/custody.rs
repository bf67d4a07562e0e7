// SPDX-License-Identifier: Apache-2.0

//! Custody: heartbeats, and how long one lasts.

use crate::{types::in_custody, Config, Error, Event, HeartbeatBatch, Pallet, TitleOf, Titles};
use alloc::vec::Vec;
use caliber_primitives::Seconds;
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

	/// Returns true if the last heartbeat for a title is at most `validity` old.
	pub(crate) fn custody_is_fresh(title: &TitleOf<T>, validity: Seconds) -> bool {
		Self::now().saturating_sub(title.custody_renewed_at) <= validity
	}
}
