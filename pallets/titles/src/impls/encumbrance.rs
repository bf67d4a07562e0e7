// SPDX-License-Identifier: Apache-2.0

//! Titles as other pallets see them, and how a credit line holds one.

use crate::{
	AcknowledgedTitles, Appraisals, Config, Error, Event, Pallet, Policies, TitleOf, TitleRecord,
	Titles,
};
use caliber_primitives::{
	appraisal::Independent,
	governance::values::RuleValues,
	titles::{Collateral, Ineligibility, InsuredLoss, TitleFacts, TitlePart},
	traits::{Encumber, InspectModels, LineRules, LineTitles, TitleFactsSource, TitleInspect},
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

	/// Ensures that a title may secure new debt now: of `holder`, if that line holds it already. The
	/// curator of the line that asks is a party of the title too.
	fn ensure_eligible(
		title_id: TitleId,
		holder: Option<LineId>,
		asking: Option<LineId>,
		rules: &RuleValues,
	) -> Result<(), Ineligibility> {
		let title = Titles::<T>::get(title_id).ok_or(Ineligibility::Unknown)?;
		let collateral = Self::collateral_of(&title, holder, rules).for_new_debt();
		// The appraisal is not asked for a title that needs no price to be refused.
		collateral.standing?;
		let independent = Self::is_independent(title_id, &title, asking);
		ensure!(matches!(independent, Ok(true)), Ineligibility::NotIndependent);
		let Collateral { facts, independent, .. } = &collateral;
		let value = T::Models::present_value(facts, *independent);
		// A model that only the technical committee paused has a value, and a reason all the same.
		let model = value.is_ok().then(|| T::Models::ineligibility(facts.model)).flatten();
		collateral.eligibility(value, model)
	}

	/// Takes a title off the line that holds it.
	fn free(title: &mut TitleOf<T>) {
		title.line = None;
		title.acknowledged = false;
	}

	pub(crate) fn do_acknowledge_pledge(
		custodian: T::AccountId,
		line_id: LineId,
	) -> Result<(), Error<T>> {
		let mut acknowledged = AcknowledgedTitles::new();
		for title_id in T::Lines::titles(line_id) {
			let title = Self::held_title(title_id, line_id)?;
			if title.custodian != custodian || title.acknowledged {
				continue;
			}
			acknowledged.try_push(title_id).map_err(|_| Error::<T>::Unexpected)?;
			Titles::<T>::insert(title_id, TitleRecord { acknowledged: true, ..title });
		}
		ensure!(!acknowledged.is_empty(), Error::<T>::NothingToAcknowledge);
		Self::deposit_event(Event::PledgeAcknowledged {
			line: line_id,
			custodian,
			titles: acknowledged,
		});
		Ok(())
	}
}

impl<T: Config> TitleFactsSource for Pallet<T> {
	fn facts(title_id: TitleId) -> Option<TitleFacts> {
		Titles::<T>::get(title_id).map(|title| title.facts(Self::now()))
	}

	fn independent(title_id: TitleId) -> Independent {
		Titles::<T>::get(title_id)
			.map_or(Independent::NONE, |title| Self::independent_of(&title, Self::now()))
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
		Self::ensure_eligible(title_id, holder, holder, rules)
	}

	fn insured_loss(title_id: TitleId, line: LineId, rules: &RuleValues) -> Option<InsuredLoss> {
		Self::insured_loss_of(title_id, line, rules.premium_grace)
	}

	fn part(title_id: TitleId, who: &T::AccountId) -> Option<TitlePart> {
		let title = Titles::<T>::get(title_id)?;
		if title.custodian == *who {
			return Some(TitlePart::Custodian);
		}
		let insures = Policies::<T>::get(title_id).iter().any(|policy| policy.insurer == *who);
		let appraises =
			|| Appraisals::<T>::get(title_id).iter().any(|filed| filed.appraiser == *who);
		match insures {
			true => Some(TitlePart::Insurer),
			false => appraises().then_some(TitlePart::Appraiser),
		}
	}

	fn trailing_revenue(title_id: TitleId) -> Balance {
		Titles::<T>::get(title_id).map_or(0, |title| Self::earned_in_trailing_year(&title))
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
		Self::ensure_eligible(title_id, None, Some(line_id), &rules)
			.map_err(Error::<T>::Ineligible)?;
		let holder = <Self as TitleInspect<_>>::owner(title_id);
		ensure!(holder.as_ref() == Some(owner), Error::<T>::NotTitleOwner);
		let title = Self::title_record(title_id)?;

		with_storage_layer(|| {
			Self::change_title(title_id, title, None, |title| {
				title.line = Some(line_id);
				title.acknowledged = false;
			})?;
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
			Self::change_title(title_id, title, None, Self::free)?;
			Self::deposit_event(Event::TitleReleased { title: title_id, line: line_id });
			Ok(())
		})
	}

	fn seize(title_id: TitleId, line_id: LineId, to: &T::AccountId) -> DispatchResult {
		let title = Self::held_title(title_id, line_id)?;
		let from = Self::owner_of_confirmed(title_id)?;

		with_storage_layer(|| {
			Self::change_title(title_id, title, Some(to), Self::free)?;
			Self::deposit_event(Event::TitleSeized {
				title: title_id,
				line: line_id,
				from,
				to: to.clone(),
			});
			Ok(())
		})
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_acknowledge(line_id: LineId) {
		for title_id in T::Lines::titles(line_id) {
			Titles::<T>::mutate_extant(title_id, |title| title.acknowledged = true);
		}
	}
}
