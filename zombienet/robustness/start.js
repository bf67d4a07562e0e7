#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// Start test: starts that cannot succeed. The node ends with status 1, and its error names the cause. A port in
// use is no such cause: the node goes on without it, or on another one, and its log says so.
//
//   node zombienet/robustness/start.js

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../node.js';
import { devNode, Report, scratch } from './dev.js';

/** Milliseconds after which the start counts as a success. */
const LIMIT = 120_000;
/** User id of `nobody`. */
const OTHER = 65_534;

const report = new Report();
const place = await scratch('start');
const path = (name) => join(place.folder, name);
const running = await devNode(place, { name: 'running' });

/** Returns the arguments of a node that takes no port of another, unless one is given. */
const node = (base, ...more) => ['--chain', place.spec, '--base-path', base, '--no-prometheus', '--no-hardware-benchmarks', ...more, ...(more.includes('--rpc-port') ? [] : ['--rpc-port', '0'])];
const dev = (base, ...more) => node(base, '--dev', ...more);
const { rpc: taken } = running.ports;

/** Cases: the fault, the arguments, the words that the error has to contain. */
const CASES = [
	['a specification that is not there', ['--chain', path('none.json')], ['No such file', path('none.json')]],
	['a specification that is no JSON', ['--chain', path('text.json')], ['Error parsing spec file', path('text.json')]],
	['a specification with nothing in it', ['--chain', path('empty.json')], ['missing field', path('empty.json')]],
	['a chain that nobody knows', ['--chain', 'nowhere'], ['`nowhere` is neither a chain specification', '`dev`']],
	['a base path that is a file', dev(path('text.json')), ['cannot grow', path('text.json')]],
	['a base path that cannot be made', dev('/proc/nothing'), ['cannot grow', '/proc/nothing']],
	['the data of a node that runs', dev(running.base), ['Database file is in use']],
	['a collator without a node key', ['--collator', '--chain', place.spec, '--base-path', path('c')], ['network key', 'generate-node-key']],
	['a relay chain that is not known', node(path('d'), '--port', '0'), ['Relay chain argument error', 'rococo-local']],
	['less free than is to be kept', dev(path('e'), '--db-storage-threshold', '99999999'), ['Out of storage space', 'required 99999999MiB']],
];

/** Runs the node to its end. Returns its status and its error. */
async function run(args, options = {}) {
	const settings = { timeout: LIMIT, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024, ...options };
	return promisify(execFile)(place.binary, args, settings).then(
		() => ({ code: 0, said: '' }),
		({ code, signal, stderr = '' }) => ({ code: code ?? signal, said: stderr.split(/^Error: /m).slice(1).pop() ?? '' }),
	);
}

async function refused([what, args, words], options) {
	const { code, said } = await run(args, options);
	const missing = words.filter((word) => !said.includes(word));
	const problem = missing.length > 0 ? ` and does not say "${missing.join('", "')}"` : '';
	report.check(code === 1 && missing.length === 0, `${what}: the node ends (${code})${problem}`);
	for (const line of said.split('\n').filter((line) => line.trim()).slice(0, 4)) report.say(`      | ${line}`);
}

/** Checks that a node with a port in use runs, and that its log has these words. */
async function elsewhere(what, { ports = {}, args = [] }, words) {
	const second = await devNode(place, { name: `second-${what}`, args });
	Object.assign(second.ports, ports);
	await second.start();
	const log = () => second.tail(Number.MAX_SAFE_INTEGER);
	const said = await until('its words', async () => words.test(await log()), { limit: LIMIT, alive: () => second.alive() }).catch((error) => error.message);
	report.check(said === true, `a port for ${what} that is in use: the node goes on${said === true ? '' : `: ${said}`}`);
	await second.stop();
}

/** Checks a base path of another user. Only the superuser can become another user. */
async function withoutPermission() {
	if (process.getuid?.() !== 0) {
		report.say('SKIPPED: a base path of another user, since only the superuser can become one');
		return;
	}
	const other = { uid: OTHER, gid: OTHER, cwd: '/' };
	const able = (await run(['--version'], other)).code === 0;
	if (!able) report.say(`SKIPPED: a base path of another user, since others may not run ${place.binary}`);
	else await refused(['a base path of another user', ['--dev', '--chain', 'dev', '--base-path', path('f'), '--no-prometheus', '--rpc-port', '0'], ['Permission denied', path('f')]], other);
}

try {
	writeFileSync(path('text.json'), 'this is no JSON');
	writeFileSync(path('empty.json'), '{}');
	await (await running.start()).answers();
	for (const one of CASES) await refused(one);
	// RPC goes to another port, metrics and peers are done without.
	await elsewhere('RPC', { ports: { rpc: taken } }, new RegExp(`Running JSON-RPC server: addr=127\\.0\\.0\\.1:(?!${taken}\\b)\\d+`));
	await elsewhere('metrics', { ports: { prometheus: taken } }, /Error binding to/);
	await elsewhere('peers', { args: ['--listen-addr', `/ip4/127.0.0.1/tcp/${taken}`] }, /Running JSON-RPC server/);
	await withoutPermission();
	report.check(running.running && (await running.rpc('system_health')).isSyncing === false, 'the node that runs was not disturbed');
	await running.stop();
} catch (error) {
	report.check(false, error.message);
}
await running.stop('SIGKILL');
await place.remove();
report.end();
process.exit();
