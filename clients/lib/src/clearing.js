// SPDX-License-Identifier: Apache-2.0
//
// Clearing of the redemption requests of a window: sealed bids, the clearing tick and the shares served.

import { u8aConcat, u8aToHex } from '@polkadot/util';
import { blake2AsU8a } from '@polkadot/util-crypto';

/** Highest tick, in basis points. */
export const MAX_TICK = 1_000;
/** The whole of the proceeds, in ticks. */
const TICK_WHOLE = 10_000n;

/** Returns the commitment of a sealed bid: the hash of request, tick and salt. */
export function seal(request, tick, salt) {
	const bytes = new Uint8Array(6);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, request, true);
	view.setUint16(4, tick, true);
	return u8aToHex(blake2AsU8a(u8aConcat(bytes, salt), 256));
}

/**
 * @typedef {{ nav: bigint, supply: bigint }} Price of a share, as the exact fraction
 * @typedef {{ id: number, shares: bigint, tick: number }} Queued a request, in the order of its lane
 */

/** Returns the proceeds of shares when `tick` is given up, rounded down once. */
export const proceeds = ({ nav, supply }, shares, tick) =>
	(shares * nav * (TICK_WHOLE - BigInt(tick))) / (supply * TICK_WHOLE);

/** Returns the most shares that the liquidity pays for when each gives up `tick`. */
export const affordable = ({ nav, supply }, liquidity, tick) =>
	(liquidity * supply * TICK_WHOLE) / (nav * (TICK_WHOLE - BigInt(tick)));

/**
 * Clears the queue tick by tick, as its definition says: the marginal tick m is the highest with
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
		shares * price.nav * (TICK_WHOLE - BigInt(tick)) > liquidity * price.supply * TICK_WHOLE;
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
 * Returns the requests served: the highest tick first, in a lane first in first out, the last one in part.
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
	let rest = shares;
	for (const bid of order) {
		if (rest === 0n) break;
		const part = bid.shares < rest ? bid.shares : rest;
		served.push({ id: bid.id, shares: part, assets: proceeds(price, part, tick) });
		rest -= part;
	}
	return served;
}
