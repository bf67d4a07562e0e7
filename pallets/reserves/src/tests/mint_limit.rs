// SPDX-License-Identifier: Apache-2.0

//! The mint rate limit (fuse) and the floor of the peg.

use super::mock::*;
use crate::{types::MintPeriod, Error, Event, MintRateLimit};
use caliber_primitives::{reserves::MintRateLimitReport, Balance, USD, USDAI};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{traits::BadOrigin, Perbill},
};

/// Issues a supply of 100 000 and starts the next period: a tenth may follow, at least 1 000.
fn issue_supply() {
	assert_ok!(mint(USDT, 100_000 * USD));
	Values::mutate(|values| values.mint_limit_floor = 1_000 * USD);
	pass(DAY);
}

#[test]
fn mint_rate_limit_should_stop_minting_when_it_is_reached() {
	ExtBuilder::default().build_and_execute(|| {
		issue_supply();
		assert_noop!(mint(USDT, 10_000 * USD + 1), Error::<Test>::MintRateLimitExceeded);
		assert_ok!(mint(USDT, 4_000 * USD));
		assert_eq!(
			last_event(),
			Event::MintLimitPeriodStarted {
				since: START + DAY,
				until: START + 2 * DAY,
				supply: 100_000 * USD
			}
		);
		// Against any stablecoin: the fee of 1 % is issued too, to the treasury.
		assert_ok!(mint(USDC, 6_000 * UNIT));
		assert_eq!(Assets::balance(USDAI, &TREASURY), 60 * USD);
		assert_noop!(mint(USDT, USD), Error::<Test>::MintRateLimitExceeded);
		assert_noop!(mint(USDC, UNIT), Error::<Test>::MintRateLimitExceeded);
		assert_ok!(redeem(USDT, 100 * USD));
	});
}

#[test]
fn mint_rate_limit_should_count_anew_in_the_next_period() {
	ExtBuilder::default().build_and_execute(|| {
		issue_supply();
		assert_ok!(mint(USDT, 10_000 * USD));
		pass(DAY - 1);
		assert_noop!(mint(USDT, USD), Error::<Test>::MintRateLimitExceeded);
		pass(1);
		// A tenth of 110 000.
		assert_noop!(mint(USDT, 11_000 * USD + 1), Error::<Test>::MintRateLimitExceeded);
		assert_ok!(mint(USDT, 11_000 * USD));
		assert_eq!(
			MintRateLimit::<Test>::get(),
			Some(MintPeriod {
				since: START + 2 * DAY,
				until: START + 3 * DAY,
				supply: 110_000 * USD
			})
		);
	});
}

#[test]
fn mint_rate_limit_should_give_room_back_for_what_is_redeemed() {
	ExtBuilder::default().build_and_execute(|| {
		issue_supply();
		assert_ok!(mint(USDT, 10_000 * USD));
		assert_ok!(redeem(USDT, 3_000 * USD));
		assert_eq!(Reserves::mint_rate_limit().room, 3_000 * USD);
		assert_noop!(mint(USDT, 3_000 * USD + 1), Error::<Test>::MintRateLimitExceeded);
		assert_ok!(mint(USDT, 3_000 * USD));
		// A round trip uses up nothing.
		for _ in 0..5 {
			assert_ok!(redeem(USDT, 5_000 * USD));
			assert_ok!(mint(USDT, 5_000 * USD));
		}
		assert_ok!(redeem(USDT, USD));
		assert_ok!(mint(USDT, USD));
	});
}

#[test]
fn mint_rate_limit_should_let_a_small_supply_grow_by_the_floor() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| values.mint_limit_floor = 1_000 * USD);
		assert_noop!(mint(USDT, 1_000 * USD + 1), Error::<Test>::MintRateLimitExceeded);
		assert_ok!(mint(USDT, 1_000 * USD));
		pass(DAY);
		// A tenth of 1 000 is less than the floor.
		assert_noop!(mint(USDT, 1_000 * USD + 1), Error::<Test>::MintRateLimitExceeded);
		assert_ok!(mint(USDT, 1_000 * USD));
	});
}

#[test]
fn mint_rate_limit_should_stop_all_minting_when_share_and_floor_are_zero() {
	ExtBuilder::default().build_and_execute(|| {
		issue_supply();
		Values::mutate(|values| values.mint_limit_floor = 0);
		Values::mutate(|values| values.mint_limit_share = Perbill::zero());
		assert_noop!(mint(USDT, USD), Error::<Test>::MintRateLimitExceeded);
		assert_ok!(redeem(USDT, 2 * USD));
		// The growth counts from the first issue, and none was made yet.
		assert_noop!(mint(USDT, USD), Error::<Test>::MintRateLimitExceeded);
	});
}

#[test]
fn mint_rate_limit_should_report_the_room_left() {
	ExtBuilder::default().build_and_execute(|| {
		issue_supply();
		let before = MintRateLimitReport {
			since: START + DAY,
			until: START + 2 * DAY,
			supply: 100_000 * USD,
			allowance: 10_000 * USD,
			room: 10_000 * USD,
		};
		assert_eq!(Reserves::mint_rate_limit(), before);
		pass(DAY - 1);
		assert_ok!(mint(USDT, 4_000 * USD));
		assert_eq!(
			Reserves::mint_rate_limit(),
			MintRateLimitReport { room: 6_000 * USD, ..before }
		);
		assert_eq!(
			Reserves::proof_of_reserves().mint_rate_limit,
			MintRateLimitReport { room: 6_000 * USD, ..before }
		);
		pass(1);
		let after = MintRateLimitReport {
			since: START + 2 * DAY,
			until: START + 3 * DAY,
			supply: 104_000 * USD,
			allowance: 10_400 * USD,
			room: 10_400 * USD,
		};
		assert_eq!(Reserves::mint_rate_limit(), after);
		// A period of length zero is one second.
		Values::mutate(|values| values.mint_limit_period = 0);
		assert_eq!(
			(Reserves::mint_rate_limit().since, Reserves::mint_rate_limit().until),
			(now(), now() + 1)
		);
	});
}

/// A limit that each change of the length reset would let the supply grow by a tenth with each.
#[test]
fn mint_rate_limit_should_leave_no_room_when_its_length_changes() {
	ExtBuilder::default().build_and_execute(|| {
		issue_supply();
		assert_ok!(mint(USDT, 10_000 * USD));
		let full = Reserves::mint_rate_limit();
		assert_eq!((full.since, full.until, full.room), (START + DAY, START + 2 * DAY, 0));
		pass(5 * HOUR);
		for length in [HOUR, 7 * HOUR, 7 * DAY, 0, 2 * DAY, 6 * HOUR] {
			Values::mutate(|values| values.mint_limit_period = length);
			assert_eq!(Reserves::mint_rate_limit(), full, "{length}");
			assert_noop!(mint(USDT, USD), Error::<Test>::MintRateLimitExceeded);
		}
		pass(19 * HOUR - 1);
		assert_noop!(mint(USDT, USD), Error::<Test>::MintRateLimitExceeded);
		// The new length counts from the end of the period that ran.
		pass(1);
		let next = Reserves::mint_rate_limit();
		let end = START + 2 * DAY;
		assert_eq!((next.since, next.until, next.room), (end, end + 6 * HOUR, 11_000 * USD));
		assert_ok!(mint(USDT, 11_000 * USD));
		// Later on periods of it have followed each other, and one that has begun is kept again.
		pass(9 * HOUR);
		assert_ok!(mint(USDT, USD));
		assert_eq!(
			MintRateLimit::<Test>::get(),
			Some(MintPeriod {
				since: end + 6 * HOUR,
				until: end + 12 * HOUR,
				supply: 121_000 * USD
			})
		);
		Values::mutate(|values| values.mint_limit_period = DAY);
		assert_eq!(Reserves::mint_rate_limit().until, end + 12 * HOUR);
	});
}

#[test]
fn reset_mint_rate_limit_should_be_for_the_admin_and_count_from_now() {
	ExtBuilder::default().build_and_execute(|| {
		issue_supply();
		assert_ok!(mint(USDT, 10_000 * USD));
		pass(HOUR);
		assert_noop!(Reserves::reset_mint_rate_limit(RuntimeOrigin::signed(ALICE)), BadOrigin);
		assert_ok!(Reserves::reset_mint_rate_limit(RuntimeOrigin::root()));
		assert_eq!(
			last_event(),
			Event::MintRateLimitReset {
				since: START + DAY,
				until: START + 2 * DAY,
				supply: 110_000 * USD
			}
		);
		assert_noop!(mint(USDT, 11_000 * USD + 1), Error::<Test>::MintRateLimitExceeded);
		assert_ok!(mint(USDT, 11_000 * USD));
		assert_noop!(mint(USDT, USD), Error::<Test>::MintRateLimitExceeded);
	});
}

#[test]
fn mint_rate_limit_should_leave_the_issue_of_other_assets_alone() {
	use crate::RateLimitedMint;
	use polkadot_sdk::frame_support::traits::fungibles::Mutate;
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| values.mint_limit_floor = 0);
		type Limited = RateLimitedMint<Test, Assets>;
		assert_ok!(Limited::mint_into(USDC, &ALICE, UNIT));
		assert_noop!(Limited::mint_into(USDAI, &ALICE, USD), Error::<Test>::MintRateLimitExceeded);
		assert_noop!(Limited::restore(USDAI, &ALICE, USD), Error::<Test>::MintRateLimitExceeded);
	});
}

#[test]
fn mint_rate_limit_should_refuse_an_amount_when_it_overflows() {
	use crate::RateLimitedMint;
	use polkadot_sdk::frame_support::traits::fungibles::Mutate;
	ExtBuilder::default().build_and_execute(|| {
		type Limited = RateLimitedMint<Test, Assets>;
		assert_ok!(mint(USDT, 10 * USD));
		assert_noop!(Limited::mint_into(USDAI, &ALICE, u128::MAX), Error::<Test>::Overflow);
		// If the sum overflows there is no limit.
		Values::mutate(|values| values.mint_limit_floor = u128::MAX);
		assert_eq!(Reserves::mint_rate_limit().room, u128::MAX - 10 * USD);
		assert_ok!(mint(USDT, 100_000 * USD));
	});
}

#[test]
fn minting_should_stop_and_redeeming_go_on_when_the_price_is_below_the_floor() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDC, 1_000 * UNIT));
		set_price(0, Some(98 * USD / 100));
		assert_ok!(mint(USDC, 1_000 * UNIT));
		// As in March 2023.
		set_price(0, Some(98 * USD / 100 - 1));
		assert!(Reserves::proof_of_reserves().reserves[0].below_floor);
		assert_noop!(mint(USDC, 1_000 * UNIT), Error::<Test>::BelowPegFloor);
		assert_ok!(redeem(USDC, 100 * USD));
		// Other stablecoins go on.
		assert_ok!(mint(USDT, 1_000 * USD));
		// A stale price does not reopen it.
		set_price(0, None);
		let usdc = &Reserves::proof_of_reserves().reserves[0];
		assert_eq!((usdc.price, usdc.below_floor), (None, true));
		assert_noop!(mint(USDC, 1_000 * UNIT), Error::<Test>::BelowPegFloor);
		// A better price does, and does not close it when it is stale.
		set_price(0, Some(99 * USD / 100));
		assert_ok!(mint(USDC, 1_000 * UNIT));
		set_price(0, None);
		assert!(!Reserves::proof_of_reserves().reserves[0].below_floor);
		assert_ok!(mint(USDC, 1_000 * UNIT));
	});
}

#[test]
fn minting_should_weigh_more_by_the_checks() {
	use crate::RateLimitedMintWeights;
	use polkadot_sdk::pallet_psm::WeightInfo;
	type Limited = RateLimitedMintWeights<Test, ()>;
	let more = Limited::mint(3).checked_sub(&<() as WeightInfo>::mint(3));
	assert_eq!(more, Some(<() as crate::WeightInfo>::issue()));
	assert_eq!(Limited::redeem(), <() as WeightInfo>::redeem());
}

/// Reads the price of a line: the fourth field, in hundred-millionths of a dollar.
fn price_of(line: &str) -> Balance {
	let answer = line.split(',').nth(3).expect("a round has an answer");
	answer.parse::<Balance>().expect("an answer is a number") * 10_000_000_000
}

#[test]
fn minting_should_stop_when_the_dollar_broke_in_march_2023() {
	const ROUNDS: &str = include_str!("../../../../data/usdc_usd_chainlink_rounds_2022_2023.csv");
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDC, 10_000 * UNIT));
		let (mut minted, mut stopped, mut first) = (0, 0, None);
		for line in ROUNDS.lines().skip(1) {
			let price = price_of(line);
			set_price(0, Some(price));
			if price < 98 * USD / 100 {
				assert_noop!(mint(USDC, 10 * UNIT), Error::<Test>::BelowPegFloor);
				first = first.or(line.get(..10));
				stopped += 1;
			} else {
				assert_ok!(mint(USDC, 10 * UNIT));
				minted += 1;
			}
			assert_ok!(redeem(USDC, 5 * USD));
		}
		assert_eq!(first, Some("2023-03-11"));
		assert!(minted > 100 && stopped > 100, "{minted} {stopped}");
	});
}
