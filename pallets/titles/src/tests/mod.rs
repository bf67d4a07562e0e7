// SPDX-License-Identifier: Apache-2.0

//! Tests of the titles pallet, by call and theme.

pub(crate) mod mock;
mod support;

mod acknowledge_pledge;
mod admin;
mod appraisals;
mod attest;
mod batches;
mod bind_policy;
mod bond;
mod capital;
mod claims_on_bonds;
mod classes;
mod clock;
mod collateral;
mod committee;
mod confirm;
mod custody;
mod devices;
mod eligibility;
mod encumbrance;
mod file_document;
mod footprints;
mod genesis;
mod heartbeat;
mod independence;
mod invariants;
mod loss;
mod loss_payee;
mod nft_metadata;
mod partial_loss;
mod pay_claim;
mod policies;
mod providers;
mod redemption;
mod registration;
mod reports;
mod revenue;
mod revenue_history;
mod slash_custodian;
mod trading;
mod try_state;
mod try_state_covers;
mod withdraw_attestation;
