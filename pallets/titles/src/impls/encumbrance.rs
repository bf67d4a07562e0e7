// SPDX-License-Identifier: Apache-2.0

//! Titles as other pallets see them, and how a credit line holds one.

use crate::{Appraisals, Config, Encumbrances, Error, Event, Pallet, Titles};
use caliber_primitives::{
	titles::{Ineligibility, TitleFacts, TitleStatus},
	traits::{Encumber, TitleFactsSource, TitleInspect},
	Balance, LineId, TitleId,
};
use polkadot_sdk::frame_support::{
	dispatch::DispatchResult, ensure, storage::with_storage_layer,
	traits::tokens::nonfungibles_v2::Inspect as InspectNft,
};

impl<T: Config> Pallet<T> {
	fn ensure_held(title_id: TitleId, line_id: LineId) -> Result<(), Error<T>> {
		ensure!(Encumbrances::<T>::get(title_id) == Some(line_id), Error::<T>::NotHeldByLine);
		Ok(())
	}
}

impl<T: Config> TitleFactsSource for Pallet<T> {
	fn facts(title_id: TitleId) -> Option<TitleFacts> {
		Titles::<T>::get(title_id).map(|title| title.facts())
	}

	fn independent_value(title_id: TitleId) -> Option<Balance> {
		let appraisals = Appraisals::<T>::get(title_id);
		Self::counting_appraisal(&appraisals, Self::now()).map(|appraisal| appraisal.value)
	}
}

impl<T: Config> TitleInspect<T::AccountId> for Pallet<T> {
	fn owner(title_id: TitleId) -> Option<T::AccountId> {
		T::Nfts::owner(&Self::collection()?, &title_id)
	}

	fn encumbrance(title_id: TitleId) -> Option<LineId> {
		Encumbrances::<T>::get(title_id)
	}

	fn eligibility(title_id: TitleId, holder: Option<LineId>) -> Result<(), Ineligibility> {
		Self::check_eligibility(title_id, holder)
	}

	fn trailing_revenue(title_id: TitleId) -> Balance {
		Self::revenue_of_trailing_year(title_id)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_title(owner: &T::AccountId) -> TitleId {
		crate::benchmarking::issue_title::<T>(owner)
	}
}

/// Pledging, freeing and seizing open a storage layer of their own: they may be called where a
/// failure undoes nothing else.
impl<T: Config> Encumber<T::AccountId> for Pallet<T> {
	fn encumber(title_id: TitleId, owner: &T::AccountId, line_id: LineId) -> DispatchResult {
		Self::check_eligibility(title_id, None).map_err(Error::<T>::Ineligible)?;
		let holder = <Self as TitleInspect<_>>::owner(title_id);
		ensure!(holder.as_ref() == Some(owner), Error::<T>::NotTitleOwner);

		with_storage_layer(|| {
			// Eligible titles are active.
			Self::set_line(title_id, TitleStatus::Active, line_id)?;
			Self::deposit_event(Event::TitleEncumbered {
				title: title_id,
				owner: owner.clone(),
				line: line_id,
			});
			Ok(())
		})
	}

	fn release(title_id: TitleId, line_id: LineId) -> DispatchResult {
		Self::ensure_held(title_id, line_id)?;
		let status = Self::title_record(title_id)?.status;

		with_storage_layer(|| {
			Self::unset_line(title_id, status, None)?;
			Self::deposit_event(Event::TitleReleased { title: title_id, line: line_id });
			Ok(())
		})
	}

	fn seize(title_id: TitleId, line_id: LineId, to: &T::AccountId) -> DispatchResult {
		Self::ensure_held(title_id, line_id)?;
		let status = Self::title_record(title_id)?.status;
		let from = Self::owner_of_confirmed(title_id)?;

		with_storage_layer(|| {
			Self::unset_line(title_id, status, Some(to))?;
			Self::deposit_event(Event::TitleSeized {
				title: title_id,
				line: line_id,
				from,
				to: to.clone(),
			});
			Ok(())
		})
	}
}
