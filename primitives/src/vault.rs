//! Types of the vault and the reserves.

use crate::{Balance, PricedAssetId, RequestId, Seconds, WindowIndex};
use codec::{Decode, Encode};
use polkadot_sdk::{
	sp_core::H256,
	sp_runtime::{FixedI128, FixedU128},
};
use scale_info::TypeInfo;

/// What a share earns in a year. Simple interest over 365 days.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct AprReport {
	/// By the redemption price of seven days ago and now: interest received, less fee and losses.
	/// None while the vault is younger.
	pub realised_7: Option<FixedI128>,
	/// The same over thirty days.
	pub realised_30: Option<FixedI128>,
	/// The same over ninety days.
	pub realised_90: Option<FixedI128>,
	/// What the loans and the bills of this moment earn in a year, net of the fee on interest, over
	/// the net asset value for deposits. Bills whose yield is unknown earn nothing. None while
	/// nothing is behind the shares.
	pub forward: Option<FixedU128>,
	/// What governance aims at.
	pub target: FixedU128,
}

/// What the savers' shares are worth and why. Amounts in USDai, prices in USDai a share.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Nav {
	/// USDai that may be lent or paid out.
	pub idle: Balance,
	/// Treasury bills at their marked value.
	pub treasury_bills: Balance,
	/// Senior principal lent out.
	pub principal_out: Balance,
	/// Senior interest earned and not received, before the fee.
	pub accrued_interest: Balance,
	/// The treasury's part of the accrued interest.
	pub accrued_fee: Balance,
	/// Expected shortfall of impaired loans.
	pub impairment: Balance,
	/// Principal that was written off, since the beginning.
	pub bad_debt: Balance,
	/// Assets set aside for the requests that a running settlement is still to serve; in none of the
	/// sums.
	pub reserved: Balance,
	/// Assets set aside for served requests; in none of the sums.
	pub claimable: Balance,
	/// Assets that count when shares are bought: idle, bills, principal out and the accrued interest
	/// net of the fee. The bills count without what is taken off `treasury_bills` because their
	/// price is old.
	pub for_deposits: Balance,
	/// Assets that count when shares are redeemed.
	pub for_redemptions: Balance,
	/// Shares in issue, queued ones and the locked first ones included.
	pub shares: Balance,
	/// `for_deposits / shares`, rounded up; 1 while there are no shares.
	pub deposit_price: FixedU128,
	/// `for_redemptions / shares`, rounded down; 1 while there are no shares.
	pub redemption_price: FixedU128,
	/// What a share earns.
	pub apr: AprReport,
}

/// A redemption request as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct RequestReport<AccountId> {
	/// The request.
	pub id: RequestId,
	/// Who is paid.
	pub owner: AccountId,
	/// Shares still in escrow.
	pub shares: Balance,
	/// The window in which they queue now.
	pub window: WindowIndex,
	/// USDai served and not claimed yet.
	pub claimable: Balance,
	/// What it offers to give up of its proceeds, in basis points: the last that was revealed, or 0.
	pub tick: u16,
	/// The bid that was sealed for it last: blake2_256 of the encoded (request, tick, salt).
	pub commitment: Option<H256>,
	/// Whether that bid has been revealed.
	pub revealed: bool,
	/// CLBR on hold for it.
	pub deposit: Balance,
}

/// The redemption windows at a block's time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct WindowReport {
	/// The window that takes requests now.
	pub current: WindowIndex,
	/// When it closes, unix seconds.
	pub closes_at: Seconds,
	/// From when bids are revealed, and no longer sealed, until it closes.
	pub reveal_from: Seconds,
	/// Length of a window.
	pub length: Seconds,
	/// Length of the windows after this one, where it is going to change.
	pub next_length: Option<Seconds>,
	/// Shares in escrow, of all requests.
	pub queued_shares: Balance,
	/// The last window of the settlement that has begun and is not finished.
	pub settling: Option<WindowIndex>,
	/// The last window of a settlement that anyone may start now.
	pub due: Option<WindowIndex>,
}

/// One dollar stablecoin behind USDai.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ReserveReport {
	/// The oracle's number for the asset, where it has one.
	pub priced_asset: Option<PricedAssetId>,
	/// Symbol of the asset.
	pub symbol: alloc::vec::Vec<u8>,
	/// Decimals of the asset.
	pub decimals: u8,
	/// USDai issued against it, 18 decimals.
	pub debt: Balance,
	/// What the peg account holds of it, in its own smallest unit.
	pub balance: Balance,
	/// The same in 18 decimals, rounded down.
	pub balance_usd: Balance,
	/// The oracle's price, 18 decimals; none where it is missing or old.
	pub price: Option<Balance>,
	/// Whether the last accepted price, however old, is so low that no USDai is issued against the
	/// stablecoin.
	pub below_floor: bool,
}

/// The Treasury bills of the vault and what may be traded in them now.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct BillsReport {
	/// The oracle's number for the token.
	pub priced_asset: PricedAssetId,
	/// Symbol of the token.
	pub symbol: alloc::vec::Vec<u8>,
	/// Decimals of the token.
	pub decimals: u8,
	/// Bills in the books, in the token's smallest unit. What was donated is not among them.
	pub held: Balance,
	/// What they count for, in USDai.
	pub value: Balance,
	/// The last price the oracle accepted for a whole bill, 18 decimals; none where there never was
	/// one.
	pub price: Option<Balance>,
	/// The time of that price.
	pub price_at: Option<Seconds>,
	/// Whether there is no fresh price: the bills count for less and are not traded.
	pub stale: bool,
	/// What the pool pays for a whole bill before its fee, in USDai; none without a pool.
	pub pool_price: Option<Balance>,
	/// Growth of the accepted prices over up to 90 days, in a year; none while too few are known.
	pub annual_yield: Option<FixedU128>,
	/// USDai of the vault that is neither lent nor owed.
	pub idle: Balance,
	/// USDai that is to stay idle: the buffer and what the redemption queue wants soon.
	pub target: Balance,
	/// By how much the idle USDai exceeds the target.
	pub spare: Balance,
	/// By how much it falls short of the target.
	pub missing: Balance,
	/// USDai that rebalancing may still trade in this hour.
	pub rebalance_room: Balance,
	/// USDai that a settlement may still sell bills for in this hour.
	pub divest_room: Balance,
}

/// The fuse of USDai: how much its supply may still grow.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct FuseReport {
	/// When the period began.
	pub since: Seconds,
	/// When the next one begins.
	pub until: Seconds,
	/// USDai in issue when the growth of the period began to count.
	pub supply: Balance,
	/// The most by which it may grow in the period.
	pub allowance: Balance,
	/// What may still be issued in the period, were nothing redeemed.
	pub room: Balance,
}

/// The books of the peg: every USDai is matched by a stablecoin.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ProofOfReserves {
	/// USDai in issue.
	pub supply: Balance,
	/// USDai the peg module has issued and not taken back.
	pub debt: Balance,
	/// Each stablecoin.
	pub reserves: alloc::vec::Vec<ReserveReport>,
	/// Treasury bills of the vault, at their marked value.
	pub treasury_bills: Balance,
	/// The Treasury bills in detail; none where the vault has none.
	pub bills: Option<BillsReport>,
	/// How much more USDai may be issued.
	pub fuse: FuseReport,
	/// Whether the debt covers the supply and each reserve its debt. The peg keeps supply and debt
	/// equal; what holders burn of their own lowers the supply alone.
	pub backed: bool,
}
