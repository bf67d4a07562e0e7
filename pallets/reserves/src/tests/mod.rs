// SPDX-License-Identifier: Apache-2.0

//! Tests.

mod bills;
mod divest;
mod freeze;
mod fuse;
mod invariants;
pub(crate) mod mock;
mod peg;
mod proof;
mod rebalance;
mod try_state;
mod year;
mod yields;
