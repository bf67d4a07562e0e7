// SPDX-License-Identifier: Apache-2.0

//! Invariants of the state after every block.

use crate::{
	types, Appraisals, Attestations, BondClaims, Collection, Config, Custodians, Documents,
	HoldReason, NextAppraisalId, NextFacilityId, NextPolicyId, NextTitleId, Pallet, Parties,
	PartyKind, Policies, Redemptions, Revenue, Serials, TitleSerials, Titles,
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use caliber_primitives::{titles::TitleStatus, traits::TitleInspect, Balance};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{
			fungible::InspectHold,
			tokens::nonfungibles_v2::{Inspect as InspectNft, InspectEnumerable},
		},
	},
	sp_runtime::TryRuntimeError,
};

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	///
	/// - INV-T1: ids are below the next one, each title has an attestation, and no map names a title
	///   that does not exist.
	/// - INV-T2: serials and titles are a bijection, with as many serials as units.
	/// - INV-T3: a title is confirmed if and only if its NFT exists.
	/// - INV-T4: an NFT is locked if and only if a line holds its title, the status of the title locks
	///   it or a referendum has suspended it, which is of active titles only. A line holds confirmed
	///   titles only, and none in redemption.
	/// - INV-T5: the bond of a custodian is held of it. Its count is that of its titles.
	/// - INV-T6: the periods of a revenue history sum up to its total at most.
	/// - INV-T7: a title is in redemption if and only if there is a request, of its owner, which has
	///   a deposit until it is escalated. It is lost if and only if its record tells of a loss.
	/// - INV-T8: a custodian counts the claims against it, and is frozen while there is one.
	/// - INV-T9: policies belong to titles, by ascending ids that were given out; no more was claimed
	///   than the limit, no premium and no notice is longer than the term, and the limits can be added
	///   up.
	/// - INV-T10: appraisals belong to titles, by ascending ids that were given out; they have a
	///   value, and no two of a title are of one appraiser.
	/// - INV-T11: the count of an insurer or appraiser is that of its policies or appraisals.
	/// - INV-T12: a party has particulars of the kind under which it is registered. The custodians of
	///   the registry are those that have a bond record. Their facilities differ, by ids that were given
	///   out, and a title stands in that of its custodian.
	/// - INV-T13: the record of a title has its policies and its appraisals in short.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_state_titles()?;
		Self::try_state_serials()?;
		Self::try_state_nfts()?;
		Self::try_state_custodians()?;
		Self::try_state_revenue()?;
		Self::try_state_redemptions()?;
		Self::try_state_claims()?;
		Self::try_state_policies()?;
		Self::try_state_appraisals()?;
		Self::try_state_items()?;
		Self::try_state_parties()?;
		Self::try_state_shorts()
	}

	/// INV-T1.
	fn try_state_titles() -> Result<(), TryRuntimeError> {
		let next = NextTitleId::<T>::get();
		for (title_id, title) in Titles::<T>::iter() {
			ensure!(title_id < next, "INV-T1: id of a title < NextTitleId");
			let attestation =
				Attestations::<T>::get(title_id).ok_or("INV-T1: each title has an attestation")?;
			ensure!(
				(title.status == TitleStatus::Attested) == attestation.verifier.is_none(),
				"INV-T1: status = Attested if and only if verifier = None"
			);
		}
		for title_id in Attestations::<T>::iter_keys() {
			ensure!(Titles::<T>::contains_key(title_id), "INV-T1: keys of Attestations are titles");
		}
		for (title_id, _) in Documents::<T>::iter_keys() {
			ensure!(Titles::<T>::contains_key(title_id), "INV-T1: keys of Documents are titles");
		}
		for title_id in Revenue::<T>::iter_keys() {
			ensure!(Titles::<T>::contains_key(title_id), "INV-T1: keys of Revenue are titles");
		}
		Ok(())
	}

	/// INV-T2.
	fn try_state_serials() -> Result<(), TryRuntimeError> {
		let mut listed = 0usize;
		for (title_id, serials) in TitleSerials::<T>::iter() {
			let title =
				Titles::<T>::get(title_id).ok_or("INV-T2: keys of TitleSerials are titles")?;
			ensure!(
				title.units as usize == serials.len(),
				"INV-T2: units = length of TitleSerials[title]"
			);
			for serial in &serials {
				ensure!(
					Serials::<T>::get(serial) == Some(title_id),
					"INV-T2: Serials[serial] = title that lists the serial"
				);
			}
			listed += serials.len();
		}
		for title_id in Titles::<T>::iter_keys() {
			ensure!(
				TitleSerials::<T>::contains_key(title_id),
				"INV-T2: each title has TitleSerials"
			);
		}
		ensure!(
			Serials::<T>::iter().count() == listed,
			"INV-T2: number of Serials = Σ length of TitleSerials"
		);
		Ok(())
	}

	/// INV-T3 and INV-T4.
	fn try_state_nfts() -> Result<(), TryRuntimeError> {
		let Some(collection) = Collection::<T>::get() else {
			ensure!(
				Titles::<T>::iter().next().is_none(),
				"INV-T3: Collection = None only without titles"
			);
			return Ok(());
		};
		ensure!(
			T::Nfts::collection_owner(&collection) == Some(Self::account_id()),
			"INV-T3: owner of the collection = account of the pallet"
		);
		for (title_id, title) in Titles::<T>::iter() {
			ensure!(
				!matches!(title.status, TitleStatus::Redeemed | TitleStatus::Suspended),
				"INV-T3: status of a stored title != Redeemed, Suspended"
			);
			let confirmed = title.status != TitleStatus::Attested;
			let minted = T::Nfts::owner(&collection, &title_id).is_some();
			ensure!(
				confirmed == minted,
				"INV-T3: status != Attested if and only if the NFT exists"
			);
			let locked = minted && !T::Nfts::can_transfer(&collection, &title_id);
			ensure!(
				locked == title.is_locked(),
				"INV-T4: the NFT is locked = held by a line, locked by its status or suspended"
			);
			ensure!(
				title.line.is_none() || title.status != TitleStatus::RedemptionRequested,
				"INV-T4: status of a held title != RedemptionRequested"
			);
			ensure!(
				!title.suspended.governed() || title.status == TitleStatus::Active,
				"INV-T4: suspended by a referendum only if status = Active"
			);
		}
		for title_id in T::Nfts::items(&collection) {
			ensure!(
				Titles::<T>::contains_key(title_id),
				"INV-T3: items of the collection are titles"
			);
		}
		Ok(())
	}

	/// INV-T5.
	fn try_state_custodians() -> Result<(), TryRuntimeError> {
		let mut kept = BTreeMap::<T::AccountId, u32>::new();
		for title in Titles::<T>::iter_values() {
			*kept.entry(title.custodian).or_default() += 1;
		}
		for (account, custodian) in Custodians::<T>::iter() {
			ensure!(
				custodian.live_titles == kept.remove(&account).unwrap_or_default(),
				"INV-T5: live_titles = number of the custodian's titles"
			);
			let reason = HoldReason::CustodianBond.into();
			ensure!(
				T::Currency::balance_on_hold(&reason, &account) == custodian.bond,
				"INV-T5: bond = CLBR on hold for CustodianBond"
			);
		}
		ensure!(kept.is_empty(), "INV-T5: the custodian of each title is in Custodians");
		Ok(())
	}

	/// INV-T6.
	fn try_state_revenue() -> Result<(), TryRuntimeError> {
		for history in Revenue::<T>::iter_values() {
			let kept = history
				.buckets
				.iter()
				.try_fold(0, |sum: Balance, bucket| sum.checked_add(*bucket))
				.ok_or("INV-T6: Σ buckets does not overflow")?;
			ensure!(kept <= history.total, "INV-T6: Σ buckets <= total");
		}
		Ok(())
	}

	/// INV-T7.
	fn try_state_redemptions() -> Result<(), TryRuntimeError> {
		for (title_id, title) in Titles::<T>::iter() {
			ensure!(
				Redemptions::<T>::contains_key(title_id)
					== (title.status == TitleStatus::RedemptionRequested),
				"INV-T7: status = RedemptionRequested if and only if there is a request"
			);
			ensure!(
				title.loss.is_some() == (title.status == TitleStatus::Lost),
				"INV-T7: status = Lost if and only if loss != None"
			);
		}
		for (title_id, redemption) in Redemptions::<T>::iter() {
			ensure!(Titles::<T>::contains_key(title_id), "INV-T7: keys of Redemptions are titles");
			ensure!(
				<Self as TitleInspect<_>>::owner(title_id).as_ref() == Some(&redemption.requester),
				"INV-T7: requester = owner of the NFT"
			);
			ensure!(
				redemption.escalated == redemption.ticket.is_none(),
				"INV-T7: escalated if and only if ticket = None"
			);
		}
		Ok(())
	}

	/// INV-T8.
	fn try_state_claims() -> Result<(), TryRuntimeError> {
		let mut claims = BTreeMap::<T::AccountId, u32>::new();
		for claim in BondClaims::<T>::iter_values() {
			*claims.entry(claim.custodian).or_default() += 1;
		}
		for (account, custodian) in Custodians::<T>::iter() {
			let open = claims.remove(&account).unwrap_or_default();
			ensure!(
				custodian.open_claims == open,
				"INV-T8: open_claims = number of BondClaims against the custodian"
			);
			ensure!(custodian.frozen || open == 0, "INV-T8: open_claims > 0 only if frozen");
		}
		ensure!(claims.is_empty(), "INV-T8: the custodian of each claim is in Custodians");
		Ok(())
	}

	/// INV-T9.
	fn try_state_policies() -> Result<(), TryRuntimeError> {
		let next = NextPolicyId::<T>::get();
		for (title_id, policies) in Policies::<T>::iter() {
			ensure!(Titles::<T>::contains_key(title_id), "INV-T9: keys of Policies are titles");
			ensure!(!policies.is_empty(), "INV-T9: length of Policies[title] > 0");
			ensure!(
				ascending(policies.iter().map(|policy| policy.id)),
				"INV-T9: ids of a title's policies ascend"
			);
			let mut limits: Balance = 0;
			for policy in policies {
				ensure!(policy.id < next, "INV-T9: id of a policy < NextPolicyId");
				ensure!(policy.claimed <= policy.terms.limit, "INV-T9: claimed <= limit");
				let ends = [Some(policy.terms.premium_paid_until), policy.cancelled_at];
				ensure!(
					ends.into_iter().flatten().all(|end| end <= policy.terms.expires_at),
					"INV-T9: premium_paid_until, cancelled_at <= expires_at"
				);
				limits = limits
					.checked_add(policy.terms.limit)
					.ok_or("INV-T9: Σ limits does not overflow")?;
			}
		}
		Ok(())
	}

	/// INV-T10.
	fn try_state_appraisals() -> Result<(), TryRuntimeError> {
		let next = NextAppraisalId::<T>::get();
		for (title_id, appraisals) in Appraisals::<T>::iter() {
			ensure!(Titles::<T>::contains_key(title_id), "INV-T10: keys of Appraisals are titles");
			ensure!(!appraisals.is_empty(), "INV-T10: length of Appraisals[title] > 0");
			ensure!(
				ascending(appraisals.iter().map(|appraisal| appraisal.id)),
				"INV-T10: ids of a title's appraisals ascend"
			);
			let mut appraisers = BTreeSet::new();
			for appraisal in appraisals {
				ensure!(appraisal.id < next, "INV-T10: id of an appraisal < NextAppraisalId");
				ensure!(appraisal.value > 0, "INV-T10: value of an appraisal > 0");
				ensure!(
					appraisers.insert(appraisal.appraiser),
					"INV-T10: appraisers of a title's appraisals differ"
				);
			}
		}
		Ok(())
	}

	/// INV-T11.
	fn try_state_items() -> Result<(), TryRuntimeError> {
		let mut stored = BTreeMap::<(PartyKind, T::AccountId), u32>::new();
		for policy in Policies::<T>::iter_values().flatten() {
			*stored.entry((PartyKind::Insurer, policy.insurer)).or_default() += 1;
		}
		for appraisal in Appraisals::<T>::iter_values().flatten() {
			*stored.entry((PartyKind::Appraiser, appraisal.appraiser)).or_default() += 1;
		}
		for (kind, account, party) in Parties::<T>::iter() {
			ensure!(
				party.items == stored.remove(&(kind, account)).unwrap_or_default(),
				"INV-T11: items = number of the party's policies or appraisals"
			);
		}
		ensure!(
			stored.is_empty(),
			"INV-T11: the insurer or appraiser of each policy or appraisal is in Parties"
		);
		Ok(())
	}

	/// INV-T12.
	fn try_state_parties() -> Result<(), TryRuntimeError> {
		for (kind, account, party) in Parties::<T>::iter() {
			ensure!(party.info.kind() == kind, "INV-T12: kind of a party's info = kind of its key");
			ensure!(
				kind != PartyKind::Custodian || Custodians::<T>::contains_key(&account),
				"INV-T12: each custodian in Parties is in Custodians"
			);
		}
		let next = NextFacilityId::<T>::get();
		let mut facilities = BTreeSet::new();
		for (account, custodian) in Custodians::<T>::iter() {
			ensure!(
				Parties::<T>::contains_key(PartyKind::Custodian, &account),
				"INV-T12: each custodian in Custodians is in Parties"
			);
			ensure!(custodian.facility < next, "INV-T12: id of a facility < NextFacilityId");
			ensure!(
				facilities.insert(custodian.facility),
				"INV-T12: facilities of custodians differ"
			);
		}
		for title in Titles::<T>::iter_values() {
			let custodian = Custodians::<T>::get(&title.custodian);
			ensure!(
				custodian.is_some_and(|custodian| custodian.facility == title.facility),
				"INV-T12: facility of a title = facility of its custodian"
			);
		}
		Ok(())
	}

	/// INV-T13.
	fn try_state_shorts() -> Result<(), TryRuntimeError> {
		for (title_id, title) in Titles::<T>::iter() {
			ensure!(
				title.covers == types::covers(&Policies::<T>::get(title_id)),
				"INV-T13: covers of a title = Policies[title] in short"
			);
			ensure!(
				title.appraisals == types::estimates(&Appraisals::<T>::get(title_id)),
				"INV-T13: appraisals of a title = Appraisals[title] in short"
			);
		}
		Ok(())
	}
}

/// Returns true if each id is above the one before it.
fn ascending(ids: impl Iterator<Item = u32>) -> bool {
	let ids = ids.collect::<Vec<_>>();
	ids.windows(2).all(|pair| pair[0] < pair[1])
}
