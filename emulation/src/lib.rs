// SPDX-License-Identifier: Apache-2.0

//! Empty library: the crate consists of its tests.
//!
//! `tests/xcm` runs Caliber's runtime in a network with a relay chain, Asset Hub and a sibling, and
//! sends messages between them with the SDK's emulator. Caliber's runtime is the real one, from its
//! development preset. The other three are stand-ins that have only what the messages need.
