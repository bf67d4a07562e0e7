// SPDX-License-Identifier: Apache-2.0

//! Titles and credit lines.

use crate::{
	governance::values::RuleValues,
	titles::{Collateral, Ineligibility, InsuredLoss, TitlePart},
	Balance, LineId, TitleId,
};
use alloc::vec::Vec;
use polkadot_sdk::{frame_support::dispatch::DispatchResult, sp_runtime::DispatchError};

/// Reads titles. Credit asks titles.
pub trait TitleInspect<AccountId> {
	/// Returns the owner of the title's NFT.
	fn owner(title: TitleId) -> Option<AccountId>;
	/// Returns the line that holds the title.
	fn encumbrance(title: TitleId) -> Option<LineId>;
	/// Returns what a line asks of a title, by one record, under these rules. A title that `holder`
	/// already holds is not [`Ineligibility::Encumbered`], nor does the technical committee's
	/// suspension count against it ([`Collateral::braked`]); one that another line holds is. `None`
	/// for a title that does not exist.
	fn collateral(title: TitleId, holder: Option<LineId>, rules: &RuleValues)
		-> Option<Collateral>;
	/// Ensures that the title may secure new debt of a line now, under these rules and by its
	/// present value.
	///
	/// # Errors
	/// The first reason, in the order of [`Ineligibility`], for which the title may not.
	fn eligibility(
		title: TitleId,
		holder: Option<LineId>,
		rules: &RuleValues,
	) -> Result<(), Ineligibility>;
	/// Returns the insurance money that may still come to `line` for machines of the title, by the
	/// losses that harmed it. `None` where nothing is lost, or its period is over.
	fn insured_loss(title: TitleId, line: LineId, rules: &RuleValues) -> Option<InsuredLoss>;
	/// Returns the part that an account has in the title as its custodian, insurer or appraiser. Nobody
	/// has two.
	fn part(title: TitleId, who: &AccountId) -> Option<TitlePart>;
	/// Returns the rental income of the last 365 days that registered off-takers paid, in USDai.
	fn trailing_revenue(title: TitleId) -> Balance;
	/// Issues an eligible, insured title to `owner`, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_title(owner: &AccountId) -> TitleId;
}

/// Parties of a line. Titles ask credit.
pub trait LineParties<AccountId> {
	/// Returns the curator of a line that lives, on offer or accepted.
	fn curator(line: LineId) -> Option<AccountId>;
}

/// Titles of a line. Titles ask credit.
pub trait LineTitles {
	/// Returns the titles that a line holds; none of a line that is on offer or has ended.
	fn titles(line: LineId) -> Vec<TitleId>;
}

/// Pledges titles to lines. Credit asks titles.
///
/// A title that a line holds stays in it whatever becomes of the title: suspended or lost, it can
/// be released and seized as any other.
pub trait Encumber<AccountId>: TitleInspect<AccountId> {
	/// Pledges a title of `owner` that is eligible under the present rules to a line: its NFT can
	/// no longer be transferred. No two parties of the title and no party and the curator of the
	/// line are one account.
	fn encumber(title: TitleId, owner: &AccountId, line: LineId) -> DispatchResult;
	/// Frees a title that `line` holds.
	fn release(title: TitleId, line: LineId) -> DispatchResult;
	/// Hands a title that `line` holds to the account `to`, free of the line. The NFT of a title
	/// that is lost, or that a referendum has suspended, stays locked all the same.
	fn seize(title: TitleId, line: LineId, to: &AccountId) -> DispatchResult;
	/// Has the custodians acknowledge the pledge of all titles of a line, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_acknowledge(line: LineId);
}

/// Destination of the income of a pledged title. Titles ask credit.
pub trait RevenueSink<AccountId> {
	/// Moves `amount` USDai from `payer` to the reserve of `line`.
	fn receive_revenue(line: LineId, payer: &AccountId, amount: Balance) -> DispatchResult;
	/// Creates a line of `owner` that holds `title`, for benchmarks: the one to which a payment is
	/// the dearest. `None` where there are no lines.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_line(owner: &AccountId, title: TitleId) -> Option<LineId>;
}

/// Party that a loss of a title harmed. Titles ask credit.
///
/// What an insurer or a bond pays for a loss belongs to who was harmed when the loss was reported:
/// the line that held the title then, senior lender first. After the end of the line each gets up
/// to the principal that it lost on the line: the senior lender, then the curator.
pub trait LossPayee<AccountId> {
	/// Moves up to `amount` USDai that is paid for a loss of `title` from `payer` to those whom the
	/// loss harmed through `line`, and returns what they took. The rest belongs to the owner of the
	/// title at the time of the loss.
	fn receive_loss_payment(
		line: LineId,
		title: TitleId,
		payer: &AccountId,
		amount: Balance,
	) -> Result<Balance, DispatchError>;
	/// Notes a loss of both lenders on a line that has ended, for benchmarks. Returns the line, and
	/// the sum that it takes of a payment: ten dollars at most.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_loss() -> (LineId, Balance);
}
