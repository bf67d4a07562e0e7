// SPDX-License-Identifier: Apache-2.0
//
// Tests of provisions.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PPB, usd } from '../src/amounts.js';
import { dayAt, expectedInsurance, isLow, lacking, provisionOf, rampWeight } from '../src/provision.js';

const DAY = 86_400;

test('a weight should grow by days, rounded up', () => {
	for (const [seconds, weight] of [
		[0, 250_000_000n],
		[DAY - 1, 250_000_000n],
		// 25 % and a fourteenth of 75 %: 303 571 428.57.
		[DAY, 303_571_429n],
		[7 * DAY, 625_000_000n],
		[14 * DAY - 1, 946_428_572n],
		[14 * DAY, PPB],
	]) {
		assert.equal(rampWeight(PPB / 4n, PPB, seconds, 14 * DAY, DAY), weight);
	}
	assert.equal(rampWeight(0n, PPB / 2n, 5, 7, 3), 214_285_715n);
	assert.equal(rampWeight(0n, PPB / 2n, 0, 0, 3), PPB / 2n);
});

test('a day should be two blocks at least', () => {
	assert.deepEqual([1, 100, 21_600].map(dayAt), [86_400, 864, 12]);
});

test('a shortfall should be what no source covers, and no less than nothing', () => {
	assert.equal(lacking(108n, [71n, 5n]), 32n);
	assert.equal(lacking(108n, [71n, 38n, 4n]), 0n);
	// A part of a unit counts as one.
	assert.equal(provisionOf(33n, PPB / 10n), 4n);
});

test('a coverage should be low under 1.1 times what is required', () => {
	assert.equal(isLow(usd('145200'), usd('132000')), false);
	assert.equal(isLow(usd('145200') - 1n, usd('132000')), true);
});

test('insurance should count what is left of policy and value, less the haircut', () => {
	const haircut = PPB / 5n;
	assert.equal(expectedInsurance({ worth: usd('60'), claimable: usd('50'), claimed: 0n, haircut }), usd('40'));
	assert.equal(expectedInsurance({ worth: usd('60'), claimable: usd('900'), claimed: usd('40'), haircut }), usd('16'));
	assert.equal(expectedInsurance({ worth: usd('60'), claimable: usd('900'), claimed: usd('70'), haircut }), 0n);
});
