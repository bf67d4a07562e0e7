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
//! and confirms that, and the NFT is burnt. An owner who gets no answer in
//! [`Config::RedemptionPeriod`] may escalate: the custodian is frozen, and governance decides what
//! its bond pays. Machines may get lost, and governance may suspend a title. Whatever the reason for
//! which a title is locked, by a line or by its status, one lock stands for all, and no price,
//! approval or swap that was offered before or meanwhile is good when it opens (`impls/locks.rs`).
//!
//! Insurers bind policies to a title ([`Pallet::bind_policy`]) and pay claims on chain: to the line
//! that holds the title, otherwise to its owner. A policy is in force up to and including the last
//! second for which its premium is paid, and never beyond its term or the notice of its
//! cancellation. To secure a line the policies in force must together cover
//! [`Config::MinCoverage`] of the title's value. Independent appraisers say what a title is worth
//! ([`Pallet::file_appraisal`]); the latest that is valid may lower its value, never raise it.
//!
//! What the machines earn is paid through [`Pallet::pay_revenue`]: to the owner of a free title, to
//! the reserve of the line that holds it otherwise. The total and the last twelve 30-day periods are
//! kept, so that a valuation can rest on what was earned.
//!
//! | Call | Who may call |
//! |---|---|
//! | [`register_custodian`](Pallet::register_custodian), [`suspend_custodian`](Pallet::suspend_custodian), [`reinstate_custodian`](Pallet::reinstate_custodian) | [`Config::AdminOrigin`] |
//! | [`register_verifier`](Pallet::register_verifier), [`remove_verifier`](Pallet::remove_verifier) | [`Config::AdminOrigin`] |
//! | [`register_provider`](Pallet::register_provider), [`update_provider`](Pallet::update_provider), [`suspend_provider`](Pallet::suspend_provider), [`reinstate_provider`](Pallet::reinstate_provider), [`remove_provider`](Pallet::remove_provider), [`update_custodian`](Pallet::update_custodian) | [`Config::AdminOrigin`] |
//! | [`post_bond`](Pallet::post_bond), [`withdraw_bond`](Pallet::withdraw_bond) | a custodian; out of the bond only one that is neither suspended nor frozen |
//! | [`attest`](Pallet::attest), [`attest_batch`](Pallet::attest_batch) | a custodian with a bond, neither suspended nor frozen |
//! | [`withdraw_attestation`](Pallet::withdraw_attestation), [`heartbeat`](Pallet::heartbeat) | the custodian of the titles |
//! | [`set_document`](Pallet::set_document) | the custodian or the owner of the title, by kind of document |
//! | [`confirm`](Pallet::confirm), [`confirm_batch`](Pallet::confirm_batch) | a verifier other than the title's custodian |
//! | [`pay_revenue`](Pallet::pay_revenue) | anyone |
//! | [`bind_policy`](Pallet::bind_policy), [`renew_policy`](Pallet::renew_policy) | an insurer, not suspended, that neither owns nor keeps the title |
//! | [`cancel_policy`](Pallet::cancel_policy), [`pay_claim`](Pallet::pay_claim) | the insurer of the policy |
//! | [`remove_policy`](Pallet::remove_policy) | its insurer once it is over; anyone some time later; [`Config::AdminOrigin`] while its insurer is suspended |
//! | [`file_appraisal`](Pallet::file_appraisal) | an appraiser, not suspended, that neither owns nor keeps the title |
//! | [`withdraw_appraisal`](Pallet::withdraw_appraisal) | its appraiser; anyone once it is not valid any more |
//! | [`request_redemption`](Pallet::request_redemption), [`cancel_redemption`](Pallet::cancel_redemption), [`escalate_redemption`](Pallet::escalate_redemption) | the owner of the title |
//! | [`confirm_release`](Pallet::confirm_release) | the custodian of the title |
//! | [`report_loss`](Pallet::report_loss) | the custodian of the title; [`Config::AdminOrigin`] |
//! | [`retire_lost`](Pallet::retire_lost) | the owner of the title; [`Config::AdminOrigin`]; its custodian some time later |
//! | [`recover_title`](Pallet::recover_title), [`suspend_title`](Pallet::suspend_title), [`reinstate_title`](Pallet::reinstate_title), [`resolve_claim`](Pallet::resolve_claim), [`slash_custodian`](Pallet::slash_custodian) | [`Config::AdminOrigin`] |
//!
//! What is held in CLBR, and comes back: of a custodian its bond ([`HoldReason::CustodianBond`]) and
//! a deposit for each title and its serials, of who filed a document a deposit for it (both
//! [`HoldReason::TitleDeposit`]), of an insurer one for each policy ([`HoldReason::PolicyDeposit`]),
//! of an appraiser one for each appraisal ([`HoldReason::AppraisalDeposit`]), and of an owner one for
//! each request for its machines ([`HoldReason::RedemptionDeposit`]). The NFT costs no deposit of its
//! own.
//!
//! The NFT pallet lets the owner of an item burn it. A machine does not vanish that way: the
//! runtime keeps that call away from the collection that [`Pallet::collection`] names.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use polkadot_sdk::{
	frame_support::{self, pallet_macros::import_section},
	frame_system, pallet_nfts, sp_core, sp_runtime,
};

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod calls;
pub mod collection;
mod errors;
mod events;
mod impls;
#[cfg(test)]
mod mock;
mod storage;
#[cfg(test)]
mod tests;
mod try_state;
pub mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
#[doc(inline)]
pub use caliber_primitives::traits::{Encumber, InspectTitles};
pub use collection::CreateTitleCollection;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[import_section(storage::storage)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(calls::calls)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use caliber_primitives::{
		titles::{AppraisalId, AssetClass, DocumentKind, Ineligibility, PolicyId, TitleReport},
		traits::{InspectModels, RevenueSink},
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
			UnixTime,
		},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use pallet_nfts::ItemConfig;
	use sp_core::H256;
	use sp_runtime::Perbill;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	/// The titles and the ledger behind them.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the pallet needs of the runtime.
	#[pallet::config]
	pub trait Config: polkadot_sdk::frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The runtime's hold reasons.
		type RuntimeHoldReason: From<HoldReason>;

		/// CLBR, for bonds and deposits.
		type Currency: fungible::Mutate<Self::AccountId, Balance = Balance>
			+ fungible::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;

		/// USDai, in which revenue is paid.
		type UsdAi: fungible::Mutate<Self::AccountId, Balance = Balance>;

		/// Where the titles live as NFTs.
		type Nfts: InspectNft<Self::AccountId, CollectionId = u32, ItemId = TitleId>
			+ InspectNfts<Self::AccountId>
			+ MutateNft<Self::AccountId, ItemConfig>
			+ TransferNft<Self::AccountId>
			+ CreateTitleCollection<Self::AccountId>;

		/// The hardware models that titles name.
		type Models: InspectModels;

		/// The reserve of a line, which takes the revenue of pledged titles.
		type RevenueSink: RevenueSink<Self::AccountId>;

		/// The clock.
		type Time: UnixTime;

		/// Who keeps the registries of custodians, verifiers, insurers and appraisers, suspends titles
		/// and decides what bonds pay.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Owner of the collection.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// The bond a custodian needs to attest, and keeps while it has titles, in CLBR.
		type MinCustodianBond: Get<Balance>;

		/// Deposit for a title, in CLBR.
		#[pallet::constant]
		type TitleDepositBase: Get<Balance>;

		/// Deposit for each serial and each document of a title, on top, in CLBR.
		#[pallet::constant]
		type TitleDepositPerItem: Get<Balance>;

		/// Deposit of an insurer for a policy, in CLBR.
		#[pallet::constant]
		type PolicyDeposit: Get<Balance>;

		/// Deposit of an appraiser for an appraisal, in CLBR.
		#[pallet::constant]
		type AppraisalDeposit: Get<Balance>;

		/// The share of a title's value that its policies have to cover.
		type MinCoverage: Get<Perbill>;

		/// How long a cancelled policy goes on covering, so that a lender can react.
		type CancellationNotice: Get<Seconds>;

		/// How long after its end a policy stays for claims, unless its insurer removes it.
		type ClaimsTail: Get<Seconds>;

		/// The longest time for which an independent appraisal may be valid.
		type MaxAppraisalValidity: Get<Seconds>;

		/// How long a heartbeat lasts. Custody is stale in the second after it.
		type CustodyValidity: Get<Seconds>;

		/// How long a custodian has to answer an owner who asks for its machines.
		type RedemptionPeriod: Get<Seconds>;

		/// Deposit for a request for machines, and for the claim that may come of it, in CLBR.
		#[pallet::constant]
		type RedemptionDeposit: Get<Balance>;

		/// How long the custodian of lost machines leaves their title to its owner, who may have
		/// money coming, before it may close the book itself.
		type LossPeriod: Get<Seconds>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// What benchmarks need of the runtime.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// Why CLBR is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The bond of a custodian.
		#[codec(index = 0)]
		CustodianBond,
		/// Deposits for what titles store: of the custodian, and of who filed a document.
		#[codec(index = 1)]
		TitleDeposit,
		/// Deposits of an insurer for its policies.
		#[codec(index = 2)]
		PolicyDeposit,
		/// Deposits of an appraiser for its appraisals.
		#[codec(index = 3)]
		AppraisalDeposit,
		/// Deposits of owners for requests for their machines and for claims.
		#[codec(index = 4)]
		RedemptionDeposit,
	}

	/// Custodians, verifiers, insurers and appraisers from the first block on.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Account, name of the facility, its tier and jurisdiction, and the CLBR to hold of the
		/// account's balance as its bond.
		pub custodians: Vec<(T::AccountId, Vec<u8>, u8, [u8; 2], u128)>,
		/// Accounts of the verifiers.
		pub verifiers: Vec<T::AccountId>,
		/// Account, name and jurisdiction of each insurer.
		pub insurers: Vec<(T::AccountId, Vec<u8>, [u8; 2])>,
		/// Account, name and jurisdiction of each appraiser.
		pub appraisers: Vec<(T::AccountId, Vec<u8>, [u8; 2])>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			Pallet::<T>::build_genesis(self);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(
			_: BlockNumberFor<T>,
		) -> Result<(), polkadot_sdk::sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A title as wallets and auditors see it.
		pub fn title(id: TitleId) -> Option<TitleReport<T::AccountId>> {
			Self::report(id)
		}

		/// Whether a title may secure a line now, or the first reason why not.
		pub fn eligibility(id: TitleId) -> Result<(), Ineligibility> {
			Self::check_eligibility(id, None)
		}
	}
}
