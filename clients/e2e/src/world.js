// SPDX-License-Identifier: Apache-2.0
//
// What the steps share: the chain, the people, and a second set of books for everything.

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
	bestBlock,
	blake2,
	changedKeys,
	devAccounts,
	LOCATION,
	Oracle,
	palletAccount,
	pegAccount,
	send,
	storageOf,
	timeAt,
	TransactionError,
	USDAI,
	Vault,
} from '@caliber/lib';
import { DATA_FOLDER, feedRound, loadRounds } from '@caliber/feeder';
import { Books } from './books.js';

/** The model that is pledged. */
export const MODEL = 0;
/** How far the operators' reports lie apart, in basis points. */
const SPREAD = 20;
/** The treasury's share of the interest where governance has not changed it. */
const DEFAULT_YIELD_FEE = 100_000_000n;

/** The pallets that hold Caliber's state; a call that is refused changes nothing in them. */
const STATE = [
	'Titles', 'Appraisal', 'Oracle', 'Credit', 'Vault', 'Reserves', 'Psm', 'Assets', 'AssetsHolder',
	'ForeignAssets', 'PoolAssets', 'AssetConversion', 'Nfts',
];

/** A role as people read it. */
export const ROLES = {
	borrower: 'Bob, the borrower',
	custodian: 'Charlie, the custodian',
	verifier: 'Dave, the verifier',
	curator: 'Eve, the curator',
	saver: 'Ferdie, the saver',
	offtaker: 'Dave//stash, who rents the GPUs',
};

export class World {
	/**
	 * @param {import('@polkadot/api').ApiPromise} api
	 * @param {import('./story.js').Story} story
	 * @param {object} plan
	 */
	static async open(api, story, plan) {
		const world = new World();
		const { operators, ...who } = await devAccounts();
		Object.assign(world, { api, story, plan, operators, who });

		const pots = {
			treasury: palletAccount(api.consts.treasury.palletId),
			lines: palletAccount(api.consts.credit.palletId),
			vault: palletAccount(api.consts.vault.palletId),
			peg: pegAccount(api, LOCATION.USDAI),
		};
		const people = Object.fromEntries(Object.entries(who).map(([role, pair]) => [role, pair.address]));
		world.address = { ...people, ...pots };
		world.books = new Books(api, world.address, {
			treasury: ['USDai'],
			lines: ['USDai'],
			vault: ['USDai', 'sUSDai'],
			peg: ['USDC'],
		});

		const block = await bestBlock(api);
		const at = await api.at(block);
		await world.books.open(block);
		world.supply = (await at.query.assets.asset(USDAI)).unwrap().supply.toBigInt();
		world.vault = await openVault(at);
		world.collection = (await at.query.titles.collection()).unwrap().toNumber();
		world.models = JSON.parse(await readFile(`${DATA_FOLDER}/models.json`, 'utf8')).models;
		world.rounds = await loadRounds({ from: plan.days.from, series: ['primeintellect'], usdc: true });
		world.oracle = await openOracle(at, world.operators, world.rounds[0].entries.map(({ key }) => key));
		return world;
	}

	/** Sends a role's transaction and books its fee. */
	async send(role, call, options) {
		const result = await send(this.api, this.who[role], call, { ...options, finalized: this.plan.finalized });
		if (options?.assetId === undefined) this.books.debit(role, 'CLBR', result.feePaid);
		return result;
	}

	/** A role's call that has to be refused, by this name, and change nothing. */
	async refuse(role, what, name, call) {
		const fee = await this.#refused(this.who[role], what, name, call);
		this.books.debit(role, 'CLBR', fee);
	}

	/** An oracle operator's call that has to be refused. */
	async refuseOperator(what, name, call) {
		await this.#refused(this.operators[0], what, name, call);
	}

	/** Returns the fee the caller paid for it. */
	async #refused(signer, what, name, call) {
		let error;
		try {
			await send(this.api, signer, call);
		} catch (thrown) {
			error = thrown;
		}
		if (!(error instanceof TransactionError) || error.result === undefined) {
			this.story.fail(`${what}: ${error === undefined ? 'went through' : error.message}, not refused as ${name}`);
			return 0n;
		}
		const { block } = error.result;
		const { parentHash } = await this.api.rpc.chain.getHeader(block);
		const [before, after] = await Promise.all([
			storageOf(this.api, STATE, parentHash.toHex()),
			storageOf(this.api, STATE, block),
		]);
		const changed = changedKeys(before, after);
		if (error.name !== name) this.story.fail(`${what}: refused as ${error.name}, not as ${name}`);
		else if (changed.length > 0) this.story.fail(`${what}: refused, but ${changed.length} keys changed: ${changed}`);
		else this.story.refused(what, name);
		return error.result.feePaid;
	}

	/** The next day of prices through every operator. */
	async feed() {
		const round = this.rounds.shift() ?? this.lastRound;
		this.lastRound = round;
		const { sent, failed } = await feedRound(this.api, this.operators, round.entries, { spread: SPREAD });
		for (const { operator, error } of failed) throw new Error(`${operator.meta.name}: ${error.message}`);
		for (const { operator, entries, result } of sent) {
			for (const { key, value } of entries) this.oracle.feed(operator.address, key, value, result.time);
		}
		const { result } = sent[sent.length - 1];
		const at = await this.api.at(result.block);
		for (const { key } of round.entries) {
			const found = (await at.query.oracle.values({ [key.kind]: key.id })).unwrap();
			this.story.check(`${key.kind} of ${key.id}`, found.value.toBigInt(), this.oracle.value(key));
			this.story.check(`date of ${key.kind} of ${key.id}`, Number(found.timestamp.toBigInt() / 1000n), this.oracle.asOf(key));
		}
		return { round, time: result.time, block: result.block };
	}

	/** Feeds when the prices of the pledged model are no longer young. */
	async freshPrices() {
		const now = await timeAt(this.api);
		const oldest = Math.min(...['Resale', 'Rental', 'Utilisation'].map((kind) => this.oracle.asOf({ kind, id: MODEL }) ?? 0));
		if (now - oldest > this.oracle.policy.maxAge / 3) await this.feed();
	}

	/** The prices a valuation of a model uses. */
	prices(model = MODEL) {
		const of = (kind) => this.oracle.value({ kind, id: model });
		return { resale: of('Resale'), rental: of('Rental'), utilisation: of('Utilisation') };
	}

	/** Compares every balance, and the vault's books, at a block. */
	async compare(block) {
		await this.books.compare(this.story, block);
		const at = await this.api.at(block);
		const now = await timeAt(this.api, block);
		const nav = await at.call.vaultApi.nav();
		const check = this.story.check.bind(this.story);
		check('idle USDai of the vault', nav.idle.toBigInt(), this.vault.idle);
		check('principal out of the vault', nav.principalOut.toBigInt(), this.vault.principalOut);
		check('accrued interest', nav.accruedInterest.toBigInt(), this.vault.accrued(now));
		check('claimable USDai', nav.claimable.toBigInt(), this.vault.claimable);
		check('shares', nav.shares.toBigInt(), this.vault.shares);
		check('assets for deposits', nav.forDeposits.toBigInt(), this.vault.forDeposits(now));
		check('assets for redemptions', nav.forRedemptions.toBigInt(), this.vault.forRedemptions);
		check('redemption price', nav.redemptionPrice.toBigInt(), this.vault.redemptionPrice);
		check('deposit price', nav.depositPrice.toBigInt(), this.vault.depositPrice(now));
		check('supply of USDai', (await at.query.assets.asset(USDAI)).unwrap().supply.toBigInt(), this.supply);
	}

	/** A hash that nobody has used. */
	newHash(label) {
		return blake2(`${label} ${randomBytes(16).toString('hex')}`);
	}
}

async function openVault(at) {
	const ledger = await at.query.vault.ledger();
	const book = await at.query.vault.yield();
	const nav = await at.call.vaultApi.nav();
	const set = await at.query.parameters.parameters({ Vault: 'YieldFee' });
	const yieldFee = set.isSome ? BigInt(set.unwrap().asVault.asYieldFee[1].toString()) : DEFAULT_YIELD_FEE;
	return new Vault(
		{
			idle: ledger.idle.toBigInt(),
			principalOut: ledger.principalOut.toBigInt(),
			impairment: ledger.impairment.toBigInt(),
			claimable: ledger.claimable.toBigInt(),
			shares: nav.shares.toBigInt(),
			perSecond: book.perSecond.toBigInt(),
			offset: book.offset.toBigInt(),
		},
		yieldFee,
	);
}

async function openOracle(at, operators, keys) {
	const policy = await at.query.appraisal.policy();
	const oracle = new Oracle({
		minFeeders: policy.minFeeders.toNumber(),
		maxAge: policy.maxAge.toNumber(),
		perUpdate: policy.maxMovePerUpdate.toBigInt(),
		perDay: policy.maxMovePerDay.toBigInt(),
	});
	for (const key of keys) {
		const name = { [key.kind]: key.id };
		const raw = new Map();
		for (const { address } of operators) {
			const found = await at.query.oracle.rawValues(address, name);
			if (found.isNone) continue;
			const { value, timestamp } = found.unwrap();
			raw.set(address, { value: value.toBigInt(), at: Number(timestamp.toBigInt() / 1000n) });
		}
		const value = await at.query.oracle.values(name);
		const opening = await at.query.appraisal.dayOpening(name);
		oracle.start(key, {
			raw,
			accepted: value.isSome ? value.unwrap().value.toBigInt() : undefined,
			asOf: value.isSome ? Number(value.unwrap().timestamp.toBigInt() / 1000n) : undefined,
			opening: opening.isSome
				? { value: opening.unwrap().value.toBigInt(), since: opening.unwrap().since.toNumber() }
				: undefined,
		});
	}
	return oracle;
}
