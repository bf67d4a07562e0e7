// SPDX-License-Identifier: Apache-2.0

//! Migrations of a chain to this version of the runtime.

/// Migrations that run within the block of the upgrade.
pub type SingleBlock =
	(polkadot_sdk::pallet_xcm::migration::MigrateToLatestXcmVersion<crate::Runtime>,);

/// Migrations that run over several blocks. There is none yet.
#[cfg(not(feature = "runtime-benchmarks"))]
pub type MultiBlock = ();
