// SPDX-License-Identifier: Apache-2.0
//
// Treasury bills as their own bookkeeper: what they count for, and what a pool of two assets gives and takes.

import { PPB } from './amounts.js';
import { mulDivDown, mulDivUp } from './math.js';

const MILLION = 1_000_000n;

/** What comes out of a pool for an exact amount: the constant product, after the pool's fee (parts per million). */
export function amountOut(amountIn, reserveIn, reserveOut, fee) {
	const paid = amountIn * (MILLION - fee);
	return (paid * reserveOut) / (reserveIn * MILLION + paid);
}

/** What has to go into a pool for an exact amount out. */
export const amountIn = (out, reserveIn, reserveOut, fee) =>
	(reserveIn * out * MILLION) / ((reserveOut - out) * (MILLION - fee)) + 1n;

/**
 * The largest amount in for which a whole unit (18 decimals) comes to no more than `most`: from the constant
 * product, exactly. Beside it stands what the pool gives, rounded.
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

export class Bills {
	/** @param {{ held: bigint, haircut: bigint, staleHaircut: bigint }} state shares in parts per billion */
	constructor(state) {
		Object.assign(this, { unit: 10n ** 18n, ...state });
	}

	/** What they count for at a price, in USDai; less where the price is old. */
	value(price, stale = false) {
		if (this.held === 0n || price === undefined) return 0n;
		const fresh = PPB - this.haircut;
		const kept = stale ? mulDivDown(fresh, PPB - this.staleHaircut, PPB) : fresh;
		return (this.held * price * kept) / (this.unit * PPB);
	}
}

/** USDai that is to stay idle: the buffer of the vault's assets, and what the queue wants. */
export const idleTarget = (assets, buffer, wanted) => mulDivUp(assets, buffer, PPB) + wanted;
