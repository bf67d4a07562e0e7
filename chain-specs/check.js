#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// Test of the chain specifications: makes every one that the node knows, and one of a network of many operators.
// Checks that they are reproducible, that their first state is sound, and that the last has no well-known key.

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeBinary, testnetSpec, tryRuntime, wellKnownKeys } from '../clients/lib/src/index.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const CHAINS = ['dev', 'local', 'testnet'];
/** Parachain id of the network that is made up here. */
const PARA_ID = 4321;

let passed = 0;
let failed = 0;
function check(holds, text) {
	if (holds) passed += 1;
	else failed += 1;
	console.log(`${holds ? '✓' : '✗'} ${text}`);
}

function exported(chain, ...args) {
	const { status, stdout, stderr } = spawnSync(nodeBinary(), ['export-chain-spec', '--chain', chain, ...args], {
		encoding: 'utf8', maxBuffer: 256 * 1024 * 1024,
	});
	if (status !== 0) throw new Error(`export-chain-spec --chain ${chain}: ${stderr.trim()}`);
	return stdout;
}

/** Key of the runtime's code in the state, which has the keys of its presets for one machine in it. */
const CODE = '0x3a636f6465';

/** Returns the well-known accounts found in the state of a raw specification, its code left aside. */
async function namesIn(raw) {
	const { [CODE]: _, ...top } = JSON.parse(raw).genesis.raw.top;
	const state = JSON.stringify(top);
	return [...(await wellKnownKeys())].filter(([, key]) => state.includes(key)).map(([uri]) => uri);
}

/** Checks that a specification gives the same raw one each time, with a sound state. Returns the raw one. */
async function checkRaw(folder, name, chain) {
	const file = join(folder, `${name}.raw.json`);
	const raw = exported(chain, '--raw');
	writeFileSync(file, raw);
	check(exported(chain, '--raw') === raw, `${name}: made twice, the raw specification is the same`);
	const said = await tryRuntime('state', file).catch((error) => error.message);
	check(said.includes('is sound'), `${name}: ${said.trim().split('\n').at(-1)}`);
	return raw;
}

const folder = mkdtempSync(join(tmpdir(), 'caliber-specs-'));
try {
	const control = [];
	for (const chain of CHAINS) control.push((await namesIn(await checkRaw(folder, chain, chain))).length > 0);
	check(control[0] && control[1] && !control[2], 'well-known keys are in dev and local, and in no testnet');

	const key = () => `0x${randomBytes(32).toString('hex')}`;
	const keys = (count) => Array.from({ length: count }, key);
	const network = {
		...JSON.parse(readFileSync(join(HERE, 'testnet.template.json'), 'utf8')),
		paraId: PARA_ID,
		bootNodes: ['/dns/boot.example.org/tcp/30333/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp'],
		collators: keys(2).map((account) => ({ account, aura: key(), authorityDiscovery: key() })),
		technicalCommittee: keys(3),
		oracleOperators: keys(3),
		balances: [{ account: key(), clbr: '1000000' }],
	};
	const template = exported('testnet');
	const made = await testnetSpec(template, network);
	check(made === (await testnetSpec(exported('testnet'), network)), 'a network: made twice, the plain specification is the same');
	const plain = join(folder, 'network.json');
	writeFileSync(plain, made);
	const raw = await checkRaw(folder, 'a network', plain);
	const spec = JSON.parse(raw);
	check(spec.para_id === PARA_ID && spec.bootNodes.length === 1 && spec.chainType === 'Live', 'a network: number, boot nodes and type');
	check(spec.properties.tokenSymbol === 'CLBR' && spec.properties.tokenDecimals === 12, 'a network: its properties');
	const named = [network.collators[0].account, network.collators[1].aura, network.technicalCommittee[2], network.oracleOperators[1]];
	check(named.every((each) => raw.includes(each.slice(2))), 'a network: the keys that its description names are in its state');
	check((await namesIn(raw)).length === 0, 'a network: no well-known key is');
} finally {
	rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
