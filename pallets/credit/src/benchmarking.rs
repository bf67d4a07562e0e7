// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of the calls, each in its worst case.

mod liquidation;
mod payees;
mod trouble;

pub(crate) use payees::{line_over, lost_line};

use crate::{
	frame_support::{
		traits::{tokens::fungible::Mutate, Consideration, EnsureOriginWithArg, Get},
		weights::{Weight, WeightMeter},
		BoundedVec,
	},
	frame_system::RawOrigin,
	impls::LineOp,
	pallet::*,
	sp_runtime::{FixedU128, Perbill},
	types::{Titles, MAX_LOANS, MAX_RESERVE_INSTALLMENTS, MAX_TITLES},
	BenchmarkHelper,
};
use alloc::vec::Vec;
use caliber_math::{
	calendar::{Calendar, MAX_TERM_DAYS},
	schedule::{Amortization, Fee},
	MAX_INSTALLMENTS, SECONDS_PER_DAY,
};
use caliber_primitives::{
	credit::{FeeRecipient, FeeTerm, LineState, LineTerms, LoanFees, LoanTerms, MAX_MODELS},
	governance::{values::CreditValues, Risk},
	traits::{Encumber, LineRules, LossPayee, SeniorLender, TitleInspect},
	Balance, LineId, LoanId, Seconds,
};
use polkadot_sdk::{frame_benchmarking::v2::*, frame_support::assert_ok};

/// The longest payment period that leaves room for all the others.
const PERIOD: Seconds = MAX_TERM_DAYS as Seconds * SECONDS_PER_DAY / MAX_INSTALLMENTS as Seconds;

/// The most titles that a line in debt takes on: it has one.
const MOST_ADDED: u32 = MAX_TITLES - 1;

/// Values of governance.
fn values<T: Config>() -> CreditValues {
	T::Values::get()
}

/// The least draw.
fn min_draw<T: Config>() -> Balance {
	values::<T>().min_draw
}

/// An account with money.
fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who: T::AccountId = account(name, 0, 0);
	T::LineConsideration::ensure_successful(&who, Pallet::<T>::line_footprint());
	assert_ok!(T::UsdAi::mint_into(&who, plenty::<T>()));
	who
}

/// More USDai than anything here costs.
fn plenty<T: Config>() -> Balance {
	limit::<T>().checked_mul(100).expect("the least draw is small")
}

/// A limit for as many draws as a line may have loans.
fn limit<T: Config>() -> Balance {
	min_draw::<T>().checked_mul(MAX_LOANS.into()).expect("the least draw is small")
}

/// Terms whose schedule is the longest and the costliest to compute. They revolve, so that what
/// the curator gets back is put on hold again.
fn terms<T: Config>() -> LineTerms {
	// Not too much in a year, though each of its payment periods pays it.
	let yearly = values::<T>().max_servicing_fee.deconstruct() / MAX_INSTALLMENTS;
	let small = |recipient| FeeTerm {
		fee: Fee::Share(values::<T>().max_fee.deconstruct().min(yearly)),
		recipient,
	};
	LineTerms {
		limit: limit::<T>(),
		revolving: true,
		availability_end: Pallet::<T>::now() + values::<T>().max_availability,
		advance_rate: values::<T>().max_advance_rate,
		maintenance_coverage: FixedU128::from_u32(1),
		cure_period: 0,
		reserve_installments: MAX_RESERVE_INSTALLMENTS,
		loan: LoanTerms {
			calendar: Calendar::Every { seconds: PERIOD, periods: MAX_INSTALLMENTS },
			amortization: Amortization::Level,
			stub_amortizes: false,
			senior_apr: FixedU128::from_rational(1, 10)
				.min(values::<T>().max_apr)
				.max(values::<T>().min_senior_apr),
			junior_apr: FixedU128::from_rational(2, 10).min(values::<T>().max_apr),
			first_loss: values::<T>().min_first_loss.max(Perbill::from_percent(10)),
			grace_apr: FixedU128::from_rational(1, 10).min(values::<T>().max_apr),
			grace_period: values::<T>().max_grace_period,
			fees: LoanFees {
				origination: small(FeeRecipient::Treasury),
				servicing: small(FeeRecipient::Treasury),
				exit: small(FeeRecipient::Treasury),
				liquidation: small(FeeRecipient::Treasury),
			},
		},
	}
}

/// The last time at which an offer of now may expire.
fn expiry<T: Config>() -> Seconds {
	Pallet::<T>::now() + values::<T>().offer_validity
}

/// A line on offer.
fn offered<T: Config>(curator: &T::AccountId, borrower: &T::AccountId) -> LineId {
	let line_id = NextLineId::<T>::get();
	if !Curators::<T>::contains_key(curator) {
		assert_ok!(Pallet::<T>::do_approve_curator(curator.clone(), Balance::MAX));
	}
	assert_ok!(Pallet::<T>::do_offer_line(
		curator.clone(),
		borrower.clone(),
		terms::<T>(),
		expiry::<T>()
	));
	line_id
}

/// Titles that the borrower may pledge.
fn titles<T: Config>(borrower: &T::AccountId, count: u32) -> Titles {
	let titles: Vec<_> = (0..count).map(|_| T::Titles::benchmark_title(borrower)).collect();
	BoundedVec::try_from(titles).expect("no more than a line may hold; qed")
}

/// An open line.
fn opened<T: Config>(curator: &T::AccountId, borrower: &T::AccountId, count: u32) -> LineId {
	let line_id = offered::<T>(curator, borrower);
	let hash = Pallet::<T>::terms_hash(&terms::<T>());
	let titles = titles::<T>(borrower, count);
	assert_ok!(Pallet::<T>::do_accept_line(borrower.clone(), line_id, hash, titles));
	T::Titles::benchmark_acknowledge(line_id);
	line_id
}

/// A loan of the least amount.
fn drawn<T: Config>(borrower: &T::AccountId, line_id: LineId) -> LoanId {
	let number = Lines::<T>::get(line_id).expect("the line was opened").next_loan;
	T::Senior::benchmark_liquidity(plenty::<T>());
	assert_ok!(Pallet::<T>::do_draw(borrower.clone(), line_id, min_draw::<T>()));
	LoanId { line: line_id, number }
}

/// True if a loan is outstanding.
fn exists<T: Config>(loan_id: LoanId) -> bool {
	Lines::<T>::get(loan_id.line).is_some_and(|line| line.loan(loan_id.number).is_some())
}

/// A loan on which `periods` payment periods have begun, the last of them to its due date; all but
/// the last are late. It is the last of as many as its line may have, and its line is in breach.
fn in_period<T: Config>(periods: u32) -> (T::AccountId, LineId, LoanId) {
	let (_, borrower, line_id) = trouble::in_debt::<T>(MAX_TITLES, MAX_LOANS);
	trouble::spread::<T>(line_id, MAX_MODELS);
	trouble::breach::<T>(line_id);
	let passed = PERIOD.checked_mul(periods.into()).expect("a term fits");
	let now = Pallet::<T>::now().checked_add(passed).expect("a term fits");
	T::BenchmarkHelper::set_time(now);
	(borrower, line_id, LoanId { line: line_id, number: MAX_LOANS - 1 })
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn approve_curator() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin(&Risk::Raises)
			.map_err(|()| BenchmarkError::Weightless)?;
		let curator: T::AccountId = account("curator", 0, 0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, curator.clone(), 1);

		assert!(Curators::<T>::contains_key(curator));
		Ok(())
	}

	#[benchmark]
	fn set_curator_capacity() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin(&Risk::Raises)
			.map_err(|()| BenchmarkError::Weightless)?;
		let curator: T::AccountId = account("curator", 0, 0);
		assert_ok!(Pallet::<T>::do_approve_curator(curator.clone(), 1));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, curator.clone(), 2);

		assert_eq!(Curators::<T>::get(curator).map(|curator| curator.capacity.governed()), Some(2));
		Ok(())
	}

	#[benchmark]
	fn suspend_curator() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin(&Risk::Raises)
			.map_err(|()| BenchmarkError::Weightless)?;
		let curator: T::AccountId = account("curator", 0, 0);
		assert_ok!(Pallet::<T>::do_approve_curator(curator.clone(), 1));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, curator.clone());

		assert_eq!(
			Curators::<T>::get(curator).map(|curator| curator.suspended.governed()),
			Some(true)
		);
		Ok(())
	}

	#[benchmark]
	fn offer_line() {
		let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
		assert_ok!(Pallet::<T>::do_approve_curator(curator.clone(), Balance::MAX));
		let terms = terms::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), borrower, terms, expiry::<T>());

		assert_eq!(NextLineId::<T>::get(), 1);
	}

	#[benchmark]
	fn withdraw_offer() {
		let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
		let line_id = offered::<T>(&curator, &borrower);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line_id);

		assert!(!Lines::<T>::contains_key(line_id));
	}

	#[benchmark]
	fn accept_line(t: Linear<1, MAX_TITLES>) {
		let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
		let line_id = offered::<T>(&curator, &borrower);
		let titles = titles::<T>(&borrower, t);
		let hash = Pallet::<T>::terms_hash(&terms::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line_id, hash, titles);

		assert_eq!(Lines::<T>::get(line_id).map(|line| line.titles.len()), Some(t as usize));
	}

	#[benchmark]
	fn close_line(t: Linear<1, MAX_TITLES>) {
		let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
		let line_id = opened::<T>(&curator, &borrower, t);
		assert_ok!(Pallet::<T>::do_top_up_reserve(borrower.clone(), line_id, min_draw::<T>()));

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line_id);

		assert!(!Lines::<T>::contains_key(line_id));
	}

	#[benchmark]
	fn draw(t: Linear<1, MAX_TITLES>) {
		let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
		let line_id = opened::<T>(&curator, &borrower, t);
		trouble::fill_loans::<T>(line_id, MAX_LOANS - 1);
		trouble::outdate::<T>(line_id);
		trouble::spread::<T>(line_id, MAX_MODELS);
		T::Senior::benchmark_liquidity(plenty::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line_id, min_draw::<T>());

		assert_eq!(Lines::<T>::get(line_id).map(|line| line.loans.is_full()), Some(true));
	}

	#[benchmark]
	fn repay(w: Linear<1, MAX_INSTALLMENTS>) {
		let (borrower, _, loan_id) = in_period::<T>(w);

		// The last payment period closes the loan; before it a unit is prepaid too.
		let due = Pallet::<T>::due_now(loan_id).expect("the loan exists").total;

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), loan_id, due + 2);

		assert_eq!(exists::<T>(loan_id), w < MAX_INSTALLMENTS);
	}

	#[benchmark]
	fn payoff(w: Linear<1, MAX_INSTALLMENTS>) {
		let (borrower, _, loan_id) = in_period::<T>(w);

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), loan_id, plenty::<T>());

		assert!(!exists::<T>(loan_id));
	}

	#[benchmark]
	fn collect(w: Linear<1, MAX_INSTALLMENTS>) {
		let (borrower, line_id, loan_id) = in_period::<T>(w);
		let enough = plenty::<T>() / 2;
		assert_ok!(Pallet::<T>::do_top_up_reserve(borrower.clone(), line_id, enough));

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), loan_id);

		assert_eq!(exists::<T>(loan_id), w < MAX_INSTALLMENTS);
	}

	#[benchmark]
	fn top_up_reserve() {
		let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
		let line_id = opened::<T>(&curator, &borrower, MAX_TITLES);

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line_id, min_draw::<T>());

		assert_eq!(Lines::<T>::get(line_id).map(|line| line.reserve), Some(min_draw::<T>()));
	}

	// Without a loan the call reads no clock: with that point too, no line fits the proof of the clock.
	#[benchmark]
	fn withdraw_reserve(l: Linear<1, MAX_LOANS>) {
		let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
		let line_id = opened::<T>(&curator, &borrower, MAX_TITLES);
		for _ in 0..l {
			drawn::<T>(&borrower, line_id);
		}
		let before = Lines::<T>::get(line_id).map(|line| line.reserve);
		assert_ok!(Pallet::<T>::do_top_up_reserve(borrower.clone(), line_id, min_draw::<T>()));

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line_id, min_draw::<T>());

		assert_eq!(Lines::<T>::get(line_id).map(|line| line.reserve), before);
	}

	#[benchmark]
	fn set_model_ceiling() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin(&Risk::Raises)
			.map_err(|()| BenchmarkError::Weightless)?;
		let borrower = funded::<T>("borrower");
		let title = T::Titles::benchmark_title(&borrower);
		let collateral = T::Titles::collateral(title, None, &T::Rules::present());
		let model = collateral.expect("the title was issued").facts.model;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, model, Some(1));

		assert_eq!(ModelCeilings::<T>::get(model).governed(), Some(1));
		Ok(())
	}

	#[benchmark]
	fn add_titles(t: Linear<1, MOST_ADDED>) {
		let (_, borrower, line_id) = trouble::in_debt::<T>(MAX_TITLES - t, 1);
		trouble::breach::<T>(line_id);
		let titles = titles::<T>(&borrower, t);
		trouble::outdate::<T>(line_id);

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line_id, titles);

		assert_eq!(Lines::<T>::get(line_id).map(|line| line.titles.is_full()), Some(true));
	}

	#[benchmark]
	fn swap_titles(t: Linear<1, MAX_TITLES>) {
		let (_, borrower, line_id) = trouble::in_debt::<T>(MAX_TITLES, 1);
		trouble::spread::<T>(line_id, MAX_MODELS);
		trouble::breach::<T>(line_id);
		let pledged = titles::<T>(&borrower, t);
		trouble::outdate::<T>(line_id);
		let mut released = Lines::<T>::get(line_id).expect("the line is open").titles;
		released.truncate(t as usize);

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line_id, released, pledged.clone());

		let held = Lines::<T>::get(line_id).expect("the line is open").titles;
		assert!(pledged.iter().all(|title| held.contains(title)));
	}

	#[benchmark]
	fn release_capital() {
		let (curator, _, line_id) = trouble::in_debt::<T>(MAX_TITLES, 1);
		trouble::change::<T>(line_id, |line| line.terms.availability_end = 0);
		T::BenchmarkHelper::set_time(Pallet::<T>::now().max(1));

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line_id);

		assert_eq!(Lines::<T>::get(line_id).map(|line| line.junior_locked), Some(0));
	}

	#[benchmark]
	fn add_junior_capital() {
		let (curator, _, line_id) = trouble::in_debt::<T>(MAX_TITLES, MAX_LOANS - 1);
		trouble::breach::<T>(line_id);
		// What a default used up.
		trouble::lose_junior::<T>(line_id);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line_id, 1);

		assert_eq!(Lines::<T>::get(line_id).map(|line| line.junior_locked), Some(1));
	}

	#[benchmark]
	fn offer_terms() {
		let (curator, _, line_id) = trouble::in_debt::<T>(MAX_TITLES, MAX_LOANS);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line_id, trouble::other_terms::<T>(), expiry::<T>());

		assert!(TermsOffers::<T>::contains_key(line_id));
	}

	#[benchmark]
	fn accept_terms(t: Linear<1, MAX_TITLES>, l: Linear<1, MAX_LOANS>) {
		trouble::late_start::<T>();
		let (curator, borrower, line_id) = trouble::in_debt::<T>(MAX_TITLES, l);
		trouble::spread::<T>(line_id, MAX_MODELS);
		// Every payment period but the last is due.
		trouble::age::<T>(line_id, MAX_INSTALLMENTS - 1);
		trouble::breach::<T>(line_id);
		let terms = trouble::other_terms::<T>();
		let hash = Pallet::<T>::terms_hash(&terms);
		assert_ok!(Pallet::<T>::do_offer_terms(curator, line_id, terms, expiry::<T>()));
		trouble::keep_titles::<T>(line_id, t);

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), line_id, hash);

		assert_eq!(Lines::<T>::get(line_id).map(|line| line.terms), Some(terms));
	}

	#[benchmark]
	fn withdraw_terms() {
		let (curator, _, line_id) = trouble::in_debt::<T>(MAX_TITLES, MAX_LOANS);
		let terms = trouble::other_terms::<T>();
		assert_ok!(Pallet::<T>::do_offer_terms(curator.clone(), line_id, terms, expiry::<T>()));

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line_id);

		assert!(!TermsOffers::<T>::contains_key(line_id));
	}

	#[benchmark]
	fn apply_insurance_proceeds(w: Linear<1, MAX_INSTALLMENTS>) {
		let (borrower, line_id, loan_id) = in_period::<T>(w);
		let due = Pallet::<T>::due_now(loan_id).expect("the loan exists").total;
		let title = Lines::<T>::get(line_id).expect("the line is open").titles[0];
		assert_ok!(Pallet::<T>::receive_loss_payment(line_id, title, &borrower, due + 2));

		#[extrinsic_call]
		_(RawOrigin::Signed(borrower), loan_id);

		assert_eq!(exists::<T>(loan_id), w < MAX_INSTALLMENTS);
	}

	#[benchmark]
	fn claim_payout() {
		let (caller, owner) = (funded::<T>("caller"), funded::<T>("owner"));
		let account = Pallet::<T>::account_id();
		assert_ok!(T::UsdAi::mint_into(&account, plenty::<T>()));
		UnclaimedPayouts::<T>::insert(&owner, min_draw::<T>());
		Totals::<T>::mutate(|totals| totals.unclaimed_payouts = min_draw::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), owner.clone());

		assert!(!UnclaimedPayouts::<T>::contains_key(owner));
	}

	#[benchmark]
	fn declare_breach(t: Linear<1, MAX_TITLES>) {
		let (curator, _, line_id) = trouble::in_debt::<T>(t, 1);
		trouble::break_coverage::<T>(line_id);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line_id);

		assert_eq!(Lines::<T>::get(line_id).map(|line| line.state), Some(LineState::Breached));
	}

	#[benchmark]
	fn declare_default(t: Linear<1, MAX_TITLES>) {
		let (curator, _, line_id) = trouble::in_debt::<T>(t, MAX_LOANS);
		let loan_id = LoanId { line: line_id, number: 0 };
		// Values are stale by then: the last known ones are looked for too.
		let late =
			PERIOD.checked_add(values::<T>().max_grace_period).expect("a grace period is short");
		T::BenchmarkHelper::set_time(Pallet::<T>::now() + late + 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), loan_id);

		assert_eq!(Lines::<T>::get(line_id).map(|line| line.state), Some(LineState::Defaulted));
	}

	#[benchmark]
	fn declare_uncured(t: Linear<1, MAX_TITLES>) {
		let (curator, _, line_id) = trouble::in_debt::<T>(t, MAX_LOANS);
		trouble::break_coverage::<T>(line_id);
		trouble::breach::<T>(line_id);
		T::BenchmarkHelper::set_time(Pallet::<T>::now().max(1));

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line_id);

		assert_eq!(Lines::<T>::get(line_id).map(|line| line.state), Some(LineState::Defaulted));
	}

	#[benchmark]
	fn cure(t: Linear<1, MAX_TITLES>) {
		let (curator, _, line_id) = trouble::in_debt::<T>(t, MAX_LOANS);
		trouble::ask_for_no_coverage::<T>(line_id);
		trouble::breach::<T>(line_id);
		trouble::default::<T>(line_id);
		trouble::withhold::<T>(line_id);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line_id);

		let line = Lines::<T>::get(line_id).expect("the line is not closed");
		assert_eq!((line.state, line.junior_holdback), (LineState::Open, 0));
	}

	#[benchmark]
	fn reassess(t: Linear<1, MAX_TITLES>) {
		let (curator, _, line_id) = trouble::in_debt::<T>(t, 1);
		trouble::break_coverage::<T>(line_id);
		trouble::breach::<T>(line_id);
		trouble::default::<T>(line_id);
		assert_ok!(Pallet::<T>::do_start_auction(line_id));

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line_id);

		assert!(Lines::<T>::get(line_id).is_some_and(|line| line.recovery > 0));
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
	fn turn_round() {
		// No line: what the lines take is beside it.
		let caller = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), 1);

		assert!(Sweep::<T>::get().last_round.is_some());
	}

	#[benchmark]
	fn sweep_line() {
		let (_, _, line_id) = trouble::in_debt::<T>(MAX_TITLES, MAX_LOANS);
		let mut meter = WeightMeter::new();
		let mut done = false;

		#[block]
		{
			if Lines::<T>::iter_keys().next().is_some() {
				done = Pallet::<T>::look_after_line(line_id, false, &mut meter);
			}
		}

		assert!(done);
	}

	#[benchmark]
	fn count_line(t: Linear<0, MAX_TITLES>) {
		let (_, _, line_id) = trouble::in_debt::<T>(t, MAX_LOANS);
		let (mut sums, mut meter) = (Pallet::<T>::full_book(), WeightMeter::new());

		#[block]
		{
			Pallet::<T>::count_line(line_id, &mut sums, &mut meter);
		}

		assert!(sums.debt > 1);
	}

	#[benchmark]
	fn rebook() {
		let (_, _, line_id) = trouble::in_debt::<T>(MAX_TITLES, MAX_LOANS);
		trouble::age::<T>(line_id, MAX_INSTALLMENTS);

		#[block]
		{
			assert_ok!(Pallet::<T>::do_rebook(line_id));
		}

		let line = Lines::<T>::get(line_id).expect("it is there");
		assert!(line.loans.iter().all(|loan| loan.booked_in > Some(0)));
	}

	#[benchmark]
	fn restate() {
		let (_, _, line_id) = trouble::in_debt::<T>(MAX_TITLES, MAX_LOANS);
		trouble::spread::<T>(line_id, MAX_MODELS);

		#[block]
		{
			assert_ok!(Pallet::<T>::do_restate(line_id));
		}

		assert!(Lines::<T>::get(line_id).is_some_and(|line| !line.exposure_lags()));
	}

	#[benchmark]
	fn start_auction(t: Linear<1, MAX_TITLES>) {
		// Nothing is overdue: every loan and every title is looked at before it may be sold.
		let (curator, _, line_id) = trouble::in_debt::<T>(t, MAX_LOANS);
		trouble::break_coverage::<T>(line_id);
		trouble::breach::<T>(line_id);
		trouble::default::<T>(line_id);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line_id);

		assert!(Auctions::<T>::contains_key(line_id));
	}

	#[benchmark]
	fn bid(t: Linear<1, MAX_TITLES>) {
		let (_, line_id) = liquidation::auctioned::<T>(t, MAX_LOANS);
		let amount = liquidation::high_bid::<T>(line_id);
		let first = liquidation::bidder::<T>("first", amount);
		assert_ok!(Pallet::<T>::do_bid(first, line_id, amount));
		liquidation::last_second::<T>(line_id);
		let more = amount.checked_mul(3).expect("amounts are far below the limit");
		let second = liquidation::bidder::<T>("second", more);

		#[extrinsic_call]
		_(RawOrigin::Signed(second), line_id, more);

		let best = Auctions::<T>::get(line_id).and_then(|auction| auction.best);
		assert_eq!(best.map(|best| best.amount), Some(more));
	}

	#[benchmark]
	fn settle_auction(t: Linear<1, MAX_TITLES>, l: Linear<1, MAX_LOANS>) {
		let (curator, line_id) = liquidation::auctioned::<T>(t, l);
		let amount = liquidation::high_bid::<T>(line_id);
		let bidder = liquidation::bidder::<T>("bidder", amount);
		assert_ok!(Pallet::<T>::do_bid(bidder, line_id, amount));
		liquidation::end_round::<T>(line_id);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line_id);

		assert!(!Lines::<T>::contains_key(line_id));
	}

	#[benchmark]
	fn credit_bid(t: Linear<1, MAX_TITLES>, l: Linear<1, MAX_LOANS>) {
		let (curator, line_id) = liquidation::unsold::<T>(t, l);
		assert_ok!(T::UsdAi::mint_into(&curator, liquidation::high_bid::<T>(line_id)));

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), line_id);

		assert!(!Lines::<T>::contains_key(line_id));
	}

	#[benchmark]
	fn resolve_lot(
		t: Linear<1, MAX_TITLES>,
		l: Linear<1, MAX_LOANS>,
	) -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin(&Risk::Raises)
			.map_err(|()| BenchmarkError::Weightless)?;
		let line_id = liquidation::unwanted::<T>(t, l);
		let amount = liquidation::high_bid::<T>(line_id);
		let bidder = liquidation::bidder::<T>("bidder", amount);
		assert_ok!(Pallet::<T>::do_bid(bidder.clone(), line_id, amount));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, line_id, bidder, amount);

		assert!(!Lines::<T>::contains_key(line_id));
		Ok(())
	}

	#[benchmark]
	fn cancel_auction() {
		let (_, line_id) = liquidation::auctioned::<T>(MAX_TITLES, 1);
		let amount = liquidation::high_bid::<T>(line_id);
		let bidder = liquidation::bidder::<T>("bidder", amount);
		assert_ok!(Pallet::<T>::do_bid(bidder, line_id, amount));
		liquidation::repay::<T>(line_id);
		let mut op = LineOp::<T>::load(line_id).expect("the line is there");

		#[block]
		{
			assert_ok!(op.cancel_auction());
		}

		assert_eq!(op.line().state, LineState::Open);
	}

	#[benchmark]
	fn repay_loss() {
		let line_id = liquidation::unwanted::<T>(1, 1);
		let owner = liquidation::bidder::<T>("owner", 1);
		assert_ok!(Pallet::<T>::do_resolve_lot(line_id, owner, 0));
		let amount = LineLosses::<T>::get(line_id).map_or(0, |loss| loss.senior);
		let payer = liquidation::bidder::<T>("payer", amount);

		#[extrinsic_call]
		_(RawOrigin::Signed(payer), line_id, amount);

		assert!(LineLosses::<T>::get(line_id).is_some_and(|loss| loss.senior == 0));
	}

	#[benchmark]
	fn withdraw_bid() {
		let line_id = liquidation::unwanted::<T>(MAX_TITLES, MAX_LOANS);
		let bidder = liquidation::bidder::<T>("bidder", 1);
		assert_ok!(Pallet::<T>::do_bid(bidder.clone(), line_id, 1));
		let auction = Auctions::<T>::get(line_id).expect("an auction runs");
		liquidation::wait::<T>(auction.terms.offer_binding);

		#[extrinsic_call]
		_(RawOrigin::Signed(bidder), line_id);

		assert_eq!(Auctions::<T>::get(line_id).and_then(|auction| auction.best), None);
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::tests::mock::new_test_ext(),
		crate::tests::mock::Test
	);
}
