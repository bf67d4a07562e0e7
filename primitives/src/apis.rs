// SPDX-License-Identifier: Apache-2.0

//! Runtime APIs: stable, for pages, keepers and auditors. View functions mirror them.

use crate::{
	appraisal::{
		AppraisalError, FeedReport, OracleKey, Portfolio, PortfolioError, PriceReport, Valuation,
	},
	credit::{
		AuctionReport, Book, CreditError, Due, LineReport, LineRole, LoanReport, LoanTerms, Work,
	},
	governance::ValueReport,
	reserves::{BillOffer, BillsReport, MintRateLimitReport, ProofOfReserves},
	titles::{DeviceReport, Ineligibility, TitleReport},
	vault::{Day, Nav, PreviewError, RequestReport, WindowReport},
	Balance, LineId, LoanId, RequestId, Seconds, TitleId,
};
use alloc::vec::Vec;
use caliber_math::schedule::Installment;
use codec::Codec;
use polkadot_sdk::{sp_api, sp_core::H256};

sp_api::decl_runtime_apis! {
	/// Titles and their eligibility.
	pub trait TitlesApi<AccountId> where AccountId: Codec {
		/// Returns a title; `None` for an unknown one.
		fn title(id: TitleId) -> Option<TitleReport<AccountId>>;
		/// Returns an error with the reason if the title may not secure a line.
		fn eligibility(id: TitleId) -> Result<(), Ineligibility>;
		/// Returns up to `limit` titles with ids from `from` on, by id. At most 64, of the next 1 024
		/// ids: where fewer are found, ask again from there on, up to the id of the next title.
		fn titles(from: TitleId, limit: u32) -> Vec<TitleReport<AccountId>>;
		/// Returns the titles whose NFT an account owns, by id.
		fn titles_of(who: AccountId) -> Vec<TitleId>;
		/// Returns a device by its id; `None` for one that was never confirmed.
		fn device(id: H256) -> Option<DeviceReport>;
	}

	/// Values of titles and the feeds behind them.
	pub trait AppraisalApi {
		/// Returns the value of a title now.
		fn appraise(id: TitleId) -> Result<Valuation, AppraisalError>;
		/// Returns the values of up to 256 titles, each named once, and their sum.
		fn appraise_many(ids: Vec<TitleId>) -> Result<Portfolio, PortfolioError>;
		/// Returns the value of a title by the last accepted values, whatever their age.
		fn last_known(id: TitleId) -> Result<Valuation, AppraisalError>;
		/// Returns the report on a feed, with the bounds of its next value; `None` if the key
		/// belongs to no registered model or asset.
		fn feed(key: OracleKey) -> Option<FeedReport>;
		/// Returns the reports on all feeds of models and assets that are registered, by key.
		fn prices() -> Vec<PriceReport>;
	}

	/// Credit lines, their loans and auctions.
	pub trait CreditApi<AccountId> where AccountId: Codec {
		/// Returns the installments of a loan of `principal` USDai under `terms`, drawn at
		/// `originated_at`; no loan needs to exist.
		fn schedule(
			principal: Balance,
			terms: LoanTerms,
			originated_at: u64,
		) -> Result<Vec<Installment>, CreditError>;
		/// Returns the payment due on a loan now; `None` for an unknown loan.
		fn due(loan: LoanId) -> Option<Due>;
		/// Returns the payment that closes a loan now, in USDai; `None` for an unknown loan.
		fn payoff(loan: LoanId) -> Option<Balance>;
		/// Returns a line; `None` for an unknown one.
		fn line(line: LineId) -> Option<LineReport<AccountId>>;
		/// Returns a loan; `None` for an unknown one.
		fn loan(loan: LoanId) -> Option<LoanReport>;
		/// Returns the auction of a line's titles; `None` where there is none.
		fn auction(line: LineId) -> Option<AuctionReport<AccountId>>;
		/// Returns up to `limit` lines with ids from `from` on, by id. At most 64.
		fn lines(from: LineId, limit: u32) -> Vec<(LineId, LineReport<AccountId>)>;
		/// Returns the lines in which an account has a role, by id.
		fn lines_of(who: AccountId, role: LineRole) -> Vec<LineId>;
		/// Returns the sums over all lines.
		fn book() -> Book;
		/// Returns the calls that a keeper should make, with the time from which each succeeds, in
		/// the order of time: up to `limit`, and 256 at most, of those whose time is `after` or
		/// later.
		fn due_for_work(after: Seconds, limit: u32) -> Vec<Work>;
	}

	/// The savers' vault and its redemption queue.
	pub trait VaultApi<AccountId> where AccountId: Codec {
		/// Returns assets, shares and both prices.
		fn nav() -> Nav;
		/// Returns the shares for a deposit of `assets` USDai now.
		fn preview_deposit(assets: Balance) -> Result<Balance, PreviewError>;
		/// Returns the USDai for `shares` at the redemption price now, the queue left aside.
		fn preview_redeem(shares: Balance) -> Result<Balance, PreviewError>;
		/// Returns a redemption request; `None` for an unknown one.
		fn request(id: RequestId) -> Option<RequestReport<AccountId>>;
		/// Returns the requests of an account, by id.
		fn requests_of(who: AccountId) -> Vec<RequestReport<AccountId>>;
		/// Returns the redemption windows.
		fn window() -> WindowReport;
		/// Returns up to `limit` daily records from the day `from_day` on, by day. Records are kept
		/// for 400 days.
		fn history(from_day: u32, limit: u32) -> Vec<Day>;
	}

	/// Reserves behind USDai, Treasury bills and the mint rate limit (fuse).
	pub trait ReservesApi {
		/// Returns the proof of reserves of USDai.
		fn proof_of_reserves() -> ProofOfReserves;
		/// Returns the vault's Treasury bills and the amounts that may be traded now; `None` while
		/// there are no bills.
		fn bills() -> Option<BillsReport>;
		/// Returns the USDai that may still be issued now.
		fn mint_rate_limit() -> MintRateLimitReport;
		/// Returns the offers at which the vault trades bills now.
		fn offers() -> Vec<BillOffer>;
	}

	/// Governed values.
	pub trait GovernanceApi {
		/// Returns the governed values of every area, by the name of the area.
		fn values() -> Vec<(Vec<u8>, Vec<ValueReport>)>;
		/// Returns the tempo of the chain, which divides the times that somebody has to wait for.
		fn tempo() -> u32;
	}
}
