// SPDX-License-Identifier: Apache-2.0
//
// A Caliber node from outside: connections, accounts, transactions that either are in a block or fail with
// the name of the error, and reads at a named block.

import { connect as connectSocket } from 'node:net';
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { stringToU8a, u8aConcat } from '@polkadot/util';
import { blake2AsHex, blake2AsU8a, cryptoWaitReady, encodeAddress } from '@polkadot/util-crypto';

/** SS58 prefix of addresses. */
export const SS58_PREFIX = 42;
/** `pallet-assets` ids. */
export const USDAI = 1;
export const SUSDAI = 2;

/** Index of the Assets pallet in the runtime; part of the location of USDai and sUSDai. */
const ASSETS_PALLET = 50;
const assetHub = (id) => ({
	parents: 1,
	interior: { X3: [{ Parachain: 1000 }, { PalletInstance: 50 }, { GeneralIndex: id }] },
});
const localAsset = (id) => ({
	parents: 0,
	interior: { X2: [{ PalletInstance: ASSETS_PALLET }, { GeneralIndex: id }] },
});

/** Type of the asset that pays a fee, which the library would take for another version of XCM. */
const TYPES = { TAssetConversion: 'Option<StagingXcmV5Location>' };

/** Assets as XCM locations, as the peg and the exchange take them. */
export const LOCATION = {
	CLBR: { parents: 0, interior: 'Here' },
	USDAI: localAsset(USDAI),
	SUSDAI: localAsset(SUSDAI),
	USDC: assetHub(1337),
	USDT: assetHub(1984),
	PYUSD: {
		parents: 2,
		interior: {
			X2: [
				{ GlobalConsensus: { Ethereum: { chainId: 1 } } },
				{ AccountKey20: { network: null, key: '0x6c3ea9036406852006290770bedfcaba0e23a0e8' } },
			],
		},
	},
	TBILL: assetHub(3001),
};

/** Returns true if something listens at an address. */
function listens(url) {
	const { hostname, port, protocol } = new URL(url);
	return new Promise((resolve) => {
		const socket = connectSocket({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'wss:' ? 443 : 80) });
		const end = (answer) => {
			socket.destroy();
			resolve(answer);
		};
		socket.setTimeout(2_000, () => end(false));
		socket.once('connect', () => end(true)).once('error', () => end(false));
	});
}

/**
 * Connects to a node; the error of a failure says what to do. A connection that is lost stays lost: the
 * next one may find another runtime.
 *
 * @param {string} url
 * @param {object} [options]
 * @param {number} [options.timeout] milliseconds
 * @returns {Promise<ApiPromise>}
 */
export async function connect(url, { timeout = 30_000 } = {}) {
	if (!/^wss?:\/\//.test(url)) throw new Error(`${url} is no address of a node: it begins with ws:// or wss://`);
	const giveUp = Date.now() + timeout;
	const nobody = () => new Error(`no Caliber node answers at ${url}: start one, or give its address with --url`);
	while (!(await listens(url))) {
		if (Date.now() > giveUp) throw nobody();
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
	const provider = new WsProvider(url, false, {}, 60_000);
	let timer;
	const late = new Promise((_, reject) => {
		timer = setTimeout(() => reject(nobody()), Math.max(giveUp - Date.now(), 10_000));
	});
	try {
		const ready = ApiPromise.create({ provider, noInitWarn: true, types: TYPES });
		await Promise.race([provider.connect(), late]);
		return await Promise.race([ready, late]);
	} catch (error) {
		await provider.disconnect().catch(() => {});
		throw error;
	} finally {
		clearTimeout(timer);
	}
}

/** Returns the spec version of the runtime that makes the next block at a node, asked without its metadata. */
export async function specVersionAt(url) {
	const provider = new WsProvider(url, false);
	await provider.connect();
	try {
		await provider.isReady;
		return (await provider.send('state_getRuntimeVersion', [])).specVersion;
	} finally {
		await provider.disconnect();
	}
}

/** Returns a function that makes key pairs of secret URIs (`//Alice`, a mnemonic, a hex seed). */
export async function keyring() {
	await cryptoWaitReady();
	const ring = new Keyring({ type: 'sr25519', ss58Format: SS58_PREFIX });
	return (uri, name) => ring.addFromUri(uri, { name: name ?? uri.replace(/^\/\//, '') });
}

/** Returns the well-known accounts of the development chain by role. */
export async function devAccounts() {
	const pair = await keyring();
	return {
		borrower: pair('//Bob', 'Bob'),
		custodian: pair('//Charlie', 'Charlie'),
		verifier: pair('//Dave', 'Dave'),
		curator: pair('//Eve', 'Eve'),
		saver: pair('//Ferdie', 'Ferdie'),
		offtaker: pair('//Dave//stash', 'Dave//stash'),
		insurer: pair('//Eve//stash', 'Eve//stash'),
		appraiser: pair('//Ferdie//stash', 'Ferdie//stash'),
		operators: [
			pair('//Alice//stash', 'Alice//stash'),
			pair('//Bob//stash', 'Bob//stash'),
			pair('//Charlie//stash', 'Charlie//stash'),
		],
	};
}

/** Returns the account of a pallet, from its pallet id. */
export function palletAccount(palletId) {
	return encodeAddress(u8aConcat(stringToU8a('modl'), palletId.toU8a(), new Uint8Array(32)).slice(0, 32), SS58_PREFIX);
}

/** Returns the account that holds the reserves of the peg of an asset. */
export function pegAccount(api, internal) {
	const key = api.query.psm.psm.creator.meta.type.asMap.key;
	const asset = api.registry.createType(api.registry.createLookupType(key), internal).toU8a();
	const entropy = u8aConcat(stringToU8a('modl'), api.consts.psm.palletId.toU8a(), asset);
	return encodeAddress(blake2AsU8a(entropy, 256), SS58_PREFIX);
}

/** Returns the blake2-256 hash of bytes or text. */
export const blake2 = (bytes) => blake2AsHex(bytes, 256);

/** Failure of a transaction. `name` is `pallet.ErrorName` where a pallet returned the error. */
export class TransactionError extends Error {
	/**
	 * @param {string} name
	 * @param {string} docs
	 * @param {object} [result] of {@link send}, when the transaction is in a block
	 */
	constructor(name, docs, result) {
		super(docs ? `${name}: ${docs}` : name);
		this.name = name;
		this.result = result;
	}
}

/** Returns the variant that an error of a pallet carries, like the reason for which a title is not eligible. */
function carriedVariant(api, { fields }, { error }) {
	if (fields.length !== 1) return undefined;
	const carried = api.createType(api.registry.createLookupType(fields[0].type), error.toU8a().subarray(1));
	return carried.type;
}

/**
 * Returns the name of a dispatch error and the docs of its pallet. An error that carries a variant is named with it:
 * `titles.Ineligible.CustodyStale`.
 */
export function nameDispatchError(api, error) {
	if (error.isModule) {
		const meta = api.registry.findMetaError(error.asModule);
		const parts = [meta.section, meta.name, carriedVariant(api, meta, error.asModule)];
		return { name: parts.filter(Boolean).join('.'), docs: meta.docs.join(' ').trim() };
	}
	if (error.isToken) return { name: `token.${error.asToken.type}`, docs: '' };
	if (error.isArithmetic) return { name: `arithmetic.${error.asArithmetic.type}`, docs: '' };
	return { name: error.type, docs: '' };
}

/** Returns the dispatch error inside a batch or a proxy that itself succeeded. */
function innerError(events) {
	for (const { event } of events) {
		if (event.section === 'utility' && event.method === 'BatchInterrupted') return event.data.error;
		if (event.section === 'proxy' && event.method === 'ProxyExecuted' && event.data.result.isErr) {
			return event.data.result.asErr;
		}
	}
	return undefined;
}

/** Blocks for which a signed transaction is valid, and by which it was born before the head. */
const LIFETIME = 64;
const AGE_AT_BIRTH = 4;
/** Blocks by which finality may lag before the birth is counted from the head. */
const MAX_LAG = 8;

/**
 * Returns the mortality of a transaction that is signed now, as options of its signature. Its birth lies a little in the
 * past: the pool may not have seen the newest block yet, and refuses what was born in a block that it does not know.
 */
export async function mortality(api) {
	const [head, finalized] = await Promise.all([
		api.rpc.chain.getHeader(),
		api.rpc.chain.getFinalizedHead().then((hash) => api.rpc.chain.getHeader(hash)),
	]);
	const current = Math.max(Math.max(finalized.number.toNumber(), head.number.toNumber() - MAX_LAG) - AGE_AT_BIRTH, 0);
	const era = api.registry.createType('ExtrinsicEra', { current, period: LIFETIME });
	return { era, blockHash: await api.rpc.chain.getBlockHash(current) };
}

/** Submissions by connection and address: the last one, and the nonce after it. */
const accounts = new WeakMap();

function accountOf(api, address) {
	if (!accounts.has(api)) accounts.set(api, new Map());
	const known = accounts.get(api);
	if (!known.has(address)) known.set(address, { submitted: Promise.resolve(), next: 0 });
	return known.get(address);
}

/**
 * Submits once the account's previous submission is in the pool, with the nonce after it: the next nonce by the node may
 * not count those that wait, or that are in the newest block.
 */
function inTurn(api, account, address, submit) {
	const submitted = account.submitted.then(async () => {
		const free = (await api.rpc.system.accountNextIndex(address)).toNumber();
		const nonce = Math.max(free, account.next);
		const unsubscribe = await submit(nonce);
		account.next = nonce + 1;
		return unsubscribe;
	});
	account.submitted = submitted.catch(() => {});
	return submitted;
}

/**
 * Hands a signed transaction to the node and watches it. The pool may have put it into a view of a block that was made
 * meanwhile: then it says that it knows the transaction, and watches nothing. So its blocks are searched.
 */
async function watched(api, signed, watch, finalized = false) {
	try {
		return await signed.send(watch);
	} catch (error) {
		if (!/already imported/i.test(error.message)) throw error;
		// It may be in a block by now.
		const head = (await api.rpc.chain.getHeader()).number.toNumber();
		return searchBlocks(api, signed.hash, Math.max(head - MAX_LAG, 1), watch, finalized);
	}
}

/** Tells `watch` the block of a transaction, from block `number` on. Returns the function that ends the search. */
function searchBlocks(api, hash, number, watch, finalized) {
	const { chain } = api.rpc;
	let isOver = false;
	const search = async () => {
		for (let next = number; !isOver; ) {
			const head = await chain.getHeader(finalized ? await chain.getFinalizedHead() : undefined);
			if (head.number.toNumber() < next) {
				await new Promise((resolve) => setTimeout(resolve, 50));
				continue;
			}
			const block = await chain.getBlockHash(next);
			const txIndex = (await chain.getBlock(block)).block.extrinsics.findIndex((one) => one.hash.eq(hash));
			if (txIndex >= 0 && !isOver) watch(await outcomeIn(api, block, hash, txIndex, finalized));
			isOver ||= txIndex >= 0;
			next += 1;
		}
	};
	// A node that went away is noticed by who waits.
	search().catch(() => {});
	return () => {
		isOver = true;
	};
}

/** Returns the last status of a transaction of a block, as the pool tells it. */
async function outcomeIn(api, block, txHash, txIndex, finalized) {
	const records = await (await api.at(block)).query.system.events();
	const events = records.filter(({ phase }) => phase.isApplyExtrinsic && phase.asApplyExtrinsic.eq(txIndex));
	const failed = events.find(({ event: { section, method } }) => section === 'system' && method === 'ExtrinsicFailed');
	const status = { isInBlock: !finalized, isFinalized: finalized, asInBlock: block, asFinalized: block };
	return { status, events, txHash, txIndex, dispatchError: failed?.event.data.dispatchError };
}

/** Waits until a transaction that `submit(watch)` hands to the node is in a block. Returns its last status. */
function included(api, submit, { finalized = false, timeout = 120_000 }) {
	return new Promise((resolve, reject) => {
		let unsubscribe;
		let settled = false;
		const finish = (then, value) => {
			if (settled) return;
			settled = true;
			clearTimeout(timer);
			api.off('disconnected', lost);
			unsubscribe?.();
			then(value);
		};
		const lost = () => finish(reject, new Error('the node went away before the transaction was in a block'));
		api.once('disconnected', lost);
		const timer = setTimeout(
			() => finish(reject, new Error(`not in a block after ${timeout / 1000} s: does the chain make blocks?`)),
			timeout,
		);
		const watch = (result) => {
			const { status } = result;
			if (finalized ? status.isFinalized : status.isInBlock || status.isFinalized) finish(resolve, result);
			else if (status.isInvalid || status.isDropped || status.isUsurped || status.isFinalityTimeout) {
				finish(reject, new TransactionError(status.type, 'the pool gave the transaction up'));
			}
		};
		submit(watch)
			.then((stop) => {
				unsubscribe = stop;
				if (settled) stop();
			})
			.catch((error) => finish(reject, new TransactionError(rejection(error), '')));
	});
}

/** Returns the result of a transaction that is in a block. Throws if it failed there. */
async function resultOf(api, outcome) {
	const block = (outcome.status.isFinalized ? outcome.status.asFinalized : outcome.status.asInBlock).toHex();
	const events = outcome.events;
	const all = (section, method) =>
		events.filter(({ event }) => event.section === section && event.method === method).map(({ event }) => event.data);
	const find = (section, method) => all(section, method)[0];
	const fee = find('transactionPayment', 'TransactionFeePaid');
	const result = {
		block,
		index: outcome.txIndex,
		time: await timeAt(api, block),
		hash: outcome.txHash.toHex(),
		events,
		feePaid: fee ? fee.actualFee.toBigInt() : 0n,
		find,
		all,
	};
	const error = outcome.dispatchError ?? innerError(events);
	if (error) {
		const { name, docs } = nameDispatchError(api, error);
		throw new TransactionError(name, docs, result);
	}
	return result;
}

/**
 * Signs, sends and waits until the transaction is in a block. An account may send several at once: they
 * go in the order in which they were sent.
 *
 * @param {ApiPromise} api
 * @param {import('@polkadot/keyring/types').KeyringPair} signer
 * @param {import('@polkadot/api/types').SubmittableExtrinsic<'promise'>} call
 * @param {object} [options]
 * @param {object} [options.assetId] location of the asset that pays the fee
 * @param {boolean} [options.finalized] wait for finality
 * @param {number} [options.timeout] milliseconds
 * @returns {Promise<{ block: string, index: number, time: number, hash: string, events: object[],
 *   feePaid: bigint, find: (section: string, method: string) => object | undefined,
 *   all: (section: string, method: string) => object[] }>}
 * @throws {TransactionError}
 */
export async function send(api, signer, call, { assetId, finalized, timeout } = {}) {
	const options = assetId === undefined ? {} : { assetId };
	const account = accountOf(api, signer.address);
	const submit = (watch) =>
		inTurn(api, account, signer.address, async (nonce) => {
			const signed = await call.signAsync(signer, { ...options, ...(await mortality(api)), nonce });
			return watched(api, signed, watch, finalized);
		});
	const outcome = await included(api, submit, { finalized, timeout }).catch((error) => {
		// A transaction that is in no block leaves its nonce to the next: the node knows it.
		account.next = 0;
		throw error;
	});
	return resultOf(api, outcome);
}

/**
 * Sends several transactions of an account that sends no others meanwhile. All are signed before, and each is submitted
 * when `when(k)` resolves. Returns their outcomes in the same order, each as `Promise.allSettled` does of {@link send}.
 *
 * @param {ApiPromise} api
 * @param {import('@polkadot/keyring/types').KeyringPair} signer
 * @param {import('@polkadot/api/types').SubmittableExtrinsic<'promise'>[]} calls
 * @param {(k: number) => Promise<unknown>} when
 * @param {{ finalized?: boolean, timeout?: number }} [options]
 */
export async function sendTimed(api, signer, calls, when, options = {}) {
	const first = (await api.rpc.system.accountNextIndex(signer.address)).toNumber();
	const lifetime = await mortality(api);
	const signed = await Promise.all(calls.map((call, k) => call.signAsync(signer, { ...lifetime, nonce: first + k })));
	return Promise.allSettled(signed.map(async (transaction, k) => {
		await when(k);
		return resultOf(api, await included(api, (watch) => watched(api, transaction, watch, options.finalized), options));
	}));
}

/** Returns the pool's reason for refusing a transaction. */
function rejection(error) {
	return error.message.split('\n')[0].replace(/^\d+: /, '');
}

/** Returns the chain time at a block, unix seconds; of the best block without one. */
export async function timeAt(api, block) {
	const at = block === undefined ? api : await api.at(block);
	return Number((await at.query.timestamp.now()).toBigInt() / 1000n);
}

/** Returns the hash of the best block. */
export async function bestBlock(api) {
	return (await api.rpc.chain.getHeader()).hash.toHex();
}

/** Waits for the first best block whose time is `time` or later. Returns its time and hash. */
export async function waitForTime(api, time, timeout = 300_000) {
	const giveUp = Date.now() + timeout;
	for (;;) {
		const block = await bestBlock(api);
		const now = await timeAt(api, block);
		if (now >= time) return { block, now };
		if (Date.now() > giveUp) throw new Error(`chain time ${now} has not reached ${time} in ${timeout / 1000} s`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** Waits for the best block of a height, without delay. */
export async function waitForHead(api, number) {
	let subscribed;
	await new Promise((resolve, reject) => {
		subscribed = api.rpc.chain.subscribeNewHeads((header) => header.number.toNumber() >= number && resolve());
		subscribed.catch(reject);
	});
	(await subscribed)();
}

/** Waits for `count` more blocks. */
export async function waitBlocks(api, count = 1) {
	const start = (await api.rpc.chain.getHeader()).number.toNumber();
	while ((await api.rpc.chain.getHeader()).number.toNumber() < start + count) {
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

/** Returns the balance of a `pallet-assets` asset. */
export async function assetBalance(at, id, who) {
	const account = await at.query.assets.account(id, who);
	return account.isSome ? account.unwrap().balance.toBigInt() : 0n;
}

/** Returns the balance of a foreign asset. */
export async function foreignBalance(at, location, who) {
	const account = await at.query.foreignAssets.account(location, who);
	return account.isSome ? account.unwrap().balance.toBigInt() : 0n;
}

/** Returns the native balance on hold. */
export async function heldClbr(at, who) {
	return (await at.query.system.account(who)).data.reserved.toBigInt();
}
