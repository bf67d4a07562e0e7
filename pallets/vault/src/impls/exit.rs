// SPDX-License-Identifier: Apache-2.0

//! Redemption at once, from money that nobody waits for.

use crate::{phases::Exits, Config, Error, Event, Pallet, RecentExits};
use caliber_math::Rounding;
use caliber_primitives::{traits::LineRounds, Balance, ShareOf};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungible::Mutate, tokens::Preservation, Get},
	},
	sp_runtime::DispatchResult,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_redeem_now(
		who: &T::AccountId,
		shares: Balance,
		min_assets: Balance,
	) -> DispatchResult {
		let (now, values) = (Self::now(), T::Values::get());
		// Saturating is safe here: a timestamp, not an amount.
		let is_fresh = T::Lines::last_round()
			.is_some_and(|round| now <= round.begun.saturating_add(values.exit_validity));
		ensure!(is_fresh && T::Lines::is_current(), Error::<T>::RoundTooOld);

		let value = Self::value_by(&values)?;
		let worth = Self::worth(&value, shares, Rounding::Down)?;
		let fee = values.exit_fee.share_of(worth, Rounding::Up);
		let assets = worth.checked_sub(fee).ok_or_else(Self::unexpected)?;
		ensure!(assets >= min_assets.max(1), Error::<T>::TooFewAssets);
		let mut ledger = value.ledger;
		ensure!(assets <= Self::idle_beyond_queue(ledger.idle), Error::<T>::MoreThanIdle);
		let limit = values.exit_share.share_of(value.for_redemptions, Rounding::Down);
		let used = RecentExits::<T>::get()
			.used_at(now, limit)
			.map_err(Error::<T>::from)?
			.checked_add(worth)
			.ok_or(Error::<T>::Overflow)?;
		ensure!(used <= limit, Error::<T>::AboveExitLimit);

		Self::write_day(&value);
		RecentExits::<T>::put(Exits { used, at: now });
		ledger.idle = ledger.idle.checked_sub(assets).ok_or_else(Self::unexpected)?;
		ledger.shares = ledger.shares.checked_sub(shares).ok_or_else(Self::unexpected)?;
		ledger.lock(now, fee, Self::window_length()).map_err(Error::<T>::from)?;
		Self::put_ledger(ledger);
		Self::burn(who, shares)?;
		T::UsdAi::transfer(&Self::account_id(), who, assets, Preservation::Expendable)?;
		Self::deposit_event(Event::RedeemedNow { who: who.clone(), shares, assets, fee });
		Ok(())
	}
}
