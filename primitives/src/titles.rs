// SPDX-License-Identifier: Apache-2.0

//! Types of the title standard.

use crate::{
	appraisal::AppraisalError, governance::values::RuleValues, Balance, LineId, ModelId, Seconds,
	ShareOf, TitleId,
};
use alloc::vec::Vec;
use caliber_math::Rounding;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{frame_support::PalletError, sp_core::H256};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Id of an insurance policy; counted over all titles.
pub type PolicyId = u32;
/// Id of a filed independent appraisal; counted over all titles.
pub type AppraisalId = u32;

/// Id of a custodian's facility; counted over all custodians.
pub type FacilityId = u32;

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

/// Condition in which a machine was attested.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
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
	Redeemed,
	/// Governance suspended the title.
	Suspended,
	/// The custodian reported the machine lost.
	Lost,
}

/// Kind of a document behind a title. The chain stores the hashes of the documents.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
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
	/// Written appraisal.
	AppraisalReport,
}

/// Facts of a title that a valuation starts from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct TitleFacts {
	/// Hardware model.
	pub model: ModelId,
	/// Number of units of that model.
	pub units: u32,
	/// Condition of the units.
	pub condition: Condition,
	/// Time at which the units went into service, unix seconds; age is counted from it.
	pub commissioned_at: Seconds,
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
	/// The custodian is suspended. The title cannot be pledged; it goes on counting for a line that
	/// already holds it.
	CustodianSuspended,
	/// No policy covers the title now.
	Uninsured,
	/// The policies cover less than the value of the title.
	UnderInsured,
	/// The appraisal has no value for the title.
	AppraisalUnavailable,
	/// A value that the appraisal needs is too old.
	AppraisalStale,
	/// The model is paused. Where only the technical committee paused it the title has a value all
	/// the same: it secures no new debt, and goes on counting for a line that already holds it.
	ModelPaused,
	/// The model is delisted.
	ModelDelisted,
}

/// All that a line asks a title for: the machine, its insurance, and the reasons against it that
/// need no price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Collateral {
	/// Model, units, condition and commissioning.
	pub facts: TitleFacts,
	/// Facility that houses the machines.
	pub facility: FacilityId,
	/// Value of the whole title, in USD, by the independent appraisal that counts.
	pub independent: Option<Balance>,
	/// Sum that the policies in force cover now, in USDai.
	pub cover: Balance,
	/// First reason against the title, in the order of [`Ineligibility`] and up to
	/// [`Ineligibility::Uninsured`]. The technical committee's suspension is a reason against a
	/// title that no line holds, and none against one that the asking line holds.
	pub standing: Result<(), Ineligibility>,
	/// True while the technical committee's suspension keeps the title from securing new debt. It
	/// breaks no covenant of the line that holds the title.
	pub braked: bool,
}

impl Collateral {
	/// Returns the answer as it counts for new debt: the technical committee's suspension is a
	/// reason against the title, whoever holds it.
	pub fn for_new_debt(self) -> Self {
		let suspended = Ineligibility::NotActive(TitleStatus::Suspended);
		match self.standing {
			Err(Ineligibility::Unknown | Ineligibility::NotActive(_)) => self,
			_ if self.braked => Self { standing: Err(suspended), ..self },
			_ => self,
		}
	}

	/// Ensures that the title may secure a line now. `value` is its value, and `model` the reason
	/// for which its model keeps it from that.
	///
	/// Reasons that need no price come first, so that a lapse of custody or insurance shows while
	/// the oracle is silent. How much cover is enough takes the value of the title; where there is
	/// no value, the reason for that is returned.
	///
	/// # Errors
	/// The first reason, in the order of [`Ineligibility`], for which the title may not.
	pub fn eligibility(
		&self,
		rules: &RuleValues,
		value: Result<Balance, AppraisalError>,
		model: Option<Ineligibility>,
	) -> Result<(), Ineligibility> {
		self.standing?;
		let value = value.map_err(AppraisalError::ineligibility)?;
		if self.cover < rules.min_coverage.share_of(value, Rounding::Up) {
			return Err(Ineligibility::UnderInsured);
		}
		model.map_or(Ok(()), Err)
	}
}

/// Report on a device: a machine, or a part of one that is sold by itself.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct DeviceReport {
	/// Title that stands for the device now.
	pub title: Option<TitleId>,
}

/// Report on a policy of a title, for wallets and auditors.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PolicyReport<AccountId> {
	/// Id of the policy.
	pub id: PolicyId,
	/// Account of the insurer.
	pub insurer: AccountId,
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
	/// True if the policy covers the title now.
	pub in_force: bool,
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
	/// True if the appraisal is the one that counts now: the latest valid one.
	pub counts: bool,
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
	/// Facility that houses the machines.
	pub facility: Vec<u8>,
	/// Class of the machines.
	pub class: AssetClass,
	/// Model, units, condition and commissioning.
	pub facts: TitleFacts,
	/// Status of the title.
	pub status: TitleStatus,
	/// Credit line that holds the title.
	pub line: Option<LineId>,
	/// Last second in which the custodian answers a redemption in time, unix seconds; `None`
	/// without a request for the machines.
	pub redemption_deadline: Option<Seconds>,
	/// Time at which the loss was reported, unix seconds; `None` unless the title is lost.
	pub lost_since: Option<Seconds>,
	/// True if a claim for the title against the bond of its custodian waits for governance.
	pub claim_open: bool,
	/// Time of the custodian's last heartbeat, unix seconds.
	pub custody_renewed_at: Seconds,
	/// Hashes of the documents.
	pub documents: Vec<(DocumentKind, H256)>,
	/// Rental income paid to the title since its issue, in USDai.
	pub revenue_total: Balance,
	/// Rental income of the last twelve 30-day periods, in USDai.
	pub revenue_trailing_year: Balance,
	/// Policies on the title, oldest first, those out of force included.
	pub policies: Vec<PolicyReport<AccountId>>,
	/// Sum that the policies in force cover now, in USDai.
	pub cover: Balance,
	/// Independent appraisals of the title, oldest first.
	pub appraisals: Vec<AppraisalReport<AccountId>>,
	/// Value by the independent appraisal that counts, in USD. It may lower the value of the title.
	pub independent_value: Option<Balance>,
}
