// SPDX-License-Identifier: Apache-2.0
//
// A line in trouble as its own bookkeeper: what a sale is expected to bring, who is owed what when the
// titles are sold, and how the money falls.

import { PPB, WAD } from './amounts.js';
import { feeOf, mulDivUp, splitInterest } from './math.js';

const min = (a, b) => (a < b ? a : b);
const max = (a, b) => (a > b ? a : b);

/** The ranks, the first to be paid first. */
export const RANKS = ['liquidationFee', 'seniorPrincipal', 'seniorInterest', 'servicingFee', 'juniorPrincipal', 'juniorInterest'];

/** Hands money down the ranks; what is left is the borrower's. */
export function distribute(owed, proceeds) {
	const fall = { paid: {}, unpaid: {}, surplus: proceeds };
	for (const rank of RANKS) {
		fall.paid[rank] = min(owed[rank], fall.surplus);
		fall.unpaid[rank] = owed[rank] - fall.paid[rank];
		fall.surplus -= fall.paid[rank];
	}
	return fall;
}

/**
 * What each rank is owed when the lot brings `price`: all principal; the interest, late interest and
 * servicing fees of windows whose deadline was reached; and what the window that runs has earned so far.
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
		const next = loan.next + due.windows;
		const since = next === 0 ? loan.originatedAt : loan.deadlines[next - 1];
		const seconds = BigInt(Math.max(0, now - since));
		const running = mulDivUp(due.balanceAfter, loan.rate * seconds, WAD);
		const interest = splitInterest(loan.tranches, due.interest + due.late + running);
		owed.servicingFee += due.servicing;
		owed.seniorPrincipal += loan.left.senior;
		owed.seniorInterest += interest.senior;
		owed.juniorPrincipal += loan.left.junior;
		owed.juniorInterest += interest.junior;
	}
	return owed;
}

/**
 * What a sale is expected to bring the lenders: what the titles bring in a forced sale, less the governed
 * cost or the liquidation fee, whichever is more.
 */
export function recovery(value, costShare, liquidationFee) {
	const cost = max(mulDivUp(value, costShare, PPB), feeOf(liquidationFee, value));
	return value - min(cost, value);
}

/** What the senior lender is then expected to lack. */
export const shortfall = (senior, expected) => max(senior - expected, 0n);
