// SPDX-License-Identifier: Apache-2.0
//
// The life of a loan, step by step. Each step acts on the chain, enters the expected outcome in the second
// set of books, and compares.

import {
	amountIn,
	bestBlock,
	CLBR,
	CLBR_DECIMALS,
	formatAmount,
	LOCATION,
	math,
	STABLE_DECIMALS,
	timeAt,
	USDAI,
	WAD,
	waitBlocks,
	waitForTime,
} from '@caliber/lib';
import { deviceDeposit, evidenceOf, insure, Line, lineTerms, REQUIRED_PAPERS, serverSpec, titleDeposit, untilTold } from './lines.js';
import { MODEL } from './world.js';

const USDC_UNIT = 10n ** BigInt(STABLE_DECIMALS);
/** Units of USDai in a unit of USDC. */
const SCALE = WAD / USDC_UNIT;
const UNITS = 8;
const MILLION = 1_000_000n;

/** Returns the text of an amount of USDai, with six digits after the point. */
export const show = (amount, digits = 6) => formatAmount(amount, 18, digits);

/** Returns the peg's fee rate on a stablecoin, in parts per million. */
export async function pegFee(world, item, asset = LOCATION.USDC) {
	return (await world.api.query.psm[item](LOCATION.USDAI, asset)).toBigInt();
}

/** Mints USDai one to one against a stablecoin, and books it. */
export async function mint(world, role, dollars, symbol = 'USDC') {
	const asset = LOCATION[symbol];
	const rate = await pegFee(world, 'mintingFee', asset);
	const minted = dollars * WAD;
	const fee = math.mulDivUp(minted, rate, MILLION);
	// The peg issues nothing against a dollar without a fresh price.
	await world.freshPrices();
	const call = world.api.tx.psm.mint(LOCATION.USDAI, asset, dollars * USDC_UNIT, rate);
	const result = await world.send(role, call);
	world.books.move(symbol, role, 'peg', dollars * USDC_UNIT);
	world.books.credit(role, 'USDai', minted - fee);
	world.books.credit('treasury', 'USDai', fee);
	world.supply += minted;
	world.story.tell(`${world.who[role].meta.name} pays ${formatAmount(dollars, 0)} ${symbol} and has ${show(minted - fee)} USDai`);
	return result;
}

/** Ensures that roles have so many dollars of USDai at least. */
export async function funded(world, wanted) {
	const short = Object.entries(wanted).filter(([role, dollars]) => world.books.of(role, 'USDai') < dollars * WAD);
	await Promise.all(short.map(([role, dollars]) => mint(world, role, dollars - world.books.of(role, 'USDai') / WAD)));
}

async function dollars(world) {
	await mint(world, 'saver', 500_000n);
	await mint(world, 'curator', 50_000n);
	await mint(world, 'borrower', 40_000n);
	const { block } = await mint(world, 'offtaker', 30_000n);
	await world.compare(block);
}

async function feesInDollars(world) {
	const { api, story } = world;
	const [usdai, clbr] = [LOCATION.USDAI, LOCATION.CLBR];
	const reserves = async (at) => {
		const found = await at.call.assetConversionApi.getReserves(usdai, clbr);
		return found.isSome ? found.unwrap().map((reserve) => reserve.toBigInt()) : undefined;
	};
	if ((await reserves(api)) === undefined) {
		const setup = api.consts.assetConversion.poolSetupFee.toBigInt();
		await world.send('offtaker', api.tx.assetConversion.createPool(clbr, usdai));
		world.books.debit('offtaker', 'CLBR', setup);
		const [dollarsIn, tokensIn] = [10_000n * WAD, 100_000n * CLBR];
		await world.send(
			'offtaker',
			api.tx.assetConversion.addLiquidity(clbr, usdai, tokensIn, dollarsIn, tokensIn, dollarsIn, world.who.offtaker.address),
		);
		world.books.debit('offtaker', 'USDai', dollarsIn);
		world.books.debit('offtaker', 'CLBR', tokensIn);
		story.tell('a pool of 100,000 CLBR and 10,000 USDai is opened');
	}
	const before = await reserves(api);
	const call = api.tx.system.remark('paid in dollars');
	const result = await world.send('borrower', call, { assetId: usdai });
	const paid = result.find('assetTxPayment', 'AssetTxFeePaid').actualFee.toBigInt();
	const swaps = result.all('assetConversion', 'SwapCreditExecuted').map(({ amountIn: sold, amountOut: bought }) => [
		sold.toBigInt(),
		bought.toBigInt(),
	]);
	const [[, native]] = swaps;
	const feePpm = api.consts.assetConversion.lpFee.toBigInt();
	let expected = amountIn(native, before[0], before[1], feePpm);
	story.check('USDai for the fee', swaps[0][0], expected);
	// The excess of the estimated fee is swapped back.
	if (swaps.length > 1) expected -= swaps[1][1];
	story.check('USDai paid as fee', paid, expected);
	world.books.debit('borrower', 'USDai', paid);
	story.tell(`Bob's next transaction costs ${formatAmount(native, CLBR_DECIMALS)} CLBR, paid with ${show(paid)} USDai`);
	await world.compare(result.block);
}

/** Deposits USDai in the vault, and books it. */
export async function deposit(world, role, assets) {
	const result = await world.send(role, world.api.tx.vault.deposit(assets, 1n));
	world.markBills(result.time);
	const { shares, locked } = world.vault.deposit(assets, result.time);
	world.books.move('USDai', role, 'vault', assets);
	world.books.credit(role, 'sUSDai', shares);
	world.books.credit('vault', 'sUSDai', locked);
	const event = result.find('vault', 'Deposited');
	world.story.check('shares of the deposit', event.shares.toBigInt(), shares);
	return { shares, result };
}

async function savers(world) {
	const { api, story, vault } = world;
	const assets = 400_000n * WAD;
	const before = await bestBlock(api);
	const now = await timeAt(api, before);
	const quoted = await (await api.at(before)).call.vaultApi.previewDeposit(assets);
	const preview = vault.shares === 0n ? assets - 1_000_000n : math.sharesForAssets(assets, vault.forDeposits(now), vault.shares);
	story.check('preview of the deposit', quoted.asOk.toBigInt(), preview);
	const { shares, result } = await deposit(world, 'saver', assets);
	world.deposited = shares;
	story.tell(`Ferdie deposits ${show(assets)} USDai and receives ${show(shares)} sUSDai at ${show(vault.depositPrice(result.time), 12)}`);
	await world.compare(result.block);
}

async function prices(world) {
	for (let day = 0; day < 3; day += 1) {
		const { round } = await world.feed();
		const rental = { kind: 'Rental', id: MODEL };
		const recorded = round.entries.find(({ key }) => key.kind === 'Rental' && key.id === MODEL).value;
		const accepted = world.oracle.value(rental);
		const note = accepted === recorded ? 'accepted' : `accepted ${show(accepted)}: a price may move by a quarter a day at most`;
		world.story.tell(`${round.date}: an hour of an H100 rents at ${show(recorded)} USD, ${note}`);
	}
}

async function attest(world) {
	const { api, story } = world;
	world.spec = await serverSpec(world, UNITS, { papers: [...REQUIRED_PAPERS, 'BurnInReport', 'PurchaseInvoice'] });
	const result = await world.send('custodian', api.tx.titles.attest(world.address.borrower, world.spec));
	const event = result.find('titles', 'TitleAttested');
	world.title = event.title.toNumber();
	world.machines.set(world.title, { model: MODEL, units: UNITS, commissionedAt: world.spec.commissionedAt });
	const deposit = titleDeposit(world.spec);
	world.books.hold('custodian', 'CLBR', deposit);
	story.check('units of the title', event.units.toNumber(), UNITS);
	story.tell(`Charlie attests title ${world.title}: ${UNITS} x ${world.models[MODEL].name}, in service for 300 days`);
	story.tell(`${formatAmount(deposit, CLBR_DECIMALS)} CLBR are held from Charlie for the storage of the title`);
	await world.compare(result.block);
}

async function confirm(world) {
	const { api, story, title } = world;
	await world.freshPrices();
	const evidence = await evidenceOf(world, title);
	const result = await world.send('verifier', api.tx.titles.confirm(title, evidence));
	world.books.hold('custodian', 'CLBR', deviceDeposit(world.spec));
	const at = await api.at(result.block);
	for (const device of world.spec.devices) {
		const known = (await at.call.titlesApi.device(device)).unwrap();
		story.check('title of the device', known.title.unwrap().toNumber(), title);
		story.check('first service of the device', known.firstCommissioned.toNumber(), world.spec.commissionedAt);
	}
	const item = (await at.query.nfts.item(world.collection, title)).unwrap();
	story.check('owner of the NFT', item.owner.toString(), world.address.borrower);
	const report = (await at.call.titlesApi.title(title)).unwrap();
	story.check('status of the title', report.status.type, 'Active');
	const eligibility = await at.call.titlesApi.eligibility(title);
	story.check('eligibility without insurance', eligibility.isErr && eligibility.asErr.type, 'Uninsured');
	story.tell(`Dave has seen the machines and their papers, and confirms the title by the digest of both; NFT ${world.collection}/${title} belongs to Bob`);
	await world.compare(result.block);
}

async function insurance(world) {
	const { api, story, title } = world;
	await world.freshPrices();
	const { id, terms, result } = await insure(world, title);
	world.policy = id;
	const at = await api.at(result.block);
	const report = (await at.call.titlesApi.title(title)).unwrap();
	story.check('cover of the title', report.cover.toBigInt(), terms.limit);
	story.check('eligibility', (await at.call.titlesApi.eligibility(title)).isOk, true);
	story.tell(`Eve//stash insures it for ${show(terms.limit)} USDai, twice its value: now it may secure a loan`);
	await world.compare(result.block);
}

async function value(world) {
	const { api, story } = world;
	await world.freshPrices();
	const block = await bestBlock(api);
	const now = await timeAt(api, block);
	const result = await (await api.at(block)).call.appraisalApi.appraise(world.title);
	if (result.isErr) throw new Error(`the chain has no value: ${result.asErr.type}`);
	const expected = world.valuation(world.title, now);
	const valuation = result.asOk;
	for (const approach of ['cost', 'market', 'income']) {
		story.check(`${approach} approach`, valuation[approach].unwrap().toBigInt(), expected[approach]);
		story.tell(`${approach.padEnd(7)}approach ${show(expected[approach])} USD`);
	}
	story.check('value', valuation.value.toBigInt(), expected.value);
	story.check('liquidation value', valuation.liquidationValue.toBigInt(), expected.liquidationValue);
	story.check('date of the value', valuation.asOf.toNumber(), world.pricedAt());
	story.tell(`the least counts: ${show(expected.value)} USD, of which a forced sale brings ${show(expected.liquidationValue)}`);
}

async function offer(world) {
	const { api, story, plan } = world;
	const now = await timeAt(api);
	const { limit, period, periods } = plan;
	world.line = await Line.offer(world, lineTerms(now, { limit, period, periods, reserveInstallments: 1 }));
	story.tell(`Eve offers line ${world.line.id}: ${show(limit)} USDai, ${periods} installments, one each payment period of ${period} s`);
	story.tell(`Eve locks ${show(world.line.junior)} USDai of first-loss capital; senior 9 %, junior 14 % a year`);
	await world.compare(world.line.offered.block);
}

async function accept(world) {
	const { api, story, line, title } = world;
	await world.freshPrices();
	const result = await line.accept([title]);
	const at = await api.at(result.block);
	story.check('state of the line', (await at.call.creditApi.line(line.id)).unwrap().state.type, 'Open');
	story.check('line that holds the title', (await at.call.titlesApi.title(title)).unwrap().line.unwrap().toNumber(), line.id);
	const eligibility = await at.call.titlesApi.eligibility(title);
	story.check('eligibility of a pledged title', eligibility.isErr && eligibility.asErr.type, 'Encumbered');
	story.tell(`Bob accepts and pledges title ${title}: its NFT can no longer be transferred, and Charlie keeps the machines for the lenders`);
	await world.compare(result.block);
}

async function draw(world) {
	const { api, story, plan, line } = world;
	await world.freshPrices();
	const { id, loan, result, fee, reserved, disbursed } = await line.draw(plan.draw);
	Object.assign(world, { loan, loanId: id });
	const at = await api.at(result.block);
	const rows = await at.call.creditApi.schedule(plan.draw, line.terms.chain.loan, result.time);
	story.check(
		'schedule',
		rows.asOk.map((row) => [row.dueAt.toNumber(), row.principal.toBigInt(), row.interest.toBigInt(), row.balanceAfter.toBigInt()]),
		loan.schedule.map((row) => [row.dueAt, row.principal, row.interest, row.balanceAfter]),
	);
	const base = await line.compareBase(result.block);
	story.tell(`the title carries ${show(base)} USDai; Bob draws ${show(plan.draw)}`);
	story.tell(`${show(loan.tranches.senior)} from the savers, ${show(loan.tranches.junior)} from Eve; fee ${show(fee)}, reserve ${show(reserved)}`);
	story.tell(`Bob receives ${show(disbursed)} USDai`);
	const [first] = loan.schedule;
	story.tell(`installment 1 of ${loan.schedule.length}: ${show(first.principal)} principal + ${show(first.interest)} interest`);
	await line.compare(result.block);
	await world.compare(result.block);
}

/** Compares after a payment: the vault receives the interest, less the fee, and nothing else. */
async function paid(world, before, payment, block) {
	await world.line.compare(block);
	await world.compare(block);
	world.story.check('assets of the savers', world.vault.cash - before, payment.seniorInterest - payment.fee);
}

/** Waits for a chain time at which the payment due does not change on the way into a block. Returns that time. */
async function quietTime(world) {
	const { api, loan } = world;
	let now = await timeAt(api);
	const close = loan.dueDates.find((dueDate) => dueDate >= now && dueDate - now < 30);
	if (close !== undefined) ({ now } = await waitForTime(api, close + 6));
	await world.follow(await bestBlock(api));
	return now;
}

async function firstInstallment(world) {
	const { loan, line, story } = world;
	const now = await quietTime(world);
	const before = world.vault.cash;
	const { payment, result } = await line.repay(world.loanId, loan.due(now).total);
	story.tell(`Bob pays ${show(payment.total)} USDai: ${show(payment.principal)} principal, ${show(payment.interest)} interest, ${show(payment.servicing)} servicing`);
	story.tell(`of the interest the savers earn ${show(payment.seniorInterest)}, Eve ${show(payment.juniorInterest)}`);
	await paid(world, before, payment, result.block);
}

async function revenue(world) {
	const { api, story, line, title } = world;
	await quietTime(world);
	const amount = 1_000n * WAD;
	const before = (await api.call.titlesApi.title(title)).unwrap();
	const result = await world.send('offtaker', api.tx.titles.payRevenue(title, amount));
	world.books.move('USDai', 'offtaker', 'lines', amount);
	line.fillReserve(amount);
	const after = (await (await api.at(result.block)).call.titlesApi.title(title)).unwrap();
	story.check('revenue of the title', after.revenueTotal.toBigInt() - before.revenueTotal.toBigInt(), amount);
	story.check('earned in the year', after.earnedTrailingYear.toBigInt() - before.earnedTrailingYear.toBigInt(), amount);
	story.tell(`${show(amount)} USDai of rent go to the line's reserve, which is now ${show(line.reserve)}`);
	await line.compare(result.block);
	await world.compare(result.block);
}

async function collect(world) {
	const { api, line, loan, story } = world;
	const before = line.told.length;
	const dueDate = loan.dueDates[loan.nextPeriod];
	await waitForTime(api, dueDate);
	const block = await untilTold(world, line, 'collected', before);
	const [collected, ...more] = line.told.slice(before);
	story.check('installments collected', [collected?.kind, more.length], ['collected', 0]);
	story.check('late interest', collected.payment.lateInterest, 0n);
	await line.compare(block);
	await world.compare(block);
	story.tell(`the due date has come, and the chain itself takes ${show(collected.payment.total)} USDai from the reserve: nobody had to call`);
}

async function catchUp(world) {
	const { api, line, loan, story } = world;
	const { now, block } = await waitForTime(api, loan.dueDates[loan.nextPeriod + 1] + 12);
	await world.follow(block);
	const due = loan.due(now);
	story.tell(`the reserve held less than an installment, which the chain has taken, and two due dates pass; ${due.periods} installments are due, with ${show(due.lateInterest, 9)} USDai of late interest`);
	const before = world.vault.cash;
	// One call pays them all and prepays with the rest; the budget allows for a few more seconds of late interest.
	const { payment, result } = await line.repay(world.loanId, due.total + 2_000n * WAD);
	story.tell(`one payment covers ${payment.periods} payment periods and repays ${show(payment.prepaid)} ahead of the schedule, for a fee of ${show(payment.exitFee)}`);
	story.tell(`late interest was ${show(payment.lateInterest, 9)} USDai; ${show(payment.balanceAfter)} are left`);
	await paid(world, before, payment, result.block);
}

async function payOff(world) {
	const { api, line, story } = world;
	const before = world.vault.cash;
	const { payment, result } = await line.payoff(world.loanId);
	story.check('loan', (await (await api.at(result.block)).call.creditApi.loan(world.loanId)).isNone, true);
	story.tell(`Bob closes the loan with ${show(payment.total)} USDai, ${show(payment.exitFee)} of it the exit fee`);
	await paid(world, before, payment, result.block);
}

async function closeLine(world) {
	const { api, story, line, title } = world;
	const result = await line.close();
	story.tell(`the reserve of ${show(line.freed.reserve)} USDai goes back to Bob, ${show(line.freed.junior)} are free again for Eve`);
	await world.compare(result.block);
	const moved = await world.send('borrower', api.tx.nfts.transfer(world.collection, title, world.address.offtaker));
	const item = (await (await api.at(moved.block)).query.nfts.item(world.collection, title)).unwrap();
	story.check('owner of the NFT', item.owner.toString(), world.address.offtaker);
	story.tell(`the NFT is free: Bob hands title ${title} to Dave//stash by an ordinary transfer`);
	// The owner of a free title would be both payer and recipient.
	await world.refuse('offtaker', 'revenue paid to oneself', 'titles.SelfPayment', api.tx.titles.payRevenue(title, 100n * WAD));
	await world.compare(await bestBlock(api));
}

async function yieldOfSavers(world) {
	const { api, story, vault } = world;
	story.check('principal out', vault.principalOut, world.start.principalOut);
	story.check(
		'assets of the savers since the deposit',
		vault.cash - world.start.assets,
		world.line.seniorInterest - world.line.yieldFees,
	);
	const before = math.mulDivDown(world.start.assets, WAD, vault.shares);
	story.tell(`senior interest ${show(world.line.seniorInterest, 12)} less the fee ${show(world.line.yieldFees, 12)} is all that came in`);
	const now = await timeAt(api);
	const locked = vault.locked.at(now);
	story.tell(`a share was worth ${show(before, 15)} USDai and is worth ${show(vault.redemptionPrice(now), 15)}; ${show(locked, 12)} are earned by ${new Date(vault.locked.until * 1_000).toISOString()}`);
}

/** Puts shares of a role in the redemption queue, and books it. */
export async function requestRedemption(world, role, shares, { least, assetId } = {}) {
	const { api, books } = world;
	const result = await world.send(role, api.tx.vault.requestRedemption(shares, least ?? null), { assetId });
	if (assetId !== undefined) books.debit(role, 'USDai', result.find('assetTxPayment', 'AssetTxFeePaid').actualFee.toBigInt());
	const event = result.find('vault', 'Requested');
	books.move('sUSDai', role, 'vault', shares);
	const deposit = depositOf((await (await api.at(result.block)).query.vault.requests(event.id)).unwrap());
	books.hold(role, deposit.kind, deposit.amount);
	const waiting = { id: event.id.toNumber(), role, shares, tick: 0, least, deposit, claimable: 0n, window: event.window.toNumber() };
	world.queue.push(waiting);
	world.requests.set(waiting.id, waiting);
	return { request: waiting, result };
}

/** Returns the currency and the amount of the storage deposit of a request. */
export function depositOf({ ticket }) {
	return ticket.isClbr ? { kind: 'CLBR', amount: ticket.asClbr.toBigInt() } : { kind: 'USDai', amount: ticket.asUsdAi.toBigInt() };
}

/** Waits until idle work has paid out what requests were served. Returns the block. */
export async function paidOut(world, ...requests) {
	let block = await bestBlock(world.api);
	await world.follow(block);
	for (let tries = 0; tries < 40 && requests.some(({ claimable }) => claimable > 0n); tries += 1) {
		await waitBlocks(world.api);
		block = await bestBlock(world.api);
		await world.follow(block);
	}
	world.story.check('served and not paid out', requests.map(({ claimable }) => claimable), requests.map(() => 0n));
	return block;
}

/** Returns the epoch of a redemption window: the stretch of windows of one length and one reveal period. */
async function epochOf(at, window) {
	const { current, next } = await at.query.vault.windows();
	return next.isSome && next.unwrap().first.toNumber() <= window ? next.unwrap() : current;
}

/** Seconds after its close in which a window is settled on this chain, unless cancelling opens again. */
const SETTLED_WITHIN = 60;

/**
 * Waits until a redemption window has closed and the chain has settled it: once its money is there or the time to
 * raise it is over, and a round over the lines has ended that began after the close. Returns the settlement.
 */
export async function settlement(world, window) {
	const { api } = world;
	const epoch = await epochOf(api, window);
	const closes = epoch.since.toNumber() + (window + 1 - epoch.first.toNumber()) * epoch.length.toNumber();
	const isDone = () => world.settlement?.window === window && world.settlement.finished;
	let { block, now } = await waitForTime(api, closes);
	await world.follow(block);
	// Cancelling may open again meanwhile.
	const from = () => (world.reopened?.window === window ? world.reopened.until : closes);
	while (!isDone() && now < from() + SETTLED_WITHIN) {
		({ block, now } = await waitForTime(api, now + 1));
		await world.follow(block);
	}
	if (!isDone()) {
		const { phase, awaited } = await api.call.vaultApi.window();
		throw new Error(`window ${window} has closed, and nobody has settled it: the last settled one is ${world.settlement?.window}; ${phase}, awaited ${awaited}`);
	}
	return { ...world.settlement, block };
}

async function request(world) {
	const { api, story } = world;
	const { closesAt } = await api.call.vaultApi.window();
	// Near its end the window would close during the step.
	if (closesAt.toNumber() - (await timeAt(api)) < 48) await waitForTime(api, closesAt.toNumber());
	const { request: waiting, result } = await requestRedemption(world, 'saver', world.deposited);
	world.request = waiting;
	const at = await api.at(result.block);
	const window = await at.call.vaultApi.window();
	const epoch = await epochOf(at, waiting.window);
	const [since, length] = [epoch.since.toNumber(), epoch.length.toNumber()];
	const index = math.windowAt(result.time, since, length);
	story.check('window of the request', waiting.window, epoch.first.toNumber() + index);
	story.check('close of the window', window.closesAt.toNumber(), math.windowClose(result.time, since, length));
	story.check('bids are revealed from', window.revealFrom.toNumber(), window.closesAt.toNumber() - epoch.reveal.toNumber());
	story.tell(`Ferdie puts ${show(waiting.shares)} sUSDai in the queue; the window closes in ${window.closesAt.toNumber() - result.time} s`);
	await world.compare(result.block);
}

async function settle(world) {
	const { story, request: waiting } = world;
	const { price, served } = await settlement(world, waiting.window);
	story.tell(`the window closes, a round over the lines begins and ends, and the chain settles it at ${show(price, 15)}: ${show(served[0].assets)} USDai are set aside for Ferdie`);
	await world.compare(await paidOut(world, waiting));
	story.tell('the chain pays them out too: nobody has to claim; the deposit for the request comes back');
	world.claimed = waiting.paid;
}

/** Books the redemption of USDai for a stablecoin. Returns what it brings, in units of the stablecoin. */
export function redeemed(world, role, amount, rate, symbol = 'USDC') {
	const fee = math.mulDivUp(amount, rate, MILLION);
	const out = (amount - fee) / SCALE;
	world.books.move(symbol, 'peg', role, out);
	world.books.debit(role, 'USDai', out * SCALE);
	world.books.move('USDai', role, 'treasury', fee);
	world.supply -= out * SCALE;
	return out;
}

/** Redeems USDai for a stablecoin, and books it. */
export async function redeemFor(world, role, amount, symbol = 'USDC') {
	const rate = await pegFee(world, 'redemptionFee', LOCATION[symbol]);
	const result = await world.send(role, world.api.tx.psm.redeem(LOCATION.USDAI, LOCATION[symbol], amount, rate));
	return { out: redeemed(world, role, amount, rate, symbol), result };
}

async function redeem(world) {
	const { story } = world;
	const amount = world.claimed;
	const { out, result } = await redeemFor(world, 'saver', amount);
	story.tell(`Ferdie redeems ${show(amount)} USDai for ${formatAmount(out, STABLE_DECIMALS)} USDC, of 400,000 deposited`);
	await world.compare(result.block);
}

async function proof(world) {
	const { api, story } = world;
	// The report has fresh prices only.
	await world.feed();
	const block = await bestBlock(api);
	const at = await api.at(block);
	const report = await at.call.reservesApi.proofOfReserves();
	story.check('supply of USDai', report.supply.toBigInt(), world.supply);
	story.check('debt of the peg', report.debt.toBigInt(), world.supply);
	story.check('backed', report.backed.isTrue, true);
	let debt = 0n;
	for (const reserve of report.reserves) {
		const balance = reserve.balance.toBigInt();
		const symbol = reserve.symbol.toUtf8();
		const inUsd = balance * 10n ** BigInt(18 - reserve.decimals.toNumber());
		story.check(`${symbol} in dollars`, reserve.balanceUsd.unwrap().toBigInt(), inUsd);
		story.check(`${symbol} covers its debt`, inUsd >= reserve.debt.toBigInt(), true);
		if (symbol === 'USDC') story.check('USDC of the peg', balance, world.books.of('peg', 'USDC'));
		debt += reserve.debt.toBigInt();
		const price = reserve.price.isSome ? `, worth ${show(reserve.price.unwrap().toBigInt())} USD each` : '';
		story.tell(`${formatAmount(balance, reserve.decimals.toNumber())} ${symbol} stand behind ${show(reserve.debt.toBigInt())} USDai${price}`);
	}
	story.check('debts of all stablecoins', debt, world.supply);
	story.tell(`${show(world.supply)} USDai are in issue, every one of them backed`);
}

/** Steps of the life, in order. Refusals refer to a step by its `id`. */
export const LIFE = [
	{ id: 'dollars', title: 'Dollars come in: USDC becomes USDai at the peg', run: dollars },
	{ id: 'fees', title: 'Fees can be paid in dollars', run: feesInDollars },
	{ id: 'savers', title: 'A saver funds the vault', run: savers },
	{ id: 'prices', title: 'Three oracle operators report recorded prices', run: prices },
	{ id: 'attest', title: 'A custodian attests a server', run: attest },
	{ id: 'confirm', title: 'A verifier confirms it, and the owner holds its NFT', run: confirm },
	{ id: 'insurance', title: 'An insurer binds a policy', run: insurance },
	{ id: 'value', title: 'The chain values it', run: value },
	{ id: 'offer', title: 'A curator offers a credit line', run: offer },
	{ id: 'accept', title: 'The borrower accepts and pledges the server', run: accept },
	{
		id: 'draw',
		title: 'The borrower draws',
		run: async (world) => {
			world.start = { assets: world.vault.cash, principalOut: world.vault.principalOut };
			await draw(world);
		},
	},
	{ id: 'first', title: 'The first installment is paid on time', run: firstInstallment },
	{ id: 'revenue', title: 'The server earns, and the income lands in the reserve', run: revenue },
	{ id: 'collect', title: 'The second installment is collected from the reserve, by the chain itself', run: collect },
	{ id: 'late', title: 'Two installments are late, and one payment catches up', run: catchUp },
	{ id: 'payoff', title: 'The loan is repaid to the end', run: payOff },
	{ id: 'close', title: 'The line is closed and the server is free', run: closeLine },
	{ id: 'yield', title: 'The savers have earned exactly the interest, less the fee', run: yieldOfSavers },
	{ id: 'request', title: 'The saver asks for the money back', run: request },
	{ id: 'settle', title: 'The redemption window is settled and paid out by the chain itself', run: settle },
	{ id: 'redeem', title: 'USDai becomes USDC again', run: redeem },
	{ id: 'proof', title: 'Proof of reserves', run: proof },
];
