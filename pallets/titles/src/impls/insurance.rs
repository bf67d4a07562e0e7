// SPDX-License-Identifier: Apache-2.0

//! Insurance: policies on titles, and the claims that they pay.

use super::{compensation::Compensation, independence::Part};
use crate::{
	Config, Error, Event, Insurer, Insurers, Loss, Losses, NextPolicyId, Pallet, PartyKind,
	Policies, Policy, PolicyOf, PolicyTerms, TitleOf, TitlePoliciesOf, MAX_POLICY_TERM,
	POLICY_FOOTPRINT,
};
use caliber_primitives::{
	titles::{LossId, PolicyId, Surety, TitleStatus},
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
		let (held, now) = (Self::title_record(title_id)?.line.is_some(), Self::now());
		let (mut policies, at) = Self::own_policy(&insurer, title_id, policy_id)?;
		let former = &mut policies[at];
		ensure!(terms.kind == former.terms.kind, Error::<T>::OtherPolicyKind);
		let renewed =
			Policy { terms: terms.clone(), claimed: 0, cancelled_at: None, ..former.clone() };
		let shorter = renewed.paid_until() < former.paid_until();
		// A line counts the sum insured to the end of the term, whatever was claimed of it, and may
		// know another grace than that of the present.
		let reduces = if held && !former.is_over(now) {
			renewed.terms.limit < former.terms.limit
				|| shorter || renewed.ends_at() < former.ends_at()
		} else {
			let grace = T::Rules::present().premium_grace;
			let in_force = former.remaining() > 0 && former.in_force(now, grace);
			in_force && (shorter || renewed.remaining() < former.remaining())
		};
		ensure!(!reduces, Error::<T>::RenewalReducesCover);
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
		// A loss that was reported while it covered may still have to be paid for.
		let losses = Losses::<T>::get(title_id);
		let covered = losses.iter().any(|loss| (over.bound_at..=ended_at).contains(&loss.since));
		let for_who = match who {
			Some(who) => over.insurer == who && over.is_over(now) && !covered,
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
		loss: Option<LossId>,
	) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let title = Self::title_record(title_id)?;
		ensure!(title.status != TitleStatus::Attested, Error::<T>::NotConfirmed);
		let (policies, at) = Self::own_policy(&insurer, title_id, policy_id)?;
		let (loss, remaining) = Self::count_claim(title_id, &title, policies, at, amount, loss)?;
		let Compensation { line, owner, to_line } =
			Self::compensate(title_id, &title, &insurer, loss.clone(), amount)?;
		let loss = loss.map(|loss| loss.id);
		Self::deposit_event(Event::ClaimPaid {
			title: title_id,
			policy: policy_id,
			insurer,
			owner,
			line,
			loss,
			amount,
			to_line,
			remaining,
		});
		Ok(())
	}

	/// Takes `amount` off what is left of a policy's limit. Returns the loss that the payment
	/// names, and what is left then.
	fn count_claim(
		title_id: TitleId,
		title: &TitleOf<T>,
		mut policies: TitlePoliciesOf<T>,
		at: usize,
		amount: Balance,
		loss: Option<LossId>,
	) -> Result<(Option<Loss<T::AccountId>>, Balance), Error<T>> {
		let paying = &mut policies[at];
		let loss = Self::named_loss(title_id, title, loss, paying.bound_at)?;
		let remaining =
			paying.remaining().checked_sub(amount).ok_or(Error::<T>::ClaimExceedsLimit)?;
		paying.claimed = paying.claimed.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		Self::set_policies(title_id, policies)?;
		if loss.is_none() {
			let unmatched = title.unmatched.checked_add(amount).ok_or(Error::<T>::Overflow)?;
			Self::change_stored(title_id, |title| title.unmatched = unmatched)?;
		}
		Ok((loss, remaining))
	}

	/// By a referendum. The insurer's capital pays a claim that it does not pay itself.
	pub(crate) fn do_slash_insurer(
		title_id: TitleId,
		policy_id: PolicyId,
		amount: Balance,
		loss: Option<LossId>,
	) -> DispatchResult {
		let title = Self::answerable_title(title_id, amount)?;
		let (policies, at) = Self::policy(title_id, policy_id)?;
		let account = policies[at].insurer.clone();
		let insurer = Self::insurer(&account)?;
		let capital = insurer.capital.checked_sub(amount).ok_or(Error::<T>::InsufficientBond)?;
		let (loss, remaining) = Self::count_claim(title_id, &title, policies, at, amount, loss)?;

		Insurers::<T>::insert(&account, Insurer { capital, ..insurer });
		let named = loss.as_ref().map(|loss| loss.id);
		let surety = Surety::InsurerCapital;
		let Compensation { line, owner, to_line } =
			Self::compensate_from_bond(title_id, &title, surety, &account, loss, amount)?;
		Self::deposit_event(Event::InsurerSlashed {
			title: title_id,
			policy: policy_id,
			insurer: account,
			line,
			owner,
			loss: named,
			amount,
			to_line,
			remaining,
			capital,
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
