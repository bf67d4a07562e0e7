// SPDX-License-Identifier: Apache-2.0

//! Records of the pallet, the storage they take and the arithmetic of revenue. Only the aliases at
//! the end know the runtime.

use crate::Config;
use caliber_primitives::{
	governance::Governed,
	titles::{
		AppraisalId, AppraisalReport, AssetClass, Condition, DocumentKind, FacilityId, PolicyId,
		PolicyReport, TitleFacts, TitleStatus,
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

/// The most units, hence serials, a title may stand for.
pub const MAX_SERIALS: u32 = 72;
/// The most documents of a title: one of each [`DocumentKind`] but the appraisal report, which
/// belongs to an [`Appraisal`].
pub const MAX_DOCUMENTS: u32 = 6;
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
/// The most titles that one report on titles tells of.
pub const MAX_REPORTS: u32 = 64;
/// The longest name of a facility, in bytes.
pub const MAX_FACILITY_LEN: u32 = 64;
/// The tiers a facility may have.
pub const TIERS: RangeInclusive<u8> = 1..=4;
/// Length of a revenue period. Period `i` begins `i` lengths after the unix epoch.
pub const REVENUE_PERIOD: Seconds = 30 * 24 * 60 * 60;
/// Number of revenue periods that count as the trailing year, the running one included.
pub const REVENUE_PERIODS: u8 = 12;

/// Storage that a title takes beside its serials, as a number of items and the most bytes that
/// their values have in all. Items are its record, attestation, list of serials and revenue, and
/// the details, settings and owner's entry of its NFT.
pub const TITLE_FOOTPRINT: Footprint = Footprint { count: 7, size: 581 };
/// Storage that a serial of a title takes: its entry, and its place in the list.
pub const SERIAL_FOOTPRINT: Footprint = Footprint { count: 1, size: 36 };
/// Storage that a document of a title takes.
pub const DOCUMENT_FOOTPRINT: Footprint = Footprint { count: 1, size: 80 };
/// Storage that a policy takes, in full and in short ([`Cover`]).
pub const POLICY_FOOTPRINT: Footprint = Footprint { count: 1, size: 203 };
/// Storage that an independent appraisal takes, in full and in short ([`Estimate`]).
pub const APPRAISAL_FOOTPRINT: Footprint = Footprint { count: 1, size: 145 };
/// Storage that a request for machines takes, with the claim that may come of it.
pub const REDEMPTION_FOOTPRINT: Footprint = Footprint { count: 2, size: 154 };

/// Returns the storage that a title with `serials` serials takes, its documents apart.
pub fn title_footprint(serials: u32) -> Footprint {
	// No overflow: 36 times a u32 is far below the range of a u64.
	Footprint {
		count: TITLE_FOOTPRINT.count + u64::from(serials) * SERIAL_FOOTPRINT.count,
		size: TITLE_FOOTPRINT.size + u64::from(serials) * SERIAL_FOOTPRINT.size,
	}
}

/// The name of a facility.
pub type Facility = BoundedVec<u8, ConstU32<MAX_FACILITY_LEN>>;
/// Hashes of serial numbers.
pub type SerialHashes = BoundedVec<H256, ConstU32<MAX_SERIALS>>;
/// Hashes of documents by kind.
pub type DocumentHashes = BoundedVec<(DocumentKind, H256), ConstU32<MAX_DOCUMENTS>>;
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
/// The policies of a title in short, oldest first.
pub type Covers = BoundedVec<Cover, ConstU32<MAX_POLICIES>>;
/// The independent appraisals of a title in short, oldest first.
pub type Estimates = BoundedVec<Estimate, ConstU32<MAX_APPRAISALS>>;
/// A delivery that a custodian attests in one call: owners and machines.
pub type Delivery<AccountId> = BoundedVec<(AccountId, TitleSpec), ConstU32<MAX_BATCH>>;
/// The titles that one call confirms.
pub type ConfirmBatch = BoundedVec<TitleId, ConstU32<MAX_BATCH>>;
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

/// Name and country of an insurer or appraiser.
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
}

impl PartyInfo {
	/// Returns the kind of party whose particulars these are.
	pub fn kind(&self) -> PartyKind {
		match self {
			Self::Custodian(_) => PartyKind::Custodian,
			Self::Verifier => PartyKind::Verifier,
			Self::Insurer(_) => PartyKind::Insurer,
			Self::Appraiser(_) => PartyKind::Appraiser,
		}
	}
}

/// Entry of a party in the registry.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct PartyRecord {
	/// Its particulars, of the kind under which it is registered.
	pub info: PartyInfo,
	/// True while governance keeps it from new business: a custodian from taking out its bond too.
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
	/// True while a claim against the bond keeps the custodian from taking in machines and from
	/// taking out its bond, until governance reinstates it.
	pub frozen: bool,
	/// CLBR held as its bond. Title deposits are not part of it.
	pub bond: Balance,
	/// Number of its titles that exist.
	pub live_titles: u32,
	/// Number of claims against its bond that are not decided.
	pub open_claims: u32,
}

/// Terms of a policy.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct PolicyTerms {
	/// The most that may be claimed in the term, in USDai.
	pub limit: Balance,
	/// The last second for which the premium is paid; not after `expires_at`.
	pub premium_paid_until: Seconds,
	/// The last second of the term.
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

	/// Returns the last second of cover as things stand: until then the premium is paid too.
	pub fn covers_until(&self) -> Seconds {
		self.ends_at().min(self.terms.premium_paid_until)
	}

	/// Returns true if it covers at `now`, as [`Cover::in_force`] says.
	pub fn in_force(&self, now: Seconds) -> bool {
		self.cover().in_force(now)
	}

	/// Returns true if its term or the notice of its cancellation is over.
	pub fn is_over(&self, now: Seconds) -> bool {
		now > self.ends_at()
	}

	/// Returns the policy in short, as the record of the title keeps it.
	pub fn cover(&self) -> Cover {
		Cover { policy: self.id, remaining: self.remaining(), until: self.covers_until() }
	}

	/// Returns the policy as auditors see it at `now`.
	pub fn report(&self, now: Seconds) -> PolicyReport<AccountId> {
		PolicyReport {
			id: self.id,
			insurer: self.insurer.clone(),
			reference: self.terms.reference.to_vec(),
			document: self.terms.document,
			limit: self.terms.limit,
			claimed: self.claimed,
			premium_paid_until: self.terms.premium_paid_until,
			expires_at: self.terms.expires_at,
			cancelled_at: self.cancelled_at,
			in_force: self.in_force(now),
		}
	}
}

/// A policy of a title in short: what a line needs to know of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Cover {
	/// Id of the policy.
	pub policy: PolicyId,
	/// USDai that may still be claimed.
	pub remaining: Balance,
	/// The last second of cover, unix seconds.
	pub until: Seconds,
}

impl Cover {
	/// Returns true if it covers at `now`: up to and including the last second, while something is
	/// left to be claimed.
	pub fn in_force(&self, now: Seconds) -> bool {
		now <= self.until && self.remaining > 0
	}
}

/// Returns the policies of a title in short.
pub fn covers<AccountId: Clone, Ticket>(policies: &TitlePolicies<AccountId, Ticket>) -> Covers {
	// Both have the same bound.
	Covers::truncate_from(policies.iter().map(Policy::cover).collect())
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
	/// The last second in which it counts.
	pub valid_until: Seconds,
	/// Storage deposit of the appraiser.
	pub ticket: Ticket,
}

impl<AccountId: Clone, Ticket> Appraisal<AccountId, Ticket> {
	/// Returns true if it may count at `now`, as [`Estimate::is_valid`] says.
	pub fn is_valid(&self, now: Seconds) -> bool {
		self.estimate().is_valid(now)
	}

	/// Returns the appraisal in short, as the record of the title keeps it.
	pub fn estimate(&self) -> Estimate {
		Estimate { appraisal: self.id, value: self.value, valid_until: self.valid_until }
	}

	/// Returns the appraisal as auditors see it; `counting` is the one that counts.
	pub fn report(&self, counting: Option<AppraisalId>) -> AppraisalReport<AccountId> {
		AppraisalReport {
			id: self.id,
			appraiser: self.appraiser.clone(),
			value: self.value,
			document: self.document,
			filed_at: self.filed_at,
			valid_until: self.valid_until,
			counts: counting == Some(self.id),
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
	/// The last second in which it counts, unix seconds.
	pub valid_until: Seconds,
}

impl Estimate {
	/// Returns true if it may count at `now`: up to and including its last second.
	pub fn is_valid(&self, now: Seconds) -> bool {
		now <= self.valid_until
	}
}

/// Returns the independent appraisals of a title in short.
pub fn estimates<AccountId: Clone, Ticket>(
	appraisals: &TitleAppraisals<AccountId, Ticket>,
) -> Estimates {
	// Both have the same bound.
	Estimates::truncate_from(appraisals.iter().map(Appraisal::estimate).collect())
}

/// A paper of a title.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Document<AccountId, Ticket> {
	/// Its hash.
	pub hash: H256,
	/// Account that filed it.
	pub filed_by: AccountId,
	/// Storage deposit of the account that filed it.
	pub ticket: Ticket,
}

/// Counts of what was removed with a title.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Removed {
	/// Its serials.
	pub serials: u32,
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
	/// One hash for each unit.
	pub serials: SerialHashes,
	/// Facility in which they stand; not empty.
	pub facility: Facility,
	/// Its condition.
	pub condition: Condition,
	/// When it went into service, unix seconds; not in the future.
	pub commissioned_at: Seconds,
	/// Its papers, at most one of a kind, and no appraisal report.
	pub documents: DocumentHashes,
}

/// A title as collateral: all that a draw asks of it. How it was attested, its serials, documents,
/// policies, appraisals and revenue are maps of their own.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct TitleRecord<AccountId> {
	/// The class of machine.
	pub class: AssetClass,
	/// The hardware model.
	pub model: ModelId,
	/// Number of units, as many as serials.
	pub units: u32,
	/// Their condition.
	pub condition: Condition,
	/// When they went into service, unix seconds.
	pub commissioned_at: Seconds,
	/// Facility of the custodian that keeps them.
	pub facility: FacilityId,
	/// Custodian that attested them and keeps them.
	pub custodian: AccountId,
	/// Time of the last renewal of custody, unix seconds. Written by [`crate::Pallet::heartbeat`].
	pub custody_renewed_at: Seconds,
	/// Its state, suspensions apart: neither `Suspended` nor `Redeemed`.
	pub status: TitleStatus,
	/// True while governance suspends it. A suspension by a referendum locks the NFT and is of an
	/// active title only; one by the technical committee locks nothing and ends by itself.
	pub suspended: Governed<bool>,
	/// Credit line that holds it. While there is one, the NFT cannot be transferred.
	pub line: Option<LineId>,
	/// The loss of its machines; of a lost title.
	pub loss: Option<Loss<AccountId>>,
	/// Its policies in short.
	pub covers: Covers,
	/// Its independent appraisals in short.
	pub appraisals: Estimates,
}

impl<AccountId> TitleRecord<AccountId> {
	/// Returns the facts that a valuation rests on.
	pub fn facts(&self) -> TitleFacts {
		TitleFacts {
			model: self.model,
			units: self.units,
			condition: self.condition,
			commissioned_at: self.commissioned_at,
		}
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

	/// Returns the latest appraisal that is valid at `now`.
	pub fn counting_appraisal(&self, now: Seconds) -> Option<&Estimate> {
		self.appraisals.iter().rev().find(|appraisal| appraisal.is_valid(now))
	}
}

/// Loss of the machines of a title, and whom it harmed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Loss<AccountId> {
	/// When it was reported, unix seconds.
	pub since: Seconds,
	/// Line that held the title then.
	pub line: Option<LineId>,
	/// Owner of the NFT then.
	pub owner: AccountId,
}

/// Attestation of a title: what a draw does not ask for.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Attestation<AccountId, Ticket> {
	/// Place in which the machines stand, as the custodian named it.
	pub facility: Facility,
	/// Account that receives the NFT at confirmation. From then on the owner of the NFT owns the
	/// title.
	pub beneficiary: AccountId,
	/// Verifier that confirmed it.
	pub verifier: Option<AccountId>,
	/// Storage deposit of the custodian for the title and its serials.
	pub ticket: Ticket,
}

/// Returns true if a title of this status has a locked NFT, held by a line or not.
pub fn locks(status: TitleStatus) -> bool {
	match status {
		TitleStatus::RedemptionRequested | TitleStatus::Suspended | TitleStatus::Lost => true,
		TitleStatus::Attested | TitleStatus::Active | TitleStatus::Redeemed => false,
	}
}

/// Returns true if the machines of a title of this status stand with the custodian, confirmed, so
/// that they are kept and may earn.
pub fn in_custody(status: TitleStatus) -> bool {
	match status {
		TitleStatus::Active | TitleStatus::RedemptionRequested | TitleStatus::Suspended => true,
		TitleStatus::Attested | TitleStatus::Redeemed | TitleStatus::Lost => false,
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
	/// Storage deposit of the requester; none once the claim took it over.
	pub ticket: Option<Ticket>,
	/// True once a claim came of it.
	pub escalated: bool,
}

/// A claim of an owner against the bond of the custodian that did not hand over the machines.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct BondClaim<AccountId, Ticket> {
	/// Custodian whose bond is claimed from.
	pub custodian: AccountId,
	/// Account that receives the award.
	pub claimant: AccountId,
	/// When it was made, unix seconds.
	pub opened_at: Seconds,
	/// Storage deposit of the claimant, taken over from the request.
	pub ticket: Ticket,
}

/// Returns the revenue period in which a moment falls.
pub fn revenue_period(now: Seconds) -> u64 {
	now / REVENUE_PERIOD
}

/// Rental income of a title, in USDai: all of it, and the latest periods one by one.
///
/// The buckets are a ring: period `p` is kept in bucket `p % 12`. A bucket is emptied when a later
/// period takes it over, so the buckets hold the twelve periods up to `latest` and nothing older.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct RevenueHistory {
	/// Since the title was issued.
	pub total: Balance,
	/// The period of the last payment.
	pub latest: u64,
	/// Income of the twelve periods up to `latest`.
	pub buckets: [Balance; REVENUE_PERIODS as usize],
}

impl RevenueHistory {
	/// Adds a payment made in `period`. Returns none if a sum would overflow.
	pub fn record(mut self, period: u64, amount: Balance) -> Option<Self> {
		let elapsed = period.saturating_sub(self.latest).min(REVENUE_PERIODS.into());
		for passed in 0..elapsed {
			self.buckets[Self::bucket(period.saturating_sub(passed))] = 0;
		}
		// A clock that ran backwards would book into the latest period.
		self.latest = self.latest.max(period);
		let bucket = &mut self.buckets[Self::bucket(self.latest)];
		*bucket = bucket.checked_add(amount)?;
		self.total = self.total.checked_add(amount)?;
		Some(self)
	}

	/// Returns the income of the twelve periods that end with `period`, whenever the last payment
	/// was; none if the sum would overflow, which `total` rules out.
	pub fn trailing_year(&self, period: u64) -> Option<Balance> {
		let span = u64::from(REVENUE_PERIODS);
		(0..span)
			.filter_map(|back| self.latest.checked_sub(back))
			.filter(|kept| period.saturating_sub(*kept) < span)
			.try_fold(0, |sum: Balance, kept| sum.checked_add(self.buckets[Self::bucket(kept)]))
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
/// A claim against a bond of a chain.
pub type BondClaimOf<T> = BondClaim<AccountIdOf<T>, <T as Config>::RedemptionConsideration>;
