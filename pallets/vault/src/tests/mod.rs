// SPDX-License-Identifier: Apache-2.0

//! Tests.

mod apr;
mod bids;
mod claim;
mod clearing;
mod deposit;
mod exit;
mod hand_over;
mod history;
mod idle_funds;
mod idle_work;
mod invariants;
mod lender;
pub(crate) mod mock;
mod outage;
mod queue;
mod raising;
mod settlement;
mod support;
mod try_state;
mod valuation;
mod vectors;
mod window;
mod work;
