// SPDX-License-Identifier: Apache-2.0

//! The configuration of every pallet, by area.

pub mod assets;
pub mod consensus;
pub mod credit;
pub mod governance;
pub mod parameters;
pub mod system;
pub mod xcm;
