// SPDX-License-Identifier: Apache-2.0
//
// Test of the rate limit that the operator of a node has set, as a proxy sees it.

import { createRequire } from 'node:module';

const { WebSocket } = createRequire(new URL('../clients/lib/package.json', import.meta.url))('ws');

/** Makes calls over one WebSocket, forwarded for an address by the proxy. Waits until all are answered. */
function call(node, calls, address) {
	return new Promise((resolve, reject) => {
		const socket = new WebSocket(node.url, { headers: { 'x-forwarded-for': address } });
		let answered = 0;
		socket.once('error', reject);
		socket.once('open', () => {
			for (let id = 0; id < calls; id += 1) socket.send(JSON.stringify({ jsonrpc: '2.0', id, method: 'system_name', params: [] }));
		});
		socket.on('message', () => {
			answered += 1;
			if (answered < calls) return;
			socket.close();
			resolve();
		});
	});
}

/** Returns the number of calls that the node has delayed or refused because of the limit. */
async function slowed(node) {
	const samples = (await node.metrics()).filter(({ name, labels }) =>
		name === 'substrate_rpc_calls_rejected' || (name === 'substrate_rpc_calls_finished' && labels.is_rate_limited === 'true'));
	return samples.reduce((sum, { value }) => sum + value, 0);
}

/**
 * Exceeds the rate limit of a node, from an address that is exempt and from one of the internet.
 *
 * @param {import('./node.js').Node} node
 * @param {number} rate calls a minute
 * @returns {Promise<{ exempt: number, other: number }>} number of calls of each that were delayed or refused
 */
export async function rateLimit(node, rate) {
	const calls = Math.ceil(rate * 1.1);
	await call(node, calls, '127.0.0.1');
	const exempt = await slowed(node);
	await call(node, calls, '203.0.113.7');
	return { exempt, other: (await slowed(node)) - exempt };
}
