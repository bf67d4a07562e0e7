// SPDX-License-Identifier: Apache-2.0

//! The benchmarks of the calls, each in its worst case.

mod liquidation;
mod trouble;

use crate::{
	frame_support::{
		traits::{tokens::fungible::Mutate, EnsureOrigin, Get},
		weights::{Weight, WeightMeter},
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
	credit::{FeeRecipient, FeeTerm, LineState, LineTerms, LoanFees, LoanTerms},
	traits::{Encumber, RevenueSink, SeniorLender, TitleValue},
	Balance, LineId, LoanId, Seconds,
};
use polkadot_sdk::{frame_benchmarking::v2::*, frame_support::assert_ok};

/// The longest window that leaves room for all the others.
const WINDOW: Seconds = MAX_TERM_DAYS as Seconds * 86_400 / MAX_INSTALLMENTS as Seconds;

/// The most titles that a line in debt takes on: it has one.
const MOST_ADDED: u32 = MAX_TITLES - 1;

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
	// Not too much in a year, though each of its windows pay it.
	let yearly = T::MaxServicingFee::get().deconstruct() / MAX_INSTALLMENTS;
	let small = |recipient| FeeTerm {
		fee: Fee::Share(T::MaxFee::get().deconstruct().min(yearly)),
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
			senior_apr: FixedU128::from_rational(1, 10)
				.min(T::MaxApr::get())
				.max(T::MinSeniorApr::get()),
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
/// Its line is in breach, and its debt stands against `models` models.
fn in_window<T: Config>(windows: u32, models: u32) -> (T::AccountId, LineId, LoanId) {
	let (_, borrower, line) = trouble::in_debt::<T>(MAX_TITLES, 1);
	trouble::spread::<T>(line, models);
	trouble::breach::<T>(line);
	let passed = WINDOW.checked_mul(windows.into()).expect("a term fits");
	let now = Pallet::<T>::now().checked_add(passed).expect("a term fits");
	T::BenchmarkHelper::set_time(now);
	(borrower, line, NextLoanId::<T>::get() - 1)
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
		trouble::fill_loans::<T>(line, MAX_LOANS - 1);
		T::Senior::benchmark_liquidity(plenty::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line, T::MinDraw::get());

		assert_eq!(Lines::<T>::get(line).map(|line| line.loans.is_full()), Some(true));
	}

	#[benchmark]
	fn repay(w: Linear<1, MAX_INSTALLMENTS>, m: Linear<1, MAX_TITLES>) {
		let (borrower, _, loan) = in_window::<T>(w, m);

		// The last window closes the loan; before it a unit is prepaid too.
		let due = Pallet::<T>::due_now(loan).expect("the loan exists").total;

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), loan, due + 2);

		assert_eq!(Loans::<T>::contains_key(loan), w < MAX_INSTALLMENTS);
	}

	#[benchmark]
	fn payoff(w: Linear<1, MAX_INSTALLMENTS>, m: Linear<1, MAX_TITLES>) {
		let (borrower, _, loan) = in_window::<T>(w, m);

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), loan, plenty::<T>());

		assert!(!Loans::<T>::contains_key(loan));
	}

	#[benchmark]
	fn collect(w: Linear<1, MAX_INSTALLMENTS>, m: Linear<1, MAX_TITLES>) {
		let (borrower, line, loan) = in_window::<T>(w, m);
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

	#[benchmark]
	fn set_model_ceiling() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;
		let borrower = funded::<T>("borrower");
		let title = T::Titles::benchmark_title(&borrower);
		let model = T::Value::model_of(title).expect("a title has a model");

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, model, Some(1));

		assert_eq!(ModelCeilings::<T>::get(model), Some(1));
		Ok(())
	}

	#[benchmark]
	fn add_titles(t: Linear<1, MOST_ADDED>) {
		let (_, borrower, line) = trouble::in_debt::<T>(MAX_TITLES - t, 1);
		trouble::breach::<T>(line);
		let titles = titles::<T>(&borrower, t);

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line, titles);

		assert_eq!(Lines::<T>::get(line).map(|line| line.titles.is_full()), Some(true));
	}

	#[benchmark]
	fn swap_titles(t: Linear<1, MAX_TITLES>) {
		let (_, borrower, line) = trouble::in_debt::<T>(MAX_TITLES, 1);
		trouble::spread::<T>(line, MAX_TITLES);
		trouble::breach::<T>(line);
		let pledged = titles::<T>(&borrower, t);
		let mut released = Lines::<T>::get(line).expect("the line is open").titles;
		released.truncate(t as usize);

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line, released, pledged.clone());

		let held = Lines::<T>::get(line).expect("the line is open").titles;
		assert!(pledged.iter().all(|title| held.contains(title)));
	}

	#[benchmark]
	fn release_capital() {
		let (curator, _, line) = trouble::in_debt::<T>(MAX_TITLES, 1);
		trouble::change::<T>(line, |record| record.terms.availability_end = 0);
		T::BenchmarkHelper::set_time(Pallet::<T>::now().max(1));

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line);

		assert_eq!(Lines::<T>::get(line).map(|line| line.junior_locked), Some(0));
	}

	#[benchmark]
	fn offer_terms() {
		let (curator, _, line) = trouble::in_debt::<T>(MAX_TITLES, MAX_LOANS);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line, trouble::other_terms::<T>(), Seconds::MAX);

		assert!(TermsOffers::<T>::contains_key(line));
	}

	#[benchmark]
	fn accept_terms(t: Linear<1, MAX_TITLES>, l: Linear<1, MAX_LOANS>) {
		trouble::late_start::<T>();
		let (curator, borrower, line) = trouble::in_debt::<T>(MAX_TITLES, l);
		trouble::spread::<T>(line, MAX_TITLES);
		for loan in Lines::<T>::get(line).expect("the line is open").loans {
			// Every window but the last is due.
			trouble::age::<T>(loan, MAX_INSTALLMENTS - 1);
		}
		trouble::breach::<T>(line);
		let terms = trouble::other_terms::<T>();
		let hash = Pallet::<T>::terms_hash(&terms);
		assert_ok!(Pallet::<T>::do_offer_terms(curator, line, terms, Seconds::MAX));
		trouble::keep_titles::<T>(line, t);

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line, hash);

		assert_eq!(Lines::<T>::get(line).map(|line| line.terms), Some(terms));
	}

	#[benchmark]
	fn withdraw_terms() {
		let (curator, _, line) = trouble::in_debt::<T>(MAX_TITLES, MAX_LOANS);
		let terms = trouble::other_terms::<T>();
		assert_ok!(Pallet::<T>::do_offer_terms(curator.clone(), line, terms, Seconds::MAX));

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line);

		assert!(!TermsOffers::<T>::contains_key(line));
	}

	#[benchmark]
	fn apply_claim(w: Linear<1, MAX_INSTALLMENTS>, m: Linear<1, MAX_TITLES>) {
		let (borrower, line, loan) = in_window::<T>(w, m);
		let due = Pallet::<T>::due_now(loan).expect("the loan exists").total;
		let title = Lines::<T>::get(line).expect("the line is open").titles[0];
		assert_ok!(Pallet::<T>::receive_claim(line, title, &borrower, due + 2));

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), loan);

		assert_eq!(Loans::<T>::contains_key(loan), w < MAX_INSTALLMENTS);
	}

	#[benchmark]
	fn claim_owed() {
		let (caller, owner) = (funded::<T>("caller"), funded::<T>("owner"));
		let account = Pallet::<T>::account_id();
		assert_ok!(T::UsdAi::mint_into(&account, plenty::<T>()));
		Owed::<T>::insert(&owner, T::MinDraw::get());
		TotalOwed::<T>::put(T::MinDraw::get());

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), owner.clone());

		assert!(!Owed::<T>::contains_key(owner));
	}

	#[benchmark]
	fn flag_breach(t: Linear<1, MAX_TITLES>) {
		let (curator, _, line) = trouble::in_debt::<T>(t, 1);
		trouble::break_coverage::<T>(line);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line);

		assert_eq!(Lines::<T>::get(line).map(|line| line.state), Some(LineState::Breached));
	}

	#[benchmark]
	fn flag_default(t: Linear<1, MAX_TITLES>) {
		let (curator, _, line) = trouble::in_debt::<T>(t, MAX_LOANS);
		let loan = Lines::<T>::get(line).expect("the line is open").loans[0];
		// Values are stale by then: the last known ones are looked for too.
		let late = WINDOW.checked_add(T::MaxGracePeriod::get()).expect("a grace period is short");
		T::BenchmarkHelper::set_time(Pallet::<T>::now() + late + 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), loan);

		assert_eq!(Lines::<T>::get(line).map(|line| line.state), Some(LineState::Defaulted));
	}

	#[benchmark]
	fn flag_uncured(t: Linear<1, MAX_TITLES>) {
		let (curator, _, line) = trouble::in_debt::<T>(t, MAX_LOANS);
		trouble::break_coverage::<T>(line);
		trouble::breach::<T>(line);
		T::BenchmarkHelper::set_time(Pallet::<T>::now().max(1));

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line);

		assert_eq!(Lines::<T>::get(line).map(|line| line.state), Some(LineState::Defaulted));
	}

	#[benchmark]
	fn cure(t: Linear<1, MAX_TITLES>) {
		let (curator, _, line) = trouble::in_debt::<T>(t, MAX_LOANS);
		trouble::ask_for_no_coverage::<T>(line);
		trouble::breach::<T>(line);
		trouble::default::<T>(line);
		trouble::withhold::<T>(line);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line);

		let record = Lines::<T>::get(line).expect("the line is not closed");
		assert_eq!((record.state, record.withheld), (LineState::Open, 0));
	}

	#[benchmark]
	fn reassess(t: Linear<1, MAX_TITLES>) {
		let (curator, _, line) = trouble::in_debt::<T>(t, 1);
		trouble::break_coverage::<T>(line);
		trouble::breach::<T>(line);
		trouble::default::<T>(line);
		assert_ok!(Pallet::<T>::do_start_auction(line));

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line);

		assert!(Lines::<T>::get(line).is_some_and(|line| line.recovery > 0));
	}

	#[benchmark]
	fn sweep_idle() {
		Sweep::<T>::mutate(|state| state.marked = true);

		#[block]
		{
			Pallet::<T>::sweep(Weight::MAX);
		}

		assert!(!Sweep::<T>::get().marked);
	}

	#[benchmark]
	fn sweep_loan() {
		let (_, _, line) = trouble::in_debt::<T>(MAX_TITLES, MAX_LOANS);
		trouble::spread::<T>(line, MAX_TITLES);
		let mut meter = WeightMeter::new();
		let mut done = false;

		#[block]
		{
			if let Some(loan) = Loans::<T>::iter_keys().next() {
				done = Pallet::<T>::look_after_loan(loan, &mut meter);
			}
		}

		assert!(done);
	}

	#[benchmark]
	fn sweep_line() {
		let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
		opened::<T>(&curator, &borrower, MAX_TITLES);
		let mut meter = WeightMeter::new();
		let mut done = false;

		#[block]
		{
			if let Some(line) = Lines::<T>::iter_keys().next() {
				done = Pallet::<T>::watch_line(line, &mut meter);
			}
		}

		assert!(done);
	}

	#[benchmark]
	fn start_auction(t: Linear<1, MAX_TITLES>) {
		// Nothing is overdue: every loan and every title is looked at before it may be sold.
		let (curator, _, line) = trouble::in_debt::<T>(t, MAX_LOANS);
		trouble::break_coverage::<T>(line);
		trouble::breach::<T>(line);
		trouble::default::<T>(line);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line);

		assert!(Auctions::<T>::contains_key(line));
	}

	#[benchmark]
	fn bid() {
		let (_, line) = liquidation::auctioned::<T>(MAX_TITLES, MAX_LOANS);
		let amount = liquidation::high_bid::<T>(line);
		let first = liquidation::bidder::<T>("first", amount);
		assert_ok!(Pallet::<T>::do_bid(first, line, amount));
		liquidation::last_second::<T>(line);
		let more = amount.checked_mul(3).expect("amounts are far below the limit");
		let second = liquidation::bidder::<T>("second", more);

		#[extrinsic_call]
		_(RawOrigin::Signed(second), line, more);

		let best = Auctions::<T>::get(line).and_then(|auction| auction.best);
		assert_eq!(best.map(|best| best.amount), Some(more));
	}

	#[benchmark]
	fn settle_auction(t: Linear<1, MAX_TITLES>, l: Linear<1, MAX_LOANS>) {
		let (curator, line) = liquidation::auctioned::<T>(t, l);
		let amount = liquidation::high_bid::<T>(line);
		let bidder = liquidation::bidder::<T>("bidder", amount);
		assert_ok!(Pallet::<T>::do_bid(bidder, line, amount));
		liquidation::end_round::<T>(line);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line);

		assert!(!Lines::<T>::contains_key(line));
	}

	#[benchmark]
	fn take_lot(t: Linear<1, MAX_TITLES>, l: Linear<1, MAX_LOANS>) {
		let (curator, line) = liquidation::unsold::<T>(t, l);
		assert_ok!(T::UsdAi::mint_into(&curator, liquidation::high_bid::<T>(line)));

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line);

		assert!(!Lines::<T>::contains_key(line));
	}

	#[benchmark]
	fn resolve_lot(
		t: Linear<1, MAX_TITLES>,
		l: Linear<1, MAX_LOANS>,
	) -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;
		let line = liquidation::unwanted::<T>(t, l);
		let amount = liquidation::high_bid::<T>(line);
		let bidder = liquidation::bidder::<T>("bidder", amount);
		assert_ok!(Pallet::<T>::do_bid(bidder.clone(), line, amount));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, line, bidder, amount);

		assert!(!Lines::<T>::contains_key(line));
		Ok(())
	}

	#[benchmark]
	fn cancel_auction() {
		let (_, line) = liquidation::auctioned::<T>(MAX_TITLES, 1);
		let amount = liquidation::high_bid::<T>(line);
		let bidder = liquidation::bidder::<T>("bidder", amount);
		assert_ok!(Pallet::<T>::do_bid(bidder, line, amount));
		let mut record = liquidation::repaid::<T>(line);

		#[block]
		{
			assert_ok!(Pallet::<T>::cancel_auction(line, &mut record));
		}

		assert_eq!(record.state, LineState::Open);
	}

	#[benchmark]
	fn withdraw_bid() {
		let line = liquidation::unwanted::<T>(MAX_TITLES, MAX_LOANS);
		let bidder = liquidation::bidder::<T>("bidder", 1);
		assert_ok!(Pallet::<T>::do_bid(bidder.clone(), line, 1));
		// It binds as long as a round.
		let auction = Auctions::<T>::get(line).expect("an auction runs");
		liquidation::wait::<T>(auction.terms.duration);

		#[extrinsic_call]
		_(RawOrigin::Signed(bidder), line);

		assert_eq!(Auctions::<T>::get(line).and_then(|auction| auction.best), None);
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::tests::mock::new_test_ext(),
		crate::tests::mock::Test
	);
}
