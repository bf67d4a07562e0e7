// SPDX-License-Identifier: Apache-2.0
//
// Tests of amounts as text.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLBR_DECIMALS, formatAmount, parseAmount, usd } from '../src/amounts.js';

test('amounts should be read exactly', () => {
	assert.equal(usd('1'), 1_000_000_000_000_000_000n);
	assert.equal(usd('0.000000000000000001'), 1n);
	assert.equal(usd('33819.37'), 33_819_370_000_000_000_000_000n);
	assert.equal(parseAmount('1_000.5', CLBR_DECIMALS), 1_000_500_000_000_000n);
	assert.equal(parseAmount('1.500000', 1), 15n);
	assert.equal(parseAmount(7, 0), 7n);
});

test('amounts should be refused when they are none', () => {
	for (const text of ['', '-1', '1e3', '1,000', '.5', '1.', 'NaN', '0x10']) assert.throws(() => usd(text), /is not an amount/, text);
	assert.throws(() => parseAmount('0.1234567', 6), /more than 6 decimals/);
});

test('amounts should be written with groups, and cut digits shown', () => {
	assert.equal(formatAmount(usd('1234567.5')), '1,234,567.5');
	assert.equal(formatAmount(usd('123')), '123');
	assert.equal(formatAmount(1n), '0.000000000000000001');
	assert.equal(formatAmount(1n, 18, 6), '0.000000…');
	assert.equal(formatAmount(-usd('0.5')), '-0.5');
	assert.equal(formatAmount(0n), '0');
	assert.equal(formatAmount(12n, 0), '12');
});
