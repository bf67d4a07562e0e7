// SPDX-License-Identifier: Apache-2.0
//
// Tests of the tally of votes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tally } from '../src/governance.js';

test('votes should count by conviction, and support by balance', () => {
	const votes = [
		{ aye: true, conviction: 'None', balance: 105n },
		{ aye: true, conviction: 'Locked2x', balance: 10n },
		{ aye: false, conviction: 'Locked1x', balance: 7n },
	];
	assert.deepEqual(tally(votes), { ayes: 30n, nays: 7n, support: 115n });
});
