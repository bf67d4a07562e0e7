// SPDX-License-Identifier: Apache-2.0

//! Weight of a provision: the part of a line's shortfall that the senior lender's books count
//! before a loss is certain.

use caliber_math::{mul_div, MathError, Rounding};
use caliber_primitives::{Balance, Seconds};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_runtime::{FixedU128, Perbill};
use scale_info::TypeInfo;

/// The last assessment of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Provision {
	/// Part of the shortfall that is provisioned.
	pub weight: Perbill,
	/// Borrowing base over what it has to cover, a missing value counted as the last one less the
	/// haircut. None while nothing is left to cover, and before the first assessment.
	pub coverage: Option<FixedU128>,
	/// Insurance money that is expected for machines which are lost, less the haircut, in USDai.
	pub insured: Balance,
	/// Time of the assessment, unix seconds.
	pub assessed_at: Seconds,
}

/// Part of a period that has run, outages of the chain left aside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Elapsed {
	/// Seconds that have run.
	pub seconds: Seconds,
	/// Length of the period, in seconds.
	pub period: Seconds,
}

impl Elapsed {
	/// Returns the part of a period that has run at `now`. It began at `since` and would have ended at
	/// `end`, but ends at `ends_at`, which is later by what outages took of it so far.
	pub fn at(now: Seconds, since: Seconds, end: Seconds, ends_at: Seconds) -> Self {
		// Times past each other count as no time.
		let lost = ends_at.saturating_sub(end);
		let seconds = now.saturating_sub(since).saturating_sub(lost);
		Self { seconds, period: end.saturating_sub(since) }
	}

	/// Returns the weight that grows from `from` to `to` over the period, in steps of `step` seconds.
	/// It is rounded up.
	pub fn weight(&self, from: Perbill, to: Perbill, step: Seconds) -> Result<Perbill, MathError> {
		let Self { seconds, period } = *self;
		if seconds >= period {
			return Ok(to);
		}
		let whole = seconds - seconds % step.max(1);
		let (from, to) = (from.deconstruct(), to.deconstruct());
		let range = to.max(from) - from;
		let grown = mul_div(range.into(), whole.into(), period.into(), Rounding::Up)?;
		let grown = u32::try_from(grown).map_err(|_| MathError::Overflow)?;
		Ok(Perbill::from_parts(from.checked_add(grown).ok_or(MathError::Overflow)?))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const DAY: Seconds = 86_400;

	fn percent(share: u32) -> Perbill {
		Perbill::from_percent(share)
	}

	#[test]
	fn weight_should_grow_by_days_from_the_first_to_the_last() {
		for (seconds, expected) in [
			(0, 250_000_000),
			(DAY - 1, 250_000_000),
			// 25 % + 75 % of a tenth.
			(DAY, 325_000_000),
			(2 * DAY - 1, 325_000_000),
			(9 * DAY, 925_000_000),
			(10 * DAY - 1, 925_000_000),
			(10 * DAY, 1_000_000_000),
			(Seconds::MAX, 1_000_000_000),
		] {
			let elapsed = Elapsed { seconds, period: 10 * DAY };
			let weight = elapsed.weight(percent(25), percent(100), DAY);
			assert_eq!(weight, Ok(Perbill::from_parts(expected)), "{seconds}");
		}
	}

	#[test]
	fn weight_should_be_rounded_up_and_end_with_a_period_that_is_no_whole_number_of_steps() {
		let at = |seconds| Elapsed { seconds, period: 7 }.weight(percent(0), percent(50), 3);
		// 50 % of three sevenths: 214 285 714.3.
		assert_eq!(at(3), Ok(Perbill::from_parts(214_285_715)));
		assert_eq!(at(5), at(3));
		assert_eq!(at(6), Ok(Perbill::from_parts(428_571_429)));
		assert_eq!(at(7), Ok(percent(50)));
	}

	#[test]
	fn weight_should_be_the_last_at_once_when_the_period_has_no_length() {
		let elapsed = Elapsed { seconds: 0, period: 0 };
		assert_eq!(elapsed.weight(percent(5), percent(100), DAY), Ok(percent(100)));
	}

	#[test]
	fn elapsed_should_leave_outages_aside() {
		let elapsed = Elapsed::at(150, 100, 200, 230);
		assert_eq!(elapsed, Elapsed { seconds: 20, period: 100 });
		assert_eq!(Elapsed::at(100, 100, 200, 200).seconds, 0);
		assert_eq!(Elapsed::at(231, 100, 200, 230).seconds, 101);
	}
}
