// SPDX-License-Identifier: Apache-2.0

//! Tests of `try_state`: each invariant is broken once, and found by its number.

use polkadot_sdk::sp_runtime::TryRuntimeError;

/// Returns the message of the invariant that a change breaks, such as "INV-V4: …".
///
/// # Panics
///
/// If an invariant is broken before the change, or none after it.
pub fn broken(
	check: impl Fn() -> Result<(), TryRuntimeError>,
	change: impl FnOnce(),
) -> &'static str {
	assert_eq!(check(), Ok(()), "an invariant is broken before the change");
	change();
	match check() {
		Err(TryRuntimeError::Other(message)) => message,
		other => panic!("expected a broken invariant, got {other:?}"),
	}
}
