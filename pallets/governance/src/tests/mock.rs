// SPDX-License-Identifier: Apache-2.0

//! A runtime for the tests, with the real scheduler, clock and balances.

use crate as pallet_caliber_governance;
use crate::{AreaId, CallName, Change, RelayBlocks, SchedulerAgenda};
use caliber_primitives::Seconds;
use caliber_testkit::{self as testkit, alarms, AreaTracks, Vetoers};
use polkadot_sdk::{
	frame_support::{
		self, ord_parameter_types, parameter_types,
		traits::{Contains, OnTimestampSet},
	},
	frame_system::{self, EnsureSignedBy},
	pallet_balances, pallet_preimage, pallet_scheduler, pallet_timestamp,
	sp_io::TestExternalities,
};

pub use super::support::*;
pub use testkit::DAY;

pub type AccountId = u64;

/// May raise and lower risk in every area: stands for a referendum on its track.
pub const TRACK: AccountId = 1;
/// May only lower risk by a referendum.
pub const CAUTIOUS: AccountId = 2;
/// Two thirds of the technical committee.
pub const COMMITTEE: AccountId = 3;
/// Track that cancels referenda.
pub const CANCELLER: AccountId = 4;
/// Somebody.
pub const ALICE: AccountId = 9;

/// Time at which the tests begin, unix seconds.
pub const START: Seconds = 1_800_000_000;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Preimage: pallet_preimage,
		Scheduler: pallet_scheduler,
		Referenda: alarms,
		Governance: pallet_caliber_governance,
	}
);

testkit::impl_ground!(Test {
	System(AccountId),
	Timestamp(Governance),
	Balances(1),
	Preimage,
	Scheduler(RelayBlocks<Test>),
});

parameter_types! {
	pub const Track: AccountId = TRACK;
	pub const Cautious: AccountId = CAUTIOUS;
	pub const Canceller: AccountId = CANCELLER;
}
ord_parameter_types! {
	pub const Committee: AccountId = COMMITTEE;
}

impl alarms::Config for Test {}

/// `Balances.transfer_all` stands for the ways out.
pub struct WaysOut;
impl Contains<CallName> for WaysOut {
	fn contains(call: &CallName) -> bool {
		call.is("Balances", "transfer_all")
	}
}

impl pallet_caliber_governance::Config for Test {
	type Agenda = SchedulerAgenda<Test>;
	type BrakeOrigin = EnsureSignedBy<Committee, AccountId>;
	type NeverPaused = WaysOut;
	type Time = Timestamp;
	type ValuesOrigin = AreaTracks<Test, AreaId, Track, Cautious, Committee>;
	type VetoOrigin = Vetoers<Test, Committee, Canceller>;
	type WeightInfo = ();
}

/// Returns a chain of this tempo with these values.
pub fn chain(tempo: u32, changes: Vec<Change>) -> TestExternalities {
	let genesis =
		pallet_caliber_governance::GenesisConfig::<Test> { tempo, changes, ..Default::default() };
	testkit::externalities::<Test>(genesis, || {
		testkit::set_time::<Test>(START);
		Governance::on_timestamp_set(START * 1_000);
	})
}

/// For the benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub fn new_test_ext() -> TestExternalities {
	chain(1, Vec::new())
}

/// Runs a test on a chain of tempo 1 with the defaults, and checks the invariants after it.
pub fn run(test: impl FnOnce()) {
	check(chain(1, Vec::new()), test);
}

/// Runs a test on a chain, and checks the invariants after it.
pub fn check(ext: TestExternalities, test: impl FnOnce()) {
	testkit::execute(ext, test, Governance::do_try_state);
}
