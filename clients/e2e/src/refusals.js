// SPDX-License-Identifier: Apache-2.0
//
// What the chain has to refuse, by which name, at which point of the life. None of it may change any
// state but the fee of its caller.

import { LOCATION, timeAt, usd, USDAI, waitForTime, WAD } from '@caliber/lib';
import { MODEL } from './world.js';

/** A rate that nobody takes less than, and the stablecoin that charges more. */
async function chargingStablecoin(api) {
	for (const symbol of ['USDC', 'USDT', 'PYUSD']) {
		for (const [item, call] of [['mintingFee', 'mint'], ['redemptionFee', 'redeem']]) {
			const rate = (await api.query.psm[item](LOCATION.USDAI, LOCATION[symbol])).toNumber();
			if (rate > 0) return { symbol, call, rate };
		}
	}
	return undefined;
}

export const REFUSALS = {
	dollars: async (world) => {
		const { api, story } = world;
		const { psm } = api.tx;
		const charging = await chargingStablecoin(api);
		if (charging === undefined) story.tell('no stablecoin charges a fee here: max_fee cannot be too low');
		else {
			const { symbol, call, rate } = charging;
			const amount = call === 'mint' ? 1_000n * 1_000_000n : 1_000n * WAD;
			await world.refuse(
				'saver',
				`a ${call} of ${symbol} that accepts less than the fee of ${rate / 10_000} %`,
				'psm.FeeTooHigh',
				psm[call](LOCATION.USDAI, LOCATION[symbol], amount, rate - 1),
			);
		}
		await world.refuse('saver', 'a mint against an asset that is no dollar', 'psm.UnsupportedAsset', psm.mint(LOCATION.USDAI, LOCATION.TBILL, usd('1000'), 1_000_000));
		await world.refuse('saver', 'minting USDai past the peg', 'assets.NoPermission', api.tx.assets.mint(USDAI, world.address.saver, WAD));
	},

	prices: async (world) => {
		const { api } = world;
		const { appraisal } = api.tx;
		const rental = { Rental: MODEL };
		await world.refuse('borrower', 'a price from somebody who is no operator', 'appraisal.NotOperator', appraisal.feed([[rental, usd('100')]]));
		const refuse = (what, name, values) => world.refuseOperator(what, name, appraisal.feed(values));
		await refuse('a price of zero', 'appraisal.ZeroPrice', [[rental, 0n]]);
		await refuse('a price of an unknown model', 'appraisal.UnknownKey', [[{ Rental: 999 }, usd('1')]]);
		await refuse('a price of an unknown asset', 'appraisal.UnknownKey', [[{ Price: 999 }, usd('1')]]);
		await refuse('a price above a billion dollars', 'appraisal.ValueTooHigh', [[rental, usd('1000000000') + 1n]]);
		await refuse('the highest number there is', 'appraisal.ValueTooHigh', [[rental, 2n ** 128n - 1n]]);
		await refuse('more than every hour rented', 'appraisal.ValueTooHigh', [[{ Utilisation: MODEL }, WAD + 1n]]);
		await refuse('two prices for one thing', 'appraisal.DuplicateKey', [[rental, usd('2')], [rental, usd('3')]]);
		await world.refuseOperator('feeding the oracle directly', 'system.CallFiltered', api.tx.oracle.feedValues([[rental, usd('2')]]));
	},

	attest: async (world) => {
		const { api, title, spec, address } = world;
		const { titles } = api.tx;
		const attest = (change) => titles.attest(address.borrower, { ...spec, serials: [world.newHash('serial')], ...change });
		const serial = world.newHash('serial');
		const custodianVerifies = (await api.query.titles.verifiers(address.custodian)).isSome;
		await world.refuse(
			'custodian',
			'a custodian who confirms what he attested',
			custodianVerifies ? 'titles.VerifierIsCustodian' : 'titles.NotVerifier',
			titles.confirm(title),
		);
		await world.refuse('borrower', 'an owner who confirms his own title', 'titles.NotVerifier', titles.confirm(title));
		await world.refuse('borrower', 'an attestation by somebody who is no custodian', 'titles.NotCustodian', attest({}));
		await world.refuse('custodian', 'one serial twice in a title', 'titles.DuplicateSerial', attest({ serials: [serial, serial] }));
		await world.refuse('custodian', 'a serial of a title that lives', 'titles.SerialTaken', attest({ serials: [world.serials[0]] }));
		await world.refuse('custodian', 'a title without a machine', 'titles.NoSerials', attest({ serials: [] }));
		await world.refuse('custodian', 'a model that nobody listed', 'titles.ModelNotListed', attest({ model: 999 }));
		await world.refuse('custodian', 'a machine from the future', 'titles.CommissionedInFuture', attest({ commissionedAt: (await timeAt(api)) + 86_400 }));
	},

	confirm: async (world) => {
		const { api, title } = world;
		await world.refuse('verifier', 'a second confirmation', 'titles.NotAttested', api.tx.titles.confirm(title));
		await world.refuse('curator', 'a transfer of what belongs to another', 'nfts.NoPermission', api.tx.nfts.transfer(world.collection, title, world.address.curator));
		await world.refuse('borrower', 'burning the NFT of a machine', 'system.CallFiltered', api.tx.nfts.burn(world.collection, title));
	},

	offer: async (world) => {
		const { api, line, title, termsHash } = world;
		const { credit } = api.tx;
		await world.refuse('saver', 'an offer accepted by somebody else', 'credit.NotBorrower', credit.acceptLine(line, termsHash, [title]));
		await world.refuse('borrower', 'consent to other terms', 'credit.TermsMismatch', credit.acceptLine(line, world.newHash('terms'), [title]));
		await world.refuse('borrower', 'a line without a title', 'credit.NoTitles', credit.acceptLine(line, termsHash, []));
		await world.refuse('borrower', 'a line offered by somebody who is no curator', 'credit.NotCurator', credit.offerLine(world.address.saver, world.terms.chain, (await timeAt(api)) + 86_400));
	},

	accept: async (world) => {
		const { api, line, title } = world;
		const { credit, nfts } = api.tx;
		await world.refuse('borrower', 'a transfer of the pledged title', 'nfts.ItemLocked', nfts.transfer(world.collection, title, world.address.offtaker));
		await world.refuse('borrower', 'a second acceptance', 'credit.NotOnOffer', credit.acceptLine(line, world.termsHash, [title]));
		await world.refuse('saver', 'a draw by somebody else', 'credit.NotBorrower', credit.draw(line, world.plan.draw));
		await world.refuse('borrower', 'a draw above the borrowing base', 'credit.InsufficientCoverage', credit.draw(line, world.plan.limit - usd('1000')));
		await world.refuse('borrower', 'a draw above the limit', 'credit.LimitExceeded', credit.draw(line, world.plan.limit + 1n));
		await world.refuse('borrower', 'a draw of a dollar', 'credit.DrawTooSmall', credit.draw(line, WAD));
	},

	first: async (world) => {
		const { api, line, loanId } = world;
		const { credit } = api.tx;
		await world.refuse('borrower', 'a repayment of nothing', 'credit.ZeroAmount', credit.repay(loanId, 0));
		await world.refuse('borrower', 'a repayment of no loan', 'credit.UnknownLoan', credit.repay(loanId + 1_000, WAD));
		await world.refuse('borrower', 'closing a line with a loan', 'credit.LoansOutstanding', credit.closeLine(line));
		await world.refuse('curator', 'the reserve taken by the curator', 'credit.NotBorrower', credit.withdrawReserve(line, WAD));
		await world.refuse('borrower', 'the reserve taken while the loan needs it', 'credit.ReserveRequired', credit.withdrawReserve(line, world.reserve));
		await world.refuse('borrower', 'a payoff for less than it costs', 'credit.PayoffAboveMaximum', credit.payoff(loanId, WAD));
	},

	late: async (world) => {
		const { api, line, loan, loanId, oracle } = world;
		const next = loan.deadlines[loan.next - 1];
		// Past the deadline another installment is due, and less than it pays for nothing.
		await waitForTime(api, next + 6);
		await world.refuse('borrower', 'less than the installment that is due', 'credit.BelowInstallment', api.tx.credit.repay(loanId, WAD));
		const asOf = Math.min(...['Resale', 'Rental', 'Utilisation'].map((kind) => oracle.asOf({ kind, id: MODEL })));
		await waitForTime(api, asOf + oracle.policy.maxAge + 6);
		await world.refuse('borrower', 'a draw on prices that are too old', 'credit.PriceStale', api.tx.credit.draw(line, usd('5000')));
		const report = (await api.call.creditApi.line(line)).unwrap();
		world.story.check('borrowing base without prices', report.base.isNone, true);
		world.story.tell('without fresh prices nothing can be drawn; repaying goes on');
	},

	request: async (world) => {
		const { api, request } = world;
		const { vault } = api.tx;
		await world.refuse('curator', "cancelling another's request", 'vault.NotRequestOwner', vault.cancelRequest(request));
		await world.refuse('curator', "claiming another's request", 'vault.NotRequestOwner', vault.claim(request));
		await world.refuse('saver', 'a claim before the settlement', 'vault.NothingToClaim', vault.claim(request));
		await world.refuse('verifier', 'a step of no settlement', 'vault.NoSettlement', vault.settle(1));
		await world.refuse('curator', 'a request of less than a share', 'vault.BelowMinimumRequest', vault.requestRedemption(1));
	},
};
