// SPDX-License-Identifier: Apache-2.0

//! Tests of the titles pallet, by call and theme.

pub(crate) mod mock;
mod support;

mod admin;
mod appraisals;
mod attest;
mod batches;
mod bind_policy;
mod bond;
mod claims_on_bonds;
mod classes;
mod clock;
mod collateral;
mod committee;
mod confirm;
mod eligibility;
mod encumbrance;
mod footprints;
mod genesis;
mod heartbeat;
mod invariants;
mod loss;
mod loss_payee;
mod pay_claim;
mod policies;
mod providers;
mod redemption;
mod registration;
mod reports;
mod revenue;
mod revenue_history;
mod set_document;
mod slash_custodian;
mod trading;
mod try_state;
mod try_state_covers;
mod withdraw_attestation;
