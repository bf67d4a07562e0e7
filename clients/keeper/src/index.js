// SPDX-License-Identifier: Apache-2.0
//
// Everything that the keeper exports.

export * from './backoff.js';
export * from './catalogue.js';
export * from './cranks.js';
export * from './exporter.js';
export * from './metrics.js';
export * from './runner.js';
