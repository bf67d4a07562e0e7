// SPDX-License-Identifier: Apache-2.0
//
// Calls that the chain has to refuse, by the step of the life and the name of the error. None of them may
// change any state but the fee of its caller.

import { bestBlock, LOCATION, timeAt, usd, USDAI, waitForTime, WAD } from '@caliber/lib';
import { evidenceOf, newDevice } from './lines.js';
import { MODEL } from './world.js';

/** Returns a stablecoin that charges a fee, with the call and the rate of the fee; undefined without one. */
async function chargingStablecoin(api) {
	for (const symbol of ['USDC', 'USDT', 'PYUSD']) {
		for (const [item, call] of [['mintingFee', 'mint'], ['redemptionFee', 'redeem']]) {
			const rate = (await api.query.psm[item](LOCATION.USDAI, LOCATION[symbol])).toNumber();
			if (rate > 0) return { symbol, call, rate };
		}
	}
	return undefined;
}

/** Refusals by the id of the step that they follow. */
export const REFUSALS = {
	dollars: async (world) => {
		const { api, story } = world;
		const { psm } = api.tx;
		const charging = await chargingStablecoin(api);
		const refusals = [
			['saver', 'a mint against an asset that is no dollar', 'psm.UnsupportedAsset', psm.mint(LOCATION.USDAI, LOCATION.TBILL, usd('1000'), 1_000_000)],
			['saver', 'minting USDai past the peg', 'assets.NoPermission', api.tx.assets.mint(USDAI, world.address.saver, WAD)],
		];
		if (charging === undefined) story.tell('no stablecoin charges a fee here: max_fee cannot be too low');
		else {
			const { symbol, call, rate } = charging;
			const amount = call === 'mint' ? 1_000n * 1_000_000n : 1_000n * WAD;
			const what = `a ${call} of ${symbol} that accepts less than the fee of ${rate / 10_000} %`;
			refusals.unshift(['saver', what, 'psm.FeeTooHigh', psm[call](LOCATION.USDAI, LOCATION[symbol], amount, rate - 1)]);
		}
		await world.refuseAll(refusals);
	},

	savers: async (world) => {
		const { vault } = world.api.tx;
		await world.refuseAll([
			['saver', 'a deposit of less than a dollar', 'vault.BelowMinimumDeposit', vault.deposit(WAD - 1n, 0)],
			['saver', 'a deposit that buys fewer shares than asked for', 'vault.TooFewShares', vault.deposit(WAD, 2n * WAD)],
			['saver', 'shares that cost more than accepted', 'vault.TooManyAssets', vault.mint(10n * WAD, 9n * WAD)],
			['saver', 'pausing the deposits', 'BadOrigin', vault.setDepositsPaused(true)],
		]);
	},

	prices: async (world) => {
		const { api } = world;
		const rental = { Rental: MODEL };
		await world.refuse('borrower', 'a price from somebody who is no operator', 'appraisal.NotOperator', api.tx.appraisal.feed([[rental, usd('100')]]));
		const feeds = [
			['a price of zero', 'appraisal.ZeroPrice', [[rental, 0n]]],
			['a price of an unknown model', 'appraisal.UnknownKey', [[{ Rental: 999 }, usd('1')]]],
			['a price of an unknown asset', 'appraisal.UnknownKey', [[{ Price: 999 }, usd('1')]]],
			['a price above a billion dollars', 'appraisal.ValueTooHigh', [[rental, usd('1000000000') + 1n]]],
			['the highest number there is', 'appraisal.ValueTooHigh', [[rental, 2n ** 128n - 1n]]],
			['more than every hour rented', 'appraisal.ValueTooHigh', [[{ Utilisation: MODEL }, WAD + 1n]]],
			['two prices for one thing', 'appraisal.DuplicateKey', [[rental, usd('2')], [rental, usd('3')]]],
			['a feed without a value', 'appraisal.NoValues', []],
		];
		await world.refuseAll(feeds.map(([what, name, values]) => ['operator', what, name, api.tx.appraisal.feed(values)]));
		await world.refuse('operator', 'feeding the oracle directly', 'system.CallFiltered', api.tx.oracle.feedValues([[rental, usd('2')]]));
	},

	attest: async (world) => {
		const { api, title, spec, address } = world;
		const { titles } = api.tx;
		const attest = (change) => titles.attest(address.borrower, { ...spec, devices: [newDevice(world)], ...change });
		const device = newDevice(world);
		const now = await timeAt(api);
		const [receipt] = spec.documents;
		const evidence = await evidenceOf(world, title);
		const custodianVerifies = (await api.query.titles.parties('Verifier', address.custodian)).isSome;
		await world.refuseAll([
			['custodian', 'a confirmation by the custodian that attested the title', custodianVerifies ? 'titles.VerifierIsCustodian' : 'titles.UnknownParty', titles.confirm(title, evidence)],
			['borrower', 'a confirmation by the owner of the title', 'titles.UnknownParty', titles.confirm(title, evidence)],
			['verifier', 'a confirmation of something else', 'titles.EvidenceChanged', titles.confirm(title, world.newHash('evidence'))],
			['borrower', 'an attestation by somebody who is no custodian', 'titles.UnknownParty', attest({})],
			['custodian', 'one device twice in a title', 'titles.DuplicateDevice', attest({ devices: [device, device] })],
			['custodian', 'a title without a machine', 'titles.NoDevices', attest({ devices: [] })],
			['custodian', 'machines of its own', 'titles.NotIndependent', titles.attest(address.custodian, { ...spec, devices: [device] })],
			['custodian', 'a model that nobody listed', 'titles.ModelNotListed', attest({ model: 999 })],
			['custodian', 'a GPU as a power station', 'titles.WrongClass', attest({ class: 'Power' })],
			['custodian', 'a machine from the future', 'titles.CommissionedInFuture', attest({ commissionedAt: now + 86_400 })],
			['custodian', 'a machine from before its model', 'titles.CommissionedBeforeRelease', attest({ commissionedAt: 1_000_000_000 })],
			['custodian', 'one paper twice', 'titles.DuplicateDocument', attest({ documents: [spec.documents[0], spec.documents[0]] })],
			['custodian', 'a paper of tomorrow', 'titles.DatedInFuture', attest({ documents: [{ ...receipt, dated: now + 86_400 }] })],
			['custodian', 'a paper dated in milliseconds', 'titles.DatedInFuture', attest({ documents: [{ ...receipt, dated: now * 1_000 }] })],
		]);
	},

	confirm: async (world) => {
		const { api, title } = world;
		await world.refuseAll([
			['verifier', 'a second confirmation', 'titles.NotAttested', api.tx.titles.confirm(title, await evidenceOf(world, title))],
			['curator', 'a transfer of what belongs to another', 'nfts.NoPermission', api.tx.nfts.transfer(world.collection, title, world.address.curator)],
			['borrower', 'burning the NFT of a machine', 'system.CallFiltered', api.tx.nfts.burn(world.collection, title)],
		]);
	},

	offer: async (world) => {
		const { api, line, title } = world;
		const { credit } = api.tx;
		const soon = (await timeAt(api)) + 86_400;
		const { chain } = line.terms;
		const offer = (change, loan) => credit.offerLine(world.address.borrower, { ...chain, ...change, loan: { ...chain.loan, ...loan } }, soon);
		await world.refuseAll([
			['saver', 'an offer accepted by somebody else', 'credit.NotBorrower', credit.acceptLine(line.id, line.termsHash, [title])],
			['borrower', 'consent to other terms', 'credit.TermsMismatch', credit.acceptLine(line.id, world.newHash('terms'), [title])],
			['borrower', 'a line without a title', 'credit.NoTitles', credit.acceptLine(line.id, line.termsHash, [])],
			['borrower', 'a line offered by somebody who is no curator', 'credit.NotCurator', credit.offerLine(world.address.saver, chain, soon)],
			['saver', 'an offer taken back by somebody else', 'credit.OfferStanding', credit.withdrawOffer(line.id)],
			['curator', 'an advance rate of 90 %', 'credit.AdvanceRateTooHigh', offer({ advanceRate: 900_000_000 })],
			['curator', 'a first loss of 1 %', 'credit.FirstLossTooLow', offer({}, { firstLoss: 10_000_000 })],
			['curator', 'a rate of 101 %', 'credit.AprTooHigh', offer({}, { seniorApr: usd('1.01') })],
			['curator', 'coverage below one', 'credit.MaintenanceCoverageTooLow', offer({ maintenanceCoverage: usd('0.99') })],
			['curator', 'an offer that expires in milliseconds', 'credit.TimeTooFar', credit.offerLine(world.address.borrower, chain, soon * 1_000)],
			['curator', 'an availability in milliseconds', 'credit.TimeTooFar', offer({ availabilityEnd: chain.availabilityEnd * 1_000 })],
			['curator', 'a loan of one block', 'credit.TermTooShort', offer({}, { calendar: { Every: { seconds: 6, periods: 1 } } })],
			['curator', 'payment periods of five seconds', 'credit.InvalidCalendar', offer({}, { calendar: { Every: { seconds: 5, periods: 3 } } })],
			['curator', 'more than the capacity of the curator', 'credit.CapacityExceeded', offer({ limit: usd('60000000') })],
		]);
	},

	accept: async (world) => {
		const { api, line, title, plan, address } = world;
		const { credit, nfts, titles } = api.tx;
		await world.refuseAll([
			['borrower', 'a transfer of the pledged title', 'nfts.ItemLocked', nfts.transfer(world.collection, title, address.offtaker)],
			['borrower', 'the machine asked for while pledged', 'titles.Encumbered', titles.requestRedemption(title)],
			['borrower', 'a second acceptance', 'credit.NotOnOffer', credit.acceptLine(line.id, line.termsHash, [title])],
			['curator', 'an accepted offer taken back', 'credit.NotOnOffer', credit.withdrawOffer(line.id)],
			['curator', 'a line closed on which the borrower may still draw', 'credit.StillAvailable', credit.closeLine(line.id)],
			['saver', 'a draw by somebody else', 'credit.NotBorrower', credit.draw(line.id, plan.draw)],
			['borrower', 'a draw above the borrowing base', 'credit.InsufficientCoverage', credit.draw(line.id, plan.limit - usd('1000'))],
			['borrower', 'a draw above the limit', 'credit.LimitExceeded', credit.draw(line.id, plan.limit + 1n)],
			['borrower', 'a draw of a dollar', 'credit.DrawTooSmall', credit.draw(line.id, WAD)],
			['borrower', 'new terms that nobody offers', 'credit.NoTermsOffered', credit.acceptTerms(line.id, line.termsHash)],
			['verifier', 'a breach of a line that owes nothing', 'credit.NothingOwed', credit.declareBreach(line.id)],
		]);
	},

	first: async (world) => {
		const { api, line, loanId } = world;
		const { credit } = api.tx;
		await world.refuseAll([
			['borrower', 'a repayment of nothing', 'credit.ZeroAmount', credit.repay(loanId, 0)],
			['borrower', 'a repayment of no loan', 'credit.UnknownLoan', credit.repay({ ...loanId, number: loanId.number + 1_000 }, WAD)],
			['borrower', 'closing a line with a loan', 'credit.LoansOutstanding', credit.closeLine(line.id)],
			['curator', 'the reserve taken by the curator', 'credit.NotBorrower', credit.withdrawReserve(line.id, WAD)],
			['borrower', 'the reserve taken while the loan needs it', 'credit.ReserveRequired', credit.withdrawReserve(line.id, line.reserve)],
			['borrower', 'a payoff for less than it costs', 'credit.PayoffAboveMaximum', credit.payoff(loanId, WAD)],
			['borrower', 'the only title taken out', 'credit.NoTitles', credit.swapTitles(line.id, line.titles, [])],
			['verifier', 'collecting before the due date', 'credit.NothingDue', credit.collect(loanId)],
			['verifier', 'a default of a loan that is current', 'credit.GracePeriodRunning', credit.declareDefault(loanId)],
			['verifier', 'a breach where every covenant holds', 'credit.NotInBreach', credit.declareBreach(line.id)],
		]);
	},

	late: async (world) => {
		const { api, line, loan, loanId } = world;
		const dueDate = loan.dueDates[loan.nextPeriod - 1];
		// Past the due date another installment is due. Any amount is taken but none.
		await waitForTime(api, dueDate + 6);
		await world.refuse('borrower', 'a payment of nothing', 'credit.ZeroAmount', api.tx.credit.repay(loanId, 0n));
		await waitForTime(api, loan.dueDates[loan.nextPeriod] + 6);
		await world.refuseAll([
			['borrower', 'a draw while a payment is overdue', 'credit.PaymentOverdue', api.tx.credit.draw(line.id, usd('5000'))],
			['verifier', 'collecting from a reserve that is empty', 'credit.ReserveTooLow', api.tx.credit.collect(loanId)],
			['verifier', 'a default within the grace period', 'credit.GracePeriodRunning', api.tx.credit.declareDefault(loanId)],
		]);
		await world.follow(await bestBlock(api));
	},

	request: async (world) => {
		const { request } = world;
		const { vault } = world.api.tx;
		await world.refuseAll([
			['curator', "cancelling another's request", 'vault.NotRequestOwner', vault.cancelRequest(request.id)],
			['curator', "claiming another's request", 'vault.NotRequestOwner', vault.claim(request.id, null)],
			['saver', 'a claim before the settlement', 'vault.NothingToClaim', vault.claim(request.id, null)],
			['verifier', 'a step of no settlement', 'vault.NoSettlement', vault.settle(1)],
			['verifier', 'a settlement of no requests at a time', 'vault.NoSteps', vault.settle(0)],
			['curator', 'a request of less than a share', 'vault.BelowMinimumRequest', vault.requestRedemption(1, null)],
		]);
	},
};
