// SPDX-License-Identifier: Apache-2.0

export * from './amounts.js';
export * from './chain.js';
export * from './loan.js';
export * as math from './math.js';
export * from './node.js';
export * from './oracle.js';
export * from './vault.js';
