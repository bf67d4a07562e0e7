// SPDX-License-Identifier: Apache-2.0
//
// The payments of any amount that the tests in Rust replay, on the clients' schedule: two calculators beside the chain's.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PPB } from '../src/amounts.js';
import { allocate, blendedRate, mulDivUp, NO_PROGRESS, perSecondRate } from '../src/math.js';

const FILE = new URL('../../../math/tests/vectors/loans.csv', import.meta.url);
const AMORTIZATIONS = { linear: 'Linear', level: 'Level', bullet: 'Bullet' };

/** Returns a calendar from its text. */
function calendar(text) {
	const [kind, ...numbers] = text.split(':');
	const [first, second, third] = numbers.map(Number);
	if (kind === 'E') return { kind: 'Every', seconds: first, periods: second };
	return { kind: 'Monthly', day: first, utcOffset: second, durationDays: third };
}

test('payments of any amount should come to the same parts on every loan', () => {
	let loan;
	let payments = 0;
	for (const line of readFileSync(FILE, 'utf8').trim().split('\n')) {
		const [kind, ...fields] = line.split(',');
		if (kind === 'loan') {
			const [text, amortization, stub, originatedAt, principal, firstLoss, senior, junior, grace, gracePeriod, servicing] = fields;
			const lent = mulDivUp(BigInt(principal), BigInt(firstLoss), PPB);
			loan = {
				terms: {
					calendar: calendar(text),
					amortization: AMORTIZATIONS[amortization],
					stubAmortizes: stub === '1',
					graceApr: BigInt(grace),
					gracePeriod: Number(gracePeriod),
					servicing: { kind: 'Share', ppb: BigInt(servicing) },
				},
				rate: blendedRate({
					senior: BigInt(principal) - lent,
					junior: lent,
					seniorRate: perSecondRate(BigInt(senior)),
					juniorRate: perSecondRate(BigInt(junior)),
				}),
				originatedAt: Number(originatedAt),
				balance: BigInt(principal),
				next: 0,
				progress: NO_PROGRESS,
			};
		}
		if (kind !== 'take') continue;
		const [now, collector, amount, ...expected] = fields;
		const horizon = collector === '1' ? 'Reached' : 'Begun';
		const paid = allocate(loan.terms, loan.rate, loan.originatedAt, loan.balance, loan.next, Number(now), horizon, BigInt(amount), loan.progress);
		const found = [paid.periods, paid.principal, paid.interest, paid.lateInterest, paid.servicing, paid.balanceAfter];
		assert.deepEqual(found.map(String), expected, line);
		loan.balance = paid.balanceAfter;
		loan.next += paid.periods;
		loan.progress = paid.progress;
		payments += 1;
	}
	assert.ok(payments > 2_000, `${payments} payments`);
});
