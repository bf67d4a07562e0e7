// SPDX-License-Identifier: Apache-2.0

//! A runtime for the tests, with the real scheduler, clock and balances.

use crate as pallet_caliber_governance;
use crate::{
	AreaId, Brake, BrakeTarget, CallName, Change, NotPaused, RelayBlocks, SchedulerAgenda, Values,
};
use caliber_primitives::{
	governance::{
		values::{CreditValues, RuleValues, VaultValues},
		Authority, Risk,
	},
	Seconds,
};
use caliber_testkit as testkit;
use polkadot_sdk::{
	frame_support::{
		self,
		dispatch::DispatchResult,
		parameter_types,
		traits::{
			ConstU32, Contains, EnsureOriginWithArg, EqualPrivilegeOnly, Get, OnTimestampSet,
		},
		weights::Weight,
	},
	frame_system::{self, EnsureRoot, EnsureSignedBy},
	pallet_balances, pallet_preimage, pallet_scheduler, pallet_timestamp,
	sp_io::TestExternalities,
};

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

testkit::impl_ground!(Test { System(AccountId), Balances(1) });

impl pallet_timestamp::Config for Test {
	type MinimumPeriod = frame_support::traits::ConstU64<0>;
	type Moment = u64;
	type OnTimestampSet = Governance;
	type WeightInfo = ();
}

parameter_types! {
	pub SchedulerWeight: Weight = Weight::from_parts(1_000_000_000_000, 10_000_000);
	pub const Committee: AccountId = COMMITTEE;
}

impl pallet_scheduler::Config for Test {
	type BlockNumberProvider = RelayBlocks<Test>;
	type MaxScheduledPerBlock = ConstU32<10>;
	type MaximumWeight = SchedulerWeight;
	type OriginPrivilegeCmp = EqualPrivilegeOnly;
	type PalletsOrigin = OriginCaller;
	type Preimages = Preimage;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type ScheduleOrigin = EnsureRoot<AccountId>;
	type WeightInfo = ();
}

impl pallet_preimage::Config for Test {
	type Consideration = ();
	type Currency = Balances;
	type ManagerOrigin = EnsureRoot<AccountId>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
}

/// Calls that `pallet-referenda` schedules for itself, by their names.
#[frame_support::pallet(dev_mode)]
pub mod alarms {
	use polkadot_sdk::{frame_support::pallet_prelude::*, frame_system::pallet_prelude::*};

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: polkadot_sdk::frame_system::Config {}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		pub fn nudge_referendum(_: OriginFor<T>, _index: u32) -> DispatchResult {
			Ok(())
		}

		pub fn one_fewer_deciding(_: OriginFor<T>, _track: u16) -> DispatchResult {
			Ok(())
		}
	}
}

impl alarms::Config for Test {}

/// Root and [`TRACK`] set every value; [`CAUTIOUS`] those that lower risk.
pub struct Tracks;
impl EnsureOriginWithArg<RuntimeOrigin, (AreaId, Risk)> for Tracks {
	type Success = Authority;

	fn try_origin(
		origin: RuntimeOrigin,
		(_, risk): &(AreaId, Risk),
	) -> Result<Authority, RuntimeOrigin> {
		use frame_system::RawOrigin::*;
		match origin.clone().into() {
			Ok(Root) => Ok(Authority::Referendum),
			Ok(Signed(TRACK)) => Ok(Authority::Referendum),
			Ok(Signed(CAUTIOUS)) if *risk == Risk::Lowers => Ok(Authority::Referendum),
			Ok(Signed(COMMITTEE)) if *risk == Risk::Lowers => Ok(Authority::Committee),
			_ => Err(origin),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin(_: &(AreaId, Risk)) -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::root())
	}
}

/// [`COMMITTEE`] and [`CANCELLER`].
pub struct Vetoers;
impl frame_support::traits::EnsureOrigin<RuntimeOrigin> for Vetoers {
	type Success = Authority;

	fn try_origin(origin: RuntimeOrigin) -> Result<Authority, RuntimeOrigin> {
		match origin.clone().into() {
			Ok(frame_system::RawOrigin::Signed(COMMITTEE)) => Ok(Authority::Committee),
			Ok(frame_system::RawOrigin::Signed(CANCELLER)) => Ok(Authority::Referendum),
			_ => Err(origin),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::signed(COMMITTEE))
	}
}

/// `Balances.transfer_all` stands for the ways out.
pub struct WaysOut;
impl Contains<CallName> for WaysOut {
	fn contains(call: &CallName) -> bool {
		call.is("Balances", "transfer_all")
	}
}

impl pallet_caliber_governance::Config for Test {
	type Agenda = SchedulerAgenda<Test>;
	type BrakeOrigin = EnsureSignedBy<CommitteeMember, AccountId>;
	type NeverPaused = WaysOut;
	type Time = Timestamp;
	type ValuesOrigin = Tracks;
	type VetoOrigin = Vetoers;
	type WeightInfo = ();
}

frame_support::ord_parameter_types! {
	pub const CommitteeMember: AccountId = COMMITTEE;
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

/// Lets time pass, in steps too short for an outage.
pub fn pass(mut seconds: Seconds) {
	while seconds > 0 {
		let step = seconds.min(3_600);
		testkit::pass::<Test>(step);
		Governance::on_timestamp_set(testkit::now::<Test>() * 1_000);
		seconds -= step;
	}
}

/// Sets values by a referendum.
pub fn set(changes: &[Change]) -> DispatchResult {
	Governance::set(RuntimeOrigin::signed(TRACK), changes.to_vec().try_into().unwrap())
}

/// Brakes values or calls.
pub fn brake(brakes: &[Brake]) -> DispatchResult {
	Governance::brake(RuntimeOrigin::signed(COMMITTEE), brakes.to_vec().try_into().unwrap())
}

/// Ends brakes.
pub fn release(targets: &[BrakeTarget]) -> DispatchResult {
	Governance::release(RuntimeOrigin::signed(COMMITTEE), targets.to_vec().try_into().unwrap())
}

/// Returns the name of a call.
pub fn name(pallet: &str, call: &str) -> CallName {
	CallName::new(pallet, call).unwrap()
}

/// Returns true if a transfer passes the filter.
pub fn may_transfer() -> bool {
	let call = pallet_balances::Call::transfer_keep_alive { dest: ALICE, value: 1 };
	NotPaused::<Test>::contains(&call.into())
}

pub fn credit() -> CreditValues {
	Values::<Test>::get()
}

pub fn vault() -> VaultValues {
	Values::<Test>::get()
}

pub fn rules() -> RuleValues {
	Values::<Test>::get()
}
