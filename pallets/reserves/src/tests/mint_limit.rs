// SPDX-License-Identifier: Apache-2.0

//! The mint rate limit (fuse).

use super::mock::*;
use crate::{types::Growth, Error, Event, MintRateLimit};
use caliber_primitives::{reserves::MintRateLimitReport, USD, USDAI};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok},
	sp_runtime::{traits::BadOrigin, Perbill},
};

/// Issues a supply of 100 000 and lets its reference arrive there: a tenth may follow, at least
/// 1 000.
fn issue_supply() {
	assert_ok!(mint(USDT, 100_000 * USD));
	Values::mutate(|values| values.mint_limit_floor = 1_000 * USD);
	assert_ok!(Reserves::reset_mint_rate_limit(RuntimeOrigin::root()));
}

#[test]
fn mint_rate_limit_should_stop_minting_when_it_is_reached() {
	ExtBuilder::default().build_and_execute(|| {
		issue_supply();
		assert_noop!(mint(USDT, 10_000 * USD + 1), Error::<Test>::MintRateLimitExceeded);
		assert_ok!(mint(USDT, 4_000 * USD));
		// Against any stablecoin: the fee of 1 % is issued too, to the treasury.
		assert_ok!(mint(USDC, 6_000 * UNIT));
		assert_eq!(Assets::balance(USDAI, &TREASURY), 60 * USD);
		assert_noop!(mint(USDT, USD), Error::<Test>::MintRateLimitExceeded);
		assert_noop!(mint(USDC, UNIT), Error::<Test>::MintRateLimitExceeded);
		assert_ok!(redeem(USDT, 100 * USD));
		assert_ok!(basket(100 * USD));
	});
}

#[test]
fn mint_rate_limit_should_refill_continuously() {
	ExtBuilder::default().build_and_execute(|| {
		issue_supply();
		assert_ok!(mint(USDT, 10_000 * USD));
		assert_eq!(Reserves::mint_rate_limit().room, 0);
		// A quarter of the day brings the reference to 102 500, and a tenth of that may be above
		// it.
		pass(6 * HOUR);
		let after = MintRateLimitReport {
			reference: 102_500 * USD,
			allowance: 10_250 * USD,
			room: 2_750 * USD,
			period: DAY,
		};
		assert_eq!(Reserves::mint_rate_limit(), after);
		assert_noop!(mint(USDT, 2_750 * USD + 1), Error::<Test>::MintRateLimitExceeded);
		assert_ok!(mint(USDT, 2_750 * USD));
		assert_eq!(
			MintRateLimit::<Test>::get(),
			Some(Growth { reference: 102_500 * USD, at: START + 6 * HOUR })
		);
		// No boundary gives two allowances: a day after the reference has moved by 10 250.
		pass(DAY);
		assert_eq!(Reserves::mint_rate_limit().reference, 112_750 * USD);
		assert_noop!(mint(USDT, 11_275 * USD + 1), Error::<Test>::MintRateLimitExceeded);
		assert_ok!(mint(USDT, 11_275 * USD));
	});
}

/// The thief has a large account and wants nobody else to mint: it redeems and mints again, in
/// either order and for as long as it likes.
#[test]
fn mint_rate_limit_should_keep_its_room_when_an_account_goes_in_circles() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(mint(USDT, 60_000 * USD));
		Values::mutate(|values| values.mint_limit_floor = 5_000 * USD);
		assert_ok!(Reserves::reset_mint_rate_limit(RuntimeOrigin::root()));
		pass(30 * DAY);
		let room = 6_000 * USD;
		for _ in 0..5 {
			// What leaves comes back, whatever the limit of a day is.
			assert_ok!(redeem(USDT, 50_000 * USD));
			assert_ok!(mint(USDT, 50_000 * USD));
			assert_eq!(Reserves::mint_rate_limit().room, room);
			assert_ok!(mint(USDT, 6_000 * USD));
			assert_ok!(redeem(USDT, 6_000 * USD));
			assert_eq!(Reserves::mint_rate_limit().room, room);
			pass(DAY);
		}
		// Waiting outside makes room for the others, at the speed of the limit.
		assert_ok!(redeem(USDT, 50_000 * USD));
		assert_eq!(Reserves::mint_rate_limit().room, 56_000 * USD);
		pass(DAY);
		// 60 000 less 6 000, and a tenth of the rest above.
		assert_eq!(Reserves::mint_rate_limit().room, 44_000 * USD + 5_400 * USD);
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
fn mint_rate_limit_should_stop_all_growth_when_share_and_floor_are_zero() {
	ExtBuilder::default().build_and_execute(|| {
		issue_supply();
		Values::mutate(|values| values.mint_limit_floor = 0);
		Values::mutate(|values| values.mint_limit_share = Perbill::zero());
		assert_noop!(mint(USDT, USD), Error::<Test>::MintRateLimitExceeded);
		assert_ok!(redeem(USDT, 2 * USD));
		// What was there may come back, and no more.
		assert_noop!(mint(USDT, 2 * USD + 1), Error::<Test>::MintRateLimitExceeded);
		assert_ok!(mint(USDT, 2 * USD));
		pass(365 * DAY);
		assert_noop!(mint(USDT, USD), Error::<Test>::MintRateLimitExceeded);
	});
}

#[test]
fn mint_rate_limit_should_report_the_room_left() {
	ExtBuilder::default().build_and_execute(|| {
		issue_supply();
		let before = MintRateLimitReport {
			reference: 100_000 * USD,
			allowance: 10_000 * USD,
			room: 10_000 * USD,
			period: DAY,
		};
		assert_eq!(Reserves::mint_rate_limit(), before);
		assert_ok!(mint(USDT, 4_000 * USD));
		let after = MintRateLimitReport { room: 6_000 * USD, ..before };
		assert_eq!(Reserves::mint_rate_limit(), after);
		assert_eq!(Reserves::proof_of_reserves().mint_rate_limit, after);
		// A period of length zero is one second.
		Values::mutate(|values| values.mint_limit_period = 0);
		assert_eq!(Reserves::mint_rate_limit(), MintRateLimitReport { period: 1, ..after });
	});
}

/// A limit that each change of the length reset would let the supply grow by a tenth with each.
#[test]
fn mint_rate_limit_should_make_no_room_when_its_length_changes() {
	ExtBuilder::default().build_and_execute(|| {
		issue_supply();
		assert_ok!(mint(USDT, 10_000 * USD));
		for length in [HOUR, 7 * HOUR, 7 * DAY, 0, 2 * DAY, 6 * HOUR] {
			Values::mutate(|values| values.mint_limit_period = length);
			assert_eq!(Reserves::mint_rate_limit().room, 0, "{length}");
			assert_noop!(mint(USDT, USD), Error::<Test>::MintRateLimitExceeded);
		}
		// It is the speed that has changed.
		pass(3 * HOUR);
		assert_eq!(Reserves::mint_rate_limit().reference, 105_000 * USD);
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
		assert_eq!(last_event(), Event::MintRateLimitReset { supply: 110_000 * USD });
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
fn swaps_should_weigh_more_by_the_checks() {
	use crate::RateLimitedMintWeights;
	use polkadot_sdk::pallet_psm::WeightInfo;
	type Limited = RateLimitedMintWeights<Test, ()>;
	let more = Limited::mint(3).checked_sub(&<() as WeightInfo>::mint(3));
	assert_eq!(more, Some(<() as crate::WeightInfo>::issue()));
	let more = Limited::redeem().checked_sub(&<() as WeightInfo>::redeem());
	assert_eq!(more, Some(<() as crate::WeightInfo>::redemption()));
}
