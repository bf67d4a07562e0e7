// SPDX-License-Identifier: Apache-2.0

//! Types of the governance pallet.

mod agenda;
mod area_state;
mod brakes;
mod changes;
mod clock;

pub use agenda::{Agenda, Veto, MAX_VETOES, VETO_REST};
pub use area_state::{AreaState, AreaStateOf, Ramp, ValueBrake, MAX_BRAKES, MAX_RAMPS};
pub use brakes::{Brake, BrakeTarget, BrakeTargets, Brakes, CallName};
pub use changes::{AreaId, Change, Changes};
pub use clock::{RelayHeight, MAX_OUTAGES};
