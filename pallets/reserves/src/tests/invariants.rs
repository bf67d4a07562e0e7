// SPDX-License-Identifier: Apache-2.0

//! Random sequences of operations, with invariants over one operation. They are numbered T1 to T19;
//! those of the state are INV-R1 to INV-R30.

use super::mock::*;
use crate::{offers::OfferBook, BillTrading, Bills, Inflows, Ledger};
use caliber_primitives::{
	reserves::{BillSide, ReserveReport},
	traits::{PriceSource, TreasuryBills},
	Balance, Seconds, SUSDAI, USD, USDAI,
};
use polkadot_sdk::{
	frame_support::{
		assert_ok,
		storage::{with_storage_layer, with_transaction, TransactionOutcome},
		traits::{
			fungibles::{Inspect, Mutate},
			tokens::{Fortitude, Preservation},
		},
	},
	sp_core::{H256, U256},
	sp_runtime::{DispatchError, DispatchResult, Perbill},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use std::{collections::HashSet, mem::discriminant};

#[derive(Clone, Debug)]
enum Op {
	Mint { thousands: u8, usdc: bool },
	Redeem { percent: u8, usdc: bool },
	Basket { percent: u8 },
	Claim { usdc: bool },
	Issuer { usdc: bool, freezes: bool },
	StopMinting { committee: bool, stopped: bool },
	Save { amount: Balance },
	Leave { percent: u8 },
	Want { percent: u8 },
	Fill { buys: bool, dollars: u32, basis_points: i32 },
	Note,
	Draw { percent: u8 },
	Age { percent: u8 },
	Price { basis_points: u32 },
	Stale,
	Depeg { cents: u8 },
	DonateBills { amount: Balance },
	DonateUsdai { amount: Balance },
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
		3 => (1..=100u8).prop_map(|percent| Op::Basket { percent }),
		2 => any::<bool>().prop_map(|usdc| Op::Claim { usdc }),
		1 => (any::<bool>(), any::<bool>()).prop_map(|(usdc, freezes)| Op::Issuer { usdc, freezes }),
		1 => Just(Op::Issuer { usdc: true, freezes: false }),
		1 => Just(Op::Issuer { usdc: false, freezes: false }),
		1 => (any::<bool>(), any::<bool>())
			.prop_map(|(committee, stopped)| Op::StopMinting { committee, stopped }),
		3 => (USD..20_000 * USD).prop_map(|amount| Op::Save { amount }),
		1 => (0..=100u8).prop_map(|percent| Op::Leave { percent }),
		2 => (0..=120u8).prop_map(|percent| Op::Want { percent }),
		12 => (any::<bool>(), 1..30_000u32, -20..40i32).prop_map(|(buys, dollars, basis_points)| {
			Op::Fill { buys, dollars, basis_points }
		}),
		3 => Just(Op::Note),
		1 => (0..=60u8).prop_map(|percent| Op::Draw { percent }),
		1 => (0..=100u8).prop_map(|percent| Op::Age { percent }),
		3 => (9_900..10_120u32).prop_map(|basis_points| Op::Price { basis_points }),
		1 => Just(Op::Price { basis_points: 3_000 }),
		2 => Just(Op::Price { basis_points: 10_000 }),
		1 => Just(Op::Stale),
		1 => (90..=100u8).prop_map(|cents| Op::Depeg { cents }),
		3 => Just(Op::Depeg { cents: 100 }),
		1 => (1..1_000 * USD).prop_map(|amount| Op::DonateBills { amount }),
		1 => (1..1_000 * USD).prop_map(|amount| Op::DonateUsdai { amount }),
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
		Op::Basket { percent } => basket(part(balance(USDAI, &ALICE), *percent)),
		Op::Claim { usdc } => {
			let asset = if *usdc { USDC } else { USDT };
			Reserves::claim_basket(RuntimeOrigin::signed(BOB), asset, ALICE)
		}
		Op::Issuer { usdc, freezes } => {
			let asset = if *usdc { USDC } else { USDT };
			let issuer = RuntimeOrigin::signed(TREASURY);
			match freezes {
				true => Assets::freeze_asset(issuer, asset),
				false => Assets::thaw_asset(issuer, asset),
			}
		}
		Op::StopMinting { committee, stopped } => {
			let by =
				if *committee { RuntimeOrigin::signed(COMMITTEE) } else { RuntimeOrigin::root() };
			Reserves::set_minting_stopped(by, USDC, *stopped)
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
		Op::Fill { buys, dollars, basis_points } => {
			let side = if *buys { BillSide::Buys } else { BillSide::Sells };
			// The limit is so much on the side of the vault, or beyond the oracle's price.
			let price = MockPrices::last_known(PRICED_BILL).map_or(USD, |(price, _)| price);
			let margin = price / 10_000 * Balance::from(basis_points.unsigned_abs());
			let limit = match (*buys, *basis_points < 0) {
				(true, true) | (false, false) => price.saturating_sub(margin),
				_ => price + margin,
			};
			let idle = VaultIdle::get();
			let had = balance(USDAI, &DEALER);
			fill_by(&DEALER, side, Balance::from(*dollars) * USD, limit)?;
			let moved = VaultIdle::get().abs_diff(idle);
			assert!(moved <= Balance::from(*dollars) * USD, "T1: USDai traded ≤ USDai asked for");
			assert_eq!(
				moved,
				balance(USDAI, &DEALER).abs_diff(had),
				"T2: USDai of the vault = USDai of the dealer"
			);
			Ok(())
		}
		Op::Note => {
			idle_block();
			Ok(())
		}
		Op::Draw { percent } => {
			let assets = VaultIdle::get() + <Reserves as TreasuryBills>::value();
			Draws::set(part(assets, *percent));
			Ok(())
		}
		Op::Age { percent } => {
			VaultNew::set(&part(VaultIdle::get(), *percent));
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
			set_price(PRICED_USDC, Some(Balance::from(*cents) * USD / 100));
			Ok(())
		}
		Op::DonateBills { amount } => send(token(), &BOB, &Reserves::account_id(), *amount),
		Op::DonateUsdai { amount } => send(USDAI, &BOB, &Reserves::account_id(), *amount),
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
#[derive(Debug)]
struct Figures {
	supply: Balance,
	held: Balance,
	idle: Balance,
	value: Balance,
	assets: Balance,
	long_idle: Balance,
	lost: Balance,
	room: Balance,
	inflow_room: Balance,
	usdc_debt: Balance,
	open_supply: Balance,
	open_value: Balance,
	basket_only: bool,
	fresh: Option<Balance>,
	frozen: bool,
	stopped: bool,
	spendable: Balance,
}

fn figures() -> Figures {
	let report = Reserves::bills().expect("there is always a token");
	let proof = Reserves::proof_of_reserves();
	let usdc = reserve(USDC);
	let at_market = |each: &ReserveReport| {
		let price = each.last_price.expect("every stablecoin has a price");
		each.claimed / 1_000_000 * (price / 1_000_000) / 1_000_000
	};
	let claimed: Balance = proof.reserves.iter().map(at_market).sum();
	Figures {
		supply: Assets::total_issuance(USDAI),
		held: report.held,
		idle: VaultIdle::get(),
		value: report.value,
		room: proof.mint_rate_limit.room,
		inflow_room: usdc.inflow_room,
		usdc_debt: usdc.debt,
		open_supply: proof.supply - proof.claimed,
		open_value: proof.market_value - claimed,
		basket_only: proof.basket_only,
		assets: VaultIdle::get() + VaultLent::get() + report.value,
		long_idle: report.long_idle,
		lost: Ledger::<Test>::get().offers.lost.used,
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

/// Heights of the supply and of the debt in USDC so far, at the times of the last period.
#[derive(Default)]
struct Seen {
	highest: (Balance, Balance),
	of_period: Vec<(Seconds, (Balance, Balance))>,
}

/// T5 over a period: the supply grows by no more than two allowances over the highest that it ever
/// was before, and so does the debt against one stablecoin. One allowance is there at the begin,
/// and one refills.
fn check_period(op: &Op, seen: &mut Seen) {
	let values = Values::get();
	if matches!(op, Op::ResetMintRateLimit | Op::Period { .. }) {
		seen.of_period.clear();
	}
	let (supply, debt) = (Assets::total_issuance(USDAI), reserve(USDC).debt);
	let (highest, owed) = seen.highest;
	seen.highest = (highest.max(supply), owed.max(debt));
	let period = values.mint_limit_period.max(1);
	seen.of_period.push((now(), seen.highest));
	seen.of_period.retain(|(at, _)| at + period >= now());
	// Shares of 10 % and 5 %.
	let grown = (seen.highest.0 / 10).max(values.mint_limit_floor);
	let inflow = (seen.highest.0 / 20).max(values.inflow_floor);
	for (_, (highest, owed)) in &seen.of_period {
		assert!(supply <= highest + 2 * grown, "T5: growth of a period: {op:?}");
		assert!(debt <= owed + 2 * inflow, "T5: inflow of a period: {op:?}");
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
	if !matches!(op, Op::Mint { .. } | Op::Redeem { .. } | Op::Basket { .. } | Op::Claim { .. }) {
		assert_eq!(after.supply, before.supply, "T4: only the peg changes the supply");
	}
	if after.supply > before.supply {
		let grown = after.supply - before.supply;
		assert!(grown <= before.room, "T5: growth ≤ room of the mint rate limit");
	}
	if after.frozen {
		assert_eq!(receives(&ALICE), Ok(()), "T6: a frozen account receives");
	}
	let moved = matches!(op, Op::ResetMintRateLimit | Op::Period { .. } | Op::Pass { .. });
	if !moved {
		// What is redeemed gives as much room back, and what is issued gives none.
		assert_eq!(
			after.room + after.supply,
			before.room + before.supply,
			"T16: only time and a reset move the limit: {op:?}"
		);
		let more = after.usdc_debt.saturating_sub(before.usdc_debt);
		assert!(more <= before.inflow_room, "T17: inflow ≤ room of the inflow limit: {op:?}");
	}
	if before.basket_only && matches!(op, Op::Basket { .. } | Op::Redeem { .. }) && worked {
		// Behind each dollar that is not claimed there is no less than before, but for the rounding
		// to units of stablecoins.
		let wide = |value: Balance, supply: Balance| U256::from(value) * U256::from(supply);
		assert!(
			wide(after.open_value + 10 * USD / UNIT, before.open_supply)
				>= wide(before.open_value, after.open_supply),
			"T18: a redemption leaves no less behind those who stay: {op:?} {before:?} {after:?}"
		);
	}
	if matches!(op, Op::Mint { usdc: true, .. }) && worked {
		assert!(reserve(USDC).price >= Some(997 * USD / 1_000), "T19: minting needs a price");
	}
	match op {
		Op::Fill { .. } => {
			if after.held > before.held {
				let paid = before.idle - after.idle;
				let price = before.fresh.expect("T7: a purchase has a fresh price");
				let worth = in_usd(after.held - before.held, price);
				// A unit of a token with six decimals is worth a millionth.
				assert!(
					paid <= worth + worth / 5_000 + USD / 1_000,
					"T8: price paid ≤ last of the path: {paid} {worth}"
				);
				assert!(paid <= before.long_idle, "T19: what is paid has lain long");
			}
			if after.held < before.held {
				let came = after.idle - before.idle;
				let price = before.fresh.expect("T7: a sale has a fresh price");
				let worth = in_usd(before.held - after.held, price);
				assert!(
					came + worth / 400 + USD / 1_000 >= worth,
					"T8: price received ≥ last of the path: {came} {worth}"
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
	if matches!(op, Op::DonateBills { .. } | Op::DonateUsdai { .. }) {
		assert_eq!(after.value, before.value, "T10: donations do not change the value");
	}
	let OfferBook { buys, sells, lost } = Ledger::<Test>::get().offers;
	for filled in [buys.filled, sells.filled] {
		assert!(filled.used <= Values::get().hourly_limit, "T11: volume of the hour ≤ limit");
	}
	if lost.used > before.lost && VaultWanted::get() <= before.idle {
		// The assets as the fill found them.
		let most = before.assets / 5_000;
		assert!(lost.used <= most.max(before.lost), "T18: loss of the day ≤ limit: {op:?}");
	}
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
			issue(&BOB, 1_000_000 * USD);
			issue(&DEALER, 1_000_000 * USD);
			assert_ok!(mint(USDC, 500_000 * UNIT));
			assert_ok!(Assets::mint_into(SUSDAI, &ALICE, USD));
			assert_ok!(set(BILL18, 1));
			accept_price(USD);
			Values::mutate(|values| values.mint_limit_floor = 50_000 * USD);
			Values::mutate(|values| values.hourly_limit = 20_000 * USD);
			Values::mutate(|values| {
				values.inflow_share = Perbill::from_percent(5);
				values.inflow_floor = 60_000 * USD;
			});
			// No fee on redemption, which would keep back more of one stablecoin than of another,
			// and limits that count from here.
			let terms = peg_terms(10_000, 0);
			for asset in [USDC, USDT] {
				assert_ok!(Reserves::set_stablecoin_terms(RuntimeOrigin::root(), asset, terms));
				Inflows::<Test>::remove(asset);
			}
			assert_ok!(Reserves::reset_mint_rate_limit(RuntimeOrigin::root()));
			let mut period = Seen::default();
			for op in &ops {
				let before = figures();
				let result = with_storage_layer(|| call(op));
				seen.insert(discriminant(op));
				if result.is_ok() {
					worked.insert(discriminant(op));
				}
				check(op, &before, result.is_ok());
				check_period(op, &mut period);
			}
		});
	}
	assert_eq!(seen.len(), worked.len(), "every operation succeeds at least once");
}
