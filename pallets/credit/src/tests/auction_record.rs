// SPDX-License-Identifier: Apache-2.0

//! The rules of an auction, without a runtime.

use crate::{
	sp_runtime::Perbill,
	types::{AuctionRecord, AuctionTerms, Bid},
};
use caliber_math::MathError;
use caliber_primitives::{credit::AuctionPhase, Balance};

const TERMS: AuctionTerms = AuctionTerms {
	min_increment: Perbill::from_percent(2),
	min_increment_amount: 0,
	duration: 1_000,
	extension: 60,
	discount: Perbill::from_percent(25),
	relistings: 2,
	option_period: 500,
	offer_binding: 7_000,
};

fn opened(reserve: Balance) -> AuctionRecord<u64> {
	AuctionRecord::open(TERMS, reserve, 100).expect("the times fit")
}

fn with_bid(amount: Balance) -> AuctionRecord<u64> {
	AuctionRecord { best: Some(Bid { bidder: 1, amount, placed_at: 100 }), ..opened(1) }
}

#[test]
fn auction_should_take_bids_until_the_second_of_its_end() {
	let auction = opened(10);
	assert_eq!((auction.started_at, auction.ends_at, auction.round), (100, 1_100, 0));
	assert!(!auction.is_over(1_099));
	assert!(auction.is_over(1_100));
	assert_eq!(auction.phase(1_100), AuctionPhase::Bidding);
}

#[test]
fn reserve_should_never_be_nothing() {
	assert_eq!(opened(0).reserve, 1);
	let mut auction = opened(1);
	auction = auction.after_no_bid(1_100).expect("it fits");
	assert_eq!(auction.reserve, 1);
}

#[test]
fn minimum_bid_should_be_the_reserve_and_then_the_increment_above_the_best() {
	assert_eq!(opened(777).minimum_bid(), Ok(777));
	assert_eq!(with_bid(1_000).minimum_bid(), Ok(1_020));
	// 2 % of 1 001 is 20.02.
	assert_eq!(with_bid(1_001).minimum_bid(), Ok(1_022));
	assert_eq!(with_bid(1).minimum_bid(), Ok(2));
	assert_eq!(with_bid(Balance::MAX).minimum_bid(), Err(MathError::Overflow));
}

/// By two percent alone it takes some two thousand bids from a unit to a dollar, each of which keeps
/// the round open.
#[test]
fn minimum_bid_should_exceed_the_best_by_an_amount_at_least() {
	let terms = AuctionTerms { min_increment_amount: 100, ..TERMS };
	let after = |amount| AuctionRecord { terms, ..with_bid(amount) }.minimum_bid();
	assert_eq!((after(1), after(5_000), after(5_001)), (Ok(101), Ok(5_100), Ok(5_102)));
}

#[test]
fn lot_should_be_won_when_a_round_is_over_with_a_bid() {
	let auction = with_bid(10);
	assert_eq!((auction.is_won(1_099), auction.is_won(1_100)), (false, true));
	assert!(!opened(10).is_won(1_100));
	// An offer to governance is never won by the clock.
	assert!(!AuctionRecord { unsold: true, ..auction }.is_won(9_000));
}

#[test]
fn bid_should_bind_in_a_round_and_for_the_binding_period_afterwards() {
	assert_eq!((with_bid(10).bound_until(100), with_bid(10).bound_until(5_000)), (None, None));
	let offer = AuctionRecord { unsold: true, ends_at: 100, ..with_bid(10) };
	assert_eq!(offer.phase(100), AuctionPhase::Resolution);
	assert_eq!(offer.bound_until(100), Some(7_100));
	let unwanted = AuctionRecord { best: None, ..offer };
	assert_eq!(unwanted.bound_until(100), None);
}

#[test]
fn minimum_bid_should_exceed_the_best_by_a_unit_when_there_is_no_increment() {
	let terms = AuctionTerms { min_increment: Perbill::zero(), ..TERMS };
	let auction = AuctionRecord { terms, ..with_bid(1_000) };
	assert_eq!(auction.minimum_bid(), Ok(1_001));
}

#[test]
fn end_should_move_only_when_a_bid_comes_late() {
	let auction = with_bid(5);
	assert_eq!(auction.end_after_bid(1_039), Ok(1_100));
	assert_eq!(auction.end_after_bid(1_040), Ok(1_100));
	assert_eq!(auction.end_after_bid(1_041), Ok(1_101));
	assert_eq!(auction.end_after_bid(1_099), Ok(1_159));
	assert_eq!(auction.end_after_bid(u64::MAX), Err(MathError::Overflow));
}

#[test]
fn lot_should_be_put_up_again_at_less_until_nobody_wants_it() {
	let first = opened(1_001).after_no_bid(2_000).expect("it fits");
	// Three quarters of 1 001 are 750.75, of 750 they are 562.5.
	assert_eq!((first.round, first.reserve, first.ends_at), (1, 750, 3_000));
	let second = first.after_no_bid(3_000).expect("it fits");
	assert_eq!((second.round, second.reserve, second.ends_at), (2, 562, 4_000));
	assert_eq!(second.phase(4_000), AuctionPhase::Bidding);
	let unsold = second.after_no_bid(4_001).expect("it fits");
	assert_eq!((unsold.round, unsold.reserve, unsold.ends_at), (2, 562, 4_501));
	assert_eq!(unsold.started_at, 100);
	assert_eq!(unsold.phase(4_500), AuctionPhase::CuratorOption);
	assert_eq!(unsold.phase(4_501), AuctionPhase::Resolution);
	// Whatever is offered then is for governance to judge, and binds no end.
	assert_eq!(unsold.minimum_bid(), Ok(1));
	assert_eq!(unsold.end_after_bid(9_000), Ok(4_501));
}

#[test]
fn auction_should_refuse_when_its_end_is_beyond_all_times() {
	assert_eq!(AuctionRecord::<u64>::open(TERMS, 1, u64::MAX), Err(MathError::Overflow));
	assert_eq!(opened(1).after_no_bid(u64::MAX), Err(MathError::Overflow));
}
