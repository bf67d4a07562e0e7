// SPDX-License-Identifier: Apache-2.0

//! Records of the pallet, the storage they take and the arithmetic of revenue. Only the aliases at
//! the end know the runtime.

use crate::Config;
use caliber_math::{mul_div, Rounding, MONTH_SECS, SECONDS_PER_HOUR};
use caliber_primitives::{
	governance::Governed,
	titles::{
		AppraisalId, AppraisalReport, AssetClass, Condition, DeviceId, DocumentKind, DocumentKinds,
		FacilityId, Ineligibility, LossId, LossReport, Paper, PolicyId, PolicyKind, PolicyReport,
		TitleFacts, TitleStatus,
	},
	Balance, LineId, ModelId, Seconds, TitleId,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::ops::RangeInclusive;
use polkadot_sdk::{
	frame_support::{
		traits::{ConstU32, Footprint},
		BoundedVec,
	},
	frame_system::Config as SystemConfig,
	sp_core::H256,
};
use scale_info::TypeInfo;

/// The most units, hence devices, a title may stand for.
pub const MAX_DEVICES: u32 = 72;
/// The most devices of all the titles that one call attests or confirms.
pub const MAX_DEVICES_OF_CALL: u32 = 512;
/// The most documents that come with an attestation: one of each [`DocumentKind`].
pub const MAX_PAPERS: u32 = 7;
/// The most documents of a title.
pub const MAX_DOCUMENTS: u32 = 32;
/// The most documents of a title that no line holds: the rest is for the time of a pledge.
pub const MAX_FREE_DOCUMENTS: u32 = 24;
/// The most documents of a pledged title up to which its curator files: the rest is for renewals by
/// owner and custodian.
pub const MAX_CURATOR_DOCUMENTS: u32 = 28;
/// Farthest lapse of a document from now: ten years.
pub const FARTHEST_LAPSE: Seconds = 10 * 365 * 24 * 60 * 60;
/// Farthest lapse of a lien filing from its date: five years, two leap days included.
pub const FILING_TERM: Seconds = (5 * 365 + 2) * 24 * 60 * 60;
/// The most titles that one delivery attests, or one call confirms.
pub const MAX_BATCH: u32 = 64;
/// The most policies of a title. Several insurers may share a risk.
pub const MAX_POLICIES: u32 = 8;
/// The most independent appraisals of a title.
pub const MAX_APPRAISALS: u32 = 4;
/// The most policies and appraisals of a title together.
pub const MAX_COVERS: u32 = MAX_POLICIES + MAX_APPRAISALS;
/// The longest name of an insurer or appraiser, in bytes.
pub const MAX_NAME_LEN: u32 = 64;
/// The longest reference of a policy, in bytes.
pub const MAX_REFERENCE_LEN: u32 = 32;
/// The most titles whose custody one heartbeat renews.
pub const MAX_HEARTBEAT: u32 = 64;
/// The most titles of a line that one call acknowledges: as many as a line may hold.
pub const MAX_ACKNOWLEDGED: u32 = 64;
/// The most titles that one report on titles tells of.
pub const MAX_REPORTS: u32 = 64;
/// The most ids among which one report looks for titles. Titles that have ended leave gaps.
pub const MAX_SCANNED: u32 = 1_024;
/// The longest name of a facility, in bytes.
pub const MAX_FACILITY_LEN: u32 = 64;
/// The tiers a facility may have.
pub const TIERS: RangeInclusive<u8> = 1..=4;
/// Farthest end of a policy from the time of its binding or renewal: five years of 365 days.
pub const MAX_POLICY_TERM: Seconds = 5 * 365 * 24 * 60 * 60;
/// Longest validity of an independent appraisal that can be asked for: a year.
pub const FARTHEST_APPRAISAL: Seconds = 365 * 24 * 60 * 60;
/// Length of a revenue period: a twelfth of a year of 365 days. Period `i` begins `i` lengths after
/// the unix epoch.
pub const REVENUE_PERIOD: Seconds = MONTH_SECS;
/// Number of revenue periods that are kept, the running one included: those of a year, and one of
/// which a part lies in the year that ends now.
pub const REVENUE_PERIODS: u8 = 13;
/// The year over which revenue is counted: 365 days.
pub const REVENUE_YEAR: Seconds = 12 * REVENUE_PERIOD;
/// Time for which off-takers have to pay enough before what they pay caps the income approach: 90
/// days.
pub const REVENUE_HISTORY: Seconds = 90 * 24 * 60 * 60;

/// Storage that a title takes beside its devices, as a number of items and the most bytes that
/// their values have in all. Items are its record with its revenue, its attestation and list of
/// devices, the list of its losses, and the details, settings, owner's entry, metadata and five
/// attributes of its NFT.
pub const TITLE_FOOTPRINT: Footprint = Footprint { count: 13, size: 1126 };
/// Storage that a device takes in the list of a title, and in that of its losses.
pub const LISTED_DEVICE_FOOTPRINT: Footprint = Footprint { count: 0, size: 117 };
/// Storage that the record of a device takes. It stays for ever, and so does its deposit.
pub const DEVICE_FOOTPRINT: Footprint = Footprint { count: 1, size: 39 };
/// Storage that an offer of custody takes.
pub const CUSTODY_OFFER_FOOTPRINT: Footprint = Footprint { count: 1, size: 82 };
/// Storage that a document of a title takes.
pub const DOCUMENT_FOOTPRINT: Footprint = Footprint { count: 1, size: 106 };
/// Storage that a policy takes, in full and in short ([`Cover`]).
pub const POLICY_FOOTPRINT: Footprint = Footprint { count: 1, size: 236 };
/// Storage that an independent appraisal takes, in full and in short ([`Estimate`]).
pub const APPRAISAL_FOOTPRINT: Footprint = Footprint { count: 1, size: 221 };
/// Storage that a request for machines takes, with the claim that may come of it. What is noted of
/// released machines takes the place of the request and is not larger.
pub const REDEMPTION_FOOTPRINT: Footprint = Footprint { count: 2, size: 237 };

/// Returns the storage that a title with `devices` devices takes, its documents and the records of
/// its devices apart.
pub fn title_footprint(devices: u32) -> Footprint {
	// No overflow: 117 times a u32 is far below the range of a u64.
	Footprint {
		count: TITLE_FOOTPRINT.count + u64::from(devices) * LISTED_DEVICE_FOOTPRINT.count,
		size: TITLE_FOOTPRINT.size + u64::from(devices) * LISTED_DEVICE_FOOTPRINT.size,
	}
}

/// The name of a facility.
pub type Facility = BoundedVec<u8, ConstU32<MAX_FACILITY_LEN>>;
/// Hashes of device ids.
pub type DeviceIds = BoundedVec<DeviceId, ConstU32<MAX_DEVICES>>;
/// Papers that come with an attestation, at most one of a kind.
pub type Papers = BoundedVec<Paper, ConstU32<MAX_PAPERS>>;
/// Lapses of the last papers of a title, by kind.
pub type Lapses = BoundedVec<(DocumentKind, Option<Seconds>), ConstU32<MAX_PAPERS>>;
/// The name of an insurer or appraiser.
pub type Name = BoundedVec<u8, ConstU32<MAX_NAME_LEN>>;
/// An insurer's own name for a policy.
pub type PolicyReference = BoundedVec<u8, ConstU32<MAX_REFERENCE_LEN>>;
/// The policies of a title, oldest first.
pub type TitlePolicies<AccountId, Ticket> =
	BoundedVec<Policy<AccountId, Ticket>, ConstU32<MAX_POLICIES>>;
/// The independent appraisals of a title, oldest first.
pub type TitleAppraisals<AccountId, Ticket> =
	BoundedVec<Appraisal<AccountId, Ticket>, ConstU32<MAX_APPRAISALS>>;
/// The policies of a title against damage and loss in short, oldest first.
pub type Covers = BoundedVec<Cover, ConstU32<MAX_POLICIES>>;
/// The independent appraisals of a title in short, oldest first.
pub type Estimates = BoundedVec<Estimate, ConstU32<MAX_APPRAISALS>>;
/// A delivery that a custodian attests in one call: owners and machines.
pub type Delivery<AccountId> = BoundedVec<(AccountId, TitleSpec), ConstU32<MAX_BATCH>>;
/// The titles that one call confirms, each with the digest of the evidence that was seen.
pub type ConfirmBatch = BoundedVec<(TitleId, H256), ConstU32<MAX_BATCH>>;
/// The titles of a line that one call acknowledges.
pub type AcknowledgedTitles = BoundedVec<TitleId, ConstU32<MAX_ACKNOWLEDGED>>;
/// The losses of machines of a title, in the order of their reports. Each is of one unit at least.
pub type TitleLosses<AccountId> = BoundedVec<Loss<AccountId>, ConstU32<MAX_DEVICES>>;
/// The titles of one heartbeat.
pub type HeartbeatBatch = BoundedVec<TitleId, ConstU32<MAX_HEARTBEAT>>;

/// Facility in which a custodian keeps machines.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct CustodianInfo {
	/// The facility; not empty.
	pub facility: Facility,
	/// Its tier, one of [`TIERS`].
	pub tier: u8,
	/// Its country: two capital letters of ISO 3166-1.
	pub jurisdiction: [u8; 2],
}

/// Name and country of an insurer, appraiser or off-taker.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct ServiceProviderInfo {
	/// Its name; not empty.
	pub name: Name,
	/// Its country: two capital letters of ISO 3166-1.
	pub jurisdiction: [u8; 2],
}

/// Kinds of parties that stand behind titles. An account may be of several kinds, each with a
/// registration of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum PartyKind {
	/// Keeps machines and attests titles, against a bond. Registered for good.
	#[codec(index = 0)]
	Custodian,
	/// Confirms what custodians attest.
	#[codec(index = 1)]
	Verifier,
	/// Binds policies to titles and pays claims.
	#[codec(index = 2)]
	Insurer,
	/// Files independent appraisals.
	#[codec(index = 3)]
	Appraiser,
	/// Rents machines: what it pays for them counts as earned.
	#[codec(index = 4)]
	OffTaker,
}

/// Particulars of a party, by its kind.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum PartyInfo {
	/// Facility of a custodian.
	#[codec(index = 0)]
	Custodian(CustodianInfo),
	/// A verifier has no particulars.
	#[codec(index = 1)]
	Verifier,
	/// Name and country of an insurer.
	#[codec(index = 2)]
	Insurer(ServiceProviderInfo),
	/// Name and country of an appraiser.
	#[codec(index = 3)]
	Appraiser(ServiceProviderInfo),
	/// Name and country of an off-taker.
	#[codec(index = 4)]
	OffTaker(ServiceProviderInfo),
}

impl PartyInfo {
	/// Returns the kind of party whose particulars these are.
	pub fn kind(&self) -> PartyKind {
		match self {
			Self::Custodian(_) => PartyKind::Custodian,
			Self::Verifier => PartyKind::Verifier,
			Self::Insurer(_) => PartyKind::Insurer,
			Self::Appraiser(_) => PartyKind::Appraiser,
			Self::OffTaker(_) => PartyKind::OffTaker,
		}
	}
}

/// Entry of a party in the registry.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct PartyRecord {
	/// Its particulars, of the kind under which it is registered.
	pub info: PartyInfo,
	/// True while governance keeps it from new business, and from taking out bond or capital.
	/// What it has given stays. A suspension by the technical committee ends by itself.
	pub suspended: Governed<bool>,
	/// Number of policies of an insurer, or appraisals of an appraiser, that are stored; zero for
	/// other kinds.
	pub items: u32,
}

/// Registry entry of a custodian, beside its particulars: facility, bond and what the bond answers
/// for.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Custodian {
	/// Id of its facility, given at its registration.
	pub facility: FacilityId,
	/// USDai on hold as its bond.
	pub bond: Balance,
	/// Part of the bond that open claims have frozen, in USDai.
	pub claimed: Balance,
	/// Value of what is in its custody, in USD: that of its titles on the day of their confirmation,
	/// and of the released ones for which may still be claimed.
	pub in_custody: Balance,
	/// Number of its titles that exist.
	pub live_titles: u32,
	/// Number of claims against its bond that are not decided.
	pub open_claims: u32,
	/// Value in custody of machines that were lost with it and whose titles another custodian keeps
	/// now, in USD. Its bond answers for them until the time to settle `moved_loss_at` is over.
	pub moved: Balance,
	/// When the last of these losses was reported, unix seconds.
	pub moved_loss_at: Seconds,
}

/// Bond of a verifier, and when it last spoke.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Verifier {
	/// USDai on hold as its bond.
	pub bond: Balance,
	/// Time of its last confirmation, unix seconds.
	pub confirmed_at: Option<Seconds>,
}

/// Capacity and capital of an insurer.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Insurer {
	/// The most that the limits of its policies may add up to, in USDai.
	pub capacity: Governed<Balance>,
	/// USDai on hold as its capital.
	pub capital: Balance,
	/// Limits of its policies that are stored, in USDai.
	pub bound: Balance,
}

/// Terms of a policy.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct PolicyTerms {
	/// Its kind, which stays as it was bound.
	pub kind: PolicyKind,
	/// The most that may be claimed in the term, in USDai.
	pub limit: Balance,
	/// The last second for which the premium is paid; not after `expires_at`.
	pub premium_paid_until: Seconds,
	/// The last second of the term; [`MAX_POLICY_TERM`] ahead at most.
	pub expires_at: Seconds,
	/// Hash of the policy's paper.
	pub document: H256,
	/// The insurer's own name for the policy.
	pub reference: PolicyReference,
}

/// A policy on a title.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Policy<AccountId, Ticket> {
	/// Its id.
	pub id: PolicyId,
	/// Insurer that bound it.
	pub insurer: AccountId,
	/// Terms of the running term.
	pub terms: PolicyTerms,
	/// When it was bound, unix seconds: no loss before that is its insurer's.
	pub bound_at: Seconds,
	/// USDai claimed in the running term; the limit at most.
	pub claimed: Balance,
	/// The last second of cover, if it was cancelled; not after the term.
	pub cancelled_at: Option<Seconds>,
	/// Storage deposit of the insurer.
	pub ticket: Ticket,
}

impl<AccountId: Clone, Ticket> Policy<AccountId, Ticket> {
	/// Returns the USDai that may still be claimed.
	pub fn remaining(&self) -> Balance {
		self.terms.limit.max(self.claimed) - self.claimed
	}

	/// Returns the last second in which it can be in force: the end of the term, or of the notice of a
	/// cancellation.
	pub fn ends_at(&self) -> Seconds {
		self.cancelled_at.unwrap_or(self.terms.expires_at).min(self.terms.expires_at)
	}

	/// Returns the last second of cover for which the premium is paid.
	pub fn paid_until(&self) -> Seconds {
		self.ends_at().min(self.terms.premium_paid_until)
	}

	/// Returns true if it covers at `now` under this grace of an unpaid premium, as
	/// [`Cover::in_force`] says.
	pub fn in_force(&self, now: Seconds, grace: Seconds) -> bool {
		self.cover().in_force(now, grace)
	}

	/// Returns true if its term or the notice of its cancellation is over.
	pub fn is_over(&self, now: Seconds) -> bool {
		now > self.ends_at()
	}

	/// Returns the policy in short, as the record of the title keeps it.
	pub fn cover(&self) -> Cover {
		Cover {
			policy: self.id,
			limit: self.terms.limit,
			remaining: self.remaining(),
			paid_until: self.paid_until(),
			ends_at: self.ends_at(),
		}
	}

	/// Returns the policy as auditors see it at `now`, under this grace of an unpaid premium.
	pub fn report(&self, now: Seconds, grace: Seconds) -> PolicyReport<AccountId> {
		PolicyReport {
			id: self.id,
			insurer: self.insurer.clone(),
			kind: self.terms.kind,
			reference: self.terms.reference.to_vec(),
			document: self.terms.document,
			limit: self.terms.limit,
			claimed: self.claimed,
			premium_paid_until: self.terms.premium_paid_until,
			expires_at: self.terms.expires_at,
			cancelled_at: self.cancelled_at,
			covers_until: self.cover().until(grace),
			in_force: self.in_force(now, grace),
			in_grace: self.in_force(now, grace) && now > self.paid_until(),
		}
	}
}

/// A policy against damage and loss in short: what a line needs to know of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Cover {
	/// Id of the policy.
	pub policy: PolicyId,
	/// USDai insured in the running term, paid claims included.
	pub limit: Balance,
	/// USDai that may still be claimed.
	pub remaining: Balance,
	/// The last second of cover for which the premium is paid, unix seconds.
	pub paid_until: Seconds,
	/// The last second in which it can be in force, unix seconds; not before `paid_until`.
	pub ends_at: Seconds,
}

impl Cover {
	/// Returns the last second of cover, unix seconds: an unpaid premium ends it after the grace.
	pub fn until(&self, grace: Seconds) -> Seconds {
		// A time beyond all times is never reached.
		self.paid_until.saturating_add(grace).min(self.ends_at)
	}

	/// Returns true if it covers at `now`: up to and including the last second, whatever was claimed.
	pub fn in_force(&self, now: Seconds, grace: Seconds) -> bool {
		now <= self.until(grace)
	}
}

/// Returns the policies against damage and loss of a title in short. A policy on the residual value
/// pays for neither, and no line counts it.
pub fn covers<AccountId: Clone, Ticket>(policies: &TitlePolicies<AccountId, Ticket>) -> Covers {
	let casualty = policies.iter().filter(|policy| policy.terms.kind == PolicyKind::Casualty);
	// Both have the same bound.
	Covers::truncate_from(casualty.map(Policy::cover).collect())
}

/// An independent appraisal of a title.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Appraisal<AccountId, Ticket> {
	/// Its id.
	pub id: AppraisalId,
	/// Appraiser that filed it.
	pub appraiser: AccountId,
	/// The value of the whole title, in USD with 18 decimals; not zero.
	pub value: Balance,
	/// Hash of the written appraisal.
	pub document: H256,
	/// When it was filed, unix seconds.
	pub filed_at: Seconds,
	/// The first second in which it counts, outages of the chain apart.
	pub counts_from: Seconds,
	/// The last second in which it counts.
	pub valid_until: Seconds,
	/// True if governance has confirmed it: it counts as two.
	pub confirmed: bool,
	/// Value that counts until this one does, and the last second in which it does: that of the
	/// appraisal that it replaced.
	pub former: Option<(Balance, Seconds)>,
	/// Storage deposit of the appraiser.
	pub ticket: Ticket,
}

impl<AccountId: Clone, Ticket> Appraisal<AccountId, Ticket> {
	/// Returns true if it is valid at `now`, as [`Estimate::is_valid`] says.
	pub fn is_valid(&self, now: Seconds) -> bool {
		self.estimate().is_valid(now)
	}

	/// Returns the appraisal in short, as the record of the title keeps it.
	pub fn estimate(&self) -> Estimate {
		Estimate {
			appraisal: self.id,
			value: self.value,
			filed_at: self.filed_at,
			counts_from: self.counts_from,
			valid_until: self.valid_until,
			confirmed: self.confirmed,
			former: self.former,
		}
	}

	/// Returns the appraisal as auditors see it; `counts` is true if it counts now.
	pub fn report(&self, counts: bool) -> AppraisalReport<AccountId> {
		AppraisalReport {
			id: self.id,
			appraiser: self.appraiser.clone(),
			value: self.value,
			document: self.document,
			filed_at: self.filed_at,
			valid_until: self.valid_until,
			counts_from: self.counts_from,
			confirmed: self.confirmed,
			counts,
		}
	}
}

/// An independent appraisal of a title in short: what a valuation needs to know of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Estimate {
	/// Id of the appraisal. A later appraisal has a higher one.
	pub appraisal: AppraisalId,
	/// The value of the whole title, in USD with 18 decimals.
	pub value: Balance,
	/// When it was filed, unix seconds.
	pub filed_at: Seconds,
	/// The first second in which it counts, outages of the chain apart, unix seconds.
	pub counts_from: Seconds,
	/// The last second in which it counts, unix seconds.
	pub valid_until: Seconds,
	/// True if governance has confirmed it: it counts as two.
	pub confirmed: bool,
	/// Value that counts until this one does, and the last second in which it does.
	pub former: Option<(Balance, Seconds)>,
}

impl Estimate {
	/// Returns true if it is valid at `now`: up to and including its last second. It may have to wait
	/// before it counts.
	pub fn is_valid(&self, now: Seconds) -> bool {
		now <= self.valid_until
	}

	/// Returns the value for which it counts at `now`, and the last second in which it does. `since`
	/// is the first second in which it counts, outages of the chain included.
	pub fn counting(&self, since: Seconds, now: Seconds) -> Option<(Balance, Seconds)> {
		let counts = match now < since {
			true => self.former,
			false => Some((self.value, self.valid_until)),
		};
		counts.filter(|(_, until)| now <= *until)
	}
}

/// Returns the independent appraisals of a title in short.
pub fn estimates<AccountId: Clone, Ticket>(
	appraisals: &TitleAppraisals<AccountId, Ticket>,
) -> Estimates {
	// Both have the same bound.
	Estimates::truncate_from(appraisals.iter().map(Appraisal::estimate).collect())
}

/// A paper of a title, as it was filed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Document<AccountId, Ticket> {
	/// The paper.
	pub paper: Paper,
	/// Account that filed it.
	pub filed_by: AccountId,
	/// When it was filed, unix seconds.
	pub filed_at: Seconds,
	/// Storage deposit of the account that filed it.
	pub ticket: Ticket,
}

/// Counts of what was removed with a title.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Removed {
	/// Its devices.
	pub devices: u32,
	/// Its documents.
	pub documents: u32,
	/// Its policies and appraisals.
	pub covers: u32,
}

/// Machines as a custodian attests them.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct TitleSpec {
	/// The class of machine; that of its model.
	pub class: AssetClass,
	/// A listed hardware model.
	pub model: ModelId,
	/// One id for each unit, of the namespace of the model.
	pub devices: DeviceIds,
	/// Its condition.
	pub condition: Condition,
	/// When it went into service, unix seconds; not in the future, and not before the model was.
	pub commissioned_at: Seconds,
	/// Its papers, at most one of a kind.
	pub documents: Papers,
}

/// A title as collateral: all that a draw asks of it. How it was attested, its devices, documents,
/// policies and appraisals are maps of their own.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct TitleRecord<AccountId> {
	/// The class of machine.
	pub class: AssetClass,
	/// The hardware model.
	pub model: ModelId,
	/// Number of units in being: as many as devices that are not lost.
	pub units: u32,
	/// Their condition: as attested and, from the confirmation on, no better than the worst of the
	/// devices.
	pub condition: Condition,
	/// When they went into service, unix seconds: as attested and, from the confirmation on, not
	/// later than the first of the devices.
	pub commissioned_at: Seconds,
	/// Facility of the custodian that keeps them.
	pub facility: FacilityId,
	/// Custodian that keeps them.
	pub custodian: AccountId,
	/// Time of the last renewal of custody, unix seconds. Written by [`crate::Pallet::heartbeat`].
	pub custody_renewed_at: Seconds,
	/// Reference price of its units on the day of confirmation, in USD: what it counts in the
	/// custody of its custodian. Zero before.
	pub custody_value: Balance,
	/// Its state, suspensions apart: neither `Suspended` nor `Released`.
	pub status: TitleStatus,
	/// True while governance suspends it. A suspension by a referendum locks the NFT and is of an
	/// active title only; one by the technical committee locks nothing and ends by itself.
	pub suspended: Governed<bool>,
	/// Credit line that holds it. While there is one, the NFT cannot be transferred.
	pub line: Option<LineId>,
	/// True if its custodian has acknowledged the pledge to `line`.
	pub acknowledged: bool,
	/// USDai that insurers paid for damage to machines that are in being by this record: without
	/// naming a loss, and not matched by units that were reported lost since, nor by an inspection.
	pub unmatched: Balance,
	/// Its policies against damage and loss in short.
	pub covers: Covers,
	/// Its independent appraisals in short.
	pub appraisals: Estimates,
	/// First second in which a struck appraisal does not keep it from new debt any more, unix seconds;
	/// none if no appraisal was struck.
	pub struck_until: Option<Seconds>,
	/// Income of the machines.
	pub revenue: RevenueHistory,
	/// Number of its papers, which is the index of the next.
	pub documents: u32,
	/// Last second for which the last paper of each kind is good; none if it does not lapse.
	pub lapses: Lapses,
}

impl<AccountId> TitleRecord<AccountId> {
	/// Returns the facts that a valuation rests on at `now`.
	pub fn facts(&self, now: Seconds) -> TitleFacts {
		TitleFacts {
			model: self.model,
			units: self.units,
			condition: self.condition,
			commissioned_at: self.commissioned_at,
			earned_per_hour: self.revenue.earned_per_hour(self.units, now),
		}
	}

	/// Returns the lapse of the last paper of a kind, which is none if it does not lapse; none
	/// without such a paper.
	pub fn lapse_of(&self, kind: DocumentKind) -> Option<Option<Seconds>> {
		self.lapses.iter().find(|(filed, _)| *filed == kind).map(|(_, lapses)| *lapses)
	}

	/// Ensures that the last paper of each of these kinds is filed and has not lapsed at `now`.
	pub fn ensure_papers(&self, kinds: DocumentKinds, now: Seconds) -> Result<(), Ineligibility> {
		for kind in kinds.kinds() {
			let lapses = self.lapse_of(kind).ok_or(Ineligibility::DocumentMissing(kind))?;
			if lapses.is_some_and(|until| now > until) {
				return Err(Ineligibility::DocumentLapsed(kind));
			}
		}
		Ok(())
	}

	/// Returns its state at `now`: an active title is `Suspended` while governance suspends it.
	pub fn status_at(&self, now: Seconds) -> TitleStatus {
		self.status_if(self.suspended.at(now))
	}

	/// Returns its state as referenda decided it, without a suspension by the technical committee.
	pub fn governed_status(&self) -> TitleStatus {
		self.status_if(self.suspended.governed())
	}

	fn status_if(&self, suspended: bool) -> TitleStatus {
		match self.status {
			TitleStatus::Active if suspended => TitleStatus::Suspended,
			status => status,
		}
	}

	/// Returns true if its NFT is locked: by a line, by its state or by a suspension of a referendum.
	pub fn is_locked(&self) -> bool {
		self.line.is_some() || self.suspended.governed() || locks(self.status)
	}
}

/// Loss of machines of a title, and whom it harmed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Loss<AccountId> {
	/// Its id. A later loss has a higher one.
	pub id: LossId,
	/// When it was reported, unix seconds.
	pub since: Seconds,
	/// Line that held the title then.
	pub line: Option<LineId>,
	/// Owner of the NFT then.
	pub owner: AccountId,
	/// Custodian that kept the machines then; its bond answers for the loss.
	pub custodian: AccountId,
	/// Number of units that were lost with it; at least one.
	pub units: u32,
}

impl<AccountId> Loss<AccountId> {
	/// Returns the loss as auditors see it; `payable_until` is the last second in which it may be
	/// named.
	pub fn report(self, payable_until: Seconds) -> LossReport<AccountId> {
		let Self { id, since, line, owner, custodian, units } = self;
		LossReport { id, since, line, owner, custodian, units, payable_until }
	}
}

impl<AccountId: PartialEq> Loss<AccountId> {
	/// Returns true if the loss harmed a line, or another owner than `who`.
	pub fn harmed_others(&self, who: &AccountId) -> bool {
		self.line.is_some() || self.owner != *who
	}
}

/// A device that was confirmed once. Its record outlives its titles. The proof by which a device
/// shows that it is what it claims to be will stand here too.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Device<Ticket> {
	/// Confirmed title that stands for it now.
	pub title: Option<TitleId>,
	/// Earliest time at which it went into service by any of its titles, unix seconds.
	pub first_commissioned: Seconds,
	/// Worst condition in which it was confirmed, or that in which it was inspected last.
	pub worst_condition: Condition,
	/// When its loss was reported, unix seconds. While it is lost it comes under no other title.
	pub lost_at: Option<Seconds>,
	/// Storage deposit of the custodian that kept it when it was first confirmed. It stays with the
	/// record.
	pub ticket: Ticket,
}

/// An offer of the custody of a title.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct CustodyOffer<AccountId, Ticket> {
	/// Custodian to which custody is offered.
	pub to: AccountId,
	/// Account that consented: the curator of the line that held the title then, or the owner of a
	/// free title.
	pub consented_by: Option<AccountId>,
	/// Storage deposit of the present custodian; none of a referendum.
	pub ticket: Option<Ticket>,
}

impl<AccountId, Ticket> CustodyOffer<AccountId, Ticket> {
	/// Returns true if a referendum made it, which takes the machines from their custodian.
	pub fn is_of_referendum(&self) -> bool {
		self.ticket.is_none()
	}
}

/// Attestation of a title: what a draw does not ask for.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Attestation<AccountId, Ticket> {
	/// Account that receives the NFT at confirmation. From then on the owner of the NFT owns the
	/// title.
	pub beneficiary: AccountId,
	/// Verifier that confirmed it.
	pub verifier: Option<AccountId>,
	/// When it was attested, unix seconds.
	pub attested_at: Seconds,
	/// When it was confirmed, unix seconds.
	pub confirmed_at: Option<Seconds>,
	/// Digest of the evidence that the verifier saw.
	pub evidence: Option<H256>,
	/// Last inspection of its machines after the confirmation.
	pub inspection: Option<Inspection<AccountId>>,
	/// Storage deposit of the custodian for the title and the list of its devices.
	pub ticket: Ticket,
}

/// Inspection of the machines of a confirmed title, on which its condition rests from then on.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Inspection<AccountId> {
	/// Verifier that inspected them; a party of the title as the one that confirmed it.
	pub verifier: AccountId,
	/// Hash of the written report.
	pub document: H256,
	/// When it was told, unix seconds.
	pub at: Seconds,
}

/// Returns true if a title of this status has a locked NFT, held by a line or not.
pub fn locks(status: TitleStatus) -> bool {
	match status {
		TitleStatus::RedemptionRequested | TitleStatus::Suspended | TitleStatus::Lost => true,
		TitleStatus::Attested | TitleStatus::Active | TitleStatus::Released => false,
	}
}

/// Returns true if the machines of a title of this status stand with the custodian, confirmed, so
/// that they are kept and may earn.
pub fn in_custody(status: TitleStatus) -> bool {
	match status {
		TitleStatus::Active | TitleStatus::RedemptionRequested | TitleStatus::Suspended => true,
		TitleStatus::Attested | TitleStatus::Released | TitleStatus::Lost => false,
	}
}

/// An owner's request for the machines of a title.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Redemption<AccountId, Ticket> {
	/// The owner, who stays the owner while the request stands.
	pub requester: AccountId,
	/// When it was made, unix seconds.
	pub requested_at: Seconds,
	/// The last second in which the custodian answers in time.
	pub deadline: Seconds,
	/// Word of the custodian that it handed the machines over.
	pub release: Option<Release>,
	/// USDai on hold that a rejected claim forfeits; zero once a claim took it over. Another claim
	/// asks for another.
	pub deposit: Balance,
	/// Storage deposit of the requester; none while a claim has it, and once a dispute was decided.
	pub ticket: Option<Ticket>,
	/// True once a claim came of it because nobody answered.
	pub escalated: bool,
	/// True once a claim came of it because the release was disputed.
	pub disputed: bool,
}

/// Word of a custodian that it handed machines over.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Release {
	/// When it was given, unix seconds.
	pub confirmed_at: Seconds,
	/// The last second in which the owner may dispute it, outages of the chain apart.
	pub until: Seconds,
}

/// What is kept of a title whose machines were handed over: its last owner may still claim.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct ReleasedTitle<AccountId, Ticket> {
	/// Its last owner.
	pub owner: AccountId,
	/// Custodian that handed the machines over.
	pub custodian: AccountId,
	/// When the title was burnt, unix seconds.
	pub released_at: Seconds,
	/// The last second in which the owner may claim, outages of the chain apart.
	pub claim_until: Seconds,
	/// What the title counted in the custody of its custodian, and counts until no claim can come.
	pub custody_value: Balance,
	/// Storage deposit of the owner, taken over from the request.
	pub ticket: Ticket,
}

/// Why an owner claims compensation from the bond of a custodian.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum ClaimCause {
	/// The custodian did not answer the request for the machines in time.
	#[codec(index = 0)]
	NoAnswer,
	/// The owner disputes that the machines were handed over.
	#[codec(index = 1)]
	Dispute,
	/// The custodian reported the machines lost that were asked for.
	#[codec(index = 2)]
	Loss,
	/// The title was burnt, and the machines did not come.
	#[codec(index = 3)]
	AfterRelease,
}

/// A claim of an owner against the bond of the custodian that did not hand over the machines.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct BondClaim<AccountId, Ticket> {
	/// Custodian whose bond is claimed from.
	pub custodian: AccountId,
	/// Account that receives the award.
	pub claimant: AccountId,
	/// Why it was made.
	pub cause: ClaimCause,
	/// What the machines count in custody, in USD; the award at most.
	pub wanted: Balance,
	/// Part of the bond that is frozen for it, in USDai; what is wanted at most.
	pub amount: Balance,
	/// USDai of the claimant on hold, which it forfeits if the claim is rejected.
	pub deposit: Balance,
	/// When it was made, unix seconds.
	pub opened_at: Seconds,
	/// Storage deposit of the claimant, taken over from the request.
	pub ticket: Ticket,
}

/// Returns the revenue period in which a moment falls.
pub fn revenue_period(now: Seconds) -> u64 {
	now / REVENUE_PERIOD
}

/// Rental income of a title, in USDai: all of it, what registered off-takers paid of it, and the
/// latest periods of that one by one.
///
/// The buckets are a ring: period `p` is kept in bucket `p % 13`. A bucket is emptied when a later
/// period takes it over, so the buckets hold the thirteen periods up to `latest` and nothing older.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct RevenueHistory {
	/// All income since the title was issued.
	pub total: Balance,
	/// Income that registered off-takers paid, since [`Self::since`].
	pub earned: Balance,
	/// Time of the first income that a registered off-taker paid, unix seconds.
	pub since: Option<Seconds>,
	/// Period of the last income that a registered off-taker paid.
	pub latest: u64,
	/// Income of the thirteen periods up to `latest` that registered off-takers paid.
	pub buckets: [Balance; REVENUE_PERIODS as usize],
	/// Time in which off-takers paid enough to tell what the machines earn.
	pub run: Option<RevenueRun>,
}

/// A time in which off-takers pay for machines period by period. Once it has lasted for
/// [`REVENUE_HISTORY`] and three periods, what they pay tells what the machines earn, for good: one that stops paying
/// then tells it too.
///
/// A single payment tells nothing: an off-taker that wants the title to be worth less would pay a
/// dust. Until then each period that is over has to bring [`Self::enough`], or the run begins anew.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct RevenueRun {
	/// Time of its first payment, unix seconds.
	pub since: Seconds,
	/// What was earned before it.
	pub before: Balance,
	/// Least income of a period, as the governed share was when it began.
	pub enough: Balance,
	/// True once it was seen to have lasted long enough.
	pub complete: bool,
}

impl RevenueRun {
	/// Returns the first second in which it may be complete. Three periods are a little longer than
	/// [`REVENUE_HISTORY`] if it began with the first of them.
	fn may_end(&self) -> Seconds {
		let periods = revenue_period(self.since).saturating_add(3);
		let periods_end = periods.saturating_mul(REVENUE_PERIOD);
		// A time beyond all times is never reached.
		self.since.saturating_add(REVENUE_HISTORY).max(periods_end)
	}
}

impl RevenueHistory {
	/// Adds a payment at `now`, of a registered off-taker if `is_earned`. `enough` is the least income
	/// of a period of a run that begins now. Returns none if a sum would overflow.
	pub fn record(
		mut self,
		now: Seconds,
		amount: Balance,
		is_earned: bool,
		enough: Balance,
	) -> Option<Self> {
		self.total = self.total.checked_add(amount)?;
		if !is_earned {
			return Some(self);
		}
		// Before a bucket is emptied of which it needs to know.
		self.run = Some(self.run_at(now, enough));
		let period = revenue_period(now);
		let elapsed = period.saturating_sub(self.latest).min(REVENUE_PERIODS.into());
		for passed in 0..elapsed {
			self.buckets[Self::bucket(period.saturating_sub(passed))] = 0;
		}
		// A clock that ran backwards would book into the latest period.
		self.latest = self.latest.max(period);
		let bucket = &mut self.buckets[Self::bucket(self.latest)];
		*bucket = bucket.checked_add(amount)?;
		self.earned = self.earned.checked_add(amount)?;
		self.since.get_or_insert(now);
		Some(self)
	}

	/// Returns the run that a payment at `now` goes on with, or begins.
	fn run_at(&self, now: Seconds, enough: Balance) -> RevenueRun {
		match self.run {
			Some(run) if self.is_complete(&run, now) => RevenueRun { complete: true, ..run },
			Some(run) if self.is_unbroken(&run, now) => run,
			_ => RevenueRun { since: now, before: self.earned, enough, complete: false },
		}
	}

	/// Returns true if each period of a run that is over at `end` brought enough.
	fn is_unbroken(&self, run: &RevenueRun, end: Seconds) -> bool {
		let periods = revenue_period(run.since)..revenue_period(end);
		// No run that is not complete spans more periods than are kept.
		periods.end.saturating_sub(periods.start) < REVENUE_PERIODS.into()
			&& periods
				.into_iter()
				.all(|period| self.income_of(period).is_some_and(|income| income >= run.enough))
	}

	/// Returns true if a run has lasted long enough at `now`. What is paid later changes nothing.
	fn is_complete(&self, run: &RevenueRun, now: Seconds) -> bool {
		let end = run.may_end();
		run.complete || (now >= end && self.is_unbroken(run, end))
	}

	/// Returns the income of a period up to the latest; none if it is not kept any more or none came
	/// since.
	fn income_of(&self, period: u64) -> Option<Balance> {
		let age = self.latest.checked_sub(period)?;
		(age < REVENUE_PERIODS.into()).then(|| self.buckets[Self::bucket(period)])
	}

	/// Returns the income of the 365 days that end with `now` that registered off-takers paid; none if
	/// the sum would overflow, which `earned` rules out.
	///
	/// In the first year it is all that was earned. Then the running period and the eleven before it
	/// count in full, and the one before them for the part of it that lies in the 365 days, as if its
	/// income had come evenly, rounded down.
	pub fn trailing_year(&self, now: Seconds) -> Option<Balance> {
		let Some(since) = self.since else { return Some(0) };
		if now <= since.saturating_add(REVENUE_YEAR) {
			return Some(self.earned);
		}
		let (period, passed) = (revenue_period(now), now % REVENUE_PERIOD);
		let oldest = u64::from(REVENUE_PERIODS) - 1;
		(0..=oldest).filter_map(|back| self.latest.checked_sub(back)).try_fold(
			0,
			|sum: Balance, kept| {
				let income = self.buckets[Self::bucket(kept)];
				let age = period.saturating_sub(kept);
				let counted = if age < oldest {
					income
				} else if age == oldest {
					let left = REVENUE_PERIOD - passed;
					mul_div(income, left.into(), REVENUE_PERIOD.into(), Rounding::Down).ok()?
				} else {
					0
				};
				sum.checked_add(counted)
			},
		)
	}

	/// Returns what one of `units` machines earned in each hour, in use or not, of the last 365 days,
	/// or since the run began if that is later, in USDai, rounded down. `None` until off-takers have
	/// paid enough for 90 days.
	pub fn earned_per_hour(&self, units: u32, now: Seconds) -> Option<Balance> {
		let run = self.run.filter(|run| self.is_complete(run, now))?;
		let known = now.checked_sub(run.since)?;
		let earned = if known <= REVENUE_YEAR {
			self.earned.checked_sub(run.before)?
		} else {
			self.trailing_year(now)?
		};
		let unit_seconds = Balance::from(units) * Balance::from(known.min(REVENUE_YEAR));
		mul_div(earned, SECONDS_PER_HOUR.into(), unit_seconds, Rounding::Down).ok()
	}

	fn bucket(period: u64) -> usize {
		(period % u64::from(REVENUE_PERIODS)) as usize
	}
}

/// Account of a chain.
type AccountIdOf<T> = <T as SystemConfig>::AccountId;
/// A title of a chain.
pub type TitleOf<T> = TitleRecord<AccountIdOf<T>>;
/// An attestation of a chain.
pub type AttestationOf<T> = Attestation<AccountIdOf<T>, <T as Config>::TitleConsideration>;
/// A device of a chain.
pub type DeviceOf<T> = Device<<T as Config>::TitleConsideration>;
/// The losses of a title of a chain.
pub type TitleLossesOf<T> = TitleLosses<AccountIdOf<T>>;
/// An offer of custody of a chain.
pub type CustodyOfferOf<T> = CustodyOffer<AccountIdOf<T>, <T as Config>::TitleConsideration>;
/// A document of a chain.
pub type DocumentOf<T> = Document<AccountIdOf<T>, <T as Config>::TitleConsideration>;
/// A policy of a chain.
pub type PolicyOf<T> = Policy<AccountIdOf<T>, <T as Config>::PolicyConsideration>;
/// The policies of a title of a chain, oldest first.
pub type TitlePoliciesOf<T> = TitlePolicies<AccountIdOf<T>, <T as Config>::PolicyConsideration>;
/// An independent appraisal of a chain.
pub type AppraisalOf<T> = Appraisal<AccountIdOf<T>, <T as Config>::AppraisalConsideration>;
/// The independent appraisals of a title of a chain, oldest first.
pub type TitleAppraisalsOf<T> =
	TitleAppraisals<AccountIdOf<T>, <T as Config>::AppraisalConsideration>;
/// A request for machines of a chain.
pub type RedemptionOf<T> = Redemption<AccountIdOf<T>, <T as Config>::RedemptionConsideration>;
/// What is kept of a released title of a chain.
pub type ReleasedTitleOf<T> = ReleasedTitle<AccountIdOf<T>, <T as Config>::RedemptionConsideration>;
/// A claim against a bond of a chain.
pub type BondClaimOf<T> = BondClaim<AccountIdOf<T>, <T as Config>::RedemptionConsideration>;
