// SPDX-License-Identifier: Apache-2.0
//
// The chain's arithmetic, written a second time from its specification and not from its code: schedules and
// allocations of payments, splits by tranche, valuations, medians, share prices, redemption windows. The names
// are those of the crate `caliber-math`. Exact, in BigInt. Amounts and rates have 18 decimals, shares of a
// whole are parts per billion, times are unix seconds as numbers.

import { PPB, WAD } from './amounts.js';

/** Seconds in the year of an annual rate. */
export const SECONDS_PER_YEAR = 31_536_000n;
/** Seconds in a month of age: a twelfth of a year of 365 days. */
export const MONTH_SECONDS = 2_628_000;
/** Hours in a month of income. */
const MONTH_HOURS = 730n;
const DAY_SECONDS = 86_400;

const min = (a, b) => (a < b ? a : b);
const max = (a, b) => (a > b ? a : b);

/** Returns floor(a * b / c) of amounts that are not negative. */
export const mulDivDown = (a, b, c) => (a * b) / c;

/** Returns ceil(a * b / c) of amounts that are not negative. */
export const mulDivUp = (a, b, c) => (a * b + c - 1n) / c;

/** Returns an annual rate as a rate per second, rounded up. */
export const perSecondRate = (apr) => mulDivUp(apr, 1n, SECONDS_PER_YEAR);

// Calendars ---------------------------------------------------------------------------------------

/**
 * @typedef {{ kind: 'Every', seconds: number, periods: number }
 *   | { kind: 'Monthly', day: number, utcOffset: number, durationDays: number }} Calendar
 */

/** Returns midnight of an anchor day, clamped to the month's length, in local seconds. */
function anchor(year, month, day) {
	const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
	return Date.UTC(year, month, Math.min(day, length)) / 1000;
}

/**
 * Returns the due dates of a loan, and true if its first payment period is a stub.
 *
 * @param {Calendar} calendar
 * @param {number} originatedAt
 * @returns {{ dueDates: number[], hasStub: boolean }}
 */
export function dueDates(calendar, originatedAt) {
	if (calendar.kind === 'Every') {
		const { seconds, periods } = calendar;
		return {
			dueDates: Array.from({ length: periods }, (_, k) => originatedAt + (k + 1) * seconds),
			hasStub: false,
		};
	}
	const { day, utcOffset, durationDays } = calendar;
	const local = originatedAt + utcOffset;
	const date = new Date(local * 1000);
	const year = date.getUTCFullYear();
	let month = date.getUTCMonth();
	const today = Math.floor(local / DAY_SECONDS) * DAY_SECONDS;
	const onAnchor = today === anchor(year, month, day);
	if (today >= anchor(year, month, day)) month += 1;
	const end = local + durationDays * DAY_SECONDS;
	const found = [];
	for (;;) {
		const at = anchor(year, month, day);
		found.push(at - utcOffset);
		if (at >= end) break;
		month += 1;
	}
	return { dueDates: found, hasStub: !onAnchor };
}

// Tranches ----------------------------------------------------------------------------------------

/**
 * @typedef {{ senior: bigint, junior: bigint, seniorRate: bigint, juniorRate: bigint }} Tranches
 *   amount of each tranche and its rate per second
 * @typedef {{ senior: bigint, junior: bigint }} Split
 */

/** Returns the blended rate of the tranches, per second. */
export const blendedRate = (t) =>
	(t.seniorRate * t.senior + t.juniorRate * t.junior) / (t.senior + t.junior);

/** Splits interest by amount times rate of each tranche; the dust is the senior's. */
export function splitInterest(t, interest) {
	const weights = t.seniorRate * t.senior + t.juniorRate * t.junior;
	const junior = weights === 0n ? 0n : (interest * t.juniorRate * t.junior) / weights;
	return { senior: interest - junior, junior };
}

/** Returns the split with neither tranche above its part of `outstanding`: the excess is the other's. */
function within(split, outstanding) {
	const total = split.senior + split.junior;
	if (total > outstanding.senior + outstanding.junior) throw new Error('more principal than is outstanding');
	if (split.senior > outstanding.senior) return { senior: outstanding.senior, junior: total - outstanding.senior };
	if (split.junior > outstanding.junior) return { senior: total - outstanding.junior, junior: outstanding.junior };
	return split;
}

/** Splits scheduled principal by original amounts; the dust is the senior's. */
export function splitPrincipal(t, principal, outstanding) {
	const junior = mulDivDown(principal, t.junior, t.senior + t.junior);
	return within({ senior: principal - junior, junior }, outstanding);
}

/** Splits a prepayment by original amounts; the dust is the junior's. */
export function splitPrepayment(t, principal, outstanding) {
	const senior = mulDivDown(principal, t.senior, t.senior + t.junior);
	return within({ senior, junior: principal - senior }, outstanding);
}

// Schedule ----------------------------------------------------------------------------------------

/**
 * @typedef {{ kind: 'None' } | { kind: 'Absolute', amount: bigint } | { kind: 'Share', ppb: bigint }} Fee
 * @typedef {{ calendar: Calendar, amortization: 'Linear' | 'Level' | 'Bullet', stubAmortizes: boolean,
 *   graceApr: bigint, gracePeriod: number, servicing: Fee }} ScheduleTerms
 * @typedef {{ dueAt: number, principal: bigint, interest: bigint, balanceAfter: bigint }} Installment
 * @typedef {{ interest: bigint, principal: bigint, lateInterest: bigint, lateUntil: number, fees: bigint,
 *   isCharged: boolean }} Progress
 *   what is paid of the oldest unpaid payment period, interest and principal, and what was charged and not paid:
 *   late interest up to a time, and fees, with the payment period's own if it is charged
 * @typedef {{ periods: number, principal: bigint, interest: bigint, lateInterest: bigint, servicing: bigint,
 *   total: bigint, balanceAfter: bigint, progress: Progress }} Allocation
 *   parts of a payment, and what it leaves of the payment period that it does not complete
 */

/** Returns the fee charged on `base`; a share is rounded up. */
export function feeOf(fee, base) {
	if (fee.kind === 'Absolute') return fee.amount;
	return fee.kind === 'Share' ? mulDivUp(base, fee.ppb, PPB) : 0n;
}

/** Returns the level payment over payment periods with these accruals, each a share of the balance, 18 decimals. */
function levelPayment(balance, accruals) {
	let growth = WAD;
	let payments = 0n;
	for (const accrual of [...accruals].reverse()) {
		payments += growth;
		growth = (growth * (WAD + accrual)) / WAD;
	}
	return (balance * growth) / payments;
}

/**
 * Returns the installments from payment period `first` on, for the balance at its start.
 *
 * @param {ScheduleTerms} terms
 * @param {bigint} rate blended, per second
 * @param {number} originatedAt
 * @param {bigint} balance
 * @param {number} first
 * @returns {Installment[]} index 0 is payment period `first`
 */
export function installments(terms, rate, originatedAt, balance, first = 0) {
	const { dueDates: due, hasStub } = dueDates(terms.calendar, originatedAt);
	const count = due.length;
	const accruals = due.map((at, k) => rate * BigInt(at - (k === 0 ? originatedAt : due[k - 1])));
	const rows = [];
	for (let k = first; k < count; k += 1) {
		const interest = mulDivUp(balance, accruals[k], WAD);
		let principal;
		if (k === count - 1) principal = balance;
		else if (k === 0 && hasStub && !terms.stubAmortizes) principal = 0n;
		else if (terms.amortization === 'Bullet') principal = 0n;
		else if (terms.amortization === 'Linear') principal = balance / BigInt(count - k);
		else principal = min(max(levelPayment(balance, accruals.slice(k)) - interest, 0n), balance);
		balance -= principal;
		rows.push({ dueAt: due[k], principal, interest, balanceAfter: balance });
	}
	return rows;
}

/** Nothing paid of a payment period, nothing charged. */
export const NO_PROGRESS = Object.freeze({ interest: 0n, principal: 0n, lateInterest: 0n, lateUntil: 0, fees: 0n, isCharged: false });

/** Returns the simple interest of a balance from one time to another, rounded up; none if there is no time between them. */
const interestBetween = (balance, rate, from, until) => (until > from ? mulDivUp(balance, rate * BigInt(until - from), WAD) : 0n);

/** Returns the late interest of a balance since `since`; none up to and in the second of the due date. */
export const lateInterest = (balance, graceRate, gracePeriod, dueDate, now, since = 0) =>
	interestBetween(balance, graceRate, Math.max(dueDate, since), Math.min(now, dueDate + gracePeriod));

/**
 * Allocates a payment to payment periods, oldest first, as far as `budget` reaches: of each the late interest, the
 * whole interest and the principal, and after the last of them the fees. The last unit of principal waits for the fees.
 *
 * @param {ScheduleTerms} terms
 * @param {bigint} rate
 * @param {number} originatedAt
 * @param {bigint} balance
 * @param {number} firstUnpaid oldest unpaid payment period, counted from zero
 * @param {number} now
 * @param {'Begun' | 'Reached'} horizon payment periods that have begun, or whose due date is reached
 * @param {bigint} [budget] no bound without it
 * @param {Progress} [before] what is paid of the oldest unpaid payment period
 * @returns {Allocation}
 */
export function allocate(terms, rate, originatedAt, balance, firstUnpaid, now, horizon, budget, before = NO_PROGRESS) {
	const graceRate = perSecondRate(terms.graceApr);
	const paid = { principal: 0n, interest: 0n, lateInterest: 0n, servicing: 0n, total: 0n };
	let rest = budget;
	const take = (part, owed) => {
		const amount = rest === undefined ? owed : min(owed, rest);
		if (rest !== undefined) rest -= amount;
		paid[part] += amount;
		paid.total += amount;
		return amount;
	};
	const due = dueDates(terms.calendar, originatedAt).dueDates;
	const defaultFrom = due.at(-1) + terms.gracePeriod;
	const rows = balance === 0n ? [] : installments(terms, rate, originatedAt, balance + before.principal, firstUnpaid);
	let periods = 0;
	let progress = { ...before };
	let left = balance;
	for (const [index, row] of rows.entries()) {
		const k = firstUnpaid + index;
		// The first payment period begins at origination; every other in the second after the due date before it.
		const payable = horizon === 'Begun' ? k === 0 || now > due[k - 1] : now >= row.dueAt;
		if (left === 0n || !payable) break;
		const since = progress.lateUntil;
		const principal = row.principal - progress.principal;
		const late =
			progress.lateInterest +
			lateInterest(left, graceRate, terms.gracePeriod, row.dueAt, now, since) +
			interestBetween(principal, rate, Math.max(defaultFrom, since), now);
		const fees = progress.fees + (progress.isCharged ? 0n : feeOf(terms.servicing, left + progress.principal));
		const latePaid = take('lateInterest', late);
		const interestPaid = take('interest', row.interest - progress.interest);
		const waits = row.balanceAfter === 0n && principal > 0n && rest !== undefined && rest < principal + fees;
		const principalPaid = take('principal', waits ? principal - 1n : principal);
		left -= principalPaid;
		if (latePaid === late && interestPaid === row.interest - progress.interest && principalPaid === principal) {
			progress = { ...NO_PROGRESS, fees };
			periods += 1;
			continue;
		}
		const charge = waits && rest > 0n;
		if (latePaid + interestPaid + principalPaid > 0n || charge) {
			progress = {
				interest: progress.interest + interestPaid,
				principal: progress.principal + principalPaid,
				lateInterest: late - latePaid,
				lateUntil: now,
				fees: charge ? fees : progress.fees,
				isCharged: charge || progress.isCharged,
			};
		}
		break;
	}
	if (balance > 0n) progress.fees -= take('servicing', progress.fees);
	return { periods, ...paid, balanceAfter: left, progress };
}

// Appraisal ---------------------------------------------------------------------------------------

/**
 * Returns the value by the cost approach: reference price x curve(age) x condition, rounded down once. The
 * curve is linear between its points, to the second, and flat after the last.
 *
 * @param {bigint} reference
 * @param {[number, number][]} curve [age in months, parts per billion]
 * @param {number} age in seconds
 * @param {bigint} condition parts per billion
 */
export function costValue(reference, curve, age, condition) {
	const after = curve.findIndex(([months]) => months * MONTH_SECONDS > age);
	const last = curve[(after === -1 ? curve.length : after) - 1];
	if (after === -1) return (reference * BigInt(last[1]) * condition) / (PPB * PPB);
	const next = curve[after];
	const span = BigInt((next[0] - last[0]) * MONTH_SECONDS);
	const into = BigInt(age - last[0] * MONTH_SECONDS);
	const factor = BigInt(last[1]) * span - BigInt(last[1] - next[1]) * into;
	return (reference * factor * condition) / (span * PPB * PPB);
}

/** Returns the value by the market approach: resale price x condition, rounded down. */
export const marketValue = (resale, condition) => mulDivDown(resale, condition, PPB);

/** Returns the whole months left of an economic life. */
export const remainingMonths = (life, age) =>
	Math.max(0, Math.floor((life * MONTH_SECONDS - age) / MONTH_SECONDS));

/**
 * Returns the value by the income approach: the earnings of a unit over its remaining months, discounted
 * monthly, as the exact sum rounded down once; zero when the unit costs more than it earns.
 *
 * @param {{ rental: bigint, utilisation: bigint, opex: bigint, discountRate: bigint, months: number }} of
 *   rental and opex per hour, utilisation in parts per billion, annual discount rate
 */
export function incomeValue({ rental, utilisation, opex, discountRate, months }) {
	const monthly = (rental * utilisation - opex * PPB) * MONTH_HOURS;
	if (monthly <= 0n || months === 0) return 0n;
	if (discountRate === 0n) return (monthly * BigInt(months)) / PPB;
	// 1 + i = a / b. Sum of (b/a)^m for m = 1..n is b (a^n - b^n) / (a^n (a - b)).
	const b = 12n * WAD;
	const a = b + discountRate;
	const power = a ** BigInt(months);
	return (monthly * b * (power - b ** BigInt(months))) / (power * discountRate * PPB);
}

/**
 * Returns the value of a title, units x the least approach, and its liquidation value.
 *
 * @param {object} model a row of models.json
 * @param {{ resale: bigint, rental: bigint, utilisation: bigint }} prices utilisation in 18 decimals
 * @param {{ units: number, age: number, condition: bigint }} title
 */
export function appraise(model, prices, { units, age, condition }) {
	const count = BigInt(units);
	const cost = costValue(BigInt(model.reference_price), model.curve, age, condition);
	const market = marketValue(prices.resale, condition);
	const income = incomeValue({
		rental: prices.rental,
		utilisation: prices.utilisation / PPB,
		opex: BigInt(model.opex_per_hour),
		discountRate: BigInt(model.discount_rate),
		months: remainingMonths(model.economic_life_months, age),
	});
	const value = count * min(min(cost, market), income);
	return {
		cost: count * cost,
		market: count * market,
		income: count * income,
		value,
		liquidationValue: mulDivDown(value, BigInt(model.forced_sale), PPB),
	};
}

// Oracle ------------------------------------------------------------------------------------------

/** Returns the median; of an even count, the mean of the middle two, rounded down. */
export function median(values) {
	const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2n;
}

// Vault -------------------------------------------------------------------------------------------

/** Returns the shares for assets, rounded down; 1:1 while there are no shares. */
export const sharesForAssets = (assets, nav, supply) =>
	supply === 0n ? assets : mulDivDown(assets, supply, nav);

/** Returns the redemption window of a moment: window i covers [genesis + i * length, genesis + (i + 1) * length). */
export const windowAt = (now, genesis, length) => Math.floor((now - genesis) / length);

/** Returns the time at which the redemption window of a moment closes. */
export const windowClose = (now, genesis, length) =>
	now < genesis ? genesis : genesis + (windowAt(now, genesis, length) + 1) * length;
