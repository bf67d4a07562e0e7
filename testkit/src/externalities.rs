// SPDX-License-Identifier: Apache-2.0

//! Start and end of a test.

use polkadot_sdk::{
	frame_system::{Config, Pallet},
	sp_io::TestExternalities,
	sp_runtime::{traits::One, BuildStorage, TryRuntimeError},
};

/// Returns externalities with a genesis, in block 1, after `start` has run in it.
pub fn externalities<T: Config>(
	genesis: impl BuildStorage,
	start: impl FnOnce(),
) -> TestExternalities {
	let storage = genesis.build_storage().expect("the genesis is in order");
	let mut ext = TestExternalities::from(storage);
	ext.execute_with(|| {
		Pallet::<T>::set_block_number(One::one());
		start();
	});
	ext
}

/// Runs a test, then checks the invariants.
pub fn execute(
	mut ext: TestExternalities,
	test: impl FnOnce(),
	check: impl FnOnce() -> Result<(), TryRuntimeError>,
) {
	ext.execute_with(|| {
		test();
		assert_eq!(check(), Ok(()), "an invariant is broken after the test");
	});
}
