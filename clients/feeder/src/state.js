// SPDX-License-Identifier: Apache-2.0
//
// Where an earlier run stopped.

import { readFile, rename, writeFile } from 'node:fs/promises';

/**
 * The last day fed, as an earlier run left it; undefined without a file or before the first day.
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
		// Said below.
	}
	throw new Error(`${file} is not a state of this program: remove it to start over`);
}

/** Remembers a day. The file is replaced as a whole: a crash leaves the old or the new one. */
export async function remember(file, last) {
	if (file === undefined) return;
	await writeFile(`${file}.new`, `${JSON.stringify({ last })}\n`);
	await rename(`${file}.new`, file);
}

/**
 * The rounds that are left after an earlier run; with `hold` the last one again when none is.
 *
 * @param {import('./series.js').Round[]} rounds
 * @param {string | undefined} done
 * @param {boolean} hold
 */
export function remaining(rounds, done, hold) {
	const rest = done === undefined ? rounds : rounds.filter(({ date }) => date > done);
	return rest.length === 0 && hold ? rounds.slice(-1) : rest;
}
