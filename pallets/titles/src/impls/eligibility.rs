// SPDX-License-Identifier: Apache-2.0

//! Eligibility: the conditions on which a title may secure a line.

use crate::{Config, Encumbrances, Pallet, PartyKind, Policies, Titles};
use caliber_primitives::{
	appraisal::AppraisalError,
	titles::{Ineligibility, TitleStatus},
	traits::InspectModels,
	LineId, TitleId,
};
use polkadot_sdk::frame_support::{ensure, traits::Get};

impl<T: Config> Pallet<T> {
	/// Returns the first reason, in the order of [`Ineligibility`], that keeps a title from securing
	/// a line. `holder` is a line that may hold it already.
	///
	/// Reasons that need no price come first, so that a lapse of custody or insurance shows while
	/// the oracle is silent. How much cover is enough takes the value of the title; where there is
	/// no value, the reason for that is returned.
	pub(crate) fn check_eligibility(
		title_id: TitleId,
		holder: Option<LineId>,
	) -> Result<(), Ineligibility> {
		let title = Titles::<T>::get(title_id).ok_or(Ineligibility::Unknown)?;
		ensure!(title.status == TitleStatus::Active, Ineligibility::NotActive(title.status));
		let line_id = Encumbrances::<T>::get(title_id);
		let held = line_id.is_some() && line_id == holder;
		ensure!(line_id.is_none() || held, Ineligibility::Encumbered);
		ensure!(Self::custody_is_fresh(title_id), Ineligibility::CustodyStale);
		let admitted = Self::admitted_party(PartyKind::Custodian, &title.custodian).is_ok();
		ensure!(held || admitted, Ineligibility::CustodianSuspended);
		let cover = Self::cover(&Policies::<T>::get(title_id), Self::now());
		ensure!(cover > 0, Ineligibility::Uninsured);
		let value = T::Models::title_value(title_id).map_err(AppraisalError::ineligibility)?;
		ensure!(cover >= T::MinCoverage::get().mul_ceil(value), Ineligibility::UnderInsured);
		T::Models::ineligibility(title.model).map_or(Ok(()), Err)
	}
}
