// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PPB, usd, WAD } from '../src/amounts.js';
import { Loan } from '../src/loan.js';
import { Oracle } from '../src/oracle.js';
import { Vault } from '../src/vault.js';

const TERMS = {
	calendar: { kind: 'Every', seconds: 100, periods: 4 },
	amortization: 'Level',
	stubAmortizes: false,
	seniorApr: usd('0.09'),
	juniorApr: usd('0.14'),
	firstLoss: PPB / 10n,
	graceApr: usd('0.05'),
	gracePeriod: 60,
	origination: { kind: 'Share', ppb: PPB / 100n },
	servicing: { kind: 'Share', ppb: PPB / 2_000n },
	exit: { kind: 'Share', ppb: PPB / 200n },
};

/** Every unit that a payment takes has exactly one receiver. */
function balances(payment) {
	const { total, seniorPrincipal, juniorPrincipal, seniorInterest, juniorInterest, servicing, exitFee } = payment;
	assert.equal(total, seniorPrincipal + juniorPrincipal + seniorInterest + juniorInterest + servicing + exitFee);
	assert.equal(payment.interest + payment.late, seniorInterest + juniorInterest);
	assert.equal(payment.principal + payment.prepaid, seniorPrincipal + juniorPrincipal);
}

test('a loan paid window by window should follow its schedule and end at zero', () => {
	const loan = new Loan(TERMS, usd('80000'), 1_000);
	assert.equal(loan.tranches.junior, usd('8000'));
	assert.equal(loan.originationFee, usd('800'));
	const rows = loan.schedule;
	rows.forEach((row, k) => {
		const now = 1_000 + k * 100 + 50;
		const due = loan.due(now);
		assert.deepEqual([due.windows, due.principal, due.interest], [1, row.principal, row.interest]);
		const payment = loan.repay(now, due.total);
		balances(payment);
		assert.equal(payment.total, due.total);
		assert.equal(loan.balance, row.balanceAfter);
	});
	assert.equal(loan.balance, 0n);
	assert.deepEqual(loan.left, { senior: 0n, junior: 0n });
	assert.equal(loan.accrual, undefined);
});

test('a loan should catch up several windows, then prepay, and take no more than its budget', () => {
	const loan = new Loan(TERMS, usd('80000'), 0);
	const now = 250;
	const due = loan.due(now);
	assert.equal(due.windows, 3);
	// Two deadlines have passed: by 150 seconds, of which 60 count, and by 50.
	const budget = due.total + usd('1000.000000000000000001');
	const payment = loan.repay(now, budget);
	balances(payment);
	assert.equal(payment.windows, 3);
	assert.ok(payment.late > 0n);
	assert.ok(payment.total <= budget);
	// The prepayment is the largest: a unit more would not have been paid for.
	const more = payment.prepaid + 1n;
	assert.ok(more + (more + 199n) / 200n > usd('1000.000000000000000001'));
});

test('a loan should leave a window alone that the budget does not pay, and prepay nothing', () => {
	const loan = new Loan(TERMS, usd('80000'), 0);
	const due = loan.due(0);
	assert.equal(loan.repay(0, due.total - 1n).total, 0n);
	assert.equal(loan.next, 0);
});

test('a paid window should make a further payment a prepayment without interest', () => {
	const loan = new Loan(TERMS, usd('80000'), 0);
	loan.repay(10, loan.due(10).total);
	const payment = loan.repay(20, usd('100.5'));
	balances(payment);
	assert.deepEqual([payment.windows, payment.interest, payment.prepaid, payment.exitFee], [0, 0n, usd('100'), usd('0.5')]);
	assert.equal(loan.schedule.length, 3);
	assert.equal(loan.schedule.at(-1).balanceAfter, 0n);
});

test('a payoff should close a loan exactly', () => {
	const loan = new Loan(TERMS, usd('80000'), 0);
	const payment = loan.payoff(120);
	balances(payment);
	assert.equal(payment.balanceAfter, 0n);
	assert.equal(payment.windows, 2);
	assert.equal(payment.exitFee, (payment.prepaid + 199n) / 200n);
});

test('a reserve should hold the next installments but not the principal of the last window', () => {
	const loan = new Loan(TERMS, usd('80000'), 0);
	const rows = loan.schedule;
	const sum = (some) => some.reduce((total, row) => total + row.interest + row.principal, 0n);
	assert.equal(loan.requiredReserve(3), sum(rows.slice(0, 3)));
	assert.equal(loan.requiredReserve(12), sum(rows) - rows[3].principal);
	assert.equal(loan.requiredReserve(0), 0n);
});

test('collecting should take whole windows whose deadline is reached', () => {
	const loan = new Loan(TERMS, usd('80000'), 0);
	assert.equal(loan.collect(99, usd('1000000')).windows, 0);
	const first = loan.schedule[0];
	const payment = loan.collect(100, usd('1000000'));
	balances(payment);
	assert.deepEqual([payment.windows, payment.late, payment.principal], [1, 0n, first.principal]);
});

const EMPTY = { idle: 0n, principalOut: 0n, impairment: 0n, claimable: 0n, shares: 0n, perSecond: 0n, offset: 0n };

test('a vault should lock its first shares and then issue at the price', () => {
	const vault = new Vault(EMPTY, PPB / 10n);
	assert.deepEqual(vault.deposit(usd('1000'), 0), { shares: usd('1000') - 1_000_000n, locked: 1_000_000n });
	vault.lend(usd('500'));
	assert.deepEqual(vault.receive(usd('500'), usd('10')), { fee: usd('1'), kept: usd('509') });
	assert.equal(vault.redemptionPrice, usd('1.009'));
	assert.equal(vault.deposit(usd('1009'), 0).shares, usd('1000'));
});

test('a vault should count accrued interest for those who come and not for those who go', () => {
	const vault = new Vault(EMPTY, PPB / 10n);
	vault.deposit(usd('1000'), 0);
	const accrual = { perSecond: usd('0.1'), since: 100 };
	vault.rebook(undefined, accrual);
	assert.equal(vault.accrued(50), 0n);
	assert.equal(vault.accrued(200), usd('10'));
	assert.equal(vault.forDeposits(200), usd('1009'));
	assert.equal(vault.forRedemptions, usd('1000'));
	vault.rebook(accrual, undefined);
	assert.equal(vault.accrued(200), 0n);
});

/** Requests of some shares each, all at tick 0. */
const waiting = (...shares) => shares.map((some, id) => ({ id, shares: usd(some), tick: 0 }));

test('a vault should serve first in first out with what is idle', () => {
	const vault = new Vault(EMPTY, 0n);
	vault.deposit(usd('1000'), 0);
	vault.lend(usd('700'));
	const { served, tick, marginal } = vault.settle(waiting('200', '200', '10'));
	assert.deepEqual([tick, marginal], [0, 0]);
	assert.deepEqual(served, [
		{ id: 0, shares: usd('200'), assets: usd('200') },
		{ id: 1, shares: usd('100'), assets: usd('100') },
	]);
	assert.equal(vault.claimable, usd('300'));
	assert.equal(vault.redemptionPrice, WAD);
});

test('a vault should keep what bidders forgo for those who stay', () => {
	const vault = new Vault(EMPTY, 0n);
	vault.deposit(usd('1000'), 0);
	vault.lend(usd('900'));
	const queue = [
		{ id: 0, shares: usd('50'), tick: 0 },
		{ id: 1, shares: usd('200'), tick: 100 },
		{ id: 2, shares: usd('40'), tick: 300 },
	];
	const { served, tick, marginal, forgone } = vault.settle(queue);
	assert.deepEqual([tick, marginal], [100, 100]);
	assert.deepEqual(served[0], { id: 2, shares: usd('40'), assets: usd('39.6') });
	// 60.4 dollars are left, at 99 cents a share.
	assert.equal(served[1].shares, (usd('100') * 10_000n) / 9_900n - usd('40'));
	assert.ok(vault.redemptionPrice > WAD);
	assert.equal(forgone, served[0].shares + served[1].shares - usd('100') + 1n);
});

test('a vault should count bills, impairment and what is lost', () => {
	const vault = new Vault(EMPTY, 0n);
	vault.deposit(usd('1000'), 0);
	vault.lend(usd('500'));
	vault.bills = usd('20');
	vault.impairment = usd('70');
	assert.equal(vault.redemptionPrice, usd('0.95'));
	assert.equal(vault.forDeposits(0), usd('1020'));
	vault.impairment = 0n;
	vault.writeOff(usd('70'));
	assert.equal(vault.redemptionPrice, usd('0.95'));
	assert.equal(vault.badDebt, usd('70'));
});

const KEY = { kind: 'Rental', id: 0 };
const POLICY = { minFeeders: 3, maxAge: 600, updatePeriod: 600, perUpdate: PPB / 10n, perDay: PPB / 4n };

test('an oracle should accept the median once enough operators have spoken', () => {
	const oracle = new Oracle(POLICY);
	assert.equal(oracle.feed('a', KEY, 90n, 0), undefined);
	assert.equal(oracle.feed('b', KEY, 100n, 6), undefined);
	assert.equal(oracle.feed('c', KEY, 500n, 12), 100n);
	assert.equal(oracle.asOf(KEY), 0);
});

test('an oracle should not count a report that is too old', () => {
	const oracle = new Oracle(POLICY);
	oracle.feed('a', KEY, 100n, 0);
	oracle.feed('b', KEY, 100n, 1);
	assert.equal(oracle.feed('c', KEY, 100n, 600), 100n);
	assert.equal(oracle.feed('b', KEY, 100n, 601), undefined);
});

/** What is accepted when three report a value at a time, one after the other. */
const all = (oracle, key, value, now) => ['a', 'b', 'c'].map((who) => oracle.feed(who, key, value, now));

test('an oracle should follow the median freely in its first period', () => {
	const oracle = new Oracle(POLICY);
	assert.deepEqual(all(oracle, KEY, usd('1000'), 0), [undefined, undefined, usd('1000')]);
	assert.deepEqual(all(oracle, KEY, usd('100'), 599).at(-1), usd('100'));
	assert.deepEqual(all(oracle, KEY, usd('200'), 600).at(-1), usd('110'));
});

test('an oracle should make one move of what several report in one block', () => {
	const oracle = new Oracle(POLICY);
	all(oracle, KEY, usd('1000'), 0);
	// The first report alone does not move the median.
	assert.deepEqual(all(oracle, KEY, usd('9000'), 600), [usd('1000'), usd('1100'), usd('1100')]);
	assert.equal(all(oracle, KEY, usd('9000'), 606).at(-1), usd('1100'));
	assert.equal(all(oracle, KEY, usd('9000'), 1_349).at(-1), usd('1100'));
	assert.equal(all(oracle, KEY, usd('9000'), 1_350).at(-1), usd('1210'));
});

test('an oracle should bound a move of a day without a seam', () => {
	const oracle = new Oracle(POLICY);
	all(oracle, KEY, usd('1000'), 0);
	const moves = [600, 1_350, 2_100, 2_850].map((now) => all(oracle, KEY, usd('9000'), now).at(-1));
	assert.deepEqual(moves, [usd('1100'), usd('1210'), usd('1250'), usd('1250')]);
	// What was in force in the first hour binds until that hour is a day and an hour old.
	assert.equal(all(oracle, KEY, usd('9000'), 89_999).at(-1), usd('1250'));
	assert.equal(all(oracle, KEY, usd('9000'), 90_000).at(-1), usd('1375'));
});

test('an oracle should move each block when the period is a second', () => {
	const oracle = new Oracle({ ...POLICY, updatePeriod: 1 });
	all(oracle, KEY, usd('1000'), 0);
	const moves = [6, 6, 12, 18, 24].map((now) => all(oracle, KEY, usd('9000'), now).at(-1));
	assert.deepEqual(moves, [usd('1100'), usd('1100'), usd('1210'), usd('1250'), usd('1250')]);
});

test('an oracle should let an idle model be seen to work again', () => {
	const oracle = new Oracle(POLICY);
	const key = { kind: 'Utilisation', id: 0 };
	all(oracle, key, 0n, 0);
	assert.deepEqual(all(oracle, key, WAD, 600), [0n, WAD / 100n, WAD / 100n]);
	assert.equal(all(oracle, key, WAD, 1_350).at(-1), (WAD * 2n) / 100n);
	assert.equal(all(oracle, key, WAD, 2_100).at(-1), (WAD * 25n) / 1_000n);
});
