// SPDX-License-Identifier: Apache-2.0
//
// Tests of a round of the feeder, and of the program's options.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TransactionError } from '@caliber/lib/chain';
import { asArguments, explain, feedRound, inGroups, isFinal, reported } from '../src/feed.js';
import { options } from '../src/main.js';

test('a report should be the recorded value for the operator in the middle', () => {
	assert.equal(reported(2_690n, 1, 3, 100), 2_690n);
	assert.equal(reported(10_000n, 0, 3, 100), 9_900n);
	assert.equal(reported(10_000n, 2, 3, 100), 10_100n);
	assert.equal(reported(10_000n, 2, 3, 0), 10_000n);
});

test('entries should be arguments of the call, in groups it accepts', () => {
	const entries = [0, 1, 2].map((id) => ({ key: { kind: 'Rental', id }, value: BigInt(id) }));
	assert.deepEqual(asArguments(entries)[2], [{ Rental: 2 }, 2n]);
	assert.deepEqual(inGroups(entries, 2).map((group) => group.length), [2, 1]);
	assert.deepEqual(inGroups([], 2), []);
});

test('an error should say what to do', () => {
	assert.match(explain(new TransactionError('appraisal.NotOperator', '')), /ask governance to add it/);
	assert.equal(explain(new TransactionError('appraisal.Other', 'docs')), 'appraisal.Other: docs');
});

test('a refusal by the chain should not be tried again', () => {
	assert.equal(isFinal(new TransactionError('appraisal.NotOperator', '', {})), true);
	assert.equal(isFinal(new TransactionError('appraisal.AlreadyFed', '', {})), false);
	assert.equal(isFinal(new TransactionError('Invalid Transaction: Stale', '')), false);
	assert.equal(isFinal(new Error('not in a block')), false);
});

test('options should have working defaults and refuse nonsense', () => {
	const settings = options([]);
	assert.equal(settings.url, 'ws://127.0.0.1:9944');
	assert.deepEqual(settings.series, ['primeintellect', 'gpurentalprices']);
	assert.equal(settings.interval, 60);
	assert.deepEqual(options(['--models', '0,3']).models, [0, 3]);
	assert.throws(() => options(['--interval', '0']), /whole number from 1/);
	assert.throws(() => options(['--from', 'July']), /give a date/);
	assert.throws(() => options(['--urll', 'x']), /urll/);
});

/** Returns a chain that puts every transaction in a block of its own, and refuses one account. */
function fakeChain({ refuses, most = 2 } = {}) {
	let height = 0;
	const fed = [];
	const data = (actualFee) => ({ section: 'transactionPayment', method: 'TransactionFeePaid', data: { actualFee } });
	return {
		fed,
		api: {
			once: () => {},
			off: () => {},
			registry: { createType: () => ({}) },
			rpc: {
				chain: {
					getHeader: async () => ({ number: { toNumber: () => height } }),
					getFinalizedHead: async () => '0x00',
					getBlockHash: async () => '0x00',
				},
				system: { accountNextIndex: async () => ({ toNumber: () => 0 }) },
			},
			consts: { oracle: { maxFeedValues: { toNumber: () => most } } },
			tx: {
				appraisal: {
					feed: (values) => ({
						signAsync: async (signer) => ({
							send: async (callback) => {
								if (signer.address === refuses) throw new Error('1010: Invalid Transaction: Inability to pay some fees');
								height += 1;
								fed.push([signer.address, values]);
								const block = height;
								setTimeout(() => callback({
									status: { isInBlock: true, isFinalized: false, asInBlock: { toHex: () => `0x${block}` } },
									events: [{ event: data({ toBigInt: () => 0n }) }],
									txIndex: 2,
									txHash: { toHex: () => '0x00' },
								}));
								return () => {};
							},
						}),
					}),
				},
			},
			at: async (block) => ({ query: { timestamp: { now: async () => ({ toBigInt: () => BigInt(block) * 6_000n }) } } }),
		},
	};
}
const OPERATORS = ['a', 'b', 'c'].map((address) => ({ address }));
const ENTRIES = [0, 1, 2].map((id) => ({ key: { kind: 'Rental', id }, value: 10_000n }));

test('a round should go through every operator, in groups, in the order of the chain', async () => {
	const chain = fakeChain();
	const { sent, failed } = await feedRound(chain.api, OPERATORS, ENTRIES, { spread: 100 });
	assert.equal(failed.length, 0);
	assert.deepEqual(sent.map(({ result }) => result.time), [...sent.map(({ result }) => result.time)].sort((a, b) => a - b));
	assert.equal(sent.length, 6);
	assert.deepEqual(chain.fed.filter(([who]) => who === 'a').map(([, values]) => values), [
		[[{ Rental: 0 }, 9_900n], [{ Rental: 1 }, 9_900n]],
		[[{ Rental: 2 }, 9_900n]],
	]);
});

test('a round should name the operator that failed and keep the others', async () => {
	const chain = fakeChain({ refuses: 'b' });
	const { sent, failed } = await feedRound(chain.api, OPERATORS, ENTRIES);
	assert.deepEqual([...new Set(sent.map(({ operator }) => operator.address))], ['a', 'c']);
	assert.deepEqual(failed.map(({ operator }) => operator.address), ['b']);
	assert.match(explain(failed[0].error), /cannot pay/);
});
