// SPDX-License-Identifier: Apache-2.0
//
// Model of the Treasury bills: their value, their yield, and the offers at which the vault trades them.

import { PPB, WAD } from './amounts.js';
import { mulDivDown, mulDivUp } from './math.js';

const MILLION = 1_000_000n;
const HOUR = 3_600;
const DAY = 86_400;

const min = (a, b) => (a < b ? a : b);
const max = (a, b) => (a > b ? a : b);

/** Returns the amount out of a pool for an exact amount in: constant product, after the fee (parts per million). */
export function amountOut(amountIn, reserveIn, reserveOut, fee) {
	const paid = amountIn * (MILLION - fee);
	return (paid * reserveOut) / (reserveIn * MILLION + paid);
}

/** Returns the amount into a pool for an exact amount out. */
export const amountIn = (out, reserveIn, reserveOut, fee) =>
	(reserveIn * out * MILLION) / ((reserveOut - out) * (MILLION - fee)) + 1n;

/** Treasury bills of the vault. */
export class Bills {
	/**
	 * @param {{ held: bigint, haircut: bigint, staleHaircut: bigint, highest?: bigint,
	 *   day?: { since: number, lowest: bigint, held: bigint } }} state shares in parts per billion; `highest` is the
	 *   highest price so far that has lasted for a day, `day` the lowest price and the fewest bills since then
	 */
	constructor(state) {
		Object.assign(this, { unit: 10n ** 18n, highest: undefined, day: undefined, ...state });
	}

	/** Returns the worth of the bills held at a price, in USDai, without a haircut. */
	worth(price) {
		return price === undefined ? 0n : (this.held * price) / this.unit;
	}

	/** Returns the value of the bills held at a price, in USDai, after the haircuts, the second only while `stale`. */
	value(price, stale = false) {
		return this.valueOf(this.held, price, stale);
	}

	/** Returns the same of another number of bills. */
	valueOf(held, price, stale = false) {
		if (held === 0n || price === undefined) return 0n;
		const fresh = PPB - this.haircut;
		const kept = stale ? mulDivDown(fresh, PPB - this.staleHaircut, PPB) : fresh;
		return (held * price * kept) / (this.unit * PPB);
	}

	/**
	 * Takes a price that is accepted at `now`. Returns the yield: once a day the rise of the lowest price of the day above
	 * the highest so far, for the fewest bills held on that day.
	 */
	accept(price, now) {
		const before = this.day ?? { since: now, lowest: price, held: this.held };
		const day = { since: before.since, lowest: min(before.lowest, price), held: min(before.held, this.held) };
		this.highest ??= price;
		if (now - day.since < DAY) {
			this.day = day;
			return 0n;
		}
		const rise = max(day.lowest - this.highest, 0n);
		this.highest += rise;
		this.day = { since: now, lowest: price, held: this.held };
		return (day.held * rise) / this.unit;
	}
}

/** Returns the target for the idle USDai: the buffer of the vault's assets and the demand of the queue. */
export const idleTarget = (assets, buffer, wanted) => mulDivUp(assets, buffer, PPB) + wanted;

/** Amount in use that becomes free by the clock, a limit in each period. */
export class Meter {
	/** @param {number} period in seconds */
	constructor(period, { used = 0n, at = 0 } = {}) {
		Object.assign(this, { period, used, at });
	}

	/** Returns the amount in use at `now`, rounded up. */
	usedAt(now, limit) {
		const passed = Math.max(0, now - this.at);
		// Without a limit nothing is left in use after a period.
		if (limit === 0n) return passed < this.period ? this.used : 0n;
		return max(this.used - (limit * BigInt(passed)) / BigInt(this.period), 0n);
	}

	/** Returns the amount that is free at `now`. */
	left(now, limit) {
		return max(limit - this.usedAt(now, limit), 0n);
	}

	/** Uses an amount. */
	use(now, amount, limit) {
		if (amount === 0n) return;
		Object.assign(this, { used: this.usedAt(now, limit) + amount, at: now });
	}
}

/**
 * Offers of the vault to trade bills. The price of each side moves by the clock from the vault's side of the oracle's
 * price across it; a fill takes it back by its share of the hour's amount.
 */
export class Offers {
	/**
	 * @param {{ buffer: bigint, hourly: bigint, period: number, start: bigint, buyPremium: bigint, sellDiscount: bigint,
	 *   minFill: bigint, dailyLoss: bigint }} terms amounts in USDai, shares in parts per billion, times in seconds
	 * @param {Bills} bills
	 */
	constructor(terms, bills) {
		Object.assign(this, { ...terms, bills });
		this.sides = {
			Buys: { since: undefined, filled: new Meter(HOUR) },
			Sells: { since: undefined, filled: new Meter(HOUR) },
		};
		this.lost = new Meter(DAY);
	}

	/** Returns the place of a side's price on its path at `now`, from 0 to 1 with 18 decimals. */
	place(side, now) {
		return (WAD * BigInt(this.#elapsed(side, now))) / BigInt(this.period);
	}

	#elapsed(side, now) {
		const { since } = this.sides[side];
		return since === undefined ? 0 : Math.min(Math.max(0, now - since), this.period);
	}

	/** Returns the mean of the places that a fill of `usdai` passes, from where the price is. */
	meanPlace(side, now, usdai) {
		const place = this.place(side, now);
		const part = mulDivUp(WAD, usdai, this.hourly);
		return part <= place ? place - (part + 1n) / 2n : (place * place) / (2n * part);
	}

	/** Returns the price of a whole bill at a place of the path, rounded in favour of the vault. */
	priceAt(side, oracle, place) {
		const share = (ppb) => (ppb * WAD) / PPB;
		const better = share(this.start);
		const gone = ((better + share(side === 'Buys' ? this.buyPremium : this.sellDiscount)) * place) / WAD;
		return side === 'Buys'
			? mulDivDown(oracle, WAD - better + gone, WAD)
			: mulDivUp(oracle, WAD + better - gone, WAD);
	}

	/** Returns what the vault loses by a trade against the oracle's price, rounded up; nothing where it gains. */
	loss(side, usdai, bills, oracle) {
		const { unit } = this.bills;
		const lost = side === 'Buys' ? usdai - mulDivDown(bills, oracle, unit) : mulDivUp(bills, oracle, unit) - usdai;
		return max(lost, 0n);
	}

	/**
	 * Returns what a side offers at a moment.
	 *
	 * @param {'Buys' | 'Sells'} side of the vault
	 * @param {{ assets: bigint, idle: bigint, longIdle: bigint, wanted: bigint }} vault its redemption value, its idle
	 *   USDai, the part of it that lay idle long enough, and what the queue wants for certain
	 * @param {bigint} oracle price of a whole bill
	 * @param {number} now
	 * @returns {{ amount: bigint, forQueue: bigint, lossLeft: bigint, mostLoss: bigint } | undefined}
	 */
	offer(side, { assets, idle, longIdle, wanted }, oracle, now) {
		const target = idleTarget(assets, this.buffer, wanted);
		const all = mulDivUp(this.bills.held, this.priceAt(side, oracle, 0n), this.bills.unit);
		let amount;
		if (side === 'Buys') amount = this.buffer === PPB ? 0n : max(longIdle - target, 0n);
		else amount = min(this.buffer === PPB ? all : max(target - idle, 0n), all);
		amount = min(amount, this.hourly);
		if (amount === 0n || (amount < this.minFill && !(side === 'Sells' && amount === all))) return undefined;
		const mostLoss = mulDivDown(assets, this.dailyLoss, PPB);
		return {
			amount: min(amount, this.sides[side].filled.left(now, this.hourly)),
			forQueue: side === 'Sells' ? max(wanted - idle, 0n) : 0n,
			lossLeft: this.lost.left(now, mostLoss),
			mostLoss,
		};
	}

	/**
	 * Fills up to `usdai` of an offer. Returns the trade: USDai, bills and the vault's loss.
	 *
	 * @returns {{ usdai: bigint, bills: bigint, price: bigint, loss: bigint }}
	 */
	fill(side, offer, wanted, oracle, now) {
		const { unit, held } = this.bills;
		const buys = side === 'Buys';
		let usdai = min(wanted, offer.amount);
		const path = this.priceAt(side, oracle, this.meanPlace(side, now, usdai));
		let bills = buys ? mulDivUp(usdai, unit, path) : mulDivDown(usdai, unit, path);
		const loss = this.loss(side, usdai, bills, oracle);
		if (loss > offer.lossLeft) {
			// What the queue lacks may lose what the path says, all else what the day permits.
			const ofQueue = (loss * min(usdai, offer.forQueue)) / usdai;
			const permitted = min(ofQueue + offer.lossLeft, loss);
			bills = buys
				? max(bills, mulDivUp(usdai - permitted, unit, oracle))
				: min(bills, mulDivDown(usdai + permitted, unit, oracle));
		}
		if (!buys && bills >= held) {
			usdai = mulDivUp(usdai, held, bills);
			bills = held;
		}
		const state = this.sides[side];
		const back = mulDivUp(BigInt(this.period), usdai, this.hourly);
		const elapsed = Math.max(0, this.#elapsed(side, now) - Number(min(back, BigInt(this.period))));
		state.since = now - elapsed;
		state.filled.use(now, usdai, this.hourly);
		const lost = this.loss(side, usdai, bills, oracle);
		this.lost.use(now, lost, offer.mostLoss);
		this.bills.held += buys ? bills : -bills;
		const price = buys ? mulDivDown(usdai, unit, bills) : mulDivUp(usdai, unit, bills);
		return { usdai, bills, price, loss: lost };
	}
}
