// SPDX-License-Identifier: Apache-2.0
//
// Clearing of the redemption requests of a window: sealed bids, the clearing tick and the shares served.

import { u8aConcat, u8aToHex } from '@polkadot/util';
import { blake2AsU8a } from '@polkadot/util-crypto';
import { PPB, WAD } from './amounts.js';
import { mulDivDown, mulDivUp } from './math.js';

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
 * @typedef {{ id: number, shares: bigint, tick: number, least?: bigint,
 *   unrevealed?: { cleared?: number, least: bigint } }} Queued a request, in the order of its lane; `least` its least
 *   price; `unrevealed` the bid that it has not revealed: the clearing tick of its window, this one's where none is
 *   given, and the least share (parts per billion) that it costs
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

/** Money that was raised for requests by sales of bills, and what these sales have cost. */
export class Raised {
	amount = 0n;
	cost = 0n;

	/** Books a sale for `usdai` of bills that were marked at `mark`, while `missing` USDai was lacking for the requests. */
	sell(usdai, mark, missing) {
		const part = missing < usdai ? missing : usdai;
		if (part === 0n) return 0n;
		const loss = mark > usdai ? mark - usdai : 0n;
		const cost = mulDivUp(loss, part, usdai);
		this.amount += part;
		this.cost += cost;
		return cost;
	}

	/** Returns the part of the cost that requests with these proceeds bear: all of it, or in proportion, rounded up. */
	costOf(earned) {
		const cost = earned < this.amount ? mulDivUp(this.cost, earned, this.amount) : this.cost;
		return cost < earned ? cost : earned;
	}

	/** Returns the proceeds for which `idle` USDai is enough, their cost taken off, rounded down. */
	proceedsFor(idle) {
		const paid = this.amount - this.cost;
		if (paid <= 0n) return idle;
		return idle >= paid ? idle + this.cost : (idle * this.amount) / paid;
	}

	/** Takes off what was raised for requests of this worth that were cancelled. */
	forget(worth) {
		const part = worth < this.amount ? worth : this.amount;
		if (part === 0n) return;
		this.cost -= mulDivUp(this.cost, part, this.amount);
		this.amount -= part;
	}
}

/**
 * Serves requests: the highest tick first, in a lane first in first out, the last one in part. A request whose least
 * price is not met ends, and those behind it are served in its place.
 *
 * @param {Price} price
 * @param {{ tick: number, shares: bigint, proceeds: bigint, cost?: bigint }} terms of the settlement
 * @param {Queued[]} queue
 * @returns {{ served: { id: number, shares: bigint, assets: bigint, withheld: bigint }[], ended: number[],
 *   reissued: bigint }} in the order of serving; `reissued` are shares for which nobody was left
 */
export function serve(price, { tick, shares, proceeds: whole, cost = 0n }, queue) {
	// Sorting is stable: a lane keeps its order.
	const order = queue.filter((bid) => bid.tick >= tick).sort((a, b) => b.tick - a.tick);
	const worth = (part) => {
		const gross = proceeds(price, part, tick);
		return cost === 0n ? gross : (gross * (whole - cost)) / whole;
	};
	const served = [];
	const ended = [];
	let waiting = queue.reduce((sum, bid) => sum + bid.shares, 0n);
	let rest = shares;
	for (const bid of order) {
		if (rest === 0n) break;
		const part = bid.shares < rest ? bid.shares : rest;
		const brought = worth(part);
		if (bid.least !== undefined && worth(bid.shares) < mulDivUp(bid.shares, bid.least, WAD)) {
			ended.push(bid.id);
			waiting -= bid.shares;
			if (rest > waiting) rest = waiting;
			continue;
		}
		const { cleared = tick, least } = bid.unrevealed ?? {};
		const withheld = least === undefined ? 0n : mulDivUp(brought, unrevealedShare(cleared, least), PPB);
		served.push({ id: bid.id, shares: part, assets: brought - withheld, withheld });
		rest -= part;
		waiting -= part;
	}
	const reissued = shares - served.reduce((sum, one) => sum + one.shares, 0n);
	return { served, ended, reissued };
}

/** Returns the queue after a settlement: what is left at each tick joins the end of tick 0, the highest tick first. */
export function rollOver(queue) {
	const left = queue.filter(({ shares }) => shares > 0n);
	const bids = left.filter(({ tick }) => tick > 0).sort((a, b) => b.tick - a.tick);
	for (const bid of bids) bid.tick = 0;
	return [...left.filter((bid) => !bids.includes(bid)), ...bids];
}

/** Returns the queue with a request at the end of the lane of a tick: a sealed bid waits at tick 0, a revealed one at its own. */
export function moveTo(queue, request, tick) {
	request.tick = tick;
	return [...queue.filter((other) => other !== request), request];
}

/** Returns the share (parts per billion) that a bid costs which was sealed and not revealed: its window's clearing tick, or more. */
export function unrevealedShare(cleared, least) {
	const ofTick = (BigInt(cleared) * PPB) / TICK_WHOLE;
	return ofTick > least ? ofTick : least;
}
