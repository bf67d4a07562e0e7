// SPDX-License-Identifier: Apache-2.0
//
// A round of the feeder: every operator feeds the same day's values, each in transactions of its own.

import { send, TransactionError } from '@caliber/lib/chain';

/** Returns values as the call takes them. */
export const asArguments = (entries) => entries.map(({ key, value }) => [{ [key.kind]: key.id }, value]);

/** Returns the text of a key. */
export const keyName = ({ kind, id }) => `${kind.toLowerCase()} ${id}`;

/** Returns the entries in groups of at most `size`, one transaction each. */
export function inGroups(entries, size) {
	const groups = [];
	for (let at = 0; at < entries.length; at += size) groups.push(entries.slice(at, at + size));
	return groups;
}

/**
 * Returns the report of an operator on a value: the recorded one, moved by the operator's part of the spread.
 * The operator in the middle reports it as recorded, so that the median is the recorded value.
 *
 * @param {bigint} value
 * @param {number} operator its place among them
 * @param {number} operators how many there are
 * @param {number} spread in basis points, between neighbours
 */
export function reported(value, operator, operators, spread) {
	const steps = BigInt(operator - (operators >> 1)) * BigInt(spread);
	return value + (value * steps) / 10_000n;
}

/** Advice on the errors of a feed. */
const ADVICE = {
	'appraisal.NotOperator': 'this account is no oracle operator: ask governance to add it, or give other keys with --seeds or --uri',
	'appraisal.UnknownKey': 'the chain does not know this model or asset: feed only registered ones (--models)',
	'appraisal.AlreadyFed': 'this operator has already fed in this block: run one feeder for each key only',
	'Invalid Transaction': 'the account cannot pay, or its nonce is taken by another program with the same key',
};

/** Returns true if feeding the same again would fail again: the chain refused the values, and not their timing. */
export const isFinal = (error) =>
	error instanceof TransactionError && error.result !== undefined && error.name !== 'appraisal.AlreadyFed';

/** Returns the text of an error, with advice where there is any. */
export function explain(error) {
	const name = error instanceof TransactionError ? error.name : error.message;
	const advice = Object.entries(ADVICE).find(([key]) => name.startsWith(key))?.[1];
	return advice ? `${name}: ${advice}` : error.message;
}

/**
 * Feeds a round through every operator.
 *
 * @param {import('@polkadot/api').ApiPromise} api
 * @param {import('@polkadot/keyring/types').KeyringPair[]} operators
 * @param {import('./series.js').Entry[]} entries
 * @param {object} [options]
 * @param {number} [options.spread]
 * @returns {Promise<{ sent: { operator: object, entries: object[], result: object }[],
 *   failed: { operator: object, error: Error }[] }>} `sent` in the order of the chain
 */
export async function feedRound(api, operators, entries, { spread = 0 } = {}) {
	const most = api.consts.oracle.maxFeedValues.toNumber();
	const outcomes = await Promise.allSettled(
		operators.map(async (operator, place) => {
			const own = entries.map((entry) => ({ ...entry, value: reported(entry.value, place, operators.length, spread) }));
			const done = [];
			for (const group of inGroups(own, most)) {
				const result = await send(api, operator, api.tx.appraisal.feed(asArguments(group)));
				done.push({ operator, entries: group, result });
			}
			return done;
		}),
	);
	const sent = outcomes.flatMap((outcome) => outcome.value ?? []);
	sent.sort((a, b) => a.result.time - b.result.time || a.result.index - b.result.index);
	const failed = outcomes.flatMap((outcome, place) =>
		outcome.status === 'rejected' ? [{ operator: operators[place], error: outcome.reason }] : [],
	);
	return { sent, failed };
}

/** Returns the accepted value of a key and its age at the best block; undefined without one. */
export async function accepted(api, key) {
	const found = await api.query.oracle.values({ [key.kind]: key.id });
	if (found.isNone) return undefined;
	const { value, timestamp } = found.unwrap();
	const now = (await api.query.timestamp.now()).toBigInt();
	return { value: value.toBigInt(), age: Number((now - timestamp.toBigInt()) / 1000n) };
}
