// SPDX-License-Identifier: Apache-2.0

//! Tests: a file for each call or theme.

pub(crate) mod mock;

mod assets;
mod combine;
mod course;
mod feed;
mod genesis;
mod invariants;
mod models;
mod moves;
mod operators;
mod policy;
mod portfolio;
mod reading;
mod replay;
mod try_state;
mod valuation;
