// SPDX-License-Identifier: Apache-2.0
//
// Model of the savers' vault.

import { PPB, WAD } from './amounts.js';
import { clear, serve } from './clearing.js';
import { mulDivDown, mulDivUp, sharesForAssets } from './math.js';

/** Shares that the first deposit locks forever. */
export const LOCKED_FIRST_SHARES = 1_000_000n;

/** Books of the vault. */
export class Vault {
	/**
	 * @param {object} state idle, principalOut, impairment, badDebt, claimable, shares, perSecond, offset
	 * @param {bigint} yieldFee the treasury's share of the interest, parts per billion
	 */
	constructor(state, yieldFee) {
		/** Value of the Treasury bills for redemptions, in USDai. */
		this.bills = 0n;
		/** Value of the Treasury bills for deposits, in USDai, where it differs: while their price is stale. */
		this.billsForDeposits = undefined;
		Object.assign(this, state);
		this.yieldFee = yieldFee;
	}

	/** Returns the treasury's fee on interest, rounded up. */
	fee(interest) {
		return mulDivUp(interest, this.yieldFee, PPB);
	}

	/** Returns the senior interest earned and not received at `now`. */
	accrued(now) {
		const accrued = this.perSecond * BigInt(now) - this.offset;
		return accrued > 0n ? accrued : 0n;
	}

	/** Returns the net asset value for deposits at `now`. */
	forDeposits(now) {
		const accrued = this.accrued(now);
		return this.idle + (this.billsForDeposits ?? this.bills) + this.principalOut + accrued - this.fee(accrued);
	}

	/** Net asset value for redemptions. */
	get forRedemptions() {
		return this.idle + this.bills + this.principalOut - this.impairment;
	}

	/** Price at which shares are redeemed, USDai with 18 decimals, rounded down. */
	get redemptionPrice() {
		return this.shares === 0n ? WAD : mulDivDown(this.forRedemptions, WAD, this.shares);
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
	lend(amount) {
		this.idle -= amount;
		this.principalOut += amount;
	}

	/** Receives a payment. Returns the fee on the interest and the amount that the vault keeps. */
	receive(principal, interest) {
		const fee = this.fee(interest);
		this.principalOut -= principal;
		this.idle += principal + interest - fee;
		return { fee, kept: principal + interest - fee };
	}

	/** Replaces the accrual of a loan. */
	updateAccrual(before, after) {
		for (const [accrual, sign] of [[before, -1n], [after, 1n]]) {
			if (accrual === undefined) continue;
			this.perSecond += sign * accrual.perSecond;
			this.offset += sign * accrual.perSecond * BigInt(accrual.since);
		}
	}

	/** Writes off principal. */
	writeOff(principal) {
		this.principalOut -= principal;
		this.badDebt = (this.badDebt ?? 0n) + principal;
	}

	/** Takes what comes for principal that was written off. */
	recover(amount) {
		this.idle += amount;
		this.badDebt -= amount < this.badDebt ? amount : this.badDebt;
	}

	/**
	 * Settles a window: served requests are paid from the idle part, and their shares are burnt.
	 *
	 * @param {import('./clearing.js').Queued[]} queue in the order of their lanes
	 * @returns {{ price: bigint, marginal: number | undefined, tick: number, shares: bigint,
	 *   proceeds: bigint, forgone: bigint, served: { id: number, shares: bigint, assets: bigint }[] }}
	 */
	settle(queue) {
		const price = { nav: this.forRedemptions, supply: this.shares };
		const clearing = clear(price, this.idle, queue);
		const served = serve(price, clearing, queue);
		const paid = served.reduce((sum, { assets }) => sum + assets, 0n);
		const forgone = (clearing.shares * price.nav) / price.supply - clearing.proceeds;
		const before = this.redemptionPrice;
		this.shares -= clearing.shares;
		this.idle -= paid;
		this.claimable += paid;
		return { ...clearing, price: before, forgone, served };
	}

	/** Pays out served assets. */
	claim(assets) {
		this.claimable -= assets;
	}
}
