// SPDX-License-Identifier: Apache-2.0

//! Random steps around auctions: lines that default in turn, bids or none, prices that crash,
//! payments up to the last moment.

use super::lot::*;
use crate::{
	frame_support::storage::with_storage_layer, tests::mock::*, types::Bid, Auctions, LineLosses,
	Lines,
};
use caliber_math::schedule::Amortization;
use caliber_primitives::{
	appraisal::AppraisalError,
	credit::{FeeRecipient, LineState},
	traits::{LossPayee, TitleInspect},
	Balance, LineId, Seconds, USD,
};
use proptest::prelude::*;

/// One step around an auction. Lines are picked among those that are there.
#[derive(Clone, Debug)]
pub enum AuctionOp {
	/// Declare the default of each loan of a line.
	DeclareDefault { line: usize },
	/// Put a line's titles up.
	Start { line: usize },
	/// Bid the least there is and something more.
	Bid { line: usize, who: usize, more: Balance },
	/// Take an offer back.
	Withdraw { line: usize, who: usize },
	/// End a round.
	Settle { line: usize },
	/// Let rounds without bids end, so many, and the curator's option with them.
	Skip { line: usize, rounds: u32 },
	/// Let the curator take a lot.
	Take { line: usize },
	/// Let governance accept the best offer, or give the lot away.
	Resolve { line: usize, accept: bool },
	/// Let a title be worth this, or have no value of today.
	Revalue { title: u32, worth: Balance, stale: bool },
	/// Pay a loan of the line.
	Repay { line: usize, amount: Balance },
	/// Pay all loans of the line.
	Payoff { line: usize },
	/// Have an insurer pay for a title of the line.
	Claim { line: usize, amount: Balance },
	/// Have an insurer pay for a title of a line that is gone and has cost its lenders something.
	LateClaim { loss: usize, amount: Balance },
	/// Close an account to deposits, or open it again.
	Toggle { who: usize, blocked: bool },
	/// Let an account fetch what is kept for it.
	Fetch { who: usize },
	/// Open a line over a free title and draw.
	Open { title: u32, amount: Balance },
	/// Let the time of something come: the end of a round or an option, or so many seconds.
	Pass { line: usize, seconds: Option<Seconds> },
	/// Let the chain make no blocks for so many seconds.
	StandStill { seconds: Seconds },
	/// Let governance change the rules of auctions to come.
	Rules { duration: Seconds, relistings: u32 },
}

/// Who bids, borrows and underwrites.
const PEOPLE: [AccountId; 5] = [ANYONE, OTHER_BORROWER, CURATOR, OTHER_CURATOR, BORROWER];

pub fn any_auction_op() -> impl Strategy<Value = AuctionOp> {
	let amount =
		|| (1..400_000u128, any::<u64>()).prop_map(|(usd, dust)| usd * USD + Balance::from(dust));
	let pick = || 0..3usize;
	let who = || 0..PEOPLE.len();
	let seconds = || {
		prop_oneof![
			3 => Just(None),
			2 => (1..4 * DAY).prop_map(Some),
			1 => (30 * DAY..60 * DAY).prop_map(Some),
		]
	};
	prop_oneof![
		3 => pick().prop_map(|line| AuctionOp::DeclareDefault { line }),
		4 => pick().prop_map(|line| AuctionOp::Start { line }),
		5 => (pick(), who(), prop_oneof![Just(0), amount()])
			.prop_map(|(line, who, more)| AuctionOp::Bid { line, who, more }),
		1 => (pick(), who()).prop_map(|(line, who)| AuctionOp::Withdraw { line, who }),
		5 => pick().prop_map(|line| AuctionOp::Settle { line }),
		4 => (pick(), 1..5u32).prop_map(|(line, rounds)| AuctionOp::Skip { line, rounds }),
		2 => pick().prop_map(|line| AuctionOp::Take { line }),
		2 => (pick(), any::<bool>()).prop_map(|(line, accept)| AuctionOp::Resolve { line, accept }),
		2 => (1..6u32, prop_oneof![Just(1), amount()], any::<bool>())
			.prop_map(|(title, worth, stale)| AuctionOp::Revalue { title, worth, stale }),
		2 => (pick(), amount()).prop_map(|(line, amount)| AuctionOp::Repay { line, amount }),
		1 => pick().prop_map(|line| AuctionOp::Payoff { line }),
		1 => (pick(), amount()).prop_map(|(line, amount)| AuctionOp::Claim { line, amount }),
		2 => (pick(), amount()).prop_map(|(loss, amount)| AuctionOp::LateClaim { loss, amount }),
		1 => (who(), any::<bool>()).prop_map(|(who, blocked)| AuctionOp::Toggle { who, blocked }),
		1 => who().prop_map(|who| AuctionOp::Fetch { who }),
		2 => (1..6u32, amount()).prop_map(|(title, amount)| AuctionOp::Open { title, amount }),
		5 => (pick(), seconds()).prop_map(|(line, seconds)| AuctionOp::Pass { line, seconds }),
		1 => (1..5 * DAY).prop_map(|seconds| AuctionOp::StandStill { seconds }),
		1 => (DAY..9 * DAY, 0..4u32)
			.prop_map(|(duration, relistings)| AuctionOp::Rules { duration, relistings }),
	]
}

/// Steps that only move auctions on, by others than who pays everything in the tests.
pub fn any_lot_op() -> impl Strategy<Value = AuctionOp> {
	let pick = || 0..4usize;
	let who = || 1..PEOPLE.len();
	prop_oneof![
		3 => pick().prop_map(|line| AuctionOp::Start { line }),
		3 => (pick(), who(), prop_oneof![Just(0), 1..USD])
			.prop_map(|(line, who, more)| AuctionOp::Bid { line, who, more }),
		1 => (pick(), who()).prop_map(|(line, who)| AuctionOp::Withdraw { line, who }),
		2 => pick().prop_map(|line| AuctionOp::Settle { line }),
		2 => (pick(), 1..5u32).prop_map(|(line, rounds)| AuctionOp::Skip { line, rounds }),
		1 => pick().prop_map(|line| AuctionOp::Take { line }),
		1 => (pick(), any::<bool>()).prop_map(|(line, accept)| AuctionOp::Resolve { line, accept }),
	]
}

fn line_at(index: usize) -> Option<LineId> {
	let mut ids: Vec<LineId> = Lines::<Test>::iter_keys().collect();
	ids.sort();
	let index = index % ids.len().max(1);
	ids.get(index).copied()
}

/// Try a step. It may be refused; what is promised when it is not is asserted here.
pub fn apply_auction(op: AuctionOp) {
	let by = RuntimeOrigin::signed;
	match op {
		AuctionOp::DeclareDefault { line: index } => {
			for loan in line_at(index).map(loans_of).unwrap_or_default() {
				let _ = declare_default(loan);
			}
		}
		AuctionOp::Start { line: index } => {
			if let Some(id) = line_at(index) {
				let in_default = line(id).state == LineState::Defaulted && line(id).outstanding > 0;
				let cure = || Credit::cure(by(ANYONE), id).map(|_| ()).map_err(|e| e.error);
				let ready = in_default && undone(cure).is_err();
				assert_eq!(start(id).is_ok(), ready, "a line in default is liquidated or cured");
			}
		}
		AuctionOp::Bid { line: index, who, more } => {
			let open = line_at(index).and_then(|id| Some((id, Credit::auction(id)?)));
			if let Some((id, report)) = open {
				let minimum = report.minimum_bid;
				let amount = minimum.unwrap_or(report.reserve) + more;
				let done = bid(PEOPLE[who], id, amount);
				assert!(done.is_err() || minimum.is_some(), "a bid out of time");
				if done.is_ok() {
					let (best, bidder) = (auction(id).best, PEOPLE[who]);
					let placed_at = now();
					assert_eq!(best, Some(Bid { bidder, amount, placed_at }));
				}
			}
		}
		AuctionOp::Withdraw { line: index, who } => {
			if let Some(id) = line_at(index) {
				let _ = withdraw_bid(PEOPLE[who], id);
			}
		}
		AuctionOp::Settle { line: index } => {
			if let Some(id) = line_at(index) {
				let over = Auctions::<Test>::get(id)
					.is_some_and(|auction| !auction.unsold && now() >= ends_at(&auction));
				assert_eq!(settle(id).is_ok(), over, "a round that is over can be settled");
			}
		}
		AuctionOp::Skip { line: index, rounds } => {
			for _ in 0..rounds {
				let bare = |id: &LineId| {
					Auctions::<Test>::get(id).is_some_and(|auction| auction.best.is_none())
				};
				let Some(id) = line_at(index).filter(bare) else { return };
				set_time(ends_at(&auction(id)).max(now()));
				let _ = settle(id);
			}
		}
		AuctionOp::Take { line: index } => {
			if let Some(id) = line_at(index) {
				let _ = credit_bid(line(id).curator, id);
			}
		}
		AuctionOp::Resolve { line: index, accept } => {
			let open = line_at(index).and_then(|id| Some((id, Auctions::<Test>::get(id)?)));
			if let Some((id, auction)) = open {
				let best = auction.best.filter(|_| accept);
				let (to, price) = best.map_or((TREASURY, 0), |best| (best.bidder, best.amount));
				let _ = resolve(id, to, price);
			}
		}
		AuctionOp::Revalue { title, worth, stale } => {
			set_worth(title, Ok(worth));
			if stale {
				set_worth(title, Err(AppraisalError::Stale(some_key())));
			}
		}
		AuctionOp::Repay { line: index, amount } => {
			let loan = line_at(index).and_then(|id| loans_of(id).first().copied());
			if let Some(loan) = loan {
				// It may release a bid of its payer, whose balance is greater afterwards.
				let _ = Credit::repay(by(ANYONE), loan, amount);
			}
		}
		AuctionOp::Payoff { line: index } => {
			for loan in line_at(index).map(loans_of).unwrap_or_default() {
				let _ = Credit::payoff(by(ANYONE), loan, FUNDS);
			}
		}
		AuctionOp::Claim { line: index, amount } => {
			if let Some(id) = line_at(index) {
				// As part of the insurer's transaction.
				let _ = with_storage_layer(|| Credit::receive_loss_payment(id, 1, &ANYONE, amount));
			}
		}
		AuctionOp::LateClaim { loss, amount } => {
			let mut ids: Vec<LineId> = LineLosses::<Test>::iter_keys().collect();
			ids.sort();
			if let Some(id) = ids.get(loss % ids.len().max(1)).copied() {
				let (senior, junior) = losses(id);
				let pay = || Credit::receive_loss_payment(id, 1, &ANYONE, amount);
				if let Ok(taken) = with_storage_layer(pay) {
					assert_eq!(taken, amount.min(senior + junior));
					let to_senior = amount.min(senior);
					let left = (senior - to_senior, junior - (taken - to_senior));
					assert_eq!(losses(id), left, "the senior lender comes first");
				}
			}
		}
		AuctionOp::Toggle { who, blocked } => {
			if blocked {
				let _ = Assets::block(by(ADMIN), caliber_primitives::USDAI, PEOPLE[who]);
			} else {
				let _ = Assets::thaw(by(ADMIN), caliber_primitives::USDAI, PEOPLE[who]);
			}
		}
		AuctionOp::Fetch { who } => {
			let _ = Credit::claim_payout(by(ANYONE), PEOPLE[who]);
		}
		AuctionOp::Open { title, amount } => open_and_draw(title, amount),
		AuctionOp::StandStill { seconds } => stand_still(seconds),
		AuctionOp::Rules { duration, relistings } => Rules::change(|rules| {
			rules.auction_duration = duration;
			rules.max_relistings = relistings;
		}),
		AuctionOp::Pass { line: index, seconds } => match seconds {
			Some(seconds) => set_time(now() + seconds),
			None => {
				let end = line_at(index).and_then(Auctions::<Test>::get).map(|it| ends_at(&it));
				set_time(end.unwrap_or(now() + PERIOD).max(now()));
			}
		},
	}
}

/// Opens a line over a free title by its owner, and draws a loan.
pub fn open_and_draw(title: u32, amount: Balance) {
	let Some(owner) = TitlesMock::owner(title).filter(|_| line_of_title(title).is_none()) else {
		return;
	};
	let mut terms = terms();
	terms.revolving = amount.is_multiple_of(2);
	terms.availability_end = now() + 100 * DAY;
	terms.loan.amortization = Amortization::Level;
	terms.loan.fees.servicing = percent(1, FeeRecipient::Curator);
	terms.loan.fees.liquidation = percent(3, FeeRecipient::Treasury);
	let by = RuntimeOrigin::signed;
	let id = crate::NextLineId::<Test>::get();
	let curator = if owner == CURATOR { OTHER_CURATOR } else { CURATOR };
	if Credit::offer_line(by(curator), owner, terms, now() + DAY).is_ok()
		&& accept(owner, id, &terms, &[title]).is_ok()
	{
		let _ = Credit::draw(by(owner), id, amount);
	}
}
