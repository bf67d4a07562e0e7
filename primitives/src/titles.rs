//! Types of the title standard.

use crate::{ModelId, Seconds, TitleId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::sp_core::H256;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

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
	/// Its custodian is suspended.
	CustodianSuspended,
	/// No policy covers it now.
	Uninsured,
	/// The policies cover less than its value.
	UnderInsured,
	/// The appraisal has no fresh value.
	AppraisalUnavailable,
	/// Its model is paused.
	ModelPaused,
	/// Its model is delisted.
	ModelDelisted,
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
	/// The class of machine.
	pub class: AssetClass,
	/// Model, units, condition and commissioning.
	pub facts: TitleFacts,
	/// Where it stands in its life.
	pub status: TitleStatus,
	/// The credit line that holds it.
	pub line: Option<crate::LineId>,
	/// Last heartbeat of the custodian, unix seconds.
	pub custody_renewed_at: Seconds,
	/// Hashes of the papers.
	pub documents: alloc::vec::Vec<(DocumentKind, H256)>,
	/// Rental income paid to the title since its issue, in USDai.
	pub revenue_total: crate::Balance,
	/// Rental income of the last twelve 30-day periods, in USDai.
	pub revenue_trailing_year: crate::Balance,
}
