// SPDX-License-Identifier: Apache-2.0
//
// Model of a provision: the part of a line's shortfall that the savers' books count before a loss is certain.

import { PPB } from './amounts.js';
import { mulDivUp } from './math.js';

const max = (a, b) => (a > b ? a : b);
const min = (a, b) => (a < b ? a : b);

/** Weights of a provision, in parts per billion: the defaults of the chain. */
export const WEIGHTS = { lapse: (PPB * 5n) / 100n, coverage: PPB / 4n, low: PPB / 10n };

/** Returns the length of a day at the tempo of a chain, in seconds. */
export const dayAt = (tempo) => Math.max(Math.floor(86_400 / tempo), 12);

/**
 * Returns the weight that grows from `from` to `to` over a period, in steps of a day of `step` seconds.
 */
export function rampWeight(from, to, seconds, period, step) {
	if (seconds >= period) return to;
	const whole = seconds - (seconds % step);
	return from + mulDivUp(max(to, from) - from, BigInt(whole), BigInt(period));
}

/** Returns what is lacking of the senior principal after all that stands before it. */
export const lacking = (senior, sources) => sources.reduce((left, source) => max(left - source, 0n), senior);

/** Returns the part of a shortfall that is provisioned. */
export const provisionOf = (shortfall, weight) => mulDivUp(shortfall, weight, PPB);

/** Returns true if a coverage is low: less than 1.1 times the base that is required. */
export const isLow = (base, required) => base < mulDivUp(required, 11n, 10n);

/** Returns the insurance money that is expected for lost machines of a value. */
export function expectedInsurance({ worth, claimable, claimed, haircut }) {
	const due = min(max(worth - claimed, 0n), claimable);
	return due - mulDivUp(due, haircut, PPB);
}
