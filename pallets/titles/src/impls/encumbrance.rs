// SPDX-License-Identifier: Apache-2.0

//! What other pallets ask of titles, and how a credit line holds one.

use crate::{Appraisals, Config, Encumbrances, Error, Event, Pallet, Titles};
use caliber_primitives::{
	titles::{Ineligibility, TitleFacts, TitleStatus},
	traits::{Encumber, InspectTitles},
	Balance, LineId, TitleId,
};
use polkadot_sdk::frame_support::{
	dispatch::DispatchResult,
	ensure,
	storage::with_storage_layer,
	traits::{tokens::nonfungibles_v2::Inspect as InspectNft, DefensiveOption},
};

impl<T: Config> Pallet<T> {
	fn ensure_held(title: TitleId, line: LineId) -> DispatchResult {
		ensure!(Encumbrances::<T>::get(title) == Some(line), Error::<T>::NotHeldByLine);
		Ok(())
	}
}

impl<T: Config> InspectTitles for Pallet<T> {
	fn facts(title: TitleId) -> Option<TitleFacts> {
		Titles::<T>::get(title).map(|record| record.facts())
	}

	fn independent_value(title: TitleId) -> Option<Balance> {
		let appraisals = Appraisals::<T>::get(title);
		Self::counting_appraisal(&appraisals, Self::now()).map(|appraisal| appraisal.value)
	}
}

/// Pledging, freeing and seizing open a storage layer of their own: they may be called where a
/// failure undoes nothing else.
impl<T: Config> Encumber<T::AccountId> for Pallet<T> {
	fn owner(title: TitleId) -> Option<T::AccountId> {
		T::Nfts::owner(&Self::collection()?, &title)
	}

	fn encumbrance(title: TitleId) -> Option<LineId> {
		Encumbrances::<T>::get(title)
	}

	fn eligibility(title: TitleId, holder: Option<LineId>) -> Result<(), Ineligibility> {
		Self::check_eligibility(title, holder)
	}

	fn encumber(title: TitleId, owner: &T::AccountId, line: LineId) -> DispatchResult {
		Self::check_eligibility(title, None).map_err(Error::<T>::from)?;
		let holder = <Self as Encumber<_>>::owner(title);
		ensure!(holder.as_ref() == Some(owner), Error::<T>::NotTitleOwner);

		with_storage_layer(|| {
			// Eligible titles are active.
			Self::set_line(title, TitleStatus::Active, line)?;
			Self::deposit_event(Event::TitleEncumbered { title, owner: owner.clone(), line });
			Ok(())
		})
	}

	fn release(title: TitleId, line: LineId) -> DispatchResult {
		Self::ensure_held(title, line)?;
		let status = Self::title_record(title)?.status;

		with_storage_layer(|| {
			Self::unset_line(title, status, None)?;
			Self::deposit_event(Event::TitleReleased { title, line });
			Ok(())
		})
	}

	fn seize(title: TitleId, line: LineId, to: &T::AccountId) -> DispatchResult {
		Self::ensure_held(title, line)?;
		let status = Self::title_record(title)?.status;
		let from = <Self as Encumber<_>>::owner(title).defensive_ok_or(Error::<T>::Unexpected)?;

		with_storage_layer(|| {
			Self::unset_line(title, status, Some(to))?;
			Self::deposit_event(Event::TitleSeized { title, line, from, to: to.clone() });
			Ok(())
		})
	}

	fn trailing_revenue(title: TitleId) -> Balance {
		Self::revenue_of_trailing_year(title)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_title(owner: &T::AccountId) -> TitleId {
		crate::benchmarking::issue_title::<T>(owner)
	}
}
