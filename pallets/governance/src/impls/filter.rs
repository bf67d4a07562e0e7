// SPDX-License-Identifier: Apache-2.0

//! Filter of calls that are paused.

use crate::{
	frame_support::traits::{Contains, GetCallMetadata},
	pallet::*,
	types::CallName,
};

/// Calls that no brake pauses now.
pub struct NotPaused<T>(core::marker::PhantomData<T>);

impl<T: Config> Contains<T::RuntimeCall> for NotPaused<T> {
	fn contains(call: &T::RuntimeCall) -> bool {
		// A name that is longer than a name can be was never paused.
		let Ok(name) = CallName::try_from(call.get_call_metadata()) else { return true };
		T::NeverPaused::contains(&name) || !Pauses::<T>::get(&name).at(Pallet::<T>::now())
	}
}
