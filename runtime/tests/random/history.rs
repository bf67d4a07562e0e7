// SPDX-License-Identifier: Apache-2.0

//! History of random steps, and the invariants after each step.

use super::{
	money::usdai_held,
	op::{By, Kind, Op, KINDS},
	world::World,
};
use crate::common::*;
use caliber_primitives::{governance::values::VaultValues, traits::TreasuryBills, Balance, USD};
use caliber_runtime::{assets::SUsdAi, Reserves, Runtime, RuntimeCall, RuntimeOrigin, Vault};
use pallet_caliber_governance::Values;
use pallet_caliber_vault::types::LedgerBalances;
use polkadot_sdk::{
	frame_support::traits::{fungible::Inspect, Get},
	frame_system,
	sp_core::{storage::StateVersion, U256},
	sp_io,
	sp_runtime::{traits::Dispatchable, DispatchError},
};
use std::collections::{BTreeMap, VecDeque};

/// Steps between two checks of all accounts.
const ACCOUNTS_EVERY: u64 = 25;
/// Steps between two checks of the state of every pallet.
const STATE_EVERY: u64 = 100;
/// Rounding of what loans earn that a step may add to the value for deposits: the rates of all loans
/// for the time between two payments, at 1e-18 a second of each dollar.
const EARNINGS_DUST: Balance = USD / 10_000;
/// Average number of calls per check that a failed call leaves the root of the state unchanged.
const ROOT_EVERY: u64 = 40;
/// Number of last steps that a panic prints.
const SHOWN: usize = 30;

/// Errors that no step may end with: the books contradict each other, or a number is out of range.
const NEVER: [&str; 8] = [
	"Unexpected",
	"Overflow",
	"Corruption",
	"UnknownAccrual",
	"UnknownImpairment",
	"ExceedsPrincipalOut",
	"InconsistentDebt",
	"CallFiltered",
];

/// Figures that make up the price of a share, and the supply of USDai.
#[derive(Clone, Debug)]
struct Figures {
	books: LedgerBalances,
	bills: Balance,
	/// Fee on the yield of the bills that is due.
	bill_fee: Balance,
	/// Value of the bills for deposits; none while their price is stale.
	bills_for_deposits: Option<Balance>,
	/// Cost of the sales of bills for requests that wait.
	raising_cost: Balance,
	/// Assets of the vault for redemptions.
	assets: Balance,
	/// Assets of the vault for deposits.
	for_deposits: Balance,
	shares: Balance,
	supply: Balance,
}

impl Figures {
	fn now() -> Self {
		let books = pallet_caliber_vault::Ledger::<Runtime>::get();
		let bills = <Reserves as TreasuryBills>::value();
		let nav = Vault::nav();
		let (assets, shares) = (nav.for_redemptions, nav.shares);
		let locked = books.locked.at(now()).unwrap();
		let gained = (books.idle + bills + books.principal_out) as i128;
		let owed = (nav.bill_fee + locked + books.impairment) as i128;
		let ahead = net_earned(books.accrual.at(now()).unwrap());
		assert_eq!(assets as i128, (gained - owed + ahead.min(0)).max(0));
		assert!(SUsdAi::total_issuance() <= shares);
		let figures = Self {
			books,
			bills,
			bill_fee: nav.bill_fee,
			bills_for_deposits: <Reserves as TreasuryBills>::value_for_deposits(),
			raising_cost: pallet_caliber_vault::Raised::<Runtime>::get().cost,
			assets,
			for_deposits: nav.for_deposits,
			shares,
			supply: usdai_supply(),
		};
		assert_eq!(figures.for_deposits, figures.for_deposits_now(&figures));
		assert!(assets <= figures.for_deposits, "who leaves takes more than who comes pays");
		figures
	}

	/// Returns the value for deposits now by these books, with the marks of the bills of `marks`.
	fn for_deposits_now(&self, marks: &Self) -> Balance {
		let bills = marks.bills_for_deposits.unwrap_or(marks.bills);
		let owned = (self.books.idle + bills + self.books.principal_out) as i128;
		let off = (marks.bill_fee + self.locked_now()) as i128;
		let suspended = self.books.suspended as i128;
		let earned = net_earned(self.books.accrual.at(now()).unwrap() + suspended);
		(owned - off + earned).max(0) as Balance
	}

	/// Returns what is still locked now, by these books.
	fn locked_now(&self) -> Balance {
		self.books.locked.at(now()).unwrap()
	}

	/// Returns the losses of savers: impairment and bad debt.
	fn losses(&self) -> Balance {
		self.books.impairment + self.books.bad_debt
	}
}

/// Returns interest net of the fee, as the specification says.
fn net_earned(interest: i128) -> i128 {
	let values: VaultValues = <Values<Runtime> as Get<VaultValues>>::get();
	let parts = i128::from(values.yield_fee.deconstruct());
	let whole = 1_000_000_000;
	let up = |amount: i128, parts: i128| (amount * parts + whole - 1) / whole;
	match interest >= 0 {
		true => interest - up(interest, parts),
		false => -up(-interest, whole - parts),
	}
}

/// Effect of a step on the value of the bills.
enum Mark {
	/// The value does not change.
	Holds,
	/// The price changes: by a report of the oracle, or because the last price becomes stale.
	Moves,
	/// Bills are bought at most 2 bp above the oracle's price, or sold at most 25 bp below it. Their
	/// haircut of 20 bp is marked off with a purchase.
	Trades,
}

/// Result of a step.
enum End {
	Done,
	Refused,
}

/// History up to the current step. Prints the last steps on a panic.
pub struct History {
	seed: u64,
	steps: u64,
	world: World,
	last: VecDeque<(u64, Op)>,
	figures: Option<Figures>,
	succeeded: BTreeMap<Kind, u64>,
	tried: BTreeMap<Kind, u64>,
	refusals: BTreeMap<String, u64>,
	roots: u64,
}

impl Drop for History {
	fn drop(&mut self) {
		if std::thread::panicking() {
			eprintln!("seed {}, step {}; the last steps:", self.seed, self.steps);
			for (at, op) in &self.last {
				eprintln!("  at {at}: {op:?}");
			}
		}
	}
}

impl History {
	pub fn new(seed: u64) -> Self {
		Self {
			seed,
			steps: 0,
			world: World::new(seed),
			last: VecDeque::new(),
			figures: None,
			succeeded: BTreeMap::new(),
			tried: BTreeMap::new(),
			refusals: BTreeMap::new(),
			roots: 0,
		}
	}

	/// Sets up the world, once, inside the externalities.
	pub fn begin(&mut self) {
		self.world.begin();
		check_state();
		self.figures = Some(Figures::now());
	}

	/// Performs a number of steps.
	pub fn go(&mut self, steps: u64) {
		for _ in 0..steps {
			let (kind, op) = loop {
				let kind = self.world.kind();
				if let Some(op) = self.world.step(kind) {
					break (kind, op);
				}
			};
			self.step(kind, op);
		}
	}

	/// Performs one step and checks the invariants.
	fn step(&mut self, kind: Kind, op: Op) {
		self.steps += 1;
		if self.last.len() == SHOWN {
			self.last.pop_front();
		}
		self.last.push_back((now(), op.clone()));
		*self.tried.entry(kind).or_default() += 1;

		if let End::Done = self.perform(&op) {
			*self.succeeded.entry(kind).or_default() += 1;
		}
		self.check(kind);
		if self.steps.is_multiple_of(ACCOUNTS_EVERY) {
			assert_eq!(usdai_held(), usdai_supply(), "USDai is lost or made");
		}
		if self.steps.is_multiple_of(STATE_EVERY) {
			check_state();
		}
	}

	/// Performs one step.
	fn perform(&mut self, op: &Op) -> End {
		match op {
			Op::Pass { seconds } => set_time(now() + seconds),
			Op::Idle { left } => idle_work(*left),
			Op::Oracle { said } => {
				set_time(now() + 6);
				for (operator, values) in said {
					let call = pallet_caliber_appraisal::Call::feed {
						values: values.clone().try_into().expect("not more than may be fed"),
					};
					if let Err(error) = submit(operator, call) {
						self.refused(error.error);
						return End::Refused;
					}
				}
			}
			Op::Call { by, call } => return self.call(by, call),
		}
		End::Done
	}

	/// Dispatches a call. A failed call must not change the state.
	fn call(&mut self, by: &By, call: &RuntimeCall) -> End {
		let origin = match by {
			By::Account(who) => signed(who),
			By::Referendum(origin) => RuntimeOrigin::from(origin.clone()),
		};
		let root = || sp_io::storage::root(StateVersion::V1);
		let before = self.world.chance.next().is_multiple_of(ROOT_EVERY).then(root);
		match call.clone().dispatch(origin) {
			Ok(_) => End::Done,
			Err(error) => {
				if let Some(before) = before {
					assert_eq!(root(), before, "a refused call has changed the state");
					self.roots += 1;
				}
				// The filter refuses offers of a locked title.
				let filtered = frame_system::Error::<Runtime>::CallFiltered.into();
				match call {
					RuntimeCall::Nfts(_) if error.error == filtered => {
						*self.refusals.entry("CallFiltered".to_string()).or_default() += 1;
					}
					_ => self.refused(error.error),
				}
				End::Refused
			}
		}
	}

	/// Counts the error of a refused step, and asserts that it is one that may occur.
	fn refused(&mut self, error: DispatchError) {
		let name = match error {
			DispatchError::Module(module) => module.message.expect("errors have names").to_string(),
			DispatchError::Token(token) => format!("{token:?}"),
			other => panic!("a step was refused with {other:?}"),
		};
		assert!(!NEVER.contains(&name.as_str()), "a step was refused with {error:?}");
		*self.refusals.entry(name).or_default() += 1;
	}

	/// Checks the books after a step.
	fn check(&mut self, kind: Kind) {
		let after = Figures::now();
		let before = self.figures.replace(after.clone()).expect("it was taken at the beginning");

		// Only the peg issues USDai.
		let debt: Balance =
			polkadot_sdk::pallet_psm::PsmDebt::<Runtime>::iter_prefix_values(usdai()).sum();
		assert_eq!(after.supply, debt, "USDai without a dollar behind it");
		assert!(
			after.supply == before.supply
				|| matches!(
					kind,
					Kind::MintUsdAi | Kind::RedeemUsdAi | Kind::RedeemBasket | Kind::ClaimBasket
				),
			"{kind:?} has changed the supply"
		);

		// Credit and vault have the same books.
		let totals = pallet_caliber_credit::Totals::<Runtime>::get();
		assert_eq!(totals.senior_outstanding, after.books.principal_out);
		assert_eq!(totals.impairment, after.books.impairment);
		assert_eq!(totals.bad_debt, after.books.bad_debt);
		assert!(after.books.impairment <= after.books.principal_out);
		assert!(after.books.bad_debt >= before.books.bad_debt, "a loss was forgotten");

		self.check_price(kind, &before, &after);
		check_rise(kind, &before, &after);
	}

	/// Checks that the price of a share falls only by named losses: impairment and bad debt of
	/// lines, and the value of the bills.
	fn check_price(&self, kind: Kind, before: &Figures, after: &Figures) {
		let suspended = after.books.suspended.saturating_sub(before.books.suspended);
		let lines = after.losses().saturating_sub(before.losses()) + suspended;
		assert!(
			lines == 0 || may_show_a_loss(kind),
			"{kind:?} has shown a loss of {lines}: {before:?} {after:?}"
		);
		let sold = before.bills.saturating_sub(after.bills);
		let bought = after.bills.saturating_sub(before.bills);
		let bills = match mark(kind) {
			Mark::Holds => {
				assert_eq!(before.bills, after.bills, "{kind:?} has moved the bills");
				0
			}
			// A rise that has lasted for a day owes its fee.
			Mark::Moves => sold + after.bill_fee.saturating_sub(before.bill_fee),
			Mark::Trades => match sold.max(bought) {
				0 => 0,
				traded => traded / 450 + 1,
			},
		};
		// What was paid for time still to come, and others' interest covered, goes to the buffer when
		// its loan is repaid, and a loan set back to its due date had been counted beyond it.
		let buffered = after.locked_now().saturating_sub(before.locked_now());
		let expected = |figures: &Figures| net_earned(figures.books.accrual.at(now()).unwrap());
		let uncounted = expected(before).saturating_sub(expected(after)).max(0).unsigned_abs();
		let received = (after.books.idle + after.books.principal_out)
			.saturating_sub(before.books.idle + before.books.principal_out);
		let set_back = match may_set_back(kind) {
			true => uncounted.saturating_sub(received),
			false => 0,
		};
		let assets = after.assets + lines + bills + buffered + set_back;
		assert!(
			wide(assets, before.shares) >= wide(before.assets, after.shares),
			"{kind:?} has lowered the price beyond {lines} and {bills}: {before:?} {after:?}"
		);
	}

	/// Prints the counts, and asserts that every kind of step has succeeded often enough.
	pub fn end(&self, enough: bool) {
		check_state();
		assert_eq!(usdai_held(), usdai_supply());
		println!("seed {}: {} steps, {} roots", self.seed, self.steps, self.roots);
		for (kind, tried) in &self.tried {
			println!("  {kind:?}: {} of {tried}", self.succeeded.get(kind).unwrap_or(&0));
		}
		println!("  refusals: {:?}", self.refusals);
		println!("  {:?}", self.figures);
		if !enough {
			return;
		}
		let rare: Vec<_> = KINDS
			.iter()
			.filter(|(kind, _, least)| {
				let needed = (least * self.steps / 10_000).max(1);
				*self.succeeded.get(kind).unwrap_or(&0) < needed
			})
			.map(|(kind, _, _)| kind)
			.collect();
		assert!(rare.is_empty(), "these happen too rarely to test anything: {rare:?}");
		assert!(self.roots > 0);
	}
}

/// Checks that nobody gains by coming before a step and leaving after it: the value for deposits of a
/// share is what the books before the step have come to by now. Only the marks of the bills raise
/// it, shares that are redeemed below it, and the cost of raising money, which those served pay back.
fn check_rise(kind: Kind, before: &Figures, after: &Figures) {
	let (marks, traded) = match mark(kind) {
		Mark::Holds => (before, 0),
		Mark::Moves => (after, 0),
		Mark::Trades => (before, before.bills.abs_diff(after.bills) / 950 + 1),
	};
	let expected = before.for_deposits_now(marks) + traded + EARNINGS_DUST;
	let redeemed = before.shares.saturating_sub(after.shares);
	let holds = match redeemed {
		0 => wide(after.for_deposits, before.shares) <= wide(expected, after.shares),
		_ => {
			// What idle work finds before it starts a settlement lowers what is paid.
			let suspended = after.books.suspended.saturating_sub(before.books.suspended);
			let lost = after.losses().saturating_sub(before.losses()) + suspended;
			// So does what a loan had earned that it books anew: it is locked, and those who leave are
			// paid without interest that has not come in.
			let earned = |figures: &Figures| net_earned(figures.books.accrual.at(now()).unwrap());
			let booked = earned(after).saturating_sub(earned(before)).max(0).unsigned_abs();
			let paid_from = before.assets.saturating_sub(lost + booked);
			let worth = U256::from(redeemed) * U256::from(paid_from);
			let worth = (worth / U256::from(before.shares)).as_u128();
			after.for_deposits + worth <= expected + before.raising_cost
		}
	};
	assert!(holds, "{kind:?} has raised the price for who came before it: {before:?} {after:?}");
}

/// Returns a product in 256 bits.
fn wide(a: Balance, b: Balance) -> U256 {
	U256::from(a) * U256::from(b)
}

/// Returns true if a step of this kind may increase the impairment or the bad debt of lines.
fn may_show_a_loss(kind: Kind) -> bool {
	matches!(
		kind,
		// Idle work declares breaches and defaults, and updates impairments.
		Kind::Idle
			// A round over the lines, which a settlement waits for, does the same.
			| Kind::StartSettlement
			| Kind::DeclareBreach
			| Kind::DeclareDefault
			| Kind::DeclareUncured
			| Kind::Reassess
			// A change of its titles updates the impairment of a line in breach or default.
			| Kind::AddTitles
			| Kind::SwapTitles
			| Kind::AcceptTerms
			// A draw may leave a low coverage, and a line that is cured may have one.
			| Kind::Draw
			| Kind::Cure
			// What the reserve and the insurance money pay as interest stands for the principal no more.
			| Kind::Collect
			| Kind::ApplyInsuranceProceeds
			| Kind::WithdrawReserve
			// The proceeds may fall below the expected recovery.
			| Kind::SettleAuction
			| Kind::CreditBid
			| Kind::ResolveLot
	)
}

/// Returns true if a step of this kind may book a loan whose due date has passed.
fn may_set_back(kind: Kind) -> bool {
	matches!(
		kind,
		Kind::Idle
			// A round over the lines, which a settlement waits for, books them as idle work does.
			| Kind::StartSettlement
			| Kind::Reassess
			| Kind::Repay
			| Kind::Payoff
			| Kind::Collect
			| Kind::DeclareDefault
			| Kind::DeclareUncured
			| Kind::AcceptTerms
			| Kind::ApplyInsuranceProceeds
	)
}

/// Returns the effect of a kind of step on the value of the bills.
fn mark(kind: Kind) -> Mark {
	match kind {
		Kind::Oracle | Kind::Pass => Mark::Moves,
		Kind::FillOffer => Mark::Trades,
		_ => Mark::Holds,
	}
}
