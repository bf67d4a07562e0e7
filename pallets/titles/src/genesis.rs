// SPDX-License-Identifier: Apache-2.0

//! Genesis of the titles pallet: the collection, and the first parties.

use crate::frame_support::pallet_macros::pallet_section;

/// Genesis configuration of the titles pallet.
#[pallet_section]
mod genesis {
	/// Parties from the first block on.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Account, name of the facility, its tier and jurisdiction, and the CLBR to hold of the
		/// account's balance as its bond.
		pub custodians: Vec<(T::AccountId, Vec<u8>, u8, [u8; 2], u128)>,
		/// Accounts of the verifiers.
		pub verifiers: Vec<T::AccountId>,
		/// Account, name and jurisdiction of each insurer.
		pub insurers: Vec<(T::AccountId, Vec<u8>, [u8; 2])>,
		/// Account, name and jurisdiction of each appraiser.
		pub appraisers: Vec<(T::AccountId, Vec<u8>, [u8; 2])>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		/// Panics on a configuration that no chain can start from.
		fn build(&self) {
			let register = |account: &T::AccountId, info, proof| {
				Pallet::<T>::do_register_party(account.clone(), info).expect(proof)
			};
			let provider = |name: &Vec<u8>, jurisdiction| ServiceProviderInfo {
				name: name.clone().try_into().expect("the name of a provider has 64 bytes at most"),
				jurisdiction,
			};

			Pallet::<T>::create_collection()
				.expect("an empty chain has room for an NFT collection");
			for (account, facility, tier, jurisdiction, bond) in &self.custodians {
				let info = CustodianInfo {
					facility: facility
						.clone()
						.try_into()
						.expect("the name of a facility has 64 bytes at most"),
					tier: *tier,
					jurisdiction: *jurisdiction,
				};
				let info = PartyInfo::Custodian(info);
				register(account, info, "each custodian is valid and named once");
				if *bond > 0 {
					Pallet::<T>::do_post_bond(account.clone(), *bond)
						.expect("the balance of each custodian covers its bond");
				}
			}
			for account in &self.verifiers {
				register(account, PartyInfo::Verifier, "each verifier is named once");
			}
			let proof = "each provider is valid and named once";
			for (account, name, jurisdiction) in &self.insurers {
				register(account, PartyInfo::Insurer(provider(name, *jurisdiction)), proof);
			}
			for (account, name, jurisdiction) in &self.appraisers {
				register(account, PartyInfo::Appraiser(provider(name, *jurisdiction)), proof);
			}
		}
	}
}
