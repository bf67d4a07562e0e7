// SPDX-License-Identifier: Apache-2.0

//! What is true of the state after every block.

use crate::{
	Collection, Config, Custodians, CustodyRenewedAt, Documents, Encumbrances, HoldReason,
	NextTitleId, Pallet, Revenue, Serials, TitleSerials, Titles,
};
use alloc::collections::BTreeMap;
use caliber_primitives::{titles::TitleStatus, Balance};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{
			fungible::InspectHold,
			tokens::nonfungibles_v2::{Inspect as InspectNft, InspectEnumerable},
		},
	},
	sp_runtime::TryRuntimeError,
};

impl<T: Config> Pallet<T> {
	/// Check every invariant of the pallet.
	///
	/// 1. Ids are below the next one, and no map names a title that does not exist.
	/// 2. Serials and titles are a bijection, with as many serials as units.
	/// 3. A title is active if and only if its NFT exists.
	/// 4. A title is encumbered if and only if its NFT cannot be transferred; it is then active.
	/// 5. A custodian's count is that of its titles, and what is held of it are its bond and the
	///    deposits of its titles.
	/// 6. The periods of a revenue history sum up to its total at most.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_state_titles()?;
		Self::try_state_serials()?;
		Self::try_state_nfts()?;
		Self::try_state_custodians()?;
		Self::try_state_revenue()
	}

	fn try_state_titles() -> Result<(), TryRuntimeError> {
		let next = NextTitleId::<T>::get();
		for (title, record) in Titles::<T>::iter() {
			ensure!(title < next, "1: a title has an id that was not given out");
			ensure!(CustodyRenewedAt::<T>::contains_key(title), "1: a title without custody");
			ensure!(
				(record.status == TitleStatus::Attested) == record.verifier.is_none(),
				"1: a title is confirmed without a verifier, or the other way round"
			);
		}
		for title in CustodyRenewedAt::<T>::iter_keys() {
			ensure!(Titles::<T>::contains_key(title), "1: custody of an unknown title");
		}
		for (title, _) in Documents::<T>::iter_keys() {
			ensure!(Titles::<T>::contains_key(title), "1: document of an unknown title");
		}
		for title in Revenue::<T>::iter_keys() {
			ensure!(Titles::<T>::contains_key(title), "1: revenue of an unknown title");
		}
		Ok(())
	}

	fn try_state_serials() -> Result<(), TryRuntimeError> {
		let mut listed = 0usize;
		for (title, serials) in TitleSerials::<T>::iter() {
			let record = Titles::<T>::get(title).ok_or("2: serials of an unknown title")?;
			ensure!(record.units as usize == serials.len(), "2: as many serials as units");
			for serial in &serials {
				ensure!(
					Serials::<T>::get(serial) == Some(title),
					"2: a serial is of another title"
				);
			}
			listed += serials.len();
		}
		for title in Titles::<T>::iter_keys() {
			ensure!(TitleSerials::<T>::contains_key(title), "2: a title without serials");
		}
		ensure!(Serials::<T>::iter().count() == listed, "2: a serial that no title lists");
		Ok(())
	}

	fn try_state_nfts() -> Result<(), TryRuntimeError> {
		let Some(collection) = Collection::<T>::get() else {
			ensure!(Titles::<T>::iter().next().is_none(), "3: titles without a collection");
			return Ok(());
		};
		ensure!(
			T::Nfts::collection_owner(&collection) == Some(Self::account_id()),
			"3: the collection belongs to another account"
		);
		for (title, record) in Titles::<T>::iter() {
			let active = record.status == TitleStatus::Active;
			let minted = T::Nfts::owner(&collection, &title).is_some();
			ensure!(active == minted, "3: a title is active if and only if its NFT exists");
			let locked = minted && !T::Nfts::can_transfer(&collection, &title);
			let encumbered = Encumbrances::<T>::contains_key(title);
			ensure!(locked == encumbered, "4: a title is encumbered if and only if it is locked");
		}
		for title in T::Nfts::items(&collection) {
			ensure!(Titles::<T>::contains_key(title), "3: the NFT of an unknown title");
		}
		for title in Encumbrances::<T>::iter_keys() {
			ensure!(Titles::<T>::contains_key(title), "4: encumbrance of an unknown title");
		}
		Ok(())
	}

	fn try_state_custodians() -> Result<(), TryRuntimeError> {
		let mut kept = BTreeMap::<T::AccountId, (u32, Balance)>::new();
		for record in Titles::<T>::iter_values() {
			let (titles, deposits) = kept.entry(record.custodian).or_default();
			*titles += 1;
			*deposits = deposits.checked_add(record.deposit).ok_or("5: deposits overflow")?;
		}
		for (account, custodian) in Custodians::<T>::iter() {
			let (titles, deposits) = kept.remove(&account).unwrap_or_default();
			ensure!(custodian.live_titles == titles, "5: live titles of a custodian");
			let held = |reason: HoldReason| T::Currency::balance_on_hold(&reason.into(), &account);
			ensure!(held(HoldReason::CustodianBond) == custodian.bond, "5: bond and hold differ");
			ensure!(held(HoldReason::TitleDeposit) == deposits, "5: deposits and hold differ");
		}
		ensure!(kept.is_empty(), "5: the custodian of a title is not registered");
		Ok(())
	}

	fn try_state_revenue() -> Result<(), TryRuntimeError> {
		for history in Revenue::<T>::iter_values() {
			let kept = history
				.buckets
				.iter()
				.try_fold(0, |sum: Balance, bucket| sum.checked_add(*bucket))
				.ok_or("6: revenue overflows")?;
			ensure!(kept <= history.total, "6: the periods exceed the total");
		}
		Ok(())
	}
}
