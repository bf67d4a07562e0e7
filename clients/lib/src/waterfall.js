// SPDX-License-Identifier: Apache-2.0
//
// Model of a liquidation: expected recovery of a line, amounts owed by rank when its titles
// are sold, and the distribution of the proceeds.

import { PPB, WAD } from './amounts.js';
import { feeOf, mulDivDown, mulDivUp, splitInterest } from './math.js';

const min = (a, b) => (a < b ? a : b);
const max = (a, b) => (a > b ? a : b);

/** Ranks of the waterfall, first rank first. */
export const RANKS = [
	'saleCost', 'seniorPrincipal', 'seniorInterest', 'juniorPrincipal', 'juniorInterest', 'servicingFee', 'liquidationFee',
];

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
 * in the current payment period, less what is paid of it. The cost of the sale and the liquidation fee are parts
 * of the price.
 *
 * @param {import('./loan.js').Loan[]} loans
 * @param {{ saleCost: bigint, maxFee: bigint, liquidationFee: import('./math.js').Fee }} costs shares of the
 *   price, in parts per billion, and the fee of the terms, of which `maxFee` of the price is charged at most
 * @param {bigint} price
 * @param {number} now
 */
export function owedInLiquidation(loans, { saleCost, maxFee, liquidationFee }, price, now) {
	const owed = Object.fromEntries(RANKS.map((rank) => [rank, 0n]));
	owed.saleCost = mulDivDown(price, saleCost, PPB);
	owed.liquidationFee = min(feeOf(liquidationFee, price), mulDivDown(price, maxFee, PPB));
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
 * share that a sale is expected to cost.
 */
export const recovery = (value, costShare) => value - mulDivUp(value, costShare, PPB);
