// SPDX-License-Identifier: Apache-2.0

//! Tests.

mod deposit;
mod invariants;
mod lender;
pub(crate) mod mock;
mod queue;
mod settlement;
mod try_state;
mod window;
