// SPDX-License-Identifier: Apache-2.0

//! Chance that is the same for the same seed.

use caliber_primitives::{Balance, USD};

/// The generator known as splitmix64.
pub struct Chance(u64);

impl Chance {
	pub fn new(seed: u64) -> Self {
		Self(seed)
	}

	pub fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut z = self.0;
		z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		z ^ (z >> 31)
	}

	/// A number from `low` to `high`, both included.
	pub fn within(&mut self, low: u64, high: u64) -> u64 {
		low + self.next() % (high - low + 1)
	}

	/// True so many times of a hundred.
	pub fn percent(&mut self, of_a_hundred: u64) -> bool {
		self.next() % 100 < of_a_hundred
	}

	/// One of them.
	pub fn pick<T: Clone>(&mut self, of: &[T]) -> Option<T> {
		if of.is_empty() {
			return None;
		}
		Some(of[self.within(0, of.len() as u64 - 1) as usize].clone())
	}

	/// One of a few that there always are.
	pub fn one<T: Clone>(&mut self, of: &[T]) -> T {
		self.pick(of).expect("there is one")
	}

	/// A few of them, at least one if there is any.
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

	/// Dollars, not round ones.
	pub fn usd(&mut self, low: u64, high: u64) -> Balance {
		Balance::from(self.within(low, high)) * USD + Balance::from(self.next())
	}

	/// A part of an amount, from `low` to `high` hundredths.
	pub fn part(&mut self, of: Balance, low: u64, high: u64) -> Balance {
		of / 1_000_000 * Balance::from(self.within(low * 10_000, high * 10_000))
	}

	pub fn bytes(&mut self) -> [u8; 32] {
		let mut bytes = [0; 32];
		bytes.chunks_mut(8).for_each(|chunk| chunk.copy_from_slice(&self.next().to_le_bytes()));
		bytes
	}
}
