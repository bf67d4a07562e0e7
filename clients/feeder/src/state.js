// SPDX-License-Identifier: Apache-2.0
//
// State file of the feeder: the last day fed.

import { readFile, rename, writeFile } from 'node:fs/promises';

/**
 * Returns the last day fed by an earlier run; undefined without a file or before the first day.
 *
 * @param {string | undefined} file
 */
export async function lastDay(file) {
	if (file === undefined) return undefined;
	let text;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		if (error.code === 'ENOENT') return undefined;
		throw error;
	}
	try {
		const { last } = JSON.parse(text);
		if (/^\d{4}-\d\d-\d\d$/.test(last)) return last;
	} catch {
		// The error below covers a file that is no JSON.
	}
	throw new Error(`${file} is not a state of this program: remove it to start over`);
}

/** Writes the last day fed. The file is replaced as a whole: a crash leaves the old or the new one. */
export async function remember(file, last) {
	if (file === undefined) return;
	await writeFile(`${file}.new`, `${JSON.stringify({ last })}\n`);
	await rename(`${file}.new`, file);
}

/**
 * Returns the rounds that remain after an earlier run; with `hold`, the last round again where none remains.
 *
 * @param {import('./series.js').Round[]} rounds
 * @param {string | undefined} done
 * @param {boolean} hold
 */
export function remaining(rounds, done, hold) {
	const rest = done === undefined ? rounds : rounds.filter(({ date }) => date > done);
	return rest.length === 0 && hold ? rounds.slice(-1) : rest;
}
