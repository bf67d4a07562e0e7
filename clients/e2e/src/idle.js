// SPDX-License-Identifier: Apache-2.0
//
// Work of idle blocks: they collect from reserves, apply insurance proceeds, declare breaches and defaults, and
// settle redemption windows. Each piece of work is computed here when its event is seen, and compared.

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
		line.enter('Breached', work.time);
		line.told.push({ kind: 'breached', time: work.time, block: work.block, reason: data.breach.reason });
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

	'vault.SettlementStarted': (world, data, work) => {
		const { vault, story, queue } = world;
		const taking = queue.filter(({ window }) => window <= data.window.toNumber());
		const divested = data.divested.toBigInt();
		const queued = taking.reduce((sum, { shares }) => sum + shares, 0n);
		if (divested > 0n) world.divest(divested, queued, work.time);
		world.markBills(work.time);
		const settlement = vault.settle(taking);
		world.settlement = { ...settlement, window: data.window.toNumber(), block: work.block, divested };
		world.books.debit('vault', 'sUSDai', settlement.shares);
		story.check('settlement', {
			price: data.price.toBigInt(),
			queued: data.queued.toBigInt(),
			marginal: data.marginal.isSome ? data.marginal.unwrap().toNumber() : undefined,
			tick: data.tick.toNumber(),
			shares: data.shares.toBigInt(),
			liquidity: data.liquidity.toBigInt(),
			forgone: data.forgone.toBigInt(),
		}, {
			price: settlement.price,
			queued,
			marginal: settlement.marginal,
			tick: settlement.tick,
			shares: settlement.shares,
			liquidity: settlement.proceeds,
			forgone: settlement.forgone,
		});
		for (const { id, shares, assets } of settlement.served) {
			const request = queue.find((waiting) => waiting.id === id);
			request.shares -= shares;
			request.claimable = (request.claimable ?? 0n) + assets;
			request.served = assets;
		}
	},

	'vault.Served': (world, data) => {
		const expected = world.settlement.served.find(({ id }) => id === data.id.toNumber());
		world.story.check(`served to request ${data.id}`, [data.shares.toBigInt(), data.assets.toBigInt()], [expected?.shares, expected?.assets]);
	},

	'vault.SettlementFinished': (world, data) => {
		const paid = world.settlement.served.reduce((sum, { assets }) => sum + assets, 0n);
		world.story.check('paid in the settlement', data.paid.toBigInt(), paid);
		// A request served in full leaves the queue; the rest of another keeps its place.
		world.queue = world.queue.filter(({ shares }) => shares > 0n);
	},
};
