// SPDX-License-Identifier: Apache-2.0

//! The basket: redemption for a share of every stablecoin, and the claims of what it cannot pay.

use super::{proof::in_usd, FungiblesOf};
use crate::{
	pallet_psm, AssetIdOf, Claimed, Claims, Config, Error, Event, Pallet, PayingBasket,
	Stablecoins, WeightInfo as _, LEAST_BASKET, LEAST_CLAIM,
};
use alloc::vec::Vec;
use caliber_math::{mul_div, Rounding};
use caliber_primitives::Balance;
use polkadot_sdk::{
	frame_support::{
		ensure,
		storage::with_storage_layer,
		traits::{
			fungibles::{metadata::Inspect as _, Inspect as _, Mutate as _},
			tokens::{Fortitude, Preservation},
			DefensiveOption, Get,
		},
		weights::Weight,
	},
	frame_system::RawOrigin,
	sp_runtime::{traits::AccountIdConversion, DispatchError, DispatchResult, Permill, TokenError},
};

impl<T: Config> Pallet<T> {
	/// Returns the account with the USDai of the claims.
	pub fn claims_account() -> T::AccountId {
		T::BillsPalletId::get().into_sub_account_truncating(*b"claims")
	}

	/// Returns the most that a basket weighs: each part is tried, and then becomes a claim.
	pub(crate) fn basket_weight() -> Weight {
		<T as Config>::WeightInfo::redeem_basket()
			.saturating_add(<T as Config>::WeightInfo::redeem_basket_into_claims())
	}

	/// Redeems USDai for a share of every stablecoin.
	pub(crate) fn do_redeem_basket(
		who: &T::AccountId,
		amount: Balance,
		min_out: Balance,
	) -> DispatchResult {
		ensure!(amount >= LEAST_BASKET, Error::<T>::BasketTooSmall);
		let before = Self::spendable(who);
		ensure!(before >= amount, TokenError::FundsUnavailable);
		let mut out: Balance = 0;
		for (asset, part) in Self::parts(amount)? {
			match with_storage_layer(|| Self::pay(who, &asset, part)) {
				Ok(received) => {
					let usd = in_usd(received, FungiblesOf::<T>::decimals(asset));
					out = usd.and_then(|usd| out.checked_add(usd)).ok_or(Error::<T>::Overflow)?;
				}
				Err(_) if part >= LEAST_CLAIM => Self::put_aside(who, asset, part)?,
				// So little stays with the account.
				Err(_) => {}
			}
		}
		let usdai =
			before.checked_sub(Self::spendable(who)).defensive_ok_or(Error::<T>::Unexpected)?;
		ensure!(usdai > 0, Error::<T>::NothingToRedeem);
		ensure!(out >= min_out, Error::<T>::TooLittleOut);
		Self::deposit_event(Event::BasketRedeemed { who: who.clone(), usdai, out });
		Ok(())
	}

	/// Pays a claim as far as the peg has debt in the stablecoin, and gives the rest back in USDai: all
	/// of it where less than the least claim is owed.
	pub(crate) fn do_claim_basket(asset: &AssetIdOf<T>, who: &T::AccountId) -> DispatchResult {
		let usdai = Claims::<T>::take(asset, who).ok_or(Error::<T>::NoClaim)?;
		Claimed::<T>::try_mutate_exists(asset, |sum| {
			let left =
				sum.unwrap_or(0).checked_sub(usdai).defensive_ok_or(Error::<T>::Unexpected)?;
			*sum = (left > 0).then_some(left);
			Ok::<_, Error<T>>(())
		})?;
		FungiblesOf::<T>::transfer(
			T::PegAsset::get(),
			&Self::claims_account(),
			who,
			usdai,
			Preservation::Expendable,
		)?;
		let (asset, who) = (asset.clone(), who.clone());
		let owed = match Stablecoins::<T>::contains_key(&asset) {
			true => usdai.min(Self::debt_of(&asset)),
			false => 0,
		};
		let owed = if owed < LEAST_CLAIM { 0 } else { owed };
		if owed > 0 {
			let received = Self::pay(&who, &asset, owed)?;
			let (who, asset) = (who.clone(), asset.clone());
			Self::deposit_event(Event::ClaimPaid { who, asset, usdai: owed, received });
		}
		let rest = usdai.checked_sub(owed).defensive_ok_or(Error::<T>::Unexpected)?;
		if rest > 0 {
			Self::deposit_event(Event::ClaimReturned { who, asset, usdai: rest });
		}
		Ok(())
	}

	/// Returns the parts of `amount` for the stablecoins, rounded down: by the debt in each that is
	/// not claimed.
	fn parts(amount: Balance) -> Result<Vec<(AssetIdOf<T>, Balance)>, DispatchError> {
		let open: Vec<(_, Balance)> = Stablecoins::<T>::iter_keys()
			.map(|asset| {
				// Saturating: who redeems into a stablecoin may take what others have claimed of
				// it.
				let open = Self::debt_of(&asset).saturating_sub(Claimed::<T>::get(&asset));
				(asset, open)
			})
			.collect();
		let whole = open
			.iter()
			.try_fold(0, |sum: Balance, (_, open)| sum.checked_add(*open))
			.defensive_ok_or(Error::<T>::Unexpected)?;
		let mut parts = Vec::new();
		for (asset, open) in open {
			if open == 0 {
				continue;
			}
			let part =
				mul_div(amount, open, whole, Rounding::Down).map_err(|_| Error::<T>::Overflow)?;
			if part > 0 {
				parts.push((asset, part));
			}
		}
		Ok(parts)
	}

	/// Redeems `usdai` of an account for a stablecoin. Returns what it received, in the smallest
	/// unit.
	fn pay(
		who: &T::AccountId,
		asset: &AssetIdOf<T>,
		usdai: Balance,
	) -> Result<Balance, DispatchError> {
		// The PSM takes a reserve that is missing for a fault. Its issuer may have taken it.
		let (reserve, decimals) = Self::peg_balance(asset);
		let covered = in_usd(reserve, decimals).is_none_or(|reserve| reserve >= usdai);
		ensure!(covered, Error::<T>::ReserveMissing);
		let before = FungiblesOf::<T>::balance(asset.clone(), who);
		PayingBasket::<T>::put(());
		pallet_psm::Pallet::<T>::redeem(
			RawOrigin::Signed(who.clone()).into(),
			T::PegAsset::get(),
			asset.clone(),
			usdai,
			// The caller's limit is on what the whole basket pays.
			Permill::one(),
		)?;
		PayingBasket::<T>::kill();
		let after = FungiblesOf::<T>::balance(asset.clone(), who);
		Ok(after.checked_sub(before).defensive_ok_or(Error::<T>::Unexpected)?)
	}

	/// Puts the USDai of a part aside as a claim.
	fn put_aside(who: &T::AccountId, asset: AssetIdOf<T>, usdai: Balance) -> DispatchResult {
		FungiblesOf::<T>::transfer(
			T::PegAsset::get(),
			who,
			&Self::claims_account(),
			usdai,
			Preservation::Expendable,
		)?;
		let add = |sum: Balance| sum.checked_add(usdai).ok_or(Error::<T>::Overflow);
		let claim = add(Claims::<T>::get(&asset, who).unwrap_or(0))?;
		Claims::<T>::insert(&asset, who, claim);
		Claimed::<T>::insert(&asset, add(Claimed::<T>::get(&asset))?);
		Self::deposit_event(Event::BasketClaimed { who: who.clone(), asset, usdai });
		Ok(())
	}

	/// Returns the USDai that an account may spend.
	fn spendable(who: &T::AccountId) -> Balance {
		FungiblesOf::<T>::reducible_balance(
			T::PegAsset::get(),
			who,
			Preservation::Expendable,
			Fortitude::Polite,
		)
	}
}
