// SPDX-License-Identifier: Apache-2.0

//! Bonds of custodians: posted, withdrawn, and slashed for the owner of a title.

use crate::{Config, Custodian, Custodians, Error, Event, HoldReason, Pallet, PartyKind};
use caliber_primitives::{titles::TitleStatus, Balance, TitleId};
use polkadot_sdk::frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{
		fungible::MutateHold,
		tokens::{Fortitude, Precision, Restriction},
		DefensiveOption, Get,
	},
};

impl<T: Config> Pallet<T> {
	pub(crate) fn custodian(account: &T::AccountId) -> Result<Custodian, Error<T>> {
		Custodians::<T>::get(account).ok_or(Error::<T>::UnknownParty)
	}

	/// Returns the custodian of a title or of a claim, who is never missing.
	pub(crate) fn custodian_of_title(account: &T::AccountId) -> Result<Custodian, Error<T>> {
		Custodians::<T>::get(account).defensive_ok_or(Error::<T>::Unexpected)
	}

	/// Returns a custodian that may take in machines and take out its bond.
	pub(crate) fn admitted_custodian(account: &T::AccountId) -> Result<Custodian, Error<T>> {
		Self::admitted_party(PartyKind::Custodian, account)?;
		let custodian = Self::custodian(account)?;
		ensure!(!custodian.frozen, Error::<T>::CustodianFrozen);
		Ok(custodian)
	}

	pub(crate) fn do_post_bond(account: T::AccountId, amount: Balance) -> DispatchResult {
		let custodian = Self::custodian(&account)?;
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let bond = custodian.bond.checked_add(amount).ok_or(Error::<T>::Overflow)?;

		Custodians::<T>::insert(&account, Custodian { bond, ..custodian });
		T::Currency::hold(&HoldReason::CustodianBond.into(), &account, amount)?;
		Self::deposit_event(Event::BondPosted { custodian: account, amount, bond });
		Ok(())
	}

	pub(crate) fn do_withdraw_bond(account: T::AccountId, amount: Balance) -> DispatchResult {
		let custodian = Self::admitted_custodian(&account)?;
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let bond = custodian.bond.checked_sub(amount).ok_or(Error::<T>::InsufficientBond)?;
		ensure!(
			custodian.live_titles == 0 || bond >= T::Values::get().min_custodian_bond,
			Error::<T>::BondRequired
		);

		Custodians::<T>::insert(&account, Custodian { bond, ..custodian });
		let reason = HoldReason::CustodianBond.into();
		T::Currency::release(&reason, &account, amount, Precision::Exact)?;
		Self::deposit_event(Event::BondWithdrawn { custodian: account, amount, bond });
		Ok(())
	}

	pub(crate) fn do_slash_custodian(title_id: TitleId, amount: Balance) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let title = Self::title_record(title_id)?;
		ensure!(title.status != TitleStatus::Attested, Error::<T>::NotConfirmed);
		let owner = match title.loss {
			Some(loss) => loss.owner,
			None => Self::owner_of_confirmed(title_id)?,
		};
		let account = title.custodian;
		ensure!(account != owner, Error::<T>::CustodianIsOwner);
		let custodian = Self::custodian_of_title(&account)?;
		let bond = custodian.bond.checked_sub(amount).ok_or(Error::<T>::InsufficientBond)?;

		Custodians::<T>::insert(&account, Custodian { bond, ..custodian });
		Self::pay_from_bond(&account, &owner, amount)?;
		Self::deposit_event(Event::CustodianSlashed {
			title: title_id,
			custodian: account,
			owner,
			amount,
			bond,
		});
		Ok(())
	}

	/// Transfers `amount` of the bond, by which the record is lower already, to the account that it
	/// compensates. A zero amount is a no-op.
	pub(crate) fn pay_from_bond(
		custodian: &T::AccountId,
		to: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		if amount > 0 {
			// By force: no lock of the custodian's making, a vote for example, keeps a bond back.
			T::Currency::transfer_on_hold(
				&HoldReason::CustodianBond.into(),
				custodian,
				to,
				amount,
				Precision::Exact,
				Restriction::Free,
				Fortitude::Force,
			)?;
		}
		Ok(())
	}
}
