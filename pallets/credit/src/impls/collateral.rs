// SPDX-License-Identifier: Apache-2.0

//! Titles pledged to an accepted line, and freed from it.

use super::{
	covenants::{insufficient, CollateralStatus, Pledge, Purpose},
	LineOp,
};
use crate::{
	frame_support::{dispatch::DispatchResult, ensure, traits::Get},
	pallet::*,
	types::{accrues, Titles},
};
use alloc::collections::BTreeSet;
use caliber_math::apportion;
use caliber_primitives::{
	credit::{LineState, MAX_FACILITIES},
	titles::Ineligibility,
	traits::{Encumber, TitleValue},
	LineId,
};

/// Ensures that titles that are pledged may secure new debt of their line: by the rules under which
/// it opened too, which may be stricter than those of the present.
fn ensure_eligible<T: Config>(
	statuses: &[CollateralStatus],
	pledged: &Titles,
) -> Result<(), Error<T>> {
	let mut of_pledged = statuses.iter().filter(|status| pledged.contains(&status.title));
	of_pledged.try_for_each(|status| match status.eligibility {
		// The custodian acknowledges the pledge after it, before the next draw.
		Ok(()) | Err(Ineligibility::NotAcknowledged) => Ok(()),
		Err(Ineligibility::AppraisalStale) => Err(Error::PriceStale),
		Err(Ineligibility::AppraisalUnavailable) => Err(Error::PriceUnavailable),
		Err(_) => Err(Error::TitleLapsed),
	})
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_add_titles(
		who: T::AccountId,
		line_id: LineId,
		titles: Titles,
	) -> DispatchResult {
		let mut op = LineOp::<T>::load_accepted(line_id)?;
		ensure!(who == op.line.borrower, Error::<T>::NotBorrower);
		ensure!(op.line.state != LineState::Liquidating, Error::<T>::LineNotOpen);
		ensure!(!titles.is_empty(), Error::<T>::NoTitles);
		op.push_titles(&titles)?;
		for title in &titles {
			T::Titles::encumber(*title, &who, line_id)?;
		}
		let rules = op.rules(Purpose::NewDebt);
		let mut pledges = op.pledges(&rules);
		op.register(&pledges)?;
		let provisioned = op.line.is_provisioned();
		// The others are looked at for a loss only.
		pledges.retain(|(title, _)| provisioned || titles.contains(title));
		let statuses = op.judge(pledges, Purpose::NewDebt);
		ensure_eligible::<T>(&statuses, &titles)?;
		// What is not announced long enough for the covenants makes no provision.
		if provisioned {
			let counting = op.look(Purpose::Covenants);
			op.assess(&counting)?;
		}
		op.commit();
		let released = Titles::new();
		Self::deposit_event(Event::TitlesChanged { line: line_id, released, pledged: titles });
		Ok(())
	}

	pub(crate) fn do_swap_titles(
		who: T::AccountId,
		line_id: LineId,
		released: Titles,
		pledged: Titles,
	) -> DispatchResult {
		let mut op = LineOp::<T>::load_accepted(line_id)?;
		ensure!(who == op.line.borrower, Error::<T>::NotBorrower);
		ensure!(accrues(op.line.state), Error::<T>::LineNotOpen);
		ensure!(!released.is_empty() || !pledged.is_empty(), Error::<T>::NoTitles);
		op.remove_titles(&released)?;
		op.push_titles(&pledged)?;
		ensure!(!op.line.titles.is_empty(), Error::<T>::NoTitles);
		let rules = op.rules(Purpose::NewDebt);
		let pledges = op.pledges(&rules);
		op.register(&pledges)?;
		let statuses = op.judge(pledges, Purpose::NewDebt);
		op.secure(&statuses)?;
		// What a draw must leave, no swap takes out: it would be the same to the lenders.
		if op.line.state == LineState::Open && op.line.outstanding > 0 && !released.is_empty() {
			op.ensure_cushion(&statuses)?;
		}

		for title in &pledged {
			T::Titles::encumber(*title, &who, line_id)?;
		}
		ensure_eligible::<T>(&statuses, &pledged)?;
		for title in &released {
			T::Titles::release(*title, line_id)?;
		}
		// Less collateral may leave a coverage that is low.
		if op.line.outstanding > 0 {
			let counting = op.look(Purpose::Covenants);
			op.assess(&counting)?;
		}
		op.commit();
		Self::deposit_event(Event::TitlesChanged { line: line_id, released, pledged });
		Ok(())
	}
}

impl<T: Config> LineOp<T> {
	/// Adds titles to those of the line.
	fn push_titles(&mut self, titles: &Titles) -> Result<(), Error<T>> {
		titles
			.iter()
			.try_for_each(|title| self.line.titles.try_push(*title))
			.map_err(|_| Error::TooManyTitles)
	}

	/// Takes titles out of those of the line.
	fn remove_titles(&mut self, titles: &Titles) -> Result<(), Error<T>> {
		for title in titles {
			let mut held = self.line.titles.iter();
			let at = held.position(|held| held == title).ok_or(Error::TitleNotInLine)?;
			self.line.titles.remove(at);
		}
		Ok(())
	}

	/// Fixes the version of each model that the line has a title of for the first time, and ensures
	/// that its machines are in no more facilities than they may be. `pledges` are all of its titles.
	pub(super) fn register(&mut self, pledges: &[Pledge]) -> Result<(), Error<T>> {
		let mut facilities = BTreeSet::new();
		for collateral in pledges.iter().filter_map(|(_, collateral)| collateral.as_ref()) {
			facilities.insert(collateral.facility);
			let model = collateral.facts.model;
			if self.line.version_of(model).is_some() {
				continue;
			}
			let version = T::Value::version(model).ok_or(Error::UnknownModel)?;
			let models = &mut self.line.versions.models;
			let at = models.partition_point(|(of, _)| *of < model);
			models.try_insert(at, (model, version)).map_err(|_| Error::TooManyModels)?;
		}
		ensure!(facilities.len() <= MAX_FACILITIES as usize, Error::TooManyFacilities);
		Ok(())
	}

	/// Ensures that the titles cover what is owed as a draw has to leave it.
	fn ensure_cushion(&self, statuses: &[CollateralStatus]) -> Result<(), Error<T>> {
		let (terms, values) = (&self.line.terms, T::Values::get());
		let base = Pallet::<T>::base_for_draw(terms, statuses, &values)?;
		let required = Pallet::<T>::base_of_draw(terms, self.line.net_debt(), &values)?;
		ensure!(required <= base.total, insufficient(statuses));
		Ok(())
	}

	/// Lets the debt of the line, if there is any, stand against the titles it has now, if they
	/// cover it.
	pub(super) fn secure(&mut self, statuses: &[CollateralStatus]) -> Result<(), Error<T>> {
		self.restate()?;
		if self.line.outstanding == 0 {
			return Ok(());
		}
		let base = Pallet::<T>::borrowing_base(&self.line.terms, statuses)?;
		let required = Pallet::<T>::required_base(&self.line.terms, self.line.net_debt())?;
		// Insurance money held may leave nothing to cover; what is owed still needs titles to stand
		// against.
		ensure!(base.total > 0 && required <= base.total, insufficient(statuses));
		let exposure = apportion(self.line.outstanding, &base.by_model)?;
		self.ensure_below_model_ceilings(&exposure)?;
		self.set_exposure(exposure)
	}
}
