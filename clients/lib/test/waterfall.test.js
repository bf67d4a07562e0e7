// SPDX-License-Identifier: Apache-2.0
//
// Tests of the amounts owed in a liquidation and of their distribution.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PPB, usd, WAD } from '../src/amounts.js';
import { Loan } from '../src/loan.js';
import { distribute, owedInLiquidation, recovery } from '../src/waterfall.js';

const OWED = {
	saleCost: 5n, seniorPrincipal: 800n, seniorInterest: 40n, juniorPrincipal: 200n, juniorInterest: 20n, servicingFee: 3n, liquidationFee: 7n,
};

test('proceeds should be distributed rank by rank, and the surplus to the borrower', () => {
	for (const [money, paid, surplus] of [
		[0n, [0n, 0n, 0n, 0n, 0n, 0n, 0n], 0n],
		[6n, [5n, 1n, 0n, 0n, 0n, 0n, 0n], 0n],
		[1_046n, [5n, 800n, 40n, 200n, 1n, 0n, 0n], 0n],
		[1_069n, [5n, 800n, 40n, 200n, 20n, 3n, 1n], 0n],
		[1_076n, [5n, 800n, 40n, 200n, 20n, 3n, 7n], 1n],
	]) {
		const waterfall = distribute(OWED, money);
		assert.deepEqual(Object.values(waterfall.paid), paid);
		assert.equal(waterfall.surplus, surplus);
		for (const rank of Object.keys(OWED)) assert.equal(waterfall.paid[rank] + waterfall.unpaid[rank], OWED[rank]);
	}
});

test('a liquidation should owe what is due, and the interest of the payment period that runs', () => {
	const terms = {
		calendar: { kind: 'Every', seconds: 100, periods: 4 }, amortization: 'Level', stubAmortizes: false,
		seniorApr: usd('0.09'), juniorApr: usd('0.14'), firstLoss: PPB / 10n, graceApr: usd('0.05'), gracePeriod: 60,
		servicing: { kind: 'Share', ppb: PPB / 2_000n }, origination: { kind: 'None' }, exit: { kind: 'None' },
	};
	const loan = new Loan(terms, usd('80000'), 0);
	const costs = { saleCost: PPB / 50n, maxFee: PPB / 10n, liquidationFee: { kind: 'Share', ppb: PPB / 20n } };
	const early = owedInLiquidation([loan], costs, usd('1000'), 50);
	assert.deepEqual([early.saleCost, early.liquidationFee], [usd('20'), usd('50')]);
	// An absolute fee is no more of the price than a share may be.
	const absolute = { ...costs, liquidationFee: { kind: 'Absolute', amount: usd('500') } };
	assert.equal(owedInLiquidation([loan], absolute, usd('1000'), 50).liquidationFee, usd('100'));
	assert.equal(early.seniorPrincipal + early.juniorPrincipal, usd('80000'));
	assert.equal(early.servicingFee, 0n);
	// Half of a payment period's interest, rounded up.
	assert.equal(early.seniorInterest + early.juniorInterest, (usd('80000') * loan.rate * 50n + WAD - 1n) / WAD);
	const late = owedInLiquidation([loan], costs, 0n, 130);
	const due = loan.reached(130);
	assert.equal(late.servicingFee, due.servicing);
	const running = (due.balanceAfter * loan.rate * 30n + WAD - 1n) / WAD;
	assert.equal(late.seniorInterest + late.juniorInterest, due.interest + due.lateInterest + running);
	assert.deepEqual([late.saleCost, late.liquidationFee], [0n, 0n]);
});

test('an expected recovery should count the expected cost of a sale, rounded up', () => {
	assert.equal(recovery(usd('100'), 50_000_000n), usd('95'));
	assert.equal(recovery(19n, 50_000_000n), 18n);
});
