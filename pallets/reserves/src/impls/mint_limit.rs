// SPDX-License-Identifier: Apache-2.0

//! The mint rate limit (fuse): the growth of USDai in a period.

use crate::{types::MintPeriod, Config, Error, Event, MintRateLimit, Pallet};
use caliber_math::Rounding;
use caliber_primitives::{
	governance::values::ReserveValues, reserves::MintRateLimitReport, Balance, Seconds, ShareOf,
};
use polkadot_sdk::{
	frame_support::{
		ensure,
		traits::{fungible, Get},
	},
	sp_runtime::DispatchResult,
};

/// One change of the period of the mint rate limit: loaded once, changed by one method, written by
/// [`Self::commit`].
#[must_use = "a change is written by `commit` only"]
struct MintLimitOp<T: Config> {
	/// The running period.
	period: MintPeriod,
	/// USDai in issue.
	supply: Balance,
	/// Governed values as they count now.
	values: ReserveValues,
	/// Event of the change; `None` if the period is the stored one.
	event: Option<Event<T>>,
}

impl<T: Config> MintLimitOp<T> {
	/// Loads the running period. If nothing was issued in it yet, it starts with the supply.
	fn load() -> Self {
		let supply = <T::UsdAi as fungible::Inspect<_>>::total_issuance();
		let values = T::Values::get();
		let since = Pallet::<T>::period_start(period_length(&values));
		match MintRateLimit::<T>::get().filter(|period| period.since == since) {
			Some(period) => Self { period, supply, values, event: None },
			None => Self {
				period: MintPeriod { since, supply },
				supply,
				values,
				event: Some(Event::MintLimitPeriodStarted { since, supply }),
			},
		}
	}

	/// Returns the largest growth of the supply in the period: the share, rounded down, and at
	/// least the floor.
	fn allowance(&self) -> Balance {
		let share = self.values.mint_limit_share.share_of(self.period.supply, Rounding::Down);
		share.max(self.values.mint_limit_floor)
	}

	/// Returns the largest supply in the period.
	fn limit(&self) -> Balance {
		// If the sum overflows there is no limit.
		self.period.supply.saturating_add(self.allowance())
	}

	/// Ensures that `amount` may be issued in the period.
	fn issue(self, amount: Balance) -> Result<Self, Error<T>> {
		let grown = self.supply.checked_add(amount).ok_or(Error::Overflow)?;
		ensure!(grown <= self.limit(), Error::MintRateLimitExceeded);
		Ok(self)
	}

	/// Lets the growth of the period count from the present supply.
	fn reset(self) -> Self {
		let Self { period: MintPeriod { since, .. }, supply, values, .. } = self;
		let event = Some(Event::MintRateLimitReset { since, supply });
		Self { period: MintPeriod { since, supply }, supply, values, event }
	}

	/// Writes the period if it has changed, and emits the event.
	fn commit(self) {
		if let Some(event) = self.event {
			MintRateLimit::<T>::put(self.period);
			Pallet::<T>::deposit_event(event);
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Ensures that the supply of USDai may grow by `issued` in this period. What is issued in the
	/// genesis block counts in no period.
	pub(crate) fn ensure_within_mint_limit(issued: Balance) -> DispatchResult {
		if Self::is_genesis() {
			return Ok(());
		}
		MintLimitOp::<T>::load().issue(issued)?.commit();
		Ok(())
	}

	/// Resets the mint rate limit.
	pub(crate) fn do_reset_mint_rate_limit() {
		MintLimitOp::<T>::load().reset().commit();
	}

	/// Returns the answer to [`Pallet::mint_rate_limit`].
	pub(crate) fn mint_rate_limit_report() -> MintRateLimitReport {
		let mint_limit = MintLimitOp::<T>::load();
		let MintPeriod { since, supply } = mint_limit.period;
		MintRateLimitReport {
			since,
			// Saturating is safe here: a time, not an amount.
			until: since.saturating_add(period_length(&mint_limit.values)),
			supply,
			allowance: mint_limit.allowance(),
			// Saturating: governance may lower the limit below the supply.
			room: mint_limit.limit().saturating_sub(mint_limit.supply),
		}
	}

	/// Returns the start of the running period of this length.
	fn period_start(length: Seconds) -> Seconds {
		let now = Self::now();
		// The length is not zero, and the remainder is at most `now`.
		now.saturating_sub(now.checked_rem(length).unwrap_or(0))
	}
}

/// Returns the length of the periods, at least one second.
fn period_length(values: &ReserveValues) -> Seconds {
	values.mint_limit_period.max(1)
}
