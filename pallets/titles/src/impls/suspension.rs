// SPDX-License-Identifier: Apache-2.0

//! Suspensions: of a title and of a party, by a referendum until it ends them, by the technical
//! committee for a time.

use crate::{BondClaims, Config, Error, Event, Pallet};
use caliber_primitives::{
	governance::{Authority, Governed},
	titles::TitleStatus,
	Seconds, TitleId,
};
use polkadot_sdk::frame_support::{dispatch::DispatchResult, ensure, traits::Get};

impl<T: Config> Pallet<T> {
	/// Suspends by an authority. Returns the first second after a suspension that ends by itself.
	pub(crate) fn suspend(
		suspended: &mut Governed<bool>,
		authority: Authority,
	) -> Result<Option<Seconds>, Error<T>> {
		Ok(suspended.apply(authority, true, Self::now(), &T::BrakeTerms::get())?)
	}

	/// Ends a suspension, whoever decided it. The rest of a brake runs from here.
	pub(crate) fn reinstate(suspended: &mut Governed<bool>) {
		suspended.lift(Self::now());
	}

	pub(crate) fn do_suspend_title(authority: Authority, title_id: TitleId) -> DispatchResult {
		let title = Self::title_record(title_id)?;
		let mut suspended = title.suspended;
		let kept = matches!(title.status, TitleStatus::Active | TitleStatus::RedemptionRequested);
		ensure!(kept && !suspended.governed(), Error::<T>::NotActive);

		let until = Self::suspend(&mut suspended, authority)?;
		let lasts = suspended.governed();
		if lasts {
			ensure!(!BondClaims::<T>::contains_key(title_id), Error::<T>::ClaimOpen);
			Self::drop_redemption(title_id)?;
		}
		Self::change_title(title_id, title, None, |title| {
			title.suspended = suspended;
			if lasts {
				title.status = TitleStatus::Active;
			}
		})?;
		Self::deposit_event(Event::TitleSuspended { title: title_id, until });
		Ok(())
	}

	pub(crate) fn do_reinstate_title(title_id: TitleId) -> DispatchResult {
		let title = Self::title_record(title_id)?;
		ensure!(title.suspended.at(Self::now()), Error::<T>::NotSuspended);

		Self::change_title(title_id, title, None, |title| Self::reinstate(&mut title.suspended))?;
		Self::deposit_event(Event::TitleReinstated { title: title_id });
		Ok(())
	}
}
