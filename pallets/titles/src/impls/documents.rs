// SPDX-License-Identifier: Apache-2.0

//! Papers of a title: a log to which is only added.

use crate::{
	Config, Document, Documents, Error, Event, Pallet, TitleOf, Titles, DOCUMENT_FOOTPRINT,
	FARTHEST_LAPSE, FILING_TERM, MAX_CURATOR_DOCUMENTS, MAX_DOCUMENTS, MAX_FREE_DOCUMENTS,
};
use caliber_primitives::{
	titles::{DocumentKind, Paper},
	traits::{LineParties, TitleInspect},
	Seconds, TitleId,
};
use polkadot_sdk::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{Consideration, Get},
	},
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_file_document(
		who: T::AccountId,
		title_id: TitleId,
		paper: Paper,
	) -> DispatchResult {
		let mut title = Self::title_record(title_id)?;
		let now = Self::now();
		let most = match title.line {
			None => {
				Self::ensure_may_file(&who, title_id, &title, paper.kind)?;
				Self::ensure_paper(&paper, now)?;
				MAX_FREE_DOCUMENTS
			}
			Some(line_id) if T::Lines::curator(line_id).as_ref() == Some(&who) => {
				Self::ensure_paper(&paper, now)?;
				Self::ensure_no_earlier_lapse(&title, &paper, now)?;
				MAX_CURATOR_DOCUMENTS
			}
			Some(_) => {
				Self::ensure_may_extend(&who, title_id, &title, &paper, now)?;
				Self::ensure_paper(&paper, now)?;
				MAX_DOCUMENTS
			}
		};
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

	/// Ensures that a paper of a pledged title takes nothing from what the line relies on: it
	/// lapses no earlier than the one of its kind that counts. Where none is good any more its own
	/// lapse is far enough ahead to react to.
	fn ensure_no_earlier_lapse(
		title: &TitleOf<T>,
		paper: &Paper,
		now: Seconds,
	) -> Result<(), Error<T>> {
		let Some(lapses) = paper.lapses else { return Ok(()) };
		let least = match title.lapse_of(paper.kind) {
			// One that does not lapse is replaced by such a one only.
			Some(None) => return Err(Error::<T>::LapseTooSoon),
			Some(Some(counting)) if counting >= now => counting,
			Some(Some(_)) | None => Self::after_notice(now),
		};
		ensure!(lapses >= least, Error::<T>::LapseTooSoon);
		Ok(())
	}

	/// Ensures that `who`, who is not the curator, may file a paper of a pledged title: one of its
	/// own kinds that takes the place of one that lapses soon, and is good for much longer.
	fn ensure_may_extend(
		who: &T::AccountId,
		title_id: TitleId,
		title: &TitleOf<T>,
		paper: &Paper,
		now: Seconds,
	) -> Result<(), Error<T>> {
		let counting = title.lapse_of(paper.kind).flatten().ok_or(Error::<T>::CuratorFiles)?;
		ensure!(counting <= Self::after_notice(now), Error::<T>::CuratorFiles);
		Self::ensure_may_file(who, title_id, title, paper.kind)?;
		let least = Self::after_notice(counting.max(now));
		ensure!(paper.lapses.is_none_or(|lapses| lapses >= least), Error::<T>::LapseTooSoon);
		Ok(())
	}

	/// Returns the end of a notice that begins at `from`: the time that those who lend have to
	/// react.
	fn after_notice(from: Seconds) -> Seconds {
		// A time beyond all times is never reached.
		from.saturating_add(T::Values::get().cancellation_notice)
	}

	/// Ensures that `who` files this kind of document while no line holds the title: papers of
	/// custody are the custodian's to file, papers of property the owner's.
	fn ensure_may_file(
		who: &T::AccountId,
		title_id: TitleId,
		title: &TitleOf<T>,
		kind: DocumentKind,
	) -> Result<(), Error<T>> {
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
