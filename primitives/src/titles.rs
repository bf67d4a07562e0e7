//! Types of the title standard.

use crate::{Balance, LineId, ModelId, Seconds, TitleId};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_core::H256;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// An insurance policy; counted over all titles.
pub type PolicyId = u32;
/// A filed independent appraisal; counted over all titles.
pub type AppraisalId = u32;

/// What kind of machine a title or a model stands for.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum AssetClass {
	/// Servers with GPUs or other accelerators.
	Compute,
	/// Storage systems.
	Storage,
	/// Network equipment.
	Bandwidth,
	/// Power equipment.
	Power,
}

/// The state in which a machine was attested.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Condition {
	/// Unused, from the maker.
	New,
	/// Used, restored and tested by the maker or a certified shop.
	Refurbished,
	/// Used and working.
	Used,
	/// Sold as it stands, nothing promised.
	AsIs,
}

/// The life of a title.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum TitleStatus {
	/// A custodian attested the machine; a verifier has not confirmed it yet. No NFT exists.
	Attested,
	/// Confirmed; the NFT stands for the machine.
	Active,
	/// The owner asked for the machine; transfers have stopped.
	RedemptionRequested,
	/// The machine was handed over; the NFT is burnt.
	Redeemed,
	/// Suspended by governance.
	Suspended,
	/// The custodian reported the machine lost.
	Lost,
}

/// The papers behind a title. The chain stores their hashes.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum DocumentKind {
	/// The warehouse receipt.
	WarehouseReceipt,
	/// The bailment agreement between owner and custodian.
	BailmentAgreement,
	/// The public lien filing.
	LienFiling,
	/// The waiver of a third party's lien (landlord, freight).
	LienWaiver,
	/// The burn-in test report.
	BurnInReport,
	/// The purchase invoice.
	PurchaseInvoice,
	/// A written appraisal.
	AppraisalReport,
}

/// What a valuation needs to know of a title.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct TitleFacts {
	/// The hardware model.
	pub model: ModelId,
	/// Number of units of that model.
	pub units: u32,
	/// Their condition.
	pub condition: Condition,
	/// When they went into service, unix seconds; age is counted from here.
	pub commissioned_at: Seconds,
}

/// Why a title may not secure a credit line, in the order in which it is checked.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Ineligibility {
	/// No such title.
	Unknown,
	/// Its status is not `Active`.
	NotActive(TitleStatus),
	/// Another credit line holds it.
	Encumbered,
	/// Its custodian has not renewed custody in time.
	CustodyStale,
	/// Its custodian is suspended. That keeps it from being pledged; to a line that holds it already
	/// it goes on counting.
	CustodianSuspended,
	/// No policy covers it now.
	Uninsured,
	/// The policies cover less than its value.
	UnderInsured,
	/// The appraisal has no value.
	AppraisalUnavailable,
	/// The value of the appraisal is too old.
	AppraisalStale,
	/// Its model is paused.
	ModelPaused,
	/// Its model is delisted.
	ModelDelisted,
}

/// A policy on a title as wallets and auditors see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PolicyReport<AccountId> {
	/// The policy.
	pub id: PolicyId,
	/// Who insures.
	pub insurer: AccountId,
	/// The insurer's own name for it.
	pub reference: Vec<u8>,
	/// Hash of the policy's paper.
	pub document: H256,
	/// What was insured at the beginning of the running term, in USDai.
	pub limit: Balance,
	/// What was claimed of it in the running term, in USDai.
	pub claimed: Balance,
	/// The last second for which the premium is paid.
	pub premium_paid_until: Seconds,
	/// The last second of the term.
	pub expires_at: Seconds,
	/// The last second of cover, if it was cancelled.
	pub cancelled_at: Option<Seconds>,
	/// Whether it covers the title now.
	pub in_force: bool,
}

/// An independent appraisal of a title as wallets and auditors see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct AppraisalReport<AccountId> {
	/// The appraisal.
	pub id: AppraisalId,
	/// Who appraised.
	pub appraiser: AccountId,
	/// The value of the whole title, in USD with 18 decimals.
	pub value: Balance,
	/// Hash of the written appraisal.
	pub document: H256,
	/// When it was filed, unix seconds.
	pub filed_at: Seconds,
	/// The last second in which it counts.
	pub valid_until: Seconds,
	/// Whether it is the one that counts now: the latest that is valid.
	pub counts: bool,
}

/// A title as wallets and auditors see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct TitleReport<AccountId> {
	/// The title.
	pub id: TitleId,
	/// The owner of its NFT; none before confirmation and after redemption.
	pub owner: Option<AccountId>,
	/// The custodian who attested it.
	pub custodian: AccountId,
	/// The verifier who confirmed it.
	pub verifier: Option<AccountId>,
	/// Where the machines stand.
	pub facility: Vec<u8>,
	/// The class of machine.
	pub class: AssetClass,
	/// Model, units, condition and commissioning.
	pub facts: TitleFacts,
	/// Where it stands in its life.
	pub status: TitleStatus,
	/// The credit line that holds it.
	pub line: Option<LineId>,
	/// The last second in which the custodian answers in time, where the machines were asked for.
	pub redemption_deadline: Option<Seconds>,
	/// When the loss was reported, unix seconds, where they are lost.
	pub lost_since: Option<Seconds>,
	/// Whether a claim for it against the bond of its custodian waits for governance.
	pub claim_open: bool,
	/// Last heartbeat of the custodian, unix seconds.
	pub custody_renewed_at: Seconds,
	/// Hashes of the papers.
	pub documents: Vec<(DocumentKind, H256)>,
	/// Rental income paid to the title since its issue, in USDai.
	pub revenue_total: Balance,
	/// Rental income of the last twelve 30-day periods, in USDai.
	pub revenue_trailing_year: Balance,
	/// Policies on it, oldest first, those out of force included.
	pub policies: Vec<PolicyReport<AccountId>>,
	/// What the policies in force cover now, in USDai.
	pub cover: Balance,
	/// Independent appraisals of it, oldest first.
	pub appraisals: Vec<AppraisalReport<AccountId>>,
	/// What the appraisal that counts says, in USD. It may lower the value of the title.
	pub independent_value: Option<Balance>,
}
