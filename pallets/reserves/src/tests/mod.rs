// SPDX-License-Identifier: Apache-2.0

//! Tests.

mod bills;
pub(crate) mod mock;
mod peg;
mod proof;
