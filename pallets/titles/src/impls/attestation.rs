// SPDX-License-Identifier: Apache-2.0

//! How a title comes into being: attested by a custodian, confirmed by a verifier.

use crate::{
	Config, ConfirmBatch, Custodian, Custodians, CustodyRenewedAt, Delivery, Document, Documents,
	Error, Event, HoldReason, NextTitleId, Pallet, Removed, Revenue, Serials, Title, TitleSerials,
	TitleSpec, Titles, Verifiers,
};
use alloc::collections::BTreeSet;
use caliber_primitives::{
	titles::{DocumentKind, TitleStatus},
	traits::{Encumber, InspectModels},
	Balance, TitleId,
};
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
		ensure!(!keeper.frozen, Error::<T>::CustodianFrozen);
		ensure!(keeper.bond >= T::MinCustodianBond::get(), Error::<T>::BondTooLow);
		Self::ensure_valid(&spec)?;

		let title = NextTitleId::<T>::get();
		let next = title.checked_add(1).ok_or(Error::<T>::TitleIdsExhausted)?;
		let live_titles = keeper.live_titles.checked_add(1).ok_or(Error::<T>::Overflow)?;
		let deposit = Self::title_deposit(&spec)?;
		let paper_deposit = T::TitleDepositPerItem::get();
		let held = paper_deposit
			.checked_mul(spec.documents.len() as Balance)
			.and_then(|of_papers| of_papers.checked_add(deposit))
			.ok_or(Error::<T>::Overflow)?;
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
			let filed_by = custodian.clone();
			let document = Document { hash, filed_by, deposit: paper_deposit };
			Documents::<T>::insert(title, kind, document);
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
		T::Currency::hold(&HoldReason::TitleDeposit.into(), &custodian, held)?;

		Self::deposit_event(Event::TitleAttested {
			title,
			custodian,
			owner,
			class,
			model,
			units,
			deposit: held,
		});
		Ok(title)
	}

	pub(crate) fn do_attest_batch(
		custodian: T::AccountId,
		delivery: Delivery<T::AccountId>,
	) -> DispatchResult {
		ensure!(!delivery.is_empty(), Error::<T>::EmptyBatch);
		// Attesting one by one would find such a serial too, and say that a title has it already.
		let serials = delivery.iter().flat_map(|(_, spec)| spec.serials.iter());
		ensure!(!has_duplicates(serials), Error::<T>::DuplicateSerial);

		for (owner, spec) in delivery {
			Self::do_attest(custodian.clone(), owner, spec)?;
		}
		Ok(())
	}

	/// Answers what was removed.
	pub(crate) fn do_withdraw_attestation(
		custodian: T::AccountId,
		title: TitleId,
	) -> Result<Removed, DispatchError> {
		let record = Self::title_record(title)?;
		ensure!(record.custodian == custodian, Error::<T>::NotTitleCustodian);
		ensure!(record.status == TitleStatus::Attested, Error::<T>::NotAttested);

		let removed = Self::remove_title(title, &record)?;
		let deposit = removed.deposit;
		Self::deposit_event(Event::AttestationWithdrawn { title, custodian, deposit });
		Ok(removed)
	}

	pub(crate) fn do_confirm(verifier: T::AccountId, title: TitleId) -> DispatchResult {
		ensure!(Verifiers::<T>::contains_key(&verifier), Error::<T>::NotVerifier);
		let record = Self::title_record(title)?;
		ensure!(record.status == TitleStatus::Attested, Error::<T>::NotAttested);
		ensure!(record.custodian != verifier, Error::<T>::VerifierIsCustodian);
		let keeper = Self::custodian(&record.custodian)?;
		ensure!(!keeper.suspended, Error::<T>::CustodianSuspended);
		ensure!(!keeper.frozen, Error::<T>::CustodianFrozen);
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

	pub(crate) fn do_confirm_batch(verifier: T::AccountId, titles: ConfirmBatch) -> DispatchResult {
		ensure!(!titles.is_empty(), Error::<T>::EmptyBatch);
		for title in titles {
			Self::do_confirm(verifier.clone(), title)?;
		}
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
		ensure!(
			!spec.documents.iter().any(|(kind, _)| *kind == DocumentKind::AppraisalReport),
			Error::<T>::DocumentByAppraiser
		);
		ensure!(spec.commissioned_at <= Self::now(), Error::<T>::CommissionedInFuture);
		let class = T::Models::listed_class(spec.model).ok_or(Error::<T>::ModelNotListed)?;
		ensure!(class == spec.class, Error::<T>::WrongClass);
		ensure!(!spec.serials.iter().any(Serials::<T>::contains_key), Error::<T>::SerialTaken);
		Ok(())
	}

	/// What is held for a title: the base, and a part for each serial. Each document has its own.
	fn title_deposit(spec: &TitleSpec) -> Result<Balance, Error<T>> {
		T::TitleDepositPerItem::get()
			.checked_mul(spec.serials.len() as Balance)
			.and_then(|of_serials| of_serials.checked_add(T::TitleDepositBase::get()))
			.ok_or(Error::<T>::Overflow)
	}

	/// Forget a title that has no NFT: its serials are free, and every deposit is returned to who
	/// paid it.
	pub(crate) fn remove_title(
		title: TitleId,
		record: &Title<T::AccountId>,
	) -> Result<Removed, DispatchError> {
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
		CustodyRenewedAt::<T>::remove(title);
		Revenue::<T>::remove(title);
		Titles::<T>::remove(title);
		Self::release_hold(HoldReason::TitleDeposit, &record.custodian, record.deposit)?;
		let (documents, of_papers) = Self::remove_documents(title, &record.custodian)?;
		let policies = Self::remove_policies(title)?;
		let appraisals = Self::remove_appraisals(title)?;
		Ok(Removed {
			serials: serials.len() as u32,
			documents,
			// Both are bounded by small constants.
			covers: policies + appraisals,
			deposit: record.deposit.checked_add(of_papers).ok_or(Error::<T>::Overflow)?,
		})
	}

	/// Who owns a title, or will when it is confirmed.
	pub(crate) fn owner_or_beneficiary(
		title: TitleId,
		record: &Title<T::AccountId>,
	) -> T::AccountId {
		<Self as Encumber<T::AccountId>>::owner(title).unwrap_or_else(|| record.beneficiary.clone())
	}
}
