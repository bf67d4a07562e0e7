// SPDX-License-Identifier: Apache-2.0

//! Tests of the appraisal pallet: one file for each call or theme.

pub(crate) mod mock;
mod support;

mod accepted_values;
mod assets;
mod combine;
mod feed;
mod genesis;
mod governed_values;
mod invariants;
mod models;
mod move_bounds;
mod new_debt;
mod operators;
mod pauses;
mod portfolio;
mod price_history;
mod replay;
mod seasoning;
mod try_state;
mod valuation;
mod versions;
