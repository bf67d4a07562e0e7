// SPDX-License-Identifier: Apache-2.0
//
// Exporter: the chain's state as metrics for Prometheus, one reading of the best block, served until the next.

import { createServer } from 'node:http';
import { USDAI, SUSDAI } from '@caliber/lib/chain';
import { governedValues } from '@caliber/lib/governance';
import { CATALOGUE } from './catalogue.js';
import { big, entriesOf, loanIds, variant } from './cranks.js';
import { Metrics } from './metrics.js';

const LINE_STATES = ['Offered', 'Open', 'Breached', 'Defaulted', 'Liquidating', 'Closed'];
/** Phases of the redemption windows, by their number. */
const PHASES = ['Open', 'Reveal', 'Raising', 'Reopened', 'Settling'];
const TITLE_STATUSES = ['Attested', 'Active', 'RedemptionRequested', 'Suspended', 'Lost'];

/** Returns an amount with decimals as a floating-point number: for graphs, not for books. */
export function scaled(value, decimals = 18) {
	const amount = big(value);
	return amount === undefined ? undefined : Number(amount) / 10 ** decimals;
}

/** Returns a truth as a number; nothing where it is not known. */
const flag = (value) => (value === undefined ? undefined : value ? 1 : 0);

/** Returns the text that storage has as hex. */
const text = (hex) => (typeof hex === 'string' && hex.startsWith('0x') ? Buffer.from(hex.slice(2), 'hex').toString('utf8') : String(hex));

async function chainMetrics(metrics, api, at, header) {
	const finalized = await api.rpc.chain.getFinalizedHead();
	const finalHeader = await api.rpc.chain.getHeader(finalized);
	const seconds = async (state) => Number((await state.query.timestamp.now()).toBigInt()) / 1000;
	const now = await seconds(at);
	const number = (status, value) => metrics.set('caliber_block_number', value, { status });
	number('best', header.number.toNumber());
	number('finalized', finalHeader.number.toNumber());
	const timestamp = (status, value) => metrics.set('caliber_block_timestamp_seconds', value, { status });
	timestamp('best', now);
	timestamp('finalized', await seconds(await api.at(finalized)));
	metrics.set('caliber_finality_lag_blocks', header.number.toNumber() - finalHeader.number.toNumber());
	const version = await api.rpc.state.getRuntimeVersion();
	metrics.set('caliber_runtime_version', version.specVersion.toNumber());
	return now;
}

async function collatorMetrics(metrics, at) {
	const authorities = (await at.query.aura?.authorities?.())?.length;
	metrics.set('caliber_collators', authorities);
	metrics.set('caliber_collator_candidates', (await at.query.collatorSelection?.candidateList?.())?.length);
	metrics.set('caliber_session', (await at.query.session?.currentIndex?.())?.toNumber());
	for (const { keys: [collator], value } of await entriesOf(at.query.collatorSelection?.lastAuthoredBlock)) {
		metrics.set('caliber_collator_last_block', value, { collator });
	}
}

async function oracleMetrics(metrics, at, now) {
	const models = new Map((await entriesOf(at.query.appraisal?.models)).map(({ keys: [id], value }) => [id, text(value.name)]));
	const assets = new Map((await entriesOf(at.query.appraisal?.assets)).map(({ keys: [id], value }) => [id, text(value)]));
	if (at.call.governanceApi !== undefined) {
		const { Appraisal: values } = await governedValues(at);
		metrics.set('caliber_oracle_max_age_seconds', Number(values.MaxAge.value));
		metrics.set('caliber_oracle_min_feeders', Number(values.MinFeeders.value));
	}
	for (const { keys: [key], value } of await entriesOf(at.query.oracle?.values)) {
		if (value === null) continue;
		const [kind, id] = Object.entries(key)[0];
		const labels = { kind, id, name: (kind === 'price' ? assets : models).get(id) ?? `${id}` };
		metrics.set('caliber_oracle_value', scaled(value.value), labels);
		metrics.set('caliber_oracle_age_seconds', now - Number(BigInt(value.timestamp)) / 1000, labels);
	}
}

/** Adds the sums of the last round over the lines, as `CreditApi.book` has them; none before the first round. */
export function bookMetrics(metrics, round, now) {
	if ((round ?? null) === null) return;
	for (const [state, , outstanding] of round.byState) {
		metrics.set('caliber_book_outstanding_usd', scaled(outstanding), { state: variant(state) });
	}
	metrics.set('caliber_book_overdue_usd', scaled(round.overdue));
	metrics.set('caliber_book_coverage', scaled(round.coverage));
	metrics.set('caliber_book_debt_without_base_usd', scaled(round.debtWithoutBase));
	metrics.set('caliber_book_round_age_seconds', now - Number(big(round.ended)));
}

async function creditMetrics(metrics, at, now) {
	if (at.query.credit === undefined) return;
	bookMetrics(metrics, (await at.call.creditApi.book()).toJSON().lastRound, now);
	const counts = new Map(LINE_STATES.map((state) => [state, 0]));
	for (const { keys: [id], value: line } of await entriesOf(at.query.credit.lines)) {
		const state = variant(line.state);
		counts.set(state, (counts.get(state) ?? 0) + 1);
		if (['Offered', 'Closed'].includes(state)) continue;
		const report = (await at.call.creditApi.line(id)).toJSON();
		const metric = (name, value) => metrics.set(`caliber_line_${name}`, value, { line: id });
		metric('state', LINE_STATES.indexOf(state));
		metric('outstanding_usd', scaled(report?.outstanding ?? line.outstanding));
		metric('impairment_usd', scaled(report?.impairment));
		metric('insurance_proceeds_usd', scaled(report?.insuranceProceeds));
		metric('limit_usd', scaled(line.terms.limit));
		metric('reserve_usd', scaled(line.reserve));
		metric('required_reserve_usd', scaled(report?.requiredReserve));
		metric('base_usd', scaled(report?.base));
		metric('coverage', scaled(report?.coverage));
		metric('maintenance_coverage', scaled(line.terms.maintenanceCoverage));
		metric('dscr', scaled(report?.dscr));
		metric('titles', line.titles.length);
		let late = 0n;
		for (const loan of loanIds(id, line)) late += big((await at.call.creditApi.due(loan)).toJSON()?.lateInterest) ?? 0n;
		metric('late_interest_usd', scaled(late));
	}
	for (const [state, count] of counts) metrics.set('caliber_lines', count, { state });
	metrics.set('caliber_auctions', (await at.query.credit.auctions?.keys())?.length);
	metrics.set('caliber_credit_unclaimed_payouts_usd', scaled((await at.query.credit.totals?.())?.toJSON().unclaimedPayouts));
}

/** Returns the status of a title at a time: a suspension lies beside it, and one by the committee ends by itself. */
export function titleStatus({ status, suspended }, now) {
	const stopped = suspended?.value === true || (suspended?.brake?.value === true && now < Number(suspended.brake.until));
	return stopped && variant(status) === 'Active' ? 'Suspended' : variant(status);
}

async function titleMetrics(metrics, at, now) {
	if (at.query.titles === undefined) return;
	const counts = new Map(TITLE_STATUSES.map((status) => [status, 0]));
	for (const { value } of await entriesOf(at.query.titles.titles)) {
		const status = titleStatus(value, now);
		counts.set(status, (counts.get(status) ?? 0) + 1);
	}
	for (const [status, count] of counts) metrics.set('caliber_titles', count, { status });
}

async function vaultMetrics(metrics, at, now) {
	if (at.query.vault === undefined) return;
	const nav = (await at.call.vaultApi.nav()).toJSON();
	const part = (name, value) => metrics.set('caliber_vault_assets_usd', scaled(value), { part: name });
	part('idle', nav.idle);
	part('treasury_bills', nav.treasuryBills);
	part('principal_out', nav.principalOut);
	part('accrued_interest', nav.accruedInterest);
	part('claimable', nav.claimable);
	metrics.set('caliber_vault_impairment_usd', scaled(nav.impairment));
	metrics.set('caliber_vault_locked_usd', scaled(nav.locked));
	metrics.set('caliber_vault_suspended_usd', scaled(nav.suspended));
	metrics.set('caliber_vault_bill_fee_usd', scaled(nav.billFee));
	for (const [source, total] of nav.income ?? []) metrics.set('caliber_vault_income_usd', scaled(total), { source });
	metrics.set('caliber_vault_nav_usd', scaled(nav.forDeposits), { side: 'deposit' });
	metrics.set('caliber_vault_nav_usd', scaled(nav.forRedemptions), { side: 'redemption' });
	metrics.set('caliber_vault_shares', scaled(nav.shares));
	metrics.set('caliber_vault_price_usd', scaled(nav.depositPrice), { side: 'deposit' });
	metrics.set('caliber_vault_price_usd', scaled(nav.redemptionPrice), { side: 'redemption' });
	metrics.set('caliber_vault_bad_debt_usd', scaled(nav.badDebt ?? (await at.query.vault.ledger()).toJSON().badDebt));
	const apr = (period, value) => metrics.set('caliber_vault_apr', scaled(value), { period });
	apr('7d', nav.apr?.realised7);
	apr('30d', nav.apr?.realised30);
	apr('90d', nav.apr?.realised90);
	apr('forward', nav.apr?.forward);
	apr('target', nav.apr?.target);
	const window = (await at.call.vaultApi.window()).toJSON();
	metrics.set('caliber_vault_queued_shares', scaled(window.queuedShares));
	metrics.set('caliber_vault_window', window.current);
	metrics.set('caliber_vault_window_closes_in_seconds', Number(big(window.closesAt)) - now);
	metrics.set('caliber_vault_settling', window.settling === null ? 0 : 1);
	metrics.set('caliber_vault_phase', window.phase === undefined ? undefined : PHASES.indexOf(variant(window.phase)));
	metrics.set('caliber_vault_awaited_usd', scaled(window.awaited?.money));
	metrics.set('caliber_vault_settlement_due', (window.due ?? null) === null ? 0 : 1);
}

async function reserveMetrics(metrics, at) {
	if (at.call.reservesApi === undefined) return;
	const proof = (await at.call.reservesApi.proofOfReserves()).toJSON();
	metrics.set('caliber_usdai_supply', scaled(proof.supply));
	metrics.set('caliber_usdai_debt', scaled(proof.debt));
	metrics.set('caliber_reserves_backed', proof.backed ? 1 : 0);
	for (const reserve of proof.reserves) {
		const asset = text(reserve.symbol);
		const metric = (name, value) => metrics.set(`caliber_reserve_${name}`, value, { asset });
		metric('balance_usd', scaled(reserve.balanceUsd));
		metric('debt_usd', scaled(reserve.debt));
		metric('price_usd', scaled(reserve.price));
		metric('market_value_usd', scaled(reserve.marketValue));
		metric('frozen', flag(reserve.frozen));
		metric('minting_stopped', flag(reserve.mintingStopped));
		metric('inflow_room_usd', scaled(reserve.inflowRoom));
	}
	metrics.set('caliber_reserves_backed_at_market', flag(proof.backedAtMarket));
	metrics.set('caliber_reserves_basket_only', flag(proof.basketOnly));
	metrics.set('caliber_reserves_claimed_usd', scaled(proof.claimed));
	for (const offer of (await at.call.reservesApi.offers?.())?.toJSON() ?? []) {
		const side = variant(offer.side).toLowerCase();
		metrics.set('caliber_bill_offer_usd', scaled(offer.amount), { side });
		metrics.set('caliber_bill_offer_price_usd', scaled(offer.price), { side });
	}
	metrics.set('caliber_mint_limit_room_usd', scaled(proof.mintRateLimit?.room));
	if (proof.bills) {
		metrics.set('caliber_bills_value_usd', scaled(proof.bills.value));
		metrics.set('caliber_bills_stale', proof.bills.stale ? 1 : 0);
		metrics.set('caliber_buffer_usd', scaled(proof.bills.idle), { kind: 'idle' });
		metrics.set('caliber_buffer_usd', scaled(proof.bills.target), { kind: 'target' });
	}
	for (const [asset, id] of [['USDai', USDAI], ['sUSDai', SUSDAI]]) {
		const record = (await at.query.assets.asset(id)).toJSON();
		metrics.set('caliber_asset_holders', record?.accounts, { asset });
	}
}

/** Adds the metrics of the keeper itself. */
export function keeperMetrics(metrics, tally) {
	if (tally === undefined) return metrics;
	metrics.set('caliber_keeper_rounds_total', tally.rounds);
	metrics.set('caliber_keeper_failed_rounds_total', tally.failedRounds);
	metrics.set('caliber_keeper_last_round_timestamp_seconds', tally.lastRound);
	metrics.set('caliber_keeper_balance_clbr', scaled(tally.balance, 12));
	for (const { call, outcome, count } of tally.calls.values()) {
		metrics.set('caliber_keeper_calls_total', count, { call, outcome });
	}
	return metrics;
}

/** Areas of the chain, each read on its own: a failure in one is reported and leaves the others. */
const AREAS = {
	collators: collatorMetrics,
	oracle: oracleMetrics,
	credit: creditMetrics,
	titles: titleMetrics,
	vault: vaultMetrics,
	reserves: reserveMetrics,
};

/**
 * Returns the metrics of the best block.
 *
 * @param {import('@polkadot/api').ApiPromise} api
 * @param {(area: string, error: Error) => void} [onError]
 */
export async function readMetrics(api, onError = () => {}) {
	const metrics = new Metrics(CATALOGUE);
	const header = await api.rpc.chain.getHeader();
	const at = await api.at(header.hash);
	const now = await chainMetrics(metrics, api, at, header);
	for (const [area, read] of Object.entries(AREAS)) {
		let failed = 0;
		await read(metrics, at, now).catch((error) => {
			failed = 1;
			onError(area, error);
		});
		metrics.set('caliber_exporter_failed', failed, { area });
	}
	return metrics;
}

/**
 * Server of /metrics and /health: the last reading and its age. A scrape costs the node nothing.
 */
export class Exporter {
	#reading = new Metrics(CATALOGUE);
	#read = 0;
	#server;

	/** @param {{ tally?: import('./runner.js').Tally, patience?: number }} [options] seconds until a reading is too old */
	constructor({ tally, patience = 120 } = {}) {
		Object.assign(this, { tally, patience });
	}

	/** Replaces the reading that is served. */
	update(metrics) {
		this.#reading = metrics;
		this.#read = Date.now() / 1000;
	}

	get age() {
		return Date.now() / 1000 - this.#read;
	}

	/** Returns the text of /metrics. */
	text() {
		const own = new Metrics(CATALOGUE);
		own.set('caliber_exporter_reading_age_seconds', this.#read === 0 ? Infinity : this.age);
		own.set('caliber_exporter_up', this.age <= this.patience ? 1 : 0);
		keeperMetrics(own, this.tally);
		const chain = this.#read === 0 ? '' : this.#reading.text();
		return `${own.text()}${chain}`;
	}

	/** Starts to listen. Returns the port. */
	listen(port, host) {
		this.#server = createServer((request, response) => {
			const path = (request.url ?? '').split('?')[0];
			if (request.method !== 'GET' || !['/metrics', '/health'].includes(path)) {
				response.writeHead(404, { 'content-type': 'text/plain' }).end('try /metrics or /health\n');
			} else if (path === '/metrics') {
				response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(this.text());
			} else {
				const well = this.age <= this.patience;
				response.writeHead(well ? 200 : 503, { 'content-type': 'text/plain' }).end(well ? 'ok\n' : 'no metrics from the node\n');
			}
		});
		return new Promise((resolve, reject) => {
			this.#server.once('error', reject);
			this.#server.listen(port, host, () => resolve(this.#server.address().port));
		});
	}

	close() {
		return new Promise((resolve) => {
			if (this.#server === undefined) resolve();
			else this.#server.close(() => resolve());
			this.#server?.closeAllConnections?.();
		});
	}
}
