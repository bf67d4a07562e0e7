// SPDX-License-Identifier: Apache-2.0
//
// The metrics of the exporter, compared with the chain.

import { CATALOGUE } from '../src/catalogue.js';
import { Exporter, readMetrics } from '../src/exporter.js';
import { metric, parseMetrics } from '../src/metrics.js';

/** Metrics that are served only in some states of the chain. */
const RARE = /^caliber_(line_dscr|vault_income_|bill_offer_)/;

async function metrics({ world, keeper: { runner } }) {
	const { api, story } = world;
	// Coverage needs fresh prices.
	await world.freshPrices();
	const exporter = new Exporter({ tally: runner.tally });
	const port = await exporter.listen(0, '127.0.0.1');
	const errors = [];
	exporter.update(await readMetrics(api, (area, error) => errors.push(`${area}: ${error.message}`)));
	const samples = parseMetrics(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
	await exporter.close();
	const line = { line: `${world.doubtful.id}` };
	const [owed, { held }] = [await api.query.credit.lines(world.doubtful.id), await api.query.reserves.ledger()];
	const one = (name, labels) => metric(samples, name, labels);
	const inDollars = (amount) => Number(amount.toBigInt()) / 1e18;
	story.check('areas that could not be read', errors, []);
	story.check('outstanding', one('caliber_line_outstanding_usd', line), inDollars(owed.unwrap().outstanding));
	story.check('a line is covered', one('caliber_line_coverage', line) > 1, true);
	story.check('the price of a share', one('caliber_vault_price_usd', { side: 'redemption' }) > 0, true);
	story.check('bills are marked', one('caliber_bills_value_usd') > 0 && held.toBigInt() > 0n, true);
	story.check('USDai is backed', one('caliber_reserves_backed'), 1);
	story.check('the rental of the model is known', one('caliber_oracle_value', { kind: 'rental', id: '0' }) > 0, true);
	story.check('and young', one('caliber_oracle_age_seconds', { kind: 'rental', id: '0' }) < one('caliber_oracle_max_age_seconds'), true);
	story.check('installments that the keeper collected', one('caliber_keeper_calls_total', { call: 'credit.collect', outcome: 'sent' }), runner.tally.of('credit.collect', 'sent'));
	story.check('rounds that were read in part', runner.tally.failedRounds, 0);
	const served = new Set(samples.map(({ name }) => name));
	story.check('metrics of the catalogue that are not served', Object.keys(CATALOGUE).filter((name) => !served.has(name) && !RARE.test(name)), []);
}

/** Steps of the chapter, in order. */
export const METRICS = [{ title: 'The metrics of the exporter agree with the chain', run: metrics }];
