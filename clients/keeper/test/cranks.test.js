// SPDX-License-Identifier: Apache-2.0
//
// Tests of the jobs that the keeper finds.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CALLS, claimJobs, findJobs, jobKey, lineJobs, taskJobs, titleJobs, variant } from '../src/cranks.js';

const line = (state, more = {}) => ({ state, reserve: '0x00', outstanding: 100, loans: [], ...more });
const calls = (jobs) => jobs.map(({ call }) => call);

test('tasks that the runtime names should be done once their time has come', () => {
	const works = [
		{ from: 10, task: { collect: { line: 3, number: 1 } } },
		{ from: 11, task: { settleAuction: 4 } },
		{ from: '0x0c', task: { declareDefault: { line: 3, number: 2 } } },
		{ from: 1, task: { somethingNew: 4 } },
	];
	assert.deepEqual(taskJobs(works, 9), []);
	assert.deepEqual(taskJobs(works, 10).map(jobKey), ['credit.collect(3/1)']);
	assert.deepEqual(taskJobs(works, 12).map(jobKey), ['credit.collect(3/1)', 'credit.settleAuction(4)', 'credit.declareDefault(3/2)']);
	const others = ['declareUncured', 'startAuction', 'applyInsuranceProceeds'].map((name) => ({ from: 0, task: { [name]: 1 } }));
	assert.deepEqual(calls(taskJobs(others, 0)), ['credit.declareUncured', 'credit.startAuction', 'credit.applyInsuranceProceeds']);
});

test('a breach of an open line should be declared when the runtime says what is broken', () => {
	assert.deepEqual(lineJobs(1, line('Open'), { breachNow: null }, 10), []);
	assert.deepEqual(lineJobs(1, line('Open'), null, 10), []);
	const [job] = lineJobs(1, line('Open'), { breachNow: { title: [4, 'CustodyStale'] } }, 10);
	assert.equal(job.call, 'credit.declareBreach');
	assert.equal(job.why, 'broken: title:[4,CustodyStale]');
	const [ofVariants] = lineJobs(1, line('Open'), { breachNow: { title: [4, { custodyStale: null }] } }, 10);
	assert.equal(ofVariants.why, 'broken: title:[4,custodyStale]');
});

test('capital should be released once the availability has ended', () => {
	const terms = { availabilityEnd: 100 };
	assert.deepEqual(lineJobs(1, line('Open', { juniorLocked: 5, terms }), null, 99), []);
	assert.deepEqual(calls(lineJobs(1, line('Open', { juniorLocked: 5, terms }), null, 100)), ['credit.releaseCapital']);
	assert.deepEqual(lineJobs(1, line('Open', { juniorLocked: 0, terms }), null, 100), []);
});

test('a breach should be cured once no covenant is broken', () => {
	assert.deepEqual(calls(lineJobs(1, line('Breached'), { breachNow: null }, 49)), ['credit.cure', 'credit.reassess']);
	assert.deepEqual(calls(lineJobs(1, line('Breached'), { breachNow: 'Coverage' }, 49)), ['credit.reassess']);
});

test('a line in default should be cured where it can be', () => {
	assert.deepEqual(calls(lineJobs(1, line('Defaulted'), null, 0)), ['credit.cure', 'credit.reassess']);
	assert.deepEqual(calls(lineJobs(1, line('Liquidating'), null, 0)), ['credit.reassess']);
	assert.deepEqual(lineJobs(1, line('Closed'), null, 0), []);
});

test('an offer should be withdrawn when it has expired', () => {
	assert.deepEqual(lineJobs(1, line('Offered', { expiresAt: 20 }), null, 19), []);
	assert.deepEqual(calls(lineJobs(1, line('Offered', { expiresAt: 20 }), null, 20)), ['credit.withdrawOffer']);
});

test('closed windows should be settled, and the round be turned for which they wait', () => {
	const jobs = (task) => taskJobs([{ from: 5, task }], 5).map(jobKey);
	assert.deepEqual(jobs({ startSettlement: null }), ['vault.startSettlement()']);
	assert.deepEqual(jobs({ settle: null }), ['vault.settle(50)']);
	assert.deepEqual(jobs({ turnRound: null }), ['credit.turnRound(20)']);
});

test('what owners and dealers have to do should be left to them', () => {
	assert.deepEqual(taskJobs([{ from: 1, task: { claim: 7 } }, { from: 1, task: { fillOffer: 'Sells' } }], 5), []);
});

test('what a basket could not pay should be claimed for whoever has the claim', () => {
	const [job, ...more] = claimJobs([{ keys: [{ parents: 1, interior: 'here' }, '5Saver'], value: '0x05' }]);
	assert.deepEqual([job.call, job.args, more], ['reserves.claimBasket', [{ parents: 1, interior: 'here' }, '5Saver'], []]);
	assert.equal(jobKey(job), 'reserves.claimBasket({"parents":1,"interior":"here"}, "5Saver")');
	assert.deepEqual(claimJobs([]), []);
});

test('policies and appraisals that are over should be removed from a title', () => {
	const policy = (expiresAt, cancelledAt = null, claimed = 0) => ({ id: 1, terms: { expiresAt, limit: '0x64' }, cancelledAt, claimed });
	assert.deepEqual(titleJobs(7, [policy(10)], [], 10), []);
	assert.deepEqual(titleJobs(7, [policy(10, null, 99)], [], 10), []);
	assert.deepEqual(titleJobs(7, [policy(10, null, '0x64')], [], 10).map(jobKey), ['titles.removePolicy(7, 1)']);
	assert.deepEqual(titleJobs(7, [policy(10)], [], 11).map(jobKey), ['titles.removePolicy(7, 1)']);
	assert.deepEqual(titleJobs(7, [policy(10, 5)], [], 6).map(jobKey), ['titles.removePolicy(7, 1)']);
	assert.deepEqual(titleJobs(7, [], [{ id: 2, validUntil: 10 }], 10), []);
	assert.deepEqual(titleJobs(7, [], [{ id: 2, validUntil: 10 }], 11).map(jobKey), ['titles.withdrawAppraisal(7, 2)']);
});

test('an enum should be named as the runtime names it', () => {
	assert.equal(variant('Open'), 'Open');
	assert.equal(variant({ breached: { since: 1 } }), 'Breached');
	assert.equal(variant(null), undefined);
});

test('a job should be known by its call and its arguments', () => {
	assert.equal(jobKey({ call: 'credit.collect', args: [3] }), 'credit.collect(3)');
	assert.equal(jobKey({ call: 'vault.startSettlement', args: [] }), 'vault.startSettlement()');
});

test('the page for operators should name every call, and no other', () => {
	const page = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
	const named = [];
	for (const [, cell] of page.matchAll(/^\| (`.*?) \|/gm)) {
		let pallet;
		for (const [, name] of cell.matchAll(/`([^`]+)`/g)) {
			const [first, second] = name.split('.');
			if (second !== undefined) pallet = first;
			named.push(`${pallet}.${second ?? first}`);
		}
	}
	assert.deepEqual(named.sort(), [...CALLS].sort());
});

/** Returns a value as the library does. */
const codec = (value) => ({ toJSON: () => value });

/** Returns a chain with one late line and a closed redemption window. */
function chain({ broken = false } = {}) {
	const record = line('Open', { reserve: 5, loans: [{ number: 7 }] });
	return {
		query: {
			credit: {
				lines: {
					entries: async () => {
						if (broken) throw new Error('no state');
						return [[{ args: [codec(2)] }, codec(record)]];
					},
				},
			},
			timestamp: { now: async () => ({ toBigInt: () => 5_000n }) },
			vault: {},
		},
		call: {
			creditApi: {
				line: async () => codec({ breachNow: 'Coverage' }),
				dueForWork: async () => codec([{ from: 5, task: { collect: { line: 2, number: 7 } } }, { from: 5, task: { startSettlement: null } }, { from: 6, task: { settleAuction: 3 } }]),
			},
		},
	};
}

test('jobs should be found in every area, and only of calls that the runtime has', async () => {
	const api = { tx: { credit: { collect: () => {}, declareBreach: () => {} }, vault: { startSettlement: () => {} } } };
	const jobs = await findJobs(api, chain(), assert.fail);
	assert.deepEqual(jobs.map(jobKey), ['credit.collect(2/7)', 'vault.startSettlement()', 'credit.declareBreach(2)']);
});

test('an area that cannot be read should leave the others', async () => {
	const api = { tx: { credit: { collect: () => {} }, vault: { startSettlement: () => {} } } };
	const errors = [];
	const jobs = await findJobs(api, chain({ broken: true }), (area, error) => errors.push(`${area}: ${error.message}`));
	assert.deepEqual(errors, ['credit: no state']);
	assert.deepEqual(jobs.map(jobKey), ['credit.collect(2/7)', 'vault.startSettlement()']);
});
