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
	/// Loads the running period. If nothing was issued in it yet, it starts with the supply. A
	/// period that has started keeps its end: another length counts from there.
	fn load() -> Self {
		let supply = <T::UsdAi as fungible::Inspect<_>>::total_issuance();
		let values = T::Values::get();
		let now = Pallet::<T>::now();
		let last = MintRateLimit::<T>::get();
		if let Some(period) = last.filter(|period| now < period.until) {
			return Self { period, supply, values, event: None };
		}
		let length = values.mint_limit_period.max(1);
		let (since, until) = period_of(now, last.map_or(0, |last| last.until), length);
		let event = Some(Event::MintLimitPeriodStarted { since, until, supply });
		Self { period: MintPeriod { since, until, supply }, supply, values, event }
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
		let Self { period: MintPeriod { since, until, .. }, supply, values, .. } = self;
		let event = Some(Event::MintRateLimitReset { since, until, supply });
		Self { period: MintPeriod { since, until, supply }, supply, values, event }
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
		let MintPeriod { since, until, supply } = mint_limit.period;
		MintRateLimitReport {
			since,
			until,
			supply,
			allowance: mint_limit.allowance(),
			// Saturating: governance may lower the limit below the supply.
			room: mint_limit.limit().saturating_sub(mint_limit.supply),
		}
	}
}

/// Returns start and end of the period of `now`, if periods of this length, which is not zero,
/// follow each other from `from` on.
fn period_of(now: Seconds, from: Seconds, length: Seconds) -> (Seconds, Seconds) {
	// Saturating is safe here: times, not amounts. `from` is not after `now`.
	let passed = now.saturating_sub(from).checked_rem(length).unwrap_or(0);
	let since = now.saturating_sub(passed);
	(since, since.saturating_add(length))
}
