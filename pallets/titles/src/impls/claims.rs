// SPDX-License-Identifier: Apache-2.0

//! Claims of owners against the bond of a custodian that did not hand over their machines.
//!
//! A claim freezes as much of the bond as the machines count in custody, and no more than is free.
//! Governance decides it. An award is paid out of what is frozen and of what has come free since,
//! and the machines are lost then: nobody is paid for machines and pledges or sells them too. A
//! claim without an award costs its claimant the deposit, which the treasury receives. That nobody
//! answered decides nothing about a release that comes later; and where nothing could be awarded
//! nothing was decided at all.

use crate::{
	BondClaim, BondClaimOf, BondClaims, ClaimCause, Config, Custodian, Custodians, Error, Event,
	HoldReason, Pallet, Redemption, RedemptionOf, Redemptions, ReleasedTitle, ReleasedTitleOf,
	ReleasedTitles, Titles,
};
use caliber_math::Rounding;
use caliber_primitives::{
	titles::{Surety, TitleStatus},
	traits::Clock,
	Balance, ShareOf, TitleId,
};
use polkadot_sdk::frame_support::{
	defensive,
	dispatch::DispatchResult,
	ensure,
	traits::{fungible::MutateHold, tokens::Precision, Consideration, DefensiveOption, Get},
};
use polkadot_sdk::sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Returns the deposit of who asks for machines of this value in custody, in USDai, rounded up.
	pub(crate) fn claim_deposit(custody_value: Balance) -> Balance {
		let values = T::Values::get();
		let share = values.claim_deposit.share_of(custody_value, Rounding::Up);
		values.min_claim_deposit.max(share)
	}

	/// Holds a deposit for a claim.
	pub(crate) fn hold_claim_deposit(who: &T::AccountId, amount: Balance) -> DispatchResult {
		T::UsdAiHold::hold(&HoldReason::ClaimDeposit.into(), who, amount)
	}

	/// Returns a deposit for a claim. A zero amount is a no-op.
	pub(crate) fn return_claim_deposit(who: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount > 0 {
			let reason = HoldReason::ClaimDeposit.into();
			T::UsdAiHold::release(&reason, who, amount, Precision::Exact)?;
		}
		Ok(())
	}

	/// Opens a claim for machines that count `wanted` in custody. It freezes as much of the
	/// bond. Both deposits are those of the request from which the claim comes.
	pub(crate) fn open_claim(
		title_id: TitleId,
		account: T::AccountId,
		claimant: T::AccountId,
		cause: ClaimCause,
		wanted: Balance,
		deposit: Balance,
		ticket: T::RedemptionConsideration,
	) -> Result<(), Error<T>> {
		let custodian = Self::custodian_of_title(&account)?;
		let open_claims = custodian.open_claims.checked_add(1).ok_or(Error::<T>::Overflow)?;
		let amount = wanted.min(Self::free_bond(&custodian)?);
		let claimed = custodian.claimed.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		BondClaims::<T>::insert(
			title_id,
			BondClaim {
				custodian: account.clone(),
				claimant: claimant.clone(),
				cause,
				wanted,
				amount,
				deposit,
				opened_at: Self::now(),
				ticket,
			},
		);
		Custodians::<T>::insert(&account, Custodian { claimed, open_claims, ..custodian });
		Self::deposit_event(Event::BondClaimOpened {
			title: title_id,
			custodian: account,
			claimant,
			amount,
			deposit,
			open_claims,
		});
		Ok(())
	}

	pub(crate) fn do_resolve_claim(title_id: TitleId, award: Balance) -> DispatchResult {
		let claim = BondClaims::<T>::get(title_id).ok_or(Error::<T>::NoClaim)?;
		let free = Self::free_bond(&Self::custodian_of_title(&claim.custodian)?)?;
		let payable = claim.amount.checked_add(free).ok_or(Error::<T>::Overflow)?;
		let most = claim.wanted.min(payable);
		ensure!(award <= most, Error::<T>::AwardTooHigh);
		// Where nothing could be awarded, that rejects nobody.
		let forfeited = if award == 0 && most > 0 { claim.deposit } else { 0 };
		let (claimant, account) = (claim.claimant.clone(), claim.custodian.clone());
		let (cause, wanted) = (claim.cause, claim.wanted);
		let ticket = Self::close_claim(title_id, claim, award, forfeited)?;
		if award > 0 {
			ticket.drop(&claimant)?;
			return Self::lose_unreleased(title_id, claimant);
		}
		if let Some(redemption) = Redemptions::<T>::get(title_id) {
			return Self::leave_request(title_id, redemption, cause, most == 0, ticket);
		}
		if most == 0 && cause == ClaimCause::AfterRelease {
			return Self::leave_release(title_id, claimant, account, wanted, ticket);
		}
		ticket.drop(&claimant)
	}

	/// Leaves a request as it was before a claim that got no award, with its storage deposit. A
	/// dispute that was decided is over; that nobody answered is a reason once.
	fn leave_request(
		title_id: TitleId,
		redemption: RedemptionOf<T>,
		cause: ClaimCause,
		undecided: bool,
		ticket: T::RedemptionConsideration,
	) -> DispatchResult {
		if cause == ClaimCause::Dispute && !undecided {
			return ticket.drop(&redemption.requester);
		}
		let Redemption { mut escalated, mut disputed, .. } = redemption;
		if undecided {
			match cause {
				ClaimCause::NoAnswer => escalated = false,
				_ => disputed = false,
			}
		}
		let ticket = Some(ticket);
		let left = Redemption { escalated, disputed, ticket, ..redemption };
		Redemptions::<T>::insert(title_id, left);
		Ok(())
	}

	/// Notes a release anew for which nothing could be awarded: its last owner has another time for
	/// a claim.
	fn leave_release(
		title_id: TitleId,
		owner: T::AccountId,
		account: T::AccountId,
		custody_value: Balance,
		ticket: T::RedemptionConsideration,
	) -> DispatchResult {
		let released_at = Self::now();
		let tail = T::Values::get().claim_tail;
		let claim_until = released_at.checked_add(tail).ok_or(Error::<T>::Overflow)?;
		let custodian = Self::custodian_of_title(&account)?;
		let in_custody =
			custodian.in_custody.checked_add(custody_value).ok_or(Error::<T>::Overflow)?;
		Custodians::<T>::insert(&account, Custodian { in_custody, ..custodian });
		let custodian = account;
		ReleasedTitles::<T>::insert(
			title_id,
			ReleasedTitle { owner, custodian, released_at, claim_until, custody_value, ticket },
		);
		Ok(())
	}

	/// Closes a claim: pays the award, and returns the deposit but for what is forfeited of it.
	/// Returns the storage deposit.
	pub(crate) fn close_claim(
		title_id: TitleId,
		claim: BondClaimOf<T>,
		award: Balance,
		forfeited: Balance,
	) -> Result<T::RedemptionConsideration, DispatchError> {
		let BondClaim { custodian: account, claimant, amount, deposit, ticket, .. } = claim;
		let custodian = Self::custodian_of_title(&account)?;
		let returned = deposit.checked_sub(forfeited).defensive_ok_or(Error::<T>::Unexpected)?;
		let sums = (
			custodian.bond.checked_sub(award),
			custodian.claimed.checked_sub(amount),
			custodian.open_claims.checked_sub(1),
		);
		let (Some(bond), Some(claimed), Some(open_claims)) = sums else {
			defensive!("the custodian counts each claim against it", title_id);
			return Err(Error::<T>::Unexpected.into());
		};

		BondClaims::<T>::remove(title_id);
		Custodians::<T>::insert(&account, Custodian { bond, claimed, open_claims, ..custodian });
		Self::return_claim_deposit(&claimant, returned)?;
		let treasury = T::TreasuryAccount::get();
		Self::pay_from_hold(HoldReason::ClaimDeposit, &claimant, &treasury, forfeited)?;
		Self::pay_from_bond(Surety::CustodianBond, &account, &claimant, award)?;
		Self::deposit_event(Event::ClaimResolved {
			title: title_id,
			custodian: account,
			claimant,
			award,
			forfeited,
			bond,
			open_claims,
		});
		Ok(ticket)
	}

	/// Makes a title lost whose owner was compensated because its machines did not come back. Its
	/// policies go on: the bond may have paid a part only. A title that is lost or gone stays so.
	fn lose_unreleased(title_id: TitleId, owner: T::AccountId) -> DispatchResult {
		let Some(title) = Titles::<T>::get(title_id) else { return Ok(()) };
		if title.status == TitleStatus::Lost {
			return Ok(());
		}
		let (custodian, reported_at) = (title.custodian.clone(), Self::now());
		Redemptions::<T>::remove(title_id);
		let units = Self::lose_remaining(title_id, reported_at)?;
		Self::note_loss(title_id, None, owner, custodian.clone(), units)?;
		Self::change_title(title_id, title, None, |title| {
			title.status = TitleStatus::Lost;
			title.units = 0;
		})?;
		Self::deposit_event(Event::TitleLost {
			title: title_id,
			custodian,
			line: None,
			reported_at,
		});
		Ok(())
	}

	pub(crate) fn do_claim_after_release(who: T::AccountId, title_id: TitleId) -> DispatchResult {
		let released = ReleasedTitles::<T>::get(title_id).ok_or(Error::<T>::NotReleased)?;
		ensure!(released.owner == who, Error::<T>::NotTitleOwner);
		ensure!(Self::is_claimable(&released), Error::<T>::ClaimTailOver);
		let ReleasedTitle { custodian, custody_value, ticket, .. } = released;

		let deposit = Self::claim_deposit(custody_value);
		Self::hold_claim_deposit(&who, deposit)?;
		ReleasedTitles::<T>::remove(title_id);
		// The claim freezes the bond from now on; the machines ask for none.
		Self::take_out_of_custody(&custodian, custody_value)?;
		let cause = ClaimCause::AfterRelease;
		Self::open_claim(title_id, custodian, who, cause, custody_value, deposit, ticket)?;
		Ok(())
	}

	/// By the last owner at any time, by anyone once the time for claims is over.
	pub(crate) fn do_drop_released(who: T::AccountId, title_id: TitleId) -> DispatchResult {
		let released = ReleasedTitles::<T>::get(title_id).ok_or(Error::<T>::NotReleased)?;
		let over = !Self::is_claimable(&released);
		ensure!(over || released.owner == who, Error::<T>::ClaimTailRunning);
		let ReleasedTitle { owner, custodian, custody_value, ticket, .. } = released;

		ReleasedTitles::<T>::remove(title_id);
		Self::take_out_of_custody(&custodian, custody_value)?;
		ticket.drop(&owner)?;
		Self::deposit_event(Event::ReleasedTitleDropped { title: title_id, custodian, owner });
		Ok(())
	}

	fn is_claimable(released: &ReleasedTitleOf<T>) -> bool {
		Self::now() <= T::Clock::end_of(released.released_at, released.claim_until)
	}
}
