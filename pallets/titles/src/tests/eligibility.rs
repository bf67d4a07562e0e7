// SPDX-License-Identifier: Apache-2.0

use crate::{
	mock::{Titles, *},
	*,
};
use caliber_primitives::titles::{Ineligibility, TitleStatus};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};

fn eligible_for(title: u32, holder: u32) -> Result<(), Ineligibility> {
	<Titles as Encumber<AccountId>>::eligibility(title, Some(holder))
}

#[test]
fn eligibility_should_be_ok_when_active_free_and_fresh() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Titles::eligibility(active(1)), Ok(()));
	});
}

#[test]
fn eligibility_should_tell_unknown_and_not_active() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Titles::eligibility(0), Err(Ineligibility::Unknown));
		let title = attested(1);
		assert_eq!(
			Titles::eligibility(title),
			Err(Ineligibility::NotActive(TitleStatus::Attested))
		);
	});
}

#[test]
fn eligibility_should_tell_encumbered_except_to_the_holder() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, 9);
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::Encumbered));
		assert_eq!(eligible_for(title, 8), Err(Ineligibility::Encumbered));
		assert_eq!(eligible_for(title, 9), Ok(()));
	});
}

#[test]
fn eligibility_should_not_depend_on_the_holder_when_free() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(eligible_for(active(1), 9), Ok(()));
	});
}

#[test]
fn eligibility_should_tell_stale_custody_after_the_validity() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		set_time(START + VALIDITY);
		assert_eq!(Titles::eligibility(title), Ok(()));
		set_time(START + VALIDITY + 1);
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::CustodyStale));
	});
}

#[test]
fn eligibility_should_tell_a_suspended_custodian() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(Titles::suspend_custodian(RuntimeOrigin::root(), CUSTODIAN));
		assert_eq!(Titles::eligibility(title), Err(Ineligibility::CustodianSuspended));
		assert_ok!(Titles::reinstate_custodian(RuntimeOrigin::root(), CUSTODIAN));
		assert_eq!(Titles::eligibility(title), Ok(()));
	});
}

#[test]
fn eligibility_should_tell_what_the_model_says() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		for reason in [
			Ineligibility::AppraisalUnavailable,
			Ineligibility::ModelPaused,
			Ineligibility::ModelDelisted,
		] {
			ModelObjection::set(&Some(reason));
			assert_eq!(Titles::eligibility(title), Err(reason));
		}
	});
}

#[test]
fn eligibility_should_tell_the_first_reason_in_order() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, 9);
		ModelObjection::set(&Some(Ineligibility::ModelPaused));
		assert_ok!(Titles::suspend_custodian(RuntimeOrigin::root(), CUSTODIAN));
		set_time(START + VALIDITY + 1);

		assert_eq!(Titles::eligibility(title), Err(Ineligibility::Encumbered));
		assert_eq!(eligible_for(title, 9), Err(Ineligibility::CustodyStale));
		set_time(START);
		assert_eq!(eligible_for(title, 9), Err(Ineligibility::CustodianSuspended));
		assert_ok!(Titles::reinstate_custodian(RuntimeOrigin::root(), CUSTODIAN));
		assert_eq!(eligible_for(title, 9), Err(Ineligibility::ModelPaused));
		ModelObjection::set(&None);
		assert_eq!(eligible_for(title, 9), Ok(()));
	});
}

#[test]
fn encumber_should_fail_with_the_reason_of_ineligibility() {
	ExtBuilder::default().build_and_execute(|| {
		let encumber = |title| <Titles as Encumber<AccountId>>::encumber(title, &OWNER, 9);
		assert_noop!(encumber(0), Error::<Test>::UnknownTitle);
		let (waiting, held, title) = (attested(1), pledged(3, 9), active(5));
		assert_noop!(encumber(waiting), Error::<Test>::NotActive);
		assert_noop!(encumber(held), Error::<Test>::Encumbered);

		for (reason, error) in [
			(Ineligibility::Uninsured, Error::<Test>::Uninsured),
			(Ineligibility::UnderInsured, Error::<Test>::UnderInsured),
			(Ineligibility::AppraisalUnavailable, Error::<Test>::AppraisalUnavailable),
			(Ineligibility::ModelPaused, Error::<Test>::ModelPaused),
			(Ineligibility::ModelDelisted, Error::<Test>::ModelDelisted),
		] {
			ModelObjection::set(&Some(reason));
			assert_noop!(encumber(title), error);
		}
		ModelObjection::set(&None);

		assert_ok!(Titles::suspend_custodian(RuntimeOrigin::root(), CUSTODIAN));
		assert_noop!(encumber(title), Error::<Test>::CustodianSuspended);
		set_time(START + VALIDITY + 1);
		assert_noop!(encumber(title), Error::<Test>::CustodyStale);
	});
}
