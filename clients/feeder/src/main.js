#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// Program of the feeder, for oracle operators: replays recorded GPU prices into the chain's feeds.

import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { formatAmount } from '@caliber/lib/amounts';
import { connect, keyring } from '@caliber/lib/chain';
import { governed } from '@caliber/lib/governance';
import { accepted, explain, feedRound, isFinal, keyName } from './feed.js';
import { DATA_FOLDER, loadRounds, RENTAL_SERIES } from './series.js';
import { lastDay, remaining, remember } from './state.js';

const HELP = `Feeds recorded GPU prices to a Caliber chain, one day of data a round.

  npm run feeder -- [options]

  --url URL          node (default ws://127.0.0.1:9944)
  --seeds FILE       secret URIs of the operators, one a line
  --uri URI          secret URI of an operator; may be repeated
                     (default on a development chain: its three operators)
  --data FOLDER      data folder (default ${DATA_FOLDER})
  --series NAME      ${Object.keys(RENTAL_SERIES).join(' or ')}; may be repeated (default both)
  --models IDS       models to feed, such as 0,1,3 (default all of models.json)
  --from DATE        first day, inclusive      --to DATE   last day, inclusive
  --interval SECONDS between rounds (default 60)
  --once             one round, then end
  --hold             after the last day go on feeding it, so that values stay fresh
  --spread BPS       how far neighbouring operators' reports lie apart (default 0)
  --peg              also feed the stablecoins of the peg at a dollar
  --usdc             also replay the recorded prices of USDC
  --bills            also replay the price of the Treasury-bill token, by its recorded yields
  --wait             wait for a node that has not started yet
  --state FILE       remember the last day fed there, and go on after it
  --help
`;

const DEVELOPMENT_OPERATORS = ['//Alice//stash', '//Bob//stash', '//Charlie//stash'];
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const say = (message) => console.log(`${new Date().toISOString()} ${message}`);

/** Returns an option that has to be a whole number from `least` on. */
function wholeNumber(name, text, least) {
	const value = Number(text);
	if (!Number.isInteger(value) || value < least) throw new Error(`--${name} ${text}: give a whole number from ${least}`);
	return value;
}

function day(name, text) {
	if (text !== undefined && !/^\d{4}-\d\d-\d\d$/.test(text)) throw new Error(`--${name} ${text}: give a date such as 2026-07-05`);
	return text;
}

export function options(argv) {
	const { values } = parseArgs({
		args: argv,
		options: {
			url: { type: 'string', default: 'ws://127.0.0.1:9944' },
			seeds: { type: 'string' },
			uri: { type: 'string', multiple: true },
			data: { type: 'string', default: DATA_FOLDER },
			series: { type: 'string', multiple: true },
			models: { type: 'string' },
			from: { type: 'string' },
			to: { type: 'string' },
			interval: { type: 'string', default: '60' },
			once: { type: 'boolean', default: false },
			hold: { type: 'boolean', default: false },
			spread: { type: 'string', default: '0' },
			peg: { type: 'boolean', default: false },
			usdc: { type: 'boolean', default: false },
			bills: { type: 'boolean', default: false },
			wait: { type: 'boolean', default: false },
			state: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	return {
		...values,
		series: values.series ?? Object.keys(RENTAL_SERIES),
		models: values.models?.split(',').map((id) => wholeNumber('models', id, 0)),
		from: day('from', values.from),
		to: day('to', values.to),
		interval: wholeNumber('interval', values.interval, 1),
		spread: wholeNumber('spread', values.spread, 0),
	};
}

/** Returns the secret URIs of the operators. */
async function secrets({ seeds, uri }, chain) {
	if (seeds !== undefined) {
		const lines = (await readFile(seeds, 'utf8')).split('\n').map((line) => line.trim());
		const given = lines.filter((line) => line !== '' && !line.startsWith('# '));
		if (given.length === 0) throw new Error(`${seeds} names no operator: write one secret URI a line`);
		return given;
	}
	if (uri !== undefined) return uri;
	if (chain.isDevelopment) return DEVELOPMENT_OPERATORS;
	throw new Error('this is no development chain: name the operators with --seeds or --uri');
}

/** Connection to a node that may go away: connects again when the node is back. */
class Node {
	#api;
	#patient;

	/**
	 * @param {string} url
	 * @param {boolean} patient true to wait for a node that has not started yet
	 */
	constructor(url, patient) {
		this.url = url;
		this.#patient = patient;
	}

	/** Returns the connection. A node that was connected before is waited for without limit. */
	async api() {
		if (this.#api?.isConnected) return this.#api;
		const again = this.#api !== undefined;
		if (again) say(`${this.url} went away; waiting for it`);
		await this.close();
		do {
			this.#api = await connect(this.url).catch((error) => {
				if (!again && !this.#patient) throw error;
				return undefined;
			});
		} while (this.#api === undefined);
		if (again) say(`connected to ${this.url} again`);
		if (!this.#api.tx.appraisal?.feed) throw new Error(`${this.url} is no Caliber chain: it has no appraisal`);
		return this.#api;
	}

	async close() {
		await this.#api?.disconnect().catch(() => {});
	}
}

/** Feeds a round until enough operators have fed it, without limit while the node is away. */
async function feedSurely(node, operators, round, settings, enough) {
	for (let wait = 1; ; wait = Math.min(wait * 2, 60)) {
		const { sent, failed } = await feedRound(await node.api(), operators, round.entries, settings);
		for (const { operator, error } of failed) say(`${operator.meta.name}: ${explain(error)}`);
		const through = new Set(sent.map(({ operator }) => operator.address)).size;
		if (through >= enough) return;
		if (failed.some(({ error }) => isFinal(error))) throw new Error('the chain refuses what it is fed, and would again: see above');
		say(`${round.date}: ${through} of ${enough} operators needed; trying again in ${wait} s`);
		await sleep(wait * 1_000);
	}
}

async function report(api, round) {
	const parts = await Promise.all(
		round.entries.map(async ({ key, value }) => {
			const now = await accepted(api, key);
			const fed = `${keyName(key)} ${formatAmount(value, 18, 6)}`;
			if (now === undefined) return `${fed} (nothing accepted yet)`;
			return now.value === value ? fed : `${fed} (accepted ${formatAmount(now.value, 18, 6)})`;
		}),
	);
	say(`${round.date}: ${parts.join(', ')}`);
}

async function run(settings) {
	let rounds = await loadRounds({ ...settings, folder: settings.data });
	const done = await lastDay(settings.state);
	rounds = remaining(rounds, done, settings.hold);
	if (rounds.length === 0) return say(`all days to ${done} are fed; nothing to do`);
	if (done !== undefined) say(`going on after ${done}`);
	if (settings.once) rounds = rounds.slice(0, 1);

	const node = new Node(settings.url, settings.wait);
	try {
		const api = await node.api();
		const pair = await keyring();
		const operators = (await secrets(settings, { isDevelopment: (await api.rpc.system.chain()).toString().includes('Development') }))
			.map((uri) => pair(uri, uri.startsWith('//') ? uri.slice(2) : 'operator'));
		for (const operator of operators) {
			if (operator.meta.name === 'operator') operator.setMeta({ name: operator.address });
		}
		// A single operator cannot move a price, and need not wait for others.
		const minimum = Number(await governed(api, 'Appraisal', 'MinFeeders'));
		const enough = Math.min(operators.length, minimum);
		say(`${operators.length} operators, ${rounds.length} days from ${rounds[0].date}, values need ${minimum} operators`);
		for (let at = 0; ; at += 1) {
			const round = rounds[Math.min(at, rounds.length - 1)];
			await feedSurely(node, operators, round, settings, enough);
			await remember(settings.state, round.date);
			await report(await node.api(), round);
			if (settings.once || (at >= rounds.length - 1 && !settings.hold)) return;
			await sleep(settings.interval * 1_000);
		}
	} finally {
		await node.close();
	}
}

if (process.argv[1] !== undefined && pathToFileURL(realpathSync(process.argv[1])).href === import.meta.url) {
	try {
		const settings = options(process.argv.slice(2));
		if (settings.help) console.log(HELP);
		else await run(settings);
	} catch (error) {
		console.error(`feeder: ${explain(error)}`);
		process.exitCode = 1;
	}
}
