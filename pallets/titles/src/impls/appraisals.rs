// SPDX-License-Identifier: Apache-2.0

//! Independent appraisals: what an appraiser says of a title, which may only lower its value.

use crate::{
	Appraisal, Appraisals, Config, Error, Event, NextAppraisalId, Pallet, Role, TitleAppraisals,
};
use caliber_primitives::{titles::AppraisalId, Balance, Seconds, TitleId};
use polkadot_sdk::{
	frame_support::{dispatch::DispatchResult, ensure, traits::Get},
	sp_core::H256,
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	/// The latest appraisal that is valid at `now`.
	pub(crate) fn counting_appraisal(
		appraisals: &TitleAppraisals<T::AccountId>,
		now: Seconds,
	) -> Option<&Appraisal<T::AccountId>> {
		appraisals.iter().rev().find(|appraisal| appraisal.is_valid(now))
	}

	pub(crate) fn do_file_appraisal(
		appraiser: T::AccountId,
		title: TitleId,
		value: Balance,
		document: H256,
		valid_until: Seconds,
	) -> Result<AppraisalId, DispatchError> {
		Self::admitted_provider(Role::Appraiser, &appraiser)?;
		Self::ensure_may_vouch(&appraiser, title)?;
		ensure!(value > 0, Error::<T>::ZeroAmount);
		let now = Self::now();
		let validity = valid_until.checked_sub(now).filter(|validity| *validity > 0);
		let validity = validity.ok_or(Error::<T>::ValidityNotInFuture)?;
		ensure!(validity <= T::MaxAppraisalValidity::get(), Error::<T>::ValidityTooLong);
		let appraisal = NextAppraisalId::<T>::get();
		let next = appraisal.checked_add(1).ok_or(Error::<T>::AppraisalIdsExhausted)?;
		let deposit = T::AppraisalDeposit::get();
		let mut appraisals = Appraisals::<T>::get(title);
		let former = appraisals.iter().position(|filed| filed.appraiser == appraiser);
		let former = former.map(|at| appraisals.remove(at));
		let filed = Appraisal {
			id: appraisal,
			appraiser: appraiser.clone(),
			value,
			document,
			filed_at: now,
			valid_until,
			deposit,
		};
		appraisals.try_push(filed).map_err(|_| Error::<T>::TooManyAppraisals)?;

		NextAppraisalId::<T>::put(next);
		Appraisals::<T>::insert(title, appraisals);
		let replaced = former.as_ref().map(|former| former.id);
		if let Some(former) = former {
			Self::return_item(Role::Appraiser, &appraiser, former.deposit)?;
		}
		let provider = Self::provider(Role::Appraiser, &appraiser)?;
		Self::take_item(Role::Appraiser, &appraiser, provider, deposit)?;
		Self::deposit_event(Event::AppraisalFiled {
			title,
			appraisal,
			appraiser,
			value,
			document,
			valid_until,
			replaced,
			deposit,
		});
		Ok(appraisal)
	}

	pub(crate) fn do_withdraw_appraisal(
		who: T::AccountId,
		title: TitleId,
		appraisal: AppraisalId,
	) -> DispatchResult {
		Self::title_record(title)?;
		let mut appraisals = Appraisals::<T>::get(title);
		let at = appraisals
			.binary_search_by_key(&appraisal, |filed| filed.id)
			.map_err(|_| Error::<T>::UnknownAppraisal)?;
		let filed = &appraisals[at];
		ensure!(
			filed.appraiser == who || !filed.is_valid(Self::now()),
			Error::<T>::AppraisalStillValid
		);

		let Appraisal { appraiser, deposit, .. } = appraisals.remove(at);
		if appraisals.is_empty() {
			Appraisals::<T>::remove(title);
		} else {
			Appraisals::<T>::insert(title, appraisals);
		}
		Self::return_item(Role::Appraiser, &appraiser, deposit)?;
		Self::deposit_event(Event::AppraisalWithdrawn { title, appraisal, appraiser, deposit });
		Ok(())
	}

	/// Remove the appraisals of a title that goes, and return their deposits. Answers how many.
	pub(crate) fn remove_appraisals(title: TitleId) -> Result<u32, DispatchError> {
		let appraisals = Appraisals::<T>::take(title);
		let removed = appraisals.len() as u32;
		for Appraisal { id: appraisal, appraiser, deposit, .. } in appraisals {
			Self::return_item(Role::Appraiser, &appraiser, deposit)?;
			Self::deposit_event(Event::AppraisalWithdrawn { title, appraisal, appraiser, deposit });
		}
		Ok(removed)
	}
}
