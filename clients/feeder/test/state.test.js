// SPDX-License-Identifier: Apache-2.0
//
// Tests of the feeder's state file.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { lastDay, remaining, remember } from '../src/state.js';

const ROUNDS = ['2025-10-19', '2025-10-20', '2025-10-21'].map((date) => ({ date, entries: [] }));
const dates = (rounds) => rounds.map(({ date }) => date);

test('a run should go on after the day an earlier one remembered', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'caliber-state-'));
	const file = join(folder, 'state.json');
	try {
		assert.equal(await lastDay(undefined), undefined);
		assert.equal(await lastDay(file), undefined);
		await remember(file, '2025-10-19');
		await remember(file, '2025-10-20');
		assert.equal(await lastDay(file), '2025-10-20');
		await writeFile(file, '{"last"');
		await assert.rejects(lastDay(file), /remove it to start over/);
		await writeFile(file, '{}');
		await assert.rejects(lastDay(file), /remove it to start over/);
	} finally {
		await rm(folder, { recursive: true });
	}
});

test('the rounds that remain should be those after the last day', () => {
	assert.deepEqual(dates(remaining(ROUNDS, undefined, false)), dates(ROUNDS));
	assert.deepEqual(dates(remaining(ROUNDS, '2025-10-19', false)), ['2025-10-20', '2025-10-21']);
	assert.deepEqual(dates(remaining(ROUNDS, '2025-10-21', false)), []);
	assert.deepEqual(dates(remaining(ROUNDS, '2025-10-21', true)), ['2025-10-21']);
});
