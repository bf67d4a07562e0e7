// SPDX-License-Identifier: Apache-2.0
//
// Tests of the recorded series and of the rounds made of them.

import assert from 'node:assert/strict';
import { mkdtemp, cp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { usd } from '@caliber/lib/amounts';
import { billPrices, DATA_FOLDER, loadRounds, rentalByDay, resalePoints, usdcPrices, utilisationPoints } from '../src/series.js';

const MODELS = [
	{
		id: 7,
		name: 'Model seven',
		feeds: { primeintellect: 'SEVEN', gpurentalprices: 'seven', resale: { model: 'Seven', asOf: '2026-Q1' }, utilisation: 'Panel seven' },
	},
	{ id: 8, name: 'Model eight', feeds: { primeintellect: null, gpurentalprices: null, resale: null, utilisation: null } },
];
const rental = (over) => ({ date: '2026-07-05', gpu: 'seven', kind: 'firm', median_usd_h: '3.64', ...over });

test('rental prices should be exact and carry their row', () => {
	const days = rentalByDay([rental({ gpu: 'other' }), rental({})], 'gpurentalprices', MODELS);
	assert.deepEqual([...days], [
		['2026-07-05', [{ key: { kind: 'Rental', id: 7 }, value: usd('3.64'), from: 'rental_gpurentalprices_daily_2026.csv row 2' }]],
	]);
});

test('rental prices should leave out interruptible offers and unknown prices', () => {
	const rows = [rental({ kind: 'interruptible' }), rental({ median_usd_h: '' })];
	assert.equal(rentalByDay(rows, 'gpurentalprices', MODELS).size, 0);
});

test('rental prices should name the row when a price is zero or no number', () => {
	assert.throws(() => rentalByDay([rental({ median_usd_h: '0' })], 'gpurentalprices', MODELS), /row 1: a price of zero/);
	assert.throws(() => rentalByDay([rental({ median_usd_h: '-1' })], 'gpurentalprices', MODELS), /row 1: "-1" is not an amount/);
	assert.throws(() => rentalByDay([rental({ date: '5 July' })], 'gpurentalprices', MODELS), /row 1: "5 July" is not a date/);
});

test('resale should be the low end of a range and a point where there is one', () => {
	const row = { model: 'Seven', as_of: '2026-Q1', low_usd: '22000', high_usd: '25000', point_usd: '' };
	const [{ key, value }] = resalePoints([row], MODELS);
	assert.deepEqual(key, { kind: 'Resale', id: 7 });
	assert.equal(value, usd('22000'));
	assert.equal(resalePoints([{ ...row, point_usd: '20000' }], MODELS)[0].value, usd('20000'));
	assert.throws(() => resalePoints([{ ...row, as_of: '2025' }], MODELS), /no row for Model seven/);
});

test('utilisation should be a share of the whole', () => {
	const row = { scope: 'Panel seven', metric: 'gpu_occupancy_share', value: '0.8809' };
	assert.equal(utilisationPoints([row], MODELS)[0].value, 880_900_000_000_000_000n);
	assert.equal(utilisationPoints([{ ...row, value: '0' }], MODELS)[0].value, 0n);
	assert.throws(() => utilisationPoints([{ ...row, value: '1.01' }], MODELS), /more than the whole/);
});

test('prices of USDC should keep all eight decimals', () => {
	assert.equal(usdcPrices([{ usdc_usd: '0.95400001' }])[0].value, 954_000_010_000_000_000n);
});

test('the shipped data should replay day by day, oldest first', async () => {
	const rounds = await loadRounds();
	assert.equal(rounds.length, 29 + 49);
	assert.deepEqual(rounds.map(({ date }) => date), rounds.map(({ date }) => date).sort());
	const first = Object.fromEntries(rounds[0].entries.map(({ key, value }) => [`${key.kind} ${key.id}`, value]));
	assert.equal(rounds[0].date, '2025-10-19');
	assert.equal(first['Rental 0'], usd('1.99'));
	assert.equal(first['Resale 0'], usd('22000'));
	assert.equal(first['Utilisation 0'], usd('0.8809'));
	const last = Object.fromEntries(rounds.at(-1).entries.map(({ key, value }) => [`${key.kind} ${key.id}`, value]));
	assert.equal(last['Rental 0'], usd('3.27'));
	assert.equal(last['Rental 4'], usd('1.57'));
});

test('a replay should keep to its days, series and models', async () => {
	const rounds = await loadRounds({ series: ['gpurentalprices'], from: '2026-08-21', to: '2026-08-22', models: [0], usdc: true });
	assert.deepEqual(rounds.map(({ date }) => date), ['2026-08-21', '2026-08-22']);
	assert.deepEqual(
		rounds[1].entries.map(({ key }) => `${key.kind} ${key.id}`),
		['Rental 0', 'Resale 0', 'Utilisation 0', 'Price 1'],
	);
});

test('the stablecoins of the peg should be at a dollar, USDC by its record where asked', async () => {
	const prices = (rounds) => rounds[0].entries.filter(({ key }) => key.kind === 'Price').map(({ key, value }) => [key.id, value]);
	assert.deepEqual(prices(await loadRounds({ peg: true })), [[1, usd('1')], [2, usd('1')], [3, usd('1')]]);
	const [usdt, pyusd, usdc] = prices(await loadRounds({ peg: true, usdc: true }));
	assert.deepEqual([usdt, pyusd], [[2, usd('1')], [3, usd('1')]]);
	assert.deepEqual([usdc[0], usdc[1] !== usd('1')], [1, true]);
});

test('every day of the shipped data should name a key once', async () => {
	for (const { date, entries } of await loadRounds({ peg: true, usdc: true, bills: true })) {
		const keys = entries.map(({ key }) => `${key.kind} ${key.id}`);
		assert.equal(new Set(keys).size, keys.length, date);
	}
});

test('loading should say what to do when there is nothing', async () => {
	await assert.rejects(loadRounds({ from: '2030-01-01' }), /no data from 2030-01-01 to the end/);
	await assert.rejects(loadRounds({ series: ['vast'] }), /no series "vast"/);
	await assert.rejects(loadRounds({ folder: join(tmpdir(), 'no-such-folder') }), /give the data folder with --data/);
});

test('loading should name the file that is cut off', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'caliber-data-'));
	try {
		await cp(DATA_FOLDER, folder, { recursive: true });
		await writeFile(join(folder, 'rental_primeintellect_daily_2025q4.csv'), 'date,gpu\n2025-10-19\n');
		await assert.rejects(loadRounds({ folder }), /rental_primeintellect_daily_2025q4.csv: row 1 has 1 fields/);
	} finally {
		await rm(folder, { recursive: true });
	}
});

test('bills should grow by the yield of the day before, weekends included', () => {
	const rows = [
		{ date: '2026-01-01', dgs3mo_pct: '' },
		{ date: '2026-01-02', dgs3mo_pct: '3.65' },
		{ date: '2026-01-05', dgs3mo_pct: '7.30' },
		{ date: '2026-01-06', dgs3mo_pct: '' },
	];
	const prices = billPrices(rows);
	const values = [...prices].map(([date, { value }]) => [date, value]);
	assert.deepEqual(values, [
		['2026-01-01', usd('1')],
		['2026-01-02', usd('1')],
		['2026-01-03', usd('1.0001')],
		['2026-01-04', usd('1.00020001')],
		['2026-01-05', usd('1.000300030001')],
		['2026-01-06', usd('1.0005000900070002')],
	]);
	assert.throws(() => billPrices([{ date: '5 July', dgs3mo_pct: '1' }]), /row 1: "5 July" is not a date/);
});

test('rounds should carry the price of the bills on their day where asked', async () => {
	const rounds = await loadRounds({ from: '2025-10-19', to: '2025-10-20', series: ['primeintellect'], bills: true });
	const bills = rounds.map(({ entries }) => entries.filter(({ key }) => key.kind === 'Price' && key.id === 10));
	assert.deepEqual(bills.map((list) => list.length), [1, 1]);
	assert.ok(bills[1][0].value > bills[0][0].value);
});
