// SPDX-License-Identifier: Apache-2.0

//! Tests of the clocks.

use super::mock::*;
use crate::{Event, RelayBlocks, MAX_OUTAGES};
use caliber_primitives::{governance::Outage, traits::Clock, Seconds};
use caliber_testkit::last_event;
use polkadot_sdk::{
	frame_support::{
		assert_ok,
		traits::{Hooks, OnTimestampSet},
	},
	frame_system,
	sp_runtime::traits::BlockNumberProvider,
};

/// Lets time pass without a block.
fn stop(seconds: Seconds) {
	caliber_testkit::pass::<Test>(seconds);
	Governance::on_timestamp_set(caliber_testkit::now::<Test>() * 1_000);
}

#[test]
fn relay_blocks_should_count_from_the_first_that_the_chain_saw() {
	run(|| {
		assert_eq!(RelayBlocks::<Test>::current_block_number(), 0);
		Governance::note_relay_block(30_000_000);
		assert_eq!(RelayBlocks::<Test>::current_block_number(), 0);
		Governance::note_relay_block(30_000_001);
		assert_eq!(RelayBlocks::<Test>::current_block_number(), 1);
		// Two blocks on one of the relay chain, and one on an older.
		Governance::note_relay_block(30_000_001);
		Governance::note_relay_block(30_000_000);
		assert_eq!(RelayBlocks::<Test>::current_block_number(), 1);
		// After an outage of the chain.
		Governance::note_relay_block(30_001_000);
		assert_eq!(RelayBlocks::<Test>::current_block_number(), 1_000);
	});
}

#[test]
fn the_scheduler_should_enact_what_is_due_when_the_relay_chain_is_high() {
	run(|| {
		let dispatched = || {
			System::events().iter().any(|record| {
				matches!(
					record.event,
					RuntimeEvent::Scheduler(
						polkadot_sdk::pallet_scheduler::Event::Dispatched { .. }
					)
				)
			})
		};
		// The first block is built before its relay block is known.
		Scheduler::on_initialize(1);
		Governance::note_relay_block(30_000_000);
		let call = frame_system::Call::remark_with_event { remark: vec![1] };
		assert_ok!(Scheduler::schedule(RuntimeOrigin::root(), 10, None, 63, Box::new(call.into())));
		for relay in [30_000_002, 30_000_004, 30_000_009] {
			Governance::note_relay_block(relay);
			Scheduler::on_initialize(2);
			assert!(!dispatched(), "at {relay}");
		}
		// Block 10 itself is jumped over.
		Governance::note_relay_block(30_000_013);
		Scheduler::on_initialize(3);
		assert!(dispatched());
	});
}

#[test]
fn outages_should_be_noted_when_they_last_more_than_an_hour() {
	run(|| {
		stop(3_600);
		assert_eq!(Governance::outages(), vec![]);
		stop(3_601);
		let outage = Outage { from: START + 3_600, until: START + 7_201 };
		assert_eq!(Governance::outages(), vec![outage]);
		assert_eq!(last_event::<Test, Event<Test>>(), Event::OutageNoted { outage });
	});
}

#[test]
fn the_last_sixteen_outages_should_be_kept() {
	run(|| {
		for _ in 0..20 {
			stop(10_000);
		}
		let outages = Governance::outages();
		assert_eq!(outages.len(), MAX_OUTAGES as usize);
		assert_eq!(outages[0].from, START + 4 * 10_000);
		assert_eq!(outages[15].until, START + 20 * 10_000);
	});
}

#[test]
fn end_of_should_be_later_by_the_outage_and_not_by_time_with_blocks() {
	run(|| {
		let (from, end) = (START, START + 3 * DAY);
		pass(DAY);
		assert_eq!(Governance::end_of(from, end), end);
		stop(DAY);
		assert_eq!(Governance::end_of(from, end), end + DAY);
		// A period that began afterwards is not longer.
		let later = START + 2 * DAY;
		assert_eq!(Governance::end_of(later, later + DAY), later + DAY);
	});
}

#[test]
fn the_first_block_should_be_no_outage() {
	let mut ext = chain(1, Vec::new());
	ext.execute_with(|| {
		crate::LastBlockAt::<Test>::kill();
		Governance::on_timestamp_set(START * 1_000);
		assert_eq!(Governance::outages(), vec![]);
	});
}
