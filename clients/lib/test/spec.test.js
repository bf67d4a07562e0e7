// SPDX-License-Identifier: Apache-2.0
//
// Tests of the specification of a network.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { encodeAddress } from '@polkadot/util-crypto';
import { keyring } from '../src/chain.js';
import { DescriptionError, testnetSpec } from '../src/spec.js';

const TEMPLATE = JSON.parse(readFileSync(new URL('../../../chain-specs/testnet.template.json', import.meta.url), 'utf8'));
/** Template as the node writes it, with a number beyond the precision of a double. */
const NODE = '{"name":"T","genesis":{"runtimeGenesis":{"code":"0x00","patch":{"reserves":{"peg":{"max_debt":1000000000000000000000000001}},"origins":{"tempo":1}}}}}';

const key = (number) => encodeAddress(new Uint8Array(32).fill(number), 0);
const collator = (number) => ({ account: key(number), aura: key(number + 1), authorityDiscovery: key(number + 2) });
const network = (over = {}) => ({
	...TEMPLATE,
	paraId: 3333,
	collators: [collator(1), collator(4)],
	technicalCommittee: [key(7), key(8), key(9)],
	oracleOperators: [key(10), key(11), key(12)],
	balances: [{ account: key(13), clbr: '1000000.5' }],
	...over,
});

test('a described network should have its accounts, and every number of the template', async () => {
	const text = await testnetSpec(NODE, network());
	assert.match(text, /"max_debt": 1000000000000000000000000001\b/);
	assert.match(text, /1000000500000000000\b/);
	const { para_id, chainType, genesis } = JSON.parse(text);
	assert.deepEqual([para_id, chainType], [3333, 'Live']);
	const { patch } = genesis.runtimeGenesis;
	const here = (number) => encodeAddress(new Uint8Array(32).fill(number), 42);
	assert.deepEqual(patch.session.keys[1], [here(4), here(4), { aura: here(5), authority_discovery: here(6) }]);
	assert.deepEqual(patch.collatorSelection.invulnerables, [here(1), here(4)]);
	assert.deepEqual(patch.oracleMembership.members, [10, 11, 12].map(here));
	assert.equal(patch.parachainInfo.parachainId, 3333);
	assert.equal(patch.origins.tempo, 1);
});

test('a described network should come out the same each time', async () => {
	assert.equal(await testnetSpec(NODE, network()), await testnetSpec(NODE, network()));
});

test('an error of a description should name its field', async () => {
	const alice = (await keyring())('//Alice').address;
	const stash = (await keyring())('//Ferdie//stash').address;
	for (const [over, message] of [
		[{ paraId: null }, /paraId is "null"/],
		[{ paraId: 0 }, /paraId is "0"/],
		[{ collators: [collator(1)] }, /collators names 1; a network needs 2/],
		[{ oracleOperators: [key(1), key(2)] }, /oracleOperators names 2; a network needs 3/],
		[{ oracleOperators: [key(1), key(2), key(1)] }, /named twice among the oracleOperators/],
		[{ technicalCommittee: [key(7), key(8), alice] }, /committee member 3 is \/\/Alice, whose key everybody has/],
		[{ collators: [collator(1), { ...collator(4), aura: stash }] }, /production key of collator 2 is \/\/Ferdie\/\/stash/],
		[{ collators: [collator(1), { ...collator(1), aura: key(9) }] }, /named twice among the collators/],
		[{ technicalCommittee: ['', '', ''] }, /committee member 1 is "", which is no address/],
		[{ balances: [{ account: key(13), clbr: 'many' }] }, /the balance of holder 1 is "many"/],
		[{ balances: [{ account: key(13), clbr: '0.0000000000001' }] }, /the balance of holder 1/],
		[{ bootnodes: [] }, /knows no bootnodes/],
	]) {
		await assert.rejects(testnetSpec(NODE, network(over)), (error) => error instanceof DescriptionError && message.test(error.message));
	}
	const { paraId, ...without } = network();
	await assert.rejects(testnetSpec(NODE, without), /lacks paraId/);
});
