// SPDX-License-Identifier: Apache-2.0

//! Invariants of the state after every block.

use crate::{
	impls::STATE, types, Appraisals, Attestations, BondClaims, Collection, Config, Custodians,
	CustodyOffers, Devices, Documents, HoldReason, Insurers, Losses, NextAppraisalId,
	NextFacilityId, NextLossId, NextPolicyId, NextTitleId, Pallet, Parties, PartyKind, Policies,
	Redemptions, ReleasedTitles, TitleDevices, Titles, Verifiers,
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use caliber_primitives::{
	titles::{Paper, TitleStatus},
	traits::TitleInspect,
	Balance, TitleId,
};
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
	/// - INV-T2: a title lists different devices. Devices and confirmed titles are a bijection, but for
	///   devices that are under no title any more. As many devices of a title are not lost as it has
	///   units; those of an attested title count whether lost or not.
	/// - INV-T3: a title is confirmed if and only if its NFT exists.
	/// - INV-T4: an NFT is locked if and only if a line holds its title, the status of the title locks
	///   it or a referendum has suspended it, which is of active titles only. A line holds confirmed
	///   titles only, and none in redemption. Only a pledge to a line is acknowledged. The NFT shows the
	///   state of its title in words.
	/// - INV-T5: the bond of a custodian is held of it in USDai. Its count is that of its titles. What
	///   is in its custody is the sum of the values of its titles and of released ones; an attested
	///   title has none.
	/// - INV-T6: the periods of a revenue history sum up to what was earned at most, and that to the
	///   total at most; there is a first time if and only if something was earned.
	/// - INV-T7: a title is in redemption if and only if there is a request, of its owner, which has
	///   a storage deposit until a claim came of it. It is lost if and only if no unit is left. The
	///   units of its losses, by ascending ids that were given out, are those of its devices that
	///   are lost.
	/// - INV-T8: a custodian counts the claims against it. What they freeze adds up to what it says is
	///   claimed, its bond at most, and is no more than each wants. The title of a claim is in
	///   redemption, lost or gone.
	/// - INV-T9: policies belong to titles, by ascending ids that were given out; no more was claimed
	///   than the limit, no premium and no notice is longer than the term, and the limits can be added
	///   up.
	/// - INV-T10: appraisals belong to titles, by ascending ids that were given out; they have a
	///   value, count before they end, and no two of a title are of one appraiser.
	/// - INV-T11: the count of an insurer or appraiser is that of its policies or appraisals.
	/// - INV-T12: a party has particulars of the kind under which it is registered. The custodians of
	///   the registry are those that have a bond record. Their facilities differ, by ids that were given
	///   out, and a title stands in that of its custodian.
	/// - INV-T13: the record of a title has its policies against damage and loss, and its appraisals, in
	///   short.
	/// - INV-T14: custody is offered of confirmed titles, to a custodian that does not keep them.
	/// - INV-T15: the documents of a title are numbered without a gap, and its record tells the lapse of
	///   the last of each kind.
	/// - INV-T20: verifiers and insurers of the registry are those that have a record of their bond or
	///   capital, which is held of them in USDai. An insurer counts the limits of its policies.
	/// - INV-T21: the deposits of requests and claims are held of who made them in USDai.
	/// - INV-T22: a released title is none that exists, has no open claim and a known custodian.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_state_titles()?;
		Self::try_state_nfts()?;
		Self::try_state_devices()?;
		Self::try_state_custodians()?;
		Self::try_state_revenue()?;
		Self::try_state_redemptions()?;
		Self::try_state_claims()?;
		Self::try_state_policies()?;
		Self::try_state_appraisals()?;
		Self::try_state_items()?;
		Self::try_state_parties()?;
		Self::try_state_shorts()?;
		Self::try_state_custody_offers()?;
		Self::try_state_sureties()?;
		Self::try_state_deposits()?;
		Self::try_state_released()
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
		let mut filed = BTreeMap::<TitleId, Vec<(u32, Paper)>>::new();
		for (title_id, index, document) in Documents::<T>::iter() {
			ensure!(Titles::<T>::contains_key(title_id), "INV-T1: keys of Documents are titles");
			filed.entry(title_id).or_default().push((index, document.paper));
		}
		for (title_id, title) in Titles::<T>::iter() {
			let mut papers = filed.remove(&title_id).unwrap_or_default();
			papers.sort_unstable_by_key(|(index, _)| *index);
			ensure!(
				papers.iter().map(|(index, _)| *index).eq(0..title.documents),
				"INV-T15: indices of Documents[title] = 0..documents"
			);
			let mut last = BTreeMap::new();
			for (_, paper) in papers {
				last.insert(paper.kind, paper.lapses);
			}
			ensure!(
				last == title.lapses.iter().copied().collect() && last.len() == title.lapses.len(),
				"INV-T15: lapses of a title = those of the last paper of each kind"
			);
		}
		Ok(())
	}

	/// INV-T2.
	fn try_state_devices() -> Result<(), TryRuntimeError> {
		let mut listed = 0usize;
		for (title_id, devices) in TitleDevices::<T>::iter() {
			let title =
				Titles::<T>::get(title_id).ok_or("INV-T2: keys of TitleDevices are titles")?;
			ensure!(
				devices.iter().collect::<BTreeSet<_>>().len() == devices.len(),
				"INV-T2: devices of a title differ"
			);
			let mut units = devices.len();
			if title.status != TitleStatus::Attested {
				listed += devices.len();
				for device_id in &devices {
					let device = Devices::<T>::get(device_id)
						.filter(|device| device.title == Some(title_id))
						.ok_or("INV-T2: title of a device = title that lists the device")?;
					units -= usize::from(device.lost_at.is_some());
				}
				let lost = Losses::<T>::get(title_id)
					.iter()
					.try_fold(0usize, |sum, loss| sum.checked_add(loss.units as usize));
				ensure!(
					lost == Some(devices.len() - units),
					"INV-T7: Σ units of the losses of a title = number of its devices that are lost"
				);
				ensure!(
					(title.units == 0) == (title.status == TitleStatus::Lost),
					"INV-T7: status = Lost if and only if units = 0"
				);
			}
			ensure!(
				title.units as usize == units,
				"INV-T2: units = number of the title's devices that are not lost"
			);
		}
		for title_id in Titles::<T>::iter_keys() {
			ensure!(
				TitleDevices::<T>::contains_key(title_id),
				"INV-T2: each title has TitleDevices"
			);
		}
		ensure!(
			Devices::<T>::iter_values().filter(|device| device.title.is_some()).count() == listed,
			"INV-T2: number of Devices with a title = Σ length of TitleDevices of confirmed titles"
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
				!matches!(title.status, TitleStatus::Released | TitleStatus::Suspended),
				"INV-T3: status of a stored title != Released, Suspended"
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
				!title.acknowledged || title.line.is_some(),
				"INV-T4: acknowledged only if held by a line"
			);
			ensure!(
				!title.suspended.governed() || title.status == TitleStatus::Active,
				"INV-T4: suspended by a referendum only if status = Active"
			);
			let shown = T::Nfts::attribute(&collection, &title_id, STATE.as_bytes());
			ensure!(
				shown == minted.then(|| Self::state_text(&title)),
				"INV-T4: the NFT shows the state of its title"
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
		let mut values = BTreeMap::<T::AccountId, Balance>::new();
		for title in Titles::<T>::iter_values() {
			ensure!(
				title.status != TitleStatus::Attested || title.custody_value == 0,
				"INV-T5: custody_value of an attested title = 0"
			);
			add(values.entry(title.custodian.clone()).or_default(), title.custody_value)?;
			*kept.entry(title.custodian).or_default() += 1;
		}
		for released in ReleasedTitles::<T>::iter_values() {
			add(values.entry(released.custodian).or_default(), released.custody_value)?;
		}
		for (account, custodian) in Custodians::<T>::iter() {
			ensure!(
				custodian.live_titles == kept.remove(&account).unwrap_or_default(),
				"INV-T5: live_titles = number of the custodian's titles"
			);
			let reason = HoldReason::CustodianBond.into();
			ensure!(
				T::UsdAiHold::balance_on_hold(&reason, &account) == custodian.bond,
				"INV-T5: bond = USDai on hold for CustodianBond"
			);
			ensure!(
				custodian.in_custody == values.remove(&account).unwrap_or_default(),
				"INV-T5: in_custody = Σ custody_value of titles and released titles"
			);
		}
		ensure!(kept.is_empty(), "INV-T5: the custodian of each title is in Custodians");
		Ok(())
	}

	/// INV-T6.
	fn try_state_revenue() -> Result<(), TryRuntimeError> {
		for history in Titles::<T>::iter_values().map(|title| title.revenue) {
			let kept = history
				.buckets
				.iter()
				.try_fold(0, |sum: Balance, bucket| sum.checked_add(*bucket))
				.ok_or("INV-T6: Σ buckets does not overflow")?;
			ensure!(kept <= history.earned, "INV-T6: Σ buckets <= earned");
			ensure!(history.earned <= history.total, "INV-T6: earned <= total");
			ensure!(
				history.since.is_some() == (history.earned > 0),
				"INV-T6: since != None if and only if earned > 0"
			);
			ensure!(
				history.run.is_some() == history.since.is_some(),
				"INV-T6: run != None if and only if since != None"
			);
			ensure!(
				history.run.is_none_or(|run| run.before <= history.earned),
				"INV-T6: earned before the run <= earned"
			);
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
		}
		let next = NextLossId::<T>::get();
		for (title_id, losses) in Losses::<T>::iter() {
			ensure!(Titles::<T>::contains_key(title_id), "INV-T7: keys of Losses are titles");
			ensure!(!losses.is_empty(), "INV-T7: length of Losses[title] > 0");
			ensure!(
				ascending(losses.iter().map(|loss| loss.id)),
				"INV-T7: ids of a title's losses ascend"
			);
			ensure!(losses.iter().all(|loss| loss.units > 0), "INV-T7: units of a loss > 0");
			ensure!(losses.iter().all(|loss| loss.id < next), "INV-T7: id of a loss < NextLossId");
		}
		for (title_id, redemption) in Redemptions::<T>::iter() {
			ensure!(Titles::<T>::contains_key(title_id), "INV-T7: keys of Redemptions are titles");
			ensure!(
				<Self as TitleInspect<_>>::owner(title_id).as_ref() == Some(&redemption.requester),
				"INV-T7: requester = owner of the NFT"
			);
			ensure!(
				redemption.ticket.is_some() || redemption.escalated || redemption.disputed,
				"INV-T7: ticket = None only if escalated or disputed"
			);
		}
		Ok(())
	}

	/// INV-T8.
	fn try_state_claims() -> Result<(), TryRuntimeError> {
		let mut claims = BTreeMap::<T::AccountId, u32>::new();
		let mut amounts = BTreeMap::<T::AccountId, Balance>::new();
		for (title_id, claim) in BondClaims::<T>::iter() {
			let status = Titles::<T>::get(title_id).map(|title| title.status);
			ensure!(
				matches!(status, None | Some(TitleStatus::RedemptionRequested | TitleStatus::Lost)),
				"INV-T8: the title of a claim is in redemption, lost or gone"
			);
			ensure!(claim.amount <= claim.wanted, "INV-T8: amount <= wanted");
			add(amounts.entry(claim.custodian.clone()).or_default(), claim.amount)?;
			*claims.entry(claim.custodian).or_default() += 1;
		}
		for (account, custodian) in Custodians::<T>::iter() {
			let open = claims.remove(&account).unwrap_or_default();
			ensure!(
				custodian.open_claims == open,
				"INV-T8: open_claims = number of BondClaims against the custodian"
			);
			ensure!(
				custodian.claimed == amounts.remove(&account).unwrap_or_default(),
				"INV-T8: claimed = Σ amounts of BondClaims against the custodian"
			);
			ensure!(custodian.claimed <= custodian.bond, "INV-T8: claimed <= bond");
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
					(appraisal.filed_at..=appraisal.valid_until).contains(&appraisal.counts_from),
					"INV-T10: filed_at <= counts_from <= valid_until"
				);
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

	/// INV-T14.
	fn try_state_custody_offers() -> Result<(), TryRuntimeError> {
		for (title_id, offer) in CustodyOffers::<T>::iter() {
			let title =
				Titles::<T>::get(title_id).ok_or("INV-T14: keys of CustodyOffers are titles")?;
			ensure!(
				title.status != TitleStatus::Attested,
				"INV-T14: status of a title whose custody is offered != Attested"
			);
			ensure!(offer.to != title.custodian, "INV-T14: to != custodian of the title");
			ensure!(
				Custodians::<T>::contains_key(&offer.to),
				"INV-T14: custody is offered to a custodian"
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

	/// INV-T20.
	fn try_state_sureties() -> Result<(), TryRuntimeError> {
		let mut limits = BTreeMap::<T::AccountId, Balance>::new();
		for policy in Policies::<T>::iter_values().flatten() {
			add(limits.entry(policy.insurer).or_default(), policy.terms.limit)?;
		}
		for (kind, account, _) in Parties::<T>::iter() {
			let known = match kind {
				PartyKind::Verifier => Verifiers::<T>::contains_key(&account),
				PartyKind::Insurer => Insurers::<T>::contains_key(&account),
				PartyKind::Custodian | PartyKind::Appraiser | PartyKind::OffTaker => true,
			};
			ensure!(known, "INV-T20: each verifier and insurer has a record of its bond");
		}
		for (account, verifier) in Verifiers::<T>::iter() {
			ensure!(
				Parties::<T>::contains_key(PartyKind::Verifier, &account),
				"INV-T20: keys of Verifiers are verifiers"
			);
			ensure!(
				T::UsdAiHold::balance_on_hold(&HoldReason::VerifierBond.into(), &account)
					== verifier.bond,
				"INV-T20: bond = USDai on hold for VerifierBond"
			);
		}
		for (account, insurer) in Insurers::<T>::iter() {
			ensure!(
				Parties::<T>::contains_key(PartyKind::Insurer, &account),
				"INV-T20: keys of Insurers are insurers"
			);
			ensure!(
				T::UsdAiHold::balance_on_hold(&HoldReason::InsurerCapital.into(), &account)
					== insurer.capital,
				"INV-T20: capital = USDai on hold for InsurerCapital"
			);
			ensure!(
				insurer.bound == limits.remove(&account).unwrap_or_default(),
				"INV-T20: bound = Σ limits of the insurer's policies"
			);
		}
		Ok(())
	}

	/// INV-T21.
	fn try_state_deposits() -> Result<(), TryRuntimeError> {
		let mut deposits = BTreeMap::<T::AccountId, Balance>::new();
		for redemption in Redemptions::<T>::iter_values() {
			ensure!(
				redemption.deposit == 0 || redemption.ticket.is_some(),
				"INV-T21: deposit > 0 only if ticket != None"
			);
			add(deposits.entry(redemption.requester).or_default(), redemption.deposit)?;
		}
		for claim in BondClaims::<T>::iter_values() {
			add(deposits.entry(claim.claimant).or_default(), claim.deposit)?;
		}
		for (account, deposit) in deposits {
			ensure!(
				T::UsdAiHold::balance_on_hold(&HoldReason::ClaimDeposit.into(), &account)
					== deposit,
				"INV-T21: Σ deposits = USDai on hold for ClaimDeposit"
			);
		}
		Ok(())
	}

	/// INV-T22.
	fn try_state_released() -> Result<(), TryRuntimeError> {
		for (title_id, released) in ReleasedTitles::<T>::iter() {
			ensure!(
				!Titles::<T>::contains_key(title_id) && !BondClaims::<T>::contains_key(title_id),
				"INV-T22: a released title does not exist and has no claim"
			);
			ensure!(
				Custodians::<T>::contains_key(&released.custodian),
				"INV-T22: the custodian of each released title is in Custodians"
			);
		}
		Ok(())
	}
}

/// Adds `amount` to `sum`.
fn add(sum: &mut Balance, amount: Balance) -> Result<(), TryRuntimeError> {
	*sum = sum.checked_add(amount).ok_or("a sum of titles overflows")?;
	Ok(())
}

/// Returns true if each id is above the one before it.
fn ascending(ids: impl Iterator<Item = u32>) -> bool {
	let ids = ids.collect::<Vec<_>>();
	ids.windows(2).all(|pair| pair[0] < pair[1])
}
