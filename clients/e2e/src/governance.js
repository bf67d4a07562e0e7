// SPDX-License-Identifier: Apache-2.0
//
// Chapter on governance: referenda, and their reach: the terms of loans to come, never those of open lines; the brakes
// of the technical committee, and its veto.

import {
	bestBlock,
	carry,
	cast,
	CLBR,
	CLBR_DECIMALS,
	confirmation,
	enactment,
	enactmentId,
	formatAmount,
	governed,
	governedValues,
	LOCATION,
	PPB,
	propose,
	relayHeight,
	setValue,
	setValues,
	shortened,
	tally,
	timeAt,
	TransactionError,
	usd,
	waitBlocks,
	waitForTime,
} from '@caliber/lib';
import { deposit, funded, mint, show } from './life.js';
import { Line, lineTerms, newServers } from './lines.js';

const DAY = 86_400;
/** Seconds of a block of the relay chain, in which governance counts. */
const RELAY_BLOCK = 6;

const OLD_RATE = (PPB * 65n) / 100n;
const NEW_RATE = (PPB * 55n) / 100n;

/** Returns the relay blocks from a decision that can raise risk to its enactment: a redemption window and a day. */
async function noticeOf(api) {
	const length = (await api.call.vaultApi.window()).length.toNumber();
	const tempo = (await api.call.governanceApi.tempo()).toNumber();
	return Math.ceil((length + shortened(DAY, tempo)) / RELAY_BLOCK);
}

async function before(world) {
	const { api, story } = world;
	// Governance counts the blocks of a relay chain that has long been running.
	const height = await relayHeight(await api.at(await bestBlock(api)));
	story.check('the relay chain stands high', height > 100_000_000, true);
	story.tell(`the relay chain stands at block ${height}: governance counts from the first one that this chain saw`);
	await funded(world, { saver: 60_000n, curator: 20_000n, borrower: 20_000n });
	await deposit(world, 'saver', usd('40000'));
	[world.oldServer, world.newServer] = await newServers(world, [2, 2]);
	const terms = lineTerms(await timeAt(api), { limit: usd('30000'), period: 3_600, advanceRate: OLD_RATE });
	world.oldLine = await Line.open(world, terms, [world.oldServer.title]);
	const { result } = await world.oldLine.draw(usd('5000'));
	const base = await world.oldLine.compareBase(result.block);
	story.tell(`a line is opened at an advance rate of 65 %: its title carries ${show(base)} USDai, and ${show(usd('5000'))} are drawn`);
	await world.compare(result.block);
}

async function referendum(world) {
	const { api, story, voters } = world;
	const [proposer, ...others] = voters;
	const calls = [setValues(api, [
		['Credit', 'MaxAdvanceRate', Number(NEW_RATE)],
		['Credit', 'MinFirstLoss', 120_000_000],
		['Credit', 'MinDraw', usd('2000')],
	])];
	const proposed = await propose(api, 'CreditAdmin', calls, { proposer, preimage: true });
	story.check('preimage noted', proposed.result.find('preimage', 'Noted')?.[0].toHex(), proposed.hash);
	story.check('track', proposed.result.find('referenda', 'Submitted').track.toNumber(), 12);
	story.check('decision deposit', proposed.result.find('referenda', 'DecisionDepositPlaced').amount.toBigInt(), 5_000n * CLBR);
	story.tell(`Alice notes a preimage of ${proposed.length} bytes and submits referendum ${proposed.index} on the credit track`);
	const votes = [
		{ voter: proposer, aye: true, conviction: 'Locked2x', balance: 3_000_000n * CLBR },
		...others.slice(0, 3).map((voter) => ({ voter, aye: true, conviction: 'Locked1x', balance: 9_000_000n * CLBR })),
		{ voter: others[3], aye: true, conviction: 'None', balance: 9_500_000n * CLBR },
		{ voter: others[4], aye: false, conviction: 'Locked1x', balance: 500_000n * CLBR },
	];
	const voted = await cast(api, proposed.index, votes);
	const expected = tally(votes);
	const last = voted.map(({ block, time }) => ({ block, time })).sort((a, b) => a.time - b.time).at(-1);
	const info = (await (await api.at(last.block)).query.referenda.referendumInfoFor(proposed.index)).unwrap();
	const counted = info.asOngoing.tally;
	story.check('tally', { ayes: counted.ayes.toBigInt(), nays: counted.nays.toBigInt(), support: counted.support.toBigInt() }, expected);
	const shown = (amount) => formatAmount(amount, CLBR_DECIMALS, 0);
	story.tell(`${shown(expected.ayes)} ayes, ${shown(expected.nays)} nays by conviction; ${shown(expected.support)} CLBR of support`);
	const decided = await enactment(api, proposed.index, proposed.result.block);
	await world.follow(decided.block);
	const at = await api.at(decided.block);
	story.check('referendum', (await at.query.referenda.referendumInfoFor(proposed.index)).unwrap().type, 'Approved');
	story.check('highest advance rate', await governed(at, 'Credit', 'MaxAdvanceRate'), NEW_RATE);
	story.check('least first loss', await governed(at, 'Credit', 'MinFirstLoss'), 120_000_000n);
	story.check('least draw', await governed(at, 'Credit', 'MinDraw'), usd('2000'));
	story.tell(`it passes and is enacted ${decided.number - (await api.rpc.chain.getHeader(proposed.result.block)).number.toNumber()} blocks after its submission`);
	world.referendum = proposed.index;
	world.decided = decided;
}

async function notice(world) {
	const { api, story, decided } = world;
	const least = await noticeOf(api);
	const { confirmed } = decided;
	const [from, to] = await Promise.all([confirmed, decided].map(({ block }) => api.at(block)));
	const waited = (await relayHeight(to)) - (await relayHeight(from));
	story.check('relay blocks of a redemption window and a day', least, 22);
	story.check('relay blocks from the decision to the enactment, at least those', waited >= least, true);
	const seconds = (await timeAt(api, decided.block)) - (await timeAt(api, confirmed.block));
	story.check('and in seconds', seconds >= least * RELAY_BLOCK, true);
	const { parentHash } = await api.rpc.chain.getHeader(decided.block);
	for (const block of [confirmed.block, parentHash.toHex()]) {
		const at = await api.at(block);
		story.check('what is decided is on record', (await at.query.referenda.referendumInfoFor(world.referendum)).unwrap().type, 'Approved');
		story.check('and changes nothing yet', await governed(at, 'Credit', 'MaxAdvanceRate'), (PPB * 80n) / 100n);
	}
	story.tell(`it was decided ${waited} relay blocks before: a redemption window and a day, in which savers who disagree can leave`);
}

async function refusals(world) {
	const { api, story } = world;
	const { convictionVoting, credit, referenda, reserves, treasury } = api.tx;
	const vote = { aye: true, conviction: 'None' };
	const open = (await propose(api, 'CreditAdmin', [setValue(api, 'Credit', 'MinDraw', usd('3000'))], { proposer: world.voters[0] })).index;
	await world.refuseAll([
		['borrower', 'a governed value set by hand', 'BadOrigin', setValue(api, 'Credit', 'MinDraw', usd('2500'))],
		['borrower', 'a curator approved by oneself', 'BadOrigin', credit.approveCurator(world.address.borrower, usd('1000'))],
		['saver', 'an account frozen by a saver', 'BadOrigin', reserves.freeze(world.address.borrower, world.newHash('reason'))],
		['saver', 'the treasury spent by a saver', 'BadOrigin', treasury.spend(LOCATION.CLBR, CLBR, world.address.saver, null)],
		['saver', 'a vote on what is decided', 'convictionVoting.NotOngoing', convictionVoting.vote(world.referendum, { Standard: { vote, balance: CLBR } })],
		['saver', 'a vote with more than one has', 'convictionVoting.InsufficientFunds', convictionVoting.vote(open, { Standard: { vote, balance: 10n ** 12n * CLBR } })],
		['saver', 'a second decision deposit', 'referenda.HasDeposit', referenda.placeDecisionDeposit(open)],
		['saver', 'a deposit for what is decided', 'referenda.NotOngoing', referenda.placeDecisionDeposit(world.referendum)],
		['saver', 'a referendum cancelled by a saver', 'BadOrigin', referenda.cancel(open)],
		['verifier', 'a vote withdrawn that was not cast', 'convictionVoting.NotVoter', convictionVoting.removeVote(null, open)],
	]);
	const set = await governed(api, 'Credit', 'MinDraw');
	let refused;
	try {
		await world.govern('StableAdmin', [setValue(api, 'Credit', 'MinDraw', usd('10'))]);
	} catch (error) {
		if (!(error instanceof TransactionError)) throw error;
		refused = error.name;
	}
	story.check('a value of credit decided on the track of the stable assets', refused, 'BadOrigin');
	story.check('least draw', await governed(api, 'Credit', 'MinDraw'), set);
	story.refused('what holders decide on the wrong track', refused);
	await world.compare(await bestBlock(api));
}

async function after(world) {
	const { api, story, oldLine } = world;
	const { credit } = api.tx;
	const now = await timeAt(api);
	const offer = ({ chain }) => credit.offerLine(world.address.borrower, chain, now + 86_400);
	const terms = { limit: usd('30000'), period: 3_600 };
	await world.freshPrices();
	await world.refuseAll([
		['curator', 'a line at the old rate', 'credit.AdvanceRateTooHigh', offer(lineTerms(now, { ...terms, advanceRate: OLD_RATE }))],
		['curator', 'a line with the old first loss', 'credit.FirstLossTooLow', offer(lineTerms(now, { ...terms, advanceRate: NEW_RATE }))],
		['borrower', 'a draw below the new least', 'credit.DrawTooSmall', credit.draw(oldLine.id, usd('1500'))],
	]);
	await world.freshPrices();
	const line = await Line.open(world, lineTerms(now, { ...terms, advanceRate: NEW_RATE, firstLoss: 120_000_000n }), [world.newServer.title]);
	const { loan, result } = await line.draw(usd('5000'));
	story.check("the curator's part", loan.tranches.junior, usd('600'));
	const base = await line.compareBase(result.block);
	const drawn = await oldLine.draw(usd('2500'));
	const old = await oldLine.compareBase(drawn.result.block);
	story.check("the curator's part of the old line", drawn.loan.tranches.junior, usd('250'));
	const report = await oldLine.compare(drawn.result.block);
	story.check('terms of the old line', report.terms.advanceRate.toBigInt(), OLD_RATE);
	story.check('first loss of the old line', report.terms.loan.firstLoss.toBigInt(), PPB / 10n);
	story.tell(`a line under the new rules: 55 % of its title is ${show(base)} USDai, and Eve stands for 12 % of a loan`);
	story.tell(`the old line keeps its 65 % and 10 %, of ${show(old)} USDai; what it draws is covered at 55 % too`);
	await world.compare(drawn.result.block);

	for (const each of [line, oldLine]) {
		for (const id of each.loanIds) await each.payoff(id);
		await each.close();
	}
	const { Credit: usual } = await governedValues(api);
	const restored = ['MaxAdvanceRate', 'MinFirstLoss', 'MinDraw'].map((name) => ['Credit', name, usual[name].default]);
	await world.govern('CreditAdmin', [setValues(api, restored)]);
	await world.compare(await bestBlock(api));
}

/** Sets the maximum age of a price. */
async function setMaxAge(world, maxAge) {
	await world.govern('AppraisalAdmin', [setValue(world.api, 'Appraisal', 'MaxAge', maxAge)]);
	world.oracle.policy.maxAge = maxAge;
}

async function stalePrices(world) {
	const { api, story } = world;
	const { title } = world.oldServer;
	const usual = world.oracle.policy.maxAge;
	await world.freshPrices();
	const line = await Line.open(world, lineTerms(await timeAt(api), { limit: usd('30000'), period: 3_600 }), [title]);
	await world.freshPrices();
	const { id } = await line.draw(usd('5000'));
	await setMaxAge(world, 60);
	await waitForTime(api, world.pricedAt() + 66);
	const report = (await api.call.creditApi.line(line.id)).unwrap();
	story.check('borrowing base without prices', report.base.isNone, true);
	await world.refuseAll([
		['borrower', 'a draw on prices that are too old', 'credit.PriceStale', api.tx.credit.draw(line.id, usd('2000'))],
		['verifier', 'a breach by the last prices, four fifths of which cover the debt', 'credit.NotInBreach', api.tx.credit.declareBreach(line.id)],
		['borrower', 'a machine pledged without a value', 'titles.Ineligible.AppraisalStale', api.tx.credit.addTitles(line.id, [world.newServer.title])],
	]);
	const { payment } = await line.payoff(id);
	story.tell(`prices a minute old are too old now: nothing can be drawn, and the loan is repaid with ${show(payment.total)} USDai all the same`);
	await line.close();
	await setMaxAge(world, usual);
	await world.feed();
	await world.compare(await bestBlock(api));
}

async function brakes(world) {
	const { api, story } = world;
	const { credit, governance, psm } = api.tx;
	const value = (area, name, to) => ({ Value: { [area]: { [name]: to } } });
	const pause = (pallet, call) => ({ Pause: { pallet, call } });
	const { Credit: usual, Governance: times } = await governedValues(api);
	await world.freshPrices();
	const line = await Line.open(world, lineTerms(await timeAt(api), { limit: usd('30000'), period: 3_600 }), [world.newServer.title]);
	await line.draw(usd('2000'));
	await world.refuseCommittee('a stop of repayments', 'governance.NeverPaused', governance.brake([pause('Credit', 'repay')]));
	await world.refuseCommittee('a stop of claims', 'governance.NeverPaused', governance.brake([pause('Vault', 'claim')]));
	await world.refuseCommittee('a smaller least draw', 'governance.NotStricter', governance.brake([value('Credit', 'MinDraw', usd('500'))]));
	await world.refuseCommittee('a stop of what holders decide', 'governance.NeverPaused', governance.brake([pause('Credit', 'approve_curator')]));
	await world.refuseCommittee('prices held where they are', 'governance.NotBrakable', governance.brake([value('Appraisal', 'MaxMovePerDay', 10_000_000)]));
	await world.refuseCommittee('a value set for good', 'BadOrigin', setValue(api, 'Credit', 'MinDraw', usd('5000')));
	// A brake lasts a few blocks on this chain, so its release is voted before.
	const rate = (PPB * 40n) / 100n;
	const brake = await world.motion(governance.brake([
		value('Credit', 'MinDraw', usd('5000')), pause('Psm', 'mint'), value('Credit', 'MaxAdvanceRate', Number(rate)),
	]));
	const release = await world.motion(governance.release([{ Value: ['Credit', usual.MinDraw.index] }, pause('Psm', 'mint')]));
	const braked = await brake();
	const until = braked.time + Number(times.BrakeDuration.value);
	story.check('first seconds after the brakes', braked.all('governance', 'BrakeSet').map((event) => event.until.toNumber()), Array(3).fill(until));
	await world.refuseAll([
		['borrower', 'a draw below the least of the brake', 'credit.DrawTooSmall', credit.draw(line.id, usd('2000'))],
		['saver', 'a mint while minting is paused', 'system.CallFiltered', psm.mint(LOCATION.USDAI, LOCATION.USDC, 10_000_000n, 0)],
	]);
	const released = await release();
	story.check('brakes released', released.all('governance', 'BrakeReleased').length, 2);
	const values = async (block) => (await governedValues(await api.at(block))).Credit;
	const [during, after] = [await values(braked.block), await values(released.block)];
	story.check('least draw under the brake', during.MinDraw.value, usd('5000'));
	story.check('least draw that holders decided', during.MinDraw.governed, usual.MinDraw.value);
	story.check('least draw after the release', after.MinDraw.value, usual.MinDraw.value);
	story.check('highest advance rate, still braked', after.MaxAdvanceRate.value, rate);
	story.tell(`the committee brakes: no draw under ${show(usd('5000'))} USDai, and no mint; repaying it cannot stop, and it can loosen nothing`);
	await world.follow(await bestBlock(api));
	await line.draw(usd('2000'));
	const minted = await mint(world, 'saver', 10n);
	await world.compare(minted.block);
	const over = await waitForTime(api, until);
	story.check('highest advance rate after the brake', (await values(over.block)).MaxAdvanceRate.value, usual.MaxAdvanceRate.value);
	story.tell('it ends two brakes itself; the third ends by itself, and cannot return before it has rested');
	await world.refuseCommittee('a brake that has not rested', 'governance.BrakeResting', governance.brake([value('Credit', 'MaxAdvanceRate', Number(rate))]));
	for (const id of line.loanIds) await line.payoff(id);
	await line.close();
	await world.compare(await bestBlock(api));
}

async function veto(world) {
	const { api, story, voters } = world;
	const before = await governed(api, 'Credit', 'MinDraw');
	const least = await noticeOf(api);
	await world.refuseCommittee('a veto of what is enacted', 'governance.NotScheduled', api.tx.governance.veto({ Referendum: world.referendum }));
	const { index, hash, result } = await propose(api, 'CreditAdmin', [setValue(api, 'Credit', 'MinDraw', usd('4000'))], { proposer: voters[0] });
	await carry(api, index, voters);
	const strike = await world.motion(api.tx.governance.veto({ Referendum: index }));
	const decided = await confirmation(api, index, result.block);
	const scheduled = async () => (await api.query.scheduler.lookup(enactmentId(index))).isSome;
	story.check('the enactment is scheduled', await scheduled(), true);
	const struck = await strike();
	const [, ofCall, by] = struck.find('governance', 'Vetoed');
	story.check('hash of the call', ofCall.toHex(), hash);
	story.check('struck by', by.type, 'Committee');
	story.check('the enactment is scheduled after the veto', await scheduled(), false);
	story.tell(`holders decide referendum ${index}; the committee strikes it ${struck.time - (await timeAt(api, decided.block))} s later`);
	const best = (await api.rpc.chain.getHeader()).number.toNumber();
	await waitBlocks(api, Math.max(decided.number + least + 2 - best, 0));
	story.check('referendum', (await api.query.referenda.referendumInfoFor(index)).unwrap().type, 'Approved');
	story.check('least draw', await governed(api, 'Credit', 'MinDraw'), before);
	story.tell('its time comes, and nothing is enacted');
	await world.compare(await bestBlock(api));
}

/** Steps of the chapter, in order. */
export const GOVERNANCE = [
	{ title: 'Governance: a line is opened under the rules of today', run: before },
	{ title: 'Governance: a referendum on the credit track', run: referendum },
	{ title: 'Governance: what is decided is enacted a redemption window and a day later', run: notice },
	{ title: 'Governance: what nobody may do alone', run: refusals },
	{ title: 'Governance: the next loan is under the new rules, the old line keeps its terms', run: after },
	{ title: 'Governance: the committee brakes for a time, and loosens nothing', run: brakes },
	{ title: 'Governance: the committee strikes what is decided and not enacted', run: veto },
	{ title: 'Governance: prices may be a minute old, and repaying needs none', run: stalePrices },
];
