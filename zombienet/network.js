// SPDX-License-Identifier: Apache-2.0
//
// The network of network.toml as processes on this machine: the relay chain with the parachain in its
// genesis, the collators, and nodes that join later.

import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Node } from './node.js';
import { parseToml } from './toml.js';

export const NETWORK_FILE = fileURLToPath(new URL('network.toml', import.meta.url));
/** Names of the keys of the relay chain's preset, in the order of its validators. */
const WELL_KNOWN = ['alice', 'bob', 'charlie', 'dave'];

/** Runs a command to its end. Returns its standard output. */
async function run(command, args, what) {
	try {
		return (await promisify(execFile)(command, args, { maxBuffer: 512 * 1024 * 1024 })).stdout;
	} catch (error) {
		throw new Error(`${what}: ${error.stderr?.trim().split('\n').slice(-5).join('\n') || error.message}`);
	}
}

/** Returns the flags by which a node finds the others. */
const bootNodeFlags = (entry, self) => (entry === undefined || entry === self ? [] : ['--bootnodes', entry.address]);

/** Starts a node and waits until it answers. */
const answering = async (node) => (await node.start()).answers();

/** The processes of the network. */
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

	/** Makes the specifications: the parachain's, then the relay chain's with the parachain's genesis head in it. */
	async prepare(file = NETWORK_FILE) {
		await mkdir(this.folder, { recursive: true });
		this.plan = parseToml(await readFile(file, 'utf8'), { ...process.env, CALIBER_RELAY_SPEC: this.relay.spec ?? '' });
		[this.para] = this.plan.parachains;
		const { para, paraRaw, relayRaw } = this.specs;
		await run(this.binary, ['export-chain-spec', '--chain', this.para.chain, '--output', para], 'the specification of the parachain');
		const plain = JSON.parse(await readFile(para, 'utf8'));
		this.chain = plain.id;
		if (plain.para_id !== this.para.id) throw new Error(`the network file has parachain ${this.para.id}, the specification ${plain.para_id}`);
		// Both read the plain one, so they run at once.
		const [head] = await Promise.all([
			run(this.binary, ['export-genesis-head', '--chain', para], 'the first head of the parachain'),
			run(this.binary, ['export-chain-spec', '--chain', para, '--raw', '--output', paraRaw], 'the raw specification of the parachain'),
		]);
		await this.#writeRelaySpec([this.para.id, [head.trim(), plain.genesis.runtimeGenesis.code, true]]);
		await run(this.relay.polkadot, ['export-chain-spec', '--chain', this.specs.relay, '--raw', '--output', relayRaw], 'the raw specification of the relay chain');
	}

	/** Writes the relay chain's plain specification, with a parachain in its genesis. */
	async #writeRelaySpec(parachain) {
		const { relay } = this.specs;
		const source = this.plan.relaychain.chain_spec_path;
		if (!source) await run(this.relay.polkadot, ['export-chain-spec', '--chain', this.plan.relaychain.chain, '--output', relay], 'the specification of the relay chain');
		const spec = JSON.parse(await readFile(source || relay, 'utf8'));
		const genesis = spec.genesis.runtimeGenesis?.patch ?? spec.genesis.runtimeGenesis?.config;
		if (genesis === undefined) throw new Error('the specification of the relay chain is a raw one: a plain one is needed');
		genesis.paras = { ...genesis.paras, paras: [parachain] };
		await writeFile(relay, JSON.stringify(spec));
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

	/** Starts the validators, each with the first one as its boot node. */
	async startRelay() {
		const { nodes, default_args: shared } = this.plan.relaychain;
		const started = [];
		for (const [at, { name }] of nodes.entries()) {
			started.push(await this.#add(name, this.relay.polkadot, (self) => [
				'--chain', this.specs.relayRaw, `--${WELL_KNOWN[at]}`, '--validator', '--insecure-validator-i-know-what-i-do',
				...this.#common(self), ...shared, ...bootNodeFlags(started[0], self),
			]));
		}
		this.relayEntry = started[0];
		return Promise.all(started.map(answering));
	}

	/** Starts the nodes of the parachain that the network file names, the first one as the others' boot node. */
	async startParachain() {
		const started = [];
		for (const { name, validator } of this.para.collators) started.push(await this.#paraNode(name, { collator: validator, key: validator }));
		return Promise.all(started.map(answering));
	}

	/**
	 * Starts a node of the parachain.
	 *
	 * @param {string} name
	 * @param {{ collator?: boolean, key?: boolean, args?: string[] }} [options] `key`: with the well-known key of
	 *   its name
	 */
	async join(name, options) {
		return answering(await this.#paraNode(name, options));
	}

	async #paraNode(name, { collator = false, key = false, args = [] } = {}) {
		const node = await this.#add(name, this.binary, (self) => [
			'--chain', this.specs.paraRaw, ...(collator ? ['--collator'] : []), ...(key ? [`--${name}`] : ['--name', name]),
			...this.#common(self), ...this.para.default_args, ...args, ...bootNodeFlags(this.paraEntry, self),
			'--', '--chain', this.specs.relayRaw, '--listen-addr', `/ip4/127.0.0.1/tcp/${self.ports.relay}`,
			'--rpc-port', `${self.ports.relayRpc}`, '--no-hardware-benchmarks', '--no-mdns', '--no-prometheus', ...bootNodeFlags(this.relayEntry, self),
		]);
		this.paraEntry ??= node;
		return node;
	}

	get(name) {
		return this.nodes.get(name);
	}

	/** Throws if a node has ended by itself. */
	alive() {
		for (const node of this.nodes.values()) node.alive();
	}

	/** Stops all nodes, the parachain's first. */
	async stop() {
		const [relay, para] = [[], []];
		for (const node of this.nodes.values()) (node.command === this.binary ? para : relay).push(node);
		await Promise.all(para.map((node) => node.stop()));
		await Promise.all(relay.map((node) => node.stop()));
	}
}
