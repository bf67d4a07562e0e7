// SPDX-License-Identifier: Apache-2.0
//
// Derives models.json, the hardware models of the genesis preset, from the files of this folder.
//
//     node data/derive-models.mjs           writes models.json
//     node data/derive-models.mjs --check   fails when models.json is not what the files give
//
// Every number is measured (in a file here), quoted (a single published figure), derived (computed
// here from either) or a convention (chosen, and said so). `sources` says which, per model and field.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseCsv } from './csv.mjs';

const folder = new URL('.', import.meta.url);
const read = (name) => readFileSync(new URL(name, folder), 'utf8');

const PPB = 1_000_000_000;
const WAD = 10n ** 18n;
const SECONDS_PER_DAY = 86_400;

/** A decimal number as written, in 18 decimals. */
export function wad(decimal) {
	const [, whole, fraction = ''] = /^(\d+)(?:\.(\d{1,18}))?$/.exec(String(decimal)) ?? [];
	if (whole === undefined) throw new Error(`not a decimal number: ${decimal}`);
	return BigInt(whole) * WAD + BigInt(fraction.padEnd(18, '0'));
}

/** An amount of 18 decimals as the shortest decimal number. */
function decimal(amount) {
	const fraction = (amount % WAD).toString().padStart(18, '0').replace(/0+$/, '');
	return fraction === '' ? `${amount / WAD}` : `${amount / WAD}.${fraction}`;
}

/** The median of amounts; of an even count, the mean of the middle two, rounded down. */
function median(amounts) {
	const sorted = [...amounts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2n;
}

// Conventions. None of these is measured; change them here and nowhere else.
const CONVENTION = {
	/** Power drawn at the meter over power drawn by the machines. */
	powerUsageEffectiveness: '1.3',
	/** A kilowatt-hour delivered to the rack: electricity and the room around it. */
	usdPerKilowattHour: '0.18',
	/** Lower end of the useful life that AMZN discloses for servers, in months. */
	economicLifeMonths: 60,
	/** The lenders' usual maximum for machines still sold new, and for those that are not. */
	maxAdvanceRate: { current: 700_000_000, older: 600_000_000 },
};

const models = [
	{
		name: 'NVIDIA H100 SXM5 80GB',
		catalogue: 'NVIDIA H100 SXM5 80GB',
		purchases: 'NVIDIA H100 SXM5 80GB',
		curve: 'anchor',
		advance: 'current',
		feeds: {
			primeintellect: 'H100_80GB_SXM5',
			gpurentalprices: 'h100-sxm',
			resale: { model: 'NVIDIA H100 SXM', asOf: '2026-Q1' },
			utilisation: 'Vast.ai H100 SXM panel, week ending',
		},
	},
	{
		name: 'NVIDIA H200 SXM 141GB',
		catalogue: 'NVIDIA H200 SXM',
		purchases: 'NVIDIA H200 SXM',
		curve: 'anchor',
		advance: 'current',
		feeds: {
			primeintellect: 'H200_141GB',
			gpurentalprices: 'h200',
			resale: { model: 'NVIDIA H200 SXM', asOf: '2026-Q1' },
			utilisation: 'Vast.ai H200 SXM panel, week ending',
		},
	},
	{
		name: 'NVIDIA B200 180GB',
		catalogue: 'NVIDIA B200',
		purchases: 'NVIDIA B200',
		curve: 'anchor',
		advance: 'current',
		feeds: {
			primeintellect: 'B200_180GB',
			gpurentalprices: 'b200',
			resale: { model: 'NVIDIA B200', asOf: '2026-Q1' },
			utilisation: 'Vast.ai B200 SXM panel, week ending',
		},
	},
	{
		name: 'NVIDIA A100 SXM4 80GB',
		catalogue: 'NVIDIA A100 SXM4 80 GB',
		purchases: 'NVIDIA A100 SXM4 80 GB',
		curve: 'A100 80 SXM4',
		advance: 'older',
		feeds: {
			primeintellect: 'A100_80GB_SXM4',
			gpurentalprices: 'a100-sxm-80',
			resale: { model: 'NVIDIA A100 80GB', asOf: '2026' },
			utilisation: 'Vast.ai A100 SXM panel, week ending',
		},
	},
	{
		name: 'NVIDIA L40S 48GB',
		catalogue: 'NVIDIA L40S',
		// No purchase in the file; a single shop range stands in for it.
		quoted: {
			usd: '7500',
			from: 'https://www.runlocalai.co/hardware/nvidia-l40s: "$7,500–$8,500 retail", read 2026-11-22',
			note: 'low end of one published range; not a sale',
		},
		curve: 'V100 32 PCIe',
		advance: 'older',
		feeds: { primeintellect: null, gpurentalprices: 'l40s', resale: null, utilisation: null },
	},
];

const catalogue = parseCsv(read('hardware_catalogue.csv'));
const purchases = parseCsv(read('purchase_price_epoch_2010_2025.csv'));
const facilities = parseCsv(read('gpu_credit_facilities.csv'));
const spotwire = JSON.parse(read('depreciation_liquidation_spotwire.json'));

/** Reference (list) price: the median of what buyers are recorded to have paid for a new unit. */
function referencePrice(model) {
	if (model.quoted) {
		return {
			value: wad(model.quoted.usd),
			source: { basis: 'quoted', from: model.quoted.from, note: model.quoted.note },
		};
	}
	const rows = purchases
		.map((row, index) => ({ ...row, number: index + 1 }))
		.filter((row) => row.model === model.purchases);
	return {
		value: median(rows.map((row) => wad(row.usd_per_gpu))),
		source: {
			basis: 'derived',
			from: `purchase_price_epoch_2010_2025.csv, rows ${rows.map((row) => row.number).join(', ')}`,
			note: `median of ${rows.length} price${rows.length === 1 ? '' : 's'} of new units; system prices divided by their GPUs`,
		},
	};
}

/** Release date; a bare month counts from its first day. */
function releaseDate(model) {
	const index = catalogue.findIndex((row) => row.model === model.catalogue);
	const row = catalogue[index];
	const iso = row.release_date.length === 7 ? `${row.release_date}-01` : row.release_date;
	return {
		iso,
		unix: Date.parse(`${iso}T00:00:00Z`) / 1000,
		tdp: row.tdp_w,
		number: index + 1,
		source: {
			basis: 'quoted',
			from: `hardware_catalogue.csv, row ${index + 1}`,
			...(iso === row.release_date ? {} : { note: 'the source gives the month only' }),
		},
	};
}

/** Depreciation curve, a point a year up to five years. */
function curve(model) {
	if (model.curve === 'anchor') {
		const anchor = spotwire.skus[0].vintage_curve.map(([, factor]) => Math.round(factor * PPB));
		const [before, last] = anchor.slice(-2);
		const factors = [...anchor, Math.floor((last * last) / before)];
		return {
			points: factors.map((factor, year) => [year * 12, factor]),
			source: {
				basis: 'quoted',
				from: 'depreciation_liquidation_spotwire.json, skus[0].vintage_curve (H100_80GB_PCIe)',
				note: 'an assumed curve of the source, not a fit: its comps of the H100 show no trend (r2 -0.001). The point at 60 months repeats the last step. It lies under the resale points of the H100',
			},
		};
	}
	const measured = spotwire.measured_secondary_decay.find((row) => row.hardware === model.curve);
	const keep = 1 + measured.annual_decay_pct / 100;
	return {
		points: [0, 1, 2, 3, 4, 5].map((year) => [year * 12, Math.floor(PPB * keep ** year)]),
		source: {
			basis: 'derived',
			from: `depreciation_liquidation_spotwire.json, measured_secondary_decay: ${measured.hardware}, ${measured.annual_decay_pct} % a year, ${measured.n_comps} comps, r2 ${measured.r2}`,
			note:
				model.curve === 'V100 32 PCIe'
					? 'no comps of the L40S; the PCIe data-centre card with the best fit stands in for it'
					: 'the measured rate, compounded yearly',
		},
	};
}

/** Operating cost of a unit-hour: TDP x PUE x price of a kilowatt-hour. */
function opex(release) {
	const value =
		(BigInt(release.tdp) *
			wad(CONVENTION.powerUsageEffectiveness) *
			wad(CONVENTION.usdPerKilowattHour)) /
		WAD /
		1000n;
	return {
		value,
		source: {
			basis: 'convention',
			from: `hardware_catalogue.csv, row ${release.number}: ${release.tdp} W`,
			note: `TDP x PUE ${CONVENTION.powerUsageEffectiveness} x ${CONVENTION.usdPerKilowattHour} USD per kWh delivered to the rack; the GPU alone, at full load`,
		},
	};
}

/** Discount rate: the median of the effective rates of filed GPU credit facilities. */
function discountRate() {
	const rates = facilities
		.filter((row) => row.effective_rate_pct !== '')
		.map((row) => {
			const ends = row.effective_rate_pct.split('-').map(wad);
			return ends.reduce((sum, end) => sum + end, 0n) / BigInt(ends.length);
		});
	return {
		value: median(rates) / 100n,
		source: {
			basis: 'derived',
			from: 'gpu_credit_facilities.csv, effective_rate_pct',
			note: `median of ${rates.length} facilities in a filing; a range counts as its middle`,
		},
	};
}

export function derive() {
	const factors = spotwire.skus[0].condition_factors;
	const forcedSale = spotwire.skus[0].liquidation_factors.auction_30d;
	const discount = discountRate();
	return {
		about:
			'Hardware models of the genesis preset, in the order of their ids. Amounts and rates are integers of 18 decimals in strings; factors are parts per billion. Made by derive-models.mjs; do not edit.',
		units: { amount: '1e-18 USD', rate: '1e-18 a year', factor: '1e-9', curve: '[age in months of 730 hours, factor]' },
		models: models.map((model, id) => {
			const reference = referencePrice(model);
			const release = releaseDate(model);
			const depreciation = curve(model);
			const operating = opex(release);
			return {
				id,
				name: model.name,
				class: 'Compute',
				reference_price: reference.value.toString(),
				reference_price_usd: decimal(reference.value),
				release_date: release.iso,
				release_date_unix: release.unix,
				economic_life_months: CONVENTION.economicLifeMonths,
				curve: depreciation.points,
				condition: {
					new: Math.round(factors.new_oem * PPB),
					refurbished: Math.round(factors.refurb_certified * PPB),
					used: Math.round(factors.used_working * PPB),
					as_is: Math.round(factors.used_as_is * PPB),
				},
				forced_sale: Math.round(forcedSale * PPB),
				discount_rate: discount.value.toString(),
				opex_per_hour: operating.value.toString(),
				opex_per_hour_usd: decimal(operating.value),
				max_advance_rate: CONVENTION.maxAdvanceRate[model.advance],
				feeds: model.feeds,
				sources: {
					reference_price: reference.source,
					release_date: release.source,
					economic_life_months: {
						basis: 'convention',
						from: 'depreciation_liquidation_spotwire.json, disclosed_accounting: AMZN, 5 to 6 years',
						note: 'the lower end, for every model',
					},
					curve: depreciation.source,
					condition: {
						basis: 'convention',
						from: 'depreciation_liquidation_spotwire.json, skus[0].condition_factors',
						note: "grading conventions of the source for the H100, used for every model; nothing fitted",
					},
					forced_sale: {
						basis: 'convention',
						from: 'depreciation_liquidation_spotwire.json, skus[0].liquidation_factors.auction_30d',
						note: 'an auction within 30 days; a convention of the source, used for every model',
					},
					discount_rate: discount.source,
					opex_per_hour: operating.source,
					max_advance_rate: {
						basis: 'convention',
						note: 'the market lends 70 to 80 % at most; the lower end for models sold new, 60 % for the rest',
					},
				},
			};
		}),
	};
}

const isProgram = process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1];
if (isProgram) {
	// A curve point on one line.
	const text = `${JSON.stringify(derive(), null, '\t').replace(/\[\s+(\d+),\s+(\d+)\s+\]/g, '[$1, $2]')}\n`;
	if (process.argv.includes('--check')) {
		if (read('models.json') !== text) {
			console.error('models.json is not what the data files give: run node data/derive-models.mjs');
			process.exitCode = 1;
		}
	} else {
		writeFileSync(new URL('models.json', folder), text);
	}
}
