#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// The whole life of a loan on a node of its own, every figure computed a second time and compared to the
// unit, and everything that has to be refused, refused.

import { connect, startNode } from '@caliber/lib';
import { LIFE } from './life.js';
import { TEST } from './plan.js';
import { REFUSALS } from './refusals.js';
import { Story } from './story.js';
import { World } from './world.js';

/** Milliseconds between blocks. */
const BLOCK_TIME = Number(process.env.CALIBER_BLOCK_TIME ?? 250);
/** Milliseconds after which something hangs. */
const LIMIT = 10 * 60_000;
/** Lines of the node's log that a failure shows. */
const TAIL = 60;

const story = new Story();
let node;
let api;
let interrupted = false;
let lastLines = '';

/** The end of the node's log. */
const tail = () => node?.log().split('\n').slice(-TAIL).join('\n') ?? '';

async function stop() {
	await api?.disconnect().catch(() => {});
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
	const began = Date.now();
	node = await startNode({ blockTime: BLOCK_TIME });
	api = await connect(node.url);
	const version = api.runtimeVersion;
	story.write(`${version.specName} ${version.specVersion}, ${await api.rpc.system.chain()}, a block every ${BLOCK_TIME} ms`);
	const world = await World.open(api, story, TEST);
	for (const { id, title, run } of LIFE) {
		await story.step(title, async () => {
			await run(world);
			await REFUSALS[id]?.(world);
		});
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
	// Before it is told to stop, which it writes about too.
	lastLines = tail();
	await stop();
}
if (story.failed > 0 && node) {
	story.write(`\nThe node's last lines:\n${lastLines}`);
}
story.end();
process.exitCode = story.failed > 0 ? 1 : 0;
