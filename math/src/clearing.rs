// SPDX-License-Identifier: Apache-2.0

//! Clearing of the redemption requests of a window: one clearing tick for all, found from the sum
//! of shares at each tick.
//!
//! A bid is a tick: the basis points of the proceeds that the request gives up, 0 to [`MAX_TICK`].
//! With liquidity `L`, price `p` and `S(≥ t)` the shares bid at tick `t` or more:
//!
//! - the marginal tick `m` is the highest with `S(≥ m) · p · (1 − m/10 000) > L`;
//! - the clearing tick `d` is the least `d ≥ m` at which `S(> m) · p · (1 − d/10 000) ≤ L`;
//! - with no such `m` every share counts as above it, and `d` is sought from 0.
//!
//! Every request that is served gives up `d`: the ticks above `m` are served in full and, only when
//! `d = m`, tick `m` with the rest of the liquidity.
//!
//! # Exactness
//! The price is the fraction `nav / supply`; it is never rounded. Each inequality is evaluated as
//! `S · nav · (10 000 − t) > L · supply · 10 000`, both sides exact integers in 512 bits. The
//! served shares and their proceeds are each one floor of an exact fraction, so that the payment is
//! never more than `L`, and never more than the shares are worth.
//!
//! # Search
//! `S(≥ t) · (1 − t/10 000)` does not rise with `t`, so the marginal tick lies in the highest chunk
//! of ticks whose lowest tick exceeds the liquidity: the sums of the [`CHUNKS`] chunks and the
//! [`CHUNK`] ticks of one of them decide.

use primitive_types::U256;

use crate::{fixed::wide_mul_div_down, MathError};

/// Highest tick: a bid gives up a tenth of its proceeds at most.
pub const MAX_TICK: u16 = 1_000;

/// The whole of the proceeds, in ticks.
pub const TICK_WHOLE: u16 = 10_000;

/// Number of ticks of a chunk.
pub const CHUNK: usize = 64;

/// Number of chunks that hold all ticks from 0 to [`MAX_TICK`].
pub const CHUNKS: usize = MAX_TICK as usize / CHUNK + 1;

/// Price of a share as the exact fraction `nav / supply`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Price {
	/// Assets behind the shares, 18 decimals.
	pub nav: u128,
	/// Shares in issue, 18 decimals.
	pub supply: u128,
}

impl Price {
	/// Returns true if `shares`, each less `tick`, cost more than `liquidity`. Exact.
	fn exceeds(&self, shares: u128, tick: u16, liquidity: u128) -> bool {
		// (2^128 − 1)² < 2^256: the products of two u128 always fit.
		let worth = U256::from(shares) * U256::from(self.nav);
		let paid_for = U256::from(liquidity) * U256::from(self.supply);
		worth.full_mul(U256::from(kept(tick))) > paid_for.full_mul(U256::from(TICK_WHOLE))
	}

	/// Returns the proceeds of `shares` when `tick` is given up, 18 decimals:
	/// `floor(shares · nav · (10 000 − tick) / (supply · 10 000))`.
	///
	/// # Errors
	/// - [`MathError::InvalidTerms`] for a tick above [`MAX_TICK`].
	/// - [`MathError::DivisionByZero`] when there are no shares in issue.
	/// - [`MathError::Overflow`] when the result does not fit `u128`.
	pub fn proceeds(&self, shares: u128, tick: u16) -> Result<u128, MathError> {
		ensure_tick(tick)?;
		// A u128 times 14 bits, and twice.
		let weighted = U256::from(shares) * U256::from(kept(tick));
		let whole = U256::from(self.supply) * U256::from(TICK_WHOLE);
		let proceeds = wide_mul_div_down(weighted, U256::from(self.nav), whole)?;
		u128::try_from(proceeds).map_err(|_| MathError::Overflow)
	}

	/// Returns the most shares that `liquidity` pays for when each gives up `tick`:
	/// `floor(liquidity · supply · 10 000 / (nav · (10 000 − tick)))`.
	///
	/// # Errors
	/// - [`MathError::InvalidTerms`] for a tick above [`MAX_TICK`].
	/// - [`MathError::DivisionByZero`] when nothing is behind the shares.
	/// - [`MathError::Overflow`] when the result does not fit `u128`.
	fn affordable(&self, liquidity: u128, tick: u16) -> Result<u128, MathError> {
		ensure_tick(tick)?;
		let whole = U256::from(self.supply) * U256::from(TICK_WHOLE);
		let each = U256::from(self.nav) * U256::from(kept(tick));
		let shares = wide_mul_div_down(U256::from(liquidity), whole, each)?;
		u128::try_from(shares).map_err(|_| MathError::Overflow)
	}
}

/// Returns the part of the proceeds that is kept, in ticks. `tick` is not above [`MAX_TICK`].
fn kept(tick: u16) -> u16 {
	TICK_WHOLE - tick
}

/// Ensures that `tick` is not above [`MAX_TICK`].
fn ensure_tick(tick: u16) -> Result<(), MathError> {
	if tick > MAX_TICK {
		return Err(MathError::InvalidTerms);
	}
	Ok(())
}

/// Outcome of the clearing of a redemption window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clearing {
	/// Marginal tick; `None` when the liquidity pays for every share in full.
	pub marginal: Option<u16>,
	/// Clearing tick, which every request that is served gives up.
	pub tick: u16,
	/// Shares that are served: those above the marginal tick and, when the clearing tick is the
	/// marginal one, the first of that tick. A tick below the clearing tick is not served.
	pub served: u128,
	/// Proceeds of all served shares: `served · price · (1 − tick/10 000)`, 18 decimals, rounded
	/// down. Not more than the liquidity.
	pub proceeds: u128,
}

/// Clears the shares of a book with `liquidity`.
///
/// `chunks` are the shares of each [`CHUNK`] ticks, the lowest first. `ticks_of` returns the shares
/// of each tick of a chunk, and is called at most once.
///
/// # Errors
/// - [`MathError::InvalidTerms`] when the ticks of the chunk do not add up to its sum, or one above
///   [`MAX_TICK`] has shares.
/// - [`MathError::DivisionByZero`] when there are no shares in issue.
/// - [`MathError::Overflow`] when the shares do not fit `u128`.
pub fn clear(
	price: Price,
	liquidity: u128,
	chunks: &[u128; CHUNKS],
	ticks_of: impl FnOnce(usize) -> [u128; CHUNK],
) -> Result<Clearing, MathError> {
	let Some((chunk, above)) = marginal_chunk(price, liquidity, chunks)? else {
		let served = sum(chunks)?;
		let proceeds = price.proceeds(served, 0)?;
		return Ok(Clearing { marginal: None, tick: 0, served, proceeds });
	};
	let ticks = ticks_of(chunk);
	if Some(&sum(&ticks)?) != chunks.get(chunk) {
		return Err(MathError::InvalidTerms);
	}
	let (marginal, above) = marginal_tick(price, liquidity, chunk, &ticks, above)?;

	// The marginal tick is the highest that exceeds the liquidity. The shares above it do not
	// exceed it at the next tick, so that the clearing tick is one of the two.
	let tick = if price.exceeds(above, marginal, liquidity) {
		marginal.checked_add(1).ok_or(MathError::Overflow)?
	} else {
		marginal
	};
	// The shares above the marginal tick cost no more than the liquidity, and with those of the
	// marginal tick they cost more: the floor lies between the two.
	let served = if tick == marginal { price.affordable(liquidity, tick)? } else { above };
	let proceeds = price.proceeds(served, tick)?;
	Ok(Clearing { marginal: Some(marginal), tick, served, proceeds })
}

/// Returns the highest chunk whose lowest tick exceeds the liquidity, and the shares of the chunks
/// above it.
fn marginal_chunk(
	price: Price,
	liquidity: u128,
	chunks: &[u128; CHUNKS],
) -> Result<Option<(usize, u128)>, MathError> {
	let mut above: u128 = 0;
	for (chunk, shares) in chunks.iter().enumerate().rev() {
		let from = above.checked_add(*shares).ok_or(MathError::Overflow)?;
		if price.exceeds(from, tick_at(chunk, 0)?, liquidity) {
			return Ok(Some((chunk, above)));
		}
		above = from;
	}
	Ok(None)
}

/// Returns the highest tick of a chunk that exceeds the liquidity, and the shares bid above it.
/// `above` are the shares of the chunks above.
fn marginal_tick(
	price: Price,
	liquidity: u128,
	chunk: usize,
	ticks: &[u128; CHUNK],
	mut above: u128,
) -> Result<(u16, u128), MathError> {
	for (index, shares) in ticks.iter().enumerate().rev() {
		let tick = tick_at(chunk, index)?;
		if tick > MAX_TICK {
			if *shares > 0 {
				return Err(MathError::InvalidTerms);
			}
			continue;
		}
		let from = above.checked_add(*shares).ok_or(MathError::Overflow)?;
		if price.exceeds(from, tick, liquidity) {
			return Ok((tick, above));
		}
		above = from;
	}
	// The lowest tick of the chunk exceeds the liquidity by the choice of the chunk.
	Err(MathError::InvalidTerms)
}

/// Returns the tick at `index` of a chunk.
fn tick_at(chunk: usize, index: usize) -> Result<u16, MathError> {
	chunk
		.checked_mul(CHUNK)
		.and_then(|first| first.checked_add(index))
		.and_then(|tick| u16::try_from(tick).ok())
		.ok_or(MathError::Overflow)
}

/// Returns the sum of `shares`.
fn sum(shares: &[u128]) -> Result<u128, MathError> {
	shares
		.iter()
		.try_fold(0_u128, |sum, shares| sum.checked_add(*shares))
		.ok_or(MathError::Overflow)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::WAD;

	const ONE: Price = Price { nav: 1_000 * WAD, supply: 1_000 * WAD };

	/// Clears the shares of each tick.
	fn cleared(price: Price, liquidity: u128, bids: &[(u16, u128)]) -> Result<Clearing, MathError> {
		let mut ticks = [[0_u128; CHUNK]; CHUNKS];
		for (tick, shares) in bids {
			ticks[usize::from(*tick) / CHUNK][usize::from(*tick) % CHUNK] += shares;
		}
		let chunks = ticks.map(|ticks| ticks.iter().sum());
		clear(price, liquidity, &chunks, |chunk| ticks[chunk])
	}

	fn clearing(marginal: Option<u16>, tick: u16, served: u128, proceeds: u128) -> Clearing {
		Clearing { marginal, tick, served, proceeds }
	}

	#[test]
	fn chunks_should_hold_every_tick() {
		assert_eq!(CHUNKS, 16);
		assert!(CHUNKS * CHUNK > usize::from(MAX_TICK));
	}

	#[test]
	fn clear_should_serve_all_at_tick_zero_when_there_is_enough() {
		let bids = [(0, 60 * WAD), (1_000, 40 * WAD)];
		let all = clearing(None, 0, 100 * WAD, 100 * WAD);
		assert_eq!(cleared(ONE, 100 * WAD, &bids), Ok(all));
		assert_eq!(cleared(ONE, u128::MAX, &bids), Ok(all));
		assert_eq!(cleared(ONE, 0, &[]), Ok(clearing(None, 0, 0, 0)));
	}

	#[test]
	fn clear_should_be_first_in_first_out_when_nobody_bids() {
		let bids = [(0, 100 * WAD)];
		let part = clearing(Some(0), 0, 100 * WAD - 1, 100 * WAD - 1);
		assert_eq!(cleared(ONE, 100 * WAD - 1, &bids), Ok(part));
		assert_eq!(cleared(ONE, 0, &bids), Ok(clearing(Some(0), 0, 0, 0)));
	}

	#[test]
	fn clear_should_serve_the_marginal_tick_in_part_when_something_is_left() {
		// 10 at 500 and 10 at 200: both cost 19.6 at 200, the upper one 9.8.
		let bids = [(200, 10 * WAD), (500, 10 * WAD), (0, 80 * WAD)];
		let liquidity = 15 * WAD;
		// 14.7 / 0.98 = 15: five of the lower.
		let expected = clearing(Some(200), 200, 15 * WAD, 147 * WAD / 10);
		assert_eq!(cleared(ONE, 147 * WAD / 10, &bids), Ok(expected));
		// floor(15e18 / 0.98) = 15 306 122 448 979 591 836.7…
		let expected = clearing(Some(200), 200, 15_306_122_448_979_591_836, liquidity - 1);
		assert_eq!(cleared(ONE, liquidity, &bids), Ok(expected));
	}

	#[test]
	fn clear_should_search_below_the_bids_when_those_above_take_all() {
		// 50 at 500 are worth 48 less 400: the tick before still costs too much.
		let bids = [(0, 50 * WAD), (500, 50 * WAD)];
		let found = cleared(ONE, 48 * WAD, &bids).unwrap();
		assert_eq!(found, clearing(Some(399), 400, 50 * WAD, 48 * WAD));
		// At 50 they fit in full at nothing given up; the marginal tick then is 0 itself.
		assert_eq!(cleared(ONE, 50 * WAD, &bids), Ok(clearing(Some(0), 0, 50 * WAD, 50 * WAD)));
		// One unit less: the first tick that is cheap enough is 1.
		let one_less = clearing(Some(0), 1, 50 * WAD, 50 * WAD / 10_000 * 9_999);
		assert_eq!(cleared(ONE, 50 * WAD - 1, &bids), Ok(one_less));
	}

	#[test]
	fn clear_should_serve_the_highest_tick_in_part_when_there_is_little() {
		let bids = [(1_000, 100 * WAD), (999, 100 * WAD)];
		let little = cleared(ONE, 9 * WAD, &bids).unwrap();
		assert_eq!(little, clearing(Some(1_000), 1_000, 10 * WAD, 9 * WAD));
		assert_eq!(cleared(ONE, 0, &bids), Ok(clearing(Some(1_000), 1_000, 0, 0)));
		// The 100 at 1 000 cost 90, and 90.01 at 999: they are all served, and at their own tick.
		let all_of_them = cleared(ONE, 90 * WAD, &bids).unwrap();
		assert_eq!(all_of_them, clearing(Some(999), 1_000, 100 * WAD, 90 * WAD));
	}

	#[test]
	fn clear_should_decide_exactly_when_a_unit_makes_the_difference() {
		// One third a share: three shares cost one unit, and not more.
		let third = Price { nav: 1, supply: 3 };
		assert_eq!(cleared(third, 1, &[(0, 3)]), Ok(clearing(None, 0, 3, 1)));
		assert_eq!(cleared(third, 1, &[(0, 4)]), Ok(clearing(Some(0), 0, 3, 1)));
		// At tick 1 000 they cost 0.3 each: three for 0.9, and four would be 1.2.
		assert_eq!(cleared(third, 1, &[(1_000, 4)]), Ok(clearing(Some(1_000), 1_000, 3, 0)));
	}

	#[test]
	fn clear_should_take_the_largest_numbers() {
		let price = Price { nav: u128::MAX, supply: u128::MAX };
		let all = clearing(None, 0, u128::MAX, u128::MAX);
		assert_eq!(cleared(price, u128::MAX, &[(0, u128::MAX)]), Ok(all));
		let part = clearing(Some(0), 0, u128::MAX - 1, u128::MAX - 1);
		assert_eq!(cleared(price, u128::MAX - 1, &[(0, u128::MAX)]), Ok(part));
	}

	#[test]
	fn clear_should_refuse_a_book_that_contradicts_itself() {
		let mut chunks = [0_u128; CHUNKS];
		chunks[15] = 10;
		let mut ticks = [0_u128; CHUNK];
		ticks[40] = 9;
		assert_eq!(clear(ONE, 0, &chunks, |_| ticks), Err(MathError::InvalidTerms));
		// 15 · 64 + 41 = 1 001.
		ticks[40] = 0;
		ticks[41] = 10;
		assert_eq!(clear(ONE, 0, &chunks, |_| ticks), Err(MathError::InvalidTerms));
		chunks[3] = u128::MAX;
		assert_eq!(clear(ONE, u128::MAX, &chunks, |_| ticks), Err(MathError::Overflow));
		let none = Price { nav: 0, supply: 0 };
		assert_eq!(clear(none, 0, &[0; CHUNKS], |_| ticks), Err(MathError::DivisionByZero));
	}

	#[test]
	fn proceeds_and_affordable_should_round_down_and_refuse_what_is_no_tick() {
		let price = Price { nav: 110, supply: 100 };
		// 9 · 1.1 = 9.9; at 10 % less 8.91.
		assert_eq!(price.proceeds(9, 0), Ok(9));
		assert_eq!(price.proceeds(9, 1_000), Ok(8));
		assert_eq!(price.affordable(10, 0), Ok(9));
		// 10 / 0.99 = 10.1
		assert_eq!(price.affordable(10, 1_000), Ok(10));
		assert_eq!(price.proceeds(1, 1_001), Err(MathError::InvalidTerms));
		assert_eq!(price.affordable(1, 1_001), Err(MathError::InvalidTerms));
		let none = Price { nav: 0, supply: 1 };
		assert_eq!(none.affordable(1, 0), Err(MathError::DivisionByZero));
		assert_eq!(none.proceeds(5, 0), Ok(0));
	}
}
