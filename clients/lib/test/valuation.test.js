// SPDX-License-Identifier: Apache-2.0

// The figures that the vault's tests in Rust are compared with are those that the second valuation
// works out.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../../../pallets/vault/src/tests/vectors/', import.meta.url);

test('the committed year of the vault is the one that the model works out', async () => {
	const { valuation } = await import(new URL('valuation.mjs', folder));
	const committed = readFileSync(new URL('valuation.csv', folder), 'utf8');
	const [ours, theirs] = [valuation().split('\n'), committed.split('\n')];
	ours.forEach((line, number) => assert.equal(theirs[number], line, `line ${number + 1}`));
	assert.equal(theirs.length, ours.length);
});
