// SPDX-License-Identifier: Apache-2.0

//! Some machines of a title are lost, others are left.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	titles::{DeviceId, TitleStatus},
	traits::{LineRules, TitleInspect},
	Seconds, TitleId, USD,
};
use polkadot_sdk::frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};

const LINE: u32 = 9;

fn lose(title: TitleId, devices: &[DeviceId]) -> DispatchResult {
	let devices = devices.to_vec().try_into().unwrap();
	Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title, devices)
}

fn loss(id: u32, since: Seconds, line: Option<u32>, owner: AccountId) -> Loss<AccountId> {
	Loss { id, since, line, owner, custodian: CUSTODIAN, units: 1 }
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
		assert_eq!(losses_of(title), vec![loss(0, START + DAY, Some(LINE), OWNER)]);
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
		let first = loss(0, START, Some(LINE), OWNER);
		assert_eq!(losses_of(title), vec![first, loss(1, START + DAY, None, OWNER)]);
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
			assert_eq!(losses_of(title), vec![]);
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
		assert_ok!(Titles::pay_claim(origin, title, 0, 50_000 * USD, Some(0)));
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
		assert_noop!(
			Titles::pay_claim(RuntimeOrigin::signed(INSURER), title, policy, USD, Some(0)),
			Error::<Test>::LossBeforePolicy
		);
		assert_ok!(Titles::pay_claim(RuntimeOrigin::signed(INSURER), title, policy, USD, None));
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

/// A title of `OWNER` with eight units, insured for all it is worth and pledged to `LINE`.
fn server() -> TitleId {
	let title = NextTitleId::<Test>::get();
	let devices = (1..9).map(device).collect::<Vec<_>>().try_into().unwrap();
	let spec = TitleSpec { devices, ..spec(1) };
	assert_ok!(Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, spec));
	insured(title, WORTH, LONGEST);
	assert_ok!(confirm_as(VERIFIER, title));
	assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, LINE));
	title
}

fn pay(title: TitleId, amount: u128, loss: Option<u32>) -> DispatchResult {
	Titles::pay_claim(RuntimeOrigin::signed(INSURER), title, 0, amount, loss)
}

/// Half of the server is lost under a line that has 32 000 of bad debt in the end, and the lot is
/// sold. The custodian, a friend of the buyer, reports another unit lost before the insurer pays.
#[test]
fn second_loss_should_leave_the_first_to_those_whom_it_harmed() {
	ExtBuilder::default().build_and_execute(|| {
		let title = server();
		assert_ok!(lose(title, &[1, 2, 3, 4].map(device)));
		assert_ok!(<Titles as Encumber<AccountId>>::seize(title, LINE, &BUYER));
		LineShortfall::set(&(32_000 * USD));
		assert_ok!(lose(title, &[device(5)]));
		// The buyer would end the title with its policies.
		assert_noop!(
			Titles::request_redemption(RuntimeOrigin::signed(BUYER), title),
			Error::<Test>::LossPeriodRunning
		);
		// The rest is lost too: the last loss outranks no other.
		assert_ok!(lose(title, &[6, 7, 8].map(device)));
		assert_noop!(
			plain(Titles::retire_lost(RuntimeOrigin::signed(BUYER), title)),
			Error::<Test>::PoliciesRemain
		);
		assert_noop!(pay(title, 67_680 * USD, None), Error::<Test>::LossNotNamed);
		assert_noop!(pay(title, 67_680 * USD, Some(3)), Error::<Test>::UnknownLoss);
		assert_ok!(pay(title, 67_680 * USD, Some(0)));
		assert_eq!(usdai(&reserve_account(LINE)), 32_000 * USD);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 35_680 * USD);
		assert_eq!(usdai(&BUYER), USDAI_ENDOWMENT);
		assert_ok!(pay(title, USD, Some(1)));
		assert_eq!(usdai(&BUYER), USDAI_ENDOWMENT + USD);
		// So it is with a slash.
		LineShortfall::set(&USD);
		assert_ok!(Titles::slash_custodian(referendum(), title, 3 * USD, Some(0)));
		assert_eq!(usdai(&reserve_account(LINE)), 32_001 * USD);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 35_682 * USD);
		let units = Titles::title(title).unwrap().losses.into_iter().map(|loss| loss.units);
		assert_eq!(units.collect::<Vec<_>>(), [4, 1, 3]);
	});
}

/// A unit was lost and paid for, the line repaid and the title pledged to another line. The insurer
/// pays for a fire in which nothing was lost, and a referendum slashes.
#[test]
fn old_loss_should_take_nothing_from_the_line_that_holds_the_title_now() {
	ExtBuilder::default().build_and_execute(|| {
		let title = server();
		assert_ok!(lose(title, &[device(1)]));
		assert_ok!(pay(title, 10_000 * USD, Some(0)));
		assert_eq!(usdai(&reserve_account(LINE)), 10_000 * USD);
		assert_ok!(<Titles as Encumber<AccountId>>::release(title, LINE));
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, LINE + 1));
		assert_ok!(pay(title, 50_000 * USD, None));
		assert_ok!(Titles::slash_custodian(referendum(), title, USD, None));
		let verifier = VERIFIER;
		assert_ok!(Titles::slash_verifier(referendum(), title, verifier, USD, None));
		assert_eq!(usdai(&reserve_account(LINE + 1)), 50_002 * USD);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT);
		assert_eq!(usdai(&reserve_account(LINE)), 10_000 * USD);
		// What was not settled in its time is not named any more, by insurer or referendum.
		set_time(START + LOSS_PERIOD);
		assert_eq!(Titles::title(title).unwrap().losses[0].payable_until, Titles::now());
		assert_ok!(pay(title, USD, Some(0)));
		set_time(START + LOSS_PERIOD + 1);
		assert_noop!(pay(title, USD, Some(0)), Error::<Test>::LossPeriodOver);
		assert_noop!(
			Titles::slash_custodian(referendum(), title, USD, Some(0)),
			Error::<Test>::LossPeriodOver
		);
		assert_eq!(usdai(&reserve_account(LINE)), 10_001 * USD);
	});
}

/// There is a place for a loss of each unit, so that none is ever reported in vain.
#[test]
fn each_unit_should_have_a_place_for_its_loss() {
	ExtBuilder::default().build_and_execute(|| {
		let title = server();
		for unit in 1..=8 {
			assert_ok!(lose(title, &[device(unit)]));
		}
		assert_eq!(losses_of(title).len(), 8);
		assert_eq!(status_of(title), TitleStatus::Lost);
		assert_ok!(Titles::recover_title(referendum(), title));
		assert_eq!(losses_of(title), vec![]);
		assert_ok!(lose(title, &[device(1)]));
		assert_eq!(losses_of(title)[0].id, 8);
	});
}

/// Four units of the server burn, the insurer pays and the custodian is silent: what is paid for
/// counts no more for new debt, up to what is reported or inspected.
#[test]
fn claim_without_a_loss_should_lower_what_new_debt_counts() {
	ExtBuilder::default().build_and_execute(|| {
		let title = server();
		assert_ok!(pay(title, 60_000 * USD, None));
		let counted = |value: u128| {
			let rules = caliber_testkit::Rules::present();
			let known = <Titles as TitleInspect<AccountId>>::collateral(title, Some(LINE), &rules);
			let known = known.unwrap();
			let both = (known.counted(value * USD), known.for_new_debt().counted(value * USD));
			(both.0 / USD, both.1 / USD)
		};
		// 40 000 may still be claimed.
		assert_eq!(counted(80_000), (80_000, 20_000));
		// One unit counts 10 000 in custody, of 60 000.
		assert_ok!(lose(title, &[device(1)]));
		assert_eq!(counted(80_000), (80_000, 30_000));
		assert_ok!(pay(title, 10_000 * USD, Some(0)));
		assert_eq!(record_of(title).unmatched, 50_000 * USD);
		assert_ok!(lose(title, &[2, 3, 4, 5, 6, 7].map(device)));
		assert_eq!(record_of(title).unmatched, 0);
		assert_ok!(pay(title, 7 * USD, None));
		assert_ok!(<Titles as Encumber<AccountId>>::release(title, LINE));
		assert_eq!(record_of(title).unmatched, 7 * USD);
		let inspected = Titles::reinspect(
			RuntimeOrigin::signed(VERIFIER),
			title,
			caliber_primitives::titles::Condition::New,
			Default::default(),
		);
		assert_ok!(plain(inspected));
		assert_eq!(record_of(title).unmatched, 0);
	});
}
