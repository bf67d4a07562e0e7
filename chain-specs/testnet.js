#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// Writes the specification of a network of many operators, plain and raw, from the node's template `testnet`,
// which has no accounts, and a description that names them.
//
//   node chain-specs/testnet.js NETWORK.json OUT.json      NETWORK.json: testnet.template.json, filled in

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { nodeBinary } from '../clients/lib/src/node.js';
import { testnetSpec } from '../clients/lib/src/spec.js';

function node(...args) {
	const { status, stdout, stderr, error } = spawnSync(nodeBinary(), args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
	if (status !== 0) throw new Error(error?.message ?? stderr.trim());
	return stdout;
}

const [from, to, ...rest] = process.argv.slice(2);
if (to === undefined || rest.length > 0) {
	console.error('node chain-specs/testnet.js NETWORK.json OUT.json');
	process.exit(2);
}
try {
	const network = JSON.parse(readFileSync(from, 'utf8'));
	writeFileSync(to, await testnetSpec(node('export-chain-spec', '--chain', 'testnet'), network));
	const raw = `${to.replace(/\.json$/, '')}.raw.json`;
	node('export-chain-spec', '--chain', to, '--raw', '--output', raw);
	console.log(`${to}\n${raw}`);
} catch (error) {
	console.error(`${from}: ${error.message}`);
	process.exitCode = 1;
}
