//! The traits that join the pallets. The runtime says who implements which.

use crate::{
	appraisal::{AppraisalError, OracleKey, OracleValue, Valuation},
	titles::{AssetClass, Ineligibility, TitleFacts},
	Balance, LineId, ModelId, PricedAssetId, Seconds, TitleId,
};
use polkadot_sdk::{
	frame_support::{dispatch::DispatchResult, weights::Weight},
	sp_runtime::{FixedU128, Perbill},
};

/// What the appraisal asks of titles.
pub trait InspectTitles {
	/// Model, units, condition and commissioning of a title that exists.
	fn facts(title: TitleId) -> Option<TitleFacts>;
	/// What the latest independent appraisal that is still valid says of the whole title, in USD.
	/// It may lower the value, never raise it.
	fn independent_value(title: TitleId) -> Option<Balance>;
}

/// What titles ask of the appraisal.
pub trait InspectModels {
	/// The class of a model that exists and is listed: one that a new title may name.
	fn listed_class(model: ModelId) -> Option<AssetClass>;
	/// Why the model keeps a title from securing a line, if it does.
	fn ineligibility(model: ModelId) -> Option<Ineligibility>;
	/// The value of a title now, which its policies have to cover.
	fn title_value(title: TitleId) -> Result<Balance, AppraisalError>;
	/// Make a listed model of this class whose titles have a value, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_model(class: AssetClass) -> ModelId;
}

/// What credit asks of titles.
///
/// A title that a line holds stays in it whatever becomes of the title: suspended or lost, it can
/// be released and seized as any other.
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
	/// Hand a title that `line` holds to a new owner, free of the line; one that is suspended or
	/// lost stays locked for that.
	fn seize(title: TitleId, line: LineId, to: &AccountId) -> DispatchResult;
	/// Rental income of the last twelve 30-day periods, in USDai.
	fn trailing_revenue(title: TitleId) -> Balance;
	/// Issue an eligible, insured title to `owner`, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_title(owner: &AccountId) -> TitleId;
}

/// What credit asks of the appraisal.
pub trait TitleValue {
	/// The value of a title now.
	fn appraise(title: TitleId) -> Result<Valuation, AppraisalError>;
	/// The value of a title by the last values that were accepted, however old they are and whatever
	/// the status of its model: what a loss is estimated from.
	fn last_known(title: TitleId) -> Result<Valuation, AppraisalError>;
	/// The most that is lent against a dollar of a model; none for an unknown model.
	fn max_advance_rate(model: ModelId) -> Option<Perbill>;
	/// The model of a title.
	fn model_of(title: TitleId) -> Option<ModelId>;
}

/// Where a pledged title's income goes.
pub trait RevenueSink<AccountId> {
	/// Move `amount` USDai from `payer` to the reserve of `line`.
	fn receive_revenue(line: LineId, payer: &AccountId, amount: Balance) -> DispatchResult;
	/// Move `amount` USDai that an insurer pays for a title of `line` to the line.
	fn receive_claim(
		line: LineId,
		title: TitleId,
		payer: &AccountId,
		amount: Balance,
	) -> DispatchResult;
	/// Make a line that holds `title` of `owner`, for benchmarks; none where there are no lines.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_line(_owner: &AccountId, _title: TitleId) -> Option<LineId> {
		None
	}
}

/// Who wants to know that the oracle accepted a value. What is done here is done in the operator's
/// transaction: it takes the same short time whatever there is of lines, titles and requests.
pub trait OnNewAppraisal {
	/// A value was accepted for `key`.
	fn on_new_appraisal(key: &OracleKey, value: OracleValue, as_of: Seconds);
	/// The most that [`Self::on_new_appraisal`] weighs.
	fn weight() -> Weight;
}

impl OnNewAppraisal for () {
	fn on_new_appraisal(_: &OracleKey, _: OracleValue, _: Seconds) {}

	fn weight() -> Weight {
		Weight::zero()
	}
}

impl<A: OnNewAppraisal, B: OnNewAppraisal> OnNewAppraisal for (A, B) {
	fn on_new_appraisal(key: &OracleKey, value: OracleValue, as_of: Seconds) {
		A::on_new_appraisal(key, value, as_of);
		B::on_new_appraisal(key, value, as_of);
	}

	fn weight() -> Weight {
		A::weight().saturating_add(B::weight())
	}
}

/// Prices of assets by the oracle.
pub trait PriceSource {
	/// Price of one whole unit in USD with 18 decimals, and its time.
	fn price(asset: PricedAssetId) -> Result<(Balance, Seconds), AppraisalError>;
	/// The last price that was accepted, however old, and its time; none if there never was one.
	fn last_known(asset: PricedAssetId) -> Option<(Balance, Seconds)>;
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
	/// What the bills count for when shares are bought, in USDai, rounded down: not less than
	/// [`Self::value`], where that is marked down because their price is old. None where it is not
	/// known: no shares are sold then.
	fn value_for_deposits() -> Option<Balance> {
		Some(Self::value())
	}
	/// Sell bills so that up to `wanted` USDai come back to the vault by [`IdleFunds::put_back`], and
	/// say how much came. Less comes, or nothing, where the market or a limit does not give more:
	/// what is missing is no error.
	fn divest(wanted: Balance) -> Balance;
	/// What the bills earn in a year by their accepted prices; none while too few are known.
	fn annual_yield() -> Option<FixedU128>;
	/// Put bills worth about `amount` USDai into the vault that [`Self::divest`] can sell, for
	/// benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_bills(_amount: Balance) {}
}

/// What the reserves ask of the vault: the money that bills are bought from.
pub trait IdleFunds<AccountId> {
	/// USDai that is neither lent nor owed.
	fn idle() -> Balance;
	/// The net asset value for redemptions, in USDai: what the liquidity buffer is a share of.
	fn assets() -> Balance;
	/// USDai that the requests of windows that have closed, or will within `ahead` seconds, are
	/// worth at the redemption price.
	fn wanted_within(ahead: Seconds) -> Balance;
	/// Take `amount` out of the idle money, to `to`.
	fn take(to: &AccountId, amount: Balance) -> DispatchResult;
	/// Bring `amount` from `from` to the idle money.
	fn put_back(from: &AccountId, amount: Balance) -> DispatchResult;
	/// Put `amount` of USDai of savers into the vault, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_idle(amount: Balance);
}
