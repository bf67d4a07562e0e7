// SPDX-License-Identifier: Apache-2.0
//
// Who authored which block, read from the headers.

/** The slot that a block names in its header, and the engine's authorities in its parent's state. */
async function authorKey(api, hash) {
	const header = await api.rpc.chain.getHeader(hash);
	const digest = header.digest.logs.find((log) => log.isPreRuntime && log.asPreRuntime[0].toUtf8() === 'aura');
	if (digest === undefined) return { header };
	const slot = digest.asPreRuntime[1].toU8a(true);
	const number = new DataView(slot.buffer, slot.byteOffset, 8).getBigUint64(0, true);
	const authorities = await (await api.at(header.parentHash)).query.aura.authorities();
	return { header, key: authorities[Number(number % BigInt(authorities.length))].toHex() };
}

/** The key by which a collator takes its turns, if it has set one. */
export async function auraKey(api, account) {
	const keys = await api.query.session.nextKeys(account);
	return keys.isSome ? keys.unwrap().aura.toHex() : undefined;
}

/**
 * How many blocks each key authored, from a height (above the genesis) up to a block.
 *
 * @param {import('@polkadot/api').ApiPromise} api
 * @param {string} hash of the last block
 * @param {number} from height of the first
 * @returns {Promise<Map<string, number>>}
 */
export async function countAuthors(api, hash, from) {
	const counts = new Map();
	for (let next = hash; ; ) {
		const { header, key } = await authorKey(api, next);
		if (header.number.toNumber() < Math.max(from, 1)) return counts;
		counts.set(key, (counts.get(key) ?? 0) + 1);
		if (header.number.toNumber() === Math.max(from, 1)) return counts;
		next = header.parentHash;
	}
}
