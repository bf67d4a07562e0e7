// SPDX-License-Identifier: Apache-2.0
//
// Tests of the ids of devices. The expected hashes were computed with Python's hashlib.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyDeviceId, serialDeviceId } from '../src/devices.js';

const GPU = { maker: 'NVIDIA', part: '699-2G520-0200-400', serial: '1654922006536' };
const SPKI = Uint8Array.from([0x30, 0x76, ...Array.from({ length: 118 }, (_, byte) => byte)]);

test('a serial number should give one id, however it is typed', () => {
	const id = '0xade0736c2345b719ceac32191244d2c172f1e2f6df87548b95b5e9ecb08340f0';
	assert.equal(serialDeviceId(GPU), id);
	assert.equal(serialDeviceId({ maker: ' nvidia', part: '699-2g520-0200-400\n', serial: '1654922006536 ' }), id);
	assert.notEqual(serialDeviceId({ ...GPU, serial: '1654922006537' }), id);
});

test('a field that could pass for two should be refused', () => {
	assert.throws(() => serialDeviceId({ ...GPU, part: '699|1', serial: '2' }), /without "\|"/);
	assert.throws(() => serialDeviceId({ ...GPU, serial: '  ' }), /serial number/);
	assert.throws(() => serialDeviceId({ ...GPU, maker: 'ＮＶＩＤＩＡ' }), /printable ASCII/);
});

test('an identity key should give one id, and nothing else should', () => {
	assert.equal(keyDeviceId(SPKI), '0x1f797854ef5909c15d9b478dca376980a684ed5e85884143e1add459f240abfd');
	assert.throws(() => keyDeviceId(SPKI.subarray(1)), /SubjectPublicKeyInfo/);
	assert.throws(() => keyDeviceId('0x3076'), /SubjectPublicKeyInfo/);
});
