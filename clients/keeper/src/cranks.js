// SPDX-License-Identifier: Apache-2.0
//
// Jobs of the keeper: calls that anyone may make, and the state in which each may be due. The rules here read
// little and err on the side of trying: a call is simulated before it is sent. A call that the runtime does not
// have is left out.

/** Calls that the keeper makes. */
export const CALLS = [
	'credit.collect', 'credit.applyInsuranceProceeds', 'credit.declareBreach', 'credit.cure', 'credit.declareUncured', 'credit.declareDefault',
	'credit.startAuction', 'credit.settleAuction', 'credit.reassess', 'credit.withdrawOffer', 'credit.releaseCapital',
	'credit.claimPayout', 'credit.turnRound', 'vault.startSettlement', 'vault.settle', 'reserves.claimBasket',
	'titles.removePolicy', 'titles.withdrawAppraisal',
];

/** Largest number of requests that one step of a settlement serves. */
export const SETTLE_STEP = 50;
/** Largest number of lines that one turn of the round over the lines looks at. */
export const TURN_STEP = 20;
/** Largest number of tasks in a round: the oldest first. */
const MOST_TASKS = 256;
/** Rest of a call after its success, in seconds: it would go through again and change nothing. */
const REASSESS_EVERY = 3_600;

/** Returns an amount from JSON: a number, or hex where it is large. */
export const big = (value) => (value === undefined || value === null ? undefined : BigInt(value));

/** Returns the name of an enum's variant from JSON: `Open`, or the only key of an object. */
export function variant(value) {
	if (value === null || value === undefined) return undefined;
	const name = typeof value === 'string' ? value : Object.keys(value)[0];
	return name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * @typedef {{ call: string, args: unknown[], why: string, rest?: number, effect?: string }} Job `rest` in seconds;
 *   `effect`: the event without which the call would be in vain
 */

/** Returns the text of an argument; of a loan, its line and its number in it: `2/7`. */
const argument = (arg) => (typeof arg?.number === 'number' ? `${arg.line}/${arg.number}` : JSON.stringify(arg));

/** Returns the identity of a job: its call and its arguments. */
export const jobKey = ({ call, args }) => `${call}(${args.map(argument).join(', ')})`;

/** Returns the ids of the loans in the record of a line. */
export const loanIds = (line, { loans }) => loans.map(({ number }) => ({ line, number }));

/** Calls of the tasks that the runtime names, with their arguments and the reason, from the time that it names. */
const TASKS = {
	collect: (loan) => ({ call: 'credit.collect', args: [loan], why: 'the line has what an installment needs, and its due date is reached' }),
	declareDefault: (loan) => ({ call: 'credit.declareDefault', args: [loan], why: 'a loan is past its grace period' }),
	declareUncured: (line) => ({ call: 'credit.declareUncured', args: [line], why: 'its cure period is over' }),
	startAuction: (line) => ({ call: 'credit.startAuction', args: [line], why: 'it is in default' }),
	settleAuction: (line) => ({ call: 'credit.settleAuction', args: [line], why: 'its auction is over' }),
	applyInsuranceProceeds: (loan) => ({ call: 'credit.applyInsuranceProceeds', args: [loan], why: 'the line has insurance proceeds' }),
	turnRound: () => ({ call: 'credit.turnRound', args: [TURN_STEP], why: 'a closed window waits for a round over the lines' }),
	startSettlement: () => ({ call: 'vault.startSettlement', args: [], why: 'a window has closed with requests in the queue' }),
	settle: () => ({ call: 'vault.settle', args: [SETTLE_STEP], why: 'a window is being settled' }),
};

/** Returns the jobs of the tasks whose time has come at `now`. Tasks of others, and unknown ones, are left out. */
export function taskJobs(works, now) {
	return works
		.filter(({ from }) => Number(from) <= now)
		.map(({ task }) => Object.entries(task)[0])
		.filter(([name]) => TASKS[name] !== undefined)
		.map(([name, of]) => TASKS[name](of));
}

/** Returns the text of a reason. */
const reason = (value) => (typeof value === 'string' ? value : JSON.stringify(value)).replace(/["{}]|:null/g, '');

/**
 * Returns the jobs of a line, beside the tasks that the runtime names.
 *
 * @param {number} id
 * @param {object} line its record
 * @param {object | null} report of the runtime
 * @param {number} now chain time
 */
export function lineJobs(id, line, report, now) {
	const job = (call, why) => ({ call: `credit.${call}`, args: [id], why });
	const reassess = { ...job('reassess', 'values have moved'), rest: REASSESS_EVERY, effect: 'credit.ImpairmentSet' };
	const broken = report?.breachNow ?? undefined;
	const jobs = [];
	switch (variant(line.state)) {
		case 'Offered':
			return Number(line.expiresAt) <= now ? [job('withdrawOffer', 'the offer has expired')] : [];
		case 'Open':
			if (broken !== undefined) jobs.push(job('declareBreach', `broken: ${reason(broken)}`));
			if (big(line.juniorLocked ?? 0) > 0n && Number(line.terms.availabilityEnd) <= now) {
				jobs.push(job('releaseCapital', 'its availability has ended'));
			}
			return jobs;
		case 'Breached':
			if (broken === undefined) jobs.push(job('cure', 'no covenant is broken any more'));
			return [...jobs, reassess];
		case 'Defaulted':
			return [job('cure', 'it may be cured'), reassess];
		case 'Liquidating':
			return [reassess];
		default:
			return [];
	}
}

/** Returns the jobs of the claims that baskets have left: each is paid once its stablecoin can be sent. */
export const claimJobs = (claims) =>
	claims.map(({ keys: [asset, who] }) => ({ call: 'reserves.claimBasket', args: [asset, who], why: 'a part of a basket is claimed' }));

/** Returns the jobs of a title: policies over or claimed in full, and appraisals no longer valid, to remove. */
export function titleJobs(id, policies, appraisals, now) {
	const over = ({ terms, cancelledAt, claimed }) =>
		Math.min(Number(terms.expiresAt), Number(cancelledAt ?? terms.expiresAt)) < now || big(claimed ?? 0) >= big(terms.limit);
	return [
		...policies.filter(over).map((policy) => ({ call: 'titles.removePolicy', args: [id, policy.id], why: 'the policy is over, or claimed in full' })),
		...appraisals
			.filter(({ validUntil }) => Number(validUntil) < now)
			.map((appraisal) => ({ call: 'titles.withdrawAppraisal', args: [id, appraisal.id], why: 'the appraisal is no longer valid' })),
	];
}

/** Returns the entries of a storage map as JSON; none where the runtime does not have the map. */
export async function entriesOf(map) {
	if (map === undefined) return [];
	return (await map.entries()).map(([key, value]) => ({ keys: key.args.map((arg) => arg.toJSON()), value: value.toJSON() }));
}

async function workJobs(at, now) {
	return taskJobs((await at.call.creditApi.dueForWork(0, MOST_TASKS)).toJSON(), now);
}

async function creditJobs(at, now) {
	if (at.query.credit === undefined) return [];
	const jobs = [];
	for (const { keys: [id], value: line } of await entriesOf(at.query.credit.lines)) {
		jobs.push(...lineJobs(id, line, (await at.call.creditApi.line(id)).toJSON(), now));
	}
	for (const { keys: [account] } of await entriesOf(at.query.credit.unclaimedPayouts)) {
		jobs.push({ call: 'credit.claimPayout', args: [account], why: 'a payout is unclaimed', rest: REASSESS_EVERY });
	}
	return jobs;
}

async function reservesJobs(at) {
	return claimJobs(await entriesOf(at.query.reserves?.claims));
}

async function titlesJobs(at, now) {
	const [policies, appraisals] = await Promise.all([entriesOf(at.query.titles?.policies), entriesOf(at.query.titles?.appraisals)]);
	return [
		...policies.flatMap(({ keys: [id], value }) => titleJobs(id, value, [], now)),
		...appraisals.flatMap(({ keys: [id], value }) => titleJobs(id, [], value, now)),
	];
}

/** Areas of the chain, each read on its own: a failure in one leaves the others. */
const AREAS = { work: workJobs, credit: creditJobs, reserves: reservesJobs, titles: titlesJobs };

/**
 * Returns the jobs that may be due at a block.
 *
 * @param {import('@polkadot/api').ApiPromise} api
 * @param {object} at the api at a block
 * @param {(area: string, error: Error) => void} onError
 * @returns {Promise<Job[]>}
 */
export async function findJobs(api, at, onError) {
	const now = Number((await at.query.timestamp.now()).toBigInt() / 1000n);
	const jobs = [];
	for (const [area, find] of Object.entries(AREAS)) {
		try {
			jobs.push(...(await find(at, now)));
		} catch (error) {
			onError(area, error);
		}
	}
	return jobs.filter(({ call }) => CALLS.includes(call) && transaction(api, call) !== undefined);
}

/** Returns the call of this name, if the runtime has it. */
export function transaction(api, name) {
	const [pallet, call] = name.split('.');
	return api.tx[pallet]?.[call];
}
