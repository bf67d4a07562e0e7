// SPDX-License-Identifier: Apache-2.0
//
// A window is settled by the keeper. Idle blocks do the same at once, so blocks have to be full: a task that
// holders schedule takes three quarters of each, a remark what is left. Each transaction makes a block; the
// first block of a session is full by itself, and what made it waits for the next one.

import { send, SUSDAI, timeAt, usd, waitBlocks } from '@caliber/lib';
import { until } from '../../../zombienet/node.js';
import { findJobs, SETTLE_STEP } from '../src/cranks.js';
import { submit } from '../src/runner.js';
import { Watched } from './setting.js';

/** The share of each block that the scheduled task takes, in percent. */
const TASK = 75n;
/** Blocks after which it begins, and in which it runs. */
const AFTER = 5;
const BLOCKS = 400;
/** Empty remarks that top a block up: the room that is left is less than one of them takes, too little for idle work. */
const TOPPING = 16;
/** Seconds of chain time that a block takes, and blocks of a session. */
const SLOT = 6;
const SESSION = 10;
/** A remark that is let through for measuring. */
const MEASURE = 1_000_000;

/** Before the node is started again: the task that takes most of every block. */
async function fillBlocks({ world }) {
	const { api, who } = world;
	const most = api.consts.system.blockWeights.maxBlock;
	const part = (value) => (BigInt(value.toString()) * TASK) / 100n;
	const weight = { refTime: part(most.refTime.unwrap()), proofSize: part(most.proofSize.unwrap()) };
	const task = api.tx.utility.withWeight(api.tx.system.remark('0x'), weight);
	await world.govern('Root', [api.tx.scheduler.scheduleAfter(AFTER, [1, BLOCKS], 0, task)]);
	await waitBlocks(api, 2 * AFTER);
	world.shares = usd('1000');
	world.story.check('savings', (await api.query.assets.account(SUSDAI, who.saver.address)).unwrap().balance.toBigInt() > world.shares, true);
}

const remark = (api, bytes) => api.tx.system.remark(`0x${'00'.repeat(bytes)}`);
const height = async (api) => (await api.rpc.chain.getHeader()).number.toNumber();

/** Sees to it that the next block is no session's first. A transaction may wait for it then. */
async function pastSession({ api, who }) {
	const number = await height(api);
	if ((number + 1) % SESSION !== 0) return;
	await remark(api, 0).signAndSend(who.borrower, { nonce: -1 });
	await until('the first block of a session', async () => (await height(api)) > number, { limit: 60_000, every: 50 });
}

/** Sends in a block with room, and of its own. */
async function sendAlone(world, role, call) {
	await pastSession(world);
	if ((await world.api.rpc.author.pendingExtrinsics()).length > 0) await send(world.api, world.who.verifier, remark(world.api, 0));
	await pastSession(world);
	return send(world.api, world.who[role], call);
}

/** Bytes of proof that all of a block took. */
async function taken(api, block) {
	const weight = await (await api.at(block)).query.system.blockWeight();
	return ['normal', 'operational', 'mandatory'].reduce((sum, kind) => sum + weight[kind].proofSize.toNumber(), 0);
}

/** Bytes of proof that transactions will take. */
async function wanted(api, extrinsics) {
	const costs = await Promise.all(extrinsics.map(async (extrinsic) => {
		const { weight } = await api.call.transactionPaymentApi.queryInfo(extrinsic.toU8a(), extrinsic.encodedLength);
		return weight.proofSize.toNumber() + extrinsic.encodedLength;
	}));
	return costs.reduce((sum, cost) => sum + cost, 0);
}

/** Submits what tops a block up. It waits for the nonce before it. */
async function topUp(api, pair, nonce) {
	for (let at = 0; at < TOPPING; at += 1) {
		await api.rpc.author.submitExtrinsic(await remark(api, 0).signAsync(pair, { nonce: nonce + at }));
	}
}

/** How long a remark has to be to leave no more room in a block than idle work takes. */
async function measure(world) {
	const { api } = world;
	const result = await sendAlone(world, 'borrower', remark(api, MEASURE));
	const left = api.consts.system.blockWeights.maxBlock.proofSize.toNumber() - (await taken(api, result.block));
	return MEASURE + left;
}

/** Blocks until chain time is `time` or later; the one that gets there is full. */
async function passFull(world, time, bytes) {
	const { api, who } = world;
	for (;;) {
		await pastSession(world);
		const now = await timeAt(api);
		if (now >= time) return;
		const last = now + SLOT >= time;
		const waiting = await api.rpc.author.pendingExtrinsics();
		if (last) await topUp(api, who.borrower, (await api.rpc.system.accountNextIndex(who.borrower.address)).toNumber() + 1);
		await send(api, who.borrower, remark(api, last ? bytes - (await wanted(api, waiting)) : 0));
	}
}

/** Sends what the keeper sends with a remark behind it in the same block, so that idle work has no room. */
async function submitWithoutRoom(world, signed, { pair, bytes }) {
	const { api } = world;
	await pastSession(world);
	const waiting = await api.rpc.author.pendingExtrinsics();
	const nonce = signed.nonce.toNumber();
	const filler = await remark(api, bytes - (await wanted(api, [...waiting, signed]))).signAsync(pair, { nonce: nonce + 1 });
	// Alone it has to wait for the nonce before it.
	await topUp(api, pair, nonce + 2);
	await api.rpc.author.submitExtrinsic(filler);
	return submit(api, signed);
}

/** A keeper of the vault alone, on a chain that makes a block for each transaction. */
function openKeeper(world, pair, room) {
	return new Watched(world, pair, {
		next: async () => {},
		chain: {
			findJobs: async (...args) => (await findJobs(...args)).filter(({ call }) => call.startsWith('vault.')),
			submit: async (api, signed) => {
				if (room.bytes !== undefined) return submitWithoutRoom(world, signed, { pair, bytes: room.bytes });
				await pastSession(world);
				return submit(api, signed);
			},
		},
	});
}

/** A window that does not close while blocks are measured. */
async function youngWindow(world) {
	for (;;) {
		const closesAt = (await world.api.call.vaultApi.window()).closesAt.toNumber();
		if (closesAt - (await timeAt(world.api)) >= SESSION * SLOT) return closesAt;
		await sendAlone(world, 'borrower', remark(world.api, 0));
	}
}

async function settlement({ world, keeper: { pair, seen } }) {
	const { api, story } = world;
	const room = {};
	const keeper = openKeeper(world, pair, room);
	const closesAt = await youngWindow(world);
	const asked = await sendAlone(world, 'saver', api.tx.vault.requestRedemption(world.shares));
	const { id } = asked.find('vault', 'Requested');
	const bytes = await measure(world);
	story.tell(`remarks of ${bytes} bytes fill a block`);
	await keeper.quiet('vault.startSettlement', [], 'before the window has closed');
	await passFull(world, closesAt, bytes);
	const window = () => api.call.vaultApi.window();
	story.check('a full block leaves the window to be settled', (await window()).due.isSome, true);
	room.bytes = bytes;
	await keeper.sends('vault.startSettlement', []);
	story.check('the settlement has begun, and idle work has not gone on with it', (await window()).settling.isSome, true);
	room.bytes = undefined;
	await keeper.sends('vault.settle', [SETTLE_STEP]);
	story.check('the settlement is over', (await window()).settling.isNone, true);
	const request = (await api.call.vaultApi.request(id)).unwrap();
	story.check('shares that wait', request.shares.toBigInt(), 0n);
	story.check('money to claim', request.claimable.toBigInt() > 0n, true);
	await keeper.quiet('vault.startSettlement', [], 'a second time');
	await keeper.quiet('vault.settle', [SETTLE_STEP], 'a second time');
	for (const call of keeper.seen) seen.add(call);
}

/** On the chain of steady blocks, then on that of a block for each transaction. */
export const BEFORE_VAULT = [{ title: 'Holders let a task fill the blocks', run: fillBlocks }];
export const VAULT = [{ title: 'A window is settled while blocks are full', run: settlement }];
