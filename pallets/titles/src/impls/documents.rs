// SPDX-License-Identifier: Apache-2.0

//! Papers of a title: a log to which is only added.

use crate::{
	Config, Document, Documents, Error, Event, Pallet, TitleOf, Titles, DOCUMENT_FOOTPRINT,
	FARTHEST_LAPSE, FILING_TERM, MAX_DOCUMENTS, MAX_FREE_DOCUMENTS,
};
use caliber_primitives::{
	titles::{DocumentKind, Paper},
	traits::{LineParties, TitleInspect},
	Seconds, TitleId,
};
use polkadot_sdk::{
	frame_support::{dispatch::DispatchResult, ensure, traits::Consideration},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_file_document(
		who: T::AccountId,
		title_id: TitleId,
		paper: Paper,
	) -> DispatchResult {
		let mut title = Self::title_record(title_id)?;
		Self::ensure_may_file(&who, title_id, &title, paper.kind)?;
		Self::ensure_paper(&paper, Self::now())?;
		let most = if title.line.is_some() { MAX_DOCUMENTS } else { MAX_FREE_DOCUMENTS };
		ensure!(title.documents < most, Error::<T>::TooManyDocuments);

		Self::append(&who, title_id, &mut title, paper)?;
		Titles::<T>::insert(title_id, title);
		Ok(())
	}

	/// Adds a paper to those of a title, whose record the caller stores. Holds the deposit of `who`.
	pub(crate) fn append(
		who: &T::AccountId,
		title_id: TitleId,
		title: &mut TitleOf<T>,
		paper: Paper,
	) -> DispatchResult {
		let document = title.documents;
		title.documents = document.checked_add(1).ok_or(Error::<T>::Overflow)?;
		match title.lapses.iter_mut().find(|(kind, _)| *kind == paper.kind) {
			Some((_, lapses)) => *lapses = paper.lapses,
			// There is a place for each kind.
			None => title
				.lapses
				.try_push((paper.kind, paper.lapses))
				.map_err(|_| Error::<T>::Unexpected)?,
		}
		let ticket = T::TitleConsideration::new(who, DOCUMENT_FOOTPRINT)?;
		let filed = Document { paper, filed_by: who.clone(), filed_at: Self::now(), ticket };
		Documents::<T>::insert(title_id, document, filed);
		Self::deposit_event(Event::DocumentFiled {
			title: title_id,
			document,
			paper,
			filed_by: who.clone(),
		});
		Ok(())
	}

	/// Ensures that date and lapse of a paper are those that its kind has.
	pub(crate) fn ensure_paper(paper: &Paper, now: Seconds) -> Result<(), Error<T>> {
		let Paper { kind, dated, lapses, .. } = *paper;
		ensure!(dated <= now, Error::<T>::DatedInFuture);
		match kind {
			DocumentKind::LienFiling => ensure!(lapses.is_some(), Error::<T>::LapseMissing),
			DocumentKind::BurnInReport | DocumentKind::PurchaseInvoice => {
				ensure!(lapses.is_none(), Error::<T>::LapseNotTaken)
			}
			DocumentKind::WarehouseReceipt
			| DocumentKind::BailmentAgreement
			| DocumentKind::LienWaiver
			| DocumentKind::Inspection => (),
		}
		let Some(lapses) = lapses else { return Ok(()) };
		ensure!(lapses > now, Error::<T>::AlreadyLapsed);
		// Dates are not in the future.
		ensure!(lapses - now <= FARTHEST_LAPSE, Error::<T>::TimeTooFar);
		ensure!(
			kind != DocumentKind::LienFiling || lapses - dated <= FILING_TERM,
			Error::<T>::LapseTooLate
		);
		Ok(())
	}

	/// Ensures that `who` may file this kind of document: papers of custody are the custodian's to
	/// file, papers of property the owner's. Of a title that a line holds the line's curator files all:
	/// nothing is added without it.
	fn ensure_may_file(
		who: &T::AccountId,
		title_id: TitleId,
		title: &TitleOf<T>,
		kind: DocumentKind,
	) -> Result<(), Error<T>> {
		if let Some(line_id) = title.line {
			ensure!(T::Lines::curator(line_id).as_ref() == Some(who), Error::<T>::CuratorFiles);
			return Ok(());
		}
		let (custodian, owner) = match kind {
			DocumentKind::WarehouseReceipt
			| DocumentKind::BailmentAgreement
			| DocumentKind::BurnInReport
			| DocumentKind::Inspection => (true, false),
			DocumentKind::LienFiling | DocumentKind::LienWaiver => (true, true),
			DocumentKind::PurchaseInvoice => (false, true),
		};
		if custodian && title.custodian == *who {
			return Ok(());
		}
		ensure!(
			owner && <Self as TitleInspect<_>>::owner(title_id).as_ref() == Some(who),
			Error::<T>::DocumentNotYours
		);
		Ok(())
	}

	/// Removes the documents of a title that goes, and returns their deposits. Returns how many.
	pub(crate) fn remove_documents(title_id: TitleId) -> Result<u32, DispatchError> {
		let mut removed = 0;
		for (_, Document { filed_by, ticket, .. }) in Documents::<T>::drain_prefix(title_id) {
			ticket.drop(&filed_by)?;
			removed += 1;
		}
		Ok(removed)
	}
}
