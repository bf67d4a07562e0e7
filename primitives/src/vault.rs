// SPDX-License-Identifier: Apache-2.0

//! Types of the vault.

use crate::{Balance, PricedAssetId, RequestId, Seconds, WindowIndex};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use polkadot_sdk::{
	frame_support::{traits::ConstU32, BoundedVec},
	sp_core::H256,
	sp_runtime::{FixedI128, FixedU128},
};
use scale_info::TypeInfo;

/// Annual rates of a share, as simple interest over 365 days.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct AprReport {
	/// Growth of the redemption price over seven days: interest, less fee and losses. `None` while
	/// the vault is younger.
	pub realised_7: Option<FixedI128>,
	/// Growth of the redemption price over thirty days.
	pub realised_30: Option<FixedI128>,
	/// Growth of the redemption price over ninety days.
	pub realised_90: Option<FixedI128>,
	/// Annual earnings of the current loans and bills, net of the fee on interest, over the net
	/// asset value for deposits. Bills whose yield is unknown count as earning nothing. `None`
	/// while nothing is behind the shares.
	pub forward: Option<FixedU128>,
	/// Target of governance.
	pub target: FixedU128,
}

/// Net asset value of the vault and the prices of a share. Amounts in USDai, prices in USDai a
/// share.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Nav {
	/// USDai that may be lent or paid out.
	pub idle: Balance,
	/// Treasury bills at their marked value.
	pub treasury_bills: Balance,
	/// Senior principal lent out.
	pub principal_out: Balance,
	/// Senior interest that is earned and not received, before the fee.
	pub accrued_interest: Balance,
	/// Part of the treasury in the accrued interest.
	pub accrued_fee: Balance,
	/// Expected shortfall of impaired lines.
	pub impairment: Balance,
	/// Principal and interest written off since genesis, less what was recovered.
	pub bad_debt: Balance,
	/// Assets set aside for the requests that the current settlement has yet to serve; not part of
	/// any sum here.
	pub reserved: Balance,
	/// Assets set aside for served requests; not part of any sum here.
	pub claimable: Balance,
	/// Net asset value for deposits: idle, bills, principal out and the accrued interest net of the
	/// fee. The bills count without the haircut that `treasury_bills` takes while their price is
	/// stale.
	pub for_deposits: Balance,
	/// Net asset value for redemptions: idle, bills and principal out, less the impairment.
	pub for_redemptions: Balance,
	/// Shares in issue, including queued ones and the locked first ones.
	pub shares: Balance,
	/// Price at which shares are bought: `for_deposits / shares`, rounded up; 1 while there are no
	/// shares.
	pub deposit_price: FixedU128,
	/// Price at which shares are redeemed: `for_redemptions / shares`, rounded down; 1 while there
	/// are no shares.
	pub redemption_price: FixedU128,
	/// Annual rates of a share.
	pub apr: AprReport,
}

/// Report on a redemption request, for its owner.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct RequestReport<AccountId> {
	/// Id of the request.
	pub id: RequestId,
	/// Account that is paid.
	pub owner: AccountId,
	/// Shares in escrow.
	pub shares: Balance,
	/// Redemption window in which the shares queue now.
	pub window: WindowIndex,
	/// USDai served and not yet claimed.
	pub claimable: Balance,
	/// Tick: part of the proceeds that the request offers to give up, in basis points; the one
	/// revealed last, or 0.
	pub tick: u16,
	/// Bid that was sealed last: blake2_256 of the encoded (request, tick, salt).
	pub commitment: Option<H256>,
	/// True if that bid has been revealed.
	pub revealed: bool,
}

/// Redemption windows at a block's time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct WindowReport {
	/// Window that takes requests now.
	pub current: WindowIndex,
	/// Time at which the current window closes, unix seconds.
	pub closes_at: Seconds,
	/// Time from which bids are revealed, and no longer sealed, until the current window closes,
	/// unix seconds.
	pub reveal_from: Seconds,
	/// Length of the current window, in seconds.
	pub length: Seconds,
	/// Length of the windows after the current one, in seconds; `None` where it does not change.
	pub next_length: Option<Seconds>,
	/// Shares in escrow of all requests.
	pub queued_shares: Balance,
	/// Last window of the current settlement; `None` where no settlement runs.
	pub settling: Option<WindowIndex>,
	/// Last window of a settlement that anyone may start now; `None` where none may start.
	pub due: Option<WindowIndex>,
}

/// Largest number of stablecoins in a [`Day`].
pub const MAX_RESERVES: u32 = 10;

/// Record of the vault and the peg, written once a day. Amounts in USDai, prices in USDai a share.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Day {
	/// Number of the day since the unix epoch.
	pub day: u32,
	/// Time of the record, unix seconds.
	pub at: Seconds,
	/// Price at which shares are bought.
	pub deposit_price: FixedU128,
	/// Price at which shares are redeemed.
	pub redemption_price: FixedU128,
	/// USDai that is neither lent nor owed.
	pub idle: Balance,
	/// Treasury bills at their marked value.
	pub treasury_bills: Balance,
	/// Senior principal lent out.
	pub principal_out: Balance,
	/// Senior interest that is earned and not received, net of the fee; negative where more was
	/// paid ahead.
	pub accrued_interest: i128,
	/// Expected shortfall of impaired lines.
	pub impairment: Balance,
	/// Principal and interest written off since genesis, less what was recovered.
	pub bad_debt: Balance,
	/// Shares in issue.
	pub shares: Balance,
	/// Shares of requests that wait.
	pub queued_shares: Balance,
	/// Assets that served requests have not claimed yet.
	pub claimable: Balance,
	/// USDai in issue.
	pub usdai_supply: Balance,
	/// Stablecoins behind USDai, by their id at the oracle and in USDai.
	pub reserves: BoundedVec<(PricedAssetId, Balance), ConstU32<MAX_RESERVES>>,
	/// Annual yield of the bills.
	pub bills_apr: Option<FixedU128>,
}

/// Reason for which a preview has no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum PreviewError {
	/// There is no price: nothing is behind the shares, or the price of the bills is old.
	NoPrice,
	/// Deposits are paused, or above the cap.
	Closed,
	/// A figure overflows its type.
	Overflow,
}
