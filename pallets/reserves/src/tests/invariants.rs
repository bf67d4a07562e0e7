// SPDX-License-Identifier: Apache-2.0

//! Random sequences of operations, with invariants over one operation. They are numbered T1 to T17;
//! those of the state are INV-R1 to INV-R13.

use super::mock::*;
use crate::{BillTrading, Bills, Ledger};
use caliber_primitives::{traits::TreasuryBills, Balance, Seconds, SUSDAI, USD, USDAI};
use polkadot_sdk::{
	frame_support::{
		assert_ok,
		storage::{with_storage_layer, with_transaction, TransactionOutcome},
		traits::{
			fungibles::{Inspect, Mutate},
			tokens::{Fortitude, Preservation},
		},
	},
	sp_core::H256,
	sp_runtime::{DispatchError, DispatchResult, Perbill},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use std::{collections::HashSet, mem::discriminant};

#[derive(Clone, Debug)]
enum Op {
	Mint { thousands: u8, usdc: bool },
	Redeem { percent: u8, usdc: bool },
	Save { amount: Balance },
	Leave { percent: u8 },
	Want { percent: u8 },
	Rebalance,
	Divest { percent: u8 },
	Price { basis_points: u32 },
	Stale,
	Depeg { cents: u8 },
	MovePool { percent: u8, up: bool },
	DonateBills { amount: Balance },
	DonateUsdai { amount: Balance },
	EmptyPool { percent: u8 },
	Period { hours: u8 },
	Haircut { percent: u8 },
	Token { other: bool },
	ResetMintRateLimit,
	Stop,
	Resume,
	Freeze { committee: bool },
	Thaw,
	Pass { seconds: Seconds },
}

fn op() -> impl Strategy<Value = Op> {
	prop_oneof![
		3 => (1..=100u8, any::<bool>()).prop_map(|(thousands, usdc)| Op::Mint { thousands, usdc }),
		3 => (1..=100u8, any::<bool>()).prop_map(|(percent, usdc)| Op::Redeem { percent, usdc }),
		3 => (USD..20_000 * USD).prop_map(|amount| Op::Save { amount }),
		1 => (0..=100u8).prop_map(|percent| Op::Leave { percent }),
		2 => (0..=120u8).prop_map(|percent| Op::Want { percent }),
		8 => Just(Op::Rebalance),
		4 => (0..=120u8).prop_map(|percent| Op::Divest { percent }),
		3 => (9_900..10_120u32).prop_map(|basis_points| Op::Price { basis_points }),
		1 => Just(Op::Price { basis_points: 3_000 }),
		2 => Just(Op::Price { basis_points: 10_000 }),
		1 => Just(Op::Stale),
		1 => (90..=100u8).prop_map(|cents| Op::Depeg { cents }),
		2 => (0..=30u8, any::<bool>()).prop_map(|(percent, up)| Op::MovePool { percent, up }),
		1 => (1..1_000 * USD).prop_map(|amount| Op::DonateBills { amount }),
		1 => (1..1_000 * USD).prop_map(|amount| Op::DonateUsdai { amount }),
		1 => (1..=99u8).prop_map(|percent| Op::EmptyPool { percent }),
		1 => (0..=48u8).prop_map(|hours| Op::Period { hours }),
		1 => (0..=3u8).prop_map(|percent| Op::Haircut { percent }),
		1 => any::<bool>().prop_map(|other| Op::Token { other }),
		1 => Just(Op::ResetMintRateLimit),
		1 => Just(Op::Stop),
		1 => Just(Op::Resume),
		1 => any::<bool>().prop_map(|committee| Op::Freeze { committee }),
		1 => Just(Op::Thaw),
		5 => (1..2 * DAY).prop_map(|seconds| Op::Pass { seconds }),
	]
}

fn part(amount: Balance, percent: u8) -> Balance {
	amount * Balance::from(percent) / 100
}

fn alice() -> RuntimeOrigin {
	RuntimeOrigin::signed(ALICE)
}

fn set(asset: u32, percent: u8) -> DispatchResult {
	let haircut = Perbill::from_percent(percent.into());
	Reserves::set_treasury_bill(RuntimeOrigin::root(), Some(bill(asset, haircut)))
}

fn token() -> u32 {
	Bills::<Test>::get().map(|bill| bill.asset).expect("there is always a token")
}

fn call(op: &Op) -> DispatchResult {
	match op {
		Op::Mint { thousands, usdc: true } => mint(USDC, Balance::from(*thousands) * 1_000 * UNIT),
		Op::Mint { thousands, usdc: false } => mint(USDT, Balance::from(*thousands) * 1_000 * USD),
		Op::Redeem { percent, usdc } => {
			let asset = if *usdc { USDC } else { USDT };
			redeem(asset, part(balance(USDAI, &ALICE), *percent))
		}
		Op::Save { amount } => {
			VaultIdle::set(&(VaultIdle::get() + amount));
			send(USDAI, &ALICE, &VAULT, *amount)
		}
		Op::Leave { percent } => {
			let amount = part(VaultIdle::get(), *percent);
			VaultIdle::set(&(VaultIdle::get() - amount));
			send(USDAI, &VAULT, &BOB, amount)
		}
		Op::Want { percent } => {
			let assets = VaultIdle::get() + <Reserves as TreasuryBills>::value();
			VaultWanted::set(&part(assets, *percent));
			Ok(())
		}
		Op::Rebalance => Reserves::rebalance(alice()),
		Op::Divest { percent } => {
			let wanted = part(<Reserves as TreasuryBills>::value(), *percent);
			let idle = VaultIdle::get();
			let came = <Reserves as TreasuryBills>::divest(wanted);
			assert!(came <= wanted, "T1: USDai received ≤ USDai wanted");
			assert_eq!(
				VaultIdle::get(),
				idle + came,
				"T2: idle after = idle before + USDai received"
			);
			Ok(())
		}
		Op::Price { basis_points } => {
			accept_price(Balance::from(*basis_points) * USD / 10_000);
			Ok(())
		}
		Op::Stale => {
			set_price(PRICED_BILL, None);
			Ok(())
		}
		Op::Depeg { cents } => {
			set_price(0, Some(Balance::from(*cents) * USD / 100));
			Ok(())
		}
		Op::MovePool { percent, up } => {
			let (usdai, bills) = pool(token());
			let (path, amount) = if *up {
				([USDAI, token()], part(usdai, *percent) / 10)
			} else {
				([token(), USDAI], part(bills, *percent) / 10)
			};
			AssetConversion::swap_exact_tokens_for_tokens(
				RuntimeOrigin::signed(BOB),
				path.map(Box::new).to_vec(),
				amount,
				1,
				BOB,
				false,
			)
		}
		Op::DonateBills { amount } => send(token(), &BOB, &Reserves::account_id(), *amount),
		Op::DonateUsdai { amount } => send(USDAI, &BOB, &Reserves::account_id(), *amount),
		Op::EmptyPool { percent } => {
			// The shares of the first pool have the id 0, those of the second 1.
			let shares = if token() == BILL18 { 0 } else { 1 };
			let shares = part(PoolAssets::balance(shares, &BOB), *percent);
			AssetConversion::remove_liquidity(
				RuntimeOrigin::signed(BOB),
				Box::new(USDAI),
				Box::new(token()),
				shares,
				1,
				1,
				BOB,
			)
		}
		Op::Period { hours } => {
			Values::mutate(|values| values.mint_limit_period = Seconds::from(*hours) * HOUR);
			Ok(())
		}
		Op::Haircut { percent } => set(token(), *percent),
		Op::Token { other } => set(if *other { BILL } else { BILL18 }, 1),
		Op::ResetMintRateLimit => Reserves::reset_mint_rate_limit(RuntimeOrigin::root()),
		Op::Stop => Reserves::set_bill_trading(RuntimeOrigin::signed(COMMITTEE), true),
		Op::Resume => Reserves::set_bill_trading(RuntimeOrigin::root(), false),
		Op::Freeze { committee } => {
			let by =
				if *committee { RuntimeOrigin::signed(COMMITTEE) } else { RuntimeOrigin::root() };
			Reserves::freeze(by, ALICE, H256::zero())
		}
		Op::Thaw => Reserves::thaw(RuntimeOrigin::root(), ALICE, H256::zero()),
		Op::Pass { seconds } => {
			pass(*seconds);
			Ok(())
		}
	}
}

/// Figures compared before and after an operation.
struct Figures {
	supply: Balance,
	held: Balance,
	idle: Balance,
	value: Balance,
	room: Balance,
	period_ends_at: Seconds,
	fresh: Option<Balance>,
	frozen: bool,
	stopped: bool,
	spendable: Balance,
}

fn figures() -> Figures {
	let report = Reserves::bills().expect("there is always a token");
	let mint_limit = Reserves::mint_rate_limit();
	Figures {
		supply: Assets::total_issuance(USDAI),
		held: report.held,
		idle: VaultIdle::get(),
		value: report.value,
		room: mint_limit.room,
		period_ends_at: mint_limit.until,
		fresh: report.price.filter(|_| !report.stale),
		frozen: Reserves::frozen(ALICE).is_some(),
		stopped: BillTrading::<Test>::get().at(now()),
		spendable: Assets::reducible_balance(
			USDAI,
			&ALICE,
			Preservation::Expendable,
			Fortitude::Polite,
		),
	}
}

/// Lets an account receive USDai from Bob, and takes it back.
fn receives(who: &AccountId) -> DispatchResult {
	with_transaction(|| {
		let received = send(USDAI, &BOB, who, USD);
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(received))
	})
	.expect("a layer is free")
}

/// The period of the mint rate limit as it was seen when USDai was first issued in it.
#[derive(Clone, Copy)]
struct SeenPeriod {
	ends_at: Seconds,
	limit: Balance,
}

/// T5 and T17 over a period: until the end that it had at its first issue, the supply stays within the
/// limit that counted then, and the end stays, whatever is done in the meantime. Only a reset, which
/// counts from the present supply, makes another limit.
fn check_period(op: &Op, seen: &mut Option<SeenPeriod>, before: &Figures) {
	let supply = Assets::total_issuance(USDAI);
	if seen.is_some_and(|period| now() >= period.ends_at) || matches!(op, Op::ResetMintRateLimit) {
		*seen = None;
	}
	if supply > before.supply {
		let limit = before.supply + before.room;
		seen.get_or_insert(SeenPeriod { ends_at: before.period_ends_at, limit });
	}
	if let Some(period) = seen {
		assert!(supply <= period.limit, "T5: supply ≤ limit of the mint period: {op:?}");
		let ends_at = Reserves::mint_rate_limit().until;
		assert_eq!(ends_at, period.ends_at, "T17: the end of a mint period stays: {op:?}");
	}
}

fn check(op: &Op, before: &Figures, worked: bool) {
	let after = figures();
	assert_ok!(Reserves::do_try_state());
	let unit = if token() == BILL { UNIT } else { USD };
	let in_usd = |bills: Balance, price: Balance| {
		bills * (USD / unit) / 1_000_000 * (price / 1_000_000) / 1_000_000
	};

	assert!(balance(USDAI, &VAULT) >= VaultIdle::get(), "T3: balance of the vault ≥ idle");
	if !matches!(op, Op::Mint { .. } | Op::Redeem { .. }) {
		assert_eq!(after.supply, before.supply, "T4: only the peg changes the supply");
	}
	if after.supply > before.supply {
		let grown = after.supply - before.supply;
		assert!(grown <= before.room, "T5: growth ≤ room of the mint rate limit");
	}
	if after.frozen {
		assert_eq!(receives(&ALICE), Ok(()), "T6: a frozen account receives");
	}
	if now() < before.period_ends_at && !matches!(op, Op::ResetMintRateLimit) {
		// What is redeemed gives as much room back, and what is issued gives none.
		let redeemed = before.supply.saturating_sub(after.supply);
		assert!(
			after.room <= before.room + redeemed,
			"T16: only a redemption, a reset or another period makes room: {op:?}"
		);
	}
	match op {
		Op::Rebalance | Op::Divest { .. } => {
			if after.held > before.held {
				let paid = before.idle - after.idle;
				let price = before.fresh.expect("T7: a purchase has a fresh price");
				let worth = in_usd(after.held - before.held, price);
				assert!(paid <= worth + worth / 100 + USD, "T8: price paid ≤ band: {paid} {worth}");
			}
			if after.held < before.held {
				let came = after.idle - before.idle;
				let price = before.fresh.expect("T7: a sale has a fresh price");
				let worth = in_usd(before.held - after.held, price);
				assert!(
					came + worth / 100 + USD >= worth,
					"T8: price received ≥ band: {came} {worth}"
				);
			}
		}
		Op::Save { .. } | Op::Leave { .. } => {
			assert_eq!(after.held, before.held, "T9: only trades change the bills held");
		}
		_ => {
			assert_eq!(
				(after.held, after.idle),
				(before.held, before.idle),
				"T9: only trades change bills and idle"
			);
		}
	}
	if matches!(op, Op::DonateBills { .. } | Op::DonateUsdai { .. } | Op::MovePool { .. }) {
		assert_eq!(
			after.value, before.value,
			"T10: neither donations nor the pool change the value"
		);
	}
	let hour = Ledger::<Test>::get().traded;
	assert!(hour.rebalanced <= Values::get().hourly_limit, "T11: volume of the hour ≤ limit");
	assert!(hour.divested <= Values::get().hourly_limit, "T11: volume of the hour ≤ limit");
	if after.frozen {
		assert_eq!(after.spendable, 0, "T12: spendable balance of a frozen account = 0");
	}
	if matches!(op, Op::Stale) {
		assert!(after.value <= before.value, "T13: value at a stale price ≤ value before");
	}
	if before.stopped {
		assert_eq!(after.held, before.held, "T15: no bill is traded while trading is stopped");
	}
	if !worked {
		assert_eq!(
			(after.supply, after.held, after.idle),
			(before.supply, before.held, before.idle),
			"T14: a refused operation changes nothing"
		);
	}
}

#[test]
fn reserves_should_hold_their_invariants_through_random_operations() {
	let mut runner = TestRunner::deterministic();
	let (mut seen, mut worked) = (HashSet::new(), HashSet::new());
	for _ in 0..64 {
		let ops = prop::collection::vec(op(), 120)
			.new_tree(&mut runner)
			.expect("a vector is made")
			.current();
		ExtBuilder::default().wide_peg().build_and_execute(|| {
			Values::mutate(|values| values.mint_limit_floor = 1_000_000_000 * USD);
			for token in [BILL18, BILL] {
				let unit = if token == BILL { UNIT } else { USD };
				open_pool(token, 500_000 * USD, 500_000 * unit);
			}
			issue(&BOB, 1_000_000 * USD);
			assert_ok!(mint(USDC, 500_000 * UNIT));
			assert_ok!(Assets::mint_into(SUSDAI, &ALICE, USD));
			assert_ok!(set(BILL18, 1));
			accept_price(USD);
			Values::mutate(|values| values.mint_limit_floor = 50_000 * USD);
			Values::mutate(|values| values.hourly_limit = 20_000 * USD);
			let mut period = None;
			for op in &ops {
				let before = figures();
				let result = with_storage_layer(|| call(op));
				seen.insert(discriminant(op));
				if result.is_ok() {
					worked.insert(discriminant(op));
				}
				check(op, &before, result.is_ok());
				check_period(op, &mut period, &before);
			}
		});
	}
	assert_eq!(seen.len(), worked.len(), "every operation succeeds at least once");
}
