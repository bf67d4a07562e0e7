// SPDX-License-Identifier: Apache-2.0
//
// Chapter on savers, whose money is lent out when they ask for it: sealed bids for a place in the queue,
// Treasury bills for idle money, the mint rate limit (fuse) of the peg and frozen accounts.

import { randomBytes } from 'node:crypto';
import {
	amountOut,
	bestBlock,
	governedValues,
	idleTarget,
	LOCATION,
	math,
	mostWithin,
	PPB,
	proceeds,
	seal,
	setValue,
	timeAt,
	usd,
	USDAI,
	WAD,
	waitForTime,
} from '@caliber/lib';
import { claim, deposit, funded, mint, requestRedemption, settlement, show } from './life.js';
import { Line, lineTerms, newServers } from './lines.js';
import { BILLS } from './world.js';

/** Seconds needed to seal every bid in time. */
const TO_SEAL = 48;
/** Last part of a window, in seconds, in which bids are revealed in this chapter. */
const REVEAL = 60;
const BUFFER = PPB / 10n;
const BAND = PPB / 100n;
const NAMES = { saver: 'Ferdie', verifier: 'Dave', appraiser: 'Ferdie//stash' };

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

/** Books a revealed bid: puts the request in the lane of its tick. */
function reveal(world, request, tick) {
	if (request.tick === tick) return;
	world.queue = [...world.queue.filter((other) => other !== request), request];
	request.tick = tick;
}

/** Lets holders set the reveal period: it counts from the next window on, whose length stays as it is. */
async function revealEarlier(world) {
	const { api, story } = world;
	const tempo = (await api.call.governanceApi.tempo()).toNumber();
	const { current } = await api.query.vault.windows();
	const decided = await world.govern('StableAdmin', [
		setValue(api, 'Vault', 'RevealPeriod', REVEAL * tempo),
		api.tx.vault.setWindowLength(current.length.toNumber() * tempo),
	]);
	const [window, since, length, period] = decided.events.find(({ event }) => api.events.vault.WindowLengthSet.is(event)).event.data;
	story.check('reveal period of the next windows', period.toNumber(), REVEAL);
	story.check('their length', length.toNumber(), current.length.toNumber());
	// A decision is enacted before its block has a time of its own: by the time of the block before.
	const { parentHash } = await api.rpc.chain.getHeader(decided.block);
	const before = await (await api.at(parentHash)).call.vaultApi.window();
	story.check('the first of them', [window.toNumber(), since.toNumber()], [before.current.toNumber() + 1, before.closesAt.toNumber()]);
	story.check('reveal period of the window that runs', before.closesAt.sub(before.revealFrom).toNumber(), current.reveal.toNumber());
	await waitForTime(api, since.toNumber());
	const after = await windowNow(world);
	story.check('reveal period now', after.closesAt.sub(after.revealFrom).toNumber(), REVEAL);
	story.tell(`holders decide that bids are revealed in the last ${REVEAL} s of a window, from the next one on`);
	await world.follow(await bestBlock(api));
}

async function savings(world) {
	const { api, story } = world;
	await funded(world, { appraiser: 4_000_000n, saver: 350_000n, verifier: 250_000n, borrower: 100_000n, curator: 100_000n, offtaker: 1_000n });
	await revealEarlier(world);
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

async function sealedBids(world) {
	const { api, story, address } = world;
	const { vault } = api.tx;
	const window = await freshWindow(world);
	const asked = await Promise.all([
		requestRedemption(world, 'saver', usd('80000')),
		requestRedemption(world, 'verifier', usd('150000')),
		requestRedemption(world, 'appraiser', usd('100000')),
		requestRedemption(world, 'saver', usd('60000')),
	]);
	const [plain, marginal, unrevealed, urgent] = asked.map(({ request }) => request);
	world.requests = { plain, marginal, unrevealed, urgent };
	world.queue.sort((a, b) => a.id - b.id);
	const bids = [
		{ request: urgent, tick: 300 },
		{ request: marginal, tick: 100 },
		{ request: unrevealed, tick: 250 },
	].map((bid) => ({ ...bid, salt: new Uint8Array(randomBytes(32)) }));
	world.sealed = bids;
	const committed = await world.sendAll(bids.map(({ request, tick, salt }) => [request.role, vault.commitBid(request.id, seal(request.id, tick, salt))]));
	const { closesAt, revealFrom } = window;
	story.check('committed in time', Math.max(...committed.map(({ time }) => time)) < revealFrom.toNumber(), true);
	story.tell(`four requests over ${show(usd('390000'))} shares wait; three carry a bid, of which nobody sees what it offers`);
	await waitForTime(api, revealFrom.toNumber());
	const opened = bids.slice(0, 2);
	const revealed = await world.sendAll(opened.map(({ request, tick, salt }) => [request.role, vault.revealBid(request.id, tick, salt)]));
	for (const [k, { request, tick }] of opened.entries()) {
		reveal(world, request, tick);
		story.check('revealed tick', revealed[k].find('vault', 'BidRevealed').tick.toNumber(), tick);
	}
	story.check('revealed in time', Math.max(...revealed.map(({ time }) => time)) < closesAt.toNumber(), true);
	story.tell('two are opened, at 3 % and 1 %; Ferdie//stash forgets the one at 2.5 %, and it counts for nothing');
	const report = (await api.call.vaultApi.request(unrevealed.id)).unwrap();
	story.check('tick of the sealed bid', report.tick.toNumber(), 0);
	story.check('owner of the request', report.owner.toString(), address.appraiser);
}

async function tooLittle(world) {
	const { story, vault, requests } = world;
	const { plain, marginal, unrevealed, urgent } = requests;
	const nav = vault.forRedemptions;
	const supply = vault.shares;
	const idle = vault.idle;
	const { block, tick, served, forgone, price } = await settlement(world, urgent.window);
	story.check('clearing tick', tick, 100);
	const [first, second] = served;
	story.check('served first, in full', [first.id, first.shares], [urgent.id, usd('60000')]);
	story.check('pay-out', first.assets, proceeds({ nav, supply }, usd('60000'), 100));
	story.check('served second, with what is left', [second.id, served.length], [marginal.id, 2]);
	const affordable = (idle * supply * 10_000n) / (nav * 9_900n);
	story.check('its shares', second.shares, affordable - usd('60000'));
	for (const waiting of [plain, unrevealed]) story.check('served', waiting.claimable, 0n);
	story.check('what bidders forgo stays', vault.redemptionPrice > price, true);
	story.tell(`there is too little for all: ${show(idle)} USDai serve the bids at 1 % each, also the one that offered 3 %`);
	story.tell(`${show(first.assets)} for Ferdie's urgent request, ${show(second.assets)} for part of Dave's; what they forgo, ${show(forgone)}, raises the price from ${show(price, 12)} to ${show(vault.redemptionPrice, 12)}`);
	await world.compare(block);
	const { api } = world;
	const next = (await (await api.at(block)).call.vaultApi.request(plain.id)).unwrap();
	story.check('window of those left over', next.window.toNumber(), urgent.window + 1);
	story.tell('the others keep their place in the next window');
}

async function badBids(world) {
	const { api, requests, sealed } = world;
	const { vault } = api.tx;
	const { plain, marginal, unrevealed } = requests;
	const [, opened, forgotten] = sealed;
	const reveals = (request, tick, salt) => vault.revealBid(request.id, tick, salt);
	const { revealFrom } = await freshWindow(world);
	await world.refuseAll([
		['appraiser', 'a bid revealed too early', 'vault.RevealNotOpen', reveals(unrevealed, forgotten.tick, forgotten.salt)],
		['saver', "a bid for another's request", 'vault.NotRequestOwner', vault.commitBid(marginal.id, world.newHash('bid'))],
		['saver', 'more shares than one has', 'token.FundsUnavailable', vault.requestRedemption(world.books.of('saver', 'sUSDai') + 1n)],
	]);
	await waitForTime(api, revealFrom.toNumber());
	const wrong = new Uint8Array(32);
	await world.refuseAll([
		['appraiser', 'a bid sealed when bids are revealed', 'vault.BiddingClosed', vault.commitBid(unrevealed.id, world.newHash('bid'))],
		['appraiser', 'a bid revealed with another salt', 'vault.CommitmentMismatch', reveals(unrevealed, forgotten.tick, wrong)],
		['appraiser', 'a bid revealed at another tick', 'vault.CommitmentMismatch', reveals(unrevealed, forgotten.tick - 1, forgotten.salt)],
		['appraiser', 'a bid of more than a tenth', 'vault.TickOutOfRange', reveals(unrevealed, 1_001, forgotten.salt)],
		['saver', 'a bid revealed that was not sealed', 'vault.NoCommitment', reveals(plain, 10, wrong)],
		['verifier', 'a bid revealed twice', 'vault.AlreadyRevealed', reveals(marginal, opened.tick, opened.salt)],
	]);
}

async function claims(world) {
	const { api, story, requests, books } = world;
	const { vault } = api.tx;
	const { urgent, marginal, plain } = requests;
	await world.refuseAll([
		['saver', 'a claim of nothing', 'vault.ClaimOutOfRange', vault.claim(urgent.id, 0n)],
		['saver', 'a claim of more than was served', 'vault.ClaimOutOfRange', vault.claim(urgent.id, urgent.claimable + 1n)],
		['insurer', "a claim for another without consent", 'vault.NotRequestOwner', vault.claim(marginal.id, null)],
		['verifier', 'oneself as operator', 'vault.OwnOperator', vault.setOperator(world.address.verifier, true)],
		['verifier', 'an operator revoked who is none', 'vault.NotOperator', vault.setOperator(world.address.insurer, false)],
		['saver', 'a claim of what waits', 'vault.NothingToClaim', vault.claim(plain.id, null)],
		['saver', 'a request that never was', 'vault.UnknownRequest', vault.claim(9_999, null)],
	]);
	const some = urgent.claimable / 3n;
	await claim(world, urgent, { amount: some });
	const whole = await claim(world, urgent);
	story.check('request', (await (await api.at(whole.result.block)).query.vault.requests(urgent.id)).isNone, true);
	story.tell(`Ferdie claims a third, then the rest: ${show(some)} and ${show(whole.assets)} USDai; the request is gone and its deposit back`);
	const named = await world.send('verifier', vault.setOperator(world.address.insurer, true));
	const held = await (await api.at(named.block)).query.vault.operators(world.address.verifier, world.address.insurer);
	const deposit = held.unwrap().toBigInt();
	books.hold('verifier', 'CLBR', deposit);
	await world.refuse('verifier', 'an operator named twice', 'vault.AlreadyOperator', vault.setOperator(world.address.insurer, true));
	const { assets, result } = await claim(world, marginal, { by: 'insurer' });
	story.check('claimed by', result.find('vault', 'Claimed').by.toString(), world.address.insurer);
	story.tell(`Eve//stash, whom Dave names as operator, claims ${show(assets)} USDai for Dave, who receives them`);
	const revoked = await world.send('verifier', vault.setOperator(world.address.insurer, false));
	books.release('verifier', 'CLBR', deposit);
	await world.compare(revoked.block);
}

async function rollOver(world) {
	const { api, story, requests, line } = world;
	const { plain, marginal, unrevealed } = requests;
	const waiting = [plain, marginal, unrevealed];
	const shares = waiting.map((request) => request.shares);
	await line.payoff(world.lent);
	await line.close();
	const block = await bestBlock(api);
	await world.follow(block);
	let last = world.settlement;
	if (waiting.some((request) => request.shares > 0n)) {
		// The window of the block that was followed: later ones may have served all.
		const { current } = await (await api.at(block)).call.vaultApi.window();
		last = await settlement(world, current.toNumber());
	}
	// A window that closed before the money was back served nothing.
	story.check('served', waiting.map((request) => request.shares), [0n, 0n, 0n]);
	story.check('clearing tick', last.tick, 0);
	story.tell(`Bob pays back; the next window serves all: ${waiting.map((request, k) => `${show(shares[k])} shares of ${NAMES[request.role]}`).join(', ')}`);
	story.tell('there is enough, so nobody gives anything up, not even who offered to');
	const claimed = [];
	for (const request of waiting) claimed.push(await claim(world, request));
	await world.compare(claimed.at(-1).result.block);
}

/** Returns the reserves of the pool of bills and USDai. */
async function poolReserves(world, block) {
	const at = await world.api.at(block);
	const found = (await at.call.assetConversionApi.getReserves(LOCATION.TBILL, LOCATION.USDAI)).unwrap();
	return { bills: found[0].toBigInt(), usdai: found[1].toBigInt() };
}

const comparePool = async (world, block) => world.story.check('pool', await poolReserves(world, block), { ...world.pool });

async function billsPool(world) {
	const { api, story, books } = world;
	const { assetConversion, reserves } = api.tx;
	await world.govern('StableAdmin', [
		setValue(api, 'Reserves', 'LiquidityBuffer', Number(BUFFER)),
		setValue(api, 'Reserves', 'PriceBand', Number(BAND)),
	]);
	story.tell('holders decide: a tenth of the money stays idle, and bills are traded within 1 % of the oracle');
	await world.freshPrices();
	await world.refuse('verifier', 'bills bought where there is no pool', 'reserves.NoPool', reserves.rebalance());
	const price = world.oracle.value({ kind: 'Price', id: BILLS });
	const bills = 3_000_000n * WAD;
	const dollars = (bills * price) / WAD;
	await world.send('appraiser', assetConversion.createPool(LOCATION.USDAI, LOCATION.TBILL));
	books.debit('appraiser', 'CLBR', api.consts.assetConversion.poolSetupFee.toBigInt());
	const who = world.address.appraiser;
	const added = await world.send('appraiser', assetConversion.addLiquidity(LOCATION.USDAI, LOCATION.TBILL, dollars, bills, dollars, bills, who));
	books.debit('appraiser', 'USDai', dollars);
	books.debit('appraiser', 'TBILL', bills);
	world.pool = { bills, usdai: dollars };
	await comparePool(world, added.block);
	story.tell(`Ferdie//stash opens a pool of ${show(bills)} TBILL and ${show(dollars)} USDai, at the oracle's price of ${show(price)}`);
	await world.compare(added.block);
}

async function rebalanced(world) {
	const { api, story, vault, books, pool } = world;
	await world.freshPrices();
	const fee = api.consts.assetConversion.lpFee.toBigInt();
	const price = world.oracle.value({ kind: 'Price', id: BILLS });
	const before = { ...pool };
	const idle = vault.idle;
	const result = await world.send('verifier', api.tx.reserves.rebalance());
	world.markBills(result.time);
	const spare = idle - idleTarget(vault.forRedemptions, BUFFER, 0n);
	const event = result.find('reserves', 'BillsBought');
	const paid = event.usdai.toBigInt();
	// As much as the band permits: no more, and at most a 4096th less.
	const most = mostWithin(price + math.mulDivDown(price, BAND, PPB), WAD, before.usdai, before.bills, fee);
	const limit = most < spare ? most : spare;
	story.check('within the band and what is to spare', paid <= limit && limit - paid <= limit / 4_096n + 1n, true);
	const bought = amountOut(paid, before.usdai, before.bills, fee);
	story.check('bills bought', event.bills.toBigInt(), bought);
	pool.usdai += paid;
	pool.bills -= bought;
	vault.idle -= paid;
	world.bills.held += bought;
	books.debit('vault', 'USDai', paid);
	books.credit('bills', 'TBILL', bought);
	await comparePool(world, result.block);
	await world.compare(result.block);
	const nav = await (await api.at(result.block)).call.vaultApi.nav();
	story.check('bills in the value of the vault', nav.treasuryBills.toBigInt(), (world.bills.held * price * 998n) / (WAD * 1_000n));
	story.tell(`${show(idle)} USDai lie idle, of which a tenth shall: anyone may rebalance, and ${show(paid)} buy ${show(bought)} TBILL`);
	story.tell(`they count ${show(vault.bills)} USDai: at the oracle's ${show(price)} less 0.2 %`);
	await world.refuse('verifier', 'more bills than the band permits', 'reserves.OutsideBand', api.tx.reserves.rebalance());
	return world.compare(await bestBlock(api));
}

async function billsSold(world) {
	const { api, story, vault, books, pool } = world;
	const { assetConversion } = api.tx;
	// A trader brings the pool back to the price.
	const fee = api.consts.assetConversion.lpFee.toBigInt();
	const back = world.bills.held;
	const path = [LOCATION.TBILL, LOCATION.USDAI];
	const swapped = await world.send('appraiser', assetConversion.swapExactTokensForTokens(path, back, 1n, world.address.appraiser, false));
	const got = amountOut(back, pool.bills, pool.usdai, fee);
	pool.bills += back;
	pool.usdai -= got;
	books.debit('appraiser', 'TBILL', back);
	books.credit('appraiser', 'USDai', got);
	await comparePool(world, swapped.block);
	await world.compare(swapped.block);

	const missing = usd('8000');
	const idle = vault.idle;
	let shares = math.sharesForAssets(idle + missing, vault.forRedemptions, vault.shares);
	const window = await freshWindow(world);
	await world.freshPrices();
	const requests = [];
	for (const role of ['saver', 'verifier', 'appraiser']) {
		const own = books.of(role, 'sUSDai');
		const part = own < shares ? own : shares;
		if (part < WAD) continue;
		requests.push((await requestRedemption(world, role, part)).request);
		shares -= part;
	}
	story.check('windows', requests.map((request) => request.window), requests.map(() => window.current.toNumber()));
	const asked = requests.map((request) => request.shares);
	const held = world.bills.held;
	const { block, divested, served } = await settlement(world, requests[0].window);
	story.check('bills sold', held - world.bills.held, world.sold.bills);
	story.check('served in full', served.map((one) => one.shares), asked);
	const paid = served.reduce((sum, { assets }) => sum + assets, 0n);
	await comparePool(world, block);
	await world.compare(block);
	await world.refuse('verifier', 'a settlement of a window that is settled', 'vault.AlreadySettled', api.tx.vault.startSettlement());
	story.tell(`savers ask for ${show(paid)} USDai where ${show(idle)} lie idle: the window sells ${show(world.sold.bills)} TBILL for ${show(divested)}`);
	const claimed = [];
	for (const request of requests) claimed.push(await claim(world, request));
	await world.compare(claimed.at(-1).result.block);
}

async function mintRateLimitAndFreeze(world) {
	const { api, story, books, address } = world;
	const { psm, assets, reserves, vault } = api.tx;
	const room = usd('2000');
	const { MintLimitFloor: floor, MintLimitShare: share } = (await governedValues(api)).Reserves;
	const reason = world.newHash('order');
	await world.govern('StableAdmin', [
		setValue(api, 'Reserves', 'MintLimitFloor', room),
		setValue(api, 'Reserves', 'MintLimitShare', 0),
		reserves.resetMintRateLimit(),
		reserves.freeze(address.offtaker, reason),
	]);
	const report = await api.call.reservesApi.proofOfReserves();
	story.check('room under the mint rate limit (fuse)', report.mintRateLimit.room.toBigInt(), room);
	const unit = 1_000_000n;
	await mint(world, 'saver', 1_500n);
	await world.refuseAll([
		['saver', 'a mint above the mint rate limit (fuse)', 'reserves.MintRateLimitExceeded', psm.mint(LOCATION.USDAI, LOCATION.USDC, 501n * unit, 0)],
		['offtaker', 'USDai sent from a frozen account', 'assets.BalanceLow', assets.transfer(USDAI, address.saver, WAD)],
		['offtaker', 'a deposit from a frozen account', 'token.Frozen', vault.deposit(usd('10'), 0)],
	]);
	const redeemed = usd('1000');
	const rate = (await api.query.psm.redemptionFee(LOCATION.USDAI, LOCATION.USDC)).toBigInt();
	const fee = math.mulDivUp(redeemed, rate, unit);
	const out = (redeemed - fee) / (WAD / unit);
	await world.send('saver', psm.redeem(LOCATION.USDAI, LOCATION.USDC, redeemed, rate));
	books.move('USDC', 'peg', 'saver', out);
	books.debit('saver', 'USDai', out * (WAD / unit));
	books.move('USDai', 'saver', 'treasury', fee);
	world.supply -= out * (WAD / unit);
	const gift = await world.send('saver', assets.transfer(USDAI, address.offtaker, WAD));
	books.move('USDai', 'saver', 'offtaker', WAD);
	await world.compare(gift.block);
	story.tell(`under a mint rate limit (fuse) of ${show(room)} USDai minting stops and redeeming goes on; a frozen account receives and cannot send`);
	await mint(world, 'saver', 1_400n);
	story.tell('what was redeemed has made room again');
	await world.govern('StableAdmin', [
		reserves.thaw(address.offtaker, reason),
		setValue(api, 'Reserves', 'MintLimitFloor', floor.default),
		setValue(api, 'Reserves', 'MintLimitShare', share.default),
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
	{ title: 'Savers: claims, whole and in part, and by an operator', run: claims },
	{ title: 'Savers: who was left over comes next', run: rollOver },
	{ title: 'Bills: a pool of Treasury bills', run: billsPool },
	{ title: 'Bills: idle money buys them', run: rebalanced },
	{ title: 'Bills: a redemption window sells them', run: billsSold },
	{ title: 'The mint rate limit (fuse) of the peg, and a frozen account', run: mintRateLimitAndFreeze },
];
