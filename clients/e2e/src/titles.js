// SPDX-License-Identifier: Apache-2.0
//
// Chapter on titles, the life of machines: delivered and insured by the batch, appraised, kept in custody,
// sold, damaged, handed over, and withheld until governance decides.

import { bestBlock, CLBR, CLBR_DECIMALS, formatAmount, governed, math, PPB, timeAt, usd, WAD, waitForTime } from '@caliber/lib';
import { deposit as save, funded, show } from './life.js';
import { DEPOSITS, evidenceOf, insure, Line, lineTerms, newPaper, newServers, policyTerms, serverSpec, titleDeposit, untilTold } from './lines.js';
import { MODEL } from './world.js';

const DAY = 86_400;
/** Returns the seconds of a wait that governance has set for titles. */
const wait = async (world, name) => Number(await governed(world.api, 'Titles', name));
/** Returns the reference price of so many units, in USD. */
const custodyValue = (world, units) => BigInt(units) * BigInt(world.models[MODEL].reference_price);
const clbr = (amount) => formatAmount(amount, CLBR_DECIMALS);

/** Returns the reason for which a title may not secure a line, or `Ok`. */
async function eligibility(world, title, block) {
	const found = await (await world.api.at(block ?? (await bestBlock(world.api)))).call.titlesApi.eligibility(title);
	return found.isOk ? 'Ok' : found.asErr.type;
}

const report = async (world, title, block) =>
	(await (await world.api.at(block ?? (await bestBlock(world.api)))).call.titlesApi.title(title)).unwrap();

async function delivery(world) {
	const { api, story } = world;
	await funded(world, { saver: 60_000n, curator: 20_000n, borrower: 20_000n, insurer: 20_000n });
	// Sixty-four machines in one delivery.
	const served = await newServers(world, [2, 8, 1, 53]);
	[world.sold, world.pledged, world.withheld] = served;
	const block = await bestBlock(api);
	for (const { title, spec } of served) {
		const found = await report(world, title, block);
		story.check('status', found.status.type, 'Active');
		story.check('units', found.facts.units.toNumber(), spec.devices.length);
		story.check('owner', found.owner.unwrap().toString(), world.address.borrower);
		story.check('eligibility', await eligibility(world, title, block), 'Ok');
	}
	story.tell(`one call attests ${served.length} titles over 64 machines with their papers, one confirms them, and Eve//stash insures each`);
	const { titles } = api.tx;
	const spec = await serverSpec(world, 1);
	const owner = world.address.borrower;
	await world.refuseAll([
		['custodian', 'a delivery of nothing', 'titles.EmptyBatch', titles.attestBatch([])],
		['custodian', 'one device in two titles of a delivery', 'titles.DuplicateDevice', titles.attestBatch([[owner, spec], [owner, spec]])],
		['custodian', 'a delivery of more than 512 devices', 'titles.TooManyDevices',
			titles.attestBatch(await Promise.all(Array.from({ length: 8 }, async (_, k) => [owner, await serverSpec(world, k < 7 ? 65 : 58, { papers: [] })])))],
		['verifier', 'no title confirmed', 'titles.EmptyBatch', titles.confirmBatch([])],
		['verifier', 'a title confirmed again in a batch', 'titles.NotAttested', titles.confirmBatch([[served[0].title, await evidenceOf(world, served[0].title)]])],
	]);
	await world.compare(await bestBlock(api));
}

async function policies(world) {
	const { api, story } = world;
	const { titles } = api.tx;
	const { title, policy } = world.sold;
	const now = await timeAt(api);
	const terms = async (over) => titles.bindPolicy(title, await policyTerms(world, title, over));
	await world.refuseAll([
		['curator', 'a policy of somebody who is no insurer', 'titles.UnknownParty', await terms()],
		['insurer', 'a policy over nothing', 'titles.ZeroAmount', await terms({ limit: 0n })],
		['insurer', 'a policy that is over', 'titles.ExpiryNotInFuture', await terms({ expiresAt: now - 1, premiumPaidUntil: now - 1 })],
		['insurer', 'a policy without its premium', 'titles.PremiumUnpaid', await terms({ premiumPaidUntil: now - 1 })],
		['insurer', 'a premium for longer than the term', 'titles.PremiumBeyondExpiry', await terms({ expiresAt: now + 60 * DAY })],
		['insurer', 'a policy in milliseconds', 'titles.TimeTooFar', await terms({ expiresAt: now * 1_000, premiumPaidUntil: now * 1_000 })],
		['insurer', 'more than its capital stands for', 'titles.CapitalTooLow', await terms({ limit: usd('60000000') })],
		['insurer', 'more than its capacity', 'titles.CapacityExceeded', await terms({ limit: usd('600000000') })],
		['insurer', 'a policy on no title', 'titles.UnknownTitle', titles.bindPolicy(9_999, await policyTerms(world, title))],
		['insurer', 'a policy removed that covers', 'titles.PolicyNotOver', titles.removePolicy(title, policy.id)],
		['insurer', 'no such policy cancelled', 'titles.UnknownPolicy', titles.cancelPolicy(title, policy.id + 1_000)],
		['saver', "another's policy cancelled", 'titles.NotPolicyInsurer', titles.cancelPolicy(title, policy.id)],
		['insurer', 'a renewal that takes cover away', 'titles.RenewalReducesCover', titles.renewPolicy(title, policy.id, { ...policy.terms, limit: 1n })],
		['insurer', 'a claim above the limit', 'titles.ClaimExceedsLimit', titles.payClaim(title, policy.id, policy.terms.limit + 1n, null)],
		['insurer', 'a claim of nothing', 'titles.ZeroAmount', titles.payClaim(title, policy.id, 0n, null)],
		['saver', "another's claim paid", 'titles.NotPolicyInsurer', titles.payClaim(title, policy.id, WAD, null)],
	]);
	story.tell('a second policy is cancelled: it covers on for its notice, and the first is enough');
	const second = await insure(world, title);
	const cancelled = await world.send('insurer', titles.cancelPolicy(title, second.id));
	const event = cancelled.find('titles', 'PolicyCancelled');
	story.check('end of the cover', event.cancelledAt.toNumber(), cancelled.time + Number(await governed(api, 'Titles', 'CancellationNotice')));
	story.check('cover', (await report(world, title, cancelled.block)).cover.toBigInt(), policy.terms.limit + second.terms.limit);
	await world.refuse('insurer', 'a second cancellation', 'titles.PolicyCancelled', titles.cancelPolicy(title, second.id));
	world.sold.policies = 2;
	await world.compare(await bestBlock(api));
}

async function appraised(world) {
	const { api, story } = world;
	const { titles } = api.tx;
	const { title } = world.sold;
	const delay = await wait(world, 'AppraisalDelay');
	const appraise = async (block) => (await (await api.at(block)).call.appraisalApi.appraise(title)).asOk;
	await world.freshPrices();
	const now = await timeAt(api);
	const paper = world.newHash('appraisal');
	const before = world.valuation(title, now).value;
	const value = before - usd('1000');
	const until = now + 60 * DAY;
	const filed = await world.send('appraiser', titles.fileAppraisal(title, value, paper, until));
	world.books.hold('appraiser', 'CLBR', DEPOSITS.appraisal);
	const event = filed.find('titles', 'AppraisalFiled');
	story.check('first second in which it counts', event.countsFrom.toNumber(), filed.time + delay);
	story.check('value before that', (await appraise(filed.block)).value.toBigInt(), world.valuation(title, filed.time).value);
	await world.freshPrices();
	const counts = await waitForTime(api, filed.time + delay);
	world.machines.get(title).independent = [value];
	const expected = world.valuation(title, counts.now);
	const valuation = await appraise(counts.block);
	story.check('value', valuation.value.toBigInt(), expected.value);
	story.check('liquidation value', valuation.liquidationValue.toBigInt(), expected.liquidationValue);
	story.check('lowest appraisal', (await report(world, title, counts.block)).independent.lowest.unwrap().toBigInt(), value);
	story.tell(`Ferdie//stash appraises it at ${show(value)} USD, a thousand below the chain: that lowers its value, ${delay} s later`);
	const file = (over) => titles.fileAppraisal(title, over.value ?? value, paper, over.until ?? until);
	await world.refuseAll([
		['insurer', 'an appraisal by the insurer', 'titles.UnknownParty', file({})],
		['appraiser', 'an appraisal at nothing', 'titles.ZeroAmount', file({ value: 0n })],
		['appraiser', 'an appraisal of the past', 'titles.ValidityNotInFuture', file({ until: now })],
		['appraiser', 'an appraisal for a moment', 'titles.ValidityTooShort', file({ until: now + DAY })],
		['appraiser', 'an appraisal for two years', 'titles.TimeTooFar', file({ until: now + 730 * DAY })],
		['borrower', "an appraisal withdrawn by who dislikes it", 'titles.AppraisalStillValid', titles.withdrawAppraisal(title, event.appraisal)],
	]);
	// One key alone goes down to a forced sale, whatever it says.
	const one = await world.send('appraiser', titles.fileAppraisal(title, 1n, paper, until));
	await world.freshPrices();
	const low = await waitForTime(api, one.time + delay);
	world.machines.get(title).independent = [1n];
	story.check('value by one alone', (await appraise(low.block)).value.toBigInt(), world.valuation(title, low.now).value);
	story.tell(`then at a dollar's 10^-18: alone it brings the value down to ${show(world.valuation(title, low.now).value)} USD, that of a forced sale`);
	const high = before + usd('1000000');
	const raised = await world.send('appraiser', titles.fileAppraisal(title, high, paper, until));
	await world.freshPrices();
	const after = await waitForTime(api, raised.time + delay);
	world.machines.get(title).independent = [high];
	story.check('value', (await appraise(after.block)).value.toBigInt(), world.valuation(title, after.now).value);
	story.tell('a new one, a million higher, takes its place and raises nothing');
	await world.compare(await bestBlock(api));
}

async function papers(world) {
	const { api, story } = world;
	const { titles } = api.tx;
	const { title } = world.sold;
	const now = await timeAt(api);
	const file = (kind, over) => {
		const { hash, dated, lapses } = newPaper(world, kind, now, over);
		return titles.fileDocument(title, kind, hash, dated, lapses);
	};
	await world.refuseAll([
		['borrower', 'a warehouse receipt by the owner', 'titles.DocumentNotYours', file('WarehouseReceipt')],
		['custodian', 'a paper of tomorrow', 'titles.DatedInFuture', file('WarehouseReceipt', { dated: now + DAY })],
		['custodian', 'a filing that never lapses', 'titles.LapseMissing', file('LienFiling', { lapses: null })],
		['custodian', 'a filing for nine years', 'titles.LapseTooLate', file('LienFiling', { lapses: now + 9 * 365 * DAY })],
		['custodian', 'a filing in milliseconds', 'titles.TimeTooFar', file('LienFiling', { lapses: now * 1_000 })],
	]);
	const soon = (await timeAt(api)) + 90;
	const lapsing = await world.send('custodian', file('LienFiling', { lapses: soon }));
	world.books.hold('custodian', 'CLBR', DEPOSITS.paper);
	story.check('eligibility', await eligibility(world, title, lapsing.block), 'Ok');
	await world.freshPrices();
	await waitForTime(api, soon + 6);
	story.check('eligibility with a filing that has lapsed', await eligibility(world, title), 'DocumentLapsed');
	const renewed = await world.send('custodian', file('LienFiling'));
	world.books.hold('custodian', 'CLBR', DEPOSITS.paper);
	await world.freshPrices();
	story.check('eligibility', await eligibility(world, title, renewed.block), 'Ok');
	world.sold.papers = 2;
	story.tell('a lien filing lapses, and the title secures no loan; it is filed anew, and every paper stays on record');
	await world.compare(await bestBlock(api));
}

async function custody(world) {
	const { api, story } = world;
	const { titles } = api.tx;
	const kept = [world.sold.title, world.pledged.title, world.withheld.title];
	const line = await Line.offer(world, lineTerms(await timeAt(api), { limit: usd('20000') }));
	await world.refuseAll([
		['custodian', 'a heartbeat for no title', 'titles.EmptyHeartbeat', titles.heartbeat([])],
		['custodian', 'a heartbeat for an unknown title', 'titles.UnknownTitle', titles.heartbeat([kept[0], 9_999])],
		['verifier', 'a heartbeat of somebody who keeps nothing', 'titles.UnknownParty', titles.heartbeat(kept)],
	]);
	await world.freshPrices();
	const beat = await world.send('custodian', titles.heartbeat(kept));
	for (const title of kept) {
		story.check('eligibility', await eligibility(world, title, beat.block), 'Ok');
		story.check('custody renewed at', (await report(world, title, beat.block)).custodyRenewedAt.toNumber(), beat.time);
	}
	story.tell('one heartbeat renews them all');
	world.line = line;
	await world.compare(await bestBlock(api));
}

async function market(world) {
	const { api, story, books } = world;
	const { nfts, credit } = api.tx;
	const { title } = world.sold;
	const price = 5_000n * CLBR;
	await world.freshPrices();
	await world.line.accept([world.pledged.title]);
	await world.refuse('offtaker', 'buying what is not for sale', 'nfts.NotForSale', nfts.buyItem(world.collection, title, price));
	await world.send('borrower', nfts.setPrice(world.collection, title, price, null));
	const held = world.pledged.title;
	await world.refuseAll([
		['borrower', 'a pledged machine put up for sale', 'system.CallFiltered', nfts.setPrice(world.collection, held, price, null)],
		['borrower', 'a pledged machine approved to another', 'system.CallFiltered', nfts.approveTransfer(world.collection, held, world.address.offtaker, null)],
		['borrower', 'a pledged machine offered for a swap', 'system.CallFiltered', nfts.createSwap(world.collection, held, world.collection, null, null, 1_000)],
		['offtaker', 'buying a pledged machine', 'nfts.NotForSale', nfts.buyItem(world.collection, held, price)],
		['offtaker', 'buying below the price', 'nfts.BidTooLow', nfts.buyItem(world.collection, title, price - 1n)],
		['borrower', 'buying from oneself', 'nfts.NoPermission', nfts.buyItem(world.collection, title, price)],
		['curator', "selling another's machine", 'nfts.NoPermission', nfts.setPrice(world.collection, title, price, null)],
	]);
	const bought = await world.send('offtaker', nfts.buyItem(world.collection, title, price));
	books.move('CLBR', 'offtaker', 'borrower', price);
	story.check('owner', (await report(world, title, bought.block)).owner.unwrap().toString(), world.address.offtaker);
	story.check('eligibility', await eligibility(world, title, bought.block), 'Ok');
	story.tell(`Bob sells a free title to Dave//stash for ${clbr(price)} CLBR; its policies go with it, the pledged one is not to be had`);
	await world.refuse('borrower', 'a sold machine pledged by who had it', 'titles.NotTitleOwner', credit.addTitles(world.line.id, [title]));
	await world.compare(await bestBlock(api));
}

async function claims(world) {
	const { api, story, books, line } = world;
	const { titles } = api.tx;
	const { sold, pledged } = world;
	const toOwner = usd('1234.5');
	const paid = await world.send('insurer', titles.payClaim(sold.title, sold.policy.id, toOwner, null));
	books.move('USDai', 'insurer', 'offtaker', toOwner);
	const event = paid.find('titles', 'ClaimPaid');
	story.check('left of the limit', event.remaining.toBigInt(), sold.policy.terms.limit - toOwner);
	story.check('paid to a line', event.line.isSome, false);
	story.tell(`a fan burns: Eve//stash pays ${show(toOwner)} USDai for the free title, to its owner`);
	await world.compare(paid.block);

	await save(world, 'saver', usd('60000'));
	await world.freshPrices();
	const { id } = await line.draw(usd('15000'));
	// One key, one batch: a value of nothing, and the line declared in breach by it.
	const nothing = titles.fileAppraisal(pledged.title, 1n, world.newHash('appraisal'), (await timeAt(api)) + 60 * DAY);
	await world.refuse('appraiser', 'a breach by the word of one appraiser', 'credit.NotInBreach', api.tx.utility.batchAll([nothing, api.tx.credit.declareBreach(line.id)]));
	// A fire takes three of eight machines.
	const burnt = pledged.spec.devices.slice(0, 3);
	await world.refuseAll([
		['custodian', 'the loss of no machine', 'titles.NoDevices', titles.reportLoss(pledged.title, [])],
		['custodian', 'the loss of a machine twice', 'titles.DuplicateDevice', titles.reportLoss(pledged.title, [burnt[0], burnt[0]])],
		['custodian', "the loss of another title's machine", 'titles.DeviceNotOfTitle', titles.reportLoss(pledged.title, [sold.spec.devices[0]])],
	]);
	const lost = await world.send('custodian', titles.reportLoss(pledged.title, burnt));
	const machine = world.machines.get(pledged.title);
	machine.units = 5;
	machine.lost = { units: 3, limit: machine.cover, claimed: 0n };
	story.check('units that are left', lost.find('titles', 'UnitsLost').units.toNumber(), 5);
	const device = (await (await api.at(lost.block)).call.titlesApi.device(burnt[0])).unwrap();
	story.check('lost at', device.lostAt.unwrap().toNumber(), lost.time);
	await line.compare(lost.block);
	story.tell(`three of eight machines burn: the line counts five from the same block, worth ${show(world.valuation(pledged.title, lost.time).value)} USD`);
	const toLine = usd('4000');
	const told = line.told.length;
	const loss = await world.lastLoss(pledged.title, lost.block);
	const result = await world.send('insurer', titles.payClaim(pledged.title, pledged.policy.id, toLine, loss));
	books.move('USDai', 'insurer', 'lines', toLine);
	line.receiveProceeds(toLine, pledged.title);
	const block = await untilTold(world, line, 'insurance', told);
	const [applied] = line.told.slice(told);
	story.check('what became of it', applied?.kind, 'insurance');
	story.check('paid to the line', result.find('titles', 'ClaimPaid').line.unwrap().toNumber(), line.id);
	story.check('exit fee', applied?.payment.exitFee, 0n);
	story.tell(`for the pledged title ${show(toLine)} USDai go to its line, and the chain itself hands them on to its loan: ${show(applied.payment.prepaid)} of it ahead of the schedule, without an exit fee`);
	await line.compare(block);
	await world.compare(block);
	await world.refuse('verifier', 'insurance proceeds applied where there are none', 'credit.NoInsuranceProceeds', api.tx.credit.applyInsuranceProceeds(id));
	await line.payoff(id);
	const closed = await line.close();
	await world.compare(closed.block);
	await world.refuse('borrower', 'a burnt machine attested again', 'titles.UnknownParty', titles.attest(world.address.borrower, pledged.spec));
}

async function valueRises(world) {
	const { api, story } = world;
	const { titles, credit } = api.tx;
	// Insured for what it is worth to the unit.
	const [server] = await newServers(world, [4], { policy: (title) => ({ limit: world.valuation(title, world.machines.get(title).commissionedAt + 300 * DAY).value }) });
	const { title } = server;
	const delay = await wait(world, 'AppraisalDelay');
	const now = await timeAt(api);
	const lower = world.valuation(title, now).value - usd('1000');
	const filed = await world.send('appraiser', titles.fileAppraisal(title, lower, world.newHash('appraisal'), now + 60 * DAY));
	world.books.hold('appraiser', 'CLBR', DEPOSITS.appraisal);
	await world.freshPrices();
	await waitForTime(api, filed.time + delay);
	world.machines.get(title).independent = [lower];
	const line = await Line.open(world, lineTerms(await timeAt(api), { limit: usd('30000') }), [title]);
	await world.freshPrices();
	const { id } = await line.draw(usd('15000'));
	const appraisal = filed.find('titles', 'AppraisalFiled').appraisal;
	const withdrawn = await world.send('appraiser', titles.withdrawAppraisal(title, appraisal));
	world.books.release('appraiser', 'CLBR', DEPOSITS.appraisal);
	world.machines.get(title).independent = undefined;
	await world.feed();
	const worth = world.valuation(title, withdrawn.time).value;
	story.check('the value has risen', worth > lower, true);
	await world.refuse('verifier', 'a breach by a value that rose', 'credit.NotInBreach', credit.declareBreach(line.id));
	const report = await line.compare(await bestBlock(api));
	story.check('state of the line', report.state.type, 'Open');
	story.tell(`a title insured for its value gains: ${show(worth)} USD now, and its line is better off, not in breach`);
	await line.payoff(id);
	const closed = await line.close();
	await world.compare(closed.block);
}

async function filingOfALine(world) {
	const { api, story, books } = world;
	const { titles, credit } = api.tx;
	const [{ title }] = await newServers(world, [2]);
	const file = async (over, of = 'LienFiling') => {
		const { kind, hash, dated, lapses } = newPaper(world, of, await timeAt(api), over);
		return titles.fileDocument(title, kind, hash, dated, lapses);
	};
	// A filing that lapses soon comes before the pledge: on a pledged title nobody shortens one.
	const soon = (await timeAt(api)) + 180;
	await world.send('borrower', await file({ lapses: soon }));
	books.hold('borrower', 'CLBR', DEPOSITS.paper);
	const line = await Line.open(world, lineTerms(await timeAt(api), { limit: usd('10000'), period: 3_600 }), [title]);
	await world.freshPrices();
	const { id } = await line.draw(usd('5000'));
	await world.refuseAll([
		['custodian', "a paper on a pledged title without its curator", 'titles.CuratorFiles', await file({}, 'WarehouseReceipt')],
		['borrower', "a paper on a pledged title by its owner", 'titles.CuratorFiles', await file({}, 'PurchaseInvoice')],
		['curator', 'a filing that lapses before the one that counts', 'titles.LapseTooSoon', await file({ lapses: soon - 1 })],
	]);
	story.check('eligibility', await eligibility(world, title, await bestBlock(api)), 'Encumbered');
	await waitForTime(api, soon + 6);
	// A new price starts a round over the lines.
	await world.feed();
	const block = await untilTold(world, line, 'breached');
	const told = line.told.at(-1);
	story.check('what became of the line', told?.kind, 'breached');
	const [of, reason] = told.reason.asTitle;
	story.check('reason', [of.toNumber(), reason.type, reason.asDocumentLapsed.type], [title, 'DocumentLapsed', 'LienFiling']);
	await line.compare(block);
	await world.refuse('verifier', 'a cure while the filing has lapsed', 'credit.StillInBreach', credit.cure(line.id));
	const renewed = await world.send('curator', await file());
	books.hold('curator', 'CLBR', DEPOSITS.paper);
	await world.follow(renewed.block);
	if (line.state === 'Breached') {
		const cured = await world.send('verifier', credit.cure(line.id));
		line.enter('Open', cured.time);
	}
	story.tell('a lien filing of a pledged title lapses: the chain finds its line in breach, the curator files it anew, and anyone cures the line');
	await line.payoff(id);
	const closed = await line.close();
	await world.compare(closed.block);
}

/** Books the end of a title: every deposit for it but those of its devices returns to its payer. */
function gone(world, { title, spec, papers: filed = 0 }, { policies: bound = 1, appraisals = 0 } = {}) {
	world.books.release('custodian', 'CLBR', titleDeposit(spec) + BigInt(filed) * DEPOSITS.paper);
	world.books.release('insurer', 'CLBR', BigInt(bound) * DEPOSITS.policy);
	world.books.release('appraiser', 'CLBR', BigInt(appraisals) * DEPOSITS.appraisal);
	world.machines.delete(title);
}

/** Asks for the machines of a title, and books both deposits. */
async function ask(world, role, { title, spec }) {
	const asked = await world.send(role, world.api.tx.titles.requestRedemption(title));
	const event = asked.find('titles', 'RedemptionRequested');
	const share = math.mulDivUp(custodyValue(world, spec.devices.length), BigInt(await governed(world.api, 'Titles', 'ClaimDeposit')), PPB);
	const least = BigInt(await governed(world.api, 'Titles', 'MinClaimDeposit'));
	const deposit = share > least ? share : least;
	world.books.hold(role, 'CLBR', DEPOSITS.redemption);
	world.books.hold(role, 'USDai', deposit);
	world.story.check('deposit of a claim to come', event.deposit.toBigInt(), deposit);
	world.story.check('deadline', event.deadline.toNumber(), asked.time + (await wait(world, 'RedemptionPeriod')));
	return { asked, deposit };
}

/** Ends what is kept of a released title after the time for claims. */
async function dropReleased(world, role, title) {
	const dropped = await world.send(role, world.api.tx.titles.dropReleased(title));
	world.books.release(role, 'CLBR', DEPOSITS.redemption);
	return dropped;
}

async function handOver(world) {
	const { api, story, books, sold } = world;
	const { titles, nfts } = api.tx;
	await funded(world, { offtaker: 2_000n });
	await world.refuseAll([
		['borrower', 'a machine asked for by who sold it', 'titles.NotTitleOwner', titles.requestRedemption(sold.title)],
		['custodian', 'a release that nobody asked for', 'titles.NotInRedemption', titles.confirmRelease(sold.title)],
	]);
	const { asked, deposit } = await ask(world, 'offtaker', sold);
	story.check('eligibility', await eligibility(world, sold.title, asked.block), 'NotActive');
	await world.refuseAll([
		['offtaker', 'a transfer while the machine is asked for', 'nfts.ItemLocked', nfts.transfer(world.collection, sold.title, world.address.saver)],
		['verifier', 'a release by who does not keep it', 'titles.NotTitleCustodian', titles.confirmRelease(sold.title)],
		['offtaker', 'a second request', 'titles.NotActive', titles.requestRedemption(sold.title)],
		['borrower', "another's request taken back", 'titles.NotTitleOwner', titles.cancelRedemption(sold.title)],
		['offtaker', 'a release acknowledged that nobody confirmed', 'titles.ReleaseNotConfirmed', titles.acknowledgeRelease(sold.title)],
	]);
	const confirmed = await world.send('custodian', titles.confirmRelease(sold.title));
	story.check('last second for a dispute', confirmed.find('titles', 'ReleaseConfirmed').until.toNumber(), confirmed.time + (await wait(world, 'ReleasePeriod')));
	story.check('title after one key', (await (await api.at(confirmed.block)).query.titles.titles(sold.title)).isSome, true);
	await world.refuse('custodian', 'a release acknowledged by the custodian', 'titles.NotTitleOwner', titles.acknowledgeRelease(sold.title));
	const released = await world.send('offtaker', titles.acknowledgeRelease(sold.title));
	books.release('offtaker', 'USDai', deposit);
	gone(world, sold, { policies: sold.policies, appraisals: 1 });
	const at = await api.at(released.block);
	story.check('title', (await at.query.titles.titles(sold.title)).isNone, true);
	story.check('NFT', (await at.query.nfts.item(world.collection, sold.title)).isNone, true);
	for (const id of sold.spec.devices) {
		const device = (await at.call.titlesApi.device(id)).unwrap();
		story.check('device', [device.title.isNone, device.firstCommissioned.toNumber()], [true, sold.spec.commissionedAt]);
	}
	story.tell('Charlie says that the machines are out, Dave//stash acknowledges it, and only then is the NFT burnt');
	await world.compare(released.block);
	const dropped = await dropReleased(world, 'offtaker', sold.title);
	await world.compare(dropped.block);
}

async function comesBack(world) {
	const { api, story, books, sold } = world;
	const { titles } = api.tx;
	const now = await timeAt(api);
	// The same machines, said to be new.
	const spec = { ...sold.spec, commissionedAt: now - DAY };
	const owner = world.address.offtaker;
	const again = await world.send('custodian', titles.attest(owner, spec));
	books.hold('custodian', 'CLBR', titleDeposit(spec));
	const title = again.find('titles', 'TitleAttested').title.toNumber();
	const second = await world.send('custodian', titles.attest(owner, spec));
	books.hold('custodian', 'CLBR', titleDeposit(spec));
	const squatted = second.find('titles', 'TitleAttested').title.toNumber();
	await world.freshPrices();
	const confirmed = await world.send('verifier', titles.confirm(title, await evidenceOf(world, title)));
	world.machines.set(title, { model: MODEL, units: spec.devices.length, commissionedAt: sold.spec.commissionedAt });
	const found = await report(world, title, confirmed.block);
	story.check('in service since', found.facts.commissionedAt.toNumber(), sold.spec.commissionedAt);
	story.tell(`the same machines come back under title ${title} as a day old: the chain remembers ${Math.round((now - sold.spec.commissionedAt) / DAY)} days`);
	await world.refuse('verifier', 'the same machines under a second title', 'titles.DeviceTaken', titles.confirm(squatted, await evidenceOf(world, squatted)));
	const withdrawn = await world.send('saver', titles.withdrawAttestation(squatted));
	books.release('custodian', 'CLBR', titleDeposit(spec));
	story.tell('the second attestation of them reserved nothing: the first confirmation has them, and anyone clears the other away');
	await world.compare(withdrawn.block);
	world.again = { title, spec };
}

async function withheld(world) {
	const { api, story, books } = world;
	const { titles } = api.tx;
	const { title } = world.withheld;
	await funded(world, { borrower: 2_000n });
	const { asked, deposit } = await ask(world, 'borrower', world.withheld);
	await world.refuse('borrower', 'an escalation before the deadline', 'titles.RedemptionPeriodRunning', titles.escalateRedemption(title));
	await waitForTime(api, asked.time + (await wait(world, 'RedemptionPeriod')) + 6);
	// Too late, and untrue: the machines are still in the hall.
	await world.send('custodian', titles.confirmRelease(title));
	const disputed = await world.send('borrower', titles.disputeRelease(title));
	const claim = disputed.find('titles', 'BondClaimOpened');
	const amount = custodyValue(world, 1);
	story.check('frozen of the bond', claim.amount.toBigInt(), amount);
	const before = (await (await api.at(disputed.block)).query.titles.custodians(world.address.custodian)).unwrap();
	story.check('claimed of the bond', before.claimed.toBigInt(), amount);
	story.check('claim', (await report(world, title, disputed.block)).claimOpen.isTrue, true);
	// Nothing that Charlie keeps secures new debt before this is decided.
	story.check('eligibility of another machine', await eligibility(world, world.pledged.title, disputed.block), 'ClaimOpen');
	story.tell(`Charlie says that the machine is out; Bob disputes it, and ${show(amount)} USDai of the bond are frozen, no more`);
	const bond = before.bond.toBigInt();
	await world.refuseAll([
		['borrower', 'a second dispute', 'titles.AlreadyEscalated', titles.disputeRelease(title)],
		['custodian', 'a bond taken out that claims have frozen', 'titles.BondRequired', titles.withdrawBond('CustodianBond', bond)],
		['custodian', 'a release finished while it is disputed', 'titles.ClaimOpen', titles.finaliseRelease(title)],
		['borrower', 'a claim decided by the claimant', 'BadOrigin', titles.resolveClaim(title, WAD)],
		['saver', 'a bond slashed by a saver', 'BadOrigin', titles.slashCustodian(title, WAD, null)],
		['saver', 'a loss reported by who does not keep it', 'titles.NotTitleCustodian', titles.reportLoss(title, world.withheld.spec.devices)],
		['borrower', 'a title retired that is not lost', 'titles.NotLost', titles.retireLost(title)],
	]);
	const award = amount;
	const decided = await world.govern('TitlesAdmin', [titles.resolveClaim(title, award)]);
	books.debit('custodian', 'USDai held', award);
	books.credit('borrower', 'USDai', award);
	books.release('borrower', 'USDai', deposit);
	books.release('borrower', 'CLBR', DEPOSITS.redemption);
	const at = await api.at(decided.block);
	const custodian = (await at.query.titles.custodians(world.address.custodian)).unwrap();
	story.check('bond', custodian.bond.toBigInt(), bond - award);
	story.check('claimed of the bond', custodian.claimed.toBigInt(), 0n);
	story.check('open claims', custodian.openClaims.toNumber(), 0);
	story.check('status', (await report(world, title, decided.block)).status.type, 'Lost');
	story.tell(`holders award Bob ${show(award)} USDai of the bond: he has the money, and nobody has the title any more`);
	await world.compare(decided.block);
	await world.refuse('borrower', 'the machine asked for again', 'titles.NotActive', titles.requestRedemption(title));
}

/** Steps of the chapter, in order. */
export const TITLES = [
	{ title: 'Titles: a delivery is attested, confirmed and insured', run: delivery },
	{ title: 'Titles: what an insurer may promise', run: policies },
	{ title: 'Titles: an independent appraisal', run: appraised },
	{ title: 'Titles: papers are filed, lapse and are filed anew', run: papers },
	{ title: 'Titles: custody is renewed', run: custody },
	{ title: 'Titles: a machine is sold on the market, a pledged one is not', run: market },
	{ title: 'Titles: a fire takes three machines of eight; insurance pays the owner, and the line', run: claims },
	{ title: 'Titles: a value rises, and nobody is worse off', run: valueRises },
	{ title: 'Titles: the lien filing of a line lapses, and its curator files it anew', run: filingOfALine },
	{ title: 'Titles: machines are handed over, by two keys', run: handOver },
	{ title: 'Titles: machines come back under their old age, and a squatter has nothing', run: comesBack },
	{ title: 'Titles: a release is disputed, and governance decides', run: withheld },
];
