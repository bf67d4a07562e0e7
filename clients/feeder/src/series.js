// SPDX-License-Identifier: Apache-2.0
//
// Recorded prices as rounds of the feeder: one round a day of data, in order.

import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { parseAmount } from '@caliber/lib/amounts';

/** Data folder of this repository. */
export const DATA_FOLDER = fileURLToPath(new URL('../../../data/', import.meta.url));

/** Series of daily rental prices: file, column of the price, and filter of the rows. */
export const RENTAL_SERIES = {
	primeintellect: {
		file: 'rental_primeintellect_daily_2025q4.csv',
		price: 'median_of_medians_usd_h',
		counts: () => true,
	},
	gpurentalprices: {
		file: 'rental_gpurentalprices_daily_2026.csv',
		price: 'median_usd_h',
		counts: (row) => row.kind === 'firm',
	},
};
const RESALE_FILE = 'resale_points.csv';
const UTILISATION_FILE = 'utilisation_points.csv';
const USDC_FILE = 'usdc_usd_chainlink_rounds_2022_2023.csv';
const BILLS_FILE = 'tbill_3m_daily.csv';
/** Id of USDC among the oracle's priced assets. */
export const USDC = 1;
/** Ids of the stablecoins of the peg among them: USDC, USDT, PYUSD. */
export const STABLECOINS = [USDC, 2, 3];
/** Id of the Treasury-bill token among them. */
export const TBILL = 10;

/**
 * @typedef {{ kind: 'Resale' | 'Rental' | 'Utilisation' | 'Price', id: number }} Key an oracle key
 * @typedef {{ key: Key, value: bigint, from: string }} Entry a value, and the row it is from
 * @typedef {{ date: string, entries: Entry[] }} Round
 */

/** Returns the price in a text. The error of a failure names the row. */
function price(text, from) {
	let value;
	try {
		value = parseAmount(text);
	} catch (error) {
		throw new Error(`${from}: ${error.message}`);
	}
	if (value === 0n) throw new Error(`${from}: a price of zero is never fed; correct the file or leave the row out`);
	return value;
}

/**
 * Returns the daily rental prices of some models.
 *
 * @param {Record<string, string>[]} rows of the series' file
 * @param {keyof typeof RENTAL_SERIES} series
 * @param {{ id: number, feeds: Record<string, string | null> }[]} models
 * @returns {Map<string, Entry[]>} by date; rows with an empty price are unknown and left out
 */
export function rentalByDay(rows, series, models) {
	const { file, price: column, counts } = RENTAL_SERIES[series];
	const ids = new Map(models.filter((model) => model.feeds[series]).map((model) => [model.feeds[series], model.id]));
	const days = new Map();
	rows.forEach((row, index) => {
		const id = ids.get(row.gpu);
		if (id === undefined || !counts(row) || row[column] === '') return;
		const from = `${file} row ${index + 1}`;
		if (!/^\d{4}-\d\d-\d\d$/.test(row.date)) throw new Error(`${from}: "${row.date}" is not a date`);
		const entries = days.get(row.date) ?? [];
		entries.push({ key: { kind: 'Rental', id }, value: price(row[column], from), from });
		days.set(row.date, entries);
	});
	return days;
}

/** Returns the resale prices: the low end of a source's range, or its one figure. */
export function resalePoints(rows, models) {
	return models.flatMap(({ id, name, feeds: { resale } }) => {
		if (!resale) return [];
		const index = rows.findIndex((row) => row.model === resale.model && row.as_of === resale.asOf);
		if (index === -1) throw new Error(`${RESALE_FILE}: no row for ${name} (${resale.model}, ${resale.asOf})`);
		const from = `${RESALE_FILE} row ${index + 1}`;
		return [{ key: { kind: 'Resale', id }, value: price(rows[index].point_usd || rows[index].low_usd, from), from }];
	});
}

/** Returns the shares of hours rented, 18 decimals. */
export function utilisationPoints(rows, models) {
	return models.flatMap(({ id, name, feeds: { utilisation } }) => {
		if (!utilisation) return [];
		const index = rows.findIndex((row) => row.scope === utilisation && row.metric === 'gpu_occupancy_share');
		if (index === -1) throw new Error(`${UTILISATION_FILE}: no row for ${name} (${utilisation})`);
		const from = `${UTILISATION_FILE} row ${index + 1}`;
		const value = parseAmount(rows[index].value);
		if (value > 10n ** 18n) throw new Error(`${from}: a share of ${rows[index].value} is more than the whole`);
		return [{ key: { kind: 'Utilisation', id }, value, from }];
	});
}

/** Returns the prices of USDC, in the order of the recorded rounds. */
export function usdcPrices(rows) {
	return rows.map((row, index) => {
		const from = `${USDC_FILE} row ${index + 1}`;
		return { key: { kind: 'Price', id: USDC }, value: price(row.usdc_usd, from), from };
	});
}

/**
 * Returns the price of a Treasury-bill token by day: a dollar on the first day, then each day more by a 365th
 * of the yield recorded the day before. On days without a yield the last one holds.
 *
 * @returns {Map<string, { value: bigint, from: string }>} in the order of the days
 */
export function billPrices(rows) {
	const DAY = 86_400_000;
	const prices = new Map();
	let value = 10n ** 18n;
	let rate = 0n;
	let next;
	rows.forEach((row, index) => {
		const from = `${BILLS_FILE} row ${index + 1}`;
		const at = Date.parse(`${row.date}T00:00:00Z`);
		if (!/^\d{4}-\d\d-\d\d$/.test(row.date) || Number.isNaN(at)) throw new Error(`${from}: "${row.date}" is not a date`);
		for (; next !== undefined && next <= at; next += DAY) {
			value += (value * rate) / 36_500_000_000n;
			if (next < at) prices.set(new Date(next).toISOString().slice(0, 10), { value, from });
		}
		// Per cent, in millionths.
		if (row.dgs3mo_pct !== '') rate = parseAmount(row.dgs3mo_pct, 6);
		prices.set(row.date, { value, from });
		next = at + DAY;
	});
	return prices;
}

/**
 * Returns the rounds of the feeder, oldest day first. Resale and utilisation are single points, not series:
 * every round repeats them. For a day in two series, the later series counts.
 *
 * @param {object} [options]
 * @param {string} [options.folder]
 * @param {string[]} [options.series] of {@link RENTAL_SERIES}
 * @param {string} [options.from] first day, inclusive
 * @param {string} [options.to] last day, inclusive
 * @param {number[]} [options.models] ids; all of models.json without it
 * @param {boolean} [options.peg] also the stablecoins of the peg at a dollar; USDC by its record with `usdc`
 * @param {boolean} [options.usdc] also replay the recorded prices of USDC, a round of them each round
 * @param {boolean} [options.bills] also replay the price of the Treasury-bill token by its recorded yields
 * @returns {Promise<Round[]>}
 */
export async function loadRounds({ folder = DATA_FOLDER, series = ['primeintellect', 'gpurentalprices'], from, to, models, peg = false, usdc = false, bills = false } = {}) {
	const text = async (file) => {
		try {
			return await readFile(resolve(folder, file), 'utf8');
		} catch (error) {
			throw new Error(`cannot read ${file} in ${folder}: give the data folder with --data`, { cause: error });
		}
	};
	const { parseCsv } = await import(pathToFileURL(resolve(DATA_FOLDER, 'csv.mjs')).href);
	const rows = async (file) => {
		try {
			return parseCsv(await text(file));
		} catch (error) {
			throw error.cause ? error : new Error(`${file}: ${error.message}`);
		}
	};
	const listed = JSON.parse(await text('models.json')).models.filter(({ id }) => models?.includes(id) ?? true);
	const points = [
		...resalePoints(await rows(RESALE_FILE), listed),
		...utilisationPoints(await rows(UTILISATION_FILE), listed),
	];
	const days = new Map();
	for (const name of series) {
		if (!RENTAL_SERIES[name]) {
			throw new Error(`no series "${name}": there are ${Object.keys(RENTAL_SERIES).join(' and ')}`);
		}
		for (const [date, entries] of rentalByDay(await rows(RENTAL_SERIES[name].file), name, listed)) {
			days.set(date, entries);
		}
	}
	const stable = usdc ? usdcPrices(await rows(USDC_FILE)) : [];
	const atPar = STABLECOINS.filter((id) => peg && !(usdc && id === USDC))
		.map((id) => ({ key: { kind: 'Price', id }, value: 10n ** 18n, from: 'par' }));
	const ofBills = bills ? billPrices(await rows(BILLS_FILE)) : new Map();
	const bill = (date) => {
		const found = ofBills.get(date);
		return found ? [{ key: { kind: 'Price', id: TBILL }, ...found }] : [];
	};
	const rounds = [...days.keys()]
		.sort()
		.filter((date) => (from === undefined || date >= from) && (to === undefined || date <= to))
		.map((date, index) => ({
			date,
			entries: [...days.get(date), ...points, ...atPar, ...(stable.length ? [stable[index % stable.length]] : []), ...bill(date)],
		}));
	if (rounds.length === 0) {
		throw new Error(`no data from ${from ?? 'the beginning'} to ${to ?? 'the end'}: the days are in the ${series.join(' and ')} files`);
	}
	return rounds;
}
