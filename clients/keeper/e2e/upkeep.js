// SPDX-License-Identifier: Apache-2.0
//
// Jobs beside credit and savings: policies that are over. And bills for idle money, which a dealer brings.

import { governed, send, timeAt, waitForTime } from '@caliber/lib';
import { policyTerms } from '@caliber/e2e/src/lines.js';

/** Validity of a policy in this chapter, in seconds. */
const SOON = 240;

async function papers({ world, keeper }) {
	const { api } = world;
	const { titles } = api.tx;
	const [{ title }] = world.servers;
	await world.freshPrices();
	const until = (await timeAt(api)) + SOON;
	// A policy stays open to claims for a time after its end.
	const tail = Number(await governed(api, 'Titles', 'ClaimsTail'));
	const terms = await policyTerms(world, title, { expiresAt: until, premiumPaidUntil: until });
	const bound = await send(api, world.who.insurer, titles.bindPolicy(title, terms));
	const policy = bound.find('titles', 'PolicyBound').policy.toNumber();
	const has = (list, id) => list.some((entry) => entry.id.toNumber() === id);
	await keeper.crank('titles.removePolicy', [title, policy], {
		due: () => waitForTime(api, until + tail + 6),
		done: async () => !has(await api.query.titles.policies(title), policy),
	});
}

/** A dealer fills the vault's offer of bills: no work of a keeper, but the metrics show them. */
async function bills({ world }) {
	const { api, story } = world;
	await world.freshPrices();
	// Money has to lie idle for two of this chain's days.
	await waitForTime(api, (await timeAt(api)) + 48);
	await world.freshPrices();
	const { amount } = (await api.call.reservesApi.offers()).find(({ side }) => side.isBuys);
	await send(api, world.who.appraiser, api.tx.reserves.fillOffer('Buys', amount, 0));
	story.check('bills are held', (await api.query.reserves.ledger()).held.toBigInt() > 0n, true);
}

/** Steps of the chapter, in order. */
export const UPKEEP = [
	{ title: 'A policy that is over is removed', run: papers },
	{ title: 'A dealer sells bills to the vault', run: bills },
];
