// SPDX-License-Identifier: Apache-2.0

//! Governed values as they count now: moves, brakes and the tempo included.

use crate::{frame_support::traits::Get, pallet::*};
use alloc::{vec, vec::Vec};
use caliber_primitives::governance::{
	values::{
		AppraisalValues, CreditValues, GovernanceValues, ReserveValues, RuleValues, TitleValues,
		VaultValues,
	},
	Area, BrakeTerms, ValueReport,
};

/// Values of each area that count now: `Get<CreditValues>` and so on. A pallet reads those of its
/// area once in a call.
pub struct Values<T>(core::marker::PhantomData<T>);

/// Tempo of the chain.
pub struct TempoOf<T>(core::marker::PhantomData<T>);

impl<T: Config> Get<u32> for TempoOf<T> {
	fn get() -> u32 {
		Tempo::<T>::get()
	}
}

macro_rules! areas {
	($($name:literal => $values:ident, $storage:ident;)*) => {
		$(
			impl<T: Config> Get<$values> for Values<T> {
				fn get() -> $values {
					$storage::<T>::get().at(Pallet::<T>::now()).at_tempo(Tempo::<T>::get())
				}
			}
		)*

		impl<T: Config> Pallet<T> {
			/// Returns the reports on the values of every area, by the name of the area.
			pub(crate) fn do_values() -> Vec<(Vec<u8>, Vec<ValueReport>)> {
				let (now, tempo) = (Self::now(), Tempo::<T>::get());
				vec![$({
					let area = $storage::<T>::get();
					($name.to_vec(), $values::reports(&area.at(now), &area.values, tempo))
				},)*]
			}
		}
	};
}

areas! {
	b"Credit" => CreditValues, CreditArea;
	b"Rules" => RuleValues, RuleArea;
	b"Titles" => TitleValues, TitleArea;
	b"Appraisal" => AppraisalValues, AppraisalArea;
	b"Vault" => VaultValues, VaultArea;
	b"Reserves" => ReserveValues, ReserveArea;
	b"Governance" => GovernanceValues, GovernanceArea;
}

impl<T: Config> Get<BrakeTerms> for Values<T> {
	fn get() -> BrakeTerms {
		let values = Pallet::<T>::governance_values();
		BrakeTerms { duration: values.brake_duration, rest: values.brake_rest }
	}
}

impl<T: Config> Pallet<T> {
	/// Returns the values of governance that count now.
	pub(crate) fn governance_values() -> GovernanceValues {
		Values::<T>::get()
	}
}
