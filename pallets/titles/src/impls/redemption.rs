// SPDX-License-Identifier: Apache-2.0

//! Redemption: machines go to the owner of their title.

use crate::{
	BondClaims, Config, Error, Event, Pallet, Redemption, RedemptionOf, Redemptions, Removed,
	REDEMPTION_FOOTPRINT,
};
use caliber_primitives::{
	titles::TitleStatus,
	traits::{Clock, TitleInspect},
	Seconds, TitleId,
};
use polkadot_sdk::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{Consideration, DefensiveOption, Get},
	},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_request_redemption(owner: T::AccountId, title_id: TitleId) -> DispatchResult {
		let title = Self::title_record(title_id)?;
		// A suspension by the technical committee keeps no owner from its machines.
		let suspended = title.suspended.governed();
		ensure!(title.status == TitleStatus::Active && !suspended, Error::<T>::NotActive);
		let holder = <Self as TitleInspect<_>>::owner(title_id);
		ensure!(holder.as_ref() == Some(&owner), Error::<T>::NotTitleOwner);
		ensure!(title.line.is_none(), Error::<T>::Encumbered);
		let requested_at = Self::now();
		let period = T::Values::get().redemption_period;
		let deadline = requested_at.checked_add(period).ok_or(Error::<T>::Overflow)?;

		let ticket = T::RedemptionConsideration::new(&owner, REDEMPTION_FOOTPRINT)?;
		Redemptions::<T>::insert(
			title_id,
			Redemption {
				requester: owner.clone(),
				requested_at,
				deadline,
				ticket: Some(ticket),
				escalated: false,
			},
		);
		Self::change_title(title_id, title, None, |title| {
			title.status = TitleStatus::RedemptionRequested
		})?;
		Self::deposit_event(Event::RedemptionRequested { title: title_id, owner, deadline });
		Ok(())
	}

	pub(crate) fn do_cancel_redemption(owner: T::AccountId, title_id: TitleId) -> DispatchResult {
		let title = Self::title_record(title_id)?;
		let redemption = Self::redemption(title_id)?;
		ensure!(redemption.requester == owner, Error::<T>::NotTitleOwner);

		Self::end_redemption(title_id, redemption)?;
		Self::change_title(title_id, title, None, |title| title.status = TitleStatus::Active)?;
		Self::deposit_event(Event::RedemptionCancelled { title: title_id, owner });
		Ok(())
	}

	/// Returns the counts of what was removed.
	pub(crate) fn do_confirm_release(
		custodian: T::AccountId,
		title_id: TitleId,
	) -> Result<Removed, DispatchError> {
		let title = Self::title_record(title_id)?;
		ensure!(title.custodian == custodian, Error::<T>::NotTitleCustodian);
		let redemption = Self::redemption(title_id)?;

		let owner = redemption.requester.clone();
		Self::end_redemption(title_id, redemption)?;
		Self::burn_locked(title_id, &owner)?;
		let units = title.units;
		let removed = Self::remove_title(title_id, title)?;
		Self::deposit_event(Event::TitleRedeemed { title: title_id, custodian, owner, units });
		Ok(removed)
	}

	pub(crate) fn do_escalate_redemption(
		owner: T::AccountId,
		title_id: TitleId,
	) -> Result<(), Error<T>> {
		let title = Self::title_record(title_id)?;
		let redemption = Self::redemption(title_id)?;
		ensure!(redemption.requester == owner, Error::<T>::NotTitleOwner);
		ensure!(!redemption.escalated, Error::<T>::AlreadyEscalated);
		let deadline = Self::deadline(&redemption);
		ensure!(Self::now() > deadline, Error::<T>::RedemptionPeriodRunning);
		ensure!(!BondClaims::<T>::contains_key(title_id), Error::<T>::ClaimOpen);
		let custodian = title.custodian;
		ensure!(custodian != owner, Error::<T>::CustodianIsOwner);

		// The deposit of the request is that of the claim from now on.
		let ticket = redemption.ticket.defensive_ok_or(Error::<T>::Unexpected)?;
		let escalated = Redemption { ticket: None, escalated: true, ..redemption };
		Redemptions::<T>::insert(title_id, escalated);
		Self::open_claim(title_id, custodian, owner, ticket)
	}

	/// Ends a request for machines that their custodian has lost. The request becomes a claim
	/// against the bond, as if it had been escalated, unless it was claimed for before or the
	/// custodian asked itself.
	pub(crate) fn fail_redemption(title_id: TitleId, custodian: &T::AccountId) -> DispatchResult {
		let Some(redemption) = Redemptions::<T>::get(title_id) else { return Ok(()) };
		let is_claimed = redemption.escalated || BondClaims::<T>::contains_key(title_id);
		if is_claimed || redemption.requester == *custodian {
			return Self::end_redemption(title_id, redemption);
		}
		Redemptions::<T>::remove(title_id);
		let ticket = redemption.ticket.defensive_ok_or(Error::<T>::Unexpected)?;
		Self::open_claim(title_id, custodian.clone(), redemption.requester, ticket)?;
		Ok(())
	}

	/// Returns the last second in which the custodian answers in time, unix seconds. Outages of the
	/// chain do not count against it.
	pub(crate) fn deadline(redemption: &RedemptionOf<T>) -> Seconds {
		T::Clock::end_of(redemption.requested_at, redemption.deadline)
	}

	fn redemption(title_id: TitleId) -> Result<RedemptionOf<T>, Error<T>> {
		Redemptions::<T>::get(title_id).ok_or(Error::<T>::NotInRedemption)
	}

	/// Removes the request for a title's machines, if there is one, and returns its deposit.
	pub(crate) fn drop_redemption(title_id: TitleId) -> DispatchResult {
		match Redemptions::<T>::get(title_id) {
			Some(redemption) => Self::end_redemption(title_id, redemption),
			None => Ok(()),
		}
	}

	fn end_redemption(title_id: TitleId, redemption: RedemptionOf<T>) -> DispatchResult {
		Redemptions::<T>::remove(title_id);
		// After an escalation the deposit is that of the claim.
		redemption.ticket.map_or(Ok(()), |ticket| ticket.drop(&redemption.requester))
	}
}
