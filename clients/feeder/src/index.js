// SPDX-License-Identifier: Apache-2.0
//
// Everything that the feeder exports.

export * from './feed.js';
export * from './series.js';
