// SPDX-License-Identifier: Apache-2.0

//! Configuration of every pallet, by area.

pub mod appraisal;
pub mod assets;
pub mod consensus;
pub mod credit;
pub mod governance;
pub mod oracle;
pub mod reserves;
pub mod system;
pub mod titles;
pub mod vault;
pub mod xcm;
