// SPDX-License-Identifier: Apache-2.0

mod attest;
mod bond;
mod confirm;
mod eligibility;
mod encumbrance;
mod genesis;
mod heartbeat;
mod invariants;
mod registration;
mod reports;
mod revenue;
mod revenue_history;
mod try_state;
mod withdraw_attestation;
