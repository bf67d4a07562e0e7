// SPDX-License-Identifier: Apache-2.0
//
// Tests of transactions and of the names of errors.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameDispatchError, send } from '../src/chain.js';

/** Returns a chain whose node counts only transactions in a block, and that refuses the named calls. */
function slowChain(refuses = [], heights = { best: 100, finalized: 98 }) {
	const nonces = [];
	const births = [];
	const pending = [];
	let included = 0;
	const at = async () => ({ query: { timestamp: { now: async () => ({ toBigInt: () => 6_000n }) } } });
	const api = {
		once: () => {},
		off: () => {},
		at,
		registry: { createType: (_, era) => era },
		rpc: {
			chain: {
				getHeader: async (hash) => ({ number: { toNumber: () => (hash === undefined ? heights.best : heights.finalized) } }),
				getFinalizedHead: async () => '0xf1',
				getBlockHash: async (number) => `hash of ${number}`,
			},
			system: { accountNextIndex: async () => ({ toNumber: () => included }) },
		},
	};
	const call = (name) => ({
		signAsync: async (signer, { nonce, era, blockHash }) => ({
			send: async (callback) => {
				if (refuses.includes(name)) throw new Error('1010: Invalid Transaction: Inability to pay some fees');
				nonces.push([name, nonce]);
				births.push([era.current, blockHash]);
				pending.push(() => callback({
					status: { isInBlock: true, isFinalized: false, asInBlock: { toHex: () => '0x01' } },
					events: [],
					txIndex: nonce,
					txHash: { toHex: () => '0x00' },
				}));
				return () => {};
			},
		}),
	});
	const block = () => {
		included += pending.length;
		for (const include of pending.splice(0)) include();
	};
	return { api, call, block, nonces, births };
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

test('a transaction that the pool knows already should be found in its block', async () => {
	const { api, nonces } = slowChain([], { best: 100, finalized: 98 });
	const hash = (text) => ({ text, eq: (other) => other.text === text, toHex: () => text });
	const record = (txIndex, method) => ({ phase: { isApplyExtrinsic: true, asApplyExtrinsic: { eq: (other) => other === txIndex } }, event: { section: 'vault', method, data: method } });
	Object.assign(api.rpc.chain, {
		getBlock: async (block) => ({ block: { extrinsics: (block.toHex() === '0x100' ? ['0xaa', '0xbb'] : ['0xaa']).map((text) => ({ hash: hash(text) })) } }),
		getBlockHash: async (number) => ({ toHex: () => `0x${number}` }),
	});
	const { timestamp } = (await api.at()).query;
	api.at = async () => ({ query: { timestamp, system: { events: async () => [record(0, 'Claimed'), record(1, 'Deposited')] } } });
	const known = {
		signAsync: async (signer, { nonce }) => ({
			hash: hash('0xbb'),
			send: async () => {
				nonces.push(nonce);
				throw new Error('1013: Transaction Already Imported: Any { .. }');
			},
		}),
	};
	const { block, index, find } = await send(api, { address: 'Bob' }, known);
	assert.deepEqual([block, index, find('vault', 'Deposited'), find('vault', 'Claimed'), nonces], ['0x100', 1, 'Deposited', undefined, [0]]);
});

test('a transaction should be born four blocks before the last finalized one, or near the head where finality lags', async () => {
	for (const [heights, birth] of [
		[{ best: 100, finalized: 98 }, 94],
		[{ best: 100, finalized: 92 }, 88],
		[{ best: 100, finalized: 10 }, 88],
		[{ best: 3, finalized: 3 }, 0],
	]) {
		const { api, call, block, births } = slowChain([], heights);
		const sent = send(api, { address: 'Bob' }, call('a'));
		await settled();
		block();
		await sent;
		assert.deepEqual(births, [[birth, `hash of ${birth}`]]);
	}
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
