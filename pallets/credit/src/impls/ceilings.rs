// SPDX-License-Identifier: Apache-2.0

//! Ceilings of the debt: over all lines, against a model, by a borrower, under a curator, on a
//! line.

use super::LineOp;
use crate::{
	frame_support::{dispatch::DispatchResult, ensure, traits::Get},
	pallet::*,
};
use alloc::vec::Vec;
use caliber_math::apportion;
use caliber_primitives::{
	governance::{values::CreditValues, Authority, Risk},
	traits::TitleValue,
	Balance, ModelId,
};

/// Returns the part of `model` among `parts`; zero where it has none.
fn part_of(parts: &[(ModelId, Balance)], model: ModelId) -> Balance {
	parts.iter().find(|(of, _)| *of == model).map_or(0, |(_, part)| *part)
}

impl<T: Config> Pallet<T> {
	/// Returns the way in which a new ceiling of a model moves risk.
	pub(crate) fn risk_of_ceiling(model: ModelId, ceiling: Option<Balance>) -> Risk {
		Self::risk_of_change(&ModelCeilings::<T>::get(model), ceiling)
	}

	pub(crate) fn do_set_model_ceiling(
		authority: Authority,
		model: ModelId,
		ceiling: Option<Balance>,
	) -> DispatchResult {
		if ceiling.is_some() {
			ensure!(T::Value::version(model).is_some(), Error::<T>::UnknownModel);
		}
		let until = ModelCeilings::<T>::try_mutate_exists(model, |entry| {
			let mut governed = entry.unwrap_or_default();
			let until = Self::apply(&mut governed, authority, ceiling)?;
			// Without a ceiling, and without a brake that lasts or rests, there is no entry.
			*entry = Some(governed).filter(|governed| {
				governed.governed().is_some()
					|| governed.is_braked_or_resting(Self::now(), &T::BrakeTerms::get())
			});
			Ok::<_, Error<T>>(until)
		})?;
		Self::deposit_event(Event::ModelCeilingSet { model, ceiling, until });
		Ok(())
	}
}

impl<T: Config> LineOp<T> {
	/// Ensures that `amount` more may be owed, the line's whole debt then standing against its
	/// models as `exposure` says.
	pub(super) fn ensure_below_ceilings(
		&self,
		amount: Balance,
		exposure: &[(ModelId, Balance)],
		values: &CreditValues,
	) -> Result<(), Error<T>> {
		let sum = Pallet::<T>::checked_sum;
		let total = sum(Totals::<T>::get().outstanding, amount)?;
		ensure!(total <= values.global_ceiling, Error::GlobalCeilingExceeded);
		self.ensure_below_model_ceilings(exposure)?;
		let borrower = Borrowers::<T>::get(&self.line.borrower).unwrap_or_default();
		let owed = sum(borrower.outstanding, amount)?;
		ensure!(owed <= values.borrower_ceiling, Error::BorrowerCeilingExceeded);
		let curator = Curators::<T>::get(&self.line.curator).ok_or_else(Pallet::<T>::unexpected)?;
		let lent = sum(curator.outstanding, amount)?;
		ensure!(lent <= curator.capacity.at(Pallet::<T>::now()), Error::CuratorCeilingExceeded);
		ensure!(amount <= self.line.undrawn(), Error::LimitExceeded);
		Ok(())
	}

	/// Ensures that no model against which more is to stand than before goes above its ceiling. The
	/// exposure must not lag payments.
	pub(super) fn ensure_below_model_ceilings(
		&self,
		exposure: &[(ModelId, Balance)],
	) -> Result<(), Error<T>> {
		for (model, part) in exposure {
			let before = part_of(&self.line.exposure, *model);
			if *part <= before {
				continue;
			}
			if let Some(ceiling) = ModelCeilings::<T>::get(model).at(Pallet::<T>::now()) {
				let booked = OutstandingByModel::<T>::get(model);
				let others = Pallet::<T>::checked_difference(booked, before)?;
				let total = Pallet::<T>::checked_sum(others, *part)?;
				ensure!(total <= ceiling, Error::ModelCeilingExceeded);
			}
		}
		Ok(())
	}

	/// Lets the debt of the line stand against its models as `exposure` says, after a draw or a
	/// swap.
	pub(super) fn set_exposure(
		&mut self,
		exposure: Vec<(ModelId, Balance)>,
	) -> Result<(), Error<T>> {
		self.write_exposure(exposure.clone())?;
		Pallet::<T>::deposit_event(Event::ExposureChanged { line: self.id, exposure });
		Ok(())
	}

	/// Books the payments since the exposure was last written: lowers the exposure to each model in
	/// proportion, to the principal outstanding now. Returns true if there was something to book.
	pub(super) fn restate(&mut self) -> Result<bool, Error<T>> {
		if !self.line.exposure_lags() {
			return Ok(false);
		}
		let exposure = apportion(self.line.outstanding, &self.line.exposure)?;
		self.write_exposure(exposure)?;
		Ok(true)
	}

	/// Replaces the exposure to each model. A model against which nothing stands has no entry.
	fn write_exposure(&mut self, exposure: Vec<(ModelId, Balance)>) -> Result<(), Error<T>> {
		let restate = |model: ModelId, before: Balance, after: Balance| {
			if before == after {
				return Ok(());
			}
			OutstandingByModel::<T>::try_mutate_exists(model, |entry| {
				let mut total = entry.unwrap_or_default();
				Pallet::<T>::replace_part(&mut total, before, after)?;
				*entry = (total > 0).then_some(total);
				Ok::<_, Error<T>>(())
			})
		};
		for (model, before) in &self.line.exposure {
			restate(*model, *before, part_of(&exposure, *model))?;
		}
		for (model, after) in &exposure {
			if part_of(&self.line.exposure, *model) == 0 {
				restate(*model, 0, *after)?;
			}
		}
		self.line.exposure = exposure.try_into().map_err(|_| Pallet::<T>::unexpected())?;
		Ok(())
	}
}
