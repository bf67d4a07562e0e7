// SPDX-License-Identifier: Apache-2.0
//
// Reader of the part of TOML that a network file needs: tables, arrays of tables, and values on one line.

/** Replaces the variables of the environment in a text; an unset one is empty. */
export const expand = (text, env) => text.replace(/\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g, (_, name) => env[name] ?? '');

function value(text, where) {
	// A string, a number, true, false, or an array of strings: each is JSON, too.
	try {
		return JSON.parse(text.replace(/,\s*\]$/, ']'));
	} catch {
		throw new Error(`${where}: "${text}" is no value this reader knows`);
	}
}

/** Returns a line without its comment. */
const bare = (line) => line.replace(/^((?:[^"#]|"(?:[^"\\]|\\.)*")*)#.*$/, '$1').trim();

/**
 * Returns the content of a TOML text.
 *
 * @param {string} text
 * @param {Record<string, string | undefined>} [env]
 * @returns {Record<string, any>}
 */
export function parseToml(text, env = {}) {
	const root = {};
	let table = root;
	expand(text, env).split('\n').forEach((raw, at) => {
		const where = `line ${at + 1}`;
		const line = bare(raw);
		if (line === '') return;
		const header = /^(\[\[?)([A-Za-z0-9_.-]+)(\]\]?)$/.exec(line);
		if (header) {
			table = open(root, header[2].split('.'), header[1] === '[[');
			return;
		}
		const pair = /^([A-Za-z0-9_-]+)\s*=\s*(.+)$/.exec(line);
		if (!pair) throw new Error(`${where}: "${line}" is neither a table nor a value`);
		table[pair[1]] = value(pair[2], where);
	});
	return root;
}

/** Returns the table of a path: the last one of an array of tables, or a new one where one begins. */
function open(root, path, begins) {
	let table = root;
	path.forEach((name, depth) => {
		if (begins && depth === path.length - 1) (table[name] ??= []).push({});
		else table[name] ??= {};
		table = Array.isArray(table[name]) ? table[name].at(-1) : table[name];
	});
	return table;
}
