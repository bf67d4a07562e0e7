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
		/// Account, name of the facility, its tier and jurisdiction. Bonds and capital are posted later
		/// in the genesis, once there is USDai ([`PostSurety`]).
		///
		/// [`PostSurety`]: caliber_primitives::traits::PostSurety
		pub custodians: Vec<(T::AccountId, Vec<u8>, u8, [u8; 2])>,
		/// Accounts of the verifiers.
		pub verifiers: Vec<T::AccountId>,
		/// Account, name, jurisdiction and capacity of each insurer, in USDai.
		pub insurers: Vec<(T::AccountId, Vec<u8>, [u8; 2], Balance)>,
		/// Account, name and jurisdiction of each appraiser.
		pub appraisers: Vec<(T::AccountId, Vec<u8>, [u8; 2])>,
		/// Account, name and jurisdiction of each off-taker.
		pub off_takers: Vec<(T::AccountId, Vec<u8>, [u8; 2])>,
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
			for (account, facility, tier, jurisdiction) in &self.custodians {
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
			}
			for account in &self.verifiers {
				register(account, PartyInfo::Verifier, "each verifier is named once");
			}
			let proof = "each provider is valid and named once";
			for (account, name, jurisdiction, capacity) in &self.insurers {
				register(account, PartyInfo::Insurer(provider(name, *jurisdiction)), proof);
				let capacity = Governed::new(*capacity);
				Insurers::<T>::insert(account, Insurer { capacity, capital: 0, bound: 0 });
			}
			for (account, name, jurisdiction) in &self.appraisers {
				register(account, PartyInfo::Appraiser(provider(name, *jurisdiction)), proof);
			}
			for (account, name, jurisdiction) in &self.off_takers {
				register(account, PartyInfo::OffTaker(provider(name, *jurisdiction)), proof);
			}
		}
	}
}
