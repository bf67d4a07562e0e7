// SPDX-License-Identifier: Apache-2.0
//
// Tests of the metrics and of the exporter.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CATALOGUE } from '../src/catalogue.js';
import { bookMetrics, Exporter, scaled, titleStatus } from '../src/exporter.js';
import { metric, Metrics, parseMetrics } from '../src/metrics.js';
import { Tally } from '../src/runner.js';

const TWO = { a_total: { type: 'counter', help: 'All "a"\nthere are.' }, b: { type: 'gauge', help: 'B.' } };

test('samples should be written in families and read again', () => {
	const metrics = new Metrics(TWO);
	metrics.set('b', 1.5, { name: 'a "quoted" \\ name\nof two lines', line: 3 }).set('a_total', 7).set('b', -2).set('b', undefined).set('b', null);
	const text = metrics.text();
	assert.match(text, /^# HELP b B\.\n# TYPE b gauge\nb\{/);
	assert.match(text, /# HELP a_total All "a"\\nthere are\.\n# TYPE a_total counter\na_total 7\n$/);
	const samples = parseMetrics(text);
	assert.deepEqual(samples.map(({ name, value }) => [name, value]), [['b', 1.5], ['b', -2], ['a_total', 7]]);
	assert.deepEqual(samples[0].labels, { name: 'a "quoted" \\ name\nof two lines', line: '3' });
	assert.deepEqual(metrics.names(), ['b', 'a_total']);
});

test('a metric that no catalogue names should be refused', () => {
	assert.throws(() => new Metrics(TWO).set('c', 1), /not in the catalogue/);
	assert.throws(() => new Metrics({ 'no name': TWO.b }), /no name of a metric/);
});

test('the metrics of a node should be read', () => {
	const samples = parseMetrics(`# TYPE substrate_block_height gauge
substrate_block_height{status="best",chain="caliber-local"} 12
substrate_block_height{status="finalized",chain="caliber-local"} 9
substrate_ready +Inf
up 1 1700000000000
not a sample
`);
	assert.equal(metric(samples, 'substrate_block_height', { status: 'finalized' }), 9);
	assert.equal(metric(samples, 'substrate_block_height', { status: 'other' }), undefined);
	assert.equal(metric(samples, 'substrate_ready'), Infinity);
	assert.equal(metric(samples, 'up'), 1);
	assert.equal(samples.length, 4);
});

test('the catalogue should have a help and a fitting name for every metric', () => {
	for (const [name, { type, help }] of Object.entries(CATALOGUE)) {
		assert.match(name, /^caliber_/);
		assert.equal(type, name.endsWith('_total') ? 'counter' : 'gauge', name);
		assert.match(help, /\.$/, name);
	}
});

test('amounts should be scaled from numbers and hex', () => {
	assert.equal(scaled('0x00000000000000000de0b6b3a7640000'), 1);
	assert.equal(scaled(1_500_000, 6), 1.5);
	assert.equal(scaled(null), undefined);
	assert.equal(scaled(undefined), undefined);
});

test('a title should be suspended for good, or for the time of a brake', () => {
	const brake = { value: true, until: 100 };
	const title = (status, suspended) => ({ status, suspended });
	assert.equal(titleStatus(title('Active', { value: false, brake: null }), 99), 'Active');
	assert.equal(titleStatus(title('Active', { value: true, brake: null }), 99), 'Suspended');
	assert.equal(titleStatus(title('Active', { value: false, brake }), 99), 'Suspended');
	assert.equal(titleStatus(title('Active', { value: false, brake }), 100), 'Active');
	assert.equal(titleStatus(title('Lost', { value: true, brake: null }), 99), 'Lost');
});

test('the exporter should serve the last reading, and say when it is too old', async () => {
	const tally = new Tally();
	tally.count('credit.collect', 'sent');
	tally.count('credit.collect', 'sent');
	const exporter = new Exporter({ tally, patience: 60 });
	const port = await exporter.listen(0, '127.0.0.1');
	const get = (path, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method });
	try {
		assert.equal((await get('/health')).status, 503);
		const empty = parseMetrics(await (await get('/metrics')).text());
		assert.equal(metric(empty, 'caliber_exporter_up'), 0);
		assert.equal(metric(empty, 'caliber_exporter_reading_age_seconds'), Infinity);
		exporter.update(new Metrics(CATALOGUE).set('caliber_lines', 2, { state: 'Open' }));
		assert.equal((await get('/health')).status, 200);
		const answer = await get('/metrics?x=1');
		assert.match(answer.headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
		const samples = parseMetrics(await answer.text());
		assert.equal(metric(samples, 'caliber_exporter_up'), 1);
		assert.equal(metric(samples, 'caliber_lines', { state: 'Open' }), 2);
		assert.equal(metric(samples, 'caliber_keeper_calls_total', { call: 'credit.collect', outcome: 'sent' }), 2);
		assert.equal((await get('/other')).status, 404);
		assert.equal((await get('/metrics', 'POST')).status, 404);
	} finally {
		await exporter.close();
	}
});

test('the sums of the last round should be served, and nothing before the first', () => {
	const none = new Metrics(CATALOGUE);
	bookMetrics(none, null, 100);
	assert.deepEqual(none.names(), []);
	const usd = (amount) => `0x${(BigInt(amount) * 10n ** 18n).toString(16)}`;
	const round = {
		begun: 90,
		ended: 95,
		byState: [['Open', 2, usd(30_000)], ['Breached', 1, usd(10_000)]],
		overdue: usd(4_000),
		base: usd(42_000),
		debt: usd(30_000),
		debtWithoutBase: 0,
		coverage: '0x136dcc951d8c0000',
	};
	const metrics = new Metrics(CATALOGUE);
	bookMetrics(metrics, round, 100);
	const samples = parseMetrics(metrics.text());
	const value = (name, labels) => metric(samples, `caliber_book_${name}`, labels);
	assert.equal(value('outstanding_usd', { state: 'Open' }), 30_000);
	assert.equal(value('outstanding_usd', { state: 'Breached' }), 10_000);
	assert.equal(value('coverage'), 42_000 / 30_000);
	assert.deepEqual([value('overdue_usd'), value('debt_without_base_usd'), value('round_age_seconds')], [4_000, 0, 5]);
});
