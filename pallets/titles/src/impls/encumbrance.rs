// SPDX-License-Identifier: Apache-2.0

//! Titles as other pallets see them, and how a credit line holds one.

use crate::{Config, Error, Event, Pallet, TitleOf, Titles};
use caliber_primitives::{
	governance::values::RuleValues,
	titles::{Collateral, Ineligibility, TitleFacts},
	traits::{Encumber, InspectModels, LineRules, TitleFactsSource, TitleInspect},
	Balance, LineId, TitleId,
};
use polkadot_sdk::frame_support::{
	dispatch::DispatchResult, ensure, storage::with_storage_layer,
	traits::tokens::nonfungibles_v2::Inspect as InspectNft,
};

impl<T: Config> Pallet<T> {
	/// Returns a title that the line holds.
	fn held_title(title_id: TitleId, line_id: LineId) -> Result<TitleOf<T>, Error<T>> {
		Titles::<T>::get(title_id)
			.filter(|title| title.line == Some(line_id))
			.ok_or(Error::<T>::NotHeldByLine)
	}
}

impl<T: Config> TitleFactsSource for Pallet<T> {
	fn facts(title_id: TitleId) -> Option<TitleFacts> {
		Titles::<T>::get(title_id).map(|title| title.facts())
	}

	fn independent_value(title_id: TitleId) -> Option<Balance> {
		let title = Titles::<T>::get(title_id)?;
		title.counting_appraisal(Self::now()).map(|appraisal| appraisal.value)
	}
}

impl<T: Config> TitleInspect<T::AccountId> for Pallet<T> {
	fn owner(title_id: TitleId) -> Option<T::AccountId> {
		T::Nfts::owner(&Self::collection()?, &title_id)
	}

	fn encumbrance(title_id: TitleId) -> Option<LineId> {
		Titles::<T>::get(title_id)?.line
	}

	fn collateral(
		title_id: TitleId,
		holder: Option<LineId>,
		rules: &RuleValues,
	) -> Option<Collateral> {
		let title = Titles::<T>::get(title_id)?;
		Some(Self::collateral_of(&title, holder, rules))
	}

	fn eligibility(
		title_id: TitleId,
		holder: Option<LineId>,
		rules: &RuleValues,
	) -> Result<(), Ineligibility> {
		let collateral = <Self as TitleInspect<T::AccountId>>::collateral(title_id, holder, rules)
			.ok_or(Ineligibility::Unknown)?
			.for_new_debt();
		// The appraisal is not asked for a title that needs no price to be refused.
		collateral.standing?;
		let Collateral { facts, independent, .. } = &collateral;
		let value = T::Models::present_value(facts, *independent);
		// A model that only the technical committee paused has a value, and a reason all the same.
		let model = value.is_ok().then(|| T::Models::ineligibility(facts.model)).flatten();
		collateral.eligibility(rules, value, model)
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
		let rules = T::Rules::present();
		<Self as TitleInspect<T::AccountId>>::eligibility(title_id, None, &rules)
			.map_err(Error::<T>::Ineligible)?;
		let holder = <Self as TitleInspect<_>>::owner(title_id);
		ensure!(holder.as_ref() == Some(owner), Error::<T>::NotTitleOwner);
		let title = Self::title_record(title_id)?;

		with_storage_layer(|| {
			Self::change_title(title_id, title, None, |title| title.line = Some(line_id))?;
			Self::deposit_event(Event::TitleEncumbered {
				title: title_id,
				owner: owner.clone(),
				line: line_id,
			});
			Ok(())
		})
	}

	fn release(title_id: TitleId, line_id: LineId) -> DispatchResult {
		let title = Self::held_title(title_id, line_id)?;

		with_storage_layer(|| {
			Self::change_title(title_id, title, None, |title| title.line = None)?;
			Self::deposit_event(Event::TitleReleased { title: title_id, line: line_id });
			Ok(())
		})
	}

	fn seize(title_id: TitleId, line_id: LineId, to: &T::AccountId) -> DispatchResult {
		let title = Self::held_title(title_id, line_id)?;
		let from = Self::owner_of_confirmed(title_id)?;

		with_storage_layer(|| {
			Self::change_title(title_id, title, Some(to), |title| title.line = None)?;
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
