// SPDX-License-Identifier: Apache-2.0
//
// Chapter on upgrades: a referendum authorises the hash of the next runtime, anyone hands it in, and the state
// is the same before and after.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bestBlock, blake2, changedKeys, exportState, mortality, specVersionAt, storageOf, timeAt, tryRuntime, usd, waitBlocks } from '@caliber/lib';
import { deposit, funded, show } from './life.js';
import { Line, lineTerms, newServers } from './lines.js';
import { OF_IDLE_BLOCKS, REFERENCE, STATE } from './world.js';

/** Limits, in blocks and milliseconds, within which a runtime that was handed in has to be in force. */
const SOON = 20;
const SOON_MS = 60_000;

/** Draws a loan that runs on, and makes a folder for exported states. */
async function before(world) {
	const { api, story } = world;
	world.upgrade = { folder: await mkdtemp(join(tmpdir(), 'caliber-upgrade-')) };
	await funded(world, { saver: 30_000n, curator: 10_000n, borrower: 10_000n });
	await deposit(world, 'saver', usd('20000'));
	const [server] = await newServers(world, [2]);
	const line = await Line.open(world, lineTerms(await timeAt(api), { limit: usd('20000'), period: 86_400 }), [server.title]);
	const { id } = await line.draw(usd('5000'));
	Object.assign(world.upgrade, { line, id });
	await checkState(world, 'before');
	story.tell(`a loan of ${show(usd('5000'))} USDai runs when the runtime is replaced`);
}

/** Decodes every stored value and checks the invariants of every pallet, outside of the chain. */
async function checkState(world, name, command = 'state') {
	const { api, story } = world;
	const file = join(world.upgrade.folder, `${name}.json`);
	const keys = await exportState(api, await bestBlock(api), file);
	const said = await tryRuntime(command, file);
	story.check('state is sound', said.includes('Every value decodes') && said.includes('is sound'), true);
	story.check('the whole state is checked', said.includes(`${keys} keys`), true);
	for (const sentence of said.trim().split('\n')) story.tell(sentence);
}

async function authorise(world) {
	const { api, story, upgrade } = world;
	const file = join(upgrade.folder, 'next.wasm');
	await tryRuntime('next-runtime', file);
	const bytes = await readFile(file);
	upgrade.code = `0x${bytes.toString('hex')}`;
	const hash = blake2(bytes);
	const other = `0x${Buffer.concat([bytes, Buffer.of(0)]).toString('hex')}`;
	await world.refuseAll([
		['saver', 'a runtime that nobody authorised', 'system.NothingAuthorized', api.tx.system.applyAuthorizedUpgrade(upgrade.code)],
		['saver', 'a runtime authorised by oneself', 'BadOrigin', api.tx.system.authorizeUpgrade(hash)],
	]);
	await checkState(world, 'rehearsal', 'upgrade');
	const { index } = await world.govern('Root', [api.tx.system.authorizeUpgrade(hash)]);
	const authorised = (await api.query.system.authorizedUpgrade()).unwrap();
	story.check('authorised hash', authorised.codeHash.toHex(), hash);
	story.tell(`referendum ${index} on the root track authorises a runtime of ${bytes.length} bytes by its hash`);
	await world.refuse('saver', 'another runtime than the one authorised', 'system.Unauthorized', api.tx.system.applyAuthorizedUpgrade(other));
}

/** Returns the first block for which `holds(block)` is true, from a block number on. */
async function firstBlock(api, number, holds) {
	for (let next = number; ; next += 1) {
		while ((await api.rpc.chain.getHeader()).number.toNumber() < next) await waitBlocks(api);
		const block = (await api.rpc.chain.getBlockHash(next)).toHex();
		if (await holds(block)) return { block, number: next };
		if (next > number + SOON) throw new Error(`nothing of it within ${SOON} blocks`);
	}
}

/**
 * Hands the runtime in. A connection reads blocks by the runtime that it was made under, so it is closed
 * before the next one runs, and a new one is made after. Returns the number of the last block before.
 */
async function handIn(world, version) {
	const { api, upgrade, url, who } = world;
	const block = await bestBlock(api);
	await world.follow(block);
	const signed = await api.tx.system.applyAuthorizedUpgrade(upgrade.code).signAsync(who.saver, { nonce: -1, ...(await mortality(api)) });
	await api.rpc.author.submitExtrinsic(signed);
	await api.disconnect();
	const giveUp = Date.now() + SOON_MS;
	while ((await specVersionAt(url)) === version) {
		if (Date.now() > giveUp) throw new Error(`version ${version} still runs after ${SOON_MS / 1000} s`);
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	await world.reconnect();
	return (await world.api.rpc.chain.getHeader(block)).number.toNumber();
}

async function apply(world) {
	const { story } = world;
	const version = world.api.runtimeVersion.specVersion.toNumber();
	const from = await handIn(world, version);
	const { api } = world;
	story.check('version of the new connection', api.runtimeVersion.specVersion.toNumber(), version + 1);
	const events = async (block) => (await (await api.at(block)).query.system.events()).map(({ event }) => `${event.section}.${event.method}`);
	const stored = await firstBlock(api, from, async (block) => (await events(block)).includes('parachainSystem.ValidationFunctionStored'));
	const specVersion = async (block) => (await api.rpc.state.getRuntimeVersion(block)).specVersion.toNumber();
	// The code is replaced in one block, and runs from the next on.
	const replaced = await firstBlock(api, stored.number, async (block) => (await specVersion(block)) > version);
	story.check('applied', (await events(replaced.block)).includes('parachainSystem.ValidationFunctionApplied'), true);
	const last = (await api.rpc.chain.getBlockHash(replaced.number - 1)).toHex();
	const first = await firstBlock(api, replaced.number + 1, () => true);
	const at = await api.at(first.block);
	story.check('version that runs', (await at.query.system.lastRuntimeUpgrade()).unwrap().specVersion.toNumber(), version + 1);
	const [old, now] = await Promise.all([storageOf(api, STATE, last), storageOf(api, STATE, first.block)]);
	const between = (await Promise.all([replaced.block, first.block].map(events))).flat();
	const ofBlocks = between.includes('vault.ReferenceNoted') ? [...OF_IDLE_BLOCKS, REFERENCE] : OF_IDLE_BLOCKS;
	const changed = changedKeys(old, now).filter((key) => !ofBlocks.some((item) => key.startsWith(item)));
	story.check('keys that the change of the runtime touched', changed, []);
	story.tell(`version ${version + 1} runs from block ${first.number} on; ${now.size} stored values are what they were`);
	// The comparison is to the unit: handing it in has cost nothing.
	await world.compare(first.block);
}

async function after(world) {
	const { api, story, upgrade } = world;
	const { line, id, folder } = upgrade;
	await world.freshPrices();
	const { loan } = await line.draw(usd('2500'));
	story.check('a draw under the new runtime', loan.balance, usd('2500'));
	const { payment } = await line.payoff(id);
	story.tell(`under the new runtime ${show(loan.balance)} more are drawn, and the old loan is paid off with ${show(payment.total)}`);
	for (const other of line.loanIds) await line.payoff(other);
	await line.close();
	await world.compare(await bestBlock(api));
	await checkState(world, 'after');
	await rm(folder, { recursive: true, force: true });
}

/** Steps of the chapter, in order. */
export const UPGRADE = [
	{ title: 'Upgrade: a loan, and the state checked', run: before },
	{ title: 'Upgrade: a referendum authorises the next runtime', run: authorise },
	{ title: 'Upgrade: it is handed in, and nothing of anybody changes', run: apply },
	{ title: 'Upgrade: the loan goes on under the new runtime, the state checked again', run: after },
];
