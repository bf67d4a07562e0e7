// SPDX-License-Identifier: Apache-2.0
//
// Tests of the data files and of the models derived from them.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DATA_FOLDER } from '../src/series.js';

const { derive } = await import('../../../data/derive-models.mjs');
const { parseCsv } = await import('../../../data/csv.mjs');
const read = (file) => readFileSync(join(DATA_FOLDER, file));

test('models.json should be what the data files give', () => {
	assert.deepEqual(JSON.parse(read('models.json')), derive());
});

test('every figure of a model should name its source', () => {
	const beside = ['id', 'name', 'class', 'feeds', 'sources', 'reference_price_usd', 'release_date_unix', 'opex_per_hour_usd'];
	for (const model of derive().models) {
		for (const field of Object.keys(model).filter((name) => !beside.includes(name))) {
			assert.match(model.sources[field].basis, /^(quoted|derived|convention)$/, `${model.name}: ${field}`);
		}
	}
});

test('every model should be within the bounds of the chain', () => {
	for (const model of derive().models) {
		assert.ok(Buffer.byteLength(model.name) <= 64);
		assert.ok(BigInt(model.reference_price) > 0n);
		assert.equal(model.curve[0][0], 0);
		for (let at = 1; at < model.curve.length; at += 1) {
			assert.ok(model.curve[at][0] > model.curve[at - 1][0], 'ages rise');
			assert.ok(model.curve[at][1] <= model.curve[at - 1][1], 'factors fall');
		}
		const { new: whole, refurbished, used, as_is: asIs } = model.condition;
		assert.ok(whole <= 1e9 && whole >= refurbished && refurbished >= used && used >= asIs);
		assert.ok(BigInt(model.discount_rate) <= 10n ** 18n);
		assert.ok(model.max_advance_rate <= 800_000_000);
	}
});

test('the data files should be unchanged', () => {
	const listed = read('SHA256SUMS').toString().trim().split('\n').map((line) => line.split(/\s+/));
	for (const [sum, file] of listed) assert.equal(createHash('sha256').update(read(file)).digest('hex'), sum, file);
	const data = readdirSync(DATA_FOLDER).filter((file) => /\.(csv|json)$/.test(file) && file !== 'models.json');
	assert.deepEqual(listed.map(([, file]) => file).sort(), data.sort());
});

test('a CSV should be read by its header, quotes and line breaks included', () => {
	assert.deepEqual(parseCsv('a,b\r\n1,"x, ""y""\nz"\n\n,\n'), [
		{ a: '1', b: 'x, "y"\nz' },
		{ a: '', b: '' },
	]);
	assert.throws(() => parseCsv('a,b\n1\n'), /row 1 has 1 fields, the header 2/);
	assert.throws(() => parseCsv('a\n"1\n'), /cut off/);
	assert.throws(() => parseCsv(''), /no header line/);
});
