// SPDX-License-Identifier: Apache-2.0
//
// Tests of the clearing of redemption requests.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PPB, usd } from '../src/amounts.js';
import { affordable, clear, moveTo, proceeds, Raised, rollOver, seal, serve, unrevealedShare } from '../src/clearing.js';

const ONE = { nav: usd('1000'), supply: usd('1000') };
const bids = (...pairs) => pairs.map(([tick, shares], id) => ({ id, tick, shares: usd(shares) }));

test('a clearing should serve all at tick zero when there is enough', () => {
	assert.deepEqual(clear(ONE, usd('100'), bids([0, '60'], [1000, '40'])), { marginal: undefined, tick: 0, shares: usd('100'), proceeds: usd('100') });
});

test('a clearing should take no discount when tick zero is the marginal one', () => {
	const queue = bids([0, '80'], [100, '50']);
	const cleared = clear(ONE, usd('70'), queue);
	assert.deepEqual(cleared, { marginal: 0, tick: 0, shares: usd('70'), proceeds: usd('70') });
	assert.deepEqual(serve(ONE, cleared, queue), {
		served: [
			{ id: 1, shares: usd('50'), assets: usd('50'), withheld: 0n },
			{ id: 0, shares: usd('20'), assets: usd('20'), withheld: 0n },
		],
		ended: [],
		reissued: 0n,
	});
});

test('a clearing should seek the least discount at which those above the marginal tick fit', () => {
	// 100 shares above: at a tick of 100 they cost 99, which is what there is.
	const queue = bids([300, '100'], [99, '1']);
	const cleared = clear(ONE, usd('99'), queue);
	assert.deepEqual([cleared.marginal, cleared.tick, cleared.shares, cleared.proceeds], [99, 100, usd('100'), usd('99')]);
	assert.deepEqual(serve(ONE, cleared, queue).served, [{ id: 0, shares: usd('100'), assets: usd('99'), withheld: 0n }]);
	// A unit less, and those at 300 are the marginal ones.
	assert.deepEqual(clear(ONE, usd('96'), queue).marginal, 300);
});

test('a clearing without liquidity should serve nothing', () => {
	const cleared = clear(ONE, 0n, bids([0, '80'], [100, '50']));
	assert.equal(cleared.shares, 0n);
	assert.deepEqual(serve(ONE, cleared, bids([100, '50'])).served, []);
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

test('a ladder of bids should bind whoever reveals a rung', () => {
	const price = { nav: usd('100000000'), supply: usd('100000000') };
	const others = bids([500, '9000000'], [0, '20000000']);
	const liquidity = usd('10000000');
	const alone = clear(price, liquidity, others);
	assert.deepEqual([alone.marginal, alone.tick], [0, 0]);
	const cleared = clear(price, liquidity, [...others, { id: 2, tick: 499, shares: usd('2000000') }]);
	assert.deepEqual([cleared.marginal, cleared.tick], [499, 499]);
	// 10 000 000 / 0.9501.
	assert.equal(cleared.shares, 10_525_207_872_855_488_895_905_694n);
});

test('a request whose least price is not met should end, and others should be served in its place', () => {
	const queue = [{ id: 0, tick: 0, shares: usd('50'), least: usd('1.01') }, ...bids([0, '30'], [0, '40']).map((bid) => ({ ...bid, id: bid.id + 1 }))];
	const cleared = clear(ONE, usd('100'), queue);
	assert.deepEqual([cleared.tick, cleared.shares], [0, usd('100')]);
	const { served, ended, reissued } = serve(ONE, cleared, queue);
	assert.deepEqual(ended, [0]);
	assert.deepEqual(served.map(({ id, shares }) => [id, shares]), [[1, usd('30')], [2, usd('40')]]);
	assert.equal(reissued, usd('30'));
	// At its least price it is served.
	queue[0].least = usd('1');
	assert.deepEqual(serve(ONE, cleared, queue).ended, []);
});

test('an unrevealed bid should cost the clearing tick of its window, or the least share', () => {
	assert.equal(unrevealedShare(0, PPB / 200n), PPB / 200n);
	assert.equal(unrevealedShare(300, PPB / 200n), (PPB * 3n) / 100n);
	const queue = [{ id: 0, tick: 0, shares: usd('100'), unrevealed: { least: PPB / 200n } }];
	const [one] = serve(ONE, clear(ONE, usd('100'), queue), queue).served;
	assert.deepEqual([one.assets, one.withheld], [usd('99.5'), usd('0.5')]);
});

test('the cost of raising should be borne in proportion to what is taken', () => {
	const raised = new Raised();
	assert.equal(raised.sell(1_000n, 1_007n, 5_000n), 7n);
	assert.deepEqual([raised.costOf(1_000n), raised.costOf(5_000n), raised.costOf(500n), raised.costOf(0n)], [7n, 7n, 4n, 0n]);
	// Only for what was missing: half of the sale, and half of its loss.
	// 300 of 993 pay for 302.1, whose part of the cost is 2.1.
	assert.deepEqual([raised.proceedsFor(993n), raised.proceedsFor(2_000n), raised.proceedsFor(300n)], [1_000n, 2_007n, 302n]);
	raised.forget(400n);
	assert.deepEqual([raised.amount, raised.cost], [600n, 4n]);
	raised.forget(601n);
	assert.deepEqual([raised.amount, raised.cost, raised.proceedsFor(9n)], [0n, 0n, 9n]);
	assert.equal(new Raised().sell(1_000n, 1_008n, 500n), 4n);
	assert.equal(new Raised().sell(1_000n, 1_008n, 0n), 0n);
	assert.equal(new Raised().sell(1_000n, 990n, 1_000n), 0n);
});

test('what is left at each tick should join the end of tick 0, the highest first', () => {
	const queue = bids([0, '1'], [100, '2'], [300, '3'], [0, '4'], [300, '5'], [100, '0']);
	const after = rollOver(queue);
	assert.deepEqual(after.map(({ id }) => id), [0, 3, 2, 4, 1]);
	assert.ok(after.every(({ tick }) => tick === 0));
});

test('a sealed bid should wait at the end of tick 0', () => {
	const queue = bids([0, '1'], [0, '2']);
	assert.deepEqual(moveTo(queue, queue[0], 0).map(({ id }) => id), [1, 0]);
	assert.deepEqual(moveTo(queue, queue[0], 300).map(({ id, tick }) => [id, tick]), [[1, 0], [0, 300]]);
});
