// SPDX-License-Identifier: Apache-2.0

//! Genesis of the reserves pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Genesis of the reserves pallet. It is built last: assets, balances and pools exist by then.
#[pallet_section]
mod genesis {
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The peg.
		pub peg: Option<Peg<AssetIdOf<T>>>,
		/// The first USDai: an account, the stablecoin that it pays into the peg, and the amount in
		/// the smallest unit of the stablecoin. The peg mints, for its fees and below its ceilings.
		/// No price is asked, and nothing counts in the mint rate limit.
		pub mints: Vec<(T::AccountId, AssetIdOf<T>, Balance)>,
		/// Bonds and capital from the first block on: what kind, whose, and how many USDai of the
		/// account's balance. Posted after the mints.
		pub sureties: Vec<(Surety, T::AccountId, Balance)>,
		/// The pool of USDai and CLBR, made after the mints.
		pub pool: Option<GenesisPool<T::AccountId>>,
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
			for (who, stablecoin, amount) in &self.mints {
				if let Err(error) = Pallet::<T>::mint_first(who, stablecoin, *amount) {
					panic!(
						"{who:?} cannot mint USDai against {amount} of the stablecoin \
						{stablecoin:?} at genesis: {error:?}"
					);
				}
			}
			for (surety, party, amount) in &self.sureties {
				if let Err(error) = T::Sureties::post(*surety, party, *amount) {
					panic!("{party:?} cannot post {surety:?} of {amount} at genesis: {error:?}");
				}
			}
			if let Some(pool) = &self.pool {
				if let Err(error) = Pallet::<T>::create_pool(pool) {
					panic!("the pool of the genesis cannot be made: {error:?}");
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
