// SPDX-License-Identifier: Apache-2.0

//! What the view functions and the runtime API tell.

use crate::{
	Appraisals, BondClaims, Config, CustodyRenewedAt, Documents, Encumbrances, LostSince, Pallet,
	Policies, Redemptions, Revenue, Titles,
};
use alloc::vec::Vec;
use caliber_primitives::{titles::TitleReport, traits::Encumber, TitleId};

impl<T: Config> Pallet<T> {
	pub(crate) fn report(id: TitleId) -> Option<TitleReport<T::AccountId>> {
		let record = Titles::<T>::get(id)?;
		let facts = record.facts();
		let now = Self::now();
		let policies = Policies::<T>::get(id);
		let appraisals = Appraisals::<T>::get(id);
		let counting = Self::counting_appraisal(&appraisals, now);
		let counting_id = counting.map(|appraisal| appraisal.id);
		let mut documents = Documents::<T>::iter_prefix(id)
			.map(|(kind, document)| (kind, document.hash))
			.collect::<Vec<_>>();
		documents.sort();
		Some(TitleReport {
			id,
			owner: <Self as Encumber<_>>::owner(id),
			custodian: record.custodian,
			verifier: record.verifier,
			facility: record.facility.into_inner(),
			class: record.class,
			facts,
			status: record.status,
			line: Encumbrances::<T>::get(id),
			redemption_deadline: Redemptions::<T>::get(id).map(|request| request.deadline),
			lost_since: LostSince::<T>::get(id),
			claim_open: BondClaims::<T>::contains_key(id),
			custody_renewed_at: CustodyRenewedAt::<T>::get(id).unwrap_or_default(),
			documents,
			revenue_total: Revenue::<T>::get(id).total,
			revenue_trailing_year: Self::revenue_of_trailing_year(id),
			policies: policies.iter().map(|policy| policy.report(now)).collect(),
			cover: Self::cover(&policies, now),
			appraisals: appraisals.iter().map(|appraisal| appraisal.report(counting_id)).collect(),
			independent_value: counting.map(|appraisal| appraisal.value),
		})
	}
}
