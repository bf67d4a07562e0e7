// SPDX-License-Identifier: Apache-2.0
//
// Tests of the model of a loan.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PPB, usd } from '../src/amounts.js';
import { accrued, Loan } from '../src/loan.js';

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

/** Asserts that every unit of a payment has exactly one recipient. */
function balances(payment) {
	const { total, seniorPrincipal, juniorPrincipal, seniorInterest, juniorInterest, servicing, exitFee } = payment;
	assert.equal(total, seniorPrincipal + juniorPrincipal + seniorInterest + juniorInterest + servicing + exitFee);
	assert.equal(payment.interest + payment.lateInterest, seniorInterest + juniorInterest);
	assert.equal(payment.principal + payment.prepaid, seniorPrincipal + juniorPrincipal);
}

test('a loan paid period by period should follow its schedule and end at zero', () => {
	const loan = new Loan(TERMS, usd('80000'), 1_000);
	assert.equal(loan.tranches.junior, usd('8000'));
	assert.equal(loan.originationFee, usd('800'));
	const rows = loan.schedule;
	rows.forEach((row, k) => {
		const now = 1_000 + k * 100 + 50;
		const due = loan.due(now);
		assert.deepEqual([due.periods, due.principal, due.interest], [1, row.principal, row.interest]);
		const payment = loan.repay(now, due.total);
		balances(payment);
		assert.equal(payment.total, due.total);
		assert.equal(loan.balance, row.balanceAfter);
	});
	assert.equal(loan.balance, 0n);
	assert.deepEqual(loan.outstanding, { senior: 0n, junior: 0n });
	assert.equal(loan.accrual, undefined);
});

test('a loan should catch up several payment periods, then prepay, and take no more than its budget', () => {
	const loan = new Loan(TERMS, usd('80000'), 0);
	const now = 250;
	const due = loan.due(now);
	assert.equal(due.periods, 3);
	// Two due dates have passed: by 150 seconds, of which 60 count, and by 50.
	const budget = due.total + usd('1000.000000000000000001');
	const payment = loan.repay(now, budget);
	balances(payment);
	assert.equal(payment.periods, 3);
	assert.ok(payment.lateInterest > 0n);
	assert.ok(payment.total <= budget);
	// The prepayment is the largest: a unit more would not have been paid for.
	const more = payment.prepaid + 1n;
	assert.ok(more + (more + 199n) / 200n > usd('1000.000000000000000001'));
});

test('a loan should take a part of a payment period, leave it open and prepay nothing', () => {
	const loan = new Loan(TERMS, usd('80000'), 0);
	const due = loan.due(0);
	const [row] = loan.schedule;
	const part = loan.repay(0, row.interest + row.principal - 1n);
	balances(part);
	assert.deepEqual([part.total, part.periods, part.prepaid], [row.interest + row.principal - 1n, 0, 0n]);
	assert.deepEqual([loan.nextPeriod, loan.due(0).principal, loan.due(0).interest], [0, 1n, 0n]);
	// The fee comes last, and does not keep the payment period open.
	const rest = loan.repay(0, 2n);
	assert.deepEqual([rest.periods, rest.principal, rest.servicing, loan.nextPeriod], [1, 1n, 1n, 1]);
	assert.equal(loan.due(0).servicing, due.servicing - 1n);
});

test('a loan should leave the same however a payment is cut', () => {
	const whole = new Loan(TERMS, usd('80000'), 0);
	const cut = new Loan(TERMS, usd('80000'), 0);
	const sum = usd('45000.000000000000000007');
	whole.repay(250, sum);
	for (let piece = 0n; piece < 7n; piece += 1n) cut.repay(250, (sum * (piece + 1n)) / 7n - (sum * piece) / 7n);
	assert.deepEqual([cut.nextPeriod, cut.balance, cut.progress], [whole.nextPeriod, whole.balance, whole.progress]);
	assert.equal(cut.due(9_000).total, whole.due(9_000).total);
});

test('interest that was paid in part should lower what is to come and not what is earned', () => {
	const loan = new Loan(BULLET, usd('80000'), 1_000);
	const [row] = loan.schedule;
	const { seniorInterest } = loan.repay(1_010, row.interest / 2n);
	assert.deepEqual(loan.accrual, { perSecond: SENIOR, since: 1_000, paid: seniorInterest, earned: 0n });
	// Paid in default, beyond what is earned, it is not counted before that is earned.
	const other = new Loan(BULLET, usd('80000'), 1_000);
	other.suspend(1_010);
	other.repay(1_020, row.interest / 2n);
	other.resume(1_030);
	assert.deepEqual([other.accrual, other.suspended], [undefined, 0n]);
	other.book(1_060);
	assert.deepEqual(other.accrual, { perSecond: SENIOR, since: 1_000, paid: seniorInterest, earned: 0n });
});

test('a paid payment period should make a further payment a prepayment without interest', () => {
	const loan = new Loan(TERMS, usd('80000'), 0);
	loan.repay(10, loan.due(10).total);
	const payment = loan.repay(20, usd('100.5'));
	balances(payment);
	assert.deepEqual([payment.periods, payment.interest, payment.prepaid, payment.exitFee], [0, 0n, usd('100'), usd('0.5')]);
	assert.equal(loan.schedule.length, 3);
	assert.equal(loan.schedule.at(-1).balanceAfter, 0n);
});

test('a payoff should close a loan exactly', () => {
	const loan = new Loan(TERMS, usd('80000'), 0);
	const payment = loan.payoff(120);
	balances(payment);
	assert.equal(payment.balanceAfter, 0n);
	assert.equal(payment.periods, 2);
	assert.equal(payment.exitFee, (payment.prepaid + 199n) / 200n);
});

test('a reserve should hold the next installments but not the principal of the last payment period', () => {
	const loan = new Loan(TERMS, usd('80000'), 0);
	const rows = loan.schedule;
	const sum = (some) => some.reduce((total, row) => total + row.interest + row.principal, 0n);
	assert.equal(loan.requiredReserve(3), sum(rows.slice(0, 3)));
	assert.equal(loan.requiredReserve(12), sum(rows) - rows[3].principal);
	assert.equal(loan.requiredReserve(0), 0n);
});

test('collecting should take whole payment periods whose due date is reached', () => {
	const loan = new Loan(TERMS, usd('80000'), 0);
	assert.equal(loan.collect(99, usd('1000000')).periods, 0);
	const first = loan.schedule[0];
	const payment = loan.collect(100, usd('1000000'));
	balances(payment);
	assert.deepEqual([payment.periods, payment.lateInterest, payment.principal], [1, 0n, first.principal]);
});

/** Senior principal of 72 000 at 9 %: ceil(0.09 / 31 536 000) of it each second. */
const SENIOR = 72_000n * 2_853_881_279n;
const BULLET = { ...TERMS, amortization: 'Bullet' };

test('a loan should earn on the senior principal from the last paid due date on', () => {
	const loan = new Loan(BULLET, usd('80000'), 1_000);
	assert.deepEqual(loan.accrual, { perSecond: SENIOR, since: 1_000, paid: 0n, earned: 0n });
	assert.equal(accrued(loan.accrual, 1_050), 50n * SENIOR);
	loan.repay(1_050, loan.due(1_050).total);
	assert.deepEqual([loan.accrual.since, loan.paidUntil], [1_100, 1_100]);
	// Paid ahead, it has earned nothing that is not received.
	assert.equal(accrued(loan.accrual, 1_050), 0n);
});

test('payment periods that are over and unpaid should be a fixed sum', () => {
	const loan = new Loan(BULLET, usd('80000'), 1_000);
	loan.book(1_250);
	const { perSecond, since, earned } = loan.accrual;
	assert.deepEqual([perSecond, since], [SENIOR, 1_200]);
	// The blended rate is rounded down to 1e-18 a second, so at most 80 000 units are lacking for each second.
	const lacking = 200n * SENIOR - earned;
	assert.ok(lacking >= -4n && lacking <= 200n * 80_000n, `${lacking}`);
	// Past the last due date it earns no more.
	loan.book(1_400);
	const atEnd = accrued(loan.accrual, 1_400);
	loan.book(9_000);
	assert.equal(accrued(loan.accrual, 9_000), atEnd);
});

test('a loan in default should earn nothing, and count what it earned before', () => {
	const loan = new Loan(BULLET, usd('80000'), 1_000);
	loan.suspend(1_050);
	assert.equal(loan.suspended, 50n * SENIOR);
	assert.equal(loan.accrual, undefined);
	// Cured, what it earned while in default counts when it comes.
	loan.resume(1_080);
	assert.equal(loan.suspended, 0n);
	assert.equal(accrued(loan.accrual, 1_080), 50n * SENIOR);
	assert.equal(accrued(loan.accrual, 1_090), 60n * SENIOR);
	loan.repay(1_090, loan.due(1_090).total);
	assert.equal(loan.accrual.paid, 0n);
});

test('a payment in default should lower the suspended interest, and end it with the loan', () => {
	const loan = new Loan(BULLET, usd('80000'), 1_000);
	loan.suspend(1_150);
	assert.ok(loan.suspended - 150n * SENIOR <= 2n);
	const before = loan.suspended;
	// One period is paid: a hundred seconds.
	const one = loan.collect(1_150, usd('1000000'));
	assert.equal(one.periods, 1);
	assert.equal(before - loan.suspended, one.seniorInterest);
	loan.payoff(1_150);
	assert.deepEqual([loan.suspended, loan.accrual], [0n, undefined]);
});

test('a payment period that was paid ahead in default should earn nothing after the cure until it is over', () => {
	const loan = new Loan(BULLET, usd('80000'), 1_000);
	loan.suspend(1_050);
	loan.repay(1_060, loan.due(1_060).total);
	loan.resume(1_070);
	assert.deepEqual([loan.accrual, loan.suspended], [undefined, 0n]);
	loan.book(1_099);
	assert.equal(loan.accrual, undefined);
	loan.book(1_100);
	assert.deepEqual(loan.accrual, { perSecond: SENIOR, since: 1_100, paid: 0n, earned: 0n });
});
