// SPDX-License-Identifier: Apache-2.0
//
// Tests of a round of the keeper, and of the program's options.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff } from '../src/backoff.js';
import { options } from '../src/main.js';
import { Runner, simulate } from '../src/runner.js';

test('a failure should be waited out, longer each time, and forgotten after a success', () => {
	let now = 0;
	const backoff = new Backoff({ first: 10, most: 30, now: () => now });
	assert.equal(backoff.ready('a'), true);
	assert.deepEqual([backoff.failed('a'), backoff.failed('a'), backoff.failed('a')], [10, 20, 30]);
	now = 29;
	assert.equal(backoff.ready('a'), false);
	assert.equal(backoff.ready('b'), true);
	now = 30;
	assert.equal(backoff.ready('a'), true);
	backoff.succeeded('a');
	assert.equal(backoff.failed('a'), 10);
	backoff.succeeded('b', 5);
	assert.equal(backoff.ready('b'), false);
	now = 35;
	assert.equal(backoff.ready('b'), true);
	now = 100;
	backoff.prune();
	assert.equal(backoff.size, 0);
});

const collect = { call: 'credit.collect', args: [1], why: 'due' };
const settle = { call: 'vault.settle', args: [50], why: 'running' };

/** Returns a chain on which the named calls are refused or fail, and a record of the calls sent. */
function setting({ jobs = [collect, settle], refuses = {}, fails = {}, pooled = 4 } = {}) {
	const sent = [];
	const said = [];
	let now = 0;
	const call = (name) => (...args) => ({ signAsync: async (_, { nonce }) => ({ name, args, nonce }) });
	const account = { nonce: { toNumber: () => 3 }, data: { free: { toBigInt: () => 5n } } };
	const at = { query: { system: { account: async () => account } } };
	const api = {
		tx: { credit: { collect: call('credit.collect') }, vault: { settle: call('vault.settle') } },
		at: async () => at,
		rpc: {
			chain: { getHeader: async () => ({ hash: '0x01' }) },
			system: { accountNextIndex: async () => ({ toNumber: () => pooled }) },
		},
	};
	const simulated = [];
	const chain = {
		findJobs: async () => jobs,
		mortality: async () => ({}),
		simulate: async (_, __, signed) => {
			simulated.push(signed);
			return refuses[signed.name];
		},
		submit: async (_, signed) => {
			sent.push(signed);
			if (fails[signed.name] instanceof Error) throw fails[signed.name];
			return fails[signed.name];
		},
	};
	const open = (more = {}) =>
		new Runner({ pair: { address: '5x' }, say: (text) => said.push(text), backoff: new Backoff({ first: 10, now: () => now }), chain, ...more });
	return { api, open, sent, said, simulated, wait: (seconds) => (now += seconds) };
}

test('calls that are due should be sent, each with a nonce of its own beyond the pool', async () => {
	const { api, open, sent, said, simulated } = setting();
	const runner = open();
	const outcomes = await runner.round(api);
	assert.deepEqual(outcomes.map(({ outcome }) => outcome), ['sent', 'sent']);
	assert.deepEqual(sent.map(({ name, nonce }) => [name, nonce]), [['credit.collect', 4], ['vault.settle', 5]]);
	// The state does not know the pool.
	assert.deepEqual(simulated.map(({ nonce }) => nonce), [3, 3]);
	assert.equal(said[0], 'credit.collect(1): done (due)');
	assert.equal(runner.tally.of('vault.settle', 'sent'), 1);
	assert.equal(runner.tally.rounds, 1);
	assert.equal(runner.tally.balance, 5n);
});

test('a call that would fail should not be sent, take no nonce, and be tried again later', async () => {
	const { api, open, sent, simulated, wait } = setting({ refuses: { 'credit.collect': 'credit.NotDue' } });
	const runner = open();
	const outcomes = await runner.round(api);
	assert.deepEqual(outcomes.map(({ outcome, error }) => [outcome, error]), [['refused', 'credit.NotDue'], ['sent', undefined]]);
	assert.deepEqual(sent.map(({ name, nonce }) => [name, nonce]), [['vault.settle', 4]]);
	await runner.round(api);
	assert.equal(simulated.filter(({ name }) => name === 'credit.collect').length, 1);
	wait(10);
	await runner.round(api);
	assert.equal(simulated.filter(({ name }) => name === 'credit.collect').length, 2);
});

test('a failure on chain or on the way should be told and backed off', async () => {
	for (const failure of ['credit.ReserveEmpty', new Error('in no block after 120 s')]) {
		const { api, open, sent, said, wait } = setting({ jobs: [collect], fails: { 'credit.collect': failure } });
		const runner = open();
		assert.equal((await runner.round(api))[0].outcome, 'failed');
		assert.match(said[0], /^credit\.collect\(1\): (credit\.ReserveEmpty|in no block after 120 s); trying again in 10 s$/);
		assert.deepEqual(await runner.round(api), []);
		wait(10);
		await runner.round(api);
		assert.equal(sent.length, 2);
		assert.equal(runner.tally.of('credit.collect', 'failed'), 2);
	}
});

test('a dry run should send nothing', async () => {
	const { api, open, sent, said } = setting();
	const outcomes = await open({ dryRun: true }).round(api);
	assert.deepEqual(outcomes.map(({ outcome }) => outcome), ['would', 'would']);
	assert.equal(sent.length, 0);
	assert.equal(said[1], 'vault.settle(50): would be sent (running)');
});

test('without a key the jobs that may be due should be listed', async () => {
	const { api, open, sent, simulated } = setting();
	const outcomes = await open({ pair: undefined }).round(api);
	assert.deepEqual(outcomes.map(({ outcome }) => outcome), ['listed', 'listed']);
	assert.equal(sent.length + simulated.length, 0);
});

const FULL = { isErr: true, asErr: { isInvalid: true, asInvalid: { type: 'ExhaustsResources' } } };
const THROUGH = { isOk: true, asOk: { isErr: false } };

/** Returns a chain on which a call has one outcome in the block, and another in a rehearsal. */
function rehearsing(outcome, rehearsal) {
	const dryRunApi = rehearsal && {
		dryRunCall: async () => ({
			asOk: {
				executionResult: rehearsal.error ? { isErr: true, asErr: { error: { type: rehearsal.error } } } : { isErr: false },
				emittedEvents: (rehearsal.events ?? []).map((name) => ({ section: name.split('.')[0], method: name.split('.')[1] })),
			},
		}),
	};
	return {
		at: async () => ({ call: { dryRunApi } }),
		registry: { createType: () => outcome },
		rpc: { state: { call: async () => ({ toU8a: () => new Uint8Array() }) } },
	};
}
const signed = { toHex: () => '0x', signer: '5x', method: {} };

test('a call on a full block should be judged as if there was room', async () => {
	assert.equal(await simulate(rehearsing(FULL, {}), '0x01', signed), undefined);
	assert.equal(await simulate(rehearsing(FULL, { error: 'BadOrigin' }), '0x01', signed), 'BadOrigin');
	assert.equal(await simulate(rehearsing(FULL), '0x01', signed), 'ExhaustsResources');
});

test('a call that would change nothing should not go through', async () => {
	const effect = 'credit.ImpairmentSet';
	assert.equal(await simulate(rehearsing(THROUGH, { events: [effect] }), '0x01', signed, effect), undefined);
	assert.equal(await simulate(rehearsing(THROUGH, { events: ['system.Remarked'] }), '0x01', signed, effect), 'NothingWouldChange');
	assert.equal(await simulate(rehearsing(THROUGH), '0x01', signed), undefined);
});

test('a round should send no more than it may', async () => {
	const { api, open, sent } = setting();
	await open({ most: 1 }).round(api);
	assert.equal(sent.length, 1);
});

test('a job that rests after its success should be left alone for that long', async () => {
	const { api, open, sent, wait } = setting({ jobs: [{ ...collect, rest: 60 }] });
	const runner = open();
	await runner.round(api);
	wait(59);
	await runner.round(api);
	assert.equal(sent.length, 1);
	wait(1);
	await runner.round(api);
	assert.equal(sent.length, 2);
});

test('an account that cannot pay should be named once a round, and nothing sent', async () => {
	const { api, open, sent, said, wait } = setting({ refuses: { 'credit.collect': 'Payment', 'vault.settle': 'Payment' } });
	const runner = open();
	const outcomes = await runner.round(api);
	assert.deepEqual(outcomes.map(({ outcome }) => outcome), ['failed']);
	assert.equal(sent.length, 0);
	assert.deepEqual(said, ['credit.collect(1): 5x has 0.000000000005 CLBR, too little for the fee: send it some; trying again in 10 s']);
	wait(10);
	await runner.round(api);
	assert.equal(said.length, 2);
});

test('options should have working defaults and refuse nonsense', () => {
	const settings = options([]);
	assert.equal(settings.url, 'ws://127.0.0.1:9944');
	assert.equal(settings.interval, 12);
	assert.equal(settings.metricsPort, 9617);
	assert.equal(options(['--once']).metricsPort, 0);
	assert.equal(options(['--dry-run']).dryRun, true);
	assert.throws(() => options(['--interval', '0']), /whole number from 1/);
	assert.throws(() => options(['--metrics-port', '70000']), /to 65535/);
	assert.throws(() => options(['--seed', 'x', '--uri', 'y']), /either --seed or --uri/);
	assert.throws(() => options(['--urll', 'x']), /urll/);
});
