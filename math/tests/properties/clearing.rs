// SPDX-License-Identifier: Apache-2.0

//! The clearing of a redemption window, compared with the rule of the specification applied request
//! by request.

use caliber_math::clearing::{clear, Clearing, Price, CHUNK, CHUNKS, MAX_TICK, TICK_WHOLE};
use num_bigint::BigUint;
use proptest::prelude::*;

use crate::{config, reference::big};

/// Shares of a request that are served and their proceeds, rounded down.
type Served = (u128, u128);

/// Book of requests, in the order in which they stand, each a tick and its shares.
#[derive(Clone, Debug)]
struct Book {
	nav: u128,
	supply: u128,
	liquidity: u128,
	requests: Vec<(u16, u128)>,
}

fn amount(value: BigUint) -> u128 {
	u128::try_from(value).unwrap()
}

/// Amounts are in units of one `supply · 10 000`th: prices are exact.
impl Book {
	fn worth(&self, shares: &BigUint, tick: u16) -> BigUint {
		shares * self.nav * (TICK_WHOLE - tick)
	}

	fn has(&self) -> BigUint {
		big(self.liquidity) * self.supply * TICK_WHOLE
	}

	fn bid(&self, counts: impl Fn(u16) -> bool) -> BigUint {
		self.requests.iter().filter(|(tick, _)| counts(*tick)).map(|(_, shares)| big(*shares)).sum()
	}

	/// Returns the marginal and the clearing tick, sought tick by tick.
	fn ticks(&self) -> (Option<u16>, u16) {
		let marginal = (0..=MAX_TICK).rev().find(|m| {
			let from = self.bid(|tick| tick >= *m);
			self.worth(&from, *m) > self.has()
		});
		let above = match marginal {
			Some(m) => self.bid(|tick| tick > m),
			None => self.bid(|_| true),
		};
		let clearing = (marginal.unwrap_or(0)..=MAX_TICK)
			.find(|d| self.worth(&above, *d) <= self.has())
			.expect("nothing is bid above the highest tick");
		(marginal, clearing)
	}

	/// Serves each request at the clearing tick, one after the other.
	fn serve(&self, marginal: Option<u16>, clearing: u16) -> Vec<Served> {
		let each = self.worth(&big(1_u32), clearing);
		let unit = big(self.supply) * TICK_WHOLE;
		let mut left = self.has();
		let mut served = vec![(0, 0); self.requests.len()];
		let above = |tick: u16| marginal.is_none_or(|marginal| tick > marginal);
		for (index, (_, shares)) in self.requests.iter().enumerate().filter(|(_, r)| above(r.0)) {
			let cost = &each * *shares;
			assert!(cost <= left, "more is served than there is");
			left -= &cost;
			served[index] = (*shares, amount(cost / &unit));
		}
		if marginal != Some(clearing) {
			return served;
		}
		for (index, (tick, shares)) in self.requests.iter().enumerate() {
			if *tick == clearing {
				let part = amount((&left / &each).min(big(*shares)));
				let cost = &each * part;
				left -= &cost;
				served[index] = (part, amount(cost / &unit));
			}
		}
		served
	}

	fn clear(&self) -> Clearing {
		let mut ticks = [[0_u128; CHUNK]; CHUNKS];
		for (tick, shares) in &self.requests {
			ticks[usize::from(*tick) / CHUNK][usize::from(*tick) % CHUNK] += shares;
		}
		let chunks = ticks.map(|chunk| chunk.iter().sum());
		let price = Price { nav: self.nav, supply: self.supply };
		clear(price, self.liquidity, &chunks, |chunk| ticks[chunk]).unwrap()
	}
}

/// Hands the served shares out, as a queue that knows the outcome does: from the highest tick down
/// to the clearing tick, first in first out within each, until none are left.
fn hand_out(book: &Book, clearing: Clearing) -> Vec<Served> {
	let price = Price { nav: book.nav, supply: book.supply };
	let mut left = clearing.served;
	let mut served = vec![(0, 0); book.requests.len()];
	for tick in (0..=MAX_TICK).rev().filter(|tick| *tick >= clearing.tick) {
		for (index, (_, shares)) in book.requests.iter().enumerate().filter(|(_, r)| r.0 == tick) {
			let part = left.min(*shares);
			left -= part;
			served[index] = (part, price.proceeds(part, clearing.tick).unwrap());
		}
	}
	assert_eq!(left, 0, "shares count as served that nobody has");
	served
}

fn tick() -> impl Strategy<Value = u16> {
	prop_oneof![
		3 => Just(0),
		1 => Just(MAX_TICK),
		2 => 0..=MAX_TICK,
		2 => prop::sample::select(vec![1_u16, 2, 63, 64, 65, 127, 128, 500, 959, 960, 998, 999]),
	]
}

/// From dust to billions of dollars, the sum within `u128`.
fn shares() -> impl Strategy<Value = u128> {
	prop_oneof![
		4 => (1_u128..1_000).prop_map(|dollars| dollars * 10_u128.pow(18)),
		2 => 1_u128..10,
		2 => (any::<u128>(), 8_u32..128).prop_map(|(bits, shift)| (bits >> shift).max(1)),
	]
}

/// Books at their edges: much, little or exactly enough liquidity, prices that are not even.
fn book() -> impl Strategy<Value = Book> {
	let requests = prop_oneof![
		6 => prop::collection::vec((tick(), shares()), 0..24),
		// All at one tick.
		1 => (tick(), prop::collection::vec(shares(), 1..12))
			.prop_map(|(tick, shares)| shares.into_iter().map(|shares| (tick, shares)).collect()),
		// All alike.
		1 => (prop::collection::vec(tick(), 1..24), shares())
			.prop_map(|(ticks, shares)| ticks.into_iter().map(|tick| (tick, shares)).collect()),
	];
	let others = prop_oneof![Just(0_u128), Just(1_000_000), shares()];
	// The price in millionths, and what does not come out even.
	let price = (prop_oneof![Just(1_000_000_u128), 1..5_000_000_u128], 0_u128..3);
	let liquidity = prop_oneof![
		1 => Just((0_u128, 0_i128)),
		6 => (0_u128..=1_100_000, -2_i128..=2),
		1 => (Just(1_000_000_u128), -2_i128..=2),
		1 => (900_000_u128..=1_000_000, Just(0)),
	];
	(requests, others, price, liquidity).prop_map(|(requests, others, price, liquidity)| {
		let queued: u128 = requests.iter().map(|(_, shares)| *shares).sum();
		let supply = queued + others.max(1);
		let nav = amount(big(supply) * price.0 / 1_000_000_u32) + price.1;
		let worth = amount(big(queued) * nav / supply);
		// A part of what the requests are worth, give or take a unit or two.
		let part = amount(big(worth) * liquidity.0 / 1_000_000_u32);
		let liquidity = part.checked_add_signed(liquidity.1).unwrap_or(part);
		Book { nav, supply, liquidity, requests }
	})
}

proptest! {
	#![proptest_config(config(4_000, "proptest-regressions/clearing.txt"))]

	#[test]
	fn clearing_should_be_that_of_the_specification(book in book()) {
		let found = book.clear();
		let (marginal, clearing) = book.ticks();
		prop_assert_eq!((found.marginal, found.tick), (marginal, clearing));

		let served = book.serve(marginal, clearing);
		prop_assert_eq!(&hand_out(&book, found), &served);
		prop_assert_eq!(served.iter().map(|served| served.0).sum::<u128>(), found.served);
	}

	#[test]
	fn clearing_should_pay_nobody_less_than_bid_for_and_no_more_than_there_is(book in book()) {
		let found = book.clear();
		let served = hand_out(&book, found);
		for ((tick, _), (shares, _)) in book.requests.iter().zip(&served) {
			prop_assert!(*shares == 0 || found.tick <= *tick);
		}
		let paid: u128 = served.iter().map(|served| served.1).sum();
		prop_assert!(paid <= found.proceeds);
		prop_assert!(found.proceeds <= book.liquidity);
		// The price of those who stay: (nav − paid) / (supply − served) is not below nav / supply.
		let left = big(book.nav - found.proceeds) * book.supply;
		prop_assert!(left >= big(book.nav) * (book.supply - found.served));
	}

	#[test]
	fn clearing_should_leave_no_share_unserved_that_can_be_paid_for(book in book()) {
		let found = book.clear();
		let wanted = match found.marginal {
			None => book.bid(|_| true),
			Some(marginal) if found.tick > marginal => book.bid(|tick| tick > marginal),
			Some(marginal) => book.bid(|tick| tick >= marginal),
		};
		let one_more = big(found.served) + 1_u32;
		prop_assert!(
			big(found.served) == wanted || book.worth(&one_more, found.tick) > book.has()
		);
	}
}
