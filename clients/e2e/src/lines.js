// SPDX-License-Identifier: Apache-2.0
//
// Credit lines, each with books of its own, and the servers that are pledged to them.

import {
	bestBlock,
	blake2,
	CLBR,
	distribute,
	Loan,
	math,
	owedInLiquidation,
	PPB,
	dayAt,
	expectedInsurance,
	isLow,
	lacking,
	provisionOf,
	rampWeight,
	recovery,
	serialDeviceId,
	timeAt,
	usd,
	WAD,
	waitBlocks,
	WEIGHTS,
} from '@caliber/lib';
import { HAIRCUT, MODEL } from './world.js';

const DAY = 86_400;
/** Expected cost of a sale: the default of the chain. */
export const LIQUIDATION_COST = PPB / 10n;
/** Cost of a sale that the treasury receives, and the largest fee, as shares of the price. */
const SALE_COST = PPB / 50n;
const MAX_FEE = PPB / 10n;
const accrues = (state) => state === 'Open' || state === 'Breached';
const inDefault = (state) => ['Defaulted', 'Liquidating'].includes(state);
/** Reasons of a breach that are custody, insurance or papers: the machines are what they were. */
const PAPER = ['CustodyStale', 'DocumentLapsed', 'Uninsured', 'UnderInsured'];

/** Returns the terms of a line as the chain takes them, and as the model of a loan takes them. */
export function lineTerms(now, over = {}) {
	const of = {
		limit: usd('150000'),
		period: 120,
		periods: 12,
		amortization: 'Level',
		advanceRate: (PPB * 65n) / 100n,
		maintenance: usd('1.1'),
		curePeriod: 360,
		reserveInstallments: 3,
		gracePeriod: 360,
		seniorApr: usd('0.09'),
		juniorApr: usd('0.14'),
		graceApr: usd('0.05'),
		firstLoss: PPB / 10n,
		availability: 30 * DAY,
		fees: { origination: PPB / 100n, servicing: PPB / 2_000n, exit: PPB / 200n, liquidation: PPB / 50n },
		...over,
	};
	const share = (ppb, recipient) => ({ fee: { Share: Number(ppb) }, recipient });
	const asFee = (ppb) => ({ kind: 'Share', ppb });
	const { period: seconds, periods, amortization, seniorApr, juniorApr, graceApr, gracePeriod, firstLoss, fees } = of;
	const loan = { amortization, stubAmortizes: false, seniorApr, juniorApr, graceApr, gracePeriod };
	return {
		of,
		chain: {
			limit: of.limit,
			revolving: false,
			availabilityEnd: now + of.availability,
			advanceRate: Number(of.advanceRate),
			maintenanceCoverage: of.maintenance,
			curePeriod: of.curePeriod,
			reserveInstallments: of.reserveInstallments,
			loan: {
				...loan,
				calendar: { Every: { seconds, periods } },
				firstLoss: Number(firstLoss),
				fees: {
					origination: share(fees.origination, 'Treasury'),
					servicing: share(fees.servicing, 'Curator'),
					exit: share(fees.exit, 'Treasury'),
					liquidation: share(fees.liquidation, 'Treasury'),
				},
			},
		},
		loan: {
			...loan,
			calendar: { kind: 'Every', seconds, periods },
			firstLoss,
			origination: asFee(fees.origination),
			servicing: asFee(fees.servicing),
			exit: asFee(fees.exit),
			liquidation: asFee(fees.liquidation),
		},
	};
}

/** Kinds of papers without which no line takes servers. */
export const REQUIRED_PAPERS = ['WarehouseReceipt', 'BailmentAgreement', 'LienFiling'];

/** Returns a paper of yesterday. A lien filing is good for a year here, five at most. */
export const newPaper = (world, kind, now, over = {}) => ({
	kind,
	hash: world.newHash(kind),
	dated: now - DAY,
	lapses: kind === 'LienFiling' ? now + 365 * DAY : null,
	...over,
});

/** Returns the id of a device that nobody has seen before. */
export const newDevice = (world) => serialDeviceId({ maker: 'NVIDIA', part: '699-2G520-0200-400', serial: world.newHash('serial') });

/** Returns the specification of a title of servers, as a custodian attests it. */
export async function serverSpec(world, units, { papers = [...REQUIRED_PAPERS, 'PurchaseInvoice'], devices } = {}) {
	const now = await timeAt(world.api);
	return {
		class: 'Compute',
		model: MODEL,
		devices: devices ?? Array.from({ length: units }, () => newDevice(world)),
		condition: 'New',
		commissionedAt: Math.max(0, now - 300 * DAY),
		documents: papers.map((kind) => newPaper(world, kind, now)),
	};
}

/** Returns the digest of what is attested of a title, for the verifier who has compared it with the machines. */
export async function evidenceOf(world, title) {
	return (await world.api.call.titlesApi.title(title)).unwrap().evidence;
}

/** Returns the CLBR held for storage items and their bytes, as everywhere on this chain. */
const storageDeposit = (items, bytes) => ((BigInt(items) * 20_000n + BigInt(bytes) * 100n) * CLBR) / 1_000_000n;

/** CLBR held for a policy, an independent appraisal and a request for machines. */
export const DEPOSITS = {
	paper: storageDeposit(1, 106),
	policy: storageDeposit(1, 236),
	appraisal: storageDeposit(1, 221),
	redemption: storageDeposit(2, 237),
};

/** Bytes of the record of a title and of its NFT. */
const TITLE_BYTES = 1_126;

/** Returns the CLBR held from a custodian for a title: its record and NFT, list of devices, room for losses, and papers. */
export function titleDeposit(spec) {
	const [devices, papers] = [spec.devices.length, spec.documents.length];
	return storageDeposit(13, TITLE_BYTES + 117 * devices) + BigInt(papers) * DEPOSITS.paper;
}

/** Returns the CLBR held for ever from the custodian of a title for the records of its devices. */
export const deviceDeposit = (spec) => BigInt(spec.devices.length) * storageDeposit(1, 39);

/** Returns the terms of a policy on a title: twice its value, for a year, the premium paid. */
export async function policyTerms(world, title, over = {}) {
	const now = await timeAt(world.api);
	return {
		limit: 2n * world.valuation(title, now).value,
		premiumPaidUntil: now + 365 * DAY,
		expiresAt: now + 365 * DAY,
		kind: 'Casualty',
		document: world.newHash('policy'),
		reference: `NMC-${title}`,
		...over,
	};
}

/** Binds a policy to a title and books its deposit. Returns its id and terms. */
export async function insure(world, title, over) {
	const terms = await policyTerms(world, title, over);
	const result = await world.send('insurer', world.api.tx.titles.bindPolicy(title, terms));
	world.books.hold('insurer', 'CLBR', DEPOSITS.policy);
	const machines = world.machines.get(title);
	machines.cover = (machines.cover ?? 0n) + terms.limit;
	return { id: result.find('titles', 'PolicyBound').policy.toNumber(), terms, result };
}

/** Attests, confirms and insures servers of one owner in as few blocks as possible. Returns their titles. */
export async function newServers(world, units, { owner = 'borrower', policy } = {}) {
	const { api, books, address } = world;
	await world.freshPrices();
	const specs = await Promise.all(units.map((count) => serverSpec(world, count)));
	const delivery = specs.map((spec) => [address[owner], spec]);
	const attested = await world.send('custodian', api.tx.titles.attestBatch(delivery));
	const titles = attested.all('titles', 'TitleAttested').map((event) => event.title.toNumber());
	titles.forEach((title, k) => {
		books.hold('custodian', 'CLBR', titleDeposit(specs[k]));
		world.machines.set(title, { model: MODEL, units: units[k], commissionedAt: specs[k].commissionedAt });
	});
	const seen = await Promise.all(titles.map(async (title) => [title, await evidenceOf(world, title)]));
	const [, ...policies] = await Promise.all([
		world.send('verifier', api.tx.titles.confirmBatch(seen)),
		...titles.map((title) => insure(world, title, policy?.(title))),
	]);
	for (const spec of specs) books.hold('custodian', 'CLBR', deviceDeposit(spec));
	return titles.map((title, k) => ({ title, spec: specs[k], policy: policies[k] }));
}

/**
 * Waits until idle blocks have done a kind of work on the line, after those of which it was told before: the lines have
 * every other block, and their time is bounded. Returns the block.
 */
export async function untilTold(world, line, kind, told = 0) {
	let block = await bestBlock(world.api);
	await world.follow(block);
	for (let tries = 0; tries < 20 && !line.told.slice(told).some((work) => work.kind === kind); tries += 1) {
		await waitBlocks(world.api);
		block = await bestBlock(world.api);
		await world.follow(block);
	}
	return block;
}

/** A credit line and its books. */
export class Line {
	titles = [];
	/** Loans outstanding by their number in the line. */
	loans = new Map();
	reserve = 0n;
	insuranceProceeds = 0n;
	drawn = 0n;
	/** Number of the next loan. */
	nextLoan = 0;
	recovery = 0n;
	impairment = 0n;
	/** Part of the shortfall that is provisioned, in parts per billion, and insurance money that is expected. */
	weight = 0n;
	insured = 0n;
	/** Breach that the line is in: reason, its begin, and the end of the cure period. */
	breach = undefined;
	/** Curator's part of payments during default, behind the senior lender until the line is cured. */
	juniorHoldback = 0n;
	/** Idle work on the line, in order. */
	told = [];

	/** Offers a line and books the curator's locked capital. */
	static async offer(world, terms, { borrower = 'borrower', curator = 'curator' } = {}) {
		const line = new Line();
		const now = await timeAt(world.api);
		const call = world.api.tx.credit.offerLine(world.address[borrower], terms.chain, now + DAY);
		// The hash of the terms is computed from the signed call.
		Object.assign(line, { world, terms, borrower, curator, state: 'Offered', termsHash: blake2(call.args[1].toU8a()) });
		const result = await world.send(curator, call);
		const event = result.find('credit', 'LineOffered');
		line.id = event.line.toNumber();
		line.junior = math.mulDivUp(terms.of.limit, terms.loan.firstLoss, PPB);
		world.books.hold(curator, 'USDai', line.junior);
		const record = (await (await world.api.at(result.block)).query.credit.lines(line.id)).unwrap();
		line.deposit = record.deposit.toBigInt();
		world.books.hold(curator, 'CLBR', line.deposit);
		world.lines.set(line.id, line);
		world.story.check('hash of the terms', event.termsHash.toHex(), line.termsHash);
		line.offered = result;
		return line;
	}

	/** Offers a line and accepts it over titles. */
	static async open(world, terms, titles) {
		const line = await Line.offer(world, terms);
		await line.accept(titles);
		return line;
	}

	async accept(titles) {
		const { world } = this;
		await world.send(this.borrower, world.api.tx.credit.acceptLine(this.id, this.termsHash, titles));
		this.titles = [...titles];
		this.state = 'Open';
		return this.acknowledge();
	}

	/** Lets the custodian acknowledge the pledge of the titles: before that they secure no draw. */
	async acknowledge() {
		const { world } = this;
		return world.send('custodian', world.api.tx.titles.acknowledgePledge(this.id));
	}

	/** Ids of the loans outstanding. */
	get loanIds() {
		return [...this.loans.keys()].map((number) => ({ line: this.id, number }));
	}

	get outstanding() {
		return [...this.loans.values()].reduce((sum, loan) => sum + loan.balance, 0n);
	}

	/** Senior lender's part of the principal outstanding. */
	get senior() {
		return [...this.loans.values()].reduce((sum, loan) => sum + loan.outstanding.senior, 0n);
	}

	get requiredReserve() {
		const count = this.terms.of.reserveInstallments;
		return [...this.loans.values()].reduce((sum, loan) => sum + loan.requiredReserve(count), 0n);
	}

	/** Returns the borrowing base at a time. */
	base(now) {
		const { world } = this;
		return this.titles.reduce((sum, title) => {
			const most = BigInt(world.models[world.machines.get(title).model].max_advance_rate);
			const rate = this.terms.of.advanceRate < most ? this.terms.of.advanceRate : most;
			const { value } = world.counted(title, now);
			const { cover } = world.machines.get(title);
			return sum + math.mulDivDown(value < cover ? value : cover, rate, PPB);
		}, 0n);
	}

	/** Returns the borrowing base of the machines at a time, whatever is insured of them. */
	machineBase(now) {
		const { world } = this;
		return this.titles.reduce((sum, title) => {
			const most = BigInt(world.models[world.machines.get(title).model].max_advance_rate);
			const rate = this.terms.of.advanceRate < most ? this.terms.of.advanceRate : most;
			return sum + math.mulDivDown(world.counted(title, now).value, rate, PPB);
		}, 0n);
	}

	/** Returns the insurance money that is expected at a time for machines that are lost. */
	insuranceExpected(now) {
		const { world } = this;
		return this.titles.reduce((sum, title) => {
			const { lost } = world.machines.get(title);
			if (lost === undefined) return sum;
			const { limit, claimed, units } = lost;
			const worth = world.valuation(title, now, units).value;
			return sum + expectedInsurance({ worth, claimable: limit - claimed, claimed, haircut: HAIRCUT });
		}, 0n);
	}

	/** Books insurance money that came in: it is expected no more. */
	receiveProceeds(amount, title) {
		const { lost } = this.world.machines.get(title);
		if (lost !== undefined) lost.claimed += amount;
		this.insuranceProceeds += amount;
		this.insured = this.insured > amount ? this.insured - amount : 0n;
		this.updateImpairment();
	}

	/** Books money that came into the reserve. */
	fillReserve(amount) {
		this.reserve += amount;
		this.updateImpairment();
	}

	/** Returns the liquidation value of the titles at a time, before costs. */
	lotValue(now) {
		return this.titles.reduce((sum, title) => sum + this.world.counted(title, now).liquidationValue, 0n);
	}

	/** Draws a loan and books its funding and its disbursement. Returns the loan and its id. */
	async draw(amount) {
		const { world, terms } = this;
		const { books, vault } = world;
		const result = await world.send(this.borrower, world.api.tx.credit.draw(this.id, amount));
		const event = result.find('credit', 'LoanDrawn');
		const id = { line: event.loan.line.toNumber(), number: event.loan.number.toNumber() };
		world.story.check('id of the loan', id, { line: this.id, number: this.nextLoan });
		this.nextLoan += 1;
		const loan = new Loan(terms.loan, amount, result.time);
		this.loans.set(id.number, loan);
		const { senior, junior } = loan.tranches;
		const fee = loan.originationFee;
		const reserved = loan.requiredReserve(terms.of.reserveInstallments);
		const disbursed = amount - fee - reserved;
		vault.lend(senior, loan.accrual);
		books.move('USDai', 'vault', 'lines', senior);
		books.debit(this.curator, 'USDai held', junior);
		books.credit('lines', 'USDai', junior);
		books.move('USDai', 'lines', 'treasury', fee);
		books.move('USDai', 'lines', this.borrower, disbursed);
		this.junior -= junior;
		this.reserve += reserved;
		this.drawn += amount;
		this.assess(result.time);
		world.story.check('draw', [event.senior, event.junior, event.fee, event.reserved, event.disbursed].map((part) => part.toBigInt()),
			[senior, junior, fee, reserved, disbursed]);
		return { id, loan, result, fee, reserved, disbursed };
	}

	/** Books a payment at a time in the loan, the vault and the balances. */
	#booked(id, time, work, payer, fromProceeds = false) {
		const { world } = this;
		const { books, vault } = world;
		const loan = this.loans.get(id.number);
		const before = { old: loan.accrual, suspendedBefore: loan.suspended };
		const payment = work(loan);
		const { fee, kept } = vault.rebook({
			principal: payment.seniorPrincipal,
			interest: payment.seniorInterest,
			...before,
			new: loan.accrual,
			suspendedAfter: loan.suspended,
			paidUntil: loan.paidUntil,
		}, time);
		books.move('USDai', payer, 'vault', kept);
		books.move('USDai', payer, 'treasury', fee + payment.exitFee);
		books.move('USDai', payer, this.curator, payment.servicing);
		const junior = payment.juniorInterest + payment.juniorPrincipal;
		if (inDefault(this.state)) {
			books.move('USDai', payer, 'lines', junior);
			this.juniorHoldback += junior;
		} else {
			books.move('USDai', payer, this.curator, junior);
		}
		payment.fromReserve = 0n;
		if (payer === 'lines') {
			payment.fromReserve = fromProceeds ? 0n : payment.total < this.reserve ? payment.total : this.reserve;
			this.reserve -= payment.fromReserve;
			this.insuranceProceeds -= payment.total - payment.fromReserve;
		}
		if (loan.balance === 0n) this.loans.delete(id.number);
		if (this.loans.size === 0) this.#releaseJuniorHoldback();
		this.updateImpairment();
		this.seniorInterest = (this.seniorInterest ?? 0n) + payment.seniorInterest;
		this.yieldFees = (this.yieldFees ?? 0n) + fee;
		return { ...payment, fee };
	}

	/** Pays the junior holdback to the curator. */
	#releaseJuniorHoldback() {
		this.world.books.move('USDai', 'lines', this.curator, this.juniorHoldback);
		this.juniorHoldback = 0n;
	}

	/** Books a payment by the line itself: an installment collected, or insurance proceeds applied. */
	payFromWithin(id, time, kind) {
		if (kind === 'insurance') return this.#booked(id, time, (loan) => loan.applyInsuranceProceeds(time, this.insuranceProceeds), 'lines', true);
		return this.#booked(id, time, (loan) => loan.collect(time, this.reserve + this.insuranceProceeds), 'lines');
	}

	/** Compares a payment with the event of the chain. */
	checkPayment(event, payment) {
		const amount = (name) => event[name].toBigInt();
		this.world.story.check('payment', {
			periods: event.periods.toNumber(),
			principal: amount('principal'),
			interest: amount('interest'),
			lateInterest: amount('lateInterest'),
			fees: amount('fees'),
			prepaid: amount('prepaid'),
			seniorInterest: amount('seniorInterest'),
			seniorPrincipal: amount('seniorPrincipal'),
			balanceAfter: amount('balanceAfter'),
		}, {
			periods: payment.periods,
			principal: payment.principal,
			interest: payment.interest,
			lateInterest: payment.lateInterest,
			fees: payment.servicing + payment.exitFee,
			prepaid: payment.prepaid,
			seniorInterest: payment.seniorInterest,
			seniorPrincipal: payment.seniorPrincipal,
			balanceAfter: payment.balanceAfter,
		});
	}

	/** Pays up to `budget`, and books the payment at the time of its block. */
	async repay(id, budget, payer = this.borrower) {
		const result = await this.world.send(payer, this.world.api.tx.credit.repay(id, budget));
		const payment = this.#booked(id, result.time, (loan) => loan.repay(result.time, budget), payer);
		this.checkPayment(result.find('credit', 'Repaid'), payment);
		return { payment, result };
	}

	/** Pays a loan off. */
	async payoff(id, payer = this.borrower) {
		const result = await this.world.send(payer, this.world.api.tx.credit.payoff(id, 2n * this.drawn));
		const payment = this.#booked(id, result.time, (loan) => loan.payoff(result.time), payer);
		this.checkPayment(result.find('credit', 'Repaid'), payment);
		return { payment, result };
	}

	/** Closes a line on which nothing is owed. */
	async close() {
		const { world } = this;
		const result = await world.send(this.borrower, world.api.tx.credit.closeLine(this.id));
		world.books.move('USDai', 'lines', this.borrower, this.reserve + this.insuranceProceeds);
		this.#end();
		return result;
	}

	#end() {
		const { books, lines } = this.world;
		books.release(this.curator, 'USDai', this.junior);
		books.release(this.curator, 'CLBR', this.deposit);
		this.freed = { reserve: this.reserve, junior: this.junior };
		Object.assign(this, { reserve: 0n, insuranceProceeds: 0n, juniorHoldback: 0n, junior: 0n, state: 'Closed' });
		lines.delete(this.id);
	}

	// Trouble ------------------------------------------------------------------------------------------

	/** Enters another state at a time: the accrual of the loans and the impairment follow. */
	enter(state, time) {
		const earned = accrues(this.state);
		this.state = state;
		if (earned !== accrues(state)) {
			for (const loan of this.loans.values()) {
				this.#rebooked(loan, time, () => (earned ? loan.suspend(time) : loan.resume(time)));
			}
		}
		if (state === 'Open') {
			this.breach = undefined;
			this.#releaseJuniorHoldback();
		}
		if (state !== 'Liquidating') this.assess(time);
		this.updateImpairment();
	}

	/** Books the loans in the payment periods that run. Returns true if the place of one has changed. */
	bookLoans(time) {
		if (!accrues(this.state)) return false;
		let changed = false;
		for (const loan of this.loans.values()) {
			const before = loan.bookedIn;
			this.#rebooked(loan, time, () => loan.book(time));
			changed ||= loan.bookedIn !== before;
		}
		return changed;
	}

	/** Books a change of the place of a loan without money. */
	#rebooked(loan, time, change) {
		const before = { old: loan.accrual, suspendedBefore: loan.suspended };
		change();
		this.world.vault.rebook({ ...before, new: loan.accrual, suspendedAfter: loan.suspended, paidUntil: loan.paidUntil }, time);
	}

	/** Assesses the line at the prices of a time: what a sale and insurers would bring, and the weight. */
	assess(time) {
		this.recovery = recovery(this.lotValue(time), LIQUIDATION_COST);
		this.insured = this.insuranceExpected(time);
		this.weight = this.weightAt(time);
		this.updateImpairment();
	}

	/** Returns the part of the shortfall that is provisioned at a time. */
	weightAt(time) {
		if (inDefault(this.state)) return PPB;
		if (this.outstanding === 0n) return 0n;
		const debt = this.outstanding > this.insuranceProceeds ? this.outstanding - this.insuranceProceeds : 0n;
		const required = math.mulDivUp(debt, this.terms.of.maintenance, WAD);
		const paper = this.state === 'Breached' && this.breach.reason.isTitle && PAPER.includes(this.breach.reason.asTitle[1].type);
		const base = paper ? this.machineBase(time) : this.base(time);
		const low = isLow(base, required) ? WEIGHTS.low : 0n;
		if (this.state !== 'Breached') return low;
		const { since, cureUntil } = this.breach;
		const from = paper && base >= required ? WEIGHTS.lapse : WEIGHTS.coverage;
		const grown = rampWeight(from, PPB, time - since, cureUntil - since, dayAt(this.world.tempo));
		return grown > low ? grown : low;
	}

	/** Updates the impairment to the last assessment. */
	updateImpairment() {
		const { vault } = this.world;
		const sources = [this.recovery, this.reserve, this.insuranceProceeds, this.insured, this.juniorHoldback];
		const expected = provisionOf(lacking(this.senior, sources), this.weight);
		vault.impairment += expected - this.impairment;
		this.impairment = expected;
	}

	/**
	 * Books the sale of the lot at a price: the proceeds go down the waterfall, the senior lender's unpaid
	 * principal is bad debt, and the line is closed.
	 */
	liquidate(price, time) {
		const { books, vault } = this.world;
		const setAside = this.reserve + this.insuranceProceeds + this.juniorHoldback;
		const costs = { saleCost: SALE_COST, maxFee: MAX_FEE, liquidationFee: this.terms.loan.liquidation };
		const owed = owedInLiquidation([...this.loans.values()], costs, price, time);
		owed.juniorPrincipal += this.juniorHoldback;
		const waterfall = distribute(owed, price + setAside);
		const { paid, unpaid, surplus } = waterfall;
		const suspendedBefore = [...this.loans.values()].reduce((sum, loan) => sum + loan.suspended, 0n);
		const left = suspendedBefore > paid.seniorInterest ? suspendedBefore - paid.seniorInterest : 0n;
		const suspendedAfter = left < unpaid.seniorInterest ? left : unpaid.seniorInterest;
		this.loans.clear();
		const provision = this.impairment;
		this.impairment = 0n;
		const { fee, kept } = vault.rebook({ principal: paid.seniorPrincipal, interest: paid.seniorInterest, suspendedBefore, suspendedAfter, paidUntil: time }, time);
		const { seniorPrincipal: principal, seniorInterest: interest } = unpaid;
		if (principal > 0n || interest > 0n) vault.writeOff({ principal, interest, suspended: suspendedAfter, provision }, time);
		else vault.impairment -= provision;
		books.move('USDai', 'lines', 'vault', kept);
		books.move('USDai', 'lines', 'treasury', fee + paid.saleCost + paid.liquidationFee);
		books.move('USDai', 'lines', this.curator, paid.servicingFee + paid.juniorPrincipal + paid.juniorInterest);
		books.move('USDai', 'lines', this.borrower, surplus);
		this.#end();
		return { ...waterfall, setAside };
	}

	/** Compares the report of the line, and the payment due on each loan, with the books. */
	async compare(block) {
		const { api, story } = this.world;
		await this.world.follow(block);
		const at = await api.at(block);
		const report = (await at.call.creditApi.line(this.id)).unwrap();
		story.check('state of the line', report.state.type, this.state);
		story.check('outstanding of the line', report.outstanding.toBigInt(), this.outstanding);
		story.check('senior part of it', report.seniorOutstanding.toBigInt(), this.senior);
		story.check('reserve of the line', report.reserve.toBigInt(), this.reserve);
		story.check('insurance proceeds of the line', report.insuranceProceeds.toBigInt(), this.insuranceProceeds);
		story.check('reserve the line has to hold', report.requiredReserve.toBigInt(), this.requiredReserve);
		story.check('capital for draws to come', report.juniorLocked.toBigInt(), this.junior);
		story.check('junior holdback of the line', report.juniorHoldback.toBigInt(), this.juniorHoldback);
		story.check('impairment of the line', report.impairment.toBigInt(), this.impairment);
		if (this.impairment > 0n) story.check('weight of it', report.provisionWeight.toBigInt(), this.weight);
		const now = await timeAt(api, block);
		for (const id of this.loanIds) {
			const loan = this.loans.get(id.number);
			const due = (await at.call.creditApi.due(id)).unwrap();
			const expected = loan.due(now);
			story.check('due', {
				periods: due.periods.toNumber(),
				principal: due.principal.toBigInt(),
				interest: due.interest.toBigInt(),
				lateInterest: due.lateInterest.toBigInt(),
				fees: due.fees.toBigInt(),
				total: due.total.toBigInt(),
			}, {
				periods: expected.periods,
				principal: expected.principal,
				interest: expected.interest,
				lateInterest: expected.lateInterest,
				fees: expected.servicing,
				total: expected.total,
			});
		}
		return report;
	}

	/** Compares the borrowing base and the coverage, at a block where every title counts. */
	async compareBase(block) {
		const now = await timeAt(this.world.api, block);
		const report = (await (await this.world.api.at(block)).call.creditApi.line(this.id)).unwrap();
		const base = this.base(now);
		this.world.story.check('borrowing base', report.base.unwrap().toBigInt(), base);
		this.world.story.check('coverage', report.coverage.unwrap().toBigInt(), math.mulDivDown(base, WAD, this.outstanding));
		return base;
	}
}
