// SPDX-License-Identifier: Apache-2.0

//! Tests of the reserves pallet.

mod bills;
mod committee;
mod divest;
mod freeze;
mod genesis;
mod haircut;
mod invariants;
mod mint_limit;
pub(crate) mod mock;
mod peg;
mod proof;
mod rebalance;
mod support;
mod try_state;
mod year;
mod yields;
