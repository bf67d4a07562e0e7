// SPDX-License-Identifier: Apache-2.0

//! The mint rate limit (fuse): the growth of USDai over a reference that follows its supply.

use crate::{
	growth::{Growth, GrowthLimit},
	Config, Error, Event, MintRateLimit, Pallet,
};
use caliber_primitives::{reserves::MintRateLimitReport, Balance};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungible, Get},
	},
	sp_runtime::DispatchResult,
};

/// One change of the growth of the supply: loaded once, changed by one method, written by
/// [`Self::commit`].
#[must_use = "a change is written by `commit` only"]
struct MintLimitOp<T: Config> {
	/// The growth as it is in storage.
	stored: Option<Growth>,
	/// The growth as it will be.
	growth: Growth,
	/// USDai in issue.
	supply: Balance,
	/// Largest growth over the reference, in USDai.
	allowance: Balance,
	/// Event of the change.
	event: Option<Event<T>>,
}

impl<T: Config> MintLimitOp<T> {
	/// Loads the growth and lets its reference follow the supply until now. Before the first change
	/// the reference is the supply.
	fn load() -> Self {
		let supply = <T::UsdAi as fungible::Inspect<_>>::total_issuance();
		let limit = Self::limit();
		let now = Pallet::<T>::now();
		let stored = MintRateLimit::<T>::get();
		let growth = stored.unwrap_or(Growth::start(supply, now));
		let speed = limit.allowance(growth.reference);
		let growth = growth.followed(supply, speed, limit.period(), now);
		let allowance = limit.allowance(growth.reference);
		Self { stored, growth, supply, allowance, event: None }
	}

	/// Returns the governed limit.
	fn limit() -> GrowthLimit {
		let values = T::Values::get();
		GrowthLimit {
			share: values.mint_limit_share,
			floor: values.mint_limit_floor,
			period: values.mint_limit_period,
		}
	}

	/// Returns the growth that is still permitted.
	fn room(&self) -> Balance {
		self.growth.room(self.supply, self.allowance)
	}

	/// Ensures that `amount` may be issued.
	fn issue(self, amount: Balance) -> Result<Self, Error<T>> {
		ensure!(self.supply.checked_add(amount).is_some(), Error::Overflow);
		ensure!(amount <= self.room(), Error::MintRateLimitExceeded);
		Ok(self)
	}

	/// Lets the growth count from the present supply.
	fn reset(mut self) -> Self {
		self.growth = Growth::start(self.supply, Pallet::<T>::now());
		self.event = Some(Event::MintRateLimitReset { supply: self.supply });
		self
	}

	/// Writes the growth if it has changed, and emits the event.
	fn commit(self) {
		if self.stored != Some(self.growth) {
			MintRateLimit::<T>::put(self.growth);
		}
		if let Some(event) = self.event {
			Pallet::<T>::deposit_event(event);
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Ensures that the supply of USDai may grow by `issued` now. What is issued in the genesis
	/// block does not count.
	pub(crate) fn ensure_within_mint_limit(issued: Balance) -> DispatchResult {
		if Self::is_genesis() {
			return Ok(());
		}
		MintLimitOp::<T>::load().issue(issued)?.commit();
		Ok(())
	}

	/// Notes the supply before a redemption lowers it: what is redeemed and minted again counts
	/// from the reference of this moment.
	pub(crate) fn note_supply() {
		MintLimitOp::<T>::load().commit();
	}

	/// Resets the mint rate limit.
	pub(crate) fn do_reset_mint_rate_limit() {
		MintLimitOp::<T>::load().reset().commit();
	}

	/// Returns the answer to [`Pallet::mint_rate_limit`].
	pub(crate) fn mint_rate_limit_report() -> MintRateLimitReport {
		let mint_limit = MintLimitOp::<T>::load();
		MintRateLimitReport {
			reference: mint_limit.growth.reference,
			allowance: mint_limit.allowance,
			room: mint_limit.room(),
			period: MintLimitOp::<T>::limit().period(),
		}
	}
}
