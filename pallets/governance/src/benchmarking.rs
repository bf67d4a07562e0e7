// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of the calls of the governance pallet and of the notes of a block, at worst.

use crate::{
	types::{
		Agenda, AreaId, AreaStateOf, Brake, BrakeTarget, CallName, Change, Ramp, RelayHeight,
		ValueBrake, MAX_OUTAGES, MAX_VETOES,
	},
	AppraisalArea, Call, CommitteeVetoes, Config, CreditArea, GovernanceArea, LastBlockAt, Outages,
	Pallet, Pauses, RelayHeights, ReserveArea, RuleArea, TitleArea, VaultArea,
};
use alloc::vec::Vec;
use caliber_primitives::{
	governance::{Area, Authority, Governed, Kind, Outage, Risk, OUTAGE},
	Seconds,
};
use polkadot_sdk::{
	frame_benchmarking::v2::*,
	frame_support::{
		traits::{Contains, EnsureOrigin, EnsureOriginWithArg, GetCallMetadata, OnTimestampSet},
		BoundedVec,
	},
	sp_core::H256,
	sp_io::hashing::blake2_256,
};

/// Time for which the brakes of a benchmark last, in seconds.
const DURATION: Seconds = 10 * 86_400;

/// Puts a brake on each value of an area that has a safe direction, and moves each that moves a
/// price.
fn fill<A: Area>(area: &mut AreaStateOf<A>, now: Seconds) {
	let until = now.saturating_add(DURATION);
	let values: Vec<_> = A::bounds().iter().map(|[value, ..]| area.values.current(value)).collect();
	let braked = values.iter().filter(|value| A::is_brakable(value));
	area.brakes =
		BoundedVec::truncate_from(braked.map(|&value| ValueBrake { value, until }).collect());
	let moving = values.iter().filter(|value| A::kind(value) == Kind::Price);
	area.ramps = BoundedVec::truncate_from(
		moving.map(|&from| Ramp { from, starts_at: now, ends_at: until }).collect(),
	);
}

/// Returns a change of every value of an area.
fn changes_of<A: Area>(area: AreaStateOf<A>, change: fn(A::Value) -> Change) -> Vec<Change> {
	let other = |[_, least, greatest]: [A::Value; 3]| {
		change(if area.values.current(&greatest) == greatest { least } else { greatest })
	};
	A::bounds().into_iter().map(other).collect()
}

/// Returns the strictest value of each field of an area that can be braked.
fn brakes_of<A: Area>(area: AreaStateOf<A>, change: fn(A::Value) -> Change) -> Vec<Change> {
	let strictest = |[_, least, greatest]: [A::Value; 3]| {
		[least, greatest]
			.into_iter()
			.find(|value| A::is_brakable(value) && area.values.risk(value) == Some(Risk::Lowers))
	};
	A::bounds().into_iter().filter_map(strictest).map(change).collect()
}

/// Returns the targets of the brakes of an area.
fn targets_of<A: Area>(area: AreaStateOf<A>, change: fn(A::Value) -> Change) -> Vec<BrakeTarget> {
	let target = |brake: &ValueBrake<A::Value>| {
		BrakeTarget::Value(change(brake.value).area(), A::index(&brake.value))
	};
	area.brakes.iter().map(target).collect()
}

/// Returns the items of the lists, one of each list in turn.
fn take_turns<I>(lists: impl IntoIterator<Item = Vec<I>>) -> Vec<I> {
	let mut lists: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
	let mut taken = Vec::new();
	loop {
		let before = taken.len();
		taken.extend(lists.iter_mut().filter_map(Iterator::next));
		if taken.len() == before {
			return taken;
		}
	}
}

/// Returns what `$of` returns for the areas, one item of each area in turn, so that few items touch
/// as many areas as they can.
macro_rules! of_areas {
	($of:ident) => {
		take_turns([
			$of(RuleArea::<T>::get(), Change::Rules),
			$of(CreditArea::<T>::get(), Change::Credit),
			$of(TitleArea::<T>::get(), Change::Titles),
			$of(AppraisalArea::<T>::get(), Change::Appraisal),
			$of(VaultArea::<T>::get(), Change::Vault),
			$of(ReserveArea::<T>::get(), Change::Reserves),
			$of(GovernanceArea::<T>::get(), Change::Governance),
		])
	};
}

/// Fills every area with brakes and moves.
fn fill_areas<T: Config>() {
	let now = Pallet::<T>::now();
	CreditArea::<T>::mutate(|area| fill(area, now));
	RuleArea::<T>::mutate(|area| fill(area, now));
	TitleArea::<T>::mutate(|area| fill(area, now));
	AppraisalArea::<T>::mutate(|area| fill(area, now));
	VaultArea::<T>::mutate(|area| fill(area, now));
	ReserveArea::<T>::mutate(|area| fill(area, now));
	GovernanceArea::<T>::mutate(|area| fill(area, now));
}

/// Returns the calls that can be paused, those that are found last first.
fn pausable<T: Config>() -> Vec<CallName> {
	let names = T::RuntimeCall::get_module_names().iter().flat_map(|pallet| {
		let calls = T::RuntimeCall::get_call_names(pallet);
		calls.iter().filter_map(move |call| CallName::new(pallet, call))
	});
	let mut names: Vec<_> = names.filter(|name| !T::NeverPaused::contains(name)).collect();
	names.reverse();
	names
}

/// Returns the first `n` items; an error if there are fewer.
fn first<I>(n: u32, items: Vec<I>) -> Result<Vec<I>, BenchmarkError> {
	let n = n as usize;
	match items.len() >= n {
		true => Ok(items.into_iter().take(n).collect()),
		false => Err(BenchmarkError::Stop("the runtime has too few of them")),
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn set(n: Linear<0, 32>) -> Result<(), BenchmarkError> {
		fill_areas::<T>();
		let changes = first(n, of_areas!(changes_of))?;
		let changes = BoundedVec::truncate_from(changes);
		let origin = T::ValuesOrigin::try_successful_origin(&(AreaId::Governance, Risk::Raises))
			.map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, changes);

		assert_eq!(crate::CurrentRules::<T>::get(), n.min(1));
		Ok(())
	}

	#[benchmark]
	fn brake(n: Linear<0, 16>) -> Result<(), BenchmarkError> {
		fill_areas::<T>();
		let values = of_areas!(brakes_of).into_iter().map(Brake::Value).collect();
		let pauses = pausable::<T>().into_iter().map(Brake::Pause).collect();
		let brakes = first(n, take_turns([values, pauses]))?;
		let brakes = BoundedVec::truncate_from(brakes);
		let origin =
			T::BrakeOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, brakes);

		assert_eq!(Pauses::<T>::iter().count(), n as usize / 2);
		Ok(())
	}

	#[benchmark]
	fn release(n: Linear<0, 16>) -> Result<(), BenchmarkError> {
		fill_areas::<T>();
		let until = Pallet::<T>::now().saturating_add(DURATION);
		let terms = caliber_primitives::governance::BrakeTerms { duration: until, rest: until };
		for call in pausable::<T>().into_iter().take(16) {
			let mut paused = Governed::new(false);
			let braked = paused.brake(true, Pallet::<T>::now(), &terms);
			braked.map_err(|_| BenchmarkError::Stop("a pause is stricter than none"))?;
			Pauses::<T>::insert(call, paused);
		}
		let values = of_areas!(targets_of);
		let pauses = pausable::<T>().into_iter().map(BrakeTarget::Pause).collect();
		let targets = first(n, take_turns([values, pauses]))?;
		let targets = BoundedVec::truncate_from(targets);
		let origin =
			T::BrakeOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, targets);

		let now = Pallet::<T>::now();
		let lasting = Pauses::<T>::iter_values().filter(|pause| pause.at(now)).count();
		assert_eq!(lasting, 16 - n as usize / 2);
		Ok(())
	}

	/// Returns the hash of a number.
	fn hash_of(index: u32) -> H256 {
		H256(blake2_256(&index.to_le_bytes()))
	}

	#[benchmark]
	fn veto() -> Result<(), BenchmarkError> {
		let what = T::Agenda::benchmark_task();
		let until = Pallet::<T>::now().saturating_add(DURATION);
		let vetoes = (1..MAX_VETOES).map(|index| (hash_of(index), until));
		CommitteeVetoes::<T>::put(BoundedVec::truncate_from(vetoes.collect()));

		// The committee's veto is the one that is listed.
		#[block]
		{
			Pallet::<T>::do_veto(what, Authority::Committee)?;
		}

		assert_eq!(CommitteeVetoes::<T>::get().len(), MAX_VETOES as usize);
		assert_eq!(T::Agenda::hash_of(&what), None);
		Ok(())
	}

	#[benchmark]
	fn note_block() {
		let length = 2 * OUTAGE;
		let outages = (0..Seconds::from(MAX_OUTAGES))
			.map(|index| Outage { from: index * length, until: (index + 1) * length });
		let last = Seconds::from(MAX_OUTAGES) * length;
		Outages::<T>::put(BoundedVec::truncate_from(outages.collect()));
		LastBlockAt::<T>::put(last);
		RelayHeights::<T>::put(RelayHeight { first: 1, last: 2 });

		#[block]
		{
			Pallet::<T>::note_relay_block(3);
			Pallet::<T>::on_timestamp_set((last + length) * 1_000);
		}

		assert_eq!(LastBlockAt::<T>::get(), Some(last + length));
		assert_eq!(Outages::<T>::get()[0].from, length);
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::tests::mock::new_test_ext(),
		crate::tests::mock::Test
	);
}
