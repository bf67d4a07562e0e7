// SPDX-License-Identifier: Apache-2.0
//
// Tests of the clearing of redemption requests.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usd } from '../src/amounts.js';
import { affordable, clear, proceeds, seal, serve } from '../src/clearing.js';

const ONE = { nav: usd('1000'), supply: usd('1000') };
const bids = (...pairs) => pairs.map(([tick, shares], id) => ({ id, tick, shares: usd(shares) }));

test('a clearing should serve all at tick zero when there is enough', () => {
	assert.deepEqual(clear(ONE, usd('100'), bids([0, '60'], [1000, '40'])), { marginal: undefined, tick: 0, shares: usd('100'), proceeds: usd('100') });
});

test('a clearing should take no discount when tick zero is the marginal one', () => {
	const queue = bids([0, '80'], [100, '50']);
	const cleared = clear(ONE, usd('70'), queue);
	assert.deepEqual(cleared, { marginal: 0, tick: 0, shares: usd('70'), proceeds: usd('70') });
	assert.deepEqual(serve(ONE, cleared, queue), [
		{ id: 1, shares: usd('50'), assets: usd('50') },
		{ id: 0, shares: usd('20'), assets: usd('20') },
	]);
});

test('a clearing should seek the least discount at which those above the marginal tick fit', () => {
	// 100 shares above: at a tick of 100 they cost 99, which is what there is.
	const queue = bids([300, '100'], [99, '1']);
	const cleared = clear(ONE, usd('99'), queue);
	assert.deepEqual([cleared.marginal, cleared.tick, cleared.shares, cleared.proceeds], [99, 100, usd('100'), usd('99')]);
	assert.deepEqual(serve(ONE, cleared, queue), [{ id: 0, shares: usd('100'), assets: usd('99') }]);
	// A unit less, and those at 300 are the marginal ones.
	assert.deepEqual(clear(ONE, usd('96'), queue).marginal, 300);
});

test('a clearing without liquidity should serve nothing', () => {
	const cleared = clear(ONE, 0n, bids([0, '80'], [100, '50']));
	assert.equal(cleared.shares, 0n);
	assert.deepEqual(serve(ONE, cleared, bids([100, '50'])), []);
});

test('proceeds and affordable shares should each be rounded down once', () => {
	const price = { nav: 7n, supply: 3n };
	assert.equal(proceeds(price, 10n, 0), 23n);
	assert.equal(proceeds(price, 10n, 1_000), 21n);
	assert.equal(affordable(price, 23n, 0), 9n);
	assert.equal(affordable(price, 21n, 1_000), 10n);
});

test('a seal should name request, tick and salt', () => {
	const salt = new Uint8Array(32).fill(7);
	assert.match(seal(1, 100, salt), /^0x[0-9a-f]{64}$/);
	assert.notEqual(seal(1, 100, salt), seal(1, 101, salt));
	assert.notEqual(seal(1, 100, salt), seal(2, 100, salt));
	assert.notEqual(seal(1, 100, salt), seal(1, 100, new Uint8Array(32)));
});
