// SPDX-License-Identifier: Apache-2.0

//! Lines in default and lots for sale, for the benchmarks of auctions.

use super::{drawn, funded, min_draw, opened, plenty, values, PERIOD};
use crate::{
	frame_support::traits::tokens::fungible::Mutate, impls::LineOp, pallet::*, types::MAX_TITLES,
	BenchmarkHelper,
};
use caliber_math::MAX_INSTALLMENTS;
use caliber_primitives::{traits::Encumber, Balance, LineId, Seconds};
use polkadot_sdk::{frame_benchmarking::v2::account, frame_support::assert_ok};

/// Let the clock pass.
pub(super) fn wait<T: Config>(seconds: Seconds) {
	let now = Pallet::<T>::now().checked_add(seconds).expect("a term fits");
	T::BenchmarkHelper::set_time(now);
}

/// A line in default with `titles` titles and `loans` loans, all of whose payment periods are
/// overdue.
pub(super) fn in_default<T: Config>(titles: u32, loans: u32) -> (T::AccountId, LineId) {
	let (curator, borrower) = (funded::<T>("curator"), funded::<T>("borrower"));
	let line_id = opened::<T>(&curator, &borrower, MAX_TITLES);
	let mut first = None;
	for _ in 0..loans {
		let loan_id = drawn::<T>(&borrower, line_id);
		first = first.or(Some(loan_id));
	}
	// As many titles as it takes to draw, then no more than were asked for.
	Lines::<T>::mutate(line_id, |line| {
		let line = line.as_mut().expect("the line was opened");
		for title in line.titles.iter().skip(titles as usize) {
			assert_ok!(T::Titles::release(*title, line_id));
		}
		line.titles.truncate(titles as usize);
	});
	assert_ok!(Pallet::<T>::do_top_up_reserve(borrower, line_id, min_draw::<T>()));
	wait::<T>(PERIOD * Seconds::from(MAX_INSTALLMENTS) + values::<T>().max_grace_period + 1);
	assert_ok!(Pallet::<T>::do_declare_default(first.expect("a line in default has a loan")));
	let op = LineOp::<T>::load(line_id).expect("the line was opened");
	T::BenchmarkHelper::set_time(op.sale_from().expect("it is in default"));
	(curator, line_id)
}

/// The same, up for auction.
pub(super) fn auctioned<T: Config>(titles: u32, loans: u32) -> (T::AccountId, LineId) {
	let (curator, line_id) = in_default::<T>(titles, loans);
	assert_ok!(Pallet::<T>::do_start_auction(line_id));
	(curator, line_id)
}

/// The same, and nobody bid in any round: the curator's option runs.
pub(super) fn unsold<T: Config>(titles: u32, loans: u32) -> (T::AccountId, LineId) {
	let (curator, line_id) = auctioned::<T>(titles, loans);
	while Auctions::<T>::get(line_id).is_some_and(|auction| !auction.unsold) {
		end_round::<T>(line_id);
		assert_ok!(Pallet::<T>::do_settle_auction(line_id));
	}
	(curator, line_id)
}

/// The same, and the curator let it pass.
pub(super) fn unwanted<T: Config>(titles: u32, loans: u32) -> LineId {
	let (_, line_id) = unsold::<T>(titles, loans);
	end_round::<T>(line_id);
	line_id
}

/// Let the time come when no bid is taken any more, or the curator's option is over.
pub(super) fn end_round<T: Config>(line_id: LineId) {
	let auction = Auctions::<T>::get(line_id).expect("an auction runs");
	T::BenchmarkHelper::set_time(auction.ends_at);
}

/// The last second in which a bid is taken, which keeps the round open.
pub(super) fn last_second<T: Config>(line_id: LineId) {
	let auction = Auctions::<T>::get(line_id).expect("an auction runs");
	T::BenchmarkHelper::set_time(auction.ends_at - 1);
}

/// Let a line be as if all of its debt were paid.
pub(super) fn repay<T: Config>(line_id: LineId) {
	Lines::<T>::mutate(line_id, |line| {
		let line = line.as_mut().expect("the line is there");
		line.loans = Default::default();
		line.outstanding = 0;
		line.senior_outstanding = 0;
	});
}

/// More than the line owes and the lot is to bring.
pub(super) fn high_bid<T: Config>(line_id: LineId) -> Balance {
	let auction = Auctions::<T>::get(line_id).expect("an auction runs");
	let owed = Lines::<T>::get(line_id).map_or(0, |line| line.outstanding);
	auction.reserve.max(owed).checked_mul(100).expect("amounts are far below the limit")
}

/// An account that can pay so much.
pub(super) fn bidder<T: Config>(name: &'static str, amount: Balance) -> T::AccountId {
	let who: T::AccountId = account(name, 0, 0);
	let enough = amount.checked_add(plenty::<T>()).expect("amounts are far below the limit");
	assert_ok!(T::UsdAi::mint_into(&who, enough));
	who
}
