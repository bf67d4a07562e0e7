#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// End-to-end test of the keeper on a real node: the calls that anyone may make are sent when they are due and
// at no other time, by an account that has a little CLBR and nothing else; no failure around it stops it.

import { Story } from '@caliber/e2e/src/story.js';
import { CREDIT } from './e2e/credit.js';
import { METRICS } from './e2e/metrics.js';
import { PROGRAM } from './e2e/program.js';
import { Chain, openWorld, pauper, Watched } from './e2e/setting.js';
import { UPKEEP } from './e2e/upkeep.js';
import { CALLS } from './src/cranks.js';

/** Calls whose work idle blocks do within two blocks of its being due, mostly before anybody can send them. */
const OF_IDLE_BLOCKS = ['vault.startSettlement', 'vault.settle'];
/** Calls that are due for a few blocks only, or after an issuer's freeze: unit tests show them, and the chapter on the peg. */
const RARE = ['credit.turnRound', 'reserves.claimBasket'];
/** Calls that come due after thirty days at the earliest, whatever the tempo: unit tests show them. */
const BEYOND_A_RUN = ['titles.withdrawAppraisal'];
/** Milliseconds after which something hangs. */
const LIMIT = 40 * 60_000;

// The library tells of every call that a dead node does not answer.
const complain = console.error;
console.error = (...parts) => (/RPC-CORE/.test(parts.join(' ')) ? undefined : complain(...parts));

const story = new Story();
const began = Date.now();
const chain = await Chain.open('dev');
const overdue = setTimeout(() => {
	story.fail(`not through after ${LIMIT / 60_000} minutes`);
	process.exit(1);
}, LIMIT);
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
	process.once(signal, async () => {
		interrupted = true;
		await chain.remove();
		process.exit(130);
	});
}

async function tell(chapters, setting) {
	for (const { title, run } of chapters) await story.step(title, () => run(setting));
}

try {
	const world = await openWorld(await chain.start(), story);
	const pair = await pauper(world.api, '//Keeper');
	const keeper = new Watched(world, pair);
	const setting = { chain, world, keeper };
	await tell([...CREDIT, ...UPKEEP, ...METRICS], setting);
	const failed = [...keeper.runner.tally.calls.values()].filter(({ outcome }) => outcome === 'failed');
	story.check('calls that cost a fee for nothing', failed, []);
	await tell(PROGRAM, setting);
	story.check('calls that were not seen to be sent', CALLS.filter((call) => !keeper.seen.has(call) && ![...OF_IDLE_BLOCKS, ...RARE, ...BEYOND_A_RUN].includes(call)), []);
	story.write(`\n${((Date.now() - began) / 1000).toFixed(0)} s`);
} catch (error) {
	if (!interrupted) {
		story.fail(error.message);
		story.write((error.stack ?? '').split('\n').filter((line) => /keeper|e2e\/src/.test(line)).slice(0, 5).join('\n'));
		story.write(`\nThe node's last lines:\n${await chain.node.tail(30)}`);
	}
} finally {
	clearTimeout(overdue);
	await chain.remove();
}
story.end();
process.exitCode = story.failed > 0 ? 1 : 0;
