// SPDX-License-Identifier: Apache-2.0

//! Each invariant is broken once.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::titles::TitleStatus;
use caliber_testkit as testkit;
use polkadot_sdk::{
	frame_support::{
		assert_ok,
		traits::tokens::nonfungibles_v2::{Mutate, Transfer},
	},
	pallet_nfts::ItemConfig,
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
	assert!(broken(|_| { Documents::<Test>::insert(7, 0, Documents::<Test>::get(0, 0).unwrap()) })
		.starts_with("INV-T1: keys of Documents"));
}

fn change_device(number: u64, change: impl FnOnce(&mut DeviceOf<Test>)) {
	Devices::<Test>::mutate(device(number), |record| change(record.as_mut().unwrap()));
}

#[test]
fn try_state_should_find_broken_devices() {
	assert!(broken(|_| TitleDevices::<Test>::insert(7, DeviceIds::default()))
		.starts_with("INV-T2: keys of TitleDevices"));
	let twice = vec![device(1), device(1)].try_into().unwrap();
	assert!(broken(|_| TitleDevices::<Test>::insert(0, DeviceIds::from(twice)))
		.starts_with("INV-T2: devices of a title differ"));
	for title in [0, 2] {
		assert!(
			broken(|_| change_title(title, |title| title.units = 3)).starts_with("INV-T2: units =")
		);
	}
	for title in [None, Some(1)] {
		assert!(broken(|_| change_device(1, |device| device.title = title))
			.starts_with("INV-T2: title of a device ="));
	}
	assert!(
		broken(|_| Devices::<Test>::remove(device(1))).starts_with("INV-T2: title of a device =")
	);
	assert!(broken(|_| TitleDevices::<Test>::remove(0)).starts_with("INV-T2: each title has"));
	assert!(broken(|_| {
		let stray = Devices::<Test>::get(device(1)).unwrap();
		Devices::<Test>::insert(device(99), stray);
	})
	.starts_with("INV-T2: number of Devices"));
	assert!(broken(|_| change_device(1, |device| device.lost_at = Some(START)))
		.starts_with("INV-T7: Σ units of the losses"));
	let custodian = CUSTODIAN;
	let loss = Loss { id: 0, since: 0, line: None, owner: OWNER, custodian, units: 1 };
	assert!(broken(|_| Losses::<Test>::insert(0, TitleLosses::truncate_from(vec![loss])))
		.starts_with("INV-T7: Σ units of the losses"));
	assert!(broken(|_| change_title(0, |title| title.units = 0))
		.starts_with("INV-T7: status = Lost if and only if units = 0"));
}

#[test]
fn try_state_should_find_broken_custody_offers() {
	let offer = |title, to| {
		let offer = CustodyOffer { to, consented_by: None, ticket: None };
		CustodyOffers::<Test>::insert(title, offer);
	};
	assert!(broken(|_| offer(7, RIVAL)).starts_with("INV-T14: keys of CustodyOffers"));
	assert!(broken(|_| offer(2, RIVAL)).starts_with("INV-T14: status of a title"));
	assert!(broken(|_| offer(0, CUSTODIAN)).starts_with("INV-T14: to !="));
	assert!(broken(|_| offer(0, STRANGER)).starts_with("INV-T14: custody is offered"));
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
	for status in [TitleStatus::Released, TitleStatus::Suspended] {
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
	assert!(broken(|collection| {
		let owner = Titles::account_id();
		assert_ok!(Nfts::set_title_attribute(&owner, collection, 1, "state", b"free"));
	})
	.starts_with("INV-T4: the NFT shows the state"));
}

fn redemption_by(requester: AccountId) -> RedemptionOf<Test> {
	let ticket = Some(ticket(0));
	Redemption {
		requester,
		requested_at: 0,
		deadline: 0,
		release: None,
		deposit: 0,
		ticket,
		escalated: false,
		disputed: false,
	}
}

#[test]
fn try_state_should_find_broken_redemptions_and_losses() {
	let ask = || {
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), 0));
	};
	let lose = || {
		assert_ok!(Titles::report_loss(RuntimeOrigin::root(), 0, machines_of(0)));
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
		Redemptions::<Test>::mutate(0, |redemption| redemption.as_mut().unwrap().ticket = None);
	})
	.starts_with("INV-T7: ticket = None only"));
	let loss = |id, units| {
		let custodian = CUSTODIAN;
		Loss { id, since: 0, line: None, owner: OWNER, custodian, units }
	};
	let losses = |title, losses: Vec<_>| {
		Losses::<Test>::insert(title, TitleLosses::truncate_from(losses));
	};
	assert!(broken(|_| {
		lose();
		Losses::<Test>::remove(0);
	})
	.starts_with("INV-T7: Σ units of the losses"));
	assert!(broken(|_| {
		lose();
		losses(0, vec![loss(0, 1)]);
	})
	.starts_with("INV-T7: Σ units of the losses"));
	assert!(broken(|_| {
		lose();
		losses(0, vec![loss(0, 2), loss(1, 0)]);
	})
	.starts_with("INV-T7: units of a loss > 0"));
	assert!(broken(|_| {
		lose();
		losses(0, vec![loss(0, 1), loss(0, 1)]);
	})
	.starts_with("INV-T7: ids of a title's losses"));
	assert!(broken(|_| {
		lose();
		losses(0, vec![loss(1, 2)]);
	})
	.starts_with("INV-T7: id of a loss <"));
	assert!(broken(|_| losses(7, vec![loss(0, 1)])).starts_with("INV-T7: keys of Losses"));
}

#[test]
fn try_state_should_find_broken_claims() {
	let claim = || BondClaim {
		custodian: CUSTODIAN,
		claimant: OWNER,
		cause: ClaimCause::NoAnswer,
		wanted: 7,
		amount: 7,
		deposit: 0,
		opened_at: START,
		ticket: ticket(0),
	};
	let count = |open_claims, claimed| {
		Custodians::<Test>::mutate(CUSTODIAN, |record| {
			let record = record.as_mut().unwrap();
			record.open_claims = open_claims;
			record.claimed = claimed;
		})
	};
	assert!(broken(|_| BondClaims::<Test>::insert(0, claim()))
		.starts_with("INV-T8: the title of a claim"));
	assert!(broken(|_| BondClaims::<Test>::insert(7, claim())).starts_with("INV-T8: open_claims ="));
	assert!(broken(|_| count(1, 0)).starts_with("INV-T8: open_claims ="));
	assert!(broken(|_| {
		BondClaims::<Test>::insert(7, claim());
		count(1, 8);
	})
	.starts_with("INV-T8: claimed ="));
	assert!(broken(|_| {
		BondClaims::<Test>::insert(7, BondClaim { amount: BOND + 1, wanted: BOND + 1, ..claim() });
		count(1, BOND + 1);
	})
	.starts_with("INV-T8: claimed <= bond"));
	assert!(broken(|_| {
		BondClaims::<Test>::insert(7, BondClaim { wanted: 6, ..claim() });
		count(1, 7);
	})
	.starts_with("INV-T8: amount <= wanted"));
	assert!(broken(|_| {
		BondClaims::<Test>::insert(7, BondClaim { custodian: STRANGER, ..claim() });
	})
	.starts_with("INV-T8: the custodian of each claim"));
}

#[test]
fn try_state_should_find_broken_sureties() {
	assert!(broken(|_| Verifiers::<Test>::remove(VERIFIER)).starts_with("INV-T20: each verifier"));
	assert!(
		broken(|_| Insurers::<Test>::remove(SECOND_INSURER)).starts_with("INV-T20: each verifier")
	);
	assert!(broken(|_| Verifiers::<Test>::insert(STRANGER, Verifier::default()))
		.starts_with("INV-T20: keys of Verifiers"));
	assert!(broken(|_| {
		let insurer = Insurers::<Test>::get(INSURER).unwrap();
		Insurers::<Test>::insert(STRANGER, insurer);
	})
	.starts_with("INV-T20: keys of Insurers"));
	assert!(broken(|_| Verifiers::<Test>::mutate(VERIFIER, |verifier| {
		verifier.as_mut().unwrap().bond += 1
	}))
	.starts_with("INV-T20: bond ="));
	let insurer = |change: fn(&mut Insurer)| {
		Insurers::<Test>::mutate(INSURER, |insurer| change(insurer.as_mut().unwrap()))
	};
	assert!(broken(|_| insurer(|insurer| insurer.capital += 1)).starts_with("INV-T20: capital ="));
	assert!(broken(|_| insurer(|insurer| insurer.bound -= 1)).starts_with("INV-T20: bound ="));
}

#[test]
fn try_state_should_find_broken_deposits_and_releases() {
	let ask = || {
		assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), 0));
	};
	let deposit = |deposit| {
		Redemptions::<Test>::mutate(0, |request| request.as_mut().unwrap().deposit = deposit)
	};
	assert!(broken(|_| {
		ask();
		Redemptions::<Test>::mutate(0, |request| {
			let request = request.as_mut().unwrap();
			(request.ticket, request.disputed) = (None, true);
		});
	})
	.starts_with("INV-T21: deposit > 0 only"));
	assert!(broken(|_| {
		ask();
		deposit(CLAIM_DEPOSIT + 1);
	})
	.starts_with("INV-T21: Σ deposits ="));
	let released = |custodian| ReleasedTitle {
		owner: OWNER,
		custodian,
		released_at: START,
		claim_until: START,
		custody_value: 0,
		ticket: ticket(0),
	};
	assert!(broken(|_| ReleasedTitles::<Test>::insert(0, released(CUSTODIAN)))
		.starts_with("INV-T22: a released title"));
	assert!(broken(|_| ReleasedTitles::<Test>::insert(7, released(STRANGER)))
		.starts_with("INV-T22: the custodian of each"));
}

#[test]
fn try_state_should_find_broken_custodians() {
	let change = |by: fn(&mut Custodian)| {
		Custodians::<Test>::mutate(CUSTODIAN, |record| by(record.as_mut().unwrap()))
	};
	assert!(broken(|_| change(|custodian| custodian.live_titles = 2))
		.starts_with("INV-T5: live_titles ="));
	assert!(broken(|_| change(|custodian| custodian.bond += 1)).starts_with("INV-T5: bond ="));
	assert!(broken(|_| change(|custodian| custodian.in_custody -= 1))
		.starts_with("INV-T5: in_custody ="));
	assert!(broken(|_| change_title(2, |title| title.custody_value = 1))
		.starts_with("INV-T5: custody_value of an attested"));
	assert!(broken(|_| Custodians::<Test>::remove(CUSTODIAN))
		.starts_with("INV-T5: the custodian of each title"));
}

#[test]
fn try_state_should_find_broken_papers() {
	assert!(broken(|_| Documents::<Test>::remove(0, 0)).starts_with("INV-T15: indices"));
	assert!(
		broken(|_| change_title(0, |title| title.documents += 1)).starts_with("INV-T15: indices")
	);
	assert!(broken(|_| change_title(0, |title| title.lapses[0].1 = Some(1)))
		.starts_with("INV-T15: lapses"));
	assert!(
		broken(|_| change_title(0, |title| title.lapses.clear())).starts_with("INV-T15: lapses")
	);
}

#[test]
fn try_state_should_find_broken_revenue() {
	let run = RevenueRun { since: START, before: 13, enough: 1, complete: false };
	let sound = RevenueHistory {
		total: 20,
		earned: 13,
		since: Some(START),
		latest: 700,
		buckets: [1; 13],
		run: Some(run),
	};
	let found = |history: RevenueHistory| {
		broken(|_| change_title(0, |title| title.revenue = history.clone()))
	};
	let of = |buckets| RevenueHistory { buckets, ..sound.clone() };
	let more = of(core::array::from_fn(|bucket| 1 + u128::from(bucket == 3)));
	assert!(found(more).starts_with("INV-T6: Σ buckets <="));
	assert!(found(of([u128::MAX; 13])).starts_with("INV-T6: Σ buckets does not"));
	assert!(found(RevenueHistory { total: 12, ..sound.clone() }).starts_with("INV-T6: earned <="));
	assert!(found(RevenueHistory { since: None, ..sound.clone() }).starts_with("INV-T6: since"));
	assert!(found(RevenueHistory { run: None, ..sound.clone() }).starts_with("INV-T6: run"));
	let later = RevenueRun { before: 14, ..run };
	assert!(found(RevenueHistory { run: Some(later), ..sound.clone() })
		.starts_with("INV-T6: earned before the run"));
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
