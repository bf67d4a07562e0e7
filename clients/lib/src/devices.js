// SPDX-License-Identifier: Apache-2.0
//
// Ids of devices: a machine has one for ever, under whatever title. Each model has one namespace, fixed when it
// is listed: the id comes from the maker's serial number, or from the device's identity key.

import { u8aConcat } from '@polkadot/util';
import { blake2 } from './chain.js';

const encoder = new TextEncoder();
/** Printable ASCII, without the bar that parts the fields. */
const FIELD = /^[ -{}~]+$/;

function field(name, text) {
	const value = String(text).trim().toUpperCase();
	if (!FIELD.test(value)) throw new Error(`the ${name} of a device is printable ASCII without "|", not ${JSON.stringify(text)}: write it as it stands on the type plate`);
	return value;
}

/**
 * Returns the id of a device in the namespace `Serial`: the blake2-256 hash of `caliber:serial:` and maker, part
 * number and serial number, each trimmed and in upper case, parted by bars.
 *
 * @param {{ maker: string, part: string, serial: string }} device
 */
export const serialDeviceId = ({ maker, part, serial }) =>
	blake2(encoder.encode(`caliber:serial:${field('maker', maker)}|${field('part number', part)}|${field('serial number', serial)}`));

/**
 * Returns the id of a device in the namespace `Key`: the blake2-256 hash of `caliber:key:` and the public key of
 * its identity certificate, as the DER of a SubjectPublicKeyInfo. Not that of the attestation key, which changes
 * with the firmware.
 *
 * @param {Uint8Array} spki
 */
export function keyDeviceId(spki) {
	// A SubjectPublicKeyInfo is a SEQUENCE.
	if (!(spki instanceof Uint8Array) || spki.length < 32 || spki[0] !== 0x30) throw new Error('the identity key of a device is a SubjectPublicKeyInfo in DER');
	return blake2(u8aConcat(encoder.encode('caliber:key:'), spki));
}
