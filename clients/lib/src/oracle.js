// SPDX-License-Identifier: Apache-2.0
//
// Model of the oracle: the median of one fresh report per operator, and the limit on its moves.

import { PPB, WAD } from './amounts.js';
import { median, mulDivDown } from './math.js';

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;
/** Number of buckets of an update period; those of a day are hours. */
const UPDATE_BUCKETS = 4;
const MAX_UPDATE_BUCKETS = 5;
const MAX_DAY_BUCKETS = 25;
/** Floors from which moves of lower values are measured: a tenth of the hours, a billionth of a dollar. */
const FLOORS = { Utilisation: WAD / 10n };
const PRICE_FLOOR = WAD / 1_000_000_000n;

const name = (key) => `${key.kind} ${key.id}`;
const lesser = (a, b) => (a < b ? a : b);
const greater = (a, b) => (a > b ? a : b);

/** Returns true if a value of the bucket was in force within the period before `now`. */
const covers = (lookback, bucket, now) => now - bucket.since < lookback.period + lookback.bucket;

/** Returns the values within the share `move` of every value from `low` to `high`, or of `floor`. */
function boundsFrom(floor, low, high, move) {
	const distance = (value) => mulDivDown(greater(value, floor), move, PPB);
	return { lowest: high - lesser(distance(high), high), highest: low + distance(low) };
}

/** Records in the current bucket that `value` replaced `previous`, or opens the next bucket. */
function record(buckets, lookback, most, previous, value, now) {
	const kept = buckets.filter((bucket) => covers(lookback, bucket, now));
	const low = lesser(previous, value);
	const high = greater(previous, value);
	const current = kept.at(-1);
	if (current !== undefined && now - current.since < lookback.bucket) {
		kept[kept.length - 1] = { since: current.since, low: lesser(current.low, low), high: greater(current.high, high) };
		return kept;
	}
	if (kept.length === most) {
		const [oldest, next] = kept.splice(0, 2);
		kept.unshift({ since: next.since, low: lesser(oldest.low, next.low), high: greater(oldest.high, next.high) });
	}
	return [...kept, { since: now, low, high }];
}

/** Accepted values of the oracle, from the reports of its operators. */
export class Oracle {
	#values = new Map();

	/**
	 * @param {{ minFeeders: number, maxAge: number, updatePeriod: number, perUpdate: bigint, perDay: bigint }} policy
	 *   times in seconds, moves in parts per billion
	 */
	constructor(policy) {
		this.policy = policy;
	}

	/**
	 * Starts a key at the state of the chain.
	 *
	 * @param {{ kind: string, id: number }} key
	 * @param {{ raw: Map<string, { value: bigint, at: number }>, accepted?: bigint, asOf?: number,
	 *   history?: { freeUntil: number, recent: object[], day: object[] } }} state where a bucket is
	 *   { since: number, low: bigint, high: bigint }
	 */
	start(key, state) {
		this.#values.set(name(key), state);
	}

	/** Feeds the report of an operator at `now`. Returns the accepted value, if one is accepted. */
	feed(operator, key, value, now) {
		const state = this.#values.get(name(key)) ?? { raw: new Map() };
		this.#values.set(name(key), state);
		state.raw.set(operator, { value, at: now });
		const fresh = [...state.raw.values()].filter(({ at }) => now - at <= this.policy.maxAge);
		if (fresh.length < this.policy.minFeeders) return undefined;
		const middle = median(fresh.map((report) => report.value));
		const previous = state.accepted;
		state.history ??= { freeUntil: now + this.policy.updatePeriod, recent: [], day: [] };
		state.accepted = this.#accept(key, state.history, previous, middle, now);
		state.asOf = fresh.map(({ at }) => at).sort((a, b) => b - a)[this.policy.minFeeders - 1];
		return state.accepted;
	}

	/** Returns the median as far as the value may move, and records it in the history. */
	#accept(key, history, previous, middle, now) {
		const { updatePeriod, perUpdate, perDay } = this.policy;
		const floor = FLOORS[key.kind] ?? PRICE_FLOOR;
		const update = { period: updatePeriod, bucket: Math.max(1, Math.ceil(updatePeriod / UPDATE_BUCKETS)) };
		const day = { period: DAY_SECONDS, bucket: HOUR_SECONDS };
		let value = middle;
		let before = previous;
		if (now < history.freeUntil) {
			// Moves are not limited yet, and the history starts again.
			[history.recent, history.day, before] = [[], [], middle];
		} else {
			const within = (buckets, lookback, move) => {
				const held = buckets.filter((bucket) => covers(lookback, bucket, now));
				const low = held.reduce((least, bucket) => lesser(least, bucket.low), previous);
				const high = held.reduce((most, bucket) => greater(most, bucket.high), previous);
				return boundsFrom(floor, low, high, move);
			};
			const ofUpdate = within(history.recent, update, perUpdate);
			const ofDay = within(history.day, day, perDay);
			// The value in force is always within the bounds.
			const lowest = lesser(greater(ofUpdate.lowest, ofDay.lowest), previous);
			const highest = greater(lesser(ofUpdate.highest, ofDay.highest), previous);
			value = greater(lowest, lesser(highest, middle));
		}
		history.recent = record(history.recent, update, MAX_UPDATE_BUCKETS, before, value, now);
		history.day = record(history.day, day, MAX_DAY_BUCKETS, before, value, now);
		return value;
	}

	/** Returns the accepted value of a key. */
	value(key) {
		return this.#values.get(name(key))?.accepted;
	}

	/** Returns the time from which enough operators support the value. */
	asOf(key) {
		return this.#values.get(name(key))?.asOf;
	}
}
