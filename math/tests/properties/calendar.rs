// SPDX-License-Identifier: Apache-2.0

//! Due dates, compared with a walk over the days.

use caliber_math::{Amortization, Calendar, Schedule, SECONDS_PER_YEAR, WAD};
use proptest::prelude::*;

use crate::{config, generate, reference::calendar as reference};

proptest! {
	#![proptest_config(config(2_500, "proptest-regressions/calendar.txt"))]

	#[test]
	fn due_dates_should_be_those_of_a_walk_over_the_days(
		(calendar, originated_at) in generate::calendar(),
	) {
		let expected = reference::due_dates(&calendar, originated_at);
		let count = calendar.count(originated_at).unwrap();
		let due_dates: Vec<_> =
			(0..count).map(|k| calendar.due_date(originated_at, k).unwrap()).collect();
		prop_assert_eq!(&due_dates, &expected);
		if count > 1 {
			// A stub that does not amortise pays no principal.
			let schedule = Schedule {
				calendar,
				amortization: Amortization::Linear,
				stub_amortizes: false,
				originated_at,
				rate_per_second: 0,
			};
			let first = schedule.installment(0, WAD).unwrap().principal;
			prop_assert_eq!(first == 0, reference::has_stub(&calendar, originated_at));
		}
		let starts = core::iter::once(originated_at).chain(expected);
		for (k, start) in (0..count).zip(starts) {
			prop_assert_eq!(calendar.period_start(originated_at, k), Ok(start));
			prop_assert!(start < due_dates[k as usize]);
		}
	}

	#[test]
	fn counts_should_be_those_of_the_due_dates_one_by_one(
		(calendar, originated_at) in generate::calendar(),
		pick in any::<prop::sample::Index>(),
		around in -2_i64..=2,
		anywhere in any::<u64>(),
	) {
		let due_dates = reference::due_dates(&calendar, originated_at);
		let near = pick.get(&due_dates).saturating_add_signed(around);
		for now in [near, originated_at, 0, anywhere, anywhere % 6_000_000_000, u64::MAX] {
			let ended = due_dates.iter().filter(|due_date| **due_date < now).count();
			let reached = due_dates.iter().filter(|due_date| **due_date <= now).count();
			prop_assert_eq!(calendar.periods_ended(originated_at, now), Ok(ended as u32));
			prop_assert_eq!(calendar.due_dates_reached(originated_at, now), Ok(reached as u32));
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
		let ended = calendar.periods_ended(originated_at, now).unwrap();
		let reached = calendar.due_dates_reached(originated_at, now).unwrap();
		prop_assert!(ended <= reached && reached <= count && reached <= ended + 1);
		for k in [k, k % count] {
			if let Ok(due_date) = calendar.due_date(originated_at, k) {
				prop_assert!(due_date > originated_at && k < count);
				prop_assert_eq!(calendar.periods_ended(originated_at, due_date), Ok(k));
				prop_assert_eq!(calendar.due_dates_reached(originated_at, due_date), Ok(k + 1));
			}
		}
	}

	#[test]
	fn periods_in_a_year_should_be_no_less_than_what_any_year_holds(
		(calendar, originated_at) in generate::calendar(),
		pick in any::<prop::sample::Index>(),
	) {
		let due_dates = reference::due_dates(&calendar, originated_at);
		let most = calendar.periods_in_a_year();
		if let Calendar::Every { .. } = calendar {
			prop_assert!(most <= due_dates.len() as u64);
		}
		let from = *pick.get(&due_dates);
		let until = from + SECONDS_PER_YEAR;
		let held = due_dates.iter().filter(|due| (from + 1..=until).contains(*due)).count();
		prop_assert!(held as u64 <= most);
	}
}
