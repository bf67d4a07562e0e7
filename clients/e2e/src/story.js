// SPDX-License-Identifier: Apache-2.0
//
// A run that reads as a story: numbered steps, figures, and a count of what was checked.

import { isDeepStrictEqual } from 'node:util';

/** Anything a check compares, in one line. */
function shown(value) {
	const text = JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}` : part));
	return text === undefined ? String(value) : text;
}

export class Story {
	passed = 0;
	failed = 0;
	#step = 0;
	#agreed = 0;

	/** @param {(line: string) => void} [write] */
	constructor(write = console.log) {
		this.write = write;
	}

	/** A line of the story. */
	tell(text) {
		this.write(`    ${text}`);
	}

	/** Compares what the chain says with what was computed here. */
	check(what, actual, expected) {
		if (isDeepStrictEqual(actual, expected)) {
			this.passed += 1;
			this.#agreed += 1;
			return true;
		}
		this.fail(`${what}: the chain says ${shown(actual)}, computed ${shown(expected)}`);
		return false;
	}

	/** Counts something that is wrong. */
	fail(what) {
		this.failed += 1;
		this.write(`  ✗ ${what}`);
	}

	/** A call that was refused as it should be. */
	refused(what, name) {
		this.passed += 1;
		this.write(`  ✓ refused ${what}: ${name}`);
	}

	/**
	 * One numbered step. An exception ends the story: what follows builds on it.
	 *
	 * @param {string} title
	 * @param {() => Promise<void>} body
	 */
	async step(title, body) {
		this.#step += 1;
		this.#agreed = 0;
		this.write(`\n${String(this.#step).padStart(2)}  ${title}`);
		await body();
		if (this.#agreed > 0) {
			this.write(`  ✓ ${this.#agreed} ${this.#agreed === 1 ? 'figure agrees' : 'figures agree'} to the unit`);
		}
	}

	/** The last line. */
	end() {
		this.write(`\n${this.passed} passed, ${this.failed} failed`);
	}
}
