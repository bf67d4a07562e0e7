// SPDX-License-Identifier: Apache-2.0
//
// Amounts and times of the life. A test and a demo differ in time alone.

import { usd } from '@caliber/lib';

const COMMON = {
	limit: usd('150000'),
	draw: usd('69000'),
	periods: 12,
	/** First day of the recorded prices. */
	days: { from: '2025-10-19' },
	finalized: false,
};

/** Plan on a test's own node with fast blocks: an installment every fifteen blocks. */
export const TEST = { ...COMMON, period: 90 };

/** Plan on a running development node, a block every three seconds: an installment every ten blocks. */
export const DEMO = { ...COMMON, period: 60 };
