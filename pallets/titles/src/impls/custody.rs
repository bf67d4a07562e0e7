// SPDX-License-Identifier: Apache-2.0

//! Custody: heartbeats, and how long one lasts.

use crate::{types::in_custody, Config, CustodyRenewedAt, Error, Event, HeartbeatBatch, Pallet};
use caliber_primitives::TitleId;
use polkadot_sdk::frame_support::{ensure, traits::Get};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_heartbeat(
		custodian: T::AccountId,
		titles: HeartbeatBatch,
	) -> Result<(), Error<T>> {
		Self::custodian(&custodian)?;
		ensure!(!titles.is_empty(), Error::<T>::EmptyHeartbeat);

		for title_id in &titles {
			let title = Self::title_record(*title_id)?;
			ensure!(title.custodian == custodian, Error::<T>::NotTitleCustodian);
			ensure!(in_custody(title.status), Error::<T>::NotActive);
		}

		let renewed_at = Self::now();
		for title_id in &titles {
			CustodyRenewedAt::<T>::insert(title_id, renewed_at);
		}
		Self::deposit_event(Event::CustodyRenewed { custodian, titles, renewed_at });
		Ok(())
	}

	/// Returns true if the last heartbeat is at most [`Config::CustodyValidity`] old.
	pub(crate) fn custody_is_fresh(title_id: TitleId) -> bool {
		CustodyRenewedAt::<T>::get(title_id).is_some_and(|renewed_at| {
			Self::now().saturating_sub(renewed_at) <= T::CustodyValidity::get()
		})
	}
}
