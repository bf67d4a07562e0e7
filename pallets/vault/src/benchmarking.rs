// SPDX-License-Identifier: Apache-2.0

//! Benchmarks: what the calls cost at worst.

use crate::{
	Call, Config, EscrowedShares, HoldReason, Ledger, Pallet, Requests, Settlement, WindowLength,
	WindowsSince, MIN_REQUEST_SHARES,
};
use caliber_primitives::{
	traits::{Accrual, SeniorLender},
	Balance, RequestId, Seconds, USD,
};
use polkadot_sdk::{
	frame_benchmarking::v2::*,
	frame_support::traits::{
		fungible::{Inspect, InspectHold, Mutate},
		Get,
	},
	frame_system::RawOrigin,
	pallet_timestamp,
	sp_runtime::traits::UniqueSaturatedFrom,
};

/// What a saver has.
const ASSETS: Balance = 1_000 * USD;

fn set_time<T: pallet_timestamp::Config>(time: Seconds) {
	pallet_timestamp::Now::<T>::put(T::Moment::unique_saturated_from(
		time.checked_mul(1_000).expect("benchmarks are made in our time"),
	));
}

/// To a time at which there are windows behind and ahead.
fn begin<T: Config + pallet_timestamp::Config>() {
	let length = WindowLength::<T>::get();
	let time = WindowsSince::<T>::get()
		.checked_add(length.checked_mul(3).expect("windows are shorter than that"))
		.expect("windows have begun before that");
	set_time::<T>(time.max(Pallet::<T>::now()));
}

/// To the next window.
fn next_window<T: Config + pallet_timestamp::Config>() {
	let time = Pallet::<T>::now().checked_add(WindowLength::<T>::get()).expect("time goes on");
	set_time::<T>(time);
}

/// An account with USDai and CLBR.
fn rich<T: Config>(name: &'static str) -> Result<T::AccountId, BenchmarkError> {
	let who: T::AccountId = account(name, 1, 0);
	let clbr = T::Currency::minimum_balance()
		.checked_add(T::RequestDeposit::get())
		.and_then(|each| each.checked_mul(Balance::from(T::MaxRequests::get()) + 1))
		.expect("deposits are small");
	T::Currency::mint_into(&who, clbr)?;
	T::UsdAi::mint_into(&who, ASSETS)?;
	Ok(who)
}

/// A vault with savers, loans that accrue, and a price that is not one.
fn busy<T: Config + pallet_timestamp::Config>() -> Result<(), BenchmarkError> {
	begin::<T>();
	Pallet::<T>::benchmark_liquidity(ASSETS);
	let borrower = rich::<T>("borrower")?;
	Pallet::<T>::lend(&borrower, 100 * USD)?;
	let since = Pallet::<T>::now();
	Pallet::<T>::rebook(None, Some(Accrual { per_second: 1_000, since }))?;
	Pallet::<T>::receive(&borrower, 10 * USD, USD + 1)?;
	Ok(())
}

/// A saver with shares.
fn saver<T: Config>() -> Result<T::AccountId, BenchmarkError> {
	let who = rich::<T>("redeemer")?;
	Pallet::<T>::do_deposit(&who, ASSETS, 0)?;
	Ok(who)
}

/// Requests of a saver, numbered from the first that is returned.
fn requests<T: Config>(who: &T::AccountId, count: u32) -> Result<RequestId, BenchmarkError> {
	let first = crate::NextRequestId::<T>::get();
	for _ in 0..count {
		Pallet::<T>::do_request_redemption(who, MIN_REQUEST_SHARES)?;
	}
	Ok(first)
}

#[benchmarks(where T: pallet_timestamp::Config)]
mod benches {
	use super::*;

	#[benchmark]
	fn deposit() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = rich::<T>("saver2")?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), ASSETS, 1);

		assert!(T::Shares::balance(&who) > 0);
		Ok(())
	}

	#[benchmark]
	fn mint() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = rich::<T>("saver2")?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), 10 * USD, ASSETS);

		assert_eq!(T::Shares::balance(&who), 10 * USD);
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
		let first = requests::<T>(&who, 1)?;
		next_window::<T>();
		Pallet::<T>::do_start_settlement()?;
		Pallet::<T>::do_settle(1)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), first);

		assert!(!Requests::<T>::contains_key(first));
		assert!(T::UsdAi::balance(&who) > 0);
		let reason = HoldReason::RedemptionRequest.into();
		assert_eq!(T::Currency::balance_on_hold(&reason, &who), 0);
		Ok(())
	}

	#[benchmark]
	fn start_settlement() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		requests::<T>(&who, 2)?;
		// Less than is asked for, so that both amounts are sought.
		let idle = Ledger::<T>::get().idle;
		Pallet::<T>::lend(&who, idle.checked_sub(USD / 2).expect("much is idle"))?;
		next_window::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(who));

		assert!(Settlement::<T>::exists());
		assert!(EscrowedShares::<T>::get() > 0);
		Ok(())
	}

	#[benchmark]
	fn settle(n: Linear<1, 50>) -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		let first = requests::<T>(&who, n)?;
		next_window::<T>();
		Pallet::<T>::do_start_settlement()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who), n);

		assert!(!Settlement::<T>::exists());
		assert!(Requests::<T>::get(first + n - 1).is_some_and(|request| request.claimable > 0));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::tests::mock::new_test_ext(),
		crate::tests::mock::Test
	);
}
