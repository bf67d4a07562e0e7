// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	appraisal::{Independent, Namespace},
	titles::{
		AppraisalReport, AssetClass, Condition, DeviceReport, DocumentKind, PolicyKind,
		PolicyReport, TitleFacts, TitleReport, TitleStatus,
	},
	USD,
};
use polkadot_sdk::{frame_support::assert_ok, sp_core::H256};

#[test]
fn title_should_tell_all_of_a_pledged_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, 9);
		assert_ok!(Titles::pay_revenue(RuntimeOrigin::signed(PAYER), title, 5 * USD));
		for days in [31, 62, 365] {
			set_time(START + days * DAY);
			assert_ok!(Titles::pay_revenue(RuntimeOrigin::signed(PAYER), title, USD));
		}
		assert_eq!(
			Titles::title(title),
			Some(TitleReport {
				id: title,
				owner: Some(OWNER),
				custodian: CUSTODIAN,
				verifier: Some(VERIFIER),
				facility: b"Reykjavik 1".to_vec(),
				attested_at: START,
				confirmed_at: Some(START),
				evidence: Attestations::<Test>::get(title).unwrap().evidence.unwrap(),
				class: AssetClass::Compute,
				namespace: Some(Namespace::Serial),
				devices: vec![device(1), device(2)],
				facts: TitleFacts {
					model: GPU,
					units: 2,
					condition: Condition::New,
					commissioned_at: START - 90 * DAY,
					// 8 dollars in 365 days, of two units: 0.000456… an hour.
					earned_per_hour: Some(456_621_004_566_210),
				},
				status: TitleStatus::Active,
				line: Some(9),
				redemption_deadline: None,
				release_deadline: None,
				custody_value: TWO_UNITS,
				lost_since: None,
				partly_lost_since: None,
				losses: vec![],
				inspected_by: None,
				custody_offered_to: None,
				claim_open: false,
				custody_renewed_at: START,
				documents: vec![
					paper(DocumentKind::WarehouseReceipt, 0xaa),
					paper(DocumentKind::PurchaseInvoice, 0xbb),
				],
				revenue_total: 8 * USD,
				revenue_earned: 8 * USD,
				earned_trailing_year: 8 * USD,
				policies: vec![PolicyReport {
					id: 0,
					insurer: INSURER,
					kind: PolicyKind::Casualty,
					reference: b"HM-1042".to_vec(),
					document: H256::repeat_byte(0xcc),
					limit: WORTH,
					claimed: 0,
					premium_paid_until: START + 1_825 * DAY,
					expires_at: START + 1_825 * DAY,
					cancelled_at: None,
					covers_until: START + 1_825 * DAY,
					in_force: true,
					in_grace: false,
				}],
				cover: WORTH,
				acknowledged: true,
				appraisals: vec![],
				independent: Independent::NONE,
				struck_until: None,
			})
		);
	});
}

#[test]
fn title_should_have_no_owner_and_no_line_when_attested() {
	ExtBuilder::default().build_and_execute(|| {
		let report = Titles::title(attested(1)).unwrap();
		assert_eq!(report.owner, None);
		assert_eq!(report.line, None);
		assert_eq!(report.status, TitleStatus::Attested);
		assert_eq!(report.revenue_total, 0);
	});
}

#[test]
fn title_should_be_none_when_unknown_or_withdrawn() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Titles::title(0), None);
		let title = attested(1);
		assert_ok!(Titles::withdraw_attestation(RuntimeOrigin::signed(CUSTODIAN), title));
		assert_eq!(Titles::title(title), None);
	});
}

#[test]
fn title_should_tell_policies_and_appraisals_in_every_state() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, 9);
		let second = insured(title, 5_000 * USD, 60 * DAY);
		assert_ok!(Titles::cancel_policy(RuntimeOrigin::signed(INSURER), title, second));
		assert_ok!(Titles::pay_claim(RuntimeOrigin::signed(INSURER), title, 0, 30_000 * USD, None));
		let info = Parties::<Test>::get(PartyKind::Appraiser, APPRAISER).unwrap().info;
		for who in [STRANGER, BUYER] {
			let origin = RuntimeOrigin::root();
			assert_ok!(Titles::register_party(origin, who, info.clone()));
		}
		appraised(APPRAISER, title, 90_000 * USD, 100 * DAY);
		appraised(STRANGER, title, 95_000 * USD, 100 * DAY);
		appraised(BUYER, title, 99_000 * USD, DAY);
		let in_force = |at| {
			set_time(at);
			Titles::title(title).unwrap().policies.iter().map(|it| it.in_force).collect::<Vec<_>>()
		};
		assert_eq!(in_force(START + 30 * DAY), vec![true, true]);
		assert_eq!(Titles::title(title).unwrap().cover, 75_000 * USD);
		assert_eq!(in_force(START + 30 * DAY + 1), vec![true, false]);

		let report = Titles::title(title).unwrap();
		assert_eq!(report.cover, 70_000 * USD);
		assert_eq!(report.policies[0].claimed, 30_000 * USD);
		assert_eq!(
			report.policies[1],
			PolicyReport {
				id: second,
				insurer: INSURER,
				kind: PolicyKind::Casualty,
				reference: b"HM-1042".to_vec(),
				document: H256::repeat_byte(0xcc),
				limit: 5_000 * USD,
				claimed: 0,
				premium_paid_until: START + 60 * DAY,
				expires_at: START + 60 * DAY,
				cancelled_at: Some(START + 30 * DAY),
				covers_until: START + 30 * DAY,
				in_force: false,
				in_grace: false,
			}
		);
		let counts = report.appraisals.iter().map(|it| it.counts).collect::<Vec<_>>();
		assert_eq!(counts, vec![true, true, false]);
		assert_eq!(
			report.appraisals[1],
			AppraisalReport {
				id: 1,
				appraiser: STRANGER,
				value: 95_000 * USD,
				document: H256::repeat_byte(0xee),
				filed_at: START,
				valid_until: START + 100 * DAY,
				counts_from: START,
				confirmed: false,
				counts: true,
			}
		);
		assert_eq!(report.independent, Independent::of([95_000 * USD, 90_000 * USD]));
	});
}

/// The ids of a page of titles.
fn page(from: u32, limit: u32) -> Vec<u32> {
	Titles::titles(from, limit).iter().map(|report| report.id).collect()
}

#[test]
fn titles_should_tell_of_a_page_by_id() {
	ExtBuilder::default().build_and_execute(|| {
		let titles = [attested(1), active(3), attested(5), pledged(7, 9)];
		assert_eq!(page(0, 10), titles);
		assert_eq!(page(0, 2), titles[..2]);
		assert_eq!(page(1, 2), titles[1..3]);
		assert_eq!(page(titles[3], 10), titles[3..]);
		assert_eq!(page(titles[3] + 1, 10), [0; 0]);
		assert_eq!(page(0, 0), [0; 0]);
		assert_eq!(page(u32::MAX, u32::MAX), [0; 0]);
		assert_eq!(Titles::titles(titles[3], 1), vec![Titles::title(titles[3]).unwrap()]);

		// What is gone leaves no hole in the page.
		let custodian = RuntimeOrigin::signed(CUSTODIAN);
		assert_ok!(Titles::withdraw_attestation(custodian, titles[2]));
		assert_eq!(page(0, 3), [titles[0], titles[1], titles[3]]);
	});
}

#[test]
fn titles_should_tell_of_sixty_four_at_most() {
	ExtBuilder::default().build_and_execute(|| {
		let titles = (0..66).map(|index| attested(2 * index)).collect::<Vec<_>>();
		assert_eq!(page(0, u32::MAX), titles[..64]);
		assert_eq!(page(64, u32::MAX), titles[64..]);
	});
}

/// Who asks pays for no more than a page, however many titles have ended.
#[test]
fn titles_should_look_at_so_many_ids() {
	ExtBuilder::default().build_and_execute(|| {
		NextTitleId::<Test>::put(5_000);
		let title = attested(1);
		assert_eq!(title, 5_000);
		assert_eq!(page(title - 1_024, 10), [0; 0]);
		assert_eq!(page(title - 1_023, 10), [title]);
	});
}

#[test]
fn titles_of_should_follow_the_nfts() {
	ExtBuilder::default().build_and_execute(|| {
		let titles = [active(1), active(3), pledged(5, 9), attested(7)];
		assert_eq!(Titles::titles_of(OWNER), titles[..3]);
		assert_eq!(Titles::titles_of(BUYER), [0; 0]);
		assert_ok!(send_nft(OWNER, titles[1], BUYER));
		assert_eq!(Titles::titles_of(OWNER), [titles[0], titles[2]]);
		assert_eq!(Titles::titles_of(BUYER), [titles[1]]);
		assert_ok!(<Titles as Encumber<AccountId>>::seize(titles[2], 9, &BUYER));
		assert_eq!(Titles::titles_of(BUYER), [titles[1], titles[2]]);
	});
}

#[test]
fn device_should_tell_its_title_age_condition_and_loss() {
	ExtBuilder::default().build_and_execute(|| {
		let title = attested(1);
		assert_eq!(Titles::device(device(1)), None);
		assert_ok!(confirm_as(VERIFIER, title));
		let kept = DeviceReport {
			title: Some(title),
			first_commissioned: START - 90 * DAY,
			worst_condition: Condition::New,
			lost_at: None,
		};
		for unit in [device(1), device(2)] {
			assert_eq!(Titles::device(unit), Some(kept.clone()));
		}
		assert_eq!(Titles::device(device(3)), None);
		set_time(START + DAY);
		let lost = vec![device(2)].try_into().unwrap();
		assert_ok!(Titles::report_loss(RuntimeOrigin::signed(CUSTODIAN), title, lost));
		assert_eq!(Titles::device(device(1)), Some(kept.clone()));
		assert_eq!(
			Titles::device(device(2)),
			Some(DeviceReport { lost_at: Some(START + DAY), ..kept })
		);
	});
}
