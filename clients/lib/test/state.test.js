// SPDX-License-Identifier: Apache-2.0
//
// Tests of reading and exporting a state.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { changedKeys, exportState, tryRuntimeBinary } from '../src/state.js';

/** Returns a chain that stores `pairs`, and gives its keys two at a time. */
function chainOf(pairs) {
	const keys = [...pairs.keys()].sort();
	const page = (prefix, count, from) => keys.filter((key) => key.startsWith(prefix) && (from === prefix || key > from)).slice(0, 2);
	return {
		rpc: {
			state: {
				getKeysPaged: async (...asked) => page(...asked).map((key) => ({ toHex: () => key, toString: () => key })),
				queryStorageAt: { raw: async (asked) => [{ changes: asked.map((key) => [`${key}`, pairs.get(`${key}`)]) }] },
			},
			system: { chain: async () => 'A chain' },
		},
	};
}

test('changed keys should be those that came, went or differ', () => {
	const before = new Map([['same', '1'], ['other', '1'], ['gone', '1']]);
	const after = new Map([['same', '1'], ['other', '2'], ['new', '1']]);
	assert.deepEqual(changedKeys(before, after).sort(), ['gone', 'new', 'other']);
});

test('exported state should hold every key of every page', async () => {
	const pairs = new Map([['0x01', '0xaa'], ['0x0102', '0xbb'], ['0x02', '0x'], ['0x3a', '0xcc'], ['0xff', '0xdd']]);
	const folder = await mkdtemp(join(tmpdir(), 'caliber-state-'));
	try {
		const file = join(folder, 'state.json');
		assert.equal(await exportState(chainOf(pairs), '0xb10c', file), 5);
		const { name, genesis } = JSON.parse(await readFile(file, 'utf8'));
		assert.equal(name, 'A chain');
		assert.deepEqual(new Map(Object.entries(genesis.raw.top)), pairs);
	} finally {
		await rm(folder, { recursive: true });
	}
});

test('the tool should be looked for beside the node, unless it is named', () => {
	assert.equal(tryRuntimeBinary({ CALIBER_NODE: '/a/b/caliber-node' }), '/a/b/caliber-try-runtime');
	assert.equal(tryRuntimeBinary({ CALIBER_NODE: '/a/caliber-node', CALIBER_TRY_RUNTIME: '/c/tool' }), '/c/tool');
});
