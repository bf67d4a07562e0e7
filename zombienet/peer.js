// SPDX-License-Identifier: Apache-2.0
//
// Peer id of a node, computed from its key: the addresses of a network are known before the first node runs.

import { createPrivateKey, createPublicKey } from 'node:crypto';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Prefix of an Ed25519 secret in PKCS #8. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
/** Prefix of a multihash that is the key itself (0x00, 36 bytes): an Ed25519 key (field 1) of 32 bytes (field 2). */
const MULTIHASH = Buffer.from('002408011220', 'hex');

function base58(bytes) {
	let text = '';
	for (let left = BigInt(`0x${bytes.toString('hex')}`); left > 0n; left /= 58n) text = BASE58[Number(left % 58n)] + text;
	const zeros = bytes.findIndex((byte) => byte !== 0);
	return BASE58[0].repeat(zeros) + text;
}

/**
 * Returns the peer id of a node key.
 *
 * @param {string} nodeKey 32 bytes in hex, as `--node-key` takes them
 */
export function peerId(nodeKey) {
	const secret = createPrivateKey({ key: Buffer.concat([PKCS8, Buffer.from(nodeKey, 'hex')]), format: 'der', type: 'pkcs8' });
	const { x } = createPublicKey(secret).export({ format: 'jwk' });
	return base58(Buffer.concat([MULTIHASH, Buffer.from(x, 'base64url')]));
}
