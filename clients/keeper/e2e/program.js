// SPDX-License-Identifier: Apache-2.0
//
// The keeper as the program that operators run: without money, as a dry run, beside another keeper, and with a
// node that is killed.

import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, send, timeAt, usd, waitForTime } from '@caliber/lib';
import { lineTerms } from '@caliber/e2e/src/lines.js';
import { until } from '../../../zombienet/node.js';
import { metric, parseMetrics } from '../src/metrics.js';
import { submit } from '../src/runner.js';
import { pauper, Watched } from './setting.js';

const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url));
/** Seconds until an offer of this chapter expires, and milliseconds that the program has to say something. */
const SOON = 24;
const LIMIT = 120_000;

/** The program as a child process: its output and its status. */
class Program {
	text = '';

	constructor(args) {
		this.child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
		for (const stream of [this.child.stdout, this.child.stderr]) stream.setEncoding('utf8').on('data', (part) => (this.text += part));
		this.ended = new Promise((resolve) => this.child.once('close', (code) => resolve(code)));
		process.once('exit', () => this.child.kill('SIGKILL'));
	}

	/** Waits until the program writes something. */
	says(pattern) {
		return until(`the keeper to say ${pattern}`, async () => pattern.test(this.text), { limit: LIMIT, every: 100 })
			.catch((error) => Promise.reject(new Error(`${error.message}; it said:\n${this.text}`)));
	}

	stop() {
		this.child.kill('SIGTERM');
		return this.ended;
	}
}

/** Offers a line that expires soon, and that anyone may withdraw then. */
async function offer(world) {
	const { api } = world;
	const now = await timeAt(api);
	const { chain } = lineTerms(now, { limit: usd('1000') });
	const result = await send(api, world.who.curator, api.tx.credit.offerLine(world.address.borrower, chain, now + SOON));
	return { id: result.find('credit', 'LineOffered').line.toNumber(), expires: now + SOON };
}

const isGone = async (world, id) => (await world.api.query.credit.lines(id)).isNone;
const nonceOf = async (world, pair) => (await world.api.rpc.system.accountNextIndex(pair.address)).toNumber();

async function penniless({ world, chain }) {
	const { api, story } = world;
	const pair = await pauper(api, '//Penniless', 0n);
	const { id, expires } = await offer(world);
	await waitForTime(api, expires);
	const seed = join(chain.folder, 'penniless');
	await writeFile(seed, '//Penniless\n', { mode: 0o600 });
	const program = new Program(['--url', chain.url, '--seed', seed, '--once']);
	story.check('its status', await program.ended, 1);
	story.check('what it says', program.text.includes(`${pair.address} has 0 CLBR, too little for the fee: send it some`), true);
	story.check('the offer is left', await isGone(world, id), false);
	story.tell(program.text.trim().split('\n').at(-1).replace(/^\S+ /, ''));
	world.expired = id;
}

async function dryRun({ world, chain }) {
	const { story } = world;
	const pair = await pauper(world.api, '//Careful');
	const program = new Program(['--url', chain.url, '--uri', '//Careful', '--once', '--dry-run']);
	story.check('its status', await program.ended, 0);
	story.check('what it says', program.text.includes(`credit.withdrawOffer(${world.expired}): would be sent`), true);
	story.check('transactions', await nonceOf(world, pair), 0);
	story.check('the offer is left', await isGone(world, world.expired), false);
}

async function rivals({ world }) {
	const { api, story } = world;
	// Both simulate before either sends.
	let open;
	const gate = new Promise((resolve) => (open = resolve));
	let arrived = 0;
	const together = async (_, signed) => {
		arrived += 1;
		if (arrived === 2) open();
		await gate;
		return submit(api, signed);
	};
	const findJobs = async () => [{ call: 'credit.withdrawOffer', args: [world.expired], why: 'the offer has expired' }];
	const pairs = await Promise.all(['//Rival/1', '//Rival/2'].map((uri) => pauper(api, uri)));
	const keepers = pairs.map((pair) => new Watched(world, pair, { chain: { submit: together, findJobs } }));
	const rounds = await Promise.all(keepers.map((keeper) => keeper.round()));
	const outcomes = rounds.map(([first]) => first).sort((a, b) => a.outcome.localeCompare(b.outcome));
	story.check('outcomes', outcomes.map(({ outcome }) => outcome), ['failed', 'sent']);
	story.check('why the second failed', outcomes[0].error, 'credit.UnknownLine');
	const again = await Promise.all(keepers.map((keeper) => keeper.round()));
	story.check('the next round', again.map(([first]) => [first.outcome, first.error]), Array(2).fill(['refused', 'credit.UnknownLine']));
}

/** Kills the node of the program and starts it again. From then on the world is connected to the second node. */
async function deadNode({ world, chain }) {
	const { story } = world;
	await pauper(world.api, '//Patient');
	const port = await freePort();
	const program = new Program(['--url', chain.url, '--uri', '//Patient', '--interval', '1', '--metrics-port', `${port}`]);
	try {
		const first = await offer(world);
		await waitForTime(world.api, first.expires);
		await program.says(new RegExp(`credit\\.withdrawOffer\\(${first.id}\\): done`));
		story.check('the offer is gone', await isGone(world, first.id), true);
		await chain.kill();
		await program.says(/went away; waiting for it/);
		world.api = await chain.start();
		await program.says(/connected to \S+ again/);
		const second = await offer(world);
		await waitForTime(world.api, second.expires);
		await program.says(new RegExp(`credit\\.withdrawOffer\\(${second.id}\\): done`));
		story.check('the second offer is gone', await isGone(world, second.id), true);
		const samples = parseMetrics(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
		story.check('what its metrics count', metric(samples, 'caliber_keeper_calls_total', { call: 'credit.withdrawOffer', outcome: 'sent' }), 2);
		story.check('its health', (await fetch(`http://127.0.0.1:${port}/health`)).status, 200);
	} finally {
		story.check('how it ends', await program.stop(), 0);
	}
}

/** Steps of the chapter, in order. */
export const PROGRAM = [
	{ title: 'The program, with an account that has nothing', run: penniless },
	{ title: 'The program, as a dry run', run: dryRun },
	{ title: 'Two keepers at the same moment', run: rivals },
	{ title: 'The program, when its node is killed', run: deadNode },
];
