// SPDX-License-Identifier: Apache-2.0

//! The tests, a file for each call or theme.

mod accept;
mod close;
mod collect;
mod curators;
mod draw;
mod invariants;
pub(crate) mod mock;
mod offer;
mod payoff;
mod repay;
mod reports;
mod reserve;
mod revolving;
