// SPDX-License-Identifier: Apache-2.0
//
// Tests of transactions and of the names of errors.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameDispatchError, send } from '../src/chain.js';

/** Returns a chain whose node counts only transactions in a block, and that refuses the named calls. */
function slowChain(refuses = []) {
	const nonces = [];
	const pending = [];
	let included = 0;
	const at = async () => ({ query: { timestamp: { now: async () => ({ toBigInt: () => 6_000n }) } } });
	const api = {
		once: () => {},
		off: () => {},
		at,
		rpc: { system: { accountNextIndex: async () => ({ toNumber: () => included }) } },
	};
	const call = (name) => ({
		signAndSend: async (signer, { nonce }, callback) => {
			if (refuses.includes(name)) throw new Error('1010: Invalid Transaction: Inability to pay some fees');
			nonces.push([name, nonce]);
			pending.push(() => callback({
				status: { isInBlock: true, isFinalized: false, asInBlock: { toHex: () => '0x01' } },
				events: [],
				txIndex: nonce,
				txHash: { toHex: () => '0x00' },
			}));
			return () => {};
		},
	});
	const block = () => {
		included += pending.length;
		for (const include of pending.splice(0)) include();
	};
	return { api, call, block, nonces };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test('transactions sent at once should take one nonce after the other', async () => {
	const { api, call, block, nonces } = slowChain();
	const sent = ['a', 'b', 'c'].map((name) => send(api, { address: 'Bob' }, call(name)));
	await settled();
	block();
	assert.deepEqual((await Promise.all(sent)).map(({ index }) => index), [0, 1, 2]);
	assert.deepEqual(nonces, [['a', 0], ['b', 1], ['c', 2]]);
	const next = send(api, { address: 'Bob' }, call('d'));
	await settled();
	block();
	assert.equal((await next).index, 3);
});

test('a transaction that the pool refuses should leave its nonce to the next', async () => {
	const { api, call, block, nonces } = slowChain(['b']);
	const sent = ['a', 'b', 'c'].map((name) => send(api, { address: 'Bob' }, call(name)).catch((error) => error.name));
	await settled();
	block();
	const [first, refused, last] = await Promise.all(sent);
	assert.deepEqual([first.index, refused, last.index], [0, 'Invalid Transaction: Inability to pay some fees', 1]);
	assert.deepEqual(nonces, [['a', 0], ['c', 1]]);
});

test('an error that carries a variant should be named with it', () => {
	const reasons = ['Unknown', 'NotActive', 'Encumbered', 'CustodyStale'];
	const metas = [
		{ section: 'titles', name: 'UnknownTitle', docs: ['No such title.'], fields: [] },
		{ section: 'titles', name: 'Ineligible', docs: ['The title may not secure a line.'], fields: [{ type: 7 }] },
	];
	const api = {
		registry: { findMetaError: ({ error }) => metas[error.toU8a()[0]], createLookupType: (type) => `Lookup${type}` },
		createType: (type, bytes) => ({ type: type === 'Lookup7' && reasons[bytes[0]] }),
	};
	const failure = (...bytes) => ({ isModule: true, asModule: { error: { toU8a: () => Uint8Array.from(bytes) } } });
	assert.deepEqual(nameDispatchError(api, failure(0, 0, 0, 0)), { name: 'titles.UnknownTitle', docs: 'No such title.' });
	assert.equal(nameDispatchError(api, failure(1, 3, 0, 0)).name, 'titles.Ineligible.CustodyStale');
});
