// SPDX-License-Identifier: Apache-2.0

//! Independent appraisals, which may only lower the value of a title.

use super::independence::Part;
use crate::{
	Appraisal, AppraisalOf, Appraisals, Config, Error, Event, NextAppraisalId, Pallet, PartyKind,
	TitleAppraisalsOf, APPRAISAL_FOOTPRINT, FARTHEST_APPRAISAL,
};
use caliber_primitives::{governance::Authority, titles::AppraisalId, Balance, Seconds, TitleId};
use polkadot_sdk::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{Consideration, Get},
	},
	sp_core::H256,
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_file_appraisal(
		appraiser: T::AccountId,
		title_id: TitleId,
		value: Balance,
		document: H256,
		valid_until: Seconds,
	) -> Result<AppraisalId, DispatchError> {
		Self::admitted_party(PartyKind::Appraiser, &appraiser)?;
		Self::ensure_may_vouch(&appraiser, title_id, Part::Appraiser)?;
		ensure!(value > 0, Error::<T>::ZeroAmount);
		let now = Self::now();
		let validity = valid_until.checked_sub(now).filter(|validity| *validity > 0);
		let validity = validity.ok_or(Error::<T>::ValidityNotInFuture)?;
		ensure!(validity <= FARTHEST_APPRAISAL, Error::<T>::TimeTooFar);
		let values = T::Values::get();
		ensure!(validity <= values.max_appraisal_validity, Error::<T>::ValidityTooLong);
		ensure!(validity >= values.min_appraisal_validity, Error::<T>::ValidityTooShort);
		let counts_from = now.checked_add(values.appraisal_delay).ok_or(Error::<T>::Overflow)?;
		ensure!(counts_from <= valid_until, Error::<T>::ValidityTooShort);
		let appraisal_id = NextAppraisalId::<T>::get();
		let next = appraisal_id.checked_add(1).ok_or(Error::<T>::AppraisalIdsExhausted)?;
		let mut appraisals = Appraisals::<T>::get(title_id);
		let former = appraisals.iter().position(|filed| filed.appraiser == appraiser);
		if let Some(at) = former {
			let support = Self::support_of(&appraisals, at, now);
			let stays = Self::may_replace(&appraisals[at], support, value, valid_until, now);
			ensure!(stays, Error::<T>::AppraisalSupported);
		}
		let former = former.map(|at| appraisals.remove(at));
		ensure!(!appraisals.is_full(), Error::<T>::TooManyAppraisals);

		NextAppraisalId::<T>::put(next);
		let replaced = former.as_ref().map(|former| former.id);
		let counting = former.as_ref().map(Appraisal::estimate);
		if let Some(former) = former {
			Self::return_appraisal(former)?;
		}
		let party = Self::party(PartyKind::Appraiser, &appraiser)?;
		Self::count_item(PartyKind::Appraiser, &appraiser, party)?;
		let filed = Appraisal {
			id: appraisal_id,
			appraiser: appraiser.clone(),
			value,
			document,
			filed_at: now,
			counts_from,
			valid_until,
			confirmed: false,
			former: counting.and_then(|estimate| Self::counting(&estimate, now)),
			ticket: T::AppraisalConsideration::new(&appraiser, APPRAISAL_FOOTPRINT)?,
		};
		appraisals.try_push(filed).map_err(|_| Error::<T>::TooManyAppraisals)?;
		Self::set_appraisals(title_id, appraisals)?;
		Self::deposit_event(Event::AppraisalFiled {
			title: title_id,
			appraisal: appraisal_id,
			appraiser,
			value,
			document,
			counts_from,
			valid_until,
			replaced,
		});
		Ok(appraisal_id)
	}

	pub(crate) fn do_withdraw_appraisal(
		who: T::AccountId,
		title_id: TitleId,
		appraisal_id: AppraisalId,
	) -> DispatchResult {
		let (mut appraisals, at) = Self::find_appraisal(title_id, appraisal_id)?;
		let (filed, now) = (&appraisals[at], Self::now());
		if filed.is_valid(now) {
			ensure!(filed.appraiser == who, Error::<T>::AppraisalStillValid);
			let supported = Self::support_of(&appraisals, at, now).is_some();
			ensure!(!supported, Error::<T>::AppraisalSupported);
		}

		let withdrawn = appraisals.remove(at);
		Self::set_appraisals(title_id, appraisals)?;
		Self::withdraw(title_id, withdrawn)
	}

	pub(crate) fn do_strike_appraisal(
		authority: Authority,
		title_id: TitleId,
		appraisal_id: AppraisalId,
	) -> DispatchResult {
		let (mut appraisals, at) = Self::find_appraisal(title_id, appraisal_id)?;
		let supported = Self::support_of(&appraisals, at, Self::now()).is_some();
		ensure!(authority == Authority::Referendum || !supported, Error::<T>::AppraisalSupported);
		// A time beyond all times is never reached.
		let until = Self::now().saturating_add(T::BrakeTerms::get().duration);

		let struck = appraisals.remove(at);
		Self::set_appraisals(title_id, appraisals)?;
		// A duration that was lowered since ends no bar that stands.
		Self::change_stored(title_id, |title| {
			title.struck_until = title.struck_until.max(Some(until))
		})?;
		let appraiser = struck.appraiser.clone();
		Self::return_appraisal(struck)?;
		Self::deposit_event(Event::AppraisalStruck {
			title: title_id,
			appraisal: appraisal_id,
			appraiser,
			until,
		});
		Ok(())
	}

	pub(crate) fn do_confirm_appraisal(
		title_id: TitleId,
		appraisal_id: AppraisalId,
	) -> Result<(), Error<T>> {
		let (mut appraisals, at) = Self::find_appraisal(title_id, appraisal_id)?;
		let appraisal = &mut appraisals[at];
		ensure!(!appraisal.confirmed, Error::<T>::AlreadyConfirmed);

		appraisal.confirmed = true;
		Self::set_appraisals(title_id, appraisals)?;
		Self::deposit_event(Event::AppraisalConfirmed { title: title_id, appraisal: appraisal_id });
		Ok(())
	}

	/// Returns the value that two support and that would fall with the appraisal at this place: its
	/// own if a referendum has confirmed it, or the second lowest of those that count, if that were
	/// higher without this one. None if nothing would fall that more than one has said.
	fn support_of(appraisals: &TitleAppraisalsOf<T>, at: usize, now: Seconds) -> Option<Balance> {
		let filed = &appraisals[at];
		if filed.confirmed && filed.is_valid(now) {
			return Some(filed.value);
		}
		let supported = |without: Option<usize>| {
			let left = appraisals.iter().enumerate().filter(|(place, _)| Some(*place) != without);
			Self::independent_among(left.map(|(_, filed)| filed.estimate()), now).second
		};
		let without = supported(Some(at));
		supported(None).filter(|value| without.is_none_or(|left| left > *value))
	}

	/// Returns true if an appraiser may put another value in the place of its appraisal `former`, with
	/// which the value `support` would fall. What a referendum has confirmed is not its appraiser's
	/// any more; what it says together with another stays as low, and for as long.
	fn may_replace(
		former: &AppraisalOf<T>,
		support: Option<Balance>,
		value: Balance,
		valid_until: Seconds,
		now: Seconds,
	) -> bool {
		let confirmed = former.confirmed && former.is_valid(now);
		support.is_none_or(|support| {
			!confirmed && value <= support && valid_until >= former.valid_until
		})
	}

	/// Returns the appraisals of a title, and the place of one among them.
	fn find_appraisal(
		title_id: TitleId,
		appraisal_id: AppraisalId,
	) -> Result<(TitleAppraisalsOf<T>, usize), Error<T>> {
		Self::title_record(title_id)?;
		let appraisals = Appraisals::<T>::get(title_id);
		let at = appraisals
			.binary_search_by_key(&appraisal_id, |filed| filed.id)
			.map_err(|_| Error::<T>::UnknownAppraisal)?;
		Ok((appraisals, at))
	}

	/// Removes the appraisals of a title that goes, and returns their deposits. Returns how many.
	pub(crate) fn remove_appraisals(title_id: TitleId) -> Result<u32, DispatchError> {
		let appraisals = Appraisals::<T>::get(title_id);
		let removed = appraisals.len() as u32;
		Self::set_appraisals(title_id, Default::default())?;
		for appraisal in appraisals {
			Self::withdraw(title_id, appraisal)?;
		}
		Ok(removed)
	}

	/// Returns the deposit of an appraisal that is not stored any more, and says so.
	fn withdraw(title_id: TitleId, appraisal: AppraisalOf<T>) -> DispatchResult {
		let (appraisal_id, appraiser) = (appraisal.id, appraisal.appraiser.clone());
		Self::return_appraisal(appraisal)?;
		Self::deposit_event(Event::AppraisalWithdrawn {
			title: title_id,
			appraisal: appraisal_id,
			appraiser,
		});
		Ok(())
	}

	/// Counts off an appraisal that is not stored any more, and returns its deposit.
	fn return_appraisal(Appraisal { appraiser, ticket, .. }: AppraisalOf<T>) -> DispatchResult {
		Self::uncount_item(PartyKind::Appraiser, &appraiser)?;
		ticket.drop(&appraiser)
	}
}
