// SPDX-License-Identifier: Apache-2.0

//! How much may be owed: over all lines, against a model, by a borrower, under a curator, on a line.

use crate::{
	frame_support::{dispatch::DispatchResult, ensure, traits::Get},
	pallet::*,
	types::{apportion, LineRecord},
};
use alloc::vec::Vec;
use caliber_primitives::{traits::TitleValue, Balance, LineId, ModelId};

/// What of `parts` is `model`'s.
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

	/// Whether `amount` more may be owed, the line's whole debt then standing against its models as
	/// `exposure` says.
	pub(crate) fn ensure_below_ceilings(
		record: &LineRecord<T::AccountId>,
		amount: Balance,
		exposure: &[(ModelId, Balance)],
	) -> Result<(), Error<T>> {
		let total = Self::sum(TotalOutstanding::<T>::get(), amount)?;
		ensure!(total <= T::GlobalCeiling::get(), Error::GlobalCeilingExceeded);
		Self::ensure_below_model_ceilings(record, exposure)?;
		let owed = Self::sum(OutstandingByBorrower::<T>::get(&record.borrower), amount)?;
		ensure!(owed <= T::BorrowerCeiling::get(), Error::BorrowerCeilingExceeded);
		let lent = Self::sum(OutstandingByCurator::<T>::get(&record.curator), amount)?;
		let curator = Curators::<T>::get(&record.curator).ok_or_else(Self::broken)?;
		ensure!(lent <= curator.capacity, Error::CuratorCeilingExceeded);
		ensure!(amount <= record.undrawn(), Error::LimitExceeded);
		Ok(())
	}

	/// Whether no model against which more than before is to stand goes above its ceiling.
	pub(crate) fn ensure_below_model_ceilings(
		record: &LineRecord<T::AccountId>,
		exposure: &[(ModelId, Balance)],
	) -> Result<(), Error<T>> {
		for (model, part) in exposure {
			let before = part_of(&record.exposure, *model);
			if *part <= before {
				continue;
			}
			if let Some(ceiling) = ModelCeilings::<T>::get(model) {
				let others = Self::less(OutstandingByModel::<T>::get(model), before)?;
				ensure!(Self::sum(others, *part)? <= ceiling, Error::ModelCeilingExceeded);
			}
		}
		Ok(())
	}

	/// Let the debt of a line stand against its models as `exposure` says, after a draw or a swap.
	pub(crate) fn restate_exposure(
		line: LineId,
		record: &mut LineRecord<T::AccountId>,
		exposure: Vec<(ModelId, Balance)>,
	) -> Result<(), Error<T>> {
		Self::write_exposure(record, exposure.clone())?;
		Self::deposit_event(Event::ExposureChanged { line, exposure });
		Ok(())
	}

	/// Lower what stands against each model in proportion, to what is outstanding now.
	pub(crate) fn lower_exposure(record: &mut LineRecord<T::AccountId>) -> Result<(), Error<T>> {
		let exposure = match record.outstanding {
			0 => Vec::new(),
			outstanding => apportion(outstanding, &record.exposure)?,
		};
		Self::write_exposure(record, exposure)
	}

	/// Replace what stands against each model. A model against which nothing stands has no entry.
	fn write_exposure(
		record: &mut LineRecord<T::AccountId>,
		exposure: Vec<(ModelId, Balance)>,
	) -> Result<(), Error<T>> {
		let restate = |model: ModelId, before: Balance, after: Balance| {
			if before == after {
				return Ok(());
			}
			OutstandingByModel::<T>::try_mutate_exists(model, |entry| {
				let others = Self::less(entry.unwrap_or_default(), before)?;
				let total = Self::sum(others, after)?;
				*entry = (total > 0).then_some(total);
				Ok::<_, Error<T>>(())
			})
		};
		for (model, before) in &record.exposure {
			restate(*model, *before, part_of(&exposure, *model))?;
		}
		for (model, after) in &exposure {
			if part_of(&record.exposure, *model) == 0 {
				restate(*model, 0, *after)?;
			}
		}
		record.exposure = exposure.try_into().map_err(|_| Self::broken())?;
		Ok(())
	}
}
