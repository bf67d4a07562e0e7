// SPDX-License-Identifier: Apache-2.0

//! Pseudo-random choices, determined by a seed.

use caliber_primitives::{Balance, USD};

/// Generator splitmix64.
pub struct Chance(u64);

impl Chance {
	pub fn new(seed: u64) -> Self {
		Self(seed)
	}

	/// Returns the next number.
	pub fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut z = self.0;
		z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		z ^ (z >> 31)
	}

	/// Returns a number from `low` to `high`, both included.
	pub fn within(&mut self, low: u64, high: u64) -> u64 {
		low + self.next() % (high - low + 1)
	}

	/// Returns true with a probability of `of_a_hundred` percent.
	pub fn percent(&mut self, of_a_hundred: u64) -> bool {
		self.next() % 100 < of_a_hundred
	}

	/// Returns one of the items, or `None` if there is none.
	pub fn pick<T: Clone>(&mut self, of: &[T]) -> Option<T> {
		if of.is_empty() {
			return None;
		}
		Some(of[self.within(0, of.len() as u64 - 1) as usize].clone())
	}

	/// Returns one of the items, of which there is at least one.
	pub fn one<T: Clone>(&mut self, of: &[T]) -> T {
		self.pick(of).expect("there is one")
	}

	/// Returns one to `most` of the items, as far as there are any.
	pub fn some<T: Clone>(&mut self, of: &[T], most: u64) -> Vec<T> {
		let mut left = of.to_vec();
		let mut taken = Vec::new();
		for _ in 0..self.within(1, most) {
			if left.is_empty() {
				break;
			}
			let at = self.within(0, left.len() as u64 - 1) as usize;
			taken.push(left.swap_remove(at));
		}
		taken
	}

	/// Returns an amount of dollars that is not round.
	pub fn usd(&mut self, low: u64, high: u64) -> Balance {
		Balance::from(self.within(low, high)) * USD + Balance::from(self.next())
	}

	/// Returns a part of an amount, from `low` to `high` hundredths.
	pub fn part(&mut self, of: Balance, low: u64, high: u64) -> Balance {
		of / 1_000_000 * Balance::from(self.within(low * 10_000, high * 10_000))
	}

	/// Returns random bytes.
	pub fn bytes(&mut self) -> [u8; 32] {
		let mut bytes = [0; 32];
		bytes.chunks_mut(8).for_each(|chunk| chunk.copy_from_slice(&self.next().to_le_bytes()));
		bytes
	}
}
