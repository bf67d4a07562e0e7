// SPDX-License-Identifier: Apache-2.0
//
// Tests of the tally of votes, and of the tempo.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortened, tally } from '../src/governance.js';

test('votes should count by conviction, and support by balance', () => {
	const votes = [
		{ aye: true, conviction: 'None', balance: 105n },
		{ aye: true, conviction: 'Locked2x', balance: 10n },
		{ aye: false, conviction: 'Locked1x', balance: 7n },
	];
	assert.deepEqual(tally(votes), { ayes: 30n, nays: 7n, support: 115n });
});

test('waits should be divided by the tempo, down to two blocks', () => {
	const month = 30 * 86_400;
	assert.deepEqual([month, 86_400, 12, 5, 0].map((wait) => shortened(wait, 1)), [month, 86_400, 12, 5, 0]);
	assert.deepEqual([month, 14 * 86_400, 86_400, 5, 0].map((wait) => shortened(wait, 21_600)), [120, 56, 12, 5, 0]);
});
