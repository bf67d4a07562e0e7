// SPDX-License-Identifier: Apache-2.0

// Integers of any size, and chance that is the same every time, for calculators that stand beside the
// code.

export const WAD = 10n ** 18n;
export const DAY = 86_400n;

export const ceilDiv = (a, b) => (a + b - 1n) / b;
export const min = (a, b) => (a < b ? a : b);
export const max = (a, b) => (a > b ? a : b);

/** Returns chance from a seed: SplitMix64. */
export function chanceFrom(seed) {
	let state = seed;
	const random64 = () => {
		state = (state + 0x9e37_79b9_7f4a_7c15n) & 0xffff_ffff_ffff_ffffn;
		let z = state;
		z = ((z ^ (z >> 30n)) * 0xbf58_476d_1ce4_e5b9n) & 0xffff_ffff_ffff_ffffn;
		z = ((z ^ (z >> 27n)) * 0x94d0_49bb_1331_11ebn) & 0xffff_ffff_ffff_ffffn;
		return z ^ (z >> 31n);
	};
	/** Returns an integer from `low` to `high`. */
	const random = (low, high) => {
		const wide = (random64() << 64n) | random64();
		return low + (wide % (high - low + 1n));
	};
	return {
		random,
		/** Returns true in so many of a hundred cases. */
		chance: (percent) => random(1n, 100n) <= BigInt(percent),
		pick: (...options) => options[Number(random(0n, BigInt(options.length - 1)))],
	};
}
