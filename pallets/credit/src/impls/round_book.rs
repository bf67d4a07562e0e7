// SPDX-License-Identifier: Apache-2.0

//! Sums of a round over the lines: by state, and what their titles cover.

use super::{covenants::Purpose, reports::ratio, LineOp};
use crate::{
	frame_support::weights::WeightMeter, pallet::*, sp_runtime::DispatchError, WeightInfo,
};
use caliber_primitives::{credit::RoundBook, LineId, Seconds};

impl<T: Config> Pallet<T> {
	/// Adds a line that a round has looked at to the sums of the round. Returns false if there was no
	/// time for it.
	pub(crate) fn count_line(
		line_id: LineId,
		sums: &mut RoundBook,
		meter: &mut WeightMeter,
	) -> bool {
		let Ok(op) = LineOp::<T>::load(line_id) else { return true };
		let titles = match op.line.net_debt() {
			0 => 0,
			_ => op.titles(),
		};
		Self::attempt(line_id, meter, T::WeightInfo::count_line(titles), || {
			*sums = op.counted_in(sums.clone(), Self::now())?;
			Ok::<_, DispatchError>(())
		})
	}

	/// Returns the sums of a round that ends now.
	pub(crate) fn closed_book(sums: RoundBook) -> RoundBook {
		RoundBook { ended: Self::now(), coverage: ratio(sums.base, sums.debt), ..sums }
	}

	/// Returns sums with lines in every state, the largest that there are.
	#[cfg(feature = "runtime-benchmarks")]
	pub(crate) fn full_book() -> RoundBook {
		use caliber_primitives::credit::LineState::{
			Breached, Closed, Defaulted, Liquidating, Offered, Open,
		};
		let states = [Offered, Open, Breached, Defaulted, Liquidating, Closed];
		let by_state =
			states.into_iter().map(|state| (state, 1, 1)).collect::<alloc::vec::Vec<_>>();
		RoundBook {
			by_state: crate::frame_support::BoundedVec::truncate_from(by_state),
			..Self::closed_book(RoundBook { base: 1, debt: 1, ..RoundBook::default() })
		}
	}
}

impl<T: Config> LineOp<T> {
	/// Returns the sums of a round with this line.
	fn counted_in(&self, sums: RoundBook, now: Seconds) -> Result<RoundBook, Error<T>> {
		let mut sums = self.counted_by_state(sums)?;
		for loan in &self.line.loans {
			if loan.next_due_at(&self.line.terms.loan)? < now {
				sums.overdue = Pallet::<T>::checked_sum(sums.overdue, loan.balance()?)?;
			}
		}
		let debt = self.line.net_debt();
		if debt == 0 {
			return Ok(sums);
		}
		match Pallet::<T>::borrowing_base(&self.line.terms, &self.look(Purpose::Covenants)) {
			Ok(base) => {
				sums.base = Pallet::<T>::checked_sum(sums.base, base.total)?;
				sums.debt = Pallet::<T>::checked_sum(sums.debt, debt)?;
			}
			Err(_) => {
				let sum = Pallet::<T>::checked_sum(sums.debt_without_base, debt)?;
				sums.debt_without_base = sum;
			}
		}
		Ok(sums)
	}

	/// Returns the sums with this line and its principal in its state.
	fn counted_by_state(&self, mut sums: RoundBook) -> Result<RoundBook, Error<T>> {
		let state = self.line.state;
		let place = sums.by_state.binary_search_by_key(&(state as u8), |(of, ..)| *of as u8);
		let at = match place {
			Ok(at) => at,
			Err(at) => {
				sums.by_state.try_insert(at, (state, 0, 0)).map_err(|_| Error::<T>::Unexpected)?;
				at
			}
		};
		if let Some((_, lines, outstanding)) = sums.by_state.get_mut(at) {
			*lines = lines.checked_add(1).ok_or(Error::<T>::Overflow)?;
			*outstanding = Pallet::<T>::checked_sum(*outstanding, self.line.outstanding)?;
		}
		Ok(sums)
	}
}
