//! Types of the vault and the reserves.

use crate::{Balance, PricedAssetId, RequestId, Seconds, WindowIndex};
use codec::{Decode, Encode};
use polkadot_sdk::sp_runtime::FixedU128;
use scale_info::TypeInfo;

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
	/// Assets set aside for served requests; in none of the sums.
	pub claimable: Balance,
	/// Assets that count when shares are bought.
	pub for_deposits: Balance,
	/// Assets that count when shares are redeemed.
	pub for_redemptions: Balance,
	/// Shares in issue, queued ones and the locked first ones included.
	pub shares: Balance,
	/// `for_deposits / shares`, rounded up; 1 while there are no shares.
	pub deposit_price: FixedU128,
	/// `for_redemptions / shares`, rounded down; 1 while there are no shares.
	pub redemption_price: FixedU128,
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
}

/// The redemption windows at a block's time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct WindowReport {
	/// The window that takes requests now.
	pub current: WindowIndex,
	/// When it closes, unix seconds.
	pub closes_at: Seconds,
	/// Length of a window.
	pub length: Seconds,
	/// Shares in escrow, of all requests.
	pub queued_shares: Balance,
	/// The window whose settlement has begun and is not finished.
	pub settling: Option<WindowIndex>,
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
	/// Whether supply equals debt and each reserve covers its debt.
	pub backed: bool,
}
