// SPDX-License-Identifier: Apache-2.0

//! Governance and the pallets whose rules it sets.

use crate::{governance::values::RuleValues, RulesVersion, Seconds};

/// Rules of lines by version. Titles and credit ask governance.
///
/// A version never changes, and the values of all versions are those that count on this chain: its
/// tempo has divided the waits.
pub trait LineRules {
	/// Returns the version under which a line opens now.
	fn version() -> RulesVersion;
	/// Returns the rules of a version. Versions stay for ever, and callers ask for such as they had
	/// from [`Self::version`]: for one that never was, those of the present are returned.
	fn of(version: RulesVersion) -> RuleValues;
	/// Returns the rules that count for new debt now, brakes included.
	fn present() -> RuleValues;
}

/// Time that counts against somebody. Titles, credit and the vault ask governance.
pub trait Clock {
	/// Returns the end of a period that began at `from` and would end at `end`, both unix seconds:
	/// later by the time in which the chain made no blocks meanwhile, because that counts against
	/// nobody. Interest runs on all the same.
	fn end_of(from: Seconds, end: Seconds) -> Seconds;

	/// Returns the length of a day at the tempo of the chain, in seconds: the step of what somebody
	/// waits for by days.
	fn day() -> Seconds {
		caliber_math::SECONDS_PER_DAY
	}
}

impl Clock for () {
	fn end_of(_: Seconds, end: Seconds) -> Seconds {
		end
	}
}
