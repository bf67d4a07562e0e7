// SPDX-License-Identifier: Apache-2.0

//! Random sequences of everything that can happen to the vault.

use super::mock::*;
use crate::{Ledger, LiveRequests, NextRequestId, Requests, Settlement};
use caliber_primitives::{
	traits::{Accrual, SeniorLender},
	vault::Nav,
	Balance, Seconds, USD,
};
use polkadot_sdk::{
	frame_support::{assert_ok, storage::with_storage_layer, traits::fungible::Inspect},
	sp_core::U256,
	sp_runtime::DispatchResult,
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use std::{collections::HashSet, mem::discriminant};

#[derive(Clone, Debug)]
enum Op {
	Deposit { who: AccountId, assets: Balance },
	Mint { who: AccountId, shares: Balance },
	Donate { amount: Balance },
	Request { who: AccountId, percent: u8 },
	Cancel { pick: u32 },
	Claim { pick: u32 },
	Start,
	Settle { steps: u32 },
	Lend { percent: u8, per_second: Balance },
	Repay { percent: u8, interest: Balance, ahead: Seconds },
	Impair { percent: u8 },
	WriteOff { percent: u8 },
	Pass { seconds: Seconds },
}

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
		1 => (1..100 * USD).prop_map(|amount| Op::Donate { amount }),
		5 => (saver(), 1..=100u8).prop_map(|(who, percent)| Op::Request { who, percent }),
		2 => any::<u32>().prop_map(|pick| Op::Cancel { pick }),
		3 => any::<u32>().prop_map(|pick| Op::Claim { pick }),
		3 => Just(Op::Start),
		4 => (1..4u32).prop_map(|steps| Op::Settle { steps }),
		3 => (1..=100u8, 0..USD / 1_000)
			.prop_map(|(percent, per_second)| Op::Lend { percent, per_second }),
		3 => (0..=100u8, 0..50 * USD, 0..2 * LENGTH)
			.prop_map(|(percent, interest, ahead)| Op::Repay { percent, interest, ahead }),
		1 => (0..=100u8).prop_map(|percent| Op::Impair { percent }),
		1 => (1..=30u8).prop_map(|percent| Op::WriteOff { percent }),
		5 => (1..2 * LENGTH).prop_map(|seconds| Op::Pass { seconds }),
	]
}

/// What stands around the vault: the one loan and what was donated.
#[derive(Default)]
struct World {
	accrual: Option<Accrual>,
	impairment: Balance,
	donated: Balance,
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
		let mut impairment = self.impairment;
		let mut donated = self.donated;
		let outcome = with_storage_layer(|| -> DispatchResult {
			match op.clone() {
				Op::Deposit { who, assets } => deposit(who, assets),
				Op::Mint { who, shares } => Vault::mint(signed(who), shares, ENDOWMENT),
				Op::Donate { amount } => {
					donate(BORROWER, amount);
					donated += amount;
					Ok(())
				}
				Op::Request { who, percent } => redeem(who, part(shares(who), percent)),
				Op::Cancel { pick } => cancel(owner(pick % ids).unwrap_or(ALICE), pick % ids),
				Op::Claim { pick } => claim(owner(pick % ids).unwrap_or(ALICE), pick % ids),
				Op::Start => start(),
				Op::Settle { steps } => settle(steps),
				Op::Lend { percent, per_second } => {
					Vault::lend(&BORROWER, part(ledger.idle, percent))?;
					let new = Some(Accrual { per_second, since: time() });
					Vault::rebook(accrual, new)?;
					accrual = new;
					Ok(())
				}
				Op::Repay { percent, interest, ahead } => {
					let principal = part(ledger.principal_out, percent);
					Vault::receive(&BORROWER, principal, interest)?;
					let left = ledger.principal_out - principal;
					Vault::reimpair(impairment, impairment.min(left))?;
					impairment = impairment.min(left);
					let new = accrual.map(|old| Accrual { since: time() + ahead, ..old });
					Vault::rebook(accrual, new)?;
					accrual = new;
					Ok(())
				}
				Op::Impair { percent } => {
					let new = part(ledger.principal_out, percent);
					Vault::reimpair(impairment, new)?;
					impairment = new;
					Ok(())
				}
				Op::WriteOff { percent } => {
					Vault::reimpair(impairment, 0)?;
					impairment = 0;
					Vault::write_off(part(ledger.principal_out, percent))
				}
				Op::Pass { seconds } => {
					set_time(time() + seconds);
					Ok(())
				}
			}
		});
		if outcome.is_ok() {
			(self.accrual, self.impairment, self.donated) = (accrual, impairment, donated);
		}
		outcome.is_ok()
	}

	/// 1. The redemption price falls by a named loss only.
	/// 2. The deposit price is never below it.
	/// 3. USDai is neither made nor lost: the vault's account has its books and the donations.
	/// 4. The state is in order.
	fn check(&self, op: &Op, before: &Nav, supply: Balance) {
		let after = Vault::nav();
		let product = |a: Balance, b: Balance| U256::from(a) * U256::from(b);
		let loss = matches!(op, Op::Impair { .. } | Op::WriteOff { .. });
		if before.shares > 0 && !loss {
			assert!(
				product(after.for_redemptions, before.shares)
					>= product(before.for_redemptions, after.shares),
				"1. {op:?} lowered the redemption price: {before:?} {after:?}"
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
	}
}

#[test]
fn every_operation_should_go_through_now_and_then() {
	let mut runner = TestRunner::deterministic();
	let sequences = prop::collection::vec(op(), 60..120);
	let mut went_through = HashSet::new();
	for _ in 0..20 {
		let ops = sequences.new_tree(&mut runner).expect("nothing is filtered").current();
		ExtBuilder::default().build_and_execute(|| {
			let mut world = World::default();
			went_through.extend(ops.iter().filter(|op| world.apply(op)).map(discriminant));
		});
	}
	assert_eq!(went_through.len(), 13, "some operations are always refused");
}

proptest! {
	#![proptest_config(ProptestConfig {
		cases: 60,
		failure_persistence: None,
		..ProptestConfig::default()
	})]

	#[test]
	fn invariants_should_hold_whatever_happens(ops in prop::collection::vec(op(), 20..120)) {
		ExtBuilder::default().build_and_execute(|| {
			let mut world = World::default();
			let supply = UsdAi::total_issuance();
			for op in &ops {
				let before = Vault::nav();
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
			assert_ok!(Vault::receive(&BORROWER, ledger.principal_out, 0));
			assert_ok!(Vault::reimpair(world.impairment, 0));
			for round in 0..3 {
				for who in [ALICE, BOB, CHARLIE] {
					// An account at its limit or with less than a share keeps its shares.
					let _ = redeem(who, shares(who));
				}
				set_time(time() + LENGTH);
				if Settlement::<Test>::exists() {
					assert_ok!(settle(1_000));
				}
				let before = Vault::nav();
				if start().is_ok() && Settlement::<Test>::exists() {
					assert_ok!(settle(1_000));
				}
				world.check(&Op::Start, &before, supply);
				for (id, request) in Requests::<Test>::iter().collect::<Vec<_>>() {
					let _ = claim(request.owner, id);
				}
				assert!(round < 2 || LiveRequests::<Test>::iter().count() == 0);
			}
			assert_eq!(Ledger::<Test>::get().claimable, 0);
		});
	}
}
