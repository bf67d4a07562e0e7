// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of the calls and of the work of idle blocks, at worst.

use crate::{
	impls::seal, types::Tick, Call, Config, DepositsPaused, EscrowedShares, History, Ledger,
	NextRequestId, Operators, Pallet, Requests, Settlement, Windows, HISTORY_DAYS,
	MIN_REQUEST_SHARES,
};
use alloc::vec::Vec;
use caliber_math::{clearing::MAX_TICK, SECONDS_PER_DAY};
use caliber_primitives::{
	governance::{tempo::shortened, Risk},
	traits::{Accrual, PegReport, SeniorLender, Settlement as LoanSettlement, TreasuryBills},
	vault::{Day, MAX_RESERVES},
	Balance, RequestId, Seconds, USD,
};
use polkadot_sdk::{
	frame_benchmarking::v2::*,
	frame_support::{
		assert_ok,
		traits::{
			fungible::{Inspect, Mutate},
			Consideration, EnsureOriginWithArg, Get,
		},
	},
	frame_system::RawOrigin,
	pallet_timestamp,
	sp_runtime::{traits::UniqueSaturatedFrom, BoundedVec, DispatchError, FixedU128},
};

/// USDai of a saver.
const ASSETS: Balance = 1_000 * USD;

/// Salt of the bids.
const SALT: [u8; 32] = [7; 32];

fn set_time<T: pallet_timestamp::Config>(time: Seconds) {
	pallet_timestamp::Now::<T>::put(T::Moment::unique_saturated_from(
		time.checked_mul(1_000).expect("benchmarks are made in our time"),
	));
}

/// To a time at which there are windows behind and ahead, at the beginning of one.
fn begin<T: Config + pallet_timestamp::Config>() {
	let epoch = Windows::<T>::get().current;
	let time = epoch
		.length
		.checked_mul(3)
		.and_then(|later| later.checked_add(epoch.since))
		.expect("windows are shorter than that");
	set_time::<T>(time.max(Pallet::<T>::now()));
	next_window::<T>();
}

/// To the next window.
fn next_window<T: Config + pallet_timestamp::Config>() {
	set_time::<T>(Pallet::<T>::open_window().expect("windows go on").closes_at);
}

/// To the last part of the window.
fn to_reveal<T: Config + pallet_timestamp::Config>() {
	set_time::<T>(Pallet::<T>::open_window().expect("windows go on").reveal_from);
}

/// An account with USDai and CLBR.
fn rich<T: Config>(name: &'static str) -> Result<T::AccountId, BenchmarkError> {
	let who: T::AccountId = account(name, 1, 0);
	T::OperatorConsideration::ensure_successful(&who, Pallet::<T>::operator_footprint());
	for _ in 0..T::MaxRequests::get() {
		T::RequestConsideration::ensure_successful(&who, Pallet::<T>::request_footprint());
	}
	T::UsdAi::mint_into(&who, ASSETS)?;
	Ok(who)
}

/// A vault with savers, loans that accrue, and a price that is not one.
fn busy<T: Config + pallet_timestamp::Config>() -> Result<(), BenchmarkError> {
	begin::<T>();
	Pallet::<T>::benchmark_liquidity(ASSETS);
	let borrower = rich::<T>("borrower")?;
	let accrual = Accrual { per_second: 1_000, since: Pallet::<T>::now(), paid: 0 };
	Pallet::<T>::lend(&borrower, 100 * USD, Some(accrual))?;
	let paid = LoanSettlement { principal: 10 * USD, interest: USD + 1, ..Default::default() };
	<Pallet<T> as SeniorLender<T::AccountId>>::settle(&borrower, paid)?;
	Ok(())
}

/// Record of a day at its largest.
fn full_record(day: u32, at: Seconds) -> Day {
	Day {
		day,
		at,
		reserves: BoundedVec::truncate_from((0..MAX_RESERVES).map(|id| (id, USD)).collect()),
		bills_apr: Some(FixedU128::from_u32(1)),
		..Default::default()
	}
}

/// To a day whose record is due and costs the most: the peg has all its stablecoins, the bills have
/// a price of today and one of ninety days ago, and the record of an older round is in the place.
/// The bills are worth `bills` USDai.
fn due_day<T: Config + pallet_timestamp::Config>(bills: Balance) {
	let later = Pallet::<T>::now().checked_add(SECONDS_PER_DAY).expect("time goes on");
	set_time::<T>(later);
	T::Bills::benchmark_bills(bills);
	T::Peg::benchmark_reserves();
	let day = Pallet::<T>::day_of(later).expect("benchmarks are made in our time");
	let old = full_record(day.saturating_sub(u32::from(HISTORY_DAYS)), later);
	History::<T>::insert(Pallet::<T>::place_of_day(day), old);
	assert!(Pallet::<T>::day_due());
}

/// A saver with shares.
fn saver<T: Config>() -> Result<T::AccountId, BenchmarkError> {
	let who = rich::<T>("redeemer")?;
	Pallet::<T>::do_deposit(&who, ASSETS, 0)?;
	Ok(who)
}

/// Requests of a saver, numbered from the first that is returned.
fn requests<T: Config>(who: &T::AccountId, count: u32) -> Result<RequestId, BenchmarkError> {
	let first = NextRequestId::<T>::get();
	for _ in 0..count {
		Pallet::<T>::do_request_redemption(who, MIN_REQUEST_SHARES)?;
	}
	Ok(first)
}

/// Bids for requests, sealed and revealed in the window that runs.
fn bids<T: Config + pallet_timestamp::Config>(
	who: &T::AccountId,
	bids: &[(RequestId, Tick)],
) -> Result<(), BenchmarkError> {
	for (id, tick) in bids {
		Pallet::<T>::do_commit_bid(who, *id, seal(*id, *tick, &SALT))?;
	}
	to_reveal::<T>();
	for (id, tick) in bids {
		Pallet::<T>::do_reveal_bid(who, *id, *tick, SALT)?;
	}
	Ok(())
}

/// A tick for each request, far enough from each other that chunks change.
fn spread(first: RequestId, count: u32) -> Vec<(RequestId, Tick)> {
	(0..count)
		.zip((0..=MAX_TICK).rev().step_by(20))
		.map(|(index, tick)| (first + index, tick))
		.collect()
}

#[benchmarks(where T: pallet_timestamp::Config)]
mod benches {
	use super::*;

	#[benchmark]
	fn deposit() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = rich::<T>("saver2")?;
		// The first of a day writes its record.
		due_day::<T>(USD);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), ASSETS, 1);

		assert!(T::Shares::balance(&who) > 0);
		assert!(!Pallet::<T>::day_due());
		Ok(())
	}

	#[benchmark]
	fn mint() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = rich::<T>("saver2")?;
		// The first of a day writes its record.
		due_day::<T>(USD);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), 10 * USD, ASSETS);

		assert_eq!(T::Shares::balance(&who), 10 * USD);
		assert!(!Pallet::<T>::day_due());
		Ok(())
	}

	#[benchmark]
	fn request_redemption() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		// One before it, to which it is linked.
		let first = requests::<T>(&who, 1)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who), MIN_REQUEST_SHARES);

		assert_eq!(Requests::<T>::get(first).and_then(|request| request.next), Some(first + 1));
		Ok(())
	}

	#[benchmark]
	fn cancel_request() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		// One before it and one behind, which are linked when it goes.
		let first = requests::<T>(&who, 3)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who), first + 1);

		assert_eq!(Requests::<T>::get(first).and_then(|request| request.next), Some(first + 2));
		Ok(())
	}

	#[benchmark]
	fn claim() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		let operator = account("operator", 0, 0);
		Pallet::<T>::do_set_operator(&who, &operator, true)?;
		let first = requests::<T>(&who, 1)?;
		next_window::<T>();
		Pallet::<T>::do_start_settlement()?;
		Pallet::<T>::do_settle(1)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(operator), first, None);

		assert!(!Requests::<T>::contains_key(first));
		assert!(T::UsdAi::balance(&who) > 0);
		Ok(())
	}

	#[benchmark]
	fn commit_bid() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		let first = requests::<T>(&who, 1)?;
		let commitment = seal(first, MAX_TICK, &SALT);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), first, commitment);

		let bid = Requests::<T>::get(first).and_then(|request| request.bid);
		assert_eq!(bid.map(|bid| bid.commitment), Some(commitment));
		Ok(())
	}

	#[benchmark]
	fn reveal_bid() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		// From between two others, in one chunk, to behind a fourth in another.
		let first = requests::<T>(&who, 4)?;
		let commitment = seal(first + 1, MAX_TICK, &SALT);
		Pallet::<T>::do_commit_bid(&who, first + 1, commitment)?;
		bids::<T>(&who, &[(first + 3, MAX_TICK)])?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who), first + 1, MAX_TICK, SALT);

		assert_eq!(Requests::<T>::get(first).and_then(|request| request.next), Some(first + 2));
		let moved = Requests::<T>::get(first + 1).map(|request| (request.previous, request.tick));
		assert_eq!(moved, Some((Some(first + 3), MAX_TICK)));
		Ok(())
	}

	#[benchmark]
	fn set_operator() -> Result<(), BenchmarkError> {
		begin::<T>();
		let who = rich::<T>("owner")?;
		let operator: T::AccountId = account("operator", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), operator.clone(), true);

		assert!(Operators::<T>::contains_key(who, operator));
		Ok(())
	}

	#[benchmark]
	fn start_settlement() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		let first = requests::<T>(&who, 2)?;
		bids::<T>(&who, &[(first, MAX_TICK)])?;
		// Less than is asked for, so that bills are sold and the ticks of a chunk are looked at.
		let idle = Ledger::<T>::get().idle;
		Pallet::<T>::lend(&who, idle.checked_sub(USD / 2).expect("much is idle"), None)?;
		next_window::<T>();
		// The first of a day writes its record.
		due_day::<T>(USD);

		#[extrinsic_call]
		_(RawOrigin::Signed(who));

		assert!(Settlement::<T>::exists());
		assert!(EscrowedShares::<T>::get() > 0);
		assert!(!Pallet::<T>::day_due());
		Ok(())
	}

	#[benchmark]
	fn settle(n: Linear<1, 50>) -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		// Each in a lane of its own, in front of one that does not take part.
		let first = requests::<T>(&who, n)?;
		bids::<T>(&who, &spread(first, n))?;
		next_window::<T>();
		let other = rich::<T>("other")?;
		Pallet::<T>::do_deposit(&other, ASSETS, 0)?;
		let behind = requests::<T>(&other, n)?;
		bids::<T>(&other, &spread(behind, n))?;
		Pallet::<T>::do_start_settlement()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who), n);

		assert!(!Settlement::<T>::exists());
		assert!(Requests::<T>::get(first + n - 1).is_some_and(|request| request.claimable > 0));
		assert!(Requests::<T>::get(behind).is_some_and(|request| request.previous.is_none()));
		Ok(())
	}

	#[benchmark]
	fn set_window_length() -> Result<(), BenchmarkError> {
		begin::<T>();
		let origin = T::AdminOrigin::try_successful_origin(&Risk::Raises)
			.map_err(|_| BenchmarkError::Weightless)?;
		let lengths = [T::MinWindowLength::get(), T::MaxWindowLength::get()];
		let real = |length| shortened(length, T::Tempo::get());
		let now = Windows::<T>::get().current.length;
		let length = lengths
			.into_iter()
			.find(|length| real(*length) != now)
			.ok_or(BenchmarkError::Stop("there is one length only"))?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, length);

		assert_eq!(Windows::<T>::get().next.map(|next| next.length), Some(real(length)));
		Ok(())
	}

	#[benchmark]
	fn set_deposits_paused() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin(&Risk::Lowers)
			.map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, true);

		assert!(DepositsPaused::<T>::get().at(Pallet::<T>::now()));
		Ok(())
	}

	#[benchmark]
	fn idle_probe() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		requests::<T>(&who, 1)?;
		next_window::<T>();
		let at = Pallet::<T>::now();
		let day = Pallet::<T>::day_of(at).expect("benchmarks are made in our time");
		History::<T>::insert(Pallet::<T>::place_of_day(day), full_record(day, at));

		#[block]
		{
			assert!(!Pallet::<T>::day_due());
			assert_ok!(Pallet::<T>::settleable());
		}

		Ok(())
	}

	#[benchmark]
	fn day_record() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		due_day::<T>(USD);

		#[block]
		{
			Pallet::<T>::write_day(&Pallet::<T>::value().map_err(DispatchError::from)?);
		}

		assert!(!Pallet::<T>::day_due());
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::tests::mock::new_test_ext(),
		crate::tests::mock::Test
	);
}
