//! The traits that join the pallets. The runtime says who implements which.

use crate::{
	appraisal::{AppraisalError, Valuation},
	titles::{AssetClass, Ineligibility, TitleFacts},
	Balance, LineId, ModelId, PricedAssetId, Seconds, TitleId,
};
use polkadot_sdk::{frame_support::dispatch::DispatchResult, sp_runtime::Perbill};

/// What the appraisal asks of titles.
pub trait InspectTitles {
	/// Model, units, condition and commissioning of a title that exists.
	fn facts(title: TitleId) -> Option<TitleFacts>;
}

/// What titles ask of the appraisal.
pub trait InspectModels {
	/// The class of a model that exists and is listed: one that a new title may name.
	fn listed_class(model: ModelId) -> Option<AssetClass>;
	/// Why the model keeps a title from securing a line, if it does.
	fn ineligibility(model: ModelId) -> Option<Ineligibility>;
	/// Make a listed model of this class, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_model(class: AssetClass) -> ModelId;
}

/// What credit asks of titles.
pub trait Encumber<AccountId> {
	/// The owner of the title's NFT.
	fn owner(title: TitleId) -> Option<AccountId>;
	/// The line that holds the title.
	fn encumbrance(title: TitleId) -> Option<LineId>;
	/// Whether the title may secure a line now, not counting the line that may already hold it.
	fn eligibility(title: TitleId, holder: Option<LineId>) -> Result<(), Ineligibility>;
	/// Pledge an eligible title of `owner` to a line: its NFT can no longer be transferred.
	fn encumber(title: TitleId, owner: &AccountId, line: LineId) -> DispatchResult;
	/// Free a title that `line` holds.
	fn release(title: TitleId, line: LineId) -> DispatchResult;
	/// Hand a title that `line` holds to a new owner, free.
	fn seize(title: TitleId, line: LineId, to: &AccountId) -> DispatchResult;
	/// Rental income of the last twelve 30-day periods, in USDai.
	fn trailing_revenue(title: TitleId) -> Balance;
	/// Issue an eligible title to `owner`, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_title(owner: &AccountId) -> TitleId;
}

/// What credit asks of the appraisal.
pub trait TitleValue {
	/// The value of a title now.
	fn appraise(title: TitleId) -> Result<Valuation, AppraisalError>;
	/// The most that is lent against a dollar of a model; none for an unknown model.
	fn max_advance_rate(model: ModelId) -> Option<Perbill>;
	/// The model of a title.
	fn model_of(title: TitleId) -> Option<ModelId>;
}

/// Where a pledged title's income goes.
pub trait RevenueSink<AccountId> {
	/// Move `amount` USDai from `payer` to the reserve of `line`.
	fn receive_revenue(line: LineId, payer: &AccountId, amount: Balance) -> DispatchResult;
}

/// Prices of assets by the oracle.
pub trait PriceSource {
	/// Price of one whole unit in USD with 18 decimals, and its time.
	fn price(asset: PricedAssetId) -> Result<(Balance, Seconds), AppraisalError>;
}

/// How a loan earns in the senior lender's books: `per_second` USDai each second from `since` on.
///
/// `since` may lie ahead of the clock: interest was then paid in advance, and what is not earned
/// yet counts against what others have earned.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Accrual {
	/// Interest a second, floor(principal * rate / 10^18).
	pub per_second: Balance,
	/// The time up to which interest was paid.
	pub since: Seconds,
}

/// What credit asks of the savers' vault.
pub trait SeniorLender<AccountId> {
	/// USDai that may be lent now.
	fn liquidity() -> Balance;
	/// Lend `amount` to `to`.
	fn lend(to: &AccountId, amount: Balance) -> DispatchResult;
	/// Take a payment from `from`. The fee on the interest goes to the treasury.
	fn receive(from: &AccountId, principal: Balance, interest: Balance) -> DispatchResult;
	/// Replace how a loan earns. None before it is drawn and after it stops earning.
	fn rebook(old: Option<Accrual>, new: Option<Accrual>) -> DispatchResult;
	/// Replace the expected shortfall of a loan.
	fn reimpair(old: Balance, new: Balance) -> DispatchResult;
	/// Write off principal that will not come back.
	fn write_off(principal: Balance) -> DispatchResult;
	/// Put `amount` of USDai of savers into the vault, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_liquidity(amount: Balance);
}

/// What the vault asks of the reserves: idle money in Treasury bills.
pub trait TreasuryBills {
	/// The bills at their marked value, in USDai, rounded down.
	fn value() -> Balance;
}
