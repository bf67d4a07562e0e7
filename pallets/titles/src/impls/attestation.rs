// SPDX-License-Identifier: Apache-2.0

//! Titles come into being: attested by a custodian, confirmed by a verifier; and are removed.

use crate::{
	title_footprint, Attestation, AttestationOf, Attestations, Config, ConfirmBatch, Custodian,
	Custodians, Delivery, Document, Documents, Error, Event, NextTitleId, Pallet, PartyKind,
	Removed, Revenue, Serials, TitleOf, TitleRecord, TitleSerials, TitleSpec, Titles,
	DOCUMENT_FOOTPRINT,
};
use alloc::collections::BTreeSet;
use caliber_primitives::{
	governance::Governed,
	titles::{DocumentKind, TitleStatus},
	traits::{InspectModels, TitleInspect},
	TitleId,
};
use polkadot_sdk::{
	frame_support::{
		defensive,
		dispatch::DispatchResult,
		ensure,
		traits::{
			tokens::nonfungibles_v2::Mutate as MutateNft, Consideration, DefensiveOption, Get,
		},
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
		account: T::AccountId,
		owner: T::AccountId,
		spec: TitleSpec,
	) -> Result<TitleId, DispatchError> {
		let custodian = Self::admitted_custodian(&account)?;
		ensure!(custodian.bond >= T::Values::get().min_custodian_bond, Error::<T>::BondTooLow);
		Self::ensure_valid(&spec)?;

		let title_id = NextTitleId::<T>::get();
		let next = title_id.checked_add(1).ok_or(Error::<T>::TitleIdsExhausted)?;
		let live_titles = custodian.live_titles.checked_add(1).ok_or(Error::<T>::Overflow)?;
		let TitleSpec { class, model, serials, facility, condition, commissioned_at, documents } =
			spec;
		let units = serials.len() as u32;
		let facility_id = custodian.facility;

		NextTitleId::<T>::put(next);
		Custodians::<T>::insert(&account, Custodian { live_titles, ..custodian });
		for serial in &serials {
			Serials::<T>::insert(serial, title_id);
		}
		TitleSerials::<T>::insert(title_id, serials);
		for (kind, hash) in documents {
			let ticket = T::TitleConsideration::new(&account, DOCUMENT_FOOTPRINT)?;
			let document = Document { hash, filed_by: account.clone(), ticket };
			Documents::<T>::insert(title_id, kind, document);
		}
		Attestations::<T>::insert(
			title_id,
			Attestation {
				facility,
				beneficiary: owner.clone(),
				verifier: None,
				ticket: T::TitleConsideration::new(&account, title_footprint(units))?,
			},
		);
		Titles::<T>::insert(
			title_id,
			TitleRecord {
				class,
				model,
				units,
				condition,
				commissioned_at,
				facility: facility_id,
				custodian: account.clone(),
				custody_renewed_at: Self::now(),
				status: TitleStatus::Attested,
				suspended: Governed::new(false),
				line: None,
				loss: None,
				covers: Default::default(),
				appraisals: Default::default(),
			},
		);

		Self::deposit_event(Event::TitleAttested {
			title: title_id,
			custodian: account,
			owner,
			class,
			model,
			units,
		});
		Ok(title_id)
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

	/// Returns the counts of what was removed.
	pub(crate) fn do_withdraw_attestation(
		custodian: T::AccountId,
		title_id: TitleId,
	) -> Result<Removed, DispatchError> {
		let title = Self::title_record(title_id)?;
		ensure!(title.custodian == custodian, Error::<T>::NotTitleCustodian);
		ensure!(title.status == TitleStatus::Attested, Error::<T>::NotAttested);

		let removed = Self::remove_title(title_id, title)?;
		Self::deposit_event(Event::AttestationWithdrawn { title: title_id, custodian });
		Ok(removed)
	}

	pub(crate) fn do_confirm(verifier: T::AccountId, title_id: TitleId) -> DispatchResult {
		Self::admitted_party(PartyKind::Verifier, &verifier)?;
		let mut title = Self::title_record(title_id)?;
		ensure!(title.status == TitleStatus::Attested, Error::<T>::NotAttested);
		ensure!(title.custodian != verifier, Error::<T>::VerifierIsCustodian);
		Self::admitted_custodian(&title.custodian)?;
		let collection = Self::collection_id()?;

		let attestation = Self::attestation(title_id)?;
		let owner = attestation.beneficiary.clone();

		title.status = TitleStatus::Active;
		title.custody_renewed_at = Self::now();
		Titles::<T>::insert(title_id, title);
		let verified = Attestation { verifier: Some(verifier.clone()), ..attestation };
		Attestations::<T>::insert(title_id, verified);
		T::Nfts::mint_into(&collection, &title_id, &owner, &ItemConfig::default(), true)?;

		Self::deposit_event(Event::TitleConfirmed { title: title_id, verifier, owner });
		Ok(())
	}

	pub(crate) fn do_confirm_batch(verifier: T::AccountId, titles: ConfirmBatch) -> DispatchResult {
		ensure!(!titles.is_empty(), Error::<T>::EmptyBatch);
		for title_id in titles {
			Self::do_confirm(verifier.clone(), title_id)?;
		}
		Ok(())
	}

	fn ensure_valid(spec: &TitleSpec) -> Result<(), Error<T>> {
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

	/// Removes a title that has no NFT: its serials are free, and every deposit is returned to the
	/// account that paid it. Returns the counts of what was removed.
	pub(crate) fn remove_title(
		title_id: TitleId,
		title: TitleOf<T>,
	) -> Result<Removed, DispatchError> {
		let custodian = Self::custodian_of_title(&title.custodian)?;
		let Some(live_titles) = custodian.live_titles.checked_sub(1) else {
			defensive!("a custodian of a title has a live title", title_id);
			return Err(Error::<T>::Unexpected.into());
		};

		Custodians::<T>::insert(&title.custodian, Custodian { live_titles, ..custodian });
		let serials = TitleSerials::<T>::take(title_id);
		for serial in &serials {
			Serials::<T>::remove(serial);
		}
		let documents = Self::remove_documents(title_id)?;
		let policies = Self::remove_policies(title_id)?;
		let appraisals = Self::remove_appraisals(title_id)?;
		Revenue::<T>::remove(title_id);
		Titles::<T>::remove(title_id);
		let attestation = Self::attestation(title_id)?;
		Attestations::<T>::remove(title_id);
		attestation.ticket.drop(&title.custodian)?;
		Ok(Removed {
			serials: serials.len() as u32,
			documents,
			// Both are bounded by small constants.
			covers: policies + appraisals,
		})
	}

	/// Returns the attestation of a title, which is never missing.
	pub(crate) fn attestation(title_id: TitleId) -> Result<AttestationOf<T>, Error<T>> {
		Attestations::<T>::get(title_id).defensive_ok_or(Error::<T>::Unexpected)
	}

	/// Returns the owner of a title, or the account that will own it once it is confirmed.
	pub(crate) fn owner_or_beneficiary(title_id: TitleId) -> Result<T::AccountId, Error<T>> {
		match <Self as TitleInspect<_>>::owner(title_id) {
			Some(owner) => Ok(owner),
			None => Ok(Self::attestation(title_id)?.beneficiary),
		}
	}
}
