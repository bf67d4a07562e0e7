// SPDX-License-Identifier: Apache-2.0

//! Tests of the credit pallet, a file for each call or theme.

pub(crate) mod mock;
mod support;

mod accept;
mod auction_cancelled;
mod auction_record;
mod auction_rules;
mod auction_start;
mod bid;
mod book;
mod brakes;
mod breach;
mod ceilings;
mod close;
mod collateral;
mod collect;
mod cover;
mod credit_bid;
mod curators;
mod default;
mod draw;
mod draw_guards;
mod exposure;
mod insurance_proceeds;
mod invariants;
mod junior_holdback;
mod loan_extremes;
mod loss_payee;
mod offer;
mod outages;
mod partial;
mod payoff;
mod payouts;
mod provisions;
mod random_auctions;
mod random_calls;
mod refinance;
mod reinstatement;
mod repay;
mod reports;
mod reserve;
mod resolve_lot;
mod revolving;
mod round_book;
mod rounds;
mod settle_auction;
mod sweep;
mod title_lookups;
mod versions;
mod waterfall;
mod work;
