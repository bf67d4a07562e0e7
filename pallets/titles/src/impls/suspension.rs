// SPDX-License-Identifier: Apache-2.0

//! Titles that governance suspends and reinstates.

use crate::{Config, Error, Event, Pallet};
use caliber_primitives::{titles::TitleStatus, TitleId};
use polkadot_sdk::frame_support::{dispatch::DispatchResult, ensure};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_suspend_title(title_id: TitleId) -> DispatchResult {
		let title = Self::title_record(title_id)?;
		ensure!(
			matches!(title.status, TitleStatus::Active | TitleStatus::RedemptionRequested),
			Error::<T>::NotActive
		);

		Self::drop_redemption(title_id)?;
		Self::set_status(title_id, title, TitleStatus::Suspended)?;
		Self::deposit_event(Event::TitleSuspended { title: title_id });
		Ok(())
	}

	pub(crate) fn do_reinstate_title(title_id: TitleId) -> DispatchResult {
		let title = Self::title_record(title_id)?;
		ensure!(title.status == TitleStatus::Suspended, Error::<T>::NotSuspended);

		Self::set_status(title_id, title, TitleStatus::Active)?;
		Self::deposit_event(Event::TitleReinstated { title: title_id });
		Ok(())
	}
}
