#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// Kill test: kill -9, twenty times, in the middle of block production and in the middle of the settlement of a
// redemption window. After each, the node has to start by itself on the same data, with the blocks it had, and
// the vault's books have to agree.
//
//   node zombienet/robustness/kill.js [KILLS]

import { connect, devAccounts, LOCATION, send, SUSDAI, TransactionError } from '../../clients/lib/src/chain.js';
import { feedRound } from '../../clients/feeder/src/feed.js';
import { sleep, until } from '../node.js';
import { devNode, Report, scratch } from './dev.js';

const KILLS = Number(process.argv[2] ?? 20);
/** Every so many kills, one comes in a settlement. */
const SETTLEMENT_EVERY = 4;
/** Requests in a redemption window, and requests that a step serves: many small steps, so that the kill is between two. */
const REQUESTS = 12;
const STEP = 2;
/** Largest age of blocks that may be lost with the node, in milliseconds; in a network the peers have them. */
const MOST_LOST_MS = 2_000;
const START_LIMIT = 300_000;
const USD = 10n ** 18n;

// A fixed seed: the kills come at the same moments in every run.
let seed = 20260922;
const random = (most) => {
	seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
	return (seed >>> 8) % most;
};

// The library logs every call that a dead node does not answer.
const complain = console.error;
console.error = (...parts) => (/RPC-CORE/.test(parts.join(' ')) ? undefined : complain(...parts));

const report = new Report();
const place = await scratch('kill');
const node = await devNode(place);
const { saver, verifier, operators } = await devAccounts();
let api;
process.once('exit', () => node.stop('SIGKILL'));
process.once('SIGINT', () => process.exit(130));

async function start() {
	await (await node.start()).answers(START_LIMIT);
	api = await connect(node.url);
}

async function kill() {
	await api.disconnect();
	await node.stop('SIGKILL');
}

/** Notes heights and hashes of new blocks, until it is stopped. */
function watch() {
	const seen = new Map();
	let going = true;
	const done = (async () => {
		while (going) {
			try {
				const header = await node.rpc('chain_getHeader');
				const height = Number(header.number);
				if (!seen.has(height)) seen.set(height, { hash: await node.hashAt(height), at: Date.now() });
			} catch {
				// The node is dead, or about to be.
			}
			await sleep(50);
		}
	})();
	return { seen, stop: () => ((going = false), done) };
}

/** Returns the number of blocks that were seen and are lost, and the age of the oldest. */
async function lost(seen, killedAt) {
	let [blocks, oldest] = [0, 0];
	for (const [height, { hash, at }] of seen) {
		if (hash === undefined || (await node.hashAt(height)) === hash) continue;
		blocks += 1;
		oldest = Math.max(oldest, killedAt - at);
	}
	return { blocks, oldest };
}

/** Compares the vault's totals at the best block with the sums of its entries. Returns both and the differences. */
async function books() {
	const at = await api.at((await api.rpc.chain.getHeader()).hash);
	const [nav, window, proof, requests] = await Promise.all([
		at.call.vaultApi.nav(),
		at.call.vaultApi.window(),
		at.call.reservesApi.proofOfReserves(),
		at.query.vault.requests.entries(),
	]);
	let [queued, claimable] = [0n, 0n];
	for (const [key] of requests) {
		const request = (await at.call.vaultApi.request(key.args[0])).unwrap();
		queued += request.shares.toBigInt();
		claimable += request.claimable.toBigInt();
	}
	const supply = (await at.query.assets.asset(SUSDAI)).unwrap().supply.toBigInt();
	const problems = [];
	const settling = window.settling.isSome;
	// A settlement takes the shares that it is going to serve out of the queue at its start.
	if (!settling && queued !== window.queuedShares.toBigInt()) problems.push(`requests hold ${queued} shares, the queue ${window.queuedShares}`);
	if (!settling && claimable !== nav.claimable.toBigInt()) problems.push(`requests may claim ${claimable}, the vault owes ${nav.claimable}`);
	if (supply !== nav.shares.toBigInt()) problems.push(`${supply} shares are in issue, the vault counts ${nav.shares}`);
	if (!proof.backed.isTrue) problems.push('USDai is not backed');
	return { problems, settling, queued, claimable, requests: requests.length };
}

/** Sends a call. A refusal because another call or the chain itself has done the work is no failure. */
async function attempt(signer, call) {
	try {
		return await send(api, signer, call);
	} catch (error) {
		if (error instanceof TransactionError && /SettlementRunning|NothingToSettle|AlreadySettled|NoSettlement|MoneyAwaited|PriceAwaited|RoundAwaited/.test(error.name)) return undefined;
		throw error;
	}
}

async function fund() {
	const rate = 1_000_000;
	// The peg issues nothing against a dollar without a fresh price.
	const { failed } = await feedRound(api, operators, [{ key: { kind: 'Price', id: 1 }, value: USD, from: 'par' }]);
	if (failed.length > 0) throw failed[0].error;
	await send(api, saver, api.tx.psm.mint(LOCATION.USDAI, LOCATION.USDC, 500_000n * 10n ** 6n, rate));
	await send(api, saver, api.tx.vault.deposit(400_000n * USD, 1n));
}

/** Makes the requests in one redemption window and waits until it closes. */
async function queueUp() {
	const call = api.tx.vault.requestRedemption(10n * USD, null);
	await send(api, saver, api.tx.utility.batchAll(Array(REQUESTS).fill(call)));
	const { closesAt } = (await api.call.vaultApi.window()).toJSON();
	await until('the window to close', async () => (await api.query.timestamp.now()).toBigInt() / 1000n >= BigInt(closesAt), { limit: 120_000, every: 100 });
}

/** Returns true while a closed window waits for its settlement, or is being settled. */
async function waits() {
	return !['Open', 'Reveal'].includes((await api.call.vaultApi.window()).phase.type);
}

/** Starts or continues a settlement, step by step, once a round over the lines has ended. Ends with it, or when the node dies. */
async function settle(steps) {
	while ((await waits()) && !(await books()).settling) await attempt(verifier, api.tx.vault.startSettlement());
	for (let step = 0; step < steps; step += 1) {
		if (!(await books()).settling) return;
		await attempt(verifier, api.tx.vault.settle(STEP));
	}
}

/** Waits until idle work has settled the window and paid all of its requests, so that the next one begins without any. */
async function allPaid() {
	await until('the requests to be paid', async () => (await books()).requests === 0, { limit: 120_000, every: 200, alive: () => node.alive() });
}

async function killInProduction(round) {
	const watching = watch();
	// A transaction in flight, too.
	const sending = send(api, verifier, api.tx.balances.transferKeepAlive(saver.address, 10n ** 12n)).catch(() => {});
	await sleep(300 + random(2_200));
	const at = Date.now();
	await kill();
	await Promise.all([watching.stop(), sending]);
	await start();
	return check(round, 'block production', watching.seen, at);
}

async function killInSettlement(round) {
	await queueUp();
	const watching = watch();
	const settling = settle(1 + REQUESTS / STEP).catch(() => {});
	await sleep(100 + random(1_600));
	const before = await books().catch(() => undefined);
	const at = Date.now();
	await kill();
	await Promise.all([watching.stop(), settling]);
	await start();
	await check(round, `a settlement${before?.settling ? ` with ${before.queued / USD} shares to serve` : ''}`, watching.seen, at);
	await settle(2 + REQUESTS / STEP);
	await allPaid();
	const after = await books();
	report.check(!after.settling && after.problems.length === 0, `    the settlement went on to its end: ${after.claimable / USD} USDai to claim, ${after.queued / USD} shares left${after.problems.map((problem) => `; ${problem}`).join('')}`);
}

async function check(round, where, seen, at) {
	const { blocks, oldest } = await lost(seen, at);
	const { problems } = await books();
	const first = Number((await node.rpc('chain_getHeader')).number);
	await until('a new block', async () => Number((await node.rpc('chain_getHeader')).number) > first, { limit: 30_000, every: 100, alive: () => node.alive() });
	report.check(
		oldest <= MOST_LOST_MS && problems.length === 0,
		`kill ${round} in ${where}: ${seen.size} blocks seen, ${blocks} of them not written${blocks ? `, the oldest ${oldest} ms old` : ''}${problems.map((problem) => `; ${problem}`).join('')}`,
	);
	return oldest;
}

try {
	await start();
	await fund();
	report.say('the node runs, a saver has deposited 400,000 USDai');
	for (let round = 1; round <= KILLS; round += 1) {
		if (round % SETTLEMENT_EVERY === 0) await killInSettlement(round);
		else await killInProduction(round);
	}
	const best = Number((await node.rpc('chain_getHeader')).number);
	report.check(best > 0, `after ${KILLS} kills the chain is at block ${best}, and nobody repaired anything`);
	await api.disconnect();
	await node.stop();
} catch (error) {
	report.check(false, error.message);
	console.error(await node.tail());
	await api?.disconnect().catch(() => {});
	await node.stop('SIGKILL');
}
await place.remove();
report.end();
process.exit();
