// SPDX-License-Identifier: Apache-2.0
//
// Everything that the library exports.

export * from './amounts.js';
export * from './auction.js';
export * from './bills.js';
export * from './chain.js';
export * from './clearing.js';
export * from './devices.js';
export * from './governance.js';
export * from './loan.js';
export * as math from './math.js';
export * from './node.js';
export * from './oracle.js';
export * from './spec.js';
export * from './state.js';
export * from './vault.js';
export * from './provision.js';
export * from './waterfall.js';
