// SPDX-License-Identifier: Apache-2.0

//! Insurance: policies on titles, and the claims that they pay.

use crate::{
	Config, Error, Event, NextPolicyId, Pallet, PartyKind, Policies, Policy, PolicyOf, PolicyTerms,
	TitleOf, TitlePoliciesOf, POLICY_FOOTPRINT,
};
use caliber_primitives::{
	titles::{PolicyId, TitleStatus},
	traits::{Clock, LossPayee},
	Balance, LineId, TitleId,
};
use polkadot_sdk::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{fungible::Mutate, tokens::Preservation, Consideration, DefensiveOption, Get},
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
		Self::title_record(title_id)?;
		let (mut policies, at) = Self::policy(title_id, policy_id)?;
		let over = &policies[at];
		let now = Self::now();
		let nothing_left = over.remaining() == 0;
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
		let remaining =
			paying.remaining().checked_sub(amount).ok_or(Error::<T>::ClaimExceedsLimit)?;
		let (line_id, owner) = Self::harmed_by_claim(title_id, &title)?;
		paying.claimed = paying.claimed.checked_add(amount).ok_or(Error::<T>::Overflow)?;

		Self::set_policies(title_id, policies)?;
		let to_line = match line_id {
			Some(line_id) => {
				T::LossPayee::receive_loss_payment(line_id, title_id, &insurer, amount)?
			}
			None => 0,
		};
		let to_owner = amount.checked_sub(to_line).defensive_ok_or(Error::<T>::Unexpected)?;
		if to_owner > 0 {
			ensure!(owner != insurer, Error::<T>::SelfPayment);
			T::UsdAi::transfer(&insurer, &owner, to_owner, Preservation::Expendable)?;
		}
		Self::deposit_event(Event::ClaimPaid {
			title: title_id,
			policy: policy_id,
			insurer,
			owner,
			line: line_id,
			amount,
			to_line,
			remaining,
		});
		Ok(())
	}

	/// Returns the line and the owner to whom a claim on a confirmed title is due: those that hold
	/// and own it, or that did when it was lost.
	fn harmed_by_claim(
		title_id: TitleId,
		title: &TitleOf<T>,
	) -> Result<(Option<LineId>, T::AccountId), Error<T>> {
		match &title.loss {
			Some(loss) => Ok((loss.line, loss.owner.clone())),
			None => Ok((title.line, Self::owner_of_confirmed(title_id)?)),
		}
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
