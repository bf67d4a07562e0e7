// SPDX-License-Identifier: Apache-2.0

//! What is true of the state after every block.

use crate::{
	types::locks, Appraisals, BondClaims, Collection, Config, Custodians, CustodyRenewedAt,
	Documents, Encumbrances, HoldReason, LostSince, NextAppraisalId, NextPolicyId, NextTitleId,
	Pallet, Policies, Providers, Redemptions, Revenue, Role, Serials, TitleSerials, Titles,
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use caliber_primitives::{titles::TitleStatus, traits::Encumber, Balance};
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
	/// Check every invariant of the pallet.
	///
	/// 1. Ids are below the next one, and no map names a title that does not exist.
	/// 2. Serials and titles are a bijection, with as many serials as units.
	/// 3. A title is confirmed if and only if its NFT exists.
	/// 4. A confirmed title is held by a line or locked by its status if and only if its NFT cannot
	///    be transferred. A line holds confirmed titles only, and none in redemption.
	/// 5. A custodian's count is that of its titles, and what is held of it is its bond. What is held
	///    of an account for titles are the deposits of its titles and documents.
	/// 6. The periods of a revenue history sum up to its total at most.
	/// 7. A title is in redemption if and only if there is a request, of its owner. It is lost if and
	///    only if it is known since when.
	/// 8. A custodian counts the claims against it and is frozen while there is one. What is held of
	///    an account for redemption are the deposits of its requests and claims.
	/// 9. Policies belong to titles, by ascending ids that were given out; no more was claimed than
	///    the limit, no premium and no notice is longer than the term, and the limits can be added up.
	/// 10. Appraisals belong to titles, by ascending ids that were given out; they have a value, and
	///     no two of a title are of one appraiser.
	/// 11. The count of an insurer or appraiser is that of its policies or appraisals, and what is
	///     held of it are their deposits.
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
		Self::try_state_providers()
	}

	fn try_state_titles() -> Result<(), TryRuntimeError> {
		let next = NextTitleId::<T>::get();
		for (title, record) in Titles::<T>::iter() {
			ensure!(title < next, "1: a title has an id that was not given out");
			ensure!(CustodyRenewedAt::<T>::contains_key(title), "1: a title without custody");
			ensure!(
				(record.status == TitleStatus::Attested) == record.verifier.is_none(),
				"1: a title is confirmed without a verifier, or the other way round"
			);
		}
		for title in CustodyRenewedAt::<T>::iter_keys() {
			ensure!(Titles::<T>::contains_key(title), "1: custody of an unknown title");
		}
		for (title, _) in Documents::<T>::iter_keys() {
			ensure!(Titles::<T>::contains_key(title), "1: document of an unknown title");
		}
		for title in Revenue::<T>::iter_keys() {
			ensure!(Titles::<T>::contains_key(title), "1: revenue of an unknown title");
		}
		Ok(())
	}

	fn try_state_serials() -> Result<(), TryRuntimeError> {
		let mut listed = 0usize;
		for (title, serials) in TitleSerials::<T>::iter() {
			let record = Titles::<T>::get(title).ok_or("2: serials of an unknown title")?;
			ensure!(record.units as usize == serials.len(), "2: as many serials as units");
			for serial in &serials {
				ensure!(
					Serials::<T>::get(serial) == Some(title),
					"2: a serial is of another title"
				);
			}
			listed += serials.len();
		}
		for title in Titles::<T>::iter_keys() {
			ensure!(TitleSerials::<T>::contains_key(title), "2: a title without serials");
		}
		ensure!(Serials::<T>::iter().count() == listed, "2: a serial that no title lists");
		Ok(())
	}

	fn try_state_nfts() -> Result<(), TryRuntimeError> {
		let Some(collection) = Collection::<T>::get() else {
			ensure!(Titles::<T>::iter().next().is_none(), "3: titles without a collection");
			return Ok(());
		};
		ensure!(
			T::Nfts::collection_owner(&collection) == Some(Self::account_id()),
			"3: the collection belongs to another account"
		);
		for (title, record) in Titles::<T>::iter() {
			ensure!(record.status != TitleStatus::Redeemed, "3: a redeemed title is still there");
			let confirmed = record.status != TitleStatus::Attested;
			let minted = T::Nfts::owner(&collection, &title).is_some();
			ensure!(confirmed == minted, "3: a title is confirmed if and only if its NFT exists");
			let locked = minted && !T::Nfts::can_transfer(&collection, &title);
			let held = Encumbrances::<T>::contains_key(title);
			ensure!(
				locked == (held || locks(record.status)),
				"4: a title is held or locked by its status if and only if its NFT is locked"
			);
			ensure!(
				!held || record.status != TitleStatus::RedemptionRequested,
				"4: a line holds a title in redemption"
			);
		}
		for title in T::Nfts::items(&collection) {
			ensure!(Titles::<T>::contains_key(title), "3: the NFT of an unknown title");
		}
		for title in Encumbrances::<T>::iter_keys() {
			ensure!(Titles::<T>::contains_key(title), "4: encumbrance of an unknown title");
		}
		Ok(())
	}

	fn try_state_custodians() -> Result<(), TryRuntimeError> {
		let held = |reason: HoldReason, account: &T::AccountId| {
			T::Currency::balance_on_hold(&reason.into(), account)
		};
		let mut kept = BTreeMap::<T::AccountId, u32>::new();
		let mut deposits = BTreeMap::<T::AccountId, Balance>::new();
		for record in Titles::<T>::iter_values() {
			*kept.entry(record.custodian.clone()).or_default() += 1;
			add(&mut deposits, record.custodian, record.deposit).ok_or("5: deposits overflow")?;
		}
		for document in Documents::<T>::iter_values() {
			add(&mut deposits, document.filed_by, document.deposit)
				.ok_or("5: deposits overflow")?;
		}
		for (account, custodian) in Custodians::<T>::iter() {
			let titles = kept.remove(&account).unwrap_or_default();
			ensure!(custodian.live_titles == titles, "5: live titles of a custodian");
			let bond = held(HoldReason::CustodianBond, &account);
			ensure!(bond == custodian.bond, "5: bond and hold differ");
			deposits.entry(account).or_default();
		}
		ensure!(kept.is_empty(), "5: the custodian of a title is not registered");
		for (account, deposit) in deposits {
			ensure!(
				held(HoldReason::TitleDeposit, &account) == deposit,
				"5: deposits and hold differ"
			);
		}
		Ok(())
	}

	fn try_state_revenue() -> Result<(), TryRuntimeError> {
		for history in Revenue::<T>::iter_values() {
			let kept = history
				.buckets
				.iter()
				.try_fold(0, |sum: Balance, bucket| sum.checked_add(*bucket))
				.ok_or("6: revenue overflows")?;
			ensure!(kept <= history.total, "6: the periods exceed the total");
		}
		Ok(())
	}

	fn try_state_redemptions() -> Result<(), TryRuntimeError> {
		for (title, record) in Titles::<T>::iter() {
			ensure!(
				Redemptions::<T>::contains_key(title)
					== (record.status == TitleStatus::RedemptionRequested),
				"7: a title is in redemption if and only if there is a request"
			);
			ensure!(
				LostSince::<T>::contains_key(title) == (record.status == TitleStatus::Lost),
				"7: a title is lost if and only if it is known since when"
			);
		}
		for (title, redemption) in Redemptions::<T>::iter() {
			ensure!(Titles::<T>::contains_key(title), "7: redemption of an unknown title");
			ensure!(
				<Self as Encumber<_>>::owner(title).as_ref() == Some(&redemption.requester),
				"7: redemption was requested by another than the owner"
			);
		}
		for title in LostSince::<T>::iter_keys() {
			ensure!(Titles::<T>::contains_key(title), "7: loss of an unknown title");
		}
		Ok(())
	}

	fn try_state_claims() -> Result<(), TryRuntimeError> {
		let mut claims = BTreeMap::<T::AccountId, u32>::new();
		let mut deposits = BTreeMap::<T::AccountId, Balance>::new();
		let mut hold = |who: T::AccountId, deposit: Balance| {
			let held = deposits.entry(who).or_default();
			*held = held.checked_add(deposit).ok_or("8: deposits overflow")?;
			Ok::<(), TryRuntimeError>(())
		};
		for claim in BondClaims::<T>::iter_values() {
			*claims.entry(claim.custodian).or_default() += 1;
			hold(claim.claimant, claim.deposit)?;
		}
		for redemption in Redemptions::<T>::iter_values() {
			hold(redemption.requester, redemption.deposit)?;
		}
		for (account, custodian) in Custodians::<T>::iter() {
			let open = claims.remove(&account).unwrap_or_default();
			ensure!(custodian.open_claims == open, "8: claims against a custodian");
			ensure!(custodian.frozen || open == 0, "8: a claim is open and nobody is frozen");
		}
		ensure!(claims.is_empty(), "8: a claim against an unknown custodian");
		for (account, deposit) in deposits {
			let reason = HoldReason::RedemptionDeposit.into();
			ensure!(
				T::Currency::balance_on_hold(&reason, &account) == deposit,
				"8: deposits and hold differ"
			);
		}
		Ok(())
	}

	fn try_state_policies() -> Result<(), TryRuntimeError> {
		let next = NextPolicyId::<T>::get();
		for (title, policies) in Policies::<T>::iter() {
			ensure!(Titles::<T>::contains_key(title), "9: policy of an unknown title");
			ensure!(!policies.is_empty(), "9: a title without policies has a list of them");
			ensure!(ascending(policies.iter().map(|policy| policy.id)), "9: ids do not ascend");
			let mut limits: Balance = 0;
			for policy in policies {
				ensure!(policy.id < next, "9: a policy has an id that was not given out");
				ensure!(policy.claimed <= policy.terms.limit, "9: more was claimed than the limit");
				let ends = [Some(policy.terms.premium_paid_until), policy.cancelled_at];
				ensure!(
					ends.into_iter().flatten().all(|end| end <= policy.terms.expires_at),
					"9: premium or notice are longer than the term"
				);
				limits = limits.checked_add(policy.terms.limit).ok_or("9: limits overflow")?;
			}
		}
		Ok(())
	}

	fn try_state_appraisals() -> Result<(), TryRuntimeError> {
		let next = NextAppraisalId::<T>::get();
		for (title, appraisals) in Appraisals::<T>::iter() {
			ensure!(Titles::<T>::contains_key(title), "10: appraisal of an unknown title");
			ensure!(!appraisals.is_empty(), "10: a title without appraisals has a list of them");
			ensure!(ascending(appraisals.iter().map(|filed| filed.id)), "10: ids do not ascend");
			let mut appraisers = BTreeSet::new();
			for appraisal in appraisals {
				ensure!(appraisal.id < next, "10: an appraisal has an id that was not given out");
				ensure!(appraisal.value > 0, "10: an appraisal without a value");
				ensure!(
					appraisers.insert(appraisal.appraiser),
					"10: two appraisals are of one appraiser"
				);
			}
		}
		Ok(())
	}

	fn try_state_providers() -> Result<(), TryRuntimeError> {
		for role in [Role::Insurer, Role::Appraiser] {
			let given: Vec<(T::AccountId, Balance)> = match role {
				Role::Insurer => Policies::<T>::iter_values()
					.flatten()
					.map(|policy| (policy.insurer, policy.deposit))
					.collect(),
				Role::Appraiser => Appraisals::<T>::iter_values()
					.flatten()
					.map(|appraisal| (appraisal.appraiser, appraisal.deposit))
					.collect(),
			};
			let mut items = BTreeMap::<T::AccountId, u32>::new();
			let mut deposits = BTreeMap::<T::AccountId, Balance>::new();
			for (account, deposit) in given {
				*items.entry(account.clone()).or_default() += 1;
				add(&mut deposits, account, deposit).ok_or("11: deposits overflow")?;
			}
			for (account, provider) in Providers::<T>::iter_prefix(role) {
				let stored = items.remove(&account).unwrap_or_default();
				ensure!(provider.items == stored, "11: policies or appraisals of a provider");
				let reason = role.hold_reason().into();
				ensure!(
					T::Currency::balance_on_hold(&reason, &account)
						== deposits.remove(&account).unwrap_or_default(),
					"11: deposits and hold differ"
				);
			}
			ensure!(items.is_empty(), "11: an insurer or appraiser is not registered");
		}
		Ok(())
	}
}

/// Whether each id is above the one before it.
fn ascending(ids: impl Iterator<Item = u32>) -> bool {
	let ids = ids.collect::<Vec<_>>();
	ids.windows(2).all(|pair| pair[0] < pair[1])
}

/// Add to what an account should have held of it; none on overflow.
fn add<K: Ord>(held: &mut BTreeMap<K, Balance>, who: K, deposit: Balance) -> Option<()> {
	let sum = held.entry(who).or_default();
	*sum = sum.checked_add(deposit)?;
	Some(())
}
