// SPDX-License-Identifier: Apache-2.0

//! Configuration of the appraisal pallet.

use crate::frame_support::pallet_macros::pallet_section;

/// Configuration of the appraisal pallet.
#[pallet_section]
mod config {
	/// Configuration of the appraisal pallet.
	///
	/// Moments of `pallet-oracle` are unix milliseconds, and its clock is the clock of
	/// [`Config::Time`].
	#[pallet::config]
	pub trait Config:
		polkadot_sdk::frame_system::Config<RuntimeEvent: From<Event<Self>>>
		+ pallet_oracle::Config<
			OracleKey = OracleKey,
			OracleValue = OracleValue,
			Time: MomentSource<Moment = u64>,
		>
	{
		/// Clock of the chain.
		type Time: UnixTime;

		/// Registry of the titles that are valued.
		type Titles: TitleFactsSource;

		/// Listeners to accepted values. Their weight is part of the weight of [`Pallet::feed`].
		type OnNewAppraisal: OnNewAppraisal;

		/// Origin that governs the models and the assets, by the way in which a decision moves
		/// risk.
		type AdminOrigin: EnsureOriginWithArg<Self::RuntimeOrigin, Risk, Success = Authority>;

		/// Governed conditions on which values are accepted and used.
		type Values: Get<AppraisalValues>;

		/// Times that the committee's brakes keep.
		type BrakeTerms: Get<BrakeTerms>;

		/// Time over which a forced-sale factor moves to a new one, in seconds.
		type RampPeriod: Get<Seconds>;

		/// Largest number of oracle operators: the bound of their membership.
		#[pallet::constant]
		type MaxFeeders: Get<u32>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Sets governed values for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkValues: SetValues;
	}
}
