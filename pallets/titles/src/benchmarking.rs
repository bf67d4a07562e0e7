// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of the calls, and the titles that benchmarks of other pallets need.
//!
//! State comes about through this pallet's own functions and the traits of its configuration, so
//! that it is the same in every runtime.

use crate::*;
use alloc::vec::Vec;
use caliber_primitives::{
	titles::{AssetClass, Condition, DocumentKind, TitleStatus},
	traits::{Encumber, InspectModels},
	Balance, ModelId, TitleId, USD,
};
use codec::Encode;
use polkadot_sdk::{
	frame_benchmarking::v2::*,
	frame_support::{
		assert_ok,
		traits::{
			fungible::{Inspect, InspectHold, Mutate},
			EnsureOrigin, Get,
		},
	},
	frame_system::RawOrigin,
	sp_core::H256,
	sp_io::hashing::blake2_256,
};

const SEED: u32 = 0;
const CLASS: AssetClass = AssetClass::Compute;
const DOCUMENT_KINDS: [DocumentKind; MAX_DOCUMENTS as usize] = [
	DocumentKind::WarehouseReceipt,
	DocumentKind::BailmentAgreement,
	DocumentKind::LienFiling,
	DocumentKind::LienWaiver,
	DocumentKind::BurnInReport,
	DocumentKind::PurchaseInvoice,
	DocumentKind::AppraisalReport,
];

fn info() -> CustodianInfo {
	let longest = [b'x'; MAX_FACILITY_LEN as usize].to_vec();
	CustodianInfo {
		facility: longest.try_into().expect("as long as the bound; qed"),
		tier: *TIERS.end(),
		jurisdiction: *b"CH",
	}
}

fn admin<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)
}

/// Give `who` what it needs on top of what it has: `amount` to be held, and enough to live.
fn fund<T: Config>(who: &T::AccountId, amount: Balance) {
	let alive = T::Currency::minimum_balance().max(1);
	assert_ok!(T::Currency::mint_into(who, amount + 2 * alive));
}

/// A custodian with the minimum bond.
fn custodian<T: Config>() -> T::AccountId {
	let who: T::AccountId = account("custodian", 0, SEED);
	if !Custodians::<T>::contains_key(&who) {
		assert_ok!(Pallet::<T>::do_register_custodian(who.clone(), info()));
		let bond = T::MinCustodianBond::get().max(1);
		fund::<T>(&who, bond);
		assert_ok!(Pallet::<T>::do_post_bond(who.clone(), bond));
	}
	who
}

fn verifier<T: Config>() -> T::AccountId {
	let who: T::AccountId = account("verifier", 0, SEED);
	if !Verifiers::<T>::contains_key(&who) {
		assert_ok!(Pallet::<T>::do_register_verifier(who.clone()));
	}
	who
}

/// A listed model: that of the last title where it has one, so that many titles need one model.
fn model<T: Config>() -> ModelId {
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

/// What has never been attested before, with `units` serials and `documents` documents.
fn spec<T: Config>(units: u32, documents: u32) -> TitleSpec {
	let next = NextTitleId::<T>::get();
	let serial = |unit: u32| H256::from((b"benchmark", next, unit).using_encoded(blake2_256));
	TitleSpec {
		class: CLASS,
		model: model::<T>(),
		serials: (0..units)
			.map(serial)
			.collect::<Vec<_>>()
			.try_into()
			.expect("callers ask for MAX_SERIALS at most; qed"),
		facility: info().facility,
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

/// Money for the deposit of the largest title.
fn fund_deposit<T: Config>(who: &T::AccountId) {
	let items = Balance::from(MAX_SERIALS + MAX_DOCUMENTS);
	fund::<T>(who, T::TitleDepositBase::get() + items * T::TitleDepositPerItem::get());
}

fn attested<T: Config>(owner: &T::AccountId, units: u32, documents: u32) -> TitleId {
	if Collection::<T>::get().is_none() {
		assert_ok!(Pallet::<T>::create_collection());
	}
	let custodian = custodian::<T>();
	fund_deposit::<T>(&custodian);
	Pallet::<T>::do_attest(custodian, owner.clone(), spec::<T>(units, documents))
		.expect("the custodian is bonded and funded and the spec valid and new; qed")
}

/// Issue an eligible title of one unit to `owner`.
pub(crate) fn issue_title<T: Config>(owner: &T::AccountId) -> TitleId {
	let title = attested::<T>(owner, 1, 0);
	assert_ok!(Pallet::<T>::do_confirm(verifier::<T>(), title));
	title
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register_custodian() -> Result<(), BenchmarkError> {
		let origin = admin::<T>()?;
		let who: T::AccountId = account("new", 0, SEED);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, who.clone(), info());

		assert!(Custodians::<T>::contains_key(&who));
		Ok(())
	}

	#[benchmark]
	fn suspend_custodian() -> Result<(), BenchmarkError> {
		let origin = admin::<T>()?;
		let who = custodian::<T>();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, who.clone());

		assert!(Custodians::<T>::get(&who).is_some_and(|record| record.suspended));
		Ok(())
	}

	#[benchmark]
	fn reinstate_custodian() -> Result<(), BenchmarkError> {
		let origin = admin::<T>()?;
		let who = custodian::<T>();
		assert_ok!(Pallet::<T>::do_suspend_custodian(who.clone()));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, who.clone());

		assert!(Custodians::<T>::get(&who).is_some_and(|record| !record.suspended));
		Ok(())
	}

	#[benchmark]
	fn register_verifier() -> Result<(), BenchmarkError> {
		let origin = admin::<T>()?;
		let who: T::AccountId = account("new", 0, SEED);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, who.clone());

		assert!(Verifiers::<T>::contains_key(&who));
		Ok(())
	}

	#[benchmark]
	fn remove_verifier() -> Result<(), BenchmarkError> {
		let origin = admin::<T>()?;
		let who = verifier::<T>();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, who.clone());

		assert!(!Verifiers::<T>::contains_key(&who));
		Ok(())
	}

	#[benchmark]
	fn post_bond() {
		let who = custodian::<T>();
		let before = Custodians::<T>::get(&who).map(|record| record.bond);
		fund::<T>(&who, 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), 1);

		assert_eq!(Custodians::<T>::get(&who).map(|record| record.bond - 1), before);
	}

	#[benchmark]
	fn withdraw_bond() {
		let owner: T::AccountId = account("owner", 0, SEED);
		attested::<T>(&owner, 1, 0);
		let who = custodian::<T>();
		fund::<T>(&who, 1);
		assert_ok!(Pallet::<T>::do_post_bond(who.clone(), 1));
		let before = T::Currency::balance_on_hold(&HoldReason::CustodianBond.into(), &who);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), 1);

		let after = T::Currency::balance_on_hold(&HoldReason::CustodianBond.into(), &who);
		assert_eq!(after, before - 1);
	}

	#[benchmark]
	fn attest(s: Linear<1, MAX_SERIALS>, d: Linear<0, MAX_DOCUMENTS>) {
		let owner: T::AccountId = account("owner", 0, SEED);
		let who = custodian::<T>();
		fund_deposit::<T>(&who);
		let spec = spec::<T>(s, d);
		let title = NextTitleId::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(who), owner, spec);

		assert_eq!(Titles::<T>::get(title).map(|record| record.units), Some(s));
	}

	#[benchmark]
	fn withdraw_attestation(s: Linear<1, MAX_SERIALS>, d: Linear<0, MAX_DOCUMENTS>) {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = attested::<T>(&owner, s, d);

		#[extrinsic_call]
		_(RawOrigin::Signed(custodian::<T>()), title);

		assert!(!Titles::<T>::contains_key(title));
	}

	#[benchmark]
	fn heartbeat(t: Linear<1, MAX_HEARTBEAT>) {
		let owner: T::AccountId = account("owner", 0, SEED);
		let titles = (0..t).map(|_| issue_title::<T>(&owner)).collect::<Vec<_>>();
		for title in &titles {
			CustodyRenewedAt::<T>::insert(title, 0);
		}
		let batch = HeartbeatBatch::truncate_from(titles.clone());

		#[extrinsic_call]
		_(RawOrigin::Signed(custodian::<T>()), batch);

		let now = Pallet::<T>::now();
		assert!(titles.iter().all(|title| CustodyRenewedAt::<T>::get(title) == Some(now)));
	}

	#[benchmark]
	fn confirm() {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = attested::<T>(&owner, MAX_SERIALS, MAX_DOCUMENTS);

		#[extrinsic_call]
		_(RawOrigin::Signed(verifier::<T>()), title);

		assert_eq!(Titles::<T>::get(title).map(|record| record.status), Some(TitleStatus::Active));
		assert_eq!(<Pallet<T> as Encumber<T::AccountId>>::owner(title), Some(owner));
	}

	#[benchmark]
	fn pay_revenue() {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = issue_title::<T>(&owner);
		let payer: T::AccountId = whitelisted_caller();
		assert_ok!(T::UsdAi::mint_into(&payer, 100 * USD));
		assert_ok!(Pallet::<T>::do_pay_revenue(payer.clone(), title, USD));

		#[extrinsic_call]
		_(RawOrigin::Signed(payer), title, 99 * USD);

		assert_eq!(Revenue::<T>::get(title).total, 100 * USD);
		assert_eq!(T::UsdAi::balance(&owner), 100 * USD);
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
