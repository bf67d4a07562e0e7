// SPDX-License-Identifier: Apache-2.0

//! Genesis of the reserves pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Genesis of the reserves pallet.
#[pallet_section]
mod genesis {
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The peg. Its assets exist by then: they stand before this pallet in the runtime.
		pub peg: Option<Peg<AssetIdOf<T>>>,
		/// The Treasury bills. The token exists by then.
		pub bill: Option<TreasuryBill<AssetIdOf<T>>>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			if let Some(peg) = &self.peg {
				if let Err(error) = Pallet::<T>::create_peg(peg) {
					panic!("the peg of the genesis cannot be made: {error:?}");
				}
			}
			if let Some(bill) = &self.bill {
				if let Err(error) = Pallet::<T>::do_set_treasury_bill(Some(bill.clone())) {
					panic!("the Treasury bills of the genesis cannot be set: {error:?}");
				}
			}
		}
	}
}
