// SPDX-License-Identifier: Apache-2.0
//
// Authors of blocks, read from the headers.

/** Returns the header of a block and the key of its author: that of the slot among the parent's authorities. */
async function authorKey(api, hash) {
	const header = await api.rpc.chain.getHeader(hash);
	const digest = header.digest.logs.find((log) => log.isPreRuntime && log.asPreRuntime[0].toUtf8() === 'aura');
	if (digest === undefined) return { header };
	const slot = digest.asPreRuntime[1].toU8a(true);
	const number = new DataView(slot.buffer, slot.byteOffset, 8).getBigUint64(0, true);
	const authorities = await (await api.at(header.parentHash)).query.aura.authorities();
	return { header, key: authorities[Number(number % BigInt(authorities.length))].toHex() };
}

/** Returns the block production key of a collator, if it has set one. */
export async function auraKey(api, account) {
	const keys = await api.query.session.nextKeys(account);
	return keys.isSome ? keys.unwrap().aura.toHex() : undefined;
}

/**
 * Returns the number of blocks that each key authored, from a height (above the genesis) up to a block.
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
