// SPDX-License-Identifier: Apache-2.0

//! Random lives of a few titles: all calls of the pallet, what a line does with a title, sales by
//! `pallet-nfts` that the pallet never hears of, time that passes and prices that fail. After every
//! step each named invariant holds.
//!
//! The same steps are run twice: at random, to find what nobody thought of, and from a fixed seed,
//! to show that the steps reach the success of every call there is.

mod steps;

use crate::{
	tests::mock::{Titles, *},
	*,
};
use caliber_primitives::{titles::TitleStatus, Balance, LineId, TitleId};
use polkadot_sdk::{
	frame_support::{
		assert_ok,
		traits::{
			fungible::{Inspect, InspectHold},
			GetCallName,
		},
	},
	pallet_nfts::{Item, ItemPriceOf, PendingSwapOf},
	sp_io::storage,
	sp_runtime::StateVersion,
};
use proptest::{
	prelude::*,
	test_runner::{RngAlgorithm, TestRng, TestRunner},
};
use std::{cell::RefCell, collections::BTreeMap};
use steps::{is_locked, steps, Op::*, Step, TitlesCall, ALL};

/// What the invariants compare from one step to the next.
#[derive(Default)]
struct World {
	clbr: Balance,
	dollars: Balance,
	root: Vec<u8>,
	next_ids: (u32, u32, u32),
	/// Owner and lock of each title that has an NFT.
	nfts: BTreeMap<TitleId, (AccountId, bool)>,
	bonds: BTreeMap<AccountId, Balance>,
	lines: BTreeMap<TitleId, LineId>,
	revenue: BTreeMap<TitleId, Balance>,
	claimants: BTreeMap<TitleId, AccountId>,
}

impl World {
	fn now() -> Self {
		let nfts = crate::Titles::<Test>::iter_keys()
			.filter_map(|title| Some((title, (owner_of(title)?, is_locked(title)))));
		Self {
			clbr: Balances::total_issuance(),
			dollars: UsdAi::total_issuance(),
			root: storage::root(StateVersion::V1),
			next_ids: (
				NextTitleId::<Test>::get(),
				NextPolicyId::<Test>::get(),
				NextAppraisalId::<Test>::get(),
			),
			nfts: nfts.collect(),
			bonds: Custodians::<Test>::iter()
				.map(|(who, custodian)| (who, custodian.bond))
				.collect(),
			lines: crate::Titles::<Test>::iter()
				.filter_map(|(title, record)| Some((title, record.line?)))
				.collect(),
			revenue: crate::Titles::<Test>::iter()
				.map(|(title, record)| (title, record.revenue.total))
				.collect(),
			claimants: BondClaims::<Test>::iter()
				.map(|(title, claim)| (title, claim.claimant))
				.collect(),
		}
	}

	/// The invariants that speak of one step, from `self` to `after`.
	fn check(&self, after: &Self, step: &Step, done: bool) {
		let op = step.op;
		assert_eq!(after.clbr, self.clbr, "conservation of CLBR: {step:?}");
		assert_eq!(after.dollars, self.dollars, "conservation of USDai: {step:?}");
		assert!(done || after.root == self.root, "failures change nothing: {step:?}");
		assert!(
			after.next_ids.0 >= self.next_ids.0
				&& after.next_ids.1 >= self.next_ids.1
				&& after.next_ids.2 >= self.next_ids.2,
			"ids are never used again: {step:?}"
		);
		let sells = matches!(op, Send | Buy | ClaimSwap);
		for (title, (owner, locked)) in &self.nfts {
			let Some((owner_after, locked_after)) = after.nfts.get(title) else {
				assert!(
					matches!(op, AcknowledgeRelease | FinaliseRelease | RetireLost),
					"only a release or a loss ends a title: {step:?}"
				);
				continue;
			};
			assert!(
				owner == owner_after || op == Seize || (sells && !locked),
				"locked titles stay with their owner: {step:?}"
			);
			if *locked && !locked_after {
				assert_nothing_is_offered(*title, step);
			}
			if owner != owner_after {
				assert_nothing_is_offered(*title, step);
			}
		}
		for (who, bond) in &self.bonds {
			assert!(
				after.bonds[who] >= *bond
					|| matches!(op, WithdrawBond | ResolveClaim | SlashCustodian),
				"bonds are lowered by their custodian and by governance only: {step:?}"
			);
		}
		if !matches!(op, Encumber | Release | Seize) {
			assert_eq!(after.lines, self.lines, "lines hold what they took: {step:?}");
		}
		for (title, total) in &after.revenue {
			let before = self.revenue.get(title).copied().unwrap_or_default();
			assert!(
				*total == before || (op == PayRevenue && *total > before),
				"revenue grows by payments only: {step:?}"
			);
		}
		for (title, claimant) in &self.claimants {
			assert!(
				after.claimants.get(title) == Some(claimant)
					|| matches!(op, ResolveClaim | CancelRedemption),
				"claims are closed by governance and withdrawn by their claimants only: {step:?}"
			);
		}
	}
}

fn assert_nothing_is_offered(title: TitleId, step: &Step) {
	let collection = Titles::collection().unwrap();
	let item = Item::<Test>::get(collection, title).unwrap();
	assert!(
		!ItemPriceOf::<Test>::contains_key(collection, title)
			&& !PendingSwapOf::<Test>::contains_key(collection, title)
			&& format!("{item:?}").contains("approvals: BoundedBTreeMap({}"),
		"offers end when a title becomes free or changes hands: {step:?}"
	);
}

/// The CLBR that tickets hold.
fn sum<Ticket: codec::Encode>(tickets: impl Iterator<Item = Ticket>) -> Balance {
	tickets.map(|ticket| ticket_amount(&ticket)).sum()
}

/// The invariants that speak of one moment.
fn check_moment(step: &Step) {
	assert_eq!(Titles::do_try_state(), Ok(()), "the pallet's own invariants: {step:?}");
	for (reason, expected) in [
		(
			HoldReason::TitleDeposit,
			sum(Attestations::<Test>::iter_values().map(|attestation| attestation.ticket))
				+ sum(Documents::<Test>::iter_values().map(|document| document.ticket))
				+ sum(Devices::<Test>::iter_values().map(|device| device.ticket))
				+ sum(CustodyOffers::<Test>::iter_values().filter_map(|offer| offer.ticket)),
		),
		(
			HoldReason::PolicyDeposit,
			sum(Policies::<Test>::iter_values().flatten().map(|policy| policy.ticket)),
		),
		(
			HoldReason::AppraisalDeposit,
			sum(Appraisals::<Test>::iter_values().flatten().map(|appraisal| appraisal.ticket)),
		),
		(
			HoldReason::RedemptionDeposit,
			sum(Redemptions::<Test>::iter_values().filter_map(|redemption| redemption.ticket))
				+ sum(BondClaims::<Test>::iter_values().map(|claim| claim.ticket))
				+ sum(ReleasedTitles::<Test>::iter_values().map(|released| released.ticket)),
		),
	] {
		let held =
			ALL.iter().map(|who| Balances::balance_on_hold(&reason.into(), who)).sum::<Balance>();
		assert_eq!(held, expected, "holds are the sum of what is recorded: {step:?}");
	}
	for (reason, expected) in [
		(
			HoldReason::CustodianBond,
			Custodians::<Test>::iter_values().map(|custodian| custodian.bond).sum::<Balance>(),
		),
		(HoldReason::VerifierBond, Verifiers::<Test>::iter_values().map(|known| known.bond).sum()),
		(
			HoldReason::InsurerCapital,
			Insurers::<Test>::iter_values().map(|insurer| insurer.capital).sum(),
		),
		(
			HoldReason::ClaimDeposit,
			Redemptions::<Test>::iter_values().map(|request| request.deposit).sum::<Balance>()
				+ BondClaims::<Test>::iter_values().map(|claim| claim.deposit).sum::<Balance>(),
		),
	] {
		let held = ALL.iter().map(|who| usdai_held(reason, who)).sum::<Balance>();
		assert_eq!(held, expected, "dollars on hold are what is recorded: {step:?}");
	}
	for (title, record) in crate::Titles::<Test>::iter() {
		let held = record.line;
		assert_eq!(
			is_locked(title),
			held.is_some()
				|| record.suspended.governed()
				|| matches!(record.status, TitleStatus::RedemptionRequested | TitleStatus::Lost),
			"an NFT is locked by a line or by its status, and by nothing else: {step:?}"
		);
		if Titles::eligibility(title).is_ok() {
			assert_eq!(
				status_of(title),
				TitleStatus::Active,
				"eligible titles are active: {step:?}"
			);
			assert_eq!(held, None, "eligible titles are free: {step:?}");
			assert!(
				Titles::now() - record.custody_renewed_at <= VALIDITY,
				"eligible titles are kept: {step:?}"
			);
			assert!(
				Policies::<Test>::get(title)
					.iter()
					.any(|policy| policy.in_force(Titles::now(), GRACE)),
				"eligible titles are insured: {step:?}"
			);
			assert_eq!(ModelObjection::get(), None, "eligible titles have a model: {step:?}");
			assert_eq!(AppraisalFailure::get(), None, "eligible titles have a value: {step:?}");
		}
	}
}

/// Live through `steps` and count what succeeded.
fn live(steps: &[Step], succeeded: &mut BTreeMap<String, u32>) {
	ExtBuilder::default().build_and_execute(|| {
		let mut before = World::now();
		for step in steps {
			let (name, result) = step.apply();
			let after = World::now();
			before.check(&after, step, result.is_ok());
			check_moment(step);
			before = after;
			if result.is_ok() {
				*succeeded.entry(name).or_default() += 1;
			}
		}
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(48))]

	#[test]
	fn every_invariant_should_hold_after_any_operation(steps in steps(120)) {
		live(&steps, &mut BTreeMap::new());
	}
}

#[test]
fn random_operations_should_reach_the_success_of_every_call() {
	let succeeded = RefCell::new(BTreeMap::new());
	let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(320) };
	let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
	let outcome = TestRunner::new_with_rng(config, rng).run(&steps(240), |steps| {
		live(&steps, &mut succeeded.borrow_mut());
		Ok(())
	});
	assert_ok!(outcome);

	let succeeded = succeeded.into_inner();
	let calls = TitlesCall::get_call_names().iter().map(|name| name.to_string());
	let others = ["Encumber", "Release", "Seize", "Donate", "FailPrices", "Wait"];
	let sales =
		["transfer", "set_price", "buy_item", "approve_transfer", "create_swap", "claim_swap"];
	let expected = calls
		.chain(others.iter().map(|name| name.to_string()))
		.chain(sales.iter().map(|name| format!("nfts::{name}")));
	let seldom = expected
		.filter(|name| succeeded.get(name).is_none_or(|times| *times < 5))
		.collect::<Vec<_>>();
	assert!(seldom.is_empty(), "succeeded too seldom: {seldom:?} among {succeeded:?}");
	assert!(!succeeded.contains_key("nfts::burn"), "a locked title was burnt");
}
