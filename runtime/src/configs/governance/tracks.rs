// SPDX-License-Identifier: Apache-2.0

//! Tracks of referenda. The tempo of the chain divides all periods.

use super::origins::{Origin, Tempo};
use crate::{
	constants::{
		currency::CLBR,
		time::{DAYS, HOURS, MINUTES},
	},
	Balance, BlockNumber, Runtime, RuntimeOrigin,
};
use alloc::borrow::Cow;
use polkadot_sdk::{
	frame_support::traits::{Get, OriginTrait},
	frame_system,
	pallet_referenda::{Curve, Track, TrackInfo},
	sp_arithmetic::FixedI64,
	sp_runtime::str_array as s,
};

/// Returns `x` percent.
const fn percent(x: i32) -> FixedI64 {
	FixedI64::from_rational(x as u128, 100)
}

// The required approval starts high and falls to a simple majority; the required support falls with
// it. The curves of a track with more power fall later.
const APP_STRICT: Curve = Curve::make_reciprocal(4, 28, percent(80), percent(50), percent(100));
const SUP_STRICT: Curve = Curve::make_linear(28, 28, percent(0), percent(50));
const APP_ADMIN: Curve = Curve::make_linear(17, 28, percent(50), percent(100));
const SUP_ADMIN: Curve = Curve::make_reciprocal(12, 28, percent(1), percent(0), percent(50));
const APP_WHITELISTED: Curve =
	Curve::make_reciprocal(16, 28 * 24, percent(96), percent(50), percent(100));
const SUP_WHITELISTED: Curve = Curve::make_reciprocal(1, 28, percent(20), percent(5), percent(50));

type TrackData = Track<u16, Balance, BlockNumber>;

/// Builds a track. The periods are those of preparation, decision, confirmation and enactment.
const fn track(
	id: u16,
	name: &str,
	max_deciding: u32,
	decision_deposit: Balance,
	[prepare_period, decision_period, confirm_period, min_enactment_period]: [BlockNumber; 4],
	min_approval: Curve,
	min_support: Curve,
) -> TrackData {
	Track {
		id,
		info: TrackInfo {
			name: s(name),
			max_deciding,
			decision_deposit,
			prepare_period,
			decision_period,
			confirm_period,
			min_enactment_period,
			min_approval,
			min_support,
		},
	}
}

/// Periods of the tracks of the administrators.
const ADMIN_PERIODS: [BlockNumber; 4] = [2 * HOURS, 28 * DAYS, 3 * HOURS, 10 * MINUTES];

/// All tracks with their undivided periods.
const TRACKS: [TrackData; 9] = [
	track(
		0,
		"root",
		1,
		100_000 * CLBR,
		[2 * HOURS, 28 * DAYS, 24 * HOURS, 24 * HOURS],
		APP_STRICT,
		SUP_STRICT,
	),
	track(
		1,
		"whitelisted_caller",
		100,
		10_000 * CLBR,
		[30 * MINUTES, 28 * DAYS, 10 * MINUTES, 10 * MINUTES],
		APP_WHITELISTED,
		SUP_WHITELISTED,
	),
	track(10, "titles_admin", 10, 5_000 * CLBR, ADMIN_PERIODS, APP_ADMIN, SUP_ADMIN),
	track(11, "appraisal_admin", 10, 5_000 * CLBR, ADMIN_PERIODS, APP_ADMIN, SUP_ADMIN),
	track(12, "credit_admin", 10, 5_000 * CLBR, ADMIN_PERIODS, APP_ADMIN, SUP_ADMIN),
	track(13, "stable_admin", 10, 5_000 * CLBR, ADMIN_PERIODS, APP_ADMIN, SUP_ADMIN),
	track(
		14,
		"treasurer",
		10,
		1_000 * CLBR,
		[2 * HOURS, 28 * DAYS, 3 * HOURS, 24 * HOURS],
		APP_STRICT,
		SUP_STRICT,
	),
	track(
		20,
		"referendum_canceller",
		1_000,
		10_000 * CLBR,
		[2 * HOURS, 7 * DAYS, 3 * HOURS, 10 * MINUTES],
		APP_ADMIN,
		SUP_ADMIN,
	),
	track(
		21,
		"referendum_killer",
		1_000,
		50_000 * CLBR,
		[2 * HOURS, 28 * DAYS, 3 * HOURS, 10 * MINUTES],
		APP_ADMIN,
		SUP_ADMIN,
	),
];

/// Returns a period divided by the tempo of the chain, at least one block.
pub fn shortened(period: BlockNumber) -> BlockNumber {
	(period / Tempo::<Runtime>::get().max(1)).max(1)
}

/// Configured period divided by the tempo of the chain.
pub struct Shortened<Period>(core::marker::PhantomData<Period>);
impl<Period: Get<BlockNumber>> Get<BlockNumber> for Shortened<Period> {
	fn get() -> BlockNumber {
		shortened(Period::get())
	}
}

/// Tracks of this chain with their divided periods.
pub struct TracksInfo;
impl polkadot_sdk::pallet_referenda::TracksInfo<Balance, BlockNumber> for TracksInfo {
	type Id = u16;
	type RuntimeOrigin = <RuntimeOrigin as OriginTrait>::PalletsOrigin;

	fn tracks() -> impl Iterator<Item = Cow<'static, TrackData>> {
		TRACKS.iter().map(|track| {
			let mut track = track.clone();
			let info = &mut track.info;
			info.prepare_period = shortened(info.prepare_period);
			info.decision_period = shortened(info.decision_period);
			info.confirm_period = shortened(info.confirm_period);
			info.min_enactment_period = shortened(info.min_enactment_period);
			Cow::Owned(track)
		})
	}

	fn track_for(origin: &Self::RuntimeOrigin) -> Result<Self::Id, ()> {
		if let Ok(system) = frame_system::RawOrigin::try_from(origin.clone()) {
			return match system {
				frame_system::RawOrigin::Root => Ok(0),
				_ => Err(()),
			};
		}
		Origin::try_from(origin.clone()).map_err(|_| ()).map(|origin| match origin {
			Origin::WhitelistedCaller => 1,
			Origin::TitlesAdmin => 10,
			Origin::AppraisalAdmin => 11,
			Origin::CreditAdmin => 12,
			Origin::StableAdmin => 13,
			Origin::Treasurer => 14,
			Origin::ReferendumCanceller => 20,
			Origin::ReferendumKiller => 21,
		})
	}
}
