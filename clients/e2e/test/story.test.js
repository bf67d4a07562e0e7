// SPDX-License-Identifier: Apache-2.0
//
// Tests of the story and of the lists of steps.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GOVERNANCE } from '../src/governance.js';
import { LIFE } from '../src/life.js';
import { REFUSALS } from '../src/refusals.js';
import { SAVERS } from '../src/savers.js';
import { Story } from '../src/story.js';
import { TITLES } from '../src/titles.js';
import { TROUBLE } from '../src/trouble.js';

test('a story should count what agrees and say what does not', async () => {
	const lines = [];
	const story = new Story((line) => lines.push(line));
	await story.step('A step', async () => {
		assert.equal(story.check('a figure', 5n, 5n), true);
		assert.equal(story.check('a list', [1n, 'x'], [1n, 'x']), true);
		assert.equal(story.check('a price', 5n, 6n), false);
	});
	story.end();
	assert.deepEqual(lines, [
		'\n 1  A step',
		'  ✗ a price: the chain says "5", computed "6"',
		'  ✓ 2 figures agree to the unit',
		'\n2 passed, 1 failed',
	]);
});

test('a number and an amount should never agree', () => {
	const story = new Story(() => {});
	assert.equal(story.check('a figure', 5n, 5), false);
	assert.equal(story.check('a figure', undefined, 0n), false);
});

test('every refusal should hang on a step of the life', () => {
	const steps = LIFE.map(({ id }) => id);
	assert.equal(new Set(steps).size, steps.length);
	for (const id of Object.keys(REFUSALS)) assert.ok(steps.includes(id), id);
});

test('every step of every chapter should have a title of its own', () => {
	const steps = [...LIFE, ...TITLES, ...GOVERNANCE, ...TROUBLE, ...SAVERS];
	assert.equal(new Set(steps.map(({ title }) => title)).size, steps.length);
	for (const { run } of steps) assert.equal(typeof run, 'function');
});
