// SPDX-License-Identifier: Apache-2.0

//! Benchmarks of the calls, and the titles that benchmarks of other pallets need.

mod setup;

pub use setup::BenchmarkHelper;
pub(crate) use setup::*;

use crate::*;
use alloc::vec::Vec;
use caliber_primitives::{
	governance::{Authority, Risk},
	titles::{Condition, DocumentKind, Paper, Surety, TitleStatus},
	traits::{LineParties, LineTitles, LossPayee, TitleInspect},
	USD,
};
use polkadot_sdk::{
	frame_benchmarking::v2::*,
	frame_support::{
		assert_ok,
		traits::{
			fungible::{Inspect, InspectHold, Mutate},
			Get,
		},
	},
	frame_system::RawOrigin,
	sp_core::H256,
};

#[benchmarks]
mod benchmarks {
	use super::*;

	/// Of a custodian, which gets a bond record.
	#[benchmark]
	fn register_party() -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Raises)?;
		let who: T::AccountId = account("new", 0, SEED);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, who.clone(), custodian_info());

		assert!(Custodians::<T>::contains_key(&who));
		assert!(Parties::<T>::contains_key(PartyKind::Custodian, &who));
		Ok(())
	}

	#[benchmark]
	fn update_party() -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Raises)?;
		let who = insurer::<T>(0);
		let info = ServiceProviderInfo { jurisdiction: *b"FI", ..provider_info() };
		let info = PartyInfo::Insurer(info);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, who.clone(), info.clone());

		let stored = Parties::<T>::get(PartyKind::Insurer, &who);
		assert_eq!(stored.map(|party| party.info), Some(info));
		Ok(())
	}

	#[benchmark]
	fn suspend_party() -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Lowers)?;
		let who = insurer::<T>(0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, PartyKind::Insurer, who.clone());

		let stored = Parties::<T>::get(PartyKind::Insurer, &who);
		assert!(stored.is_some_and(|party| party.suspended.governed()));
		Ok(())
	}

	#[benchmark]
	fn reinstate_party() -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Raises)?;
		let who = custodian::<T>();
		let (kind, authority) = (PartyKind::Custodian, Authority::Referendum);
		assert_ok!(Pallet::<T>::do_suspend_party(authority, kind, who.clone()));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, PartyKind::Custodian, who.clone());

		let stored = Parties::<T>::get(PartyKind::Custodian, &who);
		assert!(stored.is_some_and(|party| !party.suspended.governed()));
		Ok(())
	}

	#[benchmark]
	fn remove_party() -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Raises)?;
		let who = insurer::<T>(0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, PartyKind::Insurer, who.clone());

		assert!(!Parties::<T>::contains_key(PartyKind::Insurer, &who));
		Ok(())
	}

	#[benchmark]
	fn post_bond() {
		let who = custodian::<T>();
		let before = Custodians::<T>::get(&who).map(|custodian| custodian.bond);
		dollars::<T>(&who, 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), Surety::CustodianBond, 1);

		assert_eq!(Custodians::<T>::get(&who).map(|custodian| custodian.bond - 1), before);
	}

	#[benchmark]
	fn withdraw_bond() {
		let owner: T::AccountId = account("owner", 0, SEED);
		attested::<T>(&owner, 1, 0);
		let who = custodian::<T>();
		let before = T::UsdAiHold::balance_on_hold(&HoldReason::CustodianBond.into(), &who);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), Surety::CustodianBond, 1);

		let after = T::UsdAiHold::balance_on_hold(&HoldReason::CustodianBond.into(), &who);
		assert_eq!(after, before - 1);
	}

	#[benchmark]
	fn attest(s: Linear<1, MAX_DEVICES>, d: Linear<0, MAX_PAPERS>) {
		let owner: T::AccountId = account("owner", 0, SEED);
		let who = custodian::<T>();
		fund_largest_title::<T>(&who);
		let spec = spec::<T>(s, d);
		let title = NextTitleId::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(who), owner, spec);

		assert_eq!(Titles::<T>::get(title).map(|record| record.units), Some(s));
	}

	/// By anyone, because a device is under another title.
	#[benchmark]
	fn withdraw_attestation(
		s: Linear<1, MAX_DEVICES>,
		d: Linear<0, MAX_DOCUMENTS>,
		c: Linear<0, MAX_COVERS>,
	) {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = attested::<T>(&owner, s, d);
		cover::<T>(title, c);
		let devices = TitleDevices::<T>::get(title);
		let last = devices.last().expect("s is positive; qed");
		fund_title::<T>(&owner, DEVICE_FOOTPRINT);
		Devices::<T>::insert(last, taken_device::<T>(&owner));
		let anyone: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(anyone), title);

		assert!(!Titles::<T>::contains_key(title));
	}

	/// The first title has all the further devices and documents. Where they are costs nothing.
	#[benchmark]
	fn attest_batch(
		t: Linear<1, MAX_BATCH>,
		s: Linear<0, { MAX_DEVICES - 1 }>,
		d: Linear<0, MAX_PAPERS>,
	) {
		let owner: T::AccountId = account("owner", 0, SEED);
		let who = custodian::<T>();
		let first = NextTitleId::<T>::get();
		let mut delivery = Delivery::new();
		for index in 0..t {
			fund_largest_title::<T>(&who);
			let (units, documents) = if index == 0 { (1 + s, d) } else { (1, 0) };
			let spec = spec_of::<T>(first + index, units, documents);
			delivery.try_push((owner.clone(), spec)).expect("t is MAX_BATCH at most; qed");
		}

		#[extrinsic_call]
		_(RawOrigin::Signed(who), delivery);

		assert_eq!(NextTitleId::<T>::get(), first + t);
	}

	/// Of a title that a line holds, by its curator.
	#[benchmark]
	fn file_document() {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = issue_title::<T>(&owner);
		pledge::<T>(title, &owner);
		let line = Titles::<T>::get(title).and_then(|record| record.line).unwrap_or_default();
		let curator = T::Lines::curator(line).expect("the line has a curator; qed");
		fund_title::<T>(&curator, DOCUMENT_FOOTPRINT);
		let Paper { kind, hash, dated, lapses } = paper::<T>(DocumentKind::LienFiling);
		let index = Titles::<T>::get(title).map_or(0, |record| record.documents);

		#[extrinsic_call]
		_(RawOrigin::Signed(curator.clone()), title, kind, hash, dated, lapses);

		assert_eq!(Documents::<T>::get(title, index).map(|paper| paper.filed_by), Some(curator));
	}

	#[benchmark]
	fn heartbeat(t: Linear<1, MAX_HEARTBEAT>) {
		let owner: T::AccountId = account("owner", 0, SEED);
		let titles = (0..t).map(|_| issue_title::<T>(&owner)).collect::<Vec<_>>();
		for title in &titles {
			Titles::<T>::mutate(title, |record| {
				record.as_mut().expect("it was issued; qed").custody_renewed_at = 0;
			});
		}
		let batch = HeartbeatBatch::truncate_from(titles.clone());

		#[extrinsic_call]
		_(RawOrigin::Signed(custodian::<T>()), batch);

		let now = Pallet::<T>::now();
		assert!(titles.iter().all(|title| {
			Titles::<T>::get(title).is_some_and(|record| record.custody_renewed_at == now)
		}));
	}

	/// Of devices that were never confirmed before.
	#[benchmark]
	fn confirm(s: Linear<1, MAX_DEVICES>) {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = attested::<T>(&owner, s, MAX_DOCUMENTS);
		let digest = evidence::<T>(title);

		#[extrinsic_call]
		_(RawOrigin::Signed(verifier::<T>()), title, digest);

		assert_eq!(Titles::<T>::get(title).map(|record| record.status), Some(TitleStatus::Active));
		assert_eq!(<Pallet<T> as TitleInspect<T::AccountId>>::owner(title), Some(owner));
		assert_eq!(Devices::<T>::iter().count() as u32, s);
	}

	/// The first title has all the further devices. Where they are costs nothing.
	#[benchmark]
	fn confirm_batch(t: Linear<1, MAX_BATCH>, s: Linear<0, { MAX_DEVICES - 1 }>) {
		let titles = (0..t)
			.map(|index| {
				let owner: T::AccountId = account("owner", index, SEED);
				let units = if index == 0 { 1 + s } else { 1 };
				let title = attested::<T>(&owner, units, MAX_DOCUMENTS);
				(title, evidence::<T>(title))
			})
			.collect::<Vec<_>>();
		let batch = ConfirmBatch::truncate_from(titles.clone());

		#[extrinsic_call]
		_(RawOrigin::Signed(verifier::<T>()), batch);

		assert!(titles.iter().all(|(title, _)| {
			Titles::<T>::get(title).is_some_and(|record| record.status == TitleStatus::Active)
		}));
	}

	#[benchmark]
	fn strike_attestation(
		s: Linear<1, MAX_DEVICES>,
		d: Linear<0, MAX_DOCUMENTS>,
		c: Linear<0, MAX_COVERS>,
	) -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Lowers)?;
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = attested::<T>(&owner, s, d);
		cover::<T>(title, c);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, title);

		assert!(!Titles::<T>::contains_key(title));
		Ok(())
	}

	#[benchmark]
	fn clear_lost_device() -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Raises)?;
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = issue_title::<T>(&owner);
		let lost = TitleDevices::<T>::get(title);
		assert_ok!(Pallet::<T>::do_report_loss(None, title, lost.clone()));
		assert_ok!(Pallet::<T>::do_retire_lost(None, title));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, lost[0]);

		assert!(Devices::<T>::get(lost[0]).is_some_and(|device| device.lost_at.is_none()));
		Ok(())
	}

	#[benchmark]
	fn reinspect(s: Linear<1, MAX_DEVICES>) {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = full_title::<T>(&owner, s, 0, MAX_COVERS);
		let condition = Condition::AsIs;

		#[extrinsic_call]
		_(RawOrigin::Signed(verifier::<T>()), title, condition, H256::repeat_byte(0xee));

		assert!(Devices::<T>::iter_values().all(|device| device.worst_condition == condition));
	}

	/// In place of an offer, of a title that a line holds.
	#[benchmark]
	fn transfer_custody() {
		let (title, to, _) = offered::<T>();
		CustodyOffers::<T>::mutate(title, |offer| {
			offer.as_mut().expect("it was made; qed").consented_by = Some(to.clone());
		});

		#[extrinsic_call]
		_(RawOrigin::Signed(custodian::<T>()), title, to.clone());

		assert!(CustodyOffers::<T>::get(title).is_some_and(|offer| offer.consented_by.is_none()));
	}

	/// By the curator of a line.
	#[benchmark]
	fn consent_custody() {
		let (title, to, curator) = offered::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(curator), title, to);

		assert!(CustodyOffers::<T>::get(title).is_some_and(|offer| offer.consented_by.is_some()));
	}

	/// Of a title that a line holds.
	#[benchmark]
	fn accept_custody() {
		let (title, to, curator) = offered::<T>();
		assert_ok!(Pallet::<T>::do_consent_custody(curator.clone(), title, to.clone()));
		// All machines but one were lost one by one.
		for _ in 1..MAX_DEVICES {
			let (who, owner) = (custodian::<T>(), curator.clone());
			assert_ok!(Pallet::<T>::note_loss(title, None, owner, who, 1));
		}

		#[extrinsic_call]
		_(RawOrigin::Signed(to.clone()), title);

		assert_eq!(Titles::<T>::get(title).map(|record| record.custodian), Some(to));
	}

	#[benchmark]
	fn cancel_custody() {
		let (title, to, _) = offered::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(to), title);

		assert!(!CustodyOffers::<T>::contains_key(title));
	}

	#[benchmark]
	fn pay_revenue() {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = issue_title::<T>(&owner);
		let payer = off_taker::<T>();
		assert_ok!(T::UsdAi::mint_into(&payer, 100 * USD));
		assert_ok!(Pallet::<T>::do_pay_revenue(payer.clone(), title, USD));

		#[extrinsic_call]
		_(RawOrigin::Signed(payer), title, 99 * USD);

		assert_eq!(earned::<T>(title), 100 * USD);
		assert_eq!(T::UsdAi::balance(&owner), 100 * USD);
	}

	#[benchmark]
	fn pay_revenue_to_line() {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = issue_title::<T>(&owner);
		pledge::<T>(title, &owner);
		let payer = off_taker::<T>();
		dollars::<T>(&payer, 100 * USD);
		assert_ok!(Pallet::<T>::do_pay_revenue(payer.clone(), title, USD));

		#[extrinsic_call]
		pay_revenue(RawOrigin::Signed(payer.clone()), title, 99 * USD);

		assert_eq!(earned::<T>(title), 100 * USD);
		assert_eq!(T::UsdAi::balance(&payer), 0);
		assert!(Titles::<T>::get(title).is_some_and(|record| record.line.is_some()));
	}

	#[benchmark]
	fn bind_policy() {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = issue_title::<T>(&owner);
		cover::<T>(title, MAX_POLICIES - 1);
		let insurer = insurer::<T>(MAX_POLICIES);

		#[extrinsic_call]
		_(RawOrigin::Signed(insurer), title, terms::<T>(USD));

		assert_eq!(Policies::<T>::get(title).len() as u32, MAX_POLICIES);
	}

	#[benchmark]
	fn renew_policy() {
		let (title, policy, insurer) = last_of_many_policies::<T>();
		let renewed = terms::<T>(2 * LIMIT);

		#[extrinsic_call]
		_(RawOrigin::Signed(insurer), title, policy, renewed.clone());

		assert_eq!(Policies::<T>::get(title).last().map(|stored| &stored.terms), Some(&renewed));
	}

	#[benchmark]
	fn cancel_policy() {
		let (title, policy, insurer) = last_of_many_policies::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(insurer), title, policy);

		let policies = Policies::<T>::get(title);
		assert!(policies.last().is_some_and(|stored| stored.cancelled_at.is_some()));
	}

	/// Of a line that holds as many titles as it may, all in one custody.
	#[benchmark]
	fn acknowledge_pledge() {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = issue_title::<T>(&owner);
		pledge::<T>(title, &owner);
		let line = Titles::<T>::get(title).and_then(|title| title.line).expect("it is held; qed");
		for title in T::Lines::titles(line) {
			Titles::<T>::mutate_extant(title, |title| title.acknowledged = false);
		}

		#[extrinsic_call]
		_(RawOrigin::Signed(custodian::<T>()), line);

		for title in T::Lines::titles(line) {
			assert!(Titles::<T>::get(title).is_some_and(|title| title.acknowledged));
		}
	}

	/// By anyone.
	#[benchmark]
	fn remove_policy() {
		let (title, policy, _) = last_of_many_policies::<T>();
		let mut policies = Policies::<T>::get(title);
		// Its limit is used up: as good as over, whatever the clock says.
		let last = policies.last_mut().expect("there are many; qed");
		last.claimed = last.terms.limit;
		assert_ok!(Pallet::<T>::set_policies(title, policies));
		let anyone: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(anyone), title, policy);

		assert_eq!(Policies::<T>::get(title).len() as u32, MAX_POLICIES - 1);
	}

	#[benchmark]
	fn pay_claim() {
		let (title, policy, insurer) = last_of_many_policies::<T>();
		dollars::<T>(&insurer, LIMIT);

		#[extrinsic_call]
		_(RawOrigin::Signed(insurer.clone()), title, policy, LIMIT, None);

		assert_eq!(T::UsdAi::balance(&account("owner", 0, SEED)), LIMIT);
	}

	/// To the line that holds the title, which takes all of it.
	#[benchmark]
	fn pay_claim_to_line() {
		let (title, policy, insurer) = last_of_many_policies::<T>();
		let owner: T::AccountId = account("owner", 0, SEED);
		pledge::<T>(title, &owner);
		let before = T::UsdAi::balance(&owner);
		let kept = T::UsdAi::balance(&insurer);
		dollars::<T>(&insurer, LIMIT);

		#[extrinsic_call]
		pay_claim(RawOrigin::Signed(insurer.clone()), title, policy, LIMIT, None);

		assert_eq!(T::UsdAi::balance(&insurer), kept);
		assert_eq!(T::UsdAi::balance(&owner), before);
	}

	/// For a loss through a line that has ended: to both of its lenders, and the rest to the owner.
	#[benchmark]
	fn pay_claim_after_line() {
		let (title, policy, insurer) = last_of_many_policies::<T>();
		let (line_id, lost) = T::LossPayee::benchmark_loss();
		assert_ok!(Pallet::<T>::do_report_loss(None, title, TitleDevices::<T>::get(title)));
		lost_through::<T>(title, line_id);
		dollars::<T>(&insurer, LIMIT);

		#[extrinsic_call]
		pay_claim(RawOrigin::Signed(insurer), title, policy, LIMIT, None);

		assert_eq!(T::UsdAi::balance(&account("owner", 0, SEED)), LIMIT - lost);
	}

	/// In place of the appraiser's earlier one.
	#[benchmark]
	fn file_appraisal() {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = issue_title::<T>(&owner);
		cover::<T>(title, MAX_COVERS);
		let appraiser = appraiser::<T>(0);
		let until = Pallet::<T>::now() + T::Values::get().max_appraisal_validity;

		#[extrinsic_call]
		_(RawOrigin::Signed(appraiser), title, USD, H256::repeat_byte(0xee), until);

		assert_eq!(Appraisals::<T>::get(title).last().map(|filed| filed.value), Some(USD));
	}

	#[benchmark]
	fn withdraw_appraisal() {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = issue_title::<T>(&owner);
		cover::<T>(title, MAX_COVERS);
		let Appraisal { id, appraiser, .. } =
			Appraisals::<T>::get(title).last().cloned().expect("it was appraised; qed");

		#[extrinsic_call]
		_(RawOrigin::Signed(appraiser), title, id);

		assert_eq!(Appraisals::<T>::get(title).len() as u32, MAX_APPRAISALS - 1);
	}

	#[benchmark]
	fn strike_appraisal() -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Lowers)?;
		let title = issue_title::<T>(&account("owner", 0, SEED));
		cover::<T>(title, MAX_COVERS);
		let id = Appraisals::<T>::get(title).last().map(|filed| filed.id).unwrap_or_default();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, title, id);

		assert_eq!(Appraisals::<T>::get(title).len() as u32, MAX_APPRAISALS - 1);
		assert!(Titles::<T>::get(title).is_some_and(|record| record.struck_until.is_some()));
		Ok(())
	}

	#[benchmark]
	fn confirm_appraisal() -> Result<(), BenchmarkError> {
		let origin = appraisal_admin::<T>()?;
		let title = issue_title::<T>(&account("owner", 0, SEED));
		cover::<T>(title, MAX_COVERS);
		let id = Appraisals::<T>::get(title).last().map(|filed| filed.id).unwrap_or_default();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, title, id);

		assert!(Appraisals::<T>::get(title).last().is_some_and(|filed| filed.confirmed));
		Ok(())
	}

	#[benchmark]
	fn strike_revenue() -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Raises)?;
		let title = issue_title::<T>(&account("owner", 0, SEED));
		let payer = off_taker::<T>();
		assert_ok!(T::UsdAi::mint_into(&payer, USD));
		assert_ok!(Pallet::<T>::do_pay_revenue(payer, title, USD));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, title);

		assert_eq!(earned::<T>(title), 0);
		Ok(())
	}

	#[benchmark]
	fn request_redemption() {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = full_title::<T>(&owner, 1, 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), title);

		assert!(Redemptions::<T>::contains_key(title));
	}

	/// With a claim, which is withdrawn.
	#[benchmark]
	fn cancel_redemption() {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = overdue::<T>(&owner);
		assert_ok!(Pallet::<T>::do_escalate_redemption(owner.clone(), title));

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), title);

		assert_eq!(Titles::<T>::get(title).map(|record| record.status), Some(TitleStatus::Active));
	}

	#[benchmark]
	fn confirm_release() {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = requested::<T>(&owner);

		#[extrinsic_call]
		_(RawOrigin::Signed(custodian::<T>()), title);

		assert!(Redemptions::<T>::get(title).is_some_and(|request| request.release.is_some()));
	}

	#[benchmark]
	fn acknowledge_release(
		s: Linear<1, MAX_DEVICES>,
		d: Linear<0, MAX_DOCUMENTS>,
		c: Linear<0, MAX_COVERS>,
	) {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = full_title::<T>(&owner, s, d, c);
		assert_ok!(Pallet::<T>::do_request_redemption(owner.clone(), title));
		assert_ok!(Pallet::<T>::do_confirm_release(custodian::<T>(), title));

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), title);

		assert!(!Titles::<T>::contains_key(title));
		assert!(ReleasedTitles::<T>::contains_key(title));
	}

	#[benchmark]
	fn dispute_release() {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = release_confirmed::<T>(&owner);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), title);

		assert!(BondClaims::<T>::contains_key(title));
	}

	#[benchmark]
	fn finalise_release(
		s: Linear<1, MAX_DEVICES>,
		d: Linear<0, MAX_DOCUMENTS>,
		c: Linear<0, MAX_COVERS>,
	) {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = full_title::<T>(&owner, s, d, c);
		assert_ok!(Pallet::<T>::do_request_redemption(owner, title));
		assert_ok!(Pallet::<T>::do_confirm_release(custodian::<T>(), title));
		let request = Redemptions::<T>::get(title).expect("it was requested; qed");
		T::BenchmarkHelper::set_time(request.release.map_or(0, |release| release.until) + 1);
		let anyone: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(anyone), title);

		assert!(!Titles::<T>::contains_key(title));
	}

	#[benchmark]
	fn claim_after_release() {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = released::<T>(&owner);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), title);

		assert!(BondClaims::<T>::contains_key(title));
	}

	/// By anyone, once the time for claims is over.
	#[benchmark]
	fn drop_released() {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = released::<T>(&owner);
		let until = ReleasedTitles::<T>::get(title).map_or(0, |released| released.claim_until);
		T::BenchmarkHelper::set_time(until + 1);
		let anyone: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(anyone), title);

		assert!(!ReleasedTitles::<T>::contains_key(title));
	}

	#[benchmark]
	fn set_insurer_capacity() -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Raises)?;
		let who = insurer::<T>(0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, who.clone(), USD);

		let capacity = Insurers::<T>::get(&who).map(|insurer| insurer.capacity.governed());
		assert_eq!(capacity, Some(USD));
		Ok(())
	}

	#[benchmark]
	fn slash_verifier() -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Raises)?;
		let title = issue_title::<T>(&account("owner", 0, SEED));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, title, verifier::<T>(), SURETY, None);

		assert_eq!(Verifiers::<T>::get(verifier::<T>()).map(|known| known.bond), Some(0));
		Ok(())
	}

	/// For a loss through a line that has ended: to both of its lenders, and the rest to the owner.
	#[benchmark]
	fn slash_insurer() -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Raises)?;
		let (title, policy, insurer) = last_of_many_policies::<T>();
		let (line_id, lost) = T::LossPayee::benchmark_loss();
		assert_ok!(Pallet::<T>::do_report_loss(None, title, TitleDevices::<T>::get(title)));
		lost_through::<T>(title, line_id);
		dollars::<T>(&insurer, LIMIT);
		assert_ok!(Pallet::<T>::do_post_bond(Surety::InsurerCapital, insurer, LIMIT));
		let loss = Losses::<T>::get(title).last().map(|loss| loss.id);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, title, policy, LIMIT, loss);

		assert_eq!(T::UsdAi::balance(&account("owner", 0, SEED)), LIMIT - lost);
		Ok(())
	}

	#[benchmark]
	fn escalate_redemption() {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = overdue::<T>(&owner);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), title);

		assert!(BondClaims::<T>::contains_key(title));
	}

	/// With an award, which makes the title lost.
	#[benchmark]
	fn resolve_claim() -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Raises)?;
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = overdue::<T>(&owner);
		assert_ok!(Pallet::<T>::do_escalate_redemption(owner, title));
		let award = BondClaims::<T>::get(title).map_or(0, |claim| claim.amount);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, title, award);

		assert!(!BondClaims::<T>::contains_key(title));
		Ok(())
	}

	/// Of all the machines of a title whose redemption was requested.
	#[benchmark]
	fn report_loss(s: Linear<1, MAX_DEVICES>) {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = full_title::<T>(&owner, s, 0, 0);
		assert_ok!(Pallet::<T>::do_request_redemption(owner, title));
		let devices = TitleDevices::<T>::get(title);

		#[extrinsic_call]
		_(RawOrigin::Signed(custodian::<T>()), title, devices);

		assert_eq!(Titles::<T>::get(title).map(|record| record.status), Some(TitleStatus::Lost));
	}

	#[benchmark]
	fn recover_title(s: Linear<1, MAX_DEVICES>) -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Raises)?;
		let title = full_title::<T>(&account("owner", 0, SEED), s, 0, MAX_COVERS);
		assert_ok!(Pallet::<T>::do_report_loss(None, title, TitleDevices::<T>::get(title)));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, title);

		assert_eq!(Titles::<T>::get(title).map(|record| record.status), Some(TitleStatus::Active));
		Ok(())
	}

	/// Of a title whose redemption was requested.
	#[benchmark]
	fn suspend_title() -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Lowers)?;
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = requested::<T>(&owner);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, title);

		let status = Titles::<T>::get(title).map(|record| record.status_at(Pallet::<T>::now()));
		assert_eq!(status, Some(TitleStatus::Suspended));
		Ok(())
	}

	#[benchmark]
	fn reinstate_title() -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Raises)?;
		let title = issue_title::<T>(&account("owner", 0, SEED));
		assert_ok!(Pallet::<T>::do_suspend_title(Authority::Referendum, title));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, title);

		let status = Titles::<T>::get(title).map(|record| record.status_at(Pallet::<T>::now()));
		assert_eq!(status, Some(TitleStatus::Active));
		Ok(())
	}

	/// By the owner: the custodian may once no policy is left.
	#[benchmark]
	fn retire_lost(
		s: Linear<1, MAX_DEVICES>,
		d: Linear<0, MAX_DOCUMENTS>,
		c: Linear<0, MAX_COVERS>,
	) {
		let owner: T::AccountId = account("owner", 0, SEED);
		let title = full_title::<T>(&owner, s, d, c);
		assert_ok!(Pallet::<T>::do_report_loss(None, title, TitleDevices::<T>::get(title)));

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), title);

		assert!(!Titles::<T>::contains_key(title));
	}

	#[benchmark]
	fn slash_custodian() -> Result<(), BenchmarkError> {
		let origin = admin::<T>(Risk::Raises)?;
		let title = issue_title::<T>(&account("owner", 0, SEED));
		let bond = Custodians::<T>::get(custodian::<T>()).map_or(0, |custodian| custodian.bond);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, title, bond, None);

		assert_eq!(Custodians::<T>::get(custodian::<T>()).map(|custodian| custodian.bond), Some(0));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::tests::mock::ExtBuilder::default().build(),
		crate::tests::mock::Test
	);
}
