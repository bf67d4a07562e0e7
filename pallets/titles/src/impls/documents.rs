// SPDX-License-Identifier: Apache-2.0

//! Papers of a title after it was attested.

use crate::{Config, Document, Documents, Error, Event, Pallet, TitleOf, DOCUMENT_FOOTPRINT};
use caliber_primitives::{titles::DocumentKind, traits::TitleInspect, TitleId};
use polkadot_sdk::{
	frame_support::{dispatch::DispatchResult, ensure, traits::Consideration},
	sp_core::H256,
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_document(
		who: T::AccountId,
		title_id: TitleId,
		kind: DocumentKind,
		hash: H256,
	) -> DispatchResult {
		let title = Self::title_record(title_id)?;
		Self::ensure_may_file(&who, title_id, &title, kind)?;

		if let Some(former) = Documents::<T>::get(title_id, kind) {
			former.ticket.drop(&former.filed_by)?;
		}
		let ticket = T::TitleConsideration::new(&who, DOCUMENT_FOOTPRINT)?;
		let filed_by = who.clone();
		Documents::<T>::insert(title_id, kind, Document { hash, filed_by, ticket });
		Self::deposit_event(Event::DocumentSet { title: title_id, kind, hash, filed_by: who });
		Ok(())
	}

	/// Ensures that `who` may file this kind of document: papers of custody are the custodian's to
	/// file, papers of property the owner's. An owner who pledged the title cannot change what the
	/// line relied on.
	fn ensure_may_file(
		who: &T::AccountId,
		title_id: TitleId,
		title: &TitleOf<T>,
		kind: DocumentKind,
	) -> Result<(), Error<T>> {
		let (custodian, owner) = match kind {
			DocumentKind::WarehouseReceipt
			| DocumentKind::BailmentAgreement
			| DocumentKind::BurnInReport => (true, false),
			DocumentKind::LienFiling | DocumentKind::LienWaiver => (true, true),
			DocumentKind::PurchaseInvoice => (false, true),
			DocumentKind::AppraisalReport => return Err(Error::<T>::DocumentByAppraiser),
		};
		if custodian && title.custodian == *who {
			return Ok(());
		}
		ensure!(
			owner && <Self as TitleInspect<_>>::owner(title_id).as_ref() == Some(who),
			Error::<T>::DocumentNotYours
		);
		ensure!(title.line.is_none(), Error::<T>::Encumbered);
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
