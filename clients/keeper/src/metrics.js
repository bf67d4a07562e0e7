// SPDX-License-Identifier: Apache-2.0
//
// Prometheus' text format: written for the exporter, read for the tests of networks.

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const escaped = (text) => text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"');
const UNESCAPED = { '\\\\': '\\', '\\n': '\n', '\\"': '"' };

/** Returns labels in braces; an empty text without labels. */
function labelled(labels) {
	const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(String(value))}"`);
	return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

/** Samples of one moment, of the metrics that a catalogue names. */
export class Metrics {
	#catalogue;
	#families = new Map();

	/** @param {Record<string, { type: 'gauge' | 'counter', help: string }>} catalogue */
	constructor(catalogue) {
		for (const name of Object.keys(catalogue)) {
			if (!NAME.test(name)) throw new Error(`${name} is no name of a metric`);
		}
		this.#catalogue = catalogue;
	}

	/** Adds a sample. A missing value (undefined, null) is left out. */
	set(name, value, labels = {}) {
		if (this.#catalogue[name] === undefined) throw new Error(`${name} is not in the catalogue of metrics`);
		if (value === undefined || value === null) return this;
		if (!this.#families.has(name)) this.#families.set(name, []);
		this.#families.get(name).push({ labels, value: Number(value) });
		return this;
	}

	/** Returns all names, in the order they were added. */
	names() {
		return [...this.#families.keys()];
	}

	/** Returns the text that Prometheus scrapes. */
	text() {
		const lines = [];
		for (const [name, samples] of this.#families) {
			const { type, help } = this.#catalogue[name];
			lines.push(`# HELP ${name} ${help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n')}`, `# TYPE ${name} ${type}`);
			for (const { labels, value } of samples) lines.push(`${name}${labelled(labels)} ${value === Infinity ? '+Inf' : value}`);
		}
		return `${lines.join('\n')}\n`;
	}
}

/** Reads labels: `{a="b",c="d"}` without the braces. */
function readLabels(text) {
	const labels = {};
	for (const [, name, value] of text.matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/g)) {
		labels[name] = value.replace(/\\[\\n"]/g, (pair) => UNESCAPED[pair]);
	}
	return labels;
}

function readValue(text) {
	if (text === '+Inf') return Infinity;
	return text === '-Inf' ? -Infinity : Number(text);
}

/**
 * Returns the samples in the text of a program's /metrics.
 *
 * @param {string} text
 * @returns {{ name: string, labels: Record<string, string>, value: number }[]}
 */
export function parseMetrics(text) {
	const samples = [];
	for (const line of text.split('\n')) {
		if (line === '' || line.startsWith('#')) continue;
		const match = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)(?: \d+)?$/.exec(line);
		if (match) samples.push({ name: match[1], labels: readLabels(match[2] ?? ''), value: readValue(match[3]) });
	}
	return samples;
}

/** Returns the value of the first sample of this name with these labels; undefined without one. */
export function metric(samples, name, labels = {}) {
	const wanted = Object.entries(labels);
	return samples.find((sample) => sample.name === name && wanted.every(([key, value]) => sample.labels[key] === value))?.value;
}
