// SPDX-License-Identifier: Apache-2.0
//
// A loan as its own bookkeeper: what a payment takes, and who gets what. Built on math.js alone; the
// chain is never asked.

import { PPB, WAD } from './amounts.js';
import {
	blendedRate,
	deadlines,
	feeOf,
	installments,
	mulDivUp,
	perSecondRate,
	settle,
	splitInterest,
	splitPrepayment,
	splitPrincipal,
} from './math.js';

/**
 * @typedef {import('./math.js').ScheduleTerms & { seniorApr: bigint, juniorApr: bigint,
 *   firstLoss: bigint, origination: import('./math.js').Fee, exit: import('./math.js').Fee }} LoanTerms
 *   `firstLoss` in parts per billion
 * @typedef {{ windows: number, principal: bigint, interest: bigint, late: bigint, servicing: bigint,
 *   prepaid: bigint, exitFee: bigint, total: bigint, seniorPrincipal: bigint, juniorPrincipal: bigint,
 *   seniorInterest: bigint, juniorInterest: bigint, balanceAfter: bigint }} Payment
 */

/** The most principal that `budget` prepays, and its exit fee. */
function prepayment(balance, budget, exit) {
	const cost = (principal) => {
		const charged = exit.kind !== 'Absolute' || principal === balance;
		return principal + (charged && principal > 0n ? feeOf(exit, principal) : 0n);
	};
	let prepaid = budget < balance ? budget : balance;
	if (cost(prepaid) > budget && exit.kind === 'Share') {
		// The true maximum is at most a unit from here; look for it from above.
		const near = (budget * PPB) / (PPB + exit.ppb) + 2n;
		if (near < prepaid) prepaid = near;
	}
	while (cost(prepaid) > budget) prepaid -= 1n;
	return { prepaid, exitFee: cost(prepaid) - prepaid };
}

export class Loan {
	/**
	 * A loan of `amount`, drawn at `originatedAt`.
	 *
	 * @param {LoanTerms} terms
	 * @param {bigint} amount
	 * @param {number} originatedAt
	 */
	constructor(terms, amount, originatedAt) {
		const junior = mulDivUp(amount, terms.firstLoss, PPB);
		this.terms = terms;
		this.originatedAt = originatedAt;
		this.tranches = {
			senior: amount - junior,
			junior,
			seniorRate: perSecondRate(terms.seniorApr),
			juniorRate: perSecondRate(terms.juniorApr),
		};
		this.rate = blendedRate(this.tranches);
		this.left = { senior: amount - junior, junior };
		this.next = 0;
		this.deadlines = deadlines(terms.calendar, originatedAt).deadlines;
	}

	/** Principal outstanding. */
	get balance() {
		return this.left.senior + this.left.junior;
	}

	/** The fee kept back from the draw. */
	get originationFee() {
		return feeOf(this.terms.origination, this.balance);
	}

	/** The rows that are left, each paid on its day. */
	get schedule() {
		return installments(this.terms, this.rate, this.originatedAt, this.balance, this.next);
	}

	/** The next `count` payments without fees, and without the principal of the very last window. */
	requiredReserve(count) {
		const rows = this.balance === 0n ? [] : this.schedule;
		return rows
			.slice(0, count)
			.reduce((sum, row, k) => sum + row.interest + (k === rows.length - 1 ? 0n : row.principal), 0n);
	}

	/** How the loan earns in the senior lender's books; undefined once it is repaid. */
	get accrual() {
		if (this.balance === 0n) return undefined;
		return {
			perSecond: (this.left.senior * this.tranches.seniorRate) / WAD,
			since: this.next === 0 ? this.originatedAt : this.deadlines[this.next - 1],
		};
	}

	/** Whole windows at `now`. */
	#windows(now, horizon, budget) {
		return settle(this.terms, this.rate, this.originatedAt, this.balance, this.next, now, horizon, budget);
	}

	/** What is due at `now`: every window that has begun. */
	due(now) {
		return this.#windows(now, 'Begun');
	}

	/** Every window whose deadline is reached at `now`. */
	reached(now) {
		return this.#windows(now, 'Reached');
	}

	/** What paying `budget` at `now` takes: the windows that are due, then principal ahead of the schedule. */
	repay(now, budget) {
		return this.#payAsFarAs(now, budget, this.terms.exit);
	}

	/** What insurance money pays at `now`: as a repayment, but nobody chose it, and there is no exit fee. */
	applyClaim(now, money) {
		return this.#payAsFarAs(now, money, { kind: 'None' });
	}

	#payAsFarAs(now, budget, exit) {
		const due = this.due(now);
		const settled = this.#windows(now, 'Begun', budget);
		if (settled.windows < due.windows || settled.balanceAfter === 0n) return this.#pay(settled, 0n, 0n);
		const { prepaid, exitFee } = prepayment(settled.balanceAfter, budget - settled.total, exit);
		return this.#pay(settled, prepaid, exitFee);
	}

	/** What closing the loan at `now` takes. */
	payoff(now) {
		const settled = this.due(now);
		const prepaid = settled.balanceAfter;
		return this.#pay(settled, prepaid, prepaid === 0n ? 0n : feeOf(this.terms.exit, prepaid));
	}

	/** What the reserve pays at `now`: whole windows whose deadline is reached. */
	collect(now, reserve) {
		return this.#pay(this.#windows(now, 'Reached', reserve), 0n, 0n);
	}

	/** Works a payment into the loan. */
	#pay(settled, prepaid, exitFee) {
		const interest = splitInterest(this.tranches, settled.interest + settled.late);
		const scheduled = splitPrincipal(this.tranches, settled.principal, this.left);
		const between = { senior: this.left.senior - scheduled.senior, junior: this.left.junior - scheduled.junior };
		const ahead = splitPrepayment(this.tranches, prepaid, between);
		this.left = { senior: between.senior - ahead.senior, junior: between.junior - ahead.junior };
		this.next += settled.windows;
		return {
			windows: settled.windows,
			principal: settled.principal,
			interest: settled.interest,
			late: settled.late,
			servicing: settled.servicing,
			prepaid,
			exitFee,
			total: settled.total + prepaid + exitFee,
			seniorPrincipal: scheduled.senior + ahead.senior,
			juniorPrincipal: scheduled.junior + ahead.junior,
			seniorInterest: interest.senior,
			juniorInterest: interest.junior,
			balanceAfter: this.balance,
		};
	}
}
