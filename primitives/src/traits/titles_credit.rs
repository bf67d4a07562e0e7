// SPDX-License-Identifier: Apache-2.0

//! Titles and credit lines.

use crate::{titles::Ineligibility, Balance, LineId, TitleId};
use polkadot_sdk::frame_support::dispatch::DispatchResult;

/// Reads titles. Credit asks titles.
pub trait TitleInspect<AccountId> {
	/// Returns the owner of the title's NFT.
	fn owner(title: TitleId) -> Option<AccountId>;
	/// Returns the line that holds the title.
	fn encumbrance(title: TitleId) -> Option<LineId>;
	/// Ensures that the title may secure a line now. A title that `holder` already holds passes;
	/// one that another line holds does not.
	///
	/// # Errors
	/// The first reason, in the order of [`Ineligibility`], for which the title may not.
	fn eligibility(title: TitleId, holder: Option<LineId>) -> Result<(), Ineligibility>;
	/// Returns the rental income of the last twelve 30-day periods, in USDai.
	fn trailing_revenue(title: TitleId) -> Balance;
	/// Issues an eligible, insured title to `owner`, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_title(owner: &AccountId) -> TitleId;
}

/// Pledges titles to lines. Credit asks titles.
///
/// A title that a line holds stays in it whatever becomes of the title: suspended or lost, it can
/// be released and seized as any other.
pub trait Encumber<AccountId>: TitleInspect<AccountId> {
	/// Pledges an eligible title of `owner` to a line: its NFT can no longer be transferred.
	fn encumber(title: TitleId, owner: &AccountId, line: LineId) -> DispatchResult;
	/// Frees a title that `line` holds.
	fn release(title: TitleId, line: LineId) -> DispatchResult;
	/// Hands a title that `line` holds to the account `to`, free of the line. The NFT of a
	/// suspended or lost title stays locked all the same.
	fn seize(title: TitleId, line: LineId, to: &AccountId) -> DispatchResult;
}

/// Destination of the income of a pledged title. Titles ask credit.
pub trait RevenueSink<AccountId> {
	/// Moves `amount` USDai from `payer` to the reserve of `line`.
	fn receive_revenue(line: LineId, payer: &AccountId, amount: Balance) -> DispatchResult;
	/// Moves `amount` USDai that an insurer pays for a title of `line` from `payer` to the line.
	fn receive_insurance_proceeds(
		line: LineId,
		title: TitleId,
		payer: &AccountId,
		amount: Balance,
	) -> DispatchResult;
	/// Creates a line that holds `title` of `owner`, for benchmarks; `None` where there are no
	/// lines.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_line(_owner: &AccountId, _title: TitleId) -> Option<LineId> {
		None
	}
}
