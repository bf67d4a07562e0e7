// SPDX-License-Identifier: Apache-2.0
//
// A development node as a child process: started on free ports, stopped with the program.

import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Number of the node's last log lines that are kept. */
const LOG_LINES = 400;

/** Returns the path of the node: `CALIBER_NODE`, or that of a debug build. */
export function nodeBinary(env = process.env) {
	const target = env.CARGO_TARGET_DIR ?? join(homedir(), '.cache', 'caliber', 'target');
	return env.CALIBER_NODE ?? join(target, 'debug', 'caliber-node');
}

/**
 * Ports that are handed out: below those that systems give to connections, and to a node whose own port is
 * taken. One of them could take a port between its choice and the start of its node.
 */
const PORTS = { first: 12_000, last: 30_000 };
/** Ports that were handed out, whose node may not have started yet. */
const handedOut = new Set();

/** Returns true if nobody listens on a port. */
function isFree(port) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

/** Returns a TCP port that nobody listens on, another one each time. */
export async function freePort() {
	for (;;) {
		const port = randomInt(PORTS.first, PORTS.last);
		if (handedOut.has(port) || !(await isFree(port))) continue;
		handedOut.add(port);
		return port;
	}
}

/** Returns true if something accepts connections on a local port. */
async function listens(port) {
	try {
		// Any HTTP answer will do: the server is up.
		await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(1_000) });
		return true;
	} catch {
		return false;
	}
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Starts a development node and waits until it answers.
 *
 * @param {object} [options]
 * @param {string} [options.binary]
 * @param {number} [options.blockTime] milliseconds between blocks; chain time moves a slot a block
 * @param {string[]} [options.args] further arguments
 * @param {number} [options.timeout] milliseconds to wait for it
 * @returns {Promise<{ url: string, log: () => string, stop: () => Promise<void> }>}
 */
export async function startNode({ binary = nodeBinary(), blockTime = 250, args = [], timeout = 180_000 } = {}) {
	if (!existsSync(binary)) {
		throw new Error(`no node at ${binary}: build caliber-node, or name it in CALIBER_NODE`);
	}
	const port = await freePort();
	const child = spawn(
		binary,
		['--dev', '--tmp', '--dev-block-time', `${blockTime}`, '--rpc-port', `${port}`, '--no-prometheus', ...args],
		{ stdio: ['ignore', 'pipe', 'pipe'] },
	);
	const lines = [];
	let ended;
	const exit = new Promise((resolve) => {
		child.once('exit', (code, signal) => {
			ended = signal ?? `code ${code}`;
			resolve();
		});
		child.once('error', (error) => {
			ended = error.message;
			resolve();
		});
	});
	let rest = '';
	const keep = (chunk) => {
		const parts = (rest + chunk).split('\n');
		rest = parts.pop();
		lines.push(...parts);
		if (lines.length > LOG_LINES) lines.splice(0, lines.length - LOG_LINES);
	};
	child.stdout.setEncoding('utf8').on('data', keep);
	child.stderr.setEncoding('utf8').on('data', keep);
	const kill = () => child.kill('SIGKILL');
	process.once('exit', kill);

	const log = () => lines.join('\n');
	const stop = async () => {
		process.off('exit', kill);
		if (ended !== undefined) return;
		child.kill('SIGTERM');
		const forced = setTimeout(kill, 10_000);
		await exit;
		clearTimeout(forced);
	};

	const giveUp = Date.now() + timeout;
	while (!(await listens(port))) {
		if (ended !== undefined) throw new Error(`the node ended (${ended}) before it answered\n${log()}`);
		if (Date.now() > giveUp) {
			await stop();
			throw new Error(`the node did not answer within ${timeout / 1000} s\n${log()}`);
		}
		await sleep(200);
	}
	return { url: `ws://127.0.0.1:${port}`, log, stop };
}
