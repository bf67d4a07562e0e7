// SPDX-License-Identifier: Apache-2.0

//! # Titles: the CALIBER standard
//!
//! A title stands for machines: one to seventy-two units of one hardware model, in one place, kept
//! by one custodian. It is an item in an NFT collection which this pallet's account owns, so that a
//! wallet or a marketplace sees an ordinary NFT, and its owner may send or sell it while it is free.
//!
//! A custodian with a bond attests the machines; a verifier, who is never the same account,
//! confirms them by the digest of what it saw, and only then is the NFT minted. A machine is known
//! by one id for ever ([`Devices`]): the first confirmation takes it, and age, condition and loss
//! are remembered beyond its titles. The custodian renews custody by heartbeat; a title whose
//! custody is stale secures no new debt. Custody moves to another custodian with the signatures of
//! both and the consent of the lender or the owner. A credit line that holds a title stops its
//! transfer ([`Encumber`]).
//!
//! The owner of a free title may have its machines: it asks for them, the custodian confirms that it
//! handed them over, and the NFT is burnt once the owner has acknowledged that or was silent for the
//! release period. An owner who gets no answer, disputes the release or finds the machines missing
//! later claims: the value of the machines is frozen of the custodian's bond, and governance decides
//! what the bond pays. A rejected claim costs a deposit. Machines may get lost, some of a title or
//! all, and governance may suspend a title. Whatever the reason for which a title is locked, by a
//! line or by its status, one lock stands for all, and no price, approval or swap that was offered
//! before or meanwhile is good when it opens (`impls/locks.rs`).
//!
//! Insurers bind policies to a title ([`Pallet::bind_policy`]) and pay claims on chain: to those whom
//! the line that holds the title stands for ([`Config::LossPayee`]), the rest to its owner. Claims
//! for a lost title go by the line and the owner of the time of the loss. A policy is in force up to
//! and including the last second for which its premium is paid and a grace after it
//! ([`Config::Rules`]), and never beyond its term or the notice of its cancellation. To secure a line a
//! title needs a policy in force; the line counts no more of it than its policies insure. Independent
//! appraisers say what a title is worth ([`Pallet::file_appraisal`]), which may lower its value, never
//! raise it. An appraisal counts some time after its filing. One alone lowers the value to what the
//! title brings in a forced sale at most; what two say, or one that governance has confirmed, counts
//! below that. Governance may strike one: then the title gets no new debt for some time.
//!
//! All that a draw asks of a title stands in one record ([`TitleRecord`]), policies and appraisals in
//! short included.
//!
//! Income of the machines is paid through [`Pallet::pay_revenue`]: to the owner of a free title, to
//! the reserve of the line that holds it otherwise. Anyone may pay; what a registered off-taker paid
//! that is no party of the title counts as earned. The total, what was earned, and that of the last
//! year by periods stand in the record ([`RevenueHistory`]), so that a valuation can rest on it.
//!
//! | Call | Who may call |
//! |---|---|
//! | [`register_party`](Pallet::register_party), [`update_party`](Pallet::update_party), [`reinstate_party`](Pallet::reinstate_party) | a referendum |
//! | [`suspend_party`](Pallet::suspend_party), [`suspend_title`](Pallet::suspend_title) | a referendum; the technical committee for a time |
//! | [`remove_party`](Pallet::remove_party) | a referendum |
//! | [`set_insurer_capacity`](Pallet::set_insurer_capacity) | a referendum; a lower one the technical committee for a time |
//! | [`post_bond`](Pallet::post_bond), [`withdraw_bond`](Pallet::withdraw_bond) | a custodian, verifier or insurer; out of the bond only one that is not suspended |
//! | [`attest`](Pallet::attest), [`attest_batch`](Pallet::attest_batch) | a custodian with a sufficient bond, not suspended |
//! | [`withdraw_attestation`](Pallet::withdraw_attestation) | the custodian of the title; anyone once it cannot be confirmed |
//! | [`strike_attestation`](Pallet::strike_attestation) | a referendum; the technical committee |
//! | [`clear_lost_device`](Pallet::clear_lost_device) | a referendum |
//! | [`heartbeat`](Pallet::heartbeat) | the custodian of the titles |
//! | [`transfer_custody`](Pallet::transfer_custody) | the custodian of the title; a referendum |
//! | [`consent_custody`](Pallet::consent_custody) | the curator of the line that holds the title; the owner of a free one |
//! | [`accept_custody`](Pallet::accept_custody) | the custodian to which custody is offered |
//! | [`cancel_custody`](Pallet::cancel_custody) | the custodian to which it is offered; the present
//! one, of its own offer; a referendum |
//! | [`acknowledge_pledge`](Pallet::acknowledge_pledge) | the custodian of titles of the line |
//! | [`file_document`](Pallet::file_document) | the custodian or the owner of the title, by kind of
//! document; of a pledged one the line's curator, and they to renew a paper that lapses soon |
//! | [`confirm`](Pallet::confirm), [`confirm_batch`](Pallet::confirm_batch) | a verifier, not suspended, no other party of the title |
//! | [`reinspect`](Pallet::reinspect) | a verifier, not suspended, with a sufficient bond, no other
//! party of the free title |
//! | [`pay_revenue`](Pallet::pay_revenue) | anyone |
//! | [`bind_policy`](Pallet::bind_policy), [`renew_policy`](Pallet::renew_policy) | an insurer, not suspended, no other party of the title |
//! | [`cancel_policy`](Pallet::cancel_policy), [`pay_claim`](Pallet::pay_claim) | the insurer of the policy |
//! | [`remove_policy`](Pallet::remove_policy) | its insurer once it is over; anyone some time later; a referendum while its insurer is suspended |
//! | [`file_appraisal`](Pallet::file_appraisal) | an appraiser, not suspended, no other party of the title |
//! | [`withdraw_appraisal`](Pallet::withdraw_appraisal) | its appraiser; anyone once it is not valid any more |
//! | [`strike_appraisal`](Pallet::strike_appraisal) | a referendum; the technical committee |
//! | [`confirm_appraisal`](Pallet::confirm_appraisal), [`strike_revenue`](Pallet::strike_revenue) | a referendum |
//! | [`request_redemption`](Pallet::request_redemption), [`cancel_redemption`](Pallet::cancel_redemption), [`escalate_redemption`](Pallet::escalate_redemption), [`acknowledge_release`](Pallet::acknowledge_release), [`dispute_release`](Pallet::dispute_release) | the owner of the title |
//! | [`finalise_release`](Pallet::finalise_release) | anyone, when the owner was silent |
//! | [`claim_after_release`](Pallet::claim_after_release) | the last owner of a burnt title |
//! | [`drop_released`](Pallet::drop_released) | the same; anyone when no claim can come any more |
//! | [`confirm_release`](Pallet::confirm_release) | the custodian of the title |
//! | [`report_loss`](Pallet::report_loss) | the custodian of the title; a referendum |
//! | [`retire_lost`](Pallet::retire_lost) | who owned the title when it was lost, free of a line; a referendum; its custodian or any owner some time later |
//! | [`recover_title`](Pallet::recover_title), [`reinstate_title`](Pallet::reinstate_title),
//! [`resolve_claim`](Pallet::resolve_claim), [`slash_custodian`](Pallet::slash_custodian),
//! [`slash_verifier`](Pallet::slash_verifier), [`slash_insurer`](Pallet::slash_insurer) | a
//! referendum |
//!
//! Referendum and committee are the two authorities of [`Config::AdminOrigin`]. Risk decides which of
//! them may.
//!
//! Custodians, verifiers, insurers, appraisers and off-takers are parties of one registry
//! ([`Parties`]). The facility and the bond of a custodian, the bond of a verifier, and the capacity
//! and capital of an insurer stand beside it ([`Custodians`], [`Verifiers`], [`Insurers`]).
//!
//! Bonds and capital are held in USDai ([`HoldReason::CustodianBond`], [`HoldReason::VerifierBond`],
//! [`HoldReason::InsurerCapital`]), and so is what a rejected claim forfeits
//! ([`HoldReason::ClaimDeposit`]). Storage deposits are tickets, returned
//! with what they were paid for, those for records of devices apart, which stay: of a custodian for
//! each title, each record and each offer of custody, of the account that
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
pub use caliber_primitives::{
	titles::Surety,
	traits::{Encumber, TitleFactsSource, TitleInspect},
};
pub use impls::{CreateTitleCollection, TitleAttributes, MAX_STATE_LEN};
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
		governance::{values::TitleValues, Authority, BrakeTerms, Governed, Risk},
		titles::{
			AppraisalId, AssetClass, Condition, DeviceId, DeviceReport, DocumentKind, FacilityId,
			Ineligibility, LossId, Paper, PolicyId, TitleReport,
		},
		traits::{
			Clock, InspectModels, LineParties, LineRules, LineTitles, LossPayee, RevenueSink,
		},
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

		/// Returns up to `limit` titles with ids from `from` on, by id. At most [`MAX_REPORTS`], of the
		/// next [`MAX_SCANNED`] ids: where fewer are found, ask again from there on, up to the next id.
		pub fn titles(from: TitleId, limit: u32) -> Vec<TitleReport<T::AccountId>> {
			Self::reports(from, limit)
		}

		/// Returns the titles whose NFT an account owns, by id.
		pub fn titles_of(who: T::AccountId) -> Vec<TitleId> {
			Self::owned_by(&who)
		}

		/// Returns a device by its id; none of one that was never confirmed.
		pub fn device(id: DeviceId) -> Option<DeviceReport> {
			Self::device_report(id)
		}
	}
}
