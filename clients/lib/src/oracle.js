// SPDX-License-Identifier: Apache-2.0
//
// The oracle as its own bookkeeper: one fresh value per operator, their median, moved no further than
// the policy lets it.

import { PPB, WAD } from './amounts.js';
import { median, mulDivDown } from './math.js';

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;
/** The period of an update is kept in so many spans, the day in hours. */
const UPDATE_SPANS = 4;
const MOST_UPDATE_SPANS = 5;
const MOST_DAY_SPANS = 25;
/** Under these, moves are measured as if the value were this: a tenth of the hours, a billionth of a dollar. */
const FLOORS = { Utilisation: WAD / 10n };
const PRICE_FLOOR = WAD / 1_000_000_000n;

const name = (key) => `${key.kind} ${key.id}`;
const lesser = (a, b) => (a < b ? a : b);
const greater = (a, b) => (a > b ? a : b);

/** Whether a span tells of values in force no further back than the window. */
const holds = (window, span, now) => now - span.since < window.length + window.span;

/** From every value between `low` and `high`: as far as the share `move` leads, of it or of `floor`. */
function reach(floor, low, high, move) {
	const distance = (value) => mulDivDown(greater(value, floor), move, PPB);
	return { lowest: high - lesser(distance(high), high), highest: low + distance(low) };
}

/** Remembers in the running span that `value` took the place of `previous`, or opens the next span. */
function note(spans, window, most, previous, value, now) {
	const kept = spans.filter((span) => holds(window, span, now));
	const low = lesser(previous, value);
	const high = greater(previous, value);
	const running = kept.at(-1);
	if (running !== undefined && now - running.since < window.span) {
		kept[kept.length - 1] = { since: running.since, low: lesser(running.low, low), high: greater(running.high, high) };
		return kept;
	}
	if (kept.length === most) {
		const [oldest, next] = kept.splice(0, 2);
		kept.unshift({ since: next.since, low: lesser(oldest.low, next.low), high: greater(oldest.high, next.high) });
	}
	return [...kept, { since: now, low, high }];
}

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
	 * Starts a key where the chain is.
	 *
	 * @param {{ kind: string, id: number }} key
	 * @param {{ raw: Map<string, { value: bigint, at: number }>, accepted?: bigint, asOf?: number,
	 *   course?: { freeUntil: number, recent: object[], day: object[] } }} state where a span is
	 *   { since: number, low: bigint, high: bigint }
	 */
	start(key, state) {
		this.#values.set(name(key), state);
	}

	/** An operator's report, at `now`. Returns what is accepted by it, if anything. */
	feed(operator, key, value, now) {
		const state = this.#values.get(name(key)) ?? { raw: new Map() };
		this.#values.set(name(key), state);
		state.raw.set(operator, { value, at: now });
		const fresh = [...state.raw.values()].filter(({ at }) => now - at <= this.policy.maxAge);
		if (fresh.length < this.policy.minFeeders) return undefined;
		const middle = median(fresh.map((report) => report.value));
		const previous = state.accepted;
		state.course ??= { freeUntil: now + this.policy.updatePeriod, recent: [], day: [] };
		state.accepted = this.#moved(key, state.course, previous, middle, now);
		state.asOf = fresh.map(({ at }) => at).sort((a, b) => b - a)[this.policy.minFeeders - 1];
		return state.accepted;
	}

	/** The median as far as the value may move; the course is that from then on. */
	#moved(key, course, previous, middle, now) {
		const { updatePeriod, perUpdate, perDay } = this.policy;
		const floor = FLOORS[key.kind] ?? PRICE_FLOOR;
		const update = { length: updatePeriod, span: Math.max(1, Math.ceil(updatePeriod / UPDATE_SPANS)) };
		const day = { length: DAY_SECONDS, span: HOUR_SECONDS };
		let value = middle;
		let before = previous;
		if (now < course.freeUntil) {
			// The first period binds nobody and leaves no trace.
			[course.recent, course.day, before] = [[], [], middle];
		} else {
			const within = (spans, window, move) => {
				const held = spans.filter((span) => holds(window, span, now));
				const low = held.reduce((least, span) => lesser(least, span.low), previous);
				const high = held.reduce((most, span) => greater(most, span.high), previous);
				return reach(floor, low, high, move);
			};
			const ofUpdate = within(course.recent, update, perUpdate);
			const ofDay = within(course.day, day, perDay);
			// The value in force is always within reach.
			const lowest = lesser(greater(ofUpdate.lowest, ofDay.lowest), previous);
			const highest = greater(lesser(ofUpdate.highest, ofDay.highest), previous);
			value = greater(lowest, lesser(highest, middle));
		}
		course.recent = note(course.recent, update, MOST_UPDATE_SPANS, before, value, now);
		course.day = note(course.day, day, MOST_DAY_SPANS, before, value, now);
		return value;
	}

	/** The accepted value of a key. */
	value(key) {
		return this.#values.get(name(key))?.accepted;
	}

	/** From when enough operators support it. */
	asOf(key) {
		return this.#values.get(name(key))?.asOf;
	}
}
