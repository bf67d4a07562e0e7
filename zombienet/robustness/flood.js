#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// Flood test: ten thousand bad extrinsics and a thousand malformed RPC requests. The node refuses them, goes on
// making blocks, serves a good transaction meanwhile, and does not grow.
//
//   node zombienet/robustness/flood.js [EXTRINSICS]

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { connect, devAccounts, keyring, send } from '../../clients/lib/src/chain.js';
import { metric } from '../../clients/keeper/src/metrics.js';
import { until } from '../node.js';
import { devNode, Report, scratch } from './dev.js';

const EXTRINSICS = Number(process.argv[2] ?? 10_000);
const REQUESTS = Math.max(100, EXTRINSICS / 10);
/** Number of requests at the same time. */
const WIDTH = 50;
/** Megabytes by which the node's memory may grow. */
const GROWTH = 400;

const report = new Report();
const place = await scratch('flood');
const node = await devNode(place, { blockTime: 500 });
process.once('exit', () => node.stop('SIGKILL'));
process.once('SIGINT', () => process.exit(130));

/** Returns the node's resident memory in megabytes; zero where the system does not report it. */
function memory() {
	try {
		return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${node.pid}/status`, 'utf8'))[1]) / 1024;
	} catch {
		return 0;
	}
}

/** Runs `count` jobs, `WIDTH` at a time. */
async function inParallel(count, job) {
	let next = 0;
	await Promise.all(
		Array.from({ length: WIDTH }, async () => {
			while (next < count) await job(next++);
		}),
	);
}

/** Returns extrinsics that are wrong, each in another way. */
async function badExtrinsics(api) {
	const pair = await keyring();
	const { saver, verifier } = await devAccounts();
	const poor = pair('//Nobody has ever paid this account');
	const transfer = api.tx.balances.transferKeepAlive(saver.address, 1n);
	const signed = async (who, options) => (await transfer.signAsync(who, { era: 0, ...options })).toHex();
	const flipped = (hex) => {
		const bytes = Buffer.from(hex.slice(2), 'hex');
		bytes[45] ^= 0x01;
		return `0x${bytes.toString('hex')}`;
	};
	const good = await signed(verifier, { nonce: 0 });
	return {
		'a signature of something else': flipped(good),
		'an account that has nothing': await signed(poor, { nonce: 0 }),
		'a nonce of the past': await signed(saver, { nonce: -5 }).catch(() => flipped(good)),
		'the genesis of another chain': (await transfer.signAsync(verifier, { era: 0, nonce: 1, genesisHash: `0x${'11'.repeat(32)}` })).toHex(),
		'no signature at all': transfer.toHex(),
		'half an extrinsic': good.slice(0, good.length / 2 - ((good.length / 2) % 2)),
		'an empty one': '0x',
		'random bytes': () => `0x${randomBytes(64 + Math.floor(Math.random() * 400)).toString('hex')}`,
		'a length that lies': `0xfeffffff${good.slice(4)}`,
	};
}

async function floodExtrinsics(api) {
	const kinds = Object.entries(await badExtrinsics(api));
	const outcome = { refused: 0, taken: new Map(), unanswered: 0 };
	await inParallel(EXTRINSICS, async (at) => {
		const [kind, bytes] = kinds[at % kinds.length];
		try {
			await node.rpc('author_submitExtrinsic', typeof bytes === 'function' ? bytes() : bytes);
			outcome.taken.set(kind, (outcome.taken.get(kind) ?? 0) + 1);
		} catch (error) {
			if (error.message.startsWith(node.name)) outcome.refused += 1;
			else outcome.unanswered += 1;
		}
	});
	return outcome;
}

/** Bodies that are no valid requests. */
const MALFORMED = [
	'', '{', '[]', 'null', '"', '[[[[[[[[[[', '{"jsonrpc":"1.0"}', '{"jsonrpc":"2.0","id":1,"method":"no_such"}',
	'{"jsonrpc":"2.0","id":1,"method":"state_getStorage","params":["0xzz"]}',
	'{"jsonrpc":"2.0","id":1,"method":"state_call","params":["Core_version"]}',
	'{"jsonrpc":"2.0","id":1,"method":"state_call","params":["CreditApi_due","0x"]}',
	'{"jsonrpc":"2.0","id":1,"method":"state_call","params":["CreditApi_schedule","0xffffffffffffffffffffffffffffffffffffffff"]}',
	'{"jsonrpc":"2.0","id":1,"method":"state_call","params":["VaultApi_request","0x00"]}',
	'{"jsonrpc":"2.0","id":1,"method":"chain_getBlockHash","params":[4294967295]}',
	'{"jsonrpc":"2.0","id":1,"method":"chain_getBlock","params":["0x00"]}',
	'{"jsonrpc":"2.0","id":1,"method":"state_getKeysPaged","params":["0x",1000000,"0x"]}',
	`{"jsonrpc":"2.0","id":1,"method":"${'x'.repeat(100_000)}"}`,
	`[${Array(200).fill('{"jsonrpc":"2.0","id":1,"method":"system_health","params":[]}').join(',')}]`,
	`{"jsonrpc":"2.0","id":1,"method":"system_health","params":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
	Buffer.from([0xff, 0xfe, 0x00, 0x01]),
];

/** Sends bytes that are not HTTP. */
function garbage() {
	return new Promise((resolve) => {
		const socket = connectSocket(node.ports.rpc, '127.0.0.1', () => socket.end(randomBytes(512)));
		socket.on('data', () => {});
		socket.setTimeout(5_000, () => socket.destroy());
		socket.on('error', () => {}).once('close', resolve);
	});
}

async function floodRequests() {
	let answered = 0;
	await inParallel(REQUESTS, async (at) => {
		if (at % (MALFORMED.length + 1) === MALFORMED.length) {
			await garbage();
			return;
		}
		try {
			const body = MALFORMED[at % (MALFORMED.length + 1)];
			const response = await fetch(`http://127.0.0.1:${node.ports.rpc}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body,
				signal: AbortSignal.timeout(60_000),
			});
			await response.text();
			answered += 1;
		} catch {
			// A closed connection is an answer, too; the checks below show that the node runs.
		}
	});
	return answered;
}

const height = async () => Number((await node.rpc('chain_getHeader')).number);

try {
	await (await node.start()).answers();
	let api = await connect(node.url);
	const { saver, verifier } = await devAccounts();
	const before = { height: await height(), memory: memory() };

	const served = send(api, verifier, api.tx.balances.transferKeepAlive(saver.address, 10n ** 12n)).then(() => true, (error) => error.message);
	const { refused, taken, unanswered } = await floodExtrinsics(api);
	const kinds = [...taken].map(([kind, count]) => `${kind} ${count}`).join(', ');
	report.check(taken.size === 0, `${refused} of ${EXTRINSICS} bad extrinsics are refused by name${taken.size ? `; taken: ${kinds}` : ''}`);
	report.check(unanswered === 0, 'every one of them gets an answer');
	report.check((await served) === true, 'a good transaction meanwhile is in a block');
	const middle = await height();
	report.check(middle > before.height, `${middle - before.height} blocks were made meanwhile`);
	const pool = metric(await node.metrics(), 'substrate_ready_transactions_number');
	report.check((pool ?? 0) < 10, `${pool ?? 0} transactions are left in the pool`);

	const answered = await floodRequests();
	report.check(node.running, `${REQUESTS} malformed requests, ${answered} of them answered: the node runs`);
	await until('a block', async () => (await height()) > middle, { limit: 60_000, alive: () => node.alive() });
	report.check((await node.rpc('system_health')).isSyncing === false, 'it serves, and makes blocks');
	if (!api.isConnected) {
		await api.disconnect().catch(() => {});
		api = await connect(node.url);
	}
	await send(api, verifier, api.tx.balances.transferKeepAlive(saver.address, 10n ** 12n));
	report.check(true, 'a good transaction afterwards is in a block');
	const growth = memory() - before.memory;
	report.check(growth < GROWTH, `it takes ${growth.toFixed(0)} MB more than before, ${memory().toFixed(0)} in all`);
	await api.disconnect();
} catch (error) {
	report.check(false, error.message);
	console.error(await node.tail());
}
await node.stop();
await place.remove();
report.end();
process.exit();
