// SPDX-License-Identifier: Apache-2.0

//! What stops the issue of USDai: too fast a growth, and a stablecoin that is worth too little.

use super::excess;
use crate::{types::FusePeriod, AssetIdOf, Config, Error, Event, Fuse, Pallet, Stablecoins};
use caliber_math::{share_of, Rounding};
use caliber_primitives::{traits::PriceSource, vault::FuseReport, Balance, PricedAssetId, Seconds};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungible, Get},
	},
	sp_runtime::DispatchResult,
};

impl<T: Config> Pallet<T> {
	/// Check that the supply of USDai may grow by `issued` in this period.
	pub(crate) fn pass_fuse(issued: Balance) -> DispatchResult {
		let supply = Self::supply();
		let (fuse, new) = Self::fuse_period(supply);
		let most = Self::fuse_limit(fuse.supply);
		let grown = supply.checked_add(issued).ok_or(Error::<T>::Overflow)?;
		ensure!(grown <= most, Error::<T>::FuseBlown);
		if new {
			let FusePeriod { since, supply } = fuse;
			Fuse::<T>::put(fuse);
			Self::deposit_event(Event::FusePeriodStarted { since, supply });
		}
		Ok(())
	}

	/// Check that a stablecoin is worth enough to issue USDai against it.
	pub(crate) fn pass_floor(asset: &AssetIdOf<T>) -> DispatchResult {
		let below = Stablecoins::<T>::get(asset).is_some_and(Self::is_below_floor);
		ensure!(!below, Error::<T>::BelowPegFloor);
		Ok(())
	}

	/// Whether the last accepted price of an asset, however old, is below the floor. The oracle's
	/// silence does not stop the peg, and what it has stopped does not go on by silence either.
	pub(crate) fn is_below_floor(asset: PricedAssetId) -> bool {
		T::Prices::last_known(asset)
			.is_some_and(|(price, _)| price < T::PegFloor::get().into_inner())
	}

	pub(crate) fn do_reset_fuse() {
		let supply = Self::supply();
		let since = Self::period_start();
		Fuse::<T>::put(FusePeriod { since, supply });
		Self::deposit_event(Event::FuseReset { since, supply });
	}

	/// The answer to [`Pallet::fuse`].
	pub(crate) fn fuse_report() -> FuseReport {
		let issued = Self::supply();
		let (FusePeriod { since, supply }, _) = Self::fuse_period(issued);
		let allowance = Self::fuse_allowance(supply);
		let most = Self::fuse_limit(supply);
		FuseReport {
			since,
			until: since.checked_add(Self::period_length()).unwrap_or(Seconds::MAX),
			supply,
			allowance,
			room: excess(most, issued),
		}
	}

	/// The period that runs, and whether nothing was issued in it yet.
	fn fuse_period(supply: Balance) -> (FusePeriod, bool) {
		let since = Self::period_start();
		match Fuse::<T>::get().filter(|fuse| fuse.since == since) {
			Some(fuse) => (fuse, false),
			None => (FusePeriod { since, supply }, true),
		}
	}

	/// The share of the supply, rounded down, but not less than the floor.
	fn fuse_allowance(supply: Balance) -> Balance {
		// A share is never more than the whole, so that it has a number.
		share_of(supply, T::FuseCap::get().deconstruct(), Rounding::Down)
			.unwrap_or_default()
			.max(T::FuseFloor::get())
	}

	/// The most that may be in issue in a period that began with `supply`. A floor without end is no
	/// fuse.
	fn fuse_limit(supply: Balance) -> Balance {
		supply.checked_add(Self::fuse_allowance(supply)).unwrap_or(Balance::MAX)
	}

	/// Not zero: a length that governance has set to nothing is a second.
	fn period_length() -> Seconds {
		T::FusePeriod::get().max(1)
	}

	fn period_start() -> Seconds {
		let now = Self::now();
		let passed = now.checked_rem(Self::period_length()).unwrap_or_default();
		now.saturating_sub(passed)
	}

	fn supply() -> Balance {
		<T::UsdAi as fungible::Inspect<_>>::total_issuance()
	}
}
