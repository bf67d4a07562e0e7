// SPDX-License-Identifier: Apache-2.0
//
// Decisions of the holders, from the proposal to the enactment.

import { stringToU8a, u8aConcat, u8aEq, u8aToHex } from '@polkadot/util';
import { blake2AsU8a } from '@polkadot/util-crypto';
import { CLBR } from './amounts.js';
import { keyring, nameDispatchError, send, TransactionError } from './chain.js';

/** Longest call, in bytes, that a proposal carries itself; a longer one is noted as a preimage. */
const MAX_INLINE = 128;
/** Balance that each of the development chain's voters puts behind a vote. */
const VOTE = 9_800_000n * CLBR;
/** Weight of a vote by conviction, in tenths of its balance. */
const TENTHS = { None: 1n, Locked1x: 10n, Locked2x: 20n, Locked3x: 30n, Locked4x: 40n, Locked5x: 50n, Locked6x: 60n };

/** Returns the holders of the development chain that have no other role that spends CLBR. */
export async function devVoters() {
	const pair = await keyring();
	return ['//Alice', '//One', '//Two', '//Alice//stash', '//Bob//stash', '//Charlie//stash'].map((uri) => pair(uri));
}

/**
 * Returns the tally of votes: each side by balance and conviction, rounded down vote by vote, and the
 * support, which is the balance behind the ayes alone.
 *
 * @param {{ aye: boolean, conviction: string, balance: bigint }[]} votes
 */
export function tally(votes) {
	const sum = { ayes: 0n, nays: 0n, support: 0n };
	for (const { aye, conviction, balance } of votes) {
		sum[aye ? 'ayes' : 'nays'] += (balance * TENTHS[conviction]) / 10n;
		if (aye) sum.support += balance;
	}
	return sum;
}

/** Returns the scheduler's name for the enactment of a referendum. */
function enactmentId(index) {
	const name = stringToU8a('enactment');
	const number = new Uint8Array(4);
	new DataView(number.buffer).setUint32(0, index, true);
	return blake2AsU8a(u8aConcat(stringToU8a('assembly'), Uint8Array.of(name.length << 2), name, number), 256);
}

/** Returns one call for several: all of them or none. */
export const together = (api, calls) => (calls.length === 1 ? calls[0] : api.tx.utility.batchAll(calls));

/**
 * Returns the call that sets a governed value: `parameter(api, 'Credit', 'MinDraw', usd('500'))`; null restores
 * the default of the chain.
 */
export const parameter = (api, area, name, value) => api.tx.parameters.setParameter({ [area]: { [name]: [null, value] } });

/**
 * Proposes calls on a track: the preimage where it is needed, the submission and the decision deposit, in
 * one transaction of the proposer.
 *
 * @param {import('@polkadot/api').ApiPromise} api
 * @param {string} origin `CreditAdmin`, `TitlesAdmin`, `StableAdmin`, …, or `Root`
 * @param {object[]} calls
 * @param {{ proposer: object, preimage?: boolean }} options `preimage` notes even a short call
 */
export async function propose(api, origin, calls, { proposer, preimage = false }) {
	const call = together(api, calls).method;
	const bytes = call.toU8a();
	const hash = u8aToHex(blake2AsU8a(bytes, 256));
	const noted = preimage || bytes.length > MAX_INLINE;
	const index = (await api.query.referenda.referendumCount()).toNumber();
	const as = origin === 'Root' ? { system: 'Root' } : { Origins: origin };
	const proposal = noted ? { Lookup: { hash, len: bytes.length } } : { Inline: u8aToHex(bytes) };
	const steps = [
		...(noted ? [api.tx.preimage.notePreimage(u8aToHex(bytes))] : []),
		api.tx.referenda.submit(as, proposal, { After: 1 }),
		api.tx.referenda.placeDecisionDeposit(index),
	];
	const result = await send(api, proposer, api.tx.utility.batchAll(steps));
	return { index, hash, length: bytes.length, noted, result };
}

/** Votes on a referendum, all at once. */
export function cast(api, index, votes) {
	return Promise.all(
		votes.map(({ voter, aye, conviction, balance }) =>
			send(api, voter, api.tx.convictionVoting.vote(index, { Standard: { vote: { aye, conviction }, balance } })),
		),
	);
}

/**
 * Waits for the enactment of a referendum.
 *
 * @param {string} from the block from which on to look
 * @returns {Promise<{ block: string, number: number, events: object[] }>}
 * @throws {TransactionError} when it is rejected, or what it enacts fails
 */
export async function enactment(api, index, from, timeout = 120_000) {
	const giveUp = Date.now() + timeout;
	const id = enactmentId(index);
	let number = (await api.rpc.chain.getHeader(from)).number.toNumber();
	for (;;) {
		const best = (await api.rpc.chain.getHeader()).number.toNumber();
		if (best < number) {
			if (Date.now() > giveUp) throw new Error(`referendum ${index} is not decided after ${timeout / 1000} s`);
			await new Promise((resolve) => setTimeout(resolve, 50));
			continue;
		}
		const block = (await api.rpc.chain.getBlockHash(number)).toHex();
		const events = await (await api.at(block)).query.system.events();
		for (const { event } of events) {
			const { section, method, data } = event;
			if (section === 'referenda' && ['Rejected', 'TimedOut', 'Cancelled', 'Killed'].includes(method) && data.index.eq(index)) {
				throw new TransactionError(`referenda.${method}`, `referendum ${index} did not pass`);
			}
			if (section !== 'scheduler' || method !== 'Dispatched' || data.id.isNone || !u8aEq(data.id.unwrap().toU8a(), id)) continue;
			if (data.result.isErr) {
				const { name, docs } = nameDispatchError(api, data.result.asErr);
				throw new TransactionError(name, docs);
			}
			return { block, number, events };
		}
		number += 1;
	}
}

/**
 * Passes calls by a referendum on the track of an origin: proposes, lets every voter vote aye, and waits
 * for the enactment. Meant for a chain whose periods are short.
 *
 * @param {import('@polkadot/api').ApiPromise} api
 * @param {string} origin
 * @param {object[]} calls
 * @param {object[]} voters the first of them proposes
 */
export async function govern(api, origin, calls, voters) {
	const { index, result } = await propose(api, origin, calls, { proposer: voters[0] });
	await cast(api, index, voters.map((voter) => ({ voter, aye: true, conviction: 'None', balance: VOTE })));
	return { index, ...(await enactment(api, index, result.block)) };
}
