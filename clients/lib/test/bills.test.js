// SPDX-License-Identifier: Apache-2.0
//
// Tests of the Treasury bills and of the pool that trades them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PPB, usd, WAD } from '../src/amounts.js';
import { amountIn, amountOut, Bills, idleTarget, mostWithin } from '../src/bills.js';

test('a pool should keep its product, and take its fee', () => {
	const [x, y] = [usd('1000'), usd('2000')];
	const out = amountOut(usd('10'), x, y, 3_000n);
	assert.ok((x + usd('10')) * (y - out) > x * y);
	assert.ok(amountIn(out, x, y, 3_000n) <= usd('10') + 1n);
	const most = mostWithin(usd('0.51'), WAD, x, y, 3_000n);
	const price = (amount) => (amount * WAD) / amountOut(amount, x, y, 3_000n);
	assert.ok(price(most) <= usd('0.51') && price(most + usd('0.001')) > usd('0.51'));
});

test('bills should count at their price less the haircut, and for less when the price is old', () => {
	const bills = new Bills({ held: usd('100'), haircut: 2_000_000n, staleHaircut: 10_000_000n });
	assert.equal(bills.value(usd('1.1')), usd('109.78'));
	assert.equal(bills.value(usd('1.1'), true), usd('108.6822'));
	assert.equal(bills.value(undefined), 0n);
	assert.equal(idleTarget(101n, PPB / 10n, 5n), 16n);
});
