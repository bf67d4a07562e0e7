// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of the calls and of the work of idle blocks, at worst.

use crate::{
	impls::seal, types::Tick, Call, Config, DepositsPaused, EscrowedShares, History, Income,
	Ledger, NextRequestId, Operators, Pallet, Reference, Requests, Settlement, Windows,
	HISTORY_DAYS, MIN_REQUEST_SHARES,
};
use caliber_math::{clearing::MAX_TICK, Rounding, SECONDS_PER_DAY};
use caliber_primitives::{
	governance::{tempo::shortened, Risk},
	traits::{
		Accrual, LineRounds, PegReport, SeniorLender, Settlement as LoanSettlement, TreasuryBills,
	},
	vault::{Day, IncomeSource, MAX_RESERVES},
	Balance, RequestId, Seconds, ShareOf, USD,
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
	sp_runtime::{traits::UniqueSaturatedFrom, BoundedVec, DispatchError, FixedU128, PerThing},
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

/// To a time at which nothing is awaited for the window that has closed: a third of the next one
/// later.
fn to_start<T: Config + pallet_timestamp::Config>() {
	next_window::<T>();
	let third = Windows::<T>::get().current.length / 3;
	let later = Pallet::<T>::now().checked_add(third.saturating_add(1)).expect("time goes on");
	set_time::<T>(later);
}

/// A request whose bid of the window before was sealed and not revealed, with one on either side.
fn unrevealed<T: Config + pallet_timestamp::Config>(
	who: &T::AccountId,
) -> Result<RequestId, BenchmarkError> {
	let idle = Ledger::<T>::get().idle;
	<Pallet<T> as SeniorLender<T::AccountId>>::lend(who, idle, None)?;
	let first = requests::<T>(who, 3)?;
	let commitment = seal(first + 1, MAX_TICK, &SALT);
	Pallet::<T>::do_commit_bid(who, first + 1, commitment)?;
	// Those beside it come behind it, and one is made to come before.
	Pallet::<T>::do_cancel_request(who, first)?;
	to_start::<T>();
	Pallet::<T>::do_start_settlement()?;
	requests::<T>(who, 1)?;
	Ok(first + 1)
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
	let accrual = Accrual { per_second: 1_000, since: Pallet::<T>::now(), ..Default::default() };
	Pallet::<T>::lend(&borrower, 100 * USD, Some(accrual))?;
	let paid = LoanSettlement { principal: 10 * USD, interest: USD + 1, ..Default::default() };
	<Pallet<T> as SeniorLender<T::AccountId>>::settle(&borrower, paid)?;
	Ok(())
}

/// Record of a day at its largest.
fn full_record<T: Config>(day: u32, at: Seconds) -> Day {
	Day {
		day,
		at,
		reserves: BoundedVec::truncate_from((0..MAX_RESERVES).map(|id| (id, USD)).collect()),
		bills_apr: Some(FixedU128::from_u32(1)),
		forward_apr: Some(FixedU128::from_u32(1)),
		round: T::Lines::last_book(),
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
	T::Lines::benchmark_round();
	let day = Pallet::<T>::day_of(later).expect("benchmarks are made in our time");
	let old = full_record::<T>(day.saturating_sub(u32::from(HISTORY_DAYS)), later);
	History::<T>::insert(Pallet::<T>::place_of_day(day), old);
	assert!(Pallet::<T>::day_due());
}

/// A saver with shares.
fn saver<T: Config>() -> Result<T::AccountId, BenchmarkError> {
	let who = rich::<T>("redeemer")?;
	Pallet::<T>::do_deposit(&who, ASSETS, 0, None)?;
	Ok(who)
}

/// Requests of a saver, numbered from the first that is returned.
fn requests<T: Config>(who: &T::AccountId, count: u32) -> Result<RequestId, BenchmarkError> {
	let first = NextRequestId::<T>::get();
	for _ in 0..count {
		Pallet::<T>::do_request_redemption(who, MIN_REQUEST_SHARES, None)?;
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
		Pallet::<T>::do_reveal_bid(*id, *tick, SALT)?;
	}
	Ok(())
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
		// One before it, to which it is linked; a least price, for which the present one is looked up.
		let first = requests::<T>(&who, 1)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who), MIN_REQUEST_SHARES, Some(FixedU128::from_rational(1, 2)));

		assert_eq!(Requests::<T>::get(first).and_then(|request| request.next), Some(first + 1));
		Ok(())
	}

	#[benchmark]
	fn cancel_request() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		// One before it and one behind, which are linked when it goes; a bid that was not revealed.
		let id = unrevealed::<T>(&who)?;
		let Some((Some(previous), next)) =
			Requests::<T>::get(id).map(|request| (request.previous, request.next))
		else {
			return Err(BenchmarkError::Stop("one stands before it"));
		};

		#[extrinsic_call]
		_(RawOrigin::Signed(who), id);

		assert_eq!(Requests::<T>::get(previous).and_then(|request| request.next), next);
		Ok(())
	}

	#[benchmark]
	fn claim() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		let operator = account("operator", 0, 0);
		Pallet::<T>::do_set_operator(&who, &operator, true)?;
		let first = requests::<T>(&who, 1)?;
		to_start::<T>();
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
		// A bid of the window before was not revealed.
		let id = unrevealed::<T>(&who)?;
		let commitment = seal(id, MAX_TICK, &SALT);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, commitment);

		let bid = Requests::<T>::get(id).and_then(|request| request.bid);
		assert_eq!(bid.map(|bid| bid.commitment), Some(commitment));
		Ok(())
	}

	#[benchmark]
	fn reveal_bid() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		// From between two others, in one chunk, to behind a fourth in another.
		let first = requests::<T>(&who, 4)?;
		for id in [first + 3, first + 1, first + 2] {
			Pallet::<T>::do_commit_bid(&who, id, seal(id, MAX_TICK, &SALT))?;
		}
		to_reveal::<T>();
		Pallet::<T>::do_reveal_bid(first + 3, MAX_TICK, SALT)?;

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
		// Less than is asked for, so that the ticks of a chunk are looked at.
		let idle = Ledger::<T>::get().idle;
		Pallet::<T>::lend(&who, idle.checked_sub(USD / 2).expect("much is idle"), None)?;
		bids::<T>(&who, &[(first, MAX_TICK)])?;
		to_start::<T>();
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
		saver::<T>()?;
		// The price falls below the least that each of them has named: each ends in its turn, and its
		// owner, another one each, gets the shares back.
		let value = Pallet::<T>::value().map_err(DispatchError::from)?;
		let gap = T::Values::get().least_price_gap.left_from_one();
		let least = gap.share_of(value.redemption_price.into_inner(), Rounding::Down);
		for index in 0..n {
			let owner: T::AccountId = account("owner", index, 0);
			T::RequestConsideration::ensure_successful(&owner, Pallet::<T>::request_footprint());
			T::UsdAi::mint_into(&owner, MIN_REQUEST_SHARES.saturating_mul(3))?;
			Pallet::<T>::do_deposit(&owner, MIN_REQUEST_SHARES.saturating_mul(2), 0, None)?;
			let least_price = Some(FixedU128::from_inner(least));
			Pallet::<T>::do_request_redemption(&owner, MIN_REQUEST_SHARES, least_price)?;
		}
		let first = NextRequestId::<T>::get().checked_sub(n).expect("n requests were made");
		to_start::<T>();
		let hundredth = value.for_redemptions / 100;
		<Pallet<T> as SeniorLender<T::AccountId>>::provision(0, hundredth)?;
		Pallet::<T>::do_start_settlement()?;
		let caller: T::AccountId = account("caller", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), n);

		assert!(!Requests::<T>::contains_key(first));
		assert!(!Settlement::<T>::exists());
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
		History::<T>::insert(Pallet::<T>::place_of_day(day), full_record::<T>(day, at));

		#[block]
		{
			assert!(!Pallet::<T>::day_due());
			assert_ok!(Pallet::<T>::settleable());
		}

		Ok(())
	}

	#[benchmark]
	fn redeem_now() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		requests::<T>(&who, 1)?;
		next_window::<T>();
		T::Lines::benchmark_round();
		// The first of a day writes its record.
		due_day::<T>(USD);
		T::Lines::benchmark_round();

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), USD, 1);

		assert!(T::UsdAi::balance(&who) > 0);
		Ok(())
	}

	#[benchmark]
	fn transfer_request() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		let first = requests::<T>(&who, 1)?;
		let other: T::AccountId = account("other", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), first, Some(other.clone()));

		let offered = Requests::<T>::get(first).and_then(|request| request.offered_to);
		assert_eq!(offered, Some(other));
		Ok(())
	}

	#[benchmark]
	fn accept_request() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		let id = unrevealed::<T>(&who)?;
		let other = rich::<T>("other")?;
		Pallet::<T>::do_transfer_request(&who, id, Some(other.clone()))?;

		#[extrinsic_call]
		_(RawOrigin::Signed(other.clone()), id);

		assert_eq!(Requests::<T>::get(id).map(|request| request.owner), Some(other));
		Ok(())
	}

	#[benchmark]
	fn pay_out() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = saver::<T>()?;
		let first = requests::<T>(&who, 1)?;
		to_start::<T>();
		Pallet::<T>::do_start_settlement()?;
		Pallet::<T>::do_settle(1)?;

		#[block]
		{
			assert!(Pallet::<T>::payout_due());
			Pallet::<T>::pay_out_next();
		}

		assert!(!Requests::<T>::contains_key(first));
		Ok(())
	}

	#[benchmark]
	fn note_reference() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		due_day::<T>(USD);
		to_reveal::<T>();

		#[block]
		{
			Pallet::<T>::note_reference();
		}

		assert!(Reference::<T>::exists());
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

	#[benchmark]
	fn deposit_impaired() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		<Pallet<T> as SeniorLender<T::AccountId>>::provision(0, 90 * USD)?;
		let who = rich::<T>("saver2")?;
		// The first of a day writes its record.
		due_day::<T>(USD);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), ASSETS, 1, 90 * USD);

		assert!(T::Shares::balance(&who) > 0);
		assert!(!Pallet::<T>::day_due());
		Ok(())
	}

	#[benchmark]
	fn pay_yield() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let who = rich::<T>("payer")?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who), IncomeSource::Other, ASSETS);

		assert_eq!(Income::<T>::get(IncomeSource::Other), ASSETS);
		Ok(())
	}

	#[benchmark]
	fn bill_fee() -> Result<(), BenchmarkError> {
		busy::<T>()?;
		let treasury = T::TreasuryAccount::get();
		let before = T::UsdAi::balance(&treasury);

		#[block]
		{
			Pallet::<T>::pay_bill_fee(USD)?;
		}

		assert_eq!(T::UsdAi::balance(&treasury), before + USD);
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::tests::mock::new_test_ext(),
		crate::tests::mock::Test
	);
}
