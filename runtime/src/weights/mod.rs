// SPDX-License-Identifier: Apache-2.0

//! Weights of the calls of Caliber's pallets and of the calls that send messages, measured by
//! `scripts/weights.sh`.

pub mod pallet_caliber_appraisal;
pub mod pallet_caliber_credit;
pub mod pallet_caliber_governance;
pub mod pallet_caliber_reserves;
pub mod pallet_caliber_titles;
pub mod pallet_caliber_vault;
pub mod pallet_xcm;
