// SPDX-License-Identifier: Apache-2.0

/**
 * Rows of a CSV text (RFC 4180: quoted fields may hold commas, quotes and line breaks) as objects by
 * the header's names. Every value is the text as written.
 *
 * @param {string} text
 * @returns {Record<string, string>[]}
 */
export function parseCsv(text) {
	const records = [];
	let record = [];
	let field = '';
	let quoted = false;
	const endField = () => {
		record.push(field);
		field = '';
	};
	const endRecord = () => {
		endField();
		if (record.length > 1 || record[0] !== '') records.push(record);
		record = [];
	};
	for (let at = 0; at < text.length; at += 1) {
		const char = text[at];
		if (quoted) {
			if (char !== '"') field += char;
			else if (text[at + 1] === '"') {
				field += '"';
				at += 1;
			} else quoted = false;
		} else if (char === '"' && field === '') quoted = true;
		else if (char === ',') endField();
		else if (char === '\n') endRecord();
		else if (char !== '\r' && char !== '\uFEFF') field += char;
	}
	if (quoted) throw new Error('a quoted field is not closed: the file is cut off');
	if (field !== '' || record.length > 0) endRecord();

	const [header, ...rows] = records;
	if (header === undefined) throw new Error('the file is empty: it has no header line');
	return rows.map((row, index) => {
		if (row.length !== header.length) {
			throw new Error(`row ${index + 1} has ${row.length} fields, the header ${header.length}`);
		}
		return Object.fromEntries(header.map((name, column) => [name, row[column]]));
	});
}
