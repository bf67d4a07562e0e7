// SPDX-License-Identifier: Apache-2.0
//
// Tests of the model of the oracle.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PPB, usd, WAD } from '../src/amounts.js';
import { Oracle } from '../src/oracle.js';

const KEY = { kind: 'Rental', id: 0 };
const POLICY = { minFeeders: 3, maxAge: 600, updatePeriod: 600, perUpdate: PPB / 10n, perDay: PPB / 4n };

test('an oracle should accept the median once enough operators have spoken', () => {
	const oracle = new Oracle(POLICY);
	assert.equal(oracle.feed('a', KEY, 90n, 0), undefined);
	assert.equal(oracle.feed('b', KEY, 100n, 6), undefined);
	assert.equal(oracle.feed('c', KEY, 500n, 12), 100n);
	assert.equal(oracle.asOf(KEY), 0);
});

test('an oracle should not count a report that is too old', () => {
	const oracle = new Oracle(POLICY);
	oracle.feed('a', KEY, 100n, 0);
	oracle.feed('b', KEY, 100n, 1);
	assert.equal(oracle.feed('c', KEY, 100n, 600), 100n);
	assert.equal(oracle.feed('b', KEY, 100n, 601), undefined);
});

/** Returns the values accepted when three operators report a value, one after the other. */
const all = (oracle, key, value, now) => ['a', 'b', 'c'].map((who) => oracle.feed(who, key, value, now));

test('an oracle should follow the median freely in its first period', () => {
	const oracle = new Oracle(POLICY);
	assert.deepEqual(all(oracle, KEY, usd('1000'), 0), [undefined, undefined, usd('1000')]);
	assert.deepEqual(all(oracle, KEY, usd('100'), 599).at(-1), usd('100'));
	assert.deepEqual(all(oracle, KEY, usd('200'), 600).at(-1), usd('110'));
});

test('an oracle should make one move of what several report in one block', () => {
	const oracle = new Oracle(POLICY);
	all(oracle, KEY, usd('1000'), 0);
	// The first report alone does not move the median.
	assert.deepEqual(all(oracle, KEY, usd('9000'), 600), [usd('1000'), usd('1100'), usd('1100')]);
	assert.equal(all(oracle, KEY, usd('9000'), 606).at(-1), usd('1100'));
	assert.equal(all(oracle, KEY, usd('9000'), 1_349).at(-1), usd('1100'));
	assert.equal(all(oracle, KEY, usd('9000'), 1_350).at(-1), usd('1210'));
});

test('an oracle should bound a move of a day without a seam', () => {
	const oracle = new Oracle(POLICY);
	all(oracle, KEY, usd('1000'), 0);
	const moves = [600, 1_350, 2_100, 2_850].map((now) => all(oracle, KEY, usd('9000'), now).at(-1));
	assert.deepEqual(moves, [usd('1100'), usd('1210'), usd('1250'), usd('1250')]);
	// A value in force in the first hour binds until that hour is a day and an hour old.
	assert.equal(all(oracle, KEY, usd('9000'), 89_999).at(-1), usd('1250'));
	assert.equal(all(oracle, KEY, usd('9000'), 90_000).at(-1), usd('1375'));
});

test('an oracle should move each block when the period is a second', () => {
	const oracle = new Oracle({ ...POLICY, updatePeriod: 1 });
	all(oracle, KEY, usd('1000'), 0);
	const moves = [6, 6, 12, 18, 24].map((now) => all(oracle, KEY, usd('9000'), now).at(-1));
	assert.deepEqual(moves, [usd('1100'), usd('1100'), usd('1210'), usd('1250'), usd('1250')]);
});

test('an oracle should let an idle model be seen to work again', () => {
	const oracle = new Oracle(POLICY);
	const key = { kind: 'Utilisation', id: 0 };
	all(oracle, key, 0n, 0);
	assert.deepEqual(all(oracle, key, WAD, 600), [0n, WAD / 100n, WAD / 100n]);
	assert.equal(all(oracle, key, WAD, 1_350).at(-1), (WAD * 2n) / 100n);
	assert.equal(all(oracle, key, WAD, 2_100).at(-1), (WAD * 25n) / 1_000n);
});
