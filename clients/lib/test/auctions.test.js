// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PPB, usd, WAD } from '../src/amounts.js';
import { affordable, clear, Lot, proceeds, seal, serve } from '../src/auctions.js';
import { amountIn, amountOut, Bills, idleTarget, mostWithin } from '../src/bills.js';
import { tally } from '../src/governance.js';
import { Loan } from '../src/loan.js';
import { distribute, owedInLiquidation, recovery, shortfall } from '../src/waterfall.js';

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

test('what shares bring and what money pays for should each be rounded down once', () => {
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

const RULES = { reserveShare: 900_000_000n, minIncrement: 10_000_000n, duration: 60, extension: 30, discount: 150_000_000n };

test('a lot should ask for its reserve, then for a hundredth more, and go on after late bids', () => {
	const lot = new Lot(RULES, usd('1000'), 100);
	assert.deepEqual([lot.minimum, lot.endsAt], [usd('900'), 160]);
	assert.equal(lot.bid('a', usd('900'), 120), undefined);
	assert.deepEqual([lot.minimum, lot.endsAt], [usd('909'), 160]);
	assert.deepEqual(lot.bid('b', usd('950'), 150), { bidder: 'a', amount: usd('900') });
	assert.deepEqual([lot.minimum, lot.endsAt], [usd('959.5'), 180]);
});

test('a lot without a bid should be up again for less', () => {
	const lot = new Lot(RULES, 10n, 0);
	lot.relist(60);
	assert.deepEqual([lot.reserve, lot.endsAt], [7n, 120]);
	assert.equal(new Lot(RULES, 0n, 0).minimum, 1n);
});

const OWED = { liquidationFee: 5n, seniorPrincipal: 800n, seniorInterest: 40n, servicingFee: 3n, juniorPrincipal: 200n, juniorInterest: 20n };

test('money should fall rank by rank, and the surplus to the borrower', () => {
	for (const [money, paid, surplus] of [
		[0n, [0n, 0n, 0n, 0n, 0n, 0n], 0n],
		[6n, [5n, 1n, 0n, 0n, 0n, 0n], 0n],
		[849n, [5n, 800n, 40n, 3n, 1n, 0n], 0n],
		[1_069n, [5n, 800n, 40n, 3n, 200n, 20n], 1n],
	]) {
		const fall = distribute(OWED, money);
		assert.deepEqual(Object.values(fall.paid), paid);
		assert.equal(fall.surplus, surplus);
		for (const rank of Object.keys(OWED)) assert.equal(fall.paid[rank] + fall.unpaid[rank], OWED[rank]);
	}
});

test('a liquidation should owe what is due, and what the window that runs has earned', () => {
	const terms = {
		calendar: { kind: 'Every', seconds: 100, periods: 4 }, amortization: 'Level', stubAmortizes: false,
		seniorApr: usd('0.09'), juniorApr: usd('0.14'), firstLoss: PPB / 10n, graceApr: usd('0.05'), gracePeriod: 60,
		servicing: { kind: 'Share', ppb: PPB / 2_000n }, origination: { kind: 'None' }, exit: { kind: 'None' },
	};
	const loan = new Loan(terms, usd('80000'), 0);
	const share = { kind: 'Share', ppb: PPB / 50n };
	const early = owedInLiquidation([loan], share, usd('1000'), 50);
	assert.equal(early.liquidationFee, usd('20'));
	assert.equal(early.seniorPrincipal + early.juniorPrincipal, usd('80000'));
	assert.equal(early.servicingFee, 0n);
	// Half of a window's interest, rounded up.
	assert.equal(early.seniorInterest + early.juniorInterest, (usd('80000') * loan.rate * 50n + WAD - 1n) / WAD);
	const late = owedInLiquidation([loan], share, 0n, 130);
	const due = loan.reached(130);
	assert.equal(late.servicingFee, due.servicing);
	const running = (due.balanceAfter * loan.rate * 30n + WAD - 1n) / WAD;
	assert.equal(late.seniorInterest + late.juniorInterest, due.interest + due.late + running);
	assert.equal(late.liquidationFee, 0n);
});

test('an expected shortfall should count the cost of a sale, or the fee where it is more', () => {
	assert.equal(recovery(usd('100'), 50_000_000n, { kind: 'Share', ppb: 20_000_000n }), usd('95'));
	assert.equal(recovery(usd('100'), 50_000_000n, { kind: 'Share', ppb: 80_000_000n }), usd('92'));
	assert.equal(recovery(usd('1'), 0n, { kind: 'Absolute', amount: usd('5') }), 0n);
	assert.equal(shortfall(usd('100'), usd('95')), usd('5'));
	assert.equal(shortfall(usd('90'), usd('95')), 0n);
});

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

test('votes should count by conviction, and support by balance', () => {
	const votes = [
		{ aye: true, conviction: 'None', balance: 105n },
		{ aye: true, conviction: 'Locked2x', balance: 10n },
		{ aye: false, conviction: 'Locked1x', balance: 7n },
	];
	assert.deepEqual(tally(votes), { ayes: 30n, nays: 7n, support: 115n });
});
