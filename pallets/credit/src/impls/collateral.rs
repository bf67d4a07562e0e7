// SPDX-License-Identifier: Apache-2.0

//! Titles come to an accepted line and leave it.

use super::covenants::Standing;
use crate::{
	frame_support::{dispatch::DispatchResult, ensure},
	pallet::*,
	types::{accrues, apportion, is_distressed, LineRecord, Titles},
};
use caliber_primitives::{credit::LineState, traits::Encumber, LineId};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_add_titles(who: T::AccountId, line: LineId, titles: Titles) -> DispatchResult {
		let mut record = Self::accepted_line(line)?;
		ensure!(who == record.borrower, Error::<T>::NotBorrower);
		ensure!(record.state != LineState::Liquidating, Error::<T>::LineNotOpen);
		ensure!(!titles.is_empty(), Error::<T>::NoTitles);
		Self::push_titles(&mut record, &titles)?;
		for title in &titles {
			T::Titles::encumber(*title, &who, line)?;
		}
		if is_distressed(record.state) {
			let standings = Self::standings(line, &record);
			Self::assess(line, &mut record, &standings)?;
		}
		Lines::<T>::insert(line, record);
		let released = Titles::new();
		Self::deposit_event(Event::TitlesChanged { line, released, pledged: titles });
		Ok(())
	}

	pub(crate) fn do_swap_titles(
		who: T::AccountId,
		line: LineId,
		released: Titles,
		pledged: Titles,
	) -> DispatchResult {
		let mut record = Self::accepted_line(line)?;
		ensure!(who == record.borrower, Error::<T>::NotBorrower);
		ensure!(accrues(record.state), Error::<T>::LineNotOpen);
		ensure!(!released.is_empty() || !pledged.is_empty(), Error::<T>::NoTitles);
		for title in &released {
			let at = record
				.titles
				.iter()
				.position(|held| held == title)
				.ok_or(Error::<T>::TitleNotInLine)?;
			record.titles.remove(at);
		}
		Self::push_titles(&mut record, &pledged)?;
		ensure!(!record.titles.is_empty(), Error::<T>::NoTitles);
		let standings = Self::standings(line, &record);
		if record.outstanding > 0 {
			Self::secure_by(line, &mut record, &standings)?;
		}

		for title in &pledged {
			T::Titles::encumber(*title, &who, line)?;
		}
		for title in &released {
			T::Titles::release(*title, line)?;
		}
		Self::assess(line, &mut record, &standings)?;
		Lines::<T>::insert(line, record);
		Self::deposit_event(Event::TitlesChanged { line, released, pledged });
		Ok(())
	}

	fn push_titles(record: &mut LineRecord<T::AccountId>, titles: &Titles) -> Result<(), Error<T>> {
		titles
			.iter()
			.try_for_each(|title| record.titles.try_push(*title))
			.map_err(|_| Error::TooManyTitles)
	}

	/// Let the debt of a line stand against the titles it has now, if they cover it.
	pub(crate) fn secure_by(
		line: LineId,
		record: &mut LineRecord<T::AccountId>,
		standings: &[Standing],
	) -> Result<(), Error<T>> {
		let base = Self::borrowing_base(&record.terms, standings)?;
		ensure!(
			Self::required_base(&record.terms, record.outstanding)? <= base.total,
			Error::InsufficientCoverage
		);
		let exposure = apportion(record.outstanding, &base.by_model)?;
		Self::ensure_below_model_ceilings(record, &exposure)?;
		Self::restate_exposure(line, record, exposure)
	}
}
