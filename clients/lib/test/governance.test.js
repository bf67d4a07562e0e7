// SPDX-License-Identifier: Apache-2.0
//
// Tests of the tally of votes, of the tempo, and of the reports on governed values.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { governedValues, shortened, tally } from '../src/governance.js';

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

test('the index of a governed value should be that of the chain when the area leaves numbers out', async () => {
	const text = (name) => ({ toString: () => name, toUtf8: () => name });
	const variant = (name, index, fields = []) => ({ name: text(name), index: { toNumber: () => index }, fields });
	const sum = (path, variants) => ({ path: path.map(text), def: { isVariant: true, asVariant: { variants } } });
	const values = sum(['caliber_primitives', 'ReserveValue'], [variant('PegFloor', 9), variant('PegFreeze', 20)]);
	const change = sum(['pallet_caliber_governance', 'types', 'Change'], [variant('Reserves', 5, [{ type: 1 }])]);
	const figure = { toBigInt: () => 1n };
	const report = (name) => ({ name: text(name), value: figure, governed: figure, default: figure, least: figure, greatest: figure });
	const { Reserves } = await governedValues({
		registry: { lookup: { types: [{ type: sum(['frame_system', 'Change'], []) }, { type: values }, { type: change }], getSiType: () => values } },
		call: { governanceApi: { values: async () => [[text('Reserves'), [report('PegFloor'), report('PegFreeze')]]] } },
	});
	assert.deepEqual([Reserves.PegFloor.index, Reserves.PegFreeze.index, Reserves.PegFloor.value], [9, 20, 1n]);
});
