// SPDX-License-Identifier: Apache-2.0

//! Who insures and who appraises: their registry, and what is held of them.

use crate::{Config, Error, Event, HoldReason, Pallet, Provider, ProviderInfo, Providers, Role};
use caliber_primitives::{titles::TitleStatus, Balance, TitleId};
use polkadot_sdk::{
	frame_support::{defensive, dispatch::DispatchResult, ensure, traits::fungible::MutateHold},
	sp_runtime::DispatchError,
};

impl Role {
	/// Why CLBR of an account in this role is held.
	pub(crate) fn hold_reason(self) -> HoldReason {
		match self {
			Self::Insurer => HoldReason::PolicyDeposit,
			Self::Appraiser => HoldReason::AppraisalDeposit,
		}
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn provider(role: Role, account: &T::AccountId) -> Result<Provider, Error<T>> {
		Providers::<T>::get(role, account).ok_or(Error::<T>::NotProvider)
	}

	/// A provider that may take on new business.
	pub(crate) fn admitted_provider(
		role: Role,
		account: &T::AccountId,
	) -> Result<Provider, Error<T>> {
		let provider = Self::provider(role, account)?;
		ensure!(!provider.suspended, Error::<T>::ProviderSuspended);
		Ok(provider)
	}

	pub(crate) fn do_register_provider(
		role: Role,
		account: T::AccountId,
		info: ProviderInfo,
	) -> DispatchResult {
		ensure!(!Providers::<T>::contains_key(role, &account), Error::<T>::AlreadyProvider);
		Self::ensure_provider_info(&info)?;

		let provider = Provider { info: info.clone(), suspended: false, items: 0 };
		Providers::<T>::insert(role, &account, provider);
		Self::deposit_event(Event::ProviderRegistered { role, account, info });
		Ok(())
	}

	pub(crate) fn do_update_provider(
		role: Role,
		account: T::AccountId,
		info: ProviderInfo,
	) -> DispatchResult {
		let provider = Self::provider(role, &account)?;
		Self::ensure_provider_info(&info)?;

		Providers::<T>::insert(role, &account, Provider { info: info.clone(), ..provider });
		Self::deposit_event(Event::ProviderUpdated { role, account, info });
		Ok(())
	}

	pub(crate) fn do_suspend_provider(role: Role, account: T::AccountId) -> DispatchResult {
		let provider = Self::admitted_provider(role, &account)?;

		Providers::<T>::insert(role, &account, Provider { suspended: true, ..provider });
		Self::deposit_event(Event::ProviderSuspended { role, account });
		Ok(())
	}

	pub(crate) fn do_reinstate_provider(role: Role, account: T::AccountId) -> DispatchResult {
		let provider = Self::provider(role, &account)?;
		ensure!(provider.suspended, Error::<T>::ProviderNotSuspended);

		Providers::<T>::insert(role, &account, Provider { suspended: false, ..provider });
		Self::deposit_event(Event::ProviderReinstated { role, account });
		Ok(())
	}

	pub(crate) fn do_remove_provider(role: Role, account: T::AccountId) -> DispatchResult {
		let provider = Self::provider(role, &account)?;
		ensure!(provider.items == 0, Error::<T>::ProviderInUse);

		Providers::<T>::remove(role, &account);
		Self::deposit_event(Event::ProviderRemoved { role, account });
		Ok(())
	}

	fn ensure_provider_info(info: &ProviderInfo) -> DispatchResult {
		ensure!(!info.name.is_empty(), Error::<T>::EmptyName);
		Self::ensure_jurisdiction(&info.jurisdiction)
	}

	/// One more policy or appraisal of `account` is stored: count it, and hold its deposit.
	pub(crate) fn take_item(
		role: Role,
		account: &T::AccountId,
		provider: Provider,
		deposit: Balance,
	) -> DispatchResult {
		let items = provider.items.checked_add(1).ok_or(Error::<T>::Overflow)?;
		Providers::<T>::insert(role, account, Provider { items, ..provider });
		T::Currency::hold(&role.hold_reason().into(), account, deposit)
	}

	/// One policy or appraisal of `account` is not stored any more: return its deposit.
	pub(crate) fn return_item(
		role: Role,
		account: &T::AccountId,
		deposit: Balance,
	) -> Result<(), DispatchError> {
		let provider = Self::provider(role, account)?;
		let Some(items) = provider.items.checked_sub(1) else {
			defensive!("a provider of a stored item counts it");
			return Err(Error::<T>::Unexpected.into());
		};
		Providers::<T>::insert(role, account, Provider { items, ..provider });
		Self::release_hold(role.hold_reason(), account, deposit)
	}

	/// A title that exists and is not lost may be insured and appraised, by who neither owns nor
	/// keeps it.
	pub(crate) fn ensure_may_vouch(account: &T::AccountId, title: TitleId) -> DispatchResult {
		let record = Self::title_record(title)?;
		ensure!(record.status != TitleStatus::Lost, Error::<T>::TitleLost);
		let owner = Self::owner_or_beneficiary(title, &record);
		ensure!(*account != record.custodian && *account != owner, Error::<T>::NotIndependent);
		Ok(())
	}
}
