// SPDX-License-Identifier: Apache-2.0

//! Tests.

mod apr;
mod auction;
mod bids;
mod claim;
mod deposit;
mod idle;
mod invariants;
mod lender;
pub(crate) mod mock;
mod queue;
mod settlement;
mod try_state;
mod window;
