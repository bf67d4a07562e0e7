#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// Storage test: a full disk and a damaged database. The node ends with status 1 and the reason, and runs again
// once the advice in docs/operators.md is followed.
//
//   node zombienet/robustness/storage.js

import { spawnSync } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../node.js';
import { devNode, Report, scratch } from './dev.js';
import { Disk, diskUnavailable } from './disk.js';

const LIMIT = 300_000;
/** Largest size of a file in kilobytes, where a limit stands for a full disk. */
const FILE_LIMIT = 4_096;
/** Size of the small disk, space that the SDK has to keep free, and space left when it is filled, in mebibytes. */
const DISK = 700;
const KEEP = 300;
const LITTLE = 200;
const CHAIN = 'caliber-dev';

const report = new Report();
const place = await scratch('storage');
process.once('SIGINT', () => process.exit(130));

const height = async (node) => Number((await node.rpc('chain_getHeader')).number);
const chain = (base) => join(base, 'chains', CHAIN);
const database = (base) => join(chain(base), 'paritydb', 'full');

/** Starts the node with an empty log. */
function startAnew(node) {
	rmSync(node.logFile, { force: true });
	return node.start();
}

/** Starts the node and waits until it has made blocks. Returns the height. */
async function grow(node, blocks) {
	await (await startAnew(node)).answers(LIMIT);
	const from = await height(node);
	await until(`${blocks} blocks`, async () => (await height(node)) >= from + blocks, { limit: LIMIT, every: 200, alive: () => node.alive() });
	return height(node);
}

/** Checks that the node, started again, has the blocks it had and makes more. */
async function goesOn(node, from, what) {
	const best = await grow(node, 3).catch((error) => error.message);
	report.check(best > from, `${what}: it goes on from block ${from}${best > from ? ` to ${best}` : `: ${best}`}`);
	await node.stop();
}

/** Checks that the node has ended by itself with status 1, and that its log has these words. */
async function saidWhy(node, what, wanted = []) {
	const ended = await node.exited(LIMIT);
	const log = await node.tail(Number.MAX_SAFE_INTEGER);
	const missing = wanted.filter((part) => !log.includes(part));
	const problem = missing.length > 0 ? ` and does not say "${missing.join('", "')}"` : ', saying last:';
	report.check(ended && node.ended === 'code 1' && missing.length === 0, `${what}: the node ends (${node.ended ?? 'it does not'})${problem}`);
	for (const line of log.split('\n').filter((line) => line.trim()).slice(-3)) report.say(`      | ${line.slice(0, 200)}`);
	if (!ended) await node.stop('SIGKILL');
}

/** Limits the size of files. The signal that would kill the node is ignored, so that the node gets the error. */
async function limitedFiles() {
	const node = await devNode(place, { name: 'limited' });
	const best = await grow(node, 10);
	await node.stop();
	const through = ['bash', '-c', `trap '' XFSZ; ulimit -f ${FILE_LIMIT}; exec "$@"`, 'bash'];
	const limited = await devNode(place, { name: 'limited', through });
	await startAnew(limited);
	await saidWhy(limited, 'files that cannot grow', ['Error: the database in', chain(node.base), 'File too large']);
	await goesOn(node, best, 'without the limit');
}

/** Fills the disk of a running node, then starts it on the full disk. */
async function fullDisk({ name, keep, left, words }) {
	const disk = await new Disk(join(place.folder, name), DISK).mount();
	const on = { ...place, folder: disk.folder };
	const node = await devNode(on, { name: 'node', through: disk.through, args: ['--db-storage-threshold', `${keep}`] });
	// The log is outside of the disk, where it can be read.
	node.logFile = join(place.folder, `${name}.log`);
	const best = await grow(node, 20);
	const free = Math.round(disk.free);
	disk.fill(left);
	await saidWhy(node, `${name}, of ${free} MiB free now ${Math.round(disk.free)}`, words);
	await startAnew(node);
	await saidWhy(node, `${name}, started on it`, words);
	disk.empty();
	await goesOn(node, best, 'with room again');
	disk.unmount();
}

/** Overwrites the middle of a file. */
function damage(path) {
	const { size } = statSync(path);
	const file = openSync(path, 'r+');
	writeSync(file, Buffer.alloc(Math.max(Math.floor(size / 3), 1), 0xa5), 0, undefined, Math.floor(size / 3));
	closeSync(file);
}

/** Makes a chain whose database has tables and indexes: a start moves the database's log of the last run there. */
async function grown() {
	const node = await devNode(place, { name: 'grown' });
	await grow(node, 15);
	await node.stop();
	const best = await grow(node, 5);
	await node.stop();
	mkdirSync(join(chain(node.base), 'keystore'), { recursive: true });
	writeFileSync(join(chain(node.base), 'keystore', 'a key'), '');
	return { base: node.base, best };
}

function purge(base, ...flags) {
	return spawnSync(place.binary, ['purge-chain', '--chain', place.spec, '--base-path', base, ...flags], { encoding: 'utf8', input: '' });
}

async function damaged(what, pattern, healthy) {
	const node = await devNode(place, { name: `damaged-${what}` });
	cpSync(healthy.base, node.base, { recursive: true });
	const chosen = readdirSync(database(node.base)).filter((name) => pattern.test(name));
	report.check(chosen.length > 0, `${what}: ${chosen.length} files are damaged`);
	for (const name of chosen) damage(join(database(node.base), name));
	await startAnew(node);
	await saidWhy(node, `${what}, damaged`);
	return node;
}

/** Checks both remedies that the guide names: a copy, and the removal of the database. */
async function waysOut(node, healthy) {
	rmSync(database(node.base), { recursive: true });
	cpSync(database(healthy.base), database(node.base), { recursive: true });
	await goesOn(node, healthy.best, 'with the copy put back');

	const asked = purge(node.base);
	report.check(asked.status === 0 && existsSync(database(node.base)), 'purge-chain asks, and removes nothing without an answer');
	const removed = purge(node.base, '-y');
	const kept = existsSync(join(chain(node.base), 'keystore', 'a key'));
	report.check(removed.status === 0 && !existsSync(database(node.base)) && kept, `purge-chain -y removes the database and keeps the keys${removed.status === 0 ? '' : `: ${removed.stderr}`}`);
	const none = purge(node.base, '-y');
	report.check(none.status === 0 && /did not exist/.test(none.stderr), 'a second time there is nothing to remove');

	await grow(node, 3);
	report.check(true, 'with the database removed the node begins anew');
	const running = purge(node.base, '-y');
	report.check(running.status === 1 && /stop it first/.test(running.stderr) && existsSync(database(node.base)), 'purge-chain leaves the database of a node that runs alone');
	await node.stop();
}

try {
	await limitedFiles();
	const why = diskUnavailable();
	if (why) report.say(`SKIPPED: full disks, since this machine gives no small disk of one's own (${why})`);
	else {
		await fullDisk({ name: 'a disk that fills up', keep: KEEP, left: LITTLE, words: [`dropped below threshold: ${KEEP}MiB`] });
		await fullDisk({ name: 'a full disk without the monitor', keep: 0, left: 0, words: ['Error: the database in', 'No space left on device'] });
	}
	const healthy = await grown();
	const node = await damaged('metadata', /^metadata$/, healthy);
	await damaged('tables', /^table_/, healthy);
	await damaged('indexes', /^index_/, healthy);
	await waysOut(node, healthy);
} catch (error) {
	report.check(false, error.stack);
}
await place.remove();
report.end();
process.exit();
