// SPDX-License-Identifier: Apache-2.0
//
// The oracle as its own bookkeeper: one fresh value per operator, their median, moved no further than
// the policy lets it.

import { WAD } from './amounts.js';
import { clampMove, median } from './math.js';

const DAY_SECONDS = 86_400;
/** Under these, moves are measured as if the value were this: a tenth of the hours, a billionth of a dollar. */
const FLOORS = { Utilisation: WAD / 10n };
const PRICE_FLOOR = WAD / 1_000_000_000n;

const name = (key) => `${key.kind} ${key.id}`;

/** `proposed`, no further from `reference` than the share `move` of it, or of `floor` where that is more. */
function limited(floor, reference, proposed, move) {
	if (reference >= floor) return clampMove(reference, proposed, move);
	const lift = floor - reference;
	return clampMove(floor, proposed + lift, move) - lift;
}

export class Oracle {
	#values = new Map();

	/**
	 * @param {{ minFeeders: number, maxAge: number, perUpdate: bigint, perDay: bigint }} policy moves in
	 *   parts per billion
	 */
	constructor(policy) {
		this.policy = policy;
	}

	/**
	 * Starts a key where the chain is.
	 *
	 * @param {{ kind: string, id: number }} key
	 * @param {{ raw: Map<string, { value: bigint, at: number }>, accepted?: bigint, asOf?: number,
	 *   opening?: { value: bigint, since: number } }} state
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
		if (state.opening === undefined || now - state.opening.since >= DAY_SECONDS) {
			state.opening = { value: previous ?? middle, since: now };
		}
		state.accepted = previous === undefined ? middle : this.#moved(key, state.opening.value, previous, middle);
		state.asOf = fresh.map(({ at }) => at).sort((a, b) => b - a)[this.policy.minFeeders - 1];
		return state.accepted;
	}

	#moved(key, opening, previous, middle) {
		const floor = FLOORS[key.kind] ?? PRICE_FLOOR;
		const updated = limited(floor, previous, middle, this.policy.perUpdate);
		const ofDay = limited(floor, opening, updated, this.policy.perDay);
		const [low, high] = previous < updated ? [previous, updated] : [updated, previous];
		return ofDay < low ? low : ofDay > high ? high : ofDay;
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
