// SPDX-License-Identifier: Apache-2.0

//! Weights of the governance pallet, counted by hand until they are measured.

#![allow(missing_docs)]

use core::marker::PhantomData;
use polkadot_sdk::frame_support::weights::Weight;

/// Weight functions for `pallet_caliber_governance`.
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: polkadot_sdk::frame_system::Config> pallet_caliber_governance::WeightInfo
	for WeightInfo<T>
{
	fn set(n: u32) -> Weight {
		<() as pallet_caliber_governance::WeightInfo>::set(n)
	}

	fn brake(n: u32) -> Weight {
		<() as pallet_caliber_governance::WeightInfo>::brake(n)
	}

	fn release(n: u32) -> Weight {
		<() as pallet_caliber_governance::WeightInfo>::release(n)
	}

	fn veto() -> Weight {
		<() as pallet_caliber_governance::WeightInfo>::veto()
	}

	fn note_block() -> Weight {
		<() as pallet_caliber_governance::WeightInfo>::note_block()
	}
}
