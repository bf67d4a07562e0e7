// SPDX-License-Identifier: Apache-2.0

//! Random sequences of everything that can happen to the vault.

use super::mock::*;
use crate::{
	types::{SettlementState, Tick},
	weights::WeightInfo,
	Event, HoldReason, LastSettled, Ledger, LiveRequests, NextRequestId, RequestOf, Requests,
	Settlement,
};
use caliber_primitives::{
	traits::{Accrual, IdleFunds, Loss, Round, SeniorLender, Settlement as LoanSettlement},
	vault::{IncomeSource, Nav, WindowPhase},
	Balance, RequestId, Seconds, WindowIndex, USD,
};
use polkadot_sdk::{
	frame_support::{
		assert_ok,
		storage::with_storage_layer,
		traits::{
			fungible::{Inspect, InspectHold, Mutate},
			tokens::{Fortitude, Precision, Preservation},
			Hooks,
		},
	},
	sp_core::U256,
	sp_runtime::{DispatchResult, FixedU128},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use std::{
	collections::{BTreeMap, HashSet},
	mem::discriminant,
};

#[derive(Clone, Debug)]
enum Op {
	Deposit { who: AccountId, assets: Balance },
	DepositImpaired { who: AccountId, assets: Balance },
	PayYield { amount: Balance },
	Default,
	Cure,
	Burn { who: AccountId, percent: u8 },
	BillsYield { amount: Balance },
	Mint { who: AccountId, shares: Balance },
	Donate { amount: Balance },
	Request { who: AccountId, percent: u8, least: Option<u8> },
	RedeemNow { who: AccountId, percent: u8 },
	Offer { pick: u32, to: AccountId },
	Accept { pick: u32 },
	SellBills { percent: u8 },
	Round { ago: Seconds },
	Cancel { pick: u32 },
	Commit { pick: u32, tick: Tick },
	Reveal { pick: u32 },
	Claim { pick: u32 },
	ClaimPart { pick: u32, percent: u8 },
	Operator { who: AccountId, approved: bool },
	Start,
	Settle { steps: u32 },
	Lend { percent: u8, per_second: Balance },
	Repay { percent: u8, interest: Balance, ahead: Seconds },
	Impair { percent: u8 },
	WriteOff { percent: u8 },
	Recover { amount: Balance },
	Invest { percent: u8 },
	BillsGain { amount: Balance },
	Length { seconds: Seconds },
	Pause { paused: bool },
	IdleBlock { requests: u32 },
	Pass { seconds: Seconds },
	Outage { seconds: Seconds },
	ToReveal,
}

/// How many kinds of operations there are.
const OPS: usize = 36;

fn saver() -> impl Strategy<Value = AccountId> {
	prop_oneof![Just(ALICE), Just(BOB), Just(CHARLIE)]
}

/// From a dollar to a thousand, in units that do not come out even.
fn amount() -> impl Strategy<Value = Balance> {
	USD..1_000 * USD
}

fn op() -> impl Strategy<Value = Op> {
	prop_oneof![
		4 => (saver(), amount()).prop_map(|(who, assets)| Op::Deposit { who, assets }),
		2 => (saver(), amount()).prop_map(|(who, shares)| Op::Mint { who, shares }),
		1 => (saver(), amount())
			.prop_map(|(who, assets)| Op::DepositImpaired { who, assets }),
		1 => amount().prop_map(|amount| Op::PayYield { amount }),
		1 => Just(Op::Default),
		1 => Just(Op::Cure),
		1 => (saver(), 1..=20u8).prop_map(|(who, percent)| Op::Burn { who, percent }),
		1 => (1..50 * USD).prop_map(|amount| Op::BillsYield { amount }),
		1 => (1..100 * USD).prop_map(|amount| Op::Donate { amount }),
		5 => (saver(), 1..=100u8, prop::option::weighted(0.3, 50..=99u8))
			.prop_map(|(who, percent, least)| Op::Request { who, percent, least }),
		2 => (saver(), 1..=10u8).prop_map(|(who, percent)| Op::RedeemNow { who, percent }),
		1 => (any::<u32>(), saver()).prop_map(|(pick, to)| Op::Offer { pick, to }),
		2 => any::<u32>().prop_map(|pick| Op::Accept { pick }),
		2 => (1..=100u8).prop_map(|percent| Op::SellBills { percent }),
		1 => (0..3 * LENGTH).prop_map(|ago| Op::Round { ago }),
		2 => any::<u32>().prop_map(|pick| Op::Cancel { pick }),
		4 => (any::<u32>(), tick()).prop_map(|(pick, tick)| Op::Commit { pick, tick }),
		5 => any::<u32>().prop_map(|pick| Op::Reveal { pick }),
		2 => any::<u32>().prop_map(|pick| Op::Claim { pick }),
		2 => (any::<u32>(), 0..=101u8)
			.prop_map(|(pick, percent)| Op::ClaimPart { pick, percent }),
		1 => (saver(), any::<bool>())
			.prop_map(|(who, approved)| Op::Operator { who, approved }),
		3 => Just(Op::Start),
		4 => (1..4u32).prop_map(|steps| Op::Settle { steps }),
		3 => (1..=100u8, 0..USD / 1_000)
			.prop_map(|(percent, per_second)| Op::Lend { percent, per_second }),
		3 => (0..=100u8, 0..50 * USD, 0..2 * LENGTH)
			.prop_map(|(percent, interest, ahead)| Op::Repay { percent, interest, ahead }),
		1 => (0..=100u8).prop_map(|percent| Op::Impair { percent }),
		1 => (1..=30u8).prop_map(|percent| Op::WriteOff { percent }),
		1 => (1..50 * USD).prop_map(|amount| Op::Recover { amount }),
		2 => (1..=100u8).prop_map(|percent| Op::Invest { percent }),
		1 => (1..50 * USD).prop_map(|amount| Op::BillsGain { amount }),
		1 => (200..3_000u64).prop_map(|seconds| Op::Length { seconds }),
		1 => any::<bool>().prop_map(|paused| Op::Pause { paused }),
		1 => (0..4u32).prop_map(|requests| Op::IdleBlock { requests }),
		4 => (1..2 * LENGTH).prop_map(|seconds| Op::Pass { seconds }),
		1 => (1..3 * LENGTH).prop_map(|seconds| Op::Outage { seconds }),
		3 => Just(Op::ToReveal),
	]
}

/// Few enough to meet in one lane, at the edges and in several chunks.
fn tick() -> impl Strategy<Value = Tick> {
	prop::sample::select(vec![0, 1, 63, 64, 300, 300, 301, 999, 1_000])
}

/// What stands around the vault: the one loan, what was donated, and the bids that are sealed.
#[derive(Default)]
struct World {
	accrual: Option<Accrual>,
	suspended: Balance,
	impairment: Balance,
	donated: Balance,
	sealed: BTreeMap<RequestId, Tick>,
}

/// Shares that a settlement issues again.
#[derive(Default)]
struct CameBack {
	shares: Balance,
	/// USDai that comes back with them.
	worth: Balance,
	/// The most that rounding takes of it.
	dust: Balance,
}

/// What is remembered of the time before an operation.
struct Before {
	nav: Nav,
	requests: BTreeMap<RequestId, RequestOf<Test>>,
	settlement: Option<SettlementState>,
	settled: Option<WindowIndex>,
	window: WindowIndex,
}

impl Before {
	fn now() -> Self {
		System::reset_events();
		Self {
			nav: Vault::nav(),
			requests: Requests::<Test>::iter().collect(),
			settlement: Settlement::<Test>::get(),
			settled: LastSettled::<Test>::get(),
			window: Vault::window().current,
		}
	}
}

fn part(amount: Balance, percent: u8) -> Balance {
	amount * Balance::from(percent) / 100
}

impl World {
	/// Whether the call went through; a refused one leaves everything as it was.
	fn apply(&mut self, op: &Op) -> bool {
		let signed = RuntimeOrigin::signed;
		let ids = NextRequestId::<Test>::get().max(1);
		let owner = |id| Requests::<Test>::get(id).map(|request| request.owner);
		let ledger = Ledger::<Test>::get();
		let mut accrual = self.accrual;
		let mut suspended = self.suspended;
		let mut impairment = self.impairment;
		let mut donated = self.donated;
		let mut sealed = self.sealed.clone();
		sealed.retain(|id, _| Requests::<Test>::contains_key(id));
		let outcome = with_storage_layer(|| -> DispatchResult {
			match op.clone() {
				Op::Deposit { who, assets } => deposit(who, assets),
				Op::Mint { who, shares } => Vault::mint(signed(who), shares, ENDOWMENT),
				Op::DepositImpaired { who, assets } => {
					Vault::deposit_impaired(signed(who), assets, 0, Balance::MAX)
				}
				Op::PayYield { amount } => {
					Vault::pay_yield(signed(CHARLIE), IncomeSource::Other, amount)
				}
				Op::Default => {
					let Some(old) = accrual else { return Err("no loan earns".into()) };
					suspended += old.at(time()).expect("it fits");
					settle_loan(LoanSettlement {
						old: accrual,
						suspended_before: self.suspended,
						suspended_after: suspended,
						paid_until: old.since,
						..Default::default()
					})?;
					accrual = None;
					Ok(())
				}
				Op::Cure => {
					let new = Accrual { per_second: 7, since: time(), paid: 0, earned: suspended };
					if accrual.is_some() || suspended == 0 {
						return Err("no loan is in default".into());
					}
					settle_loan(LoanSettlement {
						new: Some(new),
						suspended_before: suspended,
						paid_until: time(),
						..Default::default()
					})?;
					(accrual, suspended) = (Some(new), 0);
					Ok(())
				}
				Op::Burn { who, percent } => {
					Shares::burn_from(
						&who,
						part(shares(who), percent),
						Preservation::Expendable,
						Precision::Exact,
						Fortitude::Polite,
					)?;
					Ok(())
				}
				Op::BillsYield { amount } => {
					// A rise of the bills of which the fee is a part.
					let has = BillsValue::get();
					BillsValue::set(if has > 0 { has + amount } else { 0 });
					BillsYieldDue::mutate(|due| *due += if has > 0 { amount } else { 0 });
					Ok(())
				}
				Op::Donate { amount } => {
					donate(BORROWER, amount);
					donated += amount;
					Ok(())
				}
				Op::Request { who, percent, least } => {
					let price = Vault::nav().redemption_price;
					let least =
						least.map(|least| FixedU128::from_inner(part(price.into_inner(), least)));
					let shares = part(shares(who), percent);
					Vault::request_redemption(signed(who), shares, least)
				}
				Op::RedeemNow { who, percent } => {
					Vault::redeem_now(signed(who), part(shares(who), percent), 1)
				}
				Op::Offer { pick, to } => {
					let id = pick % ids;
					Vault::transfer_request(signed(owner(id).unwrap_or(ALICE)), id, Some(to))
				}
				Op::Accept { pick } => {
					let offered: Vec<_> = Requests::<Test>::iter()
						.filter_map(|(id, request)| Some((id, request.offered_to?)))
						.collect();
					let index = pick as usize % offered.len().max(1);
					let (id, to) = offered.get(index).copied().unwrap_or((ids, ALICE));
					Vault::accept_request(signed(to), id)
				}
				Op::SellBills { percent } => {
					let value = part(BillsValue::get(), percent);
					if value == 0 {
						return Err(crate::Error::<Test>::NothingToSettle.into());
					}
					sell(value)
				}
				Op::Round { ago } => {
					let time = time() - ago.min(time());
					LastRound::set(Some(Round { begun: time, ended: time }));
					Ok(())
				}
				Op::Cancel { pick } => cancel(owner(pick % ids).unwrap_or(ALICE), pick % ids),
				Op::Claim { pick } => claim(owner(pick % ids).unwrap_or(ALICE), pick % ids),
				Op::Commit { pick, tick } => {
					let id = pick % ids;
					commit(owner(id).unwrap_or(ALICE), id, tick)?;
					sealed.insert(id, tick);
					Ok(())
				}
				Op::Reveal { pick } => {
					// One of those that are sealed.
					let index = pick as usize % sealed.len().max(1);
					let (id, tick) =
						sealed.iter().nth(index).map(|(id, tick)| (*id, *tick)).unwrap_or((0, 0));
					reveal(owner(id).unwrap_or(ALICE), id, tick)?;
					sealed.remove(&id);
					Ok(())
				}
				Op::ClaimPart { pick, percent } => {
					let served: Vec<_> =
						Requests::<Test>::iter().filter(|(_, r)| r.claimable > 0).collect();
					let index = pick as usize % served.len().max(1);
					let Some((id, request)) = served.get(index) else { return claim(ALICE, ids) };
					// By an operator, where there is one.
					let operated = Vault::is_operator(request.owner, BORROWER);
					let by = if operated { BORROWER } else { request.owner };
					Vault::claim(signed(by), *id, Some(part(request.claimable, percent)))
				}
				Op::Operator { who, approved } => {
					Vault::set_operator(signed(who), BORROWER, approved)
				}
				Op::Start => start_now(),
				Op::Settle { steps } => settle(steps),
				Op::Lend { percent, per_second } => {
					let new = Some(Accrual { per_second, since: time(), paid: 0, earned: 0 });
					replace(accrual, None)?;
					Vault::lend(&BORROWER, part(ledger.idle, percent), new)?;
					accrual = new;
					Ok(())
				}
				Op::Repay { percent, interest, ahead } => {
					let principal = part(ledger.principal_out, percent);
					// No loan is paid less far ahead than it was.
					let was = accrual.map_or(0, |old| old.since);
					let paid_until = (time() + ahead).max(was);
					let new = accrual.map(|old| Accrual { since: paid_until, earned: 0, ..old });
					// All up to that time, and something on top.
					let owed = accrual.map_or(0, |old| {
						old.per_second * Balance::from(paid_until - old.since) + old.earned
					});
					let interest = interest + owed;
					settle_loan(LoanSettlement {
						principal,
						interest,
						old: accrual,
						new,
						paid_until,
						..Default::default()
					})?;
					let left = ledger.principal_out - principal;
					Vault::provision(impairment, impairment.min(left))?;
					impairment = impairment.min(left);
					accrual = new;
					Ok(())
				}
				Op::Impair { percent } => {
					let new = part(ledger.principal_out, percent);
					Vault::provision(impairment, new)?;
					impairment = new;
					Ok(())
				}
				Op::WriteOff { percent } => {
					let loss = Loss {
						principal: part(ledger.principal_out, percent),
						interest: suspended,
						suspended,
						provision: impairment,
					};
					(impairment, suspended) = (0, 0);
					Vault::write_off(loss)
				}
				Op::Recover { amount } => Vault::recover(&BORROWER, amount),
				Op::Invest { percent } => invest(part(ledger.idle, percent)),
				Op::BillsGain { amount } => {
					// A mark that rises; the dealer has what it takes.
					let has = BillsValue::get();
					BillsValue::set(if has > 0 { has + amount } else { 0 });
					Ok(())
				}
				Op::Length { seconds } => Vault::set_window_length(RuntimeOrigin::root(), seconds),
				Op::Pause { paused } => Vault::set_deposits_paused(RuntimeOrigin::root(), paused),
				Op::IdleBlock { requests } => {
					let weight = <() as WeightInfo>::idle_probe()
						+ <() as WeightInfo>::day_record()
						+ <() as WeightInfo>::note_reference()
						+ <() as WeightInfo>::pay_out()
						+ <() as WeightInfo>::start_settlement()
						+ <() as WeightInfo>::settle(requests);
					let used = <Vault as Hooks<u64>>::on_idle(1, weight);
					assert!(used.all_lte(weight), "an idle block takes more than there is");
					Ok(())
				}
				Op::Pass { seconds } => {
					set_time(time() + seconds);
					Ok(())
				}
				Op::Outage { seconds } => {
					let from = time();
					Outages::note(from, from + seconds);
					set_time(from + seconds);
					Ok(())
				}
				Op::ToReveal => {
					set_time(Vault::window().reveal_from.max(time()));
					Ok(())
				}
			}
		});
		if outcome.is_ok() {
			(self.accrual, self.impairment, self.donated) = (accrual, impairment, donated);
			self.suspended = suspended;
			self.sealed = sealed;
		}
		outcome.is_ok()
	}

	/// 1. The redemption price falls by a named loss only, or by what was paid ahead: others' interest
	///    covered it, and it is in the buffer now.
	/// 2. The deposit price is never below it.
	/// 3. USDai is neither made nor lost: the vault's account has its books and the donations.
	/// 4. The state is in order.
	/// 5. What a settlement has fixed stays until it ends; windows are settled once, in order, and
	///    do not open again; one that is settled is closed.
	/// 6. Nobody is served who bid less than the clearing tick, nobody pays more than it, and those
	///    who bid more are served before.
	/// 7. Only the owner's or the settlement's hand moves a request.
	/// 8. One deposit is on hold for each request.
	fn check(&self, op: &Op, before: &Before, supply: Balance) {
		let after = Vault::nav();
		let product = |a: Balance, b: Balance| U256::from(a) * U256::from(b);
		// What a loan had earned in default covers nobody's payment ahead.
		let loss = matches!(op, Op::Impair { .. } | Op::WriteOff { .. } | Op::Default);
		if before.nav.shares > 0 && !loss {
			let buffered = after.locked - after.locked.min(before.nav.locked);
			let buffered = if matches!(op, Op::Lend { .. } | Op::Cure) { buffered } else { 0 };
			let came_back = Self::came_back(before, after.shares);
			let others = after.for_redemptions + buffered - came_back.worth;
			// The fee rounds against the savers on both sides of zero.
			assert!(
				product(others + came_back.dust + 2, before.nav.shares)
					>= product(before.nav.for_redemptions, after.shares - came_back.shares),
				"1. {op:?} lowered the redemption price: {:?} {after:?}",
				before.nav
			);
		}
		assert!(after.for_deposits >= after.for_redemptions, "2. {after:?}");
		assert!(after.deposit_price >= after.redemption_price, "2. {after:?}");
		assert_eq!(UsdAi::total_issuance(), supply, "3.");
		let ledger = Ledger::<Test>::get();
		assert_eq!(
			usdai(vault()),
			ledger.idle + ledger.reserved + ledger.claimable + self.donated,
			"3. {op:?}"
		);
		assert_ok!(Vault::do_try_state());
		for who in [ALICE, BOB, CHARLIE] {
			let held = Balances::balance_on_hold(&HoldReason::RedemptionRequest.into(), &who);
			let live = Balance::from(LiveRequests::<Test>::get(who));
			assert_eq!(held, live * RequestDeposit::get(), "8. {op:?}");
		}
		Self::check_settlement(op, before);
		for (id, was) in &before.requests {
			let now = Requests::<Test>::get(id);
			let served = events().iter().any(|event| {
				matches!(
					event,
					Event::Served { id: i, .. }
						| Event::Forfeited { id: i, .. }
						| Event::LeastPriceMissed { id: i, .. } if i == id
				)
			});
			let shares = now.map(|request| request.shares).unwrap_or_default();
			assert!(
				shares == was.shares || served || matches!(op, Op::Cancel { .. }),
				"7. {op:?} took shares of request {id}"
			);
		}
	}

	/// Returns the shares that left the settlement because their least price was not met, and for which
	/// nobody else was served: issued again, with the money that was set aside for them.
	fn came_back(before: &Before, shares: Balance) -> CameBack {
		let missed =
			events().iter().filter(|event| matches!(event, Event::LeastPriceMissed { .. })).count()
				as Balance;
		let Some(was) = before.settlement.filter(|_| missed > 0) else {
			return CameBack::default();
		};
		let shares = shares - before.nav.shares;
		let gross = U256::from(shares) * U256::from(was.nav) / U256::from(was.supply);
		let left = gross * U256::from(10_000 - was.tick) / U256::from(10_000);
		let paid = match was.proceeds {
			0 => left,
			proceeds => left * U256::from(proceeds - was.cost) / U256::from(proceeds),
		};
		// Three roundings of each.
		CameBack { shares, worth: paid.as_u128(), dust: 3 * missed }
	}

	fn check_settlement(op: &Op, before: &Before) {
		assert!(LastSettled::<Test>::get() >= before.settled, "5. {op:?}");
		let window = Vault::window();
		assert!(window.current >= before.window, "5. {op:?} opened a window again");
		assert!(time() < window.closes_at, "5. {op:?}");
		assert!(LastSettled::<Test>::get() < Some(window.current), "5. {op:?}");
		let now = Settlement::<Test>::get();
		let fixed = |s: &SettlementState| (s.window, s.nav, s.supply, s.tick, s.queued);
		if let (Some(was), Some(is)) = (&before.settlement, &now) {
			assert_eq!(fixed(was), fixed(is), "5. {op:?}");
		}
		let mut terms = before.settlement.map(|was| (was.nav, was.supply, was.tick));
		let mut last = Tick::MAX;
		let mut forfeiting = None;
		for event in events() {
			match event {
				Event::SettlementStarted { window, tick, .. } => {
					assert!(before.settled.is_none_or(|settled| settled < window), "5. {op:?}");
					assert!(before.settlement.is_none(), "5. {op:?}");
					// The price is that of the moment before: bills are sold at their mark here, and
					// nothing else happens in an operation that starts a settlement. It may end in
					// the same operation, and leaves no state then.
					let fixed = (before.nav.for_redemptions, before.nav.shares, tick);
					if let Some(is) = now {
						assert_eq!((is.nav, is.supply, is.tick), fixed, "5. {op:?}");
					}
					terms = Some(fixed);
				}
				Event::Forfeited { id, .. } => forfeiting = Some(id),
				Event::Served { id, shares, assets } => {
					let request = before.requests.get(&id).expect("it was there before");
					// A bid of a window that is settled counts no more.
					let is_old = before.settled >= Some(request.window);
					let bid = if is_old { 0 } else { request.tick };
					assert!(bid <= last, "6. {op:?} served {bid} after {last}");
					last = bid;
					let (nav, supply, tick) = terms.expect("6. who is served is in a settlement");
					assert!(bid >= tick, "6. {op:?} served {bid} below {tick}");
					let exact = product3(shares, nav, 10_000 - Balance::from(tick));
					let paid = exact / (U256::from(supply) * U256::from(10_000));
					if forfeiting == Some(id) {
						// Ten percent at most.
						let least = paid * U256::from(9) / U256::from(10);
						assert!((least..=paid).contains(&U256::from(assets)), "6. {op:?}");
					} else {
						assert_eq!(U256::from(assets), paid, "6. {op:?}");
					}
					forfeiting = None;
				}
				_ => {}
			}
		}
	}
}

fn product3(a: Balance, b: Balance, c: Balance) -> U256 {
	U256::from(a) * U256::from(b) * U256::from(c)
}

#[test]
fn every_operation_should_go_through_now_and_then() {
	let mut runner = TestRunner::deterministic();
	let sequences = prop::collection::vec(op(), 60..120);
	let mut went_through = HashSet::new();
	for _ in 0..80 {
		let ops = sequences.new_tree(&mut runner).expect("nothing is filtered").current();
		ExtBuilder::default().build_and_execute(|| {
			let mut world = World::default();
			went_through.extend(ops.iter().filter(|op| world.apply(op)).map(discriminant));
		});
	}
	assert_eq!(went_through.len(), OPS, "some operations are always refused");
}

/// Check 6 knows the terms of a settlement that leaves no state.
#[test]
fn settlement_should_be_checked_when_one_idle_block_starts_and_ends_it() {
	ExtBuilder::default().build_and_execute(|| {
		let mut world = World::default();
		let supply = UsdAi::total_issuance();
		let ops = [
			Op::Deposit { who: ALICE, assets: 100 * USD },
			Op::Lend { percent: 50, per_second: 7 },
			Op::Impair { percent: 10 },
			// More than is idle, so that the bid is the clearing tick.
			Op::Request { who: ALICE, percent: 80, least: None },
			Op::Commit { pick: 0, tick: 300 },
			Op::ToReveal,
			Op::Reveal { pick: 0 },
			// The money is raised in vain.
			Op::Pass { seconds: LENGTH },
			Op::IdleBlock { requests: 3 },
		];
		for op in &ops {
			let before = Before::now();
			assert!(world.apply(op), "{op:?} is refused");
			world.check(op, &before, supply);
		}
		assert!(!Settlement::<Test>::exists());
		let events = events();
		let tick = events.iter().find_map(|event| match event {
			Event::SettlementStarted { tick, .. } => Some(*tick),
			_ => None,
		});
		assert_eq!(tick, Some(300));
		assert!(events.iter().any(|event| matches!(event, Event::Served { id: 0, .. })));
		assert!(events.iter().any(|event| matches!(event, Event::SettlementFinished { .. })));
	});
}

proptest! {
	#![proptest_config(ProptestConfig {
		cases: 150,
		failure_persistence: None,
		..ProptestConfig::default()
	})]

	#[test]
	fn invariants_should_hold_whatever_happens(ops in prop::collection::vec(op(), 20..120)) {
		ExtBuilder::default().build_and_execute(|| {
			let mut world = World::default();
			let supply = UsdAi::total_issuance();
			for op in &ops {
				let before = Before::now();
				world.apply(op);
				world.check(op, &before, supply);
			}
		});
	}

	#[test]
	fn savers_should_never_take_out_more_than_came_in_when_all_leave(
		ops in prop::collection::vec(op(), 20..80)
	) {
		ExtBuilder::default().build_and_execute(|| {
			let mut world = World::default();
			let supply = UsdAi::total_issuance();
			for op in &ops {
				world.apply(op);
			}
			// The loan comes back in full, and everybody asks for everything.
			let ledger = Ledger::<Test>::get();
			assert_ok!(receive(ledger.principal_out, 0));
			assert_ok!(Vault::provision(world.impairment, 0));
			// So do the bills.
			let bills = BillsValue::get();
			assert_ok!(Vault::put_back(&DEALER, bills, bills));
			BillsValue::set(0);
			for round in 0..3 {
				for who in [ALICE, BOB, CHARLIE] {
					// An account at its limit keeps its shares for now.
					let _ = redeem(who, shares(who));
				}
				set_time(Vault::window().closes_at);
				if Settlement::<Test>::exists() {
					assert_ok!(settle(1_000));
				}
				// What is awaited has its time, and so has cancelling, if the price has fallen.
				for _ in 0..2 {
					let report = Vault::window();
					if matches!(report.phase, WindowPhase::Raising | WindowPhase::Reopened) {
						set_time(report.until.expect("it ends"));
					}
					let before = Before::now();
					if start_now().is_ok() && Settlement::<Test>::exists() {
						assert_ok!(settle(1_000));
					}
					world.check(&Op::Start, &before, supply);
				}
				for (id, request) in Requests::<Test>::iter().collect::<Vec<_>>() {
					let _ = claim(request.owner, id);
				}
				assert!(round < 2 || LiveRequests::<Test>::iter().count() == 0);
			}
			assert_eq!(Ledger::<Test>::get().claimable, 0);
		});
	}
}
