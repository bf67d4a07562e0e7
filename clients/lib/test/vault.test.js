// SPDX-License-Identifier: Apache-2.0
//
// Tests of the model of the vault. Expected figures are worked out by hand from the specification, chapter 4.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PPB, usd, WAD } from '../src/amounts.js';
import { Raised } from '../src/clearing.js';
import { Locked, Vault } from '../src/vault.js';

const EMPTY = { idle: 0n, principalOut: 0n, impairment: 0n, claimable: 0n, shares: 0n, perSecond: 0n, offset: 0n };
/** A tenth. */
const FEE = PPB / 10n;
/** A window of a hundred seconds. */
const vaultOf = (assets, fee = FEE, window = 100) => {
	const vault = new Vault(EMPTY, fee, window);
	vault.deposit(assets, 0);
	return vault;
};
/** A place of a loan that earns a tenth of a dollar each second. */
const earns = (since, more = {}) => ({ perSecond: usd('0.1'), since, paid: 0n, earned: 0n, ...more });

test('a buffer should run off linearly, rounded up', () => {
	const locked = new Locked({ amount: 10n, since: 0, until: 3 });
	assert.deepEqual([-1, 0, 1, 2, 3, 9].map((now) => locked.at(now)), [10n, 10n, 7n, 4n, 0n, 0n]);
});

test('a buffer should end at the mean of both times, by amount', () => {
	const locked = new Locked({ amount: 100n, since: 0, until: 10 });
	// 70 are left for 7 seconds, 30 come for 17: (490 + 510) / 100 seconds.
	locked.add(3, 30n, 17);
	assert.deepEqual({ ...locked }, { amount: 100n, since: 3, until: 13 });
	locked.add(3, 0n, 1_000);
	assert.equal(locked.until, 13);
});

test('dust should not put the end of a buffer off', () => {
	const locked = new Locked({ amount: 1_000_000n, since: 0, until: 100 });
	for (let now = 1; now < 100; now += 1) locked.add(now, 1n, 3_600);
	assert.equal(locked.until, 100);
});

test('a buffer should make good a loss as far as it reaches, and keep its end', () => {
	const locked = new Locked({ amount: 100n, since: 0, until: 10 });
	locked.take(3, 30n);
	assert.deepEqual({ ...locked }, { amount: 40n, since: 3, until: 10 });
	locked.take(3, 41n);
	assert.deepEqual({ ...locked }, { amount: 0n, since: 3, until: 3 });
});

test('a vault should lock its first shares and then issue at the price', () => {
	const vault = new Vault(EMPTY, FEE, 100);
	assert.deepEqual(vault.deposit(usd('1000'), 0), { shares: usd('1000') - 1_000_000n, locked: 1_000_000n });
	vault.lend(usd('500'), earns(0));
	assert.deepEqual(vault.rebook({ principal: usd('500'), interest: usd('10'), old: earns(0), paidUntil: 100 }, 100), { fee: usd('1'), kept: usd('509') });
	assert.equal(vault.redemptionPrice(100), usd('1.009'));
	assert.equal(vault.deposit(usd('1009'), 100).shares, usd('1000'));
});

test('a vault should count accrued interest for deposits and not for redemptions', () => {
	const vault = vaultOf(usd('1000'));
	vault.lend(usd('500'), earns(100));
	assert.equal(vault.accrued(200), usd('10'));
	assert.equal(vault.forDeposits(200), usd('1009'));
	assert.equal(vault.forRedemptions(200), usd('1000'));
	// Paid ahead, it counts against both.
	assert.equal(vault.accrued(50), 0n);
	assert.equal(vault.signedAccrual(50), -usd('5'));
	assert.equal(vault.forDeposits(50), usd('995.5'));
	assert.equal(vault.forRedemptions(50), usd('995.5'));
});

test('interest net of the fee should be rounded down on both sides of zero', () => {
	const vault = vaultOf(usd('1'));
	assert.deepEqual([11n, 10n, 0n, -10n, -11n].map((interest) => vault.net(interest)), [9n, 9n, 0n, -9n, -10n]);
});

test('a deposit just before a month is paid ahead should gain nothing', () => {
	const month = 2_592_000;
	const perSecond = 304_414_003_120_000n;
	const vault = vaultOf(usd('100000'), FEE, 1_000);
	vault.lend(usd('80000'), { perSecond, since: 0, paid: 0n, earned: 0n });
	const { shares } = vault.deposit(usd('400000'), 0);
	const old = { perSecond, since: 0, paid: 0n, earned: 0n };
	vault.rebook({ interest: 789_041_096_087_040_000_000n, old, new: { ...old, since: month }, paidUntil: month }, 0);
	const { served: [{ assets }] } = vault.settle([{ id: 0, shares, tick: 0 }], 1_000);
	// Of what was paid, 568.11 would be his share; of what is earned in a thousand seconds, 0.22.
	assert.ok(assets <= usd('400000.22'), `${assets}`);
	assert.ok(assets >= usd('400000.21'), `${assets}`);
});

test('a receipt should not move the value for deposits', () => {
	for (const [now, change] of [
		// On time, in the middle of the period, and with the principal.
		[100, { interest: usd('10'), old: earns(0), new: earns(100), paidUntil: 100 }],
		[50, { interest: usd('10'), old: earns(0), new: earns(100), paidUntil: 100 }],
		[50, { interest: usd('10'), principal: usd('500'), old: earns(0), paidUntil: 100 }],
	]) {
		const vault = vaultOf(usd('1000'));
		vault.lend(usd('500'), earns(0));
		const before = vault.forDeposits(now);
		vault.rebook(change, now);
		assert.equal(vault.forDeposits(now), before);
		assert.equal(vault.forDeposits(100), usd('1009'));
	}
});

test('the surplus of a payoff should run off until the due date that it was paid for', () => {
	const vault = vaultOf(usd('1000'));
	vault.lend(usd('500'), earns(0));
	vault.rebook({ interest: usd('10'), principal: usd('500'), old: earns(0), paidUntil: 100 }, 50);
	assert.deepEqual({ ...vault.locked }, { amount: usd('4.5'), since: 50, until: 100 });
	assert.equal(vault.forRedemptions(75), usd('1006.75'));
});

test('late interest should be locked for a window, and what was earned should not', () => {
	const vault = vaultOf(usd('1000'), FEE, 300);
	vault.lend(usd('500'), earns(0));
	const before = vault.forDeposits(120);
	vault.rebook({ interest: usd('12'), old: earns(0), new: earns(100), paidUntil: 100 }, 120);
	assert.deepEqual({ ...vault.locked }, { amount: usd('1.8'), since: 120, until: 420 });
	assert.equal(vault.forDeposits(120), before);
});

test('suspended interest should count for deposits until it is paid or written off', () => {
	const vault = vaultOf(usd('1000'));
	vault.lend(usd('500'), earns(0));
	vault.rebook({ old: earns(0), suspendedAfter: usd('10'), paidUntil: 0 }, 100);
	assert.deepEqual([vault.accrued(150), vault.suspended, vault.forDeposits(150)], [0n, usd('10'), usd('1009')]);
	assert.equal(vault.forRedemptions(150), usd('1000'));
	// Paid in part: what comes is what was counted, and nothing is locked.
	vault.rebook({ interest: usd('4'), suspendedBefore: usd('10'), suspendedAfter: usd('6'), paidUntil: 0 }, 150);
	assert.deepEqual([vault.forDeposits(150), vault.forRedemptions(150), vault.locked.at(150)], [usd('1009'), usd('1003.6'), 0n]);
	vault.writeOff({ principal: 0n, interest: usd('6'), suspended: usd('6'), provision: 0n }, 150);
	assert.deepEqual([vault.forDeposits(150), vault.badDebt], [usd('1003.6'), usd('6')]);
});

test('a loss should eat the buffer only as far as no provision stood for it', () => {
	const vault = vaultOf(usd('1000'), 0n);
	vault.lend(usd('500'));
	vault.payYield(usd('10'), 0);
	vault.bills = usd('20');
	vault.impairment = usd('64');
	assert.equal(vault.redemptionPrice(0), usd('0.956'));
	assert.equal(vault.forDeposits(0), usd('1020'));
	vault.writeOff({ principal: usd('70'), interest: usd('5'), suspended: 0n, provision: usd('64') }, 0);
	// The buffer makes the other six good, and the price stays.
	assert.equal(vault.locked.at(0), usd('4'));
	assert.equal(vault.redemptionPrice(0), usd('0.956'));
	assert.equal(vault.badDebt, usd('75'));
});

test('what is recovered or given should raise the price within a window', () => {
	const vault = vaultOf(usd('1000'), FEE);
	vault.badDebt = usd('15');
	vault.recover(usd('20'), 0);
	assert.equal(vault.badDebt, 0n);
	vault.payYield(usd('10'), 0);
	assert.deepEqual([0, 50, 100].map((now) => vault.redemptionPrice(now)), [WAD, usd('1.015'), usd('1.03')]);
});

test('the fee on the yield of the bills should be off both values before it is paid', () => {
	const vault = vaultOf(usd('1000'), FEE);
	vault.billYield = 11n;
	assert.equal(vault.forDeposits(0), usd('1000') - 2n);
	assert.equal(vault.forRedemptions(0), usd('1000') - 2n);
	assert.equal(vault.payBillFee(), 2n);
	assert.deepEqual([vault.idle, vault.forRedemptions(0)], [usd('1000') - 2n, usd('1000') - 2n]);
});

/** Returns requests of some shares each, all at tick 0. */
const waiting = (...shares) => shares.map((some, id) => ({ id, shares: usd(some), tick: 0 }));

test('a vault should serve first in first out from the idle part', () => {
	const vault = vaultOf(usd('1000'), 0n);
	vault.lend(usd('700'));
	const { served, tick, marginal } = vault.settle(waiting('200', '200', '10'), 0);
	assert.deepEqual([tick, marginal], [0, 0]);
	assert.deepEqual(served, [
		{ id: 0, shares: usd('200'), assets: usd('200'), withheld: 0n },
		{ id: 1, shares: usd('100'), assets: usd('100'), withheld: 0n },
	]);
	assert.equal(vault.claimable, usd('300'));
	assert.equal(vault.redemptionPrice(0), WAD);
});

test('a vault should keep the forgone proceeds for the remaining shares, through the buffer', () => {
	const vault = vaultOf(usd('1000'), 0n);
	vault.lend(usd('900'));
	const queue = [
		{ id: 0, shares: usd('50'), tick: 0 },
		{ id: 1, shares: usd('200'), tick: 100 },
		{ id: 2, shares: usd('40'), tick: 300 },
	];
	const { served, tick, marginal, forgone } = vault.settle(queue, 0);
	assert.deepEqual([tick, marginal], [100, 100]);
	assert.deepEqual([served[0].id, served[0].shares, served[0].assets], [2, usd('40'), usd('39.6')]);
	// 60.4 dollars are left, at 99 cents a share.
	assert.equal(served[1].shares, (usd('100') * 10_000n) / 9_900n - usd('40'));
	assert.equal(forgone, served[0].shares + served[1].shares - usd('100') + 1n);
	assert.equal(vault.locked.at(0), forgone);
	assert.ok(vault.redemptionPrice(0) - WAD <= 1n);
	assert.ok(vault.redemptionPrice(100) > WAD);
});

test('those who are served should bear what raising their money has cost', () => {
	const vault = vaultOf(usd('10000'), 0n);
	vault.lend(usd('9000'));
	// Bills marked at 1 000 are sold for 995.
	vault.idle = usd('995');
	const raised = new Raised();
	assert.equal(raised.sell(usd('995'), usd('1000'), usd('5000')), usd('5'));
	const { served, cost, liquidity, price } = vault.settle(waiting('1000', '500'), 0, raised);
	assert.deepEqual([cost, liquidity, price], [usd('5'), usd('995'), usd('0.9995')]);
	assert.deepEqual(served.map(({ shares, assets }) => [shares, assets]), [[usd('1000'), usd('995')]]);
	assert.equal(vault.redemptionPrice(0), WAD);
});

test('an unrevealed bid should leave its share to the others, when it is served and when it is touched before', () => {
	const vault = vaultOf(usd('1000'), 0n);
	const { served: [one] } = vault.settle([{ id: 0, shares: usd('100'), tick: 0, unrevealed: { least: PPB / 200n } }], 0);
	assert.deepEqual([one.assets, one.withheld], [usd('99.5'), usd('0.5')]);
	assert.deepEqual([vault.idle, vault.locked.at(0)], [usd('900.5'), usd('0.5')]);
	assert.equal(vault.redemptionPrice(0), WAD);
	assert.equal(vault.forfeit(usd('9'), 0), usd('9'));
	assert.equal(vault.redemptionPrice(0), WAD);
	assert.equal(vault.redemptionPrice(100), (usd('900.5') * WAD) / usd('891'));
});

test('the fee of who redeems at once should stay with the others', () => {
	const vault = vaultOf(usd('1000'), 0n);
	assert.deepEqual(vault.redeemNow(usd('100'), PPB / 200n, 0), { assets: usd('99.5'), fee: usd('0.5') });
	assert.equal(vault.redemptionPrice(0), WAD);
	assert.equal(vault.redemptionPrice(100), (usd('900.5') * WAD) / usd('900'));
});
