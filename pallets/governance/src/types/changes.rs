// SPDX-License-Identifier: Apache-2.0

//! Changes of governed values.

use caliber_primitives::governance::values::{
	AppraisalValue, CreditValue, GovernanceValue, ReserveValue, RuleValue, TitleValue, VaultValue,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Area of governed values.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum AreaId {
	/// Limits of lines and loans.
	#[codec(index = 0)]
	Credit,
	/// Rules of lines, kept by version.
	#[codec(index = 1)]
	Rules,
	/// Titles and the parties behind them.
	#[codec(index = 2)]
	Titles,
	/// Values of the oracle.
	#[codec(index = 3)]
	Appraisal,
	/// The savers' vault.
	#[codec(index = 4)]
	Vault,
	/// The peg and the Treasury bills.
	#[codec(index = 5)]
	Reserves,
	/// Times of governance itself.
	#[codec(index = 6)]
	Governance,
}

/// New value of one governed value, with times as for a chain of tempo 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Serialize, Deserialize)]
pub enum Change {
	/// Of credit.
	#[codec(index = 0)]
	Credit(CreditValue),
	/// Of the rules of lines.
	#[codec(index = 1)]
	Rules(RuleValue),
	/// Of titles.
	#[codec(index = 2)]
	Titles(TitleValue),
	/// Of the appraisal.
	#[codec(index = 3)]
	Appraisal(AppraisalValue),
	/// Of the vault.
	#[codec(index = 4)]
	Vault(VaultValue),
	/// Of the reserves.
	#[codec(index = 5)]
	Reserves(ReserveValue),
	/// Of governance itself.
	#[codec(index = 6)]
	Governance(GovernanceValue),
}

impl Change {
	/// Returns the area of the value.
	pub fn area(&self) -> AreaId {
		match self {
			Self::Credit(_) => AreaId::Credit,
			Self::Rules(_) => AreaId::Rules,
			Self::Titles(_) => AreaId::Titles,
			Self::Appraisal(_) => AreaId::Appraisal,
			Self::Vault(_) => AreaId::Vault,
			Self::Reserves(_) => AreaId::Reserves,
			Self::Governance(_) => AreaId::Governance,
		}
	}
}

/// Changes that one call makes.
pub type Changes = BoundedVec<Change, ConstU32<32>>;
