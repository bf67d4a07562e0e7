//! Deadlines against a walk over the days.

use proptest::prelude::*;

use crate::{config, generate, reference::calendar as reference};

proptest! {
	#![proptest_config(config(2_500, "proptest-regressions/calendar.txt"))]

	#[test]
	fn deadlines_should_be_those_of_a_walk_over_the_days(
		(calendar, originated_at) in generate::calendar(),
	) {
		let expected = reference::deadlines(&calendar, originated_at);
		let count = calendar.count(originated_at).unwrap();
		let deadlines: Vec<_> =
			(0..count).map(|k| calendar.deadline(originated_at, k).unwrap()).collect();
		prop_assert_eq!(&deadlines, &expected);
		let expected_stub = reference::has_stub(&calendar, originated_at);
		prop_assert_eq!(calendar.has_stub(originated_at), Ok(expected_stub));
		let starts = core::iter::once(originated_at).chain(expected);
		for (k, start) in (0..count).zip(starts) {
			prop_assert_eq!(calendar.window_start(originated_at, k), Ok(start));
			prop_assert!(start < deadlines[k as usize]);
		}
	}

	#[test]
	fn counts_should_be_those_of_the_deadlines_one_by_one(
		(calendar, originated_at) in generate::calendar(),
		pick in any::<prop::sample::Index>(),
		around in -2_i64..=2,
		anywhere in any::<u64>(),
	) {
		let deadlines = reference::deadlines(&calendar, originated_at);
		let near = pick.get(&deadlines).saturating_add_signed(around);
		for now in [near, originated_at, 0, anywhere, anywhere % 6_000_000_000, u64::MAX] {
			let ended = deadlines.iter().filter(|deadline| **deadline < now).count();
			let reached = deadlines.iter().filter(|deadline| **deadline <= now).count();
			prop_assert_eq!(calendar.windows_ended(originated_at, now), Ok(ended as u32));
			prop_assert_eq!(calendar.deadlines_reached(originated_at, now), Ok(reached as u32));
		}
	}

	#[test]
	fn calendar_should_answer_without_panic_when_the_moment_is_any(
		(calendar, _) in generate::calendar(),
		originated_at in any::<u64>(),
		now in any::<u64>(),
		k in any::<u32>(),
	) {
		let count = calendar.count(originated_at).unwrap();
		prop_assert!(count >= 1);
		let ended = calendar.windows_ended(originated_at, now).unwrap();
		let reached = calendar.deadlines_reached(originated_at, now).unwrap();
		prop_assert!(ended <= reached && reached <= count && reached <= ended + 1);
		for k in [k, k % count] {
			if let Ok(deadline) = calendar.deadline(originated_at, k) {
				prop_assert!(deadline > originated_at && k < count);
				prop_assert_eq!(calendar.windows_ended(originated_at, deadline), Ok(k));
				prop_assert_eq!(calendar.deadlines_reached(originated_at, deadline), Ok(k + 1));
			}
		}
	}
}
