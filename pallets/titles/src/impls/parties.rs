// SPDX-License-Identifier: Apache-2.0

//! Registry of the parties behind titles: custodians, verifiers, insurers, appraisers and
//! off-takers.

use crate::{
	Config, Custodian, Custodians, Error, Event, Insurer, Insurers, NextFacilityId, Pallet,
	Parties, PartyInfo, PartyKind, PartyRecord, Verifier, Verifiers, TIERS,
};
use caliber_primitives::governance::{Authority, Governed};
use polkadot_sdk::frame_support::{
	defensive, dispatch::DispatchResult, ensure, traits::DefensiveOption,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn party(kind: PartyKind, account: &T::AccountId) -> Result<PartyRecord, Error<T>> {
		Parties::<T>::get(kind, account).ok_or(Error::<T>::UnknownParty)
	}

	/// Returns a party of which something is stored: it cannot be removed meanwhile.
	pub(crate) fn party_of_item(
		kind: PartyKind,
		account: &T::AccountId,
	) -> Result<PartyRecord, Error<T>> {
		Parties::<T>::get(kind, account).defensive_ok_or(Error::<T>::Unexpected)
	}

	/// Returns a party that may take on new business.
	pub(crate) fn admitted_party(
		kind: PartyKind,
		account: &T::AccountId,
	) -> Result<PartyRecord, Error<T>> {
		let party = Self::party(kind, account)?;
		ensure!(!party.suspended.at(Self::now()), Error::<T>::PartySuspended);
		Ok(party)
	}

	pub(crate) fn do_register_party(
		account: T::AccountId,
		info: PartyInfo,
	) -> Result<(), Error<T>> {
		let kind = info.kind();
		ensure!(!Parties::<T>::contains_key(kind, &account), Error::<T>::AlreadyRegistered);
		Self::ensure_info(&info)?;

		if kind == PartyKind::Custodian {
			let facility = NextFacilityId::<T>::get();
			let next = facility.checked_add(1).ok_or(Error::<T>::FacilityIdsExhausted)?;
			NextFacilityId::<T>::put(next);
			let custodian = Custodian {
				facility,
				bond: 0,
				claimed: 0,
				in_custody: 0,
				live_titles: 0,
				open_claims: 0,
				moved: 0,
				moved_loss_at: 0,
			};
			Custodians::<T>::insert(&account, custodian);
		}
		if kind == PartyKind::Verifier {
			Verifiers::<T>::insert(&account, Verifier::default());
		}
		if kind == PartyKind::Insurer {
			let insurer = Insurer { capacity: Governed::new(0), capital: 0, bound: 0 };
			Insurers::<T>::insert(&account, insurer);
		}
		let party = PartyRecord { info: info.clone(), suspended: Governed::new(false), items: 0 };
		Parties::<T>::insert(kind, &account, party);
		Self::deposit_event(Event::PartyRegistered { account, info });
		Ok(())
	}

	pub(crate) fn do_update_party(account: T::AccountId, info: PartyInfo) -> Result<(), Error<T>> {
		let kind = info.kind();
		ensure!(kind != PartyKind::Verifier, Error::<T>::UnsupportedKind);
		let party = Self::party(kind, &account)?;
		Self::ensure_info(&info)?;

		Parties::<T>::insert(kind, &account, PartyRecord { info: info.clone(), ..party });
		Self::deposit_event(Event::PartyUpdated { account, info });
		Ok(())
	}

	pub(crate) fn do_suspend_party(
		authority: Authority,
		kind: PartyKind,
		account: T::AccountId,
	) -> Result<(), Error<T>> {
		let mut party = Self::party(kind, &account)?;
		ensure!(!party.suspended.governed(), Error::<T>::PartySuspended);

		let until = Self::suspend(&mut party.suspended, authority)?;
		Parties::<T>::insert(kind, &account, party);
		Self::deposit_event(Event::PartySuspended { kind, account, until });
		Ok(())
	}

	pub(crate) fn do_reinstate_party(
		kind: PartyKind,
		account: T::AccountId,
	) -> Result<(), Error<T>> {
		let mut party = Self::party(kind, &account)?;
		ensure!(party.suspended.at(Self::now()), Error::<T>::PartyNotSuspended);

		Self::reinstate(&mut party.suspended);
		Parties::<T>::insert(kind, &account, party);
		Self::deposit_event(Event::PartyReinstated { kind, account });
		Ok(())
	}

	pub(crate) fn do_remove_party(kind: PartyKind, account: T::AccountId) -> DispatchResult {
		ensure!(kind != PartyKind::Custodian, Error::<T>::UnsupportedKind);
		let party = Self::party(kind, &account)?;
		ensure!(party.items == 0, Error::<T>::PartyInUse);

		Self::remove_surety(kind, &account)?;
		Parties::<T>::remove(kind, &account);
		Self::deposit_event(Event::PartyRemoved { kind, account });
		Ok(())
	}

	fn ensure_info(info: &PartyInfo) -> Result<(), Error<T>> {
		let jurisdiction = match info {
			PartyInfo::Custodian(info) => {
				ensure!(!info.facility.is_empty(), Error::<T>::EmptyFacility);
				ensure!(TIERS.contains(&info.tier), Error::<T>::InvalidTier);
				&info.jurisdiction
			}
			PartyInfo::Verifier => return Ok(()),
			PartyInfo::Insurer(info) | PartyInfo::Appraiser(info) | PartyInfo::OffTaker(info) => {
				ensure!(!info.name.is_empty(), Error::<T>::EmptyName);
				&info.jurisdiction
			}
		};
		ensure!(jurisdiction.iter().all(u8::is_ascii_uppercase), Error::<T>::InvalidJurisdiction);
		Ok(())
	}

	/// Counts a policy or appraisal of `party` that is stored from now on.
	pub(crate) fn count_item(
		kind: PartyKind,
		account: &T::AccountId,
		party: PartyRecord,
	) -> Result<(), Error<T>> {
		let items = party.items.checked_add(1).ok_or(Error::<T>::Overflow)?;
		Parties::<T>::insert(kind, account, PartyRecord { items, ..party });
		Ok(())
	}

	/// Counts off a policy or appraisal of a party that is not stored any more.
	pub(crate) fn uncount_item(kind: PartyKind, account: &T::AccountId) -> Result<(), Error<T>> {
		let party = Self::party_of_item(kind, account)?;
		let Some(items) = party.items.checked_sub(1) else {
			defensive!("a party counts each of its items that is stored");
			return Err(Error::<T>::Unexpected);
		};
		Parties::<T>::insert(kind, account, PartyRecord { items, ..party });
		Ok(())
	}
}
