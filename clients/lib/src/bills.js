// SPDX-License-Identifier: Apache-2.0
//
// Model of the Treasury bills: their value, and the amounts that a pool of two assets gives and takes.

import { PPB } from './amounts.js';
import { mulDivDown, mulDivUp } from './math.js';

const MILLION = 1_000_000n;

/** Returns the amount out of a pool for an exact amount in: constant product, after the fee (parts per million). */
export function amountOut(amountIn, reserveIn, reserveOut, fee) {
	const paid = amountIn * (MILLION - fee);
	return (paid * reserveOut) / (reserveIn * MILLION + paid);
}

/** Returns the amount into a pool for an exact amount out. */
export const amountIn = (out, reserveIn, reserveOut, fee) =>
	(reserveIn * out * MILLION) / ((reserveOut - out) * (MILLION - fee)) + 1n;

/**
 * Returns the largest amount in for which a whole unit (18 decimals) costs no more than `most`, from the
 * rounded amounts that the pool gives.
 */
export function mostWithin(most, unit, reserveIn, reserveOut, fee) {
	const fits = (amount) => amount <= mulDivDown(amountOut(amount, reserveIn, reserveOut, fee), most, unit);
	let [low, high] = [0n, reserveIn];
	while (high - low > 1n) {
		const middle = (low + high) / 2n;
		if (fits(middle)) low = middle;
		else high = middle;
	}
	return low;
}

/** Treasury bills of the vault. */
export class Bills {
	/** @param {{ held: bigint, haircut: bigint, staleHaircut: bigint }} state shares in parts per billion */
	constructor(state) {
		Object.assign(this, { unit: 10n ** 18n, ...state });
	}

	/** Returns the value of the bills held at a price, in USDai, after the haircuts, the second only while `stale`. */
	value(price, stale = false) {
		if (this.held === 0n || price === undefined) return 0n;
		const fresh = PPB - this.haircut;
		const kept = stale ? mulDivDown(fresh, PPB - this.staleHaircut, PPB) : fresh;
		return (this.held * price * kept) / (this.unit * PPB);
	}
}

/** Returns the target for the idle USDai: the buffer of the vault's assets and the demand of the queue. */
export const idleTarget = (assets, buffer, wanted) => mulDivUp(assets, buffer, PPB) + wanted;
