// SPDX-License-Identifier: Apache-2.0

//! The records of the pallet and the arithmetic of revenue. Nothing here knows the runtime.

use caliber_primitives::{
	titles::{
		AppraisalId, AppraisalReport, AssetClass, Condition, DocumentKind, PolicyId, PolicyReport,
		TitleFacts, TitleStatus,
	},
	Balance, ModelId, Seconds, TitleId,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::ops::RangeInclusive;
use polkadot_sdk::{
	frame_support::{traits::ConstU32, BoundedVec},
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
/// The longest name of a facility, in bytes.
pub const MAX_FACILITY_LEN: u32 = 64;
/// The tiers a facility may have.
pub const TIERS: RangeInclusive<u8> = 1..=4;
/// Length of a revenue period. Period `i` begins `i` lengths after the unix epoch.
pub const REVENUE_PERIOD: Seconds = 30 * 24 * 60 * 60;
/// Number of revenue periods that count as the trailing year, the running one included.
pub const REVENUE_PERIODS: u8 = 12;

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
pub type TitlePolicies<AccountId> = BoundedVec<Policy<AccountId>, ConstU32<MAX_POLICIES>>;
/// The independent appraisals of a title, oldest first.
pub type TitleAppraisals<AccountId> = BoundedVec<Appraisal<AccountId>, ConstU32<MAX_APPRAISALS>>;
/// What a custodian attests in one call: owners and machines.
pub type Delivery<AccountId> = BoundedVec<(AccountId, TitleSpec), ConstU32<MAX_BATCH>>;
/// The titles that one call confirms.
pub type ConfirmBatch = BoundedVec<TitleId, ConstU32<MAX_BATCH>>;
/// The titles of one heartbeat.
pub type HeartbeatBatch = BoundedVec<TitleId, ConstU32<MAX_HEARTBEAT>>;

/// Where and how a custodian keeps machines.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct CustodianInfo {
	/// The facility; not empty.
	pub facility: Facility,
	/// Its tier, one of [`TIERS`].
	pub tier: u8,
	/// Its country: two capital letters of ISO 3166-1.
	pub jurisdiction: [u8; 2],
}

/// A registered custodian.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Custodian {
	/// What was registered.
	pub info: CustodianInfo,
	/// Whether governance keeps it from taking in machines and from taking out its bond.
	pub suspended: bool,
	/// Whether a claim against its bond does, until governance reinstates it.
	pub frozen: bool,
	/// CLBR held as its bond. Title deposits are not part of it.
	pub bond: Balance,
	/// Number of its titles that exist.
	pub live_titles: u32,
	/// Number of claims against its bond that are not decided.
	pub open_claims: u32,
}

/// What an account vouches for beside custodians and verifiers.
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
pub enum Role {
	/// Binds policies to titles and pays claims.
	Insurer,
	/// Files independent appraisals.
	Appraiser,
}

/// Who an insurer or appraiser is.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ProviderInfo {
	/// Its name; not empty.
	pub name: Name,
	/// Its country: two capital letters of ISO 3166-1.
	pub jurisdiction: [u8; 2],
}

/// A registered insurer or appraiser.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Provider {
	/// What was registered.
	pub info: ProviderInfo,
	/// Whether it takes on no new business. What it has given stays.
	pub suspended: bool,
	/// Number of its policies or appraisals that are stored.
	pub items: u32,
}

/// What an insurer promises.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
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
pub struct Policy<AccountId> {
	/// Its id.
	pub id: PolicyId,
	/// Who insures.
	pub insurer: AccountId,
	/// What the running term promises.
	pub terms: PolicyTerms,
	/// What was claimed in the running term, in USDai; the limit at most.
	pub claimed: Balance,
	/// The last second of cover, if it was cancelled; not after the term.
	pub cancelled_at: Option<Seconds>,
	/// CLBR held from the insurer.
	pub deposit: Balance,
}

impl<AccountId: Clone> Policy<AccountId> {
	/// What may still be claimed, in USDai.
	pub fn remaining(&self) -> Balance {
		self.terms.limit.max(self.claimed) - self.claimed
	}

	/// The last second in which it can be in force: the end of the term, or of the notice of a
	/// cancellation.
	pub fn ends_at(&self) -> Seconds {
		self.cancelled_at.unwrap_or(self.terms.expires_at).min(self.terms.expires_at)
	}

	/// The last second of cover as things stand: until then the premium is paid too.
	pub fn covers_until(&self) -> Seconds {
		self.ends_at().min(self.terms.premium_paid_until)
	}

	/// Whether it covers at `now`: up to and including the last second, while something is left to
	/// be claimed.
	pub fn in_force(&self, now: Seconds) -> bool {
		now <= self.covers_until() && self.remaining() > 0
	}

	/// Whether its term or the notice of its cancellation is over.
	pub fn is_over(&self, now: Seconds) -> bool {
		now > self.ends_at()
	}

	/// The policy as auditors see it at `now`.
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

/// An independent appraisal of a title.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Appraisal<AccountId> {
	/// Its id.
	pub id: AppraisalId,
	/// Who appraised.
	pub appraiser: AccountId,
	/// The value of the whole title, in USD with 18 decimals; not zero.
	pub value: Balance,
	/// Hash of the written appraisal.
	pub document: H256,
	/// When it was filed, unix seconds.
	pub filed_at: Seconds,
	/// The last second in which it counts.
	pub valid_until: Seconds,
	/// CLBR held from the appraiser.
	pub deposit: Balance,
}

impl<AccountId: Clone> Appraisal<AccountId> {
	/// Whether it may count at `now`: up to and including its last second.
	pub fn is_valid(&self, now: Seconds) -> bool {
		now <= self.valid_until
	}

	/// The appraisal as auditors see it; `counting` is the one that counts.
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

/// A paper of a title.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Document<AccountId> {
	/// Its hash.
	pub hash: H256,
	/// Who filed it.
	pub filed_by: AccountId,
	/// CLBR held from who filed it.
	pub deposit: Balance,
}

/// How much went with a title.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Removed {
	/// Its serials.
	pub serials: u32,
	/// Its documents.
	pub documents: u32,
	/// Its policies and appraisals.
	pub covers: u32,
	/// CLBR that came back to its custodian.
	pub deposit: Balance,
}

/// What a custodian attests of a machine.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct TitleSpec {
	/// The class of machine; that of its model.
	pub class: AssetClass,
	/// A listed hardware model.
	pub model: ModelId,
	/// One hash for each unit.
	pub serials: SerialHashes,
	/// Where it stands; not empty.
	pub facility: Facility,
	/// Its condition.
	pub condition: Condition,
	/// When it went into service, unix seconds; not in the future.
	pub commissioned_at: Seconds,
	/// Its papers, at most one of a kind, and no appraisal report.
	pub documents: DocumentHashes,
}

/// A title. Its serials, documents, policies, appraisals, encumbrance, custody and revenue are maps
/// of their own.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Title<AccountId> {
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
	/// Where they stand.
	pub facility: Facility,
	/// Who attested them and keeps them.
	pub custodian: AccountId,
	/// Who receives the NFT at confirmation. From then on the NFT says who owns the title.
	pub beneficiary: AccountId,
	/// Who confirmed them.
	pub verifier: Option<AccountId>,
	/// CLBR held from the custodian for this record and its serials.
	pub deposit: Balance,
	/// Where the title stands in its life.
	pub status: TitleStatus,
}

impl<AccountId> Title<AccountId> {
	/// What a valuation needs to know.
	pub fn facts(&self) -> TitleFacts {
		TitleFacts {
			model: self.model,
			units: self.units,
			condition: self.condition,
			commissioned_at: self.commissioned_at,
		}
	}
}

/// Whether the NFT of a title of this status is locked, whoever holds the title.
pub fn locks(status: TitleStatus) -> bool {
	match status {
		TitleStatus::RedemptionRequested | TitleStatus::Suspended | TitleStatus::Lost => true,
		TitleStatus::Attested | TitleStatus::Active | TitleStatus::Redeemed => false,
	}
}

/// Whether the machines of a title of this status stand with the custodian, confirmed, so that
/// they are kept and may earn.
pub fn in_custody(status: TitleStatus) -> bool {
	match status {
		TitleStatus::Active | TitleStatus::RedemptionRequested | TitleStatus::Suspended => true,
		TitleStatus::Attested | TitleStatus::Redeemed | TitleStatus::Lost => false,
	}
}

/// An owner's request for the machines of a title.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Redemption<AccountId> {
	/// The owner, who stays the owner while the request stands.
	pub requester: AccountId,
	/// When it was made, unix seconds.
	pub requested_at: Seconds,
	/// The last second in which the custodian answers in time.
	pub deadline: Seconds,
	/// CLBR held from the requester for it; zero once the claim took it over.
	pub deposit: Balance,
	/// Whether a claim came of it.
	pub escalated: bool,
}

/// A claim of an owner against the bond of the custodian that did not hand over the machines.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct BondClaim<AccountId> {
	/// Whose bond.
	pub custodian: AccountId,
	/// Who receives what governance awards.
	pub claimant: AccountId,
	/// When it was made, unix seconds.
	pub opened_at: Seconds,
	/// CLBR held from the claimant for it.
	pub deposit: Balance,
}

/// The period a moment falls into.
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
	/// Add a payment made in `period`; none if a sum would overflow.
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

	/// Income of the twelve periods that end with `period`, whenever the last payment was; none if
	/// the sum would overflow, which `total` rules out.
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
