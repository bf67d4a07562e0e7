// SPDX-License-Identifier: Apache-2.0

//! What the view functions and the runtime API tell.

use crate::{Config, CustodyRenewedAt, Documents, Encumbrances, Pallet, Revenue, Titles};
use alloc::vec::Vec;
use caliber_primitives::{titles::TitleReport, traits::Encumber, TitleId};

impl<T: Config> Pallet<T> {
	pub(crate) fn report(id: TitleId) -> Option<TitleReport<T::AccountId>> {
		let record = Titles::<T>::get(id)?;
		let facts = record.facts();
		let mut documents = Documents::<T>::iter_prefix(id).collect::<Vec<_>>();
		documents.sort();
		Some(TitleReport {
			id,
			owner: <Self as Encumber<_>>::owner(id),
			custodian: record.custodian,
			class: record.class,
			facts,
			status: record.status,
			line: Encumbrances::<T>::get(id),
			custody_renewed_at: CustodyRenewedAt::<T>::get(id).unwrap_or_default(),
			documents,
			revenue_total: Revenue::<T>::get(id).total,
			revenue_trailing_year: Self::revenue_of_trailing_year(id),
		})
	}
}
