// SPDX-License-Identifier: Apache-2.0
//
// Storage of a chain at a block, key by key, and the tool that checks it.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { xxhashAsHex } from '@polkadot/util-crypto';
import { nodeBinary } from './node.js';

const run = promisify(execFile);

/** Adds every key under a prefix at a block to `found`. */
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
 * Returns the storage of some pallets at a block.
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

/** Returns the keys whose values differ between two results of {@link storageOf}. */
export function changedKeys(before, after) {
	const keys = new Set([...before.keys(), ...after.keys()]);
	return [...keys].filter((key) => before.get(key) !== after.get(key));
}

/**
 * Writes the whole state of a block as a raw chain specification, as `caliber-node export-state` does of
 * a node that is stopped. Returns the number of keys.
 */
export async function exportState(api, block, file) {
	const found = new Map();
	await collect(api, '0x', block, found);
	const name = (await api.rpc.system.chain()).toString();
	const raw = { top: Object.fromEntries(found), childrenDefault: {} };
	await writeFile(file, JSON.stringify({ name, id: `state-of-${block}`, genesis: { raw } }));
	return found.size;
}

/** Returns the path of the tool for states and upgrades: `CALIBER_TRY_RUNTIME`, or the one beside the node. */
export const tryRuntimeBinary = (env = process.env) =>
	env.CALIBER_TRY_RUNTIME ?? join(dirname(nodeBinary(env)), 'caliber-try-runtime');

/** Runs that tool. Returns its output. */
export async function tryRuntime(...args) {
	const binary = tryRuntimeBinary();
	if (!existsSync(binary)) throw new Error(`no caliber-try-runtime at ${binary}: build it, or name it in CALIBER_TRY_RUNTIME`);
	try {
		return (await run(binary, args, { maxBuffer: 16 * 1024 * 1024 })).stdout;
	} catch (error) {
		throw new Error(`caliber-try-runtime ${args[0]}: ${error.stderr?.trim() || error.message}`);
	}
}
