// SPDX-License-Identifier: Apache-2.0
//
// Jobs on credit lines. The chain's own rounds over loans and lines are turned off by governance, so that the
// keeper does all the work.

import { CLBR, governed, PPB, send, setValues, timeAt, usd, USDAI, waitForTime, WAD } from '@caliber/lib';
import { funded } from '@caliber/e2e/src/life.js';
import { insure, Line, lineTerms, newServers } from '@caliber/e2e/src/lines.js';
import { pauper } from './setting.js';

/** Payment period, grace period and auction duration, in seconds. */
const PERIOD = 120;
const GRACE = 90;
const AUCTION = 300;
/** Payment period of the loan that lives longest, and one within which nothing becomes due, in seconds. */
const STEADY = 600;
const LONG = 7_200;
/** Longest grace and cure period that the chain accepts, in seconds. */
const MOST = 360;
const DAY = 86_400;
const DRAW = usd('4000');

const record = async (world, line) => world.api.query.credit.lines(line.id);
const stateOf = async (world, line) => (await record(world, line)).unwrap().state.type;
const payOff = (world, id) => send(world.api, world.who.borrower, world.api.tx.credit.payoff(id, 10n * DRAW));

/** Opens a line over a server. */
async function openLine(world, { title }, over) {
	await world.freshPrices();
	const terms = { limit: usd('12000'), period: LONG, periods: 6, gracePeriod: MOST, reserveInstallments: 0, firstLoss: PPB / 20n, maintenance: WAD, ...over };
	return Line.open(world, lineTerms(await timeAt(world.api), terms), [title]);
}

async function setUp({ world }) {
	const { api } = world;
	const tempo = (await api.call.governanceApi.tempo()).toNumber();
	await world.govern('CreditAdmin', [setValues(api, [
		['Credit', 'MaxSweepSteps', 0],
		// The cushion of a draw keeps a sale from bringing a loss, and one step is about a loss.
		['Credit', 'DrawCushion', WAD],
		['Rules', 'AuctionDuration', AUCTION * tempo],
	])]);
	await funded(world, { curator: 20_000n, borrower: 20_000n, insurer: 10_000n, verifier: 100_000n });
	// Machines are worth less than a forced sale brings only if two appraisers say so.
	world.second = await pauper(api, '//SecondAppraiser', 1_000n * CLBR);
	await world.govern('TitlesAdmin', [api.tx.titles.registerParty(world.second.address, { Appraiser: { name: 'Tallinn Valuers', jurisdiction: 'EE' } })]);
	world.servers = await newServers(world, [2, 2, 2, 2, 2]);
	world.story.tell('holders turn off the rounds of idle blocks over loans and lines');
}

async function installment({ world, keeper }) {
	const { api } = world;
	const line = await openLine(world, world.servers[0], { period: STEADY, periods: 12, reserveInstallments: 3, availability: STEADY + 2 * PERIOD });
	const { id, loan } = await line.draw(DRAW);
	world.steady = { line, id, ends: Number(line.terms.chain.availabilityEnd) };
	const period = async () => (await api.call.creditApi.loan(id)).unwrap().nextPeriod.toNumber();
	await keeper.crank('credit.collect', [id], {
		due: () => waitForTime(api, loan.dueDates[0]),
		done: async () => (await period()) === 1,
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
	const expires = (await timeAt(api)) + PERIOD;
	const { chain } = lineTerms(await timeAt(api), { limit: usd('5000') });
	const offered = await send(api, world.who.curator, api.tx.credit.offerLine(world.address.borrower, chain, expires));
	const id = offered.find('credit', 'LineOffered').line.toNumber();
	await keeper.crank('credit.withdrawOffer', [id], {
		due: () => waitForTime(api, expires),
		done: async () => (await api.query.credit.lines(id)).isNone,
	});
}

async function insuranceProceeds({ world, keeper }) {
	const { api } = world;
	const [, server] = world.servers;
	const line = await openLine(world, server, { period: PERIOD });
	const { id, loan } = await line.draw(DRAW);
	await waitForTime(api, loan.dueDates[0]);
	const proceeds = async () => (await record(world, line)).unwrap().insuranceProceeds.toBigInt();
	// An idle block looks after the line that was paid last. The one before it waits for its keeper.
	const claim = ({ title, policy }, amount) => api.tx.titles.payClaim(title, policy.id, amount, null);
	const [other] = world.servers;
	await keeper.crank('credit.applyInsuranceProceeds', [id], {
		due: () => send(api, world.who.insurer, api.tx.utility.batchAll([claim(server, usd('100')), claim(other, usd('1'))])),
		done: async () => (await proceeds()) === 0n,
	});
	// Nothing of it comes due any more.
	await payOff(world, id);
}

async function defaulted({ world, keeper }) {
	const { api } = world;
	const line = await openLine(world, world.servers[2], { period: PERIOD, gracePeriod: GRACE });
	world.bad = line;
	const { id, loan } = await line.draw(DRAW);
	await waitForTime(api, loan.dueDates[0] + 6);
	await keeper.crank('credit.declareDefault', [id], {
		due: () => waitForTime(api, loan.dueDates[0] + GRACE + 6),
		done: async () => ['Defaulted', 'Liquidating'].includes(await stateOf(world, line)),
	});
}

async function auction({ world, keeper }) {
	const { api } = world;
	const { id } = world.bad;
	const defaultedAt = (await record(world, world.bad)).unwrap().defaultedAt.unwrap().toNumber();
	await waitForTime(api, defaultedAt + Number(await governed(api, 'Rules', 'AuctionDelay')));
	await world.freshPrices();
	// The round that looked for a second declaration may have sent it.
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

async function unclaimedPayout({ world, keeper }) {
	const { api } = world;
	const { steady: { id } } = world;
	const { curator } = world.address;
	const freezer = (await api.query.assets.asset(USDAI)).unwrap().freezer.toString();
	const asFreezer = (call) => api.tx.utility.dispatchAs({ system: { Signed: freezer } }, call);
	await world.govern('Root', [asFreezer(api.tx.assets.block(USDAI, curator))]);
	const due = (await api.call.creditApi.payoff(id)).unwrap().toBigInt();
	await send(api, world.who.borrower, api.tx.credit.repay(id, due / 4n));
	world.story.check('the unclaimed payout of the curator is kept', (await api.query.credit.unclaimedPayouts(curator)).toBigInt() > 0n, true);
	await keeper.crank('credit.claimPayout', [curator], {
		due: () => world.govern('Root', [asFreezer(api.tx.assets.thaw(USDAI, curator))]),
		done: async () => (await api.query.credit.totals()).unclaimedPayouts.toBigInt() === 0n,
	});
	await payOff(world, id);
}

/** Lets the insurer cancel the policy of a server. Returns the last second of its cover. */
async function uninsure(world, { title, policy }) {
	const { api } = world;
	const cancelled = await send(api, world.who.insurer, api.tx.titles.cancelPolicy(title, policy.id));
	const until = cancelled.find('titles', 'PolicyCancelled').cancelledAt.toNumber();
	world.story.check('notice of the cancellation', until - cancelled.time, Number(await governed(api, 'Titles', 'CancellationNotice')));
	return until;
}

async function breaches({ world, keeper }) {
	const { api } = world;
	const server = world.servers[3];
	world.doubtful = await openLine(world, server, { curePeriod: MOST });
	await world.doubtful.draw(DRAW);
	const covered = await uninsure(world, server);
	await world.freshPrices();
	await keeper.crank('credit.declareBreach', [world.doubtful.id], {
		due: () => waitForTime(api, covered + 6),
		done: async () => (await stateOf(world, world.doubtful)) === 'Breached',
	});
	await keeper.crank('credit.cure', [world.doubtful.id], {
		due: async () => {
			await world.freshPrices();
			return insure(world, server.title);
		},
		done: async () => (await stateOf(world, world.doubtful)) === 'Open',
	});
}

async function losses({ world, keeper }) {
	const { api } = world;
	const server = world.servers[4];
	// Nearly the whole borrowing base: a sale is expected to bring a loss.
	const hopeless = await openLine(world, server, { limit: usd('60000'), curePeriod: MOST });
	await hopeless.draw((((await hopeless.base(await timeAt(api))) * 99n) / 100n / WAD) * WAD);
	const covered = await uninsure(world, server);
	await world.freshPrices();
	await waitForTime(api, covered + 6);
	await keeper.sends('credit.declareBreach', [hopeless.id]);
	const impairment = async () => (await record(world, hopeless)).unwrap().impairment.toBigInt();
	const before = await impairment();
	world.story.check('the loss is provisioned', before > 0n, true);
	await keeper.crank('credit.reassess', [hopeless.id], {
		due: async () => {
			const now = await timeAt(api);
			const half = world.valuation(server.title, now).value / 2n;
			for (const appraiser of [world.who.appraiser, world.second]) {
				await send(api, appraiser, api.tx.titles.fileAppraisal(server.title, half, world.newHash('appraisal'), now + 60 * DAY));
			}
		},
		done: async () => (await impairment()) > before,
	});
	const { cureUntil } = (await record(world, hopeless)).unwrap().breach.unwrap();
	await keeper.crank('credit.declareUncured', [hopeless.id], {
		due: () => waitForTime(api, cureUntil.toNumber() + 6),
		done: async () => ['Defaulted', 'Liquidating'].includes(await stateOf(world, hopeless)),
	});
}

/** Steps of the chapter, in order. */
export const CREDIT = [
	{ title: 'The chain leaves credit to the keeper', run: setUp },
	{ title: 'An installment is collected', run: installment },
	{ title: 'Capital that nobody can draw is released', run: freeCapital },
	{ title: 'An unclaimed payout reaches its account', run: unclaimedPayout },
	{ title: 'An offer that has expired is withdrawn', run: expiredOffer },
	{ title: 'Insurance proceeds pay a loan down', run: insuranceProceeds },
	{ title: 'A default is declared', run: defaulted },
	{ title: 'An auction is started, and settled', run: auction },
	{ title: 'A breach is declared, and cured', run: breaches },
	{ title: 'Another is assessed anew, and declared uncured', run: losses },
];
