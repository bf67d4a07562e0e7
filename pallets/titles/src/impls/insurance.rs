// SPDX-License-Identifier: Apache-2.0

//! Insurance: policies on titles, and the claims that they pay.

use crate::{
	Config, Encumbrances, Error, Event, NextPolicyId, Pallet, PartyKind, Policies, Policy,
	PolicyOf, PolicyTerms, TitlePoliciesOf, POLICY_FOOTPRINT,
};
use caliber_primitives::{
	titles::{PolicyId, TitleStatus},
	traits::RevenueSink,
	Balance, Seconds, TitleId,
};
use polkadot_sdk::{
	frame_support::{
		defensive,
		dispatch::DispatchResult,
		ensure,
		traits::{fungible::Mutate, tokens::Preservation, Consideration, Get},
	},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	/// Returns the USDai that the policies in force cover at `now`.
	pub(crate) fn cover(policies: &TitlePoliciesOf<T>, now: Seconds) -> Balance {
		let in_force = policies.iter().filter(|policy| policy.in_force(now));
		in_force.map(Policy::remaining).try_fold(0, Balance::checked_add).unwrap_or_else(|| {
			defensive!("the limits of a title's policies were added up when they were bound");
			0
		})
	}

	pub(crate) fn do_bind_policy(
		insurer: T::AccountId,
		title_id: TitleId,
		terms: PolicyTerms,
	) -> Result<PolicyId, DispatchError> {
		let party = Self::admitted_party(PartyKind::Insurer, &insurer)?;
		Self::ensure_may_vouch(&insurer, title_id)?;
		Self::ensure_terms(&terms)?;
		let policy_id = NextPolicyId::<T>::get();
		let next = policy_id.checked_add(1).ok_or(Error::<T>::PolicyIdsExhausted)?;
		let mut policies = Policies::<T>::get(title_id);
		ensure!(!policies.is_full(), Error::<T>::TooManyPolicies);
		let limits = policies.iter().map(|policy| policy.terms.limit);
		Self::ensure_sum_of_limits(limits.chain([terms.limit]))?;

		NextPolicyId::<T>::put(next);
		Self::count_item(PartyKind::Insurer, &insurer, party)?;
		let bound = Policy {
			id: policy_id,
			insurer: insurer.clone(),
			terms: terms.clone(),
			claimed: 0,
			cancelled_at: None,
			ticket: T::PolicyConsideration::new(&insurer, POLICY_FOOTPRINT)?,
		};
		policies.try_push(bound).map_err(|_| Error::<T>::TooManyPolicies)?;
		Policies::<T>::insert(title_id, policies);
		Self::deposit_event(Event::PolicyBound {
			title: title_id,
			policy: policy_id,
			insurer,
			terms,
		});
		Ok(policy_id)
	}

	pub(crate) fn do_renew_policy(
		insurer: T::AccountId,
		title_id: TitleId,
		policy_id: PolicyId,
		terms: PolicyTerms,
	) -> Result<(), Error<T>> {
		Self::admitted_party(PartyKind::Insurer, &insurer)?;
		Self::ensure_may_vouch(&insurer, title_id)?;
		Self::ensure_terms(&terms)?;
		let (mut policies, at) = Self::own_policy(&insurer, title_id, policy_id)?;
		let former = &mut policies[at];
		let renewed =
			Policy { terms: terms.clone(), claimed: 0, cancelled_at: None, ..former.clone() };
		let reduces = renewed.remaining() < former.remaining()
			|| renewed.covers_until() < former.covers_until();
		ensure!(!former.in_force(Self::now()) || !reduces, Error::<T>::RenewalReducesCover);
		*former = renewed;
		Self::ensure_sum_of_limits(policies.iter().map(|policy| policy.terms.limit))?;

		Policies::<T>::insert(title_id, policies);
		Self::deposit_event(Event::PolicyRenewed {
			title: title_id,
			policy: policy_id,
			insurer,
			terms,
		});
		Ok(())
	}

	pub(crate) fn do_cancel_policy(
		insurer: T::AccountId,
		title_id: TitleId,
		policy_id: PolicyId,
	) -> Result<(), Error<T>> {
		Self::title_record(title_id)?;
		let (mut policies, at) = Self::own_policy(&insurer, title_id, policy_id)?;
		let cancelled = &mut policies[at];
		ensure!(cancelled.cancelled_at.is_none(), Error::<T>::PolicyCancelled);
		let now = Self::now();
		ensure!(!cancelled.is_over(now), Error::<T>::PolicyOver);
		let after_notice =
			now.checked_add(T::CancellationNotice::get()).ok_or(Error::<T>::Overflow)?;
		let cancelled_at = after_notice.min(cancelled.terms.expires_at);
		cancelled.cancelled_at = Some(cancelled_at);

		Policies::<T>::insert(title_id, policies);
		Self::deposit_event(Event::PolicyCancelled {
			title: title_id,
			policy: policy_id,
			insurer,
			cancelled_at,
		});
		Ok(())
	}

	/// By anyone, or by governance where there is no `who`.
	pub(crate) fn do_remove_policy(
		who: Option<T::AccountId>,
		title_id: TitleId,
		policy_id: PolicyId,
	) -> DispatchResult {
		Self::title_record(title_id)?;
		let (mut policies, at) = Self::policy(title_id, policy_id)?;
		let over = &policies[at];
		let now = Self::now();
		let nothing_left = over.remaining() == 0;
		let for_anyone = now.saturating_sub(over.ends_at()) > T::ClaimsTail::get();
		let for_who = match who {
			Some(who) => over.insurer == who && over.is_over(now),
			None => Self::party_of_item(PartyKind::Insurer, &over.insurer)?.suspended,
		};
		ensure!(nothing_left || for_anyone || for_who, Error::<T>::PolicyNotOver);

		let removed = policies.remove(at);
		if policies.is_empty() {
			Policies::<T>::remove(title_id);
		} else {
			Policies::<T>::insert(title_id, policies);
		}
		Self::return_policy(title_id, removed)
	}

	pub(crate) fn do_pay_claim(
		insurer: T::AccountId,
		title_id: TitleId,
		policy_id: PolicyId,
		amount: Balance,
	) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let title = Self::title_record(title_id)?;
		ensure!(title.status != TitleStatus::Attested, Error::<T>::NotConfirmed);
		let (mut policies, at) = Self::own_policy(&insurer, title_id, policy_id)?;
		let paying = &mut policies[at];
		let remaining =
			paying.remaining().checked_sub(amount).ok_or(Error::<T>::ClaimExceedsLimit)?;
		let line_id = Encumbrances::<T>::get(title_id);
		let owner = Self::owner_of_confirmed(title_id)?;
		ensure!(line_id.is_some() || owner != insurer, Error::<T>::SelfPayment);
		paying.claimed = paying.claimed.checked_add(amount).ok_or(Error::<T>::Overflow)?;

		Policies::<T>::insert(title_id, policies);
		match line_id {
			Some(line_id) => {
				T::RevenueSink::receive_insurance_proceeds(line_id, title_id, &insurer, amount)?
			}
			None => {
				T::UsdAi::transfer(&insurer, &owner, amount, Preservation::Expendable)?;
			}
		}
		Self::deposit_event(Event::ClaimPaid {
			title: title_id,
			policy: policy_id,
			insurer,
			owner,
			line: line_id,
			amount,
			remaining,
		});
		Ok(())
	}

	/// Removes the policies of a title that goes, and returns their deposits. Returns how many.
	pub(crate) fn remove_policies(title_id: TitleId) -> Result<u32, DispatchError> {
		let policies = Policies::<T>::take(title_id);
		let removed = policies.len() as u32;
		for policy in policies {
			Self::return_policy(title_id, policy)?;
		}
		Ok(removed)
	}

	/// Counts off a policy that is not stored any more, and returns its deposit.
	fn return_policy(title_id: TitleId, policy: PolicyOf<T>) -> DispatchResult {
		let Policy { id: policy_id, insurer, ticket, .. } = policy;
		Self::uncount_item(PartyKind::Insurer, &insurer)?;
		ticket.drop(&insurer)?;
		Self::deposit_event(Event::PolicyRemoved { title: title_id, policy: policy_id, insurer });
		Ok(())
	}

	/// Returns the policies of a title, and the index of the named one among them.
	fn policy(
		title_id: TitleId,
		policy_id: PolicyId,
	) -> Result<(TitlePoliciesOf<T>, usize), Error<T>> {
		let policies = Policies::<T>::get(title_id);
		let at = policies.binary_search_by_key(&policy_id, |stored| stored.id);
		Ok((policies, at.map_err(|_| Error::<T>::UnknownPolicy)?))
	}

	fn own_policy(
		insurer: &T::AccountId,
		title_id: TitleId,
		policy_id: PolicyId,
	) -> Result<(TitlePoliciesOf<T>, usize), Error<T>> {
		let (policies, at) = Self::policy(title_id, policy_id)?;
		ensure!(policies[at].insurer == *insurer, Error::<T>::NotPolicyInsurer);
		Ok((policies, at))
	}

	fn ensure_terms(terms: &PolicyTerms) -> Result<(), Error<T>> {
		let now = Self::now();
		ensure!(terms.limit > 0, Error::<T>::ZeroAmount);
		ensure!(terms.expires_at > now, Error::<T>::ExpiryNotInFuture);
		ensure!(terms.premium_paid_until > now, Error::<T>::PremiumUnpaid);
		ensure!(terms.premium_paid_until <= terms.expires_at, Error::<T>::PremiumBeyondExpiry);
		Ok(())
	}

	/// Ensures that the limits can be added up, so that the cover always can.
	fn ensure_sum_of_limits(mut limits: impl Iterator<Item = Balance>) -> Result<(), Error<T>> {
		limits.try_fold(0, Balance::checked_add).ok_or(Error::<T>::Overflow)?;
		Ok(())
	}
}
