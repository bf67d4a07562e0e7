// SPDX-License-Identifier: Apache-2.0

//! Claims are due to those whom a loss harmed, never a later holder of the NFT.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{titles::TitleStatus, Balance, TitleId, USD};
use polkadot_sdk::{
	frame_support::{assert_noop, assert_ok, dispatch::DispatchResult},
	sp_runtime::DispatchError,
};

const LINE: u32 = 9;

fn pay(title: TitleId, amount: Balance) -> DispatchResult {
	let policy = Policies::<Test>::get(title)[0].id;
	Titles::pay_claim(RuntimeOrigin::signed(INSURER), title, policy, amount, None)
}

fn lose(title: TitleId) {
	assert_ok!(Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title, machines_of(title)));
}

/// A title of `OWNER` that was lost under `LINE`, then seized and sold to `BUYER`.
fn lost_and_sold() -> TitleId {
	let title = pledged(1, LINE);
	lose(title);
	assert_ok!(<Titles as Encumber<AccountId>>::seize(title, LINE, &BUYER));
	assert_eq!(owner_of(title), Some(BUYER));
	title
}

#[test]
fn report_loss_should_note_line_and_owner_of_that_time() {
	ExtBuilder::default().build_and_execute(|| {
		let (free, held) = (active(3), lost_and_sold());
		assert_ok!(send_nft(OWNER, free, PAYER));
		set_time(START + DAY);
		lose(free);
		let loss = |title| losses_of(title).pop().unwrap();
		let custodian = || CUSTODIAN;
		assert_eq!(
			loss(free),
			Loss {
				id: 1,
				since: START + DAY,
				line: None,
				owner: PAYER,
				custodian: custodian(),
				units: 2
			}
		);
		assert_eq!(
			loss(held),
			Loss {
				id: 0,
				since: START,
				line: Some(LINE),
				owner: OWNER,
				custodian: custodian(),
				units: 2
			}
		);
		assert_eq!(line_of(held), None);
	});
}

#[test]
fn pay_claim_should_go_to_the_line_of_the_loss_when_the_nft_was_seized_and_sold_since() {
	ExtBuilder::default().build_and_execute(|| {
		let title = lost_and_sold();
		assert_ok!(pay(title, 60_000 * USD));
		assert_eq!(usdai(&reserve_account(LINE)), 60_000 * USD);
		assert_eq!(usdai(&BUYER), USDAI_ENDOWMENT);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT);
		assert_eq!(
			last_event(),
			Event::ClaimPaid {
				title,
				policy: 0,
				insurer: INSURER,
				owner: OWNER,
				line: Some(LINE),
				loss: Some(0),
				amount: 60_000 * USD,
				to_line: 60_000 * USD,
				remaining: 40_000 * USD,
			}
		);
	});
}

#[test]
fn pay_claim_should_give_the_owner_of_the_loss_what_its_line_does_not_take() {
	ExtBuilder::default().build_and_execute(|| {
		let title = lost_and_sold();
		LineShortfall::set(&(25_000 * USD));
		assert_ok!(pay(title, 60_000 * USD));
		assert_eq!(usdai(&reserve_account(LINE)), 25_000 * USD);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 35_000 * USD);
		assert_eq!(usdai(&BUYER), USDAI_ENDOWMENT);
		assert_eq!(usdai(&INSURER), USDAI_ENDOWMENT - 60_000 * USD);
		let Event::ClaimPaid { amount, to_line, .. } = last_event() else { panic!("no claim") };
		assert_eq!((amount, to_line), (60_000 * USD, 25_000 * USD));

		// Nothing is left that the line is short of.
		LineShortfall::set(&0);
		assert_ok!(pay(title, USD));
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 35_001 * USD);
	});
}

#[test]
fn pay_claim_should_go_to_the_line_of_the_loss_when_it_released_the_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		lose(title);
		assert_ok!(<Titles as Encumber<AccountId>>::release(title, LINE));
		LineShortfall::set(&USD);
		assert_ok!(pay(title, 3 * USD));
		assert_eq!(usdai(&reserve_account(LINE)), USD);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 2 * USD);
	});
}

#[test]
fn pay_claim_should_give_the_owner_what_a_holding_line_does_not_take() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		LineShortfall::set(&(2 * USD));
		assert_ok!(pay(title, 5 * USD));
		assert_eq!(usdai(&reserve_account(LINE)), 2 * USD);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 3 * USD);
		assert_eq!(status_of(title), TitleStatus::Active);
	});
}

#[test]
fn pay_claim_should_go_to_the_present_owner_when_the_machines_were_found() {
	ExtBuilder::default().build_and_execute(|| {
		let title = lost_and_sold();
		assert_ok!(Titles::recover_title(referendum(), title));
		assert_eq!(losses_of(title), vec![]);
		assert_ok!(pay(title, USD));
		assert_eq!(usdai(&BUYER), USDAI_ENDOWMENT + USD);
		assert_eq!(usdai(&reserve_account(LINE)), 0);
	});
}

#[test]
fn pay_claim_should_fail_when_a_part_is_due_to_the_insurer() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(send_nft(OWNER, title, SECOND_INSURER));
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &SECOND_INSURER, LINE));
		// A policy of the owner, as it could be bound before an account was checked against the parties.
		Policies::<Test>::mutate(title, |policies| policies[0].insurer = SECOND_INSURER);
		for (insurer, items) in [(INSURER, 0), (SECOND_INSURER, 1)] {
			Parties::<Test>::mutate(PartyKind::Insurer, insurer.clone(), |party| {
				party.as_mut().unwrap().items = items
			});
			// The policies of the titles of these tests have the same limit.
			Insurers::<Test>::mutate(insurer, |insurer| {
				let insurer = insurer.as_mut().unwrap();
				insurer.bound = u128::from(items) * WORTH;
			});
		}
		lose(title);
		assert_ok!(<Titles as Encumber<AccountId>>::seize(title, LINE, &BUYER));
		LineShortfall::set(&(2 * USD));
		let pay = |amount| {
			Titles::pay_claim(RuntimeOrigin::signed(SECOND_INSURER), title, 0, amount, None)
		};
		assert_noop!(pay(2 * USD + 1), Error::<Test>::SelfPayment);
		assert_ok!(pay(2 * USD));
	});
}

#[test]
fn pay_claim_should_change_nothing_when_the_line_of_the_loss_takes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let title = lost_and_sold();
		ReservesOpen::set(&false);
		assert_noop!(pay(title, 1), DispatchError::Other("the line takes nothing"));
		assert_eq!(record_of(title).covers[0].remaining, WORTH);
	});
}

#[test]
fn slash_custodian_should_pay_the_line_and_then_the_owner_of_the_loss() {
	ExtBuilder::default().build_and_execute(|| {
		let title = lost_and_sold();
		LineShortfall::set(&(5 * USD));
		assert_ok!(Titles::slash_custodian(referendum(), title, 7 * USD, None));
		assert_eq!(usdai(&reserve_account(LINE)), 5 * USD);
		assert_eq!(usdai(&OWNER), USDAI_ENDOWMENT + 2 * USD);
		assert_eq!(usdai(&BUYER), USDAI_ENDOWMENT);
		let Event::CustodianSlashed { line, owner, to_line, .. } = last_event() else {
			panic!("no slash")
		};
		assert_eq!((line, owner, to_line), (Some(LINE), OWNER, 5 * USD));
	});
}

#[test]
fn retire_lost_should_make_a_later_owner_wait_for_the_claims() {
	ExtBuilder::default().build_and_execute(|| {
		let title = lost_and_sold();
		let retire = |who| plain(Titles::retire_lost(RuntimeOrigin::signed(who), title));
		assert_noop!(retire(BUYER), Error::<Test>::PoliciesRemain);
		// Who owned it then owns it no more.
		assert_noop!(retire(OWNER), Error::<Test>::NotOwnerOrCustodian);
		drop_policies(title);
		set_time(START + LOSS_PERIOD);
		assert_noop!(retire(BUYER), Error::<Test>::LossPeriodRunning);
		set_time(START + LOSS_PERIOD + 1);
		assert_ok!(retire(BUYER));
	});
}
