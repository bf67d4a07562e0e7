// SPDX-License-Identifier: Apache-2.0

//! Agenda of the SDK's scheduler.

use crate::types::{Agenda, Veto};
use codec::{Decode, Encode};
use polkadot_sdk::{
	frame_support::{
		dispatch::DispatchResult,
		traits::{
			schedule::v3::{Anon, TaskName},
			Bounded, GetCallMetadata,
		},
	},
	pallet_scheduler::{self, Config, Pallet},
	sp_core::H256,
	sp_io::hashing::blake2_256,
	sp_runtime::traits::{BlockNumberProvider, Hash},
};

/// Agenda of the scheduler of the runtime `T`.
pub struct SchedulerAgenda<T>(core::marker::PhantomData<T>);

/// Calls that `pallet-referenda` schedules for itself. Without them a referendum would not end and
/// its place on the track would stay taken.
const CALLS_OF_REFERENDA: [&str; 2] = ["nudge_referendum", "one_fewer_deciding"];

/// Returns the name under which `pallet-referenda` schedules the enactment of a referendum.
fn enactment(index: u32) -> TaskName {
	(*b"assembly", "enactment", index).using_encoded(blake2_256)
}

/// Returns true if `pallet-referenda` has scheduled the call for itself. Its calls are short, and
/// so the agenda holds them inline.
fn is_of_referenda<C: Decode + GetCallMetadata, H: Hash>(call: &Bounded<C, H>) -> bool {
	match call {
		Bounded::Inline(encoded) => C::decode(&mut &encoded[..])
			.is_ok_and(|call| CALLS_OF_REFERENDA.contains(&call.get_call_metadata().function_name)),
		Bounded::Legacy { .. } | Bounded::Lookup { .. } => false,
	}
}

impl<T> SchedulerAgenda<T>
where
	T: Config<BlockNumberProvider: BlockNumberProvider<BlockNumber = u32>>,
{
	/// Returns block and index of a task; `None` for a name that is not scheduled.
	fn address(what: &Veto) -> Option<(u32, u32)> {
		match *what {
			Veto::Referendum(index) => pallet_scheduler::Lookup::<T>::get(enactment(index)),
			Veto::Task { when, index } => Some((when, index)),
		}
	}
}

impl<T> Agenda for SchedulerAgenda<T>
where
	T: Config<
		BlockNumberProvider: BlockNumberProvider<BlockNumber = u32>,
		Hashing: Hash<Output = H256>,
		RuntimeCall: GetCallMetadata,
	>,
{
	fn hash_of(what: &Veto) -> Option<H256> {
		let (when, index) = Self::address(what)?;
		let agenda = pallet_scheduler::Agenda::<T>::get(when);
		let task = agenda.get(usize::try_from(index).ok()?)?.as_ref()?;
		(!is_of_referenda(&task.call)).then(|| task.call.hash())
	}

	fn strike(what: &Veto) -> DispatchResult {
		let address = Self::address(what).ok_or(pallet_scheduler::Error::<T>::NotFound)?;
		// By the place: a task that is cancelled by its name keeps its preimage requested.
		<Pallet<T> as Anon<_, _, _>>::cancel(address)
			.map_err(|_| pallet_scheduler::Error::<T>::NotFound.into())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_task() -> Veto {
		use polkadot_sdk::{
			frame_support::traits::{
				schedule::{v3::Named, DispatchTime},
				Get, StorePreimage,
			},
			frame_system::{Call, RawOrigin},
		};

		const INDEX: u32 = 7;
		let when = T::BlockNumberProvider::current_block_number().saturating_add(1_000);
		let at = DispatchTime::At(when);
		let call = |bytes: usize| -> Bounded<<T as Config>::RuntimeCall, T::Hashing> {
			let call = Call::<T>::remark { remark: alloc::vec![0; bytes] };
			T::Preimages::bound(call.into()).expect("a preimage is free for the chain")
		};
		// Calls in the agenda itself make it as large as it can be.
		for _ in 1..T::MaxScheduledPerBlock::get() {
			<Pallet<T> as Anon<_, _, _>>::schedule(at, None, 63, RawOrigin::Root.into(), call(120))
				.expect("the agenda has room");
		}
		<Pallet<T> as Named<_, _, _>>::schedule_named(
			enactment(INDEX),
			at,
			None,
			63,
			RawOrigin::Root.into(),
			call(1_024),
		)
		.expect("the agenda has room");
		Veto::Referendum(INDEX)
	}
}
