// SPDX-License-Identifier: Apache-2.0

//! The standard is for machines of every class.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{appraisal::Independent, titles::AssetClass, ModelId, USD};
use polkadot_sdk::frame_support::{assert_noop, assert_ok};

const CLASSES: [(AssetClass, ModelId); 4] = [
	(AssetClass::Compute, GPU),
	(AssetClass::Storage, DISK),
	(AssetClass::Bandwidth, SWITCH),
	(AssetClass::Power, BATTERY),
];

#[test]
fn every_class_should_live_through_the_whole_standard() {
	ExtBuilder::default().build_and_execute(|| {
		for (index, (class, model)) in CLASSES.into_iter().enumerate() {
			let title = NextTitleId::<Test>::get();
			let line = index as u32;
			let spec = TitleSpec { class, model, ..spec(1) };
			assert_ok!(Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, spec));
			insured(title, WORTH, NOTICE);
			assert_ok!(confirm_as(VERIFIER, title));
			appraised(APPRAISER, title, 95_000 * USD, DAY);
			let report = Titles::title(title).unwrap();
			assert_eq!((report.class, report.facts.model), (class, model));
			assert_eq!(report.independent, Independent::of([95_000 * USD]));

			assert_eq!(Titles::eligibility(title), Ok(()));
			assert_ok!(<Titles as Encumber<AccountId>>::encumber(title, &OWNER, line));
			assert_ok!(Titles::pay_revenue(RuntimeOrigin::signed(PAYER), title, USD));
			assert_eq!(usdai(&reserve_account(line)), USD);
			assert_ok!(<Titles as Encumber<AccountId>>::release(title, line));

			// The next one is of the same devices: they are free again.
			assert_ok!(Titles::request_redemption(RuntimeOrigin::signed(OWNER), title));
			assert_ok!(Titles::confirm_release(RuntimeOrigin::signed(CUSTODIAN), title));
			assert_ok!(plain(Titles::acknowledge_release(RuntimeOrigin::signed(OWNER), title)));
			assert_eq!(Titles::title(title), None);
		}
	});
}

#[test]
fn every_class_should_be_that_of_its_model() {
	ExtBuilder::default().build_and_execute(|| {
		for (class, model) in CLASSES {
			for (other, _) in CLASSES.into_iter().filter(|(other, _)| *other != class) {
				let spec = TitleSpec { class: other, model, ..spec(1) };
				assert_noop!(
					Titles::attest(RuntimeOrigin::signed(CUSTODIAN), OWNER, spec),
					Error::<Test>::WrongClass
				);
			}
		}
	});
}
