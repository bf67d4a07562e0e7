// SPDX-License-Identifier: Apache-2.0

//! Who keeps and who confirms: registration, suspension and bonds.

use crate::{
	Config, Custodian, CustodianInfo, Custodians, Error, Event, HoldReason, Pallet, Verifiers,
	TIERS,
};
use caliber_primitives::Balance;
use polkadot_sdk::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{fungible::MutateHold, tokens::Precision, Get},
	},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn custodian(account: &T::AccountId) -> Result<Custodian, Error<T>> {
		Custodians::<T>::get(account).ok_or(Error::<T>::NotCustodian)
	}

	pub(crate) fn do_register_custodian(
		account: T::AccountId,
		info: CustodianInfo,
	) -> DispatchResult {
		ensure!(!Custodians::<T>::contains_key(&account), Error::<T>::AlreadyCustodian);
		Self::ensure_custodian_info(&info)?;

		let record = Custodian {
			info: info.clone(),
			suspended: false,
			frozen: false,
			bond: 0,
			live_titles: 0,
			open_claims: 0,
		};
		Custodians::<T>::insert(&account, record);
		Self::deposit_event(Event::CustodianRegistered { custodian: account, info });
		Ok(())
	}

	pub(crate) fn do_update_custodian(
		account: T::AccountId,
		info: CustodianInfo,
	) -> DispatchResult {
		let record = Self::custodian(&account)?;
		Self::ensure_custodian_info(&info)?;

		Custodians::<T>::insert(&account, Custodian { info: info.clone(), ..record });
		Self::deposit_event(Event::CustodianUpdated { custodian: account, info });
		Ok(())
	}

	fn ensure_custodian_info(info: &CustodianInfo) -> DispatchResult {
		ensure!(!info.facility.is_empty(), Error::<T>::EmptyFacility);
		ensure!(TIERS.contains(&info.tier), Error::<T>::InvalidTier);
		Self::ensure_jurisdiction(&info.jurisdiction)
	}

	pub(crate) fn ensure_jurisdiction(code: &[u8; 2]) -> DispatchResult {
		ensure!(code.iter().all(u8::is_ascii_uppercase), Error::<T>::InvalidJurisdiction);
		Ok(())
	}

	pub(crate) fn do_suspend_custodian(account: T::AccountId) -> DispatchResult {
		let record = Self::custodian(&account)?;
		ensure!(!record.suspended, Error::<T>::CustodianSuspended);

		Custodians::<T>::insert(&account, Custodian { suspended: true, ..record });
		Self::deposit_event(Event::CustodianSuspended { custodian: account });
		Ok(())
	}

	pub(crate) fn do_reinstate_custodian(account: T::AccountId) -> DispatchResult {
		let record = Self::custodian(&account)?;
		ensure!(record.suspended || record.frozen, Error::<T>::CustodianNotSuspended);
		ensure!(record.open_claims == 0, Error::<T>::ClaimOpen);

		let reinstated = Custodian { suspended: false, frozen: false, ..record };
		Custodians::<T>::insert(&account, reinstated);
		Self::deposit_event(Event::CustodianReinstated { custodian: account });
		Ok(())
	}

	pub(crate) fn do_register_verifier(account: T::AccountId) -> DispatchResult {
		ensure!(!Verifiers::<T>::contains_key(&account), Error::<T>::AlreadyVerifier);

		Verifiers::<T>::insert(&account, ());
		Self::deposit_event(Event::VerifierRegistered { verifier: account });
		Ok(())
	}

	pub(crate) fn do_remove_verifier(account: T::AccountId) -> DispatchResult {
		ensure!(Verifiers::<T>::contains_key(&account), Error::<T>::NotVerifier);

		Verifiers::<T>::remove(&account);
		Self::deposit_event(Event::VerifierRemoved { verifier: account });
		Ok(())
	}

	pub(crate) fn do_post_bond(custodian: T::AccountId, amount: Balance) -> DispatchResult {
		let record = Self::custodian(&custodian)?;
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let bond = record.bond.checked_add(amount).ok_or(Error::<T>::Overflow)?;

		Custodians::<T>::insert(&custodian, Custodian { bond, ..record });
		T::Currency::hold(&HoldReason::CustodianBond.into(), &custodian, amount)?;
		Self::deposit_event(Event::BondPosted { custodian, amount, bond });
		Ok(())
	}

	pub(crate) fn do_withdraw_bond(custodian: T::AccountId, amount: Balance) -> DispatchResult {
		let record = Self::custodian(&custodian)?;
		ensure!(!record.suspended, Error::<T>::CustodianSuspended);
		ensure!(!record.frozen, Error::<T>::CustodianFrozen);
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let bond = record.bond.checked_sub(amount).ok_or(Error::<T>::InsufficientBond)?;
		ensure!(
			record.live_titles == 0 || bond >= T::MinCustodianBond::get(),
			Error::<T>::BondRequired
		);

		Custodians::<T>::insert(&custodian, Custodian { bond, ..record });
		Self::release_hold(HoldReason::CustodianBond, &custodian, amount)?;
		Self::deposit_event(Event::BondWithdrawn { custodian, amount, bond });
		Ok(())
	}

	/// Return what is held of `who`, all of `amount` or nothing.
	pub(crate) fn release_hold(
		reason: HoldReason,
		who: &T::AccountId,
		amount: Balance,
	) -> Result<(), DispatchError> {
		T::Currency::release(&reason.into(), who, amount, Precision::Exact)?;
		Ok(())
	}
}
