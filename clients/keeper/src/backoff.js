// SPDX-License-Identifier: Apache-2.0
//
// Waiting times of jobs: after a failure ever longer ones, after a success a rest.

/** Wait after the first failure, and the longest wait, in seconds. */
const FIRST = 15;
const MOST = 3_600;

/** Waiting times by job. */
export class Backoff {
	#entries = new Map();

	/** @param {{ first?: number, most?: number, now?: () => number }} [options] seconds; `now` in seconds */
	constructor({ first = FIRST, most = MOST, now = () => Date.now() / 1000 } = {}) {
		Object.assign(this, { first, most, now });
	}

	/** Returns true if a job may be tried. */
	ready(key) {
		return this.now() >= (this.#entries.get(key)?.until ?? 0);
	}

	/** Notes a failure. Returns the seconds to wait; each failure in a row doubles them. */
	failed(key) {
		const times = (this.#entries.get(key)?.times ?? 0) + 1;
		const wait = Math.min(this.first * 2 ** Math.min(times - 1, 30), this.most);
		this.#entries.set(key, { times, until: this.now() + wait });
		return wait;
	}

	/** Notes a success; `rest` seconds pass before it is tried again. */
	succeeded(key, rest = 0) {
		if (rest > 0) this.#entries.set(key, { times: 0, until: this.now() + rest });
		else this.#entries.delete(key);
	}

	/** Removes jobs that have not been tried for long, so that the list stays short. */
	prune() {
		for (const [key, { until }] of this.#entries) {
			if (this.now() > until + this.most) this.#entries.delete(key);
		}
	}

	get size() {
		return this.#entries.size;
	}
}
