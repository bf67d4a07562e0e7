// SPDX-License-Identifier: Apache-2.0

//! Insurance: policies on titles, and the claims that they pay.

use super::{compensation::Compensation, independence::Part};
use crate::{
	Config, Error, Event, NextPolicyId, Pallet, PartyKind, Policies, Policy, PolicyOf, PolicyTerms,
	TitlePoliciesOf, MAX_POLICY_TERM, POLICY_FOOTPRINT,
};
use caliber_primitives::{
	titles::{PolicyId, TitleStatus},
	traits::{Clock, LineRules},
	Balance, TitleId,
};
use polkadot_sdk::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{Consideration, Get},
	},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_bind_policy(
		insurer: T::AccountId,
		title_id: TitleId,
		terms: PolicyTerms,
	) -> Result<PolicyId, DispatchError> {
		let party = Self::admitted_party(PartyKind::Insurer, &insurer)?;
		Self::ensure_may_vouch(&insurer, title_id, Part::Insurer)?;
		Self::ensure_terms(&terms)?;
		let policy_id = NextPolicyId::<T>::get();
		let next = policy_id.checked_add(1).ok_or(Error::<T>::PolicyIdsExhausted)?;
		let mut policies = Policies::<T>::get(title_id);
		ensure!(!policies.is_full(), Error::<T>::TooManyPolicies);
		let limits = policies.iter().map(|policy| policy.terms.limit);
		Self::ensure_sum_of_limits(limits.chain([terms.limit]))?;

		NextPolicyId::<T>::put(next);
		Self::bind_limit(&insurer, 0, terms.limit)?;
		Self::count_item(PartyKind::Insurer, &insurer, party)?;
		let bound = Policy {
			id: policy_id,
			insurer: insurer.clone(),
			terms: terms.clone(),
			bound_at: Self::now(),
			claimed: 0,
			cancelled_at: None,
			ticket: T::PolicyConsideration::new(&insurer, POLICY_FOOTPRINT)?,
		};
		policies.try_push(bound).map_err(|_| Error::<T>::TooManyPolicies)?;
		Self::set_policies(title_id, policies)?;
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
		Self::ensure_may_vouch(&insurer, title_id, Part::Insurer)?;
		Self::ensure_terms(&terms)?;
		let (mut policies, at) = Self::own_policy(&insurer, title_id, policy_id)?;
		let former = &mut policies[at];
		ensure!(terms.kind == former.terms.kind, Error::<T>::OtherPolicyKind);
		let renewed =
			Policy { terms: terms.clone(), claimed: 0, cancelled_at: None, ..former.clone() };
		let reduces =
			renewed.remaining() < former.remaining() || renewed.paid_until() < former.paid_until();
		let grace = T::Rules::present().premium_grace;
		let in_force = former.remaining() > 0 && former.in_force(Self::now(), grace);
		ensure!(!in_force || !reduces, Error::<T>::RenewalReducesCover);
		let former_limit = former.terms.limit;
		*former = renewed;
		Self::ensure_sum_of_limits(policies.iter().map(|policy| policy.terms.limit))?;

		Self::bind_limit(&insurer, former_limit, terms.limit)?;
		Self::set_policies(title_id, policies)?;
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
		let notice = T::Values::get().cancellation_notice;
		let after_notice = now.checked_add(notice).ok_or(Error::<T>::Overflow)?;
		let cancelled_at = after_notice.min(cancelled.terms.expires_at);
		cancelled.cancelled_at = Some(cancelled_at);

		Self::set_policies(title_id, policies)?;
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
		let title = Self::title_record(title_id)?;
		let (mut policies, at) = Self::policy(title_id, policy_id)?;
		let over = &policies[at];
		let now = Self::now();
		// A line counts the sum insured to the end of the term: a claim that is paid worsens nothing.
		let is_counted = title.line.is_some() && !over.is_over(now);
		let nothing_left = over.remaining() == 0 && !is_counted;
		let ended_at = over.ends_at();
		// A time beyond all times is never reached.
		let tail_ends_at = ended_at.saturating_add(T::Values::get().claims_tail);
		let for_anyone = now > T::Clock::end_of(ended_at, tail_ends_at);
		let for_who = match who {
			Some(who) => over.insurer == who && over.is_over(now),
			None => Self::party_of_item(PartyKind::Insurer, &over.insurer)?.suspended.at(now),
		};
		ensure!(nothing_left || for_anyone || for_who, Error::<T>::PolicyNotOver);

		let removed = policies.remove(at);
		Self::set_policies(title_id, policies)?;
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
		let bound_at = paying.bound_at;
		let remaining =
			paying.remaining().checked_sub(amount).ok_or(Error::<T>::ClaimExceedsLimit)?;
		paying.claimed = paying.claimed.checked_add(amount).ok_or(Error::<T>::Overflow)?;

		Self::set_policies(title_id, policies)?;
		let Compensation { line, owner, to_line } =
			Self::compensate(title_id, &title, &insurer, bound_at, amount)?;
		Self::deposit_event(Event::ClaimPaid {
			title: title_id,
			policy: policy_id,
			insurer,
			owner,
			line,
			amount,
			to_line,
			remaining,
		});
		Ok(())
	}

	/// Removes the policies of a title that goes, and returns their deposits. Returns how many.
	pub(crate) fn remove_policies(title_id: TitleId) -> Result<u32, DispatchError> {
		let policies = Policies::<T>::get(title_id);
		let removed = policies.len() as u32;
		Self::set_policies(title_id, Default::default())?;
		for policy in policies {
			Self::return_policy(title_id, policy)?;
		}
		Ok(removed)
	}

	/// Counts off a policy that is not stored any more, and returns its deposit.
	fn return_policy(title_id: TitleId, policy: PolicyOf<T>) -> DispatchResult {
		let Policy { id: policy_id, insurer, terms, ticket, .. } = policy;
		Self::unbind_limit(&insurer, terms.limit)?;
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
		let term = terms.expires_at.checked_sub(now).filter(|term| *term > 0);
		let term = term.ok_or(Error::<T>::ExpiryNotInFuture)?;
		ensure!(term <= MAX_POLICY_TERM, Error::<T>::TimeTooFar);
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
