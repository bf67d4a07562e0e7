#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// The demo: the life of a loan, told on a running development node. It may be told again on the same chain.

import { parseArgs } from 'node:util';
import { connect } from '@caliber/lib';
import { LIFE } from './life.js';
import { DEMO } from './plan.js';
import { Story } from './story.js';
import { UNFED, World } from './world.js';

const HELP = `Tells the life of a GPU-backed loan on a running development node (caliber-node --dev).

  npm run demo -- [options]

  --url URL          node (default ws://127.0.0.1:9944)
  --period SECONDS   payment period: chain time between installments (default ${DEMO.period})
  --help
`;

const story = new Story();
let api;
try {
	const { values } = parseArgs({
		options: {
			url: { type: 'string', default: 'ws://127.0.0.1:9944' },
			period: { type: 'string', default: `${DEMO.period}` },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(HELP);
	} else {
		const period = Number(values.period);
		// A payment that is a payment period late must be within its grace period.
		if (!Number.isInteger(period) || period < 6 || period > 300) throw new Error(`--period ${values.period}: give whole seconds, 6 to 300`);
		api = await connect(values.url);
		if (!api.tx.credit?.draw) throw new Error(`${values.url} is no Caliber chain`);
		const chain = (await api.rpc.system.chain()).toString();
		if (!/development/i.test(chain)) throw new Error(`${chain} is no development chain: the demo signs with well-known keys`);
		// The demo feeds no price of PYUSD, the feeder beside a development chain does.
		if ((await api.query.oracle.values({ Price: UNFED })).isSome) {
			throw new Error('a feeder reports prices to this chain beside the demo: start the chain with scripts/run.sh --no-feed');
		}
		story.write(`${chain}, chain time moves six seconds a block`);
		const world = await World.open(api, story, { ...DEMO, period }, values.url);
		for (const { title, run } of LIFE) await story.step(title, () => run(world));
		story.end();
	}
} catch (error) {
	story.write(`\ndemo: ${error.message}`);
	process.exitCode = 1;
} finally {
	await api?.disconnect();
}
if (story.failed > 0) process.exitCode = 1;
