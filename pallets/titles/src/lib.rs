// SPDX-License-Identifier: Apache-2.0

//! # Titles: the CALIBER standard
//!
//! A title stands for machines: one to seventy-two units of one hardware model, in one place, kept
//! by one custodian. It is an item in an NFT collection which this pallet's account owns, so that a
//! wallet or a marketplace sees an ordinary NFT, and its owner may send or sell it while it is free.
//!
//! A custodian with a bond attests the machines; a verifier, who is never the same account,
//! confirms them, and only then is the NFT minted. A serial number belongs to one title for as long
//! as that title lives. The custodian renews custody by heartbeat; a title whose custody is stale
//! secures no new debt. A credit line that holds a title stops its transfer ([`Encumber`]).
//!
//! The owner of a free title may have its machines: it asks for them, the custodian hands them over
//! and confirms that, and the NFT is burnt. An owner who gets no answer in the redemption period may
//! escalate: the custodian is frozen, and governance decides what its bond pays. Machines may get
//! lost, and governance may suspend a title. Whatever the reason for which a title is locked, by a
//! line or by its status, one lock stands for all, and no price, approval or swap that was offered
//! before or meanwhile is good when it opens (`impls/locks.rs`).
//!
//! Insurers bind policies to a title ([`Pallet::bind_policy`]) and pay claims on chain: to those whom
//! the line that holds the title stands for ([`Config::LossPayee`]), the rest to its owner. Claims
//! for a lost title go by the line and the owner of the time of the loss. A policy is in force up to
//! and including the last second for which its premium is paid, and never beyond its term or the
//! notice of its cancellation. To secure a line the policies in force must together cover a share of
//! the title's value ([`Config::Rules`]). Independent appraisers say what a title is worth
//! ([`Pallet::file_appraisal`]); the latest that is valid may lower its value, never raise it.
//!
//! All that a draw asks of a title stands in one record ([`TitleRecord`]), policies and appraisals in
//! short included.
//!
//! Income of the machines is paid through [`Pallet::pay_revenue`]: to the owner of a free title, to
//! the reserve of the line that holds it otherwise. The total and the last twelve 30-day periods are
//! kept, so that a valuation can rest on what was earned.
//!
//! | Call | Who may call |
//! |---|---|
//! | [`register_party`](Pallet::register_party), [`update_party`](Pallet::update_party), [`reinstate_party`](Pallet::reinstate_party) | a referendum |
//! | [`suspend_party`](Pallet::suspend_party), [`suspend_title`](Pallet::suspend_title) | a referendum; the technical committee for a time |
//! | [`remove_party`](Pallet::remove_party) | a referendum |
//! | [`post_bond`](Pallet::post_bond), [`withdraw_bond`](Pallet::withdraw_bond) | a custodian; out of the bond only one that is neither suspended nor frozen |
//! | [`attest`](Pallet::attest), [`attest_batch`](Pallet::attest_batch) | a custodian with a bond, neither suspended nor frozen |
//! | [`withdraw_attestation`](Pallet::withdraw_attestation), [`heartbeat`](Pallet::heartbeat) | the custodian of the titles |
//! | [`set_document`](Pallet::set_document) | the custodian or the owner of the title, by kind of document |
//! | [`confirm`](Pallet::confirm), [`confirm_batch`](Pallet::confirm_batch) | a verifier, not suspended, other than the title's custodian |
//! | [`pay_revenue`](Pallet::pay_revenue) | anyone |
//! | [`bind_policy`](Pallet::bind_policy), [`renew_policy`](Pallet::renew_policy) | an insurer, not suspended, that neither owns nor keeps the title |
//! | [`cancel_policy`](Pallet::cancel_policy), [`pay_claim`](Pallet::pay_claim) | the insurer of the policy |
//! | [`remove_policy`](Pallet::remove_policy) | its insurer once it is over; anyone some time later; a referendum while its insurer is suspended |
//! | [`file_appraisal`](Pallet::file_appraisal) | an appraiser, not suspended, that neither owns nor keeps the title |
//! | [`withdraw_appraisal`](Pallet::withdraw_appraisal) | its appraiser; anyone once it is not valid any more |
//! | [`request_redemption`](Pallet::request_redemption), [`cancel_redemption`](Pallet::cancel_redemption), [`escalate_redemption`](Pallet::escalate_redemption) | the owner of the title |
//! | [`confirm_release`](Pallet::confirm_release) | the custodian of the title |
//! | [`report_loss`](Pallet::report_loss) | the custodian of the title; a referendum |
//! | [`retire_lost`](Pallet::retire_lost) | who owned the title when it was lost, free of a line; a referendum; its custodian or any owner some time later |
//! | [`recover_title`](Pallet::recover_title), [`reinstate_title`](Pallet::reinstate_title), [`resolve_claim`](Pallet::resolve_claim), [`slash_custodian`](Pallet::slash_custodian) | a referendum |
//!
//! Referendum and committee are the two authorities of [`Config::AdminOrigin`]. Risk decides which of
//! them may.
//!
//! Custodians, verifiers, insurers and appraisers are parties of one registry ([`Parties`]). The
//! facility and the bond of a custodian stand beside it ([`Custodians`]).
//!
//! The bond is held in CLBR ([`HoldReason::CustodianBond`]). Storage deposits are tickets, returned
//! with what they were paid for: of a custodian for each title and its serials, of the account that
//! filed a document ([`Config::TitleConsideration`]), of an insurer for each policy
//! ([`Config::PolicyConsideration`]), of an appraiser for each appraisal
//! ([`Config::AppraisalConsideration`]) and of an owner for each request for its machines
//! ([`Config::RedemptionConsideration`]). The NFT costs no deposit of its own.
//!
//! The NFT pallet lets the owner of an item burn it. The runtime filters that call for the
//! collection that [`Pallet::collection`] names, so that no title loses its NFT that way.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use polkadot_sdk::{
	frame_support::{self, pallet_macros::import_section},
	frame_system, pallet_nfts, sp_core,
};

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
mod config;
mod errors;
mod events;
mod genesis;
mod hooks;
mod impls;
mod storage;
#[cfg(test)]
mod tests;
mod try_state;
pub mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
#[doc(inline)]
pub use caliber_primitives::traits::{Encumber, TitleFactsSource, TitleInspect};
pub use impls::CreateTitleCollection;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[import_section(config::config)]
#[import_section(storage::storage)]
#[import_section(genesis::genesis)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(calls::calls)]
#[import_section(hooks::hooks)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use caliber_primitives::{
		governance::{values::TitleValues, Authority, BrakeTerms, Risk},
		titles::{
			AppraisalId, AssetClass, DeviceReport, DocumentKind, FacilityId, Ineligibility,
			PolicyId, TitleReport,
		},
		traits::{Clock, InspectModels, LineRules, LossPayee, RevenueSink},
		Balance, LineId, ModelId, Seconds, TitleId,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible,
			tokens::nonfungibles_v2::{
				Inspect as InspectNft, InspectEnumerable as InspectNfts, Mutate as MutateNft,
				Transfer as TransferNft,
			},
			Consideration, EnsureOriginWithArg, Footprint, UnixTime,
		},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use pallet_nfts::ItemConfig;
	use sp_core::H256;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// The titles pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Returns a title as wallets and auditors see it.
		pub fn title(id: TitleId) -> Option<TitleReport<T::AccountId>> {
			Self::report(id)
		}

		/// Returns the first reason for which a title may not secure a line now, if there is one.
		pub fn eligibility(id: TitleId) -> Result<(), Ineligibility> {
			let rules = T::Rules::present();
			<Self as TitleInspect<T::AccountId>>::eligibility(id, None, &rules)
		}

		/// Returns up to `limit` titles with ids from `from` on, by id. At most [`MAX_REPORTS`].
		pub fn titles(from: TitleId, limit: u32) -> Vec<TitleReport<T::AccountId>> {
			Self::reports(from, limit)
		}

		/// Returns the titles whose NFT an account owns, by id.
		pub fn titles_of(who: T::AccountId) -> Vec<TitleId> {
			Self::owned_by(&who)
		}

		/// Returns a device by the hash of its serial; none while no title stands for it.
		pub fn device(id: H256) -> Option<DeviceReport> {
			Self::device_report(id)
		}
	}
}
