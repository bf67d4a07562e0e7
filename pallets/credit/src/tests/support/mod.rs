// SPDX-License-Identifier: Apache-2.0

//! Helpers that the tests share beside the mock.

pub mod auction_ops;
pub mod lot;
