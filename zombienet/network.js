// SPDX-License-Identifier: Apache-2.0
//
// The network of network.toml as processes on this machine: the relay chain with the parachain in its
// genesis, the collators, and whoever joins later.

import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Node } from './node.js';
import { parseToml } from './toml.js';

export const NETWORK_FILE = fileURLToPath(new URL('network.toml', import.meta.url));
/** The keys of the relay chain's preset, in the order of its validators. */
const WELL_KNOWN = ['alice', 'bob', 'charlie', 'dave'];

/** Runs a command to its end, its output in a file; gives what it wrote to stdout. */
function run(command, args, what) {
	const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 512 * 1024 * 1024 });
	if (done.status !== 0) throw new Error(`${what}: ${done.error?.message ?? done.stderr.trim().split('\n').slice(-5).join('\n')}`);
	return done.stdout;
}

export class Network {
	/**
	 * @param {object} options
	 * @param {string} options.folder an empty one: specifications, data, logs
	 * @param {{ polkadot: string, spec?: string }} options.relay
	 * @param {string} options.binary the parachain's node
	 */
	constructor({ folder, relay, binary }) {
		Object.assign(this, { folder, relay, binary });
		this.nodes = new Map();
		const file = (name) => join(folder, `${name}.json`);
		this.specs = { para: file('para'), paraRaw: file('para-raw'), relay: file('relay'), relayRaw: file('relay-raw') };
	}

	/** Makes the specifications. */
	async prepare(file = NETWORK_FILE) {
		await mkdir(this.folder, { recursive: true });
		this.plan = parseToml(await readFile(file, 'utf8'), { ...process.env, CALIBER_RELAY_SPEC: this.relay.spec ?? '' });
		[this.para] = this.plan.parachains;
		const { para, paraRaw, relay, relayRaw } = this.specs;
		run(this.binary, ['export-chain-spec', '--chain', this.para.chain, '--output', para], 'the specification of the parachain');
		run(this.binary, ['export-chain-spec', '--chain', para, '--raw', '--output', paraRaw], 'the raw specification of the parachain');
		const head = run(this.binary, ['export-genesis-head', '--chain', paraRaw], 'the first head of the parachain').trim();
		const plain = JSON.parse(await readFile(para, 'utf8'));
		this.chain = plain.id;
		if (plain.para_id !== this.para.id) throw new Error(`the network file has parachain ${this.para.id}, the specification ${plain.para_id}`);

		const source = this.plan.relaychain.chain_spec_path;
		if (!source) run(this.relay.polkadot, ['export-chain-spec', '--chain', this.plan.relaychain.chain, '--output', relay], 'the specification of the relay chain');
		const spec = JSON.parse(await readFile(source || relay, 'utf8'));
		const genesis = spec.genesis.runtimeGenesis?.patch ?? spec.genesis.runtimeGenesis?.config;
		if (genesis === undefined) throw new Error('the specification of the relay chain is a raw one: a plain one is needed');
		genesis.paras = { ...genesis.paras, paras: [[this.para.id, [head, plain.genesis.runtimeGenesis.code, true]]] };
		await writeFile(relay, JSON.stringify(spec));
		run(this.relay.polkadot, ['export-chain-spec', '--chain', relay, '--raw', '--output', relayRaw], 'the raw specification of the relay chain');
		this.relayChain = spec.id;
	}

	#add(name, command, args) {
		const node = new Node({ name, command, folder: this.folder, args });
		this.nodes.set(name, node);
		return node.reserve();
	}

	#common = (node) => [
		'--base-path', node.base, '--node-key', node.nodeKey,
		'--listen-addr', `/ip4/127.0.0.1/tcp/${node.ports.p2p}`,
		'--rpc-port', `${node.ports.rpc}`, '--prometheus-port', `${node.ports.prometheus}`,
		'--no-telemetry', '--no-mdns',
	];

	/** Starts the validators. */
	async startRelay() {
		const { nodes, default_args: shared } = this.plan.relaychain;
		let boot = [];
		for (const [at, { name }] of nodes.entries()) {
			const node = await this.#add(name, this.relay.polkadot, (self) => [
				'--chain', this.specs.relayRaw, `--${WELL_KNOWN[at]}`, '--validator', '--insecure-validator-i-know-what-i-do',
				...this.#common(self), ...shared, ...boot,
			]);
			await (await node.start()).answers();
			boot = boot.length > 0 ? boot : ['--bootnodes', await node.address()];
		}
		this.relayBoot = boot;
		return nodes.map(({ name }) => this.nodes.get(name));
	}

	/** Starts the nodes of the parachain that the network file names. */
	async startParachain() {
		const started = [];
		for (const { name, validator } of this.para.collators) started.push(await this.join(name, { collator: validator, key: validator }));
		return started;
	}

	/**
	 * Starts a node of the parachain.
	 *
	 * @param {string} name
	 * @param {{ collator?: boolean, key?: boolean, args?: string[] }} [options] `key`: with the well-known key of
	 *   its name
	 */
	async join(name, { collator = false, key = false, args = [] } = {}) {
		const boot = this.paraBoot ?? [];
		const node = await this.#add(name, this.binary, (self) => [
			'--chain', this.specs.paraRaw, ...(collator ? ['--collator'] : []), ...(key ? [`--${name}`] : ['--name', name]),
			...this.#common(self), ...this.para.default_args, ...args, ...boot,
			'--', '--chain', this.specs.relayRaw, '--listen-addr', `/ip4/127.0.0.1/tcp/${self.ports.relay}`,
			'--no-hardware-benchmarks', '--no-mdns', '--no-prometheus', ...this.relayBoot,
		]);
		await (await node.start()).answers();
		this.paraBoot ??= ['--bootnodes', await node.address()];
		return node;
	}

	get(name) {
		return this.nodes.get(name);
	}

	/** Throws when a node has ended by itself. */
	alive() {
		for (const node of this.nodes.values()) node.alive();
	}

	/** Stops everything, the parachain first. */
	async stop() {
		const [relay, para] = [[], []];
		for (const node of this.nodes.values()) (node.command === this.binary ? para : relay).push(node);
		await Promise.all(para.map((node) => node.stop()));
		await Promise.all(relay.map((node) => node.stop()));
	}
}
