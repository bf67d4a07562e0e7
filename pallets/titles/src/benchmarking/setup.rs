// SPDX-License-Identifier: Apache-2.0

//! Set-up of the benchmarks. State comes about through this pallet's own functions and the traits of
//! its configuration, so that it is the same in every runtime.

use crate::*;
use alloc::vec::Vec;
use caliber_primitives::{
	governance::Risk,
	titles::{AppraisalId, AssetClass, Condition, DocumentKind, PolicyId},
	traits::{InspectModels, RevenueSink},
	Balance, ModelId, Seconds, TitleId, USD,
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
pub(crate) const DOCUMENT_KINDS: [DocumentKind; MAX_DOCUMENTS as usize] = [
	DocumentKind::WarehouseReceipt,
	DocumentKind::BailmentAgreement,
	DocumentKind::LienFiling,
	DocumentKind::LienWaiver,
	DocumentKind::BurnInReport,
	DocumentKind::PurchaseInvoice,
];

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

/// Mints to `who`, on top of its balance: `amount` to be held, and enough to live.
pub(crate) fn fund<T: Config>(who: &T::AccountId, amount: Balance) {
	let alive = T::Currency::minimum_balance().max(1);
	assert_ok!(T::Currency::mint_into(who, amount + 2 * alive));
}

/// Returns a custodian with the minimum bond.
pub(crate) fn custodian<T: Config>() -> T::AccountId {
	let who: T::AccountId = account("custodian", 0, SEED);
	if !Custodians::<T>::contains_key(&who) {
		assert_ok!(Pallet::<T>::do_register_party(who.clone(), custodian_info()));
		let bond = T::Values::get().min_custodian_bond.max(1);
		fund::<T>(&who, bond);
		assert_ok!(Pallet::<T>::do_post_bond(who.clone(), bond));
	}
	who
}

pub(crate) fn verifier<T: Config>() -> T::AccountId {
	let who: T::AccountId = account("verifier", 0, SEED);
	if !Parties::<T>::contains_key(PartyKind::Verifier, &who) {
		assert_ok!(Pallet::<T>::do_register_party(who.clone(), PartyInfo::Verifier));
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

/// Returns machines that were never attested before, with `units` serials and `documents` documents.
pub(crate) fn spec<T: Config>(units: u32, documents: u32) -> TitleSpec {
	spec_of::<T>(NextTitleId::<T>::get(), units, documents)
}

/// Returns the same, for the title that will have the id `title`.
pub(crate) fn spec_of<T: Config>(title: TitleId, units: u32, documents: u32) -> TitleSpec {
	let serial = |unit: u32| H256::from((b"benchmark", title, unit).using_encoded(blake2_256));
	TitleSpec {
		class: CLASS,
		model: model::<T>(),
		serials: (0..units)
			.map(serial)
			.collect::<Vec<_>>()
			.try_into()
			.expect("callers ask for MAX_SERIALS at most; qed"),
		facility: facility(),
		condition: Condition::New,
		commissioned_at: Pallet::<T>::now(),
		documents: DOCUMENT_KINDS
			.into_iter()
			.take(documents as usize)
			.map(|kind| (kind, H256::repeat_byte(0xdd)))
			.collect::<Vec<_>>()
			.try_into()
			.expect("there are MAX_DOCUMENTS kinds; qed"),
	}
}

/// Gives `who` the money for a deposit, and enough to live.
pub(crate) fn fund_title<T: Config>(who: &T::AccountId, footprint: Footprint) {
	fund::<T>(who, 0);
	T::TitleConsideration::ensure_successful(who, footprint);
}

/// Gives `who` the money for the deposits of the largest title.
pub(crate) fn fund_largest_title<T: Config>(who: &T::AccountId) {
	fund_title::<T>(who, title_footprint(MAX_SERIALS));
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
	Pallet::<T>::do_attest(custodian, owner.clone(), spec::<T>(units, documents))
		.expect("the custodian is bonded and funded and the spec valid and new; qed")
}

/// Returns the `index`-th insurer, with money for one more policy.
pub(crate) fn insurer<T: Config>(index: u32) -> T::AccountId {
	let who = service_provider::<T>("insurer", index, PartyInfo::Insurer(provider_info()));
	T::PolicyConsideration::ensure_successful(&who, POLICY_FOOTPRINT);
	who
}

/// Returns the `index`-th appraiser, with money for one more appraisal.
pub(crate) fn appraiser<T: Config>(index: u32) -> T::AccountId {
	let who = service_provider::<T>("appraiser", index, PartyInfo::Appraiser(provider_info()));
	T::AppraisalConsideration::ensure_successful(&who, APPRAISAL_FOOTPRINT);
	who
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

/// Returns terms of a policy for a century, so that it outlasts what benchmarks do with the clock.
pub(crate) fn terms<T: Config>(limit: Balance) -> PolicyTerms {
	let until = Pallet::<T>::now() + 36_525 * 24 * 60 * 60;
	PolicyTerms {
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
	for (index, (kind, document)) in documents.into_iter().enumerate() {
		let Document { hash, filed_by, ticket } = document;
		let other: T::AccountId = account("filer", index as u32, SEED);
		fund_title::<T>(&other, DOCUMENT_FOOTPRINT);
		assert_ok!(ticket.drop(&filed_by));
		let ticket = T::TitleConsideration::new(&other, DOCUMENT_FOOTPRINT)
			.expect("the account has the money; qed");
		Documents::<T>::insert(title, kind, Document { hash, filed_by: other, ticket });
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
	let title = attested::<T>(owner, 1, 0);
	assert_ok!(Pallet::<T>::do_confirm(verifier::<T>(), title));
	let facts = Titles::<T>::get(title).map(|record| record.facts()).expect("it was attested; qed");
	let value = T::Models::present_value(&facts, None)
		.expect("titles of a benchmark's model have a value; qed");
	insured::<T>(title, 0, value.max(1) * 10);
	title
}

/// Returns a title with `units` serials, `documents` documents of as many accounts, `covers` policies and
/// appraisals and some revenue. Its owner has money for what it may ask for.
pub(crate) fn full_title<T: Config>(
	owner: &T::AccountId,
	units: u32,
	documents: u32,
	covers: u32,
) -> TitleId {
	let title = attested::<T>(owner, units, documents);
	assert_ok!(Pallet::<T>::do_confirm(verifier::<T>(), title));
	cover::<T>(title, covers);
	scatter_documents::<T>(title);
	Revenue::<T>::insert(title, RevenueHistory { total: USD, ..Default::default() });
	fund::<T>(owner, 0);
	T::RedemptionConsideration::ensure_successful(owner, REDEMPTION_FOOTPRINT);
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
