// SPDX-License-Identifier: Apache-2.0

export * from './feed.js';
export * from './series.js';
