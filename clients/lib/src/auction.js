// SPDX-License-Identifier: Apache-2.0
//
// Model of the auction of a line's titles.

import { PPB } from './amounts.js';
import { mulDivDown, mulDivUp } from './math.js';

/** Returns the least amount that may be bid after a bid. */
export function minimumAfter(rules, amount) {
	const share = mulDivUp(amount, rules.minIncrement, PPB);
	return amount + (share > rules.minIncrementAmount ? share : rules.minIncrementAmount);
}

/** English auction of a line's titles, under the rules of its start. */
export class Lot {
	/**
	 * @param {{ reserveShare: bigint, minIncrement: bigint, minIncrementAmount: bigint, duration: number,
	 *   extension: number, discount: bigint }} rules shares in parts per billion, an amount in USDai, times in seconds
	 * @param {bigint} value liquidation value of the titles
	 * @param {number} now
	 */
	constructor(rules, value, now) {
		const reserve = mulDivUp(value, rules.reserveShare, PPB);
		Object.assign(this, { rules, reserve: reserve > 0n ? reserve : 1n, endsAt: now + rules.duration });
	}

	/** Least amount that may be bid. */
	get minimum() {
		return this.best === undefined ? this.reserve : minimumAfter(this.rules, this.best.amount);
	}

	/** Takes a bid. Returns the previous one, which is released. */
	bid(bidder, amount, now) {
		const before = this.best;
		this.best = { bidder, amount };
		this.endsAt = Math.max(this.endsAt, now + this.rules.extension);
		return before;
	}

	/** Puts the lot up again at a lower reserve price, after a round without bids. */
	relist(now) {
		const reserve = mulDivDown(this.reserve, PPB - this.rules.discount, PPB);
		this.reserve = reserve > 0n ? reserve : 1n;
		this.endsAt = now + this.rules.duration;
	}
}
