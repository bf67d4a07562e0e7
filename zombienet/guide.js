#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// Test of the operators' guide: every command in it is run as it is written, in order, in a folder that stands
// for the machine. A command without a handler here is a failure.
//
//   node zombienet/guide.js [--skipped=STATUS]
//
// Only ports are added, because those of the guide may be in use. Nodes that follow a relay chain are started,
// asked and stopped; smoke.js shows that they follow it.

import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, nodeBinary } from '../clients/lib/src/node.js';
import { Network } from './network.js';
import { Node, until } from './node.js';
import { findRelayChain } from './relay.js';
import { rateLimit } from './limits.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LIMIT = 300_000;
const SKIPPED = Number(/^--skipped=(\d+)$/.exec(process.argv[2] ?? '')?.[1] ?? 0);

const began = Date.now();
const say = (text) => console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}`);
let checks = 0;
function check(holds, text) {
	if (!holds) throw new Error(`it does not hold that ${text}`);
	checks += 1;
}

/** Returns the commands of the guide, continued lines joined. */
async function commands() {
	const text = await readFile(join(ROOT, 'docs', 'operators.md'), 'utf8');
	return text.replace(/\\\n\s*/g, ' ').split('\n').filter((line) => line.startsWith('$ ')).map((line) => line.slice(2));
}

/** Machine that the guide is about: its folders, its programs and the processes on it. */
class Machine {
	programs = [];

	constructor(folder) {
		this.folder = folder;
		// Stands for /var/lib/caliber; another one for each node.
		this.data = join(folder, 'data');
	}

	async prepare(relay) {
		const network = new Network({ folder: this.folder, relay, binary: nodeBinary() });
		await network.prepare();
		this.chainId = network.chain;
		for (const place of [join(this.folder, 'bin'), join(this.folder, 'etc'), this.data]) await mkdir(place);
		await symlink(nodeBinary(), join(this.folder, 'bin', 'caliber-node'));
		await symlink(join(ROOT, 'clients'), join(this.folder, 'clients'));
		await symlink('para-raw.json', join(this.folder, 'chain.json'));
		// The link replaces the plain specification, which is no longer needed.
		await rm(join(this.folder, 'relay.json'));
		await symlink('relay-raw.json', join(this.folder, 'relay.json'));
		await writeFile(join(this.folder, 'etc', 'operators'), '//Alice//stash\n//Bob//stash\n//Charlie//stash\n', { mode: 0o600 });
		await writeFile(join(this.folder, 'etc', 'keeper'), '//One\n', { mode: 0o600 });
		this.dev = await this.#reserve('dev', ({ base, ports }) => ['--dev', '--base-path', base, '--dev-block-time', '1000', '--rpc-port', `${ports.rpc}`, '--prometheus-port', `${ports.prometheus}`]);
		await (await this.dev.start()).answers(LIMIT);
	}

	#reserve(name, args) {
		return new Node({ name, command: join(this.folder, 'bin', 'caliber-node'), folder: this.folder, args }).reserve();
	}

	/** Returns the words of a command, for this machine. */
	words(command) {
		return command
			.replaceAll('/var/lib/caliber', this.data)
			.replaceAll('/etc/caliber', join(this.folder, 'etc'))
			.replaceAll('<id>', this.chainId)
			.split(/\s+/);
	}

	/** Runs a command of the shell to its end. Returns its output. */
	run(command, { ports = {}, input = '' } = {}) {
		let here = this.words(command).join(' ');
		for (const [written, port] of Object.entries(ports)) here = here.replaceAll(`:${written}`, `:${port}`);
		const env = { ...process.env, PATH: `${join(this.folder, 'bin')}:${process.env.PATH}` };
		const done = spawnSync('bash', ['-c', here], { cwd: this.folder, env, input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
		check(done.status === 0, `"${command}" ends well: ${done.stderr}`);
		return done.stdout + done.stderr;
	}

	/** Starts the node of a command, in place of the previous one. */
	async startNode(command) {
		await this.node?.stop();
		this.data = await mkdtemp(join(this.folder, 'data-'));
		const [, ...words] = this.words(command);
		const split = words.indexOf('--');
		const [own, relay] = [words.slice(0, split), words.slice(split + 1)];
		const path = (word) => (/^(chain|relay)\.json$|^node-key$/.test(word) ? join(this.folder, word) : word);
		this.node = await this.#reserve('node', ({ ports }) => [
			...own.map(path), '--rpc-port', `${ports.rpc}`, '--prometheus-port', `${ports.prometheus}`, '--listen-addr', `/ip4/127.0.0.1/tcp/${ports.p2p}`,
			'--', ...relay.map(path), '--listen-addr', `/ip4/127.0.0.1/tcp/${ports.relay}`,
		]);
		await (await this.node.start()).answers(LIMIT);
	}

	/** Starts the client of a command, on the development node. Waits until its output has the pattern. */
	async startClient(command, pattern, { ends = false, more = '' } = {}) {
		const words = `${this.words(command).join(' ').replace('ws://127.0.0.1:9944', this.dev.url)} ${more}`;
		const child = spawn('bash', ['-c', `exec ${words}`], { cwd: this.folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
		let text = '';
		let status;
		for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (text += part));
		const end = new Promise((resolve) => child.once('close', (code) => resolve((status = code))));
		const client = { stop: () => (status === undefined && process.kill(-child.pid, 'SIGTERM'), end) };
		this.programs.push(client);
		await until(`"${command}" to say ${pattern}`, async () => pattern.test(text), { limit: LIMIT, every: 200, alive: () => {
			if (status !== undefined && !pattern.test(text)) throw new Error(`"${command}" ended with ${status}:\n${text}`);
		} });
		checks += 1;
		if (ends) check((await end) === 0, `"${command}" ends well:\n${text}`);
		return client;
	}

	/** Starts a keeper that runs on. */
	async startKeeper(command) {
		this.keeperPort = await freePort();
		return this.startClient(command, /metrics at/, { more: `--metrics-port ${this.keeperPort}` });
	}

	async stop() {
		for (const client of this.programs) await client.stop();
		await Promise.all([this.node, this.dev].map((node) => node?.stop()));
	}
}

/** Handlers of the commands, by pattern; the first match counts. */
const HOW = [
	[/^caliber-node (--collator )?--chain chain\.json .* -- --chain relay\.json/, async (machine, command) => {
		await machine.startNode(command);
		const [role] = await machine.node.rpc('system_nodeRoles');
		check(role === (command.includes('--collator') ? 'Authority' : 'Full'), `"${command}" starts what it is for`);
		if (command.includes('--rpc-rate-limit')) {
			const { exempt, other } = await rateLimit(machine.node, Number(/--rpc-rate-limit (\d+)/.exec(command)[1]));
			check(other > 0 && exempt === 0, `too many calls wait, ${other} of them, and none of an address that is exempt, but ${exempt}`);
		}
	}],
	[/^caliber-node (--version$|key )/, async (machine, command) => check(machine.run(command).trim() !== '', `"${command}" says something`)],
	[/^curl .*"method":/, async (machine, command) => {
		const answer = JSON.parse(machine.run(command.replace('curl -s', 'curl -sf'), { ports: { 9944: machine.node.ports.rpc } }));
		check(answer.result !== undefined, `"${command}" is answered: ${JSON.stringify(answer.error)}`);
	}],
	[/^curl -s http:\/\/\S+$/, async (machine, command) => {
		const ports = { 9944: machine.node.ports.rpc, 9615: machine.node.ports.prometheus, 9617: machine.keeperPort };
		await until(`"${command}" to answer`, async () => machine.run(command.replace('curl -s', 'curl -sf'), { ports }).length > 0, { limit: LIMIT });
	}],
	// The set-up runs this command on each machine, with two flags that make it quiet.
	[/^npm ci --prefix clients$/, async () => check((await readFile(join(ROOT, 'scripts', 'setup.sh'), 'utf8')).includes('npm ci --prefix clients'), 'the set-up installs the clients')],
	[/^npm run --prefix clients feeder/, async (machine, command) => (await machine.startClient(command, / \d{4}-\d\d-\d\d: (?!\d+ of )/)).stop()],
	[/^npm run --prefix clients keeper .*--once/, (machine, command) => machine.startClient(command, /nothing is due|would be sent/, { ends: true })],
	[/^npm run --prefix clients keeper .*--seed/, async (machine, command) => (await machine.startKeeper(command)).stop()],
	// It runs on, for the requests to its port.
	[/^npm run --prefix clients keeper .*--metrics-only/, (machine, command) => machine.startKeeper(command)],
	[/^caliber-node purge-chain /, async (machine, command) => {
		await machine.node.stop();
		machine.run(command, { input: 'y\n' });
		await (await machine.node.start()).answers(LIMIT);
	}],
];

const folder = await mkdtemp(join(tmpdir(), 'caliber-guide-'));
const machine = new Machine(folder);
async function end(code) {
	await machine.stop();
	await rm(folder, { recursive: true, force: true });
	process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end(130));

try {
	const relay = await findRelayChain(folder);
	if (relay.why !== undefined) {
		console.log(`SKIPPED: ${relay.why}.\nThe guide's nodes follow a relay chain. See zombienet/README.md for where to get the programs.`);
		await end(SKIPPED);
	}
	await machine.prepare(relay);
	for (const command of await commands()) {
		const how = HOW.find(([pattern]) => pattern.test(command))?.[1];
		if (how === undefined) throw new Error(`nothing here runs the guide's "${command}"`);
		await how(machine, command);
		say(`✓ ${command}`);
	}
	say(`${checks} passed, 0 failed`);
	await end(0);
} catch (error) {
	console.error(`✗ ${error.message}`);
	for (const node of [machine.node, machine.dev]) if (node) console.error(`\nThe last lines of ${node.name}:\n${await node.tail(15)}`);
	console.error(`\n${checks} passed, 1 failed`);
	await end(1);
}
