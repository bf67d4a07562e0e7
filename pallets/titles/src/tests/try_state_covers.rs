// SPDX-License-Identifier: Apache-2.0

//! Each invariant of policies, appraisals and their counts is broken once.

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::titles::DocumentKind;
use caliber_testkit as testkit;
use polkadot_sdk::frame_support::assert_ok;

/// Break the state of a chain with a title, 0, of two policies and two appraisals, and tell what is
/// found.
fn broken(by: impl FnOnce()) -> &'static str {
	ExtBuilder::default().build().execute_with(|| {
		let title = active(1);
		let info = Parties::<Test>::get(PartyKind::Appraiser, APPRAISER).unwrap().info;
		assert_ok!(Titles::register_party(RuntimeOrigin::root(), STRANGER, info));
		insured(title, 1, DAY);
		appraised(APPRAISER, title, 1, DAY);
		appraised(STRANGER, title, 1, DAY);
		assert_ok!(filed(OWNER, title, paper(DocumentKind::PurchaseInvoice, 0)));
		testkit::broken(Titles::do_try_state, by)
	})
}

fn policies(change: impl FnOnce(&mut Vec<PolicyOf<Test>>)) {
	let mut policies = Policies::<Test>::get(0).into_inner();
	change(&mut policies);
	Policies::<Test>::insert(0, TitlePolicies::try_from(policies).unwrap());
}

fn appraisals(change: impl FnOnce(&mut Vec<AppraisalOf<Test>>)) {
	let mut appraisals = Appraisals::<Test>::get(0).into_inner();
	change(&mut appraisals);
	Appraisals::<Test>::insert(0, TitleAppraisals::try_from(appraisals).unwrap());
}

#[test]
fn try_state_should_find_broken_policies() {
	let unknown = || Policies::<Test>::insert(7, Policies::<Test>::get(0));
	assert!(broken(unknown).starts_with("INV-T9: keys of Policies"));
	let empty = || Policies::<Test>::insert(0, TitlePolicies::default());
	assert!(broken(empty).starts_with("INV-T9: length of Policies"));
	assert!(broken(|| policies(|of| of.reverse())).starts_with("INV-T9: ids of a title's policies"));
	assert!(broken(|| policies(|of| of[1].id = 0)).starts_with("INV-T9: ids of a title's policies"));
	assert!(broken(|| NextPolicyId::<Test>::put(1)).starts_with("INV-T9: id of a policy <"));
	assert!(broken(|| policies(|of| of[1].claimed = 2)).starts_with("INV-T9: claimed <="));
	let end = START + DAY;
	assert!(broken(|| policies(|of| of[1].cancelled_at = Some(end + 1)))
		.starts_with("INV-T9: premium_paid_until"));
	assert!(broken(|| policies(|of| of[1].terms.premium_paid_until = end + 1))
		.starts_with("INV-T9: premium_paid_until"));
	assert!(broken(|| policies(|of| of[1].terms.limit = u128::MAX)).starts_with("INV-T9: Σ limits"));
}

#[test]
fn try_state_should_find_broken_appraisals() {
	let unknown = || Appraisals::<Test>::insert(7, Appraisals::<Test>::get(0));
	assert!(broken(unknown).starts_with("INV-T10: keys of Appraisals"));
	let empty = || Appraisals::<Test>::insert(0, TitleAppraisals::default());
	assert!(broken(empty).starts_with("INV-T10: length of Appraisals"));
	assert!(broken(|| appraisals(|of| of.reverse()))
		.starts_with("INV-T10: ids of a title's appraisals"));
	assert!(broken(|| NextAppraisalId::<Test>::put(1)).starts_with("INV-T10: id of an appraisal <"));
	assert!(
		broken(|| appraisals(|of| of[0].value = 0)).starts_with("INV-T10: value of an appraisal")
	);
	assert!(broken(|| appraisals(|of| of[1].appraiser = APPRAISER))
		.starts_with("INV-T10: appraisers of a title's"));
}

#[test]
fn try_state_should_find_broken_providers() {
	for (kind, who) in [(PartyKind::Insurer, INSURER), (PartyKind::Appraiser, APPRAISER)] {
		let change = |by: fn(&mut PartyRecord)| {
			Parties::<Test>::mutate(kind, &who, |party| by(party.as_mut().unwrap()))
		};
		assert!(broken(|| change(|party| party.items += 1)).starts_with("INV-T11: items ="));
		assert!(broken(|| Parties::<Test>::remove(kind, &who))
			.starts_with("INV-T11: the insurer or appraiser"));
	}
}

#[test]
fn try_state_should_find_shorts_that_differ_by_one_unit() {
	let change = |by: fn(&mut TitleOf<Test>)| {
		crate::Titles::<Test>::mutate(0, |record| by(record.as_mut().unwrap()))
	};
	let covers: [fn(&mut TitleOf<Test>); 4] = [
		|title| title.covers[1].remaining += 1,
		|title| title.covers[1].paid_until -= 1,
		|title| title.covers[0].policy = 1,
		|title| title.covers.clear(),
	];
	for by in covers {
		assert!(broken(|| change(by)).starts_with("INV-T13: covers of a title"));
	}
	let estimates: [fn(&mut TitleOf<Test>); 4] = [
		|title| title.appraisals[0].value += 1,
		|title| title.appraisals[1].valid_until += 1,
		|title| title.appraisals[1].appraisal = 0,
		|title| title.appraisals.clear(),
	];
	for by in estimates {
		assert!(broken(|| change(by)).starts_with("INV-T13: appraisals of a title"));
	}
	// And the other way round: what is stored in full differs.
	assert!(
		broken(|| policies(|of| of[1].terms.limit += 1)).starts_with("INV-T13: covers of a title")
	);
	assert!(
		broken(|| appraisals(|of| of[1].value += 1)).starts_with("INV-T13: appraisals of a title")
	);
}
