// SPDX-License-Identifier: Apache-2.0

//! Types of the title standard.

use crate::{
	appraisal::{AppraisalError, Independent, Namespace},
	Balance, LineId, ModelId, Seconds, TitleId,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{frame_support::PalletError, sp_core::H256};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Id of an insurance policy; counted over all titles.
pub type PolicyId = u32;
/// Id of a filed independent appraisal; counted over all titles.
pub type AppraisalId = u32;
/// Id of a reported loss of machines; counted over all titles.
pub type LossId = u32;

/// Id of a custodian's facility; counted over all custodians.
pub type FacilityId = u32;

/// Id of a device, by which a machine is known for ever. The namespace of its model says what it is
/// the hash of ([`crate::appraisal::Namespace`]).
pub type DeviceId = H256;
/// Money that a party behind titles has on hold in USDai, so that it answers for what it says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Serialize, Deserialize)]
pub enum Surety {
	/// Bond of a custodian.
	#[codec(index = 0)]
	CustodianBond,
	/// Bond of a verifier.
	#[codec(index = 1)]
	VerifierBond,
	/// Capital of an insurer.
	#[codec(index = 2)]
	InsurerCapital,
}

/// Class of the machines of a title or a model.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Serialize, Deserialize)]
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

/// Condition of a machine, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Serialize, Deserialize)]
pub enum Condition {
	/// Unused, from the maker.
	New,
	/// Used, restored and tested by the maker or a certified shop.
	Refurbished,
	/// Used and working.
	Used,
	/// Sold as it stands, without warranty.
	AsIs,
}

/// Status of a title.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, PalletError)]
pub enum TitleStatus {
	/// A custodian attested the machine; no verifier has confirmed it yet. No NFT exists.
	Attested,
	/// A verifier confirmed the machine; the NFT stands for it.
	Active,
	/// The owner asked for the machine; the NFT cannot be transferred.
	RedemptionRequested,
	/// The machine was handed over; the NFT is burnt.
	Released,
	/// Governance suspended the title.
	Suspended,
	/// The custodian reported the machine lost.
	Lost,
}

/// Kind of a document behind a title. The chain stores the hashes of the documents.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, PalletError)]
pub enum DocumentKind {
	/// Warehouse receipt.
	WarehouseReceipt,
	/// Bailment agreement between owner and custodian.
	BailmentAgreement,
	/// Public lien filing.
	LienFiling,
	/// Waiver of a third party's lien (landlord, freight).
	LienWaiver,
	/// Burn-in test report.
	BurnInReport,
	/// Purchase invoice.
	PurchaseInvoice,
	/// Report on an inspection.
	Inspection,
}

impl DocumentKind {
	/// Every kind.
	pub const ALL: [Self; 7] = [
		Self::WarehouseReceipt,
		Self::BailmentAgreement,
		Self::LienFiling,
		Self::LienWaiver,
		Self::BurnInReport,
		Self::PurchaseInvoice,
		Self::Inspection,
	];

	/// Returns the bit of the kind in a set of kinds.
	const fn bit(self) -> u8 {
		1 << self as u8
	}
}

/// Set of kinds of documents.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Serialize, Deserialize)]
pub struct DocumentKinds(u8);

impl DocumentKinds {
	/// No kind.
	pub const NONE: Self = Self(0);
	/// Every kind.
	pub const ALL: Self = Self(0x7f);

	/// Returns the set with another kind.
	pub const fn with(self, kind: DocumentKind) -> Self {
		Self(self.0 | kind.bit())
	}

	/// Returns the kinds of either set.
	pub const fn union(self, other: Self) -> Self {
		Self(self.0 | other.0)
	}

	/// Returns true if the kind is in the set.
	pub const fn contains(self, kind: DocumentKind) -> bool {
		self.0 & kind.bit() != 0
	}

	/// Returns the kinds of the set, in order.
	pub fn kinds(self) -> impl Iterator<Item = DocumentKind> {
		DocumentKind::ALL.into_iter().filter(move |kind| self.contains(*kind))
	}

	/// Returns the set as a number: bit `i` is the kind of index `i`.
	pub const fn bits(self) -> u8 {
		self.0
	}

	/// Returns the set of a number; bits that no kind has are dropped.
	pub const fn from_bits(bits: u8) -> Self {
		Self(bits & Self::ALL.0)
	}
}

/// Paper behind a title. The chain stores its hash.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Paper {
	/// Its kind.
	pub kind: DocumentKind,
	/// Its hash.
	pub hash: H256,
	/// Its date, unix seconds.
	pub dated: Seconds,
	/// Last second for which it is good, unix seconds; `None` if it does not lapse.
	pub lapses: Option<Seconds>,
}

/// Kind of an insurance policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum PolicyKind {
	/// Pays for damage and loss of the machines. Covers of this kind alone count for a line.
	#[codec(index = 0)]
	Casualty,
	/// Pays if the machines sell for less than was agreed at the end of a term.
	#[codec(index = 1)]
	ResidualValue,
}

/// Part of an account in a title by which it can move the price of a sale.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum TitlePart {
	/// Keeps the machines.
	Custodian,
	/// Insures them.
	Insurer,
	/// Has filed an appraisal of them.
	Appraiser,
}

/// Facts of a title that a valuation starts from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct TitleFacts {
	/// Hardware model.
	pub model: ModelId,
	/// Number of units of that model that are in being: lost ones do not count.
	pub units: u32,
	/// Condition of the units: that of the worst.
	pub condition: Condition,
	/// Time at which the first of the units went into service, unix seconds; age is counted from it.
	pub commissioned_at: Seconds,
	/// Income of a unit in every hour of the last year, in use or not, in USDai, rounded down; since
	/// the first income, if that is later. `None` before it is known for 90 days. Only what
	/// registered off-takers paid counts.
	pub earned_per_hour: Option<Balance>,
}

/// Reason for which a title may not secure a credit line, in the order of the checks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, PalletError)]
pub enum Ineligibility {
	/// No title has this id.
	Unknown,
	/// The status of the title is not `Active`. `Suspended` by the technical committee, it goes on
	/// counting for a line that already holds it.
	NotActive(TitleStatus),
	/// Another credit line holds the title.
	Encumbered,
	/// The custodian has not renewed custody in time.
	CustodyStale,
	/// A paper of this kind has to be filed before the title is pledged or drawn on.
	DocumentMissing(DocumentKind),
	/// The paper of this kind has lapsed; a new one has to be filed.
	DocumentLapsed(DocumentKind),
	/// No policy against damage and loss is in force for the title now; or, for a pledge, none from
	/// which something may be claimed until the notice of a cancellation would be over.
	Uninsured,
	/// An appraisal of the title was struck a short time ago: no new debt until the time is over. The
	/// title goes on counting for a line that already holds it.
	AppraisalStruck,
	/// The policies cover less than the title's value and less than its share of what its line
	/// owes. A reason for which a line is in breach, and none that keeps a title from a pledge.
	UnderInsured,
	/// The custodian is suspended. From here to [`Ineligibility::NotIndependent`] a reason keeps
	/// the title from new debt, and breaks no covenant of a line that already holds it.
	CustodianSuspended,
	/// The bond of the custodian is too low.
	BondTooLow,
	/// What claims have frozen of the custodian's bond leaves too little for what is in its
	/// custody.
	CustodianFrozen,
	/// A claim against the bond of the custodian waits for governance, for this title or another.
	ClaimOpen,
	/// The custodian has not acknowledged the pledge to the line that holds the title.
	NotAcknowledged,
	/// One account is two parties of the title.
	NotIndependent,
	/// The appraisal has no value for the title.
	AppraisalUnavailable,
	/// A value that the appraisal needs is too old.
	AppraisalStale,
	/// The model is paused. Where only the technical committee paused it the title has a value all
	/// the same: it secures no new debt, and goes on counting for a line that already holds it.
	ModelPaused,
	/// The model is delisted.
	ModelDelisted,
	/// A value that the appraisal needs has too short a history. The title secures no new debt, and
	/// goes on counting for a line that already holds it.
	Unseasoned,
}

/// All that a line asks a title for: the machine, its insurance, and the reasons against it that
/// need no price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Collateral {
	/// Model, units, condition and commissioning.
	pub facts: TitleFacts,
	/// Facility that houses the machines.
	pub facility: FacilityId,
	/// Independent appraisals that count.
	pub independent: Independent,
	/// Independent appraisals that are filed, those included whose delay is not over: a fall that is
	/// announced cannot be drawn against.
	pub filed: Independent,
	/// Sum for which the policies in force insure the title, in USDai: their limits. What they have
	/// paid in the running term is part of it, so that a claim that is paid breaks no covenant.
	pub cover: Balance,
	/// Part of `cover` that may still be claimed, of policies that are good for the notice of a
	/// cancellation from now at least, in USDai. New debt counts on no more.
	pub claimable: Balance,
	/// What insurers paid for damage to machines that are in being by the record, in USDai. New
	/// debt counts on a value that is lower by it: what is paid for may be gone.
	pub unmatched: Balance,
	/// Part of the value on which nothing counts, in USD: `unmatched` for new debt, zero otherwise.
	pub deducted: Balance,
	/// First reason against the title, in the order of [`Ineligibility`] and up to
	/// [`Ineligibility::Uninsured`]. The technical committee's suspension is a reason against a
	/// title that no line holds, and none against one that the asking line holds.
	pub standing: Result<(), Ineligibility>,
	/// First reason that keeps the title from new debt only: trouble of its custodian, a pledge that
	/// is not acknowledged, or an appraisal that was struck a short time ago. It breaks no covenant.
	pub new_debt: Result<(), Ineligibility>,
	/// True while the technical committee's suspension keeps the title from securing new debt. It
	/// breaks no covenant of the line that holds the title.
	pub braked: bool,
}

impl Collateral {
	/// Returns the answer as it counts for new debt. The technical committee's suspension is a
	/// reason against the title, whoever holds it; so is what keeps it from new debt only. Its cover
	/// is what may still be claimed, every appraisal that is filed counts, and what insurers paid
	/// for machines whose loss nobody reported is taken off the value.
	pub fn for_new_debt(self) -> Self {
		let suspended = Ineligibility::NotActive(TitleStatus::Suspended);
		let standing = match self.standing {
			Err(Ineligibility::Unknown | Ineligibility::NotActive(_)) => self.standing,
			_ if self.braked => Err(suspended),
			standing => standing.and(self.new_debt),
		};
		Self {
			standing,
			independent: self.filed,
			cover: self.claimable,
			deducted: self.unmatched,
			..self
		}
	}

	/// Ensures that the title may secure a line now. `value` is its value, and `model` the reason
	/// for which its model keeps it from that.
	///
	/// Reasons that need no price come first, so that a lapse of custody or insurance shows while
	/// the oracle is silent. The sum insured is no reason: a line counts no more of a title than
	/// that ([`Self::counted`]).
	///
	/// # Errors
	/// The first reason, in the order of [`Ineligibility`], for which the title may not.
	pub fn eligibility(
		&self,
		value: Result<Balance, AppraisalError>,
		model: Option<Ineligibility>,
	) -> Result<(), Ineligibility> {
		self.standing?;
		value.map_err(AppraisalError::ineligibility)?;
		model.map_or(Ok(()), Err)
	}

	/// Returns the part of a value of the title that a line counts: without what is deducted, and
	/// no more than its cover.
	pub fn counted(&self, value: Balance) -> Balance {
		(value - value.min(self.deducted)).min(self.cover)
	}
}

/// Insurance money that may still come for machines of a title that are lost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InsuredLoss {
	/// Number of the machines.
	pub units: u32,
	/// What is left of the policies that were in force when the loss was reported, in USDai.
	pub claimable: Balance,
	/// What these policies have paid in their running terms, in USDai.
	pub claimed: Balance,
}

/// Report on a device that was confirmed once: a machine, or a part of one that is sold by itself.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct DeviceReport {
	/// Title that stands for the device now.
	pub title: Option<TitleId>,
	/// Earliest time at which it went into service by any of its titles, unix seconds.
	pub first_commissioned: Seconds,
	/// Worst condition in which it was confirmed, or that in which it was inspected last.
	pub worst_condition: Condition,
	/// Time at which its loss was reported, unix seconds; `None` unless it is lost.
	pub lost_at: Option<Seconds>,
}

/// Report on a policy of a title, for wallets and auditors.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PolicyReport<AccountId> {
	/// Id of the policy.
	pub id: PolicyId,
	/// Account of the insurer.
	pub insurer: AccountId,
	/// Kind of the policy.
	pub kind: PolicyKind,
	/// Reference of the policy in the insurer's books.
	pub reference: Vec<u8>,
	/// Hash of the policy document.
	pub document: H256,
	/// Sum insured at the start of the current term, in USDai.
	pub limit: Balance,
	/// Claims paid in the current term, in USDai.
	pub claimed: Balance,
	/// Last second for which the premium is paid, unix seconds.
	pub premium_paid_until: Seconds,
	/// Last second of the term, unix seconds.
	pub expires_at: Seconds,
	/// Last second of cover, unix seconds, if the policy was cancelled.
	pub cancelled_at: Option<Seconds>,
	/// Last second of cover as things stand, unix seconds: the grace of an unpaid premium is in it.
	pub covers_until: Seconds,
	/// True if the policy covers the title now.
	pub in_force: bool,
	/// True if the policy is in force though its premium is not paid: the grace runs.
	pub in_grace: bool,
}

/// Report on an independent appraisal of a title, for wallets and auditors.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct AppraisalReport<AccountId> {
	/// Id of the appraisal.
	pub id: AppraisalId,
	/// Account of the appraiser.
	pub appraiser: AccountId,
	/// Value of the whole title, in USD with 18 decimals.
	pub value: Balance,
	/// Hash of the written appraisal.
	pub document: H256,
	/// Time of filing, unix seconds.
	pub filed_at: Seconds,
	/// Last second in which the appraisal is valid, unix seconds.
	pub valid_until: Seconds,
	/// First second in which the appraisal counts, unix seconds, outages of the chain apart.
	pub counts_from: Seconds,
	/// True if governance has confirmed it: it counts as two.
	pub confirmed: bool,
	/// True if the appraisal is valid and counts now.
	pub counts: bool,
}

/// Report on a loss of machines of a title, for insurers and auditors.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct LossReport<AccountId> {
	/// Id of the loss, by which payments name it.
	pub id: LossId,
	/// Time of the report of the loss, unix seconds.
	pub since: Seconds,
	/// Line that held the title then.
	pub line: Option<LineId>,
	/// Owner of the title then.
	pub owner: AccountId,
	/// Custodian that kept the machines then; its bond answers for the loss.
	pub custodian: AccountId,
	/// Number of units that were lost with it.
	pub units: u32,
	/// Last second in which a payment may name it, unix seconds. Of a lost title it may be named
	/// later too.
	pub payable_until: Seconds,
}

/// Report on a title, for wallets and auditors.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct TitleReport<AccountId> {
	/// Id of the title.
	pub id: TitleId,
	/// Owner of the NFT; `None` before confirmation and after redemption.
	pub owner: Option<AccountId>,
	/// Custodian that attested the title.
	pub custodian: AccountId,
	/// Verifier that confirmed the title.
	pub verifier: Option<AccountId>,
	/// Facility that houses the machines: that of the custodian.
	pub facility: Vec<u8>,
	/// Time of the attestation, unix seconds.
	pub attested_at: Seconds,
	/// Time of the confirmation, unix seconds.
	pub confirmed_at: Option<Seconds>,
	/// Digest of the evidence: what the verifier confirmed or, until then, what is attested now.
	pub evidence: H256,
	/// Class of the machines.
	pub class: AssetClass,
	/// Namespace of the ids of the devices, which is that of the model.
	pub namespace: Option<Namespace>,
	/// Ids of the devices, lost ones included.
	pub devices: Vec<DeviceId>,
	/// Model, units, condition and commissioning.
	pub facts: TitleFacts,
	/// Status of the title.
	pub status: TitleStatus,
	/// Credit line that holds the title.
	pub line: Option<LineId>,
	/// Last second in which the custodian answers a redemption in time, unix seconds; `None`
	/// without a request for the machines.
	pub redemption_deadline: Option<Seconds>,
	/// Last second in which the owner may dispute that the machines were handed over, unix seconds;
	/// `None` unless the custodian has said so.
	pub release_deadline: Option<Seconds>,
	/// Value in custody: the reference price of the units on the day of confirmation, in USD.
	pub custody_value: Balance,
	/// Time at which the loss was reported, unix seconds; `None` unless the title is lost.
	pub lost_since: Option<Seconds>,
	/// Time at which the loss of some of its devices was reported last, unix seconds; `None` unless
	/// some are lost.
	pub partly_lost_since: Option<Seconds>,
	/// Losses of its machines since the last recovery, oldest first.
	pub losses: Vec<LossReport<AccountId>>,
	/// Verifier that inspected the machines last, after the confirmation.
	pub inspected_by: Option<AccountId>,
	/// Custodian to which custody is offered.
	pub custody_offered_to: Option<AccountId>,
	/// True if a claim for the title against the bond of its custodian waits for governance.
	pub claim_open: bool,
	/// Time of the custodian's last heartbeat, unix seconds.
	pub custody_renewed_at: Seconds,
	/// Papers, in the order of their filing. Of a kind the last counts.
	pub documents: Vec<Paper>,
	/// Rental income paid to the title since its issue, in USDai.
	pub revenue_total: Balance,
	/// Rental income since its issue that registered off-takers paid, in USDai.
	pub revenue_earned: Balance,
	/// Rental income of the last 365 days that registered off-takers paid, in USDai.
	pub earned_trailing_year: Balance,
	/// Policies on the title, oldest first, those out of force included.
	pub policies: Vec<PolicyReport<AccountId>>,
	/// Part of the sum insured by the policies in force that may still be claimed, in USDai.
	pub cover: Balance,
	/// True if the custodian has acknowledged the pledge to the line that holds the title.
	pub acknowledged: bool,
	/// Independent appraisals of the title, oldest first.
	pub appraisals: Vec<AppraisalReport<AccountId>>,
	/// Independent appraisals that count. They may lower the value of the title.
	pub independent: Independent,
	/// First second in which a struck appraisal does not keep the title from new debt any more, unix
	/// seconds; `None` if none was struck.
	pub struck_until: Option<Seconds>,
}
