// SPDX-License-Identifier: Apache-2.0

//! Custody: heartbeats, how long one lasts, and how custody moves to another custodian.

use super::independence::Part;
use crate::{
	title_footprint, types::in_custody, Attestation, Attestations, BondClaims, Config, Custodian,
	Custodians, CustodyOffer, CustodyOfferOf, CustodyOffers, Error, Event, HeartbeatBatch, Pallet,
	TitleDevices, TitleOf, TitleRecord, Titles, CUSTODY_OFFER_FOOTPRINT,
};
use alloc::vec::Vec;
use caliber_primitives::{
	titles::TitleStatus,
	traits::{Clock, LineParties},
	Seconds, TitleId,
};
use polkadot_sdk::frame_support::{
	defensive,
	dispatch::DispatchResult,
	ensure,
	traits::{Consideration, DefensiveOption},
};

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
	/// Counts a title in that `custodian` keeps from now on.
	pub(crate) fn count_title_in(
		account: &T::AccountId,
		custodian: Custodian,
	) -> Result<(), Error<T>> {
		let live_titles = custodian.live_titles.checked_add(1).ok_or(Error::<T>::Overflow)?;
		Custodians::<T>::insert(account, Custodian { live_titles, ..custodian });
		Ok(())
	}

	/// Counts a title out that its custodian does not keep any more.
	pub(crate) fn count_title_out(account: &T::AccountId) -> Result<(), Error<T>> {
		let custodian = Self::custodian_of_title(account)?;
		let Some(live_titles) = custodian.live_titles.checked_sub(1) else {
			defensive!("a custodian of a title has a live title");
			return Err(Error::<T>::Unexpected);
		};
		Custodians::<T>::insert(account, Custodian { live_titles, ..custodian });
		Ok(())
	}

	/// Returns the account without whose consent custody of a title does not move: the curator of
	/// the line that holds it, or its owner.
	fn consenter(title_id: TitleId, title: &TitleOf<T>) -> Result<T::AccountId, Error<T>> {
		match title.line {
			Some(line_id) => T::Lines::curator(line_id).defensive_ok_or(Error::<T>::Unexpected),
			None => Self::owner_of_confirmed(title_id),
		}
	}

	/// Returns a custodian that may take over the custody of a title.
	fn successor(
		title_id: TitleId,
		title: &TitleOf<T>,
		to: &T::AccountId,
	) -> Result<Custodian, Error<T>> {
		ensure!(title.custodian != *to, Error::<T>::SameCustodian);
		let custodian = Self::admitted_custodian(to)?;
		Self::ensure_no_other_part(title_id, title, to, Part::Custodian)?;
		Ok(custodian)
	}

	/// Returns a title whose custody may move: active, and without a claim for it against the bond
	/// of its custodian.
	fn movable_title(title_id: TitleId) -> Result<TitleOf<T>, Error<T>> {
		let title = Self::title_record(title_id)?;
		ensure!(title.status_at(Self::now()) == TitleStatus::Active, Error::<T>::NotActive);
		ensure!(!BondClaims::<T>::contains_key(title_id), Error::<T>::ClaimOpen);
		Ok(title)
	}

	/// By the title's custodian, or by governance where there is no `who`.
	pub(crate) fn do_transfer_custody(
		who: Option<T::AccountId>,
		title_id: TitleId,
		to: T::AccountId,
	) -> DispatchResult {
		let title = Self::movable_title(title_id)?;
		if let Some(who) = &who {
			ensure!(title.custodian == *who, Error::<T>::NotTitleCustodian);
		}
		Self::successor(title_id, &title, &to)?;
		let standing = CustodyOffers::<T>::get(title_id);
		let by_referendum = standing.is_some_and(|offer| offer.is_of_referendum());
		ensure!(who.is_none() || !by_referendum, Error::<T>::OfferOfReferendum);

		Self::drop_custody_offer(title_id, &title.custodian)?;
		let ticket = match &who {
			Some(who) => Some(T::TitleConsideration::new(who, CUSTODY_OFFER_FOOTPRINT)?),
			None => None,
		};
		let offer = CustodyOffer { to: to.clone(), consented_by: None, ticket };
		CustodyOffers::<T>::insert(title_id, offer);
		let custodian = title.custodian;
		Self::deposit_event(Event::CustodyOffered { title: title_id, custodian, to });
		Ok(())
	}

	pub(crate) fn do_consent_custody(
		who: T::AccountId,
		title_id: TitleId,
		to: T::AccountId,
	) -> Result<(), Error<T>> {
		let title = Self::movable_title(title_id)?;
		let offer = Self::custody_offer(title_id)?;
		// The offer may be another one than the caller has seen.
		ensure!(offer.to == to, Error::<T>::NoCustodyOffer);
		ensure!(Self::consenter(title_id, &title)? == who, Error::<T>::ConsentNotYours);

		let offer = CustodyOffer { consented_by: Some(who.clone()), ..offer };
		CustodyOffers::<T>::insert(title_id, offer);
		Self::deposit_event(Event::CustodyConsented { title: title_id, by: who, to });
		Ok(())
	}

	pub(crate) fn do_accept_custody(to: T::AccountId, title_id: TitleId) -> DispatchResult {
		let title = Self::movable_title(title_id)?;
		let offer = Self::custody_offer(title_id)?;
		ensure!(offer.to == to, Error::<T>::NotOfferedToYou);
		// Who consented may have sold the title, or the line may be another one.
		let consenter = Self::consenter(title_id, &title)?;
		ensure!(offer.consented_by == Some(consenter), Error::<T>::ConsentMissing);
		let custodian = Self::successor(title_id, &title, &to)?;

		let (from, facility) = (title.custodian.clone(), custodian.facility);
		Self::drop_custody_offer(title_id, &from)?;
		Self::keep_bond_for_losses(title_id, &title)?;
		Self::count_title_in(&to, custodian)?;
		Self::count_title_out(&from)?;
		Self::take_out_of_custody(&from, title.custody_value)?;
		Self::take_into_custody(&to, title.custody_value)?;
		let attestation = Self::attestation(title_id)?;
		attestation.ticket.clone().drop(&from)?;
		let listed = TitleDevices::<T>::decode_len(title_id).unwrap_or_default() as u32;
		let ticket = T::TitleConsideration::new(&to, title_footprint(listed))?;
		Attestations::<T>::insert(title_id, Attestation { ticket, ..attestation });
		let custody_renewed_at = Self::now();
		let custodian = to.clone();
		Titles::<T>::insert(
			title_id,
			// The new custodian has acknowledged no pledge.
			TitleRecord { custodian, facility, custody_renewed_at, acknowledged: false, ..title },
		);
		Self::deposit_event(Event::CustodyMoved { title: title_id, from, to, facility });
		Ok(())
	}

	/// By the custodian that offers or the one to which custody is offered, or by governance where
	/// there is no `who`.
	pub(crate) fn do_cancel_custody(
		who: Option<T::AccountId>,
		title_id: TitleId,
	) -> DispatchResult {
		let title = Self::title_record(title_id)?;
		let offer = Self::custody_offer(title_id)?;
		let by_referendum = offer.is_of_referendum();
		let to = offer.to;
		if let Some(who) = who {
			ensure!(who == title.custodian || who == to, Error::<T>::NotTitleCustodian);
			ensure!(who == to || !by_referendum, Error::<T>::OfferOfReferendum);
		}

		Self::drop_custody_offer(title_id, &title.custodian)?;
		Self::deposit_event(Event::CustodyOfferCancelled { title: title_id, to });
		Ok(())
	}

	fn custody_offer(title_id: TitleId) -> Result<CustodyOfferOf<T>, Error<T>> {
		CustodyOffers::<T>::get(title_id).ok_or(Error::<T>::NoCustodyOffer)
	}

	/// Removes the offer of the custody of a title, if there is one, and returns its deposit to the
	/// custodian.
	pub(crate) fn drop_custody_offer(
		title_id: TitleId,
		custodian: &T::AccountId,
	) -> DispatchResult {
		match CustodyOffers::<T>::take(title_id).and_then(|offer| offer.ticket) {
			Some(ticket) => ticket.drop(custodian),
			None => Ok(()),
		}
	}
}
