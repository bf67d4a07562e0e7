// SPDX-License-Identifier: Apache-2.0

//! Each invariant is broken once.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::titles::{DocumentKind, TitleStatus};
use caliber_testkit as testkit;
use polkadot_sdk::{
	frame_support::{
		assert_ok,
		traits::tokens::nonfungibles_v2::{Mutate, Transfer},
	},
	pallet_nfts::ItemConfig,
	sp_core::H256,
};

/// Break the state of a chain with one active title, 0, one pledged title, 1, and one attested
/// title, 2, and tell what is found.
fn broken(by: impl FnOnce(u32)) -> &'static str {
	ExtBuilder::default().build().execute_with(|| {
		active(1);
		pledged(3, 9);
		attested(5);
		testkit::broken(Titles::do_try_state, || by(Titles::collection().unwrap()))
	})
}

fn change_title(title: u32, change: impl FnOnce(&mut TitleOf<Test>)) {
	crate::Titles::<Test>::mutate(title, |record| change(record.as_mut().unwrap()));
}

#[test]
fn try_state_should_find_broken_titles() {
	assert!(broken(|_| NextTitleId::<Test>::put(2)).starts_with("INV-T1: id of a title <"));
	assert!(broken(|_| Attestations::<Test>::remove(0)).starts_with("INV-T1: each title has"));
	assert!(broken(|_| Attestations::<Test>::mutate(0, |attestation| {
		attestation.as_mut().unwrap().verifier = None
	}))
	.starts_with("INV-T1: status = Attested"));
	assert!(broken(|_| Attestations::<Test>::insert(7, Attestations::<Test>::get(0).unwrap()))
		.starts_with("INV-T1: keys of Attestations"));
	assert!(broken(|_| {
		let document = Document { hash: H256::zero(), filed_by: CUSTODIAN, ticket: ticket(0) };
		Documents::<Test>::insert(7, DocumentKind::LienFiling, document)
	})
	.starts_with("INV-T1: keys of Documents"));
	assert!(broken(|_| Revenue::<Test>::insert(7, RevenueHistory::default()))
		.starts_with("INV-T1: keys of Revenue"));
}

#[test]
fn try_state_should_find_broken_serials() {
	assert!(broken(|_| TitleSerials::<Test>::insert(7, SerialHashes::default()))
		.starts_with("INV-T2: keys of TitleSerials"));
	assert!(broken(|_| change_title(0, |title| title.units = 3)).starts_with("INV-T2: units ="));
	assert!(
		broken(|_| Serials::<Test>::insert(serial(1), 1)).starts_with("INV-T2: Serials[serial] =")
	);
	assert!(broken(|_| Serials::<Test>::remove(serial(1))).starts_with("INV-T2: Serials[serial] ="));
	assert!(broken(|_| TitleSerials::<Test>::remove(0)).starts_with("INV-T2: each title has"));
	assert!(broken(|_| Serials::<Test>::insert(serial(99), 0))
		.starts_with("INV-T2: number of Serials ="));
}

#[test]
fn try_state_should_find_broken_nfts() {
	assert!(broken(|_| Collection::<Test>::kill()).starts_with("INV-T3: Collection = None"));
	assert!(broken(|_| Collection::<Test>::put(77)).starts_with("INV-T3: owner of the collection"));
	assert!(broken(|collection| {
		assert_ok!(<Nfts as Mutate<AccountId, ItemConfig>>::burn(&collection, &0, None));
	})
	.starts_with("INV-T3: status != Attested"));
	assert!(broken(|collection| {
		assert_ok!(Nfts::mint_into(&collection, &2, &OWNER, &ItemConfig::default(), true));
	})
	.starts_with("INV-T3: status != Attested"));
	assert!(broken(|collection| {
		assert_ok!(Nfts::mint_into(&collection, &7, &OWNER, &ItemConfig::default(), true));
	})
	.starts_with("INV-T3: items of the collection"));
	for status in [TitleStatus::Redeemed, TitleStatus::Suspended] {
		assert!(broken(|_| change_title(0, |title| title.status = status))
			.starts_with("INV-T3: status of a stored title"));
	}
}

#[test]
fn try_state_should_find_broken_encumbrances() {
	for (title, line) in [(1, None), (0, Some(9)), (2, Some(9))] {
		assert!(broken(|_| change_title(title, |title| title.line = line))
			.starts_with("INV-T4: the NFT is locked ="));
	}
	assert!(broken(|_| change_title(0, |title| title.suspended.decide(true)))
		.starts_with("INV-T4: the NFT is locked ="));
	assert!(broken(|_| change_title(1, |title| {
		title.status = TitleStatus::Lost;
		title.suspended.decide(true);
	}))
	.starts_with("INV-T4: suspended by a referendum"));
	assert!(broken(|collection| {
		assert_ok!(<Nfts as Transfer<AccountId>>::enable_transfer(&collection, &1));
	})
	.starts_with("INV-T4: the NFT is locked ="));
	assert!(broken(|collection| {
		assert_ok!(<Nfts as Transfer<AccountId>>::disable_transfer(&collection, &0));
	})
	.starts_with("INV-T4: the NFT is locked ="));
	for status in [TitleStatus::Lost, TitleStatus::RedemptionRequested] {
		assert!(broken(|_| change_title(0, |title| title.status = status))
			.starts_with("INV-T4: the NFT is locked ="));
	}
	assert!(broken(|_| change_title(1, |title| title.status = TitleStatus::RedemptionRequested))
		.starts_with("INV-T4: status of a held title"));
}

fn redemption_by(requester: AccountId) -> RedemptionOf<Test> {
	let ticket = Some(ticket(0));
	Redemption { requester, requested_at: 0, deadline: 0, ticket, escalated: false }
}

#[test]
fn try_state_should_find_broken_redemptions_and_losses() {
	let ask = || {
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), 0));
	};
	let lose = || {
		assert_ok!(Titles::report_loss(RuntimeOrigin::root(), 0));
	};
	assert!(broken(|_| Redemptions::<Test>::insert(0, redemption_by(OWNER)))
		.starts_with("INV-T7: status = RedemptionRequested"));
	assert!(broken(|_| {
		ask();
		Redemptions::<Test>::remove(0);
	})
	.starts_with("INV-T7: status = RedemptionRequested"));
	assert!(broken(|_| Redemptions::<Test>::insert(7, redemption_by(OWNER)))
		.starts_with("INV-T7: keys of Redemptions"));
	assert!(broken(|_| {
		ask();
		Redemptions::<Test>::insert(0, redemption_by(BUYER));
	})
	.starts_with("INV-T7: requester ="));
	assert!(broken(|_| {
		ask();
		Redemptions::<Test>::mutate(0, |redemption| redemption.as_mut().unwrap().escalated = true);
	})
	.starts_with("INV-T7: escalated if"));
	let loss = Loss { since: 0, line: None, owner: OWNER };
	assert!(broken(|_| change_title(0, |title| title.loss = Some(loss)))
		.starts_with("INV-T7: status = Lost"));
	assert!(broken(|_| {
		lose();
		change_title(0, |title| title.loss = None);
	})
	.starts_with("INV-T7: status = Lost"));
}

#[test]
fn try_state_should_find_broken_claims() {
	let claim =
		|| BondClaim { custodian: CUSTODIAN, claimant: OWNER, opened_at: START, ticket: ticket(0) };
	let count = |open_claims, frozen| {
		Custodians::<Test>::mutate(CUSTODIAN, |record| {
			let record = record.as_mut().unwrap();
			record.open_claims = open_claims;
			record.frozen = frozen;
		})
	};
	assert!(broken(|_| BondClaims::<Test>::insert(0, claim())).starts_with("INV-T8: open_claims ="));
	assert!(broken(|_| count(1, true)).starts_with("INV-T8: open_claims ="));
	assert!(broken(|_| {
		BondClaims::<Test>::insert(0, claim());
		count(1, false);
	})
	.starts_with("INV-T8: open_claims > 0"));
	assert!(broken(|_| {
		BondClaims::<Test>::insert(0, BondClaim { custodian: STRANGER, ..claim() });
	})
	.starts_with("INV-T8: the custodian of each claim"));
}

#[test]
fn try_state_should_find_broken_custodians() {
	let change = |by: fn(&mut Custodian)| {
		Custodians::<Test>::mutate(CUSTODIAN, |record| by(record.as_mut().unwrap()))
	};
	assert!(broken(|_| change(|custodian| custodian.live_titles = 2))
		.starts_with("INV-T5: live_titles ="));
	assert!(broken(|_| change(|custodian| custodian.bond += 1)).starts_with("INV-T5: bond ="));
	assert!(broken(|_| Custodians::<Test>::remove(CUSTODIAN))
		.starts_with("INV-T5: the custodian of each title"));
}

#[test]
fn try_state_should_find_broken_revenue() {
	let history = |buckets| RevenueHistory { total: 10, latest: 700, buckets };
	assert!(broken(|_| Revenue::<Test>::insert(0, history([1; 12])))
		.starts_with("INV-T6: Σ buckets <="));
	assert!(broken(|_| Revenue::<Test>::insert(0, history([u128::MAX; 12])))
		.starts_with("INV-T6: Σ buckets does not"));
}

#[test]
fn try_state_should_find_broken_parties() {
	let kind = PartyKind::Custodian;
	let info = |info| {
		Parties::<Test>::mutate(PartyKind::Custodian, CUSTODIAN, |party| {
			party.as_mut().unwrap().info = info
		})
	};
	assert!(broken(|_| info(PartyInfo::Verifier)).starts_with("INV-T12: kind of a party's info"));
	assert!(broken(|_| Custodians::<Test>::remove(RIVAL))
		.starts_with("INV-T12: each custodian in Parties"));
	assert!(broken(|_| Parties::<Test>::remove(kind, RIVAL))
		.starts_with("INV-T12: each custodian in Custodians"));
	assert!(broken(|_| NextFacilityId::<Test>::put(1)).starts_with("INV-T12: id of a facility <"));
	assert!(broken(|_| Custodians::<Test>::mutate(RIVAL, |custodian| {
		custodian.as_mut().unwrap().facility = 0
	}))
	.starts_with("INV-T12: facilities of custodians"));
	assert!(broken(|_| change_title(0, |title| title.facility = 1))
		.starts_with("INV-T12: facility of a title ="));
}
