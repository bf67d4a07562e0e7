// SPDX-License-Identifier: Apache-2.0

//! Titles as the view functions and the runtime API show them.

use crate::{
	Appraisals, BondClaims, Config, CustodyRenewedAt, Documents, Encumbrances, LostSince, Pallet,
	Policies, Redemptions, Revenue, Titles,
};
use alloc::vec::Vec;
use caliber_primitives::{titles::TitleReport, traits::TitleInspect, TitleId};
use polkadot_sdk::frame_support::traits::Defensive;

impl<T: Config> Pallet<T> {
	pub(crate) fn report(title_id: TitleId) -> Option<TitleReport<T::AccountId>> {
		let title = Titles::<T>::get(title_id)?;
		let facts = title.facts();
		let now = Self::now();
		let policies = Policies::<T>::get(title_id);
		let appraisals = Appraisals::<T>::get(title_id);
		let counting = Self::counting_appraisal(&appraisals, now);
		let counting_id = counting.map(|appraisal| appraisal.id);
		let mut documents = Documents::<T>::iter_prefix(title_id)
			.map(|(kind, document)| (kind, document.hash))
			.collect::<Vec<_>>();
		documents.sort();
		Some(TitleReport {
			id: title_id,
			owner: <Self as TitleInspect<_>>::owner(title_id),
			custodian: title.custodian,
			verifier: title.verifier,
			facility: title.facility.into_inner(),
			class: title.class,
			facts,
			status: title.status,
			line: Encumbrances::<T>::get(title_id),
			redemption_deadline: Redemptions::<T>::get(title_id)
				.map(|redemption| redemption.deadline),
			lost_since: LostSince::<T>::get(title_id),
			claim_open: BondClaims::<T>::contains_key(title_id),
			custody_renewed_at: CustodyRenewedAt::<T>::get(title_id).defensive()?,
			documents,
			revenue_total: Revenue::<T>::get(title_id).total,
			revenue_trailing_year: Self::revenue_of_trailing_year(title_id),
			policies: policies.iter().map(|policy| policy.report(now)).collect(),
			cover: Self::cover(&policies, now),
			appraisals: appraisals.iter().map(|appraisal| appraisal.report(counting_id)).collect(),
			independent_value: counting.map(|appraisal| appraisal.value),
		})
	}
}
