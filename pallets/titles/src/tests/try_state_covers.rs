// SPDX-License-Identifier: Apache-2.0

//! Each invariant of policies, appraisals and deposits of documents is broken once.

use crate::{
	mock::{Titles, *},
	*,
};
use caliber_primitives::titles::DocumentKind;
use polkadot_sdk::{
	frame_support::{
		assert_ok,
		traits::{fungible::MutateHold, tokens::Precision},
	},
	sp_runtime::DispatchError,
};

/// Break the state of a chain with a title, 0, of two policies and two appraisals, and tell what is
/// found.
fn broken(by: impl FnOnce()) -> &'static str {
	ExtBuilder::default().build().execute_with(|| {
		let title = active(1);
		let info = Providers::<Test>::get(Role::Appraiser, APPRAISER).unwrap().info;
		let register =
			Titles::register_provider(RuntimeOrigin::root(), Role::Appraiser, STRANGER, info);
		assert_ok!(register);
		insured(title, 1, DAY);
		appraised(APPRAISER, title, 1, DAY);
		appraised(STRANGER, title, 1, DAY);
		let kind = DocumentKind::PurchaseInvoice;
		let hash = Default::default();
		assert_ok!(Titles::set_document(RuntimeOrigin::signed(OWNER), title, kind, hash));
		assert_ok!(Titles::do_try_state());
		by();
		match Titles::do_try_state() {
			Err(DispatchError::Other(found)) => found,
			other => panic!("expected a broken invariant, got {other:?}"),
		}
	})
}

fn policies(change: impl FnOnce(&mut Vec<Policy<AccountId>>)) {
	let mut policies = Policies::<Test>::get(0).into_inner();
	change(&mut policies);
	Policies::<Test>::insert(0, TitlePolicies::try_from(policies).unwrap());
}

fn appraisals(change: impl FnOnce(&mut Vec<Appraisal<AccountId>>)) {
	let mut appraisals = Appraisals::<Test>::get(0).into_inner();
	change(&mut appraisals);
	Appraisals::<Test>::insert(0, TitleAppraisals::try_from(appraisals).unwrap());
}

#[test]
fn try_state_should_find_broken_policies() {
	let unknown = || Policies::<Test>::insert(7, Policies::<Test>::get(0));
	assert!(broken(unknown).starts_with("9: policy of an unknown"));
	let empty = || Policies::<Test>::insert(0, TitlePolicies::default());
	assert!(broken(empty).starts_with("9: a title without"));
	assert!(broken(|| policies(|of| of.reverse())).starts_with("9: ids"));
	assert!(broken(|| policies(|of| of[1].id = 0)).starts_with("9: ids"));
	assert!(broken(|| NextPolicyId::<Test>::put(1)).starts_with("9: a policy has an id"));
	assert!(broken(|| policies(|of| of[1].claimed = 2)).starts_with("9: more was claimed"));
	let end = START + DAY;
	assert!(broken(|| policies(|of| of[1].cancelled_at = Some(end + 1)))
		.starts_with("9: premium or notice"));
	assert!(broken(|| policies(|of| of[1].terms.premium_paid_until = end + 1))
		.starts_with("9: premium or notice"));
	assert!(broken(|| policies(|of| of[1].terms.limit = u128::MAX)).starts_with("9: limits"));
}

#[test]
fn try_state_should_find_broken_appraisals() {
	let unknown = || Appraisals::<Test>::insert(7, Appraisals::<Test>::get(0));
	assert!(broken(unknown).starts_with("10: appraisal of an unknown"));
	let empty = || Appraisals::<Test>::insert(0, TitleAppraisals::default());
	assert!(broken(empty).starts_with("10: a title without"));
	assert!(broken(|| appraisals(|of| of.reverse())).starts_with("10: ids"));
	assert!(broken(|| NextAppraisalId::<Test>::put(1)).starts_with("10: an appraisal has an id"));
	assert!(broken(|| appraisals(|of| of[0].value = 0)).starts_with("10: an appraisal without"));
	assert!(broken(|| appraisals(|of| of[1].appraiser = APPRAISER)).starts_with("10: two"));
}

#[test]
fn try_state_should_find_broken_providers() {
	for (role, who) in [(Role::Insurer, INSURER), (Role::Appraiser, APPRAISER)] {
		let change = |by: fn(&mut Provider)| {
			Providers::<Test>::mutate(role, &who, |record| by(record.as_mut().unwrap()))
		};
		assert!(broken(|| change(|provider| provider.items += 1)).starts_with("11: policies or"));
		assert!(broken(|| Providers::<Test>::remove(role, &who)).starts_with("11: an insurer or"));
		let release = || {
			let reason = role.hold_reason().into();
			assert_ok!(Balances::release(&reason, &who, 1, Precision::Exact));
		};
		assert!(broken(release).starts_with("11: deposits and"));
	}
	assert!(broken(|| policies(|of| of[1].deposit = u128::MAX)).starts_with("11: deposits over"));
}

#[test]
fn try_state_should_find_broken_deposits_of_documents() {
	let change = |by: fn(&mut Document<AccountId>)| {
		let kind = DocumentKind::PurchaseInvoice;
		Documents::<Test>::mutate(0, kind, |document| by(document.as_mut().unwrap()))
	};
	assert!(broken(|| change(|document| document.deposit += 1)).starts_with("5: deposits and"));
	assert!(broken(|| change(|document| document.filed_by = BUYER)).starts_with("5: deposits and"));
	assert!(broken(|| change(|document| {
		document.filed_by = CUSTODIAN;
		document.deposit = u128::MAX;
	}))
	.starts_with("5: deposits over"));
}
