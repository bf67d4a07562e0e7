// SPDX-License-Identifier: Apache-2.0
//
// Setting that the chapters share: a node whose data stays, the world of the end-to-end run, and a watched
// keeper, which shows that a call is sent when it is due and at no other time.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLBR, connect, keyring, nodeBinary, send, waitBlocks } from '@caliber/lib';
import { LIFE } from '@caliber/e2e/src/life.js';
import { TEST } from '@caliber/e2e/src/plan.js';
import { World } from '@caliber/e2e/src/world.js';
import { Node } from '../../../zombienet/node.js';
import { Backoff } from '../src/backoff.js';
import { jobKey } from '../src/cranks.js';
import { Runner } from '../src/runner.js';

/** Milliseconds between blocks; chain time moves six seconds in each. */
const BLOCK_TIME = Number(process.env.CALIBER_BLOCK_TIME ?? 250);
const START_LIMIT = 10 * 60_000;
/** Number of rounds within which a call has to be sent. */
const ROUNDS = 200;
/** Balance that a keeper gets for its fees. */
const FUNDS = 100n * CLBR;
/** Steps of the life that make dollars, savings and prices. */
const BEFORE = ['dollars', 'savers', 'prices'];

/** A development node whose data stays. */
export class Chain {
	static async open(name) {
		const chain = new Chain();
		chain.folder = await mkdtemp(join(tmpdir(), 'caliber-keeper-'));
		const args = ({ base, ports }) => [
			'--dev', '--base-path', base, '--dev-block-time', `${BLOCK_TIME}`, '--rpc-port', `${ports.rpc}`, '--no-prometheus', '--state-pruning', 'archive',
		];
		chain.node = await new Node({ name, command: nodeBinary(), folder: chain.folder, args }).reserve();
		return chain;
	}

	/** Starts the node; after a stop, on the same data. */
	async start() {
		await (await this.node.start()).answers(START_LIMIT);
		this.api = await connect(this.node.url);
		return this.api;
	}

	async stop(signal) {
		await this.api?.disconnect().catch(() => {});
		await this.node.stop(signal);
	}

	/** Kills the node without warning. */
	kill() {
		return this.stop('SIGKILL');
	}

	async remove() {
		await this.stop();
		await rm(this.folder, { recursive: true, force: true });
	}

	get url() {
		return this.node.url;
	}
}

/**
 * Returns a world in which savers have saved and prices are reported. From then on the keeper and others act beside its
 * books, so the work of idle blocks is not compared with them.
 */
export async function openWorld(api, story) {
	const world = await World.open(api, story, TEST);
	for (const { id, title, run } of LIFE) {
		if (BEFORE.includes(id)) await story.step(title, () => run(world));
	}
	world.follow = async () => {};
	return world;
}

/** Returns an account with a little CLBR and nothing else. */
export async function pauper(api, uri, funds = FUNDS) {
	const pair = (await keyring())(uri, uri.replace(/^\/+/, ''));
	const rich = (await keyring())('//Alice');
	if (funds > 0n) await send(api, rich, api.tx.balances.transferKeepAlive(pair.address, funds));
	return pair;
}

/** A keeper under watch. */
export class Watched {
	/** Calls that were sent under watch. */
	seen = new Set();

	/**
	 * @param {World} world
	 * @param {object} pair its account
	 * @param {object} [options]
	 * @param {object} [options.chain] of the runner
	 */
	constructor(world, pair, { chain } = {}) {
		Object.assign(this, { world, pair });
		// No waiting times: a job that is not due has to be refused in each round.
		this.runner = new Runner({ pair, chain, say: (line) => world.story.tell(line), backoff: new Backoff({ first: 0, most: 0 }) });
	}

	/** Runs one round. Returns the outcomes. */
	round() {
		return this.runner.round(this.world.api);
	}

	/** Runs a round in which this call must not be sent. */
	async quiet(call, args, when) {
		const sent = (await this.round()).filter(({ outcome }) => outcome === 'sent').map(({ job }) => jobKey(job));
		const key = jobKey({ call, args });
		this.world.story.check(`${key} sent ${when}`, sent.includes(key), false);
	}

	/** Runs rounds until this call is sent. */
	async sends(call, args) {
		const key = jobKey({ call, args });
		for (let round = 0; round < ROUNDS; round += 1) {
			const outcomes = await this.round();
			if (outcomes.some(({ job, outcome }) => outcome === 'sent' && jobKey(job) === key)) {
				this.seen.add(call);
				return;
			}
			await waitBlocks(this.world.api);
		}
		const refusals = [...this.runner.tally.refusals].map((pair) => pair.join(' as ')).join(', ');
		throw new Error(`${key} was not sent in ${ROUNDS} rounds; refused: ${refusals}`);
	}

	/**
	 * Ensures that a call is not sent before it is due, is sent once it is, and is not sent again.
	 *
	 * @param {string} call
	 * @param {unknown[]} args
	 * @param {object} [of]
	 * @param {() => Promise<unknown>} [of.due] makes the call due
	 * @param {() => Promise<boolean>} of.done returns true if the chain shows the effect
	 */
	async crank(call, args, { due, done }) {
		if (due !== undefined) {
			await this.quiet(call, args, 'before it is due');
			await due();
		}
		await this.sends(call, args);
		this.world.story.check(`${call} has done its work`, await done(), true);
		await this.quiet(call, args, 'a second time');
	}
}
