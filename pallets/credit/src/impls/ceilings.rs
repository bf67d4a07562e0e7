// SPDX-License-Identifier: Apache-2.0

//! Ceilings of the debt: over all lines, against a model, by a borrower, under a curator, on a
//! line.

use crate::{
	frame_support::{dispatch::DispatchResult, ensure, traits::Get},
	pallet::*,
	types::LineRecordOf,
};
use alloc::vec::Vec;
use caliber_math::apportion;
use caliber_primitives::{traits::TitleValue, Balance, LineId, ModelId};

/// Returns the part of `model` among `parts`; zero where it has none.
fn part_of(parts: &[(ModelId, Balance)], model: ModelId) -> Balance {
	parts.iter().find(|(of, _)| *of == model).map_or(0, |(_, part)| *part)
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_model_ceiling(model: ModelId, ceiling: Option<Balance>) -> DispatchResult {
		if ceiling.is_some() {
			ensure!(T::Value::max_advance_rate(model).is_some(), Error::<T>::UnknownModel);
		}
		ModelCeilings::<T>::set(model, ceiling);
		Self::deposit_event(Event::ModelCeilingSet { model, ceiling });
		Ok(())
	}

	/// Ensures that `amount` more may be owed, the line's whole debt then standing against its
	/// models as `exposure` says.
	pub(crate) fn ensure_below_ceilings(
		line: &LineRecordOf<T>,
		amount: Balance,
		exposure: &[(ModelId, Balance)],
	) -> Result<(), Error<T>> {
		let total = Self::checked_sum(TotalOutstanding::<T>::get(), amount)?;
		ensure!(total <= T::GlobalCeiling::get(), Error::GlobalCeilingExceeded);
		Self::ensure_below_model_ceilings(line, exposure)?;
		let owed = Self::checked_sum(OutstandingByBorrower::<T>::get(&line.borrower), amount)?;
		ensure!(owed <= T::BorrowerCeiling::get(), Error::BorrowerCeilingExceeded);
		let lent = Self::checked_sum(OutstandingByCurator::<T>::get(&line.curator), amount)?;
		let curator = Curators::<T>::get(&line.curator).ok_or_else(Self::unexpected)?;
		ensure!(lent <= curator.capacity, Error::CuratorCeilingExceeded);
		ensure!(amount <= line.undrawn(), Error::LimitExceeded);
		Ok(())
	}

	/// Ensures that no model against which more is to stand than before goes above its ceiling.
	pub(crate) fn ensure_below_model_ceilings(
		line: &LineRecordOf<T>,
		exposure: &[(ModelId, Balance)],
	) -> Result<(), Error<T>> {
		for (model, part) in exposure {
			let before = part_of(&line.exposure, *model);
			if *part <= before {
				continue;
			}
			if let Some(ceiling) = ModelCeilings::<T>::get(model) {
				let others = Self::checked_difference(OutstandingByModel::<T>::get(model), before)?;
				ensure!(Self::checked_sum(others, *part)? <= ceiling, Error::ModelCeilingExceeded);
			}
		}
		Ok(())
	}

	/// Lets the debt of a line stand against its models as `exposure` says, after a draw or a swap.
	pub(crate) fn restate_exposure(
		line_id: LineId,
		line: &mut LineRecordOf<T>,
		exposure: Vec<(ModelId, Balance)>,
	) -> Result<(), Error<T>> {
		Self::write_exposure(line, exposure.clone())?;
		Self::deposit_event(Event::ExposureChanged { line: line_id, exposure });
		Ok(())
	}

	/// Lowers the exposure to each model in proportion, to the principal outstanding now.
	pub(crate) fn lower_exposure(line: &mut LineRecordOf<T>) -> Result<(), Error<T>> {
		let exposure = match line.outstanding {
			0 => Vec::new(),
			outstanding => apportion(outstanding, &line.exposure)?,
		};
		Self::write_exposure(line, exposure)
	}

	/// Replaces the exposure to each model. A model against which nothing stands has no entry.
	fn write_exposure(
		line: &mut LineRecordOf<T>,
		exposure: Vec<(ModelId, Balance)>,
	) -> Result<(), Error<T>> {
		let restate = |model: ModelId, before: Balance, after: Balance| {
			if before == after {
				return Ok(());
			}
			OutstandingByModel::<T>::try_mutate_exists(model, |entry| {
				let others = Self::checked_difference(entry.unwrap_or_default(), before)?;
				let total = Self::checked_sum(others, after)?;
				*entry = (total > 0).then_some(total);
				Ok::<_, Error<T>>(())
			})
		};
		for (model, before) in &line.exposure {
			restate(*model, *before, part_of(&exposure, *model))?;
		}
		for (model, after) in &exposure {
			if part_of(&line.exposure, *model) == 0 {
				restate(*model, 0, *after)?;
			}
		}
		line.exposure = exposure.try_into().map_err(|_| Self::unexpected())?;
		Ok(())
	}
}
