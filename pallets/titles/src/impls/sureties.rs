// SPDX-License-Identifier: Apache-2.0

//! Money with which parties answer for what they say: bonds of custodians and verifiers, capital of
//! insurers. It is USDai on hold on their own accounts, and only this file moves it.

use crate::{
	Config, Error, Event, HoldReason, Insurer, Insurers, Pallet, PartyKind, Verifier, Verifiers,
};
use caliber_math::Rounding;
use caliber_primitives::{
	governance::{Authority, Risk, Stricter},
	titles::Surety,
	traits::{Clock, PostSurety},
	Balance, ShareOf,
};
use polkadot_sdk::frame_support::{
	defensive,
	dispatch::DispatchResult,
	ensure,
	traits::{
		fungible::MutateHold,
		tokens::{Fortitude, Precision, Restriction},
		DefensiveOption, Get,
	},
};

/// Returns the kind of party that posts this money.
fn kind_of(surety: Surety) -> PartyKind {
	match surety {
		Surety::CustodianBond => PartyKind::Custodian,
		Surety::VerifierBond => PartyKind::Verifier,
		Surety::InsurerCapital => PartyKind::Insurer,
	}
}

/// Returns the reason for which it is on hold.
fn reason_of(surety: Surety) -> HoldReason {
	match surety {
		Surety::CustodianBond => HoldReason::CustodianBond,
		Surety::VerifierBond => HoldReason::VerifierBond,
		Surety::InsurerCapital => HoldReason::InsurerCapital,
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn verifier(account: &T::AccountId) -> Result<Verifier, Error<T>> {
		Verifiers::<T>::get(account).ok_or(Error::<T>::UnknownParty)
	}

	pub(crate) fn insurer(account: &T::AccountId) -> Result<Insurer, Error<T>> {
		Insurers::<T>::get(account).ok_or(Error::<T>::UnknownParty)
	}

	pub(crate) fn do_post_bond(
		surety: Surety,
		account: T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let bond = Self::change_bond(surety, &account, |bond| {
			bond.checked_add(amount).ok_or(Error::<T>::Overflow)
		})?;
		T::UsdAiHold::hold(&reason_of(surety).into(), &account, amount)?;
		Self::deposit_event(Event::BondPosted { surety, party: account, amount, bond });
		Ok(())
	}

	pub(crate) fn do_withdraw_bond(
		surety: Surety,
		account: T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		Self::ensure_may_withdraw(surety, &account)?;
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let bond = Self::change_bond(surety, &account, |bond| {
			bond.checked_sub(amount).ok_or(Error::<T>::InsufficientBond)
		})?;
		Self::ensure_bond_stays(surety, &account)?;
		Self::release_bond(surety, &account, amount)?;
		Self::deposit_event(Event::BondWithdrawn { surety, party: account, amount, bond });
		Ok(())
	}

	/// Changes what a record says is on hold of a party. Returns what it says now.
	fn change_bond(
		surety: Surety,
		account: &T::AccountId,
		change: impl FnOnce(Balance) -> Result<Balance, Error<T>>,
	) -> Result<Balance, Error<T>> {
		let bond;
		match surety {
			Surety::CustodianBond => {
				let mut record = Self::custodian(account)?;
				bond = change(record.bond)?;
				record.bond = bond;
				crate::Custodians::<T>::insert(account, record);
			}
			Surety::VerifierBond => {
				let record = Self::verifier(account)?;
				bond = change(record.bond)?;
				Verifiers::<T>::insert(account, Verifier { bond, ..record });
			}
			Surety::InsurerCapital => {
				let record = Self::insurer(account)?;
				bond = change(record.capital)?;
				Insurers::<T>::insert(account, Insurer { capital: bond, ..record });
			}
		}
		Ok(bond)
	}

	/// Ensures that a party is not suspended. A custodian is registered for good: while nothing is left
	/// for which its bond could answer, a suspension keeps none of it.
	fn ensure_may_withdraw(surety: Surety, account: &T::AccountId) -> Result<(), Error<T>> {
		let free = match surety {
			Surety::CustodianBond => Self::answers_for_nothing(&Self::custodian(account)?),
			Surety::VerifierBond | Surety::InsurerCapital => false,
		};
		if !free {
			Self::admitted_party(kind_of(surety), account)?;
		}
		Ok(())
	}

	/// Ensures that a party may take out what is missing from its record already.
	fn ensure_bond_stays(surety: Surety, account: &T::AccountId) -> Result<(), Error<T>> {
		let stays = match surety {
			Surety::CustodianBond => {
				let custodian = Self::custodian(account)?;
				let free = custodian.bond.checked_sub(custodian.claimed);
				free.is_some_and(|free| free >= Self::required_bond(&custodian))
			}
			Surety::VerifierBond => {
				let verifier = Self::verifier(account)?;
				verifier.bond >= Self::required_verifier_bond(&verifier)
			}
			Surety::InsurerCapital => {
				let insurer = Self::insurer(account)?;
				insurer.capital >= Self::required_capital(insurer.bound)
			}
		};
		ensure!(stays, Error::<T>::BondRequired);
		Ok(())
	}

	/// Returns the bond that a verifier has to keep: the least one, for some time after its last
	/// confirmation.
	fn required_verifier_bond(verifier: &Verifier) -> Balance {
		let Some(confirmed_at) = verifier.confirmed_at else { return 0 };
		let values = T::Values::get();
		// A time beyond all times is never reached.
		let end = confirmed_at.saturating_add(values.claim_tail);
		if Self::now() <= T::Clock::end_of(confirmed_at, end) {
			values.min_verifier_bond
		} else {
			0
		}
	}

	/// Returns the capital that limits of this sum ask for, rounded up.
	fn required_capital(bound: Balance) -> Balance {
		T::Values::get().capital_share.share_of(bound, Rounding::Up)
	}

	/// Returns money to a party whose record says already that it is not on hold.
	fn release_bond(surety: Surety, account: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount > 0 {
			let reason = reason_of(surety).into();
			T::UsdAiHold::release(&reason, account, amount, Precision::Exact)?;
		}
		Ok(())
	}

	/// Removes the record of a verifier or insurer that is no party any more, and returns its money.
	pub(crate) fn remove_surety(kind: PartyKind, account: &T::AccountId) -> DispatchResult {
		match kind {
			PartyKind::Verifier => {
				let verifier =
					Verifiers::<T>::take(account).defensive_ok_or(Error::<T>::Unexpected)?;
				Self::release_bond(Surety::VerifierBond, account, verifier.bond)
			}
			PartyKind::Insurer => {
				let insurer =
					Insurers::<T>::take(account).defensive_ok_or(Error::<T>::Unexpected)?;
				Self::release_bond(Surety::InsurerCapital, account, insurer.capital)
			}
			PartyKind::Custodian | PartyKind::Appraiser | PartyKind::OffTaker => Ok(()),
		}
	}

	/// Transfers `amount` of a bond, by which the record is lower already, to the account that it
	/// compensates. A zero amount is a no-op.
	pub(crate) fn pay_from_bond(
		surety: Surety,
		party: &T::AccountId,
		to: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		Self::pay_from_hold(reason_of(surety), party, to, amount)
	}

	/// Transfers `amount` that is on hold for a reason to another account. A zero amount is a no-op.
	pub(crate) fn pay_from_hold(
		reason: HoldReason,
		from: &T::AccountId,
		to: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		if amount > 0 {
			// By force: a freeze of the party's account keeps nothing back that others are due.
			T::UsdAiHold::transfer_on_hold(
				&reason.into(),
				from,
				to,
				amount,
				Precision::Exact,
				Restriction::Free,
				Fortitude::Force,
			)?;
		}
		Ok(())
	}

	/// Notes that a verifier with a sufficient bond confirms now.
	pub(crate) fn note_confirmation(account: &T::AccountId) -> Result<(), Error<T>> {
		let verifier = Self::verifier(account)?;
		let least = T::Values::get().min_verifier_bond;
		ensure!(verifier.bond >= least, Error::<T>::BondTooLow);
		let confirmed_at = Some(Self::now());
		Verifiers::<T>::insert(account, Verifier { confirmed_at, ..verifier });
		Ok(())
	}

	/// Returns the way in which a new capacity of an insurer moves risk.
	pub(crate) fn risk_of_capacity(account: &T::AccountId, capacity: Balance) -> Risk {
		match Insurers::<T>::get(account) {
			Some(known) if known.capacity.governed().stricter(capacity) == capacity => Risk::Lowers,
			_ => Risk::Raises,
		}
	}

	pub(crate) fn do_set_insurer_capacity(
		authority: Authority,
		account: T::AccountId,
		capacity: Balance,
	) -> Result<(), Error<T>> {
		let mut insurer = Self::insurer(&account)?;
		let (now, terms) = (Self::now(), T::BrakeTerms::get());
		let until = insurer.capacity.apply(authority, capacity, now, &terms)?;
		Insurers::<T>::insert(&account, insurer);
		Self::deposit_event(Event::InsurerCapacitySet { insurer: account, capacity, until });
		Ok(())
	}

	/// Counts the limit of a policy that an insurer binds in place of the limit `former`. A limit
	/// that is not higher asks for nothing new.
	pub(crate) fn bind_limit(
		account: &T::AccountId,
		former: Balance,
		limit: Balance,
	) -> Result<(), Error<T>> {
		let insurer = Self::insurer(account)?;
		let others = insurer.bound.checked_sub(former).defensive_ok_or(Error::<T>::Unexpected)?;
		let bound = others.checked_add(limit).ok_or(Error::<T>::Overflow)?;
		if limit > former {
			let capacity = insurer.capacity.at(Self::now());
			ensure!(bound <= capacity, Error::<T>::CapacityExceeded);
			let capital = Self::required_capital(bound);
			ensure!(insurer.capital >= capital, Error::<T>::CapitalTooLow);
		}
		Insurers::<T>::insert(account, Insurer { bound, ..insurer });
		Ok(())
	}

	/// Counts off the limit of a policy that is not stored any more.
	pub(crate) fn unbind_limit(account: &T::AccountId, limit: Balance) -> Result<(), Error<T>> {
		let insurer = Insurers::<T>::get(account).defensive_ok_or(Error::<T>::Unexpected)?;
		let Some(bound) = insurer.bound.checked_sub(limit) else {
			defensive!("an insurer counts the limit of each of its policies");
			return Err(Error::<T>::Unexpected);
		};
		Insurers::<T>::insert(account, Insurer { bound, ..insurer });
		Ok(())
	}
}

impl<T: Config> PostSurety<T::AccountId> for Pallet<T> {
	fn post(surety: Surety, party: &T::AccountId, amount: Balance) -> DispatchResult {
		Self::do_post_bond(surety, party.clone(), amount)
	}
}
