// SPDX-License-Identifier: Apache-2.0

//! Record of a line, the offer of new terms for it, and its states.

use super::{LoanRecord, Provision};
use crate::{
	frame_support::{pallet_prelude::ConstU32, BoundedVec},
	frame_system,
	pallet::Config,
};
use caliber_math::Rounding;
use caliber_primitives::{
	credit::{Breach, LineState, LineTerms, LineVersions, LoanId, MAX_MODELS},
	Balance, LineId, ModelId, ModelVersion, Seconds, ShareOf, TitleId,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The most titles a line may hold.
pub const MAX_TITLES: u32 = 64;
/// The most loans a line may have outstanding.
pub const MAX_LOANS: u32 = 16;
/// The most installments the terms of a line may keep back.
pub const MAX_RESERVE_INSTALLMENTS: u8 = 12;
/// Number of the smallest units of USDai by which a curator's share of a draw may be less than its
/// rounded-up part of the amount, so that the rounding of earlier draws and payments does not keep
/// the last of a line's limit from being drawn. Less than a millionth of a millionth of a dollar.
pub const FIRST_LOSS_DUST: Balance = 10_000;

/// Titles of a line.
pub type Titles = BoundedVec<TitleId, ConstU32<MAX_TITLES>>;

/// Principal of a line that stands against each model, by model, in USDai.
pub type Exposure = BoundedVec<(ModelId, Balance), ConstU32<MAX_MODELS>>;

/// The record of a line in a runtime.
pub type LineRecordOf<T> =
	LineRecord<<T as frame_system::Config>::AccountId, <T as Config>::LineConsideration>;

/// A line. `Ticket` is the storage deposit of its curator.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct LineRecord<AccountId, Ticket> {
	/// The borrower.
	pub borrower: AccountId,
	/// The curator.
	pub curator: AccountId,
	/// The terms, as offered.
	pub terms: LineTerms,
	/// Time from which the offer cannot be accepted, unix seconds. Without meaning afterwards.
	pub expires_at: Seconds,
	/// State of the line.
	pub state: LineState,
	/// The titles pledged.
	pub titles: Titles,
	/// Versions of the rules and of the models, from the time when the line was accepted and the
	/// first title of each model was pledged. They never change.
	pub versions: LineVersions,
	/// The loans outstanding, by number. A loan that is repaid leaves.
	pub loans: BoundedVec<LoanRecord, ConstU32<MAX_LOANS>>,
	/// Number of the next loan.
	pub next_loan: u32,
	/// The curator's USDai held for draws to come.
	pub junior_locked: Balance,
	/// USDai set aside for payments, in the pallet's account.
	pub reserve: Balance,
	/// Principal ever drawn, in USDai.
	pub drawn_total: Balance,
	/// Principal outstanding, in USDai.
	pub outstanding: Balance,
	/// The senior lender's part of the principal outstanding, in USDai.
	pub senior_outstanding: Balance,
	/// Principal that stands against each model, in USDai. The parts add up to `outstanding` after
	/// a draw, and to more once payments have lowered it, until the next draw or round of idle work.
	pub exposure: Exposure,
	/// Insurance proceeds that are not yet applied to the loans, in USDai, in the pallet's account.
	pub insurance_proceeds: Balance,
	/// The covenant that is broken, until the line is whole again.
	pub breach: Option<Breach>,
	/// Time at which the line went into default, unix seconds.
	pub defaulted_at: Option<Seconds>,
	/// Expected proceeds of a sale of the titles, as of the last assessment, in USDai.
	pub recovery: Balance,
	/// The provision for the expected shortfall of the senior lender, as it stands in its books, in
	/// USDai.
	pub impairment: Balance,
	/// The last assessment of the line, from which its provision follows.
	pub provision: Provision,
	/// The curator's part of the payments made while the line is in default, in USDai, in the
	/// pallet's account. It stands behind the senior lender until the line is whole again, or goes
	/// down the waterfall.
	pub junior_holdback: Balance,
	/// Ticket of the curator's deposit for the storage of the line and of new terms offered for it.
	pub deposit: Ticket,
}

impl<AccountId, Ticket> LineRecord<AccountId, Ticket> {
	/// Returns the part of the limit that is left to draw: of the principal outstanding if the line
	/// revolves, else of the principal ever drawn.
	pub fn undrawn(&self) -> Balance {
		let used = if self.terms.revolving { self.outstanding } else { self.drawn_total };
		self.terms.limit.max(used) - used
	}

	/// Returns a loan that is outstanding; none for a number that never was, or is repaid.
	pub fn loan(&self, number: u32) -> Option<&LoanRecord> {
		let at = self.loans.binary_search_by_key(&number, |loan| loan.number).ok()?;
		self.loans.get(at)
	}

	/// Returns the ids of the loans outstanding, by number.
	pub fn loan_ids(&self, line_id: LineId) -> impl Iterator<Item = LoanId> + '_ {
		self.loans.iter().map(move |loan| LoanId { line: line_id, number: loan.number })
	}

	/// Returns true if payments were made that are not booked against the models yet.
	pub fn exposure_lags(&self) -> bool {
		let mut parts = self.exposure.iter().map(|(_, part)| *part);
		parts.try_fold(0, Balance::checked_add) != Some(self.outstanding)
	}

	/// Returns the version of a model under which the line took its first title of it; none for a
	/// model that it never had a title of.
	pub fn version_of(&self, model: ModelId) -> Option<ModelVersion> {
		self.versions.models.iter().find(|(of, _)| *of == model).map(|(_, version)| *version)
	}

	/// Returns the principal outstanding less the insurance money that the line holds for it: what
	/// its titles have to cover. A claim that is paid lowers it at once.
	pub fn net_debt(&self) -> Balance {
		self.outstanding.max(self.insurance_proceeds) - self.insurance_proceeds
	}

	/// Returns the expected shortfall of the senior lender if the line was sold, by the last
	/// assessment of the titles. The curator lent its part beside the senior lender and stands behind
	/// it: the proceeds of the sale, and all that the line holds, are the senior lender's first.
	pub fn shortfall(&self) -> Balance {
		let sources = [
			self.recovery,
			self.reserve,
			self.insurance_proceeds,
			self.provision.insured,
			self.junior_holdback,
		];
		sources
			.into_iter()
			.fold(self.senior_outstanding, |lacking, source| lacking.max(source) - source)
	}

	/// Returns true if a part of a shortfall is provisioned, should there be one.
	pub fn is_provisioned(&self) -> bool {
		is_distressed(self.state) || !self.provision.weight.is_zero()
	}

	/// Returns the part of the shortfall that is provisioned, rounded up.
	pub fn expected_loss(&self) -> Balance {
		self.provision.weight.share_of(self.shortfall(), Rounding::Up)
	}
}

/// New terms for an accepted line.
#[derive(Clone, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct TermsOffer {
	/// The terms.
	pub terms: LineTerms,
	/// Time from which the terms cannot be accepted, unix seconds.
	pub expires_at: Seconds,
}

/// Returns true if the loans of a line in this state earn in the senior lender's books.
pub fn accrues(state: LineState) -> bool {
	matches!(state, LineState::Open | LineState::Breached)
}

/// Returns true if a loss is expected of a line in this state.
pub fn is_distressed(state: LineState) -> bool {
	matches!(state, LineState::Breached | LineState::Defaulted | LineState::Liquidating)
}

/// Returns true if a line in state `from` may go to state `to`.
pub fn may_follow(from: LineState, to: LineState) -> bool {
	use LineState::*;
	matches!(
		(from, to),
		(Offered, Open)
			| (Open, Breached | Defaulted)
			| (Breached, Open | Defaulted)
			| (Defaulted, Open | Liquidating)
			| (Liquidating, Open)
	)
}
