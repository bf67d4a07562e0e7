// SPDX-License-Identifier: Apache-2.0
//
// The chain's two auctions, from their rules: that for a place in a redemption, and that of a lot of titles.

import { u8aConcat, u8aToHex } from '@polkadot/util';
import { blake2AsU8a } from '@polkadot/util-crypto';
import { PPB } from './amounts.js';
import { mulDivDown, mulDivUp } from './math.js';

// Redemption ----------------------------------------------------------------------------------------

/** The highest tick, in basis points. */
export const MAX_TICK = 1_000;
/** All of the proceeds, in basis points. */
const WHOLE = 10_000n;

/** What a bid is sealed with: the hash of request, tick and salt. */
export function seal(request, tick, salt) {
	const bytes = new Uint8Array(6);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, request, true);
	view.setUint16(4, tick, true);
	return u8aToHex(blake2AsU8a(u8aConcat(bytes, salt), 256));
}

/**
 * @typedef {{ nav: bigint, supply: bigint }} Price of a share: the fraction, not its quotient
 * @typedef {{ id: number, shares: bigint, tick: number }} Queued a request, in the order of its lane
 */

/** What shares bring when `tick` is given up, rounded down once. */
export const proceeds = ({ nav, supply }, shares, tick) =>
	(shares * nav * (WHOLE - BigInt(tick))) / (supply * WHOLE);

/** The most shares that the liquidity pays for when each gives up `tick`. */
export const affordable = ({ nav, supply }, liquidity, tick) =>
	(liquidity * supply * WHOLE) / (nav * (WHOLE - BigInt(tick)));

/**
 * Clears the auction, tick by tick as its definition says: the marginal tick m is the highest with
 * S(>=m) p (1 - m) > L, the clearing tick the least d >= m with S(>m) p (1 - d) <= L.
 *
 * @param {Price} price
 * @param {bigint} liquidity
 * @param {Queued[]} queue
 * @returns {{ marginal: number | undefined, tick: number, shares: bigint, proceeds: bigint }}
 */
export function clear(price, liquidity, queue) {
	const from = (tick) => queue.reduce((sum, bid) => (bid.tick >= tick ? sum + bid.shares : sum), 0n);
	const exceeds = (shares, tick) =>
		shares * price.nav * (WHOLE - BigInt(tick)) > liquidity * price.supply * WHOLE;
	let marginal;
	for (let tick = MAX_TICK; tick >= 0 && marginal === undefined; tick -= 1) {
		if (exceeds(from(tick), tick)) marginal = tick;
	}
	if (marginal === undefined) {
		const shares = from(0);
		return { marginal, tick: 0, shares, proceeds: proceeds(price, shares, 0) };
	}
	const above = from(marginal + 1);
	let tick = marginal;
	while (exceeds(above, tick)) tick += 1;
	const shares = tick === marginal ? affordable(price, liquidity, tick) : above;
	return { marginal, tick, shares, proceeds: proceeds(price, shares, tick) };
}

/**
 * Who is served: the highest tick first, in a lane first in first out, the last one in part.
 *
 * @param {Price} price
 * @param {{ tick: number, shares: bigint }} clearing
 * @param {Queued[]} queue
 * @returns {{ id: number, shares: bigint, assets: bigint }[]} in the order of serving
 */
export function serve(price, { tick, shares }, queue) {
	// Sorting is stable: a lane keeps its order.
	const order = queue.filter((bid) => bid.tick >= tick).sort((a, b) => b.tick - a.tick);
	const served = [];
	let left = shares;
	for (const bid of order) {
		if (left === 0n) break;
		const part = bid.shares < left ? bid.shares : left;
		served.push({ id: bid.id, shares: part, assets: proceeds(price, part, tick) });
		left -= part;
	}
	return served;
}

// A lot of titles ------------------------------------------------------------------------------------

/** The English auction of a line's titles, its rules as they are when it begins. */
export class Lot {
	/**
	 * @param {{ reserveShare: bigint, minIncrement: bigint, duration: number, extension: number,
	 *   discount: bigint }} rules shares in parts per billion, times in seconds
	 * @param {bigint} value what the titles would bring in a forced sale
	 * @param {number} now
	 */
	constructor(rules, value, now) {
		const reserve = mulDivUp(value, rules.reserveShare, PPB);
		Object.assign(this, { rules, reserve: reserve > 0n ? reserve : 1n, endsAt: now + rules.duration });
	}

	/** The least that may be bid. */
	get minimum() {
		if (this.best === undefined) return this.reserve;
		const increment = mulDivUp(this.best.amount, this.rules.minIncrement, PPB);
		return this.best.amount + (increment > 0n ? increment : 1n);
	}

	/** Takes a bid; gives the one before, whose money is free again. */
	bid(bidder, amount, now) {
		const before = this.best;
		this.best = { bidder, amount };
		this.endsAt = Math.max(this.endsAt, now + this.rules.extension);
		return before;
	}

	/** A round without bids: the lot is up again, at less. */
	relist(now) {
		const reserve = mulDivDown(this.reserve, PPB - this.rules.discount, PPB);
		this.reserve = reserve > 0n ? reserve : 1n;
		this.endsAt = now + this.rules.duration;
	}
}
