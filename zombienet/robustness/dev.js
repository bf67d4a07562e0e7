// SPDX-License-Identifier: Apache-2.0
//
// Development node on data that stays, and report of the robustness tests.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeBinary } from '../../clients/lib/src/node.js';
import { Node } from '../node.js';

/** Makes a folder with the raw specification: with the plain one every start would compute the genesis again. */
export async function scratch(name) {
	const binary = nodeBinary();
	if (!existsSync(binary)) throw new Error(`no node at ${binary}: build caliber-node, or name it in CALIBER_NODE`);
	const folder = await mkdtemp(join(tmpdir(), `caliber-${name}-`));
	const spec = join(folder, 'dev-raw.json');
	const made = spawnSync(binary, ['export-chain-spec', '--chain', 'dev', '--raw', '--output', spec], { encoding: 'utf8' });
	if (made.status !== 0) throw new Error(`the specification could not be made: ${made.stderr.trim()}`);
	return { binary, folder, spec, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Returns a development node whose data stays.
 *
 * @param {{ binary: string, folder: string, spec: string }} place
 * @param {object} [options]
 * @param {string} [options.name]
 * @param {number} [options.blockTime] milliseconds
 * @param {string[]} [options.args] further arguments
 * @param {string[]} [options.through] a command that starts it: the node and its arguments are appended
 */
export async function devNode(place, { name = 'node', blockTime = 200, args = [], through = [] } = {}) {
	const own = ({ base, ports }) => [
		'--dev', '--chain', place.spec, '--base-path', base, '--dev-block-time', `${blockTime}`,
		'--rpc-port', `${ports.rpc}`, '--prometheus-port', `${ports.prometheus}`, ...args,
	];
	const [command, ...before] = [...through, place.binary];
	const node = new Node({ name, command, folder: place.folder, args: (self) => [...before, ...own(self)] });
	return node.reserve();
}

/** Writer and counter of checks. */
export class Report {
	#began = Date.now();
	passed = 0;
	failed = 0;

	say(text) {
		console.log(`${((Date.now() - this.#began) / 1000).toFixed(0).padStart(4)} s  ${text}`);
	}

	check(holds, text) {
		if (holds) this.passed += 1;
		else this.failed += 1;
		this.say(`${holds ? '✓' : '✗'} ${text}`);
	}

	end() {
		this.say(`${this.passed} passed, ${this.failed} failed`);
		process.exitCode = this.failed === 0 && this.passed > 0 ? 0 : 1;
	}
}
