#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// The keeper on a real node: a loan's installment is collected and a redemption window settled by nobody
// else, and the figures are those of the chain.

import { connect, keyring, startNode, waitBlocks, waitForTime } from '@caliber/lib';
import { LIFE } from '@caliber/e2e/src/life.js';
import { TEST } from '@caliber/e2e/src/plan.js';
import { Story } from '@caliber/e2e/src/story.js';
import { World } from '@caliber/e2e/src/world.js';
import { CATALOGUE } from './src/catalogue.js';
import { Exporter, readFigures } from './src/exporter.js';
import { metric, parseMetrics } from './src/metrics.js';
import { Runner } from './src/runner.js';
import { Backoff } from './src/backoff.js';

/** Milliseconds between blocks, and after which something hangs. */
const BLOCK_TIME = Number(process.env.CALIBER_BLOCK_TIME ?? 250);
const LIMIT = 10 * 60_000;
/** Rounds in which something has to happen. */
const ROUNDS = 100;
/** The life up to a reserve with income in it. */
const LAST = 'revenue';

const story = new Story();
let node;
let api;
const overdue = setTimeout(() => {
	story.fail(`not through after ${LIMIT / 60_000} minutes`);
	process.exit(1);
}, LIMIT);

/** Rounds until the chain is as wanted, by whose call does not matter: idle blocks do the same work. */
async function roundsUntil(runner, what, done) {
	for (let round = 0; round < ROUNDS; round += 1) {
		if (await done()) return story.check(what, true, true);
		await runner.round(api);
		await waitBlocks(api);
	}
	story.fail(`${what}: not after ${ROUNDS} rounds; refused: ${[...runner.tally.refusals].map((pair) => pair.join(' as ')).join(', ')}`);
}

try {
	node = await startNode({ blockTime: BLOCK_TIME });
	api = await connect(node.url);
	const world = await World.open(api, story, TEST);
	for (const { id, title, run } of LIFE) {
		await story.step(title, () => run(world));
		if (id === LAST) break;
	}
	const pair = (await keyring())('//One', 'keeper');
	// A chain that runs twenty times as fast is tried as often.
	const runner = new Runner({ pair, say: (line) => story.tell(line), backoff: new Backoff({ first: 0.5, most: 2 }) });

	await story.step('The keeper collects an installment', async () => {
		const before = (await api.query.credit.loans(world.loanId)).unwrap().nextWindow.toNumber();
		await waitForTime(api, world.loan.deadlines[world.loan.next]);
		await roundsUntil(runner, 'the next window of the loan', async () => (await api.query.credit.loans(world.loanId)).unwrap().nextWindow.toNumber() > before);
	});

	await story.step('The keeper settles a window', async () => {
		const shares = 1_000n * 10n ** 18n;
		const result = await world.send('saver', api.tx.vault.requestRedemption(shares));
		const { id } = result.find('vault', 'Requested');
		const { closesAt } = (await api.call.vaultApi.window()).toJSON();
		await waitForTime(api, closesAt);
		const served = async () => (await api.call.vaultApi.request(id)).unwrap();
		await roundsUntil(runner, 'the request is served', async () => (await served()).shares.toBigInt() === 0n);
		story.check('money to claim', (await served()).claimable.toBigInt() > 0n, true);
	});

	await story.step('The exporter tells what the chain says', async () => {
		// Coverage is told from fresh prices only.
		await world.freshPrices();
		const exporter = new Exporter({ tally: runner.tally });
		const port = await exporter.listen(0, '127.0.0.1');
		const errors = [];
		exporter.update(await readFigures(api, (area, error) => errors.push(`${area}: ${error.message}`)));
		const samples = parseMetrics(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
		await exporter.close();
		story.check('areas that could not be read', errors, []);
		story.check('lines that are open', metric(samples, 'caliber_lines', { state: 'Open' }), 1);
		story.check('a line is covered', metric(samples, 'caliber_line_coverage', { line: `${world.line}` }) > 1, true);
		story.check('the price of a share', metric(samples, 'caliber_vault_price_usd', { side: 'redemption' }) >= 1, true);
		story.check('USDai is backed', metric(samples, 'caliber_reserves_backed'), 1);
		story.check('the rental of the model is known', metric(samples, 'caliber_oracle_value', { kind: 'rental', id: '0' }) > 0, true);
		story.check('rounds that were read in full', runner.tally.failedRounds, 0);
		const served = new Set(samples.map(({ name }) => name));
		// What there is only when something is wrong, or where governance has set it up.
		const rare = /^caliber_(line_dscr|bills_|buffer_|fuse_|auctions|credit_owed|vault_apr|vault_settlement_due|line_impairment|line_claims|reserve_price)/;
		story.check('metrics of the catalogue that are not served', Object.keys(CATALOGUE).filter((name) => !served.has(name) && !rare.test(name)), []);
	});
} catch (error) {
	story.fail(error.message);
	story.write(node?.log().split('\n').slice(-40).join('\n') ?? '');
} finally {
	clearTimeout(overdue);
	await api?.disconnect().catch(() => {});
	await node?.stop();
}
story.end();
process.exitCode = story.failed > 0 ? 1 : 0;
