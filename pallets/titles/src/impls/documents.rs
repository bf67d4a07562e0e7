// SPDX-License-Identifier: Apache-2.0

//! The papers of a title after it was attested.

use crate::{Config, Document, Documents, Encumbrances, Error, Event, HoldReason, Pallet, Title};
use caliber_primitives::{titles::DocumentKind, traits::Encumber, Balance, TitleId};
use polkadot_sdk::{
	frame_support::{
		dispatch::DispatchResult,
		ensure,
		traits::{fungible::MutateHold, Get},
	},
	sp_core::H256,
	sp_runtime::DispatchError,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_document(
		who: T::AccountId,
		title: TitleId,
		kind: DocumentKind,
		hash: H256,
	) -> DispatchResult {
		let record = Self::title_record(title)?;
		Self::ensure_may_file(&who, title, &record, kind)?;

		let deposit = T::TitleDepositPerItem::get();
		let former = Documents::<T>::get(title, kind);
		Documents::<T>::insert(title, kind, Document { hash, filed_by: who.clone(), deposit });
		if let Some(former) = former {
			Self::release_hold(HoldReason::TitleDeposit, &former.filed_by, former.deposit)?;
		}
		T::Currency::hold(&HoldReason::TitleDeposit.into(), &who, deposit)?;
		Self::deposit_event(Event::DocumentSet { title, kind, hash, filed_by: who, deposit });
		Ok(())
	}

	/// What hangs on custody is the custodian's to file, what hangs on property the owner's. An
	/// owner who pledged the title cannot change what the line relied on.
	fn ensure_may_file(
		who: &T::AccountId,
		title: TitleId,
		record: &Title<T::AccountId>,
		kind: DocumentKind,
	) -> DispatchResult {
		let (custodian, owner) = match kind {
			DocumentKind::WarehouseReceipt
			| DocumentKind::BailmentAgreement
			| DocumentKind::BurnInReport => (true, false),
			DocumentKind::LienFiling | DocumentKind::LienWaiver => (true, true),
			DocumentKind::PurchaseInvoice => (false, true),
			DocumentKind::AppraisalReport => return Err(Error::<T>::DocumentByAppraiser.into()),
		};
		if custodian && record.custodian == *who {
			return Ok(());
		}
		ensure!(
			owner && <Self as Encumber<_>>::owner(title).as_ref() == Some(who),
			Error::<T>::DocumentNotYours
		);
		ensure!(!Encumbrances::<T>::contains_key(title), Error::<T>::Encumbered);
		Ok(())
	}

	/// Remove the documents of a title that goes, and return their deposits. Answers how many, and
	/// the CLBR of `custodian` among them.
	pub(crate) fn remove_documents(
		title: TitleId,
		custodian: &T::AccountId,
	) -> Result<(u32, Balance), DispatchError> {
		let (mut removed, mut of_custodian) = (0, 0);
		for (_, Document { filed_by, deposit, .. }) in Documents::<T>::drain_prefix(title) {
			Self::release_hold(HoldReason::TitleDeposit, &filed_by, deposit)?;
			removed += 1;
			if filed_by == *custodian {
				of_custodian = deposit.checked_add(of_custodian).ok_or(Error::<T>::Overflow)?;
			}
		}
		Ok((removed, of_custodian))
	}
}
