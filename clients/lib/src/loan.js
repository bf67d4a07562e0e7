// SPDX-License-Identifier: Apache-2.0
//
// Model of a loan: the parts of each payment and their recipients. Built on math.js alone; the chain is
// never asked.

import { PPB, WAD } from './amounts.js';
import {
	allocate,
	blendedRate,
	dueDates,
	feeOf,
	installments,
	mulDivUp,
	perSecondRate,
	splitInterest,
	splitPrepayment,
	splitPrincipal,
} from './math.js';

/**
 * @typedef {import('./math.js').ScheduleTerms & { seniorApr: bigint, juniorApr: bigint,
 *   firstLoss: bigint, origination: import('./math.js').Fee, exit: import('./math.js').Fee }} LoanTerms
 *   `firstLoss` in parts per billion
 * @typedef {{ periods: number, principal: bigint, interest: bigint, lateInterest: bigint, servicing: bigint,
 *   prepaid: bigint, exitFee: bigint, total: bigint, seniorPrincipal: bigint, juniorPrincipal: bigint,
 *   seniorInterest: bigint, juniorInterest: bigint, balanceAfter: bigint }} Payment
 */

/** Returns the most principal that `budget` prepays, and its exit fee. */
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

/** Returns the interest of an accrual that is earned and not received at `now`; zero where more was paid ahead. */
export function accrued(accrual, now) {
	if (accrual === undefined) return 0n;
	const { perSecond, since, paid, earned } = accrual;
	const sum = perSecond * BigInt(now - since) + earned - paid;
	return sum > 0n ? sum : 0n;
}

/** A loan, from its terms and its payments. */
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
		this.outstanding = { senior: amount - junior, junior };
		this.nextPeriod = 0;
		/** Payment period in which the senior lender books the loan; undefined while it earns nothing there. */
		this.bookedIn = 0;
		/** Interest after the last payment that the senior lender does not count before it comes. */
		this.uncounted = 0n;
		/** Interest earned and not received when the line went into default. */
		this.suspended = 0n;
		this.dueDates = dueDates(terms.calendar, originatedAt).dueDates;
	}

	/** Principal outstanding, of both tranches. */
	get balance() {
		return this.outstanding.senior + this.outstanding.junior;
	}

	/** Fee kept back from the draw. */
	get originationFee() {
		return feeOf(this.terms.origination, this.balance);
	}

	/** Remaining installments, each paid on its due date. */
	get schedule() {
		return installments(this.terms, this.rate, this.originatedAt, this.balance, this.nextPeriod);
	}

	/** Returns the next `count` payments in sum, without fees and without the principal of the last payment period. */
	requiredReserve(count) {
		const rows = this.balance === 0n ? [] : this.schedule;
		return rows
			.slice(0, count)
			.reduce((sum, row, k) => sum + row.interest + (k === rows.length - 1 ? 0n : row.principal), 0n);
	}

	/**
	 * Accrual of the loan in the senior lender's books; undefined once the loan is repaid and while it earns nothing.
	 * Payment periods before the one in which it is booked are unpaid: their interest is a fixed sum.
	 */
	get accrual() {
		if (this.balance === 0n || this.bookedIn === undefined) return undefined;
		const period = Math.max(this.bookedIn, this.nextPeriod);
		let { senior } = this.outstanding;
		let earned = 0n;
		if (period > this.nextPeriod) {
			const overdue = this.schedule.slice(0, period - this.nextPeriod);
			const sum = (part) => overdue.reduce((total, row) => total + row[part], 0n);
			earned = splitInterest(this.tranches, sum('interest')).senior;
			senior -= splitPrincipal(this.tranches, sum('principal'), this.outstanding).senior;
		}
		return {
			perSecond: (senior * this.tranches.seniorRate) / WAD,
			since: period === 0 ? this.originatedAt : this.dueDates[period - 1],
			paid: this.uncounted,
			earned,
		};
	}

	/** Time up to which the interest is paid. */
	get paidUntil() {
		return this.nextPeriod === 0 ? this.originatedAt : this.dueDates[this.nextPeriod - 1];
	}

	/**
	 * Books the loan in the payment period that runs, or in the oldest unpaid one if that lies ahead. A loan that earned
	 * nothing when a payment period was paid ahead goes on to earn nothing until that is over.
	 */
	book(now) {
		const reached = this.dueDates.filter((due) => due <= now).length;
		const isPaidAhead = this.bookedIn === undefined && this.nextPeriod > reached;
		if (now < this.originatedAt || isPaidAhead) this.bookedIn = undefined;
		else this.bookedIn = Math.max(reached, this.nextPeriod);
	}

	/** Takes the loan of a line that goes into default out of the accruals. */
	suspend(now) {
		this.book(now);
		this.suspended = accrued(this.accrual, now);
		this.bookedIn = undefined;
		this.uncounted = 0n;
	}

	/** Books the loan of a line that is cured: what it earned beyond while in default counts when it comes. */
	resume(now) {
		this.uncounted = 0n;
		this.book(now);
		const earned = accrued(this.accrual, now);
		this.uncounted = this.suspended < earned ? earned - this.suspended : 0n;
		this.suspended = 0n;
	}

	/** Returns the allocation to whole payment periods at `now`. */
	#allocate(now, horizon, budget) {
		return allocate(this.terms, this.rate, this.originatedAt, this.balance, this.nextPeriod, now, horizon, budget);
	}

	/** Returns the payment due at `now`: every unpaid payment period that has begun. */
	due(now) {
		return this.#allocate(now, 'Begun');
	}

	/** Returns the allocation to every unpaid payment period whose due date is reached at `now`. */
	reached(now) {
		return this.#allocate(now, 'Reached');
	}

	/**
	 * Pays up to `budget` at `now`: the payment periods that are due, then principal ahead of the schedule.
	 * Returns the payment.
	 */
	repay(now, budget) {
		return this.#payAsFarAs(now, budget, this.terms.exit);
	}

	/** Pays from insurance proceeds at `now`: as a repayment, without an exit fee. Returns the payment. */
	applyInsuranceProceeds(now, proceeds) {
		return this.#payAsFarAs(now, proceeds, { kind: 'None' });
	}

	#payAsFarAs(now, budget, exit) {
		const due = this.due(now);
		const allocation = this.#allocate(now, 'Begun', budget);
		if (allocation.periods < due.periods || allocation.balanceAfter === 0n) return this.#pay(now, allocation, 0n, 0n);
		const { prepaid, exitFee } = prepayment(allocation.balanceAfter, budget - allocation.total, exit);
		return this.#pay(now, allocation, prepaid, exitFee);
	}

	/** Closes the loan at `now`. Returns the payment. */
	payoff(now) {
		const allocation = this.due(now);
		const prepaid = allocation.balanceAfter;
		return this.#pay(now, allocation, prepaid, prepaid === 0n ? 0n : feeOf(this.terms.exit, prepaid));
	}

	/** Pays from the reserve at `now`: whole payment periods whose due date is reached. Returns the payment. */
	collect(now, reserve) {
		return this.#pay(now, this.#allocate(now, 'Reached', reserve), 0n, 0n);
	}

	/** Books a payment. Returns it with its parts by tranche. */
	#pay(now, allocation, prepaid, exitFee) {
		const interest = splitInterest(this.tranches, allocation.interest + allocation.lateInterest);
		const scheduled = splitPrincipal(this.tranches, allocation.principal, this.outstanding);
		const between = { senior: this.outstanding.senior - scheduled.senior, junior: this.outstanding.junior - scheduled.junior };
		const ahead = splitPrepayment(this.tranches, prepaid, between);
		this.outstanding = { senior: between.senior - ahead.senior, junior: between.junior - ahead.junior };
		this.nextPeriod += allocation.periods;
		if (allocation.periods > 0) this.uncounted = 0n;
		this.suspended = this.balance > 0n && this.suspended > interest.senior ? this.suspended - interest.senior : 0n;
		if (this.bookedIn !== undefined) this.book(now);
		return {
			periods: allocation.periods,
			principal: allocation.principal,
			interest: allocation.interest,
			lateInterest: allocation.lateInterest,
			servicing: allocation.servicing,
			prepaid,
			exitFee,
			total: allocation.total + prepaid + exitFee,
			seniorPrincipal: scheduled.senior + ahead.senior,
			juniorPrincipal: scheduled.junior + ahead.junior,
			seniorInterest: interest.senior,
			juniorInterest: interest.junior,
			balanceAfter: this.balance,
		};
	}
}
