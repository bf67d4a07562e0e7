// SPDX-License-Identifier: Apache-2.0

//! Events of one pallet, out of those of the runtime.

use polkadot_sdk::frame_system::{Config, Pallet};

/// Returns the events of type `E`, oldest first.
pub fn events<T, E>() -> Vec<E>
where
	T: Config,
	T::RuntimeEvent: TryInto<E>,
{
	Pallet::<T>::events()
		.into_iter()
		.filter_map(|record| TryInto::<E>::try_into(record.event).ok())
		.collect()
}

/// Returns the last event of type `E`.
///
/// # Panics
///
/// If there is none.
pub fn last_event<T, E>() -> E
where
	T: Config,
	T::RuntimeEvent: TryInto<E>,
{
	events::<T, E>().pop().expect("the pallet has emitted an event")
}

/// Returns the events of type `E`, oldest first, and forgets all events of the block.
pub fn take_events<T, E>() -> Vec<E>
where
	T: Config,
	T::RuntimeEvent: TryInto<E>,
{
	let events = events::<T, E>();
	Pallet::<T>::reset_events();
	events
}
