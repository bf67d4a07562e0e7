// SPDX-License-Identifier: Apache-2.0
//
// Credit lines as both sides agree on them, each with books of its own; and servers to pledge to them.

import {
	blake2,
	distribute,
	Loan,
	math,
	owedInLiquidation,
	PPB,
	recovery,
	shortfall,
	timeAt,
	usd,
	WAD,
} from '@caliber/lib';
import { MODEL } from './world.js';

const DAY = 86_400;
/** What a sale is expected to cost, as the chapter on trouble lets governance set it. */
export const LIQUIDATION_COST = PPB / 20n;
const accrues = (state) => state === 'Open' || state === 'Breached';
const inDefault = (state) => ['Defaulted', 'Liquidating'].includes(state);
const isDistressed = (state) => ['Breached', 'Defaulted', 'Liquidating'].includes(state);

/** Terms as the chain takes them, and as they are computed with. */
export function lineTerms(now, over = {}) {
	const of = {
		limit: usd('150000'),
		window: 120,
		periods: 12,
		amortization: 'Level',
		advanceRate: (PPB * 65n) / 100n,
		maintenance: usd('1.1'),
		curePeriod: 3 * DAY,
		reserveInstallments: 3,
		gracePeriod: 3_600,
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
	const { window: seconds, periods, amortization, seniorApr, juniorApr, graceApr, gracePeriod, firstLoss, fees } = of;
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

/** What a custodian attests of servers. */
export async function serverSpec(world, units, { documents = ['WarehouseReceipt', 'PurchaseInvoice'], serials } = {}) {
	const now = await timeAt(world.api);
	return {
		class: 'Compute',
		model: MODEL,
		serials: serials ?? Array.from({ length: units }, () => world.newHash('serial')),
		facility: 'Helsinki DC 3, hall B',
		condition: 'New',
		commissionedAt: Math.max(0, now - 300 * DAY),
		documents: documents.map((kind) => [kind, world.newHash(kind)]),
	};
}

/** CLBR held from a custodian for a title. */
export function titleDeposit(world, spec) {
	const { titleDepositBase, titleDepositPerItem } = world.api.consts.titles;
	return titleDepositBase.toBigInt() + titleDepositPerItem.toBigInt() * BigInt(spec.serials.length + spec.documents.length);
}

/** What an insurer promises of a title: twice its value, for a year, the premium paid. */
export async function policyTerms(world, title, over = {}) {
	const now = await timeAt(world.api);
	return {
		limit: 2n * world.valuation(title, now).value,
		premiumPaidUntil: now + 365 * DAY,
		expiresAt: now + 365 * DAY,
		document: world.newHash('policy'),
		reference: `NMC-${title}`,
		...over,
	};
}

/** Binds a policy to a title and books its deposit; gives its id and terms. */
export async function insure(world, title, over) {
	const terms = await policyTerms(world, title, over);
	const result = await world.send('insurer', world.api.tx.titles.bindPolicy(title, terms));
	world.books.hold('insurer', 'CLBR', world.api.consts.titles.policyDeposit.toBigInt());
	return { id: result.find('titles', 'PolicyBound').policy.toNumber(), terms, result };
}

/** Attests, confirms and insures servers of one owner in as few blocks as possible; gives their titles. */
export async function newServers(world, units, { owner = 'borrower' } = {}) {
	const { api, books, address } = world;
	await world.freshPrices();
	const specs = await Promise.all(units.map((count) => serverSpec(world, count)));
	const delivery = specs.map((spec) => [address[owner], spec]);
	const attested = await world.send('custodian', api.tx.titles.attestBatch(delivery));
	const titles = attested.all('titles', 'TitleAttested').map((event) => event.title.toNumber());
	titles.forEach((title, k) => {
		books.hold('custodian', 'CLBR', titleDeposit(world, specs[k]));
		world.machines.set(title, { model: MODEL, units: units[k], commissionedAt: specs[k].commissionedAt });
	});
	const [, ...policies] = await Promise.all([
		world.send('verifier', api.tx.titles.confirmBatch(titles)),
		...titles.map((title) => insure(world, title)),
	]);
	return titles.map((title, k) => ({ title, spec: specs[k], policy: policies[k] }));
}

export class Line {
	titles = [];
	loans = new Map();
	reserve = 0n;
	claims = 0n;
	drawn = 0n;
	recovery = 0n;
	impairment = 0n;
	/** The curator's part of payments in default, behind the senior lender until the line is whole. */
	withheld = 0n;
	/** What idle blocks did for it, in order. */
	told = [];

	/** Offers a line; the curator's capital is locked. */
	static async offer(world, terms, { borrower = 'borrower', curator = 'curator' } = {}) {
		const line = new Line();
		const now = await timeAt(world.api);
		const call = world.api.tx.credit.offerLine(world.address[borrower], terms.chain, now + DAY);
		// What both parties name the terms by is computed from what is signed.
		Object.assign(line, { world, terms, borrower, curator, state: 'Offered', termsHash: blake2(call.args[1].toU8a()) });
		const result = await world.send(curator, call);
		const event = result.find('credit', 'LineOffered');
		line.id = event.line.toNumber();
		line.junior = math.mulDivUp(terms.of.limit, terms.loan.firstLoss, PPB);
		world.books.hold(curator, 'USDai', line.junior);
		world.books.hold(curator, 'CLBR', world.api.consts.credit.lineDeposit.toBigInt());
		world.lines.set(line.id, line);
		world.story.check('hash of the terms', event.termsHash.toHex(), line.termsHash);
		line.offered = result;
		return line;
	}

	/** An open line over titles, offered and accepted. */
	static async open(world, terms, titles) {
		const line = await Line.offer(world, terms);
		await line.accept(titles);
		return line;
	}

	async accept(titles) {
		const { world } = this;
		const result = await world.send(this.borrower, world.api.tx.credit.acceptLine(this.id, this.termsHash, titles));
		this.titles = [...titles];
		this.state = 'Open';
		return result;
	}

	get outstanding() {
		return [...this.loans.values()].reduce((sum, loan) => sum + loan.balance, 0n);
	}

	/** The senior lender's part of it. */
	get senior() {
		return [...this.loans.values()].reduce((sum, loan) => sum + loan.left.senior, 0n);
	}

	get requiredReserve() {
		const count = this.terms.of.reserveInstallments;
		return [...this.loans.values()].reduce((sum, loan) => sum + loan.requiredReserve(count), 0n);
	}

	/** What may be lent against the titles at a time. */
	base(now) {
		const { world } = this;
		return this.titles.reduce((sum, title) => {
			const most = BigInt(world.models[world.machines.get(title).model].max_advance_rate);
			const rate = this.terms.of.advanceRate < most ? this.terms.of.advanceRate : most;
			return sum + math.mulDivDown(world.valuation(title, now).value, rate, PPB);
		}, 0n);
	}

	/** What the titles bring in a forced sale, before costs. */
	lotValue(now) {
		return this.titles.reduce((sum, title) => sum + this.world.valuation(title, now).liquidationValue, 0n);
	}

	/** Draws, and books who funds and who receives it. Gives the id of the loan. */
	async draw(amount) {
		const { world, terms } = this;
		const { books, vault } = world;
		const result = await world.send(this.borrower, world.api.tx.credit.draw(this.id, amount));
		const event = result.find('credit', 'LoanDrawn');
		const id = event.loan.toNumber();
		const loan = new Loan(terms.loan, amount, result.time);
		this.loans.set(id, loan);
		const { senior, junior } = loan.tranches;
		const fee = loan.originationFee;
		const reserved = loan.requiredReserve(terms.of.reserveInstallments);
		const disbursed = amount - fee - reserved;
		vault.lend(senior);
		vault.rebook(undefined, loan.accrual);
		books.move('USDai', 'vault', 'lines', senior);
		books.debit(this.curator, 'USDai held', junior);
		books.credit('lines', 'USDai', junior);
		books.move('USDai', 'lines', 'treasury', fee);
		books.move('USDai', 'lines', this.borrower, disbursed);
		this.junior -= junior;
		this.reserve += reserved;
		this.drawn += amount;
		world.story.check('draw', [event.senior, event.junior, event.fee, event.reserved, event.disbursed].map((part) => part.toBigInt()),
			[senior, junior, fee, reserved, disbursed]);
		return { id, loan, result, fee, reserved, disbursed };
	}

	/** Works a payment into the loan and books it. */
	#booked(id, work, payer, claim = false) {
		const { world } = this;
		const { books, vault } = world;
		const loan = this.loans.get(id);
		const before = accrues(this.state) ? loan.accrual : undefined;
		const payment = work(loan);
		const { fee, kept } = vault.receive(payment.seniorPrincipal, payment.seniorInterest);
		vault.rebook(before, accrues(this.state) ? loan.accrual : undefined);
		books.move('USDai', payer, 'vault', kept);
		books.move('USDai', payer, 'treasury', fee + payment.exitFee);
		books.move('USDai', payer, this.curator, payment.servicing);
		const junior = payment.juniorInterest + payment.juniorPrincipal;
		if (inDefault(this.state)) {
			books.move('USDai', payer, 'lines', junior);
			this.withheld += junior;
		} else {
			books.move('USDai', payer, this.curator, junior);
		}
		payment.fromReserve = 0n;
		if (payer === 'lines') {
			payment.fromReserve = claim ? 0n : payment.total < this.reserve ? payment.total : this.reserve;
			this.reserve -= payment.fromReserve;
			this.claims -= payment.total - payment.fromReserve;
		}
		if (loan.balance === 0n) this.loans.delete(id);
		if (this.loans.size === 0) this.#releaseWithheld();
		this.provision();
		this.seniorInterest = (this.seniorInterest ?? 0n) + payment.seniorInterest;
		this.yieldFees = (this.yieldFees ?? 0n) + fee;
		return { ...payment, fee };
	}

	/** The curator is paid what was withheld from it. */
	#releaseWithheld() {
		this.world.books.move('USDai', 'lines', this.curator, this.withheld);
		this.withheld = 0n;
	}

	/** What the line itself pays: an installment that is collected, or insurance money. */
	payFromWithin(id, time, kind) {
		if (kind === 'claim') return this.#booked(id, (loan) => loan.applyClaim(time, this.claims), 'lines', true);
		return this.#booked(id, (loan) => loan.collect(time, this.reserve + this.claims), 'lines');
	}

	/** Compares a payment with the chain's account of it. */
	checkPayment(event, payment) {
		const amount = (name) => event[name].toBigInt();
		this.world.story.check('payment', {
			windows: event.windows.toNumber(),
			principal: amount('principal'),
			interest: amount('interest'),
			late: amount('lateInterest'),
			fees: amount('fees'),
			prepaid: amount('prepaid'),
			seniorInterest: amount('seniorInterest'),
			seniorPrincipal: amount('seniorPrincipal'),
			balanceAfter: amount('balanceAfter'),
		}, {
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
	}

	/** Pays up to `budget`, and books what that takes at the time it is in a block. */
	async repay(id, budget, payer = this.borrower) {
		const result = await this.world.send(payer, this.world.api.tx.credit.repay(id, budget));
		const payment = this.#booked(id, (loan) => loan.repay(result.time, budget), payer);
		this.checkPayment(result.find('credit', 'Repaid'), payment);
		return { payment, result };
	}

	/** Closes a loan. */
	async payoff(id, payer = this.borrower) {
		const result = await this.world.send(payer, this.world.api.tx.credit.payoff(id, 2n * this.drawn));
		const payment = this.#booked(id, (loan) => loan.payoff(result.time), payer);
		this.checkPayment(result.find('credit', 'Repaid'), payment);
		return { payment, result };
	}

	/** Ends a line on which nothing is owed. */
	async close() {
		const { world } = this;
		const result = await world.send(this.borrower, world.api.tx.credit.closeLine(this.id));
		world.books.move('USDai', 'lines', this.borrower, this.reserve + this.claims);
		this.#end();
		return result;
	}

	#end() {
		const { books, api, lines } = this.world;
		books.release(this.curator, 'USDai', this.junior);
		books.release(this.curator, 'CLBR', api.consts.credit.lineDeposit.toBigInt());
		this.freed = { reserve: this.reserve, junior: this.junior };
		Object.assign(this, { reserve: 0n, claims: 0n, withheld: 0n, junior: 0n, state: 'Closed' });
		lines.delete(this.id);
	}

	// Trouble ------------------------------------------------------------------------------------------

	/** Goes to another state at a time: what the loans earn and what is provisioned follow. */
	enter(state, time) {
		const { vault } = this.world;
		const earned = accrues(this.state);
		this.state = state;
		if (earned !== accrues(state)) {
			for (const loan of this.loans.values()) {
				if (earned) vault.rebook(loan.accrual, undefined);
				else vault.rebook(undefined, loan.accrual);
			}
		}
		if (state === 'Open') {
			this.recovery = 0n;
			this.#releaseWithheld();
		} else if (state !== 'Liquidating') this.assess(time);
		this.provision();
	}

	/** Estimates what a sale would bring, at the prices of the time. */
	assess(time) {
		this.recovery = recovery(this.lotValue(time), LIQUIDATION_COST, this.terms.loan.liquidation);
		this.provision();
	}

	/** Brings the provision to what the last assessment asks for. */
	provision() {
		const { vault } = this.world;
		const lacking = isDistressed(this.state) ? shortfall(this.senior, this.recovery) : 0n;
		const expected = lacking > this.withheld ? lacking - this.withheld : 0n;
		vault.impairment += expected - this.impairment;
		this.impairment = expected;
	}

	/**
	 * The lot goes to a bidder for a price: the money falls rank by rank, what the senior lender lacks is
	 * bad debt, and the line is closed.
	 */
	liquidate(price, time) {
		const { books, vault } = this.world;
		const setAside = this.reserve + this.claims + this.withheld;
		const owed = owedInLiquidation([...this.loans.values()], this.terms.loan.liquidation, price, time);
		owed.juniorPrincipal += this.withheld;
		const fall = distribute(owed, price + setAside);
		const { paid, unpaid, surplus } = fall;
		this.loans.clear();
		this.provision();
		const { fee, kept } = vault.receive(paid.seniorPrincipal, paid.seniorInterest);
		if (unpaid.seniorPrincipal > 0n) vault.writeOff(unpaid.seniorPrincipal);
		books.move('USDai', 'lines', 'vault', kept);
		books.move('USDai', 'lines', 'treasury', fee + paid.liquidationFee);
		books.move('USDai', 'lines', this.curator, paid.servicingFee + paid.juniorPrincipal + paid.juniorInterest);
		books.move('USDai', 'lines', this.borrower, surplus);
		this.#end();
		return { ...fall, setAside };
	}

	/** Compares the report of the line, and what is due on each loan, with the books. */
	async compare(block) {
		const { api, story } = this.world;
		await this.world.follow(block);
		const at = await api.at(block);
		const report = (await at.call.creditApi.line(this.id)).unwrap();
		story.check('state of the line', report.state.type, this.state);
		story.check('outstanding of the line', report.outstanding.toBigInt(), this.outstanding);
		story.check('senior part of it', report.seniorOutstanding.toBigInt(), this.senior);
		story.check('reserve of the line', report.reserve.toBigInt(), this.reserve);
		story.check('insurance money of the line', report.claims.toBigInt(), this.claims);
		story.check('reserve the line has to hold', report.requiredReserve.toBigInt(), this.requiredReserve);
		story.check('capital for draws to come', report.juniorLocked.toBigInt(), this.junior);
		story.check('withheld from the curator', report.withheld.toBigInt(), this.withheld);
		story.check('impairment of the line', report.impairment.toBigInt(), this.impairment);
		const now = await timeAt(api, block);
		for (const [id, loan] of this.loans) {
			const due = (await at.call.creditApi.due(id)).unwrap();
			const expected = loan.due(now);
			story.check('due', {
				windows: due.windows.toNumber(),
				principal: due.principal.toBigInt(),
				interest: due.interest.toBigInt(),
				late: due.lateInterest.toBigInt(),
				fees: due.fees.toBigInt(),
				total: due.total.toBigInt(),
			}, {
				windows: expected.windows,
				principal: expected.principal,
				interest: expected.interest,
				late: expected.late,
				fees: expected.servicing,
				total: expected.total,
			});
		}
		return report;
	}

	/** The borrowing base and the coverage, at a block where every title counts. */
	async compareBase(block) {
		const now = await timeAt(this.world.api, block);
		const report = (await (await this.world.api.at(block)).call.creditApi.line(this.id)).unwrap();
		const base = this.base(now);
		this.world.story.check('borrowing base', report.base.unwrap().toBigInt(), base);
		this.world.story.check('coverage', report.coverage.unwrap().toBigInt(), math.mulDivDown(base, WAD, this.outstanding));
		return base;
	}
}
