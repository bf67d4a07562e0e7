// SPDX-License-Identifier: Apache-2.0
//
// How much, how long: what differs between a test and a demo is time alone.

import { usd } from '@caliber/lib';

const COMMON = {
	limit: usd('150000'),
	draw: usd('80000'),
	periods: 12,
	/** Days of recorded prices, from here on. */
	days: { from: '2025-10-19' },
	finalized: false,
};

/** On a node of one's own with fast blocks: an installment every fifteen blocks. */
export const TEST = { ...COMMON, window: 90 };

/** On a running development node, a block every three seconds: an installment every ten blocks. */
export const DEMO = { ...COMMON, window: 60 };
