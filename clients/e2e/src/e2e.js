#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// The end-to-end test: the whole life of a loan and the chapters that follow it, on a node of its own. Every
// figure is computed a second time and compared to the unit, and every call that has to be refused is tried.
//
//   npm run e2e [-- CHAPTER… [--only] [--url URL]]
//
// Chapters may be named, and told without the life (--only), or on a development node that was just started (--url).

import { parseArgs } from 'node:util';
import { connect, startNode } from '@caliber/lib';
import { GOVERNANCE } from './governance.js';
import { LIFE } from './life.js';
import { PEG } from './peg.js';
import { TEST } from './plan.js';
import { REFUSALS } from './refusals.js';
import { SAVERS } from './savers.js';
import { Story } from './story.js';
import { TITLES } from './titles.js';
import { TROUBLE } from './trouble.js';
import { UPGRADE } from './upgrade.js';
import { World } from './world.js';

/** Milliseconds between blocks. */
const BLOCK_TIME = Number(process.env.CALIBER_BLOCK_TIME ?? 250);
/** Milliseconds that a node may take to answer: a debug build on a busy machine is slow to start. */
const START_LIMIT = 10 * 60_000;
/** Milliseconds after which something hangs. */
const LIMIT = START_LIMIT + 30 * 60_000;
/** Lines of the node's log that a failure shows. */
const TAIL = 60;

/** Chapters after the life of a loan, in their order. */
const CHAPTERS = { titles: TITLES, governance: GOVERNANCE, trouble: TROUBLE, savers: SAVERS, peg: PEG, upgrade: UPGRADE };

const { positionals, values } = parseArgs({
	allowPositionals: true,
	options: { url: { type: 'string' }, only: { type: 'boolean', default: false } },
});
const unknown = positionals.find((name) => !(name in CHAPTERS));
if (unknown !== undefined) {
	console.error(`e2e: no chapter "${unknown}": there are ${Object.keys(CHAPTERS).join(', ')}`);
	process.exit(2);
}
const chapters = positionals.length > 0 ? positionals : Object.keys(CHAPTERS);

const story = new Story();
let node;
let world;
let api;
let interrupted = false;
let lastLines = '';

/** Returns the end of the node's log. */
const tail = () => node?.log().split('\n').slice(-TAIL).join('\n') ?? '';

async function stop() {
	await (world?.api ?? api)?.disconnect().catch(() => {});
	await node?.stop();
}

for (const signal of ['SIGINT', 'SIGTERM']) {
	process.once(signal, async () => {
		interrupted = true;
		await stop();
		process.exit(130);
	});
}

const overdue = setTimeout(async () => {
	story.fail(`not through after ${LIMIT / 60_000} minutes`);
	story.write(tail());
	await stop();
	process.exit(1);
}, LIMIT);

try {
	if (values.url === undefined) node = await startNode({ blockTime: BLOCK_TIME, timeout: START_LIMIT });
	const url = values.url ?? node.url;
	api = await connect(url);
	const began = Date.now();
	const version = api.runtimeVersion;
	story.write(`${version.specName} ${version.specVersion}, ${await api.rpc.system.chain()}, a block every ${BLOCK_TIME} ms`);
	world = await World.open(api, story, TEST, url);
	for (const { id, title, run } of values.only ? [] : LIFE) {
		await story.step(title, async () => {
			await run(world);
			await REFUSALS[id]?.(world);
		});
	}
	for (const chapter of chapters) {
		for (const { title, run } of CHAPTERS[chapter]) await story.step(title, () => run(world));
	}
	story.write(`\n${((Date.now() - began) / 1000).toFixed(0)} s`);
} catch (error) {
	if (!interrupted) {
		story.fail(error.message);
		const frames = (error.stack ?? '').split('\n').filter((line) => line.includes('/src/'));
		story.write(frames.slice(0, 4).join('\n'));
	}
} finally {
	clearTimeout(overdue);
	// Read before the node is stopped, which writes to the log too.
	lastLines = tail();
	await stop();
}
if (story.failed > 0 && node) {
	story.write(`\nThe node's last lines:\n${lastLines}`);
}
story.end();
process.exitCode = story.failed > 0 ? 1 : 0;
