// SPDX-License-Identifier: Apache-2.0
//
// The story of a run: numbered steps, figures, and the number of checks.

import { isDeepStrictEqual } from 'node:util';

/** Returns the text of a compared value, in one line. */
function shown(value) {
	const text = JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}` : part));
	return text === undefined ? String(value) : text;
}

/** Writer and counter of a run. */
export class Story {
	passed = 0;
	failed = 0;
	#step = 0;
	#agreed = 0;

	/** @param {(line: string) => void} [write] */
	constructor(write = console.log) {
		this.write = write;
	}

	/** Writes a line of the story. */
	tell(text) {
		this.write(`    ${text}`);
	}

	/** Compares a value of the chain with the computed one. */
	check(what, actual, expected) {
		if (isDeepStrictEqual(actual, expected)) {
			this.passed += 1;
			this.#agreed += 1;
			return true;
		}
		this.fail(`${what}: the chain says ${shown(actual)}, computed ${shown(expected)}`);
		return false;
	}

	/** Counts and writes a failure. */
	fail(what) {
		this.failed += 1;
		this.write(`  ✗ ${what}`);
	}

	/** Counts and writes a call that was refused as expected. */
	refused(what, name) {
		this.passed += 1;
		this.write(`  ✓ refused ${what}: ${name}`);
	}

	/**
	 * Runs one numbered step. An exception ends the story, because later steps build on this one.
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

	/** Writes the last line. */
	end() {
		this.write(`\n${this.passed} passed, ${this.failed} failed`);
	}
}
