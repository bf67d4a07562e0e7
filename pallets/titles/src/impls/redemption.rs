// SPDX-License-Identifier: Apache-2.0

//! How machines come back to their owner, and what happens if they do not.

use crate::{
	BondClaim, BondClaims, Config, Custodian, Custodians, Encumbrances, Error, Event, HoldReason,
	Pallet, Redemption, Redemptions, Removed,
};
use caliber_primitives::{titles::TitleStatus, traits::Encumber, Balance, TitleId};
use polkadot_sdk::{
	frame_support::{
		defensive,
		dispatch::DispatchResult,
		ensure,
		traits::{fungible::MutateHold, Get},
	},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_request_redemption(owner: T::AccountId, title: TitleId) -> DispatchResult {
		let record = Self::title_record(title)?;
		ensure!(record.status == TitleStatus::Active, Error::<T>::NotActive);
		let holder = <Self as Encumber<_>>::owner(title);
		ensure!(holder.as_ref() == Some(&owner), Error::<T>::NotTitleOwner);
		ensure!(!Encumbrances::<T>::contains_key(title), Error::<T>::Encumbered);
		let requested_at = Self::now();
		let deadline =
			requested_at.checked_add(T::RedemptionPeriod::get()).ok_or(Error::<T>::Overflow)?;

		let deposit = T::RedemptionDeposit::get();
		Redemptions::<T>::insert(
			title,
			Redemption {
				requester: owner.clone(),
				requested_at,
				deadline,
				deposit,
				escalated: false,
			},
		);
		Self::set_status(title, record, TitleStatus::RedemptionRequested)?;
		T::Currency::hold(&HoldReason::RedemptionDeposit.into(), &owner, deposit)?;
		Self::deposit_event(Event::RedemptionRequested { title, owner, deadline, deposit });
		Ok(())
	}

	pub(crate) fn do_cancel_redemption(owner: T::AccountId, title: TitleId) -> DispatchResult {
		let record = Self::title_record(title)?;
		let redemption = Self::redemption(title)?;
		ensure!(redemption.requester == owner, Error::<T>::NotTitleOwner);

		Self::end_redemption(title, &redemption)?;
		Self::set_status(title, record, TitleStatus::Active)?;
		let deposit = redemption.deposit;
		Self::deposit_event(Event::RedemptionCancelled { title, owner, deposit });
		Ok(())
	}

	/// Answers what was removed.
	pub(crate) fn do_confirm_release(
		custodian: T::AccountId,
		title: TitleId,
	) -> Result<Removed, DispatchError> {
		let record = Self::title_record(title)?;
		ensure!(record.custodian == custodian, Error::<T>::NotTitleCustodian);
		let redemption = Self::redemption(title)?;

		Self::end_redemption(title, &redemption)?;
		Self::burn_locked(title, &redemption.requester)?;
		let removed = Self::remove_title(title, &record)?;
		Self::deposit_event(Event::TitleRedeemed {
			title,
			custodian,
			owner: redemption.requester,
			units: record.units,
			deposit: removed.deposit,
		});
		Ok(removed)
	}

	pub(crate) fn do_escalate_redemption(owner: T::AccountId, title: TitleId) -> DispatchResult {
		let record = Self::title_record(title)?;
		let redemption = Self::redemption(title)?;
		ensure!(redemption.requester == owner, Error::<T>::NotTitleOwner);
		ensure!(!redemption.escalated, Error::<T>::AlreadyEscalated);
		ensure!(Self::now() > redemption.deadline, Error::<T>::RedemptionPeriodRunning);
		ensure!(!BondClaims::<T>::contains_key(title), Error::<T>::ClaimOpen);
		let custodian = record.custodian;
		ensure!(custodian != owner, Error::<T>::CustodianIsOwner);

		// The deposit of the request is that of the claim from now on.
		let deposit = redemption.deposit;
		Self::open_claim(title, custodian, owner, deposit)?;
		Redemptions::<T>::insert(title, Redemption { deposit: 0, escalated: true, ..redemption });
		Ok(())
	}

	/// The custodian says that it has lost what it was asked for: the request ends in a claim against
	/// its bond, as if it had been escalated, unless one was opened for it or the custodian asked
	/// itself.
	pub(crate) fn fail_redemption(title: TitleId, custodian: &T::AccountId) -> DispatchResult {
		let Some(redemption) = Redemptions::<T>::get(title) else { return Ok(()) };
		let is_claimed = redemption.escalated || BondClaims::<T>::contains_key(title);
		if is_claimed || redemption.requester == *custodian {
			return Self::end_redemption(title, &redemption);
		}
		Redemptions::<T>::remove(title);
		Self::open_claim(title, custodian.clone(), redemption.requester, redemption.deposit)
	}

	/// Let an owner have a claim against the bond of a custodian, which is frozen. The `deposit` is
	/// that of the request from which it comes.
	fn open_claim(
		title: TitleId,
		custodian: T::AccountId,
		claimant: T::AccountId,
		deposit: Balance,
	) -> DispatchResult {
		let keeper = Self::custodian(&custodian)?;
		let open_claims = keeper.open_claims.checked_add(1).ok_or(Error::<T>::Overflow)?;
		let (bond, was_frozen) = (keeper.bond, keeper.frozen);
		let opened_at = Self::now();
		BondClaims::<T>::insert(
			title,
			BondClaim {
				custodian: custodian.clone(),
				claimant: claimant.clone(),
				opened_at,
				deposit,
			},
		);
		Custodians::<T>::insert(&custodian, Custodian { frozen: true, open_claims, ..keeper });
		if !was_frozen {
			Self::deposit_event(Event::CustodianFrozen { custodian: custodian.clone() });
		}
		Self::deposit_event(Event::RedemptionEscalated {
			title,
			custodian,
			claimant,
			bond,
			open_claims,
		});
		Ok(())
	}

	pub(crate) fn do_resolve_claim(title: TitleId, award: Balance) -> DispatchResult {
		let BondClaim { custodian, claimant, deposit, .. } =
			BondClaims::<T>::get(title).ok_or(Error::<T>::NoClaim)?;
		let keeper = Self::custodian(&custodian)?;
		let bond = keeper.bond.checked_sub(award).ok_or(Error::<T>::InsufficientBond)?;
		let Some(open_claims) = keeper.open_claims.checked_sub(1) else {
			defensive!("the custodian counts each claim against it", title);
			return Err(Error::<T>::Unexpected.into());
		};

		BondClaims::<T>::remove(title);
		Custodians::<T>::insert(&custodian, Custodian { bond, open_claims, ..keeper });
		Self::release_hold(HoldReason::RedemptionDeposit, &claimant, deposit)?;
		Self::pay_from_bond(&custodian, &claimant, award)?;
		Self::deposit_event(Event::ClaimResolved {
			title,
			custodian,
			claimant,
			award,
			bond,
			open_claims,
		});
		Ok(())
	}

	fn redemption(title: TitleId) -> Result<Redemption<T::AccountId>, Error<T>> {
		Redemptions::<T>::get(title).ok_or(Error::<T>::NotInRedemption)
	}

	/// Forget the request for a title's machines, if there is one, and return its deposit.
	pub(crate) fn drop_redemption(title: TitleId) -> DispatchResult {
		match Redemptions::<T>::get(title) {
			Some(redemption) => Self::end_redemption(title, &redemption),
			None => Ok(()),
		}
	}

	fn end_redemption(title: TitleId, redemption: &Redemption<T::AccountId>) -> DispatchResult {
		Redemptions::<T>::remove(title);
		// Nothing is left of it after an escalation.
		if redemption.deposit > 0 {
			Self::release_hold(
				HoldReason::RedemptionDeposit,
				&redemption.requester,
				redemption.deposit,
			)?;
		}
		Ok(())
	}
}
