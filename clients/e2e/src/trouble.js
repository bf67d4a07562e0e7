// SPDX-License-Identifier: Apache-2.0
//
// Chapter on credit in trouble: a payment is missed, the expected loss is provisioned in the same block, the
// machines are sold, and the proceeds go down the waterfall.

import { bestBlock, governed, Lot, minimumAfter, PPB, setValues, timeAt, usd, WAD, waitForHead, waitForTime } from '@caliber/lib';
import { deposit, funded, show } from './life.js';
import { insure, Line, lineTerms, newServers, untilTold } from './lines.js';

/**
 * Rules of auctions in this chapter; shares in parts per billion, times in seconds. The extension is the longest that
 * a chain of this tempo knows.
 */
const RULES = { reserveShare: (PPB * 90n) / 100n, minIncrement: PPB / 200n, minIncrementAmount: usd('100'), duration: 240, extension: 12, discount: (PPB * 15n) / 100n };
/** Seconds from block to block, payment period and grace period, in seconds. */
const BLOCK = 6;
const PERIOD = 36;
const GRACE = 12;
/** Bids that are sent near the end of an auction. */
const LATE_BIDS = 9;

async function rules(world) {
	const { api, story } = world;
	const tempo = (await api.call.governanceApi.tempo()).toNumber();
	const version = (await api.query.governance.currentRules()).toNumber();
	const decided = await world.govern('CreditAdmin', [setValues(api, [
		['Rules', 'AuctionDuration', RULES.duration * tempo],
		['Rules', 'MinIncrement', Number(RULES.minIncrement)],
		['Rules', 'AuctionReserve', Number(RULES.reserveShare)],
		['Rules', 'RelistDiscount', Number(RULES.discount)],
		// The cushion of a draw keeps a sale from bringing a loss, and this chapter is about losses.
		['Credit', 'DrawCushion', WAD],
	])]);
	const at = await api.at(decided.block);
	story.check('version of the rules', (await at.query.governance.currentRules()).toNumber(), version + 1);
	story.check('least increment of a bid', await governed(at, 'Rules', 'MinIncrementAmount'), RULES.minIncrementAmount);
	story.check('extension of an auction', await governed(at, 'Rules', 'BidExtension'), BigInt(RULES.extension));
	story.tell(`holders decide that auctions last ${RULES.duration} s, and at least ${RULES.extension} s after a bid`);
	await funded(world, { saver: 400_000n, verifier: 300_000n, offtaker: 300_000n, curator: 50_000n, borrower: 20_000n, insurer: 10_000n });
	await world.compare(await bestBlock(api));
}

/**
 * Opens a line over a server and draws `share` per cent of its borrowing base, with installments that nobody
 * will pay.
 */
async function risky(world, share, over) {
	const { api } = world;
	const [{ title, policy, spec }] = await newServers(world, [4]);
	const terms = {
		limit: usd('100000'), period: PERIOD, periods: 6, gracePeriod: GRACE, reserveInstallments: 0,
		advanceRate: (PPB * 70n) / 100n, maintenance: WAD, firstLoss: PPB / 20n, ...over,
	};
	const line = await Line.open(world, lineTerms(await timeAt(api), terms), [title]);
	const most = line.base(await timeAt(api));
	const amount = ((most * share) / 100n / WAD) * WAD;
	const drawn = await line.draw(amount);
	await line.compareBase(drawn.result.block);
	return { line, title, policy, spec, ...drawn };
}

async function breached(world) {
	const { api, story } = world;
	const { credit, titles } = api.tx;
	await deposit(world, 'saver', 300_000n * WAD);
	// A coverage of 1.11 times the maintenance: nothing is provisioned before the breach.
	const { line, id, title, policy, loan } = await risky(world, 90n, { period: 3_600 });
	story.check('impairment before', line.impairment, 0n);
	const cancelled = await world.send('insurer', titles.cancelPolicy(title, policy.id));
	const covered = cancelled.find('titles', 'PolicyCancelled').cancelledAt.toNumber();
	story.check('notice of the cancellation', covered - cancelled.time, Number(await governed(api, 'Titles', 'CancellationNotice')));
	await waitForTime(api, covered + 6);
	// A new price starts a round over the lines.
	await world.feed();
	await untilTold(world, line, 'breached');
	const [told] = line.told;
	story.check('what became of the line', told?.kind, 'breached');
	const [of, reason] = told.reason.asTitle;
	story.check('reason', [of.toNumber(), reason.type], [title, 'Uninsured']);
	const nav = await (await api.at(told.block)).call.vaultApi.nav();
	story.check('impairment in the block of the breach', nav.impairment.toBigInt(), told.impairment);
	story.check('something is provisioned', told.impairment > 0n, true);
	const { parentHash } = await api.rpc.chain.getHeader(told.block);
	const was = await (await api.at(parentHash)).call.vaultApi.nav();
	story.check('redemption price', nav.redemptionPrice.toBigInt() < was.redemptionPrice.toBigInt(), true);
	story.tell(`the insurer gives notice, and nobody insures the machines anew: the chain finds the breach itself and provisions ${show(told.impairment)} USDai in that block, more with every day of the cure period`);
	await world.refuseAll([
		['borrower', 'a draw in breach', 'credit.LineNotOpen', credit.draw(line.id, usd('1000'))],
		['borrower', 'the reserve taken in breach', 'credit.LineNotOpen', credit.withdrawReserve(line.id, 1n)],
		['verifier', 'a cure while the breach lasts', 'credit.StillInBreach', credit.cure(line.id)],
		['verifier', 'an auction of a line in breach', 'credit.NotDefaulted', credit.startAuction(line.id)],
	]);
	const { payment, result } = await line.repay(id, loan.due(await timeAt(api)).total);
	await line.compare(result.block);
	await world.compare(result.block);
	story.tell(`a breach never blocks repayment: Bob pays an installment of ${show(payment.total)}, and the impairment falls with it to ${show(line.impairment)}`);
	await world.freshPrices();
	await insure(world, title);
	await world.follow(await bestBlock(api));
	const cured = await world.send('verifier', credit.cure(line.id));
	line.enter('Open', cured.time);
	story.check('impairment', line.impairment, 0n);
	await line.compare(cured.block);
	await world.compare(cured.block);
	story.tell('another policy covers the machines, anyone may cure the line, and the impairment is released');
	await line.payoff(id);
	const closed = await line.close();
	await world.compare(closed.block);
}

async function borrowed(world) {
	const { story } = world;
	world.bad = await risky(world, 99n);
	const { line, loan, result } = world.bad;
	story.tell(`Bob pledges four GPUs and draws ${show(loan.balance)} USDai, nearly all they carry; Eve stands for the first ${show(loan.tranches.junior)}`);
	await line.compare(result.block);
	await world.compare(result.block);
	const { credit } = world.api.tx;
	await world.refuseAll([
		['verifier', 'a cure of a line that is well', 'credit.NotDistressed', credit.cure(line.id)],
		['verifier', 'an uncured breach of a line that is well', 'credit.NotBreached', credit.declareUncured(line.id)],
		['verifier', 'an auction of a line that is well', 'credit.NotDefaulted', credit.startAuction(line.id)],
		['saver', 'a bid where no auction runs', 'credit.NoAuction', credit.bid(line.id, WAD)],
		['verifier', 'a default before the due date', 'credit.GracePeriodRunning', credit.declareDefault(world.bad.id)],
	]);
}

async function defaulted(world) {
	const { api, story, vault } = world;
	const { line, id, loan } = world.bad;
	const ends = loan.dueDates[0] + GRACE;
	const { block: before } = await waitForTime(api, ends - 6);
	await world.follow(before);
	// The line was drawn to the brim: a tenth of its shortfall is provisioned before.
	const provisioned = line.impairment;
	await waitForTime(api, ends + 6);
	const block = await untilTold(world, line, 'defaulted');
	const told = line.told.at(-1);
	story.check('what became of the line', told?.kind, 'defaulted');
	const { parentHash } = await api.rpc.chain.getHeader(told.block);
	const was = await (await api.at(parentHash)).call.vaultApi.nav();
	const is = await (await api.at(told.block)).call.vaultApi.nav();
	const price = was.redemptionPrice.toBigInt();
	story.check('impairment in the block of the default', is.impairment.toBigInt() - was.impairment.toBigInt(), line.impairment - provisioned);
	story.check('redemption price in the block of the default', is.redemptionPrice.toBigInt() < price, true);
	story.check('interest of the line that is suspended', is.suspended.gt(was.suspended), true);
	story.check('interest that goes on accruing', vault.perSecond, 0n);
	story.tell(`grace is over, and the chain declares the default: in that very block ${show(line.impairment)} USDai are provisioned, and a share falls from ${show(price, 12)} to ${show(is.redemptionPrice.toBigInt(), 12)}`);
	await line.compare(block);
	await world.compare(block);
	const { credit, titles } = api.tx;
	await world.refuseAll([
		['verifier', 'a default declared again', 'credit.LineNotOpen', credit.declareDefault(id)],
		['borrower', 'a draw in default', 'credit.LineNotOpen', credit.draw(line.id, usd('2000'))],
		['verifier', 'a cure while a payment is overdue', 'credit.PaymentOverdue', credit.cure(line.id)],
		['borrower', 'the machine asked for in default', 'titles.Encumbered', titles.requestRedemption(world.bad.title)],
	]);
	const topUp = usd('120');
	const topped = await world.send('offtaker', api.tx.credit.topUpReserve(line.id, topUp));
	world.books.move('USDai', 'offtaker', 'lines', topUp);
	line.fillReserve(topUp);
	// The chain takes it for what is overdue, in that very block or in the next ones.
	await world.follow(topped.block);
	await line.compare(topped.block);
	await world.compare(topped.block);
}

/** Starts the auction of the titles of a line in default, once the delay after the default is over. */
async function putUp(world, line) {
	const { api, story } = world;
	const defaultedAt = (await api.query.credit.lines(line.id)).unwrap().defaultedAt.unwrap().toNumber();
	await waitForTime(api, defaultedAt + Number(await governed(api, 'Rules', 'AuctionDelay')));
	await world.freshPrices();
	await world.follow(await bestBlock(api));
	const started = await world.send('verifier', api.tx.credit.startAuction(line.id));
	const lot = new Lot(RULES, line.lotValue(started.time), started.time);
	line.enter('Liquidating', started.time);
	const event = started.find('credit', 'AuctionStarted');
	story.check('reserve price', event.reserve.toBigInt(), lot.reserve);
	story.check('end', event.endsAt.toNumber(), lot.endsAt);
	await world.compare(started.block);
	return lot;
}

/** Books a bid that was placed: the hold and the released previous bid. */
function bookBid({ story, books }, lot, role, amount, result) {
	const outbid = lot.bid(role, amount, result.time);
	if (outbid?.bidder === role) books.hold(role, 'USDai', amount - outbid.amount);
	else {
		books.hold(role, 'USDai', amount);
		if (outbid !== undefined) {
			books.release(outbid.bidder, 'USDai', outbid.amount);
			story.check('bid released', result.find('credit', 'BidReleased').amount.toBigInt(), outbid.amount);
		}
	}
	story.check('end of the auction', result.find('credit', 'BidPlaced').endsAt.toNumber(), lot.endsAt);
}

/** Bids. */
async function bid(world, line, lot, role, amount) {
	const result = await world.send(role, world.api.tx.credit.bid(line.id, amount));
	bookBid(world, lot, role, amount, result);
	await world.compare(result.block);
}

/**
 * Bids near the end of an auction. Only a bid in the last block before the end lets it go on, and a busy node may take some
 * blocks to include a transaction: so the bidder sends some in each of the last blocks, each higher than the one before.
 * What comes after the end is refused. Notes if the auction went on.
 */
async function bidLate(world, line, lot, role) {
	const { api } = world;
	const { block, now } = await waitForTime(api, lot.endsAt - 12 * BLOCK);
	const last = (await api.rpc.chain.getHeader(block)).number.toNumber() + (lot.endsAt - BLOCK - now) / BLOCK;
	const amounts = [lot.minimum];
	while (amounts.length < LATE_BIDS) amounts.push(minimumAfter(lot.rules, amounts.at(-1)));
	const bids = amounts.map((amount) => api.tx.credit.bid(line.id, amount));
	const arrival = async (number) => {
		await waitForHead(api, number);
		return Date.now();
	};
	const [before, first] = [arrival(last - 4), arrival(last - 3)];
	const outcomes = await world.sendTimed(role, bids, async (k) => {
		const blockTime = (await first) - (await before);
		await new Promise((resolve) => setTimeout(resolve, (k * blockTime) / 3));
	});
	const ended = lot.endsAt;
	for (const [k, { result, error }] of outcomes.entries()) {
		if (error === undefined) bookBid(world, lot, role, amounts[k], result);
		else if (error.name !== 'credit.AuctionEnded' || result.time < lot.endsAt) throw error;
	}
	await world.compare(outcomes.at(-1).result.block);
	if (lot.endsAt === ended) return;
	world.extended = true;
	world.story.tell(`a bid near the end lets it go on for ${lot.endsAt - ended} s`);
}

/** Waits for the end of the auction and settles it. */
async function sell(world, { line, title }, lot) {
	const { api, story, books, vault } = world;
	await waitForTime(api, lot.endsAt);
	await world.refuse('saver', 'a bid after the end', 'credit.AuctionEnded', api.tx.credit.bid(line.id, 2n * lot.minimum));
	const block = await bestBlock(api);
	await world.follow(block);
	const settled = await world.send('verifier', api.tx.credit.settleAuction(line.id));
	const { bidder, amount } = lot.best;
	books.debit(bidder, 'USDai held', amount);
	books.credit('lines', 'USDai', amount);
	const waterfall = line.liquidate(amount, settled.time);
	const event = settled.find('credit', 'LineLiquidated');
	const ranks = (found) => Object.fromEntries(Object.keys(waterfall.paid).map((rank) => [rank, found[rank].toBigInt()]));
	story.check('set aside', event.setAside.toBigInt(), waterfall.setAside);
	story.check('paid, rank by rank', ranks(event.paid), waterfall.paid);
	story.check('unpaid, rank by rank', ranks(event.unpaid), waterfall.unpaid);
	story.check('surplus', event.surplus.toBigInt(), waterfall.surplus);
	const at = await api.at(settled.block);
	const item = (await at.query.nfts.item(world.collection, title)).unwrap();
	story.check('owner of the NFT', item.owner.toString(), world.address[bidder]);
	story.check('line', (await at.query.credit.lines(line.id)).isNone, true);
	await world.compare(settled.block);
	const before = (await (await api.at(block)).call.vaultApi.nav()).redemptionPrice.toBigInt();
	return { ...waterfall, amount, bidder, at, before };
}

/** Pays a claim for a machine that burnt while its line held it. */
async function payClaim(world, { title, policy, loss }, amount) {
	const paid = await world.send('insurer', world.api.tx.titles.payClaim(title, policy.id, amount, loss));
	world.story.check('line that the loss harmed', paid.find('titles', 'ClaimPaid').line.unwrap().toNumber(), world.bad.line.id);
	return paid;
}

/** A machine burns while the lot is up for sale, and the insurer pays a first part to the line. */
async function fireInASale(world) {
	const { api, story, books } = world;
	const { line, title, spec } = world.bad;
	const lost = await world.send('custodian', api.tx.titles.reportLoss(title, spec.devices.slice(0, 1)));
	const machine = world.machines.get(title);
	machine.units -= 1;
	machine.lost = { units: 1, limit: machine.cover, claimed: 0n };
	await world.follow(lost.block);
	world.bad.loss = await world.lastLoss(title, lost.block);
	const first = usd('1000');
	const paid = await payClaim(world, world.bad, first);
	books.move('USDai', 'insurer', 'lines', first);
	line.receiveProceeds(first, title);
	await line.compare(paid.block);
	await world.compare(paid.block);
	story.tell(`one of the four machines burns while they are for sale: the first ${show(first)} USDai of the insurer wait with the line`);
}

/** What the insurer pays after the sale is the savers', whoever owns the title now. */
async function claimAfterASale(world, lost) {
	const { api, story, books, vault } = world;
	const { line } = world.bad;
	const second = usd('500');
	const owner = (await (await api.at(await bestBlock(api))).query.nfts.item(world.collection, world.bad.title)).unwrap().owner.toString();
	story.check('the title is no longer the borrower\'s', owner !== world.address.borrower, true);
	const paid = await payClaim(world, world.bad, second);
	books.move('USDai', 'insurer', 'vault', second);
	vault.recover(second, paid.time);
	const recovered = paid.find('credit', 'BadDebtRecovered');
	story.check('recovered', recovered.amount.toBigInt(), second);
	story.check('bad debt that is left of the line', recovered.left.toBigInt(), lost - second);
	story.check('line', recovered.line.toNumber(), line.id);
	story.tell(`after the sale it pays ${show(second)} USDai more for the machine that burnt: they are the savers', not the buyer's`);
	await world.compare(paid.block);
}

async function auctionAtALoss(world) {
	const { api, story } = world;
	const { line, loan } = world.bad;
	const { credit } = api.tx;
	const lot = await putUp(world, line);
	story.tell(`anyone may start the auction: the lot is up at ${show(lot.reserve)} USDai, nine tenths of what a forced sale brings`);
	await world.refuseAll([
		['saver', 'a bid under the reserve price', 'credit.BidTooLow', credit.bid(line.id, lot.reserve - 1n)],
		['borrower', 'a bid of the borrower', 'credit.SellerMayNotBid', credit.bid(line.id, lot.reserve)],
		['curator', 'the lot taken by the curator while bids are taken', 'credit.NoOption', credit.creditBid(line.id)],
		['saver', 'the lot taken by somebody else', 'credit.NotLineCurator', credit.creditBid(line.id)],
		['saver', 'the lot handed over by a saver', 'BadOrigin', credit.resolveLot(line.id, world.address.saver, 0)],
		['verifier', 'an auction settled that runs', 'credit.AuctionRunning', credit.settleAuction(line.id)],
	]);
	await fireInASale(world);
	await bid(world, line, lot, 'verifier', lot.minimum);
	await world.refuseAll([
		['offtaker', 'a bid that is not enough more', 'credit.BidTooLow', credit.bid(line.id, lot.minimum - 1n)],
		['verifier', 'the best bid withdrawn', 'credit.BidBinding', credit.withdrawBid(line.id)],
		['offtaker', 'a bid withdrawn that was not made', 'credit.NotBestBidder', credit.withdrawBid(line.id)],
	]);
	await bid(world, line, lot, 'offtaker', lot.minimum);
	await bidLate(world, line, lot, 'verifier');
	story.tell('two bid against each other; the previous bid is released at once');
	// The curator's part of what the chain has taken from the reserve since the default stands behind the savers, too.
	const junior = loan.outstanding.junior + line.juniorHoldback;
	const sold = await sell(world, world.bad, lot);
	const { paid, unpaid, at } = sold;
	story.check('junior principal paid', paid.juniorPrincipal, 0n);
	story.check('junior principal lost', unpaid.juniorPrincipal, junior);
	story.check('bad debt of the line', (await at.query.credit.lineLosses(line.id)).unwrap().senior.toBigInt(), unpaid.seniorPrincipal + unpaid.seniorInterest);
	story.check('bad debt in all', (await at.query.credit.totals()).badDebt.toBigInt(), world.vault.badDebt);
	story.check('principal out', world.vault.principalOut, 0n);
	story.tell(`${sold.bidder === 'verifier' ? 'Dave' : 'Dave//stash'} pays ${show(sold.amount)} USDai: ${show(paid.saleCost)} the cost of the sale, ${show(paid.seniorPrincipal)} to the savers`);
	story.tell(`Eve loses the first ${show(unpaid.juniorPrincipal)}; the shortfall of the savers, ${show(unpaid.seniorPrincipal)} and the interest, is bad debt`);
	story.tell(`a share was ${show(sold.before, 12)} with the provision and is ${show((await at.call.vaultApi.nav()).redemptionPrice.toBigInt(), 12)}`);
	await world.refuse('verifier', 'a closed line settled again', 'credit.NoAuction', credit.settleAuction(line.id));
	await claimAfterASale(world, unpaid.seniorPrincipal + unpaid.seniorInterest);
}

async function auctionWithSurplus(world) {
	const { api, story } = world;
	world.good = await risky(world, 40n);
	const { line, loan } = world.good;
	story.tell(`Bob draws ${show(loan.balance)} USDai, less than half of what four other GPUs carry, and does not pay either`);
	await waitForTime(api, loan.dueDates[0] + GRACE + 6);
	const block = await untilTold(world, line, 'defaulted');
	story.check('what became of the line', line.told.at(-1)?.kind, 'defaulted');
	story.check('impairment', line.impairment, 0n);
	await line.compare(block);
	const lot = await putUp(world, line);
	await bid(world, line, lot, 'offtaker', lot.minimum);
	await bidLate(world, line, lot, 'verifier');
	const sold = await sell(world, world.good, lot);
	story.check('a bid near the end let an auction go on', world.extended, true);
	const { paid, unpaid, surplus } = sold;
	for (const rank of Object.keys(unpaid)) story.check(`unpaid: ${rank}`, unpaid[rank], 0n);
	story.check('surplus to the borrower', surplus > 0n, true);
	story.tell(`the lot brings ${show(sold.amount)} USDai: savers ${show(paid.seniorPrincipal + paid.seniorInterest)}, Eve ${show(paid.juniorPrincipal + paid.juniorInterest)}, and ${show(surplus)} are Bob's`);
}

/** Steps of the chapter, in order. */
export const TROUBLE = [
	{ title: 'Trouble: auctions are made short', run: rules },
	{ title: 'Trouble: a covenant is broken, and made good', run: breached },
	{ title: 'Trouble: a loan close to what its machines carry', run: borrowed },
	{ title: 'Trouble: it is not paid, and the savers see it in the same block', run: defaulted },
	{ title: 'Trouble: the machines are sold for less than is owed', run: auctionAtALoss },
	{ title: 'Trouble: other machines are sold for more than is owed', run: auctionWithSurplus },
];
