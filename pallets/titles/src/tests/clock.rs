// SPDX-License-Identifier: Apache-2.0

//! Periods that outages of the chain make longer.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::titles::Ineligibility;
use caliber_testkit::Outages;
use polkadot_sdk::frame_support::{assert_noop, assert_ok};

/// Two days without a block, from the end of the first day on.
fn outage() {
	Outages::note(START + DAY, START + 3 * DAY);
}

#[test]
fn redemption_period_should_be_longer_by_an_outage() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let owner = || RuntimeOrigin::signed(OWNER);
		assert_ok!(Titles::request_redemption(owner(), title));
		outage();
		let deadline = START + 16 * DAY;
		assert_eq!(Titles::title(title).unwrap().redemption_deadline, Some(deadline));
		set_time(deadline);
		let escalate = || Titles::escalate_redemption(owner(), title);
		assert_noop!(escalate(), Error::<Test>::RedemptionPeriodRunning);
		set_time(deadline + 1);
		assert_ok!(escalate());
	});
}

#[test]
fn custody_should_be_fresh_for_longer_by_an_outage() {
	ExtBuilder::default().build_and_execute(|| {
		let (free, held) = (active(1), pledged(3, 9));
		let check = |expected| {
			assert_eq!(Titles::eligibility(free), expected);
			assert_eq!(seen_by(held, 9), expected);
		};
		outage();
		set_time(START + VALIDITY + 2 * DAY);
		check(Ok(()));
		set_time(START + VALIDITY + 2 * DAY + 1);
		check(Err(Ineligibility::CustodyStale));
		// Custody that was renewed after the outage is not longer.
		let batch = vec![free, held].try_into().unwrap();
		assert_ok!(Titles::heartbeat(RuntimeOrigin::signed(CUSTODIAN), batch));
		set_time(START + 2 * VALIDITY + 2 * DAY + 1);
		check(Ok(()));
		set_time(START + 2 * VALIDITY + 2 * DAY + 2);
		check(Err(Ineligibility::CustodyStale));
	});
}

#[test]
fn loss_period_should_be_longer_by_an_outage() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let custodian = || RuntimeOrigin::signed(CUSTODIAN);
		assert_ok!(Titles::report_loss(custodian(), title, machines_of(title)));
		drop_policies(title);
		outage();
		set_time(START + LOSS_PERIOD + 2 * DAY);
		let retire = || plain(Titles::retire_lost(custodian(), title));
		assert_noop!(retire(), Error::<Test>::LossPeriodRunning);
		set_time(START + LOSS_PERIOD + 2 * DAY + 1);
		assert_ok!(retire());
	});
}

#[test]
fn time_for_claims_should_be_longer_by_an_outage_after_the_end() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		// One ends before the outage, the other within it.
		let policies = [insured(title, WORTH, 12 * 60 * 60), insured(title, WORTH, 2 * DAY)];
		outage();
		let remove = |policy| Titles::remove_policy(RuntimeOrigin::signed(PAYER), title, policy);
		let half = DAY / 2;
		for (policy, end) in [
			// All of the outage comes after the end.
			(policies[0], START + half + CLAIMS_TAIL + 2 * DAY),
			// The second day of it does.
			(policies[1], START + 2 * DAY + CLAIMS_TAIL + DAY),
		] {
			set_time(end);
			assert_noop!(remove(policy), Error::<Test>::PolicyNotOver);
			set_time(end + 1);
			assert_ok!(remove(policy));
		}
	});
}
