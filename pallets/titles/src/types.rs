// SPDX-License-Identifier: Apache-2.0

//! The records of the pallet and the arithmetic of revenue. Nothing here knows the runtime.

use caliber_primitives::{
	titles::{AssetClass, Condition, DocumentKind, TitleFacts, TitleStatus},
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
/// The most documents of a title: one of each [`DocumentKind`].
pub const MAX_DOCUMENTS: u32 = 7;
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
	/// Whether it may take in machines and take out its bond.
	pub suspended: bool,
	/// CLBR held as its bond. Title deposits are not part of it.
	pub bond: Balance,
	/// Number of its titles that exist.
	pub live_titles: u32,
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
	/// Its papers, at most one of a kind.
	pub documents: DocumentHashes,
}

/// A title. Its serials, documents, encumbrance, custody and revenue are maps of their own.
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
	/// CLBR held from the custodian for this record.
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
