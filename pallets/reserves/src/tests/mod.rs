// SPDX-License-Identifier: Apache-2.0

//! Tests of the reserves pallet.

mod basket;
mod bills;
mod committee;
mod freeze;
mod genesis;
mod guard;
mod haircut;
mod invariants;
mod meters;
mod mint_limit;
pub(crate) mod mock;
mod offers;
mod peg;
mod proof;
mod support;
mod thefts_of_offers;
mod try_state;
mod year;
mod yield_due;
mod yields;
