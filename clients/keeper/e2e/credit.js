// SPDX-License-Identifier: Apache-2.0
//
// What is due on credit lines. The chain's own rounds over loans and lines are turned off by governance:
// what happens is the keeper's doing.

import { parameter, PPB, send, timeAt, usd, USDAI, waitForTime, WAD } from '@caliber/lib';
import { funded } from '@caliber/e2e/src/life.js';
import { Line, lineTerms, newServers } from '@caliber/e2e/src/lines.js';

/** Seconds: a window of installments, what may pass after it, an auction, and how long custody lasts. */
const WINDOW = 120;
const GRACE = 90;
const AUCTION = 300;
const CUSTODY = 180;
/** Seconds in which nothing becomes due. */
const LONG = 7_200;
const DRAW = usd('4000');

const record = async (world, line) => world.api.query.credit.lines(line.id);
const stateOf = async (world, line) => (await record(world, line)).unwrap().state.type;

/** An open line over a server. */
async function openLine(world, { title }, over) {
	await world.freshPrices();
	const terms = { limit: usd('12000'), window: LONG, periods: 6, gracePeriod: LONG, reserveInstallments: 0, firstLoss: PPB / 20n, maintenance: WAD, ...over };
	return Line.open(world, lineTerms(await timeAt(world.api), terms), [title]);
}

async function setUp({ world }) {
	const { api } = world;
	await world.govern('CreditAdmin', [
		parameter(api, 'Credit', 'MaxSweepSteps', 0),
		parameter(api, 'Credit', 'AuctionDuration', AUCTION),
		parameter(api, 'Credit', 'ExtensionWindow', 6),
	]);
	await funded(world, { curator: 20_000n, borrower: 20_000n, insurer: 10_000n, verifier: 100_000n });
	world.servers = await newServers(world, [2, 2, 2, 2, 2]);
	world.story.tell('holders let idle blocks look after no loan and no line');
}

async function installment({ world, keeper }) {
	const { api } = world;
	const line = await openLine(world, world.servers[0], { window: WINDOW, periods: 12, reserveInstallments: 3, availability: 3 * WINDOW });
	const { id, loan } = await line.draw(DRAW);
	world.steady = { line, id, ends: Number(line.terms.chain.availabilityEnd) };
	const window = async () => (await api.query.credit.loans(id)).unwrap().nextWindow.toNumber();
	await keeper.crank('credit.collect', [id], {
		due: () => waitForTime(api, loan.deadlines[0]),
		done: async () => (await window()) === 1,
	});
}

async function freeCapital({ world, keeper }) {
	const { api, steady: { line, ends } } = world;
	world.story.check('capital is locked', (await record(world, line)).unwrap().juniorLocked.toBigInt() > 0n, true);
	await keeper.crank('credit.releaseCapital', [line.id], {
		due: () => waitForTime(api, ends + 6),
		done: async () => (await record(world, line)).unwrap().juniorLocked.toBigInt() === 0n,
	});
}

async function expiredOffer({ world, keeper }) {
	const { api } = world;
	const expires = (await timeAt(api)) + WINDOW;
	const { chain } = lineTerms(await timeAt(api), { limit: usd('5000') });
	const offered = await send(api, world.who.curator, api.tx.credit.offerLine(world.address.borrower, chain, expires));
	const id = offered.find('credit', 'LineOffered').line.toNumber();
	await keeper.crank('credit.withdrawOffer', [id], {
		due: () => waitForTime(api, expires),
		done: async () => (await api.query.credit.lines(id)).isNone,
	});
}

async function insuranceMoney({ world, keeper }) {
	const { api } = world;
	const [, server] = world.servers;
	const line = await openLine(world, server, { window: WINDOW });
	const { id, loan } = await line.draw(DRAW);
	await waitForTime(api, loan.deadlines[0]);
	// Less than the installment that is due, so it waits, until the borrower has paid that.
	await send(api, world.who.insurer, api.tx.titles.payClaim(server.title, server.policy.id, usd('100')));
	const claims = async () => (await record(world, line)).unwrap().claims.toBigInt();
	world.story.check('insurance money that waits', await claims(), usd('100'));
	await keeper.crank('credit.applyClaim', [id], {
		due: async () => {
			const due = (await api.call.creditApi.due(id)).unwrap().total.toBigInt();
			return send(api, world.who.borrower, api.tx.credit.repay(id, due + usd('1200')));
		},
		done: async () => (await claims()) === 0n,
	});
}

async function defaulted({ world, keeper }) {
	const { api } = world;
	const line = await openLine(world, world.servers[2], { window: WINDOW, gracePeriod: GRACE });
	world.bad = line;
	const { id, loan } = await line.draw(DRAW);
	await waitForTime(api, loan.deadlines[0] + 6);
	await keeper.crank('credit.flagDefault', [id], {
		due: () => waitForTime(api, loan.deadlines[0] + GRACE + 6),
		done: async () => ['Defaulted', 'Liquidating'].includes(await stateOf(world, line)),
	});
}

async function auction({ world, keeper }) {
	const { api } = world;
	const { id } = world.bad;
	await world.freshPrices();
	// It may have gone out with the round that looked for a second flag.
	if ((await stateOf(world, world.bad)) === 'Defaulted') await keeper.sends('credit.startAuction', [id]);
	world.story.check('the auction that the keeper started', (await api.query.credit.auctions(id)).isSome && keeper.runner.tally.of('credit.startAuction', 'sent'), 1);
	keeper.seen.add('credit.startAuction');
	const { reserve } = (await api.query.credit.auctions(id)).unwrap();
	const bid = await send(api, world.who.verifier, api.tx.credit.bid(id, reserve.toBigInt()));
	const ends = bid.find('credit', 'BidPlaced').endsAt.toNumber();
	await keeper.crank('credit.settleAuction', [id], {
		due: () => waitForTime(api, ends),
		done: async () => (await record(world, world.bad)).isNone,
	});
}

async function unpaid({ world, keeper }) {
	const { api } = world;
	const { steady: { id } } = world;
	const { curator } = world.address;
	const freezer = (await api.query.assets.asset(USDAI)).unwrap().freezer.toString();
	const asFreezer = (call) => api.tx.utility.dispatchAs({ system: { Signed: freezer } }, call);
	await world.govern('Root', [asFreezer(api.tx.assets.block(USDAI, curator))]);
	const due = (await api.call.creditApi.payoff(id)).unwrap().toBigInt();
	await send(api, world.who.borrower, api.tx.credit.repay(id, due / 4n));
	world.story.check('what the curator cannot be paid is kept', (await api.query.credit.owed(curator)).toBigInt() > 0n, true);
	await keeper.crank('credit.claimOwed', [curator], {
		due: () => world.govern('Root', [asFreezer(api.tx.assets.thaw(USDAI, curator))]),
		done: async () => (await api.query.credit.totalOwed()).toBigInt() === 0n,
	});
}

async function breaches({ world, keeper }) {
	const { api } = world;
	world.doubtful = await openLine(world, world.servers[3], { curePeriod: LONG });
	await world.doubtful.draw(DRAW);
	// As much as the machines carry: a loss is to be expected when they are sold.
	const hopeless = await openLine(world, world.servers[4], { limit: usd('60000'), curePeriod: 600 });
	await hopeless.draw((((await hopeless.base(await timeAt(api))) * 99n) / 100n / WAD) * WAD);
	const kept = [0, 1, 3, 4].map((at) => world.servers[at].title);
	await world.govern('TitlesAdmin', [parameter(api, 'Titles', 'CustodyValidity', CUSTODY)]);
	const beat = await send(api, world.who.custodian, api.tx.titles.heartbeat(kept));
	await world.freshPrices();
	await keeper.quiet('credit.flagBreach', [hopeless.id], 'while custody is renewed');
	await waitForTime(api, beat.time + CUSTODY + 6);
	await keeper.crank('credit.flagBreach', [hopeless.id], { done: async () => (await stateOf(world, hopeless)) === 'Breached' });
	const impairment = async () => (await record(world, hopeless)).unwrap().impairment.toBigInt();
	const before = await impairment();
	world.story.check('a loss is provided for', before > 0n, true);
	await keeper.crank('credit.reassess', [hopeless.id], {
		// A sale is expected to cost twice as much.
		due: () => world.govern('CreditAdmin', [parameter(api, 'Credit', 'LiquidationCost', 200_000_000)]),
		done: async () => (await impairment()) !== before,
	});
	const { cureUntil } = (await record(world, hopeless)).unwrap().breach.unwrap();
	await keeper.crank('credit.flagUncured', [hopeless.id], {
		due: () => waitForTime(api, cureUntil.toNumber() + 6),
		done: async () => ['Defaulted', 'Liquidating'].includes(await stateOf(world, hopeless)),
	});
	await keeper.crank('credit.cure', [world.doubtful.id], {
		due: async () => {
			await world.govern('TitlesAdmin', [parameter(api, 'Titles', 'CustodyValidity', null)]);
			await world.freshPrices();
			return send(api, world.who.custodian, api.tx.titles.heartbeat(kept));
		},
		done: async () => (await stateOf(world, world.doubtful)) === 'Open',
	});
}

export const CREDIT = [
	{ title: 'The chain leaves credit to the keeper', run: setUp },
	{ title: 'An installment is collected', run: installment },
	{ title: 'Capital that nobody can draw is released', run: freeCapital },
	{ title: 'An offer that has expired is withdrawn', run: expiredOffer },
	{ title: 'Insurance money pays a loan down', run: insuranceMoney },
	{ title: 'A default is flagged', run: defaulted },
	{ title: 'An auction is started, and settled', run: auction },
	{ title: 'Money that could not be paid reaches its account', run: unpaid },
	{ title: 'Breaches are flagged, cured, and flagged as uncured', run: breaches },
];
