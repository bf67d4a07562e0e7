// SPDX-License-Identifier: Apache-2.0

//! A history of random steps, and what must be true after each of them.

use super::{
	money::usdai_held,
	op::{By, Kind, Op, KINDS},
	world::World,
};
use crate::common::*;
use caliber_primitives::{traits::TreasuryBills, Balance};
use caliber_runtime::{configs::credit::SUsdAi, Reserves, Runtime, RuntimeOrigin, Vault};
use pallet_caliber_vault::types::Books;
use polkadot_sdk::{
	frame_support::traits::fungible::Inspect,
	sp_core::{storage::StateVersion, U256},
	sp_io,
	sp_runtime::{traits::Dispatchable, DispatchError},
};
use std::collections::{BTreeMap, VecDeque};

/// Steps between two checks of all accounts.
const ACCOUNTS_EVERY: u64 = 25;
/// Steps between two checks of every pallet's state.
const STATE_EVERY: u64 = 100;
/// Of so many calls one is compared by the root of the state if it fails.
const ROOT_EVERY: u64 = 40;
/// Steps that are shown when something fails.
const SHOWN: usize = 30;

/// Errors that say that the books contradict each other or that a number is out of range: no step of
/// a history may end with one.
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

/// What the prices of shares are made of, and what stands beside them.
#[derive(Clone, Debug)]
struct Figures {
	books: Books,
	bills: Balance,
	/// What redemptions are paid from.
	assets: Balance,
	shares: Balance,
	supply: Balance,
}

impl Figures {
	fn now() -> Self {
		let books = pallet_caliber_vault::Ledger::<Runtime>::get();
		let bills = <Reserves as TreasuryBills>::value();
		let assets = Vault::nav().for_redemptions;
		assert_eq!(assets, books.idle + bills + books.principal_out - books.impairment);
		Self { books, bills, assets, shares: SUsdAi::total_issuance(), supply: usdai_supply() }
	}

	/// Losses that were shown to savers: expected ones and those that have come.
	fn losses(&self) -> Balance {
		self.books.impairment + self.books.bad_debt
	}
}

/// What a step may do to the price of a share beside showing a loss of the lines.
enum Mark {
	/// Nothing.
	Holds,
	/// The bills are marked anew: by a price of the oracle, or because the last one grew old.
	Moves,
	/// Bills are bought or sold, no worse than the band of a hundredth and their haircut of two
	/// thousandths permit.
	Trades,
}

/// How a step ended.
enum End {
	Done,
	Refused,
}

/// The history, as far as it has come. Tells what happened last when it ends in a panic.
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

	/// Make the world, once, inside the externalities.
	pub fn begin(&mut self) {
		self.world.begin();
		check_state();
		self.figures = Some(Figures::now());
	}

	/// So many steps.
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

	fn call(&mut self, by: &By, call: &caliber_runtime::RuntimeCall) -> End {
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
				self.refused(error.error);
				End::Refused
			}
		}
	}

	/// A step may be refused, with an error that says why.
	fn refused(&mut self, error: DispatchError) {
		let name = match error {
			DispatchError::Module(module) => module.message.expect("errors have names").to_string(),
			DispatchError::Token(token) => format!("{token:?}"),
			other => panic!("a step was refused with {other:?}"),
		};
		assert!(!NEVER.contains(&name.as_str()), "a step was refused with {error:?}");
		*self.refusals.entry(name).or_default() += 1;
	}

	fn check(&mut self, kind: Kind) {
		let after = Figures::now();
		let before = self.figures.replace(after.clone()).expect("it was taken at the beginning");

		// USDai is what the peg has issued, and only the peg issues.
		let debt: Balance =
			polkadot_sdk::pallet_psm::PsmDebt::<Runtime>::iter_prefix_values(usdai()).sum();
		assert_eq!(after.supply, debt, "USDai without a dollar behind it");
		assert!(
			after.supply == before.supply || matches!(kind, Kind::MintUsdAi | Kind::RedeemUsdAi),
			"{kind:?} has changed the supply"
		);

		// The lines and the vault keep the same books.
		assert_eq!(
			pallet_caliber_credit::SeniorOutstanding::<Runtime>::get(),
			after.books.principal_out
		);
		assert_eq!(
			pallet_caliber_credit::TotalImpairment::<Runtime>::get(),
			after.books.impairment
		);
		assert_eq!(pallet_caliber_credit::TotalBadDebt::<Runtime>::get(), after.books.bad_debt);
		assert!(after.books.impairment <= after.books.principal_out);
		assert!(after.books.bad_debt >= before.books.bad_debt, "a loss was forgotten");

		self.check_price(kind, &before, &after);
	}

	/// The price of a share falls by a named loss alone: one of the lines, which the vault shows as
	/// an impairment or as bad debt, or what the bills may cost.
	fn check_price(&self, kind: Kind, before: &Figures, after: &Figures) {
		let lines = after.losses().saturating_sub(before.losses());
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
			Mark::Moves => sold,
			Mark::Trades => match sold.max(bought) {
				0 => 0,
				traded => traded / 80 + 1,
			},
		};
		let assets = after.assets + lines + bills;
		assert!(
			wide(assets, before.shares) >= wide(before.assets, after.shares),
			"{kind:?} has lowered the price beyond {lines} and {bills}: {before:?} {after:?}"
		);
	}

	/// Every kind of step has succeeded often enough, and refusals were compared.
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

fn wide(a: Balance, b: Balance) -> U256 {
	U256::from(a) * U256::from(b)
}

/// Where the expected loss of a line is estimated anew, or a lot is handed over for less than is
/// owed.
fn may_show_a_loss(kind: Kind) -> bool {
	matches!(
		kind,
		// Breaches and defaults are flagged, and losses watched, in the idle time of blocks.
		Kind::Idle
			| Kind::FlagBreach
			| Kind::FlagDefault
			| Kind::FlagUncured
			| Kind::Reassess
			// A line in trouble whose titles change is assessed again, by the values of today.
			| Kind::AddTitles
			| Kind::SwapTitles
			| Kind::AcceptTerms
			// The lot brings less than was expected of it.
			| Kind::SettleAuction
			| Kind::TakeLot
			| Kind::ResolveLot
	)
}

fn mark(kind: Kind) -> Mark {
	match kind {
		Kind::Oracle | Kind::Pass => Mark::Moves,
		// The settlement of a window sells bills, also in idle blocks.
		Kind::Rebalance | Kind::StartSettlement | Kind::Idle => Mark::Trades,
		_ => Mark::Holds,
	}
}
