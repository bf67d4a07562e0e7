// SPDX-License-Identifier: Apache-2.0
//
// Tests of the auction of titles.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usd } from '../src/amounts.js';
import { Lot } from '../src/auction.js';

const RULES = { reserveShare: 900_000_000n, minIncrement: 10_000_000n, minIncrementAmount: usd('9.2'), duration: 60, extension: 30, discount: 150_000_000n };

test('a lot should ask for its reserve, then for a hundredth more, and go on after late bids', () => {
	const lot = new Lot(RULES, usd('1000'), 100);
	assert.deepEqual([lot.minimum, lot.endsAt], [usd('900'), 160]);
	assert.equal(lot.bid('a', usd('900'), 120), undefined);
	// A hundredth is nine dollars, and a bid is 9.2 more at least.
	assert.deepEqual([lot.minimum, lot.endsAt], [usd('909.2'), 160]);
	assert.deepEqual(lot.bid('b', usd('950'), 150), { bidder: 'a', amount: usd('900') });
	assert.deepEqual([lot.minimum, lot.endsAt], [usd('959.5'), 180]);
});

test('a lot without a bid should be up again for less', () => {
	const lot = new Lot(RULES, 10n, 0);
	lot.relist(60);
	assert.deepEqual([lot.reserve, lot.endsAt], [7n, 120]);
	assert.equal(new Lot(RULES, 0n, 0).minimum, 1n);
});
