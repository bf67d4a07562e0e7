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
/** Ayes that a motion of the technical committee needs, and the weight of its call at most. */
const COMMITTEE_AYES = 2;
const MOTION_WEIGHT = { refTime: 20_000_000_000n, proofSize: 1_000_000n };
/** Least wait on a chain of any tempo, in seconds. */
const SHORTEST_WAIT = 12;
/** Weight of a vote by conviction, in tenths of its balance. */
const TENTHS = { None: 1n, Locked1x: 10n, Locked2x: 20n, Locked3x: 30n, Locked4x: 40n, Locked5x: 50n, Locked6x: 60n };

/** Returns the holders of the development chain that have no other role that spends CLBR. */
export async function devVoters() {
	const pair = await keyring();
	return ['//Alice', '//One', '//Two', '//Alice//stash', '//Bob//stash', '//Charlie//stash'].map((uri) => pair(uri));
}

/** Returns the members of the development chain's technical committee. */
export async function devCommittee() {
	const pair = await keyring();
	return ['//Alice', '//Bob', '//Charlie'].map((uri) => pair(uri));
}

/** Returns a wait in seconds as a chain of this tempo has it: divided, but not shorter than two blocks. */
export const shortened = (wait, tempo) => Math.max(Math.floor(wait / tempo), Math.min(wait, SHORTEST_WAIT));

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
export function enactmentId(index) {
	const name = stringToU8a('enactment');
	const number = new Uint8Array(4);
	new DataView(number.buffer).setUint32(0, index, true);
	return blake2AsU8a(u8aConcat(stringToU8a('assembly'), Uint8Array.of(name.length << 2), name, number), 256);
}

/** Returns one call for several: all of them or none. */
export const together = (api, calls) => (calls.length === 1 ? calls[0] : api.tx.utility.batchAll(calls));

/**
 * Returns the call that sets governed values in one step, each as `[area, name, value]`. Times are as on a chain of
 * tempo 1. Rules of lines that are set together are one version.
 */
export const setValues = (api, changes) => api.tx.governance.set(changes.map(([area, name, value]) => ({ [area]: { [name]: value } })));

/**
 * Returns the call that sets a governed value: `setValue(api, 'Credit', 'MinDraw', usd('500'))`. Times are as on a
 * chain of tempo 1.
 */
export const setValue = (api, area, name, value) => setValues(api, [[area, name, value]]);

/** Figures in the report on a governed value. */
const FIGURES = ['value', 'governed', 'default', 'least', 'greatest'];

/**
 * Returns the reports on governed values by area and name: what counts now, the default, the range, and the index in
 * the area, as `{ Credit: { MinDraw: { value, governed, default, least, greatest, index } } }`. Times are those of
 * this chain.
 *
 * @param {import('@polkadot/api').ApiPromise | object} at
 */
export async function governedValues(at) {
	const areas = await at.call.governanceApi.values();
	const indices = valueIndices(at.registry);
	const read = (report) => Object.fromEntries(FIGURES.map((figure) => [figure, report[figure].toBigInt()]));
	return Object.fromEntries(areas.map(([name, reports]) => {
		const area = name.toUtf8();
		return [area, Object.fromEntries(reports.map((report) => {
			const value = report.name.toUtf8();
			return [value, { ...read(report), index: indices[area][value] }];
		}))];
	}));
}

/** Returns the index of each governed value in its area, by area and name: not every area uses all numbers. */
function valueIndices({ lookup }) {
	const isChange = ({ type: { path, def } }) => def.isVariant && path.at(-1)?.toString() === 'Change' && path.some((part) => part.toString().includes('governance'));
	const variants = ({ def }) => [...def.asVariant.variants];
	const areas = variants(lookup.types.find(isChange).type);
	return Object.fromEntries(areas.map(({ name, fields }) => [
		name.toString(),
		Object.fromEntries(variants(lookup.getSiType(fields[0].type)).map((value) => [value.name.toString(), value.index.toNumber()])),
	]));
}

/** Returns a governed value that counts now. */
export const governed = async (at, area, name) => (await governedValues(at))[area][name].value;

/** Returns the height of the relay chain that a block was built on. */
export const relayHeight = async (at) => (await at.query.parachainSystem.validationData()).unwrap().relayParentNumber.toNumber();

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

/** Votes aye on a referendum with every voter. */
export const carry = (api, index, voters) =>
	cast(api, index, voters.map((voter) => ({ voter, aye: true, conviction: 'None', balance: VOTE })));

/** Waits for the first block, from one on, of which `look({ block, number, events })` returns something. */
async function firstOf(api, from, what, timeout, look) {
	const giveUp = Date.now() + timeout;
	let number = (await api.rpc.chain.getHeader(from)).number.toNumber();
	for (;;) {
		const best = (await api.rpc.chain.getHeader()).number.toNumber();
		if (best < number) {
			if (Date.now() > giveUp) throw new Error(`${what} after ${timeout / 1000} s`);
			await new Promise((resolve) => setTimeout(resolve, 50));
			continue;
		}
		const block = (await api.rpc.chain.getBlockHash(number)).toHex();
		const events = await (await api.at(block)).query.system.events();
		const found = look({ block, number, events });
		if (found !== undefined) return found;
		number += 1;
	}
}

/** Returns true if the events confirm a referendum. Throws if they end it otherwise. */
function confirms(events, index) {
	for (const { event: { section, method, data } } of events) {
		if (section !== 'referenda' || data.index === undefined || !data.index.eq(index)) continue;
		if (['Rejected', 'TimedOut', 'Cancelled', 'Killed'].includes(method)) {
			throw new TransactionError(`referenda.${method}`, `referendum ${index} did not pass`);
		}
		if (method === 'Confirmed') return true;
	}
	return false;
}

/**
 * Waits for the decision on a referendum: its confirmation, some time before the enactment.
 *
 * @param {string} from the block from which on to look
 * @returns {Promise<{ block: string, number: number }>}
 * @throws {TransactionError} when it is rejected
 */
export function confirmation(api, index, from, timeout = 300_000) {
	return firstOf(api, from, `referendum ${index} is not decided`, timeout, ({ block, number, events }) =>
		(confirms(events, index) ? { block, number } : undefined));
}

/**
 * Waits for the enactment of a referendum.
 *
 * @param {string} from the block from which on to look
 * @returns {Promise<{ block: string, number: number, events: object[], confirmed?: { block: string, number: number } }>}
 *   `confirmed` is the block of the decision, if it is not before `from`
 * @throws {TransactionError} when it is rejected, or what it enacts fails
 */
export function enactment(api, index, from, timeout = 300_000) {
	const id = enactmentId(index);
	let confirmed;
	return firstOf(api, from, `referendum ${index} is not enacted`, timeout, ({ block, number, events }) => {
		if (confirms(events, index)) confirmed = { block, number };
		for (const { event: { section, method, data } } of events) {
			if (section !== 'scheduler' || method !== 'Dispatched' || data.id.isNone || !u8aEq(data.id.unwrap().toU8a(), id)) continue;
			if (data.result.isErr) {
				const { name, docs } = nameDispatchError(api, data.result.asErr);
				throw new TransactionError(name, docs);
			}
			return { block, number, events, confirmed };
		}
		return undefined;
	});
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
	await carry(api, index, voters);
	return { index, ...(await enactment(api, index, result.block)) };
}

/**
 * Brings a call before the technical committee: the first member proposes it, and the next two vote aye. Returns the
 * votes, and the function that closes the motion and so makes the call.
 *
 * @param {import('@polkadot/api').ApiPromise} api
 * @param {import('@polkadot/api/types').SubmittableExtrinsic<'promise'>} call
 * @param {object[]} members three at least
 * @returns {Promise<{ votes: { voter: object, result: object }[], close: () => Promise<object> }>} `close` returns the
 *   result of {@link send}, and throws a {@link TransactionError} if the call fails
 */
export async function motion(api, call, members) {
	const { technicalCommittee } = api.tx;
	const length = call.method.toU8a().length;
	const [proposer, ...others] = members;
	const proposed = await send(api, proposer, technicalCommittee.propose(COMMITTEE_AYES, call, length));
	const { proposalIndex, proposalHash } = proposed.find('technicalCommittee', 'Proposed');
	const vote = async (voter) => ({ voter, result: await send(api, voter, technicalCommittee.vote(proposalHash, proposalIndex, true)) });
	const votes = await Promise.all(others.slice(0, COMMITTEE_AYES).map(vote));
	const close = async () => {
		const result = await send(api, proposer, technicalCommittee.close(proposalHash, proposalIndex, MOTION_WEIGHT, length));
		const outcome = result.find('technicalCommittee', 'Executed').result;
		if (outcome.isOk) return result;
		const { name, docs } = nameDispatchError(api, outcome.asErr);
		throw new TransactionError(name, docs, result);
	};
	return { votes, close };
}

/** Makes a call by a motion of the development chain's technical committee. Returns the result of {@link send}. */
export async function committee(api, call) {
	const { close } = await motion(api, call, await devCommittee());
	return close();
}
