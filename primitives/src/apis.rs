//! The runtime APIs: stable, for pages, keepers and auditors. View functions mirror them.

use crate::{
	appraisal::{AppraisalError, Valuation},
	credit::{CreditError, Due, LineReport, LoanTerms},
	titles::{Ineligibility, TitleReport},
	vault::{Nav, ProofOfReserves, RequestReport, WindowReport},
	Balance, LineId, LoanId, RequestId, TitleId,
};
use alloc::vec::Vec;
use caliber_math::schedule::Installment;
use codec::Codec;
use polkadot_sdk::sp_api;

sp_api::decl_runtime_apis! {
	/// Titles.
	pub trait TitlesApi<AccountId> where AccountId: Codec {
		/// A title.
		fn title(id: TitleId) -> Option<TitleReport<AccountId>>;
		/// Whether it may secure a line, or exactly why not.
		fn eligibility(id: TitleId) -> Result<(), Ineligibility>;
	}

	/// The appraisal.
	pub trait AppraisalApi {
		/// The value of a title.
		fn appraise(id: TitleId) -> Result<Valuation, AppraisalError>;
	}

	/// Credit lines.
	pub trait CreditApi<AccountId> where AccountId: Codec {
		/// The payments of a loan of `principal` USDai under `terms`, without a loan.
		fn schedule(principal: Balance, terms: LoanTerms, originated_at: u64) -> Result<Vec<Installment>, CreditError>;
		/// What is payable on a loan now; none for an unknown loan.
		fn due(loan: LoanId) -> Option<Due>;
		/// What closes a loan now; none for an unknown loan.
		fn payoff(loan: LoanId) -> Option<Balance>;
		/// A line; none for an unknown one.
		fn line(line: LineId) -> Option<LineReport<AccountId>>;
	}

	/// The vault.
	pub trait VaultApi<AccountId> where AccountId: Codec {
		/// Assets, shares and both prices.
		fn nav() -> Nav;
		/// Shares for a deposit of `assets` now.
		fn preview_deposit(assets: Balance) -> Balance;
		/// USDai for `shares` at the redemption price now, without a queue.
		fn preview_redeem(shares: Balance) -> Balance;
		/// A redemption request.
		fn request(id: RequestId) -> Option<RequestReport<AccountId>>;
		/// The redemption windows.
		fn window() -> WindowReport;
	}

	/// The reserves.
	pub trait ReservesApi {
		/// What stands behind USDai.
		fn proof_of_reserves() -> ProofOfReserves;
	}
}
