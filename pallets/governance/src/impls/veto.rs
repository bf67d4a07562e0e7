// SPDX-License-Identifier: Apache-2.0

//! Vetoes of decided calls.

use crate::{
	frame_support::{dispatch::DispatchResult, ensure},
	pallet::*,
	types::{Agenda, Veto, VETO_REST},
};
use caliber_primitives::governance::{tempo::shortened, Authority};
use polkadot_sdk::sp_core::H256;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_veto(what: Veto, by: Authority) -> DispatchResult {
		let hash = T::Agenda::hash_of(&what).ok_or(Error::<T>::NotScheduled)?;
		if by == Authority::Committee {
			Self::note_committee_veto(hash)?;
		}
		T::Agenda::strike(&what)?;
		Self::deposit_event(Event::Vetoed { what, hash, by });
		Ok(())
	}

	/// Notes that the committee strikes a call, if it may.
	fn note_committee_veto(hash: H256) -> Result<(), Error<T>> {
		let now = Self::now();
		CommitteeVetoes::<T>::try_mutate(|vetoes| {
			vetoes.retain(|(_, until)| now < *until);
			ensure!(vetoes.iter().all(|(known, _)| *known != hash), Error::AlreadyVetoed);
			let rest = shortened(VETO_REST, Tempo::<T>::get());
			// An end beyond all times is never reached.
			vetoes.try_push((hash, now.saturating_add(rest))).map_err(|_| Error::TooManyVetoes)
		})
	}
}
