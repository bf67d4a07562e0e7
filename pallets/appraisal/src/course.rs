// SPDX-License-Identifier: Apache-2.0

//! How far an accepted value may move, and what has to be remembered for it.
//!
//! # What holds
//!
//! Let a value be *in force* from the moment it is accepted until the next one is. Of any two values of
//! a key that were in force no more than the policy's `update_period` apart, the later one differs from
//! the earlier by at most `max_move_per_update`; of any two that were in force no more than a day apart,
//! by at most `max_move_per_day`. Both are shares of the earlier value, rounded so that they are never
//! exceeded, and there is no seam at which a period or a day begins anew. Two values accepted in one
//! block are no time apart: however many operators feed in it, together they make one move.
//!
//! What follows from it: a value that was talked down by a quarter comes back to 93.75 % of where it was
//! within a day, and needs a further day for the rest. One that was talked up comes back at once as far
//! as the period of an update lets it.
//!
//! The first value of a key is taken as it is, and for one `update_period` from then on so is every
//! other: were the first binding, whoever feeds first and lies would hold all others up for days. What
//! is said above holds from the end of that period on. A policy that is changed binds from the next value on,
//! as far as what is remembered under the old one reaches; the value in force is never thrown back.
//!
//! # How
//!
//! The past is kept in spans, each with the lowest and the highest value in force in it: hours for the
//! day, quarters of the period for the update. A span is forgotten once all that it tells of is further
//! back than the window, so that a window reaches up to one span further than it has to: a day is 24 to
//! 25 hours, a period of ten minutes 10 to 12.5. There are never more than 25 and 5 spans, whatever is
//! fed and however often.

use crate::types::{AppraisalPolicy, DAY_SECS};
use caliber_math::{share_of, MathError, Rounding};
use caliber_primitives::Seconds;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{
	frame_support::{
		traits::{ConstU32, Get},
		BoundedVec,
	},
	sp_runtime::Perbill,
};
use scale_info::TypeInfo;

/// The length of a span of the day: an hour.
pub const DAY_SPAN_SECS: Seconds = 3_600;
/// The most spans of the day: those of 24 hours and the running one.
pub const MAX_DAY_SPANS: u32 = 25;
/// Into so many spans the period of an update is divided.
pub const UPDATE_SPANS: Seconds = 4;
/// The most spans of the period of an update: its quarters and the running one.
pub const MAX_UPDATE_SPANS: u32 = 5;

/// A stretch of time, and between what the value moved in it.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Span {
	/// When it began, unix seconds.
	pub since: Seconds,
	/// The lowest value in force in it.
	pub low: u128,
	/// The highest value in force in it.
	pub high: u128,
}

/// The spans of a window, in the order of time.
pub type Spans<S> = BoundedVec<Span, S>;

/// Where the value of a key has been lately.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Course {
	/// Until then the value follows the median freely: one period of an update from the first value of
	/// the key on, unix seconds.
	pub free_until: Seconds,
	/// The spans of the last period of an update.
	pub recent: Spans<ConstU32<MAX_UPDATE_SPANS>>,
	/// The spans of the last day.
	pub day: Spans<ConstU32<MAX_DAY_SPANS>>,
}

/// Between what the next value may lie. The value in force always does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reach {
	/// The least that can be accepted.
	pub lowest: u128,
	/// The most that can be accepted.
	pub highest: u128,
}

/// How far back values count, and in what spans they are kept.
#[derive(Clone, Copy)]
struct Window {
	/// So far back, in seconds.
	length: Seconds,
	/// The length of a span, in seconds.
	span: Seconds,
}

impl Window {
	/// That of the bound of a day.
	const DAY: Self = Self { length: DAY_SECS, span: DAY_SPAN_SECS };

	/// That of the bound of an update. A period is at least a second, and so is a span.
	fn of_update(policy: &AppraisalPolicy) -> Self {
		let length = policy.update_period;
		Self { length, span: length.div_ceil(UPDATE_SPANS).max(1) }
	}

	/// Whether a span tells of values that were in force no further back than the window.
	///
	/// The last value of a span opens the next one, so that all others were replaced while it ran.
	fn holds(&self, span: &Span, now: Seconds) -> bool {
		let over = self.length.saturating_add(self.span);
		now.saturating_sub(span.since) < over
	}
}

impl Course {
	/// That of a key which has just got its first value.
	pub fn begin(value: u128, now: Seconds, policy: &AppraisalPolicy) -> Self {
		let free_until = now.saturating_add(policy.update_period);
		Self { free_until, recent: Spans::new(), day: Spans::new() }.restart(value, now, policy)
	}

	/// Nothing is remembered but that `value` is in force.
	fn restart(mut self, value: u128, now: Seconds, policy: &AppraisalPolicy) -> Self {
		self.recent = Spans::new();
		self.day = Spans::new();
		self.note(value, value, now, policy);
		self
	}

	/// The median as far as the value may move from `previous`, which is in force, and the course from
	/// then on.
	///
	/// # Errors
	/// Those of [`Self::reach`].
	pub fn moved(
		mut self,
		previous: u128,
		median: u128,
		floor: u128,
		now: Seconds,
		policy: &AppraisalPolicy,
	) -> Result<(u128, Self), MathError> {
		let Some(reach) = self.reach(previous, floor, now, policy)? else {
			return Ok((median, self.restart(median, now, policy)));
		};
		let value = median.clamp(reach.lowest, reach.highest);
		self.note(previous, value, now, policy);
		Ok((value, self))
	}

	/// Between what the next value may lie, while `previous` is in force; none in the first period, when
	/// it may lie anywhere. `floor` is the value under which moves are measured as if it were this.
	///
	/// # Errors
	/// [`MathError::Overflow`] when a value is too large to be moved; stored ones are not.
	pub fn reach(
		&self,
		previous: u128,
		floor: u128,
		now: Seconds,
		policy: &AppraisalPolicy,
	) -> Result<Option<Reach>, MathError> {
		if now < self.free_until {
			return Ok(None);
		}
		let update = extremes(&self.recent, Window::of_update(policy), previous, now);
		let day = extremes(&self.day, Window::DAY, previous, now);
		let update = reach_from(update, floor, policy.max_move_per_update)?;
		let day = reach_from(day, floor, policy.max_move_per_day)?;
		Ok(Some(Reach {
			// A policy that was tightened leaves the value in force where it is, rather than throwing it
			// back against the median.
			lowest: update.lowest.max(day.lowest).min(previous),
			highest: update.highest.min(day.highest).max(previous),
		}))
	}

	/// Remember that `value` took the place of `previous`.
	fn note(&mut self, previous: u128, value: u128, now: Seconds, policy: &AppraisalPolicy) {
		note(&mut self.recent, Window::of_update(policy), previous, value, now);
		note(&mut self.day, Window::DAY, previous, value, now);
	}
}

/// The lowest and the highest value in force in a window, that in force now included.
fn extremes<S: Get<u32>>(
	spans: &Spans<S>,
	window: Window,
	previous: u128,
	now: Seconds,
) -> (u128, u128) {
	spans
		.iter()
		.filter(|span| window.holds(span, now))
		.fold((previous, previous), |(low, high), span| (low.min(span.low), high.max(span.high)))
}

/// As far as a share leads up from the lowest and down from the highest: from every value between them
/// it leads no less far.
fn reach_from((low, high): (u128, u128), floor: u128, share: Perbill) -> Result<Reach, MathError> {
	let distance =
		|reference: u128| share_of(reference.max(floor), share.deconstruct(), Rounding::Down);
	Ok(Reach {
		// Under the floor the distance may lead past zero.
		lowest: high - distance(high)?.min(high),
		highest: low.checked_add(distance(low)?).ok_or(MathError::Overflow)?,
	})
}

/// Remember in the running span that `value` took the place of `previous`, or open the next span.
fn note<S: Get<u32>>(
	spans: &mut Spans<S>,
	window: Window,
	previous: u128,
	value: u128,
	now: Seconds,
) {
	spans.retain(|span| window.holds(span, now));
	let (low, high) = (previous.min(value), previous.max(value));
	let running = spans.last_mut().filter(|span| now.saturating_sub(span.since) < window.span);
	if let Some(span) = running {
		span.low = span.low.min(low);
		span.high = span.high.max(high);
		return;
	}
	let opened = Span { since: now, low, high };
	if let Err(opened) = spans.try_push(opened) {
		merge_oldest(spans);
		// There is room for one more now.
		let _ = spans.try_push(opened);
	}
}

/// Make one of the two oldest spans. Only a longer period of an update finds too many of them, which the
/// shorter one before it left behind. The later beginning counts: what is remembered is remembered
/// longer.
fn merge_oldest<S: Get<u32>>(spans: &mut Spans<S>) {
	if spans.len() < 2 {
		return;
	}
	let oldest = spans.remove(0);
	if let Some(next) = spans.get_mut(0) {
		next.low = next.low.min(oldest.low);
		next.high = next.high.max(oldest.high);
	}
}
