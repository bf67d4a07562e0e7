// SPDX-License-Identifier: Apache-2.0

//! Tests of the governance pallet: one file for each theme.

pub(crate) mod mock;
mod support;

mod agenda;
mod areas;
mod brakes;
mod clocks;
mod genesis;
mod pauses;
mod properties;
mod rules;
mod set;
mod try_state;
mod veto;
