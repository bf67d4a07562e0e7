// SPDX-License-Identifier: Apache-2.0
//
// Rounds of the keeper: jobs that may be due are simulated on the best block, calls that would go through are
// sent, each with a nonce of its own, and every outcome is told in one line.

import { CLBR_DECIMALS, formatAmount } from '@caliber/lib/amounts';
import { mortality, nameDispatchError } from '@caliber/lib/chain';
import { Backoff } from './backoff.js';
import { findJobs, jobKey, transaction } from './cranks.js';

/** Milliseconds after which a transaction that is in no block is given up. */
const IN_BLOCK_LIMIT = 120_000;

/** Returns the reason for which the pool or the runtime does not take a transaction. */
function invalidity(validity) {
	const kind = validity.isInvalid ? validity.asInvalid : validity.asUnknown;
	return kind.type;
}

/** Returns the account's nonce in the state of a block, transactions in the pool left aside. */
async function nonceAt(at, address) {
	return (await at.query.system.account(address)).nonce.toNumber();
}

/** Version of XCM in which a rehearsal may report messages; the keeper's calls send none. */
const XCM_VERSION = 5;

/**
 * Rehearses a call on the state of a block, as if the block had room for it, and without the fee.
 *
 * @returns {Promise<{ error?: string, events: string[] }>} the error's name, none when the call would go
 *   through; the names of the events it would leave
 */
export async function rehearse(api, block, signed) {
	const at = await api.at(block);
	// A runtime that cannot tell is asked again at a block with room.
	if (at.call.dryRunApi === undefined) return { error: 'ExhaustsResources', events: [] };
	const effects = await at.call.dryRunApi.dryRunCall({ system: { Signed: signed.signer.toString() } }, signed.method, XCM_VERSION);
	if (effects.isErr) return { error: effects.asErr.type, events: [] };
	const { executionResult: result, emittedEvents } = effects.asOk;
	return {
		error: result.isErr ? nameDispatchError(api, result.asErr.error).name : undefined,
		events: emittedEvents.map(({ section, method }) => `${section}.${method}`),
	};
}

/**
 * Simulates a signed call on the state of a block, without keeping any change.
 *
 * @param {string} [effect] an event without which the call would be in vain
 * @returns {Promise<string | undefined>} the error's name, none when the call would go through
 */
export async function simulate(api, block, signed, effect) {
	const raw = await api.rpc.state.call('BlockBuilder_apply_extrinsic', signed.toHex(), block);
	const result = api.registry.createType('Result<Result<(), SpRuntimeDispatchError>, TransactionValidityError>', raw.toU8a(true));
	// The block whose state this is may be full, as each first one of a session is; the next one is not.
	const full = result.isErr && invalidity(result.asErr) === 'ExhaustsResources';
	if (result.isErr && !full) return invalidity(result.asErr);
	if (result.isOk && result.asOk.isErr) return nameDispatchError(api, result.asOk.asErr).name;
	if (!full && effect === undefined) return undefined;
	const { error, events } = await rehearse(api, block, signed);
	return error ?? (effect === undefined || events.includes(effect) ? undefined : 'NothingWouldChange');
}

/** Sends a signed call and waits until it is in a block. Returns the error's name, if it failed there. */
export function submit(api, signed, limit = IN_BLOCK_LIMIT) {
	return new Promise((resolve, reject) => {
		let stop = () => {};
		const end = (then, value) => {
			clearTimeout(timer);
			api.off('disconnected', lost);
			stop();
			then(value);
		};
		const lost = () => end(reject, new Error('the node went away'));
		const timer = setTimeout(() => end(reject, new Error(`in no block after ${limit / 1000} s`)), limit);
		api.once('disconnected', lost);
		signed
			.send(({ status, dispatchError }) => {
				if (status.isInBlock || status.isFinalized) {
					end(resolve, dispatchError ? nameDispatchError(api, dispatchError).name : undefined);
				} else if (status.isInvalid || status.isDropped || status.isUsurped) {
					end(reject, new Error(`the pool gave it up: ${status.type}`));
				}
			})
			.then((unsubscribe) => {
				stop = unsubscribe;
			})
			.catch((error) => end(reject, new Error(error.message.split('\n')[0])));
	});
}

/** Counts of the keeper's work, for its metrics. */
export class Tally {
	calls = new Map();
	rounds = 0;
	failedRounds = 0;
	lastRound = 0;
	balance = undefined;
	/** Last refusal of each call. */
	refusals = new Map();

	count(call, outcome) {
		const key = `${call} ${outcome}`;
		const entry = this.calls.get(key) ?? { call, outcome, count: 0 };
		entry.count += 1;
		this.calls.set(key, entry);
	}

	/** Returns the number of times that a call had an outcome. */
	of(call, outcome) {
		return this.calls.get(`${call} ${outcome}`)?.count ?? 0;
	}
}

/** Runner of the keeper's rounds. */
export class Runner {
	/**
	 * @param {object} options
	 * @param {import('@polkadot/keyring/types').KeyringPair} [options.pair] none: nothing is simulated or sent
	 * @param {boolean} [options.dryRun] simulate, and say what would be sent
	 * @param {number} [options.most] calls a round
	 * @param {(line: string) => void} [options.say]
	 * @param {Backoff} [options.backoff]
	 * @param {object} [options.chain] how the chain is talked to, for tests
	 */
	constructor({ pair, dryRun = false, most = 20, say = console.log, backoff = new Backoff(), chain = {} }) {
		Object.assign(this, { pair, dryRun, most, say, backoff });
		this.chain = { findJobs, simulate, submit, nonceAt, mortality, ...chain };
		this.tally = new Tally();
	}

	/**
	 * Runs one round. Returns the outcome of each job that was tried.
	 *
	 * @param {import('@polkadot/api').ApiPromise} api
	 * @returns {Promise<{ job: object, outcome: 'sent' | 'would' | 'refused' | 'failed' | 'listed', error?: string }[]>}
	 */
	async round(api) {
		this.backoff.prune();
		const block = (await api.rpc.chain.getHeader()).hash;
		const at = await api.at(block);
		let broken = false;
		const found = await this.chain.findJobs(api, at, (area, error) => {
			broken = true;
			this.say(`${area}: cannot be read: ${error.message}`);
		});
		const ready = found.filter((job) => this.backoff.ready(jobKey(job)));
		const done = this.pair === undefined ? ready.map((job) => this.#listed(job)) : await this.#work(api, at, block, ready);
		this.tally.rounds += 1;
		if (broken) this.tally.failedRounds += 1;
		this.tally.lastRound = Date.now() / 1000;
		return done;
	}

	#listed(job) {
		this.say(`${jobKey(job)}: may be due (${job.why})`);
		return { job, outcome: 'listed' };
	}

	async #work(api, at, block, jobs) {
		const { data } = await at.query.system.account(this.pair.address);
		this.tally.balance = data.free.toBigInt();
		const stateNonce = await this.chain.nonceAt(at, this.pair.address);
		// Beyond what is in the pool already.
		let nonce = (await api.rpc.system.accountNextIndex(this.pair.address)).toNumber();
		const done = [];
		const waiting = [];
		for (const job of jobs) {
			if (waiting.length >= this.most) break;
			const call = transaction(api, job.call)(...job.args);
			// Without an end of validity: the state of a block does not know the block's own hash, which would begin it.
			const refusal = await this.chain.simulate(api, block, await call.signAsync(this.pair, { nonce: stateNonce, era: 0 }), job.effect);
			if (refusal === 'Payment') {
				// An account that cannot pay for one call cannot pay for the others.
				const need = `${this.pair.address} has ${formatAmount(this.tally.balance, CLBR_DECIMALS)} CLBR, too little for the fee: send it some`;
				done.push(this.#failed(job, need));
				break;
			} else if (refusal !== undefined) {
				this.#refused(job, refusal);
				done.push({ job, outcome: 'refused', error: refusal });
			} else if (this.dryRun) {
				this.say(`${jobKey(job)}: would be sent (${job.why})`);
				done.push({ job, outcome: 'would' });
			} else {
				const signed = await call.signAsync(this.pair, { nonce, ...(await this.chain.mortality(api)) });
				nonce += 1;
				waiting.push(this.#send(api, job, signed));
			}
		}
		return [...done, ...(await Promise.all(waiting))];
	}

	/** Notes a refusal. Most of them mean that the job is not due, so no line is written. */
	#refused(job, refusal) {
		this.tally.count(job.call, 'refused');
		this.tally.refusals.set(job.call, refusal);
		this.backoff.failed(jobKey(job));
	}

	async #send(api, job, signed) {
		try {
			const error = await this.chain.submit(api, signed);
			if (error !== undefined) return this.#failed(job, error);
			this.tally.count(job.call, 'sent');
			this.backoff.succeeded(jobKey(job), job.rest);
			this.say(`${jobKey(job)}: done (${job.why})`);
			return { job, outcome: 'sent' };
		} catch (error) {
			return this.#failed(job, error.message);
		}
	}

	#failed(job, error) {
		this.tally.count(job.call, 'failed');
		const wait = this.backoff.failed(jobKey(job));
		this.say(`${jobKey(job)}: ${error}; trying again in ${wait} s`);
		return { job, outcome: 'failed', error };
	}
}
