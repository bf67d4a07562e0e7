// SPDX-License-Identifier: Apache-2.0
//
// What a chain stores at a block, key by key, and what the tool for upgrades says of it.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { xxhashAsHex } from '@polkadot/util-crypto';
import { nodeBinary } from './node.js';

const run = promisify(execFile);

/** Adds all that is stored under a prefix at a block. */
async function collect(api, prefix, block, found) {
	for (let from = prefix; ; ) {
		const keys = await api.rpc.state.getKeysPaged(prefix, 1_000, from, block);
		if (keys.length === 0) return;
		// Raw: the values as stored, of whatever type.
		const [{ changes }] = await api.rpc.state.queryStorageAt.raw(keys, block);
		for (const [key, value] of changes) found.set(key, value);
		from = keys[keys.length - 1].toHex();
	}
}

/**
 * Everything some pallets store at a block.
 *
 * @param {import('@polkadot/api').ApiPromise} api
 * @param {string[]} pallets names as in the runtime (`Credit`)
 * @param {string} block
 * @returns {Promise<Map<string, string>>}
 */
export async function storageOf(api, pallets, block) {
	const found = new Map();
	await Promise.all(pallets.map((pallet) => collect(api, xxhashAsHex(pallet, 128), block, found)));
	return found;
}

/** Keys whose values differ between two answers of {@link storageOf}. */
export function changedKeys(before, after) {
	const keys = new Set([...before.keys(), ...after.keys()]);
	return [...keys].filter((key) => before.get(key) !== after.get(key));
}

/**
 * Writes the whole state of a block as a raw chain specification, as `caliber-node export-state` does of
 * a node that is stopped; gives the number of keys.
 */
export async function exportState(api, block, file) {
	const found = new Map();
	await collect(api, '0x', block, found);
	const name = (await api.rpc.system.chain()).toString();
	const raw = { top: Object.fromEntries(found), childrenDefault: {} };
	await writeFile(file, JSON.stringify({ name, id: `state-of-${block}`, genesis: { raw } }));
	return found.size;
}

/** The tool that checks states and rehearses upgrades: `CALIBER_TRY_RUNTIME`, or what was built beside the node. */
export const tryRuntimeBinary = (env = process.env) =>
	env.CALIBER_TRY_RUNTIME ?? join(dirname(nodeBinary(env)), 'caliber-try-runtime');

/** Runs that tool; gives what it prints. */
export async function tryRuntime(...args) {
	const binary = tryRuntimeBinary();
	if (!existsSync(binary)) throw new Error(`no caliber-try-runtime at ${binary}: build it, or name it in CALIBER_TRY_RUNTIME`);
	try {
		return (await run(binary, args, { maxBuffer: 16 * 1024 * 1024 })).stdout;
	} catch (error) {
		throw new Error(`caliber-try-runtime ${args[0]}: ${error.stderr?.trim() || error.message}`);
	}
}
