// SPDX-License-Identifier: Apache-2.0
//
// Search for the relay chain's programs.

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const CHECKOUT = fileURLToPath(new URL('..', import.meta.url));
/** Archive beside the checkout. */
const ARCHIVE = join(CHECKOUT, '..', 'shared', 'relay', 'relay-chain.tar.xz');
/** Programs, which have to lie side by side. */
const PROGRAMS = ['polkadot', 'polkadot-prepare-worker', 'polkadot-execute-worker'];
const SPEC = 'rococo-local.json';

const runs = (file) => {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isFile();
	} catch {
		return false;
	}
};

/** Returns the programs that a folder lacks. */
const missing = (folder) => PROGRAMS.filter((name) => !runs(join(folder, name)));

/** Returns the programs of a folder, and the specification beside them; without one they know the chain by name. */
function programs(folder) {
	const spec = join(folder, SPEC);
	return { polkadot: join(folder, 'polkadot'), spec: existsSync(spec) ? spec : undefined };
}

async function unpacked(archive, scratch) {
	const folder = join(scratch, 'relay-programs');
	await mkdir(folder, { recursive: true });
	const tar = spawnSync('tar', ['-xf', archive, '-C', folder], { encoding: 'utf8' });
	if (tar.status !== 0) throw new Error(`${archive} cannot be unpacked: ${tar.error?.message ?? tar.stderr.trim()}`);
	if (missing(folder).length > 0) throw new Error(`${archive} does not hold ${missing(folder).join(', ')}`);
	return programs(folder);
}

/**
 * Finds `polkadot` and its workers: in the folder or archive that CALIBER_RELAY_CHAIN names, in the archive
 * beside the checkout, or on the PATH. A named place without the programs is an error; no place at all is not.
 *
 * @param {string} scratch folder to unpack an archive in
 * @param {Record<string, string | undefined>} [env]
 * @returns {Promise<{ polkadot: string, spec?: string } | { why: string }>}
 */
export async function findRelayChain(scratch, env = process.env) {
	const named = env.CALIBER_RELAY_CHAIN;
	if (named !== undefined && named !== '') {
		const place = resolve(named);
		if (!existsSync(place)) throw new Error(`CALIBER_RELAY_CHAIN is ${named}, which does not exist`);
		if (statSync(place).isFile()) return unpacked(place, scratch);
		if (missing(place).length > 0) throw new Error(`CALIBER_RELAY_CHAIN is ${named}, which does not hold ${missing(place).join(', ')}`);
		return programs(place);
	}
	if (existsSync(ARCHIVE)) return unpacked(ARCHIVE, scratch);
	const onPath = (env.PATH ?? '').split(delimiter).find((folder) => folder !== '' && runs(join(folder, 'polkadot')));
	if (onPath === undefined) {
		return { why: `there is no relay chain: no CALIBER_RELAY_CHAIN, no ${join('..', 'shared', 'relay', 'relay-chain.tar.xz')} beside the checkout, no polkadot on the PATH` };
	}
	if (missing(onPath).length > 0) return { why: `${join(dirname(join(onPath, 'x')), 'polkadot')} has no ${missing(onPath).join(' and no ')} beside it` };
	return programs(onPath);
}
