// SPDX-License-Identifier: Apache-2.0

//! The ground under a runtime without pallets of ours.

use crate::*;
use caliber_primitives::{USD, USDAI};
use polkadot_sdk::{
	frame_support::{assert_ok, construct_runtime},
	frame_system, pallet_assets, pallet_assets_holder, pallet_balances, pallet_timestamp,
	sp_io::TestExternalities,
	sp_runtime::TryRuntimeError,
};

const ALICE: u64 = 1;
const BOB: u64 = 2;

construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Assets: pallet_assets,
		AssetsHolder: pallet_assets_holder,
	}
);

impl_ground!(Test {
	System(u64),
	Timestamp,
	Balances(CLBR / 100),
	Assets(AssetsHolder),
	AssetsHolder,
});

fn ext() -> TestExternalities {
	let ground = Ground::new(BOB, &[Asset::USDAI, Asset::SUSDAI])
		.clbr([ALICE, BOB], 3 * CLBR)
		.funds(USDAI, [ALICE], 5 * USD);
	let genesis = RuntimeGenesisConfig {
		balances: ground.balances(),
		assets: ground.assets(),
		..Default::default()
	};
	externalities::<Test>(genesis, || set_time::<Test>(DAY))
}

#[test]
fn externalities_should_hold_the_ground_in_block_one() {
	ext().execute_with(|| {
		assert_eq!(System::block_number(), 1);
		assert_eq!(now::<Test>(), DAY);
		assert_eq!(Balances::free_balance(BOB), 3 * CLBR);
		assert_eq!(balance::<Test>(USDAI, &ALICE), 5 * USD);
		assert_eq!(balance::<Test>(USDAI, &BOB), 0);
	});
}

#[test]
fn paid_in_should_fund_an_account_with_what_it_mints() {
	let ground = Ground::new(BOB, &[Asset::USDAI, Asset::SUSDAI])
		.funds(USDAI, [ALICE], 5 * USD)
		.paid_in(USDAI, [ALICE, BOB], 2 * USD);
	assert_eq!(ground.mints(), vec![(ALICE, USDAI, 2 * USD), (BOB, USDAI, 2 * USD)]);
	let genesis = RuntimeGenesisConfig { assets: ground.assets(), ..Default::default() };
	externalities::<Test>(genesis, || ()).execute_with(|| {
		assert_eq!(balance::<Test>(USDAI, &ALICE), 7 * USD);
		assert_eq!(balance::<Test>(USDAI, &BOB), 2 * USD);
	});
}

#[test]
fn clock_should_move_with_and_without_blocks() {
	ext().execute_with(|| {
		pass::<Test>(5);
		assert_eq!((System::block_number(), now::<Test>()), (1, DAY + 5));
		next_block::<Test>(HOUR);
		assert_eq!((System::block_number(), now::<Test>()), (2, DAY + HOUR + 5));
		let mut runs = 0;
		run_blocks::<Test>(20, 6, || runs += 1);
		assert_eq!((System::block_number(), now::<Test>()), (5, DAY + HOUR + 23));
		assert_eq!(runs, 3);
	});
}

#[test]
fn events_should_be_those_of_one_pallet() {
	ext().execute_with(|| {
		type Event = pallet_assets::Event<Test>;
		assert_ok!(send::<Test>(USDAI, &ALICE, &BOB, USD));
		assert_ok!(Balances::transfer_allow_death(RuntimeOrigin::signed(ALICE), BOB, CLBR));
		let sent = Event::Transferred { asset_id: USDAI, from: ALICE, to: BOB, amount: USD };
		assert_eq!(last_event::<Test, Event>(), sent);
		assert_eq!(take_events::<Test, Event>(), vec![sent]);
		assert_eq!(events::<Test, RuntimeEvent>(), vec![]);
	});
}

#[test]
fn broken_should_return_the_message() {
	ext().execute_with(|| {
		let check = || match balance::<Test>(USDAI, &BOB) {
			0 => Ok(()),
			_ => Err(TryRuntimeError::Other("INV-1: Bob has nothing")),
		};
		let change = || {
			assert_ok!(send::<Test>(USDAI, &ALICE, &BOB, USD));
		};
		assert_eq!(broken(check, change), "INV-1: Bob has nothing");
	});
}

#[test]
#[should_panic(expected = "an invariant is broken after the test")]
fn execute_should_check_the_invariants() {
	execute(ext(), || (), || Err(TryRuntimeError::Other("INV-1: never")));
}
