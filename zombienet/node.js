// SPDX-License-Identifier: Apache-2.0
//
// A node as a process: started, stopped, started again on the same data, asked by RPC and by its metrics.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { metric, parseMetrics } from '../clients/keeper/src/metrics.js';
import { freePort } from '../clients/lib/src/node.js';
import { peerId } from './peer.js';

/** Milliseconds that a node has to end by itself. */
const STOP_LIMIT = 30_000;

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Waits until `check` returns a value, and returns that value. An error of `check` counts as "not yet".
 *
 * @template T
 * @param {string} what text of the error: "waited for …"
 * @param {() => Promise<T | undefined | false>} check
 * @param {{ limit?: number, every?: number, alive?: () => void }} [options] milliseconds; `alive` throws if
 *   waiting is in vain
 * @returns {Promise<T>}
 */
export async function until(what, check, { limit = 300_000, every = 1_000, alive = () => {} } = {}) {
	const giveUp = Date.now() + limit;
	let last;
	for (;;) {
		alive();
		try {
			const found = await check();
			if (found !== undefined && found !== false) return found;
			last = undefined;
		} catch (error) {
			last = error;
		}
		if (Date.now() > giveUp) throw new Error(`waited ${limit / 1000} s for ${what}${last ? `: ${last.message}` : ''}`);
		await sleep(every);
	}
}

/** A node as a child process. */
export class Node {
	#child;
	#ended;
	#exit;

	/**
	 * @param {object} options
	 * @param {string} options.name
	 * @param {string} options.command
	 * @param {string} options.folder its data is in a folder of its name, its log beside that
	 * @param {(node: Node) => string[]} options.args
	 */
	constructor({ name, command, folder, args }) {
		Object.assign(this, { name, command, folder, args });
		this.base = join(folder, name);
		this.logFile = `${this.base}.log`;
		// The same address after a restart. A key derived from a name is for tests on one machine alone.
		this.nodeKey = createHash('sha256').update(`caliber network ${name}`).digest('hex');
	}

	/** Chooses the ports, once, so that others find the node after a restart. */
	async reserve() {
		if (this.ports === undefined) {
			const names = ['p2p', 'rpc', 'prometheus', 'relay', 'relayRpc'];
			this.ports = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await freePort()])));
		}
		return this;
	}

	async start() {
		if (this.running) throw new Error(`${this.name} runs already`);
		await this.reserve();
		const log = createWriteStream(this.logFile, { flags: 'a' });
		const child = spawn(this.command, this.args(this), { stdio: ['ignore', 'pipe', 'pipe'] });
		child.stdout.pipe(log, { end: false });
		child.stderr.pipe(log, { end: false });
		this.#ended = undefined;
		this.#child = child;
		this.#exit = new Promise((resolve) => {
			child.once('close', (code, signal) => {
				this.#ended = signal ?? `code ${code}`;
				log.end();
				resolve();
			});
			child.once('error', (error) => {
				this.#ended = error.message;
				log.end();
				resolve();
			});
		});
		this.#guard = () => child.kill('SIGKILL');
		process.once('exit', this.#guard);
		return this;
	}

	#guard = () => {};

	get running() {
		return this.#child !== undefined && this.#ended === undefined;
	}

	/** Signal or code with which the node ended. */
	get ended() {
		return this.#ended;
	}

	get pid() {
		return this.#child?.pid;
	}

	/** Throws if the node has ended by itself. */
	alive() {
		if (this.#child !== undefined && this.#ended !== undefined) throw new Error(`${this.name} has ended (${this.#ended}): see ${this.logFile}`);
	}

	/** Waits until the node has ended by itself. Returns false after `limit`. */
	async exited(limit) {
		const timer = sleep(limit).then(() => false);
		return Promise.race([this.#exit.then(() => true), timer]);
	}

	async stop(signal = 'SIGTERM') {
		process.off('exit', this.#guard);
		if (!this.running) return;
		this.#child.kill(signal);
		const forced = setTimeout(() => this.#child.kill('SIGKILL'), STOP_LIMIT);
		await this.#exit;
		clearTimeout(forced);
		this.#child = undefined;
	}

	/** Calls an RPC method. Returns the result. */
	async rpc(method, ...params) {
		const response = await fetch(`http://127.0.0.1:${this.ports.rpc}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
			signal: AbortSignal.timeout(20_000),
		});
		const { result, error } = await response.json();
		if (error) throw new Error(`${this.name}: ${method}: ${error.message}`);
		return result;
	}

	get url() {
		return `ws://127.0.0.1:${this.ports.rpc}`;
	}

	/**
	 * Waits until the node answers. A node whose port is taken listens on another, and somebody else answers on
	 * its own: where the node was given its key, its answer shows it.
	 */
	async answers(limit = 300_000) {
		const peer = await until(`${this.name} to answer`, () => this.rpc('system_localPeerId'), { limit, every: 500, alive: () => this.alive() });
		const known = this.args(this).includes(this.nodeKey);
		if (known && peer !== peerId(this.nodeKey)) throw new Error(`another node answers on port ${this.ports.rpc} of ${this.name}`);
		return this;
	}

	async metrics() {
		const response = await fetch(`http://127.0.0.1:${this.ports.prometheus}/metrics`, { signal: AbortSignal.timeout(20_000) });
		return parseMetrics(await response.text());
	}

	/** Returns the heights in the node's metrics. */
	async heights(chain) {
		const samples = await this.metrics();
		const height = (status) => metric(samples, 'substrate_block_height', { status, ...(chain ? { chain } : {}) });
		return { best: height('best') ?? 0, finalized: height('finalized') ?? 0 };
	}

	/** Returns the hash of the block at a height, if the node has it. */
	async hashAt(height) {
		return (await this.rpc('chain_getBlockHash', height)) ?? undefined;
	}

	/** Address of the node for its peers, whether it runs or not. */
	get address() {
		return `/ip4/127.0.0.1/tcp/${this.ports.p2p}/p2p/${peerId(this.nodeKey)}`;
	}

	/** Returns the end of the log. */
	async tail(lines = 25) {
		const text = await readFile(this.logFile, 'utf8').catch(() => '');
		return text.trimEnd().split('\n').slice(-lines).join('\n');
	}
}
