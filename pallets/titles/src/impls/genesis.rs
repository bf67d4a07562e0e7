// SPDX-License-Identifier: Apache-2.0

//! Genesis: the collection, and the first custodians, verifiers, insurers and appraisers.

use crate::{
	pallet::GenesisConfig, Collection, Config, CreateTitleCollection, CustodianInfo, Error, Pallet,
	ProviderInfo, Role,
};
use polkadot_sdk::sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// The NFT collection of the titles; none before genesis.
	pub fn collection() -> Option<u32> {
		Collection::<T>::get()
	}

	pub(crate) fn collection_id() -> Result<u32, Error<T>> {
		Self::collection().ok_or(Error::<T>::NoCollection)
	}

	pub(crate) fn create_collection() -> Result<(), DispatchError> {
		let collection = T::Nfts::create_title_collection(&Self::account_id())?;
		Collection::<T>::put(collection);
		Ok(())
	}

	/// Panics on a configuration that no chain can start from.
	pub(crate) fn build_genesis(config: &GenesisConfig<T>) {
		Self::create_collection().expect("an empty chain has room for an NFT collection");

		for (account, facility, tier, jurisdiction, bond) in &config.custodians {
			let facility =
				facility.clone().try_into().expect("the name of a facility has 64 bytes at most");
			let info = CustodianInfo { facility, tier: *tier, jurisdiction: *jurisdiction };
			Self::do_register_custodian(account.clone(), info)
				.expect("each custodian is valid and named once");
			if *bond > 0 {
				Self::do_post_bond(account.clone(), *bond)
					.expect("the balance of each custodian covers its bond");
			}
		}
		for account in &config.verifiers {
			Self::do_register_verifier(account.clone()).expect("each verifier is named once");
		}
		let insurers = config.insurers.iter().map(|insurer| (Role::Insurer, insurer));
		let appraisers = config.appraisers.iter().map(|appraiser| (Role::Appraiser, appraiser));
		for (role, (account, name, jurisdiction)) in insurers.chain(appraisers) {
			let name =
				name.clone().try_into().expect("the name of a provider has 64 bytes at most");
			let info = ProviderInfo { name, jurisdiction: *jurisdiction };
			Self::do_register_provider(role, account.clone(), info)
				.expect("each provider is valid and named once");
		}
	}
}
