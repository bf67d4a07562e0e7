#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// Starts that cannot succeed: the node refuses, in words that an operator understands.
//
//   node zombienet/robustness/start.js

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { devNode, Report, scratch } from './dev.js';

/** Milliseconds after which the node has not refused but started. */
const LIMIT = 120_000;
/** `nobody`. */
const OTHER = 65_534;

const report = new Report();
const place = await scratch('start');
const path = (name) => join(place.folder, name);
const running = await devNode(place, { name: 'running' });

/** Listens on a port until told to stop. */
function occupy(port) {
	return new Promise((resolve, reject) => {
		const server = createServer().once('error', reject);
		server.listen(port, '127.0.0.1', () => resolve(() => server.close()));
	});
}

/** Neither finds a port taken, unless it is told which. */
const node = (base, ...more) => ['--chain', place.spec, '--base-path', base, '--no-prometheus', '--no-hardware-benchmarks', ...more, ...(more.includes('--rpc-port') ? [] : ['--rpc-port', '0'])];
const dev = (base, ...more) => node(base, '--dev', ...more);
const { rpc: taken } = running.ports;

/** Each: what is wrong, the arguments, what has to be said. */
const CASES = [
	['a specification that is not there', ['--chain', path('none.json')], ['No such file', path('none.json')]],
	['a specification that is no JSON', ['--chain', path('text.json')], ['Error parsing spec file', path('text.json')]],
	['a specification with nothing in it', ['--chain', path('empty.json')], ['missing field', path('empty.json')]],
	['a chain that nobody knows', ['--chain', 'nowhere'], ['`nowhere` is neither a chain specification', '`dev`']],
	['a base path that is a file', dev(path('text.json')), [`has to write in ${path('text.json')}`, '--base-path']],
	['a base path that cannot be made', dev('/proc/nothing'), ['has to write in /proc/nothing', '--base-path']],
	['the data of a node that runs', dev(running.base), ['Another node runs', running.base, '--base-path']],
	['a port for RPC that is taken', dev(path('b'), '--rpc-port', `${taken}`), ['the port for RPC', `${taken}`, '--rpc-port']],
	['a port for metrics that is taken', ['--dev', '--chain', place.spec, '--base-path', path('b'), '--rpc-port', '0', '--prometheus-port', `${taken}`], ['the port for metrics', `${taken}`, '--prometheus-port']],
	['a port for peers that is taken', node(path('b'), '--listen-addr', `/ip4/127.0.0.1/tcp/${taken}`), ['the port for peers', `${taken}`, '--port']],
	['a collator without a node key', ['--collator', '--chain', place.spec, '--base-path', path('c')], ['network key', 'generate-node-key', '--node-key-file']],
	['a relay chain that is not known', node(path('d'), '--port', '0'), ['rococo-local', '-- --chain relay.json']],
	['less free than is to be kept', dev(path('e'), '--db-storage-threshold', '99999999'), ['too little room', '99999999 MiB have to be', 'Free space']],
];

/** Runs the node to its end. */
async function run(args, options = {}) {
	const settings = { timeout: LIMIT, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024, ...options };
	return promisify(execFile)(place.binary, args, settings).then(
		() => ({ code: 0, said: '' }),
		({ code, signal, stderr = '' }) => ({ code: code ?? signal, said: stderr.split('\nError: ').slice(1).pop() ?? '' }),
	);
}

async function refused([what, args, words], options) {
	const { code, said } = await run(args, options);
	const missing = words.filter((word) => !said.includes(word));
	const problem = missing.length > 0 ? ` and does not say "${missing.join('", "')}"` : '';
	report.check(code === 1 && missing.length === 0, `${what}: the node ends (${code})${problem}`);
	for (const line of said.split('\n').filter((line) => line.trim()).slice(0, 4)) report.say(`      | ${line}`);
}

/** Only the superuser can become somebody else. */
async function withoutPermission() {
	if (process.getuid?.() !== 0) {
		report.say('SKIPPED: a base path of another user, since only the superuser can become one');
		return;
	}
	const other = { uid: OTHER, gid: OTHER, cwd: '/' };
	const able = (await run(['--version'], other)).code === 0;
	if (!able) report.say(`SKIPPED: a base path of another user, since others may not run ${place.binary}`);
	else await refused(['a base path of another user', ['--dev', '--chain', 'dev', '--base-path', path('f'), '--no-prometheus', '--rpc-port', '0'], ['Permission denied', path('f'), 'of the user who runs the node']], other);
}

try {
	writeFileSync(path('text.json'), 'this is no JSON');
	writeFileSync(path('empty.json'), '{}');
	await (await running.start()).answers();
	for (const one of CASES) await refused(one);
	await withoutPermission();
	report.check(running.running && (await running.rpc('system_health')).isSyncing === false, 'the node that runs was not disturbed');
	await running.stop();
	const release = await occupy(taken);
	await refused(['a port that something else listens on', dev(path('b'), '--rpc-port', `${taken}`), ['the port for RPC', '--rpc-port']]);
	release();
} catch (error) {
	report.check(false, error.message);
}
await running.stop('SIGKILL');
await place.remove();
report.end();
process.exit();
