#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// Smoke test of the network, from outside: by metrics and RPC, not by logs.

import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { connect, keyring, send } from '../clients/lib/src/chain.js';
import { nodeBinary } from '../clients/lib/src/node.js';
import { metric } from '../clients/keeper/src/metrics.js';
import { auraKey, countAuthors } from './authors.js';
import { Network } from './network.js';
import { until } from './node.js';
import { findRelayChain } from './relay.js';

const HELP = `Starts the network of network.toml and asserts that it works; takes about five minutes on two cores.

  node zombienet/smoke.js [--keep] [--stay] [--skipped=STATUS]

  --keep             leave specifications, data and logs where they are
  --stay             after the test leave the network running until Ctrl-C
  --skipped=STATUS   how to end where there is no relay chain (default 0)

  CALIBER_NODE          the node (default: where an everyday build puts it)
  CALIBER_RELAY_CHAIN   folder or archive with polkadot, its two workers and, if polkadot does not know
                        rococo-local by name, rococo-local.json (default: the archive in ../shared/relay
                        beside the checkout, then polkadot on the PATH)
`;

const MINUTE = 60_000;
/** Time to the first block, which waits for the relay chain's sessions and for the compilation of runtimes. */
const FIRST_BLOCK = 20 * MINUTE;
const STEP = 10 * MINUTE;
/** Largest number of blocks that may wait for finality. */
const LAG = 12;

let options;
try {
	const flag = { type: 'boolean', default: false };
	options = parseArgs({ options: { keep: flag, stay: flag, help: flag, skipped: { type: 'string', default: '0' } } }).values;
	if (!/^\d{1,3}$/.test(options.skipped)) throw new Error(`--skipped=${options.skipped}: give a status`);
} catch (error) {
	console.error(`${error.message}\n\n${HELP}`);
	process.exit(2);
}
if (options.help) {
	console.log(HELP);
	process.exit(0);
}

const began = Date.now();
const seconds = () => ((Date.now() - began) / 1000).toFixed(0).padStart(4);
const say = (text) => console.log(`${seconds()} s  ${text}`);
let checks = 0;
function check(holds, text) {
	if (!holds) throw new Error(`it does not hold that ${text}`);
	checks += 1;
	say(`✓ ${text}`);
}

/** Returns the metrics of the node that dashboards and alerts use; those of the exporter are checked elsewhere. */
function watchedMetrics() {
	const text = ['prometheus/alerts.yml', 'grafana/dashboards/caliber.json']
		.map((name) => readFileSync(fileURLToPath(new URL(`../docker/${name}`, import.meta.url)), 'utf8'))
		.join('\n');
	return [...new Set(text.match(/\b(substrate|libp2p)_[a-z0-9_]+/g) ?? [])];
}

/** Checks the relay chain: both validators have a peer, produce and finalise. */
async function relayChain(network, validators) {
	const alive = () => network.alive();
	for (const node of validators) {
		await until(`${node.name} to finalise`, async () => (await node.heights()).finalized >= 1, { limit: STEP, alive });
		check((await node.rpc('system_health')).peers >= 1, `${node.name} has a peer and finalises`);
	}
}

/** Checks the parachain: included, finalised, the same at every node. */
async function parachain(network, nodes) {
	const alive = () => network.alive();
	await until('the first finalised block of the parachain', async () => (await nodes[0].heights(network.chain)).finalized >= 1, { limit: FIRST_BLOCK, alive });
	say('the relay chain has finalised the first block of the parachain');
	for (const node of nodes) {
		const { finalized } = await until(`${node.name} to finalise five blocks`, async () => {
			const heights = await node.heights(network.chain);
			return heights.finalized >= 5 && heights;
		}, { limit: STEP, alive });
		const header = await node.rpc('chain_getHeader', await node.rpc('chain_getFinalizedHead'));
		check(Number(header.number) >= finalized, `${node.name} finalises: ${finalized} by its metrics, ${Number(header.number)} by RPC`);
		const { best, finalized: final } = await node.heights(network.chain);
		check(best - final <= LAG, `${node.name} is ${best - final} blocks ahead of finality`);
	}
	const hashes = await Promise.all(nodes.map((node) => node.hashAt(5)));
	check(new Set(hashes).size === 1 && hashes[0] !== undefined, 'all nodes have the same block 5');
	const roles = await Promise.all(nodes.map((node) => node.rpc('system_nodeRoles')));
	check(roles.map(([role]) => role).join() === 'Authority,Authority,Full', 'two nodes are collators, one is a full node');
	const served = new Set((await nodes[0].metrics()).map(({ name }) => name));
	const absent = watchedMetrics().filter((name) => !served.has(name));
	check(absent.length === 0, `a collator serves the ${watchedMetrics().length} metrics that dashboard and alerts use${absent.length ? `, but not ${absent}` : ''}`);
}

/** Checks that both collators have authored, by the headers up to the finalised block. Returns their keys. */
async function bothAuthor(network, api, pair) {
	const keys = {};
	for (const name of ['alice', 'bob']) keys[name] = await auraKey(api, pair(`//${name[0].toUpperCase()}${name.slice(1)}`).address);
	const counts = await until('both collators to author', async () => {
		const found = await countAuthors(api, (await api.rpc.chain.getFinalizedHead()).toHex(), 1);
		return Object.values(keys).every((key) => found.get(key) > 0) && found;
	}, { limit: STEP, every: 6_000, alive: () => network.alive() });
	await relayClock(api);
	check(true, `both collators author: Alice ${counts.get(keys.alice)}, Bob ${counts.get(keys.bob)} of the finalised blocks`);
	return keys;
}

/** Checks that governance counts the blocks of the relay chain. */
async function relayClock(api) {
	const at = await api.at(await api.rpc.chain.getFinalizedHead());
	const { first, last } = (await at.query.governance.relayHeights()).unwrap();
	const parent = (await at.query.parachainSystem.validationData()).unwrap().relayParentNumber;
	check(last.eq(parent) && last.gt(first), `governance counts the blocks of the relay chain: ${last.sub(first)} since the first that the parachain saw`);
}

/** Checks that a collator that was stopped catches up and authors again. */
async function restart(network, api, keys) {
	const [alice, bob] = [network.get('alice'), network.get('bob')];
	const stopped = await bob.heights(network.chain);
	await bob.stop();
	say(`Bob is stopped at block ${stopped.best}`);
	const alive = () => network.alive();
	await until('five more finalised blocks without Bob', async () => (await alice.heights(network.chain)).finalized >= stopped.best + 5, { limit: STEP, alive });
	const missed = (await alice.heights(network.chain)).finalized;
	check(missed > stopped.best, `the chain goes on without Bob: ${missed - stopped.best} blocks finalised`);
	await (await bob.start()).answers();
	await until('Bob to catch up', async () => (await bob.heights(network.chain)).finalized >= missed, { limit: STEP, alive });
	check((await bob.hashAt(missed)) === (await alice.hashAt(missed)), `Bob, started again on the same data, has block ${missed} as Alice has it`);
	const since = (await alice.heights(network.chain)).best + 1;
	await until('Bob to author again', async () => (await countAuthors(api, (await api.rpc.chain.getHeader()).hash.toHex(), since)).get(keys.bob) > 0, { limit: STEP, every: 6_000, alive });
	check(true, 'Bob authors again');
}

/** Sends a transaction until it is final: one whose first block is on an abandoned fork may become void. */
async function settled(network, api, signer, call) {
	const outcome = await until('a transaction to be final', async () => {
		try {
			return { result: await send(api, signer, call, { finalized: true, timeout: STEP }) };
		} catch (error) {
			// A failure in a block is final.
			if (error.result !== undefined) return { error };
			throw error;
		}
	}, { limit: STEP, alive: () => network.alive() });
	if (outcome.error) throw outcome.error;
	return outcome.result;
}

/** Checks that a third collator joins: a node with the specifications alone, and keys that it made itself. */
async function thirdJoins(network, api, charlie) {
	await until('the first block of the parachain', async () => (await network.get('alice').heights(network.chain)).best >= 1, { limit: FIRST_BLOCK, alive: () => network.alive() });
	const node = await network.join('charlie', { collator: true, args: ['--rpc-methods=unsafe'] });
	const { keys, proof } = await node.rpc('author_rotateKeysWithOwner', api.registry.createType('AccountId', charlie.address).toHex());
	check(await node.rpc('author_hasSessionKeys', keys), 'the third node has made its keys');
	const alive = () => network.alive();
	await until('the third node to catch up', async () => {
		const [own, others] = [await node.heights(network.chain), await network.get('alice').heights(network.chain)];
		return own.finalized >= Math.max(others.finalized - 2, 1);
	}, { limit: FIRST_BLOCK, alive });
	const { collatorSelection, session: { setKeys }, utility } = api.tx;
	await settled(network, api, charlie, utility.batchAll([setKeys(keys, proof), collatorSelection.registerAsCandidate()]));
	const session = (await api.query.session.currentIndex()).toNumber();
	check(true, `the third collator has registered, in session ${session}`);
	const key = await auraKey(api, charlie.address);
	await until('the third collator to take turns', async () => (await api.query.aura.authorities()).some((authority) => authority.toHex() === key), { limit: 2 * STEP, every: 3_000, alive });
	const since = (await api.rpc.chain.getHeader()).number.toNumber() + 1;
	check(true, `it takes turns from session ${(await api.query.session.currentIndex()).toNumber()} on`);
	await until('the third collator to author', async () => (await countAuthors(api, (await api.rpc.chain.getFinalizedHead()).toHex(), since)).get(key) > 0, { limit: STEP, every: 6_000, alive });
	const last = (await api.query.collatorSelection.lastAuthoredBlock(charlie.address)).toNumber();
	check(last >= since, `the third collator authors, and its block ${last} is finalised`);
	const collators = (await api.query.aura.authorities()).length;
	check(collators === 3, 'three collators take turns');
	check(metric(await node.metrics(), 'substrate_block_height', { status: 'finalized' }) > 0, 'its metrics say so, too');
}

let network;
let api;
const folder = await mkdtemp(join(tmpdir(), 'caliber-network-'));
async function end(code) {
	await api?.disconnect().catch(() => {});
	await network?.stop();
	if (options.keep) say(`logs and data are in ${folder}`);
	else await rm(folder, { recursive: true, force: true });
	process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end(130));

try {
	const relay = await findRelayChain(folder);
	if (relay.why !== undefined) {
		console.log(`SKIPPED: ${relay.why}.\nThe network was not started and nothing about it is shown. See zombienet/README.md for where to get the programs.`);
		await end(Number(options.skipped));
	}
	network = new Network({ folder, relay, binary: nodeBinary() });
	await network.prepare();
	say(`parachain ${network.para.id} is in the genesis of ${network.relayChain}`);
	const validators = await network.startRelay();
	const [nodes] = await Promise.all([network.startParachain(), relayChain(network, validators)]);
	api = await connect(network.get('alice').url, { timeout: MINUTE });
	const pair = await keyring();
	// Joining takes two sessions and needs neither Bob nor a quiet chain, so all runs at once.
	await Promise.all([
		thirdJoins(network, api, pair('//Charlie')),
		parachain(network, nodes).then(() => bothAuthor(network, api, pair)).then((keys) => restart(network, api, keys)),
	]);
	network.alive();
	say(`${checks} passed, 0 failed`);
	if (options.stay) {
		for (const node of network.nodes.values()) say(`${node.name}: ${node.url}, metrics at port ${node.ports.prometheus}`);
		await new Promise(() => {});
	}
	await end(0);
} catch (error) {
	console.error(`${seconds()} s  ✗ ${error.message}`);
	for (const node of network?.nodes.values() ?? []) {
		console.error(`\nThe last lines of ${node.name}${node.running ? '' : ' (not running)'}:\n${await node.tail()}`);
	}
	console.error(`\n${checks} passed, 1 failed`);
	await end(1);
}
