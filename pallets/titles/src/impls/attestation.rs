// SPDX-License-Identifier: Apache-2.0

//! Titles come into being: attested by a custodian, confirmed by a verifier; and are removed.

use super::{devices::has_duplicates, independence::Part};
use crate::{
	title_footprint, Attestation, AttestationOf, Attestations, Config, ConfirmBatch, Delivery,
	Documents, Error, Event, Losses, NextTitleId, Pallet, PartyKind, Removed, TitleDevices,
	TitleOf, TitleRecord, TitleSpec, Titles, MAX_DEVICES_OF_CALL,
};
use alloc::vec::Vec;
use caliber_primitives::{
	governance::Governed,
	titles::TitleStatus,
	traits::{Clock, InspectModels, TitleInspect},
	TitleId,
};
use codec::Encode;
use polkadot_sdk::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{Consideration, DefensiveOption, Get},
	},
	sp_core::H256,
	sp_io::hashing::blake2_256,
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_attest(
		account: T::AccountId,
		owner: T::AccountId,
		spec: TitleSpec,
	) -> Result<TitleId, DispatchError> {
		let custodian = Self::admitted_custodian(&account)?;
		ensure!(owner != account, Error::<T>::NotIndependent);
		Self::ensure_valid(&spec)?;

		let title_id = NextTitleId::<T>::get();
		let next = title_id.checked_add(1).ok_or(Error::<T>::TitleIdsExhausted)?;
		let TitleSpec { class, model, devices, condition, commissioned_at, documents } = spec;
		let units = devices.len() as u32;
		let facility = custodian.facility;
		let attested_at = Self::now();

		NextTitleId::<T>::put(next);
		Self::count_title_in(&account, custodian)?;
		TitleDevices::<T>::insert(title_id, devices);
		Attestations::<T>::insert(
			title_id,
			Attestation {
				beneficiary: owner.clone(),
				verifier: None,
				attested_at,
				confirmed_at: None,
				evidence: None,
				inspection: None,
				ticket: T::TitleConsideration::new(&account, title_footprint(units))?,
			},
		);
		let mut title = TitleRecord {
			class,
			model,
			units,
			condition,
			commissioned_at,
			facility,
			custodian: account.clone(),
			custody_renewed_at: attested_at,
			custody_value: 0,
			status: TitleStatus::Attested,
			suspended: Governed::new(false),
			line: None,
			acknowledged: false,
			unmatched: 0,
			covers: Default::default(),
			appraisals: Default::default(),
			struck_until: None,
			revenue: Default::default(),
			documents: 0,
			lapses: Default::default(),
		};
		for paper in documents {
			Self::append(&account, title_id, &mut title, paper)?;
		}
		Titles::<T>::insert(title_id, title);

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
		let count: usize = delivery.iter().map(|(_, spec)| spec.devices.len()).sum();
		ensure!(count <= MAX_DEVICES_OF_CALL as usize, Error::<T>::TooManyDevices);
		// Attesting one by one would find no such device: it takes none.
		let devices = delivery.iter().flat_map(|(_, spec)| spec.devices.iter());
		ensure!(!has_duplicates(devices), Error::<T>::DuplicateDevice);

		for (owner, spec) in delivery {
			Self::do_attest(custodian.clone(), owner, spec)?;
		}
		Ok(())
	}

	/// By anyone, where nothing keeps the title from being withdrawn. Returns the counts of what was
	/// removed.
	pub(crate) fn do_withdraw_attestation(
		who: T::AccountId,
		title_id: TitleId,
	) -> Result<Removed, DispatchError> {
		let title = Self::attested_title(title_id)?;
		if title.custodian != who {
			let lapsed = Self::has_lapsed(&Self::attestation(title_id)?);
			ensure!(lapsed || Self::is_superseded(title_id), Error::<T>::AttestationStands);
		}

		let custodian = title.custodian.clone();
		let removed = Self::remove_title(title_id, title)?;
		Self::deposit_event(Event::AttestationWithdrawn { title: title_id, custodian });
		Ok(removed)
	}

	/// Returns the counts of what was removed.
	pub(crate) fn do_strike_attestation(title_id: TitleId) -> Result<Removed, DispatchError> {
		let title = Self::attested_title(title_id)?;
		let custodian = title.custodian.clone();
		let removed = Self::remove_title(title_id, title)?;
		Self::deposit_event(Event::AttestationStruck { title: title_id, custodian });
		Ok(removed)
	}

	/// Returns a title that waits for its confirmation.
	fn attested_title(title_id: TitleId) -> Result<TitleOf<T>, Error<T>> {
		let title = Self::title_record(title_id)?;
		ensure!(title.status == TitleStatus::Attested, Error::<T>::NotAttested);
		Ok(title)
	}

	/// Returns true if an attestation is too old to be confirmed, outages of the chain apart.
	fn has_lapsed(attestation: &AttestationOf<T>) -> bool {
		let attested_at = attestation.attested_at;
		// A time beyond all times is never reached.
		let end = attested_at.saturating_add(T::Values::get().attestation_period);
		Self::now() > T::Clock::end_of(attested_at, end)
	}

	/// Returns the digest of what is attested of a title: all that its value and its place rest on,
	/// with the papers as they are now.
	pub(crate) fn evidence(
		title_id: TitleId,
		title: &TitleOf<T>,
		attestation: &AttestationOf<T>,
	) -> H256 {
		let mut papers = Documents::<T>::iter_prefix(title_id)
			.map(|(number, document)| (number, document.paper))
			.collect::<Vec<_>>();
		papers.sort_unstable_by_key(|(number, _)| *number);
		let parties = (&title.custodian, &attestation.beneficiary);
		let machines = (title.class, title.model, TitleDevices::<T>::get(title_id));
		let facts = (title.condition, title.commissioned_at, title.facility);
		(title_id, parties, machines, facts, papers).using_encoded(blake2_256).into()
	}

	/// Returns the number of devices.
	pub(crate) fn do_confirm(
		verifier: T::AccountId,
		title_id: TitleId,
		digest: H256,
	) -> Result<u32, DispatchError> {
		Self::admitted_party(PartyKind::Verifier, &verifier)?;
		let mut title = Self::attested_title(title_id)?;
		ensure!(title.custodian != verifier, Error::<T>::VerifierIsCustodian);
		Self::admitted_party(PartyKind::Custodian, &title.custodian)?;
		Self::ensure_no_other_part(title_id, &title, &verifier, Part::Verifier)?;
		let attestation = Self::attestation(title_id)?;
		ensure!(!Self::has_lapsed(&attestation), Error::<T>::AttestationLapsed);
		let evidence = Self::evidence(title_id, &title, &attestation);
		ensure!(evidence == digest, Error::<T>::EvidenceChanged);

		Self::note_confirmation(&verifier)?;
		title.custody_value = Self::value_in_custody(title.model, title.units)?;
		Self::take_into_custody(&title.custodian, title.custody_value)?;
		let owner = attestation.beneficiary.clone();
		let units = title.units;
		let confirmed_at = Self::now();
		(title.commissioned_at, title.condition) = Self::take_devices(title_id, &title)?;
		title.status = TitleStatus::Active;
		title.custody_renewed_at = confirmed_at;
		Titles::<T>::insert(title_id, title);
		let verified = Attestation {
			verifier: Some(verifier.clone()),
			confirmed_at: Some(confirmed_at),
			evidence: Some(evidence),
			..attestation
		};
		Attestations::<T>::insert(title_id, verified);
		Self::mint_nft(title_id, &owner)?;

		Self::deposit_event(Event::TitleConfirmed { title: title_id, verifier, owner, evidence });
		Ok(units)
	}

	/// Returns the number of devices of all the titles.
	pub(crate) fn do_confirm_batch(
		verifier: T::AccountId,
		titles: ConfirmBatch,
	) -> Result<u32, DispatchError> {
		ensure!(!titles.is_empty(), Error::<T>::EmptyBatch);
		let mut devices = 0u32;
		for (title_id, digest) in titles {
			let units = Self::do_confirm(verifier.clone(), title_id, digest)?;
			devices = devices.checked_add(units).ok_or(Error::<T>::Overflow)?;
			ensure!(devices <= MAX_DEVICES_OF_CALL, Error::<T>::TooManyDevices);
		}
		Ok(devices)
	}

	fn ensure_valid(spec: &TitleSpec) -> Result<(), Error<T>> {
		ensure!(!spec.devices.is_empty(), Error::<T>::NoDevices);
		ensure!(!has_duplicates(spec.devices.iter()), Error::<T>::DuplicateDevice);
		ensure!(
			!has_duplicates(spec.documents.iter().map(|paper| paper.kind)),
			Error::<T>::DuplicateDocument
		);
		let now = Self::now();
		spec.documents.iter().try_for_each(|paper| Self::ensure_paper(paper, now))?;
		ensure!(spec.commissioned_at <= now, Error::<T>::CommissionedInFuture);
		let class = T::Models::listed_class(spec.model).ok_or(Error::<T>::ModelNotListed)?;
		ensure!(class == spec.class, Error::<T>::WrongClass);
		let released_at = T::Models::released_at(spec.model).ok_or(Error::<T>::ModelNotListed)?;
		ensure!(spec.commissioned_at >= released_at, Error::<T>::CommissionedBeforeRelease);
		spec.devices.iter().try_for_each(Self::ensure_device_is_free)
	}

	/// Removes a title that has no NFT: its devices are free, and every deposit but those of their
	/// records is returned to the account that paid it. Returns the counts of what was removed.
	pub(crate) fn remove_title(
		title_id: TitleId,
		title: TitleOf<T>,
	) -> Result<Removed, DispatchError> {
		Self::count_title_out(&title.custodian)?;
		Self::take_out_of_custody(&title.custodian, title.custody_value)?;
		let devices = Self::free_devices(title_id, title.status)?;
		Self::drop_custody_offer(title_id, &title.custodian)?;
		let documents = Self::remove_documents(title_id)?;
		let policies = Self::remove_policies(title_id)?;
		let appraisals = Self::remove_appraisals(title_id)?;
		Titles::<T>::remove(title_id);
		Losses::<T>::remove(title_id);
		let attestation = Self::attestation(title_id)?;
		Attestations::<T>::remove(title_id);
		attestation.ticket.drop(&title.custodian)?;
		Ok(Removed {
			devices,
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
