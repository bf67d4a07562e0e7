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
	NO_PROGRESS,
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

/** No exit fee. */
const NO_FEE = { kind: 'None' };

/** Returns the exit fee on all that is prepaid of a loan of `drawn`: a share, or an amount in proportion. */
function exitFeeUntil(prepaid, exit, drawn) {
	if (exit.kind === 'Absolute') return mulDivUp(prepaid, exit.amount, drawn);
	return feeOf(exit, prepaid);
}

/** Returns the exit fee on a prepayment after `before` was prepaid. */
const exitFee = (amount, exit, before, drawn) => exitFeeUntil(before + amount, exit, drawn) - exitFeeUntil(before, exit, drawn);

/** Returns the most principal that `budget` prepays after `before` was prepaid, and its exit fee. */
function prepayment(balance, budget, exit, before, drawn) {
	const fee = (amount) => exitFee(amount, exit, before, drawn);
	// The cost of a prepayment grows with it: halve the amounts in question until one is left.
	let low = 0n;
	let high = budget < balance ? budget : balance;
	while (low < high) {
		const middle = (low + high + 1n) / 2n;
		if (middle + fee(middle) <= budget) low = middle;
		else high = middle - 1n;
	}
	return { prepaid: low, exitFee: fee(low) };
}

/** Returns the interest of an accrual that is earned and not received at `now`; zero where more was paid ahead. */
export function accrued(accrual, now) {
	if (accrual === undefined) return 0n;
	const { perSecond, since, paid, earned } = accrual;
	const sum = perSecond * BigInt(now - since) + earned - paid;
	return sum > 0n ? sum : 0n;
}

/** Returns `a - b`, tranche by tranche. */
const minus = (a, b) => ({ senior: a.senior - b.senior, junior: a.junior - b.junior });

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
		/** What is paid of the oldest unpaid payment period, and the senior lender's part of its principal. */
		this.progress = NO_PROGRESS;
		this.seniorPaid = 0n;
		/** Principal prepaid that an exit fee was charged on. */
		this.prepaid = 0n;
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

	/** Principal that the loan was drawn for. */
	get drawn() {
		return this.tranches.senior + this.tranches.junior;
	}

	/** Fee kept back from the draw. */
	get originationFee() {
		return feeOf(this.terms.origination, this.balance);
	}

	/** Principal outstanding at the beginning of the oldest unpaid payment period, by tranche. */
	get opening() {
		const juniorPaid = this.progress.principal - this.seniorPaid;
		return { senior: this.outstanding.senior + this.seniorPaid, junior: this.outstanding.junior + juniorPaid };
	}

	/** Installments of the payment periods that are not paid in full, each paid on its due date. */
	get #whole() {
		const { senior, junior } = this.opening;
		return installments(this.terms, this.rate, this.originatedAt, senior + junior, this.nextPeriod);
	}

	/** Remaining installments, each paid on its due date: of the first what is left of it. */
	get schedule() {
		const { interest, principal } = this.progress;
		const [first, ...others] = this.#whole;
		return [{ ...first, interest: first.interest - interest, principal: first.principal - principal }, ...others];
	}

	/** The senior lender's part of the interest paid of the oldest unpaid payment period. */
	get #seniorInterestPaid() {
		return splitInterest(this.tranches, this.progress.interest).senior;
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
		let { senior } = this.opening;
		let earned = 0n;
		if (period > this.nextPeriod) {
			const overdue = this.#whole.slice(0, period - this.nextPeriod);
			const sum = (part) => overdue.reduce((total, row) => total + row[part], 0n);
			earned = splitInterest(this.tranches, sum('interest')).senior;
			senior -= splitPrincipal(this.tranches, sum('principal'), this.opening).senior;
		}
		return {
			perSecond: (senior * this.tranches.seniorRate) / WAD,
			since: period === 0 ? this.originatedAt : this.dueDates[period - 1],
			paid: this.uncounted + this.#seniorInterestPaid,
			earned,
		};
	}

	/** Time up to which the interest is paid. */
	get paidUntil() {
		return this.nextPeriod === 0 ? this.originatedAt : this.dueDates[this.nextPeriod - 1];
	}

	/**
	 * Books the loan in the payment period that runs, or in the oldest unpaid one if that lies ahead. A loan that earned
	 * nothing when a payment period, or more of one than it has earned, was paid ahead goes on to earn nothing until that
	 * is over.
	 */
	book(now) {
		const reached = this.dueDates.filter((due) => due <= now).length;
		const isPaidAhead = this.bookedIn === undefined && (this.nextPeriod > reached || (this.nextPeriod === reached && this.#paysAhead(now)));
		if (now < this.originatedAt || isPaidAhead) this.bookedIn = undefined;
		else this.bookedIn = Math.max(reached, this.nextPeriod);
	}

	/** Returns true if more interest is paid of the payment period that runs than it has earned at `now`. */
	#paysAhead(now) {
		const begun = this.nextPeriod === 0 ? this.originatedAt : this.dueDates[this.nextPeriod - 1];
		const perSecond = (this.opening.senior * this.tranches.seniorRate) / WAD;
		return perSecond * BigInt(now - begun) < this.#seniorInterestPaid;
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

	/** Returns the allocation of a payment at `now`. */
	#allocate(now, horizon, budget) {
		return allocate(this.terms, this.rate, this.originatedAt, this.balance, this.nextPeriod, now, horizon, budget, this.progress);
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
		return this.#payAsFarAs(now, proceeds, NO_FEE);
	}

	#payAsFarAs(now, budget, exit) {
		const allocation = this.#allocate(now, 'Begun', budget);
		const ahead = prepayment(allocation.balanceAfter, budget - allocation.total, exit, this.prepaid, this.drawn);
		return this.#pay(now, allocation, ahead.prepaid, ahead.exitFee, exit !== NO_FEE);
	}

	/** Closes the loan at `now`. Returns the payment. */
	payoff(now) {
		const allocation = this.due(now);
		const prepaid = allocation.balanceAfter;
		return this.#pay(now, allocation, prepaid, exitFee(prepaid, this.terms.exit, this.prepaid, this.drawn), true);
	}

	/** Pays from the reserve at `now`, as far as it goes: payment periods whose due date is reached. Returns the payment. */
	collect(now, reserve) {
		return this.#pay(now, this.#allocate(now, 'Reached', reserve), 0n, 0n, false);
	}

	/** Books a payment. Returns it with its parts by tranche. */
	#pay(now, allocation, prepaid, exitFee, isCharged) {
		const interest = splitInterest(this.tranches, allocation.interest + allocation.lateInterest);
		// What is paid of a payment period is split as a whole, in however many parts it comes.
		const complete = this.progress.principal + allocation.principal - allocation.progress.principal;
		const afterPeriods = minus(this.opening, splitPrincipal(this.tranches, complete, this.opening));
		const part = splitPrincipal(this.tranches, allocation.progress.principal, afterPeriods);
		const between = minus(afterPeriods, part);
		const scheduled = minus(this.outstanding, between);
		const ahead = splitPrepayment(this.tranches, prepaid, between);
		this.outstanding = minus(between, ahead);
		this.nextPeriod += allocation.periods;
		this.progress = allocation.progress;
		this.seniorPaid = part.senior;
		if (isCharged) this.prepaid += prepaid;
		if (allocation.periods > 0) this.uncounted = 0n;
		if (this.uncounted > 0n) {
			const left = splitInterest(this.tranches, this.#whole[0].interest).senior - this.#seniorInterestPaid;
			if (left < this.uncounted) this.uncounted = left;
		}
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
