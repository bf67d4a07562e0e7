// SPDX-License-Identifier: Apache-2.0
//
// Chapter on savers, whose money is lent out when they ask for it: sealed bids for a place in the queue, requests
// handed over and given up, money raised by sales of Treasury bills, redemption at once, income that is given, and
// those who come just before a payment or a close. Then the mint rate limit (fuse) of the peg and frozen accounts.

import { randomBytes } from 'node:crypto';
import {
	bestBlock,
	governed,
	governedValues,
	LOCATION,
	math,
	moveTo,
	PPB,
	proceeds,
	seal,
	setValues,
	SUSDAI,
	timeAt,
	unrevealedShare,
	usd,
	USDAI,
	WAD,
	waitForTime,
} from '@caliber/lib';
import { closed } from './idle.js';
import { deposit, depositOf, funded, mint, paidOut, redeemFor, requestRedemption, settlement, show } from './life.js';
import { Line, lineTerms, newServers } from './lines.js';
import { BILLS, offerTerms } from './world.js';

/** Length of the windows of this chapter, and their last part, in which bids are revealed, in seconds. */
const LENGTH = 240;
const REVEAL = 60;
/** Seconds for which cancelling opens again: the most that may be decided. */
const REOPENING = 28;
/** Seconds that are needed to ask and to seal every bid in time. */
const TO_SEAL = 108;
const NAMES = { saver: 'Ferdie', verifier: 'Dave', appraiser: 'Ferdie//stash', insurer: 'Eve//stash' };
/** Days in seconds. */
const DAY = 86_400;

const windowNow = async (world) => world.api.call.vaultApi.window();

/** Waits for a redemption window with time enough to request and to seal. Returns its report. */
async function freshWindow(world) {
	let window = await windowNow(world);
	const now = await timeAt(world.api);
	if (window.revealFrom.toNumber() - now < TO_SEAL) {
		await waitForTime(world.api, window.closesAt.toNumber());
		window = await windowNow(world);
	}
	return window;
}

/** Returns results of transactions sent at once, each with what it is for, in the order of the chain. */
const inOrder = (pairs) => pairs.sort(([, a], [, b]) => a.time - b.time || a.index - b.index);

/** Seals bids, and books that their requests move to the end of tick 0. Returns the last time at which one was sealed. */
async function sealBids(world, window, bids) {
	const { vault } = world.api.tx;
	const sent = await world.sendAll(bids.map(({ request, tick, salt }) => [request.role, vault.commitBid(request.id, seal(request.id, tick, salt))]));
	for (const [{ request }] of inOrder(bids.map((bid, k) => [bid, sent[k]]))) {
		request.bid = { window, revealed: false };
		Object.assign(request, { window, isLeftOver: false });
		world.queue = moveTo(world.queue, request, 0);
	}
	return Math.max(...sent.map(({ time }) => time));
}

/** Reveals bids, each by a role that has its salt, and books the lanes of their ticks. */
async function revealBids(world, bids) {
	const { story } = world;
	const { vault } = world.api.tx;
	const sent = await world.sendAll(bids.map(({ request, tick, salt, by = request.role }) => [by, vault.revealBid(request.id, tick, salt)]));
	for (const [{ request, tick }, result] of inOrder(bids.map((bid, k) => [bid, sent[k]]))) {
		request.bid.revealed = true;
		if (tick > 0) world.queue = moveTo(world.queue, request, tick);
		story.check('revealed tick', result.find('vault', 'BidRevealed').tick.toNumber(), tick);
	}
}

/** Cancels a request, and books what its unrevealed bid costs. Returns the shares that come back. */
async function cancel(world, request) {
	const { api, books, vault, story } = world;
	const result = await world.send(request.role, api.tx.vault.cancelRequest(request.id));
	world.markBills(result.time);
	const { bid } = request;
	if (bid !== undefined && !bid.revealed && world.cleared.has(bid.window)) {
		const share = unrevealedShare(world.cleared.get(bid.window), world.leastForfeit);
		const shares = math.mulDivUp(request.shares, share, PPB);
		const worth = vault.forfeit(shares, result.time);
		const event = result.find('vault', 'Forfeited');
		story.check('forfeited for an unrevealed bid', [event.shares.toBigInt(), event.worth.toBigInt()], [shares, worth]);
		books.debit('vault', 'sUSDai', shares);
		request.shares -= shares;
	}
	const back = request.shares;
	// What was raised for it serves nobody any more, and its cost is borne by all.
	if (request.isLeftOver) world.raised.forget(math.mulDivUp(back, vault.forRedemptions(result.time), vault.shares));
	books.move('sUSDai', 'vault', request.role, back);
	world.queue = world.queue.filter((other) => other !== request);
	request.shares = 0n;
	closed(world, request);
	story.check('shares back', result.find('vault', 'Cancelled').shares.toBigInt(), back);
	await world.compare(result.block);
	return back;
}

/** Lets holders make the windows longer and their last part shorter: both count from the next window on. */
async function longerWindows(world) {
	const { api, story } = world;
	const tempo = (await api.call.governanceApi.tempo()).toNumber();
	const { current } = await api.query.vault.windows();
	const decided = await world.govern('StableAdmin', [
		setValues(api, [['Vault', 'RevealPeriod', REVEAL * tempo], ['Vault', 'ReopeningPeriod', REOPENING * tempo]]),
		api.tx.vault.setWindowLength(LENGTH * tempo),
	]);
	const [window, since, length, period] = decided.events.find(({ event }) => api.events.vault.WindowLengthSet.is(event)).event.data;
	// Income is locked for as long as a saver waits for a close from now on.
	world.vault.window = LENGTH;
	story.check('reveal period of the next windows', period.toNumber(), REVEAL);
	story.check('their length', length.toNumber(), LENGTH);
	// A decision is enacted before its block has a time of its own: by the time of the block before.
	const { parentHash } = await api.rpc.chain.getHeader(decided.block);
	const before = await (await api.at(parentHash)).call.vaultApi.window();
	story.check('the first of them', [window.toNumber(), since.toNumber()], [before.current.toNumber() + 1, before.closesAt.toNumber()]);
	story.check('reveal period of the window that runs', before.closesAt.sub(before.revealFrom).toNumber(), current.reveal.toNumber());
	await waitForTime(api, since.toNumber());
	const after = await windowNow(world);
	story.check('reveal period now', after.closesAt.sub(after.revealFrom).toNumber(), REVEAL);
	story.tell(`holders decide that windows last ${LENGTH} s and bids are revealed in the last ${REVEAL} s, from the next one on`);
	await world.follow(await bestBlock(api));
}

async function savings(world) {
	const { api, story } = world;
	await funded(world, { appraiser: 600_000n, saver: 350_000n, verifier: 250_000n, borrower: 100_000n, curator: 100_000n, offtaker: 1_000n });
	await longerWindows(world);
	const servers = await newServers(world, [40, 40]);
	for (const [role, amount] of [['saver', '300000'], ['verifier', '200000'], ['appraiser', '150000']]) {
		await deposit(world, role, usd(amount));
	}
	// All but 150,000 are lent out.
	world.line = await Line.open(world, lineTerms(await timeAt(api), { limit: usd('1200000'), period: 7_200, maintenance: WAD, firstLoss: PPB / 20n, reserveInstallments: 0 }), servers.map(({ title }) => title));
	const lent = ((world.vault.idle - usd('150000')) * 20n) / 19n / WAD;
	await world.freshPrices();
	const { result, id } = await world.line.draw(lent * WAD);
	world.lent = id;
	story.tell(`three savers have put in ${show(usd('650000'))} USDai; Bob borrows ${show(lent * WAD)}, and ${show(world.vault.idle)} lie idle`);
	await world.compare(result.block);
}

/** Hands a request over to another role. */
async function handOver(world, request, to) {
	const { api, books, story, address } = world;
	const { vault } = api.tx;
	await world.send(request.role, vault.transferRequest(request.id, address[to]));
	const taken = await world.send(to, vault.acceptRequest(request.id));
	books.release(request.role, request.deposit.kind, request.deposit.amount);
	request.role = to;
	request.deposit = depositOf((await (await api.at(taken.block)).query.vault.requests(request.id)).unwrap());
	books.hold(to, request.deposit.kind, request.deposit.amount);
	const report = (await (await api.at(taken.block)).call.vaultApi.request(request.id)).unwrap();
	story.check('owner of the request', [world.roleOf(report.owner), report.offeredTo.isNone], [to, true]);
}

async function sealedBids(world) {
	const { api, story } = world;
	const { vault } = api.tx;
	const window = await freshWindow(world);
	const price = world.vault.redemptionPrice(await timeAt(api));
	const asked = await Promise.all([
		requestRedemption(world, 'saver', usd('80000')),
		requestRedemption(world, 'verifier', usd('150000')),
		requestRedemption(world, 'appraiser', usd('100000')),
		requestRedemption(world, 'saver', usd('60000')),
		requestRedemption(world, 'verifier', usd('10000'), { least: (price * 99n) / 100n }),
	]);
	const [plain, marginal, unrevealed, urgent, picky] = asked.map(({ request }) => request);
	world.asked = { plain, marginal, unrevealed, urgent, picky };
	world.queue.sort((a, b) => a.id - b.id);
	const bids = [
		{ request: urgent, tick: 300 },
		{ request: marginal, tick: 100 },
		{ request: unrevealed, tick: 250 },
	].map((bid) => ({ ...bid, salt: new Uint8Array(randomBytes(32)) }));
	world.sealed = bids;
	const { closesAt, revealFrom } = window;
	const sealedBy = await sealBids(world, window.current.toNumber(), bids);
	story.check('committed in time', sealedBy < revealFrom.toNumber(), true);
	await world.refuseAll([
		['saver', 'a request with a sealed bid cancelled', 'vault.BidBinds', vault.cancelRequest(urgent.id)],
		['verifier', 'a bid on a request with a least price', 'vault.HasLeastPrice', vault.commitBid(picky.id, world.newHash('bid'))],
		['verifier', 'a least price as high as the price', 'vault.LeastPriceTooHigh', vault.requestRedemption(WAD, price)],
	]);
	story.tell(`five requests over ${show(usd('400000'))} shares wait; three carry a bid, of which nobody sees what it offers, and one a least price`);
	await waitForTime(api, revealFrom.toNumber());
	await revealBids(world, bids.slice(0, 2));
	story.check('revealed in time', (await timeAt(api)) < closesAt.toNumber(), true);
	const [{ tick, salt }] = bids;
	await world.refuseAll([
		['saver', 'a request cancelled when bids are revealed', 'vault.CancellingEnded', vault.cancelRequest(plain.id)],
		['saver', 'a bid revealed twice', 'vault.AlreadyRevealed', vault.revealBid(urgent.id, tick, salt)],
	]);
	story.tell('two are opened, at 3 % and 1 %; Ferdie//stash keeps the one at 2.5 % sealed, to look at the others first');
	const report = (await api.call.vaultApi.request(unrevealed.id)).unwrap();
	story.check('tick of the sealed bid', [report.tick.toNumber(), world.roleOf(report.owner)], [0, 'appraiser']);
	const { phase, until } = await windowNow(world);
	story.check('phase of the window', [phase.type, until.unwrap().toNumber()], ['Reveal', closesAt.toNumber()]);
}

async function tooLittle(world) {
	const { api, story, vault, asked: { plain, marginal, unrevealed, urgent, picky } } = world;
	const { block, tick, served, forgone, price, nav, supply, idle, time } = await settlement(world, urgent.window);
	story.check('clearing tick', tick, 100);
	const [first, second] = served;
	story.check('served first, in full', [first.id, first.shares], [urgent.id, usd('60000')]);
	story.check('pay-out', first.assets, proceeds({ nav, supply }, usd('60000'), 100));
	story.check('served second, with what is left', [second.id, served.length], [marginal.id, 2]);
	const affordable = (idle * supply * 10_000n) / (nav * 9_900n);
	story.check('its shares', second.shares, affordable - usd('60000'));
	for (const waiting of [plain, unrevealed, picky]) story.check('served', waiting.claimable + (waiting.paid ?? 0n), 0n);
	// What bidders forgo stays, and enters the price in the length of a window.
	const later = vault.redemptionPrice(time + LENGTH);
	story.check('the price does not jump', vault.redemptionPrice(time) - price <= 1n, true);
	story.check('what bidders forgo stays', later > price, true);
	story.tell(`there is too little for all: ${show(idle)} USDai serve the bids at 1 % each, also the one that offered 3 %`);
	story.tell(`${show(first.assets)} for Ferdie's urgent request, ${show(second.assets)} for part of Dave's; what they forgo, ${show(forgone)}, raises the price from ${show(price, 12)} to ${show(later, 12)} within a window`);
	await world.compare(block);
	await world.compare(await paidOut(world, urgent, marginal));
	story.check('request', (await api.query.vault.requests(urgent.id)).isNone, true);
	const next = (await api.call.vaultApi.request(marginal.id)).unwrap();
	story.check('what is left of a bid', [next.window.toNumber(), next.tick.toNumber()], [urgent.window + 1, 0]);
	story.tell('the chain pays both; the others keep their place in the next window, the rest of the bid behind them at tick 0');
}

async function badBids(world) {
	const { api, story, asked: { plain, marginal, unrevealed }, sealed } = world;
	const { vault } = api.tx;
	const [, opened, forgotten] = sealed;
	const reveals = (request, tick, salt) => vault.revealBid(request.id, tick, salt);
	const window = await freshWindow(world);
	await world.follow(await bestBlock(api));
	const again = { request: plain, tick: 10, salt: new Uint8Array(randomBytes(32)), by: 'insurer' };
	await sealBids(world, window.current.toNumber(), [again]);
	await world.refuseAll([
		['saver', 'a bid revealed too early', 'vault.RevealNotOpen', reveals(plain, again.tick, again.salt)],
		['saver', "a bid for another's request", 'vault.NotRequestOwner', vault.commitBid(marginal.id, world.newHash('bid'))],
		['saver', 'more shares than one has', 'token.FundsUnavailable', vault.requestRedemption(world.books.of('saver', 'sUSDai') + 1n, null)],
	]);
	await waitForTime(api, window.revealFrom.toNumber());
	const wrong = new Uint8Array(32);
	await world.refuseAll([
		['appraiser', 'a bid sealed when bids are revealed', 'vault.BiddingClosed', vault.commitBid(unrevealed.id, world.newHash('bid'))],
		['appraiser', 'a bid of the window before', 'vault.NoCommitment', reveals(unrevealed, forgotten.tick, forgotten.salt)],
		['verifier', 'a bid that counted in the window before', 'vault.NoCommitment', reveals(marginal, opened.tick, opened.salt)],
		['saver', 'a bid revealed with another salt', 'vault.CommitmentMismatch', reveals(plain, again.tick, wrong)],
		['saver', 'a bid revealed at another tick', 'vault.CommitmentMismatch', reveals(plain, again.tick + 1, again.salt)],
		['saver', 'a bid of more than a tenth', 'vault.TickOutOfRange', reveals(plain, 1_001, again.salt)],
	]);
	await revealBids(world, [again]);
	const { tick, served } = await settlement(world, window.current.toNumber());
	story.check('served where nothing lies idle', [tick, served.reduce((sum, { shares }) => sum + shares, 0n) < WAD], [10, true]);
	story.tell('a bid counts in the window in which it was revealed, by whoever has its salt: it is sealed anew for the next one');
}

async function forfeits(world) {
	const { story, asked: { unrevealed } } = world;
	await freshWindow(world);
	await world.follow(await bestBlock(world.api));
	const before = unrevealed.shares;
	const back = await cancel(world, unrevealed);
	story.check('what the sealed bid has cost', before - back, before / 100n);
	story.tell(`Ferdie//stash takes its request back: the bid that it never opened costs what the window cleared at, 1 % or ${show(before - back)} shares, to the others`);
}

async function handedOver(world) {
	const { api, story, address } = world;
	const { vault } = api.tx;
	await freshWindow(world);
	const { request } = await requestRedemption(world, 'verifier', usd('5000'));
	await world.refuseAll([
		['verifier', 'a request offered to oneself', 'vault.OwnOffer', vault.transferRequest(request.id, address.verifier)],
		['insurer', 'a request taken that is not offered', 'vault.NotOffered', vault.acceptRequest(request.id)],
		['insurer', "another's request offered", 'vault.NotRequestOwner', vault.transferRequest(request.id, address.insurer)],
		['verifier', 'oneself as operator', 'vault.OwnOperator', vault.setOperator(address.verifier, true)],
		['verifier', 'an operator revoked who is none', 'vault.NotOperator', vault.setOperator(address.insurer, false)],
		['insurer', 'a claim for another without consent', 'vault.NotRequestOwner', vault.claim(request.id, null)],
		['verifier', 'a claim of what waits', 'vault.NothingToClaim', vault.claim(request.id, null)],
		['saver', 'a request that never was', 'vault.UnknownRequest', vault.claim(9_999, null)],
	]);
	await handOver(world, request, 'insurer');
	world.asked.handed = request;
	const { request: other } = await requestRedemption(world, 'appraiser', usd('1000'));
	await cancel(world, other);
	story.tell(`Dave hands a request over to Eve//stash, who accepts it; a request without a bid is cancelled for nothing`);
	await world.compare(await bestBlock(api));
}

/** Waits until requests are served, in the window that is open or in the next one. */
async function allServed(world, requests) {
	const { api } = world;
	const until = (await timeAt(api)) + 2 * LENGTH + 60;
	for (let now = 0; now < until && requests.some(({ shares }) => shares > 0n); ) {
		const head = await waitForTime(api, now + 1);
		now = head.now;
		await world.follow(head.block);
	}
}

async function rollOver(world) {
	const { api, story, asked: { plain, marginal, picky, handed }, line } = world;
	const waiting = [plain, marginal, picky, handed];
	const shares = waiting.map((request) => request.shares);
	await line.payoff(world.lent);
	await line.close();
	await allServed(world, waiting);
	story.check('served', waiting.map((request) => request.shares), waiting.map(() => 0n));
	story.check('clearing tick', world.settlement.tick, 0);
	const paid = await paidOut(world, ...waiting);
	story.tell(`Bob pays back; the next window serves all: ${waiting.map((request, k) => `${show(shares[k])} shares of ${NAMES[request.role]}`).join(', ')}`);
	story.tell('there is enough, so nobody gives anything up, and who asked for a least price has more');
	await world.compare(paid);
}

/** Compares an offer of bills with the books at a block. Returns it as computed. */
async function compareOffer(world, side, block) {
	const { api, story, vault, offers } = world;
	const at = await api.at(block);
	const now = await timeAt(api, block);
	world.markBills(now);
	const oracle = world.oracle.value({ kind: 'Price', id: BILLS });
	const { current, revealFrom } = await at.call.vaultApi.window();
	const wanted = world.wanted(now, now >= revealFrom.toNumber() ? current.toNumber() : current.toNumber() - 1);
	const demand = { assets: vault.forRedemptions(now), idle: vault.idle, longIdle: vault.idle, wanted };
	const offer = offers.offer(side, demand, oracle, now);
	const found = (await at.call.reservesApi.offers()).find((one) => one.side.type === side);
	story.check(`what the vault ${side.toLowerCase()}`, found && {
		amount: found.amount.toBigInt(),
		forQueue: found.forQueue.toBigInt(),
		oracle: found.oraclePrice.toBigInt(),
		first: found.firstPrice.toBigInt(),
		last: found.lastPrice.toBigInt(),
		left: found.leftInHour.toBigInt(),
		lossLeft: found.lossLeft.toBigInt(),
	}, offer && {
		amount: offer.amount,
		forQueue: offer.forQueue < offer.amount ? offer.forQueue : offer.amount,
		oracle,
		first: offers.priceAt(side, oracle, 0n),
		last: offers.priceAt(side, oracle, WAD),
		left: offers.sides[side].filled.left(now, offers.hourly),
		lossLeft: offer.lossLeft,
	});
	return { offer, wanted };
}

/** Fills an offer as a dealer, and books the trade by the state before it. */
async function fillOffer(world, side, amount, role = 'appraiser') {
	const { api, story, vault, books, bills, offers, raised } = world;
	const buys = side === 'Buys';
	const result = await world.send(role, api.tx.reserves.fillOffer(side, amount, buys ? 0n : 2n ** 128n - 1n));
	const { time, block } = result;
	world.markBills(time);
	const oracle = world.oracle.value({ kind: 'Price', id: BILLS });
	const { current, revealFrom } = await (await api.at(block)).call.vaultApi.window();
	const wanted = world.wanted(time, time >= revealFrom.toNumber() ? current.toNumber() : current.toNumber() - 1);
	const offer = offers.offer(side, { assets: vault.forRedemptions(time), idle: vault.idle, longIdle: vault.idle, wanted }, oracle, time);
	const held = bills.held;
	const trade = offers.fill(side, offer, amount, oracle, time);
	const event = result.find('reserves', buys ? 'BillsBought' : 'BillsSold');
	story.check(`bills that the vault ${buys ? 'bought' : 'sold'}`, {
		usdai: event.usdai.toBigInt(),
		bills: event.bills.toBigInt(),
		price: event.price.toBigInt(),
		oracle: event.oraclePrice.toBigInt(),
		loss: event.loss.toBigInt(),
		since: event.since.toNumber(),
		held: event.held.toBigInt(),
	}, { ...trade, oracle, since: offers.sides[side].since, held: bills.held });
	if (buys) {
		vault.idle -= trade.usdai;
		books.move('USDai', 'vault', role, trade.usdai);
		books.move('TBILL', role, 'bills', trade.bills);
	} else {
		const mark = bills.valueOf(held, oracle) - bills.valueOf(bills.held, oracle);
		const missing = wanted > vault.idle ? wanted - vault.idle : 0n;
		trade.cost = raised.sell(trade.usdai, mark, missing);
		story.check('cost of raising', result.all('vault', 'RaisingCost').map(({ cost }) => cost.toBigInt()), trade.cost > 0n ? [trade.cost] : []);
		vault.idle += trade.usdai;
		books.move('USDai', role, 'vault', trade.usdai);
		books.move('TBILL', 'bills', role, trade.bills);
	}
	await world.compare(block);
	return { trade, result };
}

async function billsBought(world) {
	const { api, story, vault } = world;
	const { reserves } = api.tx;
	await world.freshPrices();
	// Money has to lie idle for a time before it buys: two of this chain's days.
	await waitForTime(api, (await timeAt(api)) + 48);
	const block = await bestBlock(api);
	await world.follow(block);
	const { offer } = await compareOffer(world, 'Buys', block);
	story.check('something is offered', offer !== undefined, true);
	const first = world.offers.priceAt('Buys', world.oracle.value({ kind: 'Price', id: BILLS }), 0n);
	const half = offer.amount / 2n;
	await world.refuseAll([
		['appraiser', 'bills sold to the vault above its price', 'reserves.BeyondLimit', reserves.fillOffer('Buys', half, 2n * first)],
		['appraiser', 'dust sold to the vault', 'reserves.BelowMinimumFill', reserves.fillOffer('Buys', usd('99'), 0n)],
		['appraiser', 'bills bought that the vault does not sell', 'reserves.NothingOffered', reserves.fillOffer('Sells', half, 2n * first)],
	]);
	const { trade } = await fillOffer(world, 'Buys', half);
	story.check('a loss for the vault', trade.loss, 0n);
	story.tell(`${show(vault.idle + trade.usdai)} USDai lay idle, of which a tenth shall: Ferdie//stash sells ${show(trade.bills)} TBILL to the vault for ${show(trade.usdai)}, at ${show(trade.price, 12)} where the oracle says ${show(world.oracle.value({ kind: 'Price', id: BILLS }), 12)}`);
	const price = () => world.oracle.value({ kind: 'Price', id: BILLS });
	const before = price();
	// No price rises at a weekend.
	for (let days = 0; days < 4 && price() <= before; days += 1) await world.feed();
	story.check('the price of the bills has risen', price() > before, true);
	const { highest, day } = (await (await api.at(await bestBlock(api))).query.reserves.billYields());
	story.check('highest price that lasted for a day', highest.unwrap().toBigInt(), world.bills.highest);
	story.check('lowest price of the day', day.unwrap().lowest.toBigInt(), world.bills.day.lowest);
	await world.compare(await bestBlock(api));
	story.tell(`the price rises by ${show(price() - before, 12)}: savers have it at once, and the treasury's tenth waits until it has lasted for a day`);
}

async function billsSold(world) {
	const { api, story, vault, books } = world;
	await world.govern('StableAdmin', [setValues(api, [
		['Reserves', 'LiquidityBuffer', Number((PPB * 7n) / 10n)],
		['Reserves', 'OfferPeriod', 600],
		['Reserves', 'OfferStart', 0],
		['Reserves', 'MaxSellDiscount', Number(PPB / 100n)],
	])]);
	const block = await bestBlock(api);
	await world.follow(block);
	Object.assign(world.offers, await offerTerms(await api.at(block)));
	story.tell('holders decide that seven tenths of the money shall be idle, and that bills may be sold for 1 % less within ten minutes');
	await world.freshPrices();
	const window = await freshWindow(world);
	const now = await timeAt(api);
	world.markBills(now);
	// All that lies idle, and a part of what the bills are worth.
	const wanted = vault.idle + vault.bills / 3n;
	let shares = math.sharesForAssets(wanted, vault.forRedemptions(now), vault.shares);
	const requests = [];
	for (const role of ['saver', 'verifier', 'appraiser']) {
		const own = books.of(role, 'sUSDai');
		const part = own < shares ? own : shares;
		if (part < WAD) continue;
		requests.push((await requestRedemption(world, role, part)).request);
		shares -= part;
	}
	// Prices come before the last part of the window: it is short.
	await waitForTime(api, window.revealFrom.toNumber() - 48);
	await world.freshPrices();
	const { block: reveal } = await waitForTime(api, window.revealFrom.toNumber());
	await world.follow(reveal);
	const { wanted: asked } = await compareOffer(world, 'Sells', reveal);
	const price = vault.redemptionPrice(await timeAt(api, reveal));
	// What is lacking, and a little more: its loss alone is borne by all.
	const { trade } = await fillOffer(world, 'Sells', asked - vault.idle + usd('100'));
	story.check('the sale has a cost', trade.cost > 0n, true);
	const settled = await settlement(world, Math.max(...requests.map((request) => request.window)));
	story.check('cost that those who are served bear', settled.cost, trade.cost);
	world.markBills(settled.time);
	story.check('the price of those who stay does not fall', vault.redemptionPrice(settled.time) >= price - price / 100_000n, true);
	await world.compare(settled.block);
	const paid = await paidOut(world, ...requests);
	story.check('served in full', requests.map((request) => request.shares), requests.map(() => 0n));
	story.tell(`savers ask for more than lies idle: Ferdie//stash buys ${show(trade.bills)} TBILL for ${show(trade.usdai)}, and they bear the ${show(trade.cost)} that it cost`);
	await world.compare(paid);
	await world.refuse('verifier', 'a settlement of a window that is settled', 'vault.AlreadySettled', api.tx.vault.startSettlement());
}

async function atOnce(world) {
	const { api, story, vault, books } = world;
	const { redeemNow, depositImpaired } = api.tx.vault;
	await world.freshPrices();
	await deposit(world, 'saver', usd('50000'));
	const now = await timeAt(api);
	world.markBills(now);
	const nav = vault.forRedemptions(now);
	const share = await governed(api, 'Vault', 'ExitFee');
	const limit = await governed(api, 'Vault', 'ExitShare');
	const shares = math.sharesForAssets((nav * limit) / PPB / 2n, nav, vault.shares);
	const own = books.of('saver', 'sUSDai');
	await world.refuseAll([
		['saver', 'shares redeemed at once for more than they bring', 'vault.TooFewAssets', redeemNow(shares, 2n * shares)],
		['saver', 'more redeemed at once than a day allows', 'vault.AboveExitLimit', redeemNow(3n * shares < own ? 3n * shares : own, 0n)],
		['saver', 'a deposit of less than a dollar that accepts losses', 'vault.BelowMinimumDeposit', depositImpaired(WAD - 1n, 0n, 0n)],
	]);
	const result = await world.send('saver', redeemNow(shares, 1n));
	world.markBills(result.time);
	const { assets, fee } = vault.redeemNow(shares, share, result.time);
	books.debit('saver', 'sUSDai', shares);
	books.move('USDai', 'vault', 'saver', assets);
	const event = result.find('vault', 'RedeemedNow');
	story.check('redeemed at once', [event.shares, event.assets, event.fee].map((part) => part.toBigInt()), [shares, assets, fee]);
	await world.compare(result.block);
	story.tell(`nobody waits, so Ferdie redeems ${show(shares)} shares at once for ${show(assets)} USDai; the fee of ${show(fee)} stays with the others`);
}

async function given(world) {
	const { api, story, vault, books } = world;
	const { payYield } = api.tx.vault;
	const amount = usd('100');
	const before = (await api.call.vaultApi.nav()).income.map(([source, total]) => [source.type, total.toBigInt()]);
	await world.refuse('offtaker', 'income of less than a dollar', 'vault.BelowMinimumIncome', payYield('Other', WAD - 1n));
	const result = await world.send('offtaker', payYield('StablecoinReward', amount));
	world.markBills(result.time);
	const price = vault.redemptionPrice(result.time);
	vault.payYield(amount, result.time);
	books.move('USDai', 'offtaker', 'vault', amount);
	story.check('the price does not jump', vault.redemptionPrice(result.time), price);
	const sum = (list, source) => list.find(([name]) => name === source)?.[1] ?? 0n;
	const after = (await (await api.at(result.block)).call.vaultApi.nav()).income.map(([source, total]) => [source.type, total.toBigInt()]);
	story.check('income by source', sum(after, 'StablecoinReward') - sum(before, 'StablecoinReward'), amount);
	await world.compare(result.block);
	story.tell(`Dave//stash gives the savers ${show(amount)} USDai, an issuer's reward: it is theirs by the second within a window`);
}

/** Reports a price of the bills that is a part of the accepted one, in parts per billion, until another is asked for. */
async function quoteBills(world, part) {
	world.quoted.set(BILLS, (world.oracle.value({ kind: 'Price', id: BILLS }) * part) / PPB);
	await world.feed();
}

/** Lets the recorded price of the bills count again, and feeds until the accepted one has come near it. */
async function recordedBills(world, price) {
	const { story } = world;
	world.quoted.delete(BILLS);
	const now = () => world.oracle.value({ kind: 'Price', id: BILLS });
	for (let feeds = 0; feeds < 6 && now() < (price * 99n) / 100n; feeds += 1) await world.feed();
	story.check('the price of the bills is back', now() >= (price * 99n) / 100n, true);
	world.markBills(await timeAt(world.api));
}

/** Sends shares to somebody without any CLBR, who asks for redemption and pays fee and deposit in USDai. */
async function withoutTokens(world, shares) {
	const { api, story, books, address } = world;
	const { assets } = api.tx;
	const dollars = usd('50');
	await world.send('saver', assets.transfer(USDAI, address.guest, dollars));
	books.move('USDai', 'saver', 'guest', dollars);
	await world.send('saver', assets.transfer(SUSDAI, address.guest, shares));
	books.move('sUSDai', 'saver', 'guest', shares);
	const { request } = await requestRedemption(world, 'guest', shares, { assetId: LOCATION.USDAI });
	story.check('deposit for the request', [request.deposit.kind, request.deposit.amount], ['USDai', await governed(api, 'Vault', 'RequestDeposit')]);
	story.check('CLBR of the guest', [books.of('guest', 'CLBR'), books.of('guest', 'CLBR held')], [0n, 0n]);
	return request;
}

/**
 * The price falls by more than a fiftieth when nobody can cancel any more: cancelling opens again, and whoever named a
 * least price above what it is then has the shares back.
 */
async function reopens(world) {
	const { api, story, vault } = world;
	await world.freshPrices();
	const window = await freshWindow(world);
	await world.follow(await bestBlock(api));
	const began = await timeAt(api);
	world.markBills(began);
	const price = vault.redemptionPrice(began);
	const { request: plain } = await requestRedemption(world, 'saver', usd('2000'));
	const { request: leaving } = await requestRedemption(world, 'saver', usd('1500'));
	const { request: picky } = await requestRedemption(world, 'saver', usd('1000'), { least: (price * 99n) / 100n });
	const guest = await withoutTokens(world, usd('100'));
	const [index, closes] = [window.current.toNumber(), window.closesAt.toNumber()];
	story.check('window of the requests', [plain, leaving, picky, guest].map((request) => request.window), [index, index, index, index]);
	story.tell(`Ferdie asks for redemption three times, once at 99 % of the price or not at all, and a guest who has no CLBR pays fee and deposit in USDai`);
	await waitForTime(api, window.revealFrom.toNumber());
	const bills = world.oracle.value({ kind: 'Price', id: BILLS });
	await quoteBills(world, (PPB * 9n) / 10n);
	const head = await waitForTime(api, closes);
	let { now } = head;
	await world.follow(head.block);
	while (world.reopened?.window !== index && now < closes + LENGTH / 6) {
		const next = await waitForTime(api, now + 1);
		now = next.now;
		await world.follow(next.block);
	}
	const { reference } = world;
	const { phase, until } = await windowNow(world);
	story.check('window whose price was noted, and that is open again', [reference.window, world.reopened?.window], [index, index]);
	story.check('phase of the window', [phase.type, until.unwrap().toNumber()], ['Reopened', world.reopened?.until]);
	story.check('shares back', await cancel(world, leaving), usd('1500'));
	await waitForTime(api, world.reopened.until);
	const settled = await settlement(world, index);
	story.check('the price has fallen by more than a fiftieth', settled.price < (reference.price * 98n) / 100n, true);
	story.check('requests that end without being served', [settled.ended, picky.ended], [[picky.id], true]);
	const block = await paidOut(world, plain, guest);
	story.check('served', [plain.shares, guest.shares], [0n, 0n]);
	const owed = (shares) => proceeds(settled, shares, 0);
	const isPaid = ({ paid }, shares) => owed(shares) - paid <= 1n && paid <= owed(shares);
	story.check('what they have is the price', [isPaid(plain, usd('2000')), isPaid(guest, usd('100'))], [true, true]);
	story.check('the deposit is back', [world.books.of('guest', 'USDai held'), world.books.of('guest', 'CLBR held')], [0n, 0n]);
	await world.compare(block);
	story.tell(`at the close a share has fallen from ${show(reference.price, 12)} to ${show(settled.price, 12)}: Ferdie takes one request back, one ends by its least price, one is served`);
	await recordedBills(world, bills);
	await world.compare(await bestBlock(api));
}

/** A deposit just before an early payment: what it gains is a part of what was earned meanwhile. */
async function justInTime(world) {
	const { api, story, vault } = world;
	const window = await freshWindow(world);
	await world.freshPrices();
	const [server] = await newServers(world, [40]);
	const line = await Line.open(world, lineTerms(await timeAt(api), { limit: usd('300000'), period: 30 * DAY, maintenance: WAD, firstLoss: PPB / 20n, reserveInstallments: 0 }), [server.title]);
	const { idle } = vault;
	const amount = (idle < usd('100000') ? idle / 2n : usd('50000')) / WAD;
	await funded(world, { appraiser: 301_000n, borrower: 20_000n });
	await world.freshPrices();
	const { id, loan } = await line.draw(amount * WAD);
	const assets = usd('300000');
	const { shares, result } = await deposit(world, 'appraiser', assets);
	const began = result.time;
	const before = { locked: vault.locked.at(began), perSecond: vault.perSecond, shares: vault.shares };
	// The two prices are apart by what is earned and has not come in, and by the haircut of the bills.
	const apart = vault.forDeposits(began) - vault.forRedemptions(began);
	const { payment } = await line.repay(id, loan.due(began).total);
	const { request } = await requestRedemption(world, 'appraiser', shares);
	const settled = await settlement(world, request.window);
	const block = await paidOut(world, request);
	const gain = request.paid - assets;
	// Its share of all that the loans have earned by the second, and of all that was in the buffer before.
	const earned = before.perSecond * BigInt(settled.time - began) + before.locked;
	const most = math.mulDivUp(earned, shares, before.shares);
	story.check('served', [request.shares, window.current.toNumber() <= request.window], [0n, true]);
	story.check(`the gain of ${show(gain)} is at most its share of what was earned meanwhile, ${show(most)}`, gain <= most, true);
	story.check('the deposit comes back, less what the prices are apart', gain > -math.mulDivUp(apart, shares, before.shares) - usd('1'), true);
	story.tell(`Bob pays ${show(payment.seniorInterest)} of interest a month ahead; who came with ${show(assets)} just before and left at once has ${show(gain)} more`);
	await world.compare(block);
	world.late = { line, id };
}

/** One appraiser, one batch, at the close of a window. */
async function oneAppraiser(world) {
	const { api, story, vault, late: { line, id } } = world;
	const { titles, credit, vault: calls, utility } = api.tx;
	const window = await freshWindow(world);
	await world.freshPrices();
	const { request } = await requestRedemption(world, 'saver', usd('1000'));
	await waitForTime(api, window.revealFrom.toNumber());
	const bills = world.oracle.value({ kind: 'Price', id: BILLS });
	await quoteBills(world, (PPB * 99n) / 100n);
	await waitForTime(api, window.closesAt.toNumber() - 6);
	world.markBills(await timeAt(api));
	const [title] = line.titles;
	const file = titles.fileAppraisal(title, 1n, world.newHash('appraisal'), (await timeAt(api)) + 60 * DAY);
	const price = vault.redemptionPrice(await timeAt(api));
	await world.refuse('appraiser', 'a breach by the word of one appraiser, and a settlement in the same batch', 'credit.NotInBreach',
		utility.batchAll([file, credit.declareBreach(line.id), calls.startSettlement()]));
	const settled = await settlement(world, request.window);
	const block = await paidOut(world, request);
	story.check('what the leaver has', request.paid >= (usd('1000') * price) / WAD - 1n, true);
	story.check('the window is settled after a round over the lines that began after its close', settled.time > window.closesAt.toNumber(), true);
	story.check('a fall of the price by less than a fiftieth opens nothing again', [vault.redemptionPrice(settled.time) < world.reference.price, world.reopened?.window === request.window], [true, false]);
	story.tell(`the machines are worth what they are, whatever one appraiser files at the close: the leaver has ${show(request.paid)} USDai for 1,000 shares`);
	await world.compare(block);
	await recordedBills(world, bills);
	await line.payoff(id);
	await line.close();
	await world.compare(await bestBlock(api));
}

async function mintRateLimitAndFreeze(world) {
	const { api, story, books, address } = world;
	const { psm, assets, reserves, vault } = api.tx;
	const room = usd('2000');
	const { MintLimitFloor: floor, MintLimitShare: share } = (await governedValues(api)).Reserves;
	const reason = world.newHash('order');
	await world.govern('StableAdmin', [
		setValues(api, [['Reserves', 'MintLimitFloor', room], ['Reserves', 'MintLimitShare', 0]]),
		reserves.resetMintRateLimit(),
		reserves.freeze(address.offtaker, reason),
	]);
	const report = await api.call.reservesApi.proofOfReserves();
	story.check('room under the mint rate limit (fuse)', report.mintRateLimit.room.toBigInt(), room);
	const unit = 1_000_000n;
	await mint(world, 'saver', 1_500n);
	await world.refuseAll([
		['saver', 'a mint above the mint rate limit (fuse)', 'reserves.MintRateLimitExceeded', psm.mint(LOCATION.USDAI, LOCATION.USDC, 600n * unit, 0)],
		['offtaker', 'USDai sent from a frozen account', 'assets.BalanceLow', assets.transfer(USDAI, address.saver, WAD)],
		['offtaker', 'a deposit from a frozen account', 'token.Frozen', vault.deposit(usd('10'), 0)],
	]);
	await redeemFor(world, 'saver', usd('1000'));
	const gift = await world.send('saver', assets.transfer(USDAI, address.offtaker, WAD));
	books.move('USDai', 'saver', 'offtaker', WAD);
	await world.compare(gift.block);
	story.tell(`under a mint rate limit (fuse) of ${show(room)} USDai minting stops and redeeming goes on; a frozen account receives and cannot send`);
	await mint(world, 'saver', 1_400n);
	story.tell('what was redeemed has made room again');
	await world.govern('StableAdmin', [
		reserves.thaw(address.offtaker, reason),
		setValues(api, [['Reserves', 'MintLimitFloor', floor.default], ['Reserves', 'MintLimitShare', share.default]]),
	]);
	const sent = await world.send('offtaker', assets.transfer(USDAI, address.saver, WAD));
	books.move('USDai', 'offtaker', 'saver', WAD);
	await world.compare(sent.block);
	story.check('frozen', (await api.query.reserves.frozen(address.offtaker)).isNone, true);
}

/** Steps of the chapter, in order. */
export const SAVERS = [
	{ title: 'Savers: three of them, and most of their money is lent', run: savings },
	{ title: 'Savers: sealed bids for a place in the queue', run: sealedBids },
	{ title: 'Savers: too little for all, one price for those who are served', run: tooLittle },
	{ title: 'Savers: bids that do not count', run: badBids },
	{ title: 'Savers: a bid that was never opened has its price', run: forfeits },
	{ title: 'Savers: a request changes hands, another is given up', run: handedOver },
	{ title: 'Savers: who was left over comes next', run: rollOver },
	{ title: 'Bills: idle money buys them by offers', run: billsBought },
	{ title: 'Bills: money is raised for those who leave', run: billsSold },
	{ title: 'Savers: out at once, for a fee', run: atOnce },
	{ title: 'Savers: income that is given', run: given },
	{ title: 'Savers: cancelling opens again after a fall of the price', run: reopens },
	{ title: 'Savers: nobody gains by coming just before a payment', run: justInTime },
	{ title: 'Savers: nobody loses by what one appraiser files at a close', run: oneAppraiser },
	{ title: 'The mint rate limit (fuse) of the peg, and a frozen account', run: mintRateLimitAndFreeze },
];
