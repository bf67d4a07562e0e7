// SPDX-License-Identifier: Apache-2.0

use crate::mock::{Titles, *};
use caliber_primitives::{
	titles::{AssetClass, Condition, DocumentKind, TitleFacts, TitleReport, TitleStatus},
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
				class: AssetClass::Compute,
				facts: TitleFacts {
					model: GPU,
					units: 2,
					condition: Condition::New,
					commissioned_at: START - 90 * DAY,
				},
				status: TitleStatus::Active,
				line: Some(9),
				custody_renewed_at: START,
				documents: vec![
					(DocumentKind::WarehouseReceipt, H256::repeat_byte(0xaa)),
					(DocumentKind::PurchaseInvoice, H256::repeat_byte(0xbb)),
				],
				revenue_total: 8 * USD,
				revenue_trailing_year: 3 * USD,
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
