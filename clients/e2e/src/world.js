// SPDX-License-Identifier: Apache-2.0
//
// State that the steps share: the chain, the people, and a second set of books for everything.

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { xxhashAsHex } from '@polkadot/util-crypto';
import {
	bestBlock,
	Bills,
	blake2,
	changedKeys,
	connect,
	devAccounts,
	devCommittee,
	devVoters,
	govern,
	governed,
	governedValues,
	keyring,
	LOCATION,
	math,
	motion,
	Offers,
	Oracle,
	palletAccount,
	pegAccount,
	PPB,
	Raised,
	send,
	sendTimed,
	storageOf,
	timeAt,
	TransactionError,
	USDAI,
	Vault,
} from '@caliber/lib';
import { DATA_FOLDER, feedRound, loadRounds, TBILL } from '@caliber/feeder';
import { Books } from './books.js';
import { IDLE_WORK } from './idle.js';

/** Hardware model that is pledged. */
export const MODEL = 0;
/** Id of the bills among the oracle's priced assets. */
export const BILLS = TBILL;
/** Stablecoin that nobody uses here and of which nothing is reported: PYUSD. A feeder beside the story reports it. */
export const UNFED = 3;
/** Spread between the operators' reports, in basis points. */
const SPREAD = 20;
/** Feeds of a model that a valuation reads. */
const FEEDS = ['Resale', 'Rental', 'Utilisation'];
/** Haircut on values that are not of today, and on insurance money that is expected: the default of the chain. */
export const HAIRCUT = PPB / 5n;

/** Pallets that hold Caliber's state; a call that is refused changes nothing in them. */
export const STATE = [
	'Titles', 'Appraisal', 'Oracle', 'Credit', 'Vault', 'Reserves', 'Psm', 'Assets', 'AssetsHolder',
	'AssetsFreezer', 'ForeignAssets', 'PoolAssets', 'AssetConversion', 'Nfts', 'Governance',
];
/** Returns the beginning of the keys of a storage item. */
const prefixOf = (pallet, item) => xxhashAsHex(pallet, 128) + xxhashAsHex(item, 128).slice(2);

/** Storage that idle blocks write whoever calls: the cursor and the sums of the round over the lines, the price of the day. */
export const OF_IDLE_BLOCKS = [
	['Credit', 'Sweep'], ['Credit', 'LastBook'], ['Vault', 'History'], ['Governance', 'LastBlockAt'], ['Governance', 'RelayHeights'],
].map(([pallet, item]) => prefixOf(pallet, item));
/** Price that the block notes, whoever calls, in which the last part of a redemption window begins. */
export const REFERENCE = prefixOf('Vault', 'Reference');
/** Pallets that work in idle blocks. */
const AT_WORK = ['credit', 'vault', 'reserves'];
/** Work that a block does before its transactions, when its clock is set. */
const BEFORE_TRANSACTIONS = ['vault.ReferenceNoted'];

/** The chain, the people, and the books of everything. */
export class World {
	/**
	 * Titles by id, as a valuation and a line need them: `{ model, units, commissionedAt, independent, cover }`,
	 * the independent appraisals as a list, the cover as the sum of the limits.
	 */
	machines = new Map();
	/** Credit lines by id. */
	lines = new Map();
	/** Queued redemption requests, in the order of their lanes. */
	queue = [];
	/** All redemption requests that were made, by id. */
	requests = new Map();
	/** Clearing tick of each settled redemption window. */
	cleared = new Map();
	/** Bills sold for requests since the last settlement that served any, and what the sales have cost. */
	raised = new Raised();
	#followed;

	/**
	 * @param {import('@polkadot/api').ApiPromise} api
	 * @param {import('./story.js').Story} story
	 * @param {object} plan
	 * @param {string} url where `api` is connected
	 */
	static async open(api, story, plan, url) {
		const world = new World();
		const { operators, ...who } = await devAccounts();
		// Somebody without any CLBR.
		who.guest = (await keyring())('//Guest', 'Guest');
		Object.assign(world, { api, url, story, plan, operators, who, voters: await devVoters(), committee: await devCommittee() });

		const pots = {
			treasury: palletAccount(api.consts.treasury.palletId),
			lines: palletAccount(api.consts.credit.palletId),
			vault: palletAccount(api.consts.vault.palletId),
			peg: pegAccount(api, LOCATION.USDAI),
			bills: palletAccount(api.consts.reserves.billsPalletId),
		};
		const people = Object.fromEntries(Object.entries(who).map(([role, pair]) => [role, pair.address]));
		world.address = { ...people, ...pots };
		world.books = new Books(api, world.address, {
			treasury: ['USDai'],
			lines: ['USDai'],
			vault: ['USDai', 'sUSDai'],
			peg: ['USDC', 'USDT'],
			bills: ['TBILL', 'USDai'],
		});

		const block = await bestBlock(api);
		const at = await api.at(block);
		world.#followed = (await api.rpc.chain.getHeader(block)).number.toNumber();
		await world.books.open(block);
		world.supply = (await at.query.assets.asset(USDAI)).unwrap().supply.toBigInt();
		world.vault = await openVault(at);
		world.bills = await openBills(at);
		world.offers = await openOffers(at, world.bills);
		world.leastForfeit = await governed(at, 'Vault', 'UnrevealedShare');
		world.tempo = (await at.call.governanceApi.tempo()).toNumber();
		world.collection = (await at.query.titles.collection()).unwrap().toNumber();
		world.models = JSON.parse(await readFile(`${DATA_FOLDER}/models.json`, 'utf8')).models;
		const rounds = await loadRounds({ from: plan.days.from, series: ['primeintellect'], usdc: true, peg: true, bills: true });
		world.rounds = rounds.map((round) => ({ ...round, entries: round.entries.filter(({ key }) => !(key.kind === 'Price' && key.id === UNFED)) }));
		world.oracle = await openOracle(at, world.operators, world.rounds[0].entries.map(({ key }) => key));
		return world;
	}

	/** Replaces the connection, for another runtime. */
	async reconnect() {
		await this.api.disconnect();
		this.api = await connect(this.url);
		this.books.api = this.api;
	}

	/** Returns the role of an account. */
	roleOf(address) {
		return Object.keys(this.address).find((role) => this.address[role] === address.toString());
	}

	// The chain ----------------------------------------------------------------------------------------

	/**
	 * Books the work of idle blocks, up to a block: installments collected, defaults declared, redemption
	 * windows settled. The expected work is computed, and compared.
	 */
	follow(block) {
		// One block range after the other, however many callers there are.
		this.#following = this.#following.then(() => this.#followTo(block));
		return this.#following;
	}

	#following = Promise.resolve();

	async #followTo(block) {
		const last = (await this.api.rpc.chain.getHeader(block)).number.toNumber();
		for (let from = this.#followed + 1; from <= last; from += 16) {
			const numbers = Array.from({ length: Math.min(16, last - from + 1) }, (_, k) => from + k);
			const works = await Promise.all(numbers.map((number) => this.#idleWork(number)));
			for (const work of works) {
				for (const [at, event] of work.events.entries()) {
					await IDLE_WORK[`${event.section}.${event.method}`]?.(this, event.data, { ...work, at });
				}
			}
		}
		this.#followed = Math.max(this.#followed, last);
	}

	async #idleWork(number) {
		const block = (await this.api.rpc.chain.getBlockHash(number)).toHex();
		const at = await this.api.at(block);
		const [records, now] = await Promise.all([at.query.system.events(), at.query.timestamp.now()]);
		const events = records
			.filter(({ phase, event }) => (phase.isFinalization ? AT_WORK.includes(event.section) : BEFORE_TRANSACTIONS.includes(`${event.section}.${event.method}`)))
			.map(({ event }) => event);
		return { block, events, time: Number(now.toBigInt() / 1000n) };
	}

	/** Returns true if a block did idle work that is booked. */
	async #isAtWork(block) {
		const { events } = await this.#idleWork((await this.api.rpc.chain.getHeader(block)).number.toNumber());
		return events.length > 0;
	}

	// The people ---------------------------------------------------------------------------------------

	/** Sends a role's transaction. Books its fee and the work of idle blocks until then. */
	async send(role, call, options) {
		const result = await send(this.api, this.who[role], call, { ...options, finalized: this.plan.finalized });
		const { parentHash } = await this.api.rpc.chain.getHeader(result.block);
		await this.follow(parentHash.toHex());
		if (options?.assetId === undefined) this.books.debit(role, 'CLBR', result.feePaid);
		return result;
	}

	/**
	 * Sends several transactions of a role, each when `when(k)` resolves. Books as {@link send} does. Returns `{ result }` of
	 * each, with the `error` of one that failed in its block.
	 */
	async sendTimed(role, calls, when) {
		const settled = await sendTimed(this.api, this.who[role], calls, when, { finalized: this.plan.finalized });
		const outcomes = settled.map(({ value, reason }) => {
			if (reason !== undefined && reason.result === undefined) throw reason;
			return { result: value ?? reason.result, error: reason };
		});
		const { parentHash } = await this.api.rpc.chain.getHeader(outcomes.at(-1).result.block);
		await this.follow(parentHash.toHex());
		for (const { result } of outcomes) this.books.debit(role, 'CLBR', result.feePaid);
		return outcomes;
	}

	/** Sends several transactions at once, each `[role, call]`. Returns their results in the same order. */
	async sendAll(calls) {
		const results = await Promise.all(calls.map(([role, call]) => this.send(role, call)));
		return results;
	}

	/** Passes a decision of the holders, for whom no books are kept. */
	async govern(origin, calls) {
		const decided = await govern(this.api, origin, calls, this.voters);
		const { parentHash } = await this.api.rpc.chain.getHeader(decided.block);
		await this.follow(parentHash.toHex());
		return decided;
	}

	/** Brings a call before the technical committee, with its votes. Returns the function that closes the motion. */
	async motion(call) {
		const { votes, close } = await motion(this.api, call, this.committee);
		for (const { voter, result } of votes) {
			const role = this.roleOf(voter.address);
			if (role !== undefined) this.books.debit(role, 'CLBR', result.feePaid);
		}
		return close;
	}

	/** Ensures that the chain refuses a call that the technical committee passes. */
	async refuseCommittee(what, name, call) {
		const close = await this.motion(call);
		const error = await close().then(() => undefined, (thrown) => thrown);
		if (error !== undefined && !(error instanceof TransactionError)) throw error;
		if (error?.name === name) this.story.refused(what, name);
		else this.story.fail(`${what}: ${error === undefined ? 'went through' : `refused as ${error.name}`}, not refused as ${name}`);
	}

	/** Ensures that a role's call is refused with an error of this name, and changes nothing. */
	refuse(role, what, name, call) {
		return this.refuseAll([[role, what, name, call]]);
	}

	/** Ensures the same of several calls, each `[role, what, name, call]`: sent together, told in order. */
	async refuseAll(refusals) {
		const tried = await Promise.all(refusals.map(([role, what, name, call]) => this.#refused(role, what, name, call)));
		for (const report of tried) report();
	}

	/** Tries a call that has to be refused. Returns a function that reports the outcome. */
	async #refused(role, what, name, call, attempts = 4) {
		const signer = this.who[role] ?? this.operators[0];
		let error;
		try {
			await send(this.api, signer, call);
		} catch (thrown) {
			error = thrown;
		}
		const { story } = this;
		if (!(error instanceof TransactionError) || error.result === undefined) {
			return () => story.fail(`${what}: ${error === undefined ? 'went through' : error.message}, not refused as ${name}`);
		}
		if (this.who[role]) this.books.debit(role, 'CLBR', error.result.feePaid);
		const { block } = error.result;
		if (error.name !== name) return () => story.fail(`${what}: refused as ${error.name}, not as ${name}`);
		// Idle work of the block would count as a change: another block is tried.
		if (attempts > 1 && (await this.#isAtWork(block))) return this.#refused(role, what, name, call, attempts - 1);
		const { parentHash } = await this.api.rpc.chain.getHeader(block);
		const [before, after] = await Promise.all([this.#stateOf(parentHash.toHex()), this.#stateOf(block)]);
		const changed = changedKeys(before, after).filter((key) => !OF_IDLE_BLOCKS.some((item) => key.startsWith(item)));
		if (changed.length > 0) return () => story.fail(`${what}: refused, but ${changed.length} keys changed: ${changed}`);
		return () => story.refused(what, name);
	}

	#states = new Map();

	/** Returns the state at a block, read once for all calls refused in it. */
	#stateOf(block) {
		if (!this.#states.has(block)) {
			this.#states.set(block, storageOf(this.api, STATE, block));
			if (this.#states.size > 8) this.#states.delete(this.#states.keys().next().value);
		}
		return this.#states.get(block);
	}

	// Prices -------------------------------------------------------------------------------------------

	/** Prices of assets that count instead of the recorded ones, by id. */
	quoted = new Map();
	/** Assets of which nothing is reported. */
	silent = new Set();

	/** Feeds the next day of prices through every operator. */
	async feed() {
		const recorded = this.rounds.shift() ?? this.lastRound;
		this.lastRound = recorded;
		const isPrice = (key, of) => key.kind === 'Price' && of.has(key.id);
		const entries = recorded.entries
			.filter(({ key }) => !isPrice(key, this.silent))
			.map((entry) => (isPrice(entry.key, this.quoted) ? { ...entry, value: this.quoted.get(entry.key.id) } : entry));
		const round = { ...recorded, entries };
		const { sent, failed } = await feedRound(this.api, this.operators, round.entries, { spread: SPREAD });
		for (const { operator, error } of failed) throw new Error(`${operator.meta.name}: ${error.message}`);
		for (const { operator, entries, result } of sent) {
			const { parentHash } = await this.api.rpc.chain.getHeader(result.block);
			await this.follow(parentHash.toHex());
			for (const { key, value } of entries) this.#accept(key, this.oracle.feed(operator.address, key, value, result.time), result.time);
		}
		const { result } = sent[sent.length - 1];
		const at = await this.api.at(result.block);
		await Promise.all(
			round.entries.map(async ({ key }) => {
				const found = (await at.query.oracle.values({ [key.kind]: key.id })).unwrap();
				this.story.check(`${key.kind} of ${key.id}`, found.value.toBigInt(), this.oracle.value(key));
				this.story.check(`date of ${key.kind} of ${key.id}`, Number(found.timestamp.toBigInt() / 1000n), this.oracle.asOf(key));
			}),
		);
		return { round, time: result.time, block: result.block };
	}

	/** Books what a price means that the oracle has accepted: the yield of the bills held. */
	#accept(key, price, now) {
		if (key.kind === 'Price' && key.id === BILLS && price !== undefined) this.vault.billYield += this.bills.accept(price, now);
	}

	/** Returns the time of the oldest price of a model. */
	pricedAt(model = MODEL) {
		return Math.min(...FEEDS.map((kind) => this.oracle.asOf({ kind, id: model }) ?? 0));
	}

	#refreshed;

	/** Feeds when the prices of the pledged model approach their maximum age: once for all who ask at the same time. */
	freshPrices() {
		this.#refreshed ??= this.#refresh().finally(() => {
			this.#refreshed = undefined;
		});
		return this.#refreshed;
	}

	async #refresh() {
		const now = await timeAt(this.api);
		if (now - this.pricedAt() > this.oracle.policy.maxAge / 3) await this.feed();
	}

	/** Returns the prices that a valuation of a model uses. */
	prices(model = MODEL) {
		const of = (kind) => this.oracle.value({ kind, id: model });
		return { resale: of('Resale'), rental: of('Rental'), utilisation: of('Utilisation') };
	}

	/** Returns the id of the loss of a title that was reported last. */
	async lastLoss(title, block) {
		const { losses } = (await (await this.api.at(block)).call.titlesApi.title(title)).unwrap();
		return losses.at(-1).id.toNumber();
	}

	/** Returns true if a price of the model is too old at a time. */
	isStale(model, now) {
		const asOf = FEEDS.map((kind) => this.oracle.asOf({ kind, id: model }) ?? 0);
		return asOf.some((at) => now - at > this.oracle.policy.maxAge);
	}

	/** Returns what a title counts for with a line at a time: its valuation, less the haircut if a price is too old. */
	counted(title, now) {
		const found = this.valuation(title, now);
		if (!this.isStale(this.machines.get(title).model, now)) return found;
		const less = (value) => value - math.mulDivUp(value, HAIRCUT, PPB);
		return { ...found, value: less(found.value), liquidationValue: less(found.liquidationValue) };
	}

	/** Returns the valuation of a title at a time, of so many machines if they are not those in being. */
	valuation(title, now, of = undefined) {
		const { model, commissionedAt, independent, ...machine } = this.machines.get(title);
		const units = of ?? machine.units;
		const facts = { units, age: now - commissionedAt, condition: BigInt(this.models[model].condition.new) };
		const found = math.appraise(this.models[model], this.prices(model), facts);
		if (independent === undefined) return found;
		// One appraisal alone goes no lower than a forced sale, two go as low as the second.
		const [lowest, second] = [...independent].sort((a, b) => (a < b ? -1 : 1));
		const floor = second === undefined || second > found.liquidationValue ? found.liquidationValue : second;
		const cap = lowest > floor ? lowest : floor;
		if (cap >= found.value) return found;
		// A forced sale brings less than two appraisers say, not less than one does.
		if (second === undefined || second >= found.value) return { ...found, value: cap };
		const liquidationValue = math.mulDivDown(second, BigInt(this.models[model].forced_sale), 1_000_000_000n);
		return { ...found, value: cap, liquidationValue };
	}

	/** Sets the value of the vault's bills at a time: for deposits without any haircut. */
	markBills(now) {
		const key = { kind: 'Price', id: BILLS };
		const price = this.oracle.value(key);
		const stale = now - (this.oracle.asOf(key) ?? 0) > this.oracle.policy.maxAge;
		this.vault.bills = this.bills.value(price, stale);
		this.vault.billsForDeposits = this.bills.worth(price);
	}

	/**
	 * Returns the worth at the redemption price of the requests that can no longer be cancelled at a time, rounded up:
	 * those of the last window in which cancelling has ended. What a settlement left over queues in the window that runs.
	 */
	wanted(now, window) {
		const shares = this.queue.filter((request) => request.window <= window).reduce((sum, request) => sum + request.shares, 0n);
		return shares === 0n ? 0n : math.mulDivUp(shares, this.vault.forRedemptions(now), this.vault.shares);
	}

	// Figures ------------------------------------------------------------------------------------------

	/** Compares every balance and the vault's books with the chain at a block. */
	async compare(block) {
		await this.follow(block);
		await this.books.compare(this.story, block);
		const at = await this.api.at(block);
		const now = await timeAt(this.api, block);
		const nav = await at.call.vaultApi.nav();
		const check = this.story.check.bind(this.story);
		this.markBills(now);
		check('idle USDai of the vault', nav.idle.toBigInt(), this.vault.idle);
		check('Treasury bills of the vault', nav.treasuryBills.toBigInt(), this.vault.bills);
		check('principal out of the vault', nav.principalOut.toBigInt(), this.vault.principalOut);
		check('impairment', nav.impairment.toBigInt(), this.vault.impairment);
		check('bad debt', nav.badDebt.toBigInt(), this.vault.badDebt);
		check('accrued interest', nav.accruedInterest.toBigInt(), this.vault.accrued(now));
		check('accrued interest, net', nav.accruedNet.toBigInt(), this.vault.net(this.vault.signedAccrual(now)));
		check('suspended interest', nav.suspended.toBigInt(), this.vault.suspended);
		check('income that is locked', nav.locked.toBigInt(), this.vault.locked.at(now));
		check('fee on the bills', nav.billFee.toBigInt(), this.vault.fee(this.vault.billYield));
		check('claimable USDai', nav.claimable.toBigInt(), this.vault.claimable);
		check('shares', nav.shares.toBigInt(), this.vault.shares);
		check('assets for deposits', nav.forDeposits.toBigInt(), this.vault.forDeposits(now));
		check('assets for redemptions', nav.forRedemptions.toBigInt(), this.vault.forRedemptions(now));
		check('redemption price', nav.redemptionPrice.toBigInt(), this.vault.redemptionPrice(now));
		check('deposit price', nav.depositPrice.toBigInt(), this.vault.depositPrice(now));
		check('supply of USDai', (await at.query.assets.asset(USDAI)).unwrap().supply.toBigInt(), this.supply);
	}

	/** Returns a hash that nobody has used. */
	newHash(label) {
		return blake2(`${label} ${randomBytes(16).toString('hex')}`);
	}
}

async function openVault(at) {
	const ledger = await at.query.vault.ledger();
	const nav = await at.call.vaultApi.nav();
	return new Vault(
		{
			billYield: (await at.query.reserves.billYields()).due.toBigInt(),
			idle: ledger.idle.toBigInt(),
			principalOut: ledger.principalOut.toBigInt(),
			impairment: ledger.impairment.toBigInt(),
			badDebt: ledger.badDebt.toBigInt(),
			claimable: ledger.claimable.toBigInt(),
			shares: nav.shares.toBigInt(),
			perSecond: ledger.accrual.perSecond.toBigInt(),
			offset: ledger.accrual.offset.toBigInt(),
			earned: ledger.accrual.earned.toBigInt(),
			suspended: ledger.suspended.toBigInt(),
			locked: { amount: ledger.locked.amount.toBigInt(), since: ledger.locked.since.toNumber(), until: ledger.locked.until.toNumber() },
		},
		await governed(at, 'Vault', 'YieldFee'),
		(await at.call.vaultApi.window()).length.toNumber(),
	);
}

/** Returns the lowest price and the fewest bills of a day, as the chain keeps them. */
const dayOf = ({ since, lowest, held }) => ({ since: since.toNumber(), lowest: lowest.toBigInt(), held: held.toBigInt() });

async function openBills(at) {
	const bill = await at.query.reserves.bills();
	const yields = await at.query.reserves.billYields();
	return new Bills({
		held: (await at.query.reserves.ledger()).held.toBigInt(),
		// No decision of these chapters moves it.
		haircut: bill.isSome ? bill.unwrap().haircut.to.toBigInt() : 0n,
		staleHaircut: await governed(at, 'Reserves', 'StaleBillHaircut'),
		highest: yields.highest.isSome ? yields.highest.unwrap().toBigInt() : undefined,
		day: yields.day.isSome ? dayOf(yields.day.unwrap()) : undefined,
	});
}

/** Returns the governed terms of the offers of bills. */
export async function offerTerms(at) {
	const { Reserves: values } = await governedValues(at);
	const of = (name) => values[name].value;
	return {
		buffer: of('LiquidityBuffer'),
		hourly: of('HourlyLimit'),
		period: Number(of('OfferPeriod')),
		start: of('OfferStart'),
		buyPremium: of('MaxBuyPremium'),
		sellDiscount: of('MaxSellDiscount'),
		minFill: of('MinFill'),
		dailyLoss: of('MaxDailyLoss'),
	};
}

async function openOffers(at, bills) {
	const offers = new Offers(await offerTerms(at), bills);
	const { offers: book } = await at.query.reserves.ledger();
	const meter = (into, { used, at: time }) => Object.assign(into, { used: used.toBigInt(), at: time.toNumber() });
	for (const [side, state] of [['Buys', book.buys], ['Sells', book.sells]]) {
		offers.sides[side].since = state.since.isSome ? state.since.unwrap().toNumber() : undefined;
		meter(offers.sides[side].filled, state.filled);
	}
	meter(offers.lost, book.lost);
	return offers;
}

async function openOracle(at, operators, keys) {
	const { Appraisal: values } = await governedValues(at);
	const oracle = new Oracle({
		minFeeders: Number(values.MinFeeders.value),
		maxAge: Number(values.MaxAge.value),
		updatePeriod: Number(values.UpdatePeriod.value),
		perUpdate: values.MaxMovePerUpdate.value,
		perDay: values.MaxMovePerDay.value,
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
		const history = await at.query.appraisal.priceHistories(name);
		const buckets = (list) => list.map(({ since, low, high }) => (
			{ since: since.toNumber(), low: low.toBigInt(), high: high.toBigInt() }));
		oracle.start(key, {
			raw,
			accepted: value.isSome ? value.unwrap().value.toBigInt() : undefined,
			asOf: value.isSome ? Number(value.unwrap().timestamp.toBigInt() / 1000n) : undefined,
			history: history.isSome
				? {
					freeUntil: history.unwrap().freeUntil.toNumber(),
					recent: buckets(history.unwrap().recent),
					day: buckets(history.unwrap().day),
				}
				: undefined,
		});
	}
	return oracle;
}
