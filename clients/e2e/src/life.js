// SPDX-License-Identifier: Apache-2.0
//
// The life of a loan, step by step. Each step acts on the chain, books in the second set of books what
// ought to have happened, and compares.

import {
	blake2,
	bestBlock,
	formatAmount,
	Loan,
	LOCATION,
	math,
	PPB,
	STABLE_DECIMALS,
	timeAt,
	usd,
	USDAI,
	WAD,
	waitForTime,
	CLBR,
	CLBR_DECIMALS,
} from '@caliber/lib';
import { MODEL } from './world.js';

const USDC_UNIT = 10n ** BigInt(STABLE_DECIMALS);
/** What a unit of USDC is in USDai. */
const SCALE = WAD / USDC_UNIT;
const UNITS = 8;
const MILLION = 1_000_000n;
const DAY = 86_400;

/** USDai for people: six digits after the point. */
const show = (amount, digits = 6) => formatAmount(amount, 18, digits);

/** The terms of the line, as the chain takes them and as they are computed with. */
function lineTerms(plan, now) {
	const share = (ppb, recipient) => ({ fee: { Share: Number(ppb) }, recipient });
	const seniorApr = usd('0.09');
	const juniorApr = usd('0.14');
	const graceApr = usd('0.05');
	const gracePeriod = 3_600;
	const firstLoss = PPB / 10n;
	const fees = { origination: PPB / 100n, servicing: PPB / 2_000n, exit: PPB / 200n };
	const calendar = { kind: 'Every', seconds: plan.window, periods: plan.periods };
	return {
		chain: {
			limit: plan.limit,
			revolving: false,
			availabilityEnd: now + 30 * DAY,
			advanceRate: 650_000_000,
			maintenanceCoverage: usd('1.1'),
			curePeriod: 3 * DAY,
			reserveInstallments: 3,
			loan: {
				calendar: { Every: { seconds: plan.window, periods: plan.periods } },
				amortization: 'Level',
				stubAmortizes: false,
				seniorApr,
				juniorApr,
				firstLoss: Number(firstLoss),
				graceApr,
				gracePeriod,
				fees: {
					origination: share(fees.origination, 'Treasury'),
					servicing: share(fees.servicing, 'Curator'),
					exit: share(fees.exit, 'Treasury'),
					liquidation: share(PPB / 50n, 'Treasury'),
				},
			},
		},
		loan: {
			calendar,
			amortization: 'Level',
			stubAmortizes: false,
			seniorApr,
			juniorApr,
			firstLoss,
			graceApr,
			gracePeriod,
			origination: { kind: 'Share', ppb: fees.origination },
			servicing: { kind: 'Share', ppb: fees.servicing },
			exit: { kind: 'Share', ppb: fees.exit },
		},
	};
}

/** The peg's fee rate on a stablecoin, in parts per million. */
async function pegFee(world, item, asset = LOCATION.USDC) {
	return (await world.api.query.psm[item](LOCATION.USDAI, asset)).toBigInt();
}

/** Mints USDai one to one. */
async function mint(world, role, dollars) {
	const rate = await pegFee(world, 'mintingFee');
	const minted = dollars * WAD;
	const fee = math.mulDivUp(minted, rate, MILLION);
	const call = world.api.tx.psm.mint(LOCATION.USDAI, LOCATION.USDC, dollars * USDC_UNIT, rate);
	const result = await world.send(role, call);
	world.books.move('USDC', role, 'peg', dollars * USDC_UNIT);
	world.books.credit(role, 'USDai', minted - fee);
	world.books.credit('treasury', 'USDai', fee);
	world.supply += minted;
	world.story.tell(`${world.who[role].meta.name} pays ${formatAmount(dollars, 0)} USDC and has ${show(minted - fee)} USDai`);
	return result;
}

async function dollars(world) {
	await mint(world, 'saver', 500_000n);
	await mint(world, 'curator', 50_000n);
	await mint(world, 'borrower', 40_000n);
	const { block } = await mint(world, 'offtaker', 30_000n);
	await world.compare(block);
}

/** What has to go in for `out`, by the constant product less the pool's fee. */
const amountIn = (out, reserveIn, reserveOut, feePpm) =>
	(reserveIn * out * MILLION) / ((reserveOut - out) * (MILLION - feePpm)) + 1n;

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
	// What the fee was estimated too high is changed back.
	if (swaps.length > 1) expected -= swaps[1][1];
	story.check('USDai paid as fee', paid, expected);
	world.books.debit('borrower', 'USDai', paid);
	story.tell(`Bob's next transaction costs ${formatAmount(native, CLBR_DECIMALS)} CLBR; he pays it with ${show(paid)} USDai`);
	await world.compare(result.block);
}

async function savers(world) {
	const { api, story, vault } = world;
	const assets = 400_000n * WAD;
	const before = await bestBlock(api);
	const now = await timeAt(api, before);
	const quoted = await (await api.at(before)).call.vaultApi.previewDeposit(assets);
	const preview = vault.shares === 0n ? assets - 1_000_000n : math.sharesForAssets(assets, vault.forDeposits(now), vault.shares);
	story.check('preview of the deposit', quoted.toBigInt(), preview);
	const result = await world.send('saver', api.tx.vault.deposit(assets, 1n));
	const { shares, locked } = vault.deposit(assets, result.time);
	world.books.move('USDai', 'saver', 'vault', assets);
	world.books.credit('saver', 'sUSDai', shares);
	world.books.credit('vault', 'sUSDai', locked);
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
	const now = await timeAt(api);
	world.serials = Array.from({ length: UNITS }, () => world.newHash('serial'));
	const documents = ['WarehouseReceipt', 'BailmentAgreement', 'BurnInReport', 'PurchaseInvoice'].map((kind) => [
		kind,
		world.newHash(kind),
	]);
	world.commissionedAt = Math.max(0, now - 300 * DAY);
	world.spec = {
		class: 'Compute',
		model: MODEL,
		serials: world.serials,
		facility: 'Helsinki DC 3, hall B',
		condition: 'New',
		commissionedAt: world.commissionedAt,
		documents,
	};
	const result = await world.send('custodian', api.tx.titles.attest(world.address.borrower, world.spec));
	const event = result.find('titles', 'TitleAttested');
	world.title = event.title.toNumber();
	const { titleDepositBase, titleDepositPerItem } = api.consts.titles;
	const deposit = titleDepositBase.toBigInt() + titleDepositPerItem.toBigInt() * BigInt(UNITS + documents.length);
	world.books.hold('custodian', 'CLBR', deposit);
	story.check('units of the title', event.units.toNumber(), UNITS);
	story.tell(`Charlie attests title ${world.title}: ${UNITS} x ${world.models[MODEL].name}, in service for 300 days`);
	story.tell(`${formatAmount(deposit, CLBR_DECIMALS)} CLBR are held from him for what the title stores`);
	await world.compare(result.block);
}

async function confirm(world) {
	const { api, story, title } = world;
	await world.freshPrices();
	const result = await world.send('verifier', api.tx.titles.confirm(title));
	const at = await api.at(result.block);
	const item = (await at.query.nfts.item(world.collection, title)).unwrap();
	story.check('owner of the NFT', item.owner.toString(), world.address.borrower);
	const report = (await at.call.titlesApi.title(title)).unwrap();
	story.check('status of the title', report.status.type, 'Active');
	story.check('eligibility', (await at.call.titlesApi.eligibility(title)).isOk, true);
	story.tell(`Dave confirms it; NFT ${world.collection}/${title} belongs to Bob`);
	await world.compare(result.block);
}

async function value(world) {
	const { api, story } = world;
	await world.freshPrices();
	const block = await bestBlock(api);
	const now = await timeAt(api, block);
	const result = await (await api.at(block)).call.appraisalApi.appraise(world.title);
	if (result.isErr) throw new Error(`the chain has no value: ${result.asErr.type}`);
	const expected = math.appraise(world.models[MODEL], world.prices(), {
		units: UNITS,
		age: now - world.commissionedAt,
		condition: BigInt(world.models[MODEL].condition.new),
	});
	const valuation = result.asOk;
	for (const approach of ['cost', 'market', 'income']) {
		story.check(`${approach} approach`, valuation[approach].unwrap().toBigInt(), expected[approach]);
		story.tell(`${approach.padEnd(7)}approach ${show(expected[approach])} USD`);
	}
	story.check('value', valuation.value.toBigInt(), expected.value);
	story.check('liquidation value', valuation.liquidationValue.toBigInt(), expected.liquidationValue);
	const asOf = ['Resale', 'Rental', 'Utilisation'].map((kind) => world.oracle.asOf({ kind, id: MODEL }));
	story.check('date of the value', valuation.asOf.toNumber(), Math.min(...asOf));
	story.tell(`the least counts: ${show(expected.value)} USD, of which a forced sale brings ${show(expected.liquidationValue)}`);
	world.valuation = expected;
}

async function offer(world) {
	const { api, story, plan } = world;
	const now = await timeAt(api);
	world.terms = lineTerms(plan, now);
	const call = api.tx.credit.offerLine(world.address.borrower, world.terms.chain, now + DAY);
	// What both parties name the terms by is computed from what is signed.
	world.termsHash = blake2(call.args[1].toU8a());
	const result = await world.send('curator', call);
	const event = result.find('credit', 'LineOffered');
	world.line = event.line.toNumber();
	const junior = math.mulDivUp(plan.limit, world.terms.loan.firstLoss, PPB);
	const deposit = api.consts.credit.lineDeposit.toBigInt();
	world.books.hold('curator', 'USDai', junior);
	world.books.hold('curator', 'CLBR', deposit);
	world.juniorLocked = junior;
	story.check('hash of the terms', event.termsHash.toHex(), world.termsHash);
	story.tell(`Eve offers line ${world.line}: ${show(plan.limit)} USDai, ${plan.periods} installments, one every ${plan.window} s`);
	story.tell(`she locks ${show(junior)} USDai that lose first; senior 9 %, junior 14 % a year`);
	await world.compare(result.block);
}

async function accept(world) {
	const { api, story, line, title } = world;
	await world.freshPrices();
	const result = await world.send('borrower', api.tx.credit.acceptLine(line, world.termsHash, [title]));
	const at = await api.at(result.block);
	story.check('state of the line', (await at.call.creditApi.line(line)).unwrap().state.type, 'Open');
	story.check('line that holds the title', (await at.query.titles.encumbrances(title)).unwrap().toNumber(), line);
	const eligibility = await at.call.titlesApi.eligibility(title);
	story.check('eligibility of a pledged title', eligibility.isErr && eligibility.asErr.type, 'Encumbered');
	story.tell(`Bob accepts and pledges title ${title}: its NFT can no longer be transferred`);
	await world.compare(result.block);
}

/** The report of the line, against the books. */
async function compareLine(world, block) {
	const { api, story, loan, line } = world;
	const at = await api.at(block);
	const report = (await at.call.creditApi.line(line)).unwrap();
	story.check('outstanding of the line', report.outstanding.toBigInt(), loan.balance);
	story.check('reserve of the line', report.reserve.toBigInt(), world.reserve);
	story.check('reserve the line has to hold', report.requiredReserve.toBigInt(), loan.requiredReserve(3));
	if (loan.balance > 0n) {
		const now = await timeAt(api, block);
		const due = (await at.call.creditApi.due(world.loanId)).unwrap();
		const expected = loan.due(now);
		story.check('windows due', due.windows.toNumber(), expected.windows);
		story.check('principal due', due.principal.toBigInt(), expected.principal);
		story.check('interest due', due.interest.toBigInt(), expected.interest);
		story.check('late interest due', due.lateInterest.toBigInt(), expected.late);
		story.check('fees due', due.fees.toBigInt(), expected.servicing);
		story.check('total due', due.total.toBigInt(), expected.total);
	}
}

async function draw(world) {
	const { api, story, plan, vault } = world;
	await world.freshPrices();
	const call = api.tx.credit.draw(world.line, plan.draw);
	const result = await world.send('borrower', call);
	const event = result.find('credit', 'LoanDrawn');
	world.loanId = event.loan.toNumber();
	const loan = new Loan(world.terms.loan, plan.draw, result.time);
	world.loan = loan;
	const { senior, junior } = loan.tranches;
	const fee = loan.originationFee;
	world.reserve = loan.requiredReserve(3);
	const disbursed = plan.draw - fee - world.reserve;

	vault.lend(senior);
	vault.rebook(undefined, loan.accrual);
	world.books.move('USDai', 'vault', 'lines', senior);
	world.books.debit('curator', 'USDai held', junior);
	world.books.credit('lines', 'USDai', junior);
	world.juniorLocked -= junior;
	world.books.move('USDai', 'lines', 'treasury', fee);
	world.books.move('USDai', 'lines', 'borrower', disbursed);

	const at = await api.at(result.block);
	const rows = await at.call.creditApi.schedule(plan.draw, world.terms.chain.loan, result.time);
	story.check(
		'schedule',
		rows.asOk.map((row) => [row.dueAt.toNumber(), row.principal.toBigInt(), row.interest.toBigInt(), row.balanceAfter.toBigInt()]),
		loan.schedule.map((row) => [row.dueAt, row.principal, row.interest, row.balanceAfter]),
	);
	const report = (await at.call.creditApi.line(world.line)).unwrap();
	const { value: worth } = math.appraise(world.models[MODEL], world.prices(), {
		units: UNITS,
		age: result.time - world.commissionedAt,
		condition: PPB,
	});
	const base = math.mulDivDown(worth, 650_000_000n, PPB);
	story.check('borrowing base', report.base.unwrap().toBigInt(), base);
	story.check('coverage', report.coverage.unwrap().toBigInt(), math.mulDivDown(base, WAD, plan.draw));
	story.tell(`the title carries ${show(base)} USDai; Bob draws ${show(plan.draw)}`);
	story.tell(`${show(senior)} from the savers, ${show(junior)} from Eve; fee ${show(fee)}, reserve ${show(world.reserve)}`);
	story.tell(`Bob receives ${show(disbursed)} USDai`);
	const [first] = loan.schedule;
	story.tell(`installment 1 of ${loan.schedule.length}: ${show(first.principal)} principal + ${show(first.interest)} interest`);
	await compareLine(world, result.block);
	await world.compare(result.block);
}

/** Books a payment of `payer` and compares. */
async function booked(world, payer, payment, accrual, result) {
	const { books, vault, loan, story } = world;
	const before = vault.forRedemptions;
	const { fee, kept } = vault.receive(payment.seniorPrincipal, payment.seniorInterest);
	vault.rebook(accrual, loan.accrual);
	books.move('USDai', payer, 'vault', kept);
	books.move('USDai', payer, 'treasury', fee + payment.exitFee);
	books.move('USDai', payer, 'curator', payment.juniorInterest + payment.juniorPrincipal + payment.servicing);
	if (payer === 'lines') world.reserve -= payment.total;
	world.seniorInterest = (world.seniorInterest ?? 0n) + payment.seniorInterest;
	world.yieldFees = (world.yieldFees ?? 0n) + fee;

	const event = result.find('credit', 'Repaid');
	const figures = {
		windows: event.windows.toNumber(),
		principal: event.principal.toBigInt(),
		interest: event.interest.toBigInt(),
		late: event.lateInterest.toBigInt(),
		fees: event.fees.toBigInt(),
		prepaid: event.prepaid.toBigInt(),
		seniorInterest: event.seniorInterest.toBigInt(),
		seniorPrincipal: event.seniorPrincipal.toBigInt(),
		balanceAfter: event.balanceAfter.toBigInt(),
	};
	story.check('payment', figures, {
		windows: payment.windows,
		principal: payment.principal,
		interest: payment.interest,
		late: payment.late,
		fees: payment.servicing + payment.exitFee,
		prepaid: payment.prepaid,
		seniorInterest: payment.seniorInterest,
		seniorPrincipal: payment.seniorPrincipal,
		balanceAfter: payment.balanceAfter,
	});
	// Principal moves from one pocket of the vault to the other: only interest, less the fee, is new.
	story.check('assets of the savers', vault.forRedemptions - before, payment.seniorInterest - fee);
	if (loan.balance > 0n) await compareLine(world, result.block);
	await world.compare(result.block);
}

/** Pays up to `budget`, and books what that takes at the time it is in a block. */
async function repay(world, budget) {
	const { api, loan } = world;
	const accrual = loan.accrual;
	const result = await world.send('borrower', api.tx.credit.repay(world.loanId, budget));
	const payment = loan.repay(result.time, budget);
	await booked(world, 'borrower', payment, accrual, result);
	return payment;
}

async function firstInstallment(world) {
	const { loan, story } = world;
	let now = await timeAt(world.api);
	// Right before a deadline what is due would change on the way into a block.
	const close = loan.deadlines.find((deadline) => deadline >= now && deadline - now < 30);
	if (close !== undefined) ({ now } = await waitForTime(world.api, close + 6));
	const payment = await repay(world, loan.due(now).total);
	story.tell(`Bob pays ${show(payment.total)} USDai: ${show(payment.principal)} principal, ${show(payment.interest)} interest, ${show(payment.servicing)} servicing`);
	story.tell(`of the interest the savers earn ${show(payment.seniorInterest)}, Eve ${show(payment.juniorInterest)}`);
}

async function revenue(world) {
	const { api, story } = world;
	const amount = 9_000n * WAD;
	const before = (await api.call.titlesApi.title(world.title)).unwrap();
	const result = await world.send('offtaker', api.tx.titles.payRevenue(world.title, amount));
	world.books.move('USDai', 'offtaker', 'lines', amount);
	world.reserve += amount;
	const after = (await (await api.at(result.block)).call.titlesApi.title(world.title)).unwrap();
	story.check('revenue of the title', after.revenueTotal.toBigInt() - before.revenueTotal.toBigInt(), amount);
	story.check('revenue of the year', after.revenueTrailingYear.toBigInt() - before.revenueTrailingYear.toBigInt(), amount);
	story.tell(`${show(amount)} USDai of rent go to the line's reserve, which is now ${show(world.reserve)}`);
	await compareLine(world, result.block);
	await world.compare(result.block);
}

async function collect(world) {
	const { api, loan, story } = world;
	await waitForTime(api, loan.deadlines[loan.next]);
	const accrual = loan.accrual;
	const result = await world.send('verifier', api.tx.credit.collect(world.loanId));
	const payment = loan.collect(result.time, world.reserve);
	await booked(world, 'lines', payment, accrual, result);
	story.check('left in the reserve', result.find('credit', 'Collected').reserve.toBigInt(), world.reserve);
	story.tell(`the deadline has come; anyone may collect: Dave has ${show(payment.total)} USDai taken from the reserve`);
}

async function catchUp(world) {
	const { api, loan, story } = world;
	const { now } = await waitForTime(api, loan.deadlines[loan.next + 1] + 12);
	const due = loan.due(now);
	story.tell(`two deadlines pass unpaid; ${due.windows} installments are due, with ${show(due.late, 9)} USDai of late interest`);
	// One call settles them all and prepays with what is left; a few seconds of lateness are to come.
	const ahead = 2_000n * WAD;
	const payment = await repay(world, due.total + ahead);
	story.tell(`one payment settles ${payment.windows} and repays ${show(payment.prepaid)} ahead of the schedule, for a fee of ${show(payment.exitFee)}`);
	story.tell(`late interest was ${show(payment.late, 9)} USDai; ${show(payment.balanceAfter)} are left`);
}

async function payOff(world) {
	const { api, loan, story, plan } = world;
	const accrual = loan.accrual;
	const result = await world.send('borrower', api.tx.credit.payoff(world.loanId, 2n * plan.draw));
	const payment = loan.payoff(result.time);
	await booked(world, 'borrower', payment, accrual, result);
	story.check('loan', (await (await api.at(result.block)).query.credit.loans(world.loanId)).isNone, true);
	story.tell(`Bob closes the loan with ${show(payment.total)} USDai, ${show(payment.exitFee)} of it the exit fee`);
}

async function closeLine(world) {
	const { api, story, title } = world;
	const result = await world.send('borrower', api.tx.credit.closeLine(world.line));
	world.books.move('USDai', 'lines', 'borrower', world.reserve);
	world.books.release('curator', 'USDai', world.juniorLocked);
	world.books.release('curator', 'CLBR', api.consts.credit.lineDeposit.toBigInt());
	story.tell(`the reserve of ${show(world.reserve)} USDai goes back to Bob, ${show(world.juniorLocked)} are free again for Eve`);
	world.reserve = 0n;
	await world.compare(result.block);
	const moved = await world.send('borrower', api.tx.nfts.transfer(world.collection, title, world.address.offtaker));
	const item = (await (await api.at(moved.block)).query.nfts.item(world.collection, title)).unwrap();
	story.check('owner of the NFT', item.owner.toString(), world.address.offtaker);
	story.tell(`the NFT is free: Bob sells title ${title} to Dave//stash by an ordinary transfer`);
	const before = await world.send('offtaker', api.tx.titles.payRevenue(title, 100n * WAD)).catch((error) => error);
	// The owner of a free title would pay itself.
	story.check('revenue paid to oneself', before.name, 'titles.SelfPayment');
	world.books.debit('offtaker', 'CLBR', before.result.feePaid);
	await world.compare(before.result.block);
}

async function yieldOfSavers(world) {
	const { story, vault } = world;
	story.check('principal out', vault.principalOut, world.start.principalOut);
	story.check(
		'assets of the savers since the deposit',
		vault.forRedemptions - world.start.assets,
		world.seniorInterest - world.yieldFees,
	);
	const before = math.mulDivDown(world.start.assets, WAD, vault.shares);
	story.tell(`senior interest ${show(world.seniorInterest, 12)} less the fee ${show(world.yieldFees, 12)} is all the price moved by`);
	story.tell(`a share was worth ${show(before, 15)} USDai and is worth ${show(vault.redemptionPrice, 15)}`);
}

async function request(world) {
	const { api, story } = world;
	const shares = world.deposited;
	const result = await world.send('saver', api.tx.vault.requestRedemption(shares));
	const event = result.find('vault', 'Requested');
	world.request = event.id.toNumber();
	world.requested = shares;
	world.books.move('sUSDai', 'saver', 'vault', shares);
	const at = await api.at(result.block);
	world.requestDeposit = (await at.query.vault.requests(world.request)).unwrap().deposit.toBigInt();
	world.books.hold('saver', 'CLBR', world.requestDeposit);
	const window = await at.call.vaultApi.window();
	const length = window.length.toNumber();
	const since = (await at.query.vault.windowsSince()).toNumber();
	story.check('window of the request', event.window.toNumber(), math.windowAt(result.time, since, length));
	story.check('close of the window', window.closesAt.toNumber(), math.windowClose(result.time, since, length));
	world.closesAt = window.closesAt.toNumber();
	story.tell(`Ferdie puts ${show(shares)} sUSDai in the queue; the window closes in ${world.closesAt - result.time} s`);
	await world.compare(result.block);
}

async function settle(world) {
	const { api, story, vault } = world;
	await waitForTime(api, world.closesAt);
	const price = vault.redemptionPrice;
	const started = await world.send('verifier', api.tx.vault.startSettlement());
	const [{ shares, assets }] = vault.settle([world.requested]);
	world.books.debit('vault', 'sUSDai', shares);
	const event = started.find('vault', 'SettlementStarted');
	story.check('price of the settlement', event.price.toBigInt(), price);
	story.check('set aside', event.liquidity.toBigInt(), assets);
	const served = await world.send('verifier', api.tx.vault.settle(10));
	story.check('served', served.find('vault', 'Served').assets.toBigInt(), assets);
	story.tell(`Dave settles the window at ${show(price, 15)}: ${show(assets)} USDai are set aside for Ferdie`);
	await world.compare(served.block);

	const claimed = await world.send('saver', api.tx.vault.claim(world.request));
	vault.claim(assets);
	world.books.move('USDai', 'vault', 'saver', assets);
	world.books.release('saver', 'CLBR', world.requestDeposit);
	await world.compare(claimed.block);
	story.tell('Ferdie claims them; his deposit for the request comes back');
	world.claimed = assets;
}

async function redeem(world) {
	const { api, story } = world;
	const rate = await pegFee(world, 'redemptionFee');
	const amount = world.claimed;
	const fee = math.mulDivUp(amount, rate, MILLION);
	const out = (amount - fee) / SCALE;
	const result = await world.send('saver', api.tx.psm.redeem(LOCATION.USDAI, LOCATION.USDC, amount, rate));
	world.books.move('USDC', 'peg', 'saver', out);
	world.books.debit('saver', 'USDai', out * SCALE);
	world.books.move('USDai', 'saver', 'treasury', fee);
	world.supply -= out * SCALE;
	story.tell(`Ferdie redeems ${show(amount)} USDai for ${formatAmount(out, STABLE_DECIMALS)} USDC; he had deposited 400,000`);
	await world.compare(result.block);
}

async function proof(world) {
	const { api, story } = world;
	// The report names prices that are fresh.
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
		story.check(`${symbol} in dollars`, reserve.balanceUsd.toBigInt(), inUsd);
		story.check(`${symbol} covers its debt`, inUsd >= reserve.debt.toBigInt(), true);
		if (symbol === 'USDC') story.check('USDC of the peg', balance, world.books.of('peg', 'USDC'));
		debt += reserve.debt.toBigInt();
		const price = reserve.price.isSome ? `, worth ${show(reserve.price.unwrap().toBigInt())} USD each` : '';
		story.tell(`${formatAmount(balance, reserve.decimals.toNumber())} ${symbol} stand behind ${show(reserve.debt.toBigInt())} USDai${price}`);
	}
	story.check('debts of all stablecoins', debt, world.supply);
	story.tell(`${show(world.supply)} USDai are in issue, every one of them backed`);
}

/** The steps, in order. `id` is what a run hangs further checks on. */
export const LIFE = [
	{ id: 'dollars', title: 'Dollars come in: USDC becomes USDai at the peg', run: dollars },
	{ id: 'fees', title: 'Fees can be paid in dollars', run: feesInDollars },
	{ id: 'savers', title: 'A saver funds the vault', run: savers },
	{ id: 'prices', title: 'Three oracle operators report recorded prices', run: prices },
	{ id: 'attest', title: 'A custodian attests a server', run: attest },
	{ id: 'confirm', title: 'A verifier confirms it, and the owner holds its NFT', run: confirm },
	{ id: 'value', title: 'The chain values it', run: value },
	{ id: 'offer', title: 'A curator offers a credit line', run: offer },
	{ id: 'accept', title: 'The borrower accepts and pledges the server', run: accept },
	{
		id: 'draw',
		title: 'The borrower draws',
		run: async (world) => {
			world.start = { assets: world.vault.forRedemptions, principalOut: world.vault.principalOut };
			await draw(world);
		},
	},
	{ id: 'first', title: 'The first installment is paid on time', run: firstInstallment },
	{ id: 'revenue', title: 'The server earns, and the income lands in the reserve', run: revenue },
	{ id: 'collect', title: 'The second installment is collected from the reserve', run: collect },
	{ id: 'late', title: 'Two installments are late, and one payment catches up', run: catchUp },
	{ id: 'payoff', title: 'The loan is repaid to the end', run: payOff },
	{ id: 'close', title: 'The line is closed and the server is free', run: closeLine },
	{ id: 'yield', title: 'The savers have earned exactly the interest, less the fee', run: yieldOfSavers },
	{ id: 'request', title: 'The saver asks for the money back', run: request },
	{ id: 'settle', title: 'The window is settled and the saver claims', run: settle },
	{ id: 'redeem', title: 'USDai becomes USDC again', run: redeem },
	{ id: 'proof', title: 'Proof of reserves', run: proof },
];
