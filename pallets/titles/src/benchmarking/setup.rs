// SPDX-License-Identifier: Apache-2.0

//! Set-up of the benchmarks. State comes about through this pallet's own functions and the traits of
//! its configuration, so that it is the same in every runtime.

use crate::*;
use alloc::vec::Vec;
use caliber_primitives::{
	appraisal::Independent,
	governance::{Authority, Risk},
	titles::{
		AppraisalId, AssetClass, Condition, DocumentKind, Paper, PolicyId, PolicyKind, Surety,
	},
	traits::{InspectModels, LineParties, RevenueSink},
	Balance, LineId, ModelId, Seconds, TitleId, USD,
};
use codec::Encode;
use polkadot_sdk::{
	frame_benchmarking::v2::*,
	frame_support::{
		assert_ok,
		traits::{
			fungible::{Inspect, Mutate},
			Consideration, EnsureOriginWithArg, Footprint, Get,
		},
	},
	sp_core::H256,
	sp_io::hashing::blake2_256,
};

/// Runtime helpers of the benchmarks.
pub trait BenchmarkHelper {
	/// Sets the clock, in unix seconds.
	fn set_time(now: Seconds);
}

pub(crate) const SEED: u32 = 0;
pub(crate) const CLASS: AssetClass = AssetClass::Compute;
/// Limit of a policy, in USDai: more than any loss of a benchmark.
pub(crate) const LIMIT: Balance = 10 * USD;

pub(crate) fn facility() -> Facility {
	let longest = [b'x'; MAX_FACILITY_LEN as usize].to_vec();
	longest.try_into().expect("as long as the bound; qed")
}

pub(crate) fn custodian_info() -> PartyInfo {
	let info = CustodianInfo { facility: facility(), tier: *TIERS.end(), jurisdiction: *b"CH" };
	PartyInfo::Custodian(info)
}

pub(crate) fn admin<T: Config>(risk: Risk) -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::AdminOrigin::try_successful_origin(&risk).map_err(|_| BenchmarkError::Weightless)
}

pub(crate) fn appraisal_admin<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::AppraisalOrigin::try_successful_origin(&Risk::Raises).map_err(|_| BenchmarkError::Weightless)
}

/// Mints to `who`, on top of its balance: `amount` to be held, and enough to live.
pub(crate) fn fund<T: Config>(who: &T::AccountId, amount: Balance) {
	let alive = T::Currency::minimum_balance().max(1);
	assert_ok!(T::Currency::mint_into(who, amount + 2 * alive));
}

/// Bonds and capital of the parties of benchmarks, in USDai: enough for all their titles.
pub(crate) const SURETY: Balance = 1_000_000_000_000 * USD;

/// Has a party post its bond or capital.
pub(crate) fn post<T: Config>(surety: Surety, who: &T::AccountId, amount: Balance) {
	dollars::<T>(who, amount + T::UsdAi::minimum_balance());
	assert_ok!(Pallet::<T>::do_post_bond(surety, who.clone(), amount));
}

/// Returns a custodian with a bond.
pub(crate) fn custodian<T: Config>() -> T::AccountId {
	let who: T::AccountId = account("custodian", 0, SEED);
	if !Custodians::<T>::contains_key(&who) {
		assert_ok!(Pallet::<T>::do_register_party(who.clone(), custodian_info()));
		fund::<T>(&who, 0);
		post::<T>(Surety::CustodianBond, &who, SURETY);
	}
	who
}

pub(crate) fn verifier<T: Config>() -> T::AccountId {
	let who: T::AccountId = account("verifier", 0, SEED);
	if !Parties::<T>::contains_key(PartyKind::Verifier, &who) {
		assert_ok!(Pallet::<T>::do_register_party(who.clone(), PartyInfo::Verifier));
		fund::<T>(&who, 0);
		post::<T>(Surety::VerifierBond, &who, SURETY);
	}
	who
}

/// Returns a listed model: that of the last title where it has one, so that many titles need one model.
pub(crate) fn model<T: Config>() -> ModelId {
	NextTitleId::<T>::get()
		.checked_sub(1)
		.and_then(Titles::<T>::get)
		.map(|title| title.model)
		.filter(|model| {
			T::Models::listed_class(*model) == Some(CLASS)
				&& T::Models::ineligibility(*model).is_none()
		})
		.unwrap_or_else(|| T::Models::benchmark_model(CLASS))
}

/// Returns machines that were never attested before, with `units` devices and `documents` documents.
pub(crate) fn spec<T: Config>(units: u32, documents: u32) -> TitleSpec {
	spec_of::<T>(NextTitleId::<T>::get(), units, documents)
}

/// Returns the same, for the title that will have the id `title`.
pub(crate) fn spec_of<T: Config>(title: TitleId, units: u32, documents: u32) -> TitleSpec {
	let device = |unit: u32| H256::from((b"benchmark", title, unit).using_encoded(blake2_256));
	TitleSpec {
		class: CLASS,
		model: model::<T>(),
		devices: (0..units)
			.map(device)
			.collect::<Vec<_>>()
			.try_into()
			.expect("callers ask for MAX_DEVICES at most; qed"),
		condition: Condition::New,
		commissioned_at: Pallet::<T>::now(),
		documents: DocumentKind::ALL
			.into_iter()
			.take(documents as usize)
			.map(paper::<T>)
			.collect::<Vec<_>>()
			.try_into()
			.expect("there are MAX_PAPERS kinds; qed"),
	}
}

/// Returns a paper that is good for five years, if it lapses.
pub(crate) fn paper<T: Config>(kind: DocumentKind) -> Paper {
	let dated = Pallet::<T>::now();
	let lapses = (kind == DocumentKind::LienFiling).then_some(dated + FILING_TERM);
	Paper { kind, hash: H256::repeat_byte(0xdd), dated, lapses }
}

/// Gives `who` the money for a deposit, and enough to live.
pub(crate) fn fund_title<T: Config>(who: &T::AccountId, footprint: Footprint) {
	fund::<T>(who, 0);
	T::TitleConsideration::ensure_successful(who, footprint);
}

/// Gives `who` the money for the deposits of the largest title.
pub(crate) fn fund_largest_title<T: Config>(who: &T::AccountId) {
	fund_title::<T>(who, title_footprint(MAX_DEVICES));
	for _ in 0..MAX_DEVICES {
		fund_title::<T>(who, DEVICE_FOOTPRINT);
	}
	for _ in 0..MAX_DOCUMENTS {
		fund_title::<T>(who, DOCUMENT_FOOTPRINT);
	}
}

pub(crate) fn attested<T: Config>(owner: &T::AccountId, units: u32, documents: u32) -> TitleId {
	if Collection::<T>::get().is_none() {
		assert_ok!(Pallet::<T>::create_collection());
	}
	let custodian = custodian::<T>();
	fund_largest_title::<T>(&custodian);
	let given = documents.min(MAX_PAPERS);
	let title = Pallet::<T>::do_attest(custodian.clone(), owner.clone(), spec::<T>(units, given))
		.expect("the custodian is bonded and funded and the spec valid and new; qed");
	for _ in given..documents {
		Titles::<T>::mutate(title, |record| {
			let record = record.as_mut().expect("it was attested; qed");
			let paper = paper::<T>(DocumentKind::Inspection);
			assert_ok!(Pallet::<T>::append(&custodian, title, record, paper));
		});
	}
	title
}

/// Returns the digest of what is attested of a title.
pub(crate) fn evidence<T: Config>(title: TitleId) -> H256 {
	let record = Titles::<T>::get(title).expect("it was attested; qed");
	let attestation = Attestations::<T>::get(title).expect("it was attested; qed");
	Pallet::<T>::evidence(title, &record, &attestation)
}

/// Returns the record of a device under a title that does not matter, paid by `payer`.
pub(crate) fn taken_device<T: Config>(payer: &T::AccountId) -> DeviceOf<T> {
	Device {
		title: Some(TitleId::MAX),
		first_commissioned: 0,
		worst_condition: Condition::New,
		lost_at: None,
		ticket: T::TitleConsideration::new(payer, DEVICE_FOOTPRINT)
			.expect("the account has the money; qed"),
	}
}

/// Has an attested title confirmed.
pub(crate) fn confirmed<T: Config>(title: TitleId) {
	assert_ok!(Pallet::<T>::do_confirm(verifier::<T>(), title, evidence::<T>(title)));
}

/// Returns a second custodian with the minimum bond, and money for the largest title.
pub(crate) fn successor<T: Config>() -> T::AccountId {
	let who: T::AccountId = account("successor", 0, SEED);
	assert_ok!(Pallet::<T>::do_register_party(who.clone(), custodian_info()));
	post::<T>(Surety::CustodianBond, &who, SURETY);
	fund_largest_title::<T>(&who);
	who
}

/// Returns a title that a line holds and whose custody is offered to the second custodian, with both
/// and the curator of the line.
pub(crate) fn offered<T: Config>() -> (TitleId, T::AccountId, T::AccountId) {
	let owner: T::AccountId = account("owner", 0, SEED);
	let title = issue_title::<T>(&owner);
	pledge::<T>(title, &owner);
	let to = successor::<T>();
	let who = custodian::<T>();
	fund_title::<T>(&who, CUSTODY_OFFER_FOOTPRINT);
	assert_ok!(Pallet::<T>::do_transfer_custody(Some(who), title, to.clone()));
	let line = Titles::<T>::get(title).and_then(|record| record.line).expect("it is held; qed");
	let curator = T::Lines::curator(line).expect("a line has a curator; qed");
	(title, to, curator)
}

/// Returns the `index`-th insurer, with money for one more policy.
pub(crate) fn insurer<T: Config>(index: u32) -> T::AccountId {
	let who = service_provider::<T>("insurer", index, PartyInfo::Insurer(provider_info()));
	if Insurers::<T>::get(&who).is_some_and(|insurer| insurer.capital == 0) {
		let authority = Authority::Referendum;
		assert_ok!(Pallet::<T>::do_set_insurer_capacity(authority, who.clone(), Balance::MAX));
		post::<T>(Surety::InsurerCapital, &who, SURETY);
	}
	T::PolicyConsideration::ensure_successful(&who, POLICY_FOOTPRINT);
	who
}

/// Returns the `index`-th appraiser, with money for one more appraisal.
pub(crate) fn appraiser<T: Config>(index: u32) -> T::AccountId {
	let who = service_provider::<T>("appraiser", index, PartyInfo::Appraiser(provider_info()));
	T::AppraisalConsideration::ensure_successful(&who, APPRAISAL_FOOTPRINT);
	who
}

/// Returns an off-taker, whose payments count as earned.
pub(crate) fn off_taker<T: Config>() -> T::AccountId {
	service_provider::<T>("off-taker", 0, PartyInfo::OffTaker(provider_info()))
}

/// Returns what off-takers have paid for a title.
pub(crate) fn earned<T: Config>(title: TitleId) -> Balance {
	Titles::<T>::get(title).map_or(0, |record| record.revenue.earned)
}

fn service_provider<T: Config>(name: &'static str, index: u32, info: PartyInfo) -> T::AccountId {
	let who: T::AccountId = account(name, index, SEED);
	if !Parties::<T>::contains_key(info.kind(), &who) {
		assert_ok!(Pallet::<T>::do_register_party(who.clone(), info));
	}
	fund::<T>(&who, 0);
	who
}

pub(crate) fn provider_info() -> ServiceProviderInfo {
	let longest = [b'x'; MAX_NAME_LEN as usize].to_vec();
	ServiceProviderInfo {
		name: longest.try_into().expect("as long as the bound; qed"),
		jurisdiction: *b"CH",
	}
}

/// Returns terms of a policy for as long as one may last.
pub(crate) fn terms<T: Config>(limit: Balance) -> PolicyTerms {
	let until = Pallet::<T>::now() + MAX_POLICY_TERM;
	PolicyTerms {
		kind: PolicyKind::Casualty,
		limit,
		premium_paid_until: until,
		expires_at: until,
		document: H256::repeat_byte(0xcc),
		reference: PolicyReference::truncate_from([b'x'; MAX_REFERENCE_LEN as usize].to_vec()),
	}
}

/// Has a title insured by the `index`-th insurer.
pub(crate) fn insured<T: Config>(title: TitleId, index: u32, limit: Balance) -> PolicyId {
	let insurer = insurer::<T>(index);
	Pallet::<T>::do_bind_policy(insurer, title, terms::<T>(limit))
		.expect("the insurer is registered and funded, and the title has room; qed")
}

/// Has a title appraised by the `index`-th appraiser.
pub(crate) fn appraised<T: Config>(title: TitleId, index: u32, value: Balance) -> AppraisalId {
	let appraiser = appraiser::<T>(index);
	let until = Pallet::<T>::now() + T::Values::get().max_appraisal_validity;
	Pallet::<T>::do_file_appraisal(appraiser, title, value, H256::zero(), until)
		.expect("the appraiser is registered and funded, and the title has room; qed")
}

/// Gives a title `covers` policies and appraisals, each of another account.
pub(crate) fn cover<T: Config>(title: TitleId, covers: u32) {
	let policies = covers.min(MAX_POLICIES);
	let bound = Policies::<T>::get(title).len() as u32;
	for index in bound..policies {
		insured::<T>(title, index, LIMIT);
	}
	for index in 0..covers - policies {
		appraised::<T>(title, index, Balance::MAX);
	}
}

/// Has each document of a title filed by another account, as if it had had many owners.
pub(crate) fn scatter_documents<T: Config>(title: TitleId) {
	let documents = Documents::<T>::iter_prefix(title).collect::<Vec<_>>();
	for (index, document) in documents {
		let Document { paper, filed_by, filed_at, ticket } = document;
		let other: T::AccountId = account("filer", index, SEED);
		fund_title::<T>(&other, DOCUMENT_FOOTPRINT);
		assert_ok!(ticket.drop(&filed_by));
		let ticket = T::TitleConsideration::new(&other, DOCUMENT_FOOTPRINT)
			.expect("the account has the money; qed");
		Documents::<T>::insert(title, index, Document { paper, filed_by: other, filed_at, ticket });
	}
}

/// Returns the last of as many policies as a title can have, and its insurer.
pub(crate) fn last_of_many_policies<T: Config>() -> (TitleId, PolicyId, T::AccountId) {
	let title = issue_title::<T>(&account("owner", 0, SEED));
	cover::<T>(title, MAX_POLICIES);
	let policies = Policies::<T>::get(title);
	let Policy { id, insurer, .. } = policies.last().cloned().expect("it is insured; qed");
	(title, id, insurer)
}

/// Has a lost title lost through a line.
pub(crate) fn lost_through<T: Config>(title: TitleId, line_id: LineId) {
	Losses::<T>::mutate(title, |losses| {
		losses.last_mut().expect("it was lost; qed").line = Some(line_id);
	});
}

/// Has a title of `owner` pledged to a line.
pub(crate) fn pledge<T: Config>(title: TitleId, owner: &T::AccountId) {
	T::RevenueSink::benchmark_line(owner, title).expect("there are lines; qed");
}

/// Mints USDai to `who`.
pub(crate) fn dollars<T: Config>(who: &T::AccountId, amount: Balance) {
	assert_ok!(T::UsdAi::mint_into(who, amount));
}

/// Issues a title of one unit to `owner` that may secure a line: insured for ten times its value.
pub(crate) fn issue_title<T: Config>(owner: &T::AccountId) -> TitleId {
	let title = attested::<T>(owner, 1, MAX_PAPERS);
	confirmed::<T>(title);
	let facts = Titles::<T>::get(title)
		.map(|record| record.facts(Pallet::<T>::now()))
		.expect("it was attested; qed");
	let value = T::Models::present_value(&facts, Independent::NONE)
		.expect("titles of a benchmark's model have a value; qed");
	insured::<T>(title, 0, value.max(1) * 10);
	title
}

/// Returns a title with `units` devices, `documents` documents of as many accounts, `covers` policies and
/// appraisals and some revenue. Its owner has money for what it may ask for.
pub(crate) fn full_title<T: Config>(
	owner: &T::AccountId,
	units: u32,
	documents: u32,
	covers: u32,
) -> TitleId {
	let title = attested::<T>(owner, units, documents);
	confirmed::<T>(title);
	cover::<T>(title, covers);
	scatter_documents::<T>(title);
	assert_ok!(Pallet::<T>::change_stored(title, |record| record.revenue.total = USD));
	fund::<T>(owner, 0);
	T::RedemptionConsideration::ensure_successful(owner, REDEMPTION_FOOTPRINT);
	let value = Titles::<T>::get(title).map_or(0, |record| record.custody_value);
	dollars::<T>(owner, Pallet::<T>::claim_deposit(value) + T::UsdAi::minimum_balance());
	title
}

/// Returns a title whose custodian said that it handed the machines over.
pub(crate) fn release_confirmed<T: Config>(owner: &T::AccountId) -> TitleId {
	let title = requested::<T>(owner);
	assert_ok!(Pallet::<T>::do_confirm_release(custodian::<T>(), title));
	title
}

/// Returns a released title for which its last owner may claim.
pub(crate) fn released<T: Config>(owner: &T::AccountId) -> TitleId {
	let title = release_confirmed::<T>(owner);
	assert_ok!(Pallet::<T>::do_acknowledge_release(owner.clone(), title));
	title
}

/// Returns a title of one unit whose owner asked for its machine.
pub(crate) fn requested<T: Config>(owner: &T::AccountId) -> TitleId {
	let title = full_title::<T>(owner, 1, 0, 0);
	assert_ok!(Pallet::<T>::do_request_redemption(owner.clone(), title));
	title
}

/// Returns the same, after the deadline.
pub(crate) fn overdue<T: Config>(owner: &T::AccountId) -> TitleId {
	let title = requested::<T>(owner);
	let deadline = Redemptions::<T>::get(title).map_or(0, |redemption| redemption.deadline);
	T::BenchmarkHelper::set_time(deadline + 1);
	title
}
