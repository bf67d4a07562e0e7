// SPDX-License-Identifier: Apache-2.0

//! Titles as the view functions and the runtime API show them.

use crate::{
	Appraisals, Attestations, BondClaims, Config, CustodyOffers, Devices, Documents, Losses,
	NextTitleId, Pallet, Parties, PartyInfo, PartyKind, Policies, Redemptions, TitleDevices,
	Titles, MAX_REPORTS, MAX_SCANNED,
};
use alloc::vec::Vec;
use caliber_primitives::{
	titles::{DeviceId, DeviceReport, TitleReport, TitleStatus},
	traits::{InspectModels, LineRules, TitleInspect},
	TitleId,
};
use polkadot_sdk::frame_support::traits::{tokens::nonfungibles_v2::InspectEnumerable, Defensive};

impl<T: Config> Pallet<T> {
	pub(crate) fn report(title_id: TitleId) -> Option<TitleReport<T::AccountId>> {
		let title = Titles::<T>::get(title_id)?;
		let attestation = Attestations::<T>::get(title_id).defensive()?;
		// Until it is confirmed the evidence may change.
		let evidence = match attestation.evidence {
			Some(evidence) => evidence,
			None => Self::evidence(title_id, &title, &attestation),
		};
		let now = Self::now();
		let grace = T::Rules::present().premium_grace;
		let losses = Losses::<T>::get(title_id);
		let last_loss = losses.last().map(|loss| loss.since);
		let lost = title.status == TitleStatus::Lost;
		let mut documents = Documents::<T>::iter_prefix(title_id)
			.map(|(index, document)| (index, document.paper))
			.collect::<Vec<_>>();
		documents.sort_unstable_by_key(|(index, _)| *index);
		let documents = documents.into_iter().map(|(_, paper)| paper).collect();
		Some(TitleReport {
			id: title_id,
			owner: <Self as TitleInspect<_>>::owner(title_id),
			verifier: attestation.verifier,
			facility: Self::facility_name(&title.custodian),
			attested_at: attestation.attested_at,
			confirmed_at: attestation.confirmed_at,
			evidence,
			class: title.class,
			namespace: T::Models::namespace(title.model),
			devices: TitleDevices::<T>::get(title_id).into_inner(),
			facts: title.facts(now),
			status: title.status_at(now),
			line: title.line,
			redemption_deadline: Redemptions::<T>::get(title_id)
				.map(|redemption| Self::deadline(&redemption)),
			release_deadline: Redemptions::<T>::get(title_id)
				.and_then(|redemption| redemption.release)
				.map(|release| Self::release_deadline(&release)),
			custody_value: title.custody_value,
			lost_since: last_loss.filter(|_| lost),
			partly_lost_since: last_loss.filter(|_| !lost),
			losses: losses
				.into_iter()
				.map(|loss| {
					let payable_until = Self::loss_period_end(loss.since);
					loss.report(payable_until)
				})
				.collect(),
			inspected_by: attestation.inspection.map(|inspection| inspection.verifier),
			custody_offered_to: CustodyOffers::<T>::get(title_id).map(|offer| offer.to),
			claim_open: BondClaims::<T>::contains_key(title_id),
			custody_renewed_at: title.custody_renewed_at,
			documents,
			revenue_total: title.revenue.total,
			revenue_earned: title.revenue.earned,
			earned_trailing_year: Self::earned_in_trailing_year(&title),
			policies: Policies::<T>::get(title_id)
				.iter()
				.map(|policy| policy.report(now, grace))
				.collect(),
			cover: Self::cover(&title.covers, now, grace).1,
			acknowledged: title.acknowledged,
			appraisals: Appraisals::<T>::get(title_id)
				.iter()
				.map(|appraisal| {
					let estimate = appraisal.estimate();
					let counts = now >= Self::counts_since(&estimate) && appraisal.is_valid(now);
					appraisal.report(counts)
				})
				.collect(),
			independent: Self::independent_of(&title, now),
			struck_until: title.struck_until,
			custodian: title.custodian,
		})
	}

	pub(crate) fn reports(from: TitleId, limit: u32) -> Vec<TitleReport<T::AccountId>> {
		// No overflow: an id is at most the last one.
		let end = NextTitleId::<T>::get().min(from.saturating_add(MAX_SCANNED));
		(from..end).filter_map(Self::report).take(limit.min(MAX_REPORTS) as usize).collect()
	}

	pub(crate) fn owned_by(who: &T::AccountId) -> Vec<TitleId> {
		let Some(collection) = Self::collection() else { return Vec::new() };
		let mut owned = T::Nfts::owned_in_collection(&collection, who).collect::<Vec<_>>();
		owned.sort_unstable();
		owned
	}

	/// Returns the name of the facility of a custodian.
	pub(crate) fn facility_name(custodian: &T::AccountId) -> Vec<u8> {
		match Parties::<T>::get(PartyKind::Custodian, custodian).map(|party| party.info) {
			Some(PartyInfo::Custodian(info)) => info.facility.into_inner(),
			_ => Vec::new(),
		}
	}

	pub(crate) fn device_report(id: DeviceId) -> Option<DeviceReport> {
		Devices::<T>::get(id).map(|device| DeviceReport {
			title: device.title,
			first_commissioned: device.first_commissioned,
			worst_condition: device.worst_condition,
			lost_at: device.lost_at,
		})
	}
}
