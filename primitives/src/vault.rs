// SPDX-License-Identifier: Apache-2.0

//! Types of the vault.

use crate::{credit::RoundBook, Balance, PricedAssetId, RequestId, Seconds, WindowIndex};
use alloc::vec::Vec;
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
	/// asset value for deposits. A loan that has paid ahead counts too: what it has paid is earned by
	/// the second. One past its last due date earns nothing. Bills whose yield is unknown count as
	/// earning nothing. `None` while nothing is behind the shares.
	pub forward: Option<FixedU128>,
	/// Target of governance.
	pub target: FixedU128,
}

/// Net asset value of the vault and the prices of a share. Amounts in USDai, prices in USDai a
/// share.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Nav {
	/// USDai that may be lent or paid out.
	pub idle: Balance,
	/// Treasury bills at their marked value.
	pub treasury_bills: Balance,
	/// Senior principal lent out.
	pub principal_out: Balance,
	/// Senior interest that is earned and not received, before the fee. Zero where more was paid
	/// ahead.
	pub accrued_interest: Balance,
	/// Part of the treasury in the accrued interest.
	pub accrued_fee: Balance,
	/// Senior interest that is earned and not received, net of the fee; negative where more was
	/// paid ahead.
	pub accrued_net: i128,
	/// Interest that loans had earned when their line defaulted, and that is not received, before
	/// the fee.
	pub suspended: Balance,
	/// Income that is received and not earned yet.
	pub locked: Balance,
	/// First second in which nothing of it is locked, unix seconds.
	pub locked_until: Seconds,
	/// Fee on the yield of the bills that is due and not paid.
	pub bill_fee: Balance,
	/// Expected shortfall of impaired lines.
	pub impairment: Balance,
	/// Principal and interest written off since genesis, less what was recovered.
	pub bad_debt: Balance,
	/// Assets set aside for the requests that the current settlement has yet to serve; not part of
	/// any sum here.
	pub reserved: Balance,
	/// Assets set aside for served requests; not part of any sum here.
	pub claimable: Balance,
	/// Net asset value for deposits: idle, bills and principal out, less `locked` and `bill_fee`,
	/// and the accrued and the suspended interest net of the fee. The bills count without the
	/// haircut that `treasury_bills` takes while their price is stale.
	pub for_deposits: Balance,
	/// Net asset value for redemptions: idle, bills and principal out, less `locked`, `bill_fee` and
	/// the impairment, and less what was paid ahead beyond what other loans have earned.
	pub for_redemptions: Balance,
	/// Shares in issue, including queued ones and the locked first ones.
	pub shares: Balance,
	/// Price at which shares are bought: `for_deposits / shares`, rounded up; 1 while there are no
	/// shares.
	pub deposit_price: FixedU128,
	/// Price at which shares are redeemed: `for_redemptions / shares`, rounded down; 1 while there
	/// are no shares.
	pub redemption_price: FixedU128,
	/// Income that was given to the savers since genesis, by its source.
	pub income: Vec<(IncomeSource, Balance)>,
	/// Annual rates of a share.
	pub apr: AprReport,
}

/// Source of income that is given to the savers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum IncomeSource {
	/// Reward that the issuer of a stablecoin pays on the reserves behind USDai.
	#[codec(index = 0)]
	StablecoinReward,
	/// Incentive of a protocol or a supplier of machines.
	#[codec(index = 1)]
	Incentive,
	/// Any other income.
	#[codec(index = 2)]
	Other,
}

impl IncomeSource {
	/// All sources, by index.
	pub const ALL: [Self; 3] = [Self::StablecoinReward, Self::Incentive, Self::Other];
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
	/// Window for which that bid was sealed. It counts in no other.
	pub bid_window: Option<WindowIndex>,
	/// Least redemption price at which the request is served, USDai a share.
	pub least_price: Option<FixedU128>,
	/// Account to which the request is offered.
	pub offered_to: Option<AccountId>,
}

/// Phase of the redemption windows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum WindowPhase {
	/// No closed window waits for a settlement. Bids of the current one are sealed.
	#[default]
	#[codec(index = 0)]
	Open,
	/// No closed window waits for a settlement. Bids of the current one are revealed.
	#[codec(index = 1)]
	Reveal,
	/// Money, a price or a round over the lines is awaited for a window that has closed.
	#[codec(index = 2)]
	Raising,
	/// The requests of a window that has closed can be cancelled again.
	#[codec(index = 3)]
	Reopened,
	/// The requests of a window that has closed are served.
	#[codec(index = 4)]
	Settling,
}

/// What a settlement waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Awaited {
	/// USDai that the closed requests are worth beyond what is idle.
	pub money: Balance,
	/// True if the price of the bills is older than the close.
	pub price: bool,
	/// True if no round over the lines has begun after the close and ended.
	pub round: bool,
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
	/// Phase of the closed window, or of the current one where none waits.
	pub phase: WindowPhase,
	/// End of the phase at the latest, unix seconds; `None` for a running settlement.
	pub until: Option<Seconds>,
	/// What is awaited while money is raised; nothing otherwise.
	pub awaited: Awaited,
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
	/// Suspended interest of lines in default, before the fee.
	pub suspended: Balance,
	/// Income that is received and not earned yet.
	pub locked: Balance,
	/// Fee on the yield of the bills that is due and not paid.
	pub bill_fee: Balance,
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
	/// Annual earnings of the loans and bills, as [`AprReport::forward`] says. What was realised
	/// since another day follows from the redemption prices of both.
	pub forward_apr: Option<FixedU128>,
	/// Sums by state and coverage of the last round over the lines, with its time; `None` before the
	/// first.
	pub round: Option<RoundBook>,
}

/// Reason for which a preview has no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[derive(Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum PreviewError {
	/// There is no price: nothing is behind the shares, or the price of the bills is old.
	NoPrice,
	/// Deposits are paused, above the cap, or expected losses are above the share at which shares are
	/// sold without the buyer's word.
	Closed,
	/// A figure overflows its type.
	Overflow,
}
