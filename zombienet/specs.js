#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// Writes the raw specifications of the network of network.toml: the parachain's, and a relay chain's that
// has it in its genesis.
//
//   node zombienet/specs.js FOLDER

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { nodeBinary } from '../clients/lib/src/node.js';
import { Network } from './network.js';
import { findRelayChain } from './relay.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
	console.error('node zombienet/specs.js FOLDER');
	process.exit(2);
}
const scratch = await mkdtemp(join(tmpdir(), 'caliber-specs-'));
try {
	const relay = await findRelayChain(scratch);
	if (relay.why !== undefined) throw new Error(`${relay.why}; see zombienet/README.md`);
	const network = new Network({ folder: resolve(folder), relay, binary: nodeBinary() });
	await network.prepare();
	for (const plain of [network.specs.para, network.specs.relay]) await rm(plain);
	console.log(`${network.specs.paraRaw}\n${network.specs.relayRaw}`);
} catch (error) {
	console.error(error.message);
	process.exitCode = 1;
} finally {
	await rm(scratch, { recursive: true, force: true });
}
