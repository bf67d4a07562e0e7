// SPDX-License-Identifier: Apache-2.0

use super::*;

/// A payment period of 100 seconds that earns 10 %.
const TENTH: u128 = WAD / 10 / 100;
const DAY: u64 = 86_400;
/// 2026-01-01 00:00:00 UTC.
const Y2026: u64 = 1_767_225_600;

/// 1 % a second for 50 seconds.
const LATE: LateTerms = LateTerms { grace_rate_per_second: WAD / 100, grace_period_secs: 50 };

/// Payment periods of 100 seconds from second 1000, each earning 10 %.
fn hundreds(amortization: Amortization, periods: u32) -> Schedule {
	Schedule {
		calendar: Calendar::Every { seconds: 100, periods },
		amortization,
		stub_amortizes: false,
		originated_at: 1_000,
		rate_per_second: TENTH,
	}
}

/// Due on the 15th, drawn on 10 January 2026: a stub of 5 days, then 31 and 28 days.
fn with_stub(amortization: Amortization, stub_amortizes: bool) -> Schedule {
	Schedule {
		calendar: Calendar::Monthly { day: 15, utc_offset_secs: 0, duration_days: 60 },
		amortization,
		stub_amortizes,
		originated_at: Y2026 + 9 * DAY,
		// 0.1 % a day
		rate_per_second: WAD / 1_000 / u128::from(DAY) + 1,
	}
}

fn principals(schedule: &Schedule, principal: u128) -> Vec<u128> {
	schedule.installments(principal).unwrap().iter().map(|row| row.principal).collect()
}

fn interests(schedule: &Schedule, principal: u128) -> Vec<u128> {
	schedule.installments(principal).unwrap().iter().map(|row| row.interest).collect()
}

#[test]
fn linear_should_repay_floors_and_the_rest_last() {
	// 10/4, 8/3, 6/2, 3.
	assert_eq!(principals(&hundreds(Amortization::Linear, 4), 10), [2, 2, 3, 3]);
	assert_eq!(principals(&hundreds(Amortization::Linear, 4), 3), [0, 1, 1, 1]);
	assert_eq!(principals(&hundreds(Amortization::Linear, 1), 3), [3]);
}

#[test]
fn bullet_should_repay_everything_last() {
	let schedule = hundreds(Amortization::Bullet, 3);
	assert_eq!(principals(&schedule, 1_000), [0, 0, 1_000]);
	assert_eq!(interests(&schedule, 1_000), [100, 100, 100]);
	assert_eq!(principals(&hundreds(Amortization::Bullet, 1), 7), [7]);
}

#[test]
fn level_should_pay_the_same_each_period() {
	// 2100 · 1.1² / (1.1 + 1) = 1210.
	let two = hundreds(Amortization::Level, 2);
	assert_eq!(principals(&two, 2_100), [1_000, 1_100]);
	assert_eq!(interests(&two, 2_100), [210, 110]);
	// 3310 · 1.1³ / (1.1² + 1.1 + 1) = 1331.
	let three = hundreds(Amortization::Level, 3);
	assert_eq!(principals(&three, 3_310), [1_000, 1_100, 1_210]);
	assert_eq!(interests(&three, 3_310), [331, 231, 121]);
}

#[test]
fn level_should_be_linear_when_nothing_is_earned() {
	let free = Schedule { rate_per_second: 0, ..hundreds(Amortization::Level, 4) };
	assert_eq!(principals(&free, 10), [2, 2, 3, 3]);
	assert_eq!(interests(&free, 10), [0, 0, 0, 0]);
}

#[test]
fn level_should_repay_nothing_when_it_does_not_cover_the_rounded_interest() {
	// The level payment of 1 unit is floor(0.57…) = 0, its interest ceil(0.1) = 1.
	let schedule = hundreds(Amortization::Level, 2);
	assert_eq!(principals(&schedule, 1), [0, 1]);
	assert_eq!(interests(&schedule, 1), [1, 1]);
}

#[test]
fn interest_should_be_the_full_period_rounded_up() {
	// 1000 dollars at 12 % for 30 days: 1000 · 3 805 175 039 · 2 592 000 at 1e-18.
	let schedule = Schedule {
		calendar: Calendar::Every { seconds: 30 * DAY, periods: 2 },
		rate_per_second: crate::per_second_rate(WAD / 100 * 12),
		..hundreds(Amortization::Bullet, 1)
	};
	let interest = |balance| schedule.installment(0, balance).unwrap().interest;
	assert_eq!(interest(1_000 * WAD), 9_863_013_701_088_000_000);
	assert_eq!(interest(1), 1);
	assert_eq!(interest(0), 0);
	// The least rate there is: 2 592 000 at 1e-18 of a dollar.
	let least = Schedule { rate_per_second: 1, ..schedule };
	assert_eq!(least.installment(0, WAD).unwrap().interest, 2_592_000);
	assert_eq!(least.installment(0, WAD - 1).unwrap().interest, 2_592_000);
	assert_eq!(least.installment(0, 1).unwrap().interest, 1);
}

#[test]
fn stub_should_pay_interest_only_when_it_does_not_amortise() {
	let linear = with_stub(Amortization::Linear, false);
	assert_eq!(linear.count(), Ok(3));
	assert_eq!(principals(&linear, 1_000), [0, 500, 500]);
	assert_eq!(principals(&with_stub(Amortization::Linear, true), 1_000), [333, 333, 334]);
	let level = with_stub(Amortization::Level, false);
	assert_eq!(principals(&level, 1_000)[0], 0);
	assert!(principals(&with_stub(Amortization::Level, true), 1_000)[0] > 300);
	// 5 days, 31 days and 28 days, a thousandth a day: 5, 31 and half of 28, and the rounding.
	assert_eq!(interests(&linear, 1_000), [6, 32, 15]);
}

#[test]
fn stub_should_take_the_whole_balance_when_it_is_the_only_period() {
	for amortization in [Amortization::Linear, Amortization::Level, Amortization::Bullet] {
		let schedule = Schedule {
			calendar: Calendar::Monthly { day: 15, utc_offset_secs: 0, duration_days: 1 },
			..with_stub(amortization, false)
		};
		assert_eq!(schedule.count(), Ok(1));
		assert_eq!(principals(&schedule, 1_000), [1_000]);
	}
}

#[test]
fn first_period_should_amortise_when_it_is_no_stub() {
	let schedule =
		Schedule { originated_at: Y2026 + 14 * DAY, ..with_stub(Amortization::Linear, false) };
	// 15 February, 15 March; 16 March is the end, so 15 April too.
	assert_eq!(principals(&schedule, 900), [300, 300, 300]);
}

#[test]
fn rows_should_carry_due_dates_and_balances() {
	let rows = hundreds(Amortization::Linear, 2).installments(1_001).unwrap();
	let expected = [
		Installment { due_at: 1_100, principal: 500, interest: 101, balance_after: 501 },
		Installment { due_at: 1_200, principal: 501, interest: 51, balance_after: 0 },
	];
	assert_eq!(rows, expected);
}

#[test]
fn installment_should_reamortise_when_the_balance_was_prepaid() {
	let schedule = hundreds(Amortization::Level, 3);
	// Two payment periods left of 2100 is the loan of two payment periods above.
	let row = schedule.installment(1, 2_100).unwrap();
	assert_eq!((row.principal, row.interest, row.balance_after), (1_000, 210, 1_100));
	assert_eq!(hundreds(Amortization::Linear, 3).installment(1, 100).unwrap().principal, 50);
}

#[test]
fn installment_should_refuse_when_there_is_no_such_period() {
	for amortization in [Amortization::Linear, Amortization::Level, Amortization::Bullet] {
		let schedule = hundreds(amortization, 3);
		assert_eq!(schedule.installment(3, 1), Err(MathError::NoSuchPeriod));
		assert_eq!(schedule.installment(u32::MAX, 1), Err(MathError::NoSuchPeriod));
	}
}

#[test]
fn schedule_should_refuse_when_its_calendar_is_invalid() {
	let schedule = hundreds(Amortization::Linear, 0);
	assert_eq!(schedule.count(), Err(MathError::InvalidTerms));
	assert_eq!(schedule.installment(0, 1), Err(MathError::InvalidTerms));
	assert_eq!(schedule.installments(1), Err(MathError::InvalidTerms));
	let request = AllocationRequest { balance: 1, now: 0, ..REQUEST };
	assert_eq!(schedule.allocate(&request), Err(MathError::InvalidTerms));
}

/// 4000 days from 1 January 2026, paid on the last day of each month.
fn ends_of_months(apr_wad: u128) -> Schedule {
	Schedule {
		calendar: Calendar::Monthly { day: 31, utc_offset_secs: 3_600, duration_days: 4_000 },
		amortization: Amortization::Level,
		stub_amortizes: true,
		originated_at: Y2026,
		rate_per_second: crate::per_second_rate(apr_wad),
	}
}

#[test]
fn level_should_never_grow_the_balance_when_a_long_period_earns_more_than_it_pays() {
	// At 100 % the level payment is 8.30 % of the principal, and 31 days of interest are 8.49 %.
	let principal = 10_u128.pow(30);
	let rows = ends_of_months(WAD).installments(principal).unwrap();
	let march = rows[2];
	assert_eq!((march.principal, march.balance_after), (0, rows[1].balance_after));
	assert!(rows[1].principal > 0 && march.interest > rows[1].principal + rows[1].interest);
	assert_eq!(rows.iter().map(|row| row.principal).sum::<u128>(), principal);
}

#[test]
fn level_should_stay_level_when_the_loan_is_large_and_long() {
	// A trillion dollars at 20 % over 4000 days, paid on the last day of each month.
	let principal = 10_u128.pow(30);
	let rows = ends_of_months(WAD / 5).installments(principal).unwrap();
	assert_eq!(rows.len(), 132);
	assert_eq!(rows.iter().map(|row| row.principal).sum::<u128>(), principal);
	let payments = || rows.iter().map(|row| row.principal + row.interest);
	let (least, most) = (payments().min().unwrap(), payments().max().unwrap());
	// 1e-15 of a payment of 1e29.
	assert!(most - least < 10_u128.pow(14), "{least} to {most}");
}

#[test]
fn schedule_should_overflow_when_the_interest_does_not_fit() {
	let schedule = Schedule { rate_per_second: u128::MAX, ..hundreds(Amortization::Linear, 2) };
	assert_eq!(schedule.installment(0, 1), Err(MathError::Overflow));
	let schedule = Schedule { rate_per_second: WAD, ..schedule };
	assert_eq!(schedule.installment(0, u128::MAX), Err(MathError::Overflow));
}

#[test]
fn fee_should_be_what_was_agreed() {
	assert_eq!(Fee::None.of(1_000), Ok(0));
	assert_eq!(Fee::Absolute(7).of(1_000), Ok(7));
	assert_eq!(Fee::Absolute(7).of(0), Ok(7));
	assert_eq!(Fee::Share(10_000_000).of(1_000), Ok(10));
	assert_eq!(Fee::Share(10_000_000).of(1_001), Ok(11));
	assert_eq!(Fee::Share(crate::PPB + 1).of(1), Err(MathError::InvalidTerms));
}

#[test]
fn late_interest_should_begin_after_the_due_date_second_and_stop_with_the_grace() {
	let late = |balance, now| late_interest(balance, &LATE, 1_100, 0, now).unwrap();
	assert_eq!(late(1_000, 0), 0);
	assert_eq!(late(1_000, 1_099), 0);
	assert_eq!(late(1_000, 1_100), 0);
	assert_eq!(late(1_000, 1_101), 10);
	assert_eq!(late(1_001, 1_101), 11);
	assert_eq!(late(1_000, 1_149), 490);
	assert_eq!(late(1_000, 1_150), 500);
	assert_eq!(late(1_000, 1_151), 500);
	assert_eq!(late(1_000, u64::MAX), 500);
	assert_eq!(late(0, u64::MAX), 0);
}

/// Everything that has begun of a loan of 1000 at the end of its first payment period.
const REQUEST: AllocationRequest = AllocationRequest {
	first_unpaid: 0,
	balance: 1_000,
	progress: Progress::NONE,
	now: 1_100,
	late: LATE,
	servicing: Fee::None,
	horizon: Horizon::Begun,
	budget: None,
};

/// Allocates a payment on the linear loan of 1000 over four payment periods: principal 250 each,
/// interest 100, 75, 50, 25.
fn allocate(now: u64, horizon: Horizon, budget: Option<u128>) -> Allocation {
	hundreds(Amortization::Linear, 4)
		.allocate(&AllocationRequest { now, horizon, budget, ..REQUEST })
		.unwrap()
}

#[test]
fn allocate_should_take_the_period_that_runs_when_it_has_begun() {
	let first = Allocation {
		periods: 1,
		principal: 250,
		interest: 100,
		late_interest: 0,
		servicing: 0,
		balance_after: 750,
		progress: Progress::NONE,
	};
	for now in [0, 1_000, 1_099, 1_100] {
		assert_eq!(allocate(now, Horizon::Begun, None), first);
	}
	assert_eq!(first.total(), Ok(350));
}

#[test]
fn allocate_should_take_the_next_period_when_the_due_date_second_is_over() {
	// The first is a second late: 1 % of 1000.
	let expected = Allocation {
		periods: 2,
		principal: 500,
		interest: 175,
		late_interest: 10,
		servicing: 0,
		balance_after: 500,
		progress: Progress::NONE,
	};
	assert_eq!(allocate(1_101, Horizon::Begun, None), expected);
	assert_eq!(expected.total(), Ok(685));
}

#[test]
fn allocate_should_take_what_is_reached_when_a_collector_asks() {
	assert_eq!(allocate(1_099, Horizon::Reached, None), Allocation::nothing(1_000, Progress::NONE));
	let at_due_date = allocate(1_100, Horizon::Reached, None);
	assert_eq!((at_due_date.periods, at_due_date.total()), (1, Ok(350)));
	let after = allocate(1_199, Horizon::Reached, None);
	assert_eq!((after.periods, after.late_interest), (1, 500));
	assert_eq!(allocate(1_200, Horizon::Reached, None).periods, 2);
}

#[test]
fn allocate_should_charge_each_period_its_own_lateness() {
	// 150 seconds late, of which 50 count; then 50 seconds late on 750; the third runs.
	let expected = Allocation {
		periods: 3,
		principal: 750,
		interest: 225,
		late_interest: 500 + 375,
		servicing: 0,
		balance_after: 250,
		progress: Progress::NONE,
	};
	assert_eq!(allocate(1_250, Horizon::Begun, None), expected);
}

#[test]
fn allocate_should_take_everything_when_the_term_is_over() {
	for horizon in [Horizon::Begun, Horizon::Reached] {
		let all = allocate(2_000, horizon, None);
		assert_eq!((all.periods, all.principal, all.balance_after), (4, 1_000, 0));
		assert_eq!(all.interest, 250);
		// The grace period after the last due date was over 550 seconds ago; a thousandth a second of
		// the 250 of each payment period, rounded up.
		assert_eq!(all.late_interest, 500 + 375 + 250 + 125 + 4 * 138);
	}
}

#[test]
fn allocate_should_pay_late_interest_interest_and_principal_in_turn_when_the_budget_is_short() {
	// A second after the first due date: 10 late, 100 of interest, 250 of principal; then 75 and 250
	// of the payment period that runs.
	let parts = |budget| {
		let paid = allocate(1_101, Horizon::Begun, Some(budget));
		assert_eq!(paid.total(), Ok(budget.min(685)));
		assert_eq!(paid.balance_after + paid.principal, 1_000);
		(paid.periods, paid.late_interest, paid.interest, paid.principal)
	};
	assert_eq!(parts(0), (0, 0, 0, 0));
	assert_eq!(parts(9), (0, 9, 0, 0));
	assert_eq!(parts(10), (0, 10, 0, 0));
	assert_eq!(parts(11), (0, 10, 1, 0));
	assert_eq!(parts(111), (0, 10, 100, 1));
	assert_eq!(parts(359), (0, 10, 100, 249));
	assert_eq!(parts(360), (1, 10, 100, 250));
	assert_eq!(parts(361), (1, 10, 101, 250));
	assert_eq!(parts(684), (1, 10, 175, 499));
	assert_eq!(parts(685), (2, 10, 175, 500));
	assert_eq!(parts(u128::MAX), (2, 10, 175, 500));
	assert_eq!(
		allocate(1_101, Horizon::Begun, Some(0)),
		Allocation::nothing(1_000, Progress::NONE)
	);
}

/// Pays `amount` at `now` on a loan that an earlier payment has left.
fn pay_after(before: &Allocation, request: AllocationRequest, amount: u128) -> Allocation {
	let request = AllocationRequest {
		first_unpaid: request.first_unpaid + before.periods,
		balance: before.balance_after,
		progress: before.progress,
		budget: Some(amount),
		..request
	};
	hundreds(Amortization::Linear, 4).allocate(&request).unwrap()
}

#[test]
fn allocate_should_keep_the_opening_balance_when_a_part_of_the_principal_is_paid() {
	let begun = AllocationRequest { now: 1_050, ..REQUEST };
	let first = allocate(1_050, Horizon::Begun, Some(300));
	assert_eq!((first.interest, first.principal, first.balance_after), (100, 200, 800));
	// 50 of the 250 are left; interest and principal stay those of an opening balance of 1000.
	let second = pay_after(&first, begun, u128::MAX);
	let expected = Allocation {
		periods: 1,
		principal: 50,
		interest: 0,
		late_interest: 0,
		servicing: 0,
		balance_after: 750,
		progress: Progress::NONE,
	};
	assert_eq!(second, expected);
}

#[test]
fn late_interest_should_go_on_with_what_is_left_when_a_part_is_paid() {
	// 20 seconds late on 1000: 200. Of 400, 100 are interest and 100 principal.
	let at = |now| AllocationRequest { now, horizon: Horizon::Reached, ..REQUEST };
	let first = allocate(1_120, Horizon::Reached, Some(400));
	assert_eq!((first.late_interest, first.interest, first.principal), (200, 100, 100));
	// 10 seconds more on 900.
	let second = pay_after(&first, at(1_130), u128::MAX);
	assert_eq!((second.periods, second.late_interest, second.principal), (1, 90, 150));
	// The grace period counts from the due date: 30 of its 50 seconds are left.
	let beyond = pay_after(&first, at(1_199), u128::MAX);
	assert_eq!((beyond.late_interest, beyond.principal), (270, 150));
	// Late interest that was charged and not paid waits, and earns nothing itself.
	let short = allocate(1_120, Horizon::Reached, Some(150));
	assert_eq!((short.late_interest, short.interest), (150, 0));
	assert_eq!((short.progress.late_interest, short.progress.late_until), (50, 1_120));
	assert_eq!(pay_after(&short, at(1_130), u128::MAX).late_interest, 50 + 100);
}

#[test]
fn default_interest_should_grow_at_the_rate_of_the_loan_when_the_last_grace_is_over() {
	let late = |now| allocate(now, Horizon::Begun, None).late_interest;
	let within = 500 + 375 + 250 + 125;
	assert_eq!(late(1_450), within);
	// A thousandth of 250 a second, rounded up, for each of four payment periods.
	assert_eq!(late(1_451), within + 4);
	assert_eq!(late(1_460), within + 4 * 3);
	assert_eq!(late(5_450), within + 4 * 1_000);
	// 1250 late, 250 of interest and 300 of principal: a payment period and 50 of the next. The rest
	// of 700 earns from that second on.
	let paid = allocate(1_460, Horizon::Begun, Some(500 + 3 + 100 + 250 + 375 + 3 + 75 + 50));
	assert_eq!((paid.periods, paid.progress.principal), (1, 50));
	let at = AllocationRequest { now: 1_560, ..REQUEST };
	let rest = pay_after(&paid, at, u128::MAX);
	assert_eq!(rest.late_interest, 20 + (250 + 28) + (125 + 28));
	// In the middle: 200 left since, 100 seconds. The others from the beginning, 110 seconds.
	assert_eq!(rest.principal, 700);
}

#[test]
fn fees_should_carry_over_when_the_payment_leaves_them() {
	let servicing = Fee::Absolute(30);
	let request = AllocationRequest { now: 1_101, servicing, ..REQUEST };
	let paying = |budget| {
		let request = AllocationRequest { budget: Some(budget), ..request };
		hundreds(Amortization::Linear, 4).allocate(&request).unwrap()
	};
	// They come after all that is due to the lenders, and make nobody late.
	let paid = paying(360 + 325);
	assert_eq!((paid.periods, paid.servicing), (2, 0));
	assert_eq!(paid.progress, Progress { fees: 60, ..Progress::NONE });
	assert_eq!(paying(360 + 325 + 59).progress.fees, 1);
	assert_eq!((paying(u128::MAX).servicing, paying(u128::MAX).progress), (60, Progress::NONE));
	// The payment period that stays open owes none yet.
	assert_eq!(paying(684).progress.fees, 30);
	// Before the next payment period begins only they are payable.
	let later = AllocationRequest { now: 1_200, ..request };
	assert_eq!(pay_after(&paid, later, 45).servicing, 45);
	let third = pay_after(&paid, AllocationRequest { now: 1_201, ..request }, u128::MAX);
	assert_eq!((third.periods, third.principal, third.servicing), (1, 250, 90));
}

#[test]
fn the_last_unit_of_principal_should_wait_for_the_fees() {
	let schedule = hundreds(Amortization::Bullet, 1);
	let paying = |budget: u128, balance, progress| {
		let servicing = Fee::Absolute(30);
		let budget = Some(budget);
		let request = AllocationRequest { balance, progress, servicing, budget, ..REQUEST };
		schedule.allocate(&request).unwrap()
	};
	let first = |budget| paying(budget, 1_000, Progress::NONE);
	assert_eq!((first(1_130).periods, first(1_130).balance_after), (1, 0));
	let short = first(1_129);
	assert_eq!((short.periods, short.balance_after, short.servicing), (0, 1, 30));
	assert_eq!(short.progress.fees, 0);
	let closing = paying(1, 1, short.progress);
	assert_eq!((closing.periods, closing.balance_after, closing.servicing), (1, 0, 0));
	// In pieces: 1099 leave the unit and no fee paid, 20 are of the fee, 11 the rest.
	let most = first(1_099);
	assert_eq!((most.balance_after, most.servicing, most.progress.is_charged), (1, 0, false));
	let more = paying(20, 1, most.progress);
	assert_eq!((more.balance_after, more.servicing, more.progress.fees), (1, 20, 10));
	let last = paying(11, 1, more.progress);
	assert_eq!((last.balance_after, last.servicing, last.principal), (0, 10, 1));
}

#[test]
fn allocate_should_charge_servicing_on_each_opening_balance() {
	let schedule = hundreds(Amortization::Linear, 4);
	let servicing = |fee| {
		let request =
			AllocationRequest { now: 1_101, late: LateTerms::FREE, servicing: fee, ..REQUEST };
		schedule.allocate(&request).unwrap().servicing
	};
	// 1 % of 1000 and of 750, rounded up.
	assert_eq!(servicing(Fee::Share(10_000_000)), 10 + 8);
	assert_eq!(servicing(Fee::Absolute(3)), 6);
	assert_eq!(servicing(Fee::None), 0);
}

#[test]
fn allocate_should_continue_where_the_last_one_stopped() {
	let schedule = hundreds(Amortization::Linear, 4);
	let at = |first_unpaid, balance, now| {
		schedule.allocate(&AllocationRequest { first_unpaid, balance, now, ..REQUEST })
	};
	// Payment period 2 begins after 1200 and is due at 1300.
	assert_eq!(at(2, 500, 1_200), Ok(Allocation::nothing(500, Progress::NONE)));
	let third = at(2, 500, 1_201).unwrap();
	assert_eq!((third.periods, third.principal, third.interest), (1, 250, 50));
	assert_eq!(third.late_interest, 0);
}

#[test]
fn allocate_should_have_nothing_to_take_when_the_balance_is_zero() {
	let schedule = hundreds(Amortization::Linear, 4);
	for first_unpaid in [0, 3, 4, 9] {
		let servicing = Fee::Absolute(3);
		let request =
			AllocationRequest { first_unpaid, balance: 0, now: 2_000, servicing, ..REQUEST };
		assert_eq!(schedule.allocate(&request), Ok(Allocation::nothing(0, Progress::NONE)));
	}
}

#[test]
fn allocate_should_refuse_when_a_balance_has_no_period_left() {
	let schedule = hundreds(Amortization::Linear, 4);
	let request = AllocationRequest { first_unpaid: 4, balance: 1, now: 2_000, ..REQUEST };
	assert_eq!(schedule.allocate(&request), Err(MathError::NoSuchPeriod));
}

#[test]
fn allocate_should_match_the_table_when_the_payment_is_level() {
	let schedule = hundreds(Amortization::Level, 3);
	let at = |first_unpaid, balance, now| {
		let late = LateTerms::FREE;
		schedule
			.allocate(&AllocationRequest { first_unpaid, balance, now, late, ..REQUEST })
			.unwrap()
	};
	let due = at(0, 3_310, 1_150);
	assert_eq!((due.periods, due.principal, due.interest), (2, 2_100, 331 + 231));
	assert_eq!(at(2, 1_210, 1_201).total(), Ok(1_331));
}

#[test]
fn accrued_should_be_what_the_running_period_has_earned_to_the_second() {
	let schedule = hundreds(Amortization::Linear, 4);
	// 0.1 % a second.
	assert_eq!(schedule.accrued(0, 1_000, &Progress::NONE, 1_000), Ok(0));
	assert_eq!(schedule.accrued(0, 1_000, &Progress::NONE, 1_001), Ok(1));
	assert_eq!(schedule.accrued(0, 999, &Progress::NONE, 1_001), Ok(1));
	assert_eq!(schedule.accrued(0, 1_000, &Progress::NONE, 1_099), Ok(99));
	// In the second of the due date the payment period is due, and the next has not earned yet.
	assert_eq!(schedule.accrued(0, 750, &Progress::NONE, 1_100), Ok(0));
	assert_eq!(schedule.accrued(0, 750, &Progress::NONE, 1_150), Ok(38));
	assert_eq!(schedule.accrued(0, 250, &Progress::NONE, 1_399), Ok(25));
}

#[test]
fn accrued_should_be_less_what_was_paid_of_it() {
	let schedule = hundreds(Amortization::Linear, 4);
	// 30 of the 100 of interest, and then all of it and 50 of the principal.
	let some = Progress { interest: 30, ..Progress::NONE };
	assert_eq!(schedule.accrued(0, 1_000, &some, 1_020), Ok(0));
	assert_eq!(schedule.accrued(0, 1_000, &some, 1_050), Ok(20));
	let more = Progress { interest: 100, principal: 50, ..Progress::NONE };
	assert_eq!(schedule.accrued(0, 950, &more, 1_099), Ok(0));
	let principal = Progress { interest: 90, principal: 50, ..Progress::NONE };
	assert_eq!(schedule.accrued(0, 950, &principal, 1_099), Ok(9));
}

#[test]
fn accrued_should_be_nothing_when_the_period_was_paid_or_the_last_has_ended() {
	let schedule = hundreds(Amortization::Linear, 4);
	assert_eq!(schedule.accrued(1, 750, &Progress::NONE, 1_050), Ok(0));
	assert_eq!(schedule.accrued(1, 750, &Progress::NONE, 1_101), Ok(1));
	assert_eq!(schedule.accrued(0, 250, &Progress::NONE, 1_400), Ok(0));
	assert_eq!(schedule.accrued(0, 250, &Progress::NONE, 9_999), Ok(0));
}

#[test]
fn accrued_should_refuse_when_the_interest_does_not_fit() {
	let terms = Schedule { rate_per_second: u128::MAX, ..hundreds(Amortization::Linear, 4) };
	assert_eq!(terms.accrued(0, 1, &Progress::NONE, 1_002), Err(MathError::Overflow));
	let terms = Schedule { rate_per_second: WAD, ..terms };
	assert_eq!(terms.accrued(0, u128::MAX, &Progress::NONE, 1_002), Err(MathError::Overflow));
}
