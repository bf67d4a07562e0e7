// SPDX-License-Identifier: Apache-2.0

//! Titles as the view functions and the runtime API show them.

use crate::{
	Appraisals, Attestations, BondClaims, Config, Documents, NextTitleId, Pallet, Policies,
	Redemptions, Revenue, Serials, Titles, MAX_REPORTS,
};
use alloc::vec::Vec;
use caliber_primitives::{
	titles::{DeviceReport, TitleReport},
	traits::TitleInspect,
	TitleId,
};
use polkadot_sdk::{
	frame_support::traits::{tokens::nonfungibles_v2::InspectEnumerable, Defensive},
	sp_core::H256,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn report(title_id: TitleId) -> Option<TitleReport<T::AccountId>> {
		let title = Titles::<T>::get(title_id)?;
		let attestation = Attestations::<T>::get(title_id).defensive()?;
		let now = Self::now();
		let counting = title.counting_appraisal(now);
		let counting_id = counting.map(|appraisal| appraisal.appraisal);
		let mut documents = Documents::<T>::iter_prefix(title_id)
			.map(|(kind, document)| (kind, document.hash))
			.collect::<Vec<_>>();
		documents.sort();
		Some(TitleReport {
			id: title_id,
			owner: <Self as TitleInspect<_>>::owner(title_id),
			verifier: attestation.verifier,
			facility: attestation.facility.into_inner(),
			class: title.class,
			facts: title.facts(),
			status: title.status_at(now),
			line: title.line,
			redemption_deadline: Redemptions::<T>::get(title_id)
				.map(|redemption| Self::deadline(&redemption)),
			lost_since: title.loss.as_ref().map(|loss| loss.since),
			claim_open: BondClaims::<T>::contains_key(title_id),
			custody_renewed_at: title.custody_renewed_at,
			documents,
			revenue_total: Revenue::<T>::get(title_id).total,
			revenue_trailing_year: Self::revenue_of_trailing_year(title_id),
			policies: Policies::<T>::get(title_id)
				.iter()
				.map(|policy| policy.report(now))
				.collect(),
			cover: Self::cover(&title.covers, now),
			appraisals: Appraisals::<T>::get(title_id)
				.iter()
				.map(|appraisal| appraisal.report(counting_id))
				.collect(),
			independent_value: counting.map(|appraisal| appraisal.value),
			custodian: title.custodian,
		})
	}

	pub(crate) fn reports(from: TitleId, limit: u32) -> Vec<TitleReport<T::AccountId>> {
		(from..NextTitleId::<T>::get())
			.filter_map(Self::report)
			.take(limit.min(MAX_REPORTS) as usize)
			.collect()
	}

	pub(crate) fn owned_by(who: &T::AccountId) -> Vec<TitleId> {
		let Some(collection) = Self::collection() else { return Vec::new() };
		let mut owned = T::Nfts::owned_in_collection(&collection, who).collect::<Vec<_>>();
		owned.sort_unstable();
		owned
	}

	pub(crate) fn device_report(id: H256) -> Option<DeviceReport> {
		Serials::<T>::get(id).map(|title_id| DeviceReport { title: Some(title_id) })
	}
}
