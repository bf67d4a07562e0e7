#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// Program of the keeper: a round every few seconds, and metrics for Prometheus.

import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { connect, keyring } from '@caliber/lib/chain';
import { Exporter, readMetrics } from './exporter.js';
import { Runner } from './runner.js';

const HELP = `Calls what anyone may call once it is due: collects installments, declares breaches and defaults,
runs auctions and settlements, pays claims of baskets. Serves the chain's metrics to Prometheus.

  npm run keeper -- [options]

  --url URL            node (default ws://127.0.0.1:9944)
  --seed FILE          secret URI of the account that pays the fees, on the file's first line
  --uri URI            the same, on the command line: for development
                       (default on a development chain: //One; elsewhere, without a key, nothing is sent)
  --interval SECONDS   between rounds (default 12)
  --most CALLS         sent in a round (default 20)
  --once               one round, then end: 1 if a call failed
  --dry-run            simulate, and say what would be sent
  --metrics-port PORT  serve /metrics and /health there (default 9617; 0 for none)
  --metrics-host HOST  (default 127.0.0.1)
  --metrics-only       send nothing, serve the metrics
  --help
`;

const DEVELOPMENT_KEY = '//One';
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const say = (message) => console.log(`${new Date().toISOString()} ${message}`);

function wholeNumber(name, text, least, most = Number.MAX_SAFE_INTEGER) {
	const value = Number(text);
	if (!Number.isInteger(value) || value < least || value > most) {
		throw new Error(`--${name} ${text}: give a whole number from ${least}${most < 1e6 ? ` to ${most}` : ''}`);
	}
	return value;
}

export function options(argv) {
	const { values } = parseArgs({
		args: argv,
		options: {
			url: { type: 'string', default: 'ws://127.0.0.1:9944' },
			seed: { type: 'string' },
			uri: { type: 'string' },
			interval: { type: 'string', default: '12' },
			most: { type: 'string', default: '20' },
			once: { type: 'boolean', default: false },
			'dry-run': { type: 'boolean', default: false },
			'metrics-port': { type: 'string', default: '9617' },
			'metrics-host': { type: 'string', default: '127.0.0.1' },
			'metrics-only': { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.seed !== undefined && values.uri !== undefined) throw new Error('give either --seed or --uri');
	return {
		url: values.url,
		seed: values.seed,
		uri: values.uri,
		once: values.once,
		help: values.help,
		dryRun: values['dry-run'],
		metricsOnly: values['metrics-only'],
		interval: wholeNumber('interval', values.interval, 1),
		most: wholeNumber('most', values.most, 1),
		// A single round is not watched.
		metricsPort: values.once ? 0 : wholeNumber('metrics-port', values['metrics-port'], 0, 65_535),
		metricsHost: values['metrics-host'],
	};
}

/** Returns the secret of the account that pays the fees; undefined without one. */
async function secret(settings, isDevelopment) {
	if (settings.metricsOnly) return undefined;
	if (settings.uri !== undefined) return settings.uri;
	if (settings.seed !== undefined) {
		const [line] = (await readFile(settings.seed, 'utf8')).split('\n').map((part) => part.trim());
		if (line === '') throw new Error(`${settings.seed} is empty: its first line is the secret URI of the account that pays`);
		return line;
	}
	return isDevelopment ? DEVELOPMENT_KEY : undefined;
}

async function isDevelopment(api) {
	return (await api.rpc.system.chainType()).isDevelopment;
}

async function openRunner(api, settings) {
	const uri = await secret(settings, await isDevelopment(api));
	const pair = uri === undefined ? undefined : (await keyring())(uri, 'keeper');
	if (pair !== undefined) say(`the account is ${pair.address}`);
	else if (!settings.metricsOnly) say('there is no key: what may be due is listed, nothing is sent (--seed FILE)');
	return new Runner({ pair, dryRun: settings.dryRun, most: settings.most, say });
}

/** Connects, however long the node is away. */
async function connectSurely(url, stopped) {
	for (let wait = 1; ; wait = Math.min(wait * 2, 60)) {
		try {
			return await connect(url, { timeout: 10_000 });
		} catch (error) {
			if (stopped()) throw error;
			say(`${error.message}; trying again in ${wait} s`);
			await sleep(wait * 1_000);
		}
	}
}

async function run(settings) {
	let stopping = false;
	let api = await connect(settings.url);
	if (api.tx.vault?.startSettlement === undefined) throw new Error(`${settings.url} is no Caliber chain: it has no vault`);
	const runner = await openRunner(api, settings);
	const exporter = new Exporter({ tally: settings.metricsOnly ? undefined : runner.tally, patience: Math.max(120, settings.interval * 4) });
	if (settings.metricsPort !== 0) {
		const port = await exporter.listen(settings.metricsPort, settings.metricsHost);
		say(`metrics at http://${settings.metricsHost}:${port}/metrics`);
	}
	for (const signal of ['SIGINT', 'SIGTERM']) {
		process.once(signal, async () => {
			stopping = true;
			await exporter.close();
			await api.disconnect().catch(() => {});
			process.exit(0);
		});
	}
	try {
		while (!stopping) {
			try {
				if (!api.isConnected) {
					say(`${settings.url} went away; waiting for it`);
					await api.disconnect().catch(() => {});
					api = await connectSurely(settings.url, () => stopping);
					say(`connected to ${settings.url} again`);
				}
				const outcomes = settings.metricsOnly ? [] : await runner.round(api);
				if (settings.once) {
					if (outcomes.every(({ outcome }) => outcome === 'refused')) say('nothing is due');
					return outcomes.every(({ outcome }) => outcome !== 'failed');
				}
				if (settings.metricsPort !== 0) exporter.update(await readMetrics(api, (area, error) => say(`${area}: no metrics: ${error.message}`)));
			} catch (error) {
				if (settings.once) throw error;
				say(`the round failed: ${error.message}`);
			}
			await sleep(settings.interval * 1_000);
		}
		return true;
	} finally {
		await exporter.close();
		await api.disconnect().catch(() => {});
	}
}

if (process.argv[1] !== undefined && pathToFileURL(realpathSync(process.argv[1])).href === import.meta.url) {
	try {
		const settings = options(process.argv.slice(2));
		if (settings.help) console.log(HELP);
		else if (!(await run(settings))) process.exitCode = 1;
	} catch (error) {
		console.error(`keeper: ${error.message}`);
		process.exitCode = 1;
	}
}
