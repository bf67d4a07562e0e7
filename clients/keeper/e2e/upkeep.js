// SPDX-License-Identifier: Apache-2.0
//
// Jobs beside credit and savings: policies that are over, and bills for idle money.

import { governed, LOCATION, PPB, send, setValues, timeAt, waitForTime, WAD } from '@caliber/lib';
import { funded } from '@caliber/e2e/src/life.js';
import { policyTerms } from '@caliber/e2e/src/lines.js';
import { BILLS } from '@caliber/e2e/src/world.js';

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

async function bills({ world, keeper }) {
	const { api } = world;
	const { assetConversion } = api.tx;
	await world.govern('StableAdmin', [setValues(api, [
		['Reserves', 'LiquidityBuffer', Number(PPB / 10n)],
		['Reserves', 'PriceBand', Number(PPB / 100n)],
	])]);
	await funded(world, { appraiser: 1_200_000n });
	const held = async () => (await api.query.reserves.ledger()).held.toBigInt();
	await keeper.crank('reserves.rebalance', [], {
		due: async () => {
			await world.freshPrices();
			const price = world.oracle.value({ kind: 'Price', id: BILLS });
			const amount = 1_000_000n * WAD;
			const dollars = (amount * price) / WAD;
			const { appraiser } = world.who;
			await send(api, appraiser, assetConversion.createPool(LOCATION.USDAI, LOCATION.TBILL));
			await send(api, appraiser, assetConversion.addLiquidity(LOCATION.USDAI, LOCATION.TBILL, dollars, amount, dollars, amount, appraiser.address));
		},
		done: async () => (await held()) > 0n,
	});
}

/** Steps of the chapter, in order. */
export const UPKEEP = [
	{ title: 'A policy that is over is removed', run: papers },
	{ title: 'Idle money buys Treasury bills', run: bills },
];
