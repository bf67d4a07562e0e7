// SPDX-License-Identifier: Apache-2.0

use super::{mock::*, support::lot::*};
use crate::{
	frame_support::{assert_noop, assert_ok},
	sp_core::H256,
	sp_runtime::{FixedU128, Perbill, TokenError},
	Curators, Error, Event, Lines, NextLineId,
};
use caliber_math::{calendar::Calendar, schedule::Fee};
use caliber_primitives::{
	credit::{FeeRecipient, FeeTerm, LineState, LineTerms},
	Balance, USD,
};
use codec::Encode;
use polkadot_sdk::sp_io;

fn offered(terms: LineTerms) -> Result<(), polkadot_sdk::sp_runtime::DispatchError> {
	Credit::offer_line(RuntimeOrigin::signed(CURATOR), BORROWER, terms, START + 7 * DAY)
}

fn refused(
	change: impl FnOnce(&mut LineTerms),
	error: impl Into<polkadot_sdk::sp_runtime::DispatchError>,
) {
	let mut terms = terms();
	change(&mut terms);
	assert_noop!(offered(terms), error.into());
}

fn accepted(change: impl FnOnce(&mut LineTerms)) {
	let mut terms = terms();
	change(&mut terms);
	assert_ok!(offered(terms));
}

#[test]
fn offer_line_should_lock_capital_and_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(offered(terms()));

		// A tenth of a million.
		assert_eq!(junior_held(CURATOR), 100_000 * USD);
		assert_eq!(usd(CURATOR), FUNDS - 100_000 * USD);
		assert_eq!(deposit_held(CURATOR), DEPOSIT);
		let line = line(0);
		assert_eq!(line.state, LineState::Offered);
		assert_eq!((line.borrower, line.curator), (BORROWER, CURATOR));
		assert_eq!(line.terms, terms());
		assert_eq!(line.junior_locked, 100_000 * USD);
		assert_eq!(Curators::<Test>::get(CURATOR).map(|c| c.committed), Some(1_000_000 * USD));
		assert_eq!(NextLineId::<Test>::get(), 1);
		assert_eq!(
			take_events(),
			[Event::LineOffered {
				line: 0,
				curator: CURATOR,
				borrower: BORROWER,
				limit: 1_000_000 * USD,
				junior: 100_000 * USD,
				terms_hash: H256(sp_io::hashing::blake2_256(&terms().encode())),
				expires_at: START + 7 * DAY,
			}]
		);
	});
}

#[test]
fn offer_line_should_round_the_locked_capital_up() {
	ExtBuilder::default().build_and_execute(|| {
		accepted(|terms| {
			terms.limit = 1_000 * USD + 1;
			terms.loan.first_loss = Perbill::from_percent(50);
		});
		assert_eq!(junior_held(CURATOR), 500 * USD + 1);
	});
}

#[test]
fn offer_line_should_refuse_when_the_caller_is_no_curator() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(
			Credit::offer_line(RuntimeOrigin::signed(ANYONE), BORROWER, terms(), START + DAY),
			Error::<Test>::NotCurator
		);
	});
}

#[test]
fn offer_line_should_refuse_when_the_limits_exceed_the_capacity() {
	ExtBuilder::default().build_and_execute(|| {
		accepted(|terms| terms.limit = 5_000_000 * USD - 1_000 * USD);
		refused(|terms| terms.limit = 1_000 * USD + 1, Error::<Test>::CapacityExceeded);
		accepted(|terms| terms.limit = 1_000 * USD);
	});
}

#[test]
fn offer_line_should_refuse_when_the_limit_is_below_the_least_draw() {
	ExtBuilder::default().build_and_execute(|| {
		refused(|terms| terms.limit = 1_000 * USD - 1, Error::<Test>::LimitTooLow);
		refused(|terms| terms.limit = 0, Error::<Test>::LimitTooLow);
		accepted(|terms| terms.limit = 1_000 * USD);
	});
}

#[test]
fn offer_line_should_refuse_when_a_time_is_past() {
	ExtBuilder::default().build_and_execute(|| {
		refused(|terms| terms.availability_end = START, Error::<Test>::AvailabilityInPast);
		accepted(|terms| terms.availability_end = START + 1);
		let expiring =
			|at| Credit::offer_line(RuntimeOrigin::signed(CURATOR), BORROWER, terms(), at);
		assert_noop!(expiring(START), Error::<Test>::ExpiryInPast);
		assert_ok!(expiring(START + 1));
	});
}

/// What a client takes from the clock of a browser is in milliseconds: the year 57 868 in seconds. The
/// curator's capital would be locked for good, and its offer stand under the bounds of one day.
#[test]
fn offer_line_should_refuse_times_that_are_too_far_when_they_are_in_milliseconds() {
	ExtBuilder::default().build_and_execute(|| {
		let expiring =
			|at| Credit::offer_line(RuntimeOrigin::signed(CURATOR), BORROWER, terms(), at);
		for at in [START * 1_000, START + 30 * DAY + 1, u64::MAX] {
			assert_noop!(expiring(at), Error::<Test>::TimeTooFar);
		}
		assert_ok!(expiring(START + 30 * DAY));
		for at in [START * 1_000, START + 730 * DAY + 1, u64::MAX] {
			refused(|terms| terms.availability_end = at, Error::<Test>::TimeTooFar);
		}
		accepted(|terms| terms.availability_end = START + 730 * DAY);
		// New terms of a line have the same bounds.
		let id = open(bare_terms());
		let offering =
			|terms, at| Credit::offer_terms(RuntimeOrigin::signed(CURATOR), id, terms, at);
		assert_noop!(offering(bare_terms(), START * 1_000), Error::<Test>::TimeTooFar);
		let endless = LineTerms { availability_end: START * 1_000, ..bare_terms() };
		assert_noop!(offering(endless, START + DAY), Error::<Test>::TimeTooFar);
		assert_ok!(offering(bare_terms(), START + 30 * DAY));
	});
}

/// All that the vault may lend is drawn at the least rate and paid back a block later, for cents:
/// whoever wanted it in between got nothing.
#[test]
fn offer_line_should_refuse_a_term_that_is_shorter_than_the_least() {
	ExtBuilder::default().build_and_execute(|| {
		Values::mutate(|values| values.min_loan_term = DAY);
		for (seconds, periods) in [(6, 1), (6, 512), (DAY - 1, 1), (DAY / 2 - 1, 2)] {
			let short = Calendar::Every { seconds, periods };
			refused(|terms| terms.loan.calendar = short, Error::<Test>::TermTooShort);
		}
		for (seconds, periods) in [(DAY, 1), (DAY / 2, 2)] {
			accepted(|terms| terms.loan.calendar = Calendar::Every { seconds, periods });
		}
		// A month may end within the hour, its loan does not.
		let monthly =
			|duration_days| Calendar::Monthly { day: 1, utc_offset_secs: 0, duration_days };
		accepted(|terms| terms.loan.calendar = monthly(1));
		Values::mutate(|values| values.min_loan_term = 2 * DAY);
		refused(|terms| terms.loan.calendar = monthly(1), Error::<Test>::TermTooShort);
	});
}

#[test]
fn offer_line_should_refuse_when_a_rate_is_out_of_bounds() {
	ExtBuilder::default().build_and_execute(|| {
		let over = FixedU128::from_inner(FixedU128::from_u32(1).into_inner() + 1);
		refused(
			|terms| terms.advance_rate = Perbill::from_parts(800_000_001),
			Error::<Test>::AdvanceRateTooHigh,
		);
		refused(
			|terms| terms.loan.first_loss = Perbill::from_parts(49_999_999),
			Error::<Test>::FirstLossTooLow,
		);
		refused(|terms| terms.loan.senior_apr = over, Error::<Test>::AprTooHigh);
		refused(|terms| terms.loan.junior_apr = over, Error::<Test>::AprTooHigh);
		refused(|terms| terms.loan.grace_apr = over, Error::<Test>::AprTooHigh);
		let cheap = FixedU128::from_inner(apr(1).into_inner() - 1);
		refused(|terms| terms.loan.senior_apr = cheap, Error::<Test>::SeniorAprTooLow);
		accepted(|terms| terms.loan.senior_apr = apr(1));
		// The junior lender sets its own, and lateness need not cost anything.
		accepted(|terms| {
			terms.loan.junior_apr = FixedU128::from_u32(0);
			terms.loan.grace_apr = FixedU128::from_u32(0);
		});
		let under = FixedU128::from_inner(FixedU128::from_u32(1).into_inner() - 1);
		refused(
			|terms| terms.maintenance_coverage = under,
			Error::<Test>::MaintenanceCoverageTooLow,
		);
		accepted(|terms| {
			terms.advance_rate = Perbill::from_percent(80);
			terms.loan.first_loss = Perbill::from_percent(5);
			terms.loan.senior_apr = FixedU128::from_u32(1);
			terms.loan.junior_apr = FixedU128::from_u32(1);
			terms.loan.grace_apr = FixedU128::from_u32(1);
			terms.maintenance_coverage = FixedU128::from_u32(1);
		});
	});
}

#[test]
fn offer_line_should_refuse_when_a_period_is_too_long() {
	ExtBuilder::default().build_and_execute(|| {
		refused(|terms| terms.loan.grace_period = 30 * DAY + 1, Error::<Test>::GracePeriodTooLong);
		refused(|terms| terms.cure_period = 60 * DAY + 1, Error::<Test>::CurePeriodTooLong);
		refused(|terms| terms.reserve_installments = 13, Error::<Test>::TooManyReserveInstallments);
		accepted(|terms| {
			terms.loan.grace_period = 30 * DAY;
			terms.cure_period = 60 * DAY;
			terms.reserve_installments = 12;
		});
	});
}

#[test]
fn offer_line_should_refuse_when_the_calendar_is_not_one() {
	ExtBuilder::default().build_and_execute(|| {
		refused(
			|terms| terms.loan.calendar = Calendar::Every { seconds: 5, periods: 1 },
			Error::<Test>::InvalidCalendar,
		);
		refused(
			|terms| {
				terms.loan.calendar =
					Calendar::Monthly { day: 32, utc_offset_secs: 0, duration_days: 365 }
			},
			Error::<Test>::InvalidCalendar,
		);
		accepted(|terms| {
			terms.loan.calendar =
				Calendar::Monthly { day: 31, utc_offset_secs: -18_000, duration_days: 365 }
		});
	});
}

#[test]
fn offer_line_should_refuse_when_a_fee_is_too_high() {
	ExtBuilder::default().build_and_execute(|| {
		let fee = |fee| FeeTerm { fee, recipient: FeeRecipient::Curator };
		let share = fee(Fee::Share(100_000_001));
		refused(|terms| terms.loan.fees.origination = share, Error::<Test>::FeeTooHigh);
		refused(|terms| terms.loan.fees.servicing = share, Error::<Test>::FeeTooHigh);
		refused(|terms| terms.loan.fees.exit = share, Error::<Test>::FeeTooHigh);
		refused(|terms| terms.loan.fees.liquidation = share, Error::<Test>::FeeTooHigh);
		// A tenth of the limit.
		let tenth: Balance = 100_000 * USD;
		let absolute = fee(Fee::Absolute(tenth + 1));
		refused(|terms| terms.loan.fees.exit = absolute, Error::<Test>::FeeTooHigh);
		accepted(|terms| {
			terms.loan.fees.origination = fee(Fee::Absolute(tenth));
			terms.loan.fees.exit = fee(Fee::Share(100_000_000));
		});
	});
}

/// The usual terms with this calendar and servicing fee.
fn serviced(calendar: Calendar, fee: Fee) -> impl Fn(&mut LineTerms) {
	move |terms| {
		terms.loan.calendar = calendar;
		terms.loan.fees.servicing = FeeTerm { fee, recipient: FeeRecipient::Curator };
	}
}

#[test]
fn offer_line_should_refuse_when_a_year_of_servicing_costs_too_much() {
	ExtBuilder::default().build_and_execute(|| {
		let every = |seconds, periods| Calendar::Every { seconds, periods };
		let monthly = Calendar::Monthly { day: 1, utc_offset_secs: 0, duration_days: 1_000 };
		// At most 12 % a year, divided by the payment periods of which so many may end in 365 days.
		for (calendar, most) in [
			(monthly, 10_000_000),
			// 36.5 payment periods of ten days: 37 due dates may lie in a year.
			(every(10 * DAY, 100), 3_243_243),
			(every(365 * DAY - 1, 4), 60_000_000),
			// A year has more of these payment periods than the loan.
			(every(6, 512), 234_375),
			(every(6, 2), 60_000_000),
		] {
			let share = |share| serviced(calendar, Fee::Share(share));
			refused(share(most + 1), Error::<Test>::ServicingFeeTooHigh);
			let line = NextLineId::<Test>::get();
			accepted(share(most));
			assert_ok!(Credit::withdraw_offer(RuntimeOrigin::signed(CURATOR), line));
		}
		// No fee is more than a tenth at once, however seldom it is paid.
		let yearly = |share| serviced(every(365 * DAY, 4), Fee::Share(share));
		refused(yearly(100_000_001), Error::<Test>::FeeTooHigh);
		accepted(yearly(100_000_000));
	});
}

#[test]
fn offer_line_should_refuse_when_a_year_of_absolute_servicing_is_too_much_of_the_limit() {
	ExtBuilder::default().build_and_execute(|| {
		let periods = Calendar::Every { seconds: PERIOD, periods: 24 };
		// 12 % of a million, by the thirteen payment periods of 30 days that may end in a year.
		let most = 120_000 * USD / 13;
		for fee in [most + 1, 100_000 * USD] {
			let serviced = serviced(periods, Fee::Absolute(fee));
			refused(serviced, Error::<Test>::ServicingFeeTooHigh);
		}
		accepted(serviced(periods, Fee::Absolute(most)));
	});
}

#[test]
fn offer_line_should_refuse_when_the_curator_lacks_the_capital() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Assets::transfer(
			RuntimeOrigin::signed(CURATOR),
			caliber_primitives::USDAI,
			ANYONE,
			FUNDS - 100_000 * USD
		));
		// The hold leaves the minimum balance of one unit.
		refused(|_| (), TokenError::FundsUnavailable);
	});
}

#[test]
fn offer_line_should_overflow_when_the_ids_are_used_up() {
	ExtBuilder::default().build_and_execute(|| {
		NextLineId::<Test>::put(u32::MAX);
		refused(|_| (), Error::<Test>::Overflow);
	});
}

#[test]
fn withdraw_offer_should_return_everything_to_the_curator() {
	ExtBuilder::default().build_and_execute(|| {
		let line = offer(terms());
		take_events();
		assert_ok!(Credit::withdraw_offer(RuntimeOrigin::signed(CURATOR), line));
		assert_eq!(Lines::<Test>::get(line), None);
		assert_eq!((junior_held(CURATOR), usd(CURATOR)), (0, FUNDS));
		assert_eq!(deposit_held(CURATOR), 0);
		assert_eq!(Curators::<Test>::get(CURATOR).map(|c| c.committed), Some(0));
		assert_eq!(take_events(), [Event::OfferWithdrawn { line, junior: 100_000 * USD }]);
		// Its id is not used again.
		assert_eq!(offer(terms()), line + 1);
	});
}

#[test]
fn withdraw_offer_should_be_the_curators_until_the_offer_expires() {
	ExtBuilder::default().build_and_execute(|| {
		let line = offer(terms());
		let by_anyone = || Credit::withdraw_offer(RuntimeOrigin::signed(ANYONE), line);
		set_time(START + 7 * DAY - 1);
		assert_noop!(by_anyone(), Error::<Test>::OfferStanding);
		set_time(START + 7 * DAY);
		assert_ok!(by_anyone());
	});
}

#[test]
fn withdraw_offer_should_refuse_when_there_is_no_offer() {
	ExtBuilder::default().build_and_execute(|| {
		let by_curator = |line| Credit::withdraw_offer(RuntimeOrigin::signed(CURATOR), line);
		assert_noop!(by_curator(0), Error::<Test>::UnknownLine);
		let line = open(terms());
		assert_noop!(by_curator(line), Error::<Test>::NotOnOffer);
	});
}

/// A curator that is its own borrower draws the senior lender's money on its machines, lets the loan
/// default and takes the lot for a part of it, which no other borrower may.
#[test]
fn offer_line_should_refuse_the_curator_as_borrower_when_it_could_take_its_own_lot() {
	ExtBuilder::default().build_and_execute(|| {
		let to_itself =
			|who| Credit::offer_line(RuntimeOrigin::signed(who), who, bare_terms(), now() + DAY);
		let before = [VAULT, CURATOR, BORROWER].map(wealth);
		assert_noop!(to_itself(CURATOR), Error::<Test>::BorrowerIsCurator);
		// Nor is a borrower that becomes a curator: another one has the option on its lot.
		assert_ok!(Credit::approve_curator(referendum(), BORROWER, 5_000_000 * USD));
		assert_noop!(to_itself(BORROWER), Error::<Test>::BorrowerIsCurator);
		let (id, _) = unsold(bare_terms(), DEBT);
		assert_noop!(credit_bid(BORROWER, id), Error::<Test>::NotLineCurator);
		set_time(auction(id).ends_at);
		assert_noop!(bid(BORROWER, id, 1), Error::<Test>::SellerMayNotBid);
		// It kept what it drew and lost its machines; nobody lost more than was drawn.
		let after = [VAULT, CURATOR, BORROWER].map(wealth);
		let moved = [before[0] - after[0], before[1] - after[1], after[2] - before[2]];
		assert_eq!(moved, [540_000 * USD, 60_000 * USD, DEBT]);
		assert_ok!(resolve(id, TREASURY, 0));
	});
}
