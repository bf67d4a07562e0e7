// SPDX-License-Identifier: Apache-2.0
//
// Work of idle blocks: they collect from reserves, apply insurance proceeds, declare breaches and defaults, settle
// redemption windows and pay out what these serve, and note the offers of bills. Each piece of work is computed here when its event is seen, and compared.

import { Raised, rollOver } from '@caliber/lib';

/** Returns the event of a line and a kind in the same block, from `at` on. */
const beside = (work, method, line, at = 0) =>
	work.events.slice(at).find((event) => event.method === method && event.data.line?.toNumber() === line);

/** Books a payment out of a line's reserve or insurance proceeds. */
async function paidByLine(world, data, { time, events, at }, kind) {
	const line = world.lines.get(data.line.toNumber());
	if (line === undefined) return;
	const repaid = events.slice(0, at).findLast((event) => event.method === 'Repaid' && event.data.loan.eq(data.loan));
	const payment = line.payFromWithin({ line: line.id, number: data.loan.number.toNumber() }, time, kind);
	line.checkPayment(repaid.data, payment);
	world.story.check(`${kind} of line ${line.id}`, data.amount.toBigInt(), kind === 'insurance' ? payment.total : payment.fromReserve);
	line.told.push({ kind, time, payment });
}

/** Compares the assessment of a line in trouble. */
function assessed(world, line, work) {
	const set = beside(work, 'ImpairmentSet', line.id, work.at);
	if (set === undefined) return;
	world.story.check('expected recovery', set.data.recovery.toBigInt(), line.recovery);
	world.story.check('impairment of the line', set.data.impairment.toBigInt(), line.impairment);
}

/** Books the end of a request of which nothing remains: its deposit comes back. */
export function closed(world, request) {
	if (request.claimable > 0n || request.shares > 0n) return;
	world.books.release(request.role, request.deposit.kind, request.deposit.amount);
}

/** Handlers of the events of idle blocks. */
export const IDLE_WORK = {
	'credit.Collected': (world, data, work) => paidByLine(world, data, work, 'collected'),

	'credit.InsuranceProceedsApplied': (world, data, work) => {
		// Insurance proceeds that complete an installment are part of that payment.
		const before = work.events[work.at - 1];
		if (before?.method === 'Collected' && before.data.loan.eq(data.loan)) return undefined;
		return paidByLine(world, data, work, 'insurance');
	},

	'credit.LoanDefaulted': (world, data, work) => {
		const line = world.lines.get(data.line.toNumber());
		if (line === undefined) return;
		line.enter('Defaulted', work.time);
		line.told.push({ kind: 'defaulted', time: work.time, block: work.block });
		assessed(world, line, work);
	},

	'credit.LineBreached': (world, data, work) => {
		const line = world.lines.get(data.line.toNumber());
		if (line === undefined) return;
		const { reason, since, cureUntil } = data.breach;
		line.breach = { reason, since: since.toNumber(), cureUntil: cureUntil.toNumber() };
		line.enter('Breached', work.time);
		const { impairment } = world.vault;
		line.told.push({ kind: 'breached', time: work.time, block: work.block, reason, impairment });
		assessed(world, line, work);
	},

	'credit.ImpairmentSet': (world, data, work) => {
		const line = world.lines.get(data.line.toNumber());
		if (line === undefined) return;
		// Beside a change of the state or a payment, the event belongs to that.
		const before = work.events.slice(0, work.at);
		const told = ['LoanDefaulted', 'LineBreached'].some((method) => before.some((event) => event.method === method && event.data.line.eq(data.line)));
		if (told || beside(work, 'Repaid', line.id, work.at) !== undefined) return;
		line.assess(work.time);
		assessed(world, line, work);
	},

	'vault.AccrualChanged': (world, data, work) => {
		// Beside a payment or a default, the event belongs to that.
		if (['Received', 'SuspendedChanged'].includes(work.events[work.at - 1]?.method)) return;
		const { vault, story } = world;
		for (const line of world.lines.values()) if (line.bookLoans(work.time)) break;
		const sum = { perSecond: vault.perSecond, offset: vault.offset, earned: vault.earned };
		story.check('sum of the accruals', { perSecond: data.perSecond.toBigInt(), offset: data.offset.toBigInt(), earned: data.earned.toBigInt() }, sum);
	},

	'vault.BillFeePaid': (world, data) => {
		const { vault, story, books } = world;
		const takenOn = vault.billYield;
		const fee = vault.payBillFee();
		books.move('USDai', 'vault', 'treasury', fee);
		story.check('fee on the yield of the bills', [data.takenOn.toBigInt(), data.fee.toBigInt()], [takenOn, fee]);
	},

	'vault.ReferenceNoted': (world, data) => {
		world.reference = { window: data.window.toNumber(), price: data.price.toBigInt() };
	},

	'vault.CancellingReopened': (world, data, work) => {
		const { story, reference } = world;
		world.markBills(work.time);
		const price = world.vault.redemptionPrice(work.time);
		story.check('price when cancelling opens again', [data.reference.toBigInt(), data.price.toBigInt()], [reference.price, price]);
		world.reopened = { window: data.window.toNumber(), until: data.until.toNumber(), block: work.block };
	},

	'vault.SettlementStarted': (world, data, work) => {
		const { vault, story, queue, raised } = world;
		const window = data.window.toNumber();
		const taking = queue.filter((request) => request.window <= window);
		for (const request of taking) {
			const { bid } = request;
			request.unrevealed = bid === undefined || bid.revealed ? undefined : { cleared: world.cleared.get(bid.window), least: world.leastForfeit };
		}
		const queued = taking.reduce((sum, { shares }) => sum + shares, 0n);
		world.markBills(work.time);
		const idle = vault.idle;
		const settlement = vault.settle(taking, work.time, raised);
		world.cleared.set(window, settlement.tick);
		world.settlement = { ...settlement, window, block: work.block, time: work.time, idle, finished: false };
		world.books.debit('vault', 'sUSDai', settlement.served.reduce((sum, { shares }) => sum + shares, 0n));
		story.check('settlement', {
			price: data.price.toBigInt(),
			cost: data.cost.toBigInt(),
			queued: data.queued.toBigInt(),
			marginal: data.marginal.isSome ? data.marginal.unwrap().toNumber() : undefined,
			tick: data.tick.toNumber(),
			shares: data.shares.toBigInt(),
			liquidity: data.liquidity.toBigInt(),
			forgone: data.forgone.toBigInt(),
		}, {
			price: settlement.price,
			cost: settlement.cost,
			queued,
			marginal: settlement.marginal,
			tick: settlement.tick,
			shares: settlement.shares,
			liquidity: settlement.liquidity,
			forgone: settlement.forgone,
		});
		for (const { id, shares, assets } of settlement.served) {
			const request = world.requests.get(id);
			request.shares -= shares;
			request.claimable += assets;
			request.served = assets;
		}
	},

	'vault.Served': (world, data) => {
		const expected = world.settlement.served.find(({ id }) => id === data.id.toNumber());
		world.story.check(`served to request ${data.id}`, [data.shares.toBigInt(), data.assets.toBigInt()], [expected?.shares, expected?.assets]);
	},

	'vault.Forfeited': (world, data) => {
		const expected = world.settlement.served.find(({ id }) => id === data.id.toNumber());
		world.story.check(`withheld from request ${data.id}`, [data.shares.toBigInt(), data.worth.toBigInt()], [0n, expected?.withheld]);
	},

	'vault.LeastPriceMissed': (world, data) => {
		const request = world.requests.get(data.id.toNumber());
		const { story, settlement, books } = world;
		story.check(`shares back to request ${request.id}`, [settlement.ended.includes(request.id), data.shares.toBigInt(), data.returned.isTrue], [true, request.shares, true]);
		books.move('sUSDai', 'vault', request.role, request.shares);
		request.shares = 0n;
		request.ended = true;
		closed(world, request);
	},

	'vault.SettlementFinished': (world, data) => {
		const { settlement, story } = world;
		story.check('paid in the settlement', data.paid.toBigInt(), settlement.paid);
		// A request served in full leaves the queue; the rest of another joins the end of tick 0.
		world.queue = rollOver(world.queue);
		for (const request of world.queue.filter(({ window }) => window <= settlement.window)) {
			Object.assign(request, { window: settlement.window + 1, isLeftOver: true });
		}
		if (settlement.paid > 0n) world.raised = new Raised();
		settlement.finished = true;
	},

	'vault.Claimed': (world, data) => {
		const { story, books, vault, requests } = world;
		const request = requests.get(data.id.toNumber());
		const assets = request.claimable;
		story.check(`paid out to request ${request.id}`, [world.roleOf(data.who), data.assets.toBigInt(), data.left.toBigInt()], [request.role, assets, 0n]);
		vault.claim(assets);
		books.move('USDai', 'vault', request.role, assets);
		Object.assign(request, { claimable: 0n, paid: (request.paid ?? 0n) + assets });
		closed(world, request);
	},

	'reserves.OfferOpened': (world, data, work) => {
		world.story.check('begin of an offer of bills', data.since.toNumber(), work.time);
		world.offers.sides[data.side.type].since = work.time;
	},

	'reserves.OfferClosed': (world, data) => {
		world.offers.sides[data.side.type].since = undefined;
	},
};
