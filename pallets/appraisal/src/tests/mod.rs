// SPDX-License-Identifier: Apache-2.0

//! Tests: a file for each call or theme.

pub(crate) mod mock;

mod assets;
mod combine;
mod feed;
mod genesis;
mod invariants;
mod models;
mod policy;
mod reading;
mod try_state;
mod valuation;
