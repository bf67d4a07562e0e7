// SPDX-License-Identifier: Apache-2.0

//! Stand-ins and scenarios of the tests. The mock exports all of them but those of auctions.

pub mod auction_ops;
pub mod books;
pub mod genesis;
pub mod governance;
pub mod lender;
pub mod lines;
pub mod lot;
pub mod terms;
pub mod titles;
