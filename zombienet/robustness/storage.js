#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// A disk that is full and a database that is damaged: the node says so, does not go on with half of its
// state, and runs again once there is room, or once its data is removed.
//
//   node zombienet/robustness/storage.js

import { closeSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sleep, until } from '../node.js';
import { devNode, Report, scratch } from './dev.js';

const LIMIT = 300_000;
/** Kilobytes that a file may have at most: the limit takes the place of a full disk. */
const FILE_LIMIT = 4_096;

const report = new Report();
const place = await scratch('storage');

/** The lines in which a node says what is wrong. */
async function complaints(node) {
	const lines = (await node.tail(Number.MAX_SAFE_INTEGER)).split('\n');
	return lines.filter((line) => /error|panic|essential task|corrupt|No space|too large|failed|invalid/i.test(line)).slice(0, 3);
}

/** What the reader of the log is shown here. */
function quote(lines) {
	for (const line of lines) report.say(`      | ${line.trim().slice(0, 160)}`);
}

/** All files of a database, the largest first. */
function files(folder) {
	const found = [];
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) found.push(...files(path));
		else found.push({ path, name: entry.name, size: statSync(path).size });
	}
	return found.sort((a, b) => b.size - a.size);
}

const database = (node) => join(node.base, 'chains');
const height = async (node) => Number((await node.rpc('chain_getHeader')).number);

async function grow(node, blocks) {
	await (await node.start()).answers(LIMIT);
	const from = await height(node);
	await until(`${blocks} blocks`, async () => (await height(node)) >= from + blocks, { limit: LIMIT, every: 200, alive: () => node.alive() });
	return height(node);
}

/** No file may grow beyond a limit; the signal that would kill the node is ignored, so that it gets the error. */
async function full() {
	const through = ['bash', '-c', `trap '' XFSZ; ulimit -f ${FILE_LIMIT}; exec "$@"`, 'bash'];
	const node = await devNode(place, { name: 'full', blockTime: 50, through });
	await (await node.start()).answers(LIMIT).catch(() => {});
	await until('the node to complain', async () => (await complaints(node)).length > 0 || !node.running, { limit: LIMIT }).catch(() => {});
	const lines = await complaints(node);
	report.check(lines.some((line) => /IO Error/.test(line)), 'where files cannot grow the node says so:');
	quote(lines);
	// It goes on answering from what it has; blocks come no more. That is what NoNewBlocks alerts to.
	const stood = await height(node).catch(() => undefined);
	await sleep(5_000);
	const still = await height(node).catch(() => undefined);
	report.check(stood === still, `and takes no more blocks (${node.ended === undefined ? `it answers, at block ${still}` : `it has ended: ${node.ended}`})`);
	await node.stop();
	// There is room again.
	const again = await devNode(place, { name: 'full', blockTime: 200 });
	const best = await grow(again, 3).catch((error) => error.message);
	report.check(typeof best === 'number', `with room again it starts on the same data and goes on${typeof best === 'number' ? ` to block ${best}` : `: ${best}`}`);
	await again.stop();
}

/** Overwrites the middle of a file. */
function damage({ path, size }) {
	const file = openSync(path, 'r+');
	const from = Math.floor(size / 3);
	writeSync(file, Buffer.alloc(Math.max(Math.floor(size / 3), 1), 0xa5), 0, undefined, from);
	closeSync(file);
}

/** A damaged file: the node ends with an error or goes on rightly; never does it hang or run without blocks. */
async function damaged(what, choose) {
	const node = await devNode(place, { name: `damaged-${what.replace(/\W+/g, '-')}` });
	await grow(node, 15);
	await node.stop();
	const chosen = files(database(node)).filter(choose);
	if (chosen.length === 0) {
		report.say(`(${what}: this database has no such file)`);
		return;
	}
	for (const file of chosen) damage(file);
	await node.start();
	const outcome = await Promise.race([
		node.exited(LIMIT).then((ended) => (ended ? 'ended' : 'hung')),
		(async () => {
			for (const giveUp = Date.now() + LIMIT; Date.now() < giveUp; await sleep(500)) {
				if (await node.rpc('chain_getHeader').then(() => true, () => false)) break;
				if (!node.running) return 'ended';
			}
			const from = await height(node).catch(() => undefined);
			if (from === undefined) return 'hung';
			return until('blocks', async () => !node.running || (await height(node)) > from + 2, { limit: 60_000 }).then(() => (node.running ? 'went on' : 'ended'), () => 'hung');
		})(),
	]);
	report.check(outcome !== 'hung', `${what} damaged (${chosen.map(({ name }) => name).slice(0, 3).join(', ')}): the node ${outcome}${node.ended ? ` (${node.ended})` : ''}`);
	const lines = outcome === 'ended' ? await complaints(node) : [];
	if (outcome === 'ended') report.check(lines.length > 0, 'and says why:');
	quote(lines);
	await node.stop('SIGKILL');
	// The way out that the guide names: remove the data, keep the keys.
	for (const chain of readdirSync(database(node))) rmSync(join(database(node), chain, 'paritydb'), { recursive: true, force: true });
	const best = await grow(node, 3).catch((error) => error.message);
	report.check(typeof best === 'number', `with the database removed it starts from the beginning${typeof best === 'number' ? '' : `: ${best}`}`);
	await node.stop();
}

try {
	await full();
	await damaged('metadata', ({ name }) => name === 'metadata');
	await damaged('every table', ({ name }) => name.startsWith('table_'));
	await damaged('every index', ({ name }) => name.startsWith('index_'));
} catch (error) {
	report.check(false, error.message);
}
await place.remove();
report.end();
process.exit();
