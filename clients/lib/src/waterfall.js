// SPDX-License-Identifier: Apache-2.0
//
// Model of a liquidation: expected recovery and shortfall of a line, amounts owed by rank when its titles
// are sold, and the distribution of the proceeds.

import { PPB, WAD } from './amounts.js';
import { feeOf, mulDivUp, splitInterest } from './math.js';

const min = (a, b) => (a < b ? a : b);
const max = (a, b) => (a > b ? a : b);

/** Ranks of the waterfall, first rank first. */
export const RANKS = ['liquidationFee', 'seniorPrincipal', 'seniorInterest', 'servicingFee', 'juniorPrincipal', 'juniorInterest'];

/** Distributes proceeds over the ranks. Returns the waterfall; its surplus is the borrower's. */
export function distribute(owed, proceeds) {
	const waterfall = { paid: {}, unpaid: {}, surplus: proceeds };
	for (const rank of RANKS) {
		waterfall.paid[rank] = min(owed[rank], waterfall.surplus);
		waterfall.unpaid[rank] = owed[rank] - waterfall.paid[rank];
		waterfall.surplus -= waterfall.paid[rank];
	}
	return waterfall;
}

/**
 * Returns the amount owed to each rank when the lot sells at `price`: all principal; the interest, late
 * interest and servicing fees of payment periods whose due date was reached; and the interest earned so far
 * in the current payment period, less what is paid of it.
 *
 * @param {import('./loan.js').Loan[]} loans
 * @param {import('./math.js').Fee} liquidationFee of the price alone
 * @param {bigint} price
 * @param {number} now
 */
export function owedInLiquidation(loans, liquidationFee, price, now) {
	const owed = Object.fromEntries(RANKS.map((rank) => [rank, 0n]));
	owed.liquidationFee = min(feeOf(liquidationFee, price), price);
	for (const loan of loans) {
		const due = loan.reached(now);
		const next = loan.nextPeriod + due.periods;
		const since = next === 0 ? loan.originatedAt : loan.dueDates[next - 1];
		const seconds = BigInt(Math.max(0, now - since));
		const { principal, interest: paid } = due.progress;
		const running = max(mulDivUp(due.balanceAfter + principal, loan.rate * seconds, WAD) - paid, 0n);
		const interest = splitInterest(loan.tranches, due.interest + due.lateInterest + running);
		owed.servicingFee += due.servicing;
		owed.seniorPrincipal += loan.outstanding.senior;
		owed.seniorInterest += interest.senior;
		owed.juniorPrincipal += loan.outstanding.junior;
		owed.juniorInterest += interest.junior;
	}
	return owed;
}

/**
 * Returns the expected proceeds of a sale for the lenders: the liquidation value of the titles, less the
 * governed cost or the liquidation fee, whichever is more.
 */
export function recovery(value, costShare, liquidationFee) {
	const cost = max(mulDivUp(value, costShare, PPB), feeOf(liquidationFee, value));
	return value - min(cost, value);
}

/** Returns the expected shortfall of the senior lender. */
export const shortfall = (senior, expected) => max(senior - expected, 0n);
