// SPDX-License-Identifier: Apache-2.0
//
// The year of chance that the vault's tests in Rust replay, on the model of the vault. Its figures come from a
// valuation that holds every loan by itself; the model keeps two sums, as the chain does.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PPB } from '../src/amounts.js';
import { Vault } from '../src/vault.js';

const FILE = new URL('../../../pallets/vault/src/tests/vectors/valuation.csv', import.meta.url);
const WINDOW = 30 * 86_400;
const EMPTY = { idle: 0n, principalOut: 0n, impairment: 0n, claimable: 0n, shares: 0n, perSecond: 0n, offset: 0n };

/** Returns a place of a loan from its text. */
const place = (text) => {
	if (text === '-') return undefined;
	const [perSecond, since, paid, earned] = text.split(':');
	return { perSecond: BigInt(perSecond), since: Number(since), paid: BigInt(paid), earned: BigInt(earned) };
};

test('a year of chance should come to the same values and prices at every step', () => {
	const vault = new Vault(EMPTY, PPB / 10n, WINDOW);
	const loans = new Map();
	let steps = 0;
	const events = {
		deposit: (now, [, assets]) => vault.deposit(BigInt(assets), now),
		draw: (now, [id, principal, rate]) => {
			const drawn = { place: { perSecond: BigInt(rate), since: now, paid: 0n, earned: 0n }, suspended: 0n, provision: 0n };
			loans.set(id, drawn);
			vault.lend(BigInt(principal), drawn.place);
		},
		place: (now, [id, principal, interest, to, suspended, until]) => {
			const loan = loans.get(id);
			const next = place(to);
			const after = BigInt(suspended);
			vault.rebook({ principal: BigInt(principal), interest: BigInt(interest), old: loan.place, new: next, suspendedBefore: loan.suspended, suspendedAfter: after, paidUntil: Number(until) }, now);
			Object.assign(loan, { place: next, suspended: after });
		},
		provision: (now, [id, amount]) => {
			const loan = loans.get(id);
			vault.impairment += BigInt(amount) - loan.provision;
			loan.provision = BigInt(amount);
		},
		loss: (now, [id, principal, interest, suspended, provision]) => {
			const loan = loans.get(id);
			assert.deepEqual([loan.suspended, loan.provision], [BigInt(suspended), BigInt(provision)]);
			vault.writeOff({ principal: BigInt(principal), interest: BigInt(interest), suspended: BigInt(suspended), provision: BigInt(provision) }, now);
			loans.delete(id);
		},
		recover: (now, [amount]) => vault.recover(BigInt(amount), now),
		yield: (now, [amount]) => vault.payYield(BigInt(amount), now),
		bills: (now, [value, due]) => Object.assign(vault, { bills: BigInt(value), billYield: BigInt(due) }),
		redeem: (now, [, shares]) => {
			const { served } = vault.settle([{ id: 0, shares: BigInt(shares), tick: 0 }], now);
			assert.equal(served[0].shares, BigInt(shares));
		},
		look: () => {},
	};
	for (const line of readFileSync(FILE, 'utf8').trim().split('\n')) {
		const [event, figures] = line.split('=');
		const [kind, time, ...args] = event.split(',');
		const now = Number(time);
		events[kind](now, args);
		const found = [vault.forDeposits(now), vault.forRedemptions(now), vault.depositPrice(now), vault.redemptionPrice(now), vault.shares, vault.idle, vault.locked.at(now)];
		assert.deepEqual(found.join(), figures, line);
		steps += 1;
	}
	assert.ok(steps > 300, `${steps} steps`);
});
