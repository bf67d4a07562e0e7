// SPDX-License-Identifier: Apache-2.0

//! Redemption: machines go to the owner of their title, by two keys. The custodian says that it
//! handed them over; the owner acknowledges it, disputes it or is silent. Only then is the title
//! burnt, and its last owner may still claim for some time.

use crate::{
	BondClaims, ClaimCause, Config, Error, Event, Pallet, Redemption, RedemptionOf, Redemptions,
	Release, ReleasedTitle, ReleasedTitles, Removed, TitleOf, REDEMPTION_FOOTPRINT,
};
use caliber_primitives::{
	titles::TitleStatus,
	traits::{Clock, TitleInspect},
	Balance, Seconds, TitleId,
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
		Self::ensure_rest_may_go(title_id, &owner)?;
		let requested_at = Self::now();
		let period = T::Values::get().redemption_period;
		let deadline = requested_at.checked_add(period).ok_or(Error::<T>::Overflow)?;

		let deposit = Self::claim_deposit(title.custody_value);
		Self::hold_claim_deposit(&owner, deposit)?;
		let ticket = T::RedemptionConsideration::new(&owner, REDEMPTION_FOOTPRINT)?;
		Redemptions::<T>::insert(
			title_id,
			Redemption {
				requester: owner.clone(),
				requested_at,
				deadline,
				release: None,
				deposit,
				ticket: Some(ticket),
				escalated: false,
				disputed: false,
			},
		);
		Self::change_title(title_id, title, None, |title| {
			title.status = TitleStatus::RedemptionRequested
		})?;
		Self::deposit_event(Event::RedemptionRequested {
			title: title_id,
			owner,
			deadline,
			deposit,
		});
		Ok(())
	}

	pub(crate) fn do_cancel_redemption(owner: T::AccountId, title_id: TitleId) -> DispatchResult {
		let title = Self::title_record(title_id)?;
		let redemption = Self::redemption(title_id)?;
		ensure!(redemption.requester == owner, Error::<T>::NotTitleOwner);
		// Who may have the machines already does not get the title back.
		ensure!(redemption.release.is_none(), Error::<T>::ReleaseConfirmed);

		// The title is free again: whoever buys it or lends on it is not to be harmed by an award.
		if let Some(claim) = BondClaims::<T>::get(title_id) {
			// Where nothing was frozen there was nothing to claim.
			let forfeited = if claim.amount > 0 { claim.deposit } else { 0 };
			Self::close_claim(title_id, claim, 0, forfeited)?.drop(&owner)?;
		}
		Self::end_redemption(title_id, redemption)?;
		Self::change_title(title_id, title, None, |title| title.status = TitleStatus::Active)?;
		Self::deposit_event(Event::RedemptionCancelled { title: title_id, owner });
		Ok(())
	}

	pub(crate) fn do_confirm_release(
		custodian: T::AccountId,
		title_id: TitleId,
	) -> Result<(), Error<T>> {
		let title = Self::title_record(title_id)?;
		ensure!(title.custodian == custodian, Error::<T>::NotTitleCustodian);
		let redemption = Self::redemption(title_id)?;
		ensure!(redemption.release.is_none(), Error::<T>::ReleaseConfirmed);
		let confirmed_at = Self::now();
		let period = T::Values::get().release_period;
		let until = confirmed_at.checked_add(period).ok_or(Error::<T>::Overflow)?;

		let release = Some(Release { confirmed_at, until });
		Redemptions::<T>::insert(title_id, Redemption { release, ..redemption });
		Self::deposit_event(Event::ReleaseConfirmed { title: title_id, custodian, until });
		Ok(())
	}

	/// Returns the counts of what was removed.
	pub(crate) fn do_acknowledge_release(
		owner: T::AccountId,
		title_id: TitleId,
	) -> Result<Removed, DispatchError> {
		let title = Self::title_record(title_id)?;
		let redemption = Self::redemption(title_id)?;
		ensure!(redemption.requester == owner, Error::<T>::NotTitleOwner);
		ensure!(redemption.release.is_some(), Error::<T>::ReleaseNotConfirmed);
		Self::finish_release(title_id, title, redemption)
	}

	pub(crate) fn do_dispute_release(owner: T::AccountId, title_id: TitleId) -> DispatchResult {
		let title = Self::title_record(title_id)?;
		let redemption = Self::redemption(title_id)?;
		ensure!(redemption.requester == owner, Error::<T>::NotTitleOwner);
		ensure!(!redemption.disputed, Error::<T>::AlreadyEscalated);
		let release = redemption.release.ok_or(Error::<T>::ReleaseNotConfirmed)?;
		// A claim that waits is about the machines too; what it decides about no answer leaves a
		// dispute.
		ensure!(!BondClaims::<T>::contains_key(title_id), Error::<T>::ClaimOpen);
		ensure!(Self::now() <= Self::release_deadline(&release), Error::<T>::ReleasePeriodOver);
		let redemption = Redemption { disputed: true, ..redemption };
		Self::escalate(title_id, title, redemption, ClaimCause::Dispute)
	}

	/// By anyone, once the owner was silent for the whole period. Returns the counts of what was
	/// removed.
	pub(crate) fn do_finalise_release(title_id: TitleId) -> Result<Removed, DispatchError> {
		let title = Self::title_record(title_id)?;
		let redemption = Self::redemption(title_id)?;
		let release = redemption.release.ok_or(Error::<T>::ReleaseNotConfirmed)?;
		ensure!(!BondClaims::<T>::contains_key(title_id), Error::<T>::ClaimOpen);
		ensure!(Self::now() > Self::release_deadline(&release), Error::<T>::ReleasePeriodRunning);
		Self::finish_release(title_id, title, redemption)
	}

	/// Burns a title whose machines were handed over. Its last owner may claim for some time, unless
	/// a claim is open or its dispute was decided.
	fn finish_release(
		title_id: TitleId,
		mut title: TitleOf<T>,
		redemption: RedemptionOf<T>,
	) -> Result<Removed, DispatchError> {
		let (owner, custodian) = (redemption.requester.clone(), title.custodian.clone());
		if owner == custodian {
			Self::end_redemption(title_id, redemption)?;
		} else {
			Redemptions::<T>::remove(title_id);
			Self::return_claim_deposit(&owner, redemption.deposit)?;
			if let Some(ticket) = redemption.ticket {
				let released_at = Self::now();
				let tail = T::Values::get().claim_tail;
				let released = ReleasedTitle {
					owner: owner.clone(),
					custodian: custodian.clone(),
					released_at,
					claim_until: released_at.checked_add(tail).ok_or(Error::<T>::Overflow)?,
					// It counts in custody for as long as somebody may claim.
					custody_value: core::mem::take(&mut title.custody_value),
					ticket,
				};
				ReleasedTitles::<T>::insert(title_id, released);
			}
		}
		Self::burn_locked(title_id, &owner)?;
		let units = title.units;
		let removed = Self::remove_title(title_id, title)?;
		Self::deposit_event(Event::TitleRedeemed { title: title_id, custodian, owner, units });
		Ok(removed)
	}

	pub(crate) fn do_escalate_redemption(owner: T::AccountId, title_id: TitleId) -> DispatchResult {
		let title = Self::title_record(title_id)?;
		let redemption = Self::redemption(title_id)?;
		ensure!(redemption.requester == owner, Error::<T>::NotTitleOwner);
		ensure!(!redemption.escalated, Error::<T>::AlreadyEscalated);
		ensure!(redemption.release.is_none(), Error::<T>::ReleaseConfirmed);
		let deadline = Self::deadline(&redemption);
		ensure!(Self::now() > deadline, Error::<T>::RedemptionPeriodRunning);
		let redemption = Redemption { escalated: true, ..redemption };
		Self::escalate(title_id, title, redemption, ClaimCause::NoAnswer)
	}

	/// Makes a claim of a request. The deposits of the request are those of the claim from now on.
	/// If an earlier claim took the one in USDai another is held.
	fn escalate(
		title_id: TitleId,
		title: TitleOf<T>,
		redemption: RedemptionOf<T>,
		cause: ClaimCause,
	) -> DispatchResult {
		let (custodian, owner) = (title.custodian, redemption.requester.clone());
		ensure!(custodian != owner, Error::<T>::CustodianIsOwner);
		let mut deposit = redemption.deposit;
		if deposit == 0 {
			deposit = Self::claim_deposit(title.custody_value);
			Self::hold_claim_deposit(&owner, deposit)?;
		}
		let ticket = redemption.ticket.defensive_ok_or(Error::<T>::Unexpected)?;
		let claimed = Redemption { ticket: None, deposit: 0, ..redemption };
		Redemptions::<T>::insert(title_id, claimed);
		let wanted = title.custody_value;
		Self::open_claim(title_id, custodian, owner, cause, wanted, deposit, ticket)?;
		Ok(())
	}

	/// Ends a request for machines that their custodian has lost. The request becomes a claim
	/// against the bond, as if it had been escalated, unless it was before or the custodian asked
	/// itself. `custody_value` is what the machines count in custody.
	pub(crate) fn fail_redemption(
		title_id: TitleId,
		custodian: &T::AccountId,
		custody_value: Balance,
	) -> DispatchResult {
		let Some(redemption) = Redemptions::<T>::get(title_id) else { return Ok(()) };
		// After a claim that was rejected the deposit is gone, and nobody asks for another here.
		if redemption.deposit == 0 || redemption.requester == *custodian {
			return Self::end_redemption(title_id, redemption);
		}
		Redemptions::<T>::remove(title_id);
		let Redemption { requester, deposit, ticket, .. } = redemption;
		let ticket = ticket.defensive_ok_or(Error::<T>::Unexpected)?;
		let (custodian, cause) = (custodian.clone(), ClaimCause::Loss);
		Self::open_claim(title_id, custodian, requester, cause, custody_value, deposit, ticket)?;
		Ok(())
	}

	/// Returns the last second in which the custodian answers in time, unix seconds. Outages of the
	/// chain do not count against it.
	pub(crate) fn deadline(redemption: &RedemptionOf<T>) -> Seconds {
		T::Clock::end_of(redemption.requested_at, redemption.deadline)
	}

	/// Returns the last second in which the owner may dispute a release, unix seconds. Outages of
	/// the chain do not count against it.
	pub(crate) fn release_deadline(release: &Release) -> Seconds {
		T::Clock::end_of(release.confirmed_at, release.until)
	}

	fn redemption(title_id: TitleId) -> Result<RedemptionOf<T>, Error<T>> {
		Redemptions::<T>::get(title_id).ok_or(Error::<T>::NotInRedemption)
	}

	/// Removes the request for a title's machines, if there is one, and returns its deposits.
	pub(crate) fn drop_redemption(title_id: TitleId) -> DispatchResult {
		match Redemptions::<T>::get(title_id) {
			Some(redemption) => Self::end_redemption(title_id, redemption),
			None => Ok(()),
		}
	}

	fn end_redemption(title_id: TitleId, redemption: RedemptionOf<T>) -> DispatchResult {
		Redemptions::<T>::remove(title_id);
		// After an escalation the deposits are those of the claim.
		Self::return_claim_deposit(&redemption.requester, redemption.deposit)?;
		redemption.ticket.map_or(Ok(()), |ticket| ticket.drop(&redemption.requester))
	}
}
