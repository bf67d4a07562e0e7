// SPDX-License-Identifier: Apache-2.0
//
// Model of the savers' vault.

import { PPB, WAD } from './amounts.js';
import { clear, Raised, serve } from './clearing.js';
import { mulDivDown, mulDivUp, sharesForAssets } from './math.js';

/** Shares that the first deposit locks forever. */
export const LOCKED_FIRST_SHARES = 1_000_000n;

const min = (a, b) => (a < b ? a : b);
const max = (a, b) => (a > b ? a : b);

/** Income that is received and not earned yet. It runs off linearly. */
export class Locked {
	/** @param {{ amount: bigint, since: number, until: number }} state */
	constructor({ amount, since, until }) {
		Object.assign(this, { amount, since, until });
	}

	/** Returns the amount that is still locked at `now`, rounded up. */
	at(now) {
		const left = Math.max(0, this.until - now);
		const whole = Math.max(0, this.until - this.since);
		if (left === 0) return 0n;
		return left >= whole ? this.amount : mulDivUp(this.amount, BigInt(left), BigInt(whole));
	}

	/** Adds income that is earned within a period: the time that remains is the mean of both, by amount. */
	add(now, income, period) {
		if (income === 0n) return;
		const left = this.at(now);
		const amount = left + income;
		const mean = Number((left * BigInt(Math.max(0, this.until - now)) + income * BigInt(period)) / amount);
		Object.assign(this, { amount, since: now, until: now + Math.max(1, mean) });
	}

	/** Takes a loss out, as far as the buffer reaches. */
	take(now, loss) {
		const left = this.at(now);
		const taken = min(left, loss);
		if (taken === 0n) return;
		Object.assign(this, { amount: left - taken, since: now, until: taken === left ? now : this.until });
	}
}

/** Books of the vault. Its value moves with time: what depends on the clock takes the time. */
export class Vault {
	/**
	 * @param {object} state idle, principalOut, impairment, badDebt, claimable, shares, perSecond, offset, earned,
	 *   suspended, locked
	 * @param {bigint} yieldFee the treasury's share of the yield, parts per billion
	 * @param {number} window seconds of a redemption window
	 */
	constructor(state, yieldFee, window) {
		/** Value of the Treasury bills for redemptions, in USDai. */
		this.bills = 0n;
		/** Value of the Treasury bills for deposits, in USDai, where it differs: without the haircuts. */
		this.billsForDeposits = undefined;
		/** Yield of the bills on which no fee has been paid, in USDai. */
		this.billYield = 0n;
		this.earned = 0n;
		this.suspended = 0n;
		this.badDebt = 0n;
		Object.assign(this, state);
		this.locked = new Locked(state.locked ?? { amount: 0n, since: 0, until: 0 });
		this.yieldFee = yieldFee;
		this.window = window;
	}

	/** Returns the treasury's fee on yield, rounded up. */
	fee(amount) {
		return mulDivUp(amount, this.yieldFee, PPB);
	}

	/** Returns interest net of the fee, rounded down; what was paid ahead is negative. */
	net(interest) {
		if (interest >= 0n) return interest - this.fee(interest);
		return -mulDivUp(-interest, PPB - this.yieldFee, PPB);
	}

	/** Returns the senior interest earned and not received at `now`; negative where more was paid ahead. */
	signedAccrual(now) {
		return this.perSecond * BigInt(now) + this.earned - this.offset;
	}

	/** Returns the same, zero where more was paid ahead. */
	accrued(now) {
		return max(this.signedAccrual(now), 0n);
	}

	/** Assets without what is due, locked or expected. */
	get cash() {
		return this.idle + this.bills + this.principalOut;
	}

	/** Returns what counts in both net asset values at `now`. */
	#base(now) {
		return this.cash - this.locked.at(now) - this.fee(this.billYield);
	}

	/** Returns the net asset value for deposits at `now`. */
	forDeposits(now) {
		const stale = (this.billsForDeposits ?? this.bills) - this.bills;
		return max(this.#base(now) + stale + this.net(this.signedAccrual(now) + this.suspended), 0n);
	}

	/** Returns the net asset value for redemptions at `now`. */
	forRedemptions(now) {
		return max(this.#base(now) + min(this.net(this.signedAccrual(now)), 0n) - this.impairment, 0n);
	}

	/** Returns the price at which shares are redeemed at `now`, USDai with 18 decimals, rounded down. */
	redemptionPrice(now) {
		return this.shares === 0n ? WAD : mulDivDown(this.forRedemptions(now), WAD, this.shares);
	}

	/** Returns the price at which shares are bought at `now`, USDai with 18 decimals, rounded up. */
	depositPrice(now) {
		return this.shares === 0n ? WAD : mulDivUp(this.forDeposits(now), WAD, this.shares);
	}

	/** Deposits assets. Returns the saver's shares and those that are locked. */
	deposit(assets, now) {
		const first = this.shares === 0n;
		const locked = first ? LOCKED_FIRST_SHARES : 0n;
		const shares = first ? assets - locked : sharesForAssets(assets, this.forDeposits(now), this.shares);
		this.idle += assets;
		this.shares += shares + locked;
		return { shares, locked };
	}

	/** Lends senior principal. */
	lend(amount, accrual) {
		this.idle -= amount;
		this.principalOut += amount;
		this.#replace(undefined, accrual);
	}

	/**
	 * Books a change of a loan's place, with what comes with it. What comes in above the fall of what was expected is
	 * locked: the part that was paid ahead until that time, the rest for a redemption window.
	 *
	 * @param {object} change
	 * @param {bigint} [change.principal] senior principal that comes back
	 * @param {bigint} [change.interest] senior interest that comes in
	 * @param {object} [change.old] accrual before
	 * @param {object} [change.new] accrual afterwards
	 * @param {bigint} [change.suspendedBefore]
	 * @param {bigint} [change.suspendedAfter]
	 * @param {number} change.paidUntil
	 * @param {number} now
	 * @returns {{ fee: bigint, kept: bigint }} the fee on the interest, and the amount that the vault keeps
	 */
	rebook(change, now) {
		const { principal = 0n, interest = 0n, old, new: next, suspendedBefore = 0n, suspendedAfter = 0n, paidUntil } = change;
		const fee = this.fee(interest);
		const before = this.signedAccrual(now) + this.suspended;
		this.principalOut -= principal;
		this.idle += principal + interest - fee;
		this.#replace(old, next);
		this.suspended += suspendedAfter - suspendedBefore;
		const after = this.signedAccrual(now) + this.suspended;
		const over = interest - fee - (this.net(before) - this.net(after));
		if (over > 0n) this.#lock(over, { old, next, paidUntil }, now);
		return { fee, kept: principal + interest - fee };
	}

	#lock(over, { old, next, paidUntil }, now) {
		const ahead = Math.max(0, paidUntil - now);
		if (old === undefined) {
			this.locked.add(now, over, Math.max(this.window, ahead));
			return;
		}
		const less = max(old.perSecond - (next?.perSecond ?? 0n), 0n);
		const unearned = min(this.net(less * BigInt(ahead)), over);
		this.locked.add(now, unearned, ahead);
		this.locked.add(now, over - unearned, this.window);
	}

	/** Replaces the accrual of a loan. */
	#replace(before, after) {
		for (const [accrual, sign] of [[before, -1n], [after, 1n]]) {
			if (accrual === undefined) continue;
			this.perSecond += sign * accrual.perSecond;
			this.offset += sign * (accrual.perSecond * BigInt(accrual.since) + accrual.paid);
			this.earned += sign * accrual.earned;
		}
	}

	/** Writes off what will not come: the buffer makes good first what no provision stood for. */
	writeOff({ principal, interest, suspended, provision }, now) {
		this.principalOut -= principal;
		this.impairment -= provision;
		this.suspended -= suspended;
		this.locked.take(now, principal - min(provision, principal));
		const left = this.locked.at(now);
		this.locked.take(now, left - min(left, this.idle + this.principalOut + this.bills));
		this.badDebt += principal + interest;
	}

	/** Takes what comes for what was written off: it is earned over a redemption window. */
	recover(amount, now) {
		this.idle += amount;
		this.locked.add(now, amount, this.window);
		this.badDebt -= min(amount, this.badDebt);
	}

	/** Takes income for the savers, earned over a redemption window. */
	payYield(amount, now) {
		this.idle += amount;
		this.locked.add(now, amount, this.window);
	}

	/**
	 * Settles windows: served requests are paid from the idle part, and their shares are burnt. Those who are served
	 * bear what raising the money has cost. What they forgo enters the price within a redemption window.
	 *
	 * @param {import('./clearing.js').Queued[]} queue in the order of their lanes
	 * @param {number} now
	 * @param {import('./clearing.js').Raised} [raised]
	 * @returns {{ price: bigint, nav: bigint, supply: bigint, marginal: number | undefined, tick: number, shares: bigint,
	 *   cost: bigint, liquidity: bigint, forgone: bigint, paid: bigint, ended: number[],
	 *   served: { id: number, shares: bigint, assets: bigint, withheld: bigint }[] }}
	 */
	settle(queue, now, raised = new Raised()) {
		const price = { nav: this.forRedemptions(now) + raised.cost, supply: this.shares };
		const before = this.redemptionPrice(now);
		const clearing = clear(price, raised.proceedsFor(this.idle), queue);
		const beyond = clearing.proceeds - this.idle;
		const cost = max(raised.costOf(clearing.proceeds), beyond);
		const liquidity = clearing.proceeds - cost;
		const forgone = (clearing.shares * price.nav) / price.supply - clearing.proceeds;
		const { served, ended, reissued } = serve(price, { ...clearing, cost }, queue);
		const sum = (part) => served.reduce((total, one) => total + one[part], 0n);
		const [paid, withheld] = [sum('assets'), sum('withheld')];
		this.shares -= clearing.shares - reissued;
		this.idle -= paid;
		this.claimable += paid;
		this.locked.add(now, forgone, this.window);
		for (const one of served) this.locked.add(now, one.withheld, this.window);
		return { ...clearing, ...price, price: before, cost, liquidity, forgone, paid, withheld, served, ended };
	}

	/** Takes shares that a request leaves to the others for an unrevealed bid. Returns their worth. */
	forfeit(shares, now) {
		const worth = (shares * this.forRedemptions(now)) / this.shares;
		this.shares -= shares;
		this.locked.add(now, worth, this.window);
		return worth;
	}

	/** Redeems shares at once, for a fee (parts per billion) that stays with the others. Returns what is paid, and the fee. */
	redeemNow(shares, share, now) {
		const worth = (shares * this.forRedemptions(now)) / this.shares;
		const fee = mulDivUp(worth, share, PPB);
		this.shares -= shares;
		this.idle -= worth - fee;
		this.locked.add(now, fee, this.window);
		return { assets: worth - fee, fee };
	}

	/** Pays the treasury's fee on the yield of the bills. Returns it. */
	payBillFee() {
		const fee = this.fee(this.billYield);
		this.billYield = 0n;
		this.idle -= fee;
		return fee;
	}

	/** Pays out served assets. */
	claim(assets) {
		this.claimable -= assets;
	}
}
