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
//! What the machines earn is paid through [`Pallet::pay_revenue`]: to the owner of a free title, to
//! the reserve of the line that holds it otherwise. The total and the last twelve 30-day periods are
//! kept, so that a valuation can rest on what was earned.
//!
//! | Call | Who may call |
//! |---|---|
//! | [`register_custodian`](Pallet::register_custodian), [`suspend_custodian`](Pallet::suspend_custodian), [`reinstate_custodian`](Pallet::reinstate_custodian) | [`Config::AdminOrigin`] |
//! | [`register_verifier`](Pallet::register_verifier), [`remove_verifier`](Pallet::remove_verifier) | [`Config::AdminOrigin`] |
//! | [`post_bond`](Pallet::post_bond), [`withdraw_bond`](Pallet::withdraw_bond) | a custodian; out of the bond only one that is not suspended |
//! | [`attest`](Pallet::attest) | a custodian with a bond, not suspended |
//! | [`withdraw_attestation`](Pallet::withdraw_attestation), [`heartbeat`](Pallet::heartbeat) | the custodian of the titles |
//! | [`confirm`](Pallet::confirm) | a verifier other than the title's custodian |
//! | [`pay_revenue`](Pallet::pay_revenue) | anyone |
//!
//! Two holds in CLBR, both on the custodian: its bond ([`HoldReason::CustodianBond`]), and for each
//! title a deposit for what the title stores ([`HoldReason::TitleDeposit`]), which comes back when
//! the title goes. The NFT costs no deposit of its own.
//!
//! The NFT pallet lets the owner of an item burn it. A machine does not vanish that way: the
//! runtime keeps that call away from the collection that [`Pallet::collection`] names.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use polkadot_sdk::{frame_support, frame_system, pallet_nfts, sp_core};

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
pub mod collection;
mod impls;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod try_state;
pub mod types;
pub mod weights;

#[doc(inline)]
pub use caliber_primitives::traits::{Encumber, InspectTitles};
pub use collection::CreateTitleCollection;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use caliber_primitives::{
		titles::{AssetClass, DocumentKind, Ineligibility, TitleReport},
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

		/// Who admits custodians and verifiers and suspends custodians.
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

		/// How long a heartbeat lasts. Custody is stale in the second after it.
		type CustodyValidity: Get<Seconds>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// Why CLBR of a custodian is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The bond of a custodian.
		#[codec(index = 0)]
		CustodianBond,
		/// Deposits for what titles store.
		#[codec(index = 1)]
		TitleDeposit,
	}

	/// The titles that exist.
	#[pallet::storage]
	pub type Titles<T: Config> = StorageMap<_, Twox64Concat, TitleId, Title<T::AccountId>>;

	/// The title that a serial belongs to. Exactly the serials of [`TitleSerials`].
	#[pallet::storage]
	pub type Serials<T: Config> = StorageMap<_, Blake2_128Concat, H256, TitleId>;

	/// The serials of each title that exists.
	#[pallet::storage]
	pub type TitleSerials<T: Config> =
		StorageMap<_, Twox64Concat, TitleId, SerialHashes, ValueQuery>;

	/// Hashes of the papers of a title.
	#[pallet::storage]
	pub type Documents<T: Config> =
		StorageDoubleMap<_, Twox64Concat, TitleId, Twox64Concat, DocumentKind, H256>;

	/// The credit line that holds a title. While there is one, the NFT cannot be transferred.
	#[pallet::storage]
	pub type Encumbrances<T: Config> = StorageMap<_, Twox64Concat, TitleId, LineId>;

	/// When custody of a title was last renewed, unix seconds; of each title that exists.
	#[pallet::storage]
	pub type CustodyRenewedAt<T: Config> = StorageMap<_, Twox64Concat, TitleId, Seconds>;

	/// What a title has earned, in USDai.
	#[pallet::storage]
	pub type Revenue<T: Config> = StorageMap<_, Twox64Concat, TitleId, RevenueHistory, ValueQuery>;

	/// The registered custodians.
	#[pallet::storage]
	pub type Custodians<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Custodian>;

	/// The registered verifiers.
	#[pallet::storage]
	pub type Verifiers<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, ()>;

	/// The id of the next title. Ids are never used again.
	#[pallet::storage]
	pub type NextTitleId<T: Config> = StorageValue<_, TitleId, ValueQuery>;

	/// The NFT collection of the titles, made at genesis.
	#[pallet::storage]
	pub type Collection<T: Config> = StorageValue<_, u32>;

	/// What happened. The variants say what their fields hold.
	#[allow(missing_docs)]
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A custodian was admitted.
		CustodianRegistered { custodian: T::AccountId, info: CustodianInfo },
		/// A custodian was suspended.
		CustodianSuspended { custodian: T::AccountId },
		/// A suspended custodian was reinstated.
		CustodianReinstated { custodian: T::AccountId },
		/// A verifier was admitted.
		VerifierRegistered { verifier: T::AccountId },
		/// A verifier was removed.
		VerifierRemoved { verifier: T::AccountId },
		/// A custodian added `amount` CLBR to its bond, which is now `bond`.
		BondPosted { custodian: T::AccountId, amount: Balance, bond: Balance },
		/// A custodian took `amount` CLBR out of its bond, which is now `bond`.
		BondWithdrawn { custodian: T::AccountId, amount: Balance, bond: Balance },
		/// A custodian attested machines of `owner`; `deposit` CLBR are held from it.
		TitleAttested {
			title: TitleId,
			custodian: T::AccountId,
			owner: T::AccountId,
			class: AssetClass,
			model: ModelId,
			units: u32,
			deposit: Balance,
		},
		/// A custodian took back what it attested; `deposit` CLBR were returned to it.
		AttestationWithdrawn { title: TitleId, custodian: T::AccountId, deposit: Balance },
		/// A verifier confirmed a title; its NFT was minted to `owner`.
		TitleConfirmed { title: TitleId, verifier: T::AccountId, owner: T::AccountId },
		/// A custodian still kept the machines of these titles at `renewed_at`.
		CustodyRenewed { custodian: T::AccountId, titles: HeartbeatBatch, renewed_at: Seconds },
		/// `amount` USDai were paid to the reserve of `line`, or to the title's owner if it is free.
		RevenuePaid {
			title: TitleId,
			payer: T::AccountId,
			line: Option<LineId>,
			amount: Balance,
			total: Balance,
		},
		/// A title was pledged to a line.
		TitleEncumbered { title: TitleId, owner: T::AccountId, line: LineId },
		/// A line let a title go.
		TitleReleased { title: TitleId, line: LineId },
		/// A line took a title from its owner; it is free.
		TitleSeized { title: TitleId, line: LineId, from: T::AccountId, to: T::AccountId },
	}

	/// Why a call failed, and what its caller can do.
	#[pallet::error]
	pub enum Error<T> {
		/// The account is registered as a custodian already.
		AlreadyCustodian,
		/// The account is not a custodian; ask for registration.
		NotCustodian,
		/// The custodian is suspended; governance has to reinstate it first.
		CustodianSuspended,
		/// The custodian is not suspended.
		CustodianNotSuspended,
		/// The account is registered as a verifier already.
		AlreadyVerifier,
		/// The account is not a verifier; ask for registration.
		NotVerifier,
		/// The facility has no name; give one.
		EmptyFacility,
		/// The tier is not 1, 2, 3 or 4.
		InvalidTier,
		/// The jurisdiction is not two capital letters of ISO 3166-1.
		InvalidJurisdiction,
		/// The amount is zero.
		ZeroAmount,
		/// The bond is below the minimum; post more first.
		BondTooLow,
		/// The bond is less than the amount; withdraw less.
		InsufficientBond,
		/// Custody of live titles needs the minimum bond; withdraw less.
		BondRequired,
		/// No serials; give one for each unit.
		NoSerials,
		/// A serial occurs twice in the call; name each unit once.
		DuplicateSerial,
		/// A serial belongs to a title that lives; that title has to go first.
		SerialTaken,
		/// A kind of document occurs twice in the call; give one of each.
		DuplicateDocument,
		/// The model does not exist or is not listed.
		ModelNotListed,
		/// The model is of another class of machine.
		WrongClass,
		/// The commissioning lies in the future.
		CommissionedInFuture,
		/// No title id is left.
		TitleIdsExhausted,
		/// No such title.
		UnknownTitle,
		/// The title is in the custody of another account.
		NotTitleCustodian,
		/// The title is not waiting for confirmation.
		NotAttested,
		/// The title is not active.
		NotActive,
		/// The verifier is the title's custodian; another verifier has to confirm it.
		VerifierIsCustodian,
		/// The heartbeat names no title.
		EmptyHeartbeat,
		/// The owner of a free title pays revenue to itself, which is none.
		SelfPayment,
		/// A credit line holds the title.
		Encumbered,
		/// The line does not hold the title.
		NotHeldByLine,
		/// The account does not own the title.
		NotTitleOwner,
		/// Custody was not renewed in time; the custodian has to send a heartbeat.
		CustodyStale,
		/// No policy covers the title.
		Uninsured,
		/// The policies cover less than the title's value.
		UnderInsured,
		/// The title has no fresh appraisal; wait for the oracle.
		AppraisalUnavailable,
		/// The model is paused; wait until it is resumed.
		ModelPaused,
		/// The model is delisted.
		ModelDelisted,
		/// The collection was not made; the chain's genesis does that.
		NoCollection,
		/// A number left the range of the arithmetic.
		Overflow,
		/// The state contradicts itself; report it.
		Unexpected,
	}

	/// Custodians and verifiers from the first block on.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Account, name of the facility, its tier and jurisdiction, and the CLBR to hold of the
		/// account's balance as its bond.
		pub custodians: Vec<(T::AccountId, Vec<u8>, u8, [u8; 2], u128)>,
		/// Accounts of the verifiers.
		pub verifiers: Vec<T::AccountId>,
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

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Admit a custodian.
		///
		/// ## Dispatch Origin
		/// [`Config::AdminOrigin`].
		///
		/// ## Details
		/// The custodian posts its bond itself; before that it can attest nothing.
		///
		/// ## Parameters
		/// - `account`: the custodian.
		/// - `info`: its facility.
		///
		/// ## Errors
		/// - [`Error::AlreadyCustodian`]
		/// - [`Error::EmptyFacility`], [`Error::InvalidTier`], [`Error::InvalidJurisdiction`]
		///
		/// ## Events
		/// - [`Event::CustodianRegistered`]
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
		/// ## Dispatch Origin
		/// [`Config::AdminOrigin`].
		///
		/// ## Details
		/// Its titles secure no new debt, none of its attestations is confirmed, it attests nothing
		/// and its bond stays. It still renews custody and withdraws attestations.
		///
		/// ## Parameters
		/// - `account`: the custodian.
		///
		/// ## Errors
		/// - [`Error::NotCustodian`], [`Error::CustodianSuspended`]
		///
		/// ## Events
		/// - [`Event::CustodianSuspended`]
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::suspend_custodian())]
		pub fn suspend_custodian(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_suspend_custodian(account)
		}

		/// End the suspension of a custodian.
		///
		/// ## Dispatch Origin
		/// [`Config::AdminOrigin`].
		///
		/// ## Details
		/// Undoes [`Pallet::suspend_custodian`] entirely.
		///
		/// ## Parameters
		/// - `account`: the custodian.
		///
		/// ## Errors
		/// - [`Error::NotCustodian`], [`Error::CustodianNotSuspended`]
		///
		/// ## Events
		/// - [`Event::CustodianReinstated`]
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::reinstate_custodian())]
		pub fn reinstate_custodian(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_reinstate_custodian(account)
		}

		/// Admit a verifier.
		///
		/// ## Dispatch Origin
		/// [`Config::AdminOrigin`].
		///
		/// ## Details
		/// A custodian may be a verifier too, of other custodians' titles.
		///
		/// ## Parameters
		/// - `account`: the verifier.
		///
		/// ## Errors
		/// - [`Error::AlreadyVerifier`]
		///
		/// ## Events
		/// - [`Event::VerifierRegistered`]
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::register_verifier())]
		pub fn register_verifier(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_register_verifier(account)
		}

		/// Remove a verifier.
		///
		/// ## Dispatch Origin
		/// [`Config::AdminOrigin`].
		///
		/// ## Details
		/// What it confirmed stays confirmed.
		///
		/// ## Parameters
		/// - `account`: the verifier.
		///
		/// ## Errors
		/// - [`Error::NotVerifier`]
		///
		/// ## Events
		/// - [`Event::VerifierRemoved`]
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::remove_verifier())]
		pub fn remove_verifier(origin: OriginFor<T>, account: T::AccountId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_remove_verifier(account)
		}

		/// Add to one's bond.
		///
		/// ## Dispatch Origin
		/// Signed by a custodian, suspended or not.
		///
		/// ## Details
		/// The amount is held on the custodian's account.
		///
		/// ## Parameters
		/// - `amount`: CLBR to add.
		///
		/// ## Errors
		/// - [`Error::NotCustodian`], [`Error::ZeroAmount`], [`Error::Overflow`]
		/// - `TokenError::FundsUnavailable` where the free balance is less than the amount
		///
		/// ## Events
		/// - [`Event::BondPosted`]
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::post_bond())]
		pub fn post_bond(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let custodian = ensure_signed(origin)?;
			Self::do_post_bond(custodian, amount)
		}

		/// Take out of one's bond.
		///
		/// ## Dispatch Origin
		/// Signed by a custodian that is not suspended.
		///
		/// ## Details
		/// [`Config::MinCustodianBond`] has to stay while the custodian has a title, attested ones
		/// included.
		///
		/// ## Parameters
		/// - `amount`: CLBR to take out.
		///
		/// ## Errors
		/// - [`Error::NotCustodian`], [`Error::CustodianSuspended`]
		/// - [`Error::ZeroAmount`], [`Error::InsufficientBond`], [`Error::BondRequired`]
		///
		/// ## Events
		/// - [`Event::BondWithdrawn`]
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::withdraw_bond())]
		pub fn withdraw_bond(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let custodian = ensure_signed(origin)?;
			Self::do_withdraw_bond(custodian, amount)
		}

		/// Attest that one keeps machines of `owner`.
		///
		/// ## Dispatch Origin
		/// Signed by a custodian with at least [`Config::MinCustodianBond`] that is not suspended.
		///
		/// ## Details
		/// Makes a title that waits for a verifier; there is no NFT yet. Its serials are taken. A
		/// deposit of [`Config::TitleDepositBase`] and [`Config::TitleDepositPerItem`] for
		/// each serial and each document is held from the custodian.
		///
		/// ## Parameters
		/// - `owner`: who receives the NFT when the title is confirmed.
		/// - `spec`: the machines and their papers.
		///
		/// ## Errors
		/// - [`Error::NotCustodian`], [`Error::CustodianSuspended`], [`Error::BondTooLow`]
		/// - [`Error::EmptyFacility`], [`Error::NoSerials`], [`Error::DuplicateSerial`],
		///   [`Error::SerialTaken`], [`Error::DuplicateDocument`]
		/// - [`Error::ModelNotListed`], [`Error::WrongClass`], [`Error::CommissionedInFuture`]
		/// - [`Error::TitleIdsExhausted`], [`Error::Overflow`]
		/// - `TokenError::FundsUnavailable` where the free balance does not cover the deposit
		///
		/// ## Events
		/// - [`Event::TitleAttested`]
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
		/// ## Dispatch Origin
		/// Signed by the title's custodian, suspended or not.
		///
		/// ## Details
		/// The title goes, its serials are free again and the deposit is returned. The weight is
		/// corrected to the number of serials and documents.
		///
		/// ## Parameters
		/// - `title`: the title.
		///
		/// ## Errors
		/// - [`Error::UnknownTitle`], [`Error::NotTitleCustodian`], [`Error::NotAttested`]
		///
		/// ## Events
		/// - [`Event::AttestationWithdrawn`]
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::withdraw_attestation(MAX_SERIALS, MAX_DOCUMENTS))]
		pub fn withdraw_attestation(
			origin: OriginFor<T>,
			title: TitleId,
		) -> DispatchResultWithPostInfo {
			let custodian = ensure_signed(origin)?;
			let (serials, documents) = Self::do_withdraw_attestation(custodian, title)?;
			Ok(Some(T::WeightInfo::withdraw_attestation(serials, documents)).into())
		}

		/// Renew custody of one's titles.
		///
		/// ## Dispatch Origin
		/// Signed by the custodian of all of them, suspended or not.
		///
		/// ## Details
		/// Custody lasts [`Config::CustodyValidity`] from now. All titles are renewed or none.
		///
		/// ## Parameters
		/// - `titles`: the titles.
		///
		/// ## Errors
		/// - [`Error::NotCustodian`], [`Error::EmptyHeartbeat`]
		/// - [`Error::UnknownTitle`], [`Error::NotTitleCustodian`], [`Error::NotActive`] for any one
		///
		/// ## Events
		/// - [`Event::CustodyRenewed`]
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::heartbeat(titles.len() as u32))]
		pub fn heartbeat(origin: OriginFor<T>, titles: HeartbeatBatch) -> DispatchResult {
			let custodian = ensure_signed(origin)?;
			Self::do_heartbeat(custodian, titles)
		}

		/// Confirm what a custodian attested.
		///
		/// ## Dispatch Origin
		/// Signed by a verifier that is not the title's custodian.
		///
		/// ## Details
		/// The NFT is minted to the owner that the custodian named, and the title is active. Custody
		/// counts from now: the verifier has seen the machines.
		///
		/// ## Parameters
		/// - `title`: the title.
		///
		/// ## Errors
		/// - [`Error::NotVerifier`], [`Error::UnknownTitle`], [`Error::NotAttested`]
		/// - [`Error::VerifierIsCustodian`], [`Error::CustodianSuspended`], [`Error::NoCollection`]
		///
		/// ## Events
		/// - [`Event::TitleConfirmed`]
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::confirm())]
		pub fn confirm(origin: OriginFor<T>, title: TitleId) -> DispatchResult {
			let verifier = ensure_signed(origin)?;
			Self::do_confirm(verifier, title)
		}

		/// Pay what the machines of a title earned.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		///
		/// ## Details
		/// The reserve of the line that holds the title receives it; the owner, if the title is
		/// free. It counts as the title's revenue of the running 30-day period.
		///
		/// ## Parameters
		/// - `title`: the title.
		/// - `amount`: USDai.
		///
		/// ## Errors
		/// - [`Error::ZeroAmount`], [`Error::SelfPayment`], [`Error::Overflow`]
		/// - [`Error::UnknownTitle`], [`Error::NotActive`]
		/// - errors of the transfer, where the payer has not got the amount
		///
		/// ## Events
		/// - [`Event::RevenuePaid`]
		#[pallet::call_index(30)]
		// Measured on a free title. A line's reserve is one more item, read and written.
		#[pallet::weight(T::WeightInfo::pay_revenue()
			.saturating_add(T::DbWeight::get().reads_writes(1, 1)))]
		pub fn pay_revenue(
			origin: OriginFor<T>,
			title: TitleId,
			amount: Balance,
		) -> DispatchResult {
			let payer = ensure_signed(origin)?;
			Self::do_pay_revenue(payer, title, amount)
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
