// SPDX-License-Identifier: Apache-2.0
//
// Chapter on the peg in trouble: a stablecoin under its dollar stops minting, then freezes; its holders and those of
// the others leave by the basket, whose parts that cannot be paid are claimed later; the price comes back, and the
// oracle falls silent.

import { bestBlock, formatAmount, governedValues, LOCATION, math, setValues, STABLE_DECIMALS, timeAt, usd, WAD, waitForTime } from '@caliber/lib';
import { USDC } from '@caliber/feeder';
import { funded, mint, pegFee, redeemed, redeemFor, show } from './life.js';

const USDC_UNIT = 10n ** BigInt(STABLE_DECIMALS);
/** Silence of the oracle after which a stablecoin is frozen in this chapter, in seconds: the least that may be governed. */
const SILENCE = 3_600;
/** Seconds after which a long wait books what idle blocks did. */
const STRETCH = 300;

/** Returns the reports of the stablecoins by their symbol, and the whole report, at a block. */
async function proofAt(world, block) {
	const report = await (await world.api.at(block)).call.reservesApi.proofOfReserves();
	return { report, of: Object.fromEntries(report.reserves.map((reserve) => [reserve.symbol.toUtf8(), reserve])) };
}

/** Feeds another price of USDC. Returns the proof of reserves after it. */
async function quote(world, price) {
	if (price === undefined) world.quoted.delete(USDC);
	else world.quoted.set(USDC, price);
	const { block } = await world.feed();
	return proofAt(world, block);
}

async function twoDollars(world) {
	const { api, story } = world;
	await funded(world, { saver: 20_000n });
	await mint(world, 'verifier', 50_000n, 'USDT');
	const { report, of } = await quote(world, WAD);
	story.check('frozen', [of.USDC.frozen.isTrue, of.USDT.frozen.isTrue, report.basketOnly.isTrue], [false, false, false]);
	story.check('backed, and backed by what the reserves fetch', [report.backed.isTrue, report.backedAtMarket.isTrue], [true, true]);
	story.check('USDT behind USDai', of.USDT.balance.toBigInt() >= 50_000n * USDC_UNIT, true);
	story.tell('two stablecoins stand behind USDai, both at a dollar');
	await world.compare(await bestBlock(api));
}

async function underItsDollar(world) {
	const { api, story } = world;
	const { psm } = api.tx;
	const { of } = await quote(world, usd('0.995'));
	story.check('frozen', of.USDC.frozen.isTrue, false);
	await world.refuse('saver', 'a mint against a dollar at 0.995', 'reserves.BelowPegFloor', psm.mint(LOCATION.USDAI, LOCATION.USDC, 1_000n * USDC_UNIT, 0));
	const { out, result } = await redeemFor(world, 'verifier', usd('1000'), 'USDT');
	story.tell(`at 0.995 nothing is issued against USDC any more; ${formatAmount(out, STABLE_DECIMALS)} USDT leave as always`);
	await world.compare(result.block);
}

async function frozen(world) {
	const { api, story } = world;
	const { psm, utility, reserves } = api.tx;
	const { report, of } = await quote(world, usd('0.981'));
	story.check('frozen', [of.USDC.frozen.isTrue, of.USDT.frozen.isTrue, report.basketOnly.isTrue], [true, false, true]);
	const fee = Number(await pegFee(world, 'redemptionFee', LOCATION.USDT));
	const broken = psm.mint(LOCATION.USDAI, LOCATION.USDC, 10_000n * USDC_UNIT, 0);
	const good = psm.redeem(LOCATION.USDAI, LOCATION.USDT, usd('10000'), fee);
	await world.refuseAll([
		['saver', 'a broken dollar turned into a good one in a batch', 'reserves.StablecoinFrozen', utility.batchAll([broken, good])],
		['saver', 'good dollars taken while the broken ones stay', 'reserves.BasketOnly', good],
		['saver', 'minting against the other dollar resumed by a saver', 'BadOrigin', reserves.setMintingStopped(LOCATION.USDT, false)],
	]);
	await mint(world, 'verifier', 1_000n, 'USDT');
	const { out, result } = await redeemFor(world, 'saver', usd('1000'));
	story.tell(`at 0.981 USDC is frozen: nobody brings it in, nobody takes the good dollars out alone; ${formatAmount(out, STABLE_DECIMALS)} USDC leave for who wants them`);
	await world.compare(result.block);
}

/** Returns the parts of a basket by symbol, of the debt in each stablecoin that is not claimed. */
function partsOf(of, amount) {
	const open = Object.entries(of).map(([symbol, { debt, claimed }]) => [symbol, debt.toBigInt() - claimed.toBigInt()]);
	const whole = open.reduce((sum, [, part]) => sum + part, 0n);
	return open.map(([symbol, part]) => [symbol, math.mulDivDown(amount, part, whole)]).filter(([, part]) => part > 0n);
}

/** Redeems a basket, and books its parts. `claims` are the symbols that cannot be paid. */
async function redeemBasket(world, role, amount, claims = []) {
	const { api, story, books } = world;
	const result = await world.send(role, api.tx.reserves.redeemBasket(amount, 0n));
	const { parentHash } = await api.rpc.chain.getHeader(result.block);
	const { of } = await proofAt(world, parentHash.toHex());
	const before = books.of(role, 'USDai');
	const told = [];
	let out = 0n;
	for (const [symbol, part] of partsOf(of, amount)) {
		if (claims.includes(symbol)) {
			books.debit(role, 'USDai', part);
			story.check(`claim on ${symbol}`, (await (await api.at(result.block)).query.reserves.claims(LOCATION[symbol], world.address[role])).unwrap().toBigInt(), part);
			told.push(`a claim of ${show(part)} on ${symbol}`);
			continue;
		}
		const units = redeemed(world, role, part, await pegFee(world, 'redemptionFee', LOCATION[symbol]), symbol);
		out += units * (WAD / USDC_UNIT);
		told.push(`${formatAmount(units, STABLE_DECIMALS)} ${symbol}`);
	}
	const event = result.find('reserves', 'BasketRedeemed');
	story.check('basket', [event.usdai.toBigInt(), event.out.toBigInt()], [before - books.of(role, 'USDai'), out]);
	await world.compare(result.block);
	return told.join(' and ');
}

async function basket(world) {
	const { api, story } = world;
	const { reserves } = api.tx;
	await world.refuseAll([
		['saver', 'a basket of less than a dollar', 'reserves.BasketTooSmall', reserves.redeemBasket(WAD - 1n, 0n)],
		['saver', 'a basket that pays less than asked for', 'reserves.TooLittleOut', reserves.redeemBasket(usd('1000'), usd('1000'))],
		['saver', 'a claim that nobody has', 'reserves.NoClaim', reserves.claimBasket(LOCATION.USDT, world.address.saver)],
	]);
	const got = await redeemBasket(world, 'saver', usd('10000'));
	story.tell(`the basket pays 10,000 USDai of Ferdie's out of all dollars, by the debt in each: ${got}`);
}

/** Freezes or thaws all USDT, as its issuer may on Asset Hub; here a referendum does. */
async function issuerFreezes(world, isFrozen) {
	const { api } = world;
	const { owner, issuer, admin, freezer, minBalance, isSufficient } = (await api.query.foreignAssets.asset(LOCATION.USDT)).unwrap();
	await world.govern('Root', [api.tx.foreignAssets.forceAssetStatus(LOCATION.USDT, owner, issuer, admin, freezer, minBalance, isSufficient, isFrozen)]);
}

async function claims(world) {
	const { api, story, books, address } = world;
	const { reserves } = api.tx;
	await issuerFreezes(world, true);
	await quote(world, usd('0.981'));
	const got = await redeemBasket(world, 'saver', usd('5000'), ['USDT']);
	const claim = (await api.query.reserves.claims(LOCATION.USDT, address.saver)).unwrap().toBigInt();
	story.tell(`the issuer of USDT freezes it: the basket pays ${got}, and is stopped by nothing`);
	await world.refuse('verifier', 'a claim paid while the issuer freezes', 'token.Frozen', reserves.claimBasket(LOCATION.USDT, address.saver));
	await issuerFreezes(world, false);
	const paid = await world.send('verifier', reserves.claimBasket(LOCATION.USDT, address.saver));
	books.credit('saver', 'USDai', claim);
	const units = redeemed(world, 'saver', claim, await pegFee(world, 'redemptionFee', LOCATION.USDT), 'USDT');
	const event = paid.find('reserves', 'ClaimPaid');
	story.check('claim paid', [event.usdai.toBigInt(), event.received.toBigInt()], [claim, units]);
	story.tell(`once it can be sent again anyone pays the claim: ${formatAmount(units, STABLE_DECIMALS)} USDT for Ferdie`);
	await world.compare(paid.block);
}

async function recovery(world) {
	const { api, story } = world;
	const { psm } = api.tx;
	const above = await quote(world, usd('0.995'));
	story.check('frozen until its dollar is back', above.of.USDC.frozen.isTrue, true);
	await world.refuse('saver', 'good dollars taken before the price is back', 'reserves.BasketOnly', psm.redeem(LOCATION.USDAI, LOCATION.USDT, usd('1000'), 1_000_000));
	const { report, of } = await quote(world, usd('0.998'));
	story.check('frozen', [of.USDC.frozen.isTrue, report.basketOnly.isTrue, report.backedAtMarket.isTrue], [false, false, true]);
	await mint(world, 'saver', 1_000n);
	const { result } = await redeemFor(world, 'saver', usd('1000'), 'USDT');
	story.tell('at 0.995 it stays frozen, at 0.998 it is a dollar again: minting and redeeming go on');
	await world.compare(result.block);
}

async function committeeStops(world) {
	const { api, story } = world;
	const { psm, reserves } = api.tx;
	const stop = await world.motion(reserves.setMintingStopped(LOCATION.USDT, true));
	const stopped = await stop();
	const { of } = await proofAt(world, stopped.block ?? (await bestBlock(api)));
	story.check('minting stopped', of.USDT.mintingStopped.isTrue, true);
	await world.refuse('verifier', 'a mint that the committee has stopped', 'reserves.MintingStopped', psm.mint(LOCATION.USDAI, LOCATION.USDT, 1_000n * USDC_UNIT, 0));
	await world.refuseCommittee('minting resumed by the committee', 'BadOrigin', reserves.setMintingStopped(LOCATION.USDT, false));
	const { result } = await redeemFor(world, 'verifier', usd('100'), 'USDT');
	story.tell('the committee stops minting against USDT for a time, and closes no door out');
	await world.compare(result.block);
}

/** Waits for a chain time, and books the work of idle blocks on the way: a node forgets the states of old blocks. */
async function waitAndFollow(world, time) {
	for (let now = await timeAt(world.api); now < time; ) {
		const head = await waitForTime(world.api, Math.min(time, now + STRETCH));
		now = head.now;
		await world.follow(head.block);
	}
}

async function silence(world) {
	const { api, story } = world;
	const { psm } = api.tx;
	const { PegSilence: usual } = (await governedValues(api)).Reserves;
	await world.govern('StableAdmin', [setValues(api, [['Reserves', 'PegSilence', SILENCE]])]);
	await quote(world, undefined);
	const heard = world.oracle.asOf({ kind: 'Price', id: USDC });
	world.silent.add(USDC);
	await waitAndFollow(world, heard + world.oracle.policy.maxAge + 6);
	await world.freshPrices();
	await world.refuse('saver', 'a mint against a dollar without a fresh price', 'reserves.StablecoinPriceStale', psm.mint(LOCATION.USDAI, LOCATION.USDC, 1_000n * USDC_UNIT, 0));
	await waitAndFollow(world, heard + SILENCE);
	await world.feed();
	await world.refuseAll([
		['saver', 'a mint against a dollar of which nothing is heard', 'reserves.StablecoinFrozen', psm.mint(LOCATION.USDAI, LOCATION.USDC, 1_000n * USDC_UNIT, 0)],
		['saver', 'good dollars taken while nothing is heard of the others', 'reserves.BasketOnly', psm.redeem(LOCATION.USDAI, LOCATION.USDT, usd('100'), 1_000_000)],
	]);
	story.tell(`an hour of silence freezes USDC too, without a call: nothing was heard of it since ${new Date(heard * 1_000).toISOString()}`);
	world.silent.delete(USDC);
	await world.feed();
	await mint(world, 'saver', 100n);
	const { result } = await redeemFor(world, 'saver', usd('100'), 'USDT');
	await world.compare(result.block);
	await world.govern('StableAdmin', [setValues(api, [['Reserves', 'PegSilence', usual.default]])]);
}

/** Steps of the chapter, in order. */
export const PEG = [
	{ title: 'The peg: two dollars stand behind USDai', run: twoDollars },
	{ title: 'The peg: one of them is a little under its dollar', run: underItsDollar },
	{ title: 'The peg: it falls, and is frozen', run: frozen },
	{ title: 'The peg: the basket pays out of all of them', run: basket },
	{ title: 'The peg: what cannot be paid is claimed', run: claims },
	{ title: 'The peg: the price comes back', run: recovery },
	{ title: 'The peg: the committee stops minting', run: committeeStops },
	{ title: 'The peg: the oracle falls silent', run: silence },
];
