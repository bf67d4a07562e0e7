//! The runtime APIs: stable, for pages, keepers and auditors. View functions mirror them.

use crate::{
	appraisal::{AppraisalError, FeedReport, OracleKey, Portfolio, PortfolioError, Valuation},
	credit::{AuctionReport, CreditError, Due, LineReport, LoanReport, LoanTerms},
	titles::{Ineligibility, TitleReport},
	vault::{BillsReport, FuseReport, Nav, ProofOfReserves, RequestReport, WindowReport},
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
		/// The values of up to 256 titles, each named once, and their sum.
		fn appraise_many(ids: Vec<TitleId>) -> Result<Portfolio, PortfolioError>;
		/// The value of a title by the last values that were accepted, however old they are.
		fn last_known(id: TitleId) -> Result<Valuation, AppraisalError>;
		/// What stands behind the value of a key; none where there never was one.
		fn feed(key: OracleKey) -> Option<FeedReport>;
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
		/// A loan; none for an unknown one.
		fn loan(loan: LoanId) -> Option<LoanReport>;
		/// The auction of a line's titles; none where there is none.
		fn auction(line: LineId) -> Option<AuctionReport<AccountId>>;
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
		/// The vault's Treasury bills and how far they may be traded now; none while there are none.
		fn bills() -> Option<BillsReport>;
		/// How much more USDai may be issued now.
		fn fuse() -> FuseReport;
	}
}
