// SPDX-License-Identifier: Apache-2.0

//! Custody and what hangs on it: heartbeats, and whether a title may secure a line.

use crate::{
	types::in_custody, Config, CustodyRenewedAt, Encumbrances, Error, Event, HeartbeatBatch,
	Pallet, Policies, Titles,
};
use caliber_primitives::{
	appraisal::AppraisalError,
	titles::{Ineligibility, TitleStatus},
	traits::InspectModels,
	LineId, TitleId,
};
use polkadot_sdk::frame_support::{dispatch::DispatchResult, ensure, traits::Get};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_heartbeat(custodian: T::AccountId, titles: HeartbeatBatch) -> DispatchResult {
		Self::custodian(&custodian)?;
		ensure!(!titles.is_empty(), Error::<T>::EmptyHeartbeat);

		for title in &titles {
			let record = Self::title_record(*title)?;
			ensure!(record.custodian == custodian, Error::<T>::NotTitleCustodian);
			ensure!(in_custody(record.status), Error::<T>::NotActive);
		}

		let renewed_at = Self::now();
		for title in &titles {
			CustodyRenewedAt::<T>::insert(title, renewed_at);
		}
		Self::deposit_event(Event::CustodyRenewed { custodian, titles, renewed_at });
		Ok(())
	}

	/// The first reason, in the order of [`Ineligibility`], that keeps a title from securing a
	/// line. `holder` is a line that may hold it already.
	///
	/// What needs no price comes first, so that a lapse of custody or insurance shows while the
	/// oracle is silent. How much cover is enough takes the value of the title; where there is no
	/// value, the reason for that is the answer.
	pub(crate) fn check_eligibility(
		title: TitleId,
		holder: Option<LineId>,
	) -> Result<(), Ineligibility> {
		let record = Titles::<T>::get(title).ok_or(Ineligibility::Unknown)?;
		ensure!(record.status == TitleStatus::Active, Ineligibility::NotActive(record.status));
		let line = Encumbrances::<T>::get(title);
		let held = line.is_some() && line == holder;
		ensure!(line.is_none() || held, Ineligibility::Encumbered);
		ensure!(Self::custody_is_fresh(title), Ineligibility::CustodyStale);
		let suspended = Self::custodian(&record.custodian).map_or(true, |keeper| keeper.suspended);
		ensure!(held || !suspended, Ineligibility::CustodianSuspended);
		let cover = Self::cover(&Policies::<T>::get(title), Self::now());
		ensure!(cover > 0, Ineligibility::Uninsured);
		let value = T::Models::title_value(title).map_err(reason_of)?;
		ensure!(cover >= T::MinCoverage::get().mul_ceil(value), Ineligibility::UnderInsured);
		T::Models::ineligibility(record.model).map_or(Ok(()), Err)
	}

	/// Whether the last heartbeat is at most [`Config::CustodyValidity`] old.
	fn custody_is_fresh(title: TitleId) -> bool {
		CustodyRenewedAt::<T>::get(title).is_some_and(|renewed_at| {
			Self::now().saturating_sub(renewed_at) <= T::CustodyValidity::get()
		})
	}
}

/// What a failed appraisal says against a title. What is worth nothing secures nothing.
fn reason_of(failure: AppraisalError) -> Ineligibility {
	match failure {
		AppraisalError::UnknownTitle => Ineligibility::Unknown,
		AppraisalError::Paused => Ineligibility::ModelPaused,
		AppraisalError::Delisted => Ineligibility::ModelDelisted,
		AppraisalError::Stale(_) => Ineligibility::AppraisalStale,
		AppraisalError::UnknownKey
		| AppraisalError::Unavailable(_)
		| AppraisalError::Zero
		| AppraisalError::Overflow => Ineligibility::AppraisalUnavailable,
	}
}

impl<T> From<Ineligibility> for Error<T> {
	fn from(reason: Ineligibility) -> Self {
		match reason {
			Ineligibility::Unknown => Self::UnknownTitle,
			Ineligibility::NotActive(_) => Self::NotActive,
			Ineligibility::Encumbered => Self::Encumbered,
			Ineligibility::CustodyStale => Self::CustodyStale,
			Ineligibility::CustodianSuspended => Self::CustodianSuspended,
			Ineligibility::Uninsured => Self::Uninsured,
			Ineligibility::UnderInsured => Self::UnderInsured,
			Ineligibility::AppraisalUnavailable => Self::AppraisalUnavailable,
			Ineligibility::AppraisalStale => Self::AppraisalStale,
			Ineligibility::ModelPaused => Self::ModelPaused,
			Ineligibility::ModelDelisted => Self::ModelDelisted,
		}
	}
}
