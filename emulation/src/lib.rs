// SPDX-License-Identifier: Apache-2.0

//! Nothing to use: the crate is its tests.
//!
//! `tests/xcm` puts Caliber's runtime among a relay chain, an Asset Hub and a sibling, and sends
//! messages between them with the SDK's emulator. The other three are stand-ins that are no larger
//! than the messages need; Caliber's is the real one, from its development preset.
