// SPDX-License-Identifier: Apache-2.0

//! Claims of owners against the bond of a custodian that did not hand over their machines.

use crate::{BondClaim, BondClaims, Config, Custodian, Custodians, Error, Event, Pallet};
use caliber_primitives::{Balance, TitleId};
use polkadot_sdk::frame_support::{defensive, dispatch::DispatchResult, traits::Consideration};

impl<T: Config> Pallet<T> {
	/// Opens a claim against the bond of a custodian, which is frozen. The `ticket` is that of the
	/// request from which the claim comes.
	pub(crate) fn open_claim(
		title_id: TitleId,
		account: T::AccountId,
		claimant: T::AccountId,
		ticket: T::RedemptionConsideration,
	) -> Result<(), Error<T>> {
		let custodian = Self::custodian_of_title(&account)?;
		let open_claims = custodian.open_claims.checked_add(1).ok_or(Error::<T>::Overflow)?;
		let (bond, was_frozen) = (custodian.bond, custodian.frozen);
		let opened_at = Self::now();
		BondClaims::<T>::insert(
			title_id,
			BondClaim { custodian: account.clone(), claimant: claimant.clone(), opened_at, ticket },
		);
		Custodians::<T>::insert(&account, Custodian { frozen: true, open_claims, ..custodian });
		if !was_frozen {
			Self::deposit_event(Event::CustodianFrozen { custodian: account.clone() });
		}
		Self::deposit_event(Event::RedemptionEscalated {
			title: title_id,
			custodian: account,
			claimant,
			bond,
			open_claims,
		});
		Ok(())
	}

	pub(crate) fn do_resolve_claim(title_id: TitleId, award: Balance) -> DispatchResult {
		let BondClaim { custodian: account, claimant, ticket, .. } =
			BondClaims::<T>::get(title_id).ok_or(Error::<T>::NoClaim)?;
		let custodian = Self::custodian_of_title(&account)?;
		let bond = custodian.bond.checked_sub(award).ok_or(Error::<T>::InsufficientBond)?;
		let Some(open_claims) = custodian.open_claims.checked_sub(1) else {
			defensive!("the custodian counts each claim against it", title_id);
			return Err(Error::<T>::Unexpected.into());
		};

		BondClaims::<T>::remove(title_id);
		Custodians::<T>::insert(&account, Custodian { bond, open_claims, ..custodian });
		ticket.drop(&claimant)?;
		Self::pay_from_bond(&account, &claimant, award)?;
		Self::deposit_event(Event::ClaimResolved {
			title: title_id,
			custodian: account,
			claimant,
			award,
			bond,
			open_claims,
		});
		Ok(())
	}
}
