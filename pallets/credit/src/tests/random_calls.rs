// SPDX-License-Identifier: Apache-2.0

//! Random calls, and after each of them what must be true.

use super::{
	mock::*,
	support::{
		auction_ops::{any_lot_op, apply_auction, AuctionOp},
		lot::{perform, undone},
	},
};
use crate::{
	frame_support::{
		assert_ok,
		dispatch::DispatchErrorWithPostInfo,
		storage::with_storage_layer,
		traits::{tokens::fungible::Inspect, Hooks},
		weights::Weight,
	},
	sp_runtime::{DispatchError, Perbill},
	Error, Lines,
};
use caliber_math::{
	calendar::Calendar,
	schedule::{Amortization, Fee},
};
use caliber_primitives::{
	appraisal::{AppraisalError, OracleKey},
	credit::{FeeRecipient, FeeTerm, LineState, LineTerms},
	titles::{Ineligibility, TitleStatus},
	traits::{LossPayee, OnNewAppraisal, RevenueSink},
	Balance, LineId, LoanId, Seconds, TitleId, USD, USDAI,
};
use proptest::prelude::*;

/// One step of a random history. Lines and loans are picked among those that are there.
#[derive(Clone, Debug)]
enum Op {
	Draw { line: usize, amount: Balance },
	Repay { loan: usize, amount: Balance },
	Payoff { loan: usize },
	Collect { loan: usize },
	TopUp { line: usize, amount: Balance },
	Withdraw { line: usize, amount: Balance },
	Revenue { line: usize, amount: Balance },
	Claim { line: usize, amount: Balance },
	ApplyInsuranceProceeds { loan: usize },
	Donate { amount: Balance },
	Close { line: usize },
	Add { line: usize, title: TitleId },
	Swap { line: usize, out: usize, into: TitleId },
	Refinance { line: usize, kind: usize },
	Release { line: usize },
	AddCapital { line: usize, amount: Balance },
	Value { title: TitleId, worth: Option<Balance> },
	Lapse { title: TitleId, reason: Option<Ineligibility> },
	DeclareBreach { line: usize },
	DeclareDefault { loan: usize },
	DeclareUncured { line: usize },
	Cure { line: usize },
	Reassess { line: usize },
	Block { who: usize, blocked: bool },
	ClaimPayout { who: usize },
	Ceiling { model: TitleId, ceiling: Option<Balance> },
	Idle { weight: u64 },
	Rules { days: u64 },
	Version { model: TitleId, rate: u32, factor: u32 },
	Cover { title: TitleId, cover: Option<Balance> },
	Brake { capacity: Balance },
	StandStill { time: Seconds },
	Auction(AuctionOp),
	Pass { time: Seconds },
}

/// Whose account may be closed to deposits.
const BLOCKABLE: [AccountId; 4] = [CURATOR, OTHER_CURATOR, BORROWER, TREASURY];

fn any_lapse() -> impl Strategy<Value = Option<Ineligibility>> {
	prop_oneof![
		4 => Just(None),
		1 => Just(Some(Ineligibility::NotActive(TitleStatus::Lost))),
		1 => Just(Some(Ineligibility::Uninsured)),
		1 => Just(Some(Ineligibility::CustodyStale)),
		1 => Just(Some(Ineligibility::CustodianSuspended)),
	]
}

fn any_op() -> impl Strategy<Value = Op> {
	let amount =
		|| (1..300_000u128, any::<u64>()).prop_map(|(usd, dust)| usd * USD + Balance::from(dust));
	let pick = || 0..4usize;
	let title = || 1..=8u32;
	let worth = prop_oneof![
		1 => Just(None),
		1 => (0..200_000u128).prop_map(|worth| Some(worth * USD)),
		2 => (1_000_000..3_000_000u128).prop_map(|worth| Some(worth * USD)),
	];
	let money = prop_oneof![
		4 => (pick(), amount()).prop_map(|(line, amount)| Op::Draw { line, amount }),
		4 => (pick(), amount()).prop_map(|(loan, amount)| Op::Repay { loan, amount }),
		1 => pick().prop_map(|loan| Op::Payoff { loan }),
		2 => pick().prop_map(|loan| Op::Collect { loan }),
		1 => (pick(), amount()).prop_map(|(line, amount)| Op::TopUp { line, amount }),
		2 => (pick(), amount()).prop_map(|(line, amount)| Op::Withdraw { line, amount }),
		1 => (pick(), amount()).prop_map(|(line, amount)| Op::Revenue { line, amount }),
		1 => (pick(), amount()).prop_map(|(line, amount)| Op::Claim { line, amount }),
		1 => pick().prop_map(|loan| Op::ApplyInsuranceProceeds { loan }),
		1 => amount().prop_map(|amount| Op::Donate { amount }),
	];
	let trouble = prop_oneof![
		3 => (title(), worth).prop_map(|(title, worth)| Op::Value { title, worth }),
		2 => (title(), any_lapse()).prop_map(|(title, reason)| Op::Lapse { title, reason }),
		2 => pick().prop_map(|line| Op::DeclareBreach { line }),
		2 => pick().prop_map(|loan| Op::DeclareDefault { loan }),
		1 => pick().prop_map(|line| Op::DeclareUncured { line }),
		3 => pick().prop_map(|line| Op::Cure { line }),
		1 => pick().prop_map(|line| Op::Reassess { line }),
		1 => (pick(), any::<bool>()).prop_map(|(who, blocked)| Op::Block { who, blocked }),
		1 => pick().prop_map(|who| Op::ClaimPayout { who }),
	];
	let rest = prop_oneof![
		2 => (pick(), title()).prop_map(|(line, title)| Op::Add { line, title }),
		2 => (pick(), pick(), title())
			.prop_map(|(line, out, into)| Op::Swap { line, out, into }),
		2 => (pick(), 0..3usize).prop_map(|(line, kind)| Op::Refinance { line, kind }),
		1 => pick().prop_map(|line| Op::Release { line }),
		1 => (pick(), amount()).prop_map(|(line, amount)| Op::AddCapital { line, amount }),
		1 => (title(), proptest::option::of(amount()))
			.prop_map(|(model, ceiling)| Op::Ceiling { model, ceiling }),
		1 => pick().prop_map(|line| Op::Close { line }),
		2 => any::<u64>().prop_map(|weight| Op::Idle { weight }),
		1 => (1..=31u64).prop_map(|days| Op::Rules { days }),
		1 => (title(), 40..=80u32, 50..=150u32)
			.prop_map(|(model, rate, factor)| Op::Version { model, rate, factor }),
		1 => (title(), proptest::option::of(amount()))
			.prop_map(|(title, cover)| Op::Cover { title, cover: cover.map(|it| 8 * it) }),
		1 => amount().prop_map(|capacity| Op::Brake { capacity }),
		1 => (1..50 * DAY).prop_map(|time| Op::StandStill { time }),
		6 => any_lot_op().prop_map(Op::Auction),
		4 => (1..50 * DAY).prop_map(|time| Op::Pass { time }),
	];
	prop_oneof![4 => money, 3 => trouble, 3 => rest]
}

fn varied_terms(revolving: bool, amortization: Amortization, monthly: bool) -> LineTerms {
	let mut terms = terms();
	terms.revolving = revolving;
	terms.availability_end = START + 700 * DAY;
	terms.loan.amortization = amortization;
	if monthly {
		terms.loan.calendar =
			Calendar::Monthly { day: 31, utc_offset_secs: 3_600, duration_days: 400 };
	}
	terms.loan.fees.servicing = percent(1, FeeRecipient::Curator);
	terms.loan.fees.exit = if revolving {
		percent(2, FeeRecipient::Treasury)
	} else {
		FeeTerm { fee: Fee::Absolute(100 * USD), recipient: FeeRecipient::Treasury }
	};
	terms
}

/// Terms that a line may be refinanced under.
fn other_terms(kind: usize) -> LineTerms {
	let mut terms = match kind {
		0 => varied_terms(true, Amortization::Bullet, true),
		1 => varied_terms(false, Amortization::Linear, false),
		_ => varied_terms(true, Amortization::Level, true),
	};
	terms.limit = (800_000 + 100_000 * kind as Balance) * USD;
	terms.availability_end = now() + 100 * DAY;
	terms.loan.first_loss = Perbill::from_percent(8 + kind as u32);
	terms
}

fn pick<V>(all: impl Iterator<Item = V>, index: usize) -> Option<V> {
	let all: Vec<V> = all.collect();
	let index = index % all.len().max(1);
	all.into_iter().nth(index)
}

/// Why a call was refused.
trait Refusal {
	fn reason(self) -> DispatchError;
}

impl Refusal for DispatchError {
	fn reason(self) -> DispatchError {
		self
	}
}

impl Refusal for DispatchErrorWithPostInfo {
	fn reason(self) -> DispatchError {
		self.error
	}
}

/// A call as an extrinsic makes it: what is refused changes nothing.
fn attempt<R, E: Refusal>(call: impl FnOnce() -> Result<R, E>) -> Result<R, DispatchError> {
	with_storage_layer(|| call().map_err(Refusal::reason))
}

fn by(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// After a draw nobody can declare a breach: a draw that would break a covenant is refused.
fn draw_and_check(id: LineId, borrower: AccountId, amount: Balance) {
	if attempt(|| Credit::draw(by(borrower), id, amount)).is_ok() {
		let declared = attempt(|| Credit::declare_breach(by(ANYONE), id));
		assert_eq!(declared.err(), Some(Error::<Test>::NotInBreach.into()), "a breach at once");
	}
}

/// A payoff costs what it is said to, and is refused only to those who cannot pay it.
fn pay_off(id: LoanId) {
	let cost = Credit::payoff_amount(id).expect("it can always be told");
	let before = usd(ANYONE);
	if attempt(|| Credit::payoff(by(ANYONE), id, cost)).is_ok() {
		assert_eq!(before - usd(ANYONE), cost);
		assert_eq!(balance_of(id), 0);
	} else {
		assert!(before < cost, "a payoff of {cost} was refused");
	}
}

/// New terms change no balance, but for what falls due.
fn refinance(id: LineId, curator: AccountId, borrower: AccountId, kind: usize) {
	let terms = other_terms(kind);
	let _ = attempt(|| Credit::offer_terms(by(curator), id, terms, now() + DAY));
	let owed = line(id).outstanding;
	let hash = Credit::terms_hash(&terms);
	if attempt(|| Credit::accept_terms(by(borrower), id, hash)).is_ok() {
		let line = line(id);
		assert!(line.outstanding <= owed);
		assert_eq!(line.drawn_total, line.outstanding);
		for loan in &line.loans {
			assert_eq!(loan.next_period, 0);
			assert!(loan.originated_at >= now());
		}
	}
}

fn apply(op: Op) {
	let line_at = |index| pick(Lines::<Test>::iter(), index);
	let loan_at = |index| pick(all_loans().into_iter(), index);
	let owed = totals().outstanding;
	let may_lend = matches!(op, Op::Draw { .. });
	match op {
		Op::Draw { line, amount } => {
			if let Some((id, line)) = line_at(line) {
				draw_and_check(id, line.borrower, amount);
			}
		}
		Op::Repay { loan, amount } => {
			if let Some(id) = loan_at(loan) {
				if let Ok(paid) = attempt(|| repay(id, amount)) {
					assert!(paid > 0 && paid <= amount, "took {paid} of {amount}");
				}
			}
		}
		Op::Payoff { loan } => {
			if let Some(id) = loan_at(loan) {
				pay_off(id);
			}
		}
		Op::Collect { loan } => {
			loan_at(loan).map(|id| attempt(|| Credit::collect(by(ANYONE), id)));
		}
		Op::TopUp { line, amount } => {
			line_at(line).map(|(id, _)| attempt(|| Credit::top_up_reserve(by(ANYONE), id, amount)));
		}
		Op::Withdraw { line, amount } => {
			line_at(line).map(|(id, line)| {
				attempt(|| Credit::withdraw_reserve(by(line.borrower), id, amount))
			});
		}
		Op::Revenue { line, amount } => {
			line_at(line).map(|(id, _)| attempt(|| Credit::receive_revenue(id, &ANYONE, amount)));
		}
		Op::Claim { line, amount } => {
			line_at(line).map(|(id, line)| {
				let title = line.titles.first().copied().unwrap_or_default();
				attempt(|| {
					<Credit as LossPayee<AccountId>>::receive_loss_payment(
						id, title, &ANYONE, amount,
					)
				})
			});
		}
		Op::ApplyInsuranceProceeds { loan } => {
			loan_at(loan).map(|id| attempt(|| Credit::apply_insurance_proceeds(by(ANYONE), id)));
		}
		Op::Donate { amount } => {
			let _ = Assets::transfer(by(ANYONE), USDAI, Credit::account_id(), amount);
		}
		Op::Close { line } => {
			line_at(line).map(|(id, line)| {
				attempt(|| Credit::close_line(by(line.curator), id))
					.or_else(|_| attempt(|| Credit::close_line(by(line.borrower), id)))
			});
		}
		Op::Add { line, title } => {
			line_at(line).map(|(id, line)| {
				attempt(|| Credit::add_titles(by(line.borrower), id, titles(&[title])))
			});
		}
		Op::Swap { line, out, into } => {
			line_at(line).map(|(id, line)| {
				let out = pick(line.titles.iter().copied(), out).into_iter().collect::<Vec<_>>();
				attempt(|| {
					Credit::swap_titles(by(line.borrower), id, titles(&out), titles(&[into]))
				})
			});
		}
		Op::Refinance { line, kind } => {
			if let Some((id, line)) = line_at(line) {
				refinance(id, line.curator, line.borrower, kind);
			}
		}
		Op::AddCapital { line, amount } => {
			line_at(line).map(|(id, line)| {
				attempt(|| Credit::add_junior_capital(by(line.curator), id, amount))
			});
		}
		Op::Release { line } => {
			line_at(line).map(|(id, _)| attempt(|| Credit::release_capital(by(ANYONE), id)));
		}
		Op::Value { title, worth } => {
			set_worth(title, worth.ok_or(AppraisalError::Stale(some_key())));
			Credit::on_new_appraisal(&OracleKey::Resale(title), USD, now());
		}
		Op::Lapse { title, reason } => set_ineligible(title, reason),
		Op::DeclareBreach { line } => {
			line_at(line).map(|(id, _)| attempt(|| Credit::declare_breach(by(ANYONE), id)));
		}
		Op::DeclareDefault { loan } => {
			loan_at(loan).map(|id| attempt(|| Credit::declare_default(by(ANYONE), id)));
		}
		Op::DeclareUncured { line } => {
			line_at(line).map(|(id, _)| attempt(|| Credit::declare_uncured(by(ANYONE), id)));
		}
		Op::Cure { line } => cure_and_check(line_at(line).map(|(id, _)| id)),
		Op::Reassess { line } => {
			line_at(line).map(|(id, _)| attempt(|| Credit::reassess(by(ANYONE), id)));
		}
		Op::Block { who, blocked } => {
			let _ = if blocked {
				Assets::block(by(ADMIN), USDAI, BLOCKABLE[who])
			} else {
				Assets::thaw(by(ADMIN), USDAI, BLOCKABLE[who])
			};
		}
		Op::ClaimPayout { who } => {
			let _ = attempt(|| Credit::claim_payout(by(ANYONE), BLOCKABLE[who]));
		}
		Op::Ceiling { model, ceiling } => {
			let _ = Credit::set_model_ceiling(referendum(), model, ceiling);
		}
		Op::Idle { weight } => {
			let limit = Weight::from_parts(weight, weight);
			assert!(Credit::on_idle(1, limit).all_lte(limit), "idle time was exceeded");
		}
		Op::Rules { days } => {
			Rules::change(|rules| rules.custody_validity = days * DAY);
		}
		Op::Version { model, rate, factor } => {
			// Up to half more than before.
			let factor = Perbill::from_rational(factor, 150);
			new_version(model, Perbill::from_percent(rate), factor);
		}
		Op::Cover { title, cover } => set_cover(title, cover),
		Op::Brake { capacity } => {
			let _ = attempt(|| Credit::set_curator_capacity(committee(), CURATOR, capacity));
		}
		Op::StandStill { time } => stand_still(time),
		Op::Auction(op) => apply_auction(op),
		Op::Pass { time } => set_time(now() + time),
	}
	assert!(may_lend || totals().outstanding <= owed, "debt came from nowhere");
}

/// A line that was cured cannot be declared in breach at once.
fn cure_and_check(line: Option<LineId>) {
	let Some(id) = line else { return };
	if attempt(|| Credit::cure(by(ANYONE), id)).is_ok() {
		assert_eq!(super::mock::line(id).state, LineState::Open);
		let declared = attempt(|| Credit::declare_breach(by(ANYONE), id));
		let whole: [DispatchError; 2] =
			[Error::<Test>::NotInBreach.into(), Error::<Test>::NothingOwed.into()];
		assert!(declared.is_err_and(|refused| whole.contains(&refused)), "cured and broken");
	}
}

/// What every line owes can be told and paid at any time, whatever its titles are worth.
fn check_debts() {
	for id in Lines::<Test>::iter_keys() {
		let report = Credit::line(id).expect("a line can always be told");
		assert_eq!(report.loans, loans_of(id));
		assert!(report.impairment <= report.senior_outstanding);
		check_availability(id, report.availability.unwrap_or(0));
	}
	for id in all_loans() {
		let report = Credit::loan(id).expect("a loan can always be told");
		assert!(report.due.total <= Credit::payoff_amount(id).expect("a loan can be paid"));
	}
}

/// What is available can be drawn, but for ceilings and liquidity.
fn check_availability(id: LineId, amount: Balance) {
	if amount < 1_000 * USD {
		return;
	}
	let draw = || Credit::draw(by(line(id).borrower), id, amount).map(|_| ()).map_err(|e| e.error);
	let refused = undone(draw).err();
	let others: [DispatchError; 6] = [
		Error::<Test>::GlobalCeilingExceeded.into(),
		Error::<Test>::ModelCeilingExceeded.into(),
		Error::<Test>::BorrowerCeilingExceeded.into(),
		Error::<Test>::CuratorCeilingExceeded.into(),
		Error::<Test>::InsufficientLiquidity.into(),
		Error::<Test>::NothingToDisburse.into(),
	];
	let is_other = refused.is_none_or(|refused| {
		// An account that is closed to deposits takes no loan.
		others.contains(&refused) || !matches!(refused, DispatchError::Module(_))
	});
	assert!(is_other, "{amount} is available on line {id}: {refused:?}");
}

/// What a keeper is told to do now can be done now.
fn check_work() {
	for work in Credit::due_for_work(0, 256).into_iter().filter(|work| work.from <= now()) {
		assert_eq!(undone(|| perform(work.task)), Ok(()), "{work:?}");
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

	#[test]
	fn books_should_hold_after_every_step_of_a_random_history(
		ops in prop::collection::vec(any_op(), 1..160),
	) {
		ExtBuilder::default().build_and_execute(|| {
			for title in 6..=8 {
				new_title(title, OTHER_BORROWER, 1_000_000 * USD);
			}
			let line = open(varied_terms(true, Amortization::Linear, false));
			assert_eq!(line, 0);
			for (curator, borrower, title, terms) in [
				(CURATOR, BORROWER, 2, varied_terms(false, Amortization::Level, true)),
				(OTHER_CURATOR, OTHER_BORROWER, 5, varied_terms(true, Amortization::Bullet, true)),
			] {
				let line = offer_by(curator, borrower, terms);
				accept(borrower, line, &terms, &[title]).expect("the title is free");
			}
			let issued = everything();
			for op in ops {
				let step = format!("{op:?}");
				apply(op);
				check_all();
				check_debts();
				check_work();
				assert_eq!(everything(), issued, "USDai came or went with {step}");
				assert!(UsdAi::total_issuance() == issued);
			}
			// In the end everybody may pay and leave.
			for id in all_loans() {
				let cost = Credit::payoff_amount(id).expect("a loan can be paid");
				assert_ok!(Credit::payoff(by(VAULT), id, cost));
			}
			for (id, line) in Lines::<Test>::iter().collect::<Vec<_>>() {
				assert_ok!(Credit::close_line(by(line.borrower), id));
			}
			assert_eq!(everything(), issued);
		});
	}
}
