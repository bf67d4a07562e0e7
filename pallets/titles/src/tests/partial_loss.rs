// SPDX-License-Identifier: Apache-2.0

//! Some machines of a title are lost, others are left.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	titles::{DeviceId, TitleStatus},
	Seconds, TitleId, USD,
};
use polkadot_sdk::frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};

const LINE: u32 = 9;

fn lose(title: TitleId, devices: &[DeviceId]) -> DispatchResult {
	let devices = devices.to_vec().try_into().unwrap();
	Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title, devices)
}

fn loss(since: Seconds, line: Option<u32>, owner: AccountId) -> Option<Loss<AccountId>> {
	Some(Loss { since, line, owner, units: 1 })
}

#[test]
fn report_loss_of_some_machines_should_leave_the_rest() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		set_time(START + DAY);
		assert_ok!(lose(title, &[device(2)]));
		let record = record_of(title);
		assert_eq!((record.units, record.facts(Titles::now()).units), (1, 1));
		assert_eq!(record.status, TitleStatus::Active);
		assert_eq!(record.loss, None);
		assert_eq!(record.partial_loss, loss(START + DAY, Some(LINE), OWNER));
		assert_eq!(line_of(title), Some(LINE));
		assert_eq!(Titles::title(title).unwrap().partly_lost_since, Some(START + DAY));
		assert_eq!(Titles::title(title).unwrap().devices.len(), 2);
		assert_eq!(
			last_event(),
			Event::UnitsLost {
				title,
				custodian: CUSTODIAN,
				line: Some(LINE),
				devices: vec![device(2)].try_into().unwrap(),
				units: 1,
				reported_at: START + DAY,
			}
		);
	});
}

#[test]
fn title_should_be_lost_when_its_last_machine_is() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(lose(title, &[device(2)]));
		assert_ok!(<Titles as Encumber<AccountId>>::release(title, LINE));
		set_time(START + DAY);
		assert_ok!(lose(title, &[device(1)]));
		let record = record_of(title);
		assert_eq!((record.status, record.units), (TitleStatus::Lost, 0));
		// Each loss harmed whom it harmed.
		assert_eq!(record.partial_loss, loss(START, Some(LINE), OWNER));
		assert_eq!(record.loss, loss(START + DAY, None, OWNER));
	});
}

#[test]
fn recover_title_should_bring_back_all_machines() {
	ExtBuilder::default().build_and_execute(|| {
		let (part, whole) = (active(1), active(3));
		assert_ok!(lose(part, &[device(1)]));
		assert_ok!(lose(whole, &[device(3)]));
		assert_ok!(lose(whole, &[device(4)]));
		for title in [part, whole] {
			assert_ok!(Titles::recover_title(referendum(), title));
			let record = record_of(title);
			assert_eq!((record.status, record.units), (TitleStatus::Active, 2));
			assert_eq!((record.loss, record.partial_loss), (None, None));
			assert_noop!(plain(Titles::recover_title(referendum(), title)), Error::<Test>::NotLost);
		}
		for unit in [1, 2, 3, 4] {
			assert_eq!(Titles::device(device(unit)).unwrap().lost_at, None);
		}
	});
}

#[test]
fn report_loss_should_fail_when_devices_are_none_twice_lost_or_anothers() {
	ExtBuilder::default().build_and_execute(|| {
		let (title, _other) = (active(1), active(3));
		let waiting = attested(5);
		assert_noop!(lose(title, &[]), Error::<Test>::NoDevices);
		assert_noop!(lose(title, &[device(1), device(1)]), Error::<Test>::DuplicateDevice);
		for foreign in [device(3), device(5), device(99)] {
			let named = [device(1), foreign];
			assert_noop!(lose(title, &named), Error::<Test>::DeviceNotOfTitle);
		}
		assert_noop!(lose(waiting, &[device(5)]), Error::<Test>::NotConfirmed);
		assert_ok!(lose(title, &[device(1)]));
		assert_noop!(lose(title, &[device(1), device(2)]), Error::<Test>::DeviceLost);
		assert_eq!(record_of(title).units, 1);
	});
}

#[test]
fn request_for_machines_should_stand_when_some_are_lost() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), title));
		assert_ok!(lose(title, &[device(1)]));
		assert_eq!(status_of(title), TitleStatus::RedemptionRequested);
		assert_ok!(Titles::confirm_release(RuntimeOrigin::signed(CUSTODIAN), title));
		assert_ok!(plain(Titles::acknowledge_release(RuntimeOrigin::signed(OWNER), title)));
		let redeemed = Event::TitleRedeemed { title, custodian: CUSTODIAN, owner: OWNER, units: 1 };
		assert_eq!(last_event(), redeemed);
		// What was handed over is free, what was lost is not.
		assert_eq!(Titles::device(device(1)).unwrap().lost_at, Some(START));
		assert_eq!(Titles::device(device(2)).unwrap().lost_at, None);
	});
}

/// Who buys the lot of a defaulted line is not paid for machines that the line has lost.
#[test]
fn claim_for_some_machines_should_go_to_the_line_that_held_them() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(lose(title, &[device(1)]));
		assert_ok!(<Titles as Encumber<AccountId>>::seize(title, LINE, &BUYER));
		LineShortfall::set(&(30_000 * USD));
		let origin = RuntimeOrigin::signed(INSURER);
		assert_ok!(Titles::pay_claim(origin, title, 0, 50_000 * USD));
		assert_eq!(usdai(&reserve_account(LINE)), 30_000 * USD);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 20_000 * USD);
		assert_eq!(usdai(&BUYER), USDAI_ENDOWMENT);
	});
}

/// Who insures the machines that are left is paid for what comes later.
#[test]
fn claim_of_a_later_policy_should_go_to_the_holder_of_its_time() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(lose(title, &[device(1)]));
		assert_ok!(<Titles as Encumber<AccountId>>::seize(title, LINE, &BUYER));
		set_time(START + 1);
		let policy = insured(title, WORTH, DAY);
		assert_ok!(Titles::pay_claim(RuntimeOrigin::signed(INSURER), title, policy, USD));
		assert_eq!(usdai(&BUYER), USDAI_ENDOWMENT + USD);
		assert_eq!(usdai(&reserve_account(LINE)), 0);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT);
	});
}

/// It cannot end the title with its policies either, before the insurer had time to pay.
#[test]
fn rest_of_the_machines_should_wait_when_the_loss_of_others_harmed_a_line() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(lose(title, &[device(1)]));
		assert_ok!(<Titles as Encumber<AccountId>>::seize(title, LINE, &BUYER));
		let ask = || Titles::request_redemption(RuntimeOrigin::signed(BUYER), title);
		assert_noop!(ask(), Error::<Test>::LossPeriodRunning);
		// Nor by the loss of the rest.
		assert_ok!(lose(title, &[device(2)]));
		assert_noop!(
			plain(Titles::retire_lost(RuntimeOrigin::signed(BUYER), title)),
			Error::<Test>::PoliciesRemain
		);
		assert_ok!(Titles::recover_title(referendum(), title));
		assert_ok!(lose(title, &[device(1)]));
		// The title was free at this loss, and the buyer's.
		assert_ok!(ask());
	});
}

#[test]
fn rest_of_the_machines_should_go_when_the_loss_period_is_over() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(lose(title, &[device(1)]));
		assert_ok!(<Titles as Encumber<AccountId>>::release(title, LINE));
		let ask = || Titles::request_redemption(RuntimeOrigin::signed(OWNER), title);
		set_time(START + LOSS_PERIOD);
		assert_noop!(ask(), Error::<Test>::LossPeriodRunning);
		set_time(START + LOSS_PERIOD + 1);
		assert_ok!(ask());
	});
}
