// SPDX-License-Identifier: Apache-2.0
//
// The savers' vault as its own bookkeeper.

import { PPB, WAD } from './amounts.js';
import { clear, serve } from './auctions.js';
import { mulDivDown, mulDivUp, sharesForAssets } from './math.js';

/** Shares that the first deposit locks for ever. */
export const LOCKED_FIRST_SHARES = 1_000_000n;

export class Vault {
	/**
	 * @param {object} state idle, principalOut, impairment, badDebt, claimable, shares, perSecond, offset
	 * @param {bigint} yieldFee the treasury's share of the interest, parts per billion
	 */
	constructor(state, yieldFee) {
		/** What its Treasury bills count for now. */
		this.bills = 0n;
		/** What they count for when shares are bought, where that is not the same: while their price is old. */
		this.billsForDeposits = undefined;
		Object.assign(this, state);
		this.yieldFee = yieldFee;
	}

	/** The treasury's part of some interest, rounded up. */
	fee(interest) {
		return mulDivUp(interest, this.yieldFee, PPB);
	}

	/** Senior interest earned and not received at `now`. */
	accrued(now) {
		const accrued = this.perSecond * BigInt(now) - this.offset;
		return accrued > 0n ? accrued : 0n;
	}

	/** Assets that count when shares are bought. */
	forDeposits(now) {
		const accrued = this.accrued(now);
		return this.idle + (this.billsForDeposits ?? this.bills) + this.principalOut + accrued - this.fee(accrued);
	}

	/** Assets that count when shares are redeemed. */
	get forRedemptions() {
		return this.idle + this.bills + this.principalOut - this.impairment;
	}

	/** USDai a share when redeemed, 18 decimals, rounded down. */
	get redemptionPrice() {
		return this.shares === 0n ? WAD : mulDivDown(this.forRedemptions, WAD, this.shares);
	}

	/** USDai a share when bought, 18 decimals, rounded up. */
	depositPrice(now) {
		return this.shares === 0n ? WAD : mulDivUp(this.forDeposits(now), WAD, this.shares);
	}

	/** Deposits assets; returns the saver's shares and those that are locked. */
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

	/** Takes a payment; returns the fee on the interest and what the vault keeps in all. */
	receive(principal, interest) {
		const fee = this.fee(interest);
		this.principalOut -= principal;
		this.idle += principal + interest - fee;
		return { fee, kept: principal + interest - fee };
	}

	/** Replaces how a loan earns. */
	rebook(before, after) {
		for (const [accrual, sign] of [[before, -1n], [after, 1n]]) {
			if (accrual === undefined) continue;
			this.perSecond += sign * accrual.perSecond;
			this.offset += sign * accrual.perSecond * BigInt(accrual.since);
		}
	}

	/** Principal that is lost. */
	writeOff(principal) {
		this.principalOut -= principal;
		this.badDebt = (this.badDebt ?? 0n) + principal;
	}

	/**
	 * Settles a queue: what is served leaves the idle part, and the shares it pays for are burnt.
	 *
	 * @param {import('./auctions.js').Queued[]} queue in the order of their lanes
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

	/** Pays out what was served. */
	claim(assets) {
		this.claimable -= assets;
	}
}
