// SPDX-License-Identifier: Apache-2.0
//
// Chapter on titles, the life of machines: delivered and insured by the batch, appraised, kept in custody,
// sold, damaged, handed over, and withheld until governance decides.

import { bestBlock, CLBR, CLBR_DECIMALS, formatAmount, governed, heldClbr, timeAt, usd, WAD, waitForTime } from '@caliber/lib';
import { deposit as save, funded, show } from './life.js';
import { DEPOSITS, insure, Line, lineTerms, newServers, policyTerms, serverSpec, titleDeposit } from './lines.js';

const DAY = 86_400;
/** Returns the seconds in which a custodian has to hand over machines. */
const redemptionPeriod = async (world) => Number(await governed(world.api, 'Titles', 'RedemptionPeriod'));
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
	const served = await newServers(world, [2, 3, 1]);
	[world.sold, world.pledged, world.withheld] = served;
	const block = await bestBlock(api);
	for (const { title, spec } of served) {
		const found = await report(world, title, block);
		story.check('status', found.status.type, 'Active');
		story.check('units', found.facts.units.toNumber(), spec.serials.length);
		story.check('owner', found.owner.unwrap().toString(), world.address.borrower);
		story.check('eligibility', await eligibility(world, title, block), 'Ok');
	}
	story.tell(`one call attests ${served.length} titles over 6 machines, one confirms them, and Eve//stash insures each`);
	const { titles } = api.tx;
	const spec = await serverSpec(world, 1);
	const owner = world.address.borrower;
	await world.refuseAll([
		['custodian', 'a delivery of nothing', 'titles.EmptyBatch', titles.attestBatch([])],
		['custodian', 'one serial in two titles of a delivery', 'titles.DuplicateSerial', titles.attestBatch([[owner, spec], [owner, spec]])],
		['custodian', 'a delivery with one serial that is taken', 'titles.SerialTaken',
			titles.attestBatch([[owner, spec], [owner, await serverSpec(world, 1, { serials: [served[0].spec.serials[0]] })]])],
		['verifier', 'no title confirmed', 'titles.EmptyBatch', titles.confirmBatch([])],
		['verifier', 'a title confirmed again in a batch', 'titles.NotAttested', titles.confirmBatch([served[0].title])],
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
		['insurer', 'a policy on no title', 'titles.UnknownTitle', titles.bindPolicy(9_999, await policyTerms(world, title))],
		['insurer', 'a policy removed that covers', 'titles.PolicyNotOver', titles.removePolicy(title, policy.id)],
		['insurer', 'no such policy cancelled', 'titles.UnknownPolicy', titles.cancelPolicy(title, policy.id + 1_000)],
		['saver', "another's policy cancelled", 'titles.NotPolicyInsurer', titles.cancelPolicy(title, policy.id)],
		['insurer', 'a renewal that takes cover away', 'titles.RenewalReducesCover', titles.renewPolicy(title, policy.id, { ...policy.terms, limit: 1n })],
		['insurer', 'a claim above the limit', 'titles.ClaimExceedsLimit', titles.payClaim(title, policy.id, policy.terms.limit + 1n)],
		['insurer', 'a claim of nothing', 'titles.ZeroAmount', titles.payClaim(title, policy.id, 0n)],
		['saver', "another's claim paid", 'titles.NotPolicyInsurer', titles.payClaim(title, policy.id, WAD)],
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
	await world.freshPrices();
	const now = await timeAt(api);
	const paper = world.newHash('appraisal');
	const value = world.valuation(title, now).value - usd('1000');
	const filed = await world.send('appraiser', titles.fileAppraisal(title, value, paper, now + 30 * DAY));
	world.books.hold('appraiser', 'CLBR', DEPOSITS.appraisal);
	const valuation = (await (await api.at(filed.block)).call.appraisalApi.appraise(title)).asOk;
	world.machines.get(title).independent = value;
	const expected = world.valuation(title, filed.time);
	story.check('value', valuation.value.toBigInt(), value);
	story.check('liquidation value', valuation.liquidationValue.toBigInt(), expected.liquidationValue);
	story.check('independent value', (await report(world, title, filed.block)).independentValue.unwrap().toBigInt(), value);
	story.tell(`Ferdie//stash appraises it at ${show(value)} USD, a thousand below the chain: that lowers its value`);
	const file = (over) => titles.fileAppraisal(title, over.value ?? value, paper, over.until ?? now + 30 * DAY);
	await world.refuseAll([
		['insurer', 'an appraisal by the insurer', 'titles.UnknownParty', file({})],
		['appraiser', 'an appraisal at nothing', 'titles.ZeroAmount', file({ value: 0n })],
		['appraiser', 'an appraisal of the past', 'titles.ValidityNotInFuture', file({ until: now })],
		['appraiser', 'an appraisal for two years', 'titles.ValidityTooLong', file({ until: now + 730 * DAY })],
		['borrower', "an appraisal withdrawn by who dislikes it", 'titles.AppraisalStillValid', titles.withdrawAppraisal(title, filed.find('titles', 'AppraisalFiled').appraisal)],
		['borrower', 'a warehouse receipt by the owner', 'titles.DocumentNotYours', titles.setDocument(title, 'WarehouseReceipt', paper)],
	]);
	const high = world.machines.get(title).independent + usd('1000000');
	const raised = await world.send('appraiser', titles.fileAppraisal(title, high, paper, now + 30 * DAY));
	world.machines.get(title).independent = high;
	const after = (await (await api.at(raised.block)).call.appraisalApi.appraise(title)).asOk;
	story.check('value', after.value.toBigInt(), world.valuation(title, raised.time).value);
	story.tell('a new one, a million higher, takes its place and raises nothing');
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
	await world.sendAll([
		['borrower', nfts.setPrice(world.collection, title, price, null)],
		['borrower', nfts.setPrice(world.collection, world.pledged.title, price, null)],
	]);
	await world.refuseAll([
		['offtaker', 'buying a pledged machine', 'nfts.ItemLocked', nfts.buyItem(world.collection, world.pledged.title, price)],
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
	const paid = await world.send('insurer', titles.payClaim(sold.title, sold.policy.id, toOwner));
	books.move('USDai', 'insurer', 'offtaker', toOwner);
	const event = paid.find('titles', 'ClaimPaid');
	story.check('left of the limit', event.remaining.toBigInt(), sold.policy.terms.limit - toOwner);
	story.check('paid to a line', event.line.isSome, false);
	story.tell(`a fan burns: Eve//stash pays ${show(toOwner)} USDai for the free title, to its owner`);
	await world.compare(paid.block);

	await save(world, 'saver', usd('60000'));
	await world.freshPrices();
	const { id } = await line.draw(usd('15000'));
	const toLine = usd('4000');
	const told = line.told.length;
	const result = await world.send('insurer', titles.payClaim(pledged.title, pledged.policy.id, toLine));
	books.move('USDai', 'insurer', 'lines', toLine);
	line.insuranceProceeds += toLine;
	await world.follow(result.block);
	const [applied] = line.told.slice(told);
	story.check('what became of it', applied?.kind, 'insurance');
	story.check('paid to the line', result.find('titles', 'ClaimPaid').line.unwrap().toNumber(), line.id);
	story.check('exit fee', applied?.payment.exitFee, 0n);
	story.tell(`for the pledged title ${show(toLine)} USDai go to its line, and in the same block to its loan: ${show(applied.payment.prepaid)} of it ahead of the schedule, without an exit fee`);
	await line.compare(result.block);
	await world.compare(result.block);
	await world.refuse('verifier', 'insurance proceeds applied where there are none', 'credit.NoInsuranceProceeds', api.tx.credit.applyInsuranceProceeds(id));
	await line.payoff(id);
	const closed = await line.close();
	await world.compare(closed.block);
}

/** Books the end of a title: every deposit for it returns to its payer. */
function gone(world, { title, spec }, { policies: bound = 1, appraisals = 0 } = {}) {
	world.books.release('custodian', 'CLBR', titleDeposit(spec));
	world.books.release('insurer', 'CLBR', BigInt(bound) * DEPOSITS.policy);
	world.books.release('appraiser', 'CLBR', BigInt(appraisals) * DEPOSITS.appraisal);
	world.machines.delete(title);
}

async function handOver(world) {
	const { api, story, books, sold } = world;
	const { titles, nfts } = api.tx;
	await world.refuseAll([
		['borrower', 'a machine asked for by who sold it', 'titles.NotTitleOwner', titles.requestRedemption(sold.title)],
		['custodian', 'a release that nobody asked for', 'titles.NotInRedemption', titles.confirmRelease(sold.title)],
	]);
	const asked = await world.send('offtaker', titles.requestRedemption(sold.title));
	books.hold('offtaker', 'CLBR', DEPOSITS.redemption);
	story.check('deadline', asked.find('titles', 'RedemptionRequested').deadline.toNumber(), asked.time + (await redemptionPeriod(world)));
	story.check('eligibility', await eligibility(world, sold.title, asked.block), 'NotActive');
	await world.refuseAll([
		['offtaker', 'a transfer while the machine is asked for', 'nfts.ItemLocked', nfts.transfer(world.collection, sold.title, world.address.saver)],
		['verifier', 'a release by who does not keep it', 'titles.NotTitleCustodian', titles.confirmRelease(sold.title)],
		['offtaker', 'a second request', 'titles.NotActive', titles.requestRedemption(sold.title)],
		['borrower', "another's request taken back", 'titles.NotTitleOwner', titles.cancelRedemption(sold.title)],
	]);
	const released = await world.send('custodian', titles.confirmRelease(sold.title));
	books.release('offtaker', 'CLBR', DEPOSITS.redemption);
	gone(world, sold, { policies: sold.policies, appraisals: 1 });
	const at = await api.at(released.block);
	story.check('title', (await at.query.titles.titles(sold.title)).isNone, true);
	story.check('NFT', (await at.query.nfts.item(world.collection, sold.title)).isNone, true);
	for (const serial of sold.spec.serials) story.check('serial', (await at.query.titles.serials(serial)).isNone, true);
	story.tell('Dave//stash asks for the machines and Charlie hands them over: the NFT is burnt, every deposit comes back');
	await world.compare(released.block);

	const again = await world.send('custodian', titles.attest(world.address.offtaker, sold.spec));
	books.hold('custodian', 'CLBR', titleDeposit(sold.spec));
	const title = again.find('titles', 'TitleAttested').title.toNumber();
	story.check('title of the serial', (await (await api.at(again.block)).query.titles.serials(sold.spec.serials[0])).unwrap().toNumber(), title);
	story.tell(`the serials are free: the same machines are attested again, as title ${title}`);
	const withdrawn = await world.send('custodian', titles.withdrawAttestation(title));
	books.release('custodian', 'CLBR', titleDeposit(sold.spec));
	await world.compare(withdrawn.block);
}

async function withheld(world) {
	const { api, story, books } = world;
	const { titles } = api.tx;
	const { title } = world.withheld;
	const asked = await world.send('borrower', titles.requestRedemption(title));
	books.hold('borrower', 'CLBR', DEPOSITS.redemption);
	await world.refuse('borrower', 'an escalation before the deadline', 'titles.RedemptionPeriodRunning', titles.escalateRedemption(title));
	await waitForTime(api, asked.time + (await redemptionPeriod(world)) + 6);
	const escalated = await world.send('borrower', titles.escalateRedemption(title));
	const event = escalated.find('titles', 'RedemptionEscalated');
	const bond = event.bond.toBigInt();
	story.check('custodian frozen', (await (await api.at(escalated.block)).query.titles.custodians(world.address.custodian)).unwrap().frozen.isTrue, true);
	story.check('claim', (await report(world, title, escalated.block)).claimOpen.isTrue, true);
	story.tell(`Charlie does not answer in time: Bob escalates, and Charlie is frozen with a bond of ${clbr(bond)} CLBR`);
	const spec = await serverSpec(world, 1);
	await world.refuseAll([
		['borrower', 'a second escalation', 'titles.AlreadyEscalated', titles.escalateRedemption(title)],
		['custodian', 'a machine taken in by a frozen custodian', 'titles.CustodianFrozen', titles.attest(world.address.borrower, spec)],
		['custodian', 'a bond taken out by a frozen custodian', 'titles.CustodianFrozen', titles.withdrawBond(CLBR)],
		['borrower', 'a claim decided by the claimant', 'BadOrigin', titles.resolveClaim(title, CLBR)],
		['saver', 'a bond slashed by a saver', 'BadOrigin', titles.slashCustodian(title, CLBR)],
		['saver', 'a loss reported by who does not keep it', 'titles.NotTitleCustodian', titles.reportLoss(title)],
		['borrower', 'a title retired that is not lost', 'titles.NotLost', titles.retireLost(title)],
	]);
	const award = 2_500n * CLBR;
	const before = await heldClbr(await api.at(await bestBlock(api)), world.address.custodian);
	const decided = await world.govern('TitlesAdmin', [
		titles.resolveClaim(title, award),
		titles.reinstateParty('Custodian', world.address.custodian),
	]);
	books.debit('custodian', 'CLBR held', award);
	books.credit('borrower', 'CLBR', award);
	books.release('borrower', 'CLBR', DEPOSITS.redemption);
	const at = await api.at(decided.block);
	const custodian = (await at.query.titles.custodians(world.address.custodian)).unwrap();
	story.check('bond', custodian.bond.toBigInt(), bond - award);
	story.check('held from the custodian', await heldClbr(at, world.address.custodian), before - award);
	story.check('frozen', custodian.frozen.isTrue, false);
	story.check('open claims', custodian.openClaims.toNumber(), 0);
	story.tell(`holders award Bob ${clbr(award)} CLBR of the bond and reinstate Charlie`);
	await world.compare(decided.block);
	const released = await world.send('custodian', titles.confirmRelease(title));
	gone(world, world.withheld);
	story.tell('the machine comes late, but it comes');
	await world.compare(released.block);
}

/** Steps of the chapter, in order. */
export const TITLES = [
	{ title: 'Titles: a delivery is attested, confirmed and insured', run: delivery },
	{ title: 'Titles: what an insurer may promise', run: policies },
	{ title: 'Titles: an independent appraisal', run: appraised },
	{ title: 'Titles: custody is renewed', run: custody },
	{ title: 'Titles: a machine is sold on the market, a pledged one is not', run: market },
	{ title: 'Titles: insurance pays the owner, and the line', run: claims },
	{ title: 'Titles: machines are handed over', run: handOver },
	{ title: 'Titles: machines are withheld, and governance decides', run: withheld },
];
