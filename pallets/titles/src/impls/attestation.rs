// SPDX-License-Identifier: Apache-2.0

//! How a title comes into being: attested by a custodian, confirmed by a verifier.

use crate::{
	Config, Custodian, Custodians, CustodyRenewedAt, Documents, Error, Event, HoldReason,
	NextTitleId, Pallet, Serials, Title, TitleSerials, TitleSpec, Titles, Verifiers,
};
use alloc::collections::BTreeSet;
use caliber_primitives::{titles::TitleStatus, traits::InspectModels, Balance, TitleId};
use polkadot_sdk::{
	frame_support::{
		defensive,
		dispatch::DispatchResult,
		ensure,
		traits::{fungible::MutateHold, tokens::nonfungibles_v2::Mutate as MutateNft, Get},
	},
	pallet_nfts::ItemConfig,
	sp_runtime::DispatchError,
};

fn has_duplicates<K: Ord>(mut keys: impl Iterator<Item = K>) -> bool {
	let mut seen = BTreeSet::new();
	!keys.all(|key| seen.insert(key))
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_attest(
		custodian: T::AccountId,
		owner: T::AccountId,
		spec: TitleSpec,
	) -> Result<TitleId, DispatchError> {
		let keeper = Self::custodian(&custodian)?;
		ensure!(!keeper.suspended, Error::<T>::CustodianSuspended);
		ensure!(keeper.bond >= T::MinCustodianBond::get(), Error::<T>::BondTooLow);
		Self::ensure_valid(&spec)?;

		let title = NextTitleId::<T>::get();
		let next = title.checked_add(1).ok_or(Error::<T>::TitleIdsExhausted)?;
		let live_titles = keeper.live_titles.checked_add(1).ok_or(Error::<T>::Overflow)?;
		let deposit = Self::title_deposit(&spec)?;
		let TitleSpec { class, model, serials, facility, condition, commissioned_at, documents } =
			spec;
		let units = serials.len() as u32;

		NextTitleId::<T>::put(next);
		Custodians::<T>::insert(&custodian, Custodian { live_titles, ..keeper });
		for serial in &serials {
			Serials::<T>::insert(serial, title);
		}
		TitleSerials::<T>::insert(title, serials);
		for (kind, hash) in documents {
			Documents::<T>::insert(title, kind, hash);
		}
		CustodyRenewedAt::<T>::insert(title, Self::now());
		Titles::<T>::insert(
			title,
			Title {
				class,
				model,
				units,
				condition,
				commissioned_at,
				facility,
				custodian: custodian.clone(),
				beneficiary: owner.clone(),
				verifier: None,
				deposit,
				status: TitleStatus::Attested,
			},
		);
		T::Currency::hold(&HoldReason::TitleDeposit.into(), &custodian, deposit)?;

		Self::deposit_event(Event::TitleAttested {
			title,
			custodian,
			owner,
			class,
			model,
			units,
			deposit,
		});
		Ok(title)
	}

	/// Answers how many serials and documents were removed.
	pub(crate) fn do_withdraw_attestation(
		custodian: T::AccountId,
		title: TitleId,
	) -> Result<(u32, u32), DispatchError> {
		let record = Self::title_record(title)?;
		ensure!(record.custodian == custodian, Error::<T>::NotTitleCustodian);
		ensure!(record.status == TitleStatus::Attested, Error::<T>::NotAttested);

		let removed = Self::remove_title(title, &record)?;
		let deposit = record.deposit;
		Self::deposit_event(Event::AttestationWithdrawn { title, custodian, deposit });
		Ok(removed)
	}

	pub(crate) fn do_confirm(verifier: T::AccountId, title: TitleId) -> DispatchResult {
		ensure!(Verifiers::<T>::contains_key(&verifier), Error::<T>::NotVerifier);
		let record = Self::title_record(title)?;
		ensure!(record.status == TitleStatus::Attested, Error::<T>::NotAttested);
		ensure!(record.custodian != verifier, Error::<T>::VerifierIsCustodian);
		ensure!(!Self::custodian(&record.custodian)?.suspended, Error::<T>::CustodianSuspended);
		let collection = Self::collection_id()?;

		let owner = record.beneficiary.clone();
		let confirmed =
			Title { verifier: Some(verifier.clone()), status: TitleStatus::Active, ..record };
		Titles::<T>::insert(title, confirmed);
		CustodyRenewedAt::<T>::insert(title, Self::now());
		T::Nfts::mint_into(&collection, &title, &owner, &ItemConfig::default(), true)?;

		Self::deposit_event(Event::TitleConfirmed { title, verifier, owner });
		Ok(())
	}

	fn ensure_valid(spec: &TitleSpec) -> DispatchResult {
		ensure!(!spec.facility.is_empty(), Error::<T>::EmptyFacility);
		ensure!(!spec.serials.is_empty(), Error::<T>::NoSerials);
		ensure!(!has_duplicates(spec.serials.iter()), Error::<T>::DuplicateSerial);
		ensure!(
			!has_duplicates(spec.documents.iter().map(|(kind, _)| kind)),
			Error::<T>::DuplicateDocument
		);
		ensure!(spec.commissioned_at <= Self::now(), Error::<T>::CommissionedInFuture);
		let class = T::Models::listed_class(spec.model).ok_or(Error::<T>::ModelNotListed)?;
		ensure!(class == spec.class, Error::<T>::WrongClass);
		ensure!(!spec.serials.iter().any(Serials::<T>::contains_key), Error::<T>::SerialTaken);
		Ok(())
	}

	/// What is held for a title: the base, and a part for each serial and each document.
	fn title_deposit(spec: &TitleSpec) -> Result<Balance, Error<T>> {
		let items = spec.serials.len() as Balance + spec.documents.len() as Balance;
		T::TitleDepositPerItem::get()
			.checked_mul(items)
			.and_then(|of_items| of_items.checked_add(T::TitleDepositBase::get()))
			.ok_or(Error::<T>::Overflow)
	}

	/// Forget a title that has no NFT: its serials are free and its deposit returned.
	fn remove_title(
		title: TitleId,
		record: &Title<T::AccountId>,
	) -> Result<(u32, u32), DispatchError> {
		let keeper = Self::custodian(&record.custodian)?;
		let Some(live_titles) = keeper.live_titles.checked_sub(1) else {
			defensive!("a custodian of a title has a live title", title);
			return Err(Error::<T>::Unexpected.into());
		};

		Custodians::<T>::insert(&record.custodian, Custodian { live_titles, ..keeper });
		let serials = TitleSerials::<T>::take(title);
		for serial in &serials {
			Serials::<T>::remove(serial);
		}
		let documents = Documents::<T>::drain_prefix(title).count() as u32;
		CustodyRenewedAt::<T>::remove(title);
		Titles::<T>::remove(title);
		Self::release_hold(HoldReason::TitleDeposit, &record.custodian, record.deposit)?;
		Ok((serials.len() as u32, documents))
	}
}
