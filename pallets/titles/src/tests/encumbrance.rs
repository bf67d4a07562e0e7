// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::titles::{Condition, Ineligibility, TitleFacts};
use polkadot_sdk::{
	frame_support::{
		assert_noop, assert_ok,
		traits::tokens::nonfungibles_v2::{Inspect, Transfer},
	},
	pallet_nfts::{Error as NftsError, ItemPriceOf},
};

const LINE: u32 = 9;

fn encumber(title: u32, owner: &AccountId) -> polkadot_sdk::sp_runtime::DispatchResult {
	<Titles as Encumber<AccountId>>::encumber(title, owner, LINE)
}

fn release(title: u32, line: u32) -> polkadot_sdk::sp_runtime::DispatchResult {
	<Titles as Encumber<AccountId>>::release(title, line)
}

fn seize(title: u32, line: u32) -> polkadot_sdk::sp_runtime::DispatchResult {
	<Titles as Encumber<AccountId>>::seize(title, line, &BUYER)
}

fn encumbrance(title: u32) -> Option<u32> {
	<Titles as TitleInspect<AccountId>>::encumbrance(title)
}

#[test]
fn encumber_should_lock_the_nft_with_its_owner() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(encumber(title, &OWNER));
		assert_eq!(encumbrance(title), Some(LINE));
		assert_eq!(owner_of(title), Some(OWNER));
		assert_eq!(last_event(), Event::TitleEncumbered { title, owner: OWNER, line: LINE });
		assert_noop!(send_nft(OWNER, title, BUYER), NftsError::<Test>::ItemLocked);
	});
}

#[test]
fn encumber_should_keep_the_nft_from_being_sold_swapped_or_burnt() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let collection = Titles::collection().unwrap();
		let price = Some(CLBR);
		assert_ok!(Nfts::set_price(RuntimeOrigin::signed(OWNER), collection, title, price, None));
		assert_ok!(Nfts::approve_transfer(
			RuntimeOrigin::signed(OWNER),
			collection,
			title,
			BUYER,
			None
		));
		assert_ok!(encumber(title, &OWNER));

		assert!(Nfts::buy_item(RuntimeOrigin::signed(BUYER), collection, title, CLBR).is_err());
		assert_noop!(send_nft(BUYER, title, BUYER), NftsError::<Test>::ItemLocked);
		assert_noop!(
			Nfts::burn(RuntimeOrigin::signed(OWNER), collection, title),
			NftsError::<Test>::ItemLocked
		);
		assert_eq!(owner_of(title), Some(OWNER));
	});
}

#[test]
fn encumber_should_follow_the_nft_to_its_new_owner() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		assert_ok!(send_nft(OWNER, title, BUYER));
		assert_noop!(encumber(title, &OWNER), Error::<Test>::NotTitleOwner);
		assert_ok!(encumber(title, &BUYER));
	});
}

#[test]
fn encumber_should_fail_when_a_line_holds_the_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		let held = Error::<Test>::Ineligible(Ineligibility::Encumbered);
		assert_noop!(encumber(title, &OWNER), held);
		assert_noop!(
			<Titles as Encumber<AccountId>>::encumber(title, &OWNER, LINE + 1),
			Error::<Test>::Ineligible(Ineligibility::Encumbered)
		);
	});
}

#[test]
fn encumber_should_change_nothing_when_the_nft_is_locked_otherwise() {
	ExtBuilder::default().build_and_execute(|| {
		let title = active(1);
		let collection = Titles::collection().unwrap();
		assert_ok!(<Nfts as Transfer<AccountId>>::disable_transfer(&collection, &title));
		assert_noop!(encumber(title, &OWNER), NftsError::<Test>::ItemLocked);
		assert_ok!(<Nfts as Transfer<AccountId>>::enable_transfer(&collection, &title));
	});
}

#[test]
fn release_should_free_the_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(release(title, LINE));
		assert_eq!(encumbrance(title), None);
		assert_eq!(last_event(), Event::TitleReleased { title, line: LINE });
		assert_eq!(Titles::eligibility(title), Ok(()));
		assert_ok!(send_nft(OWNER, title, BUYER));
	});
}

#[test]
fn release_should_work_when_the_title_is_not_eligible_any_more() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		set_time(START + VALIDITY + 1);
		assert_ok!(Titles::suspend_party(RuntimeOrigin::root(), PartyKind::Custodian, CUSTODIAN));
		assert_ok!(release(title, LINE));
	});
}

#[test]
fn release_should_fail_when_the_line_does_not_hold_the_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		let free = active(3);
		assert_noop!(release(title, LINE + 1), Error::<Test>::NotHeldByLine);
		assert_noop!(release(free, LINE), Error::<Test>::NotHeldByLine);
		assert_noop!(release(free + 1, LINE), Error::<Test>::NotHeldByLine);
	});
}

#[test]
fn title_should_be_pledged_again_after_its_release() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(release(title, LINE));
		assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, LINE + 1));
		assert_eq!(encumbrance(title), Some(LINE + 1));
	});
}

#[test]
fn seize_should_hand_over_a_free_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		assert_ok!(seize(title, LINE));
		assert_eq!(owner_of(title), Some(BUYER));
		assert_eq!(encumbrance(title), None);
		assert_eq!(last_event(), Event::TitleSeized { title, line: LINE, from: OWNER, to: BUYER });
		assert_eq!(Titles::eligibility(title), Ok(()));
		assert!(send_nft(OWNER, title, OWNER).is_err());
		assert_ok!(send_nft(BUYER, title, PAYER));
	});
}

#[test]
fn seize_should_void_the_price_and_approvals_of_the_former_owner() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		let collection = Titles::collection().unwrap();
		assert_ok!(Nfts::set_price(RuntimeOrigin::signed(OWNER), collection, title, Some(1), None));
		assert_ok!(Nfts::approve_transfer(
			RuntimeOrigin::signed(OWNER),
			collection,
			title,
			STRANGER,
			None
		));
		assert_ok!(seize(title, LINE));
		assert!(ItemPriceOf::<Test>::get(collection, title).is_none());
		assert!(send_nft(STRANGER, title, STRANGER).is_err());
	});
}

#[test]
fn seize_should_fail_when_the_line_does_not_hold_the_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		let free = active(3);
		assert_noop!(seize(title, LINE + 1), Error::<Test>::NotHeldByLine);
		assert_noop!(seize(free, LINE), Error::<Test>::NotHeldByLine);
		assert_noop!(seize(free + 1, LINE), Error::<Test>::NotHeldByLine);
	});
}

#[test]
fn seize_should_change_nothing_when_the_nft_cannot_move() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, LINE);
		let collection = Titles::collection().unwrap();
		let freezer = RuntimeOrigin::signed(Titles::account_id());
		assert_ok!(Nfts::lock_item_transfer(freezer.clone(), collection, title));
		assert_noop!(seize(title, LINE), NftsError::<Test>::ItemLocked);
		assert!(!<Nfts as Inspect<AccountId>>::can_transfer(&collection, &title));
		assert_ok!(Nfts::unlock_item_transfer(freezer, collection, title));
		assert_ok!(seize(title, LINE));
	});
}

#[test]
fn facts_should_be_those_attested() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(<Titles as TitleFactsSource>::facts(0), None);
		let title = attested(1);
		assert_eq!(
			<Titles as TitleFactsSource>::facts(title),
			Some(TitleFacts {
				model: GPU,
				units: 2,
				condition: Condition::New,
				commissioned_at: START - 90 * DAY,
				earned_per_hour: None,
			})
		);
	});
}

#[test]
fn owner_should_be_nobody_when_unconfirmed_or_unknown() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(owner_of(attested(1)), None);
		assert_eq!(owner_of(77), None);
		assert_eq!(Titles::eligibility(77), Err(Ineligibility::Unknown));
	});
}

#[cfg(feature = "runtime-benchmarks")]
#[test]
fn benchmark_title_should_be_eligible_and_distinct() {
	ExtBuilder::default().build_and_execute(|| {
		let first = <Titles as TitleInspect<AccountId>>::benchmark_title(&OWNER);
		let second = <Titles as TitleInspect<AccountId>>::benchmark_title(&OWNER);
		assert_ne!(first, second);
		for title in [first, second] {
			assert_eq!(owner_of(title), Some(OWNER));
			assert_eq!(Titles::eligibility(title), Ok(()));
		}
	});
}
