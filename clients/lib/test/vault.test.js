// SPDX-License-Identifier: Apache-2.0
//
// Tests of the model of the vault.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PPB, usd, WAD } from '../src/amounts.js';
import { Vault } from '../src/vault.js';

const EMPTY = { idle: 0n, principalOut: 0n, impairment: 0n, claimable: 0n, shares: 0n, perSecond: 0n, offset: 0n };

test('a vault should lock its first shares and then issue at the price', () => {
	const vault = new Vault(EMPTY, PPB / 10n);
	assert.deepEqual(vault.deposit(usd('1000'), 0), { shares: usd('1000') - 1_000_000n, locked: 1_000_000n });
	vault.lend(usd('500'));
	assert.deepEqual(vault.receive(usd('500'), usd('10')), { fee: usd('1'), kept: usd('509') });
	assert.equal(vault.redemptionPrice, usd('1.009'));
	assert.equal(vault.deposit(usd('1009'), 0).shares, usd('1000'));
});

test('a vault should count accrued interest for deposits and not for redemptions', () => {
	const vault = new Vault(EMPTY, PPB / 10n);
	vault.deposit(usd('1000'), 0);
	const accrual = { perSecond: usd('0.1'), since: 100 };
	vault.updateAccrual(undefined, accrual);
	assert.equal(vault.accrued(50), 0n);
	assert.equal(vault.accrued(200), usd('10'));
	assert.equal(vault.forDeposits(200), usd('1009'));
	assert.equal(vault.forRedemptions, usd('1000'));
	vault.updateAccrual(accrual, undefined);
	assert.equal(vault.accrued(200), 0n);
});

/** Returns requests of some shares each, all at tick 0. */
const waiting = (...shares) => shares.map((some, id) => ({ id, shares: usd(some), tick: 0 }));

test('a vault should serve first in first out from the idle part', () => {
	const vault = new Vault(EMPTY, 0n);
	vault.deposit(usd('1000'), 0);
	vault.lend(usd('700'));
	const { served, tick, marginal } = vault.settle(waiting('200', '200', '10'));
	assert.deepEqual([tick, marginal], [0, 0]);
	assert.deepEqual(served, [
		{ id: 0, shares: usd('200'), assets: usd('200') },
		{ id: 1, shares: usd('100'), assets: usd('100') },
	]);
	assert.equal(vault.claimable, usd('300'));
	assert.equal(vault.redemptionPrice, WAD);
});

test('a vault should keep the forgone proceeds for the remaining shares', () => {
	const vault = new Vault(EMPTY, 0n);
	vault.deposit(usd('1000'), 0);
	vault.lend(usd('900'));
	const queue = [
		{ id: 0, shares: usd('50'), tick: 0 },
		{ id: 1, shares: usd('200'), tick: 100 },
		{ id: 2, shares: usd('40'), tick: 300 },
	];
	const { served, tick, marginal, forgone } = vault.settle(queue);
	assert.deepEqual([tick, marginal], [100, 100]);
	assert.deepEqual(served[0], { id: 2, shares: usd('40'), assets: usd('39.6') });
	// 60.4 dollars are left, at 99 cents a share.
	assert.equal(served[1].shares, (usd('100') * 10_000n) / 9_900n - usd('40'));
	assert.ok(vault.redemptionPrice > WAD);
	assert.equal(forgone, served[0].shares + served[1].shares - usd('100') + 1n);
});

test('a vault should count bills, impairment and bad debt', () => {
	const vault = new Vault(EMPTY, 0n);
	vault.deposit(usd('1000'), 0);
	vault.lend(usd('500'));
	vault.bills = usd('20');
	vault.impairment = usd('70');
	assert.equal(vault.redemptionPrice, usd('0.95'));
	assert.equal(vault.forDeposits(0), usd('1020'));
	vault.impairment = 0n;
	vault.writeOff(usd('70'));
	assert.equal(vault.redemptionPrice, usd('0.95'));
	assert.equal(vault.badDebt, usd('70'));
});
