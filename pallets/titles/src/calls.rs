// SPDX-License-Identifier: Apache-2.0

//! The calls. What each one does, asks for and refuses is told in a page of `calls/`.

use crate::frame_support::pallet_macros::pallet_section;

/// A section of the pallet.
#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Admit a custodian.
		///
		#[doc = include_str!("calls/register_custodian.md")]
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register_custodian())]
		pub fn register_custodian(
			origin: OriginFor<T>,
			account: T::AccountId,
			info: CustodianInfo,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_register_custodian(account, info)
		}

		/// Suspend a custodian.
		///
		#[doc = include_str!("calls/suspend_custodian.md")]
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::suspend_custodian())]
		pub fn suspend_custodian(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_suspend_custodian(account)
		}

		/// End the suspension of a custodian.
		///
		#[doc = include_str!("calls/reinstate_custodian.md")]
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::reinstate_custodian())]
		pub fn reinstate_custodian(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_reinstate_custodian(account)
		}

		/// Admit a verifier.
		///
		#[doc = include_str!("calls/register_verifier.md")]
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::register_verifier())]
		pub fn register_verifier(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_register_verifier(account)
		}

		/// Remove a verifier.
		///
		#[doc = include_str!("calls/remove_verifier.md")]
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::remove_verifier())]
		pub fn remove_verifier(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_remove_verifier(account)
		}

		/// Admit an insurer or appraiser.
		///
		#[doc = include_str!("calls/register_provider.md")]
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::register_provider())]
		pub fn register_provider(
			origin: OriginFor<T>,
			role: Role,
			account: T::AccountId,
			info: ProviderInfo,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_register_provider(role, account, info)
		}

		/// Suspend an insurer or appraiser.
		///
		#[doc = include_str!("calls/suspend_provider.md")]
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::suspend_provider())]
		pub fn suspend_provider(
			origin: OriginFor<T>,
			role: Role,
			account: T::AccountId,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_suspend_provider(role, account)
		}

		/// End the suspension of an insurer or appraiser.
		///
		#[doc = include_str!("calls/reinstate_provider.md")]
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::reinstate_provider())]
		pub fn reinstate_provider(
			origin: OriginFor<T>,
			role: Role,
			account: T::AccountId,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_reinstate_provider(role, account)
		}

		/// Remove an insurer or appraiser.
		///
		#[doc = include_str!("calls/remove_provider.md")]
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::remove_provider())]
		pub fn remove_provider(
			origin: OriginFor<T>,
			role: Role,
			account: T::AccountId,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_remove_provider(role, account)
		}

		/// Change what is registered of a custodian.
		///
		#[doc = include_str!("calls/update_custodian.md")]
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::update_custodian())]
		pub fn update_custodian(
			origin: OriginFor<T>,
			account: T::AccountId,
			info: CustodianInfo,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_update_custodian(account, info)
		}

		/// Add to one's bond.
		///
		#[doc = include_str!("calls/post_bond.md")]
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::post_bond())]
		pub fn post_bond(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let custodian = ensure_signed(origin)?;
			Self::do_post_bond(custodian, amount)
		}

		/// Take out of one's bond.
		///
		#[doc = include_str!("calls/withdraw_bond.md")]
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::withdraw_bond())]
		pub fn withdraw_bond(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let custodian = ensure_signed(origin)?;
			Self::do_withdraw_bond(custodian, amount)
		}

		/// Attest that one keeps machines of `owner`.
		///
		#[doc = include_str!("calls/attest.md")]
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::attest(
			spec.serials.len() as u32,
			spec.documents.len() as u32,
		))]
		pub fn attest(
			origin: OriginFor<T>,
			owner: T::AccountId,
			spec: TitleSpec,
		) -> DispatchResult {
			let custodian = ensure_signed(origin)?;
			Self::do_attest(custodian, owner, spec)?;
			Ok(())
		}

		/// Take back an attestation that nobody has confirmed.
		///
		#[doc = include_str!("calls/withdraw_attestation.md")]
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::withdraw_attestation(
			MAX_SERIALS,
			MAX_DOCUMENTS,
			MAX_COVERS,
		))]
		pub fn withdraw_attestation(
			origin: OriginFor<T>,
			title: TitleId,
		) -> DispatchResultWithPostInfo {
			let custodian = ensure_signed(origin)?;
			let Removed { serials, documents, covers, .. } =
				Self::do_withdraw_attestation(custodian, title)?;
			Ok(Some(T::WeightInfo::withdraw_attestation(serials, documents, covers)).into())
		}

		/// Renew custody of one's titles.
		///
		#[doc = include_str!("calls/heartbeat.md")]
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::heartbeat(titles.len() as u32))]
		pub fn heartbeat(origin: OriginFor<T>, titles: HeartbeatBatch) -> DispatchResult {
			let custodian = ensure_signed(origin)?;
			Self::do_heartbeat(custodian, titles)
		}

		/// File or replace a paper of a title.
		///
		#[doc = include_str!("calls/set_document.md")]
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::set_document())]
		pub fn set_document(
			origin: OriginFor<T>,
			title: TitleId,
			kind: DocumentKind,
			hash: H256,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_document(who, title, kind, hash)
		}

		/// Attest all the machines of a delivery.
		///
		#[doc = include_str!("calls/attest_batch.md")]
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::attest_batch(
			delivery.len() as u32,
			delivery.iter().map(|(_, spec)| (spec.serials.len() as u32).saturating_sub(1)).sum(),
			delivery.iter().map(|(_, spec)| spec.documents.len() as u32).sum(),
		))]
		pub fn attest_batch(
			origin: OriginFor<T>,
			delivery: Delivery<T::AccountId>,
		) -> DispatchResult {
			let custodian = ensure_signed(origin)?;
			Self::do_attest_batch(custodian, delivery)
		}

		/// Change what is registered of an insurer or appraiser.
		///
		#[doc = include_str!("calls/update_provider.md")]
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::update_provider())]
		pub fn update_provider(
			origin: OriginFor<T>,
			role: Role,
			account: T::AccountId,
			info: ProviderInfo,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_update_provider(role, account, info)
		}

		/// Confirm what a custodian attested.
		///
		#[doc = include_str!("calls/confirm.md")]
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::confirm())]
		pub fn confirm(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let verifier = ensure_signed(origin)?;
			Self::do_confirm(verifier, title)
		}

		/// Confirm several titles.
		///
		#[doc = include_str!("calls/confirm_batch.md")]
		#[pallet::call_index(21)]
		#[pallet::weight(T::WeightInfo::confirm_batch(titles.len() as u32))]
		pub fn confirm_batch(origin: OriginFor<T>, titles: ConfirmBatch) -> DispatchResult {
			let verifier = ensure_signed(origin)?;
			Self::do_confirm_batch(verifier, titles)
		}

		/// Pay what the machines of a title earned.
		///
		#[doc = include_str!("calls/pay_revenue.md")]
		#[pallet::call_index(30)]
		#[pallet::weight(
			T::WeightInfo::pay_revenue().max(T::WeightInfo::pay_revenue_to_line())
		)]
		pub fn pay_revenue(
			origin: OriginFor<T>,
			title: TitleId,
			amount: Balance,
		) -> DispatchResult {
			let payer = ensure_signed(origin)?;
			Self::do_pay_revenue(payer, title, amount)
		}

		/// Insure a title.
		///
		#[doc = include_str!("calls/bind_policy.md")]
		#[pallet::call_index(40)]
		#[pallet::weight(T::WeightInfo::bind_policy())]
		pub fn bind_policy(
			origin: OriginFor<T>,
			title: TitleId,
			terms: PolicyTerms,
		) -> DispatchResult {
			let insurer = ensure_signed(origin)?;
			Self::do_bind_policy(insurer, title, terms)?;
			Ok(())
		}

		/// Begin a new term of a policy.
		///
		#[doc = include_str!("calls/renew_policy.md")]
		#[pallet::call_index(41)]
		#[pallet::weight(T::WeightInfo::renew_policy())]
		pub fn renew_policy(
			origin: OriginFor<T>,
			title: TitleId,
			policy: PolicyId,
			terms: PolicyTerms,
		) -> DispatchResult {
			let insurer = ensure_signed(origin)?;
			Self::do_renew_policy(insurer, title, policy, terms)
		}

		/// Cancel a policy with notice.
		///
		#[doc = include_str!("calls/cancel_policy.md")]
		#[pallet::call_index(42)]
		#[pallet::weight(T::WeightInfo::cancel_policy())]
		pub fn cancel_policy(
			origin: OriginFor<T>,
			title: TitleId,
			policy: PolicyId,
		) -> DispatchResult {
			let insurer = ensure_signed(origin)?;
			Self::do_cancel_policy(insurer, title, policy)
		}

		/// Remove a policy that is over.
		///
		#[doc = include_str!("calls/remove_policy.md")]
		#[pallet::call_index(43)]
		#[pallet::weight(T::WeightInfo::remove_policy())]
		pub fn remove_policy(
			origin: OriginFor<T>,
			title: TitleId,
			policy: PolicyId,
		) -> DispatchResult {
			let who = Self::ensure_admin_or_signed(origin)?;
			Self::do_remove_policy(who, title, policy)
		}

		/// Pay for a loss.
		///
		#[doc = include_str!("calls/pay_claim.md")]
		#[pallet::call_index(44)]
		#[pallet::weight(T::WeightInfo::pay_claim().max(T::WeightInfo::pay_claim_to_line()))]
		pub fn pay_claim(
			origin: OriginFor<T>,
			title: TitleId,
			policy: PolicyId,
			amount: Balance,
		) -> DispatchResult {
			let insurer = ensure_signed(origin)?;
			Self::do_pay_claim(insurer, title, policy, amount)
		}

		/// Appraise a title independently.
		///
		#[doc = include_str!("calls/file_appraisal.md")]
		#[pallet::call_index(50)]
		#[pallet::weight(T::WeightInfo::file_appraisal())]
		pub fn file_appraisal(
			origin: OriginFor<T>,
			title: TitleId,
			value: Balance,
			document: H256,
			valid_until: Seconds,
		) -> DispatchResult {
			let appraiser = ensure_signed(origin)?;
			Self::do_file_appraisal(appraiser, title, value, document, valid_until)?;
			Ok(())
		}

		/// Withdraw an appraisal.
		///
		#[doc = include_str!("calls/withdraw_appraisal.md")]
		#[pallet::call_index(51)]
		#[pallet::weight(T::WeightInfo::withdraw_appraisal())]
		pub fn withdraw_appraisal(
			origin: OriginFor<T>,
			title: TitleId,
			appraisal: AppraisalId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_appraisal(who, title, appraisal)
		}

		/// Ask for the machines of one's title.
		///
		#[doc = include_str!("calls/request_redemption.md")]
		#[pallet::call_index(60)]
		#[pallet::weight(T::WeightInfo::request_redemption())]
		pub fn request_redemption(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_request_redemption(owner, title)
		}

		/// Take back a request for machines.
		///
		#[doc = include_str!("calls/cancel_redemption.md")]
		#[pallet::call_index(61)]
		#[pallet::weight(T::WeightInfo::cancel_redemption())]
		pub fn cancel_redemption(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_cancel_redemption(owner, title)
		}

		/// Confirm that the machines were handed over to their owner.
		///
		#[doc = include_str!("calls/confirm_release.md")]
		#[pallet::call_index(62)]
		#[pallet::weight(T::WeightInfo::confirm_release(MAX_SERIALS, MAX_DOCUMENTS, MAX_COVERS))]
		pub fn confirm_release(origin: OriginFor<T>, title: TitleId) -> DispatchResultWithPostInfo {
			let custodian = ensure_signed(origin)?;
			let Removed { serials, documents, covers, .. } =
				Self::do_confirm_release(custodian, title)?;
			Ok(Some(T::WeightInfo::confirm_release(serials, documents, covers)).into())
		}

		/// Claim compensation for machines that were not handed over in time.
		///
		#[doc = include_str!("calls/escalate_redemption.md")]
		#[pallet::call_index(63)]
		#[pallet::weight(T::WeightInfo::escalate_redemption())]
		pub fn escalate_redemption(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_escalate_redemption(owner, title)
		}

		/// Decide a claim against a custodian's bond.
		///
		#[doc = include_str!("calls/resolve_claim.md")]
		#[pallet::call_index(64)]
		#[pallet::weight(T::WeightInfo::resolve_claim())]
		pub fn resolve_claim(
			origin: OriginFor<T>,
			title: TitleId,
			award: Balance,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_resolve_claim(title, award)
		}

		/// Report that the machines of a title are lost.
		///
		#[doc = include_str!("calls/report_loss.md")]
		#[pallet::call_index(65)]
		#[pallet::weight(T::WeightInfo::report_loss())]
		pub fn report_loss(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let reporter = Self::ensure_admin_or_signed(origin)?;
			Self::do_report_loss(reporter, title)
		}

		/// Make a lost title active: its machines were found.
		///
		#[doc = include_str!("calls/recover_title.md")]
		#[pallet::call_index(66)]
		#[pallet::weight(T::WeightInfo::recover_title())]
		pub fn recover_title(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_recover_title(title)
		}

		/// Suspend a title.
		///
		#[doc = include_str!("calls/suspend_title.md")]
		#[pallet::call_index(67)]
		#[pallet::weight(T::WeightInfo::suspend_title())]
		pub fn suspend_title(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_suspend_title(title)
		}

		/// End the suspension of a title.
		///
		#[doc = include_str!("calls/reinstate_title.md")]
		#[pallet::call_index(68)]
		#[pallet::weight(T::WeightInfo::reinstate_title())]
		pub fn reinstate_title(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_reinstate_title(title)
		}

		/// Close the book of lost machines.
		///
		#[doc = include_str!("calls/retire_lost.md")]
		#[pallet::call_index(69)]
		// Measured by the owner. A claim and a policy in the custodian's way are two more reads.
		#[pallet::weight(T::WeightInfo::retire_lost(MAX_SERIALS, MAX_DOCUMENTS, MAX_COVERS)
			.saturating_add(T::DbWeight::get().reads(2)))]
		pub fn retire_lost(origin: OriginFor<T>, title: TitleId) -> DispatchResultWithPostInfo {
			let who = Self::ensure_admin_or_signed(origin)?;
			let Removed { serials, documents, covers, .. } = Self::do_retire_lost(who, title)?;
			let weight = T::WeightInfo::retire_lost(serials, documents, covers);
			Ok(Some(weight.saturating_add(T::DbWeight::get().reads(2))).into())
		}

		/// Compensate the owner of a title from its custodian's bond.
		///
		#[doc = include_str!("calls/slash_custodian.md")]
		#[pallet::call_index(70)]
		#[pallet::weight(T::WeightInfo::slash_custodian())]
		pub fn slash_custodian(
			origin: OriginFor<T>,
			title: TitleId,
			amount: Balance,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_slash_custodian(title, amount)
		}
	}
}
