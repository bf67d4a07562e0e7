// SPDX-License-Identifier: Apache-2.0

//! What runs when a chain moves to this version of the runtime.

/// Migrations that finish within the block of the upgrade.
pub type SingleBlock =
	(polkadot_sdk::pallet_xcm::migration::MigrateToLatestXcmVersion<crate::Runtime>,);

/// Migrations that go on over several blocks. There is none yet.
#[cfg(not(feature = "runtime-benchmarks"))]
pub type MultiBlock = ();
