// SPDX-License-Identifier: Apache-2.0

//! Insurance: policies on titles, and what they pay.

use crate::{
	Config, Encumbrances, Error, Event, NextPolicyId, Pallet, Policies, Policy, PolicyTerms, Role,
	TitlePolicies,
};
use caliber_primitives::{
	titles::{PolicyId, TitleStatus},
	traits::{Encumber, RevenueSink},
	Balance, Seconds, TitleId,
};
use polkadot_sdk::{
	frame_support::{
		defensive,
		dispatch::DispatchResult,
		ensure,
		traits::{fungible::Mutate, tokens::Preservation, DefensiveOption, Get},
	},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	/// What the policies in force cover at `now`, in USDai.
	pub(crate) fn cover(policies: &TitlePolicies<T::AccountId>, now: Seconds) -> Balance {
		let in_force = policies.iter().filter(|policy| policy.in_force(now));
		in_force.map(Policy::remaining).try_fold(0, Balance::checked_add).unwrap_or_else(|| {
			defensive!("the limits of a title's policies were added up when they were bound");
			0
		})
	}

	pub(crate) fn do_bind_policy(
		insurer: T::AccountId,
		title: TitleId,
		terms: PolicyTerms,
	) -> Result<PolicyId, DispatchError> {
		let provider = Self::admitted_provider(Role::Insurer, &insurer)?;
		Self::ensure_may_vouch(&insurer, title)?;
		Self::ensure_terms(&terms)?;
		let policy = NextPolicyId::<T>::get();
		let next = policy.checked_add(1).ok_or(Error::<T>::PolicyIdsExhausted)?;
		let deposit = T::PolicyDeposit::get();
		let mut policies = Policies::<T>::get(title);
		let bound = Policy {
			id: policy,
			insurer: insurer.clone(),
			terms: terms.clone(),
			claimed: 0,
			cancelled_at: None,
			deposit,
		};
		policies.try_push(bound).map_err(|_| Error::<T>::TooManyPolicies)?;
		Self::ensure_sum_of_limits(&policies)?;

		NextPolicyId::<T>::put(next);
		Policies::<T>::insert(title, policies);
		Self::take_item(Role::Insurer, &insurer, provider, deposit)?;
		Self::deposit_event(Event::PolicyBound { title, policy, insurer, terms, deposit });
		Ok(policy)
	}

	pub(crate) fn do_renew_policy(
		insurer: T::AccountId,
		title: TitleId,
		policy: PolicyId,
		terms: PolicyTerms,
	) -> DispatchResult {
		Self::admitted_provider(Role::Insurer, &insurer)?;
		Self::ensure_may_vouch(&insurer, title)?;
		Self::ensure_terms(&terms)?;
		let (mut policies, at) = Self::own_policy(&insurer, title, policy)?;
		let former = &mut policies[at];
		let renewed =
			Policy { terms: terms.clone(), claimed: 0, cancelled_at: None, ..former.clone() };
		let reduces = renewed.remaining() < former.remaining()
			|| renewed.covers_until() < former.covers_until();
		ensure!(!former.in_force(Self::now()) || !reduces, Error::<T>::RenewalReducesCover);
		*former = renewed;
		Self::ensure_sum_of_limits(&policies)?;

		Policies::<T>::insert(title, policies);
		Self::deposit_event(Event::PolicyRenewed { title, policy, insurer, terms });
		Ok(())
	}

	pub(crate) fn do_cancel_policy(
		insurer: T::AccountId,
		title: TitleId,
		policy: PolicyId,
	) -> DispatchResult {
		Self::title_record(title)?;
		let (mut policies, at) = Self::own_policy(&insurer, title, policy)?;
		let cancelled = &mut policies[at];
		ensure!(cancelled.cancelled_at.is_none(), Error::<T>::PolicyCancelled);
		let now = Self::now();
		ensure!(!cancelled.is_over(now), Error::<T>::PolicyOver);
		let after_notice =
			now.checked_add(T::CancellationNotice::get()).ok_or(Error::<T>::Overflow)?;
		let cancelled_at = after_notice.min(cancelled.terms.expires_at);
		cancelled.cancelled_at = Some(cancelled_at);

		Policies::<T>::insert(title, policies);
		Self::deposit_event(Event::PolicyCancelled { title, policy, insurer, cancelled_at });
		Ok(())
	}

	/// By anyone, or by governance where there is no `who`.
	pub(crate) fn do_remove_policy(
		who: Option<T::AccountId>,
		title: TitleId,
		policy: PolicyId,
	) -> DispatchResult {
		Self::title_record(title)?;
		let (mut policies, at) = Self::policy(title, policy)?;
		let over = &policies[at];
		let now = Self::now();
		let nothing_left = over.remaining() == 0;
		let for_anyone = now.saturating_sub(over.ends_at()) > T::ClaimsTail::get();
		let for_who = match who {
			Some(who) => over.insurer == who && over.is_over(now),
			None => Self::provider(Role::Insurer, &over.insurer)?.suspended,
		};
		ensure!(nothing_left || for_anyone || for_who, Error::<T>::PolicyNotOver);

		let Policy { insurer, deposit, .. } = policies.remove(at);
		Self::store_policies(title, policies);
		Self::return_item(Role::Insurer, &insurer, deposit)?;
		Self::deposit_event(Event::PolicyRemoved { title, policy, insurer, deposit });
		Ok(())
	}

	pub(crate) fn do_pay_claim(
		insurer: T::AccountId,
		title: TitleId,
		policy: PolicyId,
		amount: Balance,
	) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let record = Self::title_record(title)?;
		ensure!(record.status != TitleStatus::Attested, Error::<T>::NotConfirmed);
		let (mut policies, at) = Self::own_policy(&insurer, title, policy)?;
		let paying = &mut policies[at];
		let remaining =
			paying.remaining().checked_sub(amount).ok_or(Error::<T>::ClaimExceedsLimit)?;
		let line = Encumbrances::<T>::get(title);
		let owner = <Self as Encumber<T::AccountId>>::owner(title)
			.defensive_ok_or(Error::<T>::Unexpected)?;
		ensure!(line.is_some() || owner != insurer, Error::<T>::SelfPayment);
		paying.claimed = paying.claimed.checked_add(amount).ok_or(Error::<T>::Overflow)?;

		Policies::<T>::insert(title, policies);
		match line {
			Some(line) => T::RevenueSink::receive_claim(line, title, &insurer, amount)?,
			None => {
				T::UsdAi::transfer(&insurer, &owner, amount, Preservation::Expendable)?;
			}
		}
		Self::deposit_event(Event::ClaimPaid {
			title,
			policy,
			insurer,
			owner,
			line,
			amount,
			remaining,
		});
		Ok(())
	}

	/// Remove the policies of a title that goes, and return their deposits. Answers how many.
	pub(crate) fn remove_policies(title: TitleId) -> Result<u32, DispatchError> {
		let policies = Policies::<T>::take(title);
		let removed = policies.len() as u32;
		for Policy { id: policy, insurer, deposit, .. } in policies {
			Self::return_item(Role::Insurer, &insurer, deposit)?;
			Self::deposit_event(Event::PolicyRemoved { title, policy, insurer, deposit });
		}
		Ok(removed)
	}

	fn store_policies(title: TitleId, policies: TitlePolicies<T::AccountId>) {
		if policies.is_empty() {
			Policies::<T>::remove(title);
		} else {
			Policies::<T>::insert(title, policies);
		}
	}

	/// The policies of a title, and where among them the named one stands.
	fn policy(
		title: TitleId,
		policy: PolicyId,
	) -> Result<(TitlePolicies<T::AccountId>, usize), Error<T>> {
		let policies = Policies::<T>::get(title);
		let at = policies.binary_search_by_key(&policy, |stored| stored.id);
		Ok((policies, at.map_err(|_| Error::<T>::UnknownPolicy)?))
	}

	fn own_policy(
		insurer: &T::AccountId,
		title: TitleId,
		policy: PolicyId,
	) -> Result<(TitlePolicies<T::AccountId>, usize), Error<T>> {
		let (policies, at) = Self::policy(title, policy)?;
		ensure!(policies[at].insurer == *insurer, Error::<T>::NotPolicyInsurer);
		Ok((policies, at))
	}

	fn ensure_terms(terms: &PolicyTerms) -> DispatchResult {
		let now = Self::now();
		ensure!(terms.limit > 0, Error::<T>::ZeroAmount);
		ensure!(terms.expires_at > now, Error::<T>::ExpiryNotInFuture);
		ensure!(terms.premium_paid_until > now, Error::<T>::PremiumUnpaid);
		ensure!(terms.premium_paid_until <= terms.expires_at, Error::<T>::PremiumBeyondExpiry);
		Ok(())
	}

	/// So that what is covered can always be added up.
	fn ensure_sum_of_limits(policies: &TitlePolicies<T::AccountId>) -> DispatchResult {
		let mut limits = policies.iter().map(|policy| policy.terms.limit);
		limits.try_fold(0, Balance::checked_add).ok_or(Error::<T>::Overflow)?;
		Ok(())
	}
}
