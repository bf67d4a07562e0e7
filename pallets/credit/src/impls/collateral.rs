// SPDX-License-Identifier: Apache-2.0

//! Titles pledged to an accepted line, and freed from it.

use super::covenants::CollateralStatus;
use crate::{
	frame_support::{dispatch::DispatchResult, ensure},
	pallet::*,
	types::{accrues, is_distressed, LineRecordOf, Titles},
};
use caliber_math::apportion;
use caliber_primitives::{credit::LineState, traits::Encumber, LineId};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_add_titles(
		who: T::AccountId,
		line_id: LineId,
		titles: Titles,
	) -> DispatchResult {
		let mut line = Self::accepted_line(line_id)?;
		ensure!(who == line.borrower, Error::<T>::NotBorrower);
		ensure!(line.state != LineState::Liquidating, Error::<T>::LineNotOpen);
		ensure!(!titles.is_empty(), Error::<T>::NoTitles);
		Self::push_titles(&mut line, &titles)?;
		for title in &titles {
			T::Titles::encumber(*title, &who, line_id)?;
		}
		if is_distressed(line.state) {
			let statuses = Self::collateral_statuses(line_id, &line);
			Self::assess(line_id, &mut line, &statuses)?;
		}
		Lines::<T>::insert(line_id, line);
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
		let mut line = Self::accepted_line(line_id)?;
		ensure!(who == line.borrower, Error::<T>::NotBorrower);
		ensure!(accrues(line.state), Error::<T>::LineNotOpen);
		ensure!(!released.is_empty() || !pledged.is_empty(), Error::<T>::NoTitles);
		for title in &released {
			let at = line
				.titles
				.iter()
				.position(|held| held == title)
				.ok_or(Error::<T>::TitleNotInLine)?;
			line.titles.remove(at);
		}
		Self::push_titles(&mut line, &pledged)?;
		ensure!(!line.titles.is_empty(), Error::<T>::NoTitles);
		let statuses = Self::collateral_statuses(line_id, &line);
		if line.outstanding > 0 {
			Self::secure_by(line_id, &mut line, &statuses)?;
		}

		for title in &pledged {
			T::Titles::encumber(*title, &who, line_id)?;
		}
		for title in &released {
			T::Titles::release(*title, line_id)?;
		}
		Self::assess(line_id, &mut line, &statuses)?;
		Lines::<T>::insert(line_id, line);
		Self::deposit_event(Event::TitlesChanged { line: line_id, released, pledged });
		Ok(())
	}

	fn push_titles(line: &mut LineRecordOf<T>, titles: &Titles) -> Result<(), Error<T>> {
		titles
			.iter()
			.try_for_each(|title| line.titles.try_push(*title))
			.map_err(|_| Error::TooManyTitles)
	}

	/// Lets the debt of a line stand against the titles it has now, if they cover it.
	pub(crate) fn secure_by(
		line_id: LineId,
		line: &mut LineRecordOf<T>,
		statuses: &[CollateralStatus],
	) -> Result<(), Error<T>> {
		let base = Self::borrowing_base(&line.terms, statuses)?;
		ensure!(
			Self::required_base(&line.terms, line.outstanding)? <= base.total,
			Error::InsufficientCoverage
		);
		let exposure = apportion(line.outstanding, &base.by_model)?;
		Self::ensure_below_model_ceilings(line, &exposure)?;
		Self::restate_exposure(line_id, line, exposure)
	}
}
