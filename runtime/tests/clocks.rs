// SPDX-License-Identifier: Apache-2.0

//! Clocks of governance: blocks of the relay chain, and outages. Blocks are begun by the hooks and
//! inherents of the runtime.

#![allow(missing_docs)]

mod common;

use caliber_primitives::{governance::Outage, traits::Clock, USD};
use caliber_runtime::{
	configs::governance::{origins::Origin, tracks},
	constants::time::{DAYS, SLOT_DURATION},
	genesis_config_presets as presets, Credit, Governance, Runtime, RuntimeOrigin, Scheduler,
	System, Timestamp,
};
use common::{lines::*, voting::*, *};
use pallet_caliber_governance::RelayBlocks;
use polkadot_sdk::{
	cumulus_pallet_parachain_system::{self, OnSystemEvent},
	cumulus_primitives_core::PersistedValidationData,
	frame_support::{
		assert_ok,
		traits::{OnFinalize, OnInitialize},
	},
	pallet_aura,
	pallet_referenda::TracksInfo as _,
	sp_consensus_aura::Slot,
	sp_runtime::traits::BlockNumberProvider,
};

type OfRelay = <Runtime as cumulus_pallet_parachain_system::Config>::OnSystemEvent;

/// Makes a block on a block of the relay chain, at a time.
fn block(relay: u32, seconds: u64) {
	let number = System::block_number() + 1;
	let millis = seconds * 1_000;
	System::set_block_number(number);
	System::reset_events();
	pallet_aura::CurrentSlot::<Runtime>::put(Slot::from(millis / SLOT_DURATION));
	Governance::on_initialize(number);
	Scheduler::on_initialize(number);
	OfRelay::on_validation_data(&PersistedValidationData {
		relay_parent_number: relay,
		..Default::default()
	});
	assert_ok!(Timestamp::set(RuntimeOrigin::none(), millis));
	Timestamp::on_finalize(number);
}

/// Runs a test on the development chain, whose first block is built on the relay chain's block of
/// this number.
fn run_from(relay: u32, test: impl FnOnce()) {
	genesis("development").execute_with(|| {
		block(relay, START);
		test();
		check_state();
	});
}

/// Makes `blocks` blocks, one for each block of the relay chain after `relay`. Returns the last of
/// the relay chain.
fn pass(relay: u32, blocks: u32) -> u32 {
	for passed in 1..=blocks {
		block(relay + passed, now() + 6);
	}
	relay + blocks
}

#[test]
fn governance_should_count_from_the_first_block_of_the_relay_chain_that_it_saw() {
	run_from(FIRST_RELAY_BLOCK, || {
		assert_eq!(RelayBlocks::<Runtime>::current_block_number(), 0);
		block(FIRST_RELAY_BLOCK + 1, START + 6);
		assert_eq!(RelayBlocks::<Runtime>::current_block_number(), 1);
		// Several blocks on one of the relay chain.
		block(FIRST_RELAY_BLOCK + 1, START + 6);
		assert_eq!(RelayBlocks::<Runtime>::current_block_number(), 1);
		// The relay chain went on while this chain stood still.
		block(FIRST_RELAY_BLOCK + 1_201, START + 7_206);
		assert_eq!(RelayBlocks::<Runtime>::current_block_number(), 1_201);
	});
}

#[test]
fn referendum_should_live_and_be_enacted_when_the_relay_chain_is_old() {
	run_from(FIRST_RELAY_BLOCK, || {
		let index = submit_referendum(Origin::CreditAdmin, set_min_draw(500 * USD));
		carry(index);
		let info = tracks::TracksInfo::info(12).unwrap();
		let relay = pass(FIRST_RELAY_BLOCK, info.prepare_period + info.confirm_period + 4);
		assert_approved(index);
		assert_eq!(min_draw(), 1_000 * USD);
		pass(relay, info.min_enactment_period);
		assert_eq!(min_draw(), 500 * USD);
	});
}

#[test]
fn referendum_should_be_enacted_when_the_relay_chain_went_on_without_the_chain() {
	run_from(FIRST_RELAY_BLOCK, || {
		let index = submit_referendum(Origin::CreditAdmin, set_min_draw(500 * USD));
		carry(index);
		let info = tracks::TracksInfo::info(12).unwrap();
		let relay = pass(FIRST_RELAY_BLOCK, info.prepare_period + info.confirm_period + 4);
		assert_approved(index);
		// Two hours without a block. Then the agenda of each block is served in its turn.
		block(relay + 1_200, now() + 7_200);
		block(relay + 1_201, now() + 6);
		assert_eq!(min_draw(), 500 * USD);
	});
}

#[test]
fn enactment_should_take_a_month_of_the_relay_chain_when_the_tempo_is_one() {
	genesis(presets::TESTNET_RUNTIME_PRESET).execute_with(|| {
		use polkadot_sdk::frame_support::traits::schedule::{v3::Anon, DispatchTime};
		use polkadot_sdk::frame_support::traits::StorePreimage;
		block(FIRST_RELAY_BLOCK, START);
		let wait = tracks::TracksInfo::info(12).unwrap().min_enactment_period;
		assert_eq!(wait, 31 * DAYS);
		let call = caliber_runtime::Preimage::bound(set_min_draw(500 * USD)).unwrap();
		let root = polkadot_sdk::frame_system::RawOrigin::Root.into();
		assert_ok!(<Scheduler as Anon<_, _, _>>::schedule(
			DispatchTime::After(wait - 1),
			None,
			63,
			root,
			call.transmute(),
		));
		// Blocks of this chain do not bring it nearer.
		for _ in 0..100 {
			block(FIRST_RELAY_BLOCK + 1, now());
		}
		let agenda = polkadot_sdk::pallet_scheduler::Agenda::<Runtime>::iter_keys();
		assert_eq!(agenda.collect::<Vec<_>>(), vec![31 * DAYS]);
	});
}

#[test]
fn outage_should_be_noted_and_move_the_ends_of_periods_that_it_met() {
	run_from(FIRST_RELAY_BLOCK, || {
		let began_at = now();
		let end = began_at + 86_400;
		// An hour is no outage.
		block(FIRST_RELAY_BLOCK + 600, now() + 3_600);
		assert_eq!(Governance::outages(), vec![]);
		assert_eq!(Governance::end_of(began_at, end), end);

		let from = now();
		block(FIRST_RELAY_BLOCK + 1_800, from + 7_200);
		assert_eq!(Governance::outages(), vec![Outage { from, until: from + 7_200 }]);
		assert_eq!(Governance::end_of(began_at, end), end + 7_200);
		// A period that began later does not count it.
		assert_eq!(Governance::end_of(now(), end), end);
	});
}

#[test]
fn cure_period_should_be_longer_by_the_outage_that_it_met() {
	run_live(|| {
		let line_id = open_funded_line(10_000);
		submit_ok(
			&borrower(),
			pallet_caliber_credit::Call::draw { line: line_id, amount: 40_000 * USD },
		);
		// Custody of the machines is not renewed within its seven days.
		set_time(START + 8 * DAY);
		submit_ok(&voter(), pallet_caliber_credit::Call::declare_breach { line: line_id });
		let end = now() + 7 * DAY;
		let cure_until = || Credit::line(line_id).unwrap().breach.unwrap().cure_until;
		assert_eq!(cure_until(), end);

		let relay = FIRST_RELAY_BLOCK + 8 * DAYS;
		block(relay + 1, now() + 6);
		block(relay + 1_201, now() + 7_200);
		assert_eq!(cure_until(), end + 7_200);
		let declare = || pallet_caliber_credit::Call::declare_uncured { line: line_id };
		set_time(end + 7_200);
		submit_err(&voter(), declare(), pallet_caliber_credit::Error::<Runtime>::CurePeriodRunning);
		set_time(end + 7_201);
		submit_ok(&voter(), declare());
	});
}
