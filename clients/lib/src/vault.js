// SPDX-License-Identifier: Apache-2.0
//
// The savers' vault as its own bookkeeper.

import { PPB, WAD } from './amounts.js';
import { assetsForShares, mulDivDown, mulDivUp, sharesForAssets } from './math.js';

/** Shares that the first deposit locks for ever. */
export const LOCKED_FIRST_SHARES = 1_000_000n;

export class Vault {
	/**
	 * @param {object} state idle, principalOut, impairment, claimable, shares, perSecond, offset
	 * @param {bigint} yieldFee the treasury's share of the interest, parts per billion
	 */
	constructor(state, yieldFee) {
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
		return this.idle + this.principalOut + accrued - this.fee(accrued);
	}

	/** Assets that count when shares are redeemed. */
	get forRedemptions() {
		return this.idle + this.principalOut - this.impairment;
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

	/**
	 * Settles a queue of requests in one go.
	 *
	 * @param {bigint[]} requests shares of each, first in first out
	 * @returns {{ shares: bigint, assets: bigint }[]} what each is served
	 */
	settle(requests) {
		const { forRedemptions: nav, shares: supply } = this;
		const queued = requests.reduce((sum, shares) => sum + shares, 0n);
		const worth = assetsForShares(queued, nav, supply);
		let left = worth <= this.idle ? queued : sharesForAssets(this.idle, nav, supply);
		this.shares -= left;
		return requests.map((asked) => {
			const shares = asked < left ? asked : left;
			const assets = assetsForShares(shares, nav, supply);
			left -= shares;
			this.idle -= assets;
			this.claimable += assets;
			return { shares, assets };
		});
	}

	/** Pays out what was served. */
	claim(assets) {
		this.claimable -= assets;
	}
}
