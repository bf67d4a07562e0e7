// SPDX-License-Identifier: Apache-2.0

//! The tests, a file for each call or theme.

mod accept;
mod auction_cancelled;
mod auction_ops;
mod auction_rules;
mod auction_start;
mod bid;
mod breach;
mod ceilings;
mod claims;
mod close;
mod collateral;
mod collect;
mod curators;
mod default;
mod draw;
mod extremes;
mod invariants;
mod lot;
pub(crate) mod mock;
mod offer;
mod owed;
mod payoff;
mod refinance;
mod repay;
mod reports;
mod reserve;
mod resolve_lot;
mod revolving;
mod settle_auction;
mod standings;
mod sweep;
mod take_lot;
mod waterfall;
mod withheld;
