// SPDX-License-Identifier: Apache-2.0
//
// Tests of the arithmetic. Expected figures are computed by hand or from an independent identity.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PPB, usd, WAD } from '../src/amounts.js';
import * as math from '../src/math.js';

const at = (iso) => Date.parse(`${iso}Z`) / 1000;
const iso = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 19);

const TERMS = {
	calendar: { kind: 'Every', seconds: 100, periods: 3 },
	amortization: 'Linear',
	stubAmortizes: false,
	graceApr: 0n,
	gracePeriod: 50,
	servicing: { kind: 'None' },
};

test('a rate a second should be rounded up', () => {
	assert.equal(math.perSecondRate(31_536_000n), 1n);
	assert.equal(math.perSecondRate(31_536_001n), 2n);
	// 10 % / 31 536 000 = 3.1709791983764586504…e-9
	assert.equal(math.perSecondRate(WAD / 10n), 3_170_979_199n);
});

test('due dates at an interval should count from origination', () => {
	assert.deepEqual(math.dueDates({ kind: 'Every', seconds: 60, periods: 3 }, 1_000), {
		dueDates: [1_060, 1_120, 1_180],
		hasStub: false,
	});
});

test('due dates of a month should be clamped to its length', () => {
	const { dueDates, hasStub } = math.dueDates({ kind: 'Monthly', day: 31, utcOffset: 0, durationDays: 90 }, at('2027-01-31T12:00:00'));
	assert.equal(hasStub, false);
	// The end is 2027-05-01T12:00: the first anchor after it is the 31st of May.
	assert.deepEqual(dueDates.map(iso), [
		'2027-02-28T00:00:00',
		'2027-03-31T00:00:00',
		'2027-04-30T00:00:00',
		'2027-05-31T00:00:00',
	]);
});

test('due dates of a month should begin this month before the anchor and next month after it', () => {
	const first = (day) => {
		const { dueDates, hasStub } = math.dueDates({ kind: 'Monthly', day, utcOffset: 0, durationDays: 30 }, at('2028-02-10T00:00:00'));
		return [iso(dueDates[0]), hasStub];
	};
	assert.deepEqual(first(15), ['2028-02-15T00:00:00', true]);
	assert.deepEqual(first(10), ['2028-03-10T00:00:00', false]);
	assert.deepEqual(first(5), ['2028-03-05T00:00:00', true]);
	assert.deepEqual(first(30), ['2028-02-29T00:00:00', true]);
});

test('due dates should fall on local midnights', () => {
	// 23:00 UTC on the 9th is the 10th in a zone two hours ahead.
	const { dueDates, hasStub } = math.dueDates({ kind: 'Monthly', day: 10, utcOffset: 7_200, durationDays: 10 }, at('2027-03-09T23:00:00'));
	assert.equal(hasStub, false);
	assert.deepEqual(dueDates.map(iso), ['2027-04-09T22:00:00']);
});

test('an anchor at the very end of the term should be the last due date', () => {
	const monthly = (durationDays) => math.dueDates({ kind: 'Monthly', day: 1, utcOffset: 0, durationDays }, at('2027-01-01T00:00:00')).dueDates.map(iso);
	assert.deepEqual(monthly(31), ['2027-02-01T00:00:00']);
	assert.deepEqual(monthly(32), ['2027-02-01T00:00:00', '2027-03-01T00:00:00']);
});

test('a linear loan should repay the same each payment period and its dust at the end', () => {
	// 1e-3 of the balance a payment period.
	const rows = math.installments(TERMS, WAD / 100_000n, 0, 100n);
	assert.deepEqual(rows, [
		{ dueAt: 100, principal: 33n, interest: 1n, balanceAfter: 67n },
		{ dueAt: 200, principal: 33n, interest: 1n, balanceAfter: 34n },
		{ dueAt: 300, principal: 34n, interest: 1n, balanceAfter: 0n },
	]);
});

test('a bullet loan should pay interest until its last payment period', () => {
	const rows = math.installments({ ...TERMS, amortization: 'Bullet' }, WAD / 1_000n, 0, 1_000n);
	assert.deepEqual(rows.map(({ principal, interest }) => [principal, interest]), [[0n, 100n], [0n, 100n], [1_000n, 100n]]);
});

test('a level loan should pay the same each payment period', () => {
	// 10 % a payment period over three: 1000 * 0.331 / (1 - 1.1^-3) ... = 402.1148…
	const rows = math.installments({ ...TERMS, amortization: 'Level' }, WAD / 1_000n, 0, usd('1000'));
	const payments = rows.map(({ principal, interest }) => principal + interest);
	// The exact payment is 1000 * 1.331 / 3.31.
	const exact = (usd('1000') * 1_331n) / 3_310n;
	for (const payment of payments) assert.ok(payment - exact <= 5n && exact - payment <= 5n, `${payment} ${exact}`);
	assert.equal(rows.reduce((sum, { principal }) => sum + principal, 0n), usd('1000'));
});

test('a stub should pay interest only unless the terms say otherwise', () => {
	const calendar = { kind: 'Monthly', day: 1, utcOffset: 0, durationDays: 80 };
	const origin = at('2027-01-16T00:00:00');
	const rows = math.installments({ ...TERMS, calendar }, 1n, origin, 300n);
	assert.deepEqual(rows.map(({ principal }) => principal), [0n, 100n, 100n, 100n].slice(0, rows.length));
	const amortizing = math.installments({ ...TERMS, calendar, stubAmortizes: true }, 1n, origin, 300n);
	assert.equal(amortizing[0].principal, 300n / BigInt(amortizing.length));
});

test('lateness should cost nothing in the second of the due date and no more after the grace period', () => {
	const late = (now) => math.lateInterest(usd('1'), 1_000n, 50, 100, now);
	assert.equal(late(100), 0n);
	assert.equal(late(101), 1_000n);
	assert.equal(late(150), 50_000n);
	assert.equal(late(1_000), 50_000n);
	assert.equal(math.lateInterest(1n, 1n, 50, 100, 101), 1n);
});

test('an allocation should take payment periods that have begun, oldest first, within a budget', () => {
	const allocate = (firstUnpaid, now, horizon, budget) => {
		const balance = [300n, 200n, 100n][firstUnpaid];
		const { periods, total, balanceAfter } = math.allocate(TERMS, WAD / 1_000n, 0, balance, firstUnpaid, now, horizon, budget);
		assert.ok(balanceAfter <= balance);
		return [periods, total];
	};
	assert.deepEqual(allocate(0, 0, 'Begun'), [1, 130n]);
	assert.deepEqual(allocate(0, 100, 'Begun'), [1, 130n]);
	assert.deepEqual(allocate(0, 101, 'Begun'), [2, 130n + 120n]);
	assert.deepEqual(allocate(1, 100, 'Begun'), [0, 0n]);
	assert.deepEqual(allocate(0, 99, 'Reached'), [0, 0n]);
	assert.deepEqual(allocate(0, 100, 'Reached'), [1, 130n]);
	// What completes no payment period is taken all the same.
	assert.deepEqual(allocate(0, 250, 'Begun', 249n), [1, 249n]);
	assert.deepEqual(allocate(0, 250, 'Begun', 250n), [2, 250n]);
	assert.deepEqual(allocate(0, 250, 'Begun', 129n), [0, 129n]);
	assert.deepEqual(allocate(0, 250, 'Begun', 0n), [0, 0n]);
});

test('an allocation should add a servicing fee and what is late, each on its own opening balance', () => {
	// A grace rate of 1 % a second.
	const terms = { ...TERMS, graceApr: (WAD / 100n) * 31_536_000n, servicing: { kind: 'Share', ppb: PPB / 100n } };
	const allocation = math.allocate(terms, WAD / 1_000n, 0, 300n, 0, 110, 'Begun');
	assert.deepEqual(allocation, { periods: 2, principal: 200n, interest: 50n, lateInterest: 30n, servicing: 5n, total: 285n, balanceAfter: 100n, progress: math.NO_PROGRESS });
});

test('payments should split by what each tranche lent and earns', () => {
	const tranches = { senior: 80n, junior: 20n, seniorRate: 10n, juniorRate: 24n };
	const plenty = { senior: 1_000n, junior: 1_000n };
	assert.equal(math.blendedRate(tranches), 12n);
	// Weights 800 : 480.
	assert.deepEqual(math.splitInterest(tranches, 16n), { senior: 10n, junior: 6n });
	assert.deepEqual(math.splitInterest(tranches, 1n), { senior: 1n, junior: 0n });
	assert.deepEqual(math.splitPrincipal(tranches, 7n, plenty), { senior: 6n, junior: 1n });
	assert.deepEqual(math.splitPrepayment(tranches, 7n, plenty), { senior: 5n, junior: 2n });
	assert.deepEqual(math.splitPrincipal(tranches, 50n, { senior: 39n, junior: 11n }), { senior: 39n, junior: 11n });
	assert.throws(() => math.splitPrincipal(tranches, 51n, { senior: 40n, junior: 10n }), /more principal/);
});

test('the cost approach should be linear between points and flat after the last', () => {
	const curve = [[0, 1_000_000_000], [12, 780_000_000], [24, 600_000_000]];
	const cost = (months) => math.costValue(usd('100'), curve, months * math.MONTH_SECONDS, PPB);
	assert.equal(cost(0), usd('100'));
	assert.equal(cost(6), usd('89'));
	assert.equal(cost(12), usd('78'));
	assert.equal(cost(18), usd('69'));
	assert.equal(cost(24), usd('60'));
	assert.equal(cost(240), usd('60'));
	assert.equal(math.costValue(usd('100'), curve, 0, 720_000_000n), usd('72'));
});

test('the income approach should be the discounted sum of the months', () => {
	const income = (over) => math.incomeValue({ rental: usd('1'), utilisation: PPB, opex: 0n, discountRate: 0n, months: 12, ...over });
	assert.equal(income({}), usd('730') * 12n);
	// 100 % a month: 730 / 2 + 730 / 4.
	assert.equal(income({ discountRate: 12n * WAD, months: 2 }), usd('547.5'));
	assert.equal(income({ opex: usd('1') }), 0n);
	assert.equal(income({ opex: usd('0.25'), utilisation: PPB / 2n }), (usd('730') * 12n) / 4n);
	assert.equal(income({ months: 0 }), 0n);
	assert.equal(math.remainingMonths(60, 12 * math.MONTH_SECONDS), 48);
	assert.equal(math.remainingMonths(60, 12 * math.MONTH_SECONDS + 1), 47);
	assert.equal(math.remainingMonths(60, 61 * math.MONTH_SECONDS), 0);
});

test('a title should be worth its least approach times its units', () => {
	const model = {
		reference_price: usd('100').toString(),
		curve: [[0, 1_000_000_000]],
		opex_per_hour: '0',
		discount_rate: '0',
		economic_life_months: 10,
		forced_sale: 650_000_000,
	};
	const prices = { resale: usd('90'), rental: usd('1'), utilisation: WAD };
	const title = { units: 8, age: 0, condition: PPB };
	assert.deepEqual(math.appraise(model, prices, title), {
		cost: usd('800'),
		market: usd('720'),
		income: usd('58400'),
		value: usd('720'),
		liquidationValue: usd('468'),
	});
});

test('a median should be the middle, or the mean of the middle two rounded down', () => {
	assert.equal(math.median([9n, 1n, 5n]), 5n);
	assert.equal(math.median([4n, 1n]), 2n);
});

test('shares should convert at the price, rounded down', () => {
	assert.equal(math.sharesForAssets(123n, 0n, 0n), 123n);
	assert.equal(math.sharesForAssets(10n, 110n, 100n), 9n);
});

test('a moment at the boundary should lie in the next window', () => {
	assert.equal(math.windowAt(239, 0, 120), 1);
	assert.equal(math.windowAt(240, 0, 120), 2);
	assert.equal(math.windowClose(239, 0, 120), 240);
	assert.equal(math.windowClose(240, 0, 120), 360);
	assert.equal(math.windowClose(5, 100, 120), 100);
});
