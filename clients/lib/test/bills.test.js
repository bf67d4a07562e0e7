// SPDX-License-Identifier: Apache-2.0
//
// Tests of the Treasury bills and of the offers at which they are traded.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PPB, usd, WAD } from '../src/amounts.js';
import { amountIn, amountOut, Bills, idleTarget, Meter, Offers } from '../src/bills.js';

test('a pool should keep its product, and take its fee', () => {
	const [x, y] = [usd('1000'), usd('2000')];
	const out = amountOut(usd('10'), x, y, 3_000n);
	assert.ok((x + usd('10')) * (y - out) > x * y);
	assert.ok(amountIn(out, x, y, 3_000n) <= usd('10') + 1n);
});

test('bills should count at their price less the haircut, and for less when the price is old', () => {
	const bills = new Bills({ held: usd('100'), haircut: 2_000_000n, staleHaircut: 10_000_000n });
	assert.equal(bills.value(usd('1.1')), usd('109.78'));
	assert.equal(bills.value(usd('1.1'), true), usd('108.6822'));
	assert.equal(bills.value(undefined), 0n);
	assert.equal(idleTarget(101n, PPB / 10n, 5n), 16n);
});

test('the yield of the bills should be the rise of the lowest price of a day above the highest so far', () => {
	const bills = new Bills({ held: usd('100'), haircut: 0n, staleHaircut: 0n });
	const day = 86_400;
	assert.equal(bills.accept(usd('1.01'), 0), 0n);
	assert.equal(bills.accept(usd('1.03'), 10), 0n);
	// A day later: the lowest of it is no rise. From then on 1.03 counts, held by fewer for a while.
	assert.equal(bills.accept(usd('1.03'), day), 0n);
	bills.held = usd('50');
	assert.equal(bills.accept(usd('1.05'), day + 10), 0n);
	bills.held = usd('100');
	assert.equal(bills.accept(usd('1.04'), 2 * day), usd('1'));
	// A price that is gone within the day earns nothing.
	assert.equal(bills.accept(usd('2'), 2 * day + 10), 0n);
	assert.equal(bills.accept(usd('1.03'), 3 * day), 0n);
	assert.equal(bills.highest, usd('1.03'));
});

test('a limit should become free again within its period', () => {
	const meter = new Meter(3_600);
	meter.use(1_000, 900n, 1_000n);
	assert.deepEqual([1_000, 2_800, 4_240, 99_999].map((now) => meter.left(now, 1_000n)), [100n, 600n, 1_000n, 1_000n]);
	meter.use(2_800, 500n, 1_000n);
	assert.deepEqual([meter.used, meter.at], [900n, 2_800]);
	// More is in use than a lower limit allows: it goes all the same.
	assert.deepEqual([2_800, 6_400, 13_600].map((now) => meter.usedAt(now, 300n)), [900n, 600n, 0n]);
	assert.deepEqual([6_399, 6_400].map((now) => meter.usedAt(now, 0n)), [900n, 0n]);
});

/** The terms with which a chain begins. */
const TERMS = {
	buffer: PPB / 10n,
	hourly: usd('1000000'),
	period: 3_600,
	start: 1_000_000n,
	buyPremium: 200_000n,
	sellDiscount: 2_500_000n,
	minFill: usd('100'),
	dailyLoss: 200_000n,
};
const offers = (held = 0n, more = {}) => {
	const made = new Offers({ ...TERMS, ...more }, new Bills({ held, haircut: 0n, staleHaircut: 0n }));
	made.sides.Buys.since = 0;
	made.sides.Sells.since = 0;
	return made;
};
/** A vault of 10 million with 3 million idle, two thirds of them above the buffer. */
const RICH = { assets: usd('10000000'), idle: usd('3000000'), longIdle: usd('3000000'), wanted: 0n };

test('the price should move from the side of the vault across that of the oracle', () => {
	const at = (side) => [0, 1_800, 3_600, 9_999].map((now) => {
		const made = offers();
		return made.priceAt(side, WAD, made.place(side, now));
	});
	assert.deepEqual(at('Buys'), [usd('0.999'), usd('0.9996'), usd('1.0002'), usd('1.0002')]);
	assert.deepEqual(at('Sells'), [usd('1.001'), usd('0.99925'), usd('0.9975'), usd('0.9975')]);
	const unborn = new Offers(TERMS, new Bills({ held: 0n, haircut: 0n, staleHaircut: 0n }));
	assert.equal(unborn.place('Buys', 9_999), 0n);
});

test('the vault should buy with what has lain idle above its target, and at most the amount of the hour', () => {
	const made = offers();
	assert.equal(made.offer('Buys', RICH, WAD, 0).amount, usd('1000000'));
	assert.equal(made.offer('Buys', { ...RICH, longIdle: usd('1200000') }, WAD, 0).amount, usd('200000'));
	assert.equal(made.offer('Buys', { ...RICH, longIdle: usd('1200000'), wanted: usd('150000') }, WAD, 0).amount, usd('50000'));
	assert.equal(made.offer('Buys', { ...RICH, longIdle: usd('1000099') }, WAD, 0), undefined);
	assert.equal(made.offer('Sells', RICH, WAD, 0), undefined);
});

test('a fill should pay the mean of the prices that it passes, and take the price back', () => {
	const made = offers();
	const offer = made.offer('Buys', RICH, WAD, 3_600);
	const trade = made.fill('Buys', offer, usd('500000'), WAD, 3_600);
	// A half of the hour, from 1.0002 to 0.9996: at 0.9999, so bills for 500 000 / 0.9999, rounded up.
	assert.deepEqual(trade, { usdai: usd('500000'), bills: 500_050_005_000_500_050_005_001n, price: usd('0.9999') - 1n, loss: 0n });
	assert.equal(made.sides.Buys.since, 1_800);
	assert.equal(made.bills.held, trade.bills);
	assert.equal(made.offer('Buys', RICH, WAD, 3_600).amount, usd('500000'));
	// Half an hour later the amount is whole again, and the price at its end.
	assert.equal(made.offer('Buys', RICH, WAD, 5_400).amount, usd('1000000'));
	assert.equal(made.place('Buys', 5_400), WAD);
});

test('a fill beyond the begin of the path should count as far as the path goes', () => {
	const made = offers();
	// At a quarter of the path a half of the hour passes a quarter: 1/16 / 1 of the way in the mean.
	assert.equal(made.meanPlace('Buys', 900, usd('500000')), WAD / 16n);
	made.fill('Buys', made.offer('Buys', RICH, WAD, 900), usd('500000'), WAD, 900);
	assert.equal(made.sides.Buys.since, 900);
});

test('a sale should lose what the path says, and no more than the day permits', () => {
	const poor = { assets: usd('10000000'), idle: usd('500000'), longIdle: 0n, wanted: 0n };
	const made = offers(usd('5000000'));
	const offer = made.offer('Sells', poor, WAD, 3_600);
	assert.deepEqual([offer.amount, offer.mostLoss, offer.forQueue], [usd('500000'), usd('2000'), 0n]);
	const trade = made.fill('Sells', offer, usd('500000'), WAD, 3_600);
	// At 0.998375: bills for 500 000 / 0.998375, rounded down.
	assert.equal(trade.bills, 500_813_822_461_499_937_398_272n);
	assert.equal(trade.loss, trade.bills - usd('500000'));
	assert.equal(made.offer('Sells', poor, WAD, 3_600).lossLeft, usd('2000') - trade.loss);

	const tight = offers(usd('5000000'), { dailyLoss: 10_000n });
	const bounded = tight.fill('Sells', tight.offer('Sells', poor, WAD, 3_600), usd('500000'), WAD, 3_600);
	assert.deepEqual([bounded.bills, bounded.loss], [usd('500100'), usd('100')]);
});

test('the bound on losses should not stop a sale for the queue', () => {
	const queue = { assets: usd('10000000'), idle: usd('500000'), longIdle: 0n, wanted: usd('1000000') };
	const made = offers(usd('5000000'), { dailyLoss: 0n });
	const offer = made.offer('Sells', queue, WAD, 3_600);
	// Target: a million of buffer and a million for the queue.
	assert.deepEqual([offer.amount, offer.forQueue, offer.lossLeft], [usd('1000000'), usd('500000'), 0n]);
	const trade = made.fill('Sells', offer, usd('500000'), WAD, 3_600);
	assert.equal(trade.bills, 500_813_822_461_499_937_398_272n);
});

test('the last bills should be sold for what they bring', () => {
	const made = offers(usd('150'), { buffer: PPB });
	const offer = made.offer('Sells', RICH, WAD, 3_600);
	const trade = made.fill('Sells', offer, usd('1000'), WAD, 3_600);
	assert.equal(trade.bills, usd('150'));
	assert.equal(made.bills.held, 0n);
	// As of the price that a fill of 150.15 has: 0.9975 and a little more.
	assert.ok(trade.usdai >= usd('149.625') && trade.usdai < usd('149.63'), `${trade.usdai}`);
	assert.equal(made.offer('Sells', RICH, WAD, 3_600), undefined);
});
