// SPDX-License-Identifier: Apache-2.0
//
// Chain specification of a network of many operators, from the node's template and a description of the
// network.

import { LosslessNumber, parse, stringify } from 'lossless-json';
import { u8aToHex } from '@polkadot/util';
import { decodeAddress, encodeAddress } from '@polkadot/util-crypto';
import { CLBR_DECIMALS, parseAmount } from './amounts.js';
import { keyring, SS58_PREFIX } from './chain.js';

const FIELDS = [
	'name', 'id', 'protocolId', 'relayChain', 'paraId', 'bootNodes', 'telemetryEndpoints', 'collators',
	'technicalCommittee', 'oracleOperators', 'balances',
];
/** Least number of entries: one collator's failure stops the chain, and a price is the median of three at least. */
const LEAST = { collators: 2, technicalCommittee: 3, oracleOperators: 3, balances: 1 };
/** Highest id that a relay chain gives a parachain. */
const MAX_PARA_ID = 2 ** 32 - 1;
/** Names of the accounts whose keys are in every copy of the SDK. */
const WELL_KNOWN = ['Alice', 'Bob', 'Charlie', 'Dave', 'Eve', 'Ferdie', 'One', 'Two'];

/** Error of a description of a network; its message names the field. */
export class DescriptionError extends Error {}

/** Returns the accounts that everybody can sign for: public keys in hexadecimal digits by URI. */
export async function wellKnownKeys() {
	const pair = await keyring();
	const uris = WELL_KNOWN.flatMap((name) => [`//${name}`, `//${name}//stash`]);
	return new Map(uris.map((uri) => [uri, u8aToHex(pair(uri).addressRaw).slice(2)]));
}

/**
 * Returns a function that reads an address of 32 bytes, none of the well-known ones, and returns it in the
 * format of this chain.
 */
function reader(known) {
	return (text, what) => {
		let raw;
		try {
			raw = decodeAddress(text);
		} catch {
			throw new DescriptionError(`${what} is "${text}", which is no address`);
		}
		if (raw.length !== 32) throw new DescriptionError(`${what} is "${text}", which is no address of 32 bytes`);
		const uri = known.get(u8aToHex(raw).slice(2));
		if (uri !== undefined) throw new DescriptionError(`${what} is ${uri}, whose key everybody has`);
		return encodeAddress(raw, SS58_PREFIX);
	};
}

function unique(list, what) {
	const twice = list.find((each, at) => list.indexOf(each) !== at);
	if (twice !== undefined) throw new DescriptionError(`${twice} is named twice among the ${what}`);
	return list;
}

function checkShape(network) {
	const missing = FIELDS.filter((field) => !(field in network));
	if (missing.length > 0) throw new DescriptionError(`the description lacks ${missing.join(', ')}`);
	const unknown = Object.keys(network).filter((field) => !FIELDS.includes(field));
	if (unknown.length > 0) throw new DescriptionError(`the description knows no ${unknown.join(', ')}`);
	const { paraId } = network;
	if (!Number.isInteger(paraId) || paraId < 1 || paraId > MAX_PARA_ID) {
		throw new DescriptionError(`paraId is "${paraId}"; it is the number that the relay chain gave the parachain`);
	}
	for (const [field, least] of Object.entries(LEAST)) {
		if (!Array.isArray(network[field]) || network[field].length < least) {
			throw new DescriptionError(`${field} names ${network[field]?.length ?? 'no list'}; a network needs ${least} at least`);
		}
	}
}

function amount(text, what) {
	try {
		return new LosslessNumber(`${parseAmount(text, CLBR_DECIMALS)}`);
	} catch {
		throw new DescriptionError(`${what} is "${text}"; it is an amount of CLBR like "1000000" or "0.5"`);
	}
}

/**
 * Returns the plain specification of a network.
 *
 * @param {string} template output of `caliber-node export-chain-spec --chain testnet`
 * @param {object} network a filled-in `chain-specs/testnet.template.json`
 * @returns {Promise<string>} JSON; the same arguments give the same text
 * @throws {DescriptionError}
 */
export async function testnetSpec(template, network) {
	checkShape(network);
	const known = await wellKnownKeys();
	const address = reader(new Map([...known].map(([uri, key]) => [key, uri])));
	const list = (field, what) => unique(network[field].map((text, at) => address(text, `${what} ${at + 1}`)), field);
	const collators = network.collators.map(({ account, aura, authorityDiscovery }, at) => ({
		account: address(account, `the account of collator ${at + 1}`),
		keys: {
			aura: address(aura, `the block production key of collator ${at + 1}`),
			authority_discovery: address(authorityDiscovery, `the discovery key of collator ${at + 1}`),
		},
	}));
	unique(collators.map(({ account }) => account), 'collators');
	unique(collators.map(({ keys }) => keys.aura), 'block production keys');
	const balances = network.balances.map(({ account, clbr }, at) => [
		address(account, `holder ${at + 1}`), amount(clbr, `the balance of holder ${at + 1}`),
	]);
	unique(balances.map(([account]) => account), 'holders');

	const spec = parse(template);
	const genesis = spec.genesis.runtimeGenesis.patch;
	Object.assign(spec, {
		name: network.name,
		id: network.id,
		chainType: 'Live',
		protocolId: network.protocolId,
		bootNodes: network.bootNodes,
		telemetryEndpoints: network.telemetryEndpoints,
		relay_chain: network.relayChain,
		para_id: network.paraId,
	});
	const fill = (pallet, fields) => Object.assign((genesis[pallet] ??= {}), fields);
	fill('parachainInfo', { parachainId: network.paraId });
	fill('balances', { balances });
	fill('session', { keys: collators.map(({ account, keys }) => [account, account, keys]) });
	fill('collatorSelection', { invulnerables: collators.map(({ account }) => account) });
	fill('technicalMembership', { members: list('technicalCommittee', 'committee member') });
	fill('oracleMembership', { members: list('oracleOperators', 'oracle operator') });
	return `${stringify(spec, undefined, 2)}\n`;
}
