// SPDX-License-Identifier: Apache-2.0
//
// Balances that everyone should have: read from the chain once, then moved by computed amounts alone, and
// read again only to be compared.

import { assetBalance, foreignBalance, LOCATION, SUSDAI, USDAI } from '@caliber/lib';

/** Reader of each kind of balance at a block. */
const READERS = {
	USDai: (at, who) => assetBalance(at, USDAI, who),
	/** USDai on hold: a curator's first-loss capital, a best bid. */
	'USDai held': async (at, who) => {
		const held = await at.query.assetsHolder.balancesOnHold(USDAI, who);
		return held.isSome ? held.unwrap().toBigInt() : 0n;
	},
	sUSDai: (at, who) => assetBalance(at, SUSDAI, who),
	USDC: (at, who) => foreignBalance(at, LOCATION.USDC, who),
	USDT: (at, who) => foreignBalance(at, LOCATION.USDT, who),
	TBILL: (at, who) => foreignBalance(at, LOCATION.TBILL, who),
	CLBR: async (at, who) => (await at.query.system.account(who)).data.free.toBigInt(),
	'CLBR held': async (at, who) => (await at.query.system.account(who)).data.reserved.toBigInt(),
};

/** Balances by account and kind. */
export class Books {
	#balances = new Map();

	/**
	 * @param {import('@polkadot/api').ApiPromise} api
	 * @param {Record<string, string>} accounts addresses by name
	 * @param {Record<string, string[]>} kinds of balances to keep, by account; every kind without it
	 */
	constructor(api, accounts, kinds = {}) {
		this.api = api;
		this.accounts = accounts;
		this.kept = Object.keys(accounts).flatMap((name) =>
			(kinds[name] ?? Object.keys(READERS)).map((kind) => ({ name, kind, key: `${kind} of ${name}` })),
		);
	}

	async #read(block) {
		const at = await this.api.at(block);
		const found = await Promise.all(
			this.kept.map(async ({ name, kind, key }) => [key, await READERS[kind](at, this.accounts[name])]),
		);
		return new Map(found);
	}

	/** Reads the opening balances at a block. */
	async open(block) {
		this.#balances = await this.#read(block);
	}

	/** Returns a balance as computed. */
	of(name, kind) {
		return this.#balances.get(`${kind} of ${name}`);
	}

	#add(name, kind, amount) {
		const key = `${kind} of ${name}`;
		if (!this.#balances.has(key)) throw new Error(`the books do not keep ${key}`);
		this.#balances.set(key, this.#balances.get(key) + amount);
	}

	/** Books an amount that is new, or from an account that is not kept. */
	credit(name, kind, amount) {
		this.#add(name, kind, amount);
	}

	/** Books an amount that is gone, or to an account that is not kept. */
	debit(name, kind, amount) {
		this.#add(name, kind, -amount);
	}

	/** Books a transfer from one account to another. */
	move(kind, from, to, amount) {
		this.debit(from, kind, amount);
		this.credit(to, kind, amount);
	}

	/** Books a hold: from spendable to held. */
	hold(name, kind, amount) {
		this.debit(name, kind, amount);
		this.credit(name, `${kind} held`, amount);
	}

	/** Books a release: from held to spendable. */
	release(name, kind, amount) {
		this.hold(name, kind, -amount);
	}

	/** Compares every balance with the chain's at a block. */
	async compare(story, block) {
		const found = await this.#read(block);
		for (const { key } of this.kept) story.check(key, found.get(key), this.#balances.get(key));
	}
}
