// SPDX-License-Identifier: Apache-2.0

//! The benchmarks of the calls, each in its worst case.

use crate::{
	frame_support::{
		traits::{tokens::fungible::Mutate, EnsureOrigin, Get},
		BoundedVec,
	},
	frame_system::RawOrigin,
	pallet::*,
	sp_runtime::{FixedU128, Perbill},
	types::{Titles, MAX_LOANS, MAX_RESERVE_INSTALLMENTS, MAX_TITLES},
	BenchmarkHelper,
};
use alloc::vec::Vec;
use caliber_math::{
	calendar::{Calendar, MAX_TERM_DAYS},
	schedule::{Amortization, Fee},
	MAX_INSTALLMENTS,
};
use caliber_primitives::{
	credit::{FeeRecipient, FeeTerm, LineTerms, LoanFees, LoanTerms},
	traits::{Encumber, SeniorLender},
	Balance, LineId, LoanId, Seconds,
};
use polkadot_sdk::{frame_benchmarking::v2::*, frame_support::assert_ok};

/// The longest window that leaves room for all the others.
const WINDOW: Seconds = MAX_TERM_DAYS as Seconds * 86_400 / MAX_INSTALLMENTS as Seconds;

/// An account with money.
fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who: T::AccountId = account(name, 0, 0);
	let deposits = T::LineDeposit::get().checked_mul(100).expect("deposits are small");
	assert_ok!(T::Currency::mint_into(&who, deposits.max(1_000_000_000_000_000)));
	assert_ok!(T::UsdAi::mint_into(&who, plenty::<T>()));
	who
}

/// More USDai than anything here costs.
fn plenty<T: Config>() -> Balance {
	limit::<T>().checked_mul(100).expect("the least draw is small")
}

/// A limit for as many draws as a line may have loans.
fn limit<T: Config>() -> Balance {
	T::MinDraw::get().checked_mul(MAX_LOANS.into()).expect("the least draw is small")
}

/// Terms whose schedule is the longest and the costliest to compute. They revolve, so that what
/// the curator gets back is put on hold again.
fn terms<T: Config>(availability_end: Seconds) -> LineTerms {
	let small = |recipient| FeeTerm {
		fee: Fee::Share(T::MaxFee::get().deconstruct().min(100_000)),
		recipient,
	};
	LineTerms {
		limit: limit::<T>(),
		revolving: true,
		availability_end,
		advance_rate: T::MaxAdvanceRate::get(),
		maintenance_coverage: FixedU128::from_u32(1),
		cure_period: 0,
		reserve_installments: MAX_RESERVE_INSTALLMENTS,
		loan: LoanTerms {
			calendar: Calendar::Every { seconds: WINDOW, periods: MAX_INSTALLMENTS },
			amortization: Amortization::Level,
			stub_amortizes: false,
			senior_apr: FixedU128::from_rational(1, 10).min(T::MaxApr::get()),
			junior_apr: FixedU128::from_rational(2, 10).min(T::MaxApr::get()),
			first_loss: T::MinFirstLoss::get().max(Perbill::from_percent(10)),
			grace_apr: FixedU128::from_rational(1, 10).min(T::MaxApr::get()),
			grace_period: T::MaxGracePeriod::get(),
			fees: LoanFees {
				origination: small(FeeRecipient::Treasury),
				servicing: small(FeeRecipient::Treasury),
				exit: small(FeeRecipient::Treasury),
				liquidation: small(FeeRecipient::Treasury),
			},
		},
	}
}

/// A line on offer; it never runs out of time.
fn offered<T: Config>(curator: &T::AccountId, borrower: &T::AccountId) -> LineId {
	let line = NextLineId::<T>::get();
	if !Curators::<T>::contains_key(curator) {
		assert_ok!(Pallet::<T>::do_approve_curator(curator.clone(), Balance::MAX));
	}
	assert_ok!(Pallet::<T>::do_offer_line(
		curator.clone(),
		borrower.clone(),
		terms::<T>(Seconds::MAX),
		Seconds::MAX
	));
	line
}

/// Titles that the borrower may pledge.
fn titles<T: Config>(borrower: &T::AccountId, count: u32) -> Titles {
	let titles: Vec<_> = (0..count).map(|_| T::Titles::benchmark_title(borrower)).collect();
	BoundedVec::try_from(titles).expect("no more than a line may hold; qed")
}

/// An open line.
fn opened<T: Config>(curator: &T::AccountId, borrower: &T::AccountId, count: u32) -> LineId {
	let line = offered::<T>(curator, borrower);
	let hash = Pallet::<T>::terms_hash(&terms::<T>(Seconds::MAX));
	let titles = titles::<T>(borrower, count);
	assert_ok!(Pallet::<T>::do_accept_line(borrower.clone(), line, hash, titles));
	line
}

/// A loan of the least amount.
fn drawn<T: Config>(borrower: &T::AccountId, line: LineId) -> LoanId {
	let loan = NextLoanId::<T>::get();
	T::Senior::benchmark_liquidity(plenty::<T>());
	assert_ok!(Pallet::<T>::do_draw(borrower.clone(), line, T::MinDraw::get()));
	loan
}

/// A loan on which `windows` have begun, the last of them to its deadline; all but the last are late.
fn in_window<T: Config>(windows: u32) -> (T::AccountId, LineId, LoanId) {
	let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
	let line = opened::<T>(&curator, &borrower, MAX_TITLES);
	let loan = drawn::<T>(&borrower, line);
	let passed = WINDOW.checked_mul(windows.into()).expect("a term fits");
	let now = Pallet::<T>::now().checked_add(passed).expect("a term fits");
	T::BenchmarkHelper::set_time(now);
	(borrower, line, loan)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn approve_curator() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;
		let curator: T::AccountId = account("curator", 0, 0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, curator.clone(), 1);

		assert!(Curators::<T>::contains_key(curator));
		Ok(())
	}

	#[benchmark]
	fn set_curator_capacity() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;
		let curator: T::AccountId = account("curator", 0, 0);
		assert_ok!(Pallet::<T>::do_approve_curator(curator.clone(), 1));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, curator.clone(), 2);

		assert_eq!(Curators::<T>::get(curator).map(|record| record.capacity), Some(2));
		Ok(())
	}

	#[benchmark]
	fn suspend_curator() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;
		let curator: T::AccountId = account("curator", 0, 0);
		assert_ok!(Pallet::<T>::do_approve_curator(curator.clone(), 1));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, curator.clone());

		assert_eq!(Curators::<T>::get(curator).map(|record| record.suspended), Some(true));
		Ok(())
	}

	#[benchmark]
	fn offer_line() {
		let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
		assert_ok!(Pallet::<T>::do_approve_curator(curator.clone(), Balance::MAX));
		let terms = terms::<T>(Seconds::MAX);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), borrower, terms, Seconds::MAX);

		assert_eq!(NextLineId::<T>::get(), 1);
	}

	#[benchmark]
	fn withdraw_offer() {
		let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
		let line = offered::<T>(&curator, &borrower);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line);

		assert!(!Lines::<T>::contains_key(line));
	}

	#[benchmark]
	fn accept_line(t: Linear<1, MAX_TITLES>) {
		let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
		let line = offered::<T>(&curator, &borrower);
		let titles = titles::<T>(&borrower, t);
		let hash = Pallet::<T>::terms_hash(&terms::<T>(Seconds::MAX));

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line, hash, titles);

		assert_eq!(Lines::<T>::get(line).map(|line| line.titles.len()), Some(t as usize));
	}

	#[benchmark]
	fn close_line(t: Linear<1, MAX_TITLES>) {
		let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
		let line = opened::<T>(&curator, &borrower, t);
		assert_ok!(Pallet::<T>::do_top_up_reserve(borrower.clone(), line, T::MinDraw::get()));

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line);

		assert!(!Lines::<T>::contains_key(line));
	}

	#[benchmark]
	fn draw(t: Linear<1, MAX_TITLES>) {
		let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
		let line = opened::<T>(&curator, &borrower, t);
		T::Senior::benchmark_liquidity(plenty::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line, T::MinDraw::get());

		assert_eq!(Lines::<T>::get(line).map(|line| line.loans.len()), Some(1));
	}

	#[benchmark]
	fn repay(w: Linear<1, MAX_INSTALLMENTS>) {
		let (borrower, _, loan) = in_window::<T>(w);

		// The last window closes the loan; before it a unit is prepaid too.
		let due = Pallet::<T>::due_now(loan).expect("the loan exists").total;

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), loan, due + 2);

		assert_eq!(Loans::<T>::contains_key(loan), w < MAX_INSTALLMENTS);
	}

	#[benchmark]
	fn payoff(w: Linear<1, MAX_INSTALLMENTS>) {
		let (borrower, _, loan) = in_window::<T>(w);

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), loan, plenty::<T>());

		assert!(!Loans::<T>::contains_key(loan));
	}

	#[benchmark]
	fn collect(w: Linear<1, MAX_INSTALLMENTS>) {
		let (borrower, line, loan) = in_window::<T>(w);
		let enough = plenty::<T>() / 2;
		assert_ok!(Pallet::<T>::do_top_up_reserve(borrower.clone(), line, enough));

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), loan);

		assert_eq!(Loans::<T>::contains_key(loan), w < MAX_INSTALLMENTS);
	}

	#[benchmark]
	fn top_up_reserve() {
		let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
		let line = opened::<T>(&curator, &borrower, MAX_TITLES);

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line, T::MinDraw::get());

		assert_eq!(Lines::<T>::get(line).map(|line| line.reserve), Some(T::MinDraw::get()));
	}

	#[benchmark]
	fn withdraw_reserve(l: Linear<0, MAX_LOANS>) {
		let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
		let line = opened::<T>(&curator, &borrower, MAX_TITLES);
		for _ in 0..l {
			drawn::<T>(&borrower, line);
		}
		let before = Lines::<T>::get(line).map(|line| line.reserve);
		assert_ok!(Pallet::<T>::do_top_up_reserve(borrower.clone(), line, T::MinDraw::get()));

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line, T::MinDraw::get());

		assert_eq!(Lines::<T>::get(line).map(|line| line.reserve), before);
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::tests::mock::new_test_ext(),
		crate::tests::mock::Test
	);
}
