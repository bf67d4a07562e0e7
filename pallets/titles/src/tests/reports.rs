// SPDX-License-Identifier: Apache-2.0

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{
	titles::{
		AppraisalReport, AssetClass, Condition, DocumentKind, PolicyReport, TitleFacts,
		TitleReport, TitleStatus,
	},
	USD,
};
use polkadot_sdk::{frame_support::assert_ok, sp_core::H256};

#[test]
fn title_should_tell_all_of_a_pledged_title() {
	ExtBuilder::default().build_and_execute(|| {
		let title = pledged(1, 9);
		assert_ok!(Titles::pay_revenue(RuntimeOrigin::signed(PAYER), title, 5 * USD));
		set_time(START + 365 * DAY);
		assert_ok!(Titles::pay_revenue(RuntimeOrigin::signed(PAYER), title, 3 * USD));
		assert_eq!(
			Titles::title(title),
			Some(TitleReport {
				id: title,
				owner: Some(OWNER),
				custodian: CUSTODIAN,
				verifier: Some(VERIFIER),
				facility: b"Reykjavik 1, hall B".to_vec(),
				class: AssetClass::Compute,
				facts: TitleFacts {
					model: GPU,
					units: 2,
					condition: Condition::New,
					commissioned_at: START - 90 * DAY,
				},
				status: TitleStatus::Active,
				line: Some(9),
				redemption_deadline: None,
				lost_since: None,
				claim_open: false,
				custody_renewed_at: START,
				documents: vec![
					(DocumentKind::WarehouseReceipt, H256::repeat_byte(0xaa)),
					(DocumentKind::PurchaseInvoice, H256::repeat_byte(0xbb)),
				],
				revenue_total: 8 * USD,
				revenue_trailing_year: 3 * USD,
				policies: vec![PolicyReport {
					id: 0,
					insurer: INSURER,
					reference: b"HM-1042".to_vec(),
					document: H256::repeat_byte(0xcc),
					limit: WORTH,
					claimed: 0,
					premium_paid_until: START + 36_525 * DAY,
					expires_at: START + 36_525 * DAY,
					cancelled_at: None,
					in_force: true,
				}],
				cover: WORTH,
				appraisals: vec![],
				independent_value: None,
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
		assert_ok!(Titles::pay_claim(RuntimeOrigin::signed(INSURER), title, 0, 30_000 * USD));
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
				reference: b"HM-1042".to_vec(),
				document: H256::repeat_byte(0xcc),
				limit: 5_000 * USD,
				claimed: 0,
				premium_paid_until: START + 60 * DAY,
				expires_at: START + 60 * DAY,
				cancelled_at: Some(START + 30 * DAY),
				in_force: false,
			}
		);
		let counts = report.appraisals.iter().map(|it| it.counts).collect::<Vec<_>>();
		assert_eq!(counts, vec![false, true, false]);
		assert_eq!(
			report.appraisals[1],
			AppraisalReport {
				id: 1,
				appraiser: STRANGER,
				value: 95_000 * USD,
				document: H256::repeat_byte(0xee),
				filed_at: START,
				valid_until: START + 100 * DAY,
				counts: true,
			}
		);
		assert_eq!(report.independent_value, Some(95_000 * USD));
	});
}
